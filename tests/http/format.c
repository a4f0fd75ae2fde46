/* Answers in a format of the driver's own, read as if they were JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/web.h"

#include <stdio.h>
#include <stdlib.h>

#define LINES "Content-Type: text/lines\r\n"

/* ---- whole answers ------------------------------------------------------- */

/* Answers as the suite says, and sees what was asked for. */
typedef struct provider {
    int status;
    const char *body;
    char accept[64];
} provider;

static void
provide(void *user, const web_asked *asked, web_channel *channel)
{
    provider *self = user;

    (void)asked_header(asked, "Accept", self->accept, sizeof self->accept);
    channel_answer(channel, self->status, LINES, self->body);
}

/* Ask for a node that is described in lines; its name comes back. */
static pileus_code
ask(char name[64], provider *self, pileus_error **err)
{
    web_server *server = server_start(provide, self, NULL, NULL);
    pileus_connection *conn =
        open_web(server_url(server), "format", "lines", "retries", "0");
    pileus_node *node = NULL;
    pileus_code code =
        pileus_node_get(&node, conn, "7", PILEUS_NUL_TERMINATED, NULL, err);

    if (code == PILEUS_OK && name != NULL) {
        (void)snprintf(name, 64, "%s", pileus_node_name(node));
    }
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    server_stop(server);
    return code;
}

static void
test_whole(void **state)
{
    provider self = {200, "{\nk id\ni 7\nk name\ns one of ours\n}\n", ""};
    char name[64] = "";
    pileus_error *err = NULL;

    (void)state;
    expect_ok(ask(name, &self, &err), err);
    assert_string_equal(name, "one of ours");
    assert_string_equal(self.accept, "text/lines");
}

/* All kinds of values, told to the parser cut anywhere. */
static void
test_kinds(void **state)
{
    provider self = {200,
                     "{\nk a\n[\n0\nb 1\nf 2.5\nf nan\ni -3\n[\n]\n{\n}\n]\n"
                     "k id\ns 7\nk id\ns 8\nk name\ns bad\x80\n}\n",
                     ""};
    char name[64] = "";
    pileus_error *err = NULL;

    (void)state;
    expect_ok(ask(name, &self, &err), err);
    assert_string_equal(name, "bad\xef\xbf\xbd");
}

static void
test_explained(void **state)
{
    provider self = {403,
                     "{\nk error\n{\nk code\ns Denied\nk message\ns not you\n"
                     "}\n}\n",
                     ""};
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(ask(NULL, &self, &err), PILEUS_PERMISSION);
    assert_string_equal(pileus_error_provider_code(err), "Denied");
    assert_string_equal(pileus_error_provider_message(err), "not you");
    pileus_error_free(err);
}

static void
test_wrong(void **state)
{
    static const struct {
        const char *body;
        const char *words;
    } wrong[] = {
        {"{\n", "it ends too early"},
        {"{\ns 7\n}\n", "a value in a dict has no key"},
        {"{\nk id\n}\n", "a key has no value"},
        {"{\nk id\nk id\ns 7\n}\n", "a key stands where a value should"},
        {"[\nk id\n]\n", "a key stands where a value should"},
        {"}\n", "nothing is open that could end"},
        {"~\n", "nothing is open that could end"},
        {"{\n}\n{\n}\n", "something follows its end"},
        {"!\n", "the line '!' is no event"},
        {"{\n}\n]", "the last line has no end"},
        {"<!DOCTYPE html><title>Sign in</title>\n",
         "a web page instead of lines (\"Sign in\")"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        provider self = {200, wrong[i].body, ""};
        pileus_error *err = NULL;

        assert_int_equal(ask(NULL, &self, &err), PILEUS_PROTOCOL);
        assert_non_null(strstr(pileus_error_message(err), wrong[i].words));
        pileus_error_free(err);
    }
}

static void
test_deep(void **state)
{
    char body[2 * (PILEUS_DEPTH_MAX + 1) + 1] = "";
    provider self = {200, body, ""};
    pileus_error *err = NULL;

    (void)state;
    for (size_t i = 0; i <= PILEUS_DEPTH_MAX; i++) {
        memcpy(body + 2 * i, "[\n", 3);
    }
    assert_int_equal(ask(NULL, &self, &err), PILEUS_PROTOCOL);
    assert_non_null(strstr(pileus_error_message(err), "levels deep"));
    pileus_error_free(err);
}

/* ---- listings ------------------------------------------------------------ */

#define PAGES 3
#define PAGE_SIZE 50

/* Pages with a cursor; the second breaks off once, after some of its items. */
static void
provide_pages(void *user, const web_asked *asked, web_channel *channel)
{
    int *broken = user;
    const char *cursor = strstr(asked->target, "page=c");
    int page = cursor == NULL ? 0 : atoi(cursor + 6);
    char body[8192] = "{\nk items\n[\n";
    size_t length = strlen(body);

    for (int i = page * PAGE_SIZE; i < (page + 1) * PAGE_SIZE; i++) {
        length += (size_t)snprintf(
            body + length, sizeof body - length,
            "{\nk id\ni %d\nk name\ns node number %d\n}\n", i + 1, i + 1);
    }
    (void)snprintf(body + length, sizeof body - length,
                   page + 1 < PAGES ? "]\nk meta\n{\nk next\ns c%d\n}\n}\n"
                                    : "]\n}\n",
                   page + 1);
    if (page == 1 && *broken > 0) {
        char head[128];

        (*broken)--;
        (void)snprintf(head, sizeof head,
                       "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n",
                       strlen(body));
        (void)channel_puts(channel, head);
        (void)channel_send(channel, body, strlen(body) / 2);
        (void)channel_pause(channel, 50);
        channel_close(channel);
        return;
    }
    channel_answer(channel, 200, LINES, body);
}

typedef struct seen {
    int count;
    int last; /* the one after which it is enough; 0: none */
} seen;

static bool
see(void *user, pileus_node *node)
{
    seen *self = user;

    self->count++;
    assert_int_equal(atoi(pileus_node_id(node)), self->count);
    return self->count != self->last;
}

static void
test_pages(void **state)
{
    int broken = 1;
    web_server *server = server_start(provide_pages, &broken, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), "format", "lines",
                                       "pages", "cursor", "size", "50");
    seen all = {0, 0};
    seen some = {0, 70};
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_each(conn, NULL, see, &all, NULL, &err), err);
    assert_int_equal(all.count, PAGES * PAGE_SIZE);
    expect_ok(pileus_node_each(conn, NULL, see, &some, NULL, &err), err);
    assert_int_equal(some.count, 70);
    assert_int_equal(server_requests(server), PAGES + 1 + 2);
    pileus_connection_unref(conn);
    server_stop(server);
}

/* The list is cut short by what is no document, or no list. */
static void
test_wrong_pages(void **state)
{
    static const struct {
        const char *body;
        const char *words;
    } wrong[] = {
        {"{\nk items\n[\n{\nk id\ni 1\n}\n", "it ends too early"},
        {"{\nk items\n{\nk id\ni 1\n}\n}\n", "should be the list of items"},
        {"{\nk items\n[\n!\n", "is no event"},
        {"{\nk items\n[\n]\n}\nx", "the last line has no end"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        provider self = {200, wrong[i].body, ""};
        web_server *server = server_start(provide, &self, NULL, NULL);
        pileus_connection *conn =
            open_web(server_url(server), "format", "lines", "retries", "0");
        seen all = {0, 0};
        pileus_error *err = NULL;

        assert_int_equal(pileus_node_each(conn, NULL, see, &all, NULL, &err),
                         PILEUS_PROTOCOL);
        assert_non_null(strstr(pileus_error_message(err), wrong[i].words));
        pileus_error_free(err);
        pileus_connection_unref(conn);
        server_stop(server);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),       cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_explained),   cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_deep),        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_wrong_pages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
