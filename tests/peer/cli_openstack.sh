#!/bin/sh
# The command at an OpenStack, whose answers here are after its documentation, as
# a new user types it from the manual page, file of clouds and all.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/peer/lib.sh
. "${abs_top_srcdir:?}/tests/peer/lib.sh"
need_driver openstack

page=plugins/openstack/pileus-openstack.7
id=9e5476bd-a4ec-4653-93d6-72c93aa682ba
image=70a599e0-31e7-49b7-b260-868f441e862b

# server STATUS
server()
{
    jq -nc --arg id "$id" --arg image "$image" --arg status "$1" \
        '{id: $id, name: "web", status: $status, metadata: {},
        created: "2026-01-02T03:04:05Z", image: {id: $image},
        flavor: {id: "2"}, "OS-EXT-STS:task_state": null,
        addresses: {lan: [{version: 4, addr: "192.0.2.1"}]}}'
}
log_in()
{
    jq -nc '{token: {issued_at: "2026-01-02T03:04:05Z",
        expires_at: "2026-01-02T04:04:05Z", catalog: []}}' >"$scratch/token"
    jq -nc --rawfile body "$scratch/token" '{op: "ours", scenario: "main",
        request: {method: "POST", host: "-", path: "/v3/auth/tokens",
        query: {}, headers: {}, body: null}, response: {status: 201,
        headers: {"X-Subject-Token": "a-token"}, body: $body}}' \
        >>"$scratch/exchanges"
}
# named SERVERS: the listing of that name.
named()
{
    exchange GET /v2.1/servers/detail '{"name": "^web$"}' 200 "{\"servers\": [$1]}"
}
log_in
exchange GET /v2.1/flavors/detail '{}' 200 \
    '{"flavors": [{"id": "2", "name": "m1.small", "ram": 2048, "disk": 20, "vcpus": 1}]}'
exchange GET /v2/images '{}' 200 \
    "{\"images\": [{\"id\": \"$image\", \"name\": \"debian-13\", \"status\": \"active\"}]}"
named ""
exchange POST /v2.1/servers '{}' 202 "{\"server\": {\"id\": \"$id\"}}"
exchange GET "/v2.1/servers/$id" '{}' 200 "{\"server\": $(server BUILD)}"
exchange GET "/v2.1/servers/$id" '{}' 200 "{\"server\": $(server ACTIVE)}"
exchange GET /v2.1/servers/web '{}' 404 \
    '{"itemNotFound": {"code": 404, "message": "Instance web could not be found."}}'
named "$(server ACTIVE)"
exchange GET /v2.1/servers/detail '{}' 200 "{\"servers\": [$(server ACTIVE)]}"
exchange POST "/v2.1/servers/$id/action" '{}' 202 ''
exchange DELETE "/v2.1/servers/$id" '{}' 204 ''
replay openstack-own limit
unset OS_CLOUD OS_AUTH_URL OS_CLIENT_CONFIG_FILE OS_CLIENT_SECURE_FILE
# The recorded catalogue cannot know the port.
OS_COMPUTE_ENDPOINT_OVERRIDE=$url
OS_IMAGE_ENDPOINT_OVERRIDE=$url
HOME=$scratch/home
export OS_COMPUTE_ENDPOINT_OVERRIDE OS_IMAGE_ENDPOINT_OVERRIDE HOME

run node list -d openstack
ends 2
has err OS_AUTH_URL clouds.yaml

mkdir -p "$HOME/.config/openstack"
example "$page" 1
sed "s|https://keystone.example.com|$url|" "$scratch/example" \
    >"$HOME/.config/openstack/clouds.yaml"
chmod 600 "$HOME/.config/openstack/clouds.yaml"

example "$page" 2
typed >"$scratch/walk"
[ "$(grep -c '^pileus ' "$scratch/walk")" = 4 ] || fail "the walk has not four commands"
# command NUMBER: of the walk, with the lines that it goes on.
command_of()
{
    awk -v number="$1" '/^pileus / { count++ } count == number' "$scratch/walk"
}
type_in "$(command_of 1)"
ends 0
has out 2 m1.small 2048
type_in "$(command_of 2)"
ends 0
has out "$image" debian-13
type_in "$(command_of 3)"
ends 0
has out "$id" web running 192.0.2.1
taken_up "$id" -d openstack
type_in "$(command_of 4)"
ends 0

if [ -s "$scratch/openstack-own.unmatched" ]; then
    fail "requests without an answer"
    sed 's/^/  /' "$scratch/openstack-own.unmatched"
fi
finish
