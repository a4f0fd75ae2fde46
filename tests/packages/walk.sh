#!/bin/sh
# The way that pileus-driver-guide(7) goes, in a root that has Debian's packages
# and ours and nothing else: a driver is begun, built, checked, packaged,
# installed and used by the commands that the page shows, as it is installed,
# none of them changed and no file edited. Root only installs.
#
#   walk.sh FOLDER BASE
# SPDX-License-Identifier: Apache-2.0
set -u
umask 022
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/packages/lib.sh
. "$here/lib.sh"
# shellcheck source=tests/packages/root_lib.sh
. "$here/root_lib.sh"
folder=$(cd "${1:?where are the packages?}" && pwd) || exit 1
base=${2:?where is the root to copy?}
most=300 # lines of C, all in all
project=/home/author/pileus-driver-acme
commands=0
begun=$(date +%s)

# shown NAME: the commands that the page shows by it, in a file of that name.
shown()
{
    dpkg-deb --fsys-tarfile "$folder/first"/pileus-sdk_*.deb |
        tar -xO ./usr/share/man/man7/pileus-driver-guide.7.gz |
        gunzip >"$log.page.7" || fail "pileus-sdk has no guide"
    sh "$here/../tools/program.sh" "$log.page.7" "$1" "$log.$1" || exit 1
}

# What is begun with & is awaited until it has said something, and ends with all.
awaited()
{
    sed 's/^.* >\([a-z]*\) &$/&\nuntil [ -s \1 ]; do kill -0 $! \&\& sleep 0.1; done/' \
        "$1"
}

# typed USER FOLDER NAME: the commands, in a shell there.
typed()
{
    shown "$3"
    sed '/^ /!s/^/$ /' "$log.$3"
    # Of a line that goes on, and of two in one.
    commands=$((commands + $(sed -e ':a' -e '/\\$/{N;s/\\\n//;ba' -e '}' \
        -e 's/ && /\n/g' "$log.$3" | grep -c .)))
    since=$(date +%s)
    {
        # shellcheck disable=SC2016 # the other shell's
        printf '%s\n' 'trap '\''[ -z "${!-}" ] || kill $!'\'' EXIT' 'set -e' \
            "cd '$2'"
        awaited "$log.$3"
    } | as "$1" timeout 300 sh >"$log.out" 2>&1 || {
        tail -n 40 "$log.out"
        fail "what the guide shows fails: $3"
    }
    echo "  $(($(date +%s) - since)) seconds"
}

# says WORDS: the last commands have printed a line like that.
says()
{
    grep -q -e "$1" "$log.out" || {
        tail -n 40 "$log.out"
        fail "there is no line like $1"
    }
}

fresh walk
offer "$folder/first"
typed root /root tools.sh
inside useradd -m author || fail "there is no author"

typed author /home/author begin.sh
says '^# PASS: *1$'
lines=$(cat "$root$project"/src/*.[ch] 2>/dev/null | wc -l)
if [ "$lines" -lt 100 ] || [ "$lines" -ge $most ]; then
    fail "the driver has $lines lines of C"
fi
drivers_are ''
typed author $project check.sh
says '^[1-9][0-9]* good, 0 findings'
says '^all is well$'
typed author $project package.sh

deb=$(echo "$root"/home/author/pileus-driver-acme_*.deb)
depends=$(dpkg-deb -f "$deb" Depends)
case ", $depends, " in
*", pileus-driver-abi-1, "*) ;;
*) fail "the package depends on $depends" ;;
esac
case $depends in
*libpileus*) fail "the package depends on the library: $depends" ;;
esac

typed root $project install.sh
typed author $project use.sh
says '^acme '
for id in srv-1 srv-2 srv-3; do
    says "^$id "
done
apt_does remove pileus-driver-acme
drivers_are ''
passed "from nothing to a driver in use: $commands commands," \
    "$(($(date +%s) - begun)) seconds, $lines lines of C"
