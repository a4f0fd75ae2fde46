# What the tests of packages share.
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh

fail()
{
    echo "failed: $*"
    exit 1
}

skip()
{
    echo "skipped: $*"
    exit 77
}

passed()
{
    echo "passed: $*"
}
