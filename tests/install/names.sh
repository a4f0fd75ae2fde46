#!/bin/sh
# Prints the functions that the public headers declare with PILEUS_API, or,
# with "inline", those that driver.h and its parts define for drivers.
# SPDX-License-Identifier: Apache-2.0
#
# usage: names.sh FOLDER_OF_HEADERS [inline]
set -u

if [ "${2-}" = inline ]; then
    awk '/^static inline/ { inside = 1 }
        inside && match($0, /pileus_[a-z_]+\(/) {
            print substr($0, RSTART, RLENGTH - 1)
            inside = 0
        }' "$1/args.h" "$1/driver.h" "$1/driver_call.h" "$1/record.h" \
        "$1/services.h"
else
    # Preprocessor lines away, one declaration a line; the name is what stands
    # before the first parenthesis.
    for header in "$1"/*.h; do
        [ "${header##*/}" = driver.h ] ||
            awk '/^#/ || more { more = /\\$/; next } { print }' "$header"
    done | tr '\n' ' ' | tr ';' '\n' | tr '}' '\n' |
        sed -n 's/.*PILEUS_API //p' | sed 's/(.*//; s/.*[ *]//'
fi | sort -u
