/* Comparing our objects with libcloud's, field by field. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PEER_CHECK_H
#define TESTS_PEER_CHECK_H

#include <pileus/pileus.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <yajl/yajl_tree.h>

/* What differs from libcloud on purpose: a field of one of its classes, as in
 * {"Node", "public_ips"} or {"Node", "extra.vpc_uuid"}; why, and where the
 * provider says so. "+extra.KEY" is a key that we have and libcloud has not.
 * The values, as in "state: \"pending\" -> \"stopped\"", narrow it to these. */
typedef struct peer_difference {
    const char *class;
    const char *field;
    const char *why;
    const char *document;
} peer_difference;

#define PEER_DIFFERENCES_MAX 128

typedef struct peer_check {
    const peer_difference *differences; /* ended by one without a class */
    bool met[PEER_DIFFERENCES_MAX];
    size_t fields; /* that were compared */
} peer_check;

/* Is that a difference on purpose? It counts as met, then. */
bool peer_differs(peer_check *check, const char *class, const char *field);
/* All differences of the table have been met; else it is out of date. */
void peer_check_met(const peer_check *check);

/* Each field of libcloud's object is as ours, or differs on purpose. ours is a
 * pileus_node, pileus_size and so on, as its _type says. */
void peer_check_object(peer_check *check, yajl_val theirs, const void *ours);

/* The same of all entries of a list, in order. */
void peer_check_list(peer_check *check, yajl_val theirs,
                     const pileus_list *ours);

/* An entry of a JSON object; NULL when it is not there. One that must be a
 * string. */
yajl_val peer_get(yajl_val object, const char *key);
const char *peer_string(yajl_val object, const char *key);

#endif
