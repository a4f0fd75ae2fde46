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
becomes reconfiguring resize --size 2
becomes running resize --confirm
becomes reconfiguring resize --size 1
becomes running resize --revert

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

finish
