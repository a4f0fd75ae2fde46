/* What is asked for as bytes: specs and queries. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/saved.h"
#include "core/call/text.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/base/wipe.h"
#include "core/data/encode.h"
#include "core/data/json.h"
#include "core/data/json_writer.h"
#include "core/model/query.h"
#include "core/model/spec.h"

#include <pileus/saved.h>

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#define KEY_TAGS "tags"
#define KEY_OPTIONS "options"
#define KEY_FILTERS "filters"
#define KEY_USER_DATA "user_data"
#define KEY_SIZE_GB "size_gb"
#define KEY_IDS "ids"
#define KEY_STATES "states"

/* ---- the texts of each ----------------------------------------------------
 */

typedef struct member {
    const char *key;
    size_t at; /* in the struct that crosses to drivers */
    pileus_code (*set)(void *to, const char *text, pileus_error **err);
} member;

#define SETTER(noun, fact)                                                     \
    static pileus_code noun##_##fact(void *to, const char *text,               \
                                     pileus_error **err)                       \
    {                                                                          \
        return pileus_##noun##_set_##fact(to, text, err);                      \
    }
#define MEMBER(noun, args, fact)                                               \
    {                                                                          \
#fact, offsetof(args, fact), noun##_##fact                             \
    }

SETTER(node_spec, name)
SETTER(node_spec, size)
SETTER(node_spec, image)
SETTER(node_spec, location)
SETTER(node_spec, ssh_key)
SETTER(node_spec, key_name)
SETTER(node_spec, password)
SETTER(node_spec, token)
SETTER(volume_spec, name)
SETTER(volume_spec, location)
SETTER(volume_spec, snapshot)
SETTER(volume_spec, token)
SETTER(query, name)
SETTER(query, location)

static const member of_node[] = {
    MEMBER(node_spec, pileus_create_args, name),
    MEMBER(node_spec, pileus_create_args, size),
    MEMBER(node_spec, pileus_create_args, image),
    MEMBER(node_spec, pileus_create_args, location),
    MEMBER(node_spec, pileus_create_args, ssh_key),
    MEMBER(node_spec, pileus_create_args, key_name),
    MEMBER(node_spec, pileus_create_args, password),
    MEMBER(node_spec, pileus_create_args, token),
};
static const member of_volume[] = {
    MEMBER(volume_spec, pileus_volume_args, name),
    MEMBER(volume_spec, pileus_volume_args, location),
    MEMBER(volume_spec, pileus_volume_args, snapshot),
    MEMBER(volume_spec, pileus_volume_args, token),
};
static const member of_query[] = {
    MEMBER(query, pileus_query_args, name),
    MEMBER(query, pileus_query_args, location),
};
#define COUNT(members) (sizeof(members) / sizeof(members)[0])

/* ---- saving ---------------------------------------------------------------
 */

static void
write_texts(pil__writer *to, const member *members, size_t count,
            const void *args)
{
    for (size_t i = 0; i < count; i++) {
        const char *text;

        memcpy(&text, (const char *)args + members[i].at, sizeof text);
        if (text != NULL) {
            pil__writer_string(to, members[i].key, text, PILEUS_NUL_TERMINATED);
        }
    }
}

/* A value of NULL is null. */
static void
write_pairs(pil__writer *to, const char *key, const pileus_pair *pairs,
            uint64_t count)
{
    pil__writer_open(to, key, PILEUS_TYPE_DICT);
    for (uint64_t i = 0; i < count; i++) {
        if (pairs[i].value == NULL) {
            pil__writer_null(to, pairs[i].name);
        } else {
            pil__writer_string(to, pairs[i].name, pairs[i].value,
                               PILEUS_NUL_TERMINATED);
        }
    }
    pil__writer_close(to);
}

static pileus_code
write_node_spec(pil__writer *to, const void *object, pileus_error **err)
{
    const pileus_create_args args = pil__spec_args(object);
    char *data;

    write_texts(to, of_node, COUNT(of_node), &args);
    write_pairs(to, KEY_TAGS, args.tags, args.tag_count);
    write_pairs(to, KEY_OPTIONS, args.options, args.option_count);
    if (args.user_data == NULL) {
        return PILEUS_OK;
    }
    data = pil__malloc(PIL__BASE64_SIZE(args.user_data_size));
    if (data == NULL) {
        return pil__error_no_memory(err);
    }
    pil__base64(args.user_data, args.user_data_size, data);
    pil__writer_string(to, KEY_USER_DATA, data, PILEUS_NUL_TERMINATED);
    pil__wipe_free(data);
    return PILEUS_OK;
}

static pileus_code
write_volume_spec(pil__writer *to, const void *object, pileus_error **err)
{
    const pileus_volume_args args = pil__volume_spec_args(object);

    (void)err;
    write_texts(to, of_volume, COUNT(of_volume), &args);
    if (args.size != 0) {
        pil__writer_integer(to, KEY_SIZE_GB, args.size);
    }
    write_pairs(to, KEY_OPTIONS, args.options, args.option_count);
    return PILEUS_OK;
}

static pileus_code
write_query(pil__writer *to, const void *object, pileus_error **err)
{
    const pileus_query_args args = pil__query_args(object);

    (void)err;
    write_texts(to, of_query, COUNT(of_query), &args);
    pil__writer_open(to, KEY_IDS, PILEUS_TYPE_LIST);
    for (uint64_t i = 0; i < args.id_count; i++) {
        pil__writer_string(to, NULL, args.ids[i], PILEUS_NUL_TERMINATED);
    }
    pil__writer_close(to);
    pil__writer_open(to, KEY_STATES, PILEUS_TYPE_LIST);
    for (uint64_t i = 0; i < args.state_count; i++) {
        pil__writer_integer(to, NULL, args.states[i]);
    }
    pil__writer_close(to);
    write_pairs(to, KEY_TAGS, args.tags, args.tag_count);
    write_pairs(to, KEY_FILTERS, args.filters, args.filter_count);
    return PILEUS_OK;
}

/* ---- loading --------------------------------------------------------------
 */

static pileus_code
refuse(const char *what, pileus_error **err)
{
    return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                          "what was saved %s: give it as it was saved", what);
}

/* A text, NULL where there is null, which is allowed only if may_be_null. */
static pileus_code
read_text(const char **text, const pileus_value *value, bool may_be_null,
          pileus_error **err)
{
    *text = pileus_value_string(value);
    return *text != NULL ||
                   (may_be_null && pileus_value_type(value) == PILEUS_TYPE_NULL)
               ? PILEUS_OK
               : refuse("has something else where a text must be", err);
}

static pileus_code
read_texts(void *to, const member *members, size_t count,
           const pileus_value *line, pileus_error **err)
{
    pileus_code code = PILEUS_OK;

    for (size_t i = 0; code == PILEUS_OK && i < count; i++) {
        const pileus_value *value = pileus_value_get(line, members[i].key);
        const char *text = NULL;

        if (value != NULL) {
            code = read_text(&text, value, false, err);
        }
        if (code == PILEUS_OK && text != NULL) {
            code = members[i].set(to, text, err);
        }
    }
    return code;
}

typedef pileus_code (*pair_fn)(void *to, const char *key, const char *value,
                               pileus_error **err);

static pileus_code
read_pairs(void *to, const pileus_value *pairs, bool may_be_null, pair_fn add,
           pileus_error **err)
{
    pileus_code code = PILEUS_OK;

    for (size_t i = 0; code == PILEUS_OK && i < pileus_value_count(pairs);
         i++) {
        const char *text = NULL;

        code = read_text(&text, pileus_value_at(pairs, i), may_be_null, err);
        if (code == PILEUS_OK) {
            code = add(to, pileus_value_key(pairs, i), text, err);
        }
    }
    return code;
}

#define PAIR(noun, verb)                                                       \
    static pileus_code noun##_##verb(void *to, const char *key,                \
                                     const char *value, pileus_error **err)    \
    {                                                                          \
        return pileus_##noun##_##verb(to, key, value, err);                    \
    }

PAIR(node_spec, add_tag)
PAIR(node_spec, set_option)
PAIR(volume_spec, set_option)
PAIR(query, add_tag)
PAIR(query, add_filter)

static pileus_code
read_user_data(pileus_node_spec *spec, const pileus_value *value,
               pileus_error **err)
{
    const char *text = NULL;
    size_t size = 0;
    size_t length;
    char *data;
    pileus_code code = read_text(&text, value, false, err);

    if (code != PILEUS_OK) {
        return code;
    }
    length = strlen(text);
    data = pil__malloc(length + 1);
    if (data == NULL) {
        return pil__error_no_memory(err);
    }
    code = pil__unbase64(text, length, data, &size)
               ? pileus_node_spec_set_user_data(spec, data, size, err)
               : refuse("has user data that is no base64", err);
    pil__wipe(data, length + 1);
    pil__free(data);
    return code;
}

static pileus_code
read_node_spec(void *to, const pileus_value *line, pileus_error **err)
{
    const pileus_value *data = pileus_value_get(line, KEY_USER_DATA);
    pileus_code code = read_texts(to, of_node, COUNT(of_node), line, err);

    if (code == PILEUS_OK) {
        code = read_pairs(to, pileus_value_get(line, KEY_TAGS), false,
                          node_spec_add_tag, err);
    }
    if (code == PILEUS_OK) {
        code = read_pairs(to, pileus_value_get(line, KEY_OPTIONS), false,
                          node_spec_set_option, err);
    }
    return code == PILEUS_OK && data != NULL ? read_user_data(to, data, err)
                                             : code;
}

static pileus_code
read_volume_spec(void *to, const pileus_value *line, pileus_error **err)
{
    const pileus_value *size = pileus_value_get(line, KEY_SIZE_GB);
    pileus_code code = read_texts(to, of_volume, COUNT(of_volume), line, err);

    if (code == PILEUS_OK && size != NULL) {
        code =
            pileus_volume_spec_set_size(to, pileus_value_integer(size, 0), err);
    }
    return code == PILEUS_OK
               ? read_pairs(to, pileus_value_get(line, KEY_OPTIONS), false,
                            volume_spec_set_option, err)
               : code;
}

static pileus_code
read_ids_and_states(pileus_query *query, const pileus_value *line,
                    pileus_error **err)
{
    const pileus_value *ids = pileus_value_get(line, KEY_IDS);
    const pileus_value *states = pileus_value_get(line, KEY_STATES);
    pileus_code code = PILEUS_OK;

    for (size_t i = 0; code == PILEUS_OK && i < pileus_value_count(ids); i++) {
        const char *id = NULL;

        code = read_text(&id, pileus_value_at(ids, i), false, err);
        if (code == PILEUS_OK) {
            code = pileus_query_add_id(query, id, PILEUS_NUL_TERMINATED, err);
        }
    }
    for (size_t i = 0; code == PILEUS_OK && i < pileus_value_count(states);
         i++) {
        int64_t state = pileus_value_integer(pileus_value_at(states, i), -1);

        code = state < 0 || state > INT32_MAX
                   ? refuse("has a state that is no number of one", err)
                   : pileus_query_add_state(query, (pileus_state)state, err);
    }
    return code;
}

static pileus_code
read_query(void *to, const pileus_value *line, pileus_error **err)
{
    pileus_code code = read_texts(to, of_query, COUNT(of_query), line, err);

    if (code == PILEUS_OK) {
        code = read_ids_and_states(to, line, err);
    }
    if (code == PILEUS_OK) {
        code = read_pairs(to, pileus_value_get(line, KEY_TAGS), true,
                          query_add_tag, err);
    }
    return code == PILEUS_OK
               ? read_pairs(to, pileus_value_get(line, KEY_FILTERS), false,
                            query_add_filter, err)
               : code;
}

/* ---- a document of each ---------------------------------------------------
 */

static pileus_code
save(pileus_text **saved, const char *kind, const void *object,
     pileus_code (*write)(pil__writer *to, const void *object,
                          pileus_error **err),
     pileus_error **err)
{
    pileus_text *text = pil__text_new(NULL);
    pil__writer *writer = pil__writer_new();
    const char *line = NULL;
    size_t size = 0;
    pileus_code code = PILEUS_OK;

    if (text == NULL || writer == NULL) {
        code = pil__error_no_memory(err);
    } else {
        pil__writer_integer(writer, PIL__SAVED_KEY_FORM, PIL__SAVED_FORM);
        pil__writer_string(writer, PIL__SAVED_KEY_KIND, kind,
                           PILEUS_NUL_TERMINATED);
        code = write(writer, object, err);
    }
    if (code == PILEUS_OK) {
        code = pil__writer_end(writer, &line, &size, err);
    }
    if (code == PILEUS_OK && !pil__text_append(text, line, size)) {
        code = pil__error_no_memory(err);
    }
    pil__writer_free(writer);
    return pil__saved_give(saved, text, code);
}

/* Is this document one of these, that this library knows? */
static pileus_code
check_form(const pileus_value *line, const char *kind, pileus_error **err)
{
    int64_t form =
        pileus_value_integer(pileus_value_get(line, PIL__SAVED_KEY_FORM), 0);
    const char *is =
        pileus_value_string(pileus_value_get(line, PIL__SAVED_KEY_KIND));

    if (form < 1 || is == NULL || strcmp(is, kind) != 0) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "that is no %s that was saved: give it as it was "
                              "saved",
                              kind);
    }
    return form <= PIL__SAVED_FORM
               ? PILEUS_OK
               : pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                                "that was saved in form %" PRId64
                                ", and this library knows %d and older: "
                                "upgrade libpileus",
                                form, PIL__SAVED_FORM);
}

static pileus_code
load(void *to, const char *kind, const char *saved, size_t size,
     pileus_code (*read)(void *to, const pileus_value *line,
                         pileus_error **err),
     pileus_error **err)
{
    pil__arena arena = {0};
    const pileus_value *line = NULL;
    pileus_error *why = NULL;
    pileus_code code;

    size = size == PILEUS_NUL_TERMINATED ? strlen(saved) : size;
    code = pil__json_parse_saved(&line, &arena, saved, size, &why);
    if (code == PILEUS_OK) {
        code = check_form(line, kind, err);
        if (code == PILEUS_OK) {
            code = read(to, line, err);
        }
    } else if (code == PILEUS_NO_MEMORY) {
        code = pil__error_no_memory(err);
    } else {
        code = pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "what was saved is no JSON: %s: give it as it "
                              "was saved",
                              pileus_error_message(why));
    }
    pileus_error_free(why);
    pil__arena_free(&arena);
    return code;
}

static pileus_code
need(bool all, const char *kind, pileus_error **err)
{
    return all ? PILEUS_OK
               : pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                                "saving and loading a %s needs it and a place "
                                "for what comes of it: give both",
                                kind);
}

#define AS_BYTES(noun, kind)                                                   \
    pileus_code pileus_##noun##_save(                                          \
        pileus_text **saved, const pileus_##noun *object, pileus_error **err)  \
    {                                                                          \
        pileus_code code = need(saved != NULL && object != NULL, kind, err);   \
                                                                               \
        return code == PILEUS_OK                                               \
                   ? save(saved, kind, object, write_##noun, err)              \
                   : code;                                                     \
    }                                                                          \
                                                                               \
    pileus_code pileus_##noun##_load(pileus_##noun **object,                   \
                                     const char *saved, size_t size,           \
                                     pileus_error **err)                       \
    {                                                                          \
        pileus_##noun *made = NULL;                                            \
        pileus_code code = need(saved != NULL && object != NULL, kind, err);   \
                                                                               \
        if (code == PILEUS_OK) {                                               \
            code = pileus_##noun##_new(&made, err);                            \
        }                                                                      \
        if (code == PILEUS_OK) {                                               \
            code = load(made, kind, saved, size, read_##noun, err);            \
        }                                                                      \
        if (code != PILEUS_OK) {                                               \
            pileus_##noun##_free(made);                                        \
            return code;                                                       \
        }                                                                      \
        *object = made;                                                        \
        return PILEUS_OK;                                                      \
    }

AS_BYTES(node_spec, "node spec")
AS_BYTES(volume_spec, "volume spec")
AS_BYTES(query, "query")
