/* Bodies without secrets: names and their values in JSON, XML and forms. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/url.h"
#include "core/http/scrub.h"

#include <string.h>

/*
 * A body may be broken off, or be no proper one, and all the same no secret may
 * pass. So nothing is parsed: what looks like a name and its value is one, and
 * all bytes but the values stay as they are.
 */

/* What is left of a body that is gone through. */
typedef struct walk {
    const pil__scrub *scrub;
    pil__text *out;
    const char *text;
    size_t size;
    size_t from; /* what stands before it is written */
} walk;

/* Write up to there, and the replacement for what ends at end. */
static void
replace(walk *w, size_t begin, size_t end, const char *with)
{
    pil__scrub_text(w->out, w->scrub, w->text + w->from, begin - w->from);
    pil__text_puts(w->out, with);
    w->from = end;
}

static size_t
skip_blank(const walk *w, size_t at)
{
    while (at < w->size && strchr(" \t\r\n", w->text[at]) != NULL &&
           w->text[at] != '\0') {
        at++;
    }
    return at;
}

/* ---- JSON ---------------------------------------------------------------- */

/* Behind the string that begins there. */
static size_t
string_end(const walk *w, size_t at)
{
    for (at++; at < w->size && w->text[at] != '"'; at++) {
        at += w->text[at] == '\\';
    }
    return at < w->size ? at + 1 : w->size;
}

/* Behind the string, number or word that begins there. */
static size_t
scalar_end(const walk *w, size_t at)
{
    if (at < w->size && w->text[at] == '"') {
        return string_end(w, at);
    }
    while (at < w->size && strchr(",]} \t\r\n", w->text[at]) == NULL) {
        at++;
    }
    return at;
}

/* Does it say something: not null, true, false or ""? Lists and dicts are gone
 * into, for only what has a secret's name is one. */
static bool
is_worth(const walk *w, size_t begin, size_t end)
{
    static const char *const plain[] = {"null", "true", "false", "\"\""};

    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        if (end - begin == strlen(plain[i]) &&
            memcmp(w->text + begin, plain[i], end - begin) == 0) {
            return false;
        }
    }
    return end > begin && w->text[begin] != '{' && w->text[begin] != '[';
}

static void
walk_json(walk *w)
{
    for (size_t at = 0; at < w->size;) {
        size_t begin = at;
        size_t end;

        if (w->text[at] != '"') {
            at++;
            continue;
        }
        at = string_end(w, at);
        end = skip_blank(w, at);
        if (end >= w->size || w->text[end] != ':' ||
            !pil__scrub_is_secret(w->scrub, w->text + begin + 1,
                                  at - begin - 2)) {
            continue;
        }
        begin = skip_blank(w, end + 1);
        end = scalar_end(w, begin);
        if (is_worth(w, begin, end)) {
            replace(w, begin, end, "\"" PIL__REDACTED "\"");
            at = end;
        }
    }
}

/* ---- XML ----------------------------------------------------------------- */

/* Where the next of these characters, or a NUL, stands. */
static size_t
find(const walk *w, size_t at, const char *any)
{
    while (at < w->size && strchr(any, w->text[at]) == NULL) {
        at++;
    }
    return at;
}

/* Where a name begins behind its prefix. */
static size_t
local_name(const walk *w, size_t begin, size_t end)
{
    const char *colon = memchr(w->text + begin, ':', end - begin);

    return colon == NULL ? begin : (size_t)(colon + 1 - w->text);
}

static void
walk_xml(walk *w)
{
    for (size_t at = 0; at < w->size; at++) {
        size_t name = at + 1;
        size_t name_end;
        size_t begin;
        size_t end;

        if (w->text[at] != '<') {
            continue;
        }
        name_end = find(w, name, "<> /\t\r\n");
        begin = find(w, name_end, ">");
        begin += begin < w->size;
        end = find(w, begin, "<");
        name = local_name(w, name, name_end);
        if (end > begin &&
            pil__scrub_is_secret(w->scrub, w->text + name, name_end - name)) {
            replace(w, begin, end, PIL__REDACTED);
            at = end - 1;
        }
    }
}

/* ---- forms --------------------------------------------------------------- */

static bool
is_secret_part(const walk *w, size_t begin, size_t size)
{
    pil__text name = {0};
    bool secret;

    pil__text_add(&name, "", 0);
    pil__url_unescape(&name, w->text + begin, size);
    /* Without memory nobody knows. */
    secret =
        name.failed || pil__scrub_is_secret(w->scrub, name.data, name.length);
    pil__text_free(&name);
    return secret;
}

static void
walk_form(walk *w)
{
    for (size_t at = 0; at < w->size; at++) {
        size_t begin = at;
        size_t equals;

        while (at < w->size && w->text[at] != '=' && w->text[at] != '&') {
            at++;
        }
        equals = at;
        while (at < w->size && w->text[at] != '&') {
            at++;
        }
        if (at > equals + 1 && is_secret_part(w, begin, equals - begin)) {
            replace(w, equals + 1, at, PIL__REDACTED);
        }
    }
}

/* -------------------------------------------------------------------------- */

static bool
is_form(const char *body, size_t size)
{
    return memchr(body, '=', size) != NULL && memchr(body, ' ', size) == NULL &&
           memchr(body, '\n', size) == NULL;
}

void
pil__scrub_body(pil__text *out, const pil__scrub *scrub, const char *body,
                size_t size)
{
    walk w = {.scrub = scrub, .out = out, .text = body, .size = size};
    size_t first = size == 0 ? 0 : skip_blank(&w, 0);

    if (first < size && (body[first] == '{' || body[first] == '[')) {
        walk_json(&w);
    } else if (first < size && body[first] == '<') {
        walk_xml(&w);
    } else if (size > 0 && is_form(body, size)) {
        walk_form(&w);
    }
    pil__scrub_text(out, scrub, size == 0 ? "" : w.text + w.from,
                    size - w.from);
}
