/* Declared options: their getters, and what may be their values. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/config/option.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/utf8.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const type_names[] = {
    [PIL__OPTION_STRING] = "string",   [PIL__OPTION_INTEGER] = "integer",
    [PIL__OPTION_BOOLEAN] = "boolean", [PIL__OPTION_DURATION] = "duration",
    [PIL__OPTION_PATH] = "path",       [PIL__OPTION_CHOICE] = "choice",
};

static const struct {
    const char *word;
    bool value;
} boolean_words[] = {
    {"true", true}, {"false", false}, {"yes", true}, {"no", false},
    {"on", true},   {"off", false},   {"1", true},   {"0", false},
};

bool
pil__option_type_parse(const char *name, pil__option_type *type)
{
    for (size_t i = 0; i < sizeof type_names / sizeof type_names[0]; i++) {
        if (strcmp(name, type_names[i]) == 0) {
            *type = (pil__option_type)i;
            return true;
        }
    }
    return false;
}

static bool
parse_integer(const char *text, int64_t *number)
{
    char *end = NULL;
    intmax_t value;

    /* strtoimax would pass over blanks, which no number begins with. */
    if (*text != '-' && *text != '+' && (*text < '0' || *text > '9')) {
        return false;
    }
    errno = 0;
    value = strtoimax(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || value > INT64_MAX ||
        value < INT64_MIN) {
        return false;
    }
    *number = (int64_t)value;
    return true;
}

static bool
parse_boolean(const char *text, int64_t *number)
{
    for (size_t i = 0; i < sizeof boolean_words / sizeof boolean_words[0];
         i++) {
        if (strcmp(text, boolean_words[i].word) == 0) {
            *number = boolean_words[i].value;
            return true;
        }
    }
    return false;
}

/* Digits with at most one point, in thousandths: no locale has a say. */
static bool
parse_thousandths(const char **text, int64_t *thousandths)
{
    static const int64_t most = INT64_MAX / 100000000; /* times a day */
    const char *p = *text;
    int64_t whole = 0;
    int64_t part = 0;
    int64_t scale = 1000;

    if (*p < '0' || *p > '9') {
        return false;
    }
    for (; *p >= '0' && *p <= '9'; p++) {
        whole = whole * 10 + (*p - '0');
        if (whole > most / 1000) {
            return false;
        }
    }
    if (*p == '.') {
        for (p++; *p >= '0' && *p <= '9'; p++) {
            scale /= 10;
            part += scale * (*p - '0');
        }
    }
    *text = p;
    *thousandths = whole * 1000 + part;
    return true;
}

bool
pil__duration_parse(const char *text, int64_t *ms)
{
    static const struct {
        const char *unit;
        int64_t ms;
    } units[] = {
        {"ms", 1},    {"s", 1000},    {"", 1000},
        {"m", 60000}, {"h", 3600000}, {"d", 86400000},
    };
    int64_t thousandths = 0;

    if (!parse_thousandths(&text, &thousandths)) {
        return false;
    }
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(text, units[i].unit) == 0) {
            *ms = units[i].ms == 1 ? thousandths / 1000
                                   : thousandths * (units[i].ms / 1000);
            return true;
        }
    }
    return false;
}

/* What an option takes, for people. */
static void
describe(const pileus_option_info *option, pil__text *text)
{
    switch (option->type) {
    case PIL__OPTION_INTEGER:
        pil__text_puts(text, "a whole number");
        break;
    case PIL__OPTION_BOOLEAN:
        pil__text_puts(text, "true or false");
        break;
    case PIL__OPTION_DURATION:
        pil__text_puts(text, "a duration such as 250ms, 1.5s, 5m or 2h");
        break;
    case PIL__OPTION_CHOICE:
        pil__text_puts(text, "one of");
        for (size_t i = 0; option->choices[i] != NULL; i++) {
            pil__text_printf(text, "%s %s", i == 0 ? "" : ",",
                             option->choices[i]);
        }
        break;
    case PIL__OPTION_PATH:
        pil__text_puts(text, "a path");
        break;
    case PIL__OPTION_STRING:
        pil__text_puts(text, "text in valid UTF-8");
        break;
    }
    if (option->has_minimum) {
        pil__text_printf(text, ", at least %" PRId64, option->minimum);
    }
    if (option->has_maximum) {
        pil__text_printf(text, ", at most %" PRId64, option->maximum);
    }
    if ((option->has_minimum || option->has_maximum) &&
        option->type == PIL__OPTION_DURATION) {
        pil__text_puts(text, " ms");
    }
}

static bool
is_value(const pileus_option_info *option, const char *text, int64_t *number)
{
    switch (option->type) {
    case PIL__OPTION_INTEGER:
        return parse_integer(text, number);
    case PIL__OPTION_BOOLEAN:
        return parse_boolean(text, number);
    case PIL__OPTION_DURATION:
        return pil__duration_parse(text, number);
    case PIL__OPTION_CHOICE:
        for (size_t i = 0; option->choices[i] != NULL; i++) {
            if (strcmp(text, option->choices[i]) == 0) {
                return true;
            }
        }
        return false;
    case PIL__OPTION_PATH:
        return *text != '\0';
    case PIL__OPTION_STRING:
        return pil__utf8_valid(text, strlen(text));
    }
    return false;
}

pileus_code
pil__option_check(const pileus_option_info *option, const char *text,
                  int64_t *number, pileus_error **err)
{
    pil__text wanted = {0};
    int64_t value = 0;
    char *words;
    pileus_code code;

    if (strnlen(text, PILEUS_OPTION_MAX + 1) > PILEUS_OPTION_MAX) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "option '%s' is longer than %d bytes: shorten "
                              "it",
                              option->name, PILEUS_OPTION_MAX);
    }
    if (is_value(option, text, &value) &&
        (!option->has_minimum || value >= option->minimum) &&
        (!option->has_maximum || value <= option->maximum)) {
        if (number != NULL) {
            *number = value;
        }
        return PILEUS_OK;
    }
    describe(option, &wanted);
    words = pil__text_take(&wanted);
    if (words == NULL) {
        return pil__error_no_memory(err);
    }
    code = option->secret
               ? pil__error_set(err, PILEUS_CONFIGURATION,
                                "option '%s' takes %s; what was given (a "
                                "secret, not shown) is none",
                                option->name, words)
               : pil__error_set(err, PILEUS_CONFIGURATION,
                                "option '%s' takes %s, not '%.64s'",
                                option->name, words, text);
    pil__free(words);
    return code;
}

/* ---- what applications ask ------------------------------------------------
 */

const char *
pileus_option_name(const pileus_option_info *option)
{
    return option->name;
}

const char *
pileus_option_type(const pileus_option_info *option)
{
    return type_names[option->type];
}

bool
pileus_option_secret(const pileus_option_info *option)
{
    return option->secret;
}

bool
pileus_option_required(const pileus_option_info *option)
{
    return option->required;
}

const char *
pileus_option_help(const pileus_option_info *option)
{
    return option->help;
}

const char *
pileus_option_default(const pileus_option_info *option)
{
    return option->default_value;
}

static const char *
entry(const char *const *list, size_t i)
{
    for (size_t k = 0; list != NULL && list[k] != NULL; k++) {
        if (k == i) {
            return list[k];
        }
    }
    return NULL;
}

const char *
pileus_option_environment(const pileus_option_info *option, size_t i)
{
    return entry(option->environment, i);
}

const char *
pileus_option_choice(const pileus_option_info *option, size_t i)
{
    return entry(option->choices, i);
}
