#!/bin/sh
# Describes the functions of a library and the types that its headers show, for
# abidiff.
# SPDX-License-Identifier: Apache-2.0
#
# usage: describe.sh INCLUDE LIBRARY OUT
exec abidw --headers-dir "$1" --drop-private-types --drop-undefined-syms \
    --no-corpus-path --no-comp-dir-path --no-show-locs --out-file "$3" "$2"
