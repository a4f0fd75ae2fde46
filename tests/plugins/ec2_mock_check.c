/* Is it what the API Reference of EC2 lets be asked? */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_asking.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>

#define VALUES_MAX 200 /* of a filter */

/* ---- words with blanks between --------------------------------------------
 */

/* The next word in *words, and its size; NULL: there are no more. */
static const char *
next_word(const char **words, size_t *size)
{
    const char *word = *words + strspn(*words, " ");

    *size = strcspn(word, " ");
    *words = word + *size;
    return *size == 0 ? NULL : word;
}

static bool
fits_glob(const char *glob, size_t size, const char *text)
{
    char copy[256];

    assert_true(size < sizeof copy);
    (void)snprintf(copy, sizeof copy, "%.*s", (int)size, glob);
    return fnmatch(copy, text, 0) == 0;
}

/* ---- values ---------------------------------------------------------------
 */

static bool
is_all_of(const char *text, const char *allowed)
{
    return *text != '\0' && text[strspn(text, allowed)] == '\0';
}

static bool
is_base64(const char *text)
{
    size_t digits = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/");

    return strlen(text) % 4 == 0 && strlen(text) - digits < 3 &&
           strspn(text + digits, "=") == strlen(text) - digits;
}

static bool
is_token(const char *text)
{
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (text[i] < ' ' || text[i] > '~') {
            return false;
        }
    }
    return *text != '\0' && strlen(text) <= 64;
}

/* "%…" is a kind of value, all else how it is written. */
static bool
is_one(const char *kind, size_t size, const char *value)
{
    int least = 0;
    int most = 0;

    if (*kind != '%') {
        return fits_glob(kind, size, value);
    }
    if (sscanf(kind, "%%%d-%d", &least, &most) == 2) {
        return is_all_of(value, "0123456789") && atoi(value) >= least &&
               atoi(value) <= most;
    }
    return strncmp(kind, "%int", size) == 0 ? is_all_of(value, "0123456789")
           : strncmp(kind, "%decimal", size) == 0
               ? is_all_of(value, ".0123456789")
           : strncmp(kind, "%base64", size) == 0 ? is_base64(value)
           : strncmp(kind, "%token", size) == 0  ? is_token(value)
           : strncmp(kind, "%empty", size) == 0
               ? *value == '\0'
               : strncmp(kind, "%any", size) == 0;
}

/* Kinds have "|" between them; without any the value is not empty. */
static bool
is_value(const char *kinds, size_t size, const char *value)
{
    const char *end = kinds + size;

    if (size == 0) {
        return *value != '\0';
    }
    for (;;) {
        const char *bar = memchr(kinds, '|', (size_t)(end - kinds));

        if (is_one(kinds, (size_t)((bar == NULL ? end : bar) - kinds), value)) {
            return true;
        }
        if (bar == NULL) {
            return false;
        }
        kinds = bar + 1;
    }
}

/* ---- names ----------------------------------------------------------------
 */

/* Is the name the pattern, in which ".N" is a number of 1 or more? */
static bool
is_name(const char *pattern, size_t size, const char *name)
{
    const char *end = pattern + size;
    bool dot = false;

    while (pattern < end) {
        bool number =
            dot && *pattern == 'N' && (pattern + 1 == end || pattern[1] == '.');

        if (number) {
            if (*name < '1' || *name > '9') {
                return false;
            }
            name += strspn(name, "0123456789");
        } else if (*name++ != *pattern) {
            return false;
        }
        dot = *pattern++ == '.';
    }
    return *name == '\0';
}

/* A word of what may be asked: "!NAME=KINDS", "!" for what must be there. */
typedef struct rule {
    const char *name;
    size_t name_size;
    const char *kinds;
    size_t kinds_size;
    bool needed;
} rule;

static bool
next_rule(const char **rules, rule *out)
{
    size_t size;
    const char *word = next_word(rules, &size);
    const char *sign;

    if (word == NULL) {
        return false;
    }
    out->needed = *word == '!';
    out->name = word + out->needed;
    size -= out->needed;
    sign = memchr(out->name, '=', size);
    out->name_size = sign == NULL ? size : (size_t)(sign - out->name);
    out->kinds = sign == NULL ? "" : sign + 1;
    out->kinds_size = sign == NULL ? 0 : size - out->name_size - 1;
    return true;
}

static bool
may_be(const char *rules, const char *name, const char *value)
{
    rule one;

    while (next_rule(&rules, &one)) {
        if (is_name(one.name, one.name_size, name)) {
            return is_value(one.kinds, one.kinds_size, value);
        }
    }
    return false;
}

/* The first that is missing. */
static const char *
missing(const request *asked, const char *rules)
{
    rule one;

    while (next_rule(&rules, &one)) {
        bool found = !one.needed;

        for (size_t i = 0; !found && i < asked->count; i++) {
            found = is_name(one.name, one.name_size, asked->params[i].name);
        }
        if (!found) {
            return one.name;
        }
    }
    return NULL;
}

static bool
is_twice(const request *asked, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (strcmp(asked->params[i].name, asked->params[at].name) == 0) {
            return true;
        }
    }
    return false;
}

/* Is there one that begins so, and goes on with a dot or not at all? */
static bool
has_beginning(const request *asked, const char *text)
{
    size_t size = strlen(text);

    for (size_t i = 0; i < asked->count; i++) {
        const char *name = asked->params[i].name;

        if (strncmp(name, text, size) == 0 &&
            (name[size] == '\0' || name[size] == '.')) {
            return true;
        }
    }
    return false;
}

/* Lists count from 1 and leave nothing out. */
static bool
leaves_out(const request *asked, const char *name)
{
    for (const char *at = strchr(name, '.'); at != NULL;
         at = strchr(at + 1, '.')) {
        int number = atoi(at + 1);
        char before[128];

        (void)snprintf(before, sizeof before, "%.*s.%d", (int)(at - name), name,
                       number - 1);
        if (isdigit((unsigned char)at[1]) && number > 1 &&
            !has_beginning(asked, before)) {
            return true;
        }
    }
    return false;
}

/* ---- filters --------------------------------------------------------------
 */

static bool
is_filter(const char *names, const char *name)
{
    size_t size;
    const char *word;

    while ((word = next_word(&names, &size)) != NULL) {
        if (fits_glob(word, size, name)) {
            return true;
        }
    }
    return false;
}

/* Each is one of the listing's, and has values, but not too many. */
static const char *
wrong_filter(const asking *of)
{
    for (int n = 1;; n++) {
        char param[64];
        const char *name;

        (void)snprintf(param, sizeof param, "Filter.%d.Name", n);
        name = mock_param(of, param);
        if (name == NULL) {
            (void)snprintf(param, sizeof param, "Filter.%d", n);
            return has_beginning(of->request, param) ? "a filter without a name"
                                                     : NULL;
        }
        (void)snprintf(param, sizeof param, "Filter.%d.Value.1", n);
        if (!is_filter(mock_filters(of->action), name) ||
            mock_param(of, param) == NULL) {
            return name;
        }
        (void)snprintf(param, sizeof param, "Filter.%d.Value.%d", n,
                       VALUES_MAX + 1);
        if (mock_param(of, param) != NULL) {
            return "a filter with too many values";
        }
    }
}

const char *
mock_fault(const asking *of, const char *rules)
{
    for (size_t i = 0; i < of->request->count; i++) {
        const char *name = of->request->params[i].name;

        if ((strcmp(name, "Action") != 0 && strcmp(name, "Version") != 0 &&
             !may_be(rules, name, of->request->params[i].value)) ||
            is_twice(of->request, i) || leaves_out(of->request, name)) {
            return name;
        }
    }
    return missing(of->request, rules) != NULL ? missing(of->request, rules)
                                               : wrong_filter(of);
}
