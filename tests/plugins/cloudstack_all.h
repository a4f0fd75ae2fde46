/* All that a CloudStack can change, and one of each thing. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_CLOUDSTACK_ALL_H
#define TESTS_PLUGINS_CLOUDSTACK_ALL_H

#include "tests/plugins/cloudstack_support.h"

typedef struct all {
    cloudstack_mock *mock;
    pileus_connection *conn;
    pileus_node *node;
    pileus_volume *root;
    pileus_volume *data;
    pileus_snapshot *snapshot;
    pileus_image *image;
    pileus_key_pair *pair;
} all;

/* With one option for the connection, or NULL. */
all all_begin(const char *option, const char *value);
void all_end(all *have);

pileus_code create_node(all *have, pileus_call *call, pileus_error **err);
pileus_code start_node(all *have, pileus_call *call, pileus_error **err);

#define CHANGES 16
typedef struct change {
    const char *command;
    pileus_code (*change)(all *have, pileus_call *call, pileus_error **err);
    mock_kind kind; /* what it is about */
    const char *name;
    const char *state; /* that it then has; NULL: it is gone */
    bool job;
} change;
extern const change changes[CHANGES];

#endif
