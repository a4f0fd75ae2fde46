#!/bin/sh
# Tags of what is there, given and taken away, on the store.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need jq
PILEUS_DRIVER_PATH="$abs_top_builddir/tests/store/drivers"
export PILEUS_DRIVER_PATH

run node tag web n-2 -d store --tag role=front --tag "note=a b=c" --tag empty= \
    -o json --columns id,tags
ends 0
says_nothing
query . '[{"id":"n-1","tags":{"role":"front","note":"a b=c","empty":""}},{"id":"n-2","tags":{"role":"front","note":"a b=c","empty":""}}]'
run volume tag v-1 -d store --tag a=b -o json
ends 0
query '.extra.tags' '{"a":"b"}'
run node untag n-1 -d store --tag role --tag role-of -o json --columns tags
ends 0
query .tags '{}'

run node tag n-1 -d store
ends 2
has err "needs --tag KEY=VALUE"
run node tag -d store --tag a=b
ends 2
run node tag n-1 -d store --tag a
ends 2
has err "--tag takes KEY=VALUE, not 'a'"
run node tag n-1 -d store --tag =b
ends 2
run node tag n-1 -d store --tag a=1 --tag a=2
ends 2
has err "is given twice"
run node untag n-1 -d store --tag a=1
ends 2
has err "takes the tag's key alone, not 'a=1'"
run node untag n-1 -d store
ends 2
has err "needs --tag KEY"
run node tag n-9 -d store --tag a=b
ends 4
run image tag i-1 -d store --tag a=b
ends 1
has err "does not support 'image'"
for noun in snapshot keypair address; do
    run $noun untag one -d dummy --tag a
    [ "$status" != 0 ] || fail "$noun untag did it"
done
run size tag 1 -d store --tag a=b
ends 2

run node untag --help
ends 0
has out "--tag KEY " "tag to take away"
run node tag --help
has out "--tag KEY=VALUE" "tag to give it"
