#!/bin/sh
# On a terminal: colour, width, questions, progress. Elsewhere none of it.
# SPDX-License-Identifier: Apache-2.0
#
# Commands are for the shell on the terminal, so they are in single quotes.
# shellcheck disable=SC2016
#
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need_terminal
need timeout
need_driver dummy
TERM=xterm
export TERM pileus

escape=$(printf '\033')

# ---- colour ------------------------------------------------------------------

on_terminal 100 '"$pileus" node list -d dummy'
ends 0
prints <<END
ID  NAME     STATE    PUBLIC_IPS  PRIVATE_IPS  SIZE  IMAGE
1   dummy-1  ${escape}[32mrunning${escape}[0m  127.0.0.1   -            -     -
2   dummy-2  ${escape}[32mrunning${escape}[0m  127.0.0.1   -            -     -
END
for setting in NO_COLOR=1 TERM=dumb TERM=; do
    on_terminal 100 "$setting \"\$pileus\" node list -d dummy"
    ends 0
    has out "running"
    lacks out "$escape"
done
for format in json jsonl csv id; do
    on_terminal 100 "\"\$pileus\" node list -d odd -o $format"
    ends 0
    has out full
    lacks out "$escape" "$(printf '\007')" "$(printf '\302\233')"
done
on_terminal 100 '"$pileus" node list -d odd --columns id,state'
has out "${escape}[31merror${escape}[0m" "${escape}[33mstopped${escape}[0m" \
    "${escape}[36mpending${escape}[0m"

# ---- width -------------------------------------------------------------------

NO_COLOR=1
export NO_COLOR
on_terminal 40 '"$pileus" node list -d odd --columns id,name,state'
ends 0
sed -n '1,4p;$p' "$scratch/out" >"$scratch/some" && mv "$scratch/some" "$scratch/out"
prints <<'END'
ID         NAME                  STATE
full       all, "facts"\x0aof …  running
escape     red\x1b[31m\x1b]0;t…  error
wide       日本                  stopped
long       xxxxxxxxxxxxxxxxxxx…  paused
END
# COLUMNS says otherwise than the terminal.
on_terminal 40 'COLUMNS=28 "$pileus" node list -d odd --columns id,name,state'
has out "two wor…  it's \$H…  running" "long      xxxxxxx…  paused"
# No narrower than it makes sense; all facts of one node are never cut.
on_terminal 5 '"$pileus" node list -d odd --columns id,name,state'
has out "long  xxx…  pau…"
on_terminal 40 '"$pileus" node show long -d odd --columns name'
has out "$(head -c 300 /dev/zero | tr '\0' x)"
# A terminal that does not know UTF-8.
on_terminal 40 'LC_ALL=C "$pileus" node list -d odd --columns id,name'
has out 'wide       \u{65e5}\u{672c}' "xxx~"

# ---- the question ------------------------------------------------------------

nodes=state=$scratch/nodes
export nodes
# answers TEXT: what is typed at the question.
answers()
{
    on_terminal 80 '"$pileus" node destroy 1 2 -d dummy -O "$nodes" -o id' "$1"
}

answers 'n\n\n'
ends 1
has out "Destroy node dummy-1 (1), which is running? [y/N]" \
    "Destroy node dummy-2 (2), which is running? [y/N]" \
    "node '1' was not destroyed" "node '2' was not destroyed"
answers 'yesterday\nyy\n'
ends 1
run node list -d dummy -O "$nodes" -o id
prints <<'END'
1
2
END
answers 'y\nn\n'
ends 3
run node list -d dummy -O "$nodes" -o id
prints <<'END'
2
END
on_terminal 80 '"$pileus" node destroy 2 -d dummy -O "$nodes"' 'YES\n'
ends 0
run node list -d dummy -O "$nodes" -o id
prints_nothing
# Ctrl-C at the question ends it, with nothing done. The terminal stays until it
# has ended: its end would be an answer, too. timeout(1) lets the command have
# SIGINT where whoever runs this test has it ignored.
rm -f "$scratch/typescript"
{
    until_true grep -q 'y/N' "$scratch/typescript" 2>/dev/null
    printf '\003'
    until_true grep -q 'ended with' "$scratch/typescript" 2>/dev/null
} |
    script -qfec 'trap : INT
        timeout --foreground --preserve-status 60 \
            "$pileus" node destroy 1 -d dummy
        echo "ended with $?"' "$scratch/typescript" >"$scratch/out" 2>&1
ran="Ctrl-C at the question"
has out "ended with 130"
lacks out "terminated" "was not destroyed"
# A name cannot put words into the question.
on_terminal 80 '"$pileus" node destroy escape -d odd' 'n\n'
has out 'Destroy node red\x1b[31m\x1b]0;title\x07 (escape), which is error?'
lacks out "$escape"

# ---- progress ------------------------------------------------------------------

wait='"$pileus" node create -d dummy -O create-delay=500ms --wait -o id'
on_terminal 30 "$wait"
ends 0
# One line, cut to the terminal, rewritten, and erased before the answer.
grep -q "^$(printf '\r')node dummy-3 is pending, wai…$escape\[K" \
    "$scratch/raw" || show "should show how it goes"
grep -q "$(printf '\r')$escape\[K3" "$scratch/raw" ||
    show "should erase it before the answer"
on_terminal 30 "$wait 2>/dev/null"
lacks out pending
on_terminal 30 "TERM=dumb $wait"
lacks out pending
on_terminal 30 "$wait -q"
lacks out pending
on_terminal 80 "$wait | cat"
has out "waiting for running"
run node create -d dummy -O create-delay=300ms --wait -o id
says_nothing
# What a driver says of it is shown as it is not.
on_terminal 80 '"$pileus" node create -d odd -O mood=stuck --timeout 300ms'
ends 124
has out 'thinking\x1b[31m 50 %'

finish
