#!/bin/sh
# The driver that pileus-driver new lays out passes its tests, and all that
# pileus-driver-guide(7) shows compiles in it as it stands; what it adds to the
# driver works.
# SPDX-License-Identifier: Apache-2.0
set -u
umask 022 # drivers that others can write are refused
: "${abs_top_srcdir:?}" "${abs_top_builddir:?}" # from make check

template=$abs_top_srcdir/sdk/template/common
page=$abs_top_srcdir/man/pileus-driver-guide.7
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1

fail()
{
    echo "failed: $*"
    exit 1
}

# build SOURCE FLAGS...: the driver acme of that source.
build()
{
    source=$1
    shift
    # shellcheck disable=SC2086 # lists
    $CC -std=gnu11 -Wall -Wextra -Wno-unused-parameter -Werror "$@" \
        $SANITIZER_FLAGS -DDRIVER_VERSION='"1"' -shared -fPIC \
        -fvisibility=hidden -Wl,-z,now -I"$abs_top_srcdir/include" \
        -o acme.so "$source" || fail "$source does not compile"
}

# ---- as it is laid out ---------------------------------------------------------

sed 's/@VERSION@/1/' "$template/acme.json.in" >acme.json
build "$template/src/acme.c"
MODULE=$scratch/acme.so MANIFEST=$scratch/acme.json \
    PILEUS=$abs_top_builddir/tests/cli/pileus \
    sh "$template/tests/replay.sh" >log 2>&1 || {
    cat log
    fail "the driver that is laid out fails its tests"
}
[ "$(grep -c '^ok: ' log)" -ge 12 ] || fail "its tests are not run: $(cat log)"
imports=$(nm -D --undefined-only acme.so 2>/dev/null | grep -i pileus)
[ -z "$imports" ] || fail "it imports $imports"

# ---- with what the guide shows -------------------------------------------------

examples=$(sed -n 's/^\.\\" BEGIN //p' "$page")
[ "$(echo "$examples" | wc -l)" -ge 14 ] || fail "the guide was not understood"
for example in $examples; do
    sh "$abs_top_srcdir/tests/tools/program.sh" "$page" "$example" "$example" ||
        fail "$page does not show $example"
    case $example in
    api.c) ;; # goes before all headers
    *.c) cat "$example" >>examples.c && echo >>examples.c ;;
    esac
done

# The functions before that which opens, the others where the guide says.
awk '
    /^#include <pileus\/json.h>/ {
        print "#include <pileus/lease.h>\n#include <stdlib.h>"
    }
    previous != "" && /^open_connection/ {
        while ((getline line < "examples.c") > 0) print line
    }
    NR > 1 { print previous }
    { previous = $0 }
    END { print previous }
    /\.list_images = / { getline line < "locations.table"; previous = $0 "\n" line }
' "$template/src/acme.c" >acme.c
cat api.c acme.c >both.c
grep -q 'list_locations = list_locations' acme.c ||
    fail "the call is not added to the table"
build both.c -Wno-unused

sed "/\"list_images\"/r locations.json" acme.json >with.json &&
    mv with.json acme.json
cp -r "$template/tests/recording" recording
chmod -R u+w recording
tr -d '\n' <locations.jsonl >>recording/exchanges.jsonl
PILEUS_DRIVER_PATH=$scratch "$abs_top_builddir/tests/cli/pileus" location list \
    -d acme -O token=any --replay recording -o csv \
    --columns id,name,country >out || fail "the call that was added fails"
printf 'id,name,country\nn,Narvik,NO\n' | diff - out ||
    fail "the call that was added does something else"

# A part alone, under the fake host, by the words of the guide.
mkdir src && cp "$template/src/acme.c" src/ && cp unit.test unit.c
cat >flags <<END
#!/bin/sh
echo "-I$abs_top_srcdir/include -I$abs_top_srcdir/sdk/include"
END
mkdir bin && mv flags bin/pkg-config && chmod +x bin/pkg-config
sed "s|^cc |$CC -Wall -Wextra -Wno-unused-parameter -Werror $SANITIZER_FLAGS |" \
    unit.sh >unit.run
PATH=$scratch/bin:$PATH sh -e ./unit.run ||
    fail "the guide's unit test is not built by the guide's words"
./unit || fail "the guide's unit test fails"
sed 's/PILEUS_STATE_UNKNOWN/PILEUS_STATE_PENDING/' unit.c >other.c &&
    mv other.c unit.c
PATH=$scratch/bin:$PATH sh -e ./unit.run && ./unit 2>/dev/null &&
    fail "the guide's unit test cannot fail"

# Headers that are older than what the source asks for say so.
sed 's/PILEUS_DRIVER_API 0/PILEUS_DRIVER_API 4000/' api.c >newer.c
$CC -I"$abs_top_srcdir/include" -c -o newer.o newer.c 2>err &&
    fail "an API that is newer than the headers is not refused"
grep -q 'install a newer SDK' err || fail "the refusal does not say what to do"

# What the source of the page says is what a reader sees.
if command -v mandoc >/dev/null; then
    mandoc -T ascii -O width=200 "$page" | sed 's/^ *//' >shown
    for example in $examples; do
        sed 's/^ *//' "$example" >wanted
        case $(cat shown) in
        *"$(cat wanted)"*) ;;
        *) fail "$example is not printed as it stands" ;;
        esac
    done
fi
echo "$(echo "$examples" | wc -l) examples"
