/* The host table: JSON that is read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/host_data.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/call/call.h"
#include "core/data/json.h"
#include "core/data/json_path.h"
#include "core/model/object.h"

/* ---- values -------------------------------------------------------------- */

static int32_t
json_type(const pileus_value *value, const char *path)
{
    return pileus_value_type(pil__json_get(value, path));
}

static uint64_t
json_count(const pileus_value *value, const char *path)
{
    return pileus_value_count(pil__json_get(value, path));
}

static const pileus_value *
json_at(const pileus_value *value, uint64_t i, const char **key)
{
    if (key != NULL) {
        *key = pileus_value_key(value, (size_t)i);
    }
    return pileus_value_at(value, (size_t)i);
}

static const char *
json_string(const pileus_value *value, const char *path)
{
    return pileus_value_string(pil__json_get(value, path));
}

static int32_t
json_integer(const pileus_value *value, const char *path, int64_t *out)
{
    return pil__json_integer(value, path, out);
}

static int32_t
json_real(const pileus_value *value, const char *path, double *out)
{
    return pil__json_double(value, path, out);
}

static int32_t
json_boolean(const pileus_value *value, const char *path, int32_t fallback)
{
    return pileus_value_bool(pil__json_get(value, path), fallback != 0);
}

static int32_t
json_time(const pileus_value *value, const char *path, int64_t *ns)
{
    return pil__json_time(value, path, ns);
}

static int32_t
json_need_text(pileus_call *call, const pileus_value *value, const char *path,
               const char **out)
{
    pileus_error *error = NULL;

    return pil__call_fail_as(
        call, pil__json_need_text(value, path, out, &error), &error);
}

static int32_t
json_need_integer(pileus_call *call, const pileus_value *value,
                  const char *path, int64_t *out)
{
    pileus_error *error = NULL;

    return pil__call_fail_as(
        call, pil__json_need_integer(value, path, out, &error), &error);
}

/* ---- documents ----------------------------------------------------------- */

struct pileus_document {
    pil__arena arena;
};

static void
json_free(pileus_document *document)
{
    if (document != NULL) {
        pil__arena_free(&document->arena);
        pil__free(document);
    }
}

static int32_t
json_parse(pileus_call *call, const char *data, size_t size,
           pileus_document **document, const pileus_value **value)
{
    pileus_document *made = pil__calloc(1, sizeof *made);
    pileus_error *error = NULL;
    pileus_code code =
        made == NULL
            ? pil__error_no_memory(&error)
            : pil__json_parse_answer(value, &made->arena, data, size, &error);

    if (code != PILEUS_OK) {
        (void)pil__error_prefix(&error, code,
                                "the provider's answer cannot be read");
        json_free(made);
        return pil__call_fail_as(call, code, &error);
    }
    *document = made;
    return PILEUS_OK;
}

/* ---- into a record ------------------------------------------------------- */

static void
to_extra(pileus_record *record, const char *key, size_t length,
         const pileus_value *value)
{
    pil__object *object = (pil__object *)record;
    pileus_type type = pileus_value_type(value);

    switch (type) {
    case PILEUS_TYPE_BOOL:
        pil__object_extra_boolean(object, key, length,
                                  pileus_value_bool(value, false));
        break;
    case PILEUS_TYPE_INTEGER:
        pil__object_extra_integer(object, key, length,
                                  pileus_value_integer(value, 0));
        break;
    case PILEUS_TYPE_DOUBLE:
        pil__object_extra_real(object, key, length,
                               pileus_value_double(value, 0));
        break;
    case PILEUS_TYPE_STRING:
        pil__object_extra_string(object, key, length,
                                 pileus_value_string(value),
                                 PILEUS_NUL_TERMINATED);
        break;
    case PILEUS_TYPE_LIST:
    case PILEUS_TYPE_DICT:
        pil__object_extra_open(object, key, length, type);
        for (size_t i = 0; i < pileus_value_count(value); i++) {
            to_extra(record, pileus_value_key(value, i), PILEUS_NUL_TERMINATED,
                     pileus_value_at(value, i));
        }
        pil__object_extra_close(object);
        break;
    default:
        pil__object_extra_null(object, key, length);
        break;
    }
}

const pileus_host_json pil__host_json = {
    .struct_size = sizeof(pileus_host_json),
    .get = pil__json_get,
    .type = json_type,
    .count = json_count,
    .at = json_at,
    .string = json_string,
    .text = pil__json_text,
    .integer = json_integer,
    .real = json_real,
    .boolean = json_boolean,
    .time = json_time,
    .need_text = json_need_text,
    .need_integer = json_need_integer,
    .parse = json_parse,
    .free = json_free,
    .to_extra = to_extra,
};
