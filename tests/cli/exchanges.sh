#!/bin/sh
# What is said to providers: shown, recorded, replayed.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need jq
need_driver digitalocean

# ---- a recording, written by hand --------------------------------------------

mkdir "$scratch/trial-1"
cat >"$scratch/trial-1/exchanges.jsonl" <<'END'
{"request": {"method": "GET", "path": "/v2/droplets", "query": {"page": "1", "per_page": "200"}}, "response": {"status": 200, "headers": {"X-Request-Id": "r-7"}, "body": "{\"droplets\": [{\"id\": 7, \"name\": \"seven\", \"status\": \"active\"}], \"links\": {}, \"meta\": {\"total\": 1}}"}}
END
mkdir "$scratch/home"
cat >"$scratch/profiles.json" <<'END'
{"trial": {"driver": "digitalocean", "options": {"token": "a-token-of-mine"}}}
END
chmod 600 "$scratch/profiles.json"
export PILEUS_PROFILES="$scratch/profiles.json"

# As pileus(1) says, in the other order.
cd "$scratch" || exit 1
run node list -p trial --replay trial-1 -o json
ends 0
query length 1
query '.[0].name' '"seven"'
run node list -p trial --trace --record trial-2 --replay trial-1
ends 0
has out seven
has err "list_nodes of digitalocean"
has err "curl -sS -i -g -X GET 'https://api.digitalocean.com/v2/droplets?"
has err "-H 'Authorization: [secret]'"
has err "200, "
has err "request r-7"
lacks err a-token-of-mine
run node list -p trial --replay trial-2 -o id
ends 0
echo 7 | prints
if grep -q a-token-of-mine trial-2/exchanges.jsonl; then
    fail "the recording has the token in it"
fi
jq -e '.op == "list_nodes" and .response.status == 200' \
    trial-2/exchanges.jsonl >"$scratch/jq" || fail "the recording: $(cat trial-2/*)"

# A driver without HTTP has nothing to show.
run node list -d dummy --trace --record trial-3
ends 0
lacks err curl

# ---- what is wrong -------------------------------------------------------------

run image list -p trial --replay trial-1
ends 2
has err "GET /v2/images as it is asked now is not in the recording"
run node list -p trial --replay none
ends 2
has err "there is no recording none/exchanges.jsonl: No such file"
echo nonsense >trial-3/exchanges.jsonl
run node list -p trial --replay trial-3
ends 2
has err "trial-3/exchanges.jsonl, line 1, is no exchange"
run node list -p trial --record /dev/null/there
ends 2
has err "nothing can be recorded in the directory /dev/null/there"
run driver list --trace
ends 2

finish
