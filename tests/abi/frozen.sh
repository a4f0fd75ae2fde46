#!/bin/sh
# Each frozen release: its driver, made with its headers, runs under today's
# core; and today's driver runs under the release's core, as far as that knows
# the calls.
# SPDX-License-Identifier: Apache-2.0
set -u
umask 022 # drivers that others can write are refused
: "${abs_top_srcdir:?}" "${abs_top_builddir:?}" # from make check
if [ -n "$SANITIZER_FLAGS$COVERAGE_FLAGS" ]; then
    echo "skipped: this build is for looking inside"
    exit 77
fi
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
# shellcheck source=tests/abi/build.sh
. "$abs_top_srcdir/tests/abi/build.sh"

fail()
{
    echo "failed: $*"
    exit 1
}

for frozen in "$abs_top_srcdir"/tests/abi/[0-9]*; do
    release=${frozen##*/}
    build_driver "$frozen/tests/store" "$frozen/include" \
        "$scratch/$release-driver" || fail "the driver of $release"
    uses "$abs_top_builddir/tests/cli/pileus" "$scratch/$release-driver" \
        "$abs_top_srcdir/tests/cli" || exit 1
    echo "the driver of $release under today's core: the command's suites pass"

    mkdir "$scratch/$release"
    xz -dc "$frozen/core.tar.xz" | (cd "$scratch/$release" && tar xf -) ||
        fail "the core of $release cannot be unpacked: is xz installed?"
    build_core "$scratch/$release" "$scratch/$release-core" ||
        fail "the core of $release"
    uses "$scratch/$release-core/command" \
        "$abs_top_builddir/tests/store/drivers" \
        "$scratch/$release/tests/cli" || exit 1
    echo "today's driver under the core of $release: its suites pass"
done
