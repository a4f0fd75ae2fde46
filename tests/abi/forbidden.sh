#!/bin/sh
# What must never happen to the ABI, each tried on a copy of it: make abi-check
# says what is wrong, and what to do instead. What may happen passes.
# SPDX-License-Identifier: Apache-2.0
set -u
: "${abs_top_srcdir:?}" # from make check
frozen=$abs_top_srcdir/tests/abi/1.0
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
status=0

# changed FILE SED: the headers and the map as they are, with one of them
# changed.
changed()
{
    rm -rf "$scratch/include" &&
        cp -r "$abs_top_srcdir/include" "$scratch/include" &&
        cp "$abs_top_srcdir/core/pileus.map" "$scratch" &&
        chmod -R u+w "$scratch/include" "$scratch/pileus.map" || exit 1
    [ -n "$1" ] || return 0
    sed "$2" "$scratch/$1" >"$scratch/new"
    cmp -s "$scratch/$1" "$scratch/new" && {
        echo "failed: '$2' changes nothing in $1: bring this test up to date"
        exit 1
    }
    mv "$scratch/new" "$scratch/$1"
}

check()
{
    sh "$abs_top_srcdir/tests/abi/check.sh" "$frozen" "$scratch/include" \
        "$scratch/pileus.map" >"$scratch/said" 2>&1
}

# forbidden SENTENCE FILE SED
forbidden()
{
    changed "$2" "$3"
    if check; then
        echo "failed: '$3' in $2 is not noticed"
        status=1
    elif ! grep -qF "forbidden: $1" "$scratch/said"; then
        echo "failed: '$3' in $2 should be \"$1\", and is:"
        sed 's/^/  /' "$scratch/said"
        status=1
    else
        echo "ok: $1"
    fi
}

# allowed FILE SED
allowed()
{
    changed "$1" "$2"
    if check; then
        echo "ok: allowed: ${2:-nothing}"
    else
        echo "failed: '$2' in $1 may be:"
        sed 's/^/  /' "$scratch/said"
        status=1
    fi
}

allowed '' ''
allowed include/pileus/common.h \
    's/PILEUS_STATE_UPDATING = 14/PILEUS_STATE_UPDATING = 14, PILEUS_STATE_NEW = 15/'
allowed include/pileus/services.h \
    's/^} pileus_compute_service;/    int32_t (*migrate)(void *connection);\n&/'
# shellcheck disable=SC2016 # sed's own
allowed pileus.map \
    '$a PILEUS_0.2 {\nglobal:\n    pileus_new;\n} PILEUS_0.1;'

forbidden "PILEUS_STATE_PAUSED was 10 and is 15: a number never gets another meaning" \
    include/pileus/common.h 's/PILEUS_STATE_PAUSED = 10/PILEUS_STATE_PAUSED = 15/'
forbidden "PILEUS_STATE_PAUSED, which is 10, is gone: put it back" \
    include/pileus/common.h '/PILEUS_STATE_PAUSED = 10/d'
forbidden "PILEUS_HARD was UINT64_C(2) and is UINT64_C(4)" \
    include/pileus/common.h 's/PILEUS_HARD UINT64_C(2)/PILEUS_HARD UINT64_C(4)/'
forbidden "pileus_compute_service.list_nodes has moved: put what is new behind" \
    include/pileus/services.h \
    '/^typedef struct pileus_compute_service/,/struct_size/s/\(uint64_t struct_size;\)/\1 void *first;/'
forbidden "a field or a struct of the release is gone: put it back" \
    include/pileus/services.h 's/(\*destroy_volume)/(*remove_volume)/'
forbidden "the driver of the release does not compile any more: a call or" \
    include/pileus/services.h \
    's/(\*attach_address)(void \*connection, /(*attach_address)(void *connection, int how, /'
forbidden "pileus_node_list of PILEUS_0.1 is exported no more" \
    pileus.map '/ pileus_node_list;/d'
forbidden "pileus_new is added to node PILEUS_0.1, which is released: put it into" \
    pileus.map 's/^    pileus_node_list;/&\n    pileus_new;/'
forbidden "pileus_node_new is declared and has no version node: put it into" \
    include/pileus/model.h \
    's/^PILEUS_API size_t pileus_list_count/PILEUS_API int pileus_node_new(void);\n&/'
exit $status
