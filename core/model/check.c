/* Checking what an application says of the nodes it wants. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/check.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <string.h>

static pileus_code
refuse(const char *what, const char *problem, pileus_error **err)
{
    return pil__error_set(err, PILEUS_INVALID_ARGUMENT, "%s %s", what, problem);
}

static pileus_code
refuse_length(const char *what, size_t max, pileus_error **err)
{
    return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                          "%s is longer than the %zu bytes that it may have",
                          what, max);
}

pileus_code
pil__check_plain(const char *what, const char *text, size_t *length, size_t max,
                 pileus_error **err)
{
    if (text == NULL) {
        *length = 0;
    } else if (*length == PILEUS_NUL_TERMINATED) {
        *length = strnlen(text, max + 1);
    }
    if (*length == 0) {
        return refuse(what, "is empty: give one, or leave it out", err);
    }
    if (*length > max) {
        return refuse_length(what, max, err);
    }
    if (!pil__utf8_plain(text, *length)) {
        return refuse(what,
                      "is not valid UTF-8 without control characters: check "
                      "where it comes from",
                      err);
    }
    return PILEUS_OK;
}

pileus_code
pil__check_text(const char *what, const char *text, size_t max,
                pileus_error **err)
{
    size_t length = text == NULL ? 0 : strnlen(text, max + 1);

    if (text == NULL) {
        return refuse(what, "is missing: give one, or leave it out", err);
    }
    if (length > max) {
        return refuse_length(what, max, err);
    }
    if (!pil__utf8_valid(text, length)) {
        return refuse(what, "is not valid UTF-8: check where it comes from",
                      err);
    }
    return PILEUS_OK;
}

pileus_code
pil__id_check(const char *id, size_t *length, pileus_error **err)
{
    return pil__check_plain("the id", id, length, PILEUS_ID_MAX, err);
}
