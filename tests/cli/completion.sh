#!/bin/sh
# Completion: what the command offers, and what each shell makes of it.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need_driver dummy

completions=$abs_top_srcdir/cli/completions

# offers CANDIDATES WORD...: the words to complete, and what is offered, without
# the words about it.
offers()
{
    wanted=$1
    shift
    run __complete "$@"
    ends 0
    says_nothing
    got=$(cut -f 1 "$scratch/out" | tr '\n' ' ')
    [ "$got" = "$wanted" ] || show "should offer '$wanted', not '$got'"
}

# ---- the command -----------------------------------------------------------------

offers "driver node size image location volume snapshot keypair address raw "
offers "driver node size image location volume snapshot keypair address raw " ""
offers "node " no
offers "list show create reboot start stop destroy pause unpause suspend resume shelve unshelve rebuild resize console wait tag untag " node ""
offers "start stop " node st
offers "resume resize " node res
offers "" nosuch ""
offers "" node nosuch ""
offers "--columns " node list --col
offers "--size --ssh-key --snapshot --state --set --soft --saved " --s
offers "--size --ssh-key --set " node create --s
offers "" node list --size=
offers "--help " driver list --h
run __complete node list --name
has out "only those of this name"
offers "dummy " node list -d du
offers "--driver=dummy " node list --driver=du
offers "odd " driver show od
offers "table json jsonl csv id saved " node list -o ""
offers "--output=json --output=jsonl " node list --output=js
offers "running rebooting reconfiguring " node list --state r
offers "id,state " node list --columns id,st
offers "--columns=id,vcpus " size list --columns=id,vc
offers "" node list --timeout ""

# A driver's options, from its manifest.
offers "mood= key= file= fast= " node list -d odd -O ""
offers "mood=angry " node list -d odd -O mood=an
offers "--option=mood=angry " node list -d odd --option=mood=an
offers "fast=true fast=false " node list -d odd -O fast=
offers "" node list -d odd -O key=
offers "files file= " node list -d odd -O file=/etc
offers "files key@ " node list -d odd -O key@/etc
offers "" node list -O mo
offers "" node list -d nosuch -O mo
run __complete node list -d odd -O ke
has out "key=	what must not be seen"

# Ids and names, by really asking, with the options that stand there.
offers "1 dummy-1 2 dummy-2 " node show -d dummy ""
offers "dummy-1 dummy-2 " node stop -d dummy d
offers "dummy-0 dummy-1 dummy-2 " -d dummy -O creds=3 node stop 1 dummy
offers "1 2 " node list -d dummy --id ""
offers "dummy-1 dummy-2 " node list -d dummy --name ""
offers "" node create -d dummy --name ""
offers "1 2 3 4 " node create -d dummy --size ""
offers "1 2 3 " node create -d dummy --image ""
offers "--location=1 --location=2 --location=3 " node create -d dummy --location=
offers "1 2 3 " image list -d dummy --id ""
offers "" node show 1 -d dummy ""
offers "" node show ""
offers "" node show -d dummy -O crds=1 ""
offers "--yes " node destroy -d dummy --y
offers "-xdash " node show -d odd -- -x
for option in "node create --user-data" "keypair create --private-key-file"; do
    # shellcheck disable=SC2086 # words
    run __complete $option ""
    ends 0
    has out "files "
done

run __complete raw PUT --data "@a"
ends 0
has out "files @"
offers "" raw PUT --data "a"
offers "--data " raw PUT --da
offers "" raw GET --da
offers "POST PUT PATCH " raw P
offers "" raw GET ""

# Objects of all kinds, where options and operands name them.
offers "v-1 data v-2 root v-3 root " volume destroy -d store ""
offers "laptop " keypair delete -d store ""
offers "i-1 golden " image show -d store ""
offers "n-1 n-2 " volume attach v-1 -d store --node ""
offers "v-1 v-2 v-3 " snapshot list -d store --volume ""
offers "s-1 s-2 " volume create -d store --snapshot ""
offers "" volume create -d store --size ""
offers "laptop " node create -d store --key-name ""
offers "data root root " volume list -d store --name ""
offers "available attaching " volume list --state a
offers "running rebooting reconfiguring " node list --state r
offers "--node " volume attach --no
# What would drive the terminal is not offered; what is said of it is shown as
# it is not.
run __complete node show -d odd ""
lacks out "$(printf '\033')" "$(printf '\302\233')" "$(printf '\342\200\256')"
has out "escape	red\\x1b[31m" "bidi	a\\u{202e}b\\x9bc" "it's \$HOME	running" \
    "two words	it's \$HOME"
# Nothing is asked, and it gives up soon.
begun=$(date +%s)
offers "" node show -d odd -O mood=stuck ""
[ $(($(date +%s) - begun)) -lt 5 ] || fail "completion takes too long"
offers "" node show -d odd -O key@- -O mood=empty ""

# ---- the shells --------------------------------------------------------------------

PATH=$scratch/bin:$PATH
mkdir "$scratch/bin"
cat >"$scratch/bin/pileus" <<END
#!/bin/sh
exec "$pileus" "\$@"
END
chmod +x "$scratch/bin/pileus"
echo text >"$scratch/file-1"
cd "$scratch" || exit 99

# check SHELL WANTED: compare what a shell made of it, in the file out.
check()
{
    ran="completion in $1"
    status=0
    : >"$scratch/err"
    prints
}

if command -v bash >/dev/null; then
    cat >"$scratch/try.bash" <<'END'
. "$1/pileus.bash"
# try LINE WORD...: LINE as typed, the words as bash takes it apart.
try()
{
    COMP_LINE=$1
    COMP_POINT=${#COMP_LINE}
    shift
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    _pileus "$1"
    printf '%s:' "$COMP_LINE"
    printf ' %s' "${COMPREPLY[@]}"
    echo
}
complete -p pileus
try 'pileus n' pileus n
try 'pileus node st' pileus node st
try 'pileus node show -d dummy ' pileus node show -d dummy ''
try 'pileus node list -d dum' pileus node list -d dum
try 'pileus node list -d odd -O mo' pileus node list -d odd -O mo
try 'pileus node list -d odd -O mood=' pileus node list -d odd -O mood =
try 'pileus node list -d odd -O mood=an' pileus node list -d odd -O mood = an
try 'pileus node show -d dummy -O creds=3 d' \
    pileus node show -d dummy -O creds = 3 d
try 'pileus node show -d odd "tw' pileus node show -d odd '"tw'
try 'pileus node show -d odd two\ ' pileus node show -d odd 'two\ '
try 'pileus node list --output=js' pileus node list --output = js
try 'pileus node list --columns id,st' pileus node list --columns id,st
try 'pileus node create --user-data fi' pileus node create --user-data fi
try 'pileus node list -d odd -O key@fi' pileus node list -d odd -O key @ fi
try 'pileus node list -d odd -O file=fi' pileus node list -d odd -O file = fi
END
    bash --norc "$scratch/try.bash" "$completions" >"$scratch/out" 2>&1
    check bash <<'END'
complete -F _pileus pileus
pileus n: node
pileus node st: start stop
pileus node show -d dummy : 1 dummy-1 2 dummy-2
pileus node list -d dum: dummy
pileus node list -d odd -O mo: mood=
pileus node list -d odd -O mood=: calm angry shut stuck lost empty half
pileus node list -d odd -O mood=an: angry
pileus node show -d dummy -O creds=3 d: dummy-0 dummy-1 dummy-2
pileus node show -d odd "tw: twin twin two\ words
pileus node show -d odd two\ : two\ words
pileus node list --output=js: json jsonl
pileus node list --columns id,st: id,state
pileus node create --user-data fi: file-1
pileus node list -d odd -O key@fi: file-1
pileus node list -d odd -O file=fi: file-1
END
else
    echo "left out: bash is not installed"
fi

if command -v zsh >/dev/null; then
    cat >"$scratch/try.zsh" <<'END'
zmodload zsh/zpty || exit 1
offered=$2
: >$offered
zpty shell "PS1='> ' zsh -f -i"
# What is offered goes to a file, not only on the screen.
zpty -w shell "fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D
compadd() {
    local -a these
    builtin compadd -O these \"\$@\"
    [[ -n \$these ]] && print -r -- \"\$these\" >>$offered
    builtin compadd \"\$@\"
}
echo rea''dy"
zpty -r -m shell seen '*ready*'
try()
{
    integer lines tries=0
    print -r -- "$1:" >>$offered
    lines=$(wc -l <$offered)
    zpty -w -n shell "$1"$'\t'
    while (( tries++ < 200 && $(wc -l <$offered) == lines )); do
        sleep 0.1
    done
    zpty -w -n shell $'\x15'
    sleep 0.2
    zpty -r -t shell seen
}
try 'pileus n'
try 'pileus node st'
try 'pileus node show -d dummy '
try 'pileus node list -d dum'
try 'pileus node list -d odd -O mo'
try 'pileus node list -d odd -O mood=a'
try 'pileus node list --output=js'
try 'pileus node show -d dummy d'
try 'pileus node show -d odd two\ '
try 'pileus node create --user-data file'
try 'pileus node list -d odd -O key@file'
zpty -d shell
END
    zsh -f "$scratch/try.zsh" "$completions" "$scratch/zsh" \
        >"$scratch/zsh.log" 2>&1
    uniq "$scratch/zsh" >"$scratch/out" # files are looked for several times
    check zsh <<'END'
pileus n:
node
pileus node st:
start stop
pileus node show -d dummy :
1 dummy-1 2 dummy-2
pileus node list -d dum:
dummy
pileus node list -d odd -O mo:
mood=
pileus node list -d odd -O mood=a:
mood=angry
pileus node list --output=js:
--output=json --output=jsonl
pileus node show -d dummy d:
dummy-1 dummy-2
pileus node show -d odd two\ :
two words
pileus node create --user-data file:
file-1
pileus node list -d odd -O key@file:
file-1
END
else
    echo "left out: zsh is not installed"
fi

if command -v fish >/dev/null; then
    cat >"$scratch/try.fish" <<'END'
source $argv[1]/pileus.fish
for line in 'pileus n' 'pileus node st' 'pileus image list -d dummy --id ' \
        'pileus node list -d dum' 'pileus node list -d odd -O mo' \
        'pileus node list -d odd -O mood=an' \
        'pileus node list --output=js' 'pileus node show -d dummy d' \
        'pileus node show -d odd two\\ ' 'pileus node create --user-data file' \
        'pileus node list -d odd -O key@file'
    complete -C $line
end
END
    fish --no-config "$scratch/try.fish" "$completions" >"$scratch/out" 2>&1
    tab=$(printf '\t')
    check fish <<END
node${tab}machines
start${tab}Start nodes that are stopped.
stop${tab}Stop nodes; they can be started again.
1${tab}Ubuntu 9.10
2${tab}Ubuntu 9.04
3${tab}Slackware 4
dummy${tab}Dummy Node Provider
mood=${tab}how it behaves
mood=angry
--output=json
--output=jsonl
dummy-1${tab}running
dummy-2${tab}running
two words${tab}it's \$HOME
file-1
key@file-1
END
else
    echo "left out: fish is not installed"
fi

finish
