/* Queries: which objects a listing is about. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/query.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/model/pairs.h"
#include "core/model/value.h"

#include <string.h>

struct pileus_query {
    pil__arena arena;
    pileus_value *id_set; /* a dict: the ids once more, to find one quickly */
    const char **ids;
    size_t id_count;
    size_t id_capacity;
    pileus_state *states;
    size_t state_count;
    size_t state_capacity;
    const char *name;
    const char *location;
    struct pil__pairs tags;
    struct pil__pairs filters;
};

pileus_code
pileus_query_new(pileus_query **query, pileus_error **err)
{
    pileus_query *made = pil__calloc(1, sizeof *made);

    if (made == NULL) {
        return pil__error_no_memory(err);
    }
    made->id_set = pil__value_dict(&made->arena);
    if (made->id_set == NULL) {
        pileus_query_free(made);
        return pil__error_no_memory(err);
    }
    *query = made;
    return PILEUS_OK;
}

void
pileus_query_free(pileus_query *query)
{
    if (query == NULL) {
        return;
    }
    pil__arena_free(&query->arena);
    pil__free(query->ids);
    pil__free(query->states);
    pil__pairs_free(&query->tags);
    pil__pairs_free(&query->filters);
    pil__free(query);
}

/* ---- setting it up ------------------------------------------------------- */

static pileus_code
refuse_null(pileus_error **err)
{
    return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                          "there is no query to add to: make one with "
                          "pileus_query_new");
}

/* Copy an id into the query; false: no memory. */
static bool
add_id(pileus_query *query, const char *id, size_t length)
{
    void *ids = query->ids;

    if (pil__value_find(query->id_set, id, length) != NULL) {
        return true;
    }
    if (!pil__grow(&ids, &query->id_capacity, query->id_count,
                   sizeof *query->ids)) {
        return false;
    }
    query->ids = ids;
    if (!pil__value_set(&query->arena, query->id_set, id, length,
                        pil__value_null(&query->arena))) {
        return false;
    }
    query->ids[query->id_count] =
        pileus_value_key(query->id_set, query->id_count);
    query->id_count++;
    return true;
}

pileus_code
pileus_query_add_id(pileus_query *query, const char *id, size_t length,
                    pileus_error **err)
{
    pileus_code code =
        query == NULL ? refuse_null(err) : pil__id_check(id, &length, err);

    if (code == PILEUS_OK && !add_id(query, id, length)) {
        code = pil__error_no_memory(err);
    }
    return code;
}

/* Replace a text of the query by a copy of another. */
static pileus_code
replace(pileus_query *query, const char **place, const char *text,
        size_t length, pileus_error **err)
{
    char *copy = pil__arena_strndup(&query->arena, text, length);

    if (copy == NULL) {
        return pil__error_no_memory(err);
    }
    *place = copy;
    return PILEUS_OK;
}

pileus_code
pileus_query_set_name(pileus_query *query, const char *name, pileus_error **err)
{
    size_t length = PILEUS_NUL_TERMINATED;
    pileus_code code = query == NULL
                           ? refuse_null(err)
                           : pil__check_plain("the name to look for", name,
                                              &length, PILEUS_STRING_MAX, err);

    return code != PILEUS_OK ? code
                             : replace(query, &query->name, name, length, err);
}

pileus_code
pileus_query_set_location(pileus_query *query, const char *location_id,
                          pileus_error **err)
{
    size_t length = PILEUS_NUL_TERMINATED;
    pileus_code code =
        query == NULL
            ? refuse_null(err)
            : pil__check_plain("the id of the location to look for",
                               location_id, &length, PILEUS_ID_MAX, err);

    return code != PILEUS_OK
               ? code
               : replace(query, &query->location, location_id, length, err);
}

pileus_code
pileus_query_add_state(pileus_query *query, pileus_state state,
                       pileus_error **err)
{
    void *states = query == NULL ? NULL : query->states;

    if (query == NULL) {
        return refuse_null(err);
    }
    if (!pil__grow(&states, &query->state_capacity, query->state_count,
                   sizeof state)) {
        return pil__error_no_memory(err);
    }
    query->states = states;
    query->states[query->state_count++] = state;
    return PILEUS_OK;
}

pileus_code
pileus_query_add_tag(pileus_query *query, const char *key, const char *value,
                     pileus_error **err)
{
    size_t length = PILEUS_NUL_TERMINATED;
    pileus_code code =
        query == NULL ? refuse_null(err)
                      : pil__check_plain("the key of a tag to look for", key,
                                         &length, PILEUS_STRING_MAX, err);

    if (code == PILEUS_OK && value != NULL) {
        code = pil__check_text("the value of a tag to look for", value,
                               PILEUS_STRING_MAX, err);
    }
    return code != PILEUS_OK ? code
                             : pil__pairs_add(&query->tags, key, value, err);
}

pileus_code
pileus_query_add_filter(pileus_query *query, const char *name,
                        const char *value, pileus_error **err)
{
    size_t length = PILEUS_NUL_TERMINATED;
    pileus_code code = query == NULL
                           ? refuse_null(err)
                           : pil__check_plain("the name of a filter", name,
                                              &length, PILEUS_OPTION_MAX, err);

    if (code == PILEUS_OK) {
        code = pil__check_text("the value of a filter", value,
                               PILEUS_OPTION_MAX, err);
    }
    return code != PILEUS_OK
               ? code
               : pil__pairs_add(&query->filters, name, value, err);
}

/* ---- using it ------------------------------------------------------------ */

pileus_query_args
pil__query_args(const pileus_query *query)
{
    pileus_query_args args = {.struct_size = sizeof args};

    if (query != NULL) {
        args.id_count = query->id_count;
        args.ids = query->ids;
        args.name = query->name;
        args.state_count = query->state_count;
        args.states = query->states;
        args.location = query->location;
        args.tag_count = query->tags.count;
        args.tags = query->tags.pair;
        args.filter_count = query->filters.count;
        args.filters = query->filters.pair;
    }
    return args;
}

static bool
equal(const char *a, const char *b)
{
    return a != NULL && strcmp(a, b) == 0;
}

static bool
state_matches(const pileus_query *query, const pil__object *object)
{
    pileus_kind kind = pil__object_kind(object);
    int32_t state = pil__object_state(object, kind == PILEUS_KIND_NODE
                                                  ? PILEUS_STATE_UNKNOWN
                                                  : PILEUS_VOLUME_UNKNOWN);

    if (query->state_count == 0 ||
        (kind != PILEUS_KIND_NODE && kind != PILEUS_KIND_VOLUME &&
         kind != PILEUS_KIND_SNAPSHOT)) {
        return true;
    }
    for (size_t i = 0; i < query->state_count; i++) {
        if (query->states[i] == state) {
            return true;
        }
    }
    return false;
}

static bool
tags_match(const pileus_query *query, const pil__object *object)
{
    for (size_t i = 0; i < query->tags.count; i++) {
        const pileus_pair *wanted = &query->tags.pair[i];
        const char *value = pil__object_tag(object, wanted->name);

        if (value == NULL ||
            (wanted->value != NULL && strcmp(value, wanted->value) != 0)) {
            return false;
        }
    }
    return true;
}

bool
pil__query_matches(const pileus_query *query, const pil__object *object)
{
    const char *id = pil__object_string(object, PILEUS_FIELD_ID, 0);

    if (query == NULL) {
        return true;
    }
    if (query->id_count > 0 &&
        (id == NULL || pileus_value_get(query->id_set, id) == NULL)) {
        return false;
    }
    if (query->name != NULL &&
        !equal(pil__object_string(object, PILEUS_FIELD_NAME, 0), query->name)) {
        return false;
    }
    /* Where else a size or an image can be had only the driver knows. */
    if (query->location != NULL &&
        (pil__object_kind(object) == PILEUS_KIND_NODE ||
         pil__object_kind(object) == PILEUS_KIND_VOLUME) &&
        !equal(pil__object_string(object, PILEUS_FIELD_LOCATION, 0),
               query->location)) {
        return false;
    }
    return state_matches(query, object) && tags_match(query, object);
}

/* ---- a copy -------------------------------------------------------------- */

/* Copy a text, if there is one; false: no memory. */
static bool
copy_text(pileus_query *copy, const char **place, const char *text)
{
    return text == NULL ||
           replace(copy, place, text, strlen(text), NULL) == PILEUS_OK;
}

/* False: no memory, the only thing that can be wanting. */
static bool
copy_into(pileus_query *copy, const pileus_query *original)
{
    for (size_t i = 0; i < original->id_count; i++) {
        if (!add_id(copy, original->ids[i], strlen(original->ids[i]))) {
            return false;
        }
    }
    for (size_t i = 0; i < original->state_count; i++) {
        if (pileus_query_add_state(copy, original->states[i], NULL) !=
            PILEUS_OK) {
            return false;
        }
    }
    return copy_text(copy, &copy->name, original->name) &&
           copy_text(copy, &copy->location, original->location) &&
           pil__pairs_copy(&copy->tags, &original->tags) &&
           pil__pairs_copy(&copy->filters, &original->filters);
}

pileus_code
pil__query_copy(pileus_query **copy, const pileus_query *query,
                pileus_error **err)
{
    pileus_query *made = NULL;

    if (query == NULL) {
        *copy = NULL;
        return PILEUS_OK;
    }
    if (pileus_query_new(&made, NULL) != PILEUS_OK || !copy_into(made, query)) {
        pileus_query_free(made);
        return pil__error_no_memory(err);
    }
    *copy = made;
    return PILEUS_OK;
}
