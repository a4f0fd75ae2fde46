/* A user's walk at EC2: what its files share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_EC2_WALK_H
#define TESTS_PLUGINS_EC2_WALK_H

#include "tests/plugins/ec2_support.h"

typedef struct walk {
    ec2_mock *mock; /* NULL: at another's */
    pileus_connection *conn;
    pileus_call *call;
    const char *location;
    char name[64]; /* of all that is made */
    pileus_node *node;
    pileus_volume *volume;
    pileus_snapshot *snapshot;
    pileus_address *address;
    pileus_key_pair *pair;
} walk;

/* ec2_walk_storage.c */
void walk_use_volume(walk *at);
void walk_use_snapshot(walk *at);
void walk_destroy_volume(walk *at);
void walk_use_address(walk *at);

#endif
