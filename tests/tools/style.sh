#!/bin/sh
# Checks the house rules that a program can check: make style.
# SPDX-License-Identifier: Apache-2.0
#
# Lists of files are split at blanks on purpose: no file here has one in its
# name.
# shellcheck disable=SC2086
set -u
cd "$(dirname "$0")/../.." || exit 1

LONGEST=500 # lines of a file
failures=0

# complain HEADING LINES: the lines, if there are any, break a rule.
complain()
{
    if [ -n "$2" ]; then
        printf '%s\n' "style: $1:" "$2" | sed '2,$s/^/    /'
        failures=$((failures + 1))
    fi
}

left_out()
{
    echo "style: left out: $1"
}

folders="include core plugins cli sdk examples tests"
# What is frozen stays as it was.
sources=$(find $folders -name '*.[ch]' -o -name '*.cc' |
    grep -v '^tests/abi/[0-9]' | sort)
scripts=$(find quickstart .ci sdk tests packaging -name '*.sh' \
    -o -path quickstart -o -path .ci/run -o -path sdk/pileus-driver.in \
    -o -path packaging/application-headers -o -path packaging/debian-build \
    -o -path 'packaging/debian/tests/*' ! -name control | sort)
fragments=$(find Makefile.am $folders man packaging m4/pileus.m4 configure.ac \
    -name 'Makefile.inc' -o -name Makefile.am -o -name pileus.m4 -o -name configure.ac | sort)
pages=$(find man plugins cli sdk -name '*.[1-8]' | sort)

# ---- how a file begins, and ends ---------------------------------------------

for file in $sources; do
    head -n 1 "$file" | grep -q '^/\* .' ||
        complain "opens without a comment on its duty" "$file"
done
complain "has no SPDX line among its first" "$(for file in $sources $scripts \
    $fragments $pages; do
    head -n 12 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0' ||
        echo "$file"
done)"
complain "is longer than $LONGEST lines" "$(wc -l $sources $scripts |
    awk -v most=$LONGEST '$2 != "total" && $1 > most')"

# ---- what is never called ------------------------------------------------------

# banned FOLDERS NAMES: calls of one of these, as whole words.
banned()
{
    complain "calls a banned function" "$(find $1 -name '*.[ch]' -exec \
        grep -nE "(^|[^_[:alnum:]])($2) *\(" {} + | grep -vE ':[0-9]+: *(/\*|\*) ')"
}

banned "include core plugins cli examples sdk" \
    "v?sprintf|strcpy|stpcpy|strcat|strncpy|strncat|strtok|gets|alloca|atoi|atol|system"
banned "plugins sdk/template" "(secure_)?getenv"
banned "core plugins sdk/template" "popen|fork|exit|_exit|abort|signal|sigaction|setlocale"
banned "core plugins sdk/template" "printf|puts|putchar|perror"
banned "examples" "getenv"
complain "reads the environment past core/base/env.h or cli/terminal.h" \
    "$(find core cli -name '*.[ch]' ! -path core/base/env.c \
    ! -path cli/terminal.c -exec grep -nE \
    '(^|[^_[:alnum:]])(secure_)?getenv *\(' {} +)"
complain "gets memory past core/base/alloc.h" "$(find core -name '*.[ch]' \
    ! -path 'core/base/alloc.*' -exec grep -nE \
    '(^|[^_[:alnum:]])(malloc|calloc|realloc|strdup|strndup|v?asprintf|getline) *\(' \
    {} +)"

# ---- who includes whom --------------------------------------------------------

complain "includes a private header" "$(grep -nE \
    '#include +"(config\.h|core/)' -r plugins examples sdk/template \
    --include='*.[ch]'
    grep -nE '#include +"core/' -r cli include --include='*.[ch]')"
complain "includes a header of a library in a public one" "$(grep -nE \
    '#include +[<"](yajl|openssl|libvirt|curl|ltdl)' -r include)"

# A room of the core includes its own headers, its neighbours', and those of
# the rooms below.
complain "includes a header of a higher room" "$(grep -oE \
    '#include "core/[a-z]+/' -r core --include='*.[ch]' | awk -F '[/:]' '
    BEGIN {
        level["base"] = 0; level["model"] = 1; level["data"] = 1
        level["config"] = 2; level["driver"] = 3; level["http"] = 4
        level["call"] = 5
    }
    {
        room = $2
        other = $(NF - 1)
        if (!(room in level) || level[other] > level[room])
            print $1 "/" room "/" $3 " includes core/" other
    }')"

# ---- tools --------------------------------------------------------------------

if clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
    complain "is not as clang-format would have it" \
        "$(clang-format --dry-run -Werror $sources 2>&1 | grep error:)"
else
    left_out "clang-format 14 is not installed"
fi
if command -v shellcheck >/dev/null; then
    complain "is not as shellcheck would have it" \
        "$(shellcheck -x $scripts 2>&1)"
else
    left_out "shellcheck is not installed"
fi
if command -v mandoc >/dev/null; then
    complain "is not as mandoc would have it" \
        "$(mandoc -T lint -W warning $pages 2>&1)"
else
    left_out "mandoc is not installed"
fi
complain "ends a line in blanks" \
    "$(grep -nE '[[:blank:]]$' README.md $sources $scripts $pages)"

if [ "$failures" -gt 0 ]; then
    echo "style: $failures rules broken"
    exit 1
fi
echo "style: all rules kept"
