/* A CloudStack of the suite's own, strict about signatures and parameters. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/cloudstack_inside.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#define JSON "Content-Type: application/json;charset=UTF-8\r\n"
#define FORM "application/x-www-form-urlencoded"
#define PAGE_MAX 500
#define FOR_EVER_MS 300000

/* ---- parameters -----------------------------------------------------------
 */

const char *
mock_value(const asking *of, const char *name)
{
    for (size_t i = 0; i < of->count; i++) {
        if (strcasecmp(of->params[i].name, name) == 0) {
            return of->params[i].value;
        }
    }
    return NULL;
}

/* In place, as of forms. */
static void
decode(char *text)
{
    char *to = text;

    for (const char *from = text; *from != '\0'; from++) {
        char hex[3] = {from[0] == '%' ? from[1] : '\0', '\0', '\0'};

        if (hex[0] != '\0') {
            hex[1] = from[2];
            *to++ = (char)strtol(hex, NULL, 16);
            from += 2;
        } else {
            *to++ = *from == '+' ? ' ' : *from;
        }
    }
    *to = '\0';
}

/* Of the query and the form; false: not as they should be. */
static bool
parse(asking *of)
{
    const char *query = strchr(of->asked->target, '?');
    const char *form = of->asked->body;
    char *next;

    assert_true(asprintf(&of->text, "%s%s%s", query == NULL ? "" : query + 1,
                         query != NULL && *form != '\0' ? "&" : "", form) >= 0);
    for (char *at = of->text; at != NULL; at = next) {
        char *equals = strchr(at, '=');

        next = strchr(at, '&');
        if (next != NULL) {
            *next++ = '\0';
        }
        if (equals == NULL || (next != NULL && equals > next) ||
            of->count == MOCK_PARAMS) {
            return false;
        }
        *equals++ = '\0';
        decode(at);
        decode(equals);
        if (*equals == '\0' || mock_value(of, at) != NULL) {
            return false;
        }
        of->params[of->count].name = at;
        of->params[of->count++].value = equals;
    }
    return true;
}

/* Is it one of these words? */
static bool
is_among(const char *words, const char *word)
{
    size_t length = strlen(word);

    while (*words != '\0') {
        size_t one = strcspn(words, " ");

        if (one == length && strncasecmp(words, word, one) == 0) {
            return true;
        }
        words += one + strspn(words + one, " ");
    }
    return false;
}

/* ---- answers --------------------------------------------------------------
 */

void
mock_answer(const asking *of, int status, const char *inside)
{
    const char *command = mock_value(of, "command");
    char name[64] = "";
    char *body = NULL;

    (void)snprintf(name, sizeof name, "%s",
                   command == NULL ? "error" : command);
    for (char *c = name; *c != '\0'; c++) {
        *c = (char)tolower((unsigned char)*c);
    }
    assert_true(asprintf(&body, "{\"%sresponse\": {%s}}", name, inside) >= 0);
    channel_answer(of->channel, status, JSON, body);
    free(body);
}

void
mock_fail(const asking *of, int status, int number, const char *words)
{
    char inside[1024];

    (void)snprintf(inside, sizeof inside,
                   "\"uuidList\": [], \"errorcode\": %d, \"cserrorcode\": "
                   "4350, \"errortext\": \"%s\"",
                   number, words);
    mock_answer(of, status, inside);
}

void
mock_complain(const asking *of, const char *about, const char *what)
{
    of->mock->complaints++;
    print_error("mock: %s: %s: %s %s\n", about, what, of->asked->method,
                of->asked->target);
    mock_fail(of, 431, 431, about);
}

/* ---- signatures -----------------------------------------------------------
 */

/* As the server of CloudStack does: by the names as they came. */
static int
compare(const void *a, const void *b)
{
    return strcmp(((const param *)a)->name, ((const param *)b)->name);
}

static void
print_encoded(FILE *out, const char *value)
{
    for (; *value != '\0'; value++) {
        unsigned char c = (unsigned char)*value;

        if (isalnum(c) || strchr(".-*_", c) != NULL) {
            (void)fputc(c, out);
        } else {
            (void)fprintf(out, "%%%02x", c);
        }
    }
}

/* The signature that the parameters should have. */
static void
sign(const asking *of, char signature[64])
{
    asking sorted = *of;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    assert_non_null(out);
    qsort(sorted.params, sorted.count, sizeof sorted.params[0], compare);
    for (size_t i = 0; i < sorted.count; i++) {
        if (strcmp(sorted.params[i].name, "signature") != 0) {
            (void)fprintf(out, "%s%s=", i == 0 ? "" : "&",
                          sorted.params[i].name);
            print_encoded(out, sorted.params[i].value);
        }
    }
    (void)fclose(out);
    for (size_t i = 0; i < length; i++) {
        text[i] = (char)tolower((unsigned char)text[i]);
    }
    assert_non_null(HMAC(EVP_sha1(), MOCK_SECRET, (int)strlen(MOCK_SECRET),
                         (unsigned char *)text, length, digest, &size));
    (void)EVP_EncodeBlock((unsigned char *)signature, digest, (int)size);
    free(text);
}

/* Is the signature still good? */
static bool
is_fresh(const asking *of)
{
    const char *version = mock_value(of, "signatureVersion");
    const char *expires = mock_value(of, "expires");
    struct tm when = {0};
    const char *end;

    if (of->mock->eternal) {
        return version == NULL && expires == NULL;
    }
    if (version == NULL || strcmp(version, "3") != 0 || expires == NULL) {
        return false;
    }
    end = strptime(expires, "%Y-%m-%dT%H:%M:%S+0000", &when);
    return end != NULL && *end == '\0' &&
           timegm(&when) > time(NULL) + of->mock->ahead;
}

static bool
is_signed(const asking *of)
{
    const char *key = mock_value(of, "apiKey");
    const char *given = mock_value(of, "signature");
    char wanted[64] = "";

    if (key == NULL || strcmp(key, MOCK_KEY) != 0 || given == NULL ||
        !is_fresh(of)) {
        return false;
    }
    sign(of, wanted);
    return strcmp(given, wanted) == 0;
}

/* ---- what it refuses ------------------------------------------------------
 */

/* Every parameter is one that the command has, and none is missing. */
static bool
check_params(const asking *of)
{
    static const char always[] =
        "command response apiKey signature signatureVersion expires";
    const char *size = mock_value(of, "pagesize");
    const char *response = mock_value(of, "response");

    for (size_t i = 0; i < of->count; i++) {
        const char *name = of->params[i].name;

        if (!is_among(always, name) && !is_among(of->command->needed, name) &&
            !is_among(of->command->known, name)) {
            mock_complain(of, "there is no such parameter", name);
            return false;
        }
    }
    for (const char *at = of->command->needed; *at != '\0';) {
        char name[32] = "";
        size_t length = strcspn(at, " ");

        (void)snprintf(name, sizeof name, "%.*s", (int)length, at);
        at += length + strspn(at + length, " ");
        if (*name != '\0' && mock_value(of, name) == NULL) {
            mock_complain(of, "a parameter is missing", name);
            return false;
        }
    }
    if (response == NULL || strcmp(response, "json") != 0 ||
        (size != NULL && (atoi(size) < 1 || atoi(size) > PAGE_MAX))) {
        mock_complain(of, "no JSON, or too large a page", of->command->name);
        return false;
    }
    return true;
}

/* What an id names has to be there. */
static bool
check_ids(const asking *of)
{
    const struct {
        const char *param;
        mock_kind kind;
    } ids[] = {
        {"id", of->command->kind},
        {"resourceids", MOCK_NODE},
        {"serviceofferingid", MOCK_OFFERING},
        {"templateid", MOCK_TEMPLATE},
        {"zoneid", MOCK_ZONE},
        {"diskofferingid", MOCK_DISK_OFFERING},
        {"snapshotid", MOCK_SNAPSHOT},
        {"volumeid", MOCK_VOLUME},
        {"virtualmachineid", MOCK_NODE},
    };
    char words[512];

    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        const char *id = mock_value(of, ids[i].param);

        if (id != NULL && mock_find(of->mock, ids[i].kind, id) == NULL) {
            (void)snprintf(words, sizeof words,
                           "Unable to execute API command %s due to invalid "
                           "value. Invalid parameter %s value=%s due to "
                           "incorrect long value format, or entity does not "
                           "exist",
                           of->command->name, ids[i].param, id);
            mock_fail(of, 431, 431, words);
            return false;
        }
    }
    if (mock_value(of, "keypair") != NULL &&
        mock_named(of->mock, MOCK_KEY_PAIR, mock_value(of, "keypair")) ==
            NULL) {
        mock_fail(of, 431, 431, "A key pair with that name was not found.");
        return false;
    }
    return true;
}

/* What it shall refuse, whatever is asked. */
static bool
is_refused(const asking *of)
{
    cloudstack_mock *mock = of->mock;
    const char *page = mock_value(of, "page");

    if (mock->refuse.command == NULL ||
        strcmp(mock->refuse.command, of->command->name) != 0 ||
        (mock->refuse.page != 0 &&
         (page == NULL || atoi(page) != mock->refuse.page))) {
        return false;
    }
    mock->refuse.command = NULL;
    mock_fail(of, mock->refuse.status, mock->refuse.number, mock->refuse.words);
    return true;
}

static void
note_change(const asking *of)
{
    cloudstack_mock *mock = of->mock;
    size_t size = strlen(mock->changes);

    mock->posted = strcmp(of->asked->method, "POST") == 0;
    for (size_t i = 0; i < of->count; i++) {
        if (size < sizeof mock->changes) {
            size += (size_t)snprintf(
                mock->changes + size, sizeof mock->changes - size, "%s%s=%s",
                i == 0 ? "" : "&", of->params[i].name, of->params[i].value);
        }
    }
    if (size < sizeof mock->changes) {
        (void)snprintf(mock->changes + size, sizeof mock->changes - size, "\n");
    }
}

/* Is it a request as any may be? */
static bool
check_form(const asking *of)
{
    char type[64] = "";
    bool get = strcmp(of->asked->method, "GET") == 0;

    (void)asked_header(of->asked, "Content-Type", type, sizeof type);
    return strncmp(of->asked->target, "/client/api?", 12) == 0 &&
           (get ? of->asked->body_size == 0
                : strcmp(of->asked->method, "POST") == 0 &&
                      strcmp(type, FORM) == 0);
}

static void
serve(asking *of)
{
    const char *command;

    if (!parse(of) || !check_form(of)) {
        mock_complain(of, "what is that?", of->asked->body);
        return;
    }
    if (!is_signed(of)) {
        mock_fail(of, 401, 401,
                  "unable to verify user credentials and/or request "
                  "signature");
        return;
    }
    command = mock_value(of, "command");
    of->command = mock_command_of(command);
    if (of->command == NULL) {
        mock_complain(of, "there is no such command",
                      command == NULL ? "none" : command);
        return;
    }
    if (mock_changes(of->command)) {
        note_change(of);
    }
    if (of->mock->raw_command != NULL &&
        strcmp(of->mock->raw_command, command) == 0) {
        channel_answer(of->channel, 200, JSON, of->mock->raw);
    } else if (check_params(of) && !is_refused(of) && check_ids(of)) {
        of->command->serve(of);
    }
}

static void
provide(void *user, const web_asked *asked, web_channel *channel)
{
    cloudstack_mock *mock = user;
    asking of = {.mock = mock, .asked = asked, .channel = channel};
    bool poll = asked_query(asked, "command", "queryAsyncJobResult");
    atomic_bool *there = poll ? atomic_load(&mock->there) : NULL;

    if (mock->hold_command != NULL &&
        asked_query(asked, "command", mock->hold_command)) {
        if (there != NULL) {
            atomic_store(there, true);
        }
        (void)channel_pause(channel, FOR_EVER_MS);
        return;
    }
    (void)pthread_mutex_lock(&mock->lock);
    serve(&of);
    (void)pthread_mutex_unlock(&mock->lock);
    free(of.text);
    if (there != NULL) {
        atomic_store(there, true);
    }
}

cloudstack_mock *
mock_start(int nodes)
{
    cloudstack_mock *mock = calloc(1, sizeof *mock);

    assert_non_null(mock);
    (void)pthread_mutex_init(&mock->lock, NULL);
    mock->polls = 1;
    mock_fill(mock, nodes);
    mock->web = server_start(provide, mock, NULL, NULL);
    (void)snprintf(mock->endpoint, sizeof mock->endpoint, "%s/client/api",
                   server_url(mock->web));
    return mock;
}

void
mock_stop(cloudstack_mock *mock)
{
    int complaints;

    server_stop(mock->web);
    complaints = mock->complaints;
    (void)pthread_mutex_destroy(&mock->lock);
    free(mock);
    assert_int_equal(complaints, 0);
}
