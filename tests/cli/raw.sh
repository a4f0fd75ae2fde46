#!/bin/sh
# Requests of one's own: what goes out, what is printed, how it ends.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"

need_driver digitalocean
echo=${abs_top_builddir:?}/tests/cli/echo
[ -x "$echo" ] || skip "the server is not built, for there is no cmocka"

# The server ends with its standard input: the pipe that this shell holds.
mkfifo "$scratch/hold" || skip "there are no pipes with a name here"
"$echo" <"$scratch/hold" >"$scratch/url" &
exec 9>"$scratch/hold"
until_true test -s "$scratch/url"
url=$(cat "$scratch/url")
DIGITALOCEAN_API_URL=$url
DIGITALOCEAN_TOKEN=not-to-be-seen
export DIGITALOCEAN_API_URL DIGITALOCEAN_TOKEN
unset DIGITALOCEAN_ACCESS_TOKEN

# ---- what goes out, and what is printed --------------------------------------

run raw GET /v2/account -d digitalocean --query a=b --query "c=d & e=" \
    -H "X-Test: yes" -H accept:text/plain
ends 0
says_nothing
prints <<'END'
GET /v2/account?a=b&c=d%20%26%20e%3D
Authorization: Bearer not-to-be-seen
Accept: text/plain
X-Test: yes

END

run raw POST "$url/v2/tags?x=y" -d digitalocean --data '{"name": "a"}'
ends 0
has out "POST /v2/tags?x=y" "Content-Type: application/json" '{"name": "a"}'

printf 'from a file\n' >"$scratch/body"
run raw PUT /x -d digitalocean --data "@$scratch/body" -H "Content-Type: a/b"
ends 0
has out "PUT /x" "Content-Type: a/b" "from a file"

printf 'from here' >"$scratch/body"
run_with_input raw PATCH /x -d digitalocean --data @- --idempotent \
    <"$scratch/body"
ends 0
has out "PATCH /x" "from here"

for method in DELETE OPTIONS; do
    run raw $method /x -d digitalocean
    ends 0
    has out "$method /x"
done
run raw HEAD /x -d digitalocean
ends 0
prints_nothing

# As it is, whatever that is.
run raw GET /binary -d digitalocean
ends 0
printf 'a\0\377\n\033' >"$scratch/expected"
cmp -s "$scratch/expected" "$scratch/out" || show "should print it as it is"

# Traced, recorded and replayed as any other request.
run raw GET /v2/account -d digitalocean --trace --record "$scratch/kept"
ends 0
has err "curl " "/v2/account" 200
lacks err not-to-be-seen
if grep -rq not-to-be-seen "$scratch/kept"; then
    show "should keep no secret"
fi
run raw GET /v2/account -d digitalocean --replay "$scratch/kept"
ends 0
has out "GET /v2/account"

# ---- how it ends ---------------------------------------------------------------

for pair in 400:2 401:5 403:1 404:4 409:1 501:1; do
    run raw GET "/status/${pair%:*}" -d digitalocean
    ends "${pair#*:}"
    prints <<'END'
{"id": "it_failed", "message": "as told"}
END
    has err "was answered with ${pair%:*}" "provider's code: it_failed" \
        "provider's status: ${pair%:*}"
    lacks err not-to-be-seen
done
run raw POST /slow -d digitalocean --timeout 3s
ends 124
prints_nothing
has err "it may have happened all the same"

# ---- what is not sent ----------------------------------------------------------

# refused TEXT ARGUMENT...: with exit code 2 and that on standard error.
refused()
{
    text=$1
    shift
    run "$@"
    ends 2
    prints_nothing
    has err "$text"
}

refused "at no endpoint of this connection" \
    raw GET https://example.com/ -d digitalocean
refused "say what to send: pileus raw METHOD PATH" raw -d digitalocean
refused "say which path: pileus raw GET PATH" raw GET -d digitalocean
refused "'get' is no verb" raw get /x -d digitalocean
refused "'/y' is too much" raw GET /x /y -d digitalocean
refused "'pileus raw GET' takes no --data" raw GET /x --data y -d digitalocean
refused "'pileus raw GET' takes no --output" raw GET /x -o json -d digitalocean
refused "'pileus raw PUT' takes no --idempotent" \
    raw PUT /x --idempotent -d digitalocean
refused "--header takes 'NAME: VALUE'" raw GET /x -H secret -d digitalocean
lacks err "secret"
refused "is set by pileus itself" raw GET /x -H "Host: x" -d digitalocean
refused "cannot be sent" raw GET /x -H "a b: x" -d digitalocean
refused "--query takes KEY=VALUE" raw GET /x --query a -d digitalocean
refused "cannot read the body" raw PUT /x --data "@$scratch/none" \
    -d digitalocean
run raw GET /x -d dummy
ends 1
has err "dummy: it does not speak HTTP through pileus"
if [ -c /dev/full ]; then
    ran="pileus raw GET /x >/dev/full"
    status=0
    "$pileus" raw GET /x -d digitalocean >/dev/full 2>"$scratch/err" ||
        status=$?
    ends 1
    has err "cannot write to standard output"
fi

# ---- as the manual page has it --------------------------------------------------

page=$abs_top_srcdir/cli/pileus.1
sh "$abs_top_srcdir/tests/tools/program.sh" "$page" raw.sh "$scratch/raw.sh" ||
    fail "pileus.1 does not show raw.sh"
cat >"$scratch/pileus" <<END
#!/bin/sh
exec "$pileus" "\$@"
END
chmod +x "$scratch/pileus"
ran="the example of pileus.1"
status=0
(PATH=$scratch:$PATH sh "$scratch/raw.sh") >"$scratch/out" 2>"$scratch/err" ||
    status=$?
ends 0
says_nothing
has out "GET /v2/account/keys?per_page=200" "POST /v2/tags" '{"name": "env:test"}'

exec 9>&-
wait
finish
