#!/bin/sh
# Listings that outlive the process: -o saved, and --saved.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need jq
need_driver dummy

saved=$scratch/nodes.saved

# ---- a node, in another process ------------------------------------------------

# ready: the dummy's nodes in a file, on which nobody works.
taken_up 1 -d dummy -O "state=$scratch/state" -O creds=2
run node show 1 -d dummy -O "state=$scratch/state" -O creds=2 -o json
ends 0
query .state '"rebooting"'
if [ -e "$abs_top_builddir/drivers/libvirt.json" ]; then
    taken_up 6695eb01-f6a4-8304-79aa-97f2502e193f -d libvirt \
        -O uri=test:///default
fi
for noun in size image location volume snapshot keypair address; do
    run "$noun" list -d store -o saved
    [ "$status" = 0 ] || continue # it has no such listing of its own
    [ "$(wc -l <"$scratch/out")" -ge 1 ] || show "should print a line each"
    jq -c '[.pileus, .driver]' <"$scratch/out" | sort -u >"$scratch/heads"
    [ "$(cat "$scratch/heads")" = '[1,"store"]' ] || show "should be of the store"
done

# ---- which, and of what ----------------------------------------------------------

run node list -d store -o saved
ends 0
cp "$scratch/out" "$saved"
run volume list -d store -o saved
ends 0
cat "$scratch/out" >>"$saved"
run volume show data --saved "$saved" -d store -o json
ends 0
query .id '"v-1"'
run volume destroy v-1 --yes --saved "$saved" -d store -o id
ends 0
run volume show root --saved "$saved" -d store
ends 2
has err "2 volumes that were saved are 'root': say which by id"
run volume show v-9 --saved "$saved" -d store
ends 4
has err "no volume that was saved has the id or name 'v-9'"
ran="pileus volume show v-2 --saved - -d store"
run_with_input volume show v-2 --saved - -d store -o id <"$saved"
ends 0
prints <<'END'
v-2
END

# ---- who says no -----------------------------------------------------------------

run node show 1 --saved "$saved" -d dummy
ends 2
has err "line 1 was saved of driver store" "driver dummy"
echo '{}' >"$scratch/odd.saved"
run node show 1 --saved "$scratch/odd.saved" -d dummy
ends 2
has err odd.saved "line 1 of what was saved is no saved object"
run node show 1 --saved "$scratch/none.saved" -d dummy
ends 2
has err none.saved
run driver list -o saved
ends 2
prints_nothing
has err "a driver is no object of a provider, and cannot be saved"
finish
