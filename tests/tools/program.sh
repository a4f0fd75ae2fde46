#!/bin/sh
# Takes a program, or another file, that a document shows out of it, so that a
# test can try it.
# SPDX-License-Identifier: Apache-2.0
#
# usage: program.sh DOCUMENT NAME FILE
#
# In a manual page it stands between lines .\" BEGIN NAME and .\" END NAME; in
# Markdown it is the first fenced block of language NAME.
set -u

case $1 in
*.md) awk -v fence="\`\`\`$2" '
    $0 == "```" && inside { exit }
    inside { print }
    $0 == fence { inside = 1 }' "$1" ;;
*) awk -v name="$2" '
    $1 == ".\\\"" && $2 == "END" && $3 == name { exit }
    inside && !/^\.(Bd|Ed)/ {
        gsub(/\\\(aq/, "\047")
        gsub(/\\e/, "\\")
        print
    }
    $1 == ".\\\"" && $2 == "BEGIN" && $3 == name { inside = 1 }' "$1" ;;
esac >"$3"
[ -s "$3" ] || {
    echo "$1 shows no $2"
    exit 1
}
