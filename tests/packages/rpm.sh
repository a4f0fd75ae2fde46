#!/bin/sh
# RPM packages: they are built from the tarball, rpmlint finds nothing, and each
# holds and needs what it should.
#
#   rpm.sh TARBALL FOLDER
# SPDX-License-Identifier: Apache-2.0
set -u
umask 022
# shellcheck source=tests/packages/lib.sh
. "$(dirname "$0")/lib.sh"
tarball=${1:?which tarball?}
folder=${2:?in which folder?}
# libtool is twice as fast in it as in bash.
CONFIG_SHELL=$(command -v dash || echo /bin/sh) && export CONFIG_SHELL

for tool in rpmbuild rpmlint rpm2cpio cpio; do
    command -v $tool >/dev/null || skip "$tool is not installed"
done
rm -rf "$folder"
mkdir -p "$folder/SOURCES" || exit 1
folder=$(cd "$folder" && pwd)
cp "$tarball" "$folder/SOURCES/"

# Where another packager rules, what must be there to build is not asked of rpm.
nodeps=
if ! rpm -q rpm >/dev/null 2>&1; then
    echo "rpm installed nothing here: built with --nodeps"
    nodeps=--nodeps
fi
# shellcheck disable=SC2086 # nothing, or one argument
rpmbuild -ta --nocheck $nodeps -D "_topdir $folder" -D 'debug_package %{nil}' \
    "$folder/SOURCES/${tarball##*/}" >"$folder/log" 2>&1 || {
    tail -n 40 "$folder/log"
    fail "the packages are not built"
}
passed "the packages are built"

here=$(cd "$(dirname "$0")" && pwd)
(cd "$folder" && rpmlint -c "$here/rpmlint.toml" RPMS/*/*.rpm SRPMS/*.rpm) \
    >"$folder/rpmlint" 2>&1
lint=$?
cat "$folder/rpmlint"
[ $lint = 0 ] || fail "rpmlint has found something"
passed "rpmlint has found nothing"

# ---- what each package holds and needs --------------------------------------------------

# asked QUERY PACKAGE: of its file, not of rpm's database.
asked()
{
    rpm -qp "--$1" "$folder"/RPMS/*/"$2"-[0-9]*.rpm 2>/dev/null
}

for file in "$folder"/RPMS/*/*.rpm; do
    rpm -qp --qf '%{NAME}\n  installed size  %{SIZE} bytes\n' "$file" 2>/dev/null
    rpm -qp --requires "$file" 2>/dev/null | grep -v -e '^rpmlib(' -e '^rtld(' \
        -e '^libc\.so' | sed 's/^/  needs           /'
    rpm -qpl "$file" 2>/dev/null | sed 's/^/                  /'
done
for file in "$folder"/RPMS/*/pileus-driver-*.rpm; do
    name=$(rpm -qp --qf '%{NAME}' "$file" 2>/dev/null)
    asked requires "$name" >"$folder/requires"
    grep -q '^pileus-driver-abi-1' "$folder/requires" ||
        fail "$name does not need the driver ABI"
    grep -q '^libpileus' "$folder/requires" && fail "$name needs the library"
    case $name in
    pileus-driver-libvirt)
        grep -q '^libvirt\.so' "$folder/requires" || fail "$name needs no libvirt" ;;
    *) grep -q '^libvirt\.so' "$folder/requires" && fail "$name needs libvirt" ;;
    esac
    asked list "$name" | sed -e '/licenses/d' -e '/\.build-id/d' \
        -e '/share\/doc/d' -e 's|.*/||' |
        tr '\n' ' ' >"$folder/files"
    driver=${name#pileus-driver-}
    case $(cat "$folder/files") in
    "$driver.json $driver.so pileus-$driver.7"*" ") ;;
    *) fail "$name holds $(cat "$folder/files")" ;;
    esac
done
asked provides pileus-libs | grep -q '^pileus-driver-abi-1' ||
    fail "pileus-libs does not provide the driver ABI"
asked list pileus-devel | grep -q '/pileus\.h$' || fail "pileus.h is missing"
asked list pileus-devel | grep '/driver\.h$' && fail "it is not for drivers"
for file in driver.h pileus-driver pileus-driver-check pileus-replay acme.c \
    pileus-driver-guide.7; do
    asked list pileus-sdk | grep -qE "/$file(\.gz)?\$" ||
        fail "pileus-sdk has no $file"
done
passed "each package holds and needs what it should"

# ---- they run together -----------------------------------------------------------------

mkdir "$folder/root"
for file in "$folder"/RPMS/*/*.rpm; do
    (cd "$folder/root" && rpm2cpio "$file" | cpio -idm 2>/dev/null) ||
        fail "$file cannot be unpacked"
done
libraries=$(dirname "$(find "$folder/root" -name libpileus.so.0 | head -n 1)")
listed=$(LD_LIBRARY_PATH=$libraries \
    PILEUS_DRIVER_PATH=$libraries/pileus/drivers \
    "$folder/root/usr/bin/pileus" driver list -o id | tr '\n' ' ')
expected=$(for file in "$folder"/RPMS/*/pileus-driver-*.rpm; do
    rpm -qp --qf '%{NAME}\n' "$file" 2>/dev/null | sed 's/^pileus-driver-//'
done | sort | tr '\n' ' ')
[ "$listed" = "$expected" ] || fail "the command lists $listed, not $expected"
passed "unpacked, the command lists $listed"
