#!/bin/sh
# pileus-driver-check against a driver without a fault, and against one of each
# fault that it is there to find: its sentence, and the exit code.
# SPDX-License-Identifier: Apache-2.0
set -u
: "${abs_top_builddir:?}" "${abs_top_srcdir:?}" # from make check

check=$abs_top_builddir/sdk/check/pileus-driver-check
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
trap 'exit 99' HUP INT TERM
umask 022
CC=${CC:-cc}
failures=0

fail()
{
    echo "FAILED: $*"
    failures=$((failures + 1))
}

# build NAME FLAGS [LINKED]: the driver with a fault, in a directory of its own.
# Its source: $source.
source=faulty.c
build()
{
    mkdir -p "$scratch/$1"
    # shellcheck disable=SC2086 # several words each
    $CC -shared -fPIC -fvisibility=hidden -O1 -g -w \
        -I"$abs_top_srcdir/include" $2 ${3:--Wl,-z,now} \
        -o "$scratch/$1/faulty.so" "$abs_top_srcdir/tests/sdk/$source" ||
        fail "$1 does not compile"
    cp "$abs_top_srcdir/tests/sdk/faulty.json" "$scratch/$1"
    chmod u+w "$scratch/$1/faulty.json"
}

# manifest NAME SCRIPT: change its manifest with sed.
manifest()
{
    sed "$2" "$abs_top_srcdir/tests/sdk/faulty.json" \
        >"$scratch/$1/faulty.json"
}

# finds NAME GROUP WORDS: the group says so, and the program returns 1.
more=
finds()
{
    # shellcheck disable=SC2086 # several words
    "$check" -o tap --changes --only "$2" $more "$scratch/$1/faulty.so" \
        >"$scratch/out" 2>"$scratch/err"
    status=$?
    if [ "$status" -ne 1 ] || ! grep -q "^not ok .* - $2 " "$scratch/out" ||
        ! grep -F -q -- "$3" "$scratch/out" || [ -s "$scratch/err" ]; then
        fail "$1 ($status): no finding of $2 with '$3' in"
        cat "$scratch/out" "$scratch/err"
    fi
}

if [ -n "${SANITIZER_FLAGS-}${COVERAGE_FLAGS-}" ]; then
    # A sanitizer ends the process itself where a fault should be seen.
    echo "skipped: the faulty drivers are for plain builds"
    exit 77
fi

# ---- without a fault --------------------------------------------------------

build plain ""
"$check" --changes --skip valgrind "$scratch/plain/faulty.so" \
    >"$scratch/out" 2>&1 ||
    { fail "the driver without a fault has one" && cat "$scratch/out"; }
grep -q "^  finding" "$scratch/out" && fail "there is a finding of none"
grep -q "compute.list_nodes: 4 objects" "$scratch/out" ||
    { fail "the listing was not tried" && cat "$scratch/out"; }

# ---- the file ---------------------------------------------------------------

build exits -DFAULT_EXITS
finds exits module "it imports exit: return an error instead"
finds exits listings "it ended the process, with exit code 3, at: compute.list_nodes"
build prints -DFAULT_PRINTS
finds prints listings 'it prints, at the latest at: closing it: "faulty opens "'
finds prints module "it imports stdout: tell the application with pileus_log"
build environment -DFAULT_ENVIRONMENT
finds environment module "it imports setenv: the environment belongs"
finds environment listings "the environment is another than before"
build second -DFAULT_SECOND_SYMBOL
finds second module "it exports faulty_helper: make it static"
build lazy "" "-Wl,-z,lazy"
finds lazy module "link it with -Wl,-z,now"
build renamed ""
mv "$scratch/renamed/faulty.so" "$scratch/renamed/other.so"
"$check" --only module "$scratch/renamed/other.so" >"$scratch/out" &&
    fail "a renamed driver is good"
grep -q "it does not export other_LTX_pileus_driver" "$scratch/out" ||
    { fail "a renamed driver" && cat "$scratch/out"; }
build text ""
echo "no module" >"$scratch/text/faulty.so"
finds text module "it is no ELF shared object"
build cut ""
head -c 4000 "$scratch/cut/faulty.so" >"$scratch/cut/half" &&
    mv "$scratch/cut/half" "$scratch/cut/faulty.so"
finds cut module "it has no table of sections that makes sense"

# ---- tables, and the manifest -----------------------------------------------

build missing -DFAULT_MISSING_CALL
finds missing tables \
    'the manifest lists compute.get_node, and the table "compute" has none'
build unlisted ""
manifest unlisted 's/"get_node", //'
finds unlisted tables \
    'there is compute.get_node in the table, and the manifest does not list it'
build mistyped ""
manifest mistyped 's/"get_node"/"get_nodes"/'
finds mistyped tables \
    "the manifest lists compute.get_nodes, which is no call; it may mean compute.get_node"
build type '-DFAULT_TYPE="other"'
finds type tables "its type is 'other', and the manifest says 'faulty'"
build threads -DFAULT_THREADS=PILEUS_THREADS_SERIAL
finds threads tables \
    "its thread model is 'serial', and the manifest says 'parallel'"
build model -DFAULT_THREADS=9
finds model tables "its thread model is 9, which is none"
build short -DFAULT_SIZE=16
finds short tables "says that its size is 16"
build nolist -DFAULT_NO_LIST
finds nolist tables "there is no compute.list_nodes, which every driver"
build anyservice -DFAULT_ANY_SERVICE
finds anyservice tables "get_service gives version 99"
build open ""
manifest open 's/, "secret": true//'
finds open manifest "the option token sounds like a secret"
build bare ""
rm "$scratch/bare/faulty.json"
finds bare manifest "there is no manifest"
build broken ""
manifest broken 's/"threads"/"thread"/'
finds broken manifest "threads"

# ---- what it does -----------------------------------------------------------

build loops -DFAULT_LOOPS
finds loops listings "begins again with its first object when it should go on"
build twice -DFAULT_TWICE
finds twice listings "gives the id '1' twice"
build early -DFAULT_EARLY_END
finds early listings "at: compute.list_nodes, ended after its first object"
build anyid -DFAULT_ANY_ID
finds anyid hostile "compute.get_node with"
build empty -DFAULT_EMPTY_ID
finds empty hostile "it crashed, of signal 11"
grep -q "compute.reboot_node with a thing without an id\|with the empty id" \
    "$scratch/out" || fail "the crash does not say where"
build double -DFAULT_DOUBLE_FREE
finds double listings "it crashed, of signal 6"
build secret -DFAULT_SECRET
finds secret secrets \
    "an error's message has the value of a secret option, in hexadecimal"
build silent -DFAULT_SILENT_FAILURE
finds silent listings "the driver did not say why"
build odd -DFAULT_ODD_CODE
finds odd listings "it fails with code 4711, which is none"

# ---- threads, deadlines, memory ---------------------------------------------

build unguarded -DFAULT_UNGUARDED
finds unguarded threads 'say "connection" in "threads"'
build deaf -DFAULT_DEAF
finds deaf deadlines "compute.list_nodes came back"
grep -q "after its deadline, and may take 1000" "$scratch/out" ||
    fail "the deadline is not told"
build leaky -DFAULT_LEAK
finds leaky memory "leaves about 41"
build fat "-DFAULT_FAT -DNODES=100"
finds fat memory "and should not take more than 16384"
if command -v valgrind >/dev/null; then
    finds leaky valgrind "Leak_DefinitelyLost: "
    grep -q "list_nodes (faulty.c:" "$scratch/out" ||
        { fail "valgrind does not say where" && cat "$scratch/out"; }
fi

# ---- a provider that fails ----------------------------------------------------

source=faulty_http.c
http='s/"options": \[/"http": {"endpoint": "http:\/\/127.0.0.1:9"}, "options": [/
    s/\["list_nodes.*\]/["list_nodes", "create_node"]/'
for name in honest believes codes repeats forgets; do
    build $name "-DFAULT_$(echo $name | tr '[:lower:]' '[:upper:]')"
    manifest $name "$http"
done
"$check" --skip valgrind "$scratch/honest/faulty.so" >"$scratch/out" 2>&1 ||
    { fail "the HTTP driver without a fault has one" && cat "$scratch/out"; }
# The same with a provider that works: one that was recorded.
mkdir -m 700 "$scratch/rec"
cat >"$scratch/rec/exchanges.jsonl" <<'END'
{"op":"list_nodes","scenario":"main","call":0,"request":{"method":"GET","host":"http://127.0.0.1:9","path":"/nodes","query":{},"headers":{},"body":""},"response":{"status":200,"headers":{"Content-Type":"application/json"},"body":"{\"nodes\": [{\"id\": \"a\"}, {\"id\": \"b\"}, {\"id\": \"c\"}]}"}}
END
"$check" --skip valgrind --replay "$scratch/rec" "$scratch/honest/faulty.so" \
    >"$scratch/out" 2>&1 || { fail "the replay has findings" && cat "$scratch/out"; }
grep -q "compute.list_nodes: 3 objects" "$scratch/out" ||
    { fail "the recording was not listed" && cat "$scratch/out"; }
finds believes faults \
    "compute.list_nodes succeeds when the answer is 404, there is no such thing"
finds codes faults "compute.list_nodes fails with not-supported when the answer is 401"
finds repeats faults "compute.create_node was sent 2 times when the connection"
finds forgets faults "does not say that it may have happened all the same"

# ---- a provider that fails in the middle ----------------------------------------

source=faulty_work.c
for name in steady half renews impatient tells_late; do
    build $name "-DFAULT_$(echo $name | tr '[:lower:]' '[:upper:]')"
    manifest $name "$http"
done
mkdir -m 700 "$scratch/recording"
# exchange METHOD PATH QUERY STATUS BODY
exchange()
{
    printf '{"request": {"method": "%s", "path": "%s", "query": {%s}}, ' \
        "$1" "$2" "$3"
    printf '"response": {"status": %s, "headers": {"Content-Type": ' "$4"
    printf '"application/json"}, "body": "%s"}}\n' "$5"
}
{
    exchange GET /nodes '"page": "1"' 200 \
        '{\"nodes\": [{\"id\": \"a\"}, {\"id\": \"b\"}]}'
    exchange GET /nodes '"page": "2"' 200 '{\"nodes\": [{\"id\": \"c\"}]}'
    exchange POST /nodes '' 201 '{\"id\": \"d\"}'
    exchange GET /nodes/d '' 200 '{\"id\": \"d\"}'
} >"$scratch/recording/exchanges.jsonl"
"$check" --only midway --replay "$scratch/recording" "$scratch/steady/faulty.so" \
    >"$scratch/out" 2>&1 ||
    { fail "the steady driver has a fault" && cat "$scratch/out"; }
for work in list_nodes create_node; do
    grep -q "compute.$work: 2 requests" "$scratch/out" ||
        { fail "$work was not tried" && cat "$scratch/out"; }
done
more="--replay $scratch/recording"
finds half midway "compute.list_nodes succeeds with 2 of 3 objects when its request 2 and those behind it are answered with 500"
finds renews midway "compute.list_nodes succeeds with 1 of 3 objects when its request 1 is answered with 401"
finds impatient midway "compute.create_node fails when what it has made is not there at first"
finds tells_late midway "compute.create_node fails when its request 2 and those behind it are answered with 500, and says neither"
more=

# ---- the report -------------------------------------------------------------

"$check" -o json --only module "$scratch/second/faulty.so" >"$scratch/out"
if command -v python3 >/dev/null; then
    python3 - "$scratch/out" <<'END' || fail "the JSON is none, or says else"
import json, sys
report = json.load(open(sys.argv[1]))
assert report["driver"] == "faulty" and report["findings"] == 1, report
found = [c for c in report["checks"] if c["verdict"] == "finding"]
assert len(found) == 1 and found[0]["name"] == "exports", found
END
fi
"$check" >/dev/null 2>&1
[ $? -eq 2 ] || fail "no driver is not a mistake of usage"
"$check" --only nothing "$scratch/plain/faulty.so" >/dev/null 2>&1
[ $? -eq 2 ] || fail "a group that is none is not a mistake of usage"
"$check" -O nothing "$scratch/plain/faulty.so" >/dev/null 2>&1
[ $? -eq 2 ] || fail "an option without a value is not a mistake of usage"
"$check" --groups >"$scratch/out" || fail "--groups"
grep -q "^hostile" "$scratch/out" || fail "--groups lists no groups"

[ "$failures" -eq 0 ] || exit 1
