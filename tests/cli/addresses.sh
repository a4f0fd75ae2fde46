#!/bin/sh
# Addresses, in every format, on the store.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need jq
PILEUS_DRIVER_PATH=$store_drivers
export PILEUS_DRIVER_PATH

run address list -d store
ends 0
says_nothing
prints <<'END'
ID   IP         POOL    NODE
a-1  192.0.2.1  public  -
a-2  192.0.2.2  -       n-1
END
run address list -d store -o json
ends 0
query '.[1] | keys_unsorted' '["id","ip","pool","node","driver","connection","extra"]'
query '.[1]' '{"id":"a-2","ip":"192.0.2.2","pool":null,"node":"n-1","driver":"store","connection":"store","extra":{}}'
run address list -d store -o csv
ends 0
prints <<'END'
id,ip,pool,node,driver,connection,extra
a-1,192.0.2.1,public,,store,store,{}
a-2,192.0.2.2,,n-1,store,store,{}
END
run address list -d store -o id --name front
prints <<'END'
a-2
END
run address show 192.0.2.1 -d store -o id
ends 0
prints <<'END'
a-1
END

run address create -d store --pool public -o json
ends 0
query '[.id, .ip, .pool]' '["a-new-1","192.0.2.101","public"]'
run address create -d store --pool moon
ends 4
has err "there is no pool 'moon'"
run address create -d store -O act=fail
ends 1
has err "made address a-new-1"
run address attach a-1 -d store --node web -o json
ends 0
query .node '"n-1"'
run address attach a-1 -d store
ends 2
has err "needs --node ID"
run address detach a-2 -d store -o json
ends 0
query .node null
run address detach a-1 -d store
ends 1
has err "it leads nowhere"
run address delete a-1 -d store
ends 2
has err "add --yes to delete"
run address delete a-1 a-2 -d store --yes -o id
ends 0
prints <<'END'
a-1
a-2
END
run address delete a-9 -d store --yes
ends 4
run address list -d dummy
ends 2

finish
