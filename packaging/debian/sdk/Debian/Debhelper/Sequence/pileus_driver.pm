# dh --with pileus_driver: dh_pileus_driver, when all is in its place.
# SPDX-License-Identifier: Apache-2.0
use strict;
use warnings;
use Debian::Debhelper::Dh_Lib;

insert_before('dh_gencontrol', 'dh_pileus_driver');

1;
