#!/bin/sh
# Counts the tests of one or more runs of make check: each cmocka test, and
# each shell test.
# SPDX-License-Identifier: Apache-2.0
#
# usage: summary.sh DIRECTORY...
#
# Each DIRECTORY holds the .trs and .log files of a run. A line for each that
# failed or was skipped, with the reason, then "N passed, N failed, N skipped".
set -u

find "$@" -name '*.trs' | sort | while read -r trs; do
    result=$(sed -n 's/^:test-result: //p' "$trs" | head -n 1)
    awk -v suite="${trs%.trs}" -v result="$result" '
        # The test a line is about; output of the test may stand before it.
        function name() {
            sub(/.*\[ *[A-Z]+ *\] /, "")
            return $0
        }
        /\[ RUN      \] / { reason = ""; running = 1; next }
        /\[       OK \] / && running { passed++; running = 0; next }
        /\[  SKIPPED \] / && running {
            skipped++; running = 0
            sub(/^skipped: /, "", reason)
            print "skipped: " suite ": " name() (reason == "" ? "" : ": " reason)
            next
        }
        /\[  (FAILED|ERROR) *\] / && running && !/ --- / {
            failed++; running = 0
            print "FAILED:  " suite ": " name() ": " reason
            next
        }
        /^[A-Z]+ .* \(exit status: [0-9]+\)$/ { next }
        /[^ ]/ { reason = $0 }
        END {
            sub(/^(skipped|failed): /, "", reason)
            if (passed + failed + skipped == 0 && result == "PASS") {
                passed = 1
            } else if (passed + failed + skipped == 0 && result == "SKIP") {
                skipped = 1
                print "skipped: " suite (reason == "" ? "" : ": " reason)
            } else if (failed == 0 && result != "PASS" && result != "SKIP") {
                failed = 1 # it crashed, or failed outside of a test
                print "FAILED:  " suite ": " result ": " reason
            }
            print "count:", passed + 0, failed + 0, skipped + 0
        }' "${trs%.trs}.log"
done | awk '
    $1 == "count:" { passed += $2; failed += $3; skipped += $4; next }
    { print }
    END {
        printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
    }'
