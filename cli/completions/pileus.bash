# bash completion for pileus: the command itself knows what may come next.
# SPDX-License-Identifier: Apache-2.0

# Put the words up to the cursor in the array words. bash takes them apart at
# "=", "@" and ":" as well as at blanks; they are put together again here.
_pileus_words()
{
    local rest=${COMP_LINE:0:COMP_POINT} i piece

    words=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        piece=${COMP_WORDS[i]}
        if [[ $i -eq 0 || $rest == [[:space:]]* ]]; then
            words+=("")
        fi
        rest=${rest#"${rest%%[![:space:]]*}"}
        if [[ $i -eq $COMP_CWORD ]]; then
            piece=$rest
        fi
        words[-1]+=$piece
        rest=${rest#"$piece"}
    done
}

# A word as the command would get it, as far as quotes are simple.
_pileus_unquote()
{
    local word=$1

    case $word in
    \'*) word=${word#\'} word=${word%\'} ;;
    \"*) word=${word#\"} word=${word%\"} ;;
    *) word=${word//\\/} ;;
    esac
    unquoted=$word
}

_pileus()
{
    local words unquoted line breaks start file
    local -a plain=()

    _pileus_words
    for line in "${words[@]:1}"; do
        _pileus_unquote "$line"
        plain+=("$unquoted")
    done
    # What bash replaces begins behind the last of its breaking characters.
    breaks=${COMP_WORDBREAKS//[^=@:]/}
    start=${words[-1]}
    start=${start%"${start##*["${breaks:-=}"]}"}
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
        *$'\t'*)
            line=${line%%$'\t'*}
            if [[ $line == *= ]]; then
                compopt -o nospace 2>/dev/null
            elif [[ $line == *[!a-zA-Z0-9_.,:/=@%+-]* ]]; then
                printf -v line %q "$line"
            fi
            COMPREPLY+=("${line#"$start"}")
            ;;
        files*)
            compopt -o filenames 2>/dev/null
            line=${unquoted#"${line#files }"}
            while IFS= read -r file; do
                COMPREPLY+=("$file")
            done < <(compgen -f -- "$line")
            ;;
        esac
    done < <("$1" __complete "${plain[@]}" 2>/dev/null)
}

complete -F _pileus pileus
