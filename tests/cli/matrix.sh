#!/bin/sh
# The table of what each driver can do says what the drivers say.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need jq

table=$abs_top_srcdir/plugins/README.md
for driver in $(sed -n 's/^| call | \(.*\) |$/\1/p' "$table" | tr -d '|'); do
    need_driver "$driver"
done
sh "$abs_top_srcdir/plugins/matrix.sh" "$pileus" "$abs_top_builddir/drivers" \
    >"$scratch/table" || fail "matrix.sh ends with an exit code"
diff "$table" "$scratch/table" ||
    fail "plugins/README.md is not what the drivers say: make matrix, and look"

finish
