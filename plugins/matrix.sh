#!/bin/sh
# What each driver can do, as a table in Markdown, from the drivers themselves:
# what make matrix writes plugins/README.md with.
# SPDX-License-Identifier: Apache-2.0
#
# usage: matrix.sh COMMAND DIRECTORY
#
# COMMAND is the pileus command, DIRECTORY holds the drivers: others that it may
# find on this machine are none of the table's.
set -u
command=${1:?usage: matrix.sh COMMAND DIRECTORY}
PILEUS_DRIVER_PATH=${2:?usage: matrix.sh COMMAND DIRECTORY}
export PILEUS_DRIVER_PATH

cat <<'END'
# What each driver can do

This table is written by `make matrix`, from what the drivers say of themselves
(`pileus driver show NAME`). A name is that of a call in pileus-driver(3), and
of the capability that pileus_connection_capability() asks for, which also knows
about each argument of a call. What is left empty is refused before anything is
asked of the provider; only to get one object, pileus looks through its listing
then. Manual pages say more: pileus-NAME(7).

END
drivers=$("$command" driver list -o json) || exit
printf '%s\n' "$drivers" | jq -r '
    [.[] | select(.manifest | startswith(env.PILEUS_DRIVER_PATH + "/"))]
    | sort_by(.name) as $drivers
    | def row($head; cells): "| " + ([$head] + [$drivers[] | cells] | join(" | ")) + " |";
      row("call"; .name),
      "|---" + ($drivers | map("|---") | join("")) + "|",
      (["compute", "lifecycle", "images", "volumes", "keypairs", "addresses"] as $first
       | [$drivers[].calls[] | split(".")[0]] | unique
       | sort_by(. as $service | $first | index($service) // length)[]
       | . as $service
       | row("**\($service)**"; ""),
         ([$drivers[].calls[] | select(startswith($service + "."))] | unique[]
          | . as $call
          | row($call | split(".")[1];
                if .calls | index($call) then "yes" else "" end)))'
