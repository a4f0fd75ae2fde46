# Building a core from its sources without make, for the tests of the ABI:
# sourced, not run. An older core has no build folder, and the next one is a
# changed copy of this one.
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
scratch=${scratch:?} # of who sources this

# build_core SOURCES OUT: libpileus.so, its transport and the command pileus, of
# the sources, in OUT; config.h is this build's.
build_core()
{
    sources=$1
    out=$2
    mkdir -p "$out/pileus" || return
    # -O0 is soonest, and there is nothing to be fast.
    # shellcheck disable=SC2154
    flags="$core_flags -std=gnu11 -w -O0 -fPIC -fvisibility=hidden -DHAVE_CONFIG_H
        -I$sources/include -I$sources -I$abs_top_builddir
        -include $out/folders.h"
    printf '#define PILEUS_DRIVERDIR "/nowhere"\n#define %s "%s"\n' \
        PILEUS_PKGLIBDIR "$out/pileus" >"$out/folders.h" || return
    set -- "$sources"/core/base/*.c "$sources"/core/model/*.c \
        "$sources"/core/data/*.c "$sources"/core/config/*.c \
        "$sources"/core/driver/*.c "$sources"/core/call/*.c
    for file in "$sources"/core/http/*.c; do
        case $file in
        */curl.c | */curl_setup.c) ;;
        *) set -- "$@" "$file" ;;
        esac
    done
    # shellcheck disable=SC2086,SC2154 # lists, from make check
    {
        $CC $flags -shared -Wl,-soname,libpileus.so.0 \
            -Wl,--version-script="$sources/core/pileus.map" \
            -o "$out/libpileus.so.0" "$@" $core_libs &&
            $CC $flags -shared -o "$out/pileus/http.so" \
                "$sources/core/base/alloc.c" "$sources/core/base/wipe.c" \
                "$sources/core/http/curl.c" "$sources/core/http/curl_setup.c" \
                $curl_libs &&
            $CC $flags -o "$out/pileus-command" "$sources"/cli/*.c \
                "$out/libpileus.so.0" $command_libs &&
            printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s "$@"\n' \
                "$out" "$out/pileus-command" >"$out/command" &&
            chmod 755 "$out/command"
    }
}

# build_driver SOURCES INCLUDE OUT [FLAG...]: the store and its plain twin, whose
# sources and manifest are in SOURCES, by the headers in INCLUDE, as drivers are
# installed.
build_driver()
{
    from=$1
    include=$2
    out=$3
    shift 3
    mkdir -p "$out" || return
    for name in store store_plain; do
        plain=
        [ $name = store ] || plain=-DSTORE_PLAIN
        # shellcheck disable=SC2086,SC2154
        $CC -std=gnu11 -Wall -Wextra -Werror -g -fPIC -shared \
            -fvisibility=hidden -Wl,-z,now -I"$include" \
            -I"${from%/tests/store}" -DSTORE_NAME=$name $plain "$@" \
            -o "$out/$name.so" "$from"/*.c &&
            sed "s/@NAME@/$name/g" "$from/store.json.in" >"$out/$name.json" ||
            return
    done
    chmod go-w "$out" "$out"/store*
}

# uses COMMAND DRIVERS SUITES: the suites of the command, run by that command on
# the store in DRIVERS.
uses()
{
    for suite in storage addresses; do
        STORE_DRIVERS=$2 PILEUS_COMMAND=$1 sh "$3/$suite.sh" \
            >"$scratch/$suite.log" 2>&1 || {
            echo "failed: $suite.sh, by $1 on $2:"
            sed 's/^/  /' "$scratch/$suite.log"
            return 1
        }
    done
}
