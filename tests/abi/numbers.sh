#!/bin/sh
# Prints the numbers that the headers give names to, sorted: enumerators, flags.
# SPDX-License-Identifier: Apache-2.0
#
# usage: numbers.sh FOLDER_OF_HEADERS
sed -n -e 's/^ *\(PILEUS_[A-Z0-9_]*\) = \([^,]*[^, ]\),*\( .*\)*$/\1 \2/p' \
    -e 's/^#define \(PILEUS_[A-Z0-9_]*\) \(UINT[0-9]*_C([^)]*)\).*/\1 \2/p' \
    "$1"/*.h | sed 's,/\*.*,,; s/[ ,]*$//' | LC_ALL=C sort -u
