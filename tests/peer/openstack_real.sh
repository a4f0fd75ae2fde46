#!/bin/sh
# The OpenStack driver on real servers: installs and starts Debian's Keystone,
# Nova and the others on loopback, and a Nova API of the test's own, and runs
# openstack_real against them.
# SPDX-License-Identifier: Apache-2.0
set -u
: "${abs_top_builddir:?}" "${abs_top_srcdir:?}" # from make check

skip()
{
    echo "skipped: $*"
    exit 77
}

program=$abs_top_builddir/tests/peer/openstack_real
peer=${PILEUS_PEER_DIR:-$abs_top_srcdir/../shared/peer}
# Not below TMPDIR: the path of a socket in it is long already.
servers=${PILEUS_OPENSTACK_DIR:-/var/tmp/pileus-openstack}
[ "${PILEUS_REAL_OPENSTACK:-1}" != 0 ] || skip "PILEUS_REAL_OPENSTACK is 0"
# The servers' time is what this takes, and once is enough.
[ -z "${SANITIZER_FLAGS:-}" ] || skip "it runs without sanitizers alone"
[ -e "$program" ] || skip "the OpenStack driver is not built"
[ -r "$peer/openstack-up" ] ||
    skip "$peer/openstack-up is not there; PILEUS_PEER_DIR names its directory"
[ "$(id -u)" = 0 ] || skip "only root installs and starts OpenStack"
for needed in apt-get bash flock setsid python3; do
    command -v $needed >/dev/null || skip "$needed is not installed"
done

scratch=$(mktemp -d /tmp/pileus-XXXXXX) || exit 99
started=
trap 'clean' EXIT
trap 'exit 99' HUP INT TERM

# shellcheck disable=SC2317 # the trap calls it
clean()
{
    [ ! -e "$scratch/stop" ] || sh "$scratch/stop"
    [ -z "$started" ] || bash "$peer/openstack-down" "$servers"
    rm -rf "$scratch"
}

# One test at a time has the servers; they do not inherit the lock.
mkdir -p "$servers" || exit 99
exec 9>"$servers/lock"
flock 9

# ---- the servers ------------------------------------------------------------

nova_pid=$(cat "$servers/run/nova-api.pid" 2>/dev/null) &&
    kill -0 "$nova_pid" 2>/dev/null || started=yes
bash "$peer/openstack-up" "$servers" >"$scratch/up" 2>&1 9>&- </dev/null || {
    tail -n 30 "$scratch/up"
    ! grep -q 'apt-get install failed\|missing packages' "$scratch/up" ||
        skip "OpenStack's packages cannot be installed"
    echo "OpenStack does not start"
    exit 1
}
# shellcheck source=/dev/null
. "$servers/demo.env"

# ---- a Nova API of our own, to be killed ------------------------------------

port=$(python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
cat >"$scratch/nova.conf" <<END
[DEFAULT]
osapi_compute_listen_port = $port
[api]
max_limit = 3
[keystone_authtoken]
token_cache_time = -1
END
cat >"$scratch/start" <<END
# Starts the API, and waits until it answers.
setsid nova-api --config-file "$servers/etc/nova/nova.conf" \\
    --config-file "$scratch/nova.conf" \\
    >>"$scratch/nova-api" 2>&1 </dev/null 9>&- &
echo \$! >"$scratch/pid"
tries=0
until python3 -c 'import urllib.request
urllib.request.urlopen("http://127.0.0.1:$port/")' 2>/dev/null; do
    [ \$tries -lt 120 ] || exit 1
    kill -0 "\$(cat "$scratch/pid")" || exit 1
    sleep 0.5
    tries=\$((tries + 1))
done
END
cat >"$scratch/stop" <<END
# Kills it and its workers, so that they end nothing in good order.
[ -e "$scratch/pid" ] || exit 0
kill -s KILL -- -"\$(cat "$scratch/pid")" || exit 1
rm -f "$scratch/pid"
END
sh "$scratch/start" || {
    tail -n 30 "$scratch/nova-api"
    echo "Nova's API does not start"
    exit 1
}

PILEUS_TEST_NOVA_PORT=$port PILEUS_TEST_FOLDER=$scratch "$program" 9>&- || {
    status=$?
    grep "ERROR\\|CRITICAL" "$scratch/nova-api" | tail -n 40
    exit $status
}
