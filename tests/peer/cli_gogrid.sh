#!/bin/sh
# The command at GoGrid, as a new user types it from the manual pages.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/peer/lib.sh
. "${abs_top_srcdir:?}/tests/peer/lib.sh"
need_driver gogrid

page=plugins/gogrid/pileus-gogrid.7
node=90967
address=192.168.0.202
pack=$peer/libcloud/gogrid/exchanges.jsonl
[ -r "$pack" ] || skip "$pack is not there"

# What libcloud never asked, answered with what it was told elsewhere.
servers=$(jq -rs '[.[] | select(.scenario == "main" and
    .request.path == "/api/grid/server/list")] | last | .response.body' "$pack")
missing='{"status": "failure", "list": [{"errorcode": "IllegalArgumentException",
    "message": "there is no such server"}]}'
exchange GET /api/grid/server/list '{"datacenter": "1"}' 200 \
    "$(printf %s "$servers" | jq -c '.list[].datacenter = {id: 1, name: "US-West-1"}')"
exchange GET /api/grid/server/list '{"datacenter": "2"}' 200 \
    '{"status": "success", "list": []}'
exchange GET /api/grid/server/get "{\"id\": \"$node\"}" 200 "$servers"
exchange GET /api/grid/server/get '{"id": "99"}' 404 "$missing"
for power in start stop; do
    exchange POST /api/grid/server/power \
        "{\"id\": \"$node\", \"power\": \"$power\"}" 200 "$servers"
done
exchange POST /api/grid/image/delete '{"id": "1531"}' 200 \
    '{"status": "success", "list": []}'
replay gogrid num_items,page,v,format

GOGRID_ENDPOINT=$url/api
export GOGRID_ENDPOINT
unset GOGRID_API_KEY GOGRID_KEY GOGRID_SHARED_SECRET GOGRID_SECRET

# ---- keys ------------------------------------------------------------------------

run node list -d gogrid
ends 2
prints_nothing
has err "'key'" GOGRID_API_KEY
run driver show gogrid
ends 0
has out key GOGRID_API_KEY secret GOGRID_SHARED_SECRET endpoint passwords

# The example of the page, as it stands.
example $page 1
type_in "$(typed)"
ends 0
says_nothing
[ "$(wc -l <"$scratch/out")" = 2 ] || show "should print one node"
has out $node running $address

GOGRID_API_KEY=foo
GOGRID_SHARED_SECRET=a-word-of-mine
export GOGRID_API_KEY GOGRID_SHARED_SECRET

# ---- listings --------------------------------------------------------------------

for noun in node size image location; do
    every_format id $noun list -d gogrid
done
run node list -d gogrid --location 2 -o json
ends 0
query . '[]'
run size list -d gogrid -o csv --columns id,ram
ends 0
has out id,ram 512MB,512

# Passwords come when they are asked for, and the secret never.
run node list -d gogrid -o json
ends 0
query '.[0].extra | [.username, .password]' '["root","bebebe"]'
lacks out a-word-of-mine
run node list -d gogrid -O passwords=false -o json
ends 0
lacks out bebebe
run node list -d gogrid --trace
ends 0
has err /api/grid/server/list
lacks err a-word-of-mine bebebe

# ---- what changes ----------------------------------------------------------------

run node show $node -d gogrid -o json
ends 0
query '[.id, .public_ips[0]]' "[\"$node\",\"$address\"]"
run node show 99 -d gogrid
ends 4
prints_nothing
has err 99
run node create -d gogrid --name test1 --size 512MB --image 1531 -o json
ends 0
query '[.id, .name, .public_ips[0]]' "[\"$node\",\"test1\",\"$address\"]"
run node create -d gogrid --name test1 --size 512MB --image 1531 \
    --set nowait=true -o json
ends 0
query '[.id, .public_ips[0]]' "[null,\"$address\"]"
run node create -d gogrid --size 512MB --image 1531
ends 2
has err name
taken_up $node -d gogrid
for verb in stop start reboot; do
    run node $verb $node -d gogrid -o json
    ends 0
    query .id "\"$node\""
done
run node stop $node --hard -d gogrid
ends 1
has err "pulling the plug"
scenario GoGridTests.test_ex_save_image
run image create --node $node --name testimage -d gogrid -o json
ends 0
query .id '"5050"'
scenario main
run image delete 1531 --yes -d gogrid
ends 0
run node destroy $node --yes -d gogrid
ends 0

# ---- who says no -----------------------------------------------------------------

scenario error%3Afail
run node list -d gogrid
ends 5
prints_nothing
has err 403 options
run image list -d gogrid -O retries=0
ends 1
prints_nothing
run node reboot $node -d gogrid
ends 4
scenario error%3Anopubips
run node create -d gogrid --name test1 --size 512MB --image 1531
ends 1
prints_nothing
has err "no public address left"
scenario main

if [ -s "$scratch/gogrid.unmatched" ]; then
    fail "requests without an answer"
    sed 's/^/  /' "$scratch/gogrid.unmatched"
fi
finish
