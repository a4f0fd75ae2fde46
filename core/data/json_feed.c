/* Reading JSON: yajl, run over bytes, and the document's end. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/json_reader.h"

#include "core/base/alloc.h"
#include "core/base/error.h"

#include <string.h>

/* yajl's own refusal, whose text comes in the form "KIND: WHAT\n". */
static void
refuse_as_yajl(pil__reader *reader)
{
    const char *text = (const char *)yajl_get_error(reader->yajl, 0, NULL, 0);
    const char *what = strstr(text, ": ");

    what = what == NULL ? text : what + 2;
    (void)pil__reader_refuse(reader, "this is not JSON: %.*s",
                             (int)strcspn(what, ".\n"), what);
}

/* ---- running yajl -------------------------------------------------------- */

/* What to do when yajl was left by a jump, which brought why. */
static void
leave(pil__reader *reader, int why)
{
    if (why == PIL__YAJL_TOO_MUCH) {
        (void)pil__reader_refuse(reader,
                                 "a string or number takes more than "
                                 "%zu bytes",
                                 reader->memory.most);
    } else {
        (void)pil__reader_no_memory(reader);
    }
}

/* What setjmp's frame holds must not change after it, so these are functions
 * of their own, and their results are in the reader. */
static void
begin(pil__reader *reader)
{
    yajl_alloc_funcs functions = pil__yajl_alloc_funcs(&reader->memory);
    int why = setjmp(reader->memory.out_of_memory);

    if (why != 0) {
        (void)pil__reader_no_memory(reader);
        return;
    }
    reader->yajl = yajl_alloc(&pil__reader_events, &functions, reader);
    /* Texts of answers are looked at here. */
    (void)yajl_config(reader->yajl, yajl_dont_validate_strings,
                      reader->strict ? 0 : 1);
}

/* data NULL: the end. */
static void
run(pil__reader *reader, const char *data, size_t size)
{
    yajl_status status;
    int why = setjmp(reader->memory.out_of_memory);

    if (why != 0) {
        leave(reader, why);
        return;
    }
    status = data == NULL
                 ? yajl_complete_parse(reader->yajl)
                 : yajl_parse(reader->yajl, (const unsigned char *)data, size);
    if (status == yajl_status_error) {
        refuse_as_yajl(reader);
    }
}

pileus_code
pil__reader_begin(pil__reader *reader, pileus_error **err)
{
    reader->err = err;
    if (!reader->foreign) {
        begin(reader);
    }
    return reader->code;
}

pileus_code
pil__reader_feed(pil__reader *reader, const char *data, size_t size,
                 pileus_error **err)
{
    if (reader->code == PILEUS_OK && size > 0) {
        reader->err = err;
        run(reader, data, size);
        reader->consumed += size;
    }
    return reader->code;
}

pileus_code
pil__reader_end(pil__reader *reader, const pileus_value **value,
                pileus_error **err)
{
    pileus_value *copy;

    reader->err = err;
    if (reader->code == PILEUS_OK && !reader->foreign) {
        run(reader, NULL, 0);
    } else if (reader->code == PILEUS_OK &&
               (reader->depth > 0 || reader->count == 0)) {
        (void)pil__reader_refuse(reader, "it ends too early");
    }
    if (reader->code != PILEUS_OK) {
        return reader->code;
    }
    copy = pil__arena_alloc(reader->arena, sizeof *copy);
    if (copy == NULL) {
        return pil__error_no_memory(err);
    }
    *copy = reader->stack[0].value;
    *value = copy;
    return PILEUS_OK;
}

void
pil__reader_free(pil__reader *reader)
{
    pil__arena_free(&reader->memory.arena);
    pil__free(reader->stack);
    reader->stack = NULL;
}
