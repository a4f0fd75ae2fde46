#!/bin/sh
# The ABI that is here, compared with each frozen release: make abi-check.
# SPDX-License-Identifier: Apache-2.0
set -u
: "${abs_top_srcdir:?}" "${abs_top_builddir:?}" # from make check
library=$abs_top_builddir/.libs/libpileus.so
status=0
# What sanitizers add is no part of it.
[ -f "$library" ] && [ -z "$SANITIZER_FLAGS$COVERAGE_FLAGS" ] || library=
for frozen in "$abs_top_srcdir"/tests/abi/[0-9]*; do
    # shellcheck disable=SC2086 # perhaps none
    if sh "$abs_top_srcdir/tests/abi/check.sh" "$frozen" \
        "$abs_top_srcdir/include" "$abs_top_srcdir/core/pileus.map" $library; then
        echo "ABI ${frozen##*/}: kept"
    else
        echo "ABI ${frozen##*/}: broken; sdk/ABI.md tells how it grows"
        status=1
    fi
done
command -v abidiff >/dev/null ||
    echo "without abidiff (abigail-tools) types of the library were not compared"
exit $status
