#!/bin/sh
# Formats and columns, with objects whose facts are odd.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/cli/lib.sh
. "${abs_top_srcdir:?}/tests/cli/lib.sh"
need jq

x300=$(head -c 300 /dev/zero | tr '\0' x)
escape=$(printf '\033')

# ---- JSON --------------------------------------------------------------------

run node list -d odd -o json
ends 0
query length 12
query '.[0].name' '"all, \"facts\"\nof it"'
query '.[0].public_ips' '["192.0.2.1","2001:db8::1"]'
query '.[0].private_ips' '["10.0.0.1"]'
query '[.[0].size, .[0].image]' '["small","i\"1"]'
query '.[0].created_at' '"2009-02-13T23:31:30.5Z"'
query '.[0].extra | keys_unsorted' \
    '["null","yes","big","tenth","whole","large","text","nested"]'
query '.[0].extra.nested' '{"a.b":"dotted","list":[1],"none":[],"empty":{}}'
query '.[0].extra.text == "a\tb\u001b[0m\u007f\u009b"' true
has out '"big": -9223372036854775808' '"tenth": 0.1,' '"whole": 2.0,' \
    '"large": 1e+300' 'b\u001B[0m\u007f\u009b"'
# jq shows the same character for each: U+FFFD.
query '.[4].name == "bad\ufffdutf8"' true
query '.[5] | [.id, .name, .state, .uuid]' '[null,"no-id","unknown",null]'
query '.[10] | [.id, .name]' '["bare",null]'
query '.[11].name | length' 300
# On a terminal nothing of it would be obeyed.
lacks out "$escape"
LC_ALL=C grep -q "$(printf '\302\233')" "$scratch/out" &&
    show "should escape U+009B"
run node list -d odd -o json -O mood=empty
ends 0
prints <<'END'
[]
END
run node list -d odd -o jsonl -O mood=empty
ends 0
prints_nothing
run node list -d odd -o jsonl
ends 0
[ "$(wc -l <"$scratch/out")" -eq 12 ] || show "should print a line a node"
jq -e . <"$scratch/out" >/dev/null || show "should print JSON in each line"
run size list -d odd -o json
ends 0
query 'map([.ram, .disk, .price, .vcpus])' \
    '[[0,null,0.1,2],[null,null,null,null]]'

# ---- CSV ---------------------------------------------------------------------

run node list -d odd -o csv --columns id,name,public_ips,image,extra.nested,extra.null,extra.tenth
ends 0
head -n 4 "$scratch/out" >"$scratch/head" && mv "$scratch/head" "$scratch/out"
prints <<END
id,name,public_ips,image,extra.nested,extra.null,extra.tenth
full,"all, ""facts""
of it",192.0.2.1 2001:db8::1,"i""1","{""a.b"":""dotted"",""list"":[1],""none"":[],""empty"":{}}",,0.1
escape,red${escape}[31m${escape}]0;title$(printf '\007'),,,,,
END

# ---- ids ---------------------------------------------------------------------

run node list -d odd -o id
ends 0
prints <<'END'
full
escape
wide
bidi
broken
t-1
t-2
-xdash
two words
bare
long
END
has err "'no-id' has no id and is left out"

# ---- tables ------------------------------------------------------------------

run node list -d odd --columns name,state,created_at,extra.text
ends 0
says_nothing
prints <<END
NAME$(printf '%*s' 296 '')  STATE    CREATED_AT              EXTRA.TEXT
all, "facts"\\x0aof it$(printf '%*s' 279 '')  running  2009-02-13T23:31:30.5Z  a\\x09b\\x1b[0m\\x7f\\x9b
red\\x1b[31m\\x1b]0;title\\x07$(printf '%*s' 273 '')  error    -                       -
日本$(printf '%*s' 296 '')  stopped  -                       -
a\\u{202e}b\\x9bc$(printf '%*s' 285 '')  pending  -                       -
bad�utf8$(printf '%*s' 292 '')  running  -                       -
no-id$(printf '%*s' 295 '')  unknown  -                       -
twin$(printf '%*s' 296 '')  running  -                       -
twin$(printf '%*s' 296 '')  running  -                       -
dash$(printf '%*s' 296 '')  running  -                       -
it's \$HOME$(printf '%*s' 290 '')  running  -                       -
-$(printf '%*s' 299 '')  running  -                       -
$x300  paused   -                       -
END

# In a locale without UTF-8 a pipe still gets what the provider said.
LC_ALL=C run node list -d odd --columns id,name
ends 0
has out "wide       日本"

# ---- columns -----------------------------------------------------------------

run node show full -d odd --columns id,location,tags,provider_state,extra.nested.list,extra.nested.a.b,extra.none.such
ends 0
prints <<'END'
id                 full
location           here
tags               {"env":"prod"}
provider_state     odd
extra.nested.list  [1]
extra.nested.a.b   dotted
extra.none.such    -
END
run node show full -d odd --columns id,extra.nested.a.b,id -o jsonl
ends 0
prints <<'END'
{"id":"full","extra.nested.a.b":"dotted","id":"full"}
END
run driver list --columns name,website -o csv
ends 0
has out "odd,https://odd.example/"

# ---- output that cannot be written ---------------------------------------------

for format in table json jsonl csv id; do
    status=0
    ran="pileus node list -o $format >/dev/full"
    "$pileus" node list -d odd -o $format >/dev/full 2>"$scratch/err" ||
        status=$?
    ends 1
    has err "cannot write to standard output: No space left on device"
    status=0
    ran="pileus node list -o $format >&-"
    "$pileus" node list -d odd -o $format >&- 2>"$scratch/err" || status=$?
    ends 1
    has err "cannot write to standard output: Bad file descriptor"
done
for what in --help --version "node list --help"; do
    status=0
    ran="pileus $what >/dev/full"
    # shellcheck disable=SC2086 # a list
    "$pileus" $what >/dev/full 2>"$scratch/err" || status=$?
    ends 1
    has err "cannot write to standard output: No space left on device"
done

finish
