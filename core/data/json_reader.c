/* Making values of JSON, as yajl's streaming parser comes upon them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/json_reader.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/small.h"
#include "core/base/utf8.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* What is shown of a key or number in a message. */
#define SHOWN_MAX 40

/* ---- refusals ------------------------------------------------------------ */

/* How far yajl has come, for a message. */
static void
tell_where(const pil__reader *reader, char *where, size_t size)
{
    size_t byte;
    size_t lines = 1;

    if (reader->foreign) {
        return;
    }
    byte = reader->consumed + yajl_get_bytes_consumed(reader->yajl);
    if (reader->data == NULL) {
        (void)snprintf(where, size, "byte %zu: ", byte);
        return;
    }
    for (size_t i = 0; i < byte && i < reader->data_size; i++) {
        lines += reader->data[i] == '\n';
    }
    (void)snprintf(where, size, "line %zu, byte %zu: ", lines, byte);
}

int
pil__reader_refuse(pil__reader *reader, const char *format, ...)
{
    char what[PILEUS_MESSAGE_MAX];
    char where[64] = "";
    va_list args;

    va_start(args, format);
    (void)vsnprintf(what, sizeof what, format, args);
    va_end(args);
    tell_where(reader, where, sizeof where);
    reader->code = pil__error_set(
        reader->err, reader->strict ? PILEUS_CONFIGURATION : PILEUS_PROTOCOL,
        "%s%s", where, what);
    return PIL__STOP;
}

int
pil__reader_no_memory(pil__reader *reader)
{
    reader->code = pil__error_no_memory(reader->err);
    return PIL__STOP;
}

/* ---- the stack ----------------------------------------------------------- */

/* Take size bytes out of the room. */
static inline bool
charge(pil__reader *reader, size_t size)
{
    if (size > reader->room) {
        (void)pil__reader_refuse(reader, "%s takes more than %zu bytes",
                                 reader->whose, reader->room_whole);
        return false;
    }
    reader->room -= size;
    return true;
}

/* Where the next value goes, with its key set; NULL: there is no room. */
static inline struct pil__entry *
next(pil__reader *reader)
{
    struct pil__entry *entry;

    if (!charge(reader, sizeof *entry)) {
        return NULL;
    }
    if (reader->count == reader->capacity &&
        !pil__grow((void **)&reader->stack, &reader->capacity, reader->count,
                   sizeof *entry)) {
        (void)pil__reader_no_memory(reader);
        return NULL;
    }
    entry = &reader->stack[reader->count];
    entry->key = reader->key;
    return entry;
}

static inline bool
is_hooked(const pil__reader *reader)
{
    return reader->hooks != NULL &&
           (reader->hooked == PIL__NO_DEPTH || reader->hooked == reader->depth);
}

/* The value is there. */
static inline int
placed(pil__reader *reader)
{
    reader->count++;
    reader->events++;
    return is_hooked(reader) ? reader->hooks->on_value(reader) : PIL__GO_ON;
}

static int
place(pil__reader *reader, const pileus_value *value)
{
    struct pil__entry *entry = next(reader);

    if (entry == NULL) {
        return PIL__STOP;
    }
    entry->value = *value;
    return placed(reader);
}

static inline int
place_text(pil__reader *reader, pileus_type type, const char *text, size_t size)
{
    struct pil__entry *entry = next(reader);

    if (entry == NULL ||
        (size >= PIL__CHARS_SIZE && !charge(reader, size + 1))) {
        return PIL__STOP;
    }
    return pil__value_hold(reader->arena, &entry->value, type, text, size)
               ? placed(reader)
               : pil__reader_no_memory(reader);
}

/* ---- lists and dicts ----------------------------------------------------- */

static int
open_container(pil__reader *reader, pileus_type type)
{
    if (reader->depth == PILEUS_DEPTH_MAX + reader->wrapped) {
        return pil__reader_refuse(
            reader, "lists and objects are more than %d levels deep",
            PILEUS_DEPTH_MAX);
    }
    if (is_hooked(reader) &&
        reader->hooks->on_open(reader, type) == PIL__STOP) {
        return PIL__STOP;
    }
    reader->open[reader->depth++] =
        (struct pil__reader_open){.key = reader->key,
                                  .first = reader->count,
                                  .last = reader->last,
                                  .type = type};
    reader->key = NULL;
    return PIL__GO_ON;
}

/* A dict by its keys, one after the other. */
static int
gather(pil__reader *reader, pileus_value *dict, const struct pil__entry *entry,
       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t before = dict->count;
        pileus_value *value = pil__value_entry(
            reader->arena, dict, entry[i].key, strlen(entry[i].key));

        if (value == NULL) {
            return pil__reader_no_memory(reader);
        }
        if (dict->count == before && reader->strict) {
            return pil__reader_refuse(reader,
                                      "the key \"%.*s\" is there twice in the "
                                      "object that ends here",
                                      SHOWN_MAX, entry[i].key);
        }
        *value = entry[i].value;
    }
    return PIL__GO_ON;
}

/* The entries from the stack, in room for just their number. */
static int
copy_entries(pil__reader *reader, pileus_value *made,
             const struct pil__entry *entry, size_t count)
{
    if (count > 0) {
        made->entry = pil__arena_alloc(reader->arena, count * sizeof *entry);
        if (made->entry == NULL) {
            return pil__reader_no_memory(reader);
        }
        memcpy(made->entry, entry, count * sizeof *entry);
        made->count = (uint32_t)count;
    }
    return PIL__GO_ON;
}

static int
close_container(void *ctx)
{
    pil__reader *reader = ctx;
    const struct pil__reader_open *open = &reader->open[--reader->depth];
    const struct pil__entry *entry =
        reader->stack == NULL ? NULL : reader->stack + open->first;
    size_t count = reader->count - open->first;
    pileus_value made = {.type = (uint8_t)open->type};
    bool by_key = open->type == PILEUS_TYPE_DICT &&
                  (open->loose || open->twins || count > PIL__LINEAR_MAX);

    if ((by_key ? gather : copy_entries)(reader, &made, entry, count) ==
        PIL__STOP) {
        return PIL__STOP;
    }
    reader->count = open->first;
    reader->key = open->key;
    reader->last = open->last;
    if (reader->hooks != NULL && reader->hooks->on_close(reader) == PIL__STOP) {
        return PIL__STOP;
    }
    return place(reader, &made);
}

/* ---- texts --------------------------------------------------------------- */

/* See that it is text that a value can hold, or make it so. yajl lets bytes
 * pass that are no UTF-8, and makes such of escapes of single surrogates. */
static inline int
clean(pil__reader *reader, const char *what, const char **text, size_t *size)
{
    size_t mended;
    char *copy;

    if (reader->plain || pil__utf8_clean(*text, *size)) {
        return PIL__GO_ON;
    }
    if (reader->strict) {
        return memchr(*text, '\0', *size) != NULL
                   ? pil__reader_refuse(reader, "a %s contains U+0000", what)
                   : pil__reader_refuse(reader, "a %s is not valid UTF-8",
                                        what);
    }
    mended = pil__utf8_mend(NULL, *text, *size);
    if (!charge(reader, mended)) {
        return PIL__STOP;
    }
    copy = pil__arena_alloc(reader->arena, mended);
    if (copy == NULL) {
        return pil__reader_no_memory(reader);
    }
    (void)pil__utf8_mend(copy, *text, *size);
    *text = copy;
    *size = mended;
    return PIL__GO_ON;
}

static int
on_string(void *ctx, const unsigned char *data, size_t size)
{
    pil__reader *reader = ctx;
    const char *text = (const char *)data;

    return clean(reader, "string", &text, &size) == PIL__GO_ON
               ? place_text(reader, PILEUS_TYPE_STRING, text, size)
               : PIL__STOP;
}

/* What came after the last key, when that came in an object of the same key
 * before. */
static inline const pil__name **
guess_of(pil__reader *reader)
{
    uint32_t outer = reader->open[reader->depth - 1].last;
    uint32_t mixed =
        reader->last * UINT32_C(0x9E3779B1) + outer * UINT32_C(0xC2B2AE3D);

    return &reader->guess[mixed >> (32 - PIL__GUESS_BITS)];
}

/* Has a key come before in the object that is open? Such are all kept, so the
 * same key is the same pointer. */
static bool
came_before(const pil__reader *reader, const pil__name *name)
{
    const struct pil__reader_open *open = &reader->open[reader->depth - 1];
    size_t count = reader->count - open->first;

    for (size_t i = 0; i < count && count <= PIL__LINEAR_MAX; i++) {
        if (reader->stack[open->first + i].key == name->text) {
            return true;
        }
    }
    return false;
}

/* A key that is kept. */
static inline int
take_name(pil__reader *reader, const pil__name *name)
{
    struct pil__reader_open *open = &reader->open[reader->depth - 1];
    uint64_t *seen = &open->seen[name->number / 64 % PIL__SEEN_WORDS];
    uint64_t bit = UINT64_C(1) << name->number % 64;

    open->twins =
        open->twins || ((*seen & bit) != 0 && came_before(reader, name));
    *seen |= bit;
    reader->last = name->number;
    reader->key = name->text;
    return PIL__GO_ON;
}

/* A key that is not known yet. */
static int
new_key(pil__reader *reader, const char *key, size_t size)
{
    const pil__name *name;

    if (clean(reader, "key", &key, &size) == PIL__STOP) {
        return PIL__STOP;
    }
    name = pil__name_keep(key, size);
    if (name != NULL) {
        return take_name(reader, name);
    }
    if (!charge(reader, size + 1)) {
        return PIL__STOP;
    }
    reader->open[reader->depth - 1].loose = true;
    reader->key = pil__arena_strndup(reader->arena, key, size);
    return reader->key == NULL ? pil__reader_no_memory(reader) : PIL__GO_ON;
}

static int
on_key(void *ctx, const unsigned char *data, size_t size)
{
    pil__reader *reader = ctx;
    const char *key = (const char *)data;
    const pil__name **guess = guess_of(reader);

    if (*guess == NULL || (*guess)->size != size ||
        !pil__small_equal((*guess)->text, key, size)) {
        const pil__name *name = pil__name_find(key, size);

        if (name == NULL) {
            return new_key(reader, key, size);
        }
        *guess = name;
    }
    return take_name(reader, *guess);
}

/* ---- numbers, and the rest ----------------------------------------------- */

/* Numbers keep their text, which is what an id is known by; what they come to
 * is found when somebody asks. */
static int
on_number(void *ctx, const char *text, size_t size)
{
    pil__reader *reader = ctx;
    int64_t integer;
    double number;

    if (size <= PIL__DIGITS_SAFE ? memchr(text, '.', size) == NULL &&
                                       memchr(text, 'e', size) == NULL &&
                                       memchr(text, 'E', size) == NULL
                                 : pil__number_integer(text, size, &integer)) {
        return place_text(reader, PILEUS_TYPE_INTEGER, text, size);
    }
    if (size > PIL__NUMBER_MAX) {
        return pil__reader_refuse(reader, "a number has %zu characters", size);
    }
    if (reader->strict && pil__number_double(text, size, &number) &&
        fabs(number) == DBL_MAX) {
        return pil__reader_refuse(reader, "the number %.*s is too large",
                                  (int)(size < SHOWN_MAX ? size : SHOWN_MAX),
                                  text);
    }
    return place_text(reader, PILEUS_TYPE_DOUBLE, text, size);
}

static int
on_null(void *ctx)
{
    return place(ctx, &(pileus_value){.type = PILEUS_TYPE_NULL});
}

static int
on_boolean(void *ctx, int value)
{
    pileus_value made = {.type = PILEUS_TYPE_BOOL};

    made.boolean = value != 0;
    return place(ctx, &made);
}

static int
on_object(void *ctx)
{
    return open_container(ctx, PILEUS_TYPE_DICT);
}

static int
on_array(void *ctx)
{
    return open_container(ctx, PILEUS_TYPE_LIST);
}

const yajl_callbacks pil__reader_events = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_object,
    .yajl_map_key = on_key,
    .yajl_end_map = close_container,
    .yajl_start_array = on_array,
    .yajl_end_array = close_container,
};
