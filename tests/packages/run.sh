#!/bin/sh
# The tests of packages, one after the other; the last line counts them.
#
#   run.sh TARBALL FOLDER
# SPDX-License-Identifier: Apache-2.0
set -u
here=$(dirname "$0")
tarball=${1:?which tarball?}
folder=${2:?in which folder?}
passed=0
failed=0
skipped=0

part()
{
    name=$1
    shift
    echo "---- $name"
    sh "$here/$name" "$@"
    case $? in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)) ;;
    esac
}

mkdir -p "$folder" || exit 1
part debian.sh "$tarball" "$folder/debian"
if [ "$passed" = 1 ]; then
    part root.sh "$folder/debian"
fi
part rpm.sh "$tarball" "$folder/rpm"
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
