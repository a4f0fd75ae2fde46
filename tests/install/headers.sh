#!/bin/sh
# Each public header alone: in C, in C++, and twice over; and a C++ program
# made of them all.
# SPDX-License-Identifier: Apache-2.0
set -u
: "${abs_top_srcdir:?}" "${abs_top_builddir:?}" # from make check

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
flags="-Wall -Wextra -Wshadow -Werror -pedantic -I$abs_top_srcdir/include"

fail()
{
    echo "failed: $*"
    exit 1
}

count=0
for header in "$abs_top_srcdir"/include/pileus/*.h; do
    name=${header##*/}
    stem=${name%.h}
    printf '#include <pileus/%s>\n#include <pileus/%s>\n' "$name" "$name" \
        >"$scratch/$stem.c"
    # shellcheck disable=SC2086 # lists
    $CC -std=c11 $flags -c -o "$scratch/$stem.o" "$scratch/$stem.c" ||
        fail "$name does not stand alone in C"

    cp "$scratch/$stem.c" "$scratch/$stem.cc"
    echo "int unit_$stem() { return 1; }" >>"$scratch/$stem.cc"
    declarations="${declarations-}int unit_$stem(); "
    sum="${sum-0} + unit_$stem()"
    count=$((count + 1))
done

if ! $CXX --version >/dev/null 2>&1; then
    echo "skipped: there is no C++ compiler"
    exit 77
fi
cat >"$scratch/main.cc" <<END
#include <pileus/pileus.h>
#include <cstring>
$declarations
int main()
{
    return std::strlen(pileus_version()) > 0 && $sum == $count ? 0 : 1;
}
END
# shellcheck disable=SC2086 # lists
$CXX -std=c++11 $flags $SANITIZER_FLAGS -o "$scratch/program" "$scratch"/*.cc \
    -L"$abs_top_builddir/.libs" -lpileus ||
    fail "the headers do not make a C++ program"
LD_LIBRARY_PATH=$abs_top_builddir/.libs "$scratch/program" ||
    fail "the C++ program does not run"
echo "$count headers stand alone in C and C++"
