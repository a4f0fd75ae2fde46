#!/bin/sh
# Packages for Debian: they are built from the tarball, lintian finds nothing,
# and each holds and needs what it should. A driver from outside this tree is
# packaged with what pileus-sdk ships. What is built is left in the folder for
# again.sh, which compares it, and root.sh and walk.sh, which install it.
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
mkdir -p "$folder/first" "$folder/next"
folder=$(cd "$folder" && pwd)
built_debs "$tarball" "$folder/first"
passed "the packages are built"

# ---- lintian, and what is in the packages --------------------------------------------

# lintian is slow, and looks while the rest goes on.
lintian --fail-on error,warning --display-info --pedantic --allow-root \
    "$folder"/first/*.changes >"$folder/lintian.log" 2>&1 &
lintian=$!

sh "$here/table.sh" "$folder"/first/*.deb
sh "$here/contents.sh" "$folder/first" || exit 1
passed "each package holds and needs what it should"

# ---- a later version of the core: the same files, of another number ---------------------

for package in libpileus0 pileus; do
    dpkg-deb -R "$folder/first/$package"_*.deb "$folder/later" || exit 1
    sed -i 's/^Version: .*/&+next/' "$folder/later/DEBIAN/control"
    dpkg-deb --root-owner-group -b "$folder/later" "$folder/next" >/dev/null ||
        fail "there is no next version of $package"
    rm -rf "$folder/later"
done

# ---- drivers of others -----------------------------------------------------------------

sh "$here/outsider.sh" "$folder" || exit 1
passed "a driver from outside is packaged with pileus-sdk's add-on"

wait $lintian || {
    cat "$folder/lintian.log"
    fail "lintian has found something"
}
passed "lintian has found nothing"
