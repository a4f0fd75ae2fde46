#!/bin/sh
# What is installed is enough: a driver and applications, in C and C++, shared
# and static, are made from installed headers and pkg-config alone, and run.
# SPDX-License-Identifier: Apache-2.0
#
# Run by make installcheck, with bindir and pkgconfigdir.
set -u
umask 022 # drivers that others can write are refused
: "${abs_top_srcdir:?}" "${bindir:?}" "${pkgconfigdir:?}" # from make

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
PKG_CONFIG_PATH=$pkgconfigdir:${PKG_CONFIG_PATH:-}
export PKG_CONFIG_PATH
# Nothing of the build tree is to be found by accident.
unset PILEUS_DRIVER_PATH
XDG_DATA_HOME=$scratch/data
export XDG_DATA_HOME
cd "$scratch" || exit 1

fail()
{
    echo "failed: $*"
    exit 1
}

# take PAGE NAME FILE: what the manual page shows.
take()
{
    sh "$abs_top_srcdir/tests/tools/program.sh" "$abs_top_srcdir/man/$1" \
        "$2" "$3" || fail "$1 does not show $2"
}

passed()
{
    echo "ok: $*"
}

libdir=$(pkg-config --variable=libdir pileus) ||
    fail "pkg-config does not find pileus in $pkgconfigdir"
driverdir=$(pkg-config --variable=driverdir pileus-driver)
[ "$driverdir" = "$(pkg-config --variable=driverdir pileus)" ] ||
    fail "the two .pc files disagree on driverdir"
LD_LIBRARY_PATH=$libdir
export LD_LIBRARY_PATH
[ -z "$(pkg-config --libs pileus-driver)" ] ||
    fail "pileus-driver.pc has drivers link something"
passed "pkg-config"

# ---- a driver, as its guide says -------------------------------------------------

mkdir drivers
for file in c json sh; do
    take pileus-driver.3 hosts.$file drivers/hosts.$file
done
(
    cd drivers || exit 1
    PATH=$bindir:$PATH
    sh -e ./hosts.sh
) >out || fail "the guide's driver is not built and listed by the guide's words"
grep -q 127.0.0.1 out || fail "the guide's driver lists no 127.0.0.1"
nm -D --undefined-only drivers/hosts.so | grep -q pileus &&
    fail "the driver imports from libpileus"
passed "a driver made outside the tree"

printf '192.0.2.1 one\n' >names
mkdir -p "$XDG_DATA_HOME/pileus/drivers"
cp drivers/hosts.so drivers/hosts.json "$XDG_DATA_HOME/pileus/drivers"
"$bindir/pileus" driver list >out || fail "the installed command fails"
grep -q hosts out || fail "a driver in the user's data directory is not found"
"$bindir/pileus" node list -d hosts -O file=names -o id >out ||
    fail "a driver in the user's data directory does not list"
[ "$(cat out)" = 192.0.2.1 ] || fail "it lists other nodes"
passed "a driver in the user's data directory"

# ---- applications ------------------------------------------------------------------

if ! [ -f "$driverdir/dummy.so" ]; then
    echo "ok: the driver dummy is not installed; applications are left out"
    exit 0
fi
[ -f "$driverdir/dummy.la" ] && fail "$driverdir/dummy.la is of no use there"
printf 'dummy-1\ndummy-2\n' >expected

take pileus.3 nodes.c nodes.c
# shellcheck disable=SC2046,SC2086 # lists
$CC -Wall -Wextra -Werror $SANITIZER_FLAGS -o nodes nodes.c \
    $(pkg-config --cflags --libs pileus) ||
    fail "the program of pileus(3) does not compile"
./nodes | sed 's/ .*//' | diff expected - || fail "its nodes are wrong"
passed "an application in C"

if $CXX --version >/dev/null 2>&1; then
    # shellcheck disable=SC2046,SC2086 # lists
    $CXX -std=c++11 -Wall -Wextra -Werror $SANITIZER_FLAGS -o application \
        "$abs_top_srcdir/tests/install/application.cc" \
        $(pkg-config --cflags --libs pileus) ||
        fail "the C++ application does not compile"
    ./application | diff expected - || fail "the C++ application is wrong"
    passed "an application in C++"
fi

# The example, by the build systems that find pileus with pkg-config.
ends_well()
{
    "$1" dummy >out 2>&1 || fail "what $2 built fails: $(cat out)"
    grep -q destroyed out || fail "what $2 built does not destroy its node"
    passed "an application built by $2"
}
sources=$abs_top_srcdir/examples
if [ -n "$SANITIZER_FLAGS" ]; then
    echo "ok: meson and cmake link no sanitizers; they are left out"
else
    if command -v meson >/dev/null && command -v ninja >/dev/null; then
        { meson setup by-meson "$sources/meson" && ninja -C by-meson; } \
            >log 2>&1 || fail "examples/meson: $(cat log)"
        ends_well by-meson/lifecycle meson
    else
        echo "ok: meson or ninja is not installed"
    fi
    if command -v cmake >/dev/null; then
        { cmake -S "$sources/cmake" -B by-cmake && cmake --build by-cmake; } \
            >log 2>&1 || fail "examples/cmake: $(cat log)"
        ends_well by-cmake/lifecycle cmake
    else
        echo "ok: cmake is not installed"
    fi
fi

# Drivers take nothing from libpileus by name, so they load where it is static.
if [ -f "$libdir/libpileus.a" ]; then
    libs=$(pkg-config --static --libs pileus |
        sed "s|-lpileus|$libdir/libpileus.a|")
    # shellcheck disable=SC2046,SC2086 # lists
    $CC -Wall -Wextra -Werror $SANITIZER_FLAGS -o static nodes.c \
        $(pkg-config --cflags pileus) $libs ||
        fail "an application does not link libpileus.a"
    ldd ./static 2>/dev/null | grep -q libpileus &&
        fail "the static application links libpileus.so"
    ./static | sed 's/ .*//' | diff expected - ||
        fail "the static application is wrong"
    passed "an application linked with libpileus.a"
fi
