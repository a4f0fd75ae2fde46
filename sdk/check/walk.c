/* Walking through a listing, of whichever kind. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/walk.h"

#include "sdk/check/target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So often the first object may come until it is clear that the pages begin
 * anew; a listing of more than so many is none of a test's. */
#define AGAIN_MAX 3
#define OBJECTS_MAX 200000

/* What the typed functions of the library are given. */
typedef struct walker {
    check_walk_fn fn;
    void *user;
} walker;

/* ---- each kind -------------------------------------------------------------
 */

#define TAKE(KIND)                                                             \
    static bool take_##KIND(void *user, pileus_##KIND *object)                 \
    {                                                                          \
        const walker *self = user;                                             \
                                                                               \
        return self->fn(self->user, pileus_##KIND##_id(object),                \
                        pileus_##KIND##_name(object));                         \
    }

#define WALK(KIND, ...)                                                        \
    TAKE(KIND)                                                                 \
    static pileus_code walk_##KIND(pileus_connection *conn, check_walk_fn fn,  \
                                   void *user, pileus_call *call,              \
                                   pileus_error **err)                         \
    {                                                                          \
        walker self = {fn, user};                                              \
                                                                               \
        return pileus_##KIND##_each(conn, __VA_ARGS__, take_##KIND, &self,     \
                                    call, err);                                \
    }

WALK(node, NULL)
WALK(size, NULL)
WALK(image, NULL)
WALK(location, NULL)
WALK(volume, NULL)
WALK(snapshot, NULL, NULL)
WALK(key_pair, NULL)
WALK(address, NULL)

const check_listing check_listings_all[] = {
    {"compute.list_nodes", walk_node},
    {"compute.list_sizes", walk_size},
    {"compute.list_images", walk_image},
    {"compute.list_locations", walk_location},
    {"volumes.list_volumes", walk_volume},
    {"volumes.list_snapshots", walk_snapshot},
    {"keypairs.list_key_pairs", walk_key_pair},
    {"addresses.list_addresses", walk_address},
};
const size_t check_listing_count =
    sizeof check_listings_all / sizeof check_listings_all[0];

bool
check_listing_listed(const check_listing *listing,
                     const pileus_driver_info *info)
{
    for (size_t i = 0; i < pileus_driver_call_count(info); i++) {
        if (strcmp(pileus_driver_call(info, i), listing->name) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- ids -------------------------------------------------------------------
 */

typedef struct taker {
    check_ids *ids;
    char *first;
    int again;
} taker;

static bool
make_room(check_ids *ids)
{
    size_t room = ids->room == 0 ? 64 : ids->room * 2;
    char **lines;

    if (ids->count < ids->room) {
        return true;
    }
    lines = realloc(ids->lines, room * sizeof *lines);
    if (lines == NULL) {
        return false;
    }
    ids->lines = lines;
    ids->room = room;
    return true;
}

static bool
take_id(void *user, const char *id, const char *name)
{
    taker *self = user;
    check_ids *ids = self->ids;
    char *line = NULL;

    ids->nameless = ids->nameless || id == NULL;
    id = id == NULL ? "" : id;
    if (self->first != NULL && strcmp(id, self->first) == 0 &&
        ++self->again >= AGAIN_MAX) {
        ids->again = true;
        return false;
    }
    if (!make_room(ids) ||
        asprintf(&line, "%s\t%s", id, name == NULL ? "" : name) < 0) {
        ids->lost = true;
        return false;
    }
    self->first = self->first == NULL ? strdup(id) : self->first;
    ids->lines[ids->count++] = line;
    return ids->count < OBJECTS_MAX;
}

static int
compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

pileus_code
check_ids_take(check_ids *ids, const check_listing *listing,
               pileus_connection *conn, int64_t ms, pileus_error **err)
{
    taker self = {ids, NULL, 0};
    pileus_call *call = check_call_new(ms);
    pileus_code code;

    memset(ids, 0, sizeof *ids);
    code = listing->walk(conn, take_id, &self, call, err);
    pileus_call_free(call);
    free(self.first);
    if (ids->count > 0) {
        qsort(ids->lines, ids->count, sizeof *ids->lines, compare);
    }
    return code;
}

const char *
check_ids_differ(const check_ids *a, const check_ids *b)
{
    for (size_t i = 0; i < a->count || i < b->count; i++) {
        if (i >= a->count || i >= b->count ||
            strcmp(a->lines[i], b->lines[i]) != 0) {
            return i < a->count ? a->lines[i] : b->lines[i];
        }
    }
    return NULL;
}

const char *
check_ids_twice(const check_ids *ids)
{
    for (size_t i = 1; i < ids->count; i++) {
        const char *line = ids->lines[i];
        size_t length = strcspn(line, "\t");

        if (length > 0 && strncmp(line, ids->lines[i - 1], length + 1) == 0) {
            return line;
        }
    }
    return NULL;
}

void
check_ids_drop(check_ids *ids)
{
    for (size_t i = 0; i < ids->count; i++) {
        free(ids->lines[i]);
    }
    free(ids->lines);
    memset(ids, 0, sizeof *ids);
}
