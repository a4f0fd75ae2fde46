#!/bin/sh
# The driver that pileus-driver(3) shows, as somebody else would package it, with
# the add-on to debhelper of pileus-sdk; and what the add-on refuses.
#
#   outsider.sh FOLDER
# SPDX-License-Identifier: Apache-2.0
set -u
umask 022
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/packages/lib.sh
. "$here/lib.sh"
folder=${1:?where are the packages?}
sdk=$folder/sdk
work=$folder/outsider
rm -rf "$sdk" "$work"
mkdir -p "$sdk" "$work/hosts/debian" || exit 1
for package in libpileus-dev pileus-sdk; do
    dpkg-deb -x "$folder/first/$package"_*.deb "$sdk" || exit 1
done
PERL5LIB=$sdk/usr/share/perl5
PATH=$sdk/usr/bin:$PATH
export PERL5LIB PATH
cd "$work/hosts" || exit 1

for file in hosts.c hosts.json; do
    sh "$here/../tools/program.sh" "$here/../../man/pileus-driver.3" \
        $file $file || fail "pileus-driver(3) does not show $file"
done
cp hosts.json right.json
cat >debian/control <<'END'
Source: pileus-driver-hosts
Section: libs
Priority: optional
Maintainer: Ann Author <ann@example.org>
Build-Depends: debhelper-compat (= 13), dh-sequence-pileus-driver
Standards-Version: 4.6.2
Rules-Requires-Root: no

Package: pileus-driver-hosts
Architecture: any
Multi-Arch: same
Depends: ${misc:Depends}, ${pileus:Depends}, ${shlibs:Depends}
Description: driver for the machines that a file names
 A driver from outside.
END
# shellcheck disable=SC2016 # debhelper's
echo 'hosts.so hosts.json usr/lib/${DEB_HOST_MULTIARCH}/pileus/drivers' \
    >debian/install
cat >debian/rules <<END
#!/usr/bin/make -f
%:
	dh \$@
override_dh_auto_build:
	\$(CC) -shared -fPIC -Wl,-z,now -I'$sdk/usr/include' -o hosts.so hosts.c
END
chmod +x debian/rules

# packaged VERSION: dpkg-buildpackage -d, for the SDK is not installed here.
packaged()
{
    printf 'pileus-driver-hosts (%s) unstable; urgency=low\n\n  * %s.\n\n%s\n' \
        "$1" "This version" \
        " -- Ann Author <ann@example.org>  Sat, 28 Nov 2026 15:00:00 +0000" \
        >debian/changelog
    dpkg-buildpackage -us -uc -b -d >"$work/log" 2>&1
}

# wrong WORDS EDIT: a manifest that is edited so, where the package has it, is
# refused with the words.
wrong()
{
    words=$1
    manifest=$(echo debian/pileus-driver-hosts/usr/lib/*/pileus/drivers/hosts.json)
    sed "$2" right.json >"$manifest"
    cmp -s "$manifest" right.json && fail "the manifest is not edited by $2"
    if dh_pileus_driver >"$work/log" 2>&1; then
        fail "the add-on takes a manifest edited by $2"
    fi
    grep -q "$words" "$work/log" || {
        tail -n 20 "$work/log"
        fail "a manifest edited by $2 is refused with other words"
    }
}

packaged 1 || { tail -n 40 "$work/log" && fail "the driver is not packaged"; }
deb=$(echo ../pileus-driver-hosts_1_*.deb)
case ", $(dpkg-deb -f "$deb" Depends), " in
*", pileus-driver-abi-1, "*) ;;
*) fail "it depends on $(dpkg-deb -f "$deb" Depends)" ;;
esac
sed 's/"abi": *"1\./"abi": "2./' right.json >hosts.json
packaged 2 || { tail -n 40 "$work/log" && fail "ABI 2 is not packaged"; }
case ", $(dpkg-deb -f ../pileus-driver-hosts_2_*.deb Depends), " in
*", pileus-driver-abi-2, "*) ;;
*) fail "a driver of ABI 2 does not depend on it" ;;
esac
cp right.json debian/pileus-driver-hosts/usr/lib/*/pileus/drivers/hosts.json
dh_pileus_driver || fail "the add-on does not take the manifest that is right"
wrong 'two numbers with a dot' 's/"abi": *"[^"]*"/"abi": "one"/'
wrong 'names the driver "other"' 's/"name": *"hosts"/"name": "other"/'
wrong 'elsewhere.so is not beside it' 's/"module": *"[^"]*"/"module": "elsewhere.so"/'
wrong 'name of a file beside it' 's|"module": *"[^"]*"|"module": "../hosts.so"|'
wrong 'not JSON' '1s/{/[/'
mkdir -p "$folder/others" && mv ../*.deb "$folder/others/"
