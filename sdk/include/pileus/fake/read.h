/* JSON that a driver reads under a fake host. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_FAKE_READ_H
#define PILEUS_FAKE_READ_H

/* Part of fake_host.h. */

#include <pileus/fake/write.h>

#include <errno.h>

/* ---- JSON that is read: the table "json"
 * ------------------------------------------- A pileus_value is yajl's. */

static inline yajl_val
pileus_fake_yajl(const pileus_value *value)
{
    return (yajl_val)(uintptr_t)value;
}

static inline const pileus_value *
pileus_fake_value(yajl_val value)
{
    return (const pileus_value *)value;
}

/* The entry of a list or dict that a part of a path names. A key that stands
 * twice counts as its last. */
static inline yajl_val
pileus_fake_step(yajl_val value, const char *part, size_t length)
{
    size_t i = 0;

    if (YAJL_IS_OBJECT(value)) {
        for (i = value->u.object.len; i > 0; i--) {
            const char *key = value->u.object.keys[i - 1];

            if (strncmp(key, part, length) == 0 && key[length] == '\0') {
                return value->u.object.values[i - 1];
            }
        }
    } else if (YAJL_IS_ARRAY(value) && length > 0 &&
               strspn(part, "0123456789") >= length) {
        i = (size_t)strtoull(part, NULL, 10);
        return i < value->u.array.len ? value->u.array.values[i] : NULL;
    }
    return NULL;
}

static inline yajl_val
pileus_fake_find(const pileus_value *value, const char *path)
{
    yajl_val at = pileus_fake_yajl(value);

    while (at != NULL && path != NULL && *path != '\0') {
        size_t length = strcspn(path, ".");

        at = pileus_fake_step(at, path, length);
        path += length + (path[length] == '.');
    }
    return YAJL_IS_NULL(at) ? NULL : at;
}

static inline const pileus_value *
pileus_fake_get(const pileus_value *value, const char *path)
{
    return pileus_fake_value(pileus_fake_find(value, path));
}

static inline int32_t
pileus_fake_type(const pileus_value *value, const char *path)
{
    yajl_val at = pileus_fake_find(value, path);

    return at == NULL            ? PILEUS_TYPE_NULL
           : YAJL_IS_STRING(at)  ? PILEUS_TYPE_STRING
           : YAJL_IS_INTEGER(at) ? PILEUS_TYPE_INTEGER
           : YAJL_IS_NUMBER(at)  ? PILEUS_TYPE_DOUBLE
           : YAJL_IS_ARRAY(at)   ? PILEUS_TYPE_LIST
           : YAJL_IS_OBJECT(at)  ? PILEUS_TYPE_DICT
                                 : PILEUS_TYPE_BOOL;
}

static inline uint64_t
pileus_fake_json_count(const pileus_value *value, const char *path)
{
    yajl_val at = pileus_fake_find(value, path);

    return YAJL_IS_ARRAY(at)    ? at->u.array.len
           : YAJL_IS_OBJECT(at) ? at->u.object.len
                                : 0;
}

static inline const pileus_value *
pileus_fake_json_at(const pileus_value *value, uint64_t i, const char **key)
{
    yajl_val at = pileus_fake_find(value, NULL);
    bool is_dict = YAJL_IS_OBJECT(at);

    if (i >= pileus_fake_json_count(value, NULL)) {
        return NULL;
    }
    if (key != NULL) {
        *key = is_dict ? at->u.object.keys[i] : NULL;
    }
    return pileus_fake_value(is_dict ? at->u.object.values[i]
                                     : at->u.array.values[i]);
}

static inline const char *
pileus_fake_json_string(const pileus_value *value, const char *path)
{
    return YAJL_GET_STRING(pileus_fake_find(value, path));
}

static inline const char *
pileus_fake_json_any_text(const pileus_value *value, const char *path)
{
    yajl_val at = pileus_fake_find(value, path);

    return YAJL_IS_STRING(at)   ? at->u.string
           : YAJL_IS_NUMBER(at) ? at->u.number.r
           : YAJL_IS_TRUE(at)   ? "true"
           : YAJL_IS_FALSE(at)  ? "false"
                                : NULL;
}

static inline int32_t
pileus_fake_json_integer(const pileus_value *value, const char *path,
                         int64_t *out)
{
    const char *text = pileus_fake_json_any_text(value, path);
    char *end = NULL;
    long long number;

    if (text == NULL || (*text != '-' && (*text < '0' || *text > '9'))) {
        return 0;
    }
    errno = 0;
    number = strtoll(text, &end, 10);
    if (errno != 0 || *end != '\0') {
        return 0;
    }
    *out = number;
    return 1;
}

static inline int32_t
pileus_fake_json_real(const pileus_value *value, const char *path, double *out)
{
    const char *text = pileus_fake_json_any_text(value, path);
    char *end = NULL;
    double number;

    if (text == NULL || (*text != '-' && (*text < '0' || *text > '9'))) {
        return 0;
    }
    number = strtod(text, &end);
    if (*end != '\0') {
        return 0;
    }
    *out = number;
    return 1;
}

static inline int32_t
pileus_fake_json_boolean(const pileus_value *value, const char *path,
                         int32_t fallback)
{
    yajl_val at = pileus_fake_find(value, path);

    return YAJL_IS_TRUE(at) ? 1 : YAJL_IS_FALSE(at) ? 0 : fallback;
}

/* Days since 1970 of a day of the Gregorian calendar. */
static inline int64_t
pileus_fake_days(int64_t year, int64_t month, int64_t day)
{
    int64_t from_march = month > 2 ? month - 3 : month + 9;
    int64_t years = month > 2 ? year : year - 1;

    return years * 365 + years / 4 - years / 100 + years / 400 +
           (153 * from_march + 2) / 5 + day - 1 - 719468;
}

/* RFC 3339, whole: date, time, and a zone. */
static inline int32_t
pileus_fake_json_time(const pileus_value *value, const char *path, int64_t *ns)
{
    const char *text = pileus_fake_json_string(value, path);
    int n[6];
    int used = 0;
    int hours = 0;
    int minutes = 0;
    double fraction = 0;
    int64_t seconds;
    char sign = 'Z';

    if (text == NULL || sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%n", &n[0], &n[1],
                               &n[2], &n[3], &n[4], &n[5], &used) != 6) {
        return 0;
    }
    text += used;
    if (*text == '.' && sscanf(text, "%lf%n", &fraction, &used) == 1) {
        text += used;
    }
    if (strcmp(text, "Z") != 0 &&
        (sscanf(text, "%c%2d:%2d", &sign, &hours, &minutes) != 3 ||
         (sign != '+' && sign != '-'))) {
        return 0;
    }
    seconds = pileus_fake_days(n[0], n[1], n[2]) * 86400 + n[3] * 3600 +
              n[4] * 60 + n[5] -
              (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    *ns = seconds * INT64_C(1000000000) + (int64_t)(fraction * 1e9);
    return 1;
}

static inline int32_t
pileus_fake_need_text(pileus_call *call, const pileus_value *value,
                      const char *path, const char **out)
{
    *out = pileus_fake_json_any_text(value, path);
    return *out != NULL && **out != '\0'
               ? PILEUS_OK
               : pileus_fail(call, PILEUS_PROTOCOL,
                             "the answer has no text at %s", path);
}

static inline int32_t
pileus_fake_need_integer(pileus_call *call, const pileus_value *value,
                         const char *path, int64_t *out)
{
    return pileus_fake_json_integer(value, path, out) != 0
               ? PILEUS_OK
               : pileus_fail(call, PILEUS_PROTOCOL,
                             "the answer has no integer at %s", path);
}

/* NULL, and a failure reported: it is no JSON. */
static inline yajl_val
pileus_fake_read(pileus_call *call, const char *data, size_t size)
{
    char *text = pileus_fake_copy(data, size);
    char words[256] = "";
    yajl_val root = yajl_tree_parse(text, words, sizeof words);

    if (root == NULL) {
        (void)pileus_fail(call, PILEUS_PROTOCOL, "this is no JSON (%s): %.200s",
                          words, text);
    }
    free(text);
    return root;
}

static inline int32_t
pileus_fake_parse(pileus_call *call, const struct pileus_format *format,
                  const char *data, size_t size, pileus_document **document,
                  const pileus_value **value)
{
    yajl_val root;

    if (format != NULL) {
        pileus_fake_die("not faked: another format than JSON, of json.parse",
                        "");
    }
    root = pileus_fake_read(call, data, size);
    if (root == NULL) {
        return PILEUS_PROTOCOL;
    }
    *document = pileus_fake_zeroed(sizeof **document);
    (*document)->root = root;
    *value = pileus_fake_value(root);
    return PILEUS_OK;
}

static inline void
pileus_fake_json_free(pileus_document *document)
{
    if (document != NULL) {
        yajl_tree_free(document->root);
        free(document);
    }
}

static inline void
pileus_fake_to_extra(pileus_record *record, const char *key, size_t length,
                     const pileus_value *value)
{
    pileus_fake_json *json = &record->extra;
    yajl_val at = pileus_fake_find(value, NULL);
    uint64_t count = pileus_fake_json_count(value, NULL);
    yajl_gen gen = pileus_fake_json_key(json, key, length);

    if (json->wrong) {
        return;
    }
    if (YAJL_IS_ARRAY(at) || YAJL_IS_OBJECT(at)) {
        pileus_fake_json_open(json, pileus_fake_type(value, NULL));
        for (uint64_t i = 0; i < count; i++) {
            const char *name = NULL;
            const pileus_value *entry = pileus_fake_json_at(value, i, &name);

            pileus_fake_to_extra(record, name, PILEUS_NUL_TERMINATED, entry);
        }
        pileus_fake_json_close(json);
    } else if (YAJL_IS_STRING(at)) {
        pileus_fake_write_text(json, at->u.string, PILEUS_NUL_TERMINATED);
    } else if (YAJL_IS_NUMBER(at)) {
        pileus_fake_wrote(
            json, yajl_gen_number(gen, at->u.number.r, strlen(at->u.number.r)));
    } else if (at == NULL) {
        pileus_fake_wrote(json, yajl_gen_null(gen));
    } else {
        pileus_fake_wrote(json, yajl_gen_bool(gen, YAJL_IS_TRUE(at)));
    }
}

#endif
