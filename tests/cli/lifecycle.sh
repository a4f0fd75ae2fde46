#!/bin/sh
# Pause, suspend, shelve, rebuild, resize and the console, on the dummy driver.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need jq
need_driver dummy

in_file="-d dummy -O state=$scratch/nodes"

# becomes STATE VERB...: the verb leaves the node in the state, and so it stays.
becomes()
{
    state=$1
    shift
    # shellcheck disable=SC2086
    run node "$@" 1 $in_file -o json
    ends 0
    says_nothing
    query .state "\"$state\""
    # shellcheck disable=SC2086
    run node show 1 $in_file -o json
    query .state "\"$state\""
}

becomes paused pause --wait
becomes running unpause --wait
becomes suspended suspend --wait
becomes running resume --wait
becomes stopped shelve --wait
becomes running unshelve --wait
becomes running rebuild --image 2 --yes --wait
# A wait for a resize ends where it is to be confirmed or reverted.
becomes running resize --size 2 --wait --timeout 20s
becomes running resize --confirm --wait --timeout 20s
becomes running resize --size 1
becomes running resize --revert
becomes stopped stop --wait
becomes stopped resize --size 2 --wait --timeout 20s
# shellcheck disable=SC2086
run node start 1 $in_file
ends 1
has err "node dummy-1 was resized: confirm or revert that first"
becomes stopped resize --revert --wait --timeout 20s
becomes running start --wait

# shellcheck disable=SC2086
run node pause 1 2 $in_file -o id
ends 0
prints <<'END'
1
2
END

run node resume 1 -d dummy
ends 1
has err "node dummy-1 is running: this is for one that is suspended"
run node rebuild 1 -d dummy --image 2
ends 2
has err "add --yes to rebuild without asking"
run node rebuild 1 -d dummy --yes
ends 2
has err "needs --image ID"
run node rebuild 1 -d dummy --yes --image 2 --name x
ends 1
has err "rebuild_node does not support 'name'"
run node resize 1 -d dummy
ends 2
has err "say which size"
run node resize 1 -d dummy --size 2 --confirm
ends 2
has err "contradict"
run node resize 1 -d dummy --revert --confirm
ends 2
has err "contradict"
run node resize 1 -d dummy --size 9
ends 4
has err "there is no size with the id 9"

# ---- console -----------------------------------------------------------------

run node console dummy-1 -d dummy
ends 0
says_nothing
prints <<'END'
dummy-1: serial 1
starting
ready
dummy-1 login:
END
run node console 1 -d dummy --lines 1
ends 0
prints <<'END'
dummy-1 login:
END
for lines in 0 -1 x 1x '' 99999999999999999999; do
    run node console 1 -d dummy --lines="$lines"
    ends 2
    has err "is no number of lines"
done
run node console 3 -d dummy
ends 4
run node console -d dummy
ends 2
has err "say which node"

# ---- addresses ---------------------------------------------------------------

# shellcheck disable=SC2086
run address create $in_file --pool spare -o id
ends 0
says_nothing
prints <<'END'
1
END
# shellcheck disable=SC2086
run address attach 198.51.100.1 $in_file --node dummy-2 -o json
ends 0
query .node '"2"'
# shellcheck disable=SC2086
run node show 2 $in_file -o json
query .public_ips '["127.0.0.1","198.51.100.1"]'
# shellcheck disable=SC2086
run address list $in_file
ends 0
prints <<'END'
ID  IP            POOL   NODE
1   198.51.100.1  spare  2
END
# shellcheck disable=SC2086
run address detach 1 $in_file -o json
ends 0
query .node null
# shellcheck disable=SC2086
run address delete 1 $in_file --yes -o id
ends 0
# shellcheck disable=SC2086
run address list $in_file -o id
ends 0
prints </dev/null
run address create -d dummy --pool moon
ends 4
has err "there is no pool moon"

finish
