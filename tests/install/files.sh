#!/bin/sh
# make install DESTDIR= puts each file where it belongs, and no other anywhere;
# make uninstall takes them all away again.
# SPDX-License-Identifier: Apache-2.0
#
# Run by make installcheck in the build tree, with MAKE, and the drivers built.
set -u
: "${abs_top_srcdir:?}" "${abs_top_builddir:?}" "${drivers?}" # from make

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

fail()
{
    echo "failed: $*"
    exit 1
}

# The files there, without the prefix, and without what platforms differ in:
# versions behind .so, and libpileus.a.
installed()
{
    (cd "$scratch/root" && find . ! -type d) | sed "s|^\.$prefix/||" |
        sed 's|^\(lib/libpileus\)\..*|\1.*|' |
        sort -u
}

expected()
{
    for header in "$abs_top_srcdir"/include/pileus/*.h; do
        echo "include/pileus/${header##*/}"
    done
    (cd "$abs_top_srcdir/sdk/include" && find pileus -name '*.h') |
        sed 's|^|include/|'
    for driver in $drivers; do
        [ -f "$abs_top_builddir/.libs/libpileus.a" ] &&
            echo "lib/pileus/drivers/$driver.a"
        echo "lib/pileus/drivers/$driver.json"
        echo "lib/pileus/drivers/$driver.so"
        echo "share/man/man7/pileus-$driver.7"
    done
    if [ -x "$abs_top_builddir/sdk/replay/pileus-replay" ]; then
        echo bin/pileus-replay
        echo share/man/man1/pileus-replay.1
    fi
    (cd "$abs_top_srcdir/sdk/template" && find . -type f) |
        sed 's|^\.|share/pileus/driver-template|'
    cat <<'END'
bin/pileus
bin/pileus-driver
bin/pileus-driver-check
lib/libpileus.*
lib/pileus/http.so
lib/pkgconfig/pileus-driver.pc
lib/pkgconfig/pileus.pc
share/bash-completion/completions/pileus
share/fish/vendor_completions.d/pileus.fish
share/man/man1/pileus-driver.1
share/man/man1/pileus-driver-check.1
share/man/man1/pileus.1
share/man/man3/pileus-driver.3
share/man/man3/pileus.3
share/man/man7/pileus-driver-guide.7
share/zsh/site-functions/_pileus
END
}

prefix=/opt/somewhere
# Directories of the build's own configuration are put under one prefix.
root="prefix=$prefix exec_prefix=$prefix bindir=$prefix/bin
    libdir=$prefix/lib includedir=$prefix/include datarootdir=$prefix/share
    datadir=$prefix/share mandir=$prefix/share/man
    pkgconfigdir=$prefix/lib/pkgconfig driverdir=$prefix/lib/pileus/drivers"
cd "$abs_top_builddir" || exit 1
# shellcheck disable=SC2086 # a list
"$MAKE" -s install DESTDIR="$scratch/root" $root >"$scratch/log" 2>&1 || {
    tail -n 20 "$scratch/log"
    fail "make install DESTDIR= fails"
}
expected | sort >"$scratch/expected"
installed | diff "$scratch/expected" - ||
    fail "expected files (<) are not those installed (>)"
if [ "$(find "$scratch/root" -type f -perm -002 | wc -l)" != 0 ]; then
    fail "installed files can be written by others"
fi
# shellcheck disable=SC2086 # a list
"$MAKE" -s uninstall DESTDIR="$scratch/root" $root >"$scratch/log" 2>&1 ||
    fail "make uninstall fails"
left=$(cd "$scratch/root" && find . ! -type d)
[ -z "$left" ] || fail "make uninstall leaves $left"
echo "ok: files installed and uninstalled"
