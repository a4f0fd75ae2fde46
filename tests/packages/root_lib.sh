# Words of the tests that have a root to themselves: a copy of what base.sh has
# left in $base. What they write is in $folder.
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh

# fresh NAME: the root, in $root until the test ends.
fresh()
{
    log=${folder:?}/$1
    root=$log.root
    rm -rf --one-file-system "$root"
    cp -a "${base:?}" "$root" || fail "there is no root"
    trap leave EXIT
    trap 'exit 1' HUP INT TERM
    # Some look at themselves there; where it may not be had, they say so.
    mount -t proc proc "$root/proc" 2>/dev/null ||
        echo "without /proc, which may not be mounted here"
    echo "deb [trusted=yes] file:/packages ./" >>"$root/etc/apt/sources.list"
}

leave()
{
    umount "$root/proc" 2>/dev/null
    rm -rf --one-file-system "$root"
}

# As USER in the root, with nothing of this environment: as USER COMMAND...
as()
{
    user=$1
    shift
    home=/home/$user
    [ "$user" != root ] || home=/root
    chroot --userspec="$user" "$root" env -i HOME="$home" LC_ALL=C.UTF-8 \
        PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin \
        DEBIAN_FRONTEND=noninteractive "$@"
}

inside()
{
    as root "$@"
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
    inside apt-get -q "$@" >"$log.apt" 2>&1
}

apt_does()
{
    apt "$@" || {
        tail -n 30 "$log.apt"
        fail "apt-get $*"
    }
}

# The drivers that pileus lists are these, in their order.
drivers_are()
{
    inside pileus driver list -o id >"$log.listed" 2>"$log.said"
    listed=$(tr '\n' ' ' <"$log.listed")
    [ "${listed% }" = "$*" ] || fail "pileus lists the drivers $listed, not $*"
}
