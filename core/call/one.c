/* Calls that give one object. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/one.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/call/listing.h"
#include "core/model/query.h"

/* ---- from the driver
 * --------------------------------------------------------------- */

/* Always true: too many objects are an error, found at the end. */
static bool
keep(void *user, pil__object *object)
{
    pil__one *one = user;

    if (one->count++ == 0) {
        one->object = pil__object_ref(object);
    }
    return true;
}

pileus_code
pil__one_place(const void *place, pileus_kind kind, pileus_error **err)
{
    if (place == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "%s %s needs a connection to come from, and a "
                              "place to go to: give both",
                              pil__kind_article(kind), pil__kind_name(kind));
    }
    return PILEUS_OK;
}

void
pil__one_begin(pil__one *one, pileus_kind kind)
{
    one->object = NULL;
    one->count = 0;
    one->sink = pil__operation_sink(&one->operation, kind, NULL, keep, one);
}

pileus_code
pil__one_end(pil__one *one, int32_t code, pileus_error **err)
{
    pileus_code result;

    pil__sink_end(&one->sink);
    if (code == PILEUS_OK && one->count != 1) {
        code = pileus_fail(one->operation.call, PILEUS_DRIVER,
                           "%s gave %zu %ss instead of one: tell the driver's "
                           "authors",
                           one->operation.call->what, one->count,
                           pil__kind_name(one->sink.kind));
    }
    result = pil__leave(&one->operation, code, err);
    if (result != PILEUS_OK) {
        pil__object_unref(one->object);
        one->object = NULL;
    }
    return result;
}

pileus_code
pil__become(void *object, int32_t state, const char *word, pileus_error **err)
{
    return pil__object_change_state(object, state, word) == PILEUS_OK
               ? PILEUS_OK
               : pil__error_no_memory(err);
}

/* ---- by id or name
 * ----------------------------------------------------------------- */

/* A key pair is known by its name, everything else by its id. */
static bool
has_name(pileus_kind kind)
{
    return kind == PILEUS_KIND_KEY_PAIR;
}

static pileus_code
no_such(const pileus_connection *conn, pileus_kind kind, const char *id,
        pileus_error **err)
{
    return pil__error_set(
        err, PILEUS_NOT_FOUND,
        "%s: there is no %s with the %s '%.64s': 'pileus %s list' shows those "
        "there are",
        pileus_connection_driver(conn), pil__kind_name(kind),
        has_name(kind) ? "name" : "id", id,
        has_name(kind) ? "keypair" : pil__kind_name(kind));
}

/* Takes the first. */
static bool
take(void *user, pil__object *object)
{
    pil__object **taken = user;

    *taken = pil__object_ref(object);
    return false;
}

static pileus_code
get_by_listing(pil__object **object, pileus_connection *conn, pileus_kind kind,
               const char *id, pileus_call *call, pileus_error **err)
{
    pil__listing listing = {.conn = conn, .kind = kind};
    pileus_query *query = NULL;
    pil__object *found = NULL;
    pileus_code code = pileus_query_new(&query, err);

    if (code == PILEUS_OK) {
        code = has_name(kind)
                   ? pileus_query_set_name(query, id, err)
                   : pileus_query_add_id(query, id, PILEUS_NUL_TERMINATED, err);
    }
    if (code == PILEUS_OK) {
        listing.query = query;
        code = pil__each(&listing, take, &found, call, err);
    }
    if (code == PILEUS_OK && found == NULL) {
        code = no_such(conn, kind, id, err);
    }
    pileus_query_free(query);
    if (code != PILEUS_OK) {
        pil__object_unref(found);
        return code;
    }
    *object = found;
    return PILEUS_OK;
}

/* A call of the driver that gets an object by its id or name. */
typedef int32_t (*get_call)(void *connection, pileus_call *call, const char *id,
                            pileus_sink *sink);

/* The one for a kind; NULL when the driver has none. */
static get_call
call_for(const pil__instance *instance, pileus_kind kind, const char **service,
         const char **what)
{
    switch (kind) {
    case PILEUS_KIND_NODE:
        *service = "compute";
        *what = "get_node";
        return instance->compute.get_node;
    case PILEUS_KIND_IMAGE:
        *service = "images";
        *what = "get_image";
        return instance->images.get_image;
    case PILEUS_KIND_KEY_PAIR:
        *service = "keypairs";
        *what = "get_key_pair";
        return instance->keypairs.get_key_pair;
    default:
        return NULL;
    }
}

static pileus_code
get_checked(pil__object **object, pileus_connection *conn, pileus_kind kind,
            const char *id, pileus_call *call, pileus_error **err)
{
    const char *service = NULL;
    const char *what = NULL;
    get_call get = call_for(conn->instance, kind, &service, &what);
    pil__one one;
    pileus_code code;

    if (get == NULL) {
        return get_by_listing(object, conn, kind, id, call, err);
    }
    code = pil__enter_call(&one.operation, conn, service, what, call, err);
    if (code != PILEUS_OK) {
        return code;
    }
    pil__one_begin(&one, kind);
    code = pil__one_end(
        &one, get(conn->state, one.operation.call, id, &one.sink), err);
    *object = one.object;
    return code;
}

pileus_code
pil__get(pil__object **object, pileus_connection *conn, pileus_kind kind,
         const char *id, size_t length, pileus_call *call, pileus_error **err)
{
    char *copy;
    pileus_code code;

    code = pil__one_place(conn == NULL ? NULL : object, kind, err);
    if (code == PILEUS_OK) {
        code = pil__check_plain(has_name(kind) ? "the name" : "the id", id,
                                &length, PILEUS_ID_MAX, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    copy = pil__strndup(id, length);
    if (copy == NULL) {
        return pil__error_no_memory(err);
    }
    code = get_checked(object, conn, kind, copy, call, err);
    pil__free(copy);
    return code;
}
