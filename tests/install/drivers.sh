#!/bin/sh
# The drivers as modules: one export, bound when loaded, and none of what a
# driver never does among their imports.
# SPDX-License-Identifier: Apache-2.0
set -u
: "${abs_top_builddir:?}" # from make check

# A driver does not end the process, start others, print, or touch what
# belongs to the whole process. (The signal mask is a thread's own: a driver's
# threads block what is the application's.)
never="exit _exit _Exit quick_exit abort fork vfork execl execlp execle execv
    execve execvp posix_spawn system popen signal sigaction sigprocmask
    setlocale setenv unsetenv putenv chdir umask printf
    vprintf puts putchar perror __printf_chk __vprintf_chk stdout stderr
    stdin getenv"
status=0

fail()
{
    echo "failed: $*"
    status=1
}

if ! nm --version >/dev/null 2>&1 || ! readelf --version >/dev/null 2>&1; then
    echo "skipped: nm and readelf (binutils) are not installed"
    exit 77
fi
for module in "$abs_top_builddir"/drivers/*.so; do
    name=${module##*/}
    name=${name%.so}
    if ! [ -f "$module" ]; then
        echo "skipped: no driver is built"
        exit 77
    fi
    exports=$(nm -D --defined-only "$module" | awk '{ print $3 }' |
        grep -v '^__\(asan\|tsan\|odr_asan\|ubsan\|gcov\)' | tr '\n' ' ')
    [ "$exports" = "${name}_LTX_pileus_driver " ] ||
        fail "$name exports $exports"
    if [ -z "$SANITIZER_FLAGS$COVERAGE_FLAGS" ]; then
        imports=$(nm -D --undefined-only "$module" |
            awk '{ print $NF }' | sed 's/@.*//')
        for symbol in $never; do
            echo "$imports" | grep -qx "$symbol" &&
                fail "$name imports $symbol, which a driver never calls"
        done
        echo "$imports" | grep -E '^(pileus|pil_)_' &&
            fail "$name imports from libpileus"
    fi
    readelf -d "$module" | grep -qE 'BIND_NOW|\(FLAGS_1\).*NOW' ||
        fail "$name is not linked with -z now"
    readelf -d "$module" | grep -q 'NEEDED.*libpileus' &&
        fail "$name links libpileus"
    echo "$name: looked at"
done
exit $status
