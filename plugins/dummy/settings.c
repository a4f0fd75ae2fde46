/* Reading the options of a connection. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "settings.h"

static bool
is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/*
 * libcloud gives the credentials to Python's int(): blanks around the number,
 * a sign, and single underscores between digits are all right. *count is 0 for
 * a negative number, and beyond DUMMY_NODES_MAX when it is larger than that.
 * False for what is no number.
 */
static bool
parse_integer(const char *text, uint64_t *count, bool *zero)
{
    bool negative = false;
    bool digit_before = false;
    uint64_t number = 0;

    while (is_blank(*text)) {
        text++;
    }
    if (*text == '+' || *text == '-') {
        negative = *text++ == '-';
    }
    for (; (*text >= '0' && *text <= '9') || (*text == '_' && digit_before);
         text++) {
        digit_before = *text != '_';
        if (digit_before && number <= DUMMY_NODES_MAX) {
            number = number * 10 + (uint64_t)(*text - '0');
        }
    }
    while (digit_before && is_blank(*text)) {
        text++;
    }
    *zero = number == 0;
    *count = negative ? 0 : number;
    return digit_before && *text == '\0';
}

static int32_t
read_creds(struct dummy_seed *seed, pileus_call *call)
{
    const char *creds = pileus_setting(call, "creds");
    bool zero = true;

    if (creds == NULL || !parse_integer(creds, &seed->count, &zero) || zero) {
        seed->pair = true;
        return PILEUS_OK;
    }
    if (seed->count > DUMMY_NODES_MAX) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "option creds asks for more than %d nodes: ask for "
                           "fewer",
                           DUMMY_NODES_MAX);
    }
    return PILEUS_OK;
}

int32_t
dummy_settings_read(struct dummy_settings *settings, pileus_call *call)
{
    memset(settings, 0, sizeof *settings);
    /* One that is unset stays 0. */
    (void)pileus_setting_integer(call, "latency", &settings->latency_ms);
    (void)pileus_setting_integer(call, "create-delay",
                                 &settings->create_delay_ms);
    (void)pileus_setting_integer(call, "page-size", &settings->page_size);
    (void)pileus_setting_boolean(call, "idempotent", &settings->idempotent);
    return read_creds(&settings->seed, call);
}
