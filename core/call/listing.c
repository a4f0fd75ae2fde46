/* Listings: streamed to a callback, or collected in a list. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/listing.h"

#include "core/base/error.h"
#include "core/model/list.h"
#include "core/model/query.h"

typedef int32_t (*list_call)(void *connection, pileus_call *call,
                             const pileus_query_args *query, pileus_sink *sink);

static list_call
call_for(const pileus_compute_service *compute, pileus_kind kind,
         const char **what)
{
    switch (kind) {
    case PILEUS_KIND_NODE:
        *what = "list_nodes";
        return compute->list_nodes;
    case PILEUS_KIND_SIZE:
        *what = "list_sizes";
        return compute->list_sizes;
    case PILEUS_KIND_IMAGE:
        *what = "list_images";
        return compute->list_images;
    default:
        *what = "list_locations";
        return compute->list_locations;
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
        code = pil__require_argument(operation, "compute", "location", err);
    }
    for (uint64_t i = 0; i < args->filter_count && code == PILEUS_OK; i++) {
        code = pil__require_argument(operation, "compute",
                                     args->filters[i].name, err);
    }
    return code;
}

pileus_code
pil__listing_arguments(const pileus_connection *conn, const void *out,
                       pileus_error **err)
{
    if (conn == NULL || out == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "a listing needs a connection and a place for "
                              "its objects: give both");
    }
    return PILEUS_OK;
}

pileus_code
pil__each(pileus_connection *conn, pileus_kind kind, const pileus_query *query,
          pil__sink_fn fn, void *user, pileus_call *call, pileus_error **err)
{
    const char *what = NULL;
    list_call list = call_for(&conn->instance->compute, kind, &what);
    pileus_query_args args = pil__query_args(query);
    pil__operation operation;
    pileus_sink sink;
    int32_t code = pil__enter(&operation, conn, what, call, err);

    if (code != PILEUS_OK) {
        return code;
    }
    code = list == NULL ? pil__not_supported(&operation, err)
                        : check_query(&operation, &args, err);
    if (code != PILEUS_OK) {
        (void)pil__leave(&operation, PILEUS_OK, NULL);
        return code;
    }
    sink = pil__operation_sink(&operation, kind, query, fn, user);
    code = list(conn->state, operation.call, &args, &sink);
    pil__sink_end(&sink);
    return pil__leave(&operation, sink.enough ? PILEUS_OK : code, err);
}

/* ---- streamed
 * ----------------------------------------------------------------------- */

/* An application's callback, by the type of its kind. */
typedef struct taker {
    union {
        pileus_node_fn node;
        pileus_size_fn size;
        pileus_image_fn image;
        pileus_location_fn location;
    } fn;
    void *user;
} taker;

static bool
take_node(void *user, pil__object *object)
{
    const taker *to = user;

    return to->fn.node(to->user, (pileus_node *)object);
}

static bool
take_size(void *user, pil__object *object)
{
    const taker *to = user;

    return to->fn.size(to->user, (pileus_size *)object);
}

static bool
take_image(void *user, pil__object *object)
{
    const taker *to = user;

    return to->fn.image(to->user, (pileus_image *)object);
}

static bool
take_location(void *user, pil__object *object)
{
    const taker *to = user;

    return to->fn.location(to->user, (pileus_location *)object);
}

pileus_code
pileus_node_each(pileus_connection *conn, const pileus_query *query,
                 pileus_node_fn fn, void *user, pileus_call *call,
                 pileus_error **err)
{
    taker to = {.fn.node = fn, .user = user};
    pileus_code code =
        pil__listing_arguments(conn, fn == NULL ? NULL : &to, err);

    return code != PILEUS_OK ? code
                             : pil__each(conn, PILEUS_KIND_NODE, query,
                                         take_node, &to, call, err);
}

pileus_code
pileus_size_each(pileus_connection *conn, const pileus_query *query,
                 pileus_size_fn fn, void *user, pileus_call *call,
                 pileus_error **err)
{
    taker to = {.fn.size = fn, .user = user};
    pileus_code code =
        pil__listing_arguments(conn, fn == NULL ? NULL : &to, err);

    return code != PILEUS_OK ? code
                             : pil__each(conn, PILEUS_KIND_SIZE, query,
                                         take_size, &to, call, err);
}

pileus_code
pileus_image_each(pileus_connection *conn, const pileus_query *query,
                  pileus_image_fn fn, void *user, pileus_call *call,
                  pileus_error **err)
{
    taker to = {.fn.image = fn, .user = user};
    pileus_code code =
        pil__listing_arguments(conn, fn == NULL ? NULL : &to, err);

    return code != PILEUS_OK ? code
                             : pil__each(conn, PILEUS_KIND_IMAGE, query,
                                         take_image, &to, call, err);
}

pileus_code
pileus_location_each(pileus_connection *conn, const pileus_query *query,
                     pileus_location_fn fn, void *user, pileus_call *call,
                     pileus_error **err)
{
    taker to = {.fn.location = fn, .user = user};
    pileus_code code =
        pil__listing_arguments(conn, fn == NULL ? NULL : &to, err);

    return code != PILEUS_OK ? code
                             : pil__each(conn, PILEUS_KIND_LOCATION, query,
                                         take_location, &to, call, err);
}

/* ---- collected
 * ----------------------------------------------------------------------- */

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

static pileus_code
list_kind(pileus_list **list, pileus_connection *conn, pileus_kind kind,
          const pileus_query *query, pileus_call *call, pileus_error **err)
{
    collector to = {0};
    pileus_code code = pil__listing_arguments(conn, list, err);

    if (code != PILEUS_OK) {
        return code;
    }
    to.list = pil__list_new();
    if (to.list == NULL) {
        return pil__error_no_memory(err);
    }
    code = pil__each(conn, kind, query, collect, &to, call, err);
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

pileus_code
pileus_node_list(pileus_list **list, pileus_connection *conn,
                 const pileus_query *query, pileus_call *call,
                 pileus_error **err)
{
    return list_kind(list, conn, PILEUS_KIND_NODE, query, call, err);
}

pileus_code
pileus_size_list(pileus_list **list, pileus_connection *conn,
                 const pileus_query *query, pileus_call *call,
                 pileus_error **err)
{
    return list_kind(list, conn, PILEUS_KIND_SIZE, query, call, err);
}

pileus_code
pileus_image_list(pileus_list **list, pileus_connection *conn,
                  const pileus_query *query, pileus_call *call,
                  pileus_error **err)
{
    return list_kind(list, conn, PILEUS_KIND_IMAGE, query, call, err);
}

pileus_code
pileus_location_list(pileus_list **list, pileus_connection *conn,
                     const pileus_query *query, pileus_call *call,
                     pileus_error **err)
{
    return list_kind(list, conn, PILEUS_KIND_LOCATION, query, call, err);
}
