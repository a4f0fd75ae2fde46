/* How much two bodies have in common. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/similar.h"

#include "core/base/alloc.h"
#include "core/base/arena.h"
#include "core/base/text.h"
#include "core/config/redact.h"
#include "core/data/json.h"
#include "core/data/json_path.h"

#include <stdlib.h>
#include <string.h>

/* More parts of a body than this are not looked at. */
#define PARTS_MAX 4096

/* The parts of a body, such as "server.name=web", in order. */
typedef struct parts {
    pil__arena arena;
    const char *at[PARTS_MAX];
    size_t count;
} parts;

static void
add(parts *of, const char *text, size_t size)
{
    char *kept = of->count == PARTS_MAX || strstr(text, PIL__REDACTED) != NULL
                     ? NULL
                     : pil__arena_strndup(&of->arena, text, size);

    if (kept != NULL) {
        of->at[of->count++] = kept;
    }
}

static void
add_value(parts *of, const pileus_value *value, pil__text *path)
{
    const char *text = pil__json_text(value, NULL);
    size_t count = text != NULL ? 0 : pileus_value_count(value);
    size_t length = path->length;

    if (text != NULL || count == 0) {
        pil__text_printf(path, "=%s", text == NULL ? "" : text);
        if (!path->failed) {
            add(of, path->data, path->length);
        }
    }
    path->length = length;
    for (size_t i = 0; i < count; i++) {
        const char *key = pileus_value_key(value, i);

        pil__text_printf(path, ".%s", key == NULL ? "" : key);
        add_value(of, pileus_value_at(value, i), path);
        path->length = length;
    }
}

static void
add_words(parts *of, const char *body, size_t size)
{
    static const char between[] = "&<> \t\r\n";
    char *copy = pil__arena_strndup(&of->arena, body, size);

    while (copy != NULL && *copy != '\0') {
        size_t length = strcspn(copy, between);
        bool last = copy[length] == '\0';

        copy[length] = '\0';
        if (length > 0) {
            add(of, copy, length);
        }
        copy += last ? length : length + 1;
    }
}

static int
compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
split(parts *of, const char *body, size_t size)
{
    const pileus_value *value = NULL;
    pil__text path = {0};

    if (pil__json_parse_answer(&value, &of->arena, body, size, NULL) ==
        PILEUS_OK) {
        add_value(of, value, &path);
    } else {
        add_words(of, body, size);
    }
    pil__text_free(&path);
    if (of->count > 0) {
        qsort(of->at, of->count, sizeof of->at[0], compare);
    }
}

/* Of all parts, the share that both have. */
static double
share(const parts *a, const parts *b)
{
    size_t both = 0;
    size_t i = 0;
    size_t j = 0;

    while (i < a->count && j < b->count) {
        int order = strcmp(a->at[i], b->at[j]);

        both += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    return a->count + b->count == 0
               ? 1
               : (double)both / (double)(a->count + b->count - both);
}

double
pil__similar(const char *a, size_t a_size, const char *b, size_t b_size)
{
    parts *of;
    double result;

    if (a_size == b_size && (a_size == 0 || memcmp(a, b, a_size) == 0)) {
        return 1;
    }
    of = pil__calloc(2, sizeof *of);
    if (of == NULL) {
        return 0;
    }
    split(&of[0], a, a_size);
    split(&of[1], b, b_size);
    result = share(&of[0], &of[1]);
    pil__arena_free(&of[0].arena);
    pil__arena_free(&of[1].arena);
    pil__free(of);
    return result;
}
