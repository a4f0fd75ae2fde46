#!/bin/sh
# pileus-driver new: from nothing to a driver that pileus lists, by both build
# systems, with nothing but what is installed; and what it refuses.
# SPDX-License-Identifier: Apache-2.0
#
# Run by make installcheck, with bindir and pkgconfigdir.
set -u
umask 022 # drivers that others can write are refused
: "${bindir:?}" "${pkgconfigdir:?}" # from make

name=new_driver_2 # an underscore and a digit, as names may have
package=pileus-driver-new-driver-2
most=300 # lines of C, all in all

scratch=$(mktemp -d) || exit 1
undo=:
trap '$undo >/dev/null 2>&1; rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
PATH=$bindir:$PATH
PKG_CONFIG_PATH=$pkgconfigdir:${PKG_CONFIG_PATH:-}
HOME=$scratch
export PATH PKG_CONFIG_PATH HOME
# Nothing of the build tree or of the user is to be found by accident.
unset PILEUS_DRIVER_PATH PILEUS_PROFILES XDG_DATA_HOME XDG_CONFIG_HOME
unset MAKEFLAGS MFLAGS MAKELEVEL DESTDIR
driverdir=$(pkg-config --variable=driverdir pileus-driver) || exit 1
LD_LIBRARY_PATH=$(pkg-config --variable=libdir pileus)
export LD_LIBRARY_PATH
cd "$scratch" || exit 1

fail()
{
    echo "failed: $*"
    exit 1
}

passed()
{
    echo "ok: $*"
}

# ---- what is refused -----------------------------------------------------------

# refuse STATUS WORDS ARGUMENT...: says them, and makes nothing.
refuse()
{
    wanted=$1
    words=$2
    shift 2
    status=0
    pileus-driver "$@" >out 2>err || status=$?
    [ $status = "$wanted" ] ||
        fail "pileus-driver $* ends with $status, not with $wanted"
    [ ! -s out ] || fail "pileus-driver $* prints when it refuses"
    grep -qF -e "$words" err ||
        fail "pileus-driver $* does not say '$words': $(cat err)"
    [ "$(head -n 1 err | cut -c 1-15)" = 'pileus-driver: ' ] ||
        fail "pileus-driver $* does not say who speaks: $(cat err)"
    [ -z "$(find . -name 'pileus-driver-*')" ] ||
        fail "pileus-driver $* leaves $(find . -name 'pileus-driver-*')"
}

long=$(printf '%064d' 0 | tr 0 a)
refuse 2 'say what to do' ''
refuse 2 "'make' is not known" make
refuse 2 'needs a name' new
refuse 2 'needs a name' new ''
for bad in 2clouds _cloud Cloud my-cloud 'my cloud' my.cloud ../cloud "wolke$(printf '\303\244')"; do
    refuse 2 "'$bad' is no driver's name" new "$bad"
done
refuse 2 'has 64 bytes' new "$long"
refuse 2 'no name for a driver' new pileus
refuse 2 "'-x' is no option" new -x
refuse 2 'one argument too many' new one two
refuse 2 'no build system: say autotools or meson' new cloud --build cmake
refuse 2 '--build needs a value' new cloud --build
refuse 2 '--dir needs a value' new cloud --dir ''
refuse 2 "meson keeps the word 'test'" new test --build meson

mkdir there && echo mine >there/file && ln -s nowhere link
refuse 1 'there is there already: name another folder with --dir' \
    new cloud --dir there
refuse 1 'there/file is there already' new cloud --dir=there/file
refuse 1 'link is there already' new cloud --dir link
[ "$(cat there/*)" = mine ] || fail "a folder that was there is not as it was"
refuse 1 '/dev/null/cloud cannot be made' new cloud --dir /dev/null/cloud
passed "what it refuses"

pileus-driver help | grep -q '^usage: pileus-driver new NAME' ||
    fail "pileus-driver help does not help"
[ "$(pileus-driver --version)" = "pileus-driver $(pkg-config --modversion pileus-driver)" ] ||
    fail "pileus-driver --version is $(pileus-driver --version)"
# The other command, wherever that is installed: one that shows its arguments.
mkdir bin && printf '#!/bin/sh\nprintf "<%%s>" "$@"\nexit 7\n' >bin/pileus-driver-check
sed "s|^bindir=.*|bindir='$scratch/bin'|" "$bindir/pileus-driver" >bin/pileus-driver
chmod +x bin/*
[ "$(bin/pileus-driver check 'a b' -c)" = '<a b><-c>' ] ||
    fail "check is not handed on"
bin/pileus-driver check >out
[ $? = 7 ] || fail "the exit code of check is lost"
passed "help, version, check"

# The longest name, and one that has that of the template in it.
long=${long#a}
pileus-driver new "$long" >out || fail "a name of 63 bytes is refused"
[ -f "pileus-driver-$long/src/$long.c" ] || fail "its source is not there"
pileus-driver new acme_2 --dir deep/er >out || fail "acme_2 is refused"
for file in pileus-driver-acme-2.spec src/acme_2.c; do
    [ -f deep/er/$file ] || fail "acme_2 has no $file: $(find deep)"
done
grep -q '^PILEUS_DRIVER(acme_2, ' deep/er/src/acme_2.c ||
    fail "acme_2 is called otherwise in its source"
passed "names"

# ---- a driver --------------------------------------------------------------------

# run COMMAND...: one of those that an author types.
run()
{
    commands=$((commands + 1))
    echo "$ $*"
    "$@" >log 2>&1 </dev/null || {
        tail -n 40 log
        cat build/meson-logs/testlog.txt 2>/dev/null
        fail "$build: $* fails"
    }
}

# The project as it was laid out.
look()
{
    lines=$(cat src/*.[ch] 2>/dev/null | wc -l)
    if [ "$lines" -lt 100 ] || [ "$lines" -ge $most ]; then
        fail "$build: it has $lines lines of C"
    fi
    left=$(grep -rnEi 'acme|#(autotools|meson)#|@[A-Z_]+@' . |
        grep -v '"version": "@VERSION@"')
    [ -z "$left" ] || fail "$build: of the template there is still: $left"
    for file in README.md "$name.json.in" "pileus-$name.7" "$package.spec" \
        debian/control .ci/run .gitignore; do
        [ -s "$file" ] || fail "$build: there is no $file"
    done
    for file in .ci/run debian/rules tests/replay.sh; do
        [ -x "$file" ] || fail "$build: $file is no program"
    done
    grep -qx "Package: $package" debian/control ||
        fail "$build: the Debian package is no $package"
    grep -qx ' dh-sequence-pileus-driver,' debian/control ||
        fail "$build: the Debian package is built without the add-on"
    # shellcheck disable=SC2016 # dpkg's
    grep -qx 'Depends: .*, ${pileus:Depends}, .*' debian/control ||
        fail "$build: the Debian package does not need the ABI"
    abi=$(sed -n 's/^ *"abi": "\([0-9]*\)\..*/\1/p' "$name.json.in")
    grep -qx "Requires: *pileus-driver-abi-$abi%{?_isa}" "$package.spec" ||
        fail "$build: the RPM package does not need the ABI of the manifest"
    ! command -v mandoc >/dev/null ||
        mandoc -T lint -W warning "pileus-$name.7" ||
        fail "$build: mandoc finds fault with its page"
    ! command -v shellcheck >/dev/null ||
        shellcheck .ci/run tests/replay.sh ||
        fail "$build: shellcheck finds fault with its scripts"
}

# listed COMMAND...: does pileus find it, and does it work, installed?
listed()
{
    "$@" pileus driver list -o csv --columns name,module >out ||
        fail "$build: pileus driver list fails"
    grep -qE "^$name,.*/$name\.so\$" out ||
        fail "$build: pileus driver list does not list it: $(cat out)"
    "$@" pileus node list -d "$name" -O token=any -o id \
        --replay tests/recording >out || fail "$build: it does not list nodes"
    printf 'srv-1\nsrv-2\nsrv-3\n' | diff - out ||
        fail "$build: it lists other nodes"
}

# What make install does goes to where pileus looks for drivers, if that may be
# written here; else it is tried elsewhere.
install_it()
{
    if [ -w "$driverdir" ] && ! [ -e "$driverdir/$name.json" ]; then
        undo=$uninstall
        run "$@"
        listed env
        $uninstall >log 2>&1 || fail "$build: $uninstall fails"
        undo=:
        [ -z "$(find "$driverdir" "$scratch/prefix" -name "*$name*" 2>/dev/null)" ] ||
            fail "$build: $uninstall leaves something"
    else
        run env "DESTDIR=$scratch/root" "$@"
        listed env "PILEUS_DRIVER_PATH=$scratch/root$driverdir"
    fi
    find "$scratch" -name "*.la" -path '*pileus/drivers*' | grep . &&
        fail "$build: libtool's file is installed"
}

begin()
{
    build=$1
    commands=1
    begun=$(date +%s)
    cd "$scratch" || exit 1
    rm -rf root prefix
    echo "$ pileus-driver new $name --build $build --dir $build"
    pileus-driver new $name --build "$build" --dir "$build" >log ||
        fail "$build: nothing is laid out"
    grep -q '^  pileus driver list$' log ||
        fail "it does not say what next: $(cat log)"
    cd "$build" || exit 1
    look
}

end()
{
    # The one that lists the drivers.
    passed "$1: $((commands + 1)) commands, $(($(date +%s) - begun)) seconds, $lines lines of C"
}

# ready BUILD PROGRAM...: are these installed?
ready()
{
    for program; do
        [ "$program" = "$1" ] || command -v "$program" >/dev/null || {
            echo "skipped: $1: $program is not installed"
            return 1
        }
    done
}

if ready autotools autoreconf automake libtoolize make; then
    begin autotools
    uninstall="make uninstall"
    run autoreconf -i
    run ./configure -q --prefix="$scratch/prefix"
    run make
    run make check
    grep -q '^# PASS: *1$' log || fail "autotools: no test has run"
    install_it make install
    end autotools
fi
if ready meson meson ninja; then
    begin meson
    uninstall="ninja -C build uninstall"
    run meson setup build --prefix="$scratch/prefix"
    run meson test -C build
    grep -q '^Ok: *1' log || fail "meson: no test has run"
    install_it meson install -C build
    end meson
fi
