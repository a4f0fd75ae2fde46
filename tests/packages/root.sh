#!/bin/sh
# The packages that debian.sh left, installed in a root of their own: a driver is
# there with its package and goes with it, outlives an upgrade of the library,
# and is refused where its ABI is not there.
#
#   root.sh FOLDER BASE
# SPDX-License-Identifier: Apache-2.0
set -u
umask 022
# shellcheck source=tests/packages/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/packages/root_lib.sh
. "$(dirname "$0")/root_lib.sh"
folder=$(cd "${1:?where are the packages?}" && pwd) || exit 1
base=${2:?where is the root to copy?}

# ---- words for what follows ------------------------------------------------------------

version()
{
    # shellcheck disable=SC2016 # dpkg's
    inside dpkg-query -W -f '${Version}' "$1"
}

libvirt_is_there()
{
    inside dpkg -s libvirt0 2>/dev/null | grep -q '^Status:.* installed$'
}

dummy_runs()
{
    nodes=$(inside pileus node list -d dummy -o id | wc -l)
    [ "$nodes" -gt 0 ] || fail "the driver dummy lists no nodes"
}

# ---- a driver is there with its package, and goes with it ---------------------------------

fresh fresh
offer "$folder/first"
apt_does install pileus
drivers_are ''
passed "the command alone: no driver"
apt_does install pileus-driver-dummy
drivers_are dummy
dummy_runs
passed "a driver's package is installed, and the driver runs"
libvirt_is_there && fail "libvirt is installed for no driver that needs it"
apt_does install pileus-drivers-all
libvirt_is_there || fail "the driver libvirt is there, and libvirt is not"
# shellcheck disable=SC2046 # a list
drivers_are $(cd "$folder/first" && echo pileus-driver-*.deb | tr ' ' '\n' |
    sed -n -e '/-dbgsym_/d' -e 's/pileus-driver-\([^_]*\)_.*/\1/p' | sort)
passed "all of them: $(tr '\n' ' ' <"$log.listed")"
while read -r name; do
    inside pileus driver show "$name" >"$log.shown" ||
        fail "the driver $name is not shown"
    # It is loaded: a machine that is nowhere is asked for, or a setting.
    inside pileus node list -d "$name" >"$log.said" 2>&1
    grep -iE 'cannot be loaded|abi|undefined symbol' "$log.said" &&
        fail "the driver $name is not loaded"
done <"$log.listed"
passed "each is described and loaded"
apt_does remove --autoremove pileus-drivers-all 'pileus-driver-[^d]*' \
    pileus-driver-digitalocean
drivers_are dummy
libvirt_is_there && fail "libvirt stays without its driver"
passed "what is removed is gone"

# ---- the library is upgraded, the driver is not -----------------------------------------

before=$(version pileus-driver-dummy)
offer "$folder/next" "$folder/others"
# By itself apt would upgrade what comes from the same source, too.
inside apt-mark -qq hold pileus-driver-dummy
apt_does install libpileus0 pileus
case $(version libpileus0) in
*+next) ;;
*) fail "the library is not upgraded: $(version libpileus0)" ;;
esac
[ "$(version pileus-driver-dummy)" = "$before" ] ||
    fail "the driver is upgraded, too"
drivers_are dummy
dummy_runs
inside apt-mark -qq unhold pileus-driver-dummy
passed "$(version libpileus0) runs the driver of $before"

# ---- a driver from outside; one of an ABI that is not there ---------------------------------

apt_does install pileus-driver-hosts=1
printf '192.0.2.1 one\n' >"$root/etc/machines"
outsider_runs()
{
    nodes=$(inside pileus node list -d hosts -O file=/etc/machines -o id)
    [ "$nodes" = 192.0.2.1 ] || fail "the driver hosts lists $nodes"
}
drivers_are dummy hosts
outsider_runs
passed "a driver from outside runs"
apt install pileus-driver-hosts=2 && fail "apt installs a driver of ABI 2"
grep -q 'pileus-driver-abi-2' "$log.apt" ||
    fail "apt does not say that the ABI is missing: $(cat "$log.apt")"
apt_does upgrade
[ "$(version pileus-driver-hosts)" = 1 ] || fail "an upgrade brings ABI 2"
outsider_runs
passed "apt refuses a driver of ABI 2, and keeps the one that runs"
apt_does purge pileus-driver-hosts
inside sh -c 'dpkg -i /packages/pileus-driver-hosts_2_*.deb' \
    >"$log.dpkg" 2>&1 && fail "dpkg installs a driver of ABI 2"
grep -q 'depends on pileus-driver-abi-2' "$log.dpkg" ||
    fail "dpkg does not say that the ABI is missing: $(cat "$log.dpkg")"
apt_does install -f
drivers_are dummy
passed "dpkg refuses it, too"

# ---- nothing stays -----------------------------------------------------------------------

apt_does purge --autoremove pileus 'libpileus*' 'pileus-*'
left=$(find "$root/usr" "$root/etc" "$root/var/lib/pileus" \
    -name '*pileus*' -not -path '*/dpkg/*' 2>/dev/null)
[ -z "$left" ] || fail "these files stay: $left"
passed "nothing stays"
