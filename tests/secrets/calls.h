/* Every call that an application can make, and all that comes of it looked at.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SECRETS_CALLS_H
#define TESTS_SECRETS_CALLS_H

#include <pileus/pileus.h>

/* What verbs are tried on, from a time when things went well. */
typedef struct things {
    pileus_list *nodes;
    pileus_list *images;
    pileus_list *volumes;
    pileus_list *snapshots;
    pileus_list *key_pairs;
} things;

void calls_take(things *had, pileus_connection *conn);
void calls_drop(things *had);

/* Run every call of every service; whether it succeeds is no matter. */
void calls_run(pileus_connection *conn, const things *had);

#endif
