#!/bin/sh
# The command at Hetzner Cloud, whose answers here are after its documentation,
# and what pileus(1) itself shows, as a new user types it from the manual pages.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/peer/lib.sh
. "${abs_top_srcdir:?}/tests/peer/lib.sh"
need_driver hetzner
need_driver dummy

mkdir "$scratch/.ssh"
echo "$key me@example" >"$scratch/.ssh/id_ed25519.pub"

# server ID NAME STATUS LABELS
server()
{
    jq -nc --argjson id "$1" --arg name "$2" --arg status "$3" \
        --argjson labels "$4" '{id: $id, name: $name, status: $status,
        labels: $labels, created: "2026-01-02T03:04:05+00:00", locked: false,
        public_net: {ipv4: {ip: "192.0.2.1"}, ipv6: {ip: "2001:db8::/64"}},
        private_net: [], server_type: {name: "cx22"}, image: {id: 114690387},
        location: {name: "fsn1"}}'
}
# page KEY OBJECTS: the only page of a listing.
page()
{
    jq -nc --arg key "$1" --argjson objects "$2" \
        '{($key): $objects, meta: {pagination: {page: 1, per_page: 50,
          previous_page: null, next_page: null, last_page: 1,
          total_entries: ($objects | length)}}}'
}
action='{"action": {"id": 1, "command": "shutdown_server", "status": "success", "error": null}}'
missing='{"error": {"code": "not_found", "message": "server not found", "details": {}}}'
web=$(server 42 web-1 running '{"env": "prod"}')
old=$(server 43 old-1 off '{"env": "test"}')
exchange GET /v1/ssh_keys "{\"fingerprint\": \"$key_fingerprint\"}" 200 \
    "$(page ssh_keys '[]')"
exchange POST /v1/ssh_keys '{}' 201 \
    '{"ssh_key": {"id": 7, "name": "pileus", "fingerprint": "", "public_key": ""}}'
exchange GET /v1/servers '{"name": "web-1"}' 200 "$(page servers '[]')"
exchange POST /v1/servers '{}' 201 "$(jq -nc --argjson server "$web" \
    '{server: $server, action: {id: 1, status: "running"}, next_actions: [],
      root_password: null}')"
exchange GET /v1/servers/42 '{}' 200 "{\"server\": $web}"
exchange GET /v1/servers/43 '{}' 200 "{\"server\": $old}"
exchange GET /v1/servers/44 '{}' 404 "$missing"
exchange GET /v1/servers '{"name": "44"}' 200 "$(page servers '[]')"
exchange GET /v1/actions/1 '{}' 200 "$action"
exchange GET /v1/servers '{}' 200 "$(page servers "[$web, $old]")"
exchange GET /v1/servers '{"label_selector": "env==test"}' 200 \
    "$(page servers "[$old]")"
exchange POST /v1/servers/43/actions/shutdown '{}' 201 "$action"
exchange POST /v1/servers/43/actions/poweroff '{}' 201 "$action"
exchange POST /v1/servers/42/actions/reboot '{}' 201 "$action"
exchange DELETE /v1/servers/43 '{}' 200 "$action"
replay hetzner per_page,page,sort

HCLOUD_ENDPOINT=$url/v1
export HCLOUD_ENDPOINT
unset HCLOUD_TOKEN

# ---- pileus-hetzner(7) ------------------------------------------------------------

run node list -d hetzner
ends 2
has err token HCLOUD_TOKEN
example plugins/hetzner/pileus-hetzner.7 1
type_in "$(cat "$scratch/example")"
ends 0
says_nothing
has out 42 web-1 running 192.0.2.1 2001:db8::1

HCLOUD_TOKEN=t
export HCLOUD_TOKEN
every_format id node list -d hetzner
taken_up 42 -d hetzner
run node show 44 -d hetzner
ends 4
has err 44
run node destroy 43 -d hetzner --yes
ends 0

# ---- pileus(1) --------------------------------------------------------------------

mkdir -p "$XDG_CONFIG_HOME/pileus"
cat >"$XDG_CONFIG_HOME/pileus/profiles.json" <<'END'
{
  "home": {"driver": "hetzner"},
  "trial": {"driver": "dummy", "options": {"creds": 5}}
}
END

example cli/pileus.1 1
type_in "$(typed)"
ends 0
printed | prints

# Stop whatever is tagged so.
example cli/pileus.1 3
type_in "$(typed)"
ends 0
has out 43 stopped
lacks out 42

# A fleet, as CSV: nothing is in error.
example cli/pileus.1 4
type_in "$(typed)"
ends 0
prints <<'END'
connection,id,name
END
type_in "$(typed | sed 's/--state error/--state running/')"
ends 0
has out home,42,web-1 trial,1,dummy-1 trial,4,dummy-4

# A secret through standard input: pass(1) is whatever prints one.
printf '#!/bin/sh\necho t\n' >"$scratch/bin/pass"
chmod 755 "$scratch/bin/pass"
unset HCLOUD_TOKEN
example cli/pileus.1 5
type_in "$(typed | sed 's/acme/hetzner/')"
ends 0
has out web-1 old-1

# pileus(1)'s profiles are as the file has to be.
awk '/^\.It Pa .*profiles.json/ { inside = 1 }
    /^\.Ed/ { inside = shown = 0 }
    shown { print }
    inside && /^\.Bd/ { shown = 1 }' "$abs_top_srcdir/cli/pileus.1" \
    >"$XDG_CONFIG_HOME/pileus/profiles.json"
run node list -p trial -o id
ends 0
[ "$(wc -l <"$scratch/out")" = 4 ] || show "should list five nodes"
has err "'dummy-0' has no id"

if [ -s "$scratch/hetzner.unmatched" ]; then
    fail "requests without an answer"
    sed 's/^/  /' "$scratch/hetzner.unmatched"
fi
finish
