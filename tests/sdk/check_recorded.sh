#!/bin/sh
# The drivers of this tree, as the conformance kit sees them over a recording of
# providers that work: those of the suites' own.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"

if [ -n "${SANITIZER_FLAGS-}${COVERAGE_FLAGS-}" ]; then
    skip "the kit is for plain builds"
fi
check=$abs_top_builddir/sdk/check/pileus-driver-check
driver=
mkfifo "$scratch/hold" || exit 99
key='ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAFhEWuWYStDA3dY+EmtERTQHD0SuK6XtA+GKpb7a0jG'

# record DRIVER OPTION...: begin the recording $scratch/DRIVER with what it lists
# and shows. Its server goes on until recorded.
record()
{
    driver=$1
    shift
    : >"$scratch/url"
    "$abs_top_builddir/tests/sdk/served_$driver" <"$scratch/hold" \
        >"$scratch/url" 2>"$scratch/complaints" &
    server=$!
    exec 3>"$scratch/hold"
    until [ -s "$scratch/url" ]; do
        kill -0 "$server" 2>/dev/null || exit 99
        sleep 0.05
    done
    endpoint=$(cat "$scratch/url")
    for noun in node size image location volume snapshot keypair address; do
        look_at "$noun" "$@"
    done
}

# typed_in ARGUMENT...: one command more.
typed_in()
{
    run "$@" -d "$driver" -O "endpoint=$endpoint" --record "$scratch/$driver"
    [ $status = 0 ] || grep -q 'does not support' "$scratch/err" ||
        fail "$driver: $1 $2: $(cat "$scratch/err")"
}

# All of a kind, and the first of it, where the driver has that.
look_at()
{
    look=$1
    shift
    typed_in "$look" list "$@" -o id
    id=$(head -n 1 "$scratch/out")
    case $look in
    node | image | keypair) [ -z "$id" ] || typed_in "$look" show "$id" "$@" ;;
    esac
}

recorded()
{
    exec 3>&-
    wait "$server" || fail "$driver: $(cat "$scratch/complaints")"
}

# graded GROUP OPTION...: the group finds nothing over the recording.
graded()
{
    group=$1
    shift
    "$check" --replay "$scratch/$driver" --only "$group" "$@" \
        "$abs_top_builddir/drivers/$driver.so" >"$scratch/out" 2>&1 ||
        fail "$driver: $group: $(cat "$scratch/out")"
}

# tried CALL...: it was not left out for want of a recording.
tried()
{
    for call; do
        grep -q "tried: $call: [1-9]" "$scratch/out" ||
            fail "$driver: $(grep "$call:" "$scratch/out")"
    done
}

# ---- Hetzner Cloud -------------------------------------------------------------

if [ -x "$abs_top_builddir/tests/sdk/served_hetzner" ]; then
    token=token=a-token-that-nobody-else-may-see
    record hetzner -O $token
    typed_in node create -O $token --name seven --size cx22 --image debian-12
    typed_in volume create -O $token --name seven --size 10 --location fsn1
    typed_in keypair import -O $token --name seven --ssh-key "$key"
    recorded
    graded listings
    graded midway
    tried compute.list_nodes compute.list_sizes compute.list_images \
        compute.list_locations volumes.list_volumes keypairs.list_key_pairs \
        compute.create_node volumes.create_volume keypairs.import_key_pair
fi

# ---- EC2 -----------------------------------------------------------------------

if [ -x "$abs_top_builddir/tests/sdk/served_ec2" ]; then
    set -- -O region=eu-test-1 -O key=AKIDOFOURS -O secret=tell/nobody+this
    record ec2 "$@"
    typed_in node create "$@" --name seven --size t3.micro --image ami-7
    typed_in volume create "$@" --name seven --size 10 --location eu-test-1a
    typed_in keypair import "$@" --name seven --ssh-key "$key"
    typed_in address create "$@"
    recorded
    graded listings -O region=eu-test-1
    graded midway -O region=eu-test-1
    tried compute.list_nodes compute.list_sizes compute.list_images \
        compute.list_locations volumes.list_volumes volumes.list_snapshots \
        keypairs.list_key_pairs addresses.list_addresses compute.create_node \
        volumes.create_volume keypairs.import_key_pair addresses.create_address
fi

# ---- CloudStack ----------------------------------------------------------------

# The server of the kit's own has no path, and CloudStack's endpoint has one that
# is in each recorded request: midway is not tried.

if [ -x "$abs_top_builddir/tests/sdk/served_cloudstack" ]; then
    set -- -O "key=a-key+of/ours=" -O "secret=tell nobody & all"
    record cloudstack "$@"
    recorded
    graded listings -O endpoint=http://127.0.0.1:9/client/api
fi
[ -n "$driver" ] || skip "none of the drivers is built, or cmocka is not there"
finish
