/* Secrets, and texts without them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/config/redact.h"

#include "core/base/alloc.h"
#include "core/base/url.h"
#include "core/base/wipe.h"
#include "core/data/encode.h"

#include <stdio.h>
#include <string.h>

/* ---- the forms of a secret ----------------------------------------------- */

/* Keep the text, which is taken over and emptied, in its place by length. */
static bool
keep(pil__redactor *redactor, pil__text *form)
{
    void *array = redactor->needle;
    size_t size = form->length;
    char *text = pil__text_take(form);
    size_t at = 0;

    if (text == NULL || !pil__grow(&array, &redactor->capacity, redactor->count,
                                   sizeof *redactor->needle)) {
        pil__wipe_free(text);
        return false;
    }
    redactor->needle = array;
    while (at < redactor->count && redactor->needle[at].size >= size) {
        if (redactor->needle[at].size == size &&
            memcmp(redactor->needle[at].text, text, size) == 0) {
            pil__wipe_free(text); /* it is known */
            return true;
        }
        at++;
    }
    memmove(&redactor->needle[at + 1], &redactor->needle[at],
            (redactor->count - at) * sizeof *redactor->needle);
    redactor->needle[at] = (struct pil__needle){text, size};
    redactor->count++;
    return true;
}

static void
put_plain(pil__text *form, const char *secret, size_t size)
{
    pil__text_add(form, secret, size);
}

/* Percent-encoding in lower case. */
static void
put_lower(pil__text *form, const char *secret, size_t size)
{
    pil__text upper = {0};

    pil__url_escape(&upper, secret, size);
    for (size_t i = 0; i < upper.length && !upper.failed; i++) {
        bool hex = (i > 0 && upper.data[i - 1] == '%') ||
                   (i > 1 && upper.data[i - 2] == '%');
        char c = upper.data[i];

        c = hex && c >= 'A' && c <= 'F' ? (char)(c - 'A' + 'a') : c;
        pil__text_add(form, &c, 1);
    }
    form->failed = form->failed || upper.failed;
    pil__wipe(upper.data, upper.length);
    pil__text_free(&upper);
}

/* As forms have it: a space is a plus. */
static void
put_form(pil__text *form, const char *secret, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (secret[i] == ' ') {
            pil__text_puts(form, "+");
        } else {
            pil__url_escape(form, secret + i, 1);
        }
    }
}

/* Within a string of JSON; slashed: with the slash escaped, as some do. */
static void
put_json_string(pil__text *form, const char *secret, size_t size, bool slashed)
{
    static const char plain[] = "\"\\\b\f\n\r\t";
    static const char letter[] = "\"\\bfnrt";

    for (size_t i = 0; i < size; i++) {
        const char *found = secret[i] == '\0' ? NULL : strchr(plain, secret[i]);

        if (found != NULL) {
            pil__text_puts(form, "\\");
            pil__text_add(form, &letter[found - plain], 1);
        } else if ((unsigned char)secret[i] < ' ') {
            pil__text_printf(form, "\\u%04x", (unsigned)secret[i]);
        } else {
            pil__text_puts(form, secret[i] == '/' && slashed ? "\\" : "");
            pil__text_add(form, &secret[i], 1);
        }
    }
}

static void
put_json(pil__text *form, const char *secret, size_t size)
{
    put_json_string(form, secret, size, false);
}

static void
put_json_slashed(pil__text *form, const char *secret, size_t size)
{
    put_json_string(form, secret, size, true);
}

static void
put_xml(pil__text *form, const char *secret, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        switch (secret[i]) {
        case '&':
            pil__text_puts(form, "&amp;");
            break;
        case '<':
            pil__text_puts(form, "&lt;");
            break;
        case '>':
            pil__text_puts(form, "&gt;");
            break;
        case '"':
            pil__text_puts(form, "&quot;");
            break;
        default:
            pil__text_add(form, &secret[i], 1);
            break;
        }
    }
}

static void
put_base64(pil__text *form, const char *secret, size_t size)
{
    char *text = pil__malloc(PIL__BASE64_SIZE(size));

    if (text == NULL) {
        form->failed = true;
        return;
    }
    pil__base64(secret, size, text);
    pil__text_puts(form, text);
    pil__wipe_free(text);
}

bool
pil__redactor_add(pil__redactor *redactor, const char *secret, size_t size)
{
    static void (*const forms[])(pil__text * form, const char *secret,
                                 size_t size) = {
        put_plain, pil__url_escape,  put_lower, put_form,
        put_json,  put_json_slashed, put_xml,   put_base64,
    };

    if (size < PIL__REDACT_MIN) {
        return true;
    }
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        pil__text form = {0};

        forms[i](&form, secret, size);
        if (!keep(redactor, &form)) {
            return false;
        }
    }
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

/* ---- texts --------------------------------------------------------------- */

/* Length of the longest secret that the text begins with; 0 if none. */
static size_t
secret_at(const pil__redactor *redactor, const char *text, size_t size)
{
    for (size_t i = 0; redactor != NULL && i < redactor->count; i++) {
        const struct pil__needle *needle = &redactor->needle[i];

        if (needle->size <= size && *text == *needle->text &&
            memcmp(text, needle->text, needle->size) == 0) {
            return needle->size;
        }
    }
    return 0;
}

void
pil__redact(pil__text *out, const pil__redactor *one,
            const pil__redactor *other, const char *text, size_t size)
{
    size_t from = 0;
    size_t at = 0;

    while (at < size) {
        size_t first = secret_at(one, text + at, size - at);
        size_t second = secret_at(other, text + at, size - at);
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
}
