/* Checking what an application says of the things it wants. */
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
pil__check_name(const char *what, const char *name, pileus_error **err)
{
    size_t length = PILEUS_NUL_TERMINATED;

    return pil__check_plain(what, name, &length, PILEUS_STRING_MAX, err);
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
pil__check_public_key(const char *key, size_t *length, pileus_error **err)
{
    size_t size = key == NULL ? 0 : strnlen(key, PILEUS_OPTION_MAX + 1);

    if (key != NULL && strstr(key, "PRIVATE KEY") != NULL) {
        return refuse("this",
                      "is a private SSH key: keep it to yourself, and "
                      "give the public one (the file that ends in "
                      ".pub)",
                      err);
    }
    while (size > 0 && (key[size - 1] == '\n' || key[size - 1] == '\r')) {
        size--;
    }
    if (size > 0 && memchr(key, '\n', size) != NULL) {
        return refuse("the SSH key",
                      "has several lines: give one public key "
                      "in OpenSSH's one-line form",
                      err);
    }
    *length = size;
    return pil__check_plain("the SSH key", key, length, PILEUS_OPTION_MAX, err);
}

pileus_code
pil__id_check(const char *id, size_t *length, pileus_error **err)
{
    return pil__check_plain("the id", id, length, PILEUS_ID_MAX, err);
}
