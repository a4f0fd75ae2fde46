#!/bin/sh
# Help of all nouns and verbs, generated from a driver's manifest too; and the
# manual page, which leaves nothing of it out.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"

page=$abs_top_srcdir/cli/pileus.1
verbs="driver-list driver-show node-list node-show node-create node-reboot
    node-start node-stop node-destroy node-pause node-unpause node-suspend
    node-resume node-shelve node-unshelve node-rebuild node-resize node-wait
    node-tag node-untag image-tag image-untag volume-tag volume-untag
    snapshot-tag snapshot-untag keypair-tag keypair-untag address-tag
    address-untag
    size-list image-list
    image-show image-create image-delete location-list volume-list volume-show
    volume-create volume-destroy volume-attach volume-detach snapshot-list
    snapshot-show snapshot-create snapshot-destroy keypair-list keypair-show
    keypair-create keypair-import keypair-delete address-list address-show
    address-create address-delete address-attach address-detach"

# ---- help ----------------------------------------------------------------------

run --help
ends 0
says_nothing
has out "Usage: pileus NOUN VERB" driver node size image location volume \
    snapshot keypair raw "GET HEAD OPTIONS" \
    "list show create reboot start stop destroy"
for noun in driver node size image location volume snapshot keypair address; do
    run $noun --help
    ends 0
    has out "Usage: pileus $noun VERB" list
    run -h $noun
    ends 0
done
for verb in $verbs; do
    # shellcheck disable=SC2086 # noun and verb
    run ${verb%-*} ${verb#*-} --help
    ends 0
    says_nothing
    has out "Usage: pileus ${verb%-*} ${verb#*-}" "-o, --output FORMAT" Options:
    lacks out "Options of the driver"
    # No line is too long for a terminal of the usual width.
    [ "$(awk 'length > 79' "$scratch/out" | wc -l)" -eq 0 ] ||
        show "should fit in 79 columns"
    sed -n 's/^ .*--\([a-z-]*\).*/\1/p' "$scratch/out" >>"$scratch/options"
done

run node console --help
ends 0
has out "Usage: pileus node console ID -d DRIVER" "--lines NUMBER"
lacks out --output --columns
sed -n 's/^ .*--\([a-z-]*\).*/\1/p' "$scratch/out" >>"$scratch/options"

for method in GET HEAD OPTIONS POST PUT PATCH DELETE; do
    run raw $method --help
    ends 0
    has out "Usage: pileus raw $method PATH -d DRIVER" "-H, --header LINE"
    lacks out --output --columns
    sed -n 's/^ .*--\([a-z-]*\).*/\1/p' "$scratch/out" >>"$scratch/options"
done

# A verb's help says what it takes, and only that.
run node create --help
has out --size --user-data "name to give it"
lacks out --filter --yes
run volume create --help
has out "--size GB" "its size in GB"
run image create --help
has out "node to make it of" "--description TEXT"
run snapshot list --help
has out "only those of this volume"
run raw POST --help
has out --data --idempotent
run raw GET --help
lacks out --data --idempotent
run volume show --help
has out "Each volume is named by its id, or by its name"
run keypair show --help
has out "pileus keypair show NAME"
lacks out "by its id"
run node list --help
has out --filter "only those of this name"
lacks out --size

# With a driver, the options of its manifest.
run node list -d odd --help
ends 0
has out "Options of the driver odd, for -O KEY=VALUE:" \
    "how it behaves (one of calm, angry" "default: calm" \
    "what must not be seen (string); secret; environment:" \
    "ODD_KEY, ODD_SECRET" \
    "whether to hurry (boolean)"
run node list --help -d nosuch
ends 2
has err "there is no driver 'nosuch'"
run driver show odd
ends 0
has out "Options of the driver odd" "compute.list_nodes compute.list_sizes"
run driver show odd --columns name,abi
ends 0
lacks out "Options of the driver"

run --version
ends 0
has out "pileus "
[ "$(wc -l <"$scratch/out")" -eq 1 ] || show "should print one line"

# ---- the manual page -------------------------------------------------------------

# documented WORDS: the page has them, with or without a macro between.
documented()
{
    ran="pileus.1"
    tr '\n' ' ' <"$page" | grep -qE -e "$1" || fail "pileus.1 lacks $1"
}

for verb in $verbs; do
    documented "(Cm|Nm pileus) ${verb%-*} ${verb#*-}"
done
documented "Cm node console"
documented "Cm raw Ar method path"
sort -u "$scratch/options" >"$scratch/all-options"
while read -r option; do
    documented "Fl Fl $option( |\$)"
done <"$scratch/all-options"
for word in table json jsonl csv id saved; do
    documented "\\.It Cm $word "
done
for code in 0 1 2 3 4 5 124; do
    documented "\\.It $code "
done
for name in PILEUS_DRIVER_PATH PILEUS_PROFILES XDG_CONFIG_HOME XDG_DATA_HOME \
    HOME NO_COLOR TERM COLUMNS LC_CTYPE; do
    documented "\\.It Ev $name "
done
for key in id name state public_ips private_ips driver connection size image \
    created_at uuid extra ram disk bandwidth price vcpus country title version \
    type abi threads website module manifest options calls node volume \
    fingerprint public_key; do
    documented "Li $key( |\$)"
done
if command -v mandoc >/dev/null; then
    mandoc -T lint -W warning "$page" >"$scratch/out" 2>&1 ||
        { cat "$scratch/out"; fail "mandoc complains of pileus.1"; }
fi

finish
