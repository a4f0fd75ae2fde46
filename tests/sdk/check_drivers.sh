#!/bin/sh
# The drivers of this tree, as the conformance kit sees them.
# SPDX-License-Identifier: Apache-2.0
set -u
: "${abs_top_builddir:?}" # from make check

if [ -n "${SANITIZER_FLAGS-}${COVERAGE_FLAGS-}" ]; then
    # The kit measures memory and time; their suites run the drivers with these.
    echo "skipped: the kit is for plain builds"
    exit 77
fi

check=$abs_top_builddir/sdk/check/pileus-driver-check
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
trap 'exit 99' HUP INT TERM
status=0

# What each needs beside the server of the kit's own. All of them are under
# valgrind elsewhere (make check-valgrind), so one is enough here.
options()
{
    case $1 in
    libvirt) echo "--skip valgrind --changes -O uri=test:///default" ;;
    dummy) echo "--changes" ;;
    ec2) echo "--skip valgrind -O region=eu-central-1" ;;
    openstack) echo "--skip valgrind -O application-credential-id=seven" ;;
    *) echo "--skip valgrind" ;;
    esac
}

# Where the library only looks for drivers, and nobody's profiles are.
HOME=$scratch
export HOME
set -- "$abs_top_builddir"/drivers/*.so
if ! [ -f "$1" ]; then
    echo "skipped: no driver is built"
    exit 77
fi
# All at once: most of what the kit does is wait for drivers that try again.
for module; do
    name=${module##*/}
    name=${name%.so}
    # shellcheck disable=SC2046 # several words
    "$check" $(options "$name") "$module" >"$scratch/$name.out" 2>&1 &&
        : >"$scratch/$name.good" &
done
wait
for module; do
    name=${module##*/}
    name=${name%.so}
    if [ -f "$scratch/$name.good" ]; then
        echo "$name: $(tail -n 1 "$scratch/$name.out")"
    else
        echo "FAILED: $name"
        cat "$scratch/$name.out"
        status=1
    fi
done
exit $status
