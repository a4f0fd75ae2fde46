/* Extras as bytes: small, and values only when somebody looks. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/pack.h"

#include "core/base/alloc.h"
#include "core/base/name.h"
#include "core/base/wipe.h"
#include "core/model/tree.h"

#include <string.h>

/* Bytes that most extras need. */
#define FIRST_CAPACITY 2048
/* A number of 64 bits takes so many bytes at most. */
#define NUMBER_MAX 10
/* What begins a value. Strings of up to SHORT_MAX bytes begin with their
 * length behind SHORT. No key begins as END does. */
enum {
    END,
    NOTHING,
    NO,
    YES,
    INTEGER,
    DOUBLE,
    NUMBER_TEXT, /* a double that is held by its text */
    STRING,
    LIST,
    DICT,
    SHORT = 16
};
#define SHORT_MAX (UINT8_MAX - SHORT)

/* ---- writing ------------------------------------------------------------- */

/* There may be secrets in it. */
static void
release(pil__packer *packer)
{
    if (packer->bytes != NULL) {
        pil__wipe(packer->bytes, packer->size);
        pil__free(packer->bytes);
    }
}

static bool
grow(pil__packer *packer, size_t size)
{
    size_t whole = packer->size + size;
    size_t capacity =
        packer->capacity == 0 ? FIRST_CAPACITY : packer->capacity * 2;
    uint8_t *grown;

    capacity = capacity < whole ? whole : capacity;
    grown = capacity > UINT32_MAX
                ? NULL
                : pil__wipe_move(packer->bytes, packer->size, capacity);
    if (grown == NULL) {
        return false;
    }
    packer->bytes = grown;
    packer->capacity = capacity;
    return true;
}

/* Where so many bytes go; NULL: no memory. */
static inline uint8_t *
room_for(pil__packer *packer, size_t size)
{
    if (size > packer->capacity - packer->size && !grow(packer, size)) {
        return NULL;
    }
    return packer->bytes + packer->size;
}

/* Seven bits a byte, the lowest first; returns how many bytes. */
static inline size_t
put_number(uint8_t *at, uint64_t number)
{
    size_t size = 0;

    while (number > 0x7f) {
        at[size++] = (uint8_t)(number | 0x80);
        number >>= 7;
    }
    at[size++] = (uint8_t)number;
    return size;
}

static inline bool
put_mark(pil__packer *packer, uint8_t mark)
{
    uint8_t *at = room_for(packer, 1);

    if (at != NULL) {
        *at = mark;
        packer->size++;
    }
    return at != NULL;
}

static inline bool
put_key(pil__packer *packer, const char *key)
{
    const pil__name *name = pil__name_of(key);
    size_t size = name != NULL ? name->size : strlen(key);
    uint8_t *at = room_for(packer, NUMBER_MAX + size + 1);
    size_t used;

    if (at == NULL) {
        return false;
    }
    name = name != NULL ? name : pil__name_keep(key, size);
    if (name != NULL) {
        used = put_number(at, (uint64_t)name->number << 1);
    } else {
        used = put_number(at, (uint64_t)size << 1 | 1);
        memcpy(at + used, key, size + 1);
        used += size + 1;
    }
    packer->size += used;
    return true;
}

static inline bool
put_integer(pil__packer *packer, int64_t number)
{
    uint8_t *at = room_for(packer, 1 + NUMBER_MAX);
    uint64_t bits = (uint64_t)number << 1;

    if (at == NULL) {
        return false;
    }
    at[0] = INTEGER;
    packer->size += 1 + put_number(at + 1, number < 0 ? ~bits : bits);
    return true;
}

static bool
put_double(pil__packer *packer, double number)
{
    uint8_t *at = room_for(packer, 1 + sizeof number);

    if (at == NULL) {
        return false;
    }
    at[0] = DOUBLE;
    memcpy(at + 1, &number, sizeof number);
    packer->size += 1 + sizeof number;
    return true;
}

static inline bool
put_text(pil__packer *packer, const char *text)
{
    size_t size = strlen(text);
    uint8_t *at = room_for(packer, 1 + NUMBER_MAX + size + 1);
    size_t used = 1;

    if (at == NULL) {
        return false;
    }
    if (size <= SHORT_MAX) {
        at[0] = (uint8_t)(SHORT + size);
    } else {
        at[0] = STRING;
        used += put_number(at + 1, size);
    }
    pil__small_copy((char *)at + used, text, size + 1);
    packer->size += used + size + 1;
    return true;
}

/* A few digits, as JSON has them. */
static int64_t
short_number(const char *digits)
{
    int64_t number = 0;

    for (; *digits != '\0'; digits++) {
        number = number * 10 + (*digits - '0');
    }
    return number;
}

static bool put_value(pil__packer *packer, const pileus_value *value);

static bool
put_entries(pil__packer *packer, const pileus_value *value)
{
    for (size_t i = 0; i < value->count; i++) {
        const struct pil__entry *entry = &value->entry[i];

        if ((value->type == PILEUS_TYPE_DICT && !put_key(packer, entry->key)) ||
            !put_value(packer, &entry->value)) {
            return false;
        }
    }
    return true;
}

static bool
put_value(pil__packer *packer, const pileus_value *value)
{
    const char *text = pil__value_held(value);

    switch (value->type) {
    case PILEUS_TYPE_STRING:
        return put_text(packer, text);
    case PILEUS_TYPE_LIST:
    case PILEUS_TYPE_DICT:
        return put_mark(packer,
                        value->type == PILEUS_TYPE_LIST ? LIST : DICT) &&
               put_entries(packer, value) && put_mark(packer, END);
    case PILEUS_TYPE_INTEGER:
        return text != NULL && *text != '-' && value->held == PIL__HELD_CHARS
                   ? put_integer(packer, short_number(text))
                   : put_integer(packer, pileus_value_integer(value, 0));
    case PILEUS_TYPE_DOUBLE:
        return text == NULL
                   ? put_double(packer, value->real)
                   : put_mark(packer, NUMBER_TEXT) && put_text(packer, text);
    case PILEUS_TYPE_BOOL:
        return put_mark(packer, value->boolean ? YES : NO);
    default:
        return put_mark(packer, NOTHING);
    }
}

bool
pil__pack(pil__packer *packer, const pileus_value *dict)
{
    return put_entries(packer, dict);
}

bool
pil__pack_end(const pil__packer *packer, pil__arena *arena, pil__packed *packed)
{
    if (packer->size > 0) {
        packed->bytes = (const uint8_t *)pil__arena_strndup(
            arena, (const char *)packer->bytes, packer->size);
    }
    packed->size = packed->bytes == NULL ? 0 : (uint32_t)packer->size;
    return packed->bytes != NULL || packer->size == 0;
}

void
pil__pack_drop(pil__packer *packer)
{
    release(packer);
    memset(packer, 0, sizeof *packer);
}

/* ---- reading ------------------------------------------------------------- */

/* Bytes of ours, which are as they must be. */
typedef struct source {
    const uint8_t *at;
    const uint8_t *end;
    pil__arena *arena;
} source;

static uint64_t
get_number(source *from)
{
    uint64_t number = 0;
    unsigned shift = 0;

    do {
        number |= (uint64_t)(*from->at & 0x7f) << shift;
        shift += 7;
    } while ((*from->at++ & 0x80) != 0);
    return number;
}

static const char *
get_text(source *from, size_t size)
{
    const char *text = (const char *)from->at;

    from->at += size + 1;
    return text;
}

static const char *
get_key(source *from, size_t *size)
{
    uint64_t number = get_number(from);
    const pil__name *name;

    if ((number & 1) != 0) {
        *size = (size_t)(number >> 1);
        return get_text(from, *size);
    }
    name = pil__name_at((uint16_t)(number >> 1));
    *size = name->size;
    return name->text;
}

static void
hold(pileus_value *value, source *from, size_t size)
{
    const char *text = get_text(from, size);

    *value = (pileus_value){.type = PILEUS_TYPE_STRING};
    if (size < PIL__CHARS_SIZE) {
        value->held = PIL__HELD_CHARS;
        memcpy(value->chars, text, size + 1);
    } else {
        value->held = PIL__HELD_TEXT;
        value->text = text;
    }
}

static bool get_entries(source *from, pileus_value *container);

/* The value that comes next; false: no memory. */
static bool
get_value(source *from, pileus_value *value)
{
    uint8_t mark = *from->at++;
    uint64_t bits;

    *value = (pileus_value){.type = PILEUS_TYPE_NULL};
    switch (mark) {
    case NOTHING:
        return true;
    case NO:
    case YES:
        value->type = PILEUS_TYPE_BOOL;
        value->boolean = mark == YES;
        return true;
    case INTEGER:
        bits = get_number(from);
        value->type = PILEUS_TYPE_INTEGER;
        value->integer = (int64_t)((bits >> 1) ^ (0 - (bits & 1)));
        return true;
    case DOUBLE:
        value->type = PILEUS_TYPE_DOUBLE;
        memcpy(&value->real, from->at, sizeof value->real);
        from->at += sizeof value->real;
        return true;
    case NUMBER_TEXT:
        (void)get_value(from, value);
        value->type = PILEUS_TYPE_DOUBLE;
        return true;
    case LIST:
    case DICT:
        value->type = mark == LIST ? PILEUS_TYPE_LIST : PILEUS_TYPE_DICT;
        return get_entries(from, value);
    case STRING:
        hold(value, from, (size_t)get_number(from));
        return true;
    default:
        hold(value, from, (size_t)(mark - SHORT));
        return true;
    }
}

/* Where the next value of the container goes; NULL: no memory. */
static pileus_value *
next_place(source *from, pileus_value *container)
{
    size_t size = 0;
    const char *key;

    if (container->type == PILEUS_TYPE_LIST) {
        return pil__value_append(from->arena, container,
                                 &(pileus_value){.type = PILEUS_TYPE_NULL});
    }
    key = get_key(from, &size);
    return pil__value_entry(from->arena, container, key, size);
}

static bool
get_entries(source *from, pileus_value *container)
{
    while (from->at < from->end && *from->at != END) {
        pileus_value *place = next_place(from, container);
        pileus_value value;

        if (place == NULL || !get_value(from, &value)) {
            return false;
        }
        *place = value;
    }
    from->at += from->at < from->end;
    return true;
}

const pileus_value *
pil__pack_read(const pil__packed *packed, pil__arena *arena)
{
    source from = {packed->bytes, packed->bytes + packed->size, arena};
    pileus_value *dict = pil__value_dict(arena);

    return dict != NULL && get_entries(&from, dict) ? dict : NULL;
}
