#!/bin/sh
# Compares the ABI that is here with that of a frozen release, and says of each
# change that is forbidden what to do instead.
# SPDX-License-Identifier: Apache-2.0
#
# usage: check.sh FROZEN INCLUDE MAP [LIBRARY]; CC in the environment.
#   FROZEN   folder of a release, such as tests/abi/1.0
#   INCLUDE  the headers that are to be compared, the folder of pileus/
#   MAP      the version script
#   LIBRARY  libpileus.so, with debugging information
set -u
here=$(dirname "$0")
frozen=$1
include=$2
map=$3
library=${4-}
CC=${CC:-cc}
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
status=0

forbid()
{
    echo "forbidden: $*"
    status=1
}

# each PROGRAM NOW WAS: the program, for awk, sees each line of WAS, with the
# second word of each line of NOW in now, by its first; what it prints is
# forbidden.
each()
{
    awk "NR == FNR { now[\$1] = \$2; next }
        { was[\$1] = \$2 }
        $1" "$2" "$3" >"$scratch/found"
    while read -r found; do
        forbid "$found"
    done <"$scratch/found"
}

# ---- numbers ---------------------------------------------------------------------

sh "$here/numbers.sh" "$include/pileus" >"$scratch/numbers"
# shellcheck disable=SC2016 # awk's own
each '!($1 in now) { print $1 ", which is " $2 ", is gone: put it back, and " \
        "leave it unused if nothing needs it" }
    $1 in now && now[$1] != $2 { print $1 " was " $2 " and is " now[$1] ": a " \
        "number never gets another meaning; give what is new a number that " \
        "was never used" }' "$scratch/numbers" "$frozen/numbers"

# ---- structs and calls -----------------------------------------------------------

# Each field stands where it stood.
if ! $CC -std=gnu11 -fsyntax-only -I"$include" "$frozen/places.c" \
    2>"$scratch/places"; then
    sed -n 's/.*"\([a-z_.]*\) has moved".*/\1/p' "$scratch/places" | sort -u \
        >"$scratch/moved"
    while read -r field; do
        forbid "$field has moved: put what is new behind the last field of" \
            "its struct"
    done <"$scratch/moved"
    if ! [ -s "$scratch/moved" ]; then
        forbid "a field or a struct of the release is gone: put it back where" \
            "it was:"
        grep -E 'error:' "$scratch/places" | head -n 5
    fi
fi
# What was written for the release compiles as it stands.
for source in "$frozen"/tests/store/*.c; do
    if ! $CC -std=gnu11 -Wall -Wextra -Werror -fsyntax-only -I"$include" \
        -I"$frozen" "$source" 2>"$scratch/compiled"; then
        forbid "the driver of the release does not compile any more: a call or" \
            "a function has another signature; put it back, and add what is" \
            "new under a name of its own:"
        grep -E 'error:' "$scratch/compiled" | head -n 5
        break
    fi
done

# ---- symbols ---------------------------------------------------------------------

sh "$here/symbols.sh" "$map" >"$scratch/symbols"
sh "$here/../install/names.sh" "$include/pileus" >"$scratch/declared"
# shellcheck disable=SC2016 # awk's own
each '!($1 in now) { print $1 " of " $2 " is exported no more: programs of the " \
        "release need it; put it back" }
    $1 in now && now[$1] != $2 { print $1 " has moved from node " $2 " to " \
        now[$1] ": put it back, for a program asks for both" }' \
    "$scratch/symbols" "$frozen/symbols"
# shellcheck disable=SC2016 # awk's own
each '{ released[$2] = 1 }
    END { for (name in now) if (now[name] in released && !(name in was))
        print name " is added to node " now[name] ", which is released: put " \
            "it into the node of the coming release" }' \
    "$scratch/symbols" "$frozen/symbols"
# shellcheck disable=SC2016 # awk's own
each '!($1 in now) { print $1 " is declared and has no version node: put it " \
        "into the node of the coming release in core/pileus.map" }' \
    "$scratch/symbols" "$scratch/declared"

# ---- the library -----------------------------------------------------------------

if [ -n "$library" ] && command -v nm >/dev/null; then
    nm -D --defined-only "$library" | awk '$2 == "T" { print $3 }' |
        sed 's/@@*/ /' | LC_ALL=C sort -u >"$scratch/exported"
    if ! diff "$scratch/symbols" "$scratch/exported" >"$scratch/diff"; then
        forbid "the library does not export what the map says (<), but (>):"
        grep '^[<>]' "$scratch/diff" | head -n 10
    fi
fi
if [ -n "$library" ] && command -v abidiff >/dev/null &&
    [ -r "$frozen/libpileus.abi" ]; then
    # 4: there is a change; 8: an incompatible one.
    sh "$here/describe.sh" "$include" "$library" "$scratch/now.abi" &&
        abidiff --no-added-syms --suppressions "$here/allowed.abignore" \
            "$frozen/libpileus.abi" "$scratch/now.abi" >"$scratch/abidiff" 2>&1
    if [ $(($? & 12)) != 0 ]; then
        forbid "a function or a type of the library has changed: put it back," \
            "and add what is new under a name of its own:"
        sed 's/^/  /' "$scratch/abidiff" | head -n 40
    fi
fi
exit $status
