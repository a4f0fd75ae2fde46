/* The DigitalOcean driver: what libcloud's exchanges do not show. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/expect.h"
#include "tests/support/server.h"

#include <pileus/pileus.h>

#include <stdio.h>
#include <stdlib.h>

#define JSON "Content-Type: application/json\r\n"
#define DROPLETS 450
#define PUBLIC_KEY                                                             \
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAFhEWuWYStDA3dY+EmtERTQHD0SuK6XtA+"  \
    "GKpb7a0jG me@home"
#define FINGERPRINT "4b:3e:84:d5:04:8d:a6:65:8c:02:4f:3b:37:64:e6:b8"
#define DROPLET                                                                \
    "{\"droplet\": {\"id\": 7, \"name\": \"web\", \"status\": \"%s\"}}"

/* A provider: what it refuses, and what it was asked last. */
typedef struct provider {
    const char *refusal; /* of the next action or create; NULL: none */
    char actions[256];   /* their types, each with a blank behind */
    char created[4096];  /* the document of the last create */
    char key[1024];      /* that of the last key imported */
    bool off;
} provider;

static void
answer_page(const web_asked *asked, web_channel *channel)
{
    const char *page = strstr(asked->target, "page=");
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    int number;

    while (page != NULL && page[-1] == '_') { /* that of per_page */
        page = strstr(page + 1, "page=");
    }
    number = page == NULL ? 1 : (int)strtol(page + 5, NULL, 10);
    assert_true(asked_query(asked, "per_page", "200"));
    (void)fputs("{\"droplets\": [", out);
    for (int i = (number - 1) * 200; i < number * 200 && i < DROPLETS; i++) {
        (void)fprintf(out,
                      "%s{\"id\": %d, \"status\": \"active\", \"tags\": "
                      "[\"web\", \"env:%s\"]}",
                      i % 200 == 0 ? "" : ", ", i + 1,
                      i % 2 == 0 ? "prod" : "test");
    }
    (void)fprintf(out,
                  "], \"links\": {\"pages\": {%s}}, \"meta\": "
                  "{\"total\": %d}}",
                  number * 200 < DROPLETS ? "\"next\": \"there\"" : "",
                  DROPLETS);
    (void)fclose(out);
    channel_answer(channel, 200, JSON, text);
    free(text);
}

static void
answer_action(provider *self, const web_asked *asked, web_channel *channel)
{
    const char *type = strstr(asked->body, "\"type\":\"") + 8;
    size_t length = strlen(self->actions);

    (void)snprintf(self->actions + length, sizeof self->actions - length,
                   "%.*s ", (int)strcspn(type, "\""), type);
    channel_answer(channel, 201, JSON,
                   "{\"action\": {\"id\": 1, \"status\": \"in-progress\"}}");
}

static void
serve(void *user, const web_asked *asked, web_channel *channel)
{
    provider *self = user;
    bool post = strcmp(asked->method, "POST") == 0;
    char text[256];

    if (post && self->refusal != NULL &&
        strncmp(asked->target, "/v2/droplets", 12) == 0) {
        (void)snprintf(text, sizeof text,
                       "{\"id\": \"unprocessable_entity\", \"message\": "
                       "\"%s\", \"request_id\": \"r-1\"}",
                       self->refusal);
        self->refusal = NULL;
        channel_answer(channel, 422, JSON, text);
    } else if (strcmp(asked->target, "/v2/droplets/7/actions") == 0) {
        answer_action(self, asked, channel);
    } else if (strcmp(asked->target, "/v2/droplets/7") == 0 ||
               (post && strcmp(asked->target, "/v2/droplets") == 0)) {
        (void)snprintf(text, sizeof text, DROPLET,
                       self->off ? "off" : "active");
        if (post) {
            (void)snprintf(self->created, sizeof self->created, "%.4000s",
                           asked->body);
        }
        channel_answer(channel, post ? 202 : 200, JSON, text);
    } else if (strncmp(asked->target, "/v2/droplets?", 13) == 0) {
        answer_page(asked, channel);
    } else if (post && strcmp(asked->target, "/v2/account/keys") == 0) {
        (void)snprintf(self->key, sizeof self->key, "%.1000s", asked->body);
        channel_answer(channel, 201, JSON, "{\"ssh_key\": {\"id\": 5}}");
    } else {
        channel_answer(channel, 404, JSON,
                       "{\"id\": \"not_found\", \"message\": \"gone\"}");
    }
}

/* ---- the suite ----------------------------------------------------------- */

static pileus_connection *
connect_to(const web_server *server)
{
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_options_new(&options, &err), err);
    expect_ok(pileus_options_set(options, "endpoint", server_url(server), &err),
              err);
    expect_ok(pileus_options_set(options, "token", "secret", &err), err);
    expect_ok(pileus_options_set(options, "stop-timeout", "10ms", &err), err);
    expect_ok(pileus_connection_open(&conn, NULL, "digitalocean", options, NULL,
                                     &err),
              err);
    pileus_options_free(options);
    return conn;
}

static pileus_node *
the_node(pileus_connection *conn)
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    expect_ok(
        pileus_node_get(&node, conn, "7", PILEUS_NUL_TERMINATED, NULL, &err),
        err);
    return node;
}

static void
test_pages_and_tags(void **state)
{
    provider self = {NULL, "", "", "", false};
    web_server *server = server_start(serve, &self, NULL, NULL);
    pileus_connection *conn = connect_to(server);
    pileus_query *query = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), DROPLETS);
    assert_int_equal(server_requests(server), 3);
    assert_string_equal(pileus_node_id(pileus_list_node(list, 449)), "450");
    pileus_list_free(list);
    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_add_tag(query, "env", "prod", &err), err);
    expect_ok(pileus_query_add_tag(query, "web", NULL, &err), err);
    expect_ok(pileus_node_list(&list, conn, query, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), DROPLETS / 2);
    pileus_list_free(list);
    pileus_query_free(query);
    pileus_connection_unref(conn);
    server_stop(server);
}

static void
test_create(void **state)
{
    provider self = {NULL, "", "", "", false};
    web_server *server = server_start(serve, &self, NULL, NULL);
    pileus_connection *conn = connect_to(server);
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_name(spec, "web", &err), err);
    expect_ok(pileus_node_spec_set_size(spec, "s-1vcpu-1gb", &err), err);
    expect_ok(pileus_node_spec_set_image(spec, "debian-12-x64", &err), err);
    expect_ok(pileus_node_spec_set_ssh_key(spec, PUBLIC_KEY, &err), err);
    expect_ok(pileus_node_spec_add_tag(spec, "env", "prod", &err), err);
    expect_ok(pileus_node_spec_add_tag(spec, "web", "", &err), err);
    expect_ok(pileus_node_spec_set_option(spec, "ipv6", "true", &err), err);
    expect_ok(pileus_node_spec_set_option(spec, "volumes", "a,b", &err), err);
    self.refusal = "creating this/these droplet(s) will exceed your droplet "
                   "limit";
    (void)pileus_node_create(&node, conn, spec, NULL, &err);
    assert_string_equal(pileus_error_request_id(err), "r-1");
    expect_error(&err, PILEUS_QUOTA, "");
    expect_ok(pileus_node_create(&node, conn, spec, NULL, &err), err);
    assert_string_equal(self.created,
                        "{\"name\":\"web\",\"size\":\"s-1vcpu-1gb\","
                        "\"image\":\"debian-12-x64\",\"ssh_keys\":"
                        "[\"" FINGERPRINT "\"],\"tags\":[\"env:prod\","
                        "\"web\"],\"ipv6\":true,\"volumes\":[\"a\",\"b\"]}");
    assert_non_null(strstr(self.key, "\"name\":\"pileus-" FINGERPRINT "\""));
    pileus_node_unref(node);
    node = NULL;
    expect_ok(pileus_node_spec_set_option(spec, "backups", "yes", &err), err);
    (void)pileus_node_create(&node, conn, spec, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "true or false");
    pileus_node_spec_free(spec);
    pileus_connection_unref(conn);
    server_stop(server);
}

static void
test_stop(void **state)
{
    provider self = {NULL, "", "", "", false};
    web_server *server = server_start(serve, &self, NULL, NULL);
    pileus_connection *conn = connect_to(server);
    pileus_node *node = the_node(conn);
    pileus_error *err = NULL;

    (void)state;
    /* The guest does not listen. */
    expect_ok(pileus_node_stop(node, 0, NULL, &err), err);
    assert_string_equal(self.actions, "shutdown power_off ");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPING);
    self.off = true;
    expect_ok(pileus_node_stop(node, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPED);
    /* The provider is busy for a moment. */
    self.refusal = "Droplet already has a pending event.";
    self.actions[0] = '\0';
    expect_ok(pileus_node_reboot(node, PILEUS_HARD, NULL, &err), err);
    assert_string_equal(self.actions, "power_cycle ");
    assert_null(self.refusal);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    server_stop(server);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages_and_tags),
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_stop),
    };

    return cmocka_run_group_tests_name("plugins/digitalocean", tests, NULL,
                                       NULL);
}
