/* Finding what is inside a value, and reading it as what is wanted. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/json_path.h"

#include "core/base/error.h"
#include "core/base/number.h"
#include "core/data/time.h"
#include "core/model/value.h"

#include <string.h>

/* ---- paths --------------------------------------------------------------- */

/* Entry of a list by an index that needs no NUL behind it. */
static const pileus_value *
entry_of_list(const pileus_value *list, const char *index, size_t size)
{
    int64_t i;

    return pil__number_integer(index, size, &i) && i >= 0
               ? pileus_value_at(list, (size_t)i)
               : NULL;
}

/* One step down; NULL if there is nothing. */
static const pileus_value *
step(const pileus_value *value, const char *name, size_t size)
{
    switch (pileus_value_type(value)) {
    case PILEUS_TYPE_DICT:
        return pil__value_find(value, name, size);
    case PILEUS_TYPE_LIST:
        return entry_of_list(value, name, size);
    default:
        return NULL;
    }
}

/* What is there, null or not; NULL if there is nothing. */
static const pileus_value *
find(const pileus_value *value, const char *path)
{
    if (path == NULL || *path == '\0') {
        return value;
    }
    while (value != NULL) {
        size_t size = 0;

        while (path[size] != '.' && path[size] != '\0') { /* it is short */
            size++;
        }
        value = step(value, path, size);
        if (path[size] == '\0') {
            break;
        }
        path += size + 1;
    }
    return value;
}

const pileus_value *
pil__json_get(const pileus_value *value, const char *path)
{
    const pileus_value *found = find(value, path);

    return pileus_value_type(found) == PILEUS_TYPE_NULL ? NULL : found;
}

/* ---- what is there ------------------------------------------------------- */

const char *
pil__json_text(const pileus_value *value, const char *path)
{
    const pileus_value *found = find(value, path);

    if (pileus_value_type(found) == PILEUS_TYPE_BOOL) {
        return pileus_value_bool(found, false) ? "true" : "false";
    }
    return pil__value_text(found);
}

/* A number without a fraction, though written with one, or with an exponent. */
static bool
whole(double number, int64_t *out)
{
    /* 2^63 is the first that is too large, and a double. */
    if (!(number >= -0x1p63 && number < 0x1p63) ||
        (double)(int64_t)number != number) {
        return false;
    }
    *out = (int64_t)number;
    return true;
}

bool
pil__json_integer(const pileus_value *value, const char *path, int64_t *out)
{
    const pileus_value *found = find(value, path);
    const char *text;

    switch (pileus_value_type(found)) {
    case PILEUS_TYPE_INTEGER:
        *out = pileus_value_integer(found, 0);
        return true;
    case PILEUS_TYPE_DOUBLE:
        return whole(pileus_value_double(found, 0), out);
    case PILEUS_TYPE_STRING:
        text = pileus_value_string(found);
        return pil__number_integer(text, strlen(text), out);
    default:
        return false;
    }
}

bool
pil__json_double(const pileus_value *value, const char *path, double *out)
{
    const pileus_value *found = find(value, path);
    const char *text;

    switch (pileus_value_type(found)) {
    case PILEUS_TYPE_INTEGER:
    case PILEUS_TYPE_DOUBLE:
        *out = pileus_value_double(found, 0);
        return true;
    case PILEUS_TYPE_STRING:
        text = pileus_value_string(found);
        return pil__number_double(text, strlen(text), out);
    default:
        return false;
    }
}

bool
pil__json_time(const pileus_value *value, const char *path, int64_t *ns)
{
    const char *text = pileus_value_string(find(value, path));

    return text != NULL && pil__time_parse(text, ns);
}

/* ---- what must be there -------------------------------------------------- */

static const char *
what_is(const pileus_value *value)
{
    static const char *const names[] = {
        [PILEUS_TYPE_NULL] = "null",        [PILEUS_TYPE_BOOL] = "a boolean",
        [PILEUS_TYPE_INTEGER] = "a number", [PILEUS_TYPE_DOUBLE] = "a number",
        [PILEUS_TYPE_STRING] = "a string",  [PILEUS_TYPE_LIST] = "a list",
        [PILEUS_TYPE_DICT] = "an object",
    };

    return value == NULL ? "nothing" : names[pileus_value_type(value)];
}

static pileus_code
miss(const pileus_value *value, const char *path, const char *wanted,
     pileus_error **err)
{
    bool itself = path == NULL || *path == '\0';

    return pil__error_set(err, PILEUS_PROTOCOL,
                          "the provider's answer has %s where %s%s%s should "
                          "be %s: see that the endpoint is the right one, and "
                          "the driver new enough for it",
                          what_is(find(value, path)), itself ? "" : "\"",
                          itself ? "it" : path, itself ? "" : "\"", wanted);
}

pileus_code
pil__json_need_text(const pileus_value *value, const char *path,
                    const char **out, pileus_error **err)
{
    const char *text = pil__json_text(value, path);

    if (text == NULL) {
        return miss(value, path, "a string or a number", err);
    }
    *out = text;
    return PILEUS_OK;
}

pileus_code
pil__json_need_integer(const pileus_value *value, const char *path,
                       int64_t *out, pileus_error **err)
{
    return pil__json_integer(value, path, out)
               ? PILEUS_OK
               : miss(value, path, "a whole number of at most 64 bits", err);
}
