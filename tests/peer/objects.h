/* Objects as libcloud answered with them, and ours. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PEER_OBJECTS_H
#define TESTS_PEER_OBJECTS_H

#include <pileus/pileus.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <yajl/yajl_tree.h>

/* The types that uuids are made with; how many fields were compared so far. */
struct peer {
    const char *their_type;
    const char *our_type;
    size_t fields;
};

/* An entry of a JSON object, NULL when it is not there; one that must be a
 * string. */
yajl_val peer_get(yajl_val object, const char *key);
const char *peer_string(yajl_val object, const char *key);

/* Each field of libcloud's object is as ours; one that is compared with
 * nothing is a failure. A uuid is right when it is made of the same id and the
 * side's own type. */
void peer_compare_node(struct peer *peer, yajl_val theirs,
                       const pileus_node *ours);
void peer_compare_size(struct peer *peer, yajl_val theirs,
                       const pileus_size *ours);
void peer_compare_image(struct peer *peer, yajl_val theirs,
                        const pileus_image *ours);
void peer_compare_location(struct peer *peer, yajl_val theirs,
                           const pileus_location *ours);

#endif
