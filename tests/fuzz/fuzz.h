/* What the fuzz targets have in common. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__TESTS_FUZZ_H
#define PIL__TESTS_FUZZ_H

#include "core/base/utf8.h"

#include <pileus/error.h>
#include <pileus/value.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As libFuzzer calls them; main.c does too. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold, whatever the input. */
#define FUZZ_CHECK(condition)                                                  \
    do {                                                                       \
        if (!(condition)) {                                                    \
            (void)fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__,      \
                          __LINE__, #condition);                               \
            abort();                                                           \
        }                                                                      \
    } while (0)

/* A copy with a NUL behind it, which is all that can be read: to be freed. */
static inline char *
fuzz_text(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    FUZZ_CHECK(text != NULL);
    if (size > 0) {
        memcpy(text, data, size);
    }
    text[size] = '\0';
    return text;
}

/* A code and its error say the same, in words that people can read. */
static inline void
fuzz_check_error(pileus_code code, pileus_error *err)
{
    FUZZ_CHECK((code == PILEUS_OK) == (err == NULL));
    if (err != NULL) {
        const char *message = pileus_error_message(err);

        FUZZ_CHECK(pileus_error_code(err) == code);
        FUZZ_CHECK(*message != '\0');
        FUZZ_CHECK(pil__utf8_valid(message, strlen(message)));
        pileus_error_free(err);
    }
}

static inline void
fuzz_check_text(const char *text)
{
    FUZZ_CHECK(text == NULL || pil__utf8_valid(text, strlen(text)));
}

/* The same value? */
static inline bool
fuzz_same(const pileus_value *a, const pileus_value *b)
{
    pileus_type type = pileus_value_type(a);
    size_t count = pileus_value_count(a);

    if (type != pileus_value_type(b) || count != pileus_value_count(b) ||
        pileus_value_bool(a, false) != pileus_value_bool(b, false) ||
        pileus_value_integer(a, 0) != pileus_value_integer(b, 0) ||
        pileus_value_double(a, 0) != pileus_value_double(b, 0)) {
        return false;
    }
    if (type == PILEUS_TYPE_STRING &&
        strcmp(pileus_value_string(a), pileus_value_string(b)) != 0) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (type == PILEUS_TYPE_DICT &&
            strcmp(pileus_value_key(a, i), pileus_value_key(b, i)) != 0) {
            return false;
        }
        if (!fuzz_same(pileus_value_at(a, i), pileus_value_at(b, i))) {
            return false;
        }
    }
    return true;
}

#endif
