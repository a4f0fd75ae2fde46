#!/bin/sh
# Prints what a version script exports, sorted: each symbol and its node.
# SPDX-License-Identifier: Apache-2.0
#
# usage: symbols.sh MAP
sed 's,/\*.*\*/,,' "$1" | awk '
    /{/ { node = $1 }
    /^[ \t]*local:/ { node = "" }
    node != "" && /^[ \t]*[a-z_0-9*]+;/ {
        sub(/;.*/, ""); gsub(/[ \t]/, ""); print $0, node
    }' | LC_ALL=C sort -u
