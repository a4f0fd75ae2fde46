#!/bin/sh
# Prints how many lines of the core the tests ran, file by file, after gcov.
# SPDX-License-Identifier: Apache-2.0
#
# usage: coverage.sh GCOV BUILD_DIRECTORY
set -u

gcov=$1
cd "$2" || exit 1

# A .gcno per object is there from compiling on, so a file that no test ever
# ran counts, too. libtool keeps the objects that are used in .libs.
notes=$(find core -name '*.gcno' -path '*/.libs/*' | sort)
if [ -z "$gcov" ] || [ -z "$notes" ]; then
    echo "coverage: configure with --enable-coverage and run make check first" >&2
    exit 1
fi

for note in $notes; do
    # -n: no .gcov files. It tells of each source the object is made of.
    "$gcov" -n "$note" 2>/dev/null
done | awk '
    /^File / {
        file = $0
        sub(/^File ./, "", file)
        sub(/.$/, "", file)
        sub(/^.*\/core\//, "core/", file)
    }
    /^Lines executed:/ && file ~ /^core\/.*\.c$/ {
        split($2, part, /[:%]/)
        total[file] = $4
        ran[file] = int(part[2] * $4 / 100 + 0.5)
    }
    /^Lines executed:/ || /^No executable lines/ { file = "" }
    END {
        for (file in total) {
            printf "%-32s %5d of %5d lines %6.1f %%\n", file, ran[file],
                total[file], 100 * ran[file] / total[file] | "sort"
            all += total[file]
            done += ran[file]
        }
        close("sort")
        if (all == 0) {
            exit 1
        }
        printf "coverage of core: %d of %d lines, %.1f %%\n", done, all,
            100 * done / all
    }'
