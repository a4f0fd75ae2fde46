#!/bin/sh
# Long listings by the command: whole ones, a fleet's, and those that are cut off
# by Ctrl-C, by the time limit, and by a server that dies.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/peer/lib.sh
. "${abs_top_srcdir:?}/tests/peer/lib.sh"
for driver in cloudstack digitalocean hetzner; do
    need_driver $driver
done
need python3
bench=${PILEUS_BENCH_DIR:-$abs_top_srcdir/../shared/bench}
PATH=$PATH:/usr/sbin # where nginx is
need nginx
[ -x "$bench/serve" ] ||
    skip "$bench/serve is not there; PILEUS_BENCH_DIR names its directory"
ls /usr/lib/nginx/modules/ngx_http_echo_module.so /usr/lib*/nginx/modules/*echo* \
    >"$scratch/modules" 2>/dev/null || [ -s "$scratch/modules" ] ||
    skip "nginx has no echo module (libnginx-mod-http-echo)"

# serve NODES LATENCY_MS: canned listings at url, until stop_servers.
serve()
{
    for attempt in 1 2 3 4 5; do
        free_port
        : >"$scratch/served"
        timeout 900 "$bench/serve" --nodes "$1" --latency-ms "$2" \
            --port "$port" >"$scratch/served" 2>"$scratch/served.err" &
        job=$!
        remember_server $job
        until_true served $job
        url=http://127.0.0.1:$port
        ! grep -q ^ready "$scratch/served" || break
        echo "attempt $attempt: the benchmark server does not start"
    done
    grep -q ^ready "$scratch/served" || {
        cat "$scratch/served.err"
        fail "the benchmark server does not start"
        finish
    }
    CLOUDSTACK_ENDPOINT=$url/client/api
    DIGITALOCEAN_API_URL=$url
    HCLOUD_ENDPOINT=$url/v1
    export CLOUDSTACK_ENDPOINT DIGITALOCEAN_API_URL HCLOUD_ENDPOINT
}

# shellcheck disable=SC2317 # until_true calls it
served()
{
    grep -q ^ready "$scratch/served" || ! kill -0 "$1" 2>/dev/null
}

# Its own end first, so that its folder is gone.
stop_serving()
{
    kill "$job"
    wait "$job"
    servers=
}

CLOUDSTACK_KEY=key
CLOUDSTACK_SECRET=secret
DIGITALOCEAN_ACCESS_TOKEN=token
HCLOUD_TOKEN=token
export CLOUDSTACK_KEY CLOUDSTACK_SECRET DIGITALOCEAN_ACCESS_TOKEN HCLOUD_TOKEN

# ---- whole ---------------------------------------------------------------------

serve 1230 0
for driver in cloudstack digitalocean hetzner; do
    every_format id node list -d $driver
    run node list -d $driver -o jsonl
    ends 0
    says_nothing
    is_jsonl
    [ "$(jq -r .id <"$scratch/out" | sort -u | wc -l)" = 1230 ] ||
        show "should list 1230 nodes, each once"
    [ "$(jq -r .name <"$scratch/out" | sort -u | wc -l)" = 1230 ] ||
        show "should list 1230 names"
done
mkdir -p "$XDG_CONFIG_HOME/pileus"
cat >"$XDG_CONFIG_HOME/pileus/profiles.json" <<'END'
{
  "a": {"driver": "cloudstack"},
  "b": {"driver": "digitalocean"},
  "c": {"driver": "hetzner"}
}
END
run node list -p a -p b -p c -o json
ends 0
is_json
query 'group_by(.connection) | map(length)' '[1230,1230,1230]'
run node list -p a -p b -p c --columns name,connection
ends 0
[ "$(wc -l <"$scratch/out")" = 3691 ] || show "should be a table of 3690 rows"

# ---- cut off ----------------------------------------------------------------------
# Pages of 50, a second each, a few at a time: the whole takes many seconds, so
# that a slow machine has the time to see the middle of it.
stop_serving
serve 5000 1000

# begin ARGUMENT...: the command in the background, until its first line came. A
# shell's background job ignores SIGINT, so timeout(1) starts it.
begin()
{
    ran="pileus $*"
    status=0
    : >"$scratch/out"
    timeout --foreground --preserve-status 300 "$pileus" "$@" \
        >"$scratch/out" 2>"$scratch/err" </dev/null &
    command=$!
    until_true has_first_line "$scratch/out"
}

is_a_part()
{
    count=$(grep -c '"uuid"' "$scratch/out")
    [ $((count > 0 && count < 5000)) = 1 ] ||
        show "should list some of the nodes, not $count"
}

begin node list -d hetzner -o jsonl
kill -INT $command
wait $command || status=$?
ends 130
is_a_part
is_jsonl
has err "pileus: interrupted"

run node list -d hetzner -o json --timeout 3s
ends 124
is_json
is_a_part
has err "--timeout allows more"

begin node list -d hetzner -o json -O retries=1
kill "$job"
wait $command || status=$?
ends 1
is_json
is_a_part
has err "cannot be reached" "check the endpoint and the network"
wait "$job"
servers=

# ---- before anything came ----------------------------------------------------------
# An answer that takes two minutes; whatever ends the command before that is not
# the answer.
serve 10 120000

# shellcheck disable=SC2317 # until_true calls it
is_connected()
{
    hex=$(printf ':%04X 01' "$port")
    awk '{ print $3, $4 }' /proc/net/tcp | grep -q "$hex"
}

for driver in cloudstack digitalocean hetzner; do
    : >"$scratch/out"
    ran="Ctrl-C to pileus node list -d $driver"
    status=0
    timeout --foreground --preserve-status 300 "$pileus" node list -d $driver \
        -o json >"$scratch/out" 2>"$scratch/err" </dev/null &
    command=$!
    if [ -r /proc/net/tcp ]; then
        until_true is_connected
    else
        sleep 2
    fi
    began=$(date +%s)
    kill -INT $command
    wait $command || status=$?
    ends 130
    prints_nothing
    has err "pileus: interrupted"
    [ $(($(date +%s) - began)) -lt 60 ] ||
        show "should not wait for the provider"
    run node list -d $driver --timeout 500ms -o json
    ends 124
    prints_nothing
done
stop_serving
finish
