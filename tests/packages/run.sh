#!/bin/sh
# The tests of packages; the last line counts them.
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

# Parts go on side by side; each says in files what it has to say:
# begin PART ARGUMENT...
begin()
{
    part=$1
    shift
    (
        begun=$(date +%s)
        sh "$here/$part.sh" "$@" >"$folder/$part.said" 2>&1
        echo "$? $(($(date +%s) - begun))" >"$folder/$part.end"
    ) &
    eval "process_$part=\$!"
}

# end PART: what it says, at its end; is it well?
end()
{
    eval "wait \$process_$1"
    read -r status seconds <"$folder/$1.end" || status=99 seconds=0
    echo "---- $1, $seconds seconds"
    cat "$folder/$1.said"
    case $status in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)) ;;
    esac
    return "$status"
}

mkdir -p "$folder" || exit 1
rm -f "$folder"/*.said "$folder"/*.end
# A root takes as long as the packages, and waits for the network as they reckon.
begin base "$folder/base"
begin debian "$tarball" "$folder/debian"
end debian
packages=$?
end base
base=$?
if [ $packages = 0 ] && [ $base = 0 ]; then
    begin walk "$folder/debian" "$folder/base"
    begin root "$folder/debian" "$folder/base"
fi
begin rpm "$tarball" "$folder/rpm"
if [ $packages = 0 ] && [ $base = 0 ]; then
    end root
    end walk
fi
end rpm
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
