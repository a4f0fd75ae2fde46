#!/bin/sh
# The command at DigitalOcean, as a new user types it from the manual pages.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/peer/lib.sh
. "${abs_top_srcdir:?}/tests/peer/lib.sh"
need_driver digitalocean

page=plugins/digitalocean/pileus-digitalocean.7
node=3164444
name=ubuntu-s-1vcpu-1gb-sfo3-01
volume=62766883-2c28-11e6-b8e6-000f53306ae1
snapshot=c0def940-9324-11e6-9a56-000f533176b1

# What libcloud never asked, answered as the provider's documentation has it.
mkdir "$scratch/.ssh"
echo "$key me@example" >"$scratch/.ssh/id_ed25519.pub"
missing='{"id": "not_found", "message": "The resource you were accessing could not be found."}'
exchange GET "/v2/account/keys/$key_fingerprint" '{}' 404 "$missing"
exchange GET /v2/droplets/99 '{}' 404 "$missing"
exchange GET /v2/droplets/$name '{}' 404 "$missing"
exchange GET /v2/droplets "{\"name\": \"$name\"}" 200 \
    "$(answer_of digitalocean list_nodes)"
for nobody in 99 nobody; do
    exchange GET /v2/droplets "{\"name\": \"$nobody\"}" 200 \
        '{"droplets": [], "meta": {"total": 0}}'
done
exchange GET "/v2/volumes/$volume" '{}' 200 \
    "{\"volume\": {\"id\": \"$volume\", \"name\": \"example\", \"droplet_ids\": [$node], \"region\": {\"slug\": \"nyc1\"}}}"
exchange POST "/v2/volumes/$volume/actions" '{}' 202 \
    '{"action": {"id": 1, "status": "in-progress", "type": "detach_volume"}}'
exchange GET /v2/actions/1 '{}' 200 \
    '{"action": {"id": 1, "status": "completed", "type": "detach_volume"}}'
exchange GET /v2/snapshots '{"resource_type": "volume"}' 200 \
    "$(answer_of digitalocean list_volume_snapshots)"
exchange GET "/v2/snapshots/$snapshot" '{}' 200 \
    "$(answer_of digitalocean list_volume_snapshots | jq -c '{snapshot: .snapshots[0]}')"
exchange GET /v2/account/keys/7717 '{}' 200 \
    "$(answer_of digitalocean list_key_pairs | jq -c '{ssh_key: .ssh_keys[0]}')"
replay digitalocean per_page,page

DIGITALOCEAN_API_URL=$url
export DIGITALOCEAN_API_URL
unset DIGITALOCEAN_ACCESS_TOKEN DIGITALOCEAN_TOKEN

# ---- the token ------------------------------------------------------------------

run node list -d digitalocean
ends 2
prints_nothing
has err token DIGITALOCEAN_ACCESS_TOKEN
run driver show digitalocean
ends 0
has out token DIGITALOCEAN_ACCESS_TOKEN endpoint

# The example of the page, as it stands.
example $page 1
type_in "$(cat "$scratch/example")"
ends 0
says_nothing
has out $node running
[ "$(wc -l <"$scratch/out")" = 2 ] || show "should print one node"

# From a file, from standard input, by an older variable, and by a profile.
echo "dop_v1_a" >"$scratch/token"
run node list -d digitalocean -O token@"$scratch/token" -o id
ends 0
echo "dop_v1_a" | run_with_input node list -d digitalocean -O token@- -o id
ends 0
DIGITALOCEAN_TOKEN=dop_v1_a
export DIGITALOCEAN_TOKEN
run node list -d digitalocean -o id
ends 0
prints <<END
$node
END
unset DIGITALOCEAN_TOKEN
DIGITALOCEAN_ACCESS_TOKEN=dop_v1_a
export DIGITALOCEAN_ACCESS_TOKEN

# ---- listings ---------------------------------------------------------------------

for noun in node size image location volume snapshot; do
    every_format id $noun list -d digitalocean
done
every_format name keypair list -d digitalocean

run node list -d digitalocean -o json
query '.[0] | keys_unsorted' '["id","name","state","public_ips","private_ips","driver","connection","size","image","created_at","uuid","extra"]'
query '.[0].connection' '"digitalocean"'
query '.[0].created_at' '"2020-10-15T13:58:22Z"'
run size list -d digitalocean -o json
query '.[0] | keys_unsorted' '["id","name","ram","disk","bandwidth","price","vcpus","extra"]'
query 'all(.[]; .ram > 0 and .vcpus > 0)' true
run node list -d digitalocean -o csv --columns name,extra.region,public_ips
ends 0
has out name,extra.region,public_ips
run node list -d digitalocean --name nobody -o json
ends 0
query . '[]'
run node list -d digitalocean --columns nonsense
ends 2
has err nonsense public_ips

# ---- what changes ---------------------------------------------------------------

run node show $node -d digitalocean
ends 0
has out $node
run node show $name -d digitalocean -o id
ends 0
prints <<END
$node
END
taken_up $node -d digitalocean
query .state '"rebooting"'
run node start $node -d digitalocean --wait -o json
ends 0
query .state '"running"'
run node stop $node -d digitalocean --soft -o json
ends 0
query .state '"stopping"'
run node wait $node -d digitalocean -o id
ends 0

# The recorded node never stops: the time limit passes, and the node is shown.
run node stop $node -d digitalocean --soft --wait --timeout 1s -o id
ends 124
prints <<END
$node
END
has err "--timeout allows more"

run node show 99 -d digitalocean
ends 4
prints_nothing
has err 99
run node destroy $node -d digitalocean
ends 2
has err --yes
run node destroy $node -d digitalocean --yes
ends 0
run node destroy $node 99 -d digitalocean --yes -o id
ends 3
has out $node
has err 99

run volume create -d digitalocean --name example --size 4 --location nyc1 -o json
ends 0
query .id "\"$volume\""
run volume attach $volume --node $node -d digitalocean -o json
ends 0
run volume detach $volume -d digitalocean
ends 0
run snapshot create --volume $volume --name test-snapshot -d digitalocean -o json
ends 0
run snapshot destroy $snapshot --yes -d digitalocean
ends 0
run volume destroy $volume --yes -d digitalocean
ends 0
run image show 12345 -d digitalocean -o json
ends 0
query .name '"My snapshot"'
run image delete 12345 --yes -d digitalocean
ends 0
run keypair import -d digitalocean --name test1 --ssh-key "$scratch/.ssh/id_ed25519.pub"
ends 0
run keypair delete test1 --yes -d digitalocean
ends 0
run keypair create -d digitalocean --name test1 --columns name,private_key
ends 1
has err "does not support create_key_pair"

# ---- who says no --------------------------------------------------------------------

scenario error%3Aunauthorized
run node list -d digitalocean
ends 5
prints_nothing
has err credentials
lacks err dop_v1
scenario error%3Ainvalid_image
run node create -d digitalocean --name a --size s-1vcpu-1gb --image nonsense
ends 2
has err "You specified an invalid image" "no image 'nonsense'"
scenario main
run node list -d digitalocean -O endpoint=ftp://example.com
ends 2
has err endpoint

# ---- a fleet -----------------------------------------------------------------------

free_port
mkdir -p "$XDG_CONFIG_HOME/pileus"
cat >"$XDG_CONFIG_HOME/pileus/profiles.json" <<END
{
  "work": {"driver": "digitalocean", "options": {"token": "dop_v1_work"}},
  "play": {"driver": "digitalocean", "options": {"token": "dop_v1_play"}},
  "gone": {"driver": "digitalocean", "options": {
    "token": "dop_v1_gone", "endpoint": "http://127.0.0.1:$port", "retries": 0}}
}
END
chmod 644 "$XDG_CONFIG_HOME/pileus/profiles.json"
unset DIGITALOCEAN_ACCESS_TOKEN
run node list -p work
ends 2
has err profiles.json "chmod go-r"
lacks err dop_v1
chmod 600 "$XDG_CONFIG_HOME/pileus/profiles.json"
run node list -p work -p play -o csv --columns connection,id
ends 0
sort "$scratch/out" >"$scratch/sorted" && mv "$scratch/sorted" "$scratch/out"
prints <<END
connection,id
play,$node
work,$node
END
run node list -p work -p gone -p play -o json
ends 3
is_json
query 'map(.connection) | sort' '["play","work"]'
has err gone "cannot be reached"
lacks err dop_v1
run node list -p gone
ends 1

# Nothing was asked that nobody knows.
if [ -s "$scratch/digitalocean.unmatched" ]; then
    fail "requests without an answer"
    sed 's/^/  /' "$scratch/digitalocean.unmatched"
fi
finish
