/* Exchanges with OpenStack that libcloud had not, or had otherwise. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/openstack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 *   exchange                   because
 *   the login, in all          libcloud's is Keystone's version 2 but for one
 *   scenarios                  scenario
 *   volumes in a listing       libcloud asks for one by its id
 *   the second page of images  its marker is none of an image in the first one;
 *                              Glance's is the last image's
 *   the image to be deleted    libcloud makes the handle of nothing, and asks
 *                              Nova to delete it
 *   servers                    libcloud makes the handles of nothing
 */

static void
write_string(FILE *out, const char *text)
{
    (void)fputc('"', out);
    for (; *text != '\0'; text++) {
        (void)fprintf(out,
                      *text == '"' || *text == '\\' ? "\\%c"
                      : (unsigned char)*text < ' '  ? "\\u%04x"
                                                    : "%c",
                      *text);
    }
    (void)fputc('"', out);
}

/* headers, query: JSON. */
static void
write_exchange(FILE *out, const char *scenario, const char *request,
               const char *query, int status, const char *headers,
               const char *body)
{
    const char *path = strchr(request, ' ');

    (void)fputs("{\"op\": \"ours\", \"scenario\": ", out);
    write_string(out, scenario);
    (void)fprintf(out,
                  ", \"request\": {\"method\": \"%.*s\", \"host\": "
                  "\"http://192.168.18.100:8774\", \"path\": \"%s\", "
                  "\"query\": %s, \"headers\": {}, \"body\": null}, "
                  "\"response\": {\"status\": %d, \"headers\": %s, \"body\": ",
                  (int)(path - request), request, path + 1, query, status,
                  headers);
    write_string(out, body);
    (void)fputs("}}\n", out);
}

/* ---- again, of libcloud's -------------------------------------------------
 */

/* {"volume": X} as {"volumes": [X]}. */
static void
write_volumes(FILE *out, const char *scenario, const char *body)
{
    const char *begin = strchr(strchr(body, '{') + 1, '{');
    const char *end = strrchr(body, '}');
    size_t size = strlen(body) + 32;
    char *list = malloc(size);

    assert_non_null(list);
    assert_non_null(begin);
    while (*--end != '}') {
    }
    (void)snprintf(list, size, "{\"volumes\": [%.*s]}", (int)(end - begin + 1),
                   begin);
    write_exchange(out, scenario, "GET " OS_CINDER "/volumes/detail", "{}", 200,
                   "{}", list);
    free(list);
}

/* Behind the last image of the first page. */
#define MARKER "{\"marker\": \"4bd743f8-7e7d-4568-8f31-b3f06b90e70a\"}"

static void
write_again(FILE *out, yajl_val exchange)
{
    yajl_val request = peer_get(exchange, "request");
    const char *path = peer_string(request, "path");
    const char *scenario = peer_string(exchange, "scenario");
    const char *op = peer_string(exchange, "op");
    const char *body = peer_string(peer_get(exchange, "response"), "body");
    bool marked = peer_get(peer_get(request, "query"), "marker") != NULL;

    if (strcmp(path, "/v3/auth/tokens") == 0 && strcmp(op, "_setup") == 0) {
        write_exchange(out, "main", "POST /v3/auth/tokens", "{}", 201,
                       "{\"X-Subject-Token\": \"t1\"}", body);
    } else if (strcmp(op, "ex_get_volume") == 0 && strstr(path, "/cd76") &&
               strncmp(path, OS_CINDER, strlen(OS_CINDER)) == 0) {
        write_volumes(out, OS_SCENARIO "available", body);
    } else if (strcmp(op, "ex_get_volume") == 0 && strstr(path, "/abc6")) {
        write_volumes(out, OS_SCENARIO "in-use", body);
    } else if (strcmp(op, "list_images") == 0 &&
               (marked || strstr(scenario, "infinite_loop") != NULL)) {
        write_exchange(out, scenario, "GET " OS_NOVA "/v2/images", MARKER, 200,
                       "{}", body);
    }
}

/* ---- new ones -------------------------------------------------------------
 */

static void
write_servers(FILE *out)
{
    static const char *const ids[] = {"12063", "12064", "12065", "12066"};
    static const char *const states[] = {"ACTIVE", "SHUTOFF", "PAUSED",
                                         "SUSPENDED"};
    char scenario[64];
    char request[64];
    char body[128];

    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        for (size_t s = 0; s < sizeof states / sizeof states[0]; s++) {
            (void)snprintf(scenario, sizeof scenario, OS_SCENARIO "%s",
                           states[s]);
            (void)snprintf(request, sizeof request,
                           "GET " OS_NOVA "/servers/%s", ids[i]);
            (void)snprintf(body, sizeof body,
                           "{\"server\": {\"id\": \"%s\", \"status\": \"%s\"}}",
                           ids[i], states[s]);
            write_exchange(out, scenario, request, "{}", 200, "{}", body);
        }
    }
}

static void
write_image(FILE *out)
{
#define IMAGE OS_NOVA "/v2/images/26365521-8c62-11f9-2c33-283d153ecc3a"
    write_exchange(out, "main", "GET " IMAGE, "{}", 200, "{}",
                   "{\"id\": \"26365521-8c62-11f9-2c33-283d153ecc3a\", "
                   "\"name\": \"My Backup\"}");
    write_exchange(out, "main", "DELETE " IMAGE, "{}", 204, "{}", "");
}

char *
os_exchanges(void)
{
    char *text = replay_read("openstack", "exchanges.jsonl");
    char *rest = text;
    char *ours = NULL;
    size_t size = 0;
    FILE *out;

    if (text == NULL) {
        return NULL;
    }
    out = open_memstream(&ours, &size);
    assert_non_null(out);
    for (char *line = strtok_r(text, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        yajl_val exchange = yajl_tree_parse(line, NULL, 0);

        assert_non_null(exchange);
        write_again(out, exchange);
        yajl_tree_free(exchange);
    }
    write_servers(out);
    write_image(out);
    assert_int_equal(fclose(out), 0);
    free(text);
    return ours;
}
