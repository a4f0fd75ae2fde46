#!/bin/sh
# Which suites have more than one thread, their own, a server's, or those that
# the library has for fleets and iterators: races are looked for in these.
# SPDX-License-Identifier: Apache-2.0
#
# usage: threaded.sh SRCDIR TEST...
#
# Prints the programs among the tests whose sources say so.
set -u
from=$1
shift
for test; do
    case $test in
    *.sh) continue ;;
    esac
    if grep -qE 'pthread_|_start|_iterate|_fleet|libvirt' "$from/$test.c" 2>/dev/null; then
        echo "$test"
    fi
done
