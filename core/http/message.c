/* What HTTP messages are made of: headers, statuses, times. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/message.h"

#include <string.h>
#include <strings.h>

/* ---- headers ----------------------------------------------------------------
 */

bool
pil__header_valid(const char *name, const char *value)
{
    static const char token[] = "!#$%&'*+-.^_`|~0123456789"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "abcdefghijklmnopqrstuvwxyz";

    if (name == NULL || value == NULL || *name == '\0' ||
        name[strspn(name, token)] != '\0') {
        return false;
    }
    for (const char *p = value; *p != '\0'; p++) {
        if (((unsigned char)*p < ' ' && *p != '\t') || *p == 0x7f) {
            return false;
        }
    }
    return true;
}

pileus_pair *
pil__headers_find(const pil__headers *pairs, const char *name)
{
    for (size_t i = 0; i < pairs->count; i++) {
        if (strcasecmp(pairs->at[i].name, name) == 0) {
            return &pairs->at[i];
        }
    }
    return NULL;
}

/* ---- dates ------------------------------------------------------------------
 */

/* Days from 1970-01-01 to that day of the Gregorian calendar. */
static int64_t
days_to(int64_t year, int64_t month, int64_t day)
{
    int64_t y = year - (month <= 2);
    int64_t era = y / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           719468;
}

/* What is known of a date so far; -1: not yet. */
struct date {
    int64_t year;
    int64_t month;
    int64_t day;
    int64_t second; /* of the day */
};

/* The digits at *text, which is moved behind them. */
static int64_t
digits(const char **text, size_t *length)
{
    int64_t number = 0;

    *length = strspn(*text, "0123456789");
    for (size_t i = 0; i < *length && i < 9; i++) {
        number = number * 10 + ((*text)[i] - '0');
    }
    *text += *length;
    return number;
}

static bool
take_number(struct date *date, const char **text)
{
    size_t length = 0;
    int64_t number = digits(text, &length);

    if (**text == ':') { /* hours, minutes, seconds */
        int64_t minute;
        int64_t second;

        ++*text;
        minute = digits(text, &length);
        if (**text != ':') {
            return false;
        }
        ++*text;
        second = digits(text, &length);
        if (length == 0 || number > 23 || minute > 59 || second > 60) {
            return false;
        }
        date->second = number * 3600 + minute * 60 + second;
    } else if (date->day < 0 && length <= 2) {
        date->day = number;
    } else if (date->year < 0 && length == 4) {
        date->year = number;
    } else if (date->year < 0 && length == 2) { /* as RFC 9110 reads it */
        date->year = number + (number < 70 ? 2000 : 1900);
    } else {
        return false;
    }
    return true;
}

static void
take_word(struct date *date, const char **text)
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    size_t length = strspn(*text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz");

    for (int64_t i = 0; length == 3 && i < 12; i++) {
        if (strncmp(*text, names + i * 3, 3) == 0) {
            date->month = i + 1;
        }
    }
    *text += length;
}

bool
pil__http_date(const char *text, int64_t *seconds)
{
    struct date date = {-1, -1, -1, -1};

    while (*text != '\0') {
        if (*text >= '0' && *text <= '9') {
            if (!take_number(&date, &text)) {
                return false;
            }
        } else if (strchr(" ,-", *text) != NULL) {
            text++;
        } else if ((*text >= 'A' && *text <= 'Z') ||
                   (*text >= 'a' && *text <= 'z')) {
            take_word(&date, &text);
        } else {
            return false;
        }
    }
    if (date.year < 1970 || date.month < 0 || date.day < 1 || date.day > 31 ||
        date.second < 0) {
        return false;
    }
    *seconds = days_to(date.year, date.month, date.day) * 86400 + date.second;
    return true;
}

/* ---- statuses
 * ----------------------------------------------------------------
 */

const pil__status_rule *
pil__status_rule_of(long status)
{
    static const char retry_later[] = "try again later";
    static const char not_this[] = "this cannot be asked of this provider";
    static const char look_again[] =
        "look at what it is doing now, and try again when that is over";
    static const char check_request[] = "check what was asked for";
    static const pil__status_rule rules[] = {
        {400, false, PILEUS_INVALID_ARGUMENT, "Bad Request", check_request},
        {401, false, PILEUS_AUTHENTICATION, "Unauthorized",
         "check the credentials"},
        {402, false, PILEUS_QUOTA, "Payment Required",
         "see to the account with the provider"},
        {403, false, PILEUS_PERMISSION, "Forbidden",
         "have the provider allow it to these credentials"},
        {404, false, PILEUS_NOT_FOUND, "Not Found",
         "check the name or id, and the endpoint"},
        {405, false, PILEUS_NOT_SUPPORTED, "Method Not Allowed", not_this},
        {406, false, PILEUS_PROTOCOL, "Not Acceptable", not_this},
        {407, false, PILEUS_AUTHENTICATION, "Proxy Authentication Required",
         "give the proxy's user and password in the option 'proxy'"},
        {408, true, PILEUS_UNAVAILABLE, "Request Timeout", retry_later},
        {409, false, PILEUS_CONFLICT, "Conflict", look_again},
        {410, false, PILEUS_NOT_FOUND, "Gone", "it does not exist any more"},
        {412, false, PILEUS_CONFLICT, "Precondition Failed", look_again},
        {413, false, PILEUS_INVALID_ARGUMENT, "Content Too Large",
         "send less at once"},
        {414, false, PILEUS_INVALID_ARGUMENT, "URI Too Long",
         "ask for less at once"},
        {423, false, PILEUS_CONFLICT, "Locked", look_again},
        {425, true, PILEUS_UNAVAILABLE, "Too Early", retry_later},
        {429, true, PILEUS_RATE_LIMITED, "Too Many Requests",
         "wait, and ask less often"},
        {500, true, PILEUS_UNAVAILABLE, "Internal Server Error", retry_later},
        {501, false, PILEUS_NOT_SUPPORTED, "Not Implemented", not_this},
        {502, true, PILEUS_UNAVAILABLE, "Bad Gateway", retry_later},
        {503, true, PILEUS_UNAVAILABLE, "Service Unavailable", retry_later},
        {504, true, PILEUS_UNAVAILABLE, "Gateway Timeout", retry_later},
        {505, false, PILEUS_NOT_SUPPORTED, "HTTP Version Not Supported",
         not_this},
    };
    static const pil__status_rule of_400 = {0, false, PILEUS_INVALID_ARGUMENT,
                                            NULL, check_request};
    static const pil__status_rule of_500 = {0, true, PILEUS_UNAVAILABLE, NULL,
                                            retry_later};

    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (rules[i].status == status) {
            return &rules[i];
        }
    }
    return status < 500 ? &of_400 : &of_500;
}

/* ---- bodies for people
 * --------------------------------------------------------
 */

static bool
begins(const char *body, size_t size, const char *words)
{
    size_t length = strlen(words);

    return size >= length && strncasecmp(body, words, length) == 0;
}

bool
pil__body_is_html(const char *body, size_t size)
{
    static const char *const beginnings[] = {"<!doctype html", "<html", "<head",
                                             "<body", "<!--"};
    size_t blank = strspn(body, " \t\r\n");

    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        if (begins(body + blank, size - blank, beginnings[i])) {
            return true;
        }
    }
    return false;
}

/* Where the text of the title begins; NULL: there is none. */
static const char *
find_title(const char *body)
{
    for (const char *at = body; (at = strchr(at, '<')) != NULL; at++) {
        if (strncasecmp(at, "<title", 6) == 0) {
            at = strchr(at, '>');
            return at == NULL ? NULL : at + 1;
        }
    }
    return NULL;
}

void
pil__body_words(char words[PIL__HTTP_WORDS_MAX], const char *body, size_t size)
{
    bool html = pil__body_is_html(body, size);
    const char *title = html ? find_title(body) : NULL;
    const char *at = title != NULL ? title : body;
    const size_t most = PIL__HTTP_WORDS_MAX - sizeof PIL__TEXT_CUT;
    size_t length = 0;

    while (*at != '\0' && length < most) {
        if (html && *at == '<') {
            at = title != NULL ? "" : at + strcspn(at, ">");
            at += *at == '>';
        } else if ((unsigned char)*at > ' ') {
            words[length++] = *at++;
        } else { /* blanks of any kind and number are one */
            if (length > 0 && words[length - 1] != ' ') {
                words[length++] = ' ';
            }
            at++;
        }
    }
    while (length > 0 && words[length - 1] == ' ') {
        length--;
    }
    (void)snprintf(words + length, PIL__HTTP_WORDS_MAX - length, "%s",
                   *at == '\0' ? "" : PIL__TEXT_CUT);
}
