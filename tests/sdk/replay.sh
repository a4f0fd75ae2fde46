#!/bin/sh
# pileus-replay: a recording over HTTP, and its faults, with curl and a driver.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need curl jq
need_driver hetzner
replay=$abs_top_builddir/sdk/replay/pileus-replay
[ -x "$replay" ] || skip "pileus-replay is not built: libmicrohttpd is not there"

server=
stop()
{
    [ -z "$server" ] || kill "$server" 2>/dev/null
    wait "$server" 2>/dev/null
    ended=$?
    server=
}
trap 'stop; rm -rf "$scratch"' EXIT

# exchange METHOD PATH STATUS BODY [QUERY]
exchange()
{
    jq -nc --arg method "$1" --arg path "$2" --argjson status "$3" \
        --arg body "$4" --argjson query "${5-{\}}" '{request: {method: $method, host: "-", path: $path,
        query: $query, headers: {}, body: null}, response: {status: $status,
        headers: {"X-Request-Id": "r-1"}, body: $body}}' \
        >>"$scratch/recording/exchanges.jsonl"
}

# serve ARGUMENT...: with its URL in url.
serve()
{
    stop
    : >"$scratch/url"
    timeout 300 "$replay" "$@" --log "$scratch/log" "$scratch/recording" \
        >"$scratch/url" 2>"$scratch/complaints" &
    server=$!
    tries=0
    until [ -s "$scratch/url" ]; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || { fail "it does not start"; finish; }
        sleep 0.1
    done
    url=$(cat "$scratch/url")
}

# ask EXPECTED ARGUMENT...: curl prints that: the status, a blank, the body.
ask()
{
    wanted=$1
    shift
    got=$(curl -s -o "$scratch/body" -w '%{http_code}' "$@")
    code=$?
    [ $code = 0 ] && got="$got $(cat "$scratch/body")" || got="curl $code"
    [ "$got" = "$wanted" ] || fail "curl $*: '$got' instead of '$wanted'"
}

mkdir "$scratch/recording"
exchange GET /v1/things 200 first
exchange GET /v1/things 200 second
exchange POST /v1/things 201 made
servers='{"servers": [{"id": 42, "name": "web", "status": "running"}],
    "meta": {"pagination": {"page": 1, "next_page": null, "last_page": 1}}}'
exchange GET /v1/servers 200 "$servers" '{"page": "1", "per_page": "50"}'

# ---- what was recorded -----------------------------------------------------------

serve
ask '200 first' "$url/v1/things"
ask '200 second' "$url/v1/things"
ask '201 made' -d x "$url/v1/things"
ask '201 made' -d '{"a": "long one"}' "$url/v1/things"
curl -s -D "$scratch/headers" -o /dev/null "$url/v1/things"
grep -qi '^x-request-id: r-1' "$scratch/headers" || fail "a header is missing"
run node list -d hetzner -O token=t -O "endpoint=$url/v1" -o id
ends 0
prints <<'END'
42
END
stop
[ "$ended" = 0 ] || fail "it ends with $ended, though all was recorded"
[ "$(jq -r .status <"$scratch/log" | sort | uniq -c | tr -d '\n ')" = 42002201 ] ||
    fail "its log is $(cat "$scratch/log")"

serve
curl -s "$url/v1/others?page=2" >"$scratch/body"
grep -q 'GET' "$scratch/body" || fail "it does not say what is not there"
ask "501 $(cat "$scratch/body")" "$url/v1/others?page=2"
stop
[ "$ended" = 1 ] || fail "it ends with $ended, though there was no answer"
grep -q '/v1/others' "$scratch/complaints" || fail "it does not complain"

# Its log is JSON, whatever is asked for.
serve
odd=$(printf '/v1/"od\\d\303\266\377"')
curl -s -o /dev/null "$url/v1/others" --request-target "$odd"
stop
jq -e '.target == "/v1/\"od\\d\u00f6\ufffd\"" and .bytes == 0' \
    <"$scratch/log" >/dev/null || fail "its log is $(cat "$scratch/log")"

# ---- faults ----------------------------------------------------------------------

serve --fault 'GET /v1/things 1 status=503' --fault 'GET /v1/things 2-3 reset' \
    --fault '* /v1/th* 4 truncate' --fault 'POST * * lost'
ask '503 this is a planted fault' "$url/v1/things"
ask 'curl 52' "$url/v1/things"
ask 'curl 52' "$url/v1/things"
ask 'curl 18' "$url/v1/things"
ask '200 second' "$url/v1/things"
ask 'curl 52' -d x "$url/v1/things"
stop
[ "$ended" = 0 ] || fail "it ends with $ended"
serve --fault 'GET * 1 silent' --fault 'GET * 2 delay=1500'
ask 'curl 28' -m 1 "$url/v1/things"
ask 'curl 28' -m 1 "$url/v1/things"
stop

# A driver gets over what can be got over: the server asks to be left alone once.
serve --fault 'GET /v1/servers 1 status=429'
run node list -d hetzner -O token=t -O "endpoint=$url/v1" -o id
ends 0
prints <<'END'
42
END
stop

# ---- who says no -----------------------------------------------------------------

# wrong REASON ARGUMENT...
wrong()
{
    reason=$1
    shift
    "$replay" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
    code=$?
    [ $code = 2 ] || fail "pileus-replay $*: ends with $code"
    grep -qF -e "$reason" "$scratch/err" ||
        fail "pileus-replay $*: says $(cat "$scratch/err")"
}
wrong usage:
wrong usage: --nonsense "$scratch/recording"
wrong "give a number up to 65535" --port 65536 "$scratch/recording"
wrong "WHICH is *, or a number" --fault 'GET / 0 reset' "$scratch/recording"
wrong "KIND is status=" --fault 'GET / 1 status=99' "$scratch/recording"
wrong "give METHOD, PATH, WHICH and KIND" --fault 'GET /' "$scratch/recording"
wrong exchanges.jsonl "$scratch"
finish
