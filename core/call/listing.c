/* Listings: streamed to a callback, or collected in a list. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/listing.h"

#include "core/base/error.h"
#include "core/model/list.h"
#include "core/model/query.h"

typedef int32_t (*list_call)(void *connection, pileus_call *call,
                             const pileus_query_args *query, pileus_sink *sink);

/* What the driver has for a kind. */
typedef struct way {
    const char *service;
    const char *what;
    list_call list; /* NULL for snapshots, whose call takes a volume, too */
} way;

static way
way_for(const pil__instance *instance, pileus_kind kind)
{
    switch (kind) {
    case PILEUS_KIND_NODE:
        return (way){"compute", "list_nodes", instance->compute.list_nodes};
    case PILEUS_KIND_SIZE:
        return (way){"compute", "list_sizes", instance->compute.list_sizes};
    case PILEUS_KIND_IMAGE:
        return (way){"compute", "list_images", instance->compute.list_images};
    case PILEUS_KIND_LOCATION:
        return (way){"compute", "list_locations",
                     instance->compute.list_locations};
    case PILEUS_KIND_VOLUME:
        return (way){"volumes", "list_volumes", instance->volumes.list_volumes};
    case PILEUS_KIND_KEY_PAIR:
        return (way){"keypairs", "list_key_pairs",
                     instance->keypairs.list_key_pairs};
    case PILEUS_KIND_ADDRESS:
        return (way){"addresses", "list_addresses",
                     instance->addresses.list_addresses};
    default:
        return (way){"volumes", "list_snapshots", NULL};
    }
}

/* What the core cannot check on the objects themselves, the driver must be
 * able to ask its provider. */
static pileus_code
check_query(const pil__operation *operation, const pileus_query_args *args,
            pileus_error **err)
{
    pileus_code code = PILEUS_OK;

    if (args->location != NULL) {
        code = pil__require_argument(operation, "location", err);
    }
    for (uint64_t i = 0; i < args->filter_count && code == PILEUS_OK; i++) {
        code = pil__require_argument(operation, args->filters[i].name, err);
    }
    return code;
}

pileus_code
pil__listing_check(const pil__listing *listing, const void *out,
                   pileus_error **err)
{
    if (listing->conn == NULL || out == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "a listing needs a connection and a place for "
                              "its objects: give both");
    }
    if (listing->volume != NULL &&
        pileus_volume_connection(listing->volume) != listing->conn) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "the volume whose snapshots are to be listed is "
                              "of another connection: list them on its own");
    }
    return PILEUS_OK;
}

/* slabs: where objects come from that are kept; NULL: they are not. */
static pileus_code
each(const pil__listing *listing, pil__slabs *slabs, pil__sink_fn fn,
     void *user, pileus_call *call, pileus_error **err)
{
    pileus_connection *conn = listing->conn;
    way to = way_for(conn->instance, listing->kind);
    pileus_query_args args = pil__query_args(listing->query);
    pil__operation operation;
    pileus_sink sink;
    int32_t code =
        pil__enter_call(&operation, conn, to.service, to.what, call, err);

    if (code != PILEUS_OK) {
        return code;
    }
    code = check_query(&operation, &args, err);
    if (code != PILEUS_OK) {
        pil__give_up(&operation);
        return code;
    }
    sink = pil__operation_sink(&operation, listing->kind, listing->query, fn,
                               user);
    sink.slabs = slabs;
    code = to.list != NULL ? to.list(conn->state, operation.call, &args, &sink)
                           : conn->instance->volumes.list_snapshots(
                                 conn->state, operation.call, listing->volume,
                                 &args, &sink);
    pil__sink_end(&sink);
    return pil__leave(&operation, sink.enough ? PILEUS_OK : code, err);
}

pileus_code
pil__each(const pil__listing *listing, pil__sink_fn fn, void *user,
          pileus_call *call, pileus_error **err)
{
    return each(listing, NULL, fn, user, call, err);
}

typedef struct collector {
    pileus_list *list;
    bool no_memory;
} collector;

static bool
collect(void *user, pil__object *object)
{
    collector *to = user;

    to->no_memory = !pil__list_add(to->list, object);
    return !to->no_memory;
}

pileus_code
pil__list(pileus_list **list, const pil__listing *listing, pileus_call *call,
          pileus_error **err)
{
    collector to = {0};
    pil__slabs slabs = {0};
    pileus_code code = pil__listing_check(listing, list, err);

    if (code != PILEUS_OK) {
        return code;
    }
    to.list = pil__list_new();
    if (to.list == NULL) {
        return pil__error_no_memory(err);
    }
    code = each(listing, &slabs, collect, &to, call, err);
    pil__slabs_end(&slabs);
    if (code == PILEUS_OK && to.no_memory) {
        code = pil__error_no_memory(err);
    }
    if (code != PILEUS_OK) {
        pileus_list_free(to.list);
        return code;
    }
    *list = to.list;
    return PILEUS_OK;
}
