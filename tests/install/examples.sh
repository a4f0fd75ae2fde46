#!/bin/sh
# The programs that README.md, the manual pages and examples/ show compile as
# they stand, and do what they say, in the build tree.
# SPDX-License-Identifier: Apache-2.0
set -u
umask 022 # drivers that others can write are refused
: "${abs_top_srcdir:?}" "${abs_top_builddir:?}" # from make check

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
LD_LIBRARY_PATH=$abs_top_builddir/.libs
export LD_LIBRARY_PATH
cd "$scratch" || exit 1

fail()
{
    echo "failed: $*"
    exit 1
}

# compile PROGRAM: from PROGRAM.c, against the library of the build tree.
compile()
{
    # shellcheck disable=SC2086 # lists
    $CC -Wall -Wextra -Werror -I"$abs_top_srcdir/include" $SANITIZER_FLAGS \
        -o "$1" "$1.c" -L"$abs_top_builddir/.libs" -lpileus ||
        fail "$1.c does not compile as it is printed"
}

# take DOCUMENT NAME FILE: what the document shows.
take()
{
    sh "$abs_top_srcdir/tests/tools/program.sh" "$abs_top_srcdir/$1" "$2" "$3" ||
        fail "$1 does not show $2"
}

take README.md c readme.c
take man/pileus.3 nodes.c nodes.c
for file in c json sh; do
    take man/pileus-driver.3 hosts.$file hosts.$file
done

# What the source says is what a reader sees.
if command -v mandoc >/dev/null; then
    for program in pileus.3:nodes.c pileus-driver.3:hosts.c \
        pileus-driver.3:hosts.json pileus-driver.3:hosts.sh; do
        # Pages are indented, and neither break nor end lines in blanks.
        mandoc -T ascii -O width=200 "$abs_top_srcdir/man/${program%:*}" |
            sed 's/^ *//' >page
        sed 's/^ *//' "${program#*:}" >shown
        case $(cat page) in
        *"$(cat shown)"*) ;;
        *) fail "${program#*:} is not printed as it stands in ${program%:*}" ;;
        esac
    done
fi

# The driver first, which asks for no driver of the tree.
# shellcheck disable=SC2086 # lists
$CC -Wall -Wextra -Werror $SANITIZER_FLAGS -shared -fPIC -Wl,-z,now \
    -I"$abs_top_srcdir/include" -o hosts.so hosts.c ||
    fail "hosts.c does not compile as it is printed"
printf '# a comment\n192.0.2.1 one\n\n192.0.2.2 two # and more\n' >names
compile nodes
PILEUS_DRIVER_PATH=$scratch "$abs_top_builddir/tests/cli/pileus" node list \
    -d hosts -O file=names -o id >out || fail "the driver hosts does not list"
printf '192.0.2.1\n192.0.2.2\n' | diff - out || fail "hosts lists other nodes"
PILEUS_DRIVER_PATH=$scratch "$abs_top_builddir/tests/cli/pileus" node list \
    -d hosts -O file=missing 2>err && fail "a file that is missing is listed"
grep -q "missing cannot be read" err || fail "the driver's sentence is lost"

if ! [ -e "$abs_top_builddir/drivers/dummy.so" ]; then
    echo "skipped: the driver dummy, which the other programs use, is left out"
    exit 77
fi
compile readme
./readme >out || fail "README's program fails"
printf 'dummy-1\ndummy-2\n' | diff - out || fail "README's program is wrong"
./nodes >out || fail "nodes of pileus(3) fails"
sed 's/ .*//' out | tr '\n' ' ' | grep -qx 'dummy-1 dummy-2 ' ||
    fail "nodes of pileus(3) is wrong"
./nodes nowhere 2>err && fail "a driver that is missing is opened"
grep -q nowhere err || fail "the missing driver is not named"

"$abs_top_builddir/examples/lifecycle" dummy >out || fail "lifecycle fails"
cat out
awk '{ print $1 }' out | tr '\n' ' ' | grep -q 'created.* rebooted stopped .*started .*destroyed listed listed ' ||
    fail "lifecycle leaves something out"
"$abs_top_builddir/examples/lifecycle" dummy creds 2>err &&
    fail "an option without a value is taken"
exit 0
