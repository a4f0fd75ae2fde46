#!/bin/sh
# A fresh root of this Debian, as small as one can be; each test that needs a
# root takes a copy of it.
#
#   base.sh FOLDER
# SPDX-License-Identifier: Apache-2.0
set -u
umask 022
# shellcheck source=tests/packages/lib.sh
. "$(dirname "$0")/lib.sh"
base=${1:?where is the root to be?}
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}

[ "$(id -u)" = 0 ] || skip "only root can make a root"
for tool in chroot curl dpkg-scanpackages; do
    command -v $tool >/dev/null || skip "$tool is not installed"
done
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
curl -fsS -m 60 -o /dev/null "$mirror/dists/$suite/Release" ||
    skip "$mirror cannot be reached, or has no $suite"

rm -rf "$base"
mkdir -p "$base" || exit 1
# The first takes half the time of the second.
if command -v mmdebstrap >/dev/null; then
    mmdebstrap --mode=root --variant=minbase --dpkgopt=force-unsafe-io \
        "$suite" "$base" "$mirror"
elif command -v debootstrap >/dev/null; then
    debootstrap --variant=minbase "$suite" "$base" "$mirror"
else
    skip "neither mmdebstrap nor debootstrap is installed"
fi || fail "no root is made"

# Questions are answered, and a root that is thrown away need not reach the disk.
cat >"$base/etc/apt/apt.conf.d/90tests" <<'END'
APT::Get::Assume-Yes "true";
APT::Install-Recommends "false";
Acquire::Retries "3";
END
echo force-unsafe-io >"$base/etc/dpkg/dpkg.cfg.d/tests"
chroot "$base" apt-get -qq update || fail "apt does not read the suite"
passed "a root of $suite"
