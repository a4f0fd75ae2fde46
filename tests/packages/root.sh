#!/bin/sh
# The packages that debian.sh left, installed in a fresh root: a driver is there
# with its package and goes with it, outlives an upgrade of the library, and is
# refused where its ABI is not there.
#
#   root.sh FOLDER
# SPDX-License-Identifier: Apache-2.0
set -u
umask 022
# shellcheck source=tests/packages/lib.sh
. "$(dirname "$0")/lib.sh"
folder=$(cd "${1:?where are the packages?}" && pwd) || exit 1
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
root=$folder/root

[ "$(id -u)" = 0 ] || skip "only root can make a root"
for tool in debootstrap chroot dpkg-scanpackages; do
    command -v $tool >/dev/null || skip "$tool is not installed"
done
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
[ -e "/usr/share/debootstrap/scripts/$suite" ] ||
    skip "debootstrap does not know this system"
curl -fsS -m 60 -o "$folder/Release" "$mirror/dists/$suite/Release" ||
    skip "$mirror cannot be reached"

rm -rf "$root"
debootstrap --variant=minbase "$suite" "$root" "$mirror" \
    >"$folder/debootstrap.log" 2>&1 || {
    tail "$folder/debootstrap.log"
    fail "no root is made"
}
trap 'rm -rf "$root"' EXIT

# ---- words for what follows ------------------------------------------------------------

inside()
{
    chroot "$root" env -i HOME=/root LC_ALL=C.UTF-8 \
        PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"
}

# The packages of these folders are offered to apt, beside the suite's own.
offer()
{
    mkdir -p "$root/packages"
    for from; do
        cp "$from"/*.deb "$root/packages/" || exit 1
    done
    (cd "$root/packages" && dpkg-scanpackages -m . >Packages 2>/dev/null)
    inside apt-get -qq update || fail "apt does not read the packages"
}

# apt-get's log matters only when it fails.
apt()
{
    inside apt-get -y -q --no-install-recommends "$@" >"$folder/apt.log" 2>&1
}

apt_does()
{
    apt "$@" || {
        tail -n 30 "$folder/apt.log"
        fail "apt-get $*"
    }
}

version()
{
    # shellcheck disable=SC2016 # dpkg's
    inside dpkg-query -W -f '${Version}' "$1"
}

libvirt_is_there()
{
    inside dpkg -s libvirt0 2>/dev/null | grep -q '^Status:.* installed$'
}

# The drivers that pileus lists are these, in their order.
drivers_are()
{
    inside pileus driver list -o id >"$folder/listed" 2>"$folder/said"
    listed=$(tr '\n' ' ' <"$folder/listed")
    [ "${listed% }" = "$*" ] || fail "pileus lists the drivers $listed, not $*"
}

dummy_runs()
{
    nodes=$(inside pileus node list -d dummy -o id | wc -l)
    [ "$nodes" -gt 0 ] || fail "the driver dummy lists no nodes"
}

# ---- a driver is there with its package, and goes with it ---------------------------------

echo "deb [trusted=yes] file:/packages ./" >>"$root/etc/apt/sources.list"
offer "$folder/first"
apt_does install pileus
drivers_are
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
passed "all of them: $(tr '\n' ' ' <"$folder/listed")"
while read -r name; do
    inside pileus driver show "$name" >"$folder/shown" ||
        fail "the driver $name is not shown"
    # It is loaded: a machine that is nowhere is asked for, or a setting.
    inside pileus node list -d "$name" >"$folder/said" 2>&1
    grep -iE 'cannot be loaded|abi|undefined symbol' "$folder/said" &&
        fail "the driver $name is not loaded"
done <"$folder/listed"
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
grep -q 'pileus-driver-abi-2' "$folder/apt.log" ||
    fail "apt does not say that the ABI is missing: $(cat "$folder/apt.log")"
apt_does upgrade
[ "$(version pileus-driver-hosts)" = 1 ] || fail "an upgrade brings ABI 2"
outsider_runs
passed "apt refuses a driver of ABI 2, and keeps the one that runs"
apt_does purge pileus-driver-hosts
inside sh -c 'dpkg -i /packages/pileus-driver-hosts_2_*.deb' \
    >"$folder/dpkg.log" 2>&1 && fail "dpkg installs a driver of ABI 2"
grep -q 'depends on pileus-driver-abi-2' "$folder/dpkg.log" ||
    fail "dpkg does not say that the ABI is missing: $(cat "$folder/dpkg.log")"
apt_does install -f
drivers_are dummy
passed "dpkg refuses it, too"

# ---- nothing stays -----------------------------------------------------------------------

apt_does purge --autoremove pileus 'libpileus*' 'pileus-*'
left=$(find "$root/usr" "$root/etc" "$root/var/lib/pileus" \
    -name '*pileus*' -not -path '*/dpkg/*' 2>/dev/null)
[ -z "$left" ] || fail "these files stay: $left"
passed "nothing stays"
