#!/bin/sh
# An application that libpileus and drivers are linked into does what one does
# that loads them, and needs no file of either.
# SPDX-License-Identifier: Apache-2.0
#
# Run by make installcheck, with bindir and pkgconfigdir.
set -u
: "${abs_top_srcdir:?}" "${bindir:?}" "${pkgconfigdir:?}" # from make

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
PKG_CONFIG_PATH=$pkgconfigdir:${PKG_CONFIG_PATH:-}
export PKG_CONFIG_PATH
# No driver, and nothing of the user's, is to be found by accident.
unset PILEUS_DRIVER_PATH PILEUS_PROFILES XDG_CONFIG_HOME XDG_DATA_HOME \
    http_proxy HCLOUD_TOKEN HCLOUD_ENDPOINT
HOME=$scratch
export HOME
cd "$scratch" || exit 1

fail()
{
    echo "failed: $*"
    exit 1
}

libdir=$(pkg-config --variable=libdir pileus) ||
    fail "pkg-config does not find pileus in $pkgconfigdir"
driverdir=$(pkg-config --variable=driverdir pileus)
if ! [ -f "$libdir/libpileus.a" ]; then
    echo "ok: no static libraries are installed; this is left out"
    exit 0
fi
for driver in dummy hetzner; do
    if ! [ -f "$driverdir/$driver.a" ]; then
        echo "ok: the driver $driver is not built; this is left out"
        exit 0
    fi
done

# ---- the application -----------------------------------------------------------

# application NAME FLAG...: the same source, linked as the flags say.
application()
{
    name=$1
    shift
    # shellcheck disable=SC2046,SC2086 # lists
    $CC -Wall -Wextra -Werror $SANITIZER_FLAGS -o "$name" \
        "$abs_top_srcdir/tests/install/static.c" \
        $(pkg-config --cflags pileus) "$@" || fail "the $name one does not link"
}

libs=$(pkg-config --static --libs pileus |
    sed "s|-lpileus\$|$libdir/libpileus.a|; s|-lpileus |$libdir/libpileus.a |")
# shellcheck disable=SC2086 # a list
application linked -DLINKED "$driverdir/dummy.a" "$driverdir/hetzner.a" $libs
ldd ./linked 2>/dev/null | grep -q libpileus &&
    fail "the linked application needs libpileus.so"

mkdir recording
cat >recording/exchanges.jsonl <<'END'
{"request": {"method": "GET", "path": "/v1/servers", "query": {"page": "1", "per_page": "50"}}, "response": {"status": 200, "headers": {"Content-Type": "application/json"}, "body": "{\"servers\": [{\"id\": 4711, \"name\": \"web-1\", \"status\": \"running\"}, {\"id\": 4712, \"name\": \"web-2\", \"status\": \"off\"}], \"meta\": {\"pagination\": {\"next_page\": null}}}"}}
END
./linked recording >linked.out 2>&1 || fail "it does not run: $(cat linked.out)"
grep -v -e 'calls' -e 'without a provider' linked.out >known
diff - known <<'END' || fail "it sees other nodes"
listed: 1 dummy-1 running
listed: 2 dummy-2 running
created: 3 dummy-3 running
rebooted: 3 dummy-3 rebooting
destroyed: 3 dummy-3 terminated
listed: 1 dummy-1 running
listed: 2 dummy-2 running
listed: 4711 web-1 running
listed: 4712 web-2 stopped
END
grep -q 'without a provider: unavailable' linked.out ||
    fail "the transport does not work: $(grep without linked.out)"
grep -q elsewhere linked.out && fail "it looks at files of drivers"
echo "ok: an application that two drivers are linked into"

# As pileus(3) has it.
for file in linked.c linked.sh; do
    sh "$abs_top_srcdir/tests/tools/program.sh" "$abs_top_srcdir/man/pileus.3" \
        $file $file || fail "pileus(3) does not show $file"
done
mv linked by-hand
sed "s|^cc |$CC $SANITIZER_FLAGS |" linked.sh >linked.run
sh -e linked.run || fail "the program of pileus(3) is not built by its words"
LD_LIBRARY_PATH=$libdir ./linked >shown || fail "the program of pileus(3) fails"
[ "$(cat shown)" = dummy ] || fail "it says: $(cat shown)"
echo "ok: the program of pileus(3)"

# Names that a driver's archive gives away are its own: others can be linked in
# beside it, and so can whatever the application has.
for archive in "$driverdir"/*.a; do
    nm -g --defined-only "$archive" | awk 'NF == 3 { print $3 }'
done | sort | uniq -d >twice
[ -s twice ] && fail "two drivers have: $(cat twice)"
echo "ok: drivers have no name in common"

# ---- the command ---------------------------------------------------------------

if ! [ -f "$libdir/libpileus.so" ]; then
    "$bindir/pileus" driver list -o csv --columns name,module >drivers ||
        fail "the installed command fails"
    for archive in "$driverdir"/*.a; do
        name=${archive##*/}
        grep -qx "${name%.a}," drivers ||
            fail "the command is without ${name%.a}"
    done
    ids=$("$bindir/pileus" node list -d dummy -o id | tr '\n' ' ')
    [ "$ids" = "1 2 " ] || fail "the command lists the nodes $ids"
    echo "ok: the command that the drivers are linked into"
    exit 0
fi

LD_LIBRARY_PATH=$libdir
export LD_LIBRARY_PATH
# shellcheck disable=SC2046 # a list
application shared $(pkg-config --libs pileus)
./shared recording >shared.out 2>&1 || fail "it does not run: $(cat shared.out)"
diff shared.out linked.out || fail "the shared one (<) sees what this does not"
echo "ok: the same with a libpileus that loads its drivers"
