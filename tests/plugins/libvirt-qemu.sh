#!/bin/sh
# The libvirt driver on a real QEMU: starts a libvirt daemon of the test's own,
# in a folder of its own, and runs libvirt_qemu against it.
# SPDX-License-Identifier: Apache-2.0
set -u
: "${abs_top_builddir:?}" # from make check

skip()
{
    echo "skipped: $*"
    exit 77
}

if ! [ -e "$abs_top_builddir/tests/plugins/libvirt_qemu" ]; then
    skip "the libvirt driver is not built"
fi
for program in libvirtd qemu-img "qemu-system-$(uname -m)"; do
    PATH=$PATH:/usr/sbin:/sbin command -v "$program" >/dev/null ||
        skip "$program is not installed"
done
PATH=$PATH:/usr/sbin:/sbin

# A daemon of root's would use the system's folders; one of another user uses
# those that the environment names.
as_user=
if [ "$(id -u)" = 0 ]; then
    command -v setpriv >/dev/null ||
        skip "setpriv, to run a libvirt daemon as nobody, is not installed"
    as_user="setpriv --reuid=65534 --regid=65534 --clear-groups"
fi

# Sockets in it have long names already: it is not below TMPDIR.
scratch=$(mktemp -d /tmp/pileus-XXXXXX) || exit 1
trap 'clean' EXIT
trap 'exit 1' HUP INT TERM

clean()
{
    for file in "$scratch"/run/libvirt/qemu/run/*.pid "$scratch/pid"; do
        pid=$(cat "$file" 2>/dev/null) || continue
        kill -CONT "$pid" 2>/dev/null
        kill "$pid" 2>/dev/null
    done
    # The daemon writes its last files meanwhile.
    tries=0
    while [ -f "$scratch/pid" ] && [ $tries -lt 50 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    rm -rf "$scratch"
}

export HOME="$scratch"
export XDG_RUNTIME_DIR="$scratch/run" XDG_CONFIG_HOME="$scratch/config"
export XDG_CACHE_HOME="$scratch/cache" XDG_DATA_HOME="$scratch/data"
unset LIBVIRT_DEFAULT_URI
mkdir -p "$XDG_RUNTIME_DIR" "$XDG_CONFIG_HOME/libvirt" "$XDG_CACHE_HOME" \
    "$XDG_DATA_HOME" "$scratch/pool" || exit 1
chmod 700 "$XDG_RUNTIME_DIR"
# The guests' output goes to files, not through another daemon.
echo 'stdio_handler = "file"' >"$XDG_CONFIG_HOME/libvirt/qemu.conf"
qemu-img create -q -f qcow2 "$scratch/pool/base.qcow2" 64M || exit 1
[ -z "$as_user" ] || chown -R 65534:65534 "$scratch" || exit 1

socket=$XDG_RUNTIME_DIR/libvirt/libvirt-sock
cat >"$scratch/start" <<END
#!/bin/sh
# Starts the daemon, and waits until it listens.
$as_user libvirtd -d -p "$scratch/pid" >"$scratch/daemon.log" 2>&1 || exit 1
tries=0
until [ -S "$socket" ]; do
    [ \$tries -lt 100 ] || exit 1
    sleep 0.1
    tries=\$((tries + 1))
done
END
sh "$scratch/start" || {
    cat "$scratch/daemon.log"
    skip "libvirtd does not start here"
}

PILEUS_TEST_URI="qemu+unix:///session?socket=$socket" \
    PILEUS_TEST_FOLDER="$scratch" \
    "$abs_top_builddir/tests/plugins/libvirt_qemu"
