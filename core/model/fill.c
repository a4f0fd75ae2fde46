/* Filling in specifications: texts and pairs, checked and copied. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/fill.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/base/wipe.h"

#include <stdio.h>

/* Longest idempotency token, in bytes. */
#define TOKEN_MAX 64

pileus_code
pil__fill_nowhere(pileus_error **err)
{
    return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                          "there is nothing to set this in: make one first");
}

pileus_code
pil__fill(char **place, const char *what, const char *text, size_t length,
          size_t max, pileus_error **err)
{
    pileus_code code = place == NULL
                           ? pil__fill_nowhere(err)
                           : pil__check_plain(what, text, &length, max, err);
    char *copy;

    if (code != PILEUS_OK) {
        return code;
    }
    copy = pil__strndup(text, length);
    if (copy == NULL) {
        return pil__error_no_memory(err);
    }
    pil__wipe_free(*place);
    *place = copy;
    return PILEUS_OK;
}

pileus_code
pil__fill_token(char **place, const char *token, pileus_error **err)
{
    for (const char *c = token; c != NULL && *c != '\0'; c++) {
        if (*c < 0x20 || *c > 0x7E) {
            return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                                  "the token has a character that is not "
                                  "printable ASCII: take letters and digits");
        }
    }
    return pil__fill(place, "the token", token, PILEUS_NUL_TERMINATED,
                     TOKEN_MAX, err);
}

pileus_code
pil__fill_pair(struct pil__pairs *pairs, const char *what, const char *name,
               const char *value, pileus_error **err)
{
    char of_name[32];
    char of_value[32];
    size_t length = PILEUS_NUL_TERMINATED;
    pileus_code code;

    if (pairs == NULL) {
        return pil__fill_nowhere(err);
    }
    (void)snprintf(of_name, sizeof of_name, "the name of the %s", what);
    (void)snprintf(of_value, sizeof of_value, "the value of the %s", what);
    code = pil__check_plain(of_name, name, &length, PILEUS_OPTION_MAX, err);
    if (code == PILEUS_OK) {
        code = pil__check_text(of_value, value, PILEUS_OPTION_MAX, err);
    }
    if (code == PILEUS_OK && pil__pairs_has(pairs, name)) {
        code = pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "the %s \"%s\" is given twice: give it once",
                              what, name);
    }
    return code != PILEUS_OK ? code : pil__pairs_add(pairs, name, value, err);
}
