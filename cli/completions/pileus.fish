# fish completion for pileus: the command itself knows what may come next.
# SPDX-License-Identifier: Apache-2.0

function __pileus_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    # As the command would get it; a quote may still be open.
    set word (string unescape -- "$word"; or string trim -l -c '"\'' -- "$word")
    set -l command $words[1]
    set -e words[1]
    for line in ($command __complete $words $word 2>/dev/null)
        if string match -q 'files*' -- $line; and not string match -q "*"\t"*" -- $line
            set -l start (string replace -r '^files ?' '' -- $line)
            set -l rest (string sub -s (math (string length -- "$start") + 1) -- "$word")
            for file in (__fish_complete_path "$rest")
                echo -- $start$file
            end
        else
            echo -- $line
        end
    end
end

complete -c pileus -f -a '(__pileus_complete)'
