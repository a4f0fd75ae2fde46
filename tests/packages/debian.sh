#!/bin/sh
# Packages for Debian: they are built from the tarball, twice to the same bytes,
# lintian finds nothing, and each holds and needs what it should. A driver from
# outside this tree is packaged with what pileus-sdk ships. What is built is
# left in a folder for root.sh and walk.sh, which install it.
#
#   debian.sh TARBALL FOLDER
# SPDX-License-Identifier: Apache-2.0
set -u
umask 022
here=$(dirname "$0")
# shellcheck source=tests/packages/lib.sh
. "$here/lib.sh"
tarball=${1:?which tarball?}
folder=${2:?in which folder?}

for tool in dpkg-buildpackage dh lintian; do
    command -v $tool >/dev/null || skip "$tool is not installed"
done
rm -rf "$folder"
mkdir -p "$folder/first" "$folder/again" "$folder/next"
folder=$(cd "$folder" && pwd)

# built DIRECTORY ARGUMENT...: the packages from the tarball, without their
# tests, which make check has run.
built()
{
    directory=$1
    shift
    DEB_BUILD_OPTIONS=nocheck sh "$here/../../packaging/debian-build" \
        "$tarball" "$directory" "$@" >"$directory.log" 2>&1 && return
    tail -n 60 "$directory.log"
    fail "the packages are not built"
}

# ---- the build, twice at once: another folder, time zone, locale and umask ---------

(umask 027 && TZ=Asia/Kathmandu LC_ALL=C.UTF-8 &&
    export TZ LC_ALL && built "$folder/again") &
again=$!
(built "$folder/first") || exit 1
wait $again || exit 1
for file in "$folder"/first/*.deb "$folder"/first/*.debian.tar.xz; do
    cmp "$file" "$folder/again/${file##*/}" || fail "${file##*/} is not reproducible"
done
passed "two builds are the same, byte by byte"

# ---- lintian, and what is in the packages --------------------------------------------

# lintian is slow, and looks while the rest goes on.
lintian --fail-on error,warning --display-info --pedantic --allow-root \
    "$folder"/first/*.changes >"$folder/lintian.log" 2>&1 &
lintian=$!

sh "$here/table.sh" "$folder"/first/*.deb
sh "$here/contents.sh" "$folder/first" || exit 1
passed "each package holds and needs what it should"

# ---- a later version, from the same tree with another changelog ------------------------

tree=$(echo "$folder"/again/pileus-*/)
version=$(dpkg-parsechangelog -l "$tree/debian/changelog" -S Version)
{
    sed -e "1s/($version)/($version+next)/" -e '/^ -- /q' \
        "$tree/debian/changelog"
    echo
    cat "$tree/debian/changelog"
} >"$folder/changelog"
cp "$folder/changelog" "$tree/debian/changelog"
(cd "$tree" && DEB_BUILD_OPTIONS=nocheck \
    dpkg-buildpackage -us -uc -b -nc >"$folder/next.log" 2>&1) || {
    tail -n 60 "$folder/next.log"
    fail "the next version is not built"
}
mv "$folder"/again/*+next*.deb "$folder/next/"

# ---- drivers of others -----------------------------------------------------------------

sh "$here/outsider.sh" "$folder" || exit 1
passed "a driver from outside is packaged with pileus-sdk's add-on"

wait $lintian || {
    cat "$folder/lintian.log"
    fail "lintian has found something"
}
passed "lintian has found nothing"
