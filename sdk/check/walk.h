/* Walking through a listing, of whichever kind. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_WALK_H
#define SDK_CHECK_WALK_H

#include <pileus/pileus.h>

/* false: that is enough. */
typedef bool (*check_walk_fn)(void *user, const char *id, const char *name);

typedef struct check_listing {
    const char *name; /* "compute.list_nodes" */
    pileus_code (*walk)(pileus_connection *conn, check_walk_fn fn, void *user,
                        pileus_call *call, pileus_error **err);
} check_listing;

extern const check_listing check_listings_all[];
extern const size_t check_listing_count;

/* Is it in the manifest? */
bool check_listing_listed(const check_listing *listing,
                          const pileus_driver_info *info);

/* The ids and names of a listing, sorted, so that two can be compared. */
typedef struct check_ids {
    char **lines; /* "id\tname" */
    size_t count;
    size_t room;
    bool lost;     /* memory ran out */
    bool again;    /* the first came again and again */
    bool nameless; /* one had no id */
} check_ids;

pileus_code check_ids_take(check_ids *ids, const check_listing *listing,
                           pileus_connection *conn, int64_t ms,
                           pileus_error **err);
/* The first that is in one and not in the other; NULL: they are the same. */
const char *check_ids_differ(const check_ids *a, const check_ids *b);
/* One that is there twice; NULL: none. */
const char *check_ids_twice(const check_ids *ids);
void check_ids_drop(check_ids *ids);

#endif
