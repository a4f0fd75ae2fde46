#!/bin/sh
# Opening connections: options, files of options, profiles, fleets, secrets.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need jq
need_driver dummy

SECRET=hunter2-and-more

# ---- values from files ---------------------------------------------------------

echo 5 >"$scratch/five"
run node list -d dummy -O creds@"$scratch/five" -o json
ends 0
query length 5
printf '4\r\n' >"$scratch/dos"
run node list -d dummy -O creds@"$scratch/dos" -o json
ends 0
query length 4
echo 3 | run_with_input node list -d dummy -O creds@- -o json
ends 0
query length 3
# The value may hold both separators.
run node list -d odd -O "key=a=b@c" -O mood=empty
ends 0
run node list -d odd -O "file@$scratch/five" -O mood=empty
ends 0

run node list -d dummy -O creds@"$scratch/none"
ends 2
has err "cannot read the creds from '$scratch/none': No such file"
run node list -d dummy -O creds@"$scratch"
ends 2
has err "cannot read the creds from '$scratch': Is a directory"
printf 'a\0b' >"$scratch/nul"
run node list -d odd -O key@"$scratch/nul"
ends 2
has err "has a NUL in it"
head -c 70000 /dev/zero | tr '\0' x >"$scratch/large"
run node list -d odd -O key@"$scratch/large"
ends 2
has err "longer than"
run node list -d odd -O key@- -O file@-
ends 2
has err "standard input can be read only once"

# ---- arguments of create from files ----------------------------------------------

echo "ssh-ed25519 AAAAkey me" >"$scratch/key.pub"
printf '%s\n' "$SECRET" >"$scratch/password"
printf '#!/bin/sh\n\0binary' >"$scratch/data"
run node create -d odd --name n --image i --location l --key-name kn \
    --ssh-key "$scratch/key.pub" --password-file "$scratch/password" \
    --user-data "$scratch/data" --token tok --tag a=1 --tag b= \
    --set shape=round --set note=x=y -o json --columns name,extra,tags
ends 0
query .name '"n"'
query .extra.ssh_key '"ssh-ed25519 AAAAkey me"'
query .extra.user_data 17
query '.extra | [.image, .location, .key_name, .token]' '["i","l","kn","tok"]'
query '.extra | [.shape, .note]' '["round","x=y"]'
query .extra.password "\"$SECRET\""
query .tags '{"a":"1","b":""}'
run node create -d odd --ssh-key "ssh-rsa AAAA" -o json
ends 0
query .extra.ssh_key '"ssh-rsa AAAA"'
printf '%s' "$SECRET" | run_with_input node create -d odd --password-file - -o json
ends 0
query .extra.password "\"$SECRET\""
printf '%s\n' '-----BEGIN OPENSSH PRIVATE KEY-----' AAAA >"$scratch/key"
run node create -d odd --ssh-key "$scratch/key"
ends 2
has err "is a private key: give the public one, usually '$scratch/key.pub'"
lacks err AAAA
run node create -d odd --ssh-key "$scratch/none.pub"
ends 2
has err "cannot read the public key"
run node create -d odd --user-data "$scratch/none"
ends 2
has err "cannot read the user data"
head -c 1048577 /dev/zero >"$scratch/large"
run node create -d odd --user-data "$scratch/large"
ends 2
has err "longer than 1048576 bytes"
run node create -d odd --token "no t$(printf '\303\266')ken"
ends 2
has err token

# ---- stop, asked softly and hard ---------------------------------------------------

for how in soft hard; do
    run node stop full -d odd --$how --columns provider_state -o json
    ends 0
    has out "$how"
done
run node stop full -d odd --columns provider_state -o json
query .provider_state '"somehow"'
run node reboot full -d odd
ends 1
has err reboot

# ---- names -------------------------------------------------------------------

run node show twin -d odd
ends 2
has err "2 nodes are named 'twin': say which by id (t-1, t-2)"
run node show no-id -d odd -o json
ends 0
query .id null
run node show "two words" -d odd -o id
ends 0
run node stop no-id -d odd -o id
ends 0
has err "'no-id' has no id and is left out"
run node show ful -d odd
ends 4
has err "did you mean 'full'?"
# An id has no control characters; a message shows them as they are not.
run node show "red$(printf '\033')[" -d odd
ends 2
run node list -d odd -O "mood=$(printf '\033')[31m"
ends 2
has err '\x1b[31m'
lacks err "$(printf '\033')"

# ---- profiles ------------------------------------------------------------------

run node list -p prod
ends 2
has err "profiles.json"
mkdir -p "$XDG_CONFIG_HOME/pileus"
cat >"$XDG_CONFIG_HOME/pileus/profiles.json" <<END
{
  "few": {"driver": "dummy", "options": {"creds": 3}},
  "slow": {"driver": "dummy", "options": {"latency": "700ms"}},
  "slow2": {"driver": "dummy", "options": {"latency": "700ms"}},
  "dead": {"driver": "odd", "options": {"mood": "lost"}},
  "shut": {"driver": "odd", "options": {"mood": "shut", "key": "$SECRET"}},
  "half": {"driver": "odd", "options": {"mood": "angry", "key": "$SECRET"}}
}
END
chmod 600 "$XDG_CONFIG_HOME/pileus/profiles.json"
run node list -p few -o json
ends 0
query 'map(.connection) | unique' '["few"]'
query 'map(.driver) | unique' '["dummy"]'
run node list -p few -O creds=2 -o json
ends 0
query length 2
run node list -p fwe
ends 2
has err "did you mean 'few'?"
run node show 1 -p few -p slow
ends 2
has err "only listings take several profiles"
run node list -p few -p few
ends 2
has err "the profile 'few' is given twice"

# ---- fleets --------------------------------------------------------------------

run node list -p slow -p few
ends 0
says_nothing
prints <<'END'
ID  NAME     STATE    PUBLIC_IPS  PRIVATE_IPS  CONNECTION  SIZE  IMAGE
1   dummy-1  running  127.0.0.1   -            slow        -     -
2   dummy-2  running  127.0.0.1   -            slow        -     -
-   dummy-0  running  127.0.0.1   -            few         -     -
1   dummy-1  running  127.0.0.2   -            few         -     -
2   dummy-2  running  127.0.0.3   -            few         -     -
END
run image list -p few -p slow --columns connection,id -o csv
ends 0
[ "$(wc -l <"$scratch/out")" -eq 7 ] || show "should list the images of both"
run node list -p few -p dead -p slow -o json
ends 3
query 'map(.connection) | unique' '["few","slow"]'
has err "pileus: dead: "
run node list -p dead -p shut -o json
ends 1
prints_nothing
has err "dead: " "shut: "
run node list -p shut -p dead
ends 5
# What came before the failure is shown, and the JSON is whole.
run node list -p half -o json
ends 1
query 'map(.id)' '["full"]'
run node list -p half -p few -o json
ends 3
query 'map(.connection) | unique' '["few","half"]'
# At once: the waits of two, 700 ms each, do not add up.
begun=$(date +%s%N)
run node list -p slow -o id
middle=$(date +%s%N)
run node list -p slow -p slow2 -o id
ended=$(date +%s%N)
ends 0
one=$(((middle - begun) / 1000000))
both=$(((ended - middle) / 1000000))
[ $both -lt $((one + 600)) ] ||
    fail "a fleet of two takes $both ms, one of them $one ms"

# ---- secrets ---------------------------------------------------------------------

for mood in shut angry; do
    run node list -vv -d odd -O mood=$mood -O "key=$SECRET"
    has err "odd"
    lacks err "$SECRET"
    lacks out "$SECRET"
done
ODD_SECRET=$SECRET run node list -vv -d odd -O mood=shut
ends 5
lacks err "$SECRET"
run node list -d odd -O "$SECRET"
lacks err "$SECRET"
run node list -p shut
lacks err "$SECRET"
run driver show odd
has out "secret"

# ---- the log ---------------------------------------------------------------------

run node list -d odd -O mood=empty -v
has err "info: odd: opened with key"
run node list -d odd -O mood=empty
says_nothing
run node create -d dummy --size s9 -o id
ends 0
has err "warning: dummy: create_node ignores 'size'"
run node create -d dummy --size s9 -o id -q
ends 0
says_nothing

# ---- which drivers there are -------------------------------------------------------

mkdir "$scratch/drivers"
echo '{' >"$scratch/drivers/broken.json"
PILEUS_DRIVER_PATH=$scratch/drivers:$PILEUS_DRIVER_PATH
run driver list
ends 0
has out dummy odd
has err "1 thing was passed over: -v says why"
run driver list -v
has err "broken.json"
PILEUS_DRIVER_PATH=$scratch/drivers
run driver list -o json
has err "passed over"
PILEUS_DRIVER_PATH=
run driver list -o id
ends 0

finish
