#!/bin/sh
# The command at a CloudStack cloud, as a new user types it from the manual pages.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/peer/lib.sh
. "${abs_top_srcdir:?}/tests/peer/lib.sh"
need_driver cloudstack

page=plugins/cloudstack/pileus-cloudstack.7
node=2600
volume=fe1ada16-57a0-40ae-b577-01a153690fb4

# What the page's example asks and libcloud never did; the job is libcloud's.
echo '#!/bin/sh' >"$scratch/script.sh"
exchange GET /test/path '{"command": "deployVirtualMachine", "response": "json",
    "name": "web1", "serviceofferingid": "105", "templateid": "576",
    "zoneid": "1", "keypair": "mine"}' 200 \
    '{"deployvirtualmachineresponse": {"jobid": 17164, "id": 2602}}'

# ask COMMAND ARGUMENTS ANSWER: one more that libcloud never asked.
ask()
{
    exchange GET /test/path "$(jq -nc --arg command "$1" --argjson more "$2" \
        '{command: $command, response: "json"} + $more')" 200 "$3"
}
ask listIpForwardingRules '{"virtualmachineid": "2602"}' \
    '{"listipforwardingrulesresponse": {}}'
ask listPortForwardingRules '{"virtualmachineid": "2602"}' \
    '{"listportforwardingrulesresponse": {}}'
ask listVirtualMachines '{"id": "2602"}' "$(answer_of cloudstack create_node |
    jq -c '{listvirtualmachinesresponse:
        {virtualmachine: [.queryasyncjobresultresponse.jobresult.virtualmachine]}}')"
ask listVolumes "{\"id\": \"$volume\"}" \
    "$(answer_of cloudstack list_volumes)"
replay cloudstack page,pagesize,startvm,expunge,userdata

unset CLOUDSTACK_ENDPOINT CLOUDSTACK_KEY CLOUDSTACK_SECRET

# ---- keys ------------------------------------------------------------------------

run node list -d cloudstack
ends 2
has err "'key'" CLOUDSTACK_KEY
CLOUDSTACK_KEY=apikey
CLOUDSTACK_SECRET=secret
export CLOUDSTACK_KEY CLOUDSTACK_SECRET
run node list -d cloudstack
ends 2
has err "'endpoint'" CLOUDSTACK_ENDPOINT

# The example of the page, as it stands but for where the cloud is.
example $page 1
type_in "$(sed "s|https://cloud.example.com/client/api|$url/test/path|" \
    "$scratch/example")"
ends 0
says_nothing
[ "$(wc -l <"$scratch/out")" = 2 ] || show "should print one node"
has out running

CLOUDSTACK_ENDPOINT=$url/test/path
export CLOUDSTACK_ENDPOINT

# ---- listings --------------------------------------------------------------------

for noun in node size image location volume snapshot; do
    every_format id $noun list -d cloudstack
done
every_format name keypair list -d cloudstack

run node list -d cloudstack --state running --state stopped -o json
ends 0
query 'all(.[]; .state == "running" or .state == "stopped")' true
run node list -d cloudstack --state nonsense
ends 2
has err nonsense running
run size list -d cloudstack -o csv --columns id,ram,vcpus,extra.cpu_speed
ends 0
has out id,ram,vcpus,extra.cpu_speed

# ---- what changes ----------------------------------------------------------------

run node show $node -d cloudstack -o json
ends 0
query .id "\"$node\""
taken_up $node -d cloudstack
run node stop $node -d cloudstack -o json
ends 0
query .state '"stopped"'
run node start $node -d cloudstack --wait -o json
ends 0
query .state '"running"'
run node create -d cloudstack --name fred --size 105 --image 576 -o json
ends 0
run node create -d cloudstack --name fred
ends 2
has err size
run node destroy $node -d cloudstack --yes -o json
ends 0

run volume create -d cloudstack --name vol-0 --size 10 --location 1 -o json
ends 0
run volume attach $volume --node $node -d cloudstack
ends 0
run volume detach $volume -d cloudstack
ends 0
run snapshot create --volume $volume -d cloudstack -o json
ends 0
run snapshot destroy 188402 --yes -d cloudstack
ends 0
run volume destroy $volume --yes -d cloudstack
ends 0

# The private key goes where it is told to, and nowhere else.
run keypair create -d cloudstack --name test-keypair
ends 2
has err --private-key-file
run keypair create -d cloudstack --name test-keypair \
    --private-key-file "$scratch/key" -o json
ends 0
is_json
lacks out PRIVATE
lacks err PRIVATE
grep -q "BEGIN RSA PRIVATE KEY" "$scratch/key" || fail "no private key was kept"
# shellcheck disable=SC2012 # a name of our own
[ "$(ls -l "$scratch/key" | cut -c1-10)" = -rw------- ] ||
    fail "others can read the private key"
run keypair create -d cloudstack --name test-keypair \
    --private-key-file "$scratch/key"
ends 2
has err "$scratch/key"
run keypair show cs-keypair -d cloudstack -o json
ends 0
query .name '"cs-keypair"'
run keypair delete cs-keypair --yes -d cloudstack
ends 0

# ---- who says no -----------------------------------------------------------------

scenario error%3Ainvalid_credentials
run node list -d cloudstack
ends 5
prints_nothing
has err credentials
scenario error%3Adeployfail2
run node create -d cloudstack --name node-name --size 105 --image 576 --location 1
ends 1
prints_nothing
has err "making the node"
scenario main

if [ -s "$scratch/cloudstack.unmatched" ]; then
    fail "requests without an answer"
    sed 's/^/  /' "$scratch/cloudstack.unmatched"
fi
finish
