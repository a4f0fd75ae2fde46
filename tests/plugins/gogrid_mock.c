/* A GoGrid of the suite's own, strict about signatures and parameters. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/gogrid_mock.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <openssl/evp.h>

#define JSON "Content-Type: application/json\r\n"
#define BODY_MAX 65536
/* Clocks may differ by so many seconds. */
#define WINDOW 600

typedef struct asking {
    gogrid_mock *mock;
    const web_asked *asked;
    web_channel *channel;
} asking;

/* ---- requests -------------------------------------------------------------
 */

static void
answer(const asking *of, int status, const char *body)
{
    channel_answer(of->channel, status, JSON, body);
}

static void
fail_with(const asking *of, int status, const char *message)
{
    char body[512];

    (void)snprintf(body, sizeof body,
                   "{\"status\": \"failure\", \"list\": [{\"errorcode\": "
                   "\"IllegalArgumentException\", \"message\": \"%s\"}]}",
                   message);
    answer(of, status, body);
}

static void
complain(const asking *of, const char *about)
{
    of->mock->complaints++;
    print_error("mock: %s: %s %s\n", about, of->asked->method,
                of->asked->target);
    fail_with(of, 400, about);
}

/* The value of a parameter, which needs no decoding here; false: none. */
static bool
query(const asking *of, const char *name, char *value, size_t size)
{
    char begin[64];
    const char *at = strchr(of->asked->target, '?');

    (void)snprintf(begin, sizeof begin, "%s=", name);
    while (at != NULL && strncmp(at + 1, begin, strlen(begin)) != 0) {
        at = strchr(at + 1, '&');
    }
    if (at == NULL) {
        return false;
    }
    at += 1 + strlen(begin);
    (void)snprintf(value, size, "%.*s", (int)strcspn(at, "&"), at);
    return true;
}

/* Was it signed by the key, within the last minutes? */
static bool
is_signed(const asking *of)
{
    char given[64] = "";
    time_t now = time(NULL);

    (void)query(of, "sig", given, sizeof given);
    for (time_t at = now - WINDOW; at <= now + WINDOW; at++) {
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned size = 0;
        char text[128];
        char hex[2 * EVP_MAX_MD_SIZE + 1] = "";

        (void)snprintf(text, sizeof text, "%s%s%lld", MOCK_KEY, MOCK_SECRET,
                       (long long)at);
        assert_int_equal(
            EVP_Digest(text, strlen(text), digest, &size, EVP_md5(), NULL), 1);
        for (unsigned i = 0; i < size; i++) {
            (void)snprintf(hex + 2 * (size_t)i, 3, "%02x", digest[i]);
        }
        if (strcmp(hex, given) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- what it has ----------------------------------------------------------
 */

static int
print_server(char *out, size_t size, const gogrid_mock *mock, int i)
{
    char id[16];

    (void)snprintf(id, sizeof id, "%d", mock->servers[i].id);
    return snprintf(
        out, size,
        "{\"id\": %s, \"name\": \"%s\", \"ip\": {\"ip\": \"10.0.0.%d\"}, "
        "\"image\": {\"id\": 7, \"friendlyName\": \"Debian\"}, \"ram\": "
        "{\"name\": \"512MB\"}, \"state\": {\"name\": \"%s\"}, "
        "\"isSandbox\": false}",
        mock->servers[i].id == 0 ? "null" : id, mock->servers[i].name,
        mock->servers[i].address, mock->servers[i].state);
}

static void
answer_server(const asking *of, int i)
{
    char body[1024];
    char server[512];

    (void)print_server(server, sizeof server, of->mock, i);
    (void)snprintf(body, sizeof body,
                   "{\"status\": \"success\", \"list\": [%s]}", server);
    answer(of, 200, body);
}

/* Which server the parameter id names; negative: none. */
static int
server_of(const asking *of)
{
    char id[32] = "";

    (void)query(of, "id", id, sizeof id);
    for (int i = 0; i < of->mock->count; i++) {
        if (of->mock->servers[i].id != 0 &&
            of->mock->servers[i].id == atoi(id)) {
            return i;
        }
    }
    return -1;
}

/* The part of a listing that is asked for. */
static void
window_of(const asking *of, int total, int *from, int *to)
{
    char number[32] = "0";
    int size = total;

    if (query(of, "num_items", number, sizeof number)) {
        size = atoi(number);
    }
    (void)snprintf(number, sizeof number, "0");
    (void)query(of, "page", number, sizeof number);
    *from = atoi(number) * size;
    *to = *from + size < total ? *from + size : total;
}

static void
list_servers(const asking *of)
{
    gogrid_mock *mock = of->mock;
    char *body = malloc(BODY_MAX);
    int from;
    int to;
    int length;

    assert_non_null(body);
    if (mock->looks > 0 && --mock->looks == 0) {
        for (int i = 0; i < mock->count; i++) {
            mock->servers[i].id =
                mock->servers[i].id == 0 ? 5000 + i : mock->servers[i].id;
        }
    }
    window_of(of, mock->count, &from, &to);
    length = snprintf(body, BODY_MAX, "{\"status\": \"success\", \"list\": [");
    for (int i = from; i < to; i++) {
        length += snprintf(body + length, BODY_MAX - (size_t)length, "%s",
                           i == from ? "" : ", ");
        length +=
            print_server(body + length, BODY_MAX - (size_t)length, mock, i);
    }
    (void)snprintf(body + length, BODY_MAX - (size_t)length, "]}");
    answer(of, 200, body);
    free(body);
}

static void
list_addresses(const asking *of)
{
    char body[4096];
    int length =
        snprintf(body, sizeof body, "{\"status\": \"success\", \"list\": [");
    bool first = true;

    for (int i = 100; i < 104; i++) {
        if (!of->mock->taken[i]) {
            length += snprintf(body + length, sizeof body - (size_t)length,
                               "%s{\"ip\": \"10.0.0.%d\", \"public\": true, "
                               "\"state\": {\"name\": \"Unassigned\"}}",
                               first ? "" : ", ", i);
            first = false;
        }
    }
    (void)snprintf(body + length, sizeof body - (size_t)length, "]}");
    answer(of, 200, body);
}

static void
list_passwords(const asking *of)
{
    if (of->mock->refuse_passwords != 0) {
        fail_with(of, of->mock->refuse_passwords, "no right to passwords");
        return;
    }
    answer(of, 200,
           "{\"status\": \"success\", \"list\": [{\"password\": \"sesame\", "
           "\"username\": \"root\", \"server\": {\"id\": 1}}, {\"password\": "
           "\"of an application\"}]}");
}

/* ---- what it does ---------------------------------------------------------
 */

static void
add(const asking *of)
{
    static const char *const needed[] = {"name", "image", "server.ram", "ip"};
    gogrid_mock *mock = of->mock;
    char value[128] = "";
    char name[32] = "";
    int address;

    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (!query(of, needed[i], value, sizeof value) || *value == '\0') {
            complain(of, "a parameter is missing");
            return;
        }
    }
    address = atoi(strrchr(value, '.') == NULL ? "" : strrchr(value, '.') + 1);
    if (address <= 0 || address > 255) {
        complain(of, "that is no address");
        return;
    }
    if (mock->race) {
        mock->race = false;
        mock->taken[address] = true;
    }
    if (mock->taken[address]) {
        fail_with(of, 400, "the address is in use");
        return;
    }
    (void)query(of, "name", name, sizeof name);
    mock->taken[address] = true;
    mock->servers[mock->count].id = 0;
    mock->servers[mock->count].address = address;
    mock->servers[mock->count].state = "Starting";
    (void)snprintf(mock->servers[mock->count].name,
                   sizeof mock->servers[0].name, "%s", name);
    answer_server(of, mock->count++);
}

static void
power(const asking *of)
{
    static const struct {
        const char *how;
        const char *state;
    } ways[] = {{"start", "On"}, {"stop", "Off"}, {"restart", "Restarting"}};
    char how[32] = "";
    int server = server_of(of);

    (void)query(of, "power", how, sizeof how);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        if (strcmp(ways[i].how, how) == 0 && server >= 0) {
            of->mock->servers[server].state = ways[i].state;
            answer_server(of, server);
            return;
        }
    }
    if (server < 0) {
        fail_with(of, 404, "there is no such server");
    } else {
        complain(of, "there is no such way");
    }
}

static void delete (const asking *of)
{
    int server = server_of(of);
    char body[64] = "{\"status\": \"success\", \"list\": [{}]}";

    if (server < 0) {
        fail_with(of, 404, "there is no such server");
        return;
    }
    of->mock->servers[server] = of->mock->servers[--of->mock->count];
    answer(of, 200, body);
}

static void
get(const asking *of)
{
    int server = server_of(of);

    if (server < 0) {
        fail_with(of, 404, "there is no such server");
    } else {
        answer_server(of, server);
    }
}

static void
save_image(const asking *of)
{
    char name[32] = "";

    if (!query(of, "friendlyName", name, sizeof name) ||
        !query(of, "server", name, sizeof name)) {
        complain(of, "a parameter is missing");
        return;
    }
    answer(of, 200,
           "{\"status\": \"success\", \"list\": [{\"id\": 900, "
           "\"friendlyName\": \"saved\", \"state\": {\"name\": \"Saving\"}}]}");
}

/* ---- all of it ------------------------------------------------------------
 */

static const struct {
    const char *method;
    const char *path;
    void (*serve)(const asking *of);
} methods[] = {
    {"GET", "/api/grid/server/list?", list_servers},
    {"GET", "/api/grid/server/get?", get},
    {"GET", "/api/grid/ip/list?", list_addresses},
    {"GET", "/api/support/password/list?", list_passwords},
    {"POST", "/api/grid/server/add?", add},
    {"POST", "/api/grid/server/power?", power},
    {"POST", "/api/grid/server/delete?", delete},
    {"POST", "/api/grid/image/save?", save_image},
};

static void
serve(const asking *of)
{
    char value[128] = "";
    gogrid_mock *mock = of->mock;

    if (!asked_query(of->asked, "v", "1.8") ||
        !asked_query(of->asked, "format", "json")) {
        complain(of, "no version or format");
        return;
    }
    if (!query(of, "api_key", value, sizeof value) ||
        strcmp(value, MOCK_KEY) != 0 || !is_signed(of)) {
        answer(of, 403, "403");
        return;
    }
    if (mock->fail && strcmp(of->asked->method, "POST") == 0) {
        mock->fail = false;
        fail_with(of, 200, "not today");
        return;
    }
    if (mock->raw != NULL && strstr(of->asked->target, "server/list") != NULL) {
        answer(of, 200, mock->raw);
        return;
    }
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (strcmp(methods[i].method, of->asked->method) == 0 &&
            strncmp(of->asked->target, methods[i].path,
                    strlen(methods[i].path)) == 0) {
            methods[i].serve(of);
            return;
        }
    }
    complain(of, "there is no such method");
}

static void
provide(void *user, const web_asked *asked, web_channel *channel)
{
    const asking of = {user, asked, channel};

    (void)pthread_mutex_lock(&of.mock->lock);
    serve(&of);
    (void)pthread_mutex_unlock(&of.mock->lock);
}

gogrid_mock *
mock_start(int servers)
{
    gogrid_mock *mock = calloc(1, sizeof *mock);

    assert_non_null(mock);
    (void)pthread_mutex_init(&mock->lock, NULL);
    for (int i = 0; i < servers; i++) {
        mock->servers[i].id = i + 1;
        mock->servers[i].address = i % 100;
        mock->servers[i].state = "On";
        (void)snprintf(mock->servers[i].name, sizeof mock->servers[i].name,
                       "s%d", i + 1);
    }
    mock->count = servers;
    mock->web = server_start(provide, mock, NULL, NULL);
    (void)snprintf(mock->endpoint, sizeof mock->endpoint, "%s/api",
                   server_url(mock->web));
    return mock;
}

void
mock_stop(gogrid_mock *mock)
{
    int complaints;

    server_stop(mock->web);
    complaints = mock->complaints;
    (void)pthread_mutex_destroy(&mock->lock);
    free(mock);
    assert_int_equal(complaints, 0);
}
