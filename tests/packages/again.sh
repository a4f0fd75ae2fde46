#!/bin/sh
# The packages for Debian once more, in another folder and time zone, with
# another umask: they are those of debian.sh, byte by byte.
#
#   again.sh TARBALL FOLDER
# SPDX-License-Identifier: Apache-2.0
set -u
umask 027
TZ=Asia/Kathmandu
LC_ALL=C.UTF-8
export TZ LC_ALL
# shellcheck source=tests/packages/lib.sh
. "$(dirname "$0")/lib.sh"
tarball=${1:?which tarball?}
folder=$(cd "${2:?where are the packages?}" && pwd) || exit 1

rm -rf "$folder/again"
mkdir "$folder/again" || exit 1
built_debs "$tarball" "$folder/again"
for file in "$folder"/first/*.deb "$folder"/first/*.debian.tar.xz; do
    cmp "$file" "$folder/again/${file##*/}" || fail "${file##*/} is not reproducible"
done
passed "two builds are the same, byte by byte"
