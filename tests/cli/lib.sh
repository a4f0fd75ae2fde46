# What the shell tests of the command have in common: sourced, not run.
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
set -u

failures=0
first=
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
trap 'exit 99' HUP INT TERM

# The drivers of this build, and those of the tests: odd, and the store.
# tests/abi has another command and another store.
pileus=${PILEUS_COMMAND:-${abs_top_builddir:?}/tests/cli/pileus}
store_drivers=${STORE_DRIVERS:-$abs_top_builddir/tests/store/drivers}
PILEUS_DRIVER_PATH=$abs_top_builddir/drivers:$abs_top_builddir/tests/cli/drivers:$store_drivers
HOME=$scratch
XDG_DATA_HOME=$scratch/data
XDG_CONFIG_HOME=$scratch/config
export PILEUS_DRIVER_PATH HOME XDG_DATA_HOME XDG_CONFIG_HOME
unset PILEUS_PROFILES NO_COLOR COLUMNS ODD_KEY ODD_SECRET

fail()
{
    echo "FAILED: $*"
    failures=$((failures + 1))
    first=${first:-$*}
}

skip()
{
    echo "skipped: $*"
    exit 77
}

# need PROGRAM...: without them the test is skipped.
need()
{
    for program; do
        command -v "$program" >/dev/null || skip "$program is not installed"
    done
}

need_driver()
{
    [ -e "$abs_top_builddir/drivers/$1.json" ] ||
        "$pileus" driver show "$1" >/dev/null 2>&1 ||
        skip "the driver $1 is not built"
}

# run ARGUMENT...: the command, what it says in the files out and err, and its
# exit code in status.
run()
{
    ran="pileus $*"
    status=0
    "$pileus" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null || status=$?
}

# taken_up NODE ARGUMENT...: a listing is saved, and a process that knows
# nothing else shows and reboots a node of it. What a clock drives is not
# compared: it went on between the listings.
taken_up()
{
    wanted=$1
    shift
    run node list "$@" -o saved
    ends 0
    cp "$scratch/out" "$scratch/nodes.saved"
    run node list "$@" -o json
    ends 0
    jq -cS --arg id "$wanted" '.[] | select(.id == $id) |
        del(.extra.used_cpu_time)' <"$scratch/out" \
        >"$scratch/listed"
    run node show "$wanted" --saved "$scratch/nodes.saved" "$@" -o json
    ends 0
    jq -cS 'del(.extra.used_cpu_time)' <"$scratch/out" | cmp -s - "$scratch/listed" ||
        show "should be as it was listed: $(cat "$scratch/listed")"
    run node reboot "$wanted" --saved "$scratch/nodes.saved" "$@" -o json
    ends 0
    query .id "\"$wanted\""
}

# The same with standard input as it is here.
run_with_input()
{
    ran="pileus $*"
    status=0
    "$pileus" "$@" >"$scratch/out" 2>"$scratch/err" || status=$?
}

# until_true COMMAND...: wait until it succeeds, or for long enough to be sure that it
# never will.
until_true()
{
    patience=600
    until "$@" || [ $patience = 0 ]; do
        patience=$((patience - 1))
        sleep 0.05
    done
}

show()
{
    fail "$ran: $*"
    echo "  exit code $status; standard output and error:"
    head -n 20 "$scratch/out" | sed 's/^/  | /' | cat -v
    head -n 20 "$scratch/err" | sed 's/^/  ! /' | cat -v
}

# ends CODE: it ended with this exit code.
ends()
{
    [ "$status" = "$1" ] || show "should end with $1"
}

# prints: standard output is exactly standard input here.
prints()
{
    cat >"$scratch/expected"
    cmp -s "$scratch/expected" "$scratch/out" || {
        show "should print what < has"
        diff "$scratch/expected" "$scratch/out" | sed 's/^/  /' | cat -v
    }
}

prints_nothing()
{
    [ ! -s "$scratch/out" ] || show "should print nothing"
}

# has FILE TEXT...: each text is in the file out or err.
has()
{
    file=$1
    shift
    for text; do
        grep -qF -e "$text" "$scratch/$file" ||
            show "should have '$text' in $file"
    done
}

lacks()
{
    file=$1
    shift
    for text; do
        ! grep -qF -e "$text" "$scratch/$file" ||
            show "should not have '$text' in $file"
    done
}

says_nothing()
{
    [ ! -s "$scratch/err" ] || show "should be silent on standard error"
}

# says_once PATTERN COUNT: lines of standard error that match.
says_lines()
{
    [ "$(grep -c -e "$1" "$scratch/err")" = "$2" ] ||
        show "should say '$1' in $2 lines"
}

# query FILTER VALUE: what jq makes of standard output.
query()
{
    got=$(jq -c "$1" <"$scratch/out" 2>&1) || got="no JSON: $got"
    [ "$got" = "$2" ] || show "jq '$1' gives $got instead of $2"
}

# on_terminal COLUMNS COMMAND [KEYS]: a shell command on a terminal of that
# width, with keys typed. What it shows is in the file raw; in out it is without
# carriage returns.
on_terminal()
{
    ran="on a terminal: $2"
    status=0
    printf '%b' "${3-}" | script -qec "stty cols $1 rows 24; $2" \
        "$scratch/typescript" >"$scratch/raw" 2>&1 || status=$?
    tr -d '\r' <"$scratch/raw" >"$scratch/out"
    : >"$scratch/err"
}

need_terminal()
{
    script -qec true "$scratch/typescript" >/dev/null 2>&1 </dev/null ||
        skip "script(1) of util-linux is not installed"
}

finish()
{
    if [ "$failures" -gt 0 ]; then
        echo "failed: $failures checks, the first one: $first"
        exit 1
    fi
    echo "ok"
    exit 0
}
