#!/bin/sh
# Failures: what is said, which exit code, and what is kept.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need jq
need_driver dummy

# ---- the provider's facts --------------------------------------------------------

run node list -d odd -O mood=angry -O key=hush -o json
ends 1
query 'map(.id)' '["full"]'
cp "$scratch/err" "$scratch/out"
sed 's/no more for .*/no more for .../' "$scratch/err" >"$scratch/out"
prints <<'END'
pileus: odd: no more for ...
  provider's code: SlowDown
  provider's status: 429
  provider's words: come back later
  request: req-1
  it may be tried again in 2 s
  it may have happened all the same: look before you try again
END
lacks err hush "$(printf '\033')"
for format in table jsonl csv id; do
    run node list -d odd -O mood=angry -o $format
    ends 1
    has out full
    has err SlowDown
done

# ---- exit codes --------------------------------------------------------------------

run node list -d odd -O mood=lost -o json
ends 1
prints_nothing
run node list -d odd -O mood=shut
ends 5
prints_nothing
run node show none -d dummy
ends 4
run node reboot 1 -d dummy -O fail=reboot_node:permission
ends 1
run node reboot 1 -d dummy -O fail=reboot_node:authentication
ends 5
run node reboot 1 -d dummy -O fail=reboot_node:not-found
ends 4
run node reboot 1 -d dummy -O fail=reboot_node:rate-limited
ends 1
run node list -d odd -O mood=stuck --timeout 200ms
ends 124
has err "time limit"
run size list -d dummy -O fail=list_sizes:quota
ends 1
run image list -d dummy -O fail=list_images:unavailable
ends 1
run location list -d odd
ends 1
has err "list_locations"

# Several: the code of the first when all fail.
run node reboot 1 2 -d dummy -O fail=reboot_node:authentication:1,reboot_node:permission
ends 5
says_lines "^pileus: 1: " 1
says_lines "^pileus: 2: " 1
run node reboot 1 2 -d dummy -O fail=reboot_node:permission:1 -o id
ends 3
prints <<'END'
2
END

# ---- creating ----------------------------------------------------------------------

run node create -d odd -O mood=half -o json
ends 1
prints_nothing
has err "made node half-made: it is there and may cost money"
run node create -d odd -O mood=stuck --timeout 200ms
ends 124
has err "made node stuck-made"
run node create -d dummy -O fail=create_node:unavailable:1:after
ends 1
has err "made node 3"
run node create -d dummy -O fail=create_node:unavailable
ends 1
lacks err "made node"
run node create -d odd --size smal
ends 4
has err "no such flavour" "there is no size 'smal': did you mean 'small'?"
run node create -d odd --size zzzzzzzzz
ends 4
has err "'pileus size list' shows those there are"
run node create -d odd --name n --size small -o id
ends 0
says_nothing

# What is not supported is said before anything is made.
run node create -d dummy --user-data /dev/null
ends 1
has err "user_data"
run node create -d dummy --set colour=red
ends 1
has err "colour"

finish
