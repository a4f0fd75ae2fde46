/* Objects of bytes that were saved. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/connection.h"
#include "core/call/host.h"
#include "core/call/saved.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/base/wipe.h"
#include "core/data/encode.h"
#include "core/data/json.h"
#include "core/driver/manifest.h"
#include "core/model/list.h"
#include "core/model/rule.h"

#include <pileus/saved.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What is being read. */
typedef struct loading {
    pileus_connection *conn;
    pileus_list *list;
    size_t line; /* its number, from 1 */
    pileus_error **err;
} loading;

static pileus_code
refuse(const loading *at, const char *what)
{
    return pil__error_set(at->err, PILEUS_INVALID_ARGUMENT,
                          "line %zu of what was saved %s: give it as it was "
                          "saved",
                          at->line, what);
}

/* ---- facts ----------------------------------------------------------------
 */

static pileus_code read_facts(const loading *at, pil__object *object,
                              const pileus_value *facts);

static void
set_string(pil__object *object, int32_t field, const pileus_value *value)
{
    pil__object_set_string(object, field, pileus_value_string(value),
                           PILEUS_NUL_TERMINATED);
}

static void
set_pairs(pil__object *object, int32_t field, const pileus_value *pairs)
{
    for (size_t i = 0; i < pileus_value_count(pairs); i++) {
        pil__object_add_pair(object, field, pileus_value_key(pairs, i),
                             PILEUS_NUL_TERMINATED,
                             pileus_value_string(pileus_value_at(pairs, i)),
                             PILEUS_NUL_TERMINATED);
    }
}

static pileus_code
set_record(const loading *at, pil__object *object, int32_t field,
           const pileus_value *facts)
{
    pil__object *record = pil__object_nested(object, field);

    /* No memory is told when the object ends. */
    return record == NULL ? PILEUS_OK : read_facts(at, record, facts);
}

static pileus_code
read_list(pil__object *object, int32_t field, const pileus_value *list)
{
    for (size_t i = 0; i < pileus_value_count(list); i++) {
        set_string(object, field, pileus_value_at(list, i));
    }
    return PILEUS_OK;
}

/* One that this library does not know is a later one's. */
static pileus_code
read_field(const loading *at, pil__object *object, const char *key,
           const pileus_value *value)
{
    long number = strtol(key, NULL, 10);
    int32_t field =
        number > 0 && number <= PIL__FIELD_LAST ? (int32_t)number : 0;
    const struct pil__rule *rule = pil__rule(pil__object_kind(object), field);

    if (rule == NULL || field == PILEUS_FIELD_PRIVATE_KEY) {
        return PILEUS_OK;
    }
    switch (rule->shape) {
    case PIL__SHAPE_RECORD:
        return set_record(at, object, field, value);
    case PIL__SHAPE_ADDRESS:
        return read_list(object, field, value);
    case PIL__SHAPE_PAIRS:
        set_pairs(object, field, value);
        break;
    case PIL__SHAPE_INTEGER:
        if (pileus_value_type(value) != PILEUS_TYPE_INTEGER) {
            return refuse(at, "has a text where a number must be");
        }
        pil__object_set_integer(object, field, pileus_value_integer(value, 0));
        break;
    case PIL__SHAPE_DOUBLE:
        pil__object_set_double(object, field, pileus_value_double(value, 0));
        break;
    default:
        set_string(object, field, value);
        break;
    }
    return PILEUS_OK;
}

static pileus_code
read_blob(const loading *at, pil__object *object, const pileus_value *blob)
{
    const char *text =
        pileus_value_string(pileus_value_get(blob, PIL__SAVED_KEY_BYTES));
    int64_t format =
        pileus_value_integer(pileus_value_get(blob, PIL__SAVED_KEY_FORMAT), -1);
    size_t length = text == NULL ? 0 : strlen(text);
    size_t size = 0;
    uint8_t *bytes;

    if (text == NULL || format < 0 || format > UINT32_MAX) {
        return refuse(at, "has a blob without its format or its bytes");
    }
    bytes = pil__malloc(length + 1);
    if (bytes == NULL) {
        return pil__error_no_memory(at->err);
    }
    if (!pil__unbase64(text, length, bytes, &size)) {
        pil__free(bytes);
        return refuse(at, "has a blob that is no base64");
    }
    pil__object_set_blob(object, (uint32_t)format, bytes, size);
    pil__wipe(bytes, size);
    pil__free(bytes);
    return PILEUS_OK;
}

static pileus_code
read_facts(const loading *at, pil__object *object, const pileus_value *facts)
{
    const pileus_value *fields = pileus_value_get(facts, PIL__SAVED_KEY_FIELDS);
    const pileus_value *extra = pileus_value_get(facts, PIL__SAVED_KEY_EXTRA);
    const pileus_value *blob = pileus_value_get(facts, PIL__SAVED_KEY_BLOB);
    pileus_code code = PILEUS_OK;

    if (pileus_value_type(fields) != PILEUS_TYPE_DICT) {
        return refuse(at, "has no fields");
    }
    for (size_t i = 0; code == PILEUS_OK && i < pileus_value_count(fields);
         i++) {
        code = read_field(at, object, pileus_value_key(fields, i),
                          pileus_value_at(fields, i));
    }
    for (size_t i = 0; i < pileus_value_count(extra); i++) {
        const char *key = pileus_value_key(extra, i);

        if (key != NULL) {
            pil__object_extra_value(object, key, PILEUS_NUL_TERMINATED,
                                    pileus_value_at(extra, i));
        }
    }
    return code != PILEUS_OK || blob == NULL ? code
                                             : read_blob(at, object, blob);
}

/* ---- lines ----------------------------------------------------------------
 */

static pileus_kind
kind_of(const char *name)
{
    for (pileus_kind kind = PILEUS_KIND_NODE;
         name != NULL && kind <= PIL__KIND_LAST; kind++) {
        if (strcmp(pil__kind_name(kind), name) == 0) {
            return kind;
        }
    }
    return 0;
}

static pileus_code
check_form(const loading *at, const pileus_value *line)
{
    int64_t form =
        pileus_value_integer(pileus_value_get(line, PIL__SAVED_KEY_FORM), 0);
    const char *own = pileus_connection_driver(at->conn);
    const char *driver =
        pileus_value_string(pileus_value_get(line, PIL__SAVED_KEY_DRIVER));

    if (form < 1 || driver == NULL) {
        return refuse(at, "is no saved object");
    }
    if (form > PIL__SAVED_FORM) {
        return pil__error_set(at->err, PILEUS_INVALID_ARGUMENT,
                              "line %zu was saved in form %" PRId64
                              ", and this library knows %d and older: upgrade "
                              "libpileus",
                              at->line, form, PIL__SAVED_FORM);
    }
    if (strcmp(driver, own) != 0) {
        return pil__error_set(
            at->err, PILEUS_INVALID_ARGUMENT,
            "line %zu was saved of driver %.64s, and this is a connection of "
            "driver %s: load it with a connection of its own driver",
            at->line, driver, own);
    }
    return PILEUS_OK;
}

/* The list takes a reference of its own. */
static pileus_code
finish(const loading *at, pil__object *object)
{
    pileus_code code = pil__object_finish(
        object, at->conn, at->conn->instance->info->type, at->err);

    if (code == PILEUS_PROTOCOL) {
        pileus_error_free(at->err == NULL ? NULL : *at->err);
        if (at->err != NULL) {
            *at->err = NULL;
        }
        return refuse(at, "holds what no driver can have given");
    }
    if (code == PILEUS_OK &&
        (!pil__list_add(at->list, object) || pil__object_is_lost(object))) {
        code = pil__error_no_memory(at->err);
    }
    return code;
}

static pileus_code
read_object(const loading *at, const pileus_value *line, pil__arena *scratch)
{
    const char *name =
        pileus_value_string(pileus_value_get(line, PIL__SAVED_KEY_KIND));
    pileus_kind kind = kind_of(name);
    pil__object *object;
    pileus_code code;

    if (kind == 0) {
        return refuse(at, "is of a kind that this library does not know");
    }
    object = pil__object_new(kind, &pil__host, NULL, (pil__arena){0}, scratch);
    if (object == NULL) {
        return pil__error_no_memory(at->err);
    }
    code = read_facts(at, object, line);
    if (code == PILEUS_OK) {
        code = finish(at, object);
    }
    pil__object_unref(object);
    return code;
}

static pileus_code
read_line(const loading *at, const char *text, size_t size)
{
    pil__arena arena = {0};
    const pileus_value *line = NULL;
    pileus_error *why = NULL;
    pileus_code code = pil__json_parse_saved(&line, &arena, text, size, &why);

    if (code == PILEUS_OK) {
        code = check_form(at, line);
        if (code == PILEUS_OK) {
            code = read_object(at, line, &arena);
        }
    } else if (code != PILEUS_NO_MEMORY) {
        code = pil__error_set(at->err, PILEUS_INVALID_ARGUMENT,
                              "line %zu of what was saved is no JSON: %s: give "
                              "it as it was saved",
                              at->line, pileus_error_message(why));
    } else {
        code = pil__error_no_memory(at->err);
    }
    pileus_error_free(why);
    pil__arena_free(&arena);
    return code;
}

pileus_code
pileus_list_load(pileus_list **list, pileus_connection *conn, const char *saved,
                 size_t size, pileus_error **err)
{
    loading at = {.conn = conn, .err = err};
    pileus_code code = PILEUS_OK;

    if (list == NULL || conn == NULL || saved == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "loading needs a place for the list, a "
                              "connection and what was saved: give all three");
    }
    size = size == PILEUS_NUL_TERMINATED ? strlen(saved) : size;
    at.list = pil__list_new();
    if (at.list == NULL) {
        return pil__error_no_memory(err);
    }
    while (code == PILEUS_OK && size > 0) {
        const char *end = memchr(saved, '\n', size);
        size_t length = end == NULL ? size : (size_t)(end - saved);
        size_t used = end == NULL ? length : length + 1;

        at.line++;
        if (length > 0) {
            code = read_line(&at, saved, length);
        }
        saved += used;
        size -= used;
    }
    if (code != PILEUS_OK) {
        pileus_list_free(at.list);
        return code;
    }
    *list = at.list;
    return PILEUS_OK;
}
