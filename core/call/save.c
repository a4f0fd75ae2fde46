/* Objects as bytes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/saved.h"
#include "core/call/text.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/base/wipe.h"
#include "core/data/encode.h"
#include "core/data/json_writer.h"
#include "core/model/object.h"
#include "core/model/list.h"
#include "core/model/rule.h"

#include <pileus/connection.h>
#include <pileus/saved.h>

#include <inttypes.h>
#include <stdio.h>

/* A field's number as a key. */
#define KEY_SIZE 12

/* ---- facts ----------------------------------------------------------------
 */

static pileus_code write_facts(pil__writer *to, const pil__object *object,
                               pileus_error **err);

static void
write_addresses(pil__writer *to, const char *key, const pil__object *object,
                int32_t field)
{
    size_t count = pil__object_count(object, field);

    if (count == 0) {
        return;
    }
    pil__writer_open(to, key, PILEUS_TYPE_LIST);
    for (size_t i = 0; i < count; i++) {
        pil__writer_string(to, NULL, pil__object_string(object, field, i),
                           PILEUS_NUL_TERMINATED);
    }
    pil__writer_close(to);
}

static void
write_pairs(pil__writer *to, const char *key, const pileus_value *pairs)
{
    if (pileus_value_count(pairs) > 0) {
        pil__writer_value(to, key, pairs);
    }
}

static void
write_string(pil__writer *to, const char *key, const char *text)
{
    if (text != NULL) {
        pil__writer_string(to, key, text, PILEUS_NUL_TERMINATED);
    }
}

static pileus_code
write_record(pil__writer *to, const char *key, const pil__object *record,
             pileus_error **err)
{
    pileus_code code = PILEUS_OK;

    if (record != NULL) {
        pil__writer_open(to, key, PILEUS_TYPE_DICT);
        code = write_facts(to, record, err);
        pil__writer_close(to);
    }
    return code;
}

static void
write_number(pil__writer *to, const char *key, const pil__object *object,
             int32_t field)
{
    int64_t integer;
    double real;

    if (pil__object_integer(object, field, &integer)) {
        pil__writer_integer(to, key, integer);
    } else if (pil__object_double(object, field, &real)) {
        pil__writer_double(to, key, real);
    }
}

static pileus_code
write_field(pil__writer *to, const pil__object *object, int32_t field,
            pileus_error **err)
{
    const struct pil__rule *rule = pil__rule(pil__object_kind(object), field);
    char key[KEY_SIZE];

    if (rule == NULL || field == PILEUS_FIELD_PRIVATE_KEY) {
        return PILEUS_OK;
    }
    (void)snprintf(key, sizeof key, "%" PRId32, field);
    switch (rule->shape) {
    case PIL__SHAPE_RECORD:
        return write_record(to, key, pil__object_record(object, field), err);
    case PIL__SHAPE_ADDRESS:
        write_addresses(to, key, object, field);
        break;
    case PIL__SHAPE_PAIRS:
        write_pairs(to, key, pil__object_tags(object));
        break;
    case PIL__SHAPE_INTEGER:
    case PIL__SHAPE_DOUBLE:
        write_number(to, key, object, field);
        break;
    default:
        write_string(to, key, pil__object_string(object, field, 0));
        break;
    }
    return PILEUS_OK;
}

static pileus_code
write_blob(pil__writer *to, const pil__object *object, pileus_error **err)
{
    uint32_t format = 0;
    size_t size = 0;
    const void *bytes = pil__object_blob(object, &size, &format);
    char *text;

    if (bytes == NULL) {
        return PILEUS_OK;
    }
    text = pil__malloc(PIL__BASE64_SIZE(size));
    if (text == NULL) {
        return pil__error_no_memory(err);
    }
    pil__base64(bytes, size, text);
    pil__writer_open(to, PIL__SAVED_KEY_BLOB, PILEUS_TYPE_DICT);
    pil__writer_integer(to, PIL__SAVED_KEY_FORMAT, format);
    write_string(to, PIL__SAVED_KEY_BYTES, text);
    pil__writer_close(to);
    pil__wipe_free(text);
    return PILEUS_OK;
}

static pileus_code
write_facts(pil__writer *to, const pil__object *object, pileus_error **err)
{
    const pileus_value *extra = pil__object_extra(pil__object_answer(object));
    pileus_code code = PILEUS_OK;

    if (extra == NULL) {
        return pil__error_no_memory(err);
    }
    pil__writer_open(to, PIL__SAVED_KEY_FIELDS, PILEUS_TYPE_DICT);
    for (int32_t field = 1; code == PILEUS_OK && field <= PIL__FIELD_LAST;
         field++) {
        code = write_field(to, object, field, err);
    }
    pil__writer_close(to);
    pil__writer_value(to, PIL__SAVED_KEY_EXTRA, extra);
    return code == PILEUS_OK ? write_blob(to, object, err) : code;
}

/* ---- lines ----------------------------------------------------------------
 */

static pileus_code
write_line(pileus_text *text, pil__writer *to, const pil__object *object,
           pileus_error **err)
{
    const pileus_connection *conn = pil__object_connection(object);
    const char *line;
    size_t size;
    pileus_code code;

    pil__writer_integer(to, PIL__SAVED_KEY_FORM, PIL__SAVED_FORM);
    write_string(to, PIL__SAVED_KEY_DRIVER, pileus_connection_driver(conn));
    write_string(to, PIL__SAVED_KEY_KIND,
                 pil__kind_name(pil__object_kind(object)));
    code = write_facts(to, object, err);
    if (code == PILEUS_OK) {
        code = pil__writer_end(to, &line, &size, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    return pil__text_append(text, line, size) && pil__text_append(text, "\n", 1)
               ? PILEUS_OK
               : pil__error_no_memory(err);
}

static pileus_code
add_line(pileus_text *text, const pil__object *object, pileus_error **err)
{
    pil__writer *writer;
    pileus_code code;

    if (pil__object_connection(object) == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "there is nothing to save: give an object that "
                              "a connection gave");
    }
    writer = pil__writer_new();
    if (writer == NULL) {
        return pil__error_no_memory(err);
    }
    code = write_line(text, writer, object, err);
    pil__writer_free(writer);
    return code;
}

/* ---- the public functions -------------------------------------------------
 */

pileus_code
pil__saved_give(pileus_text **saved, pileus_text *text, pileus_code code)
{
    if (code == PILEUS_OK) {
        *saved = text;
    } else {
        pileus_text_free(text);
    }
    return code;
}

static pileus_code
begin(pileus_text **text, pileus_text *const *saved, pileus_error **err)
{
    if (saved == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "saving needs a place for the text: give one");
    }
    *text = pil__text_new(NULL);
    return *text == NULL ? pil__error_no_memory(err) : PILEUS_OK;
}

pileus_code
pileus_list_save(pileus_text **saved, const pileus_list *list,
                 pileus_error **err)
{
    pileus_text *text = NULL;
    pileus_code code = begin(&text, saved, err);

    if (code == PILEUS_OK && list == NULL) {
        code = pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "there is no list to save: give one");
    }
    for (size_t i = 0; code == PILEUS_OK && i < pileus_list_count(list); i++) {
        code = add_line(text, pil__list_at(list, i), err);
    }
    return pil__saved_give(saved, text, code);
}

#define SAVE(noun)                                                             \
    pileus_code pileus_##noun##_save(                                          \
        pileus_text **saved, const pileus_##noun *object, pileus_error **err)  \
    {                                                                          \
        pileus_text *text = NULL;                                              \
        pileus_code code = begin(&text, saved, err);                           \
                                                                               \
        if (code == PILEUS_OK) {                                               \
            code = add_line(text, (const void *)object, err);                  \
        }                                                                      \
        return pil__saved_give(saved, text, code);                             \
    }

SAVE(node)
SAVE(size)
SAVE(image)
SAVE(location)
SAVE(volume)
SAVE(snapshot)
SAVE(key_pair)
SAVE(address)
