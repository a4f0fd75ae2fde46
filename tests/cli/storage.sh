#!/bin/sh
# Volumes, snapshots, key pairs and images of one's own, in every format.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need jq

# store NOUN VERB ARGUMENT...: on the store, which is as new each time.
store()
{
    run "$@" -d store
}

# answers NOUN KEYS VERB ARGUMENT...: the verb answers in every format.
answers()
{
    noun=$1
    keys=$2
    shift 2
    store "$noun" "$@" -o json
    ends 0
    says_nothing
    query 'if type == "array" then .[0] else . end | keys_unsorted' "$keys"
    store "$noun" "$@" -o jsonl
    ends 0
    [ "$(head -n 1 "$scratch/out" | jq -c keys_unsorted)" = "$keys" ] ||
        show "should have the keys of JSON"
    store "$noun" "$@" -o csv
    ends 0
    [ "$(head -n 1 "$scratch/out")" = "$(echo "$keys" | tr -d '[]"')" ] ||
        show "should have the keys of JSON in its first line"
    for format in table id; do
        store "$noun" "$@" -o $format
        ends 0
        [ -s "$scratch/out" ] || show "should print something"
    done
}

# ---- volumes -------------------------------------------------------------------

VOLUME='["id","name","size","state","node","location","driver","connection","created_at","extra"]'

store volume list
ends 0
says_nothing
prints <<'END'
ID   NAME  SIZE  STATE      NODE  LOCATION
v-1  data  10    available  -     here
v-2  root  20    inuse      n-1   -
v-3  root  0     unknown    -     -
END
answers volume "$VOLUME" list
answers volume "$VOLUME" show v-1
answers volume "$VOLUME" create
answers volume "$VOLUME" attach v-1 --node n-1
answers volume "$VOLUME" detach v-2 v-1
answers volume "$VOLUME" destroy v-1 --yes
store volume show data -o json
query . '{"id":"v-1","name":"data","size":10,"state":"available","node":null,"location":"here","driver":"store","connection":"store","created_at":"2009-02-13T23:31:30.5Z","extra":{}}'
store volume show v-2 --columns provider_state,uuid -o jsonl
query .provider_state '"in-use"'
query '.uuid | length' 40
store volume list --state inuse --state available --name root -o id
ends 0
prints <<'END'
v-2
END
store volume list --location here -o id
prints <<'END'
v-1
END
store volume list --state running
ends 2
has err "'running' is no state: choose one of unknown, available, inuse"

store volume create --name db --size 50 --location there --set kind=fast -o json
ends 0
query '[.name,.size,.location,.state]' '["db",50,"there","creating"]'
store volume create --snapshot s-2 -o json
query .size 20
store volume create --snapshot s-9
ends 4
has err "there is no snapshot 's-9': did you mean 's-"
store volume create --set colour=red
ends 1
has err "create_volume does not support 'colour'"
for size in 0 -1 1.5 x "" 99999999999999999999 " 1"; do
    store volume create --size "$size"
    ends 2
    has err "is no size of a volume: give a whole number of GB"
done
store volume create -O act=made-and-failed
ends 1
prints_nothing
has err "made volume v-new-1: it is there and may cost money"

# What is shown is how it is afterwards.
store volume attach data --node db --device /dev/vdb -o json
ends 0
query '[.id,.state,.node,.extra.device]' '["v-1","inuse","n-2","/dev/vdb"]'
store volume attach v-1 --node nowhere
ends 4
has err "no node has the id or name 'nowhere'"
store volume attach v-1
ends 2
has err "'pileus volume attach' needs --node ID"
store volume attach v-2 --node n-1
ends 1
has err "attached already"
store volume detach v-2 -o json
query '[.state,.node]' '["available",null]'
store volume detach v-2 v-9 -o json
ends 3
query 'map(.id)' '["v-2"]'
store volume destroy v-1 v-3 -y -o json
ends 0
query 'map([.id,.state])' '[["v-1","deleted"],["v-3","deleted"]]'
store volume destroy v-2 -y
ends 1
has err "detach it first"
store volume destroy root -y
ends 2
has err "2 volumes are named 'root': say which by id (v-2, v-3)"
store volume destroy v-1
ends 2
has err "add --yes to destroy without asking"
store volume show dta
ends 4
has err "no volume has the id or name 'dta': did you mean 'data'?"

# ---- snapshots -----------------------------------------------------------------

SNAPSHOT='["id","name","size","state","volume","driver","connection","created_at","extra"]'

answers snapshot "$SNAPSHOT" list
answers snapshot "$SNAPSHOT" show s-1
answers snapshot "$SNAPSHOT" create --volume v-1
answers snapshot "$SNAPSHOT" destroy s-1 --yes
store snapshot list --volume v-2 -o json
query 'map([.id,.volume])' '[["s-2","v-2"]]'
store snapshot list --volume v-9
ends 4
has err "no volume with the id 'v-9'"
store snapshot list --state available --name nightly -o id
prints <<'END'
s-1
END
store snapshot create --volume data --name now -o json
query '[.name,.volume,.size]' '["now","v-1",10]'
store snapshot create --name now
ends 2
has err "'pileus snapshot create' needs --volume ID"
store snapshot create --volume v-9
ends 4
store snapshot destroy weekly -y -o json
query '[.id,.state]' '["s-2","deleted"]'

# ---- key pairs -----------------------------------------------------------------

KEY_PAIR='["name","fingerprint","public_key","driver","connection","extra"]'
pem=$scratch/key.pem

answers keypair "$KEY_PAIR" list
answers keypair "$KEY_PAIR" show laptop
answers keypair "$KEY_PAIR" import --name mine --ssh-key "ssh-rsa CCCC me"
answers keypair "$KEY_PAIR" delete laptop --yes
store keypair list -o id
prints <<'END'
laptop
END
store keypair show laptop -o json
query . '{"name":"laptop","fingerprint":"00:11:22:33","public_key":"ssh-ed25519 AAAA me@laptop","driver":"store","connection":"store","extra":{}}'
echo "ssh-rsa DDDD file" >"$scratch/key.pub"
store keypair import --name mine --ssh-key "$scratch/key.pub" -o json
query .public_key '"ssh-rsa DDDD file"'
echo "-----BEGIN PRIVATE KEY-----" >"$scratch/private"
store keypair import --name mine --ssh-key "$scratch/private"
ends 2
has err "is a private key"
lacks err BEGIN
store keypair import --name mine
ends 2
has err "'pileus keypair import' needs --ssh-key FILE"
store keypair delete desk -y
ends 4
has err "no keypair has the id or name 'desk'"

# The private key is asked for, or nothing is created.
for arguments in "" "-o json" "--columns name,fingerprint" \
    "--columns extra.private_key" "--columns private_key -o id"; do
    # shellcheck disable=SC2086 # a list
    store keypair create --name new $arguments
    ends 2
    prints_nothing
    has err "keep it with --private-key-file FILE"
done
store keypair create
ends 2
has err "'pileus keypair create' needs --name NAME"
store keypair create --name new --private-key-file "$pem" -o json
ends 0
query keys_unsorted "$KEY_PAIR"
lacks out tell-nobody
has_key()
{
    [ "$(sed -n 2p "$pem")" = tell-nobody ] ||
        fail "the private key is not in its file"
}
has_key
[ "$(stat -c %a "$pem")" = 600 ] || fail "others may read the private key"
store keypair create --name other --private-key-file "$pem"
ends 2
has err "it is never overwritten: choose another name"
has_key
ln -s nowhere "$scratch/link"
store keypair create --name other --private-key-file "$scratch/link"
ends 2
[ ! -e "$scratch/nowhere" ] || fail "a link was followed"
store keypair create --name other --private-key-file "$scratch/no/such/place"
ends 2
has err "cannot make the file"
# One that fails leaves no file.
store keypair create --name laptop --private-key-file "$scratch/left"
ends 1
has err "choose another name"
[ ! -e "$scratch/left" ] || fail "an empty file is left"
store keypair create --name new --columns name,private_key -o json
ends 0
query .private_key \
    '"-----BEGIN PRIVATE KEY-----\ntell-nobody\n-----END PRIVATE KEY-----\n"'
store keypair list --columns name,private_key -o json
query . '[{"name":"laptop","private_key":null}]'

# ---- images ---------------------------------------------------------------------

IMAGE='["id","name","extra"]'

answers image "$IMAGE" list
answers image "$IMAGE" show i-1
answers image "$IMAGE" create --node n-1 --name new
answers image "$IMAGE" delete golden --yes
store image create --node db --name of-db -o json
query '[.name,.extra.node]' '["of-db","n-2"]'
store image create --node db --name of-db --description "of old" -o json
ends 0
has err "ignores 'description'"
store image create --node db
ends 2
has err "'pileus image create' needs --name NAME"
store image delete i-1
ends 2
has err "add --yes to delete without asking"
store image show i-9
ends 4

# ---- a fleet, and a driver that has nothing of this ------------------------------

mkdir -p "$XDG_CONFIG_HOME/pileus"
cat >"$XDG_CONFIG_HOME/pileus/profiles.json" <<'END'
{"a": {"driver": "store"}, "b": {"driver": "store_plain"}}
END
run snapshot list -p a -p b --volume v-1 -o json
ends 0
query 'map([.connection,.id]) | sort' '[["a","s-1"],["b","s-1"]]'
run keypair show laptop -p b -o id
ends 0
for noun in volume snapshot keypair; do
    run $noun list -d odd
    ends 1
    prints_nothing
    has err "odd: this driver does not support list_"
done

# ---- the question ---------------------------------------------------------------

if script -qec true "$scratch/typescript" >/dev/null 2>&1 </dev/null; then
    on_terminal 80 "$pileus volume destroy v-1 -d store" 'n\n'
    has out "Destroy volume data (v-1), which is available? [y/N]" \
        "volume 'v-1' was not destroyed"
    on_terminal 80 "$pileus keypair delete laptop -d store -o id" 'y\n'
    has out "Delete keypair laptop? [y/N]"
else
    echo "left out: script(1) of util-linux is not installed"
fi

finish
