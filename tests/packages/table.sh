#!/bin/sh
# A table of packages: what each holds and needs, and the room that it takes.
#
#   table.sh PACKAGE.deb...
# SPDX-License-Identifier: Apache-2.0
set -u

for deb; do
    dpkg-deb -f "$deb" Package
    printf '  installed size  %s KiB\n' "$(dpkg-deb -f "$deb" Installed-Size)"
    printf '  depends on      %s\n' "$(dpkg-deb -f "$deb" Depends)"
    provides=$(dpkg-deb -f "$deb" Provides)
    [ -z "$provides" ] || printf '  provides        %s\n' "$provides"
    # Every package has its changelog and licence.
    dpkg-deb --fsys-tarfile "$deb" | tar -t |
        sed -n -e '/\/$/d' -e '\|/usr/share/doc/[^/]*/c[ho]|d' \
            -e 's|^\.|                  |p'
done
