#!/bin/sh
# The tests of packages; the last line counts them. debian.sh is always one of
# them, for the others look at what it builds.
#
#   run.sh TARBALL FOLDER PART...
# SPDX-License-Identifier: Apache-2.0
set -u
here=$(dirname "$0")
tarball=${1:?which tarball?}
folder=${2:?in which folder?}
shift 2
passed=0
failed=0
skipped=0

# Parts go on side by side; each says in a file what it has to say:
# begin PART ARGUMENT...
begin()
{
    part=$1
    shift
    (
        begun=$(date +%s)
        sh "$here/$part.sh" "$@" >"$folder/$part.said" 2>&1
        echo "$? $(($(date +%s) - begun))" >"$folder/$part.end"
        times >"$folder/$part.times"
    ) &
    eval "process_$part=\$!"
}

# end PART: what it says, at its end; is it well?
end()
{
    eval "wait \$process_$1"
    read -r status seconds <"$folder/$1.end" || status=99 seconds=0
    echo "---- $1: $seconds seconds, of processors $(tail -n 1 "$folder/$1.times")"
    cat "$folder/$1.said"
    case $status in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)) ;;
    esac
    return "$status"
}

mkdir -p "$folder" || exit 1
rm -f "$folder"/*.said "$folder"/*.end "$folder"/*.times
# A root waits for the network while the packages are built.
rooted=false
case " $* " in
*" root "* | *" walk "*)
    rooted=true
    begin base "$folder/base"
    ;;
esac
begin debian "$tarball" "$folder/debian"
end debian
built=$?
if $rooted; then
    end base || rooted=false
    [ $built = 0 ] || rooted=false
fi

begun=
for part; do
    case $part in
    root | walk)
        $rooted || continue
        begin "$part" "$folder/debian" "$folder/base"
        ;;
    again)
        [ $built = 0 ] || continue
        begin again "$tarball" "$folder/debian"
        ;;
    rpm) begin rpm "$tarball" "$folder/rpm" ;;
    *)
        echo "failed: there is no part '$part'"
        failed=$((failed + 1))
        continue
        ;;
    esac
    begun="$begun $part"
done
for part in $begun; do
    end "$part"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
