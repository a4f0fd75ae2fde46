/* The store: its shelves, its connection, its nodes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/store/store.h"

#include <stdlib.h>

/* ---- shelves ---------------------------------------------------------------
 */

void
store_copy(char to[STORE_TEXT], const char *from)
{
    (void)snprintf(to, STORE_TEXT, "%s", from == NULL ? "" : from);
}

bool
store_acts(const store *self, const char *act)
{
    return strcmp(self->act, act) == 0;
}

thing *
store_find(thing *list, const char *id)
{
    for (size_t i = 0; i < STORE_MOST; i++) {
        if (list[i].there && strcmp(list[i].id, id) == 0) {
            return &list[i];
        }
    }
    return NULL;
}

thing *
store_add(thing *list, pileus_call *call, const char *id, const char *name)
{
    for (size_t i = 0; i < STORE_MOST; i++) {
        if (!list[i].there) {
            list[i] = (thing){.there = true};
            store_copy(list[i].id, id);
            store_copy(list[i].name, name);
            return &list[i];
        }
    }
    (void)pileus_fail(call, PILEUS_QUOTA, "the store is full");
    return NULL;
}

thing *
store_found(thing *list, pileus_call *call, const void *object)
{
    const char *id = pileus_object_id(call, object);
    thing *at = id == NULL ? NULL : store_find(list, id);

    if (at == NULL) {
        (void)pileus_fail(call, PILEUS_NOT_FOUND, "'%s' is not there",
                          id == NULL ? "what has no id" : id);
    }
    return at;
}

int32_t
store_forget(thing *list, pileus_call *call, const void *object)
{
    thing *at = store_found(list, call, object);

    if (at == NULL) {
        return PILEUS_NOT_FOUND;
    }
    at->there = false;
    return PILEUS_OK;
}

int32_t
store_put_all(pileus_sink *sink, const thing *list, store_put_fn put)
{
    int32_t code = PILEUS_OK;

    for (size_t i = 0; i < STORE_MOST && code == PILEUS_OK; i++) {
        code = list[i].there ? put(sink, &list[i]) : PILEUS_OK;
    }
    return code;
}

int32_t
store_put_made(const store *self, pileus_sink *sink, const thing *at,
               store_put_fn put)
{
    int32_t code = store_acts(self, "none") ? PILEUS_OK : put(sink, at);

    return code == PILEUS_OK && store_acts(self, "two") ? put(sink, at) : code;
}

pileus_record *
store_begin(pileus_sink *sink, pileus_kind kind, const thing *at)
{
    pileus_record *record = pileus_begin(sink, kind);

    pileus_set_id(record, at->id);
    pileus_set_name(record, at->name);
    store_put_tags(record, kind, at);
    return record;
}

int32_t
store_get(thing *list, pileus_call *call, const char *id, store_put_fn put,
          pileus_sink *sink)
{
    const thing *at = store_find(list, id);

    return at == NULL ? pileus_fail(call, PILEUS_NOT_FOUND,
                                    "the store has no '%s'", id)
                      : put(sink, at);
}

/* ---- connection -----------------------------------------------------------
 */

static void
fill(store *self)
{
    thing *at;

    (void)store_add(self->nodes, NULL, "n-1", "web");
    (void)store_add(self->nodes, NULL, "n-2", "db");
    at = store_add(self->volumes, NULL, "v-1", "data");
    at->size = 10;
    at->state = PILEUS_VOLUME_AVAILABLE;
    store_copy(at->about, "here");
    at = store_add(self->volumes, NULL, "v-2", "root");
    at->size = 20;
    at->state = PILEUS_VOLUME_IN_USE;
    store_copy(at->belongs, "n-1");
    at = store_add(self->volumes, NULL, "v-3", "root");
    at->state = 99; /* of a newer library */
    at = store_add(self->snapshots, NULL, "s-1", "nightly");
    store_copy(at->belongs, "v-1");
    at->size = 10;
    at = store_add(self->snapshots, NULL, "s-2", "weekly");
    store_copy(at->belongs, "v-2");
    at->size = 20;
    at = store_add(self->pairs, NULL, "laptop", "laptop");
    store_copy(at->belongs, "ssh-ed25519 AAAA me@laptop");
    at = store_add(self->addresses, NULL, "a-1", "");
    store_copy(at->about, "192.0.2.1");
    at->size = 1;
    at = store_add(self->addresses, NULL, "a-2", "front");
    store_copy(at->about, "192.0.2.2");
    store_copy(at->belongs, "n-1");
    at = store_add(self->images, NULL, "i-1", "golden");
    store_copy(at->belongs, "n-1");
}

static int32_t
store_open(void *state, pileus_call *call, void **connection)
{
    store *self = calloc(1, sizeof *self);

    (void)state;
    if (self == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "no memory");
    }
    store_copy(self->act, pileus_setting(call, "act"));
    fill(self);
    *connection = self;
    return PILEUS_OK;
}

static void
store_close(void *connection)
{
    free(connection);
}

static int32_t
store_capability(void *connection, const char *service, const char *call,
                 const char *argument)
{
    static const char *const known[] = {"name", "size", "location", "snapshot",
                                        "kind"};

    (void)connection;
    for (size_t i = 0; argument != NULL && i < sizeof known / sizeof known[0];
         i++) {
        if (strcmp(call, "create_volume") == 0 &&
            strcmp(argument, known[i]) == 0) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    if (argument != NULL && strcmp(call, "rebuild_node") == 0 &&
        strcmp(argument, "password") == 0) {
        return PILEUS_CAPABILITY_YES;
    }
    if (argument != NULL && strcmp(service, "tags") == 0 &&
        strcmp(argument, "volume") == 0) {
        return PILEUS_CAPABILITY_YES;
    }
    return argument != NULL && strcmp(call, "create_image") == 0
               ? PILEUS_CAPABILITY_IGNORED
               : PILEUS_CAPABILITY_UNKNOWN;
}

static int32_t
put_node(pileus_sink *sink, const thing *at)
{
    return pileus_put(store_begin(sink, PILEUS_KIND_NODE, at));
}

static int32_t
store_list_nodes(void *connection, pileus_call *call,
                 const pileus_query_args *query, pileus_sink *sink)
{
    const store *self = connection;

    (void)call;
    (void)query;
    return store_put_all(sink, self->nodes, put_node);
}

/* ---- the driver -----------------------------------------------------------
 */

/* Compiled twice, under two names. */
#ifndef STORE_NAME
#define STORE_NAME store
#endif

static const void *
store_service(void *state, const char *service, uint32_t version)
{
    static const pileus_connection_service connection = {
        .struct_size = sizeof connection,
        .open = store_open,
        .close = store_close,
        .capability = store_capability,
    };
    static const pileus_compute_service compute = {
        .struct_size = sizeof compute,
        .list_nodes = store_list_nodes,
        .list_images = store_list_images,
    };
    const struct {
        const char *name;
        const void *table;
    } services[] = {
        {"connection", &connection},     {"compute", &compute},
        {"volumes", &store_volumes},     {"keypairs", &store_keypairs},
        {"addresses", &store_addresses}, {"images", &store_images},
        {"lifecycle", &store_lifecycle}, {"tags", &store_tags},
    };

    (void)state;
    for (size_t i = 0; version == 1 && i < sizeof services / sizeof services[0];
         i++) {
        if (strcmp(service, services[i].name) == 0) {
            return services[i].table;
        }
    }
    return NULL;
}

#define DEFINE(name)                                                           \
    PILEUS_DRIVER(name, .version = "1", .type = "store",                       \
                  .thread_model = PILEUS_THREADS_CONNECTION,                   \
                  .get_service = store_service)
DEFINE(STORE_NAME)
