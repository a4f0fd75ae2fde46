#!/bin/sh
# Has libFuzzer run the fuzz targets: make fuzz. Builds all of pileus in fuzz/
# of the build folder, with the sanitizers, unless that is a build for the
# fuzzer itself; what the fuzzer learns stays in fuzz/corpus, and what it finds
# in fuzz/crashes.
# SPDX-License-Identifier: Apache-2.0
#
# run.sh SOURCES TARGET..., with FUZZ_SECONDS, FUZZ_CC, MAKE and SANITIZER_FLAGS
# in the environment.
set -u
sources=$1
shift

sanitizers=address,undefined,fuzzer-no-link
mkdir -p fuzz || exit 1
case $SANITIZER_FLAGS in
*$sanitizers*) build=$PWD ;;
*) build=$PWD/fuzz ;;
esac
cd "$build" || exit 1

# ---- the build ------------------------------------------------------------------

cat >probe.c <<'END'
int LLVMFuzzerTestOneInput(const unsigned char *data, unsigned long size);
int LLVMFuzzerTestOneInput(const unsigned char *data, unsigned long size)
{
    return data == 0 && size > 0;
}
END
if ! $FUZZ_CC -fsanitize=fuzzer,address,undefined -o probe probe.c 2>/dev/null; then
    echo "make fuzz: $FUZZ_CC cannot link with -fsanitize=fuzzer: install" \
        "clang and its runtime (Debian: clang and libclang-rt-dev; Fedora:" \
        "clang and compiler-rt), or name another one with FUZZ_CC" >&2
    exit 1
fi
rm -f probe probe.c
if ! [ -f Makefile ]; then
    "$sources/configure" -q --disable-static --enable-sanitizers=$sanitizers \
        CC="$FUZZ_CC" CXX="$FUZZ_CC++" CFLAGS='-g -O1' || exit 1
fi
# Make does not know what engine they were linked with, so they are linked again.
rm -f "$@" tests/fuzz/driver
"$MAKE" -s FUZZ_ENGINE=-fsanitize=fuzzer "$@" || exit 1
cd "${build%/fuzz}/fuzz" || exit 1

# ---- the runs --------------------------------------------------------------------

failed=
for target in "$@"; do
    name=${target##*/}
    mkdir -p "corpus/$name" "crashes/$name"
    echo "==== $name, $FUZZ_SECONDS s"
    # Memory that is asked for and not there is a failure like any other.
    ASAN_OPTIONS=allocator_may_return_null=1:${ASAN_OPTIONS-} \
        "$build/$target" -max_total_time="$FUZZ_SECONDS" -timeout=20 \
        -rss_limit_mb=2048 -max_len=16384 -print_final_stats=1 \
        -artifact_prefix="crashes/$name/" \
        -dict="$sources/tests/fuzz/words.dict" \
        "corpus/$name" "$sources/tests/fuzz/seeds/$name" >"$name.log" 2>&1 ||
        grep '^SKIP:' "$name.log" || failed="$failed $name"
    grep -E '^(stat::(number|average|peak)|#.*DONE)' "$name.log"
done
if [ -n "$failed" ]; then
    for name in $failed; do
        echo "---- $name"
        grep -v '^#' "$name.log" | tail -n 60
    done
    echo "make fuzz: failed:$failed; the inputs are in fuzz/crashes"
    exit 1
fi
