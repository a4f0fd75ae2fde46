#!/bin/sh
# The driver's calls, answered by tests/recording instead of a provider.
# SPDX-License-Identifier: Apache-2.0
#
# The build names the module, its manifest and the command.
set -u
umask 022 # drivers that others can write are refused
: "${MODULE:?}" "${MANIFEST:?}" "${PILEUS:?}"

recording=$(cd "$(dirname "$0")/recording" && pwd) || exit 99
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
failures=0

# This driver, and nothing of the user's.
mkdir "$scratch/drivers" && cp "$MODULE" "$MANIFEST" "$scratch/drivers" ||
    exit 99
PILEUS_DRIVER_PATH=$scratch/drivers
HOME=$scratch
ACME_TOKEN=any
export PILEUS_DRIVER_PATH HOME ACME_TOKEN
unset PILEUS_PROFILES XDG_CONFIG_HOME XDG_DATA_HOME ACME_ENDPOINT

# check STATUS WORDS ARGUMENT...: ends with this status, prints what is standard
# input here, and says the words (there may be none) on standard error.
check()
{
    wanted=$1
    words=$2
    shift 2
    status=0
    cat >"$scratch/expected"
    "$PILEUS" "$@" -d acme --replay "$recording" >"$scratch/out" \
        2>"$scratch/err" </dev/null || status=$?
    if [ "$status" = "$wanted" ] &&
        cmp -s "$scratch/expected" "$scratch/out" &&
        { [ -z "$words" ] || grep -qF -e "$words" "$scratch/err"; }; then
        echo "ok: pileus $*"
        return
    fi
    echo "FAILED: pileus $*: ended with $status; it should end with $wanted," \
        "print what < has, and say '$words'"
    diff "$scratch/expected" "$scratch/out"
    cat "$scratch/err"
    failures=$((failures + 1))
}

# Both pages of the listing.
check 0 '' node list -o csv --columns id,name,state,public_ips,private_ips <<'END'
id,name,state,public_ips,private_ips
srv-1,web-1,running,192.0.2.1,10.0.0.1
srv-2,web-2,stopped,192.0.2.2,
srv-3,web-3,unknown,2001:db8::3,
END
check 0 '' size list -o csv --columns id,name,ram,disk,price <<'END'
id,name,ram,disk,price
small,Small,1024,20,0.005
large,Large,8192,160,0.04
END
check 0 '' image list -o csv --columns id,name <<'END'
id,name
debian-12,Debian 12
END
check 0 '' node show srv-2 -o csv --columns id,name,created_at <<'END'
id,name,created_at
srv-2,web-2,2026-11-02T12:00:00Z
END

check 0 '' node create --name web-4 --size small --image debian-12 -o id <<'END'
srv-4
END
# verb STATE VERB...: what is said of the node when that is accepted.
verb()
{
    state=$1
    shift
    check 0 '' node "$@" srv-1 -o csv --columns id,state <<END
id,state
srv-1,$state
END
}
verb rebooting reboot
verb stopping stop
verb starting start
verb terminated destroy --yes

# What the provider, the driver and the library refuse.
check 1 'sold out' node create --name web-5 --size large --image debian-12 \
    </dev/null
check 4 'srv-0' node show srv-0 </dev/null
check 1 'there is one way only' node stop srv-2 --hard </dev/null
check 1 'not support' location list </dev/null

[ $failures = 0 ]
