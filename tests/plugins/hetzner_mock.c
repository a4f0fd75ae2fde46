/* A Hetzner Cloud of the suite's own, strict about what it is asked. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/hetzner_mock.h"

#include <stdlib.h>

#define JSON "Content-Type: application/json\r\nX-Correlation-Id: c0ffee\r\n"

/* ---- requests ------------------------------------------------------------ */

void
mock_answer(mock_request *asking, int status, const char *body)
{
    channel_answer(asking->channel, status, JSON, body);
}

void
mock_refuse(mock_request *asking, int status, const char *code)
{
    char body[256];

    (void)snprintf(body, sizeof body,
                   "{\"error\": {\"code\": \"%s\", \"message\": \"the words "
                   "for %s\", \"details\": {}}}",
                   code, code);
    mock_answer(asking, status, body);
}

/* What a good client never asks. */
void
mock_complain(mock_request *asking, const char *about)
{
    asking->mock->complaints++;
    print_error("mock: %s: %s %s %s\n", about, asking->asked->method,
                asking->asked->target, asking->asked->body);
    mock_refuse(asking, 400, "invalid_input");
}

bool
mock_is(const mock_request *asking, const char *method)
{
    return strcmp(asking->asked->method, method) == 0;
}

/* The value of a parameter, decoded. False: there is none. */
bool
mock_query(const mock_request *asking, const char *name, char value[],
           size_t size)
{
    const char *at = strchr(asking->asked->target, '?');
    size_t length = strlen(name);
    size_t used = 0;

    while (at != NULL &&
           (strncmp(at + 1, name, length) != 0 || at[1 + length] != '=')) {
        at = strchr(at + 1, '&');
    }
    if (at == NULL) {
        return false;
    }
    for (at += length + 2; *at != '\0' && *at != '&' && used + 1 < size; at++) {
        char hex[3] = "";

        if (*at == '%') {
            memcpy(hex, at + 1, 2);
            at += 2;
        }
        value[used++] = (char)(*hex != '\0' ? strtol(hex, NULL, 16) : *at);
    }
    value[used] = '\0';
    return true;
}

yajl_val
mock_get(yajl_val object, const char *key)
{
    const char *path[] = {key, NULL};

    return yajl_tree_get(object, path, yajl_t_any);
}

const char *
mock_string(const mock_request *asking, const char *key)
{
    return YAJL_GET_STRING(mock_get(asking->body, key));
}

/* The document has no keys but these, with blanks between. */
bool
mock_has_only(const mock_request *asking, const char *keys)
{
    for (size_t i = 0;
         asking->body != NULL && i < YAJL_GET_OBJECT(asking->body)->len; i++) {
        const char *key = YAJL_GET_OBJECT(asking->body)->keys[i];
        const char *at = strstr(keys, key);

        if (at == NULL || (at != keys && at[-1] != ' ') ||
            (at[strlen(key)] != '\0' && at[strlen(key)] != ' ')) {
            return false;
        }
    }
    return true;
}

/* ---- all of it ----------------------------------------------------------- */

static bool
is_of_client(mock_request *asking)
{
    char value[256] = "";
    bool post = mock_is(asking, "POST") && asking->asked->body_size > 0;

    if (!asked_header(asking->asked, "Authorization", value, sizeof value) ||
        strcmp(value, "Bearer " MOCK_TOKEN) != 0) {
        mock_refuse(asking, 401, "unauthorized");
        return false;
    }
    if (post &&
        (!asked_header(asking->asked, "Content-Type", value, sizeof value) ||
         strcmp(value, "application/json") != 0 || asking->body == NULL)) {
        mock_complain(asking, "no JSON");
        return false;
    }
    if (asking->mock->refuse_status != 0) {
        int status = asking->mock->refuse_status;

        asking->mock->refuse_status = 0;
        mock_refuse(asking, status, asking->mock->refuse);
        return false;
    }
    return true;
}

static void
route(mock_request *asking)
{
    static const struct {
        const char *prefix;
        void (*serve)(mock_request *asking, const char *rest);
        void (*create)(mock_request *asking);
    } kinds[] = {
        {"/servers", mock_serve_server, mock_create_server},
        {"/volumes", mock_serve_volume, mock_create_volume},
        {"/ssh_keys", mock_serve_key, mock_create_key},
        {"/images", mock_serve_image, NULL},
    };

    if (mock_serve_list(asking)) {
        return;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t length = strlen(kinds[i].prefix);
        const char *rest = asking->path + length;

        if (strncmp(asking->path, kinds[i].prefix, length) != 0) {
            continue;
        }
        if (*rest == '\0' && mock_is(asking, "POST") &&
            kinds[i].create != NULL) {
            kinds[i].create(asking);
            return;
        }
        if (*rest == '/') {
            kinds[i].serve(asking, rest + 1);
            return;
        }
    }
    mock_complain(asking, "no such path");
}

static void
serve(void *user, const web_asked *asked, web_channel *channel)
{
    mock_request now = {.mock = user, .asked = asked, .channel = channel};
    char wrong[128];

    if (strncmp(asked->target, "/v1/", 4) == 0) {
        (void)snprintf(now.path, sizeof now.path, "%.*s",
                       (int)strcspn(asked->target + 3, "?"), asked->target + 3);
    }
    (void)pthread_mutex_lock(&now.mock->lock);
    if (asked->body_size > 0) {
        now.body = yajl_tree_parse(asked->body, wrong, sizeof wrong);
        (void)snprintf(now.mock->last_body, sizeof now.mock->last_body, "%s",
                       asked->body);
    }
    if (is_of_client(&now)) {
        route(&now);
    }
    (void)pthread_mutex_unlock(&now.mock->lock);
    yajl_tree_free(now.body);
}

hetzner_mock *
mock_start(size_t servers)
{
    hetzner_mock *mock = calloc(1, sizeof *mock);

    assert_non_null(mock);
    assert_true(servers <= MOCK_THINGS);
    assert_int_equal(pthread_mutex_init(&mock->lock, NULL), 0);
    mock->next_id = 1001;
    for (size_t i = 0; i < servers; i++) {
        mock_server *server = &mock->servers[i];

        server->id = mock->next_id++;
        (void)snprintf(server->name, sizeof server->name, "web-%zu", i + 1);
        (void)snprintf(server->status, sizeof server->status, "running");
        (void)snprintf(server->type, sizeof server->type, "cx22");
        (void)snprintf(server->location, sizeof server->location, "fsn1");
        (void)snprintf(server->labels, sizeof server->labels,
                       "{\"env\": \"%s\"}", i % 2 == 0 ? "prod" : "test");
    }
    mock->server_count = servers;
    mock->web = server_start(serve, mock, NULL, NULL);
    (void)snprintf(mock->endpoint, sizeof mock->endpoint, "%s/v1",
                   server_url(mock->web));
    return mock;
}

void
mock_stop(hetzner_mock *mock)
{
    int complaints;

    server_stop(mock->web);
    complaints = mock->complaints;
    (void)pthread_mutex_destroy(&mock->lock);
    free(mock);
    assert_int_equal(complaints, 0);
}
