/* Secrets, and texts without them, whatever shape they have there. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/config/redact.h"

#include "core/base/alloc.h"
#include "core/base/wipe.h"
#include "core/config/shape.h"

#include <stdint.h>
#include <string.h>

/* JSON in a string of JSON, and so on. */
#define NESTED_MAX 3
/* So many bytes have PIL__REDACT_MIN in any shape. */
#define ENOUGH (8 * PIL__SHAPE_MAX)

/* ---- a secret at the beginning of a text -----------------------------------
 */

/* How much of the text stands for the beginning of the secret's rest, and in
 * *own how much of that it is; 0: it is another. */
static size_t
read_same(const char *rest, size_t left, const char *text, size_t size,
          size_t *own)
{
    pil__character there = {.size = 1};
    size_t length = pil__shape_read(&there, text, size);

    *own = there.size;
    if (length > 0 && there.size <= left &&
        memcmp(there.bytes, rest, there.size) == 0) {
        return length;
    }
    *own = 1;
    return *text == *rest ? 1 : 0;
}

/* Is this where a text was cut? */
static bool
is_cut(const char *text, size_t size)
{
    return size >= strlen(PIL__TEXT_CUT) &&
           memcmp(text, PIL__TEXT_CUT, strlen(PIL__TEXT_CUT)) == 0;
}

static size_t
backslashes(const char *text, size_t size)
{
    size_t count = 0;

    while (count < size && text[count] == '\\') {
        count++;
    }
    return count;
}

/* How many of so many backslashes stand for `own` of them, when each was
 * doubled as often as those were that escape what follows, if any do; 0: it
 * cannot be. */
static size_t
escaped(size_t own, size_t there)
{
    for (size_t level = 0; level <= NESTED_MAX && own << level <= there;
         level++) {
        size_t left = there - (own << level);

        if (left == 0 || left == ((size_t)1 << level) - 1) {
            return own << level;
        }
    }
    return 0;
}

/* How many bytes there are of a shape in the middle of which the text was cut;
 * 0: the text begins otherwise. cut: its end is such a place. */
static size_t
broken_shape(const char *text, size_t size, bool cut)
{
    if (size == 0 || strchr("%\\&", *text) == NULL || *text == '\0') {
        return 0;
    }
    for (size_t i = 1; i < PIL__SHAPE_MAX && i <= size; i++) {
        if (i == size ? cut : is_cut(text + i, size - i)) {
            return i;
        }
    }
    return 0;
}

/* How many bytes of the text spell the secret, or as much of it as is left
 * where the text was cut; 0 when it is not there. cut: the end is such a
 * place. */
static size_t
plain_at(const struct pil__needle *secret, const char *text, size_t size,
         bool cut)
{
    size_t at = 0;

    if (size >= secret->size && memcmp(text, secret->text, secret->size) == 0) {
        return secret->size;
    }
    for (size_t i = 0; i < secret->size;) {
        size_t length;
        size_t own;

        if (i >= PIL__REDACT_MIN &&
            (at == size ? cut : is_cut(text + at, size - at))) {
            return at;
        }
        if (at == size) {
            return 0;
        }
        length =
            i < PIL__REDACT_MIN ? 0 : broken_shape(text + at, size - at, cut);
        if (length > 0) {
            return at + length;
        }
        if (text[at] == '\\' && secret->text[i] == '\\' &&
            text[at + 1 == size ? at : at + 1] != 'u') {
            own = backslashes(secret->text + i, secret->size - i);
            length = escaped(own, backslashes(text + at, size - at));
        } else {
            if (text[at] == '\\') { /* the last of them escapes */
                at += backslashes(text + at, size - at) - 1;
            }
            length = read_same(secret->text + i, secret->size - i, text + at,
                               size - at, &own);
        }
        if (length == 0) {
            return 0;
        }
        i += own;
        at += length;
    }
    return at;
}

/* The next digit of base64, itself perhaps encoded for a URL or JSON; -1: none.
 * Its length is added to *at. */
static int
read_digit(const char *text, size_t size, size_t *at)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";
    pil__character there = {.size = 1};
    size_t length = 1;
    const char *digit;

    if (*at == size) {
        return -1;
    }
    there.bytes[0] = text[*at];
    if (text[*at] == '%' || text[*at] == '\\') {
        length = pil__shape_read(&there, text + *at, size - *at);
    }
    if (length == 0 || there.size != 1 || there.bytes[0] == '\0') {
        return -1;
    }
    digit = strchr(digits, there.bytes[0]);
    if (digit == NULL) {
        return -1;
    }
    *at += length;
    return digit - digits < 64 ? (int)(digit - digits)
                               : (int)(digit - digits) - 2;
}

/* The same as plain_at for a text in base64 that has `skip` bits of what came
 * before the secret in its first digit. room: for PIL__SHAPE_MAX times the
 * secret.
 */
static size_t
base64_at(const struct pil__needle *secret, const char *text, size_t size,
          unsigned skip, char *room)
{
    size_t most = secret->size * PIL__SHAPE_MAX;
    size_t look_at = ENOUGH;
    size_t count = 0;
    size_t at = 0;
    size_t used;
    size_t bytes;
    unsigned bits = 0;
    uint32_t buffer = 0;
    bool first = true;

    while (count < most) {
        int digit = read_digit(text, size, &at);

        if (digit < 0) {
            break;
        }
        buffer = (buffer << 6 | (unsigned)digit) & 0xffff;
        bits += first ? 6 - skip : 6;
        first = false;
        if (bits >= 8) {
            bits -= 8;
            room[count++] = (char)(buffer >> bits);
        }
        /* Most texts are told by their first bytes. */
        if (count == look_at) {
            if (plain_at(secret, room, count, true) == 0) {
                return 0;
            }
            look_at *= 2;
        }
        if (count == 1 && room[0] != secret->text[0] &&
            strchr("%\\&", room[0]) == NULL) {
            return 0;
        }
    }
    bytes = plain_at(secret, room, count, is_cut(text + at, size - at));
    if (bytes == 0) {
        return 0;
    }
    /* Once more, to where the last of these bytes ends. */
    used = 0;
    for (size_t have = 0; have < skip + bytes * 8; have += 6) {
        (void)read_digit(text, size, &used);
    }
    while (used < size && text[used] == '=') {
        used++;
    }
    return used;
}

static size_t
secret_at(const struct pil__needle *secret, const char *text, size_t size,
          char *room)
{
    size_t length;

    length = plain_at(secret, text, size, false);
    for (unsigned skip = 0; skip < 6 && length == 0; skip += 2) {
        length = base64_at(secret, text, size, skip, room);
    }
    return length;
}

/* ---- what is known ---------------------------------------------------------
 */

bool
pil__redactor_add(pil__redactor *redactor, const char *secret, size_t size)
{
    void *array = redactor->needle;
    char *copy;

    if (size < PIL__REDACT_MIN) {
        return true;
    }
    copy = size > SIZE_MAX / PIL__SHAPE_MAX ? NULL : pil__malloc(size);
    if (copy == NULL || !pil__grow(&array, &redactor->capacity, redactor->count,
                                   sizeof *redactor->needle)) {
        pil__free(copy);
        return false;
    }
    memcpy(copy, secret, size);
    redactor->needle = array;
    redactor->needle[redactor->count++] = (struct pil__needle){copy, size};
    return true;
}

void
pil__redactor_free(pil__redactor *redactor)
{
    if (redactor == NULL) {
        return;
    }
    for (size_t i = 0; i < redactor->count; i++) {
        pil__wipe(redactor->needle[i].text, redactor->needle[i].size);
        pil__free(redactor->needle[i].text);
    }
    pil__free(redactor->needle);
    memset(redactor, 0, sizeof *redactor);
}

/* ---- texts
 * ------------------------------------------------------------------- */

static size_t
longest_at(const pil__redactor *redactor, const char *text, size_t size,
           char *room)
{
    size_t longest = 0;

    for (size_t i = 0; redactor != NULL && i < redactor->count; i++) {
        size_t length = secret_at(&redactor->needle[i], text, size, room);

        longest = length > longest ? length : longest;
    }
    return longest;
}

/* Bytes that any of them may take, undone from base64. */
static size_t
room_for(const pil__redactor *redactor, size_t least)
{
    for (size_t i = 0; redactor != NULL && i < redactor->count; i++) {
        size_t most = redactor->needle[i].size * PIL__SHAPE_MAX;

        least = most > least ? most : least;
    }
    return least;
}

void
pil__redact(pil__text *out, const pil__redactor *one,
            const pil__redactor *other, const char *text, size_t size)
{
    size_t most = room_for(other, room_for(one, 1));
    char *room = pil__malloc(most);
    size_t from = 0;
    size_t at = 0;

    if (room == NULL) {
        out->failed = true;
        return;
    }
    while (at < size) {
        size_t first = longest_at(one, text + at, size - at, room);
        size_t second = longest_at(other, text + at, size - at, room);
        size_t length = first > second ? first : second;

        if (length == 0) {
            at++;
            continue;
        }
        pil__text_add(out, text + from, at - from);
        pil__text_puts(out, PIL__REDACTED);
        at += length;
        from = at;
    }
    pil__text_add(out, text + from, size - from);
    pil__wipe(room, most);
    pil__free(room);
}
