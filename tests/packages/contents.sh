#!/bin/sh
# What the packages hold and need, each looked at by itself.
#
#   contents.sh FOLDER
# SPDX-License-Identifier: Apache-2.0
set -u
# shellcheck source=tests/packages/lib.sh
. "$(dirname "$0")/lib.sh"
folder=${1:?where are the packages?}
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

# The package NAME's file: deb NAME.
deb()
{
    echo "$folder/$1"_*.deb
}

field()
{
    dpkg-deb -f "$(deb "$1")" "$2"
}

unpacked()
{
    for package; do
        dpkg-deb -x "$(deb "$package")" "$scratch/$package" ||
            fail "$package cannot be unpacked"
    done
}

# ---- drivers: each needs the ABI, its own libraries, and no version of ours ------------

for file in "$folder"/pileus-driver-*.deb; do
    case $file in
    *-dbgsym_*) continue ;;
    esac
    depends=$(dpkg-deb -f "$file" Depends)
    case ", $depends," in
    *", pileus-driver-abi-1,"*) ;;
    *) fail "${file##*/} does not need the driver ABI: $depends" ;;
    esac
    case $depends in
    *libpileus0*) fail "${file##*/} needs a version of the library" ;;
    esac
    case ${file##*/}:$depends in
    pileus-driver-libvirt_*:*libvirt0*) ;;
    pileus-driver-libvirt_*) fail "the driver libvirt does not need libvirt" ;;
    *libvirt0*) fail "${file##*/} needs libvirt" ;;
    esac
    dpkg-deb --fsys-tarfile "$file" | tar -t | grep '[^/]$' | sort |
        grep -v '^\./usr/share/doc/' >"$scratch/files"
    name=${file##*/pileus-driver-}
    name=${name%%_*}
    sed 's|.*/||' "$scratch/files" | tr '\n' ' ' >"$scratch/names"
    [ "$(cat "$scratch/names")" = "$name.json $name.so pileus-$name.7.gz " ] ||
        fail "${file##*/} holds $(cat "$scratch/names")"
done
case $(field libpileus0 Provides) in
"pileus-driver-abi-1 (= 1."*) ;;
*) fail "libpileus0 provides $(field libpileus0 Provides)" ;;
esac

# ---- applications and drivers compile with what their package brings ---------------------

triplet=$(dpkg-architecture -q DEB_HOST_MULTIARCH)
# compiles HEADER FLAGS
compiles()
{
    # shellcheck disable=SC2086 # a list
    printf '#include <pileus/%s>\nint main(void) { return 0; }\n' "$1" |
        ${CC:-cc} -Wall -Wextra -Werror $2 -fsyntax-only -x c - ||
        fail "$1 does not compile with the headers of its package"
}

# The flags that a package's .pc asks for, where its files are unpacked.
flags()
{
    PKG_CONFIG_SYSTEM_INCLUDE_PATH=/none PKG_CONFIG_SYSROOT_DIR=$1 PKG_CONFIG_PATH='' \
        PKG_CONFIG_LIBDIR=$1/usr/lib/$triplet/pkgconfig \
        pkg-config --cflags "$2" || fail "pkg-config does not know $2"
}

unpacked libpileus-dev pileus-sdk
for file in bin/pileus-driver bin/pileus-driver-check bin/pileus-replay \
    bin/dh_pileus_driver \
    share/man/man1/pileus-driver.1.gz share/man/man1/pileus-driver-check.1.gz \
    share/man/man1/pileus-replay.1.gz share/man/man1/dh_pileus_driver.1.gz \
    share/man/man3/pileus-driver.3.gz \
    share/man/man7/pileus-driver-guide.7.gz \
    share/perl5/Debian/Debhelper/Sequence/pileus_driver.pm \
    share/pileus/driver-template/common/src/acme.c; do
    [ -s "$scratch/pileus-sdk/usr/$file" ] || fail "pileus-sdk has no $file"
done
applications=$scratch/libpileus-dev
compiles pileus.h "$(flags "$applications" pileus)"
! [ -e "$applications/usr/include/pileus/driver.h" ] ||
    fail "libpileus-dev holds the headers of drivers"
cp -R "$scratch/pileus-sdk/." "$applications/"
sdk=$(flags "$applications" pileus-driver)
for header in "$applications"/usr/include/pileus/*.h; do
    compiles "${header##*/}" "$sdk"
done
