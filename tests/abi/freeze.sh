#!/bin/sh
# Freezes the ABI of what is here as a release, for tests/abi to compare with
# from then on: sdk/ABI.md says when.
# SPDX-License-Identifier: Apache-2.0
#
# usage: tests/abi/freeze.sh BUILD, from the top of the sources, with BUILD made
# of them with debugging information.
set -eu
build=$1
version=$(awk '/^#define PILEUS_ABI_MAJOR/ { major = $3 }
    /^#define PILEUS_ABI_MINOR/ { print major "." $3 }' include/pileus/driver.h)
frozen=tests/abi/$version
rm -rf "$frozen"
mkdir -p "$frozen/include" "$frozen/tests/store"

cp -r include/pileus "$frozen/include"
cp tests/store/*.c tests/store/*.h tests/store/store.json.in \
    "$frozen/tests/store"
sh tests/abi/numbers.sh include/pileus >"$frozen/numbers"
sh tests/abi/symbols.sh core/pileus.map >"$frozen/symbols"
{
    echo "/* Where each field of ABI $version stands. */"
    echo "/* SPDX-License-Identifier: Apache-2.0 */"
    for header in "$frozen"/include/pileus/*.h; do
        echo "#include <pileus/${header##*/}>"
    done
    sed -n '/^#define P sizeof/,/^#endif/p' core/driver/pin.h | sed '$d'
    awk '/^AT\(/ { on = 1 } on { print } /;/ { on = 0 }' core/driver/abi*.c
} >"$frozen/places.c"
tar -cJf "$frozen/core.tar.xz" --sort=name --owner=0 --group=0 \
    --mtime='@0' --exclude='*.in' --exclude='Makefile.inc' \
    core include cli tests/cli/lib.sh tests/cli/storage.sh \
    tests/cli/addresses.sh
sh tests/abi/describe.sh include "$build/.libs/libpileus.so" \
    "$frozen/libpileus.abi"
echo "$frozen: $(wc -l <"$frozen/numbers") numbers," \
    "$(wc -l <"$frozen/symbols") symbols," \
    "$(grep -c '^AT(' "$frozen/places.c") fields"
