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

# built_debs TARBALL DIRECTORY: the packages, without their tests, which make check
# has run.
built_debs()
{
    DEB_BUILD_OPTIONS=nocheck \
        sh "$(dirname "$0")/../../packaging/debian-build" "$1" "$2" \
        >"$2.log" 2>&1 || {
        tail -n 60 "$2.log"
        fail "the packages are not built"
    }
}
