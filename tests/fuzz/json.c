/* JSON documents, whole and in parts: both must come to the same. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/json.h"

#include "core/data/json_path.h"
#include "core/data/json_stream.h"
#include "core/model/value.h"
#include "tests/fuzz/fuzz.h"

/* The first byte says how the document is cut; the rest is the document. */

/* What a document has at a path, in the words of each reader. */
static void
look_inside(const pileus_value *value)
{
    int64_t number = 0;
    double real = 0;

    fuzz_check_text(pil__json_text(value, "items.0.id"));
    (void)pil__json_integer(value, "items.0.id", &number);
    (void)pil__json_double(value, "0", &real);
    (void)pil__json_time(value, "items.0", &number);
    (void)pil__json_get(value, "a..b.999999999999999999999");
}

struct seen {
    const pileus_value *list; /* what the items must be; NULL: unknown */
    size_t count;
};

static int32_t
on_item(void *user, const pileus_value *item)
{
    struct seen *seen = user;

    FUZZ_CHECK(seen->list == NULL ||
               fuzz_same(item, pileus_value_at(seen->list, seen->count)));
    seen->count++;
    return PILEUS_OK;
}

/* whole: the same document as one value, if it is one. exact: no key is there
 * twice, of which the last counts, when items of the first are gone. */
static void
in_parts(const char *data, size_t size, size_t part, const char *path,
         const pileus_value *whole, bool exact)
{
    const pileus_value *list = pil__json_get(whole, path);
    bool is_list = pileus_value_type(list) == PILEUS_TYPE_LIST;
    struct seen seen = {exact && is_list ? list : NULL, 0};
    const pileus_value *rest = NULL;
    pil__stream *stream = NULL;
    pileus_error *err = NULL;
    pileus_code code = pil__stream_new(&stream, path, on_item, &seen, &err);

    for (size_t at = 0; code == PILEUS_OK && at < size; at += part) {
        size_t left = size - at;

        code = pil__stream_feed(stream, data + at, left < part ? left : part,
                                &err);
    }
    if (code == PILEUS_OK) {
        code = pil__stream_end(stream, &rest, &err);
    }
    FUZZ_CHECK(whole != NULL || code != PILEUS_OK);
    if (exact && is_list) {
        FUZZ_CHECK(code == PILEUS_OK);
        FUZZ_CHECK(seen.count == pileus_value_count(list));
    } else if (exact && code == PILEUS_OK) {
        FUZZ_CHECK(pileus_value_type(list) == PILEUS_TYPE_NULL);
        FUZZ_CHECK(fuzz_same(rest, whole));
    }
    pil__stream_free(stream);
    fuzz_check_error(code, err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pil__arena arena = {0};
    pil__arena strict_arena = {0};
    const pileus_value *value = NULL;
    const pileus_value *strict = NULL;
    const char *text = (const char *)data + 1;
    pileus_error *err = NULL;
    pileus_code code;
    pileus_code strict_code;
    bool exact;

    if (size < 1) {
        return 0;
    }
    size--;
    code = pil__json_parse_answer(&value, &arena, text, size, &err);
    fuzz_check_error(code, err);
    err = NULL;
    strict_code = pil__json_parse(&strict, &strict_arena, text, size, &err);
    fuzz_check_error(strict_code, err);
    exact = strict_code == PILEUS_OK;
    FUZZ_CHECK(!exact || (code == PILEUS_OK && fuzz_same(strict, value)));
    look_inside(value);
    in_parts(text, size, (size_t)data[0] + 1, NULL, value, exact);
    in_parts(text, size, 1 + (size_t)data[0] % 7, "items", value, exact);
    in_parts(text, size, SIZE_MAX / 2, "meta.items", value, exact);
    pil__arena_free(&arena);
    pil__arena_free(&strict_arena);
    return 0;
}
