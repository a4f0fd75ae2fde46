#!/bin/sh
# Every verb, in every format, on the dummy driver.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need jq
need_driver dummy

KEYS='["id","name","state","public_ips","private_ips","driver","connection","size","image","created_at","uuid","extra"]'
HEADER=id,name,state,public_ips,private_ips,driver,connection,size,image,created_at,uuid,extra
UUID_1=29463471087809001ed883ed1fbe7b74e312341a

# ---- listings ----------------------------------------------------------------

run node list -d dummy
ends 0
says_nothing
prints <<'END'
ID  NAME     STATE    PUBLIC_IPS  PRIVATE_IPS  SIZE  IMAGE
1   dummy-1  running  127.0.0.1   -            -     -
2   dummy-2  running  127.0.0.1   -            -     -
END
run node list -d dummy -o json
ends 0
query 'length' 2
query '.[0] | keys_unsorted' "$KEYS"
query '.[0]' '{"id":"1","name":"dummy-1","state":"running","public_ips":["127.0.0.1"],"private_ips":[],"driver":"dummy","connection":"dummy","size":null,"image":null,"created_at":null,"uuid":"'$UUID_1'","extra":{"foo":"bar"}}'
run node list -d dummy -o jsonl
ends 0
[ "$(wc -l <"$scratch/out")" -eq 2 ] || show "should print a line a node"
[ "$(head -n 1 "$scratch/out" | jq -c keys_unsorted)" = "$KEYS" ] ||
    show "should have the keys of JSON"
run node list -d dummy -o csv
ends 0
prints <<END
$HEADER
1,dummy-1,running,127.0.0.1,,dummy,dummy,,,,$UUID_1,"{""foo"":""bar""}"
2,dummy-2,running,127.0.0.1,,dummy,dummy,,,,797fce3602ce800f05b868cf39b050df44f53192,"{""foo"":""bar""}"
END
run node list -d dummy -o id
ends 0
prints <<'END'
1
2
END
run size list -d dummy -o json
ends 0
query '.[0] | keys_unsorted' \
    '["id","name","ram","disk","bandwidth","price","vcpus","extra"]'
query 'map(.price) == [4,8,32,64]' true
has out '"price": 4.0'
run image list -d dummy -o json
ends 0
query '.[0] | keys_unsorted' '["id","name","extra"]'
query 'length' 3
run location list -d dummy -o json
ends 0
query '.[0] | keys_unsorted' '["id","name","country","extra"]'
query 'map(.country)' '["US","GB","FJ"]'
for noun in size image location; do
    for format in table jsonl csv id; do
        run $noun list -d dummy -o $format
        ends 0
        [ -s "$scratch/out" ] || show "should print something"
    done
done
run driver list -o json
ends 0
query '.[] | select(.name == "dummy") | keys_unsorted' \
    '["name","title","version","type","abi","threads","website","module","manifest","options","calls"]'
run driver show dummy -o json
ends 0
query '[.name, .type, .abi]' '["dummy","0","1.0"]'
query '.options[0] | keys_unsorted' \
    '["name","type","help","secret","required","default","environment","choices"]'
query '.calls | index("compute.create_node") != null' true
for format in table jsonl csv id; do
    run driver list -o $format
    ends 0
    has out dummy
    run driver show dummy -o $format
    ends 0
    has out dummy
done

# ---- filters -----------------------------------------------------------------

# filtered IDS ARGUMENT...: the listing gives these ids.
filtered()
{
    ids=$1
    shift
    run node list -d dummy -o jsonl "$@"
    ends 0
    got=$(jq -r .id <"$scratch/out" | tr '\n' ' ')
    [ "$got" = "$ids" ] || show "should list '$ids', not '$got'"
}

filtered "1 2 "
filtered "2 " --id 2
filtered "1 2 " --id 2 --id 1
filtered "" --id 9
filtered "1 " --name dummy-1
filtered "" --name dummy
filtered "1 2 " --state running
filtered "" --state stopped
filtered "1 2 " --state stopped --state running
filtered "" --state running --id 1 --name dummy-2
filtered "" --tag env
run node list -d dummy --state stopped -o json
ends 0
prints <<'END'
[]
END
run node list -d dummy --filter colour=red
ends 1
prints_nothing
has err "colour"

# ---- verbs -------------------------------------------------------------------

nodes=state=$scratch/nodes

run node show 1 -d dummy
ends 0
prints <<END
id           1
name         dummy-1
state        running
public_ips   127.0.0.1
private_ips  -
driver       dummy
connection   dummy
size         -
image        -
created_at   -
uuid         $UUID_1
extra        {"foo":"bar"}
END
run node show dummy-2 -d dummy -o json
ends 0
query .id '"2"'

run node create -d dummy -O "$nodes" -o json
ends 0
query keys_unsorted "$KEYS"
query . '{"id":"3","name":"dummy-3","state":"running","public_ips":["127.0.0.3"],"private_ips":[],"driver":"dummy","connection":"dummy","size":"s1","image":"i2","created_at":null,"uuid":"d3748461511d8b9b0e0bfa0d4d3383a619a2bb9f","extra":{"foo":"bar"}}'

# changes STATE BEFORE ARGUMENT...: from the state that the verb BEFORE leads
# to, the verb leads to STATE; it says so in every format, and so does a later
# listing.
changes()
{
    wanted=$1
    before=$2
    shift 2
    for format in json jsonl csv table id; do
        run node "$before" 3 -d dummy -O "$nodes"
        run node "$@" -d dummy -O "$nodes" -o $format
        ends 0
        says_nothing
        case $format in
        json*)
            query keys_unsorted "$KEYS"
            query .state "\"$wanted\""
            ;;
        csv) has out "$HEADER" ",$wanted," ;;
        table) has out NAME " $wanted " ;;
        id) prints <<'END' ;;
3
END
        esac
        run node show 3 -d dummy -O "$nodes" -o json
        query .state "\"$wanted\""
    done
}

changes rebooting start reboot 3
run node reboot 3 -d dummy -O "$nodes" --wait --timeout 300ms -o json
ends 124
query .state '"rebooting"'
has err "--timeout allows more time"
changes running stop start 3 --wait
changes stopped start stop dummy-3 --wait
changes running stop start dummy-3
changes running start wait 3
changes stopped stop wait 3 --state stopped
run node wait 3 -d dummy -O "$nodes" --timeout 200ms
ends 124

# Several nodes: an array, in the order asked for.
run node start 3 -d dummy -O "$nodes"
run node stop 3 1 -d dummy -O "$nodes" -o json
ends 0
query 'map([.id, .state])' '[["3","stopped"],["1","stopped"]]'
run node start 1 7 3 -d dummy -O "$nodes" -o json
ends 3
query 'map([.id, .state])' '[["1","running"],["3","running"]]'
has err "no node has the id or name '7'"
run node start 7 8 -d dummy -O "$nodes" -o json
ends 4
prints_nothing

# Gone: terminated once, then not found.
run node destroy 3 --yes --wait -d dummy -O "$nodes" -o json
ends 0
query '[.id, .state]' '["3","terminated"]'
run node show 3 -d dummy -O "$nodes"
ends 4
has err "no node has the id or name '3'"
run node show dummy-11 -d dummy -O "$nodes"
ends 4
has err "did you mean 'dummy-1'?"
run node destroy 1 2 -y -d dummy -O "$nodes" -o id
ends 0
prints <<'END'
1
2
END
run node list -d dummy -O "$nodes"
ends 0
prints <<'END'
ID  NAME  STATE  PUBLIC_IPS  PRIVATE_IPS  SIZE  IMAGE
END

# The state after the wait, not before it.
run node create -d dummy -O create-delay=400ms -o json
ends 0
query .state '"pending"'
run node create -d dummy -O create-delay=400ms --wait -o json
ends 0
query .state '"running"'

# What was made and did not get there in time is shown, and named.
run node create -d dummy -O create-delay=1h --wait --timeout 300ms -o json
ends 124
query '[.id, .state]' '["3","pending"]'
has err "made node 3"

finish
