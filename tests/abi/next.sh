#!/bin/sh
# The next minor of the ABI, as it will come: a call, a service, a host call and
# a state are added to a copy of this core. Drivers compiled today run under it,
# and drivers compiled with it run here, as far as both know the calls.
# SPDX-License-Identifier: Apache-2.0
set -u
umask 022 # drivers that others can write are refused
: "${abs_top_srcdir:?}" "${abs_top_builddir:?}" # from make check
if [ -n "$SANITIZER_FLAGS$COVERAGE_FLAGS" ]; then
    echo "skipped: this build is for looking inside"
    exit 77
fi
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
# shellcheck source=tests/abi/build.sh
. "$abs_top_srcdir/tests/abi/build.sh"
next=$scratch/next

fail()
{
    echo "failed: $*"
    exit 1
}

# before FILE LINE TEXT: the text goes before the first line that begins so.
before()
{
    awk -v line="$2" -v text="$3" '
        !done && index($0, line) == 1 { print text; done = 1 }
        { print }
        END { exit !done }' "$next/$1" >"$scratch/changed" ||
        fail "$1 has no line '$2' any more: bring tests/abi/next.sh up to date"
    mv "$scratch/changed" "$next/$1"
}

# ---- the next core ---------------------------------------------------------------

mkdir "$next" "$scratch/today-core"
(cd "$abs_top_srcdir" && tar cf - include core cli tests/store tests/cli) |
    (cd "$next" && tar xf - && chmod -R u+w .) ||
    fail "the sources cannot be copied"
before include/pileus/driver.h '#define PILEUS_ABI_MINOR 0' \
    '#define PILEUS_ABI_MINOR 1'
sed '/^#define PILEUS_ABI_MINOR 0/d' "$next/include/pileus/driver.h" \
    >"$scratch/changed" && mv "$scratch/changed" "$next/include/pileus/driver.h"
before include/pileus/services.h '} pileus_compute_service;' \
    '    int32_t (*migrate_node)(void *connection, pileus_call *call,
                            const pileus_node *node, const char *location);'
before include/pileus/services.h '/* ---- ' 'typedef struct pileus_balancers_service {
    uint64_t struct_size;
    int32_t (*list_balancers)(void *connection, pileus_call *call,
                              pileus_sink *sink);
} pileus_balancers_service;
'
before include/pileus/host.h '} pileus_host_call;' \
    '    int64_t (*attempts)(pileus_call *call);'
before include/pileus/common.h '/* State of a volume' \
    'enum { PILEUS_STATE_HIBERNATED = 15 };
'
before core/model/state.c '    [PILEUS_STATE_RUNNING]' \
    '    [PILEUS_STATE_HIBERNATED] = "hibernated",'
before core/call/capability.c '        CALL(compute, create_node' \
    '        CALL(compute, migrate_node, false),'
before core/call/instance.c '    for (size_t i = 0;' \
    '    (void)descriptor->get_service(instance->state, "balancers", 1);'

# ---- a driver for it -------------------------------------------------------------

before tests/store/store.c '    return store_put_all(sink, self->nodes' \
    '    for (size_t i = 0; i < STORE_MOST && self->nodes[i].there; i++) {
        pileus_record *next =
            store_begin(sink, PILEUS_KIND_NODE, &self->nodes[i]);

        if (PILEUS_HAVE(call, call, attempts)) {
            pileus_log(call, PILEUS_LOG_DEBUG, "the next core runs this");
        }
        pileus_set_state(next, PILEUS_STATE_HIBERNATED, "asleep");
        (void)pileus_put(next);
    }
    if (self->nodes[0].there) {
        return pileus_check(call);
    }'
before tests/store/store.c '        .list_images = store_list_images,' \
    '        .migrate_node = store_migrate,'
before tests/store/store.c 'static const void *' \
    'static int32_t
store_migrate(void *connection, pileus_call *call, const pileus_node *node,
              const char *location)
{
    (void)connection;
    (void)node;
    (void)location;
    return pileus_check(call);
}
'
before tests/store/store.c '        {"connection", &connection}' \
    '        {"balancers", &balancers},'
before tests/store/store.c '    const struct {' \
    '    static const pileus_balancers_service balancers = {
        .struct_size = sizeof balancers,
    };'

ln -s "$abs_top_builddir/.libs/libpileus.so.0" "$scratch/today-core"
ln -s "$abs_top_builddir/tests/cli/pileus" "$scratch/today-core/command"
build_core "$next" "$scratch/next-core" || fail "the next core"
build_driver "$abs_top_srcdir/tests/store" "$abs_top_srcdir/include" \
    "$scratch/today-driver" || fail "today's driver"
build_driver "$next/tests/store" "$next/include" "$scratch/next-driver" ||
    fail "the next driver"
# The next SDK makes a driver of today's minor as well, by its define.
build_driver "$abs_top_srcdir/tests/store" "$next/include" \
    "$scratch/older-driver" -DPILEUS_DRIVER_API=0 ||
    fail "a driver for an older core, by the next SDK"

# ---- both ways -------------------------------------------------------------------

# asks CORE DRIVER EXPECTED
asks()
{
    # shellcheck disable=SC2086
    $CC -I"$abs_top_srcdir/include" -o "$scratch/asks" \
        "$abs_top_srcdir/tests/abi/asks.c" "$scratch/$1/libpileus.so.0" ||
        fail "asks.c does not compile"
    LD_LIBRARY_PATH=$scratch/$1 PILEUS_DRIVER_PATH=$scratch/$2 \
        "$scratch/asks" >"$scratch/answer" 2>&1 ||
        fail "$2 under $1: $(cat "$scratch/answer")"
    [ "$(head -n 2 "$scratch/answer")" = "$3" ] ||
        fail "$2 under $1 gives:
$(cat "$scratch/answer")"
    echo "$2 under $1: as it must be"
}

asks next-core next-driver 'migrate_node: yes
n-1: 15 hibernated, asleep'
asks today-core next-driver 'migrate_node: no
n-1: 15 unknown, asleep'
asks next-core today-driver 'migrate_node: no
n-1: 4 unknown, -'
asks today-core today-driver 'migrate_node: no
n-1: 4 unknown, -'
asks today-core older-driver 'migrate_node: no
n-1: 4 unknown, -'
for driver in today next older; do
    for core in today next; do
        [ $driver = next ] || [ $driver = $core ] || {
            uses "$scratch/$core-core/command" "$scratch/$driver-driver" \
                "$abs_top_srcdir/tests/cli" || exit 1
            echo "$driver-driver under $core-core: the command's suites pass"
        }
    done
done
