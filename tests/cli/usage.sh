#!/bin/sh
# Wrong command lines: each gets a sentence that says what to do, and code 2.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need_driver dummy

# wrong TEXT ARGUMENT...: a wrong command line, and what is said of it.
wrong()
{
    text=$1
    shift
    run "$@"
    ends 2
    prints_nothing
    has err "$text"
}

# ---- nouns, verbs, operands --------------------------------------------------

wrong "say what to do: pileus NOUN VERB"
wrong "say what to do with the node: pileus node VERB" node
wrong "'noed' is no noun: did you mean 'node'?" noed list
wrong "'zzzzzz' is no noun: choose one of driver, node, size, image, location" \
    zzzzzz
wrong "'lst' is no verb: did you mean 'list'?" node lst
wrong "'xyzzy' is no verb: choose one of list, show, create, reboot, start, stop, destroy, pause, unpause, suspend, resume, shelve, unshelve, rebuild, resize, console, wait" \
    node xyzzy
wrong "'deploy' is no verb" node deploy
wrong "say which node: pileus node show ID" node show -d dummy
wrong "say which node: pileus node stop ID..." node stop -d dummy
wrong "say which driver: pileus driver show NAME" driver show
wrong "'2' is too much: it is 'pileus node show ID'" node show 1 2 -d dummy
wrong "'x' is too much: it is 'pileus node list'" node list x -d dummy
wrong "'' is no noun" ""

# ---- options -----------------------------------------------------------------

wrong "there is no option '--ouput': did you mean '--output'?" \
    node list --ouput json
wrong "there is no option '--drivr=dummy': did you mean '--driver'?" \
    node list --drivr=dummy
wrong "there is no option '--qqqqqqqq'" node list --qqqqqqqq
wrong "there is no option '-z'" node list -z
wrong "there is no option '-vz'" node list -vz
wrong "there is no option '--='" node list --=
wrong "--output needs a value: --output FORMAT" node list -d dummy -o
wrong "--driver needs a value: --driver NAME" node list --driver
wrong "--wait takes no value" node create -d dummy --wait=yes
wrong "--output is given twice" node list -d dummy -o json -o csv
wrong "--driver is given twice" node list -d dummy --driver dummy
wrong "'pileus node list' takes no --size" node list -d dummy --size 1
wrong "'pileus driver list' takes no --driver" driver list -d dummy
wrong "'pileus size list' takes no --state" size list -d dummy --state running
wrong "'pileus node list' takes no --version" node list -d dummy --version
wrong "--verbose and --quiet contradict" node list -d dummy -vq
wrong "--soft and --hard contradict" node stop 1 -d dummy --soft --hard
wrong "--driver and --profile contradict" node list -d dummy -p x

# ---- values ------------------------------------------------------------------

wrong "'jsn' is no output format: did you mean 'json'?" node list -d dummy -o jsn
wrong "'yaml' is no output format: choose one of table, json, jsonl, csv, id, saved" \
    node list -d dummy -o yaml
wrong "'' is no output format" node list -d dummy -o ""
wrong "'stat' is no column: did you mean 'state'?" \
    node list -d dummy --columns id,stat
wrong "'' is no column" node list -d dummy --columns id,
wrong "'extra.' is no column" node list -d dummy --columns extra.
wrong "'nmae' is no column: did you mean 'name'?" driver list --columns nmae
wrong "'extra.x' is no column" driver list --columns extra.x
wrong "'runing' is no state: did you mean 'running'?" \
    node list -d dummy --state runing
wrong "'stoped' is no state: did you mean 'stopped'?" \
    node wait 1 -d dummy --state stoped
wrong "a node is in one state: give --state once" \
    node wait 1 -d dummy --state running --state stopped
for duration in "" x -1 0 5x 1e3 "1 s" 99999999999999999999; do
    wrong "is no time limit: write 250ms" \
        node list -d dummy --timeout "$duration"
done
wrong "--tag takes KEY=VALUE, not '=v'" node list -d dummy --tag =v
wrong "--tag takes KEY=VALUE, not 'k'" node create -d dummy --tag k
wrong "--filter takes KEY=VALUE, not 'k'" node list -d dummy --filter k
wrong "--set takes KEY=VALUE, not '=v'" node create -d dummy --set =v

# ---- drivers and their options -------------------------------------------------

wrong "say which driver with -d NAME (" node list
has err " odd, "
wrong "there is no driver 'dumy'" node list -d dumy
says_lines "did you mean 'dummy'?" 1
wrong "'dumy' is no driver: did you mean 'dummy'?" driver show dumy
wrong "-O takes KEY=VALUE or KEY@FILE" node list -d dummy -O creds
wrong "-O takes KEY=VALUE or KEY@FILE" node list -d dummy -O =1
wrong "has no option 'crds'" node list -d dummy -O crds=1
says_lines "did you mean 'creds'?" 1
wrong "option 'creds' is given twice" \
    node list -d dummy -O creds=1 -O creds=2
wrong "latency" node list -d dummy -O latency=soon
wrong "mood" node list -d odd -O mood=merry
wrong "'../odd' is a path" node list -d ../odd

# ---- ids ---------------------------------------------------------------------

newline='
'
wrong "id" node show "a${newline}b" -d dummy
wrong "id" node show "$(printf 'a\377b')" -d dummy
wrong "id" node list --id "a${newline}b" -d dummy
long=$(head -c 100000 /dev/zero | tr '\0' x)
wrong "id" node show "$long" -d dummy
wrong "id" node show "" -d dummy

# ---- nothing is done to nodes without being asked ------------------------------

wrong "add --yes to destroy without asking" node destroy 1 -d dummy

# ---- a hint where help is ------------------------------------------------------

run node lst
has err "see: pileus node --help"
run node list --stat running
has err "see: pileus --help"
run node list -d dummy --size 1
has err "see: pileus node list --help"
run
has err "see: pileus --help"

# ---- the same words, in whatever order -------------------------------------------

run node list -d dummy -o id
ends 0
cp "$scratch/out" "$scratch/first"
for words in "-d dummy node list -o id" "-oid node list -ddummy" \
    "node --driver=dummy list --output=id" "-o id -d dummy -- node list" \
    "node -oid -q list -d dummy"; do
    # shellcheck disable=SC2086 # a list
    run $words
    ends 0
    cmp -s "$scratch/first" "$scratch/out" || show "should be as in any order"
done
run node show -d odd -o id -- -xdash
ends 0
prints <<'END'
-xdash
END
wrong "there is no option '-xdash'" node show -d odd -xdash

finish
