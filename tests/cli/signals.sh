#!/bin/sh
# Ctrl-C and its kin: the first cancels, the second kills.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need timeout

ODD_CALLS=$scratch/calls
export ODD_CALLS

# shellcheck disable=SC2317 # until_true calls it
calls_came()
{
    [ -e "$ODD_CALLS" ] && [ "$(wc -l <"$ODD_CALLS")" -ge "$1" ]
}

# interrupted SIGNAL CALLS ARGUMENT...: send a signal when so many calls have
# come to the driver odd. A shell's background job ignores SIGINT, so timeout(1)
# starts the command, and passes the signal on.
interrupted()
{
    signal=$1
    calls=$2
    shift 2
    ran="SIG$signal to pileus $*"
    status=0
    rm -f "$ODD_CALLS"
    timeout --foreground --preserve-status 60 "$pileus" "$@" \
        >"$scratch/out" 2>"$scratch/err" </dev/null &
    job=$!
    until_true calls_came "$calls"
    kill -s "$signal" $job
    wait $job || status=$?
}

interrupted INT 1 node list -d odd -O mood=stuck
ends 130
has err "pileus: interrupted"
interrupted TERM 1 node list -d odd -O mood=stuck
ends 143
has err "pileus: interrupted"
interrupted HUP 1 node list -d odd -O mood=stuck
ends 129

# What was made is not lost.
interrupted INT 1 node create -d odd -O mood=stuck
ends 130
has err "pileus: interrupted" "made node stuck-made"

# The rest of several is left alone. The first call looks for the node, the
# second is the wait's.
interrupted INT 2 node wait full error --state stopped -d odd -o id
ends 130
prints <<'END'
full
END

# A fleet ends as a whole.
mkdir -p "$XDG_CONFIG_HOME/pileus"
cat >"$XDG_CONFIG_HOME/pileus/profiles.json" <<'END'
{
  "a": {"driver": "odd", "options": {"mood": "stuck"}},
  "b": {"driver": "odd", "options": {"mood": "stuck"}},
  "c": {"driver": "odd"}
}
END
interrupted INT 3 node list -p a -p b -p c -o id
ends 130
has out full
says_lines interrupted 2

# What is ignored from the start, as by nohup, stays ignored.
ran="nohup"
status=0
(
    trap '' HUP
    exec "$pileus" node list -d odd -O mood=stuck --timeout 1500ms
) >"$scratch/out" 2>"$scratch/err" </dev/null &
job=$!
sleep 0.7
kill -HUP $job
wait $job || status=$?
ends 124

# The second kills, whatever stands in the way: here a reader that does not
# read, which no cancelling gets around.
if [ -e "$abs_top_builddir/drivers/dummy.json" ]; then
    ran="two signals"
    status=0
    mkfifo "$scratch/fifo"
    "$pileus" node list -d dummy -O creds=20000 -o jsonl >"$scratch/fifo" \
        2>"$scratch/err" </dev/null &
    job=$!
    exec 3<"$scratch/fifo"
    read -r line <&3 || fail "there is no first line: $line"
    sleep 0.5 # by then the pipe is full
    kill -TERM $job
    sleep 0.3
    kill -0 $job 2>/dev/null || fail "the first signal killed"
    kill -TERM $job
    { sleep 10; kill -KILL $job; } 2>/dev/null &
    wait $job || status=$?
    kill $! 2>/dev/null
    exec 3<&-
    ends 143
fi

finish
