/* Objects of a driver that no provider gave. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_THINGS_H
#define SDK_CHECK_THINGS_H

#include <pileus/pileus.h>

/* One of each kind, as they would be loaded of a file that somebody changed;
 * they belong to the list. */
typedef struct check_things {
    pileus_list *list;
    pileus_node *node;
    pileus_volume *volume;
    pileus_snapshot *snapshot;
    pileus_image *image;
    pileus_key_pair *key_pair;
    pileus_address *address;
} check_things;

/* id: of all of them; NULL: they have none. blob: in base64; NULL: none.
 * false: the library lets no such thing be, or there is no memory. */
bool check_things_load(check_things *things, pileus_connection *conn,
                       const char *id, const char *blob);
void check_things_drop(check_things *things);

#endif
