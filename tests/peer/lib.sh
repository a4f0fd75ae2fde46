# What the suites have in common that type what the manual pages print, to servers
# that answer as providers do: sourced, not run.
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need jq timeout

peer=${PILEUS_PEER_DIR:-$abs_top_srcdir/../shared/peer}
[ -r "$peer/replay.py" ] ||
    skip "$peer/replay.py is not there; PILEUS_PEER_DIR names its directory"
# A public key, and what ssh-keygen -l -E md5 says of it.
# shellcheck disable=SC2034 # suites use them
key='ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJfkrIM4lJo2s6cBWKqtiuZAQjYy3ew1HE3iHrnKZpwt'
# shellcheck disable=SC2034
key_fingerprint=1a:cb:c6:20:7f:6a:24:64:4e:b2:74:68:2d:bb:50:b1
servers=
trap 'stop_servers; rm -rf "$scratch"' EXIT

# What is typed finds the command as an installed one.
mkdir "$scratch/bin" || exit 99
printf '#!/bin/sh\nexec "%s" "$@"\n' "$pileus" >"$scratch/bin/pileus"
chmod 755 "$scratch/bin/pileus"
PATH=$scratch/bin:$PATH

# A server that cannot outlive the test by much, however that ends: started in
# the background by its caller, told here.
remember_server()
{
    servers="$servers $1"
}

stop_servers()
{
    # shellcheck disable=SC2086 # a list
    [ -z "$servers" ] || kill $servers 2>/dev/null
    servers=
}

# shellcheck disable=SC2317 # until_true calls it
has_first_line()
{
    [ "$(wc -l <"$1")" -ge 1 ]
}

# exchange METHOD PATH QUERY STATUS BODY: one more for the next replay of a pack;
# QUERY is an object, BODY JSON or empty.
exchange()
{
    jq -nc --arg method "$1" --arg path "$2" --argjson query "$3" \
        --argjson status "$4" --arg body "$5" \
        '{op: "ours", scenario: "main", request: {method: $method, host: "-",
          path: $path, query: $query, headers: {}, body: null},
          response: {status: $status, headers: {}, body: $body}}' \
        >>"$scratch/exchanges"
}

# answer_of PACK OP: the body that the pack has for it, of its last exchange in
# the main scenario.
answer_of()
{
    jq -rs --arg op "$2" '[.[] | select(.op == $op and .scenario == "main")]
        | last | .response.body' "$peer/libcloud/$1/exchanges.jsonl"
}

# replay PACK IGNORED: libcloud's recordings, if there are any, and the exchanges
# on a port of their own; its URL is in url. IGNORED: parameters of queries that
# may differ, with commas between.
replay()
{
    need python3
    mkdir -p "$scratch/packs/$1"
    recorded=$peer/libcloud/$1/exchanges.jsonl
    [ ! -r "$recorded" ] || cat "$recorded" >>"$scratch/exchanges"
    mv "$scratch/exchanges" "$scratch/packs/$1/exchanges.jsonl"
    jq -n --arg names "$2" '{ignore_query: ($names | split(","))}' \
        >"$scratch/packs/$1/match.json"
    : >"$scratch/port"
    timeout 900 python3 "$peer/replay.py" "$scratch/packs/$1" --quiet \
        >"$scratch/port" 2>"$scratch/$1.unmatched" &
    remember_server $!
    until_true has_first_line "$scratch/port"
    port=$(head -n 1 "$scratch/port")
    url=http://127.0.0.1:${port:?the replay server does not start}
}

# scenario NAME: the replay server of url answers from it first.
scenario()
{
    python3 - "$url/__replay__/scenario/$1" <<'END'
import sys, urllib.request
urllib.request.urlopen(sys.argv[1]).read()
END
}

# free_port: one that nobody listens at, in port.
free_port()
{
    port=$(python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
}

# example PAGE NUMBER: what the page shows there among its examples, as a reader
# sees it.
example()
{
    awk -v number="$2" '
        /^\.Sh/ { inside = $2 == "EXAMPLES" }
        /^\.Ed/ { shown = 0 }
        shown { gsub(/\\e/, "\\"); gsub(/\\\(aq/, "\047"); print }
        inside && /^\.Bd -literal/ { shown = ++count == number }
    ' "$abs_top_srcdir/$1" >"$scratch/example"
    [ -s "$scratch/example" ] || fail "$1 shows no example $2"
}

# A prompt stands before what is typed; a line that ends in a backslash or a bar
# goes on; all else is what is printed.
typed()
{
    awk '/^\$ / { sub(/^\$ /, ""); more = 1 }
         more { print; more = /[\\|]$/ }' "$scratch/example"
}

printed()
{
    awk '/^\$ / { more = 1 }
         !more { print }
         more { more = /[\\|]$/ }' "$scratch/example"
}

# type_in TEXT: as typed to a shell, in the test's own folder.
type_in()
{
    ran="typed: $1"
    status=0
    (cd "$scratch" && sh -c "$1") >"$scratch/out" 2>"$scratch/err" \
        </dev/null || status=$?
}

# is_json FILTER: with a parser that is not jq, too, all of standard output is
# one document.
is_json()
{
    python3 -c 'import json, sys; json.load(sys.stdin)' <"$scratch/out" \
        2>"$scratch/wrong" || show "is no JSON: $(tail -n 1 "$scratch/wrong")"
}

is_jsonl()
{
    python3 -c 'import json, sys
for line in sys.stdin: json.loads(line)' <"$scratch/out" \
        2>"$scratch/wrong" || show "is no JSON: $(tail -n 1 "$scratch/wrong")"
}

# every_format FIELD ARGUMENT...: a listing says the same in each format; FIELD
# is what -o id prints.
every_format()
{
    field=$1
    shift
    run "$@" -o json
    ends 0
    is_json
    jq -r ".[].$field" <"$scratch/out" >"$scratch/wanted"
    [ -s "$scratch/wanted" ] || show "should list something"
    for format in id jsonl csv table; do
        run "$@" -o $format --columns "$field"
        case $format in
        id) run "$@" -o id ;;
        jsonl) is_jsonl && jq -r ".$field" <"$scratch/out" >"$scratch/got" ;;
        csv) python3 -c 'import csv, sys
for row in list(csv.reader(sys.stdin))[1:]: print(*row)' \
            <"$scratch/out" >"$scratch/got" ;;
        table) sed 1d "$scratch/out" >"$scratch/got" ;;
        esac
        ends 0
        [ $format != id ] || cp "$scratch/out" "$scratch/got"
        cmp -s "$scratch/wanted" "$scratch/got" ||
            show "should list as -o json does"
    done
}
