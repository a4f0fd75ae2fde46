#!/bin/sh
# libpileus exports what its headers declare, and its manual pages name it all.
# SPDX-License-Identifier: Apache-2.0
set -u
: "${abs_top_srcdir:?}" "${abs_top_builddir:?}" # from make check

tests=$abs_top_srcdir/tests/install
include=$abs_top_srcdir/include/pileus
man=$abs_top_srcdir/man
library=$abs_top_builddir/.libs/libpileus.so
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
status=0

# same WHAT A B: two sorted lists of names are one.
same()
{
    if ! diff "$2" "$3" >"$scratch/diff"; then
        echo "failed: $1:"
        grep '^[<>]' "$scratch/diff"
        status=1
    fi
}

# Functions that a page names with .Fn, of those that begin as pileus_ does.
named()
{
    grep -oE '(^\.Fn|^\.It Fn|, Fn) pileus_[a-z_]+|Fn pileus_[a-z_]+' "$1" |
        sed 's/.* //' | sort -u
}

sh "$tests/names.sh" "$include" >"$scratch/declared"
sh "$tests/names.sh" "$include" inline >"$scratch/inline"
if [ "$(wc -l <"$scratch/declared")" -lt 100 ] ||
    [ "$(wc -l <"$scratch/inline")" -lt 30 ]; then
    echo "failed: the headers were not understood"
    exit 1
fi

named "$man/pileus.3" >"$scratch/named"
same "declared (<), in pileus.3 (>)" "$scratch/declared" "$scratch/named"
named "$man/pileus-driver.3" >"$scratch/named"
same "in driver.h (<), in pileus-driver.3 (>)" "$scratch/inline" \
    "$scratch/named"

# Calls of a service that the guide says nothing of.
calls=$(sed -n '/^typedef struct pileus_.*_service {/,/^}/s/.*(\*\([a-z_]*\))(.*/\1/p' \
    "$include/services.h")
for call in $calls; do
    if ! grep -qw "$call" "$man/pileus-driver.3"; then
        echo "failed: pileus-driver.3 does not name the call $call"
        status=1
    fi
done
# Fields and codes that the pages say nothing of.
fields=$(sed -n 's/^ *\(PILEUS_FIELD_[A-Z_]*\) = .*/\1/p' "$include/record.h")
for field in $fields; do
    if ! grep -qw "$field" "$man/pileus-driver.3"; then
        echo "failed: pileus-driver.3 does not name the field $field"
        status=1
    fi
done
codes=$(sed -n '/PILEUS_OK = 0/,/^}/s/^ *\(PILEUS_[A-Z_]*\) = .*/\1/p' \
    "$include/common.h")
for code in $codes; do
    if ! grep -qw "$code" "$man/pileus.3"; then
        echo "failed: pileus.3 does not name the code $code"
        status=1
    fi
done

if ! [ -f "$library" ] || ! nm --version >/dev/null 2>&1; then
    echo "skipped: no ELF library, or no nm, to compare the exports with"
    [ $status = 0 ] && exit 77
    exit $status
fi
nm -D --defined-only "$library" | awk '$2 != "A" { print $3 }' |
    sed 's/@.*//' | sort -u >"$scratch/exported"
same "declared (<), exported (>)" "$scratch/declared" "$scratch/exported"
[ $status = 0 ] && echo "$(wc -l <"$scratch/declared") functions"
exit $status
