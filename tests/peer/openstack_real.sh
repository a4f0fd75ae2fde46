#!/bin/sh
# The OpenStack driver on real servers: installs and starts Debian's Keystone,
# Nova and the others on loopback, and of the test's own a Nova API and a
# Keystone whose tokens end soon, and runs openstack_real against them.
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
    [ ! -e "$scratch/quota" ] || quota usual
    [ ! -e "$scratch/keystone.pid" ] || kill "$(cat "$scratch/keystone.pid")"
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

# A port that is free.
free_port()
{
    python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

# Ends when that URL answers; fails when the process has ended.
cat >"$scratch/await" <<'END'
tries=0
until python3 -c 'import sys, urllib.error, urllib.request
try:
    urllib.request.urlopen(sys.argv[1])
except urllib.error.HTTPError:
    pass' "$1" 2>/dev/null; do
    [ $tries -lt 240 ] || exit 1
    kill -0 "$2" || exit 1
    sleep 0.5
    tries=$((tries + 1))
done
END

# ---- a Nova that resizes on the one host that there is ----------------------

resizes=$servers/etc/nova/pileus-resize.conf
compute=$servers/run/nova-compute
if ! tr '\0' ' ' <"/proc/$(cat "$compute.pid")/cmdline" |
    grep -q "pileus-resize"; then
    printf '[DEFAULT]\nallow_resize_to_same_host = true\n' >"$resizes"
    kill "$(cat "$compute.pid")"
    while kill -0 "$(cat "$compute.pid")" 2>/dev/null; do
        sleep 0.2
    done
    (cd "$servers/lib" && HOME=$servers exec setsid nova-compute \
        --config-file "$servers/etc/nova/nova.conf" --config-file "$resizes" \
        >>"$servers/log/nova-compute.out" 2>&1 </dev/null 9>&-) &
    # As the script that stops it knows it.
    echo $! >"$compute.pid"
    awk '{print $22}' "/proc/$!/stat" >"$compute.start"
fi

# ---- a Keystone of our own, whose tokens end soon ---------------------------

life=8
keystone_port=$(free_port)
sed "s/^expiration = .*/expiration = $life/" \
    "$servers/etc/keystone/keystone.conf" >"$scratch/keystone.conf"
OS_KEYSTONE_CONFIG_FILES=$scratch/keystone.conf \
    setsid uwsgi --plugins python3 --master --lazy-apps --enable-threads \
    --die-on-term --no-orphans --buffer-size 65535 --processes 1 --threads 2 \
    --need-app --disable-logging --add-header "Connection: close" \
    --http-socket "127.0.0.1:$keystone_port" \
    --wsgi-file /usr/bin/keystone-wsgi-public \
    >"$scratch/keystone" 2>&1 </dev/null 9>&- &
echo $! >"$scratch/keystone.pid"
sh "$scratch/await" "http://127.0.0.1:$keystone_port/v3" \
    "$(cat "$scratch/keystone.pid")" || {
    tail -n 30 "$scratch/keystone"
    echo "Keystone does not start"
    exit 1
}

# ---- a quota that is soon used up -------------------------------------------

cat >"$scratch/quota" <<'END'
import sys, openstack
cloud = openstack.connect(cloud="admin")
project = cloud.identity.find_project("demo").id
if sys.argv[1] == "usual":
    cloud.network.delete_quota(project)
else:
    cloud.network.update_quota(project, floating_ips=int(sys.argv[1]))
END
quota()
{
    env -i PATH="$PATH" HOME="$servers" \
        OS_CLIENT_CONFIG_FILE="$servers/clouds.yaml" \
        /usr/bin/python3 "$scratch/quota" "$1" >"$scratch/quota.out" 2>&1
}
addresses=4
quota $addresses || {
    tail -n 5 "$scratch/quota.out"
    echo "Neutron takes no quota"
    exit 1
}

# ---- a Nova API of our own, to be killed ------------------------------------

port=$(free_port)
cat >"$scratch/nova.conf" <<END
[DEFAULT]
osapi_compute_listen_port = $port
allow_resize_to_same_host = true
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
exec sh "$scratch/await" "http://127.0.0.1:$port/" \
    "\$(cat "$scratch/pid")"
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

PILEUS_TEST_NOVA_PORT=$port PILEUS_TEST_FOLDER=$scratch \
    PILEUS_TEST_KEYSTONE=http://127.0.0.1:$keystone_port/v3 \
    PILEUS_TEST_TOKEN_LIFE=$life PILEUS_TEST_ADDRESSES=$addresses \
    "$program" 9>&- || {
    status=$?
    grep "ERROR\\|CRITICAL" "$scratch/nova-api" | tail -n 40
    exit $status
}
