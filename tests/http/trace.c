/* The trace: commands that can be run again, and no secrets in them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/web.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define NODE "{\"id\": 7, \"name\": \"seven\"}"
#define JSON "Content-Type: application/json\r\nX-Request-Id: r-1\r\n"
#define SECRET "tell nobody/this"

/* ---- what is told ---------------------------------------------------------
 */

typedef struct told {
    pthread_mutex_t lock;
    char text[65536];
    size_t length;
    int count;
} told;

static void
tell(void *user, const char *text)
{
    told *self = user;

    (void)pthread_mutex_lock(&self->lock);
    self->length +=
        (size_t)snprintf(self->text + self->length,
                         sizeof self->text - self->length, "%s\n", text);
    assert_true(self->length < sizeof self->text);
    self->count++;
    (void)pthread_mutex_unlock(&self->lock);
}

/* A connection whose requests are told. */
static pileus_connection *
open_traced(told *self, const char *endpoint)
{
    pileus_context *ctx = web_context();
    pileus_connection *conn;

    memset(self, 0, sizeof *self);
    (void)pthread_mutex_init(&self->lock, NULL);
    pileus_context_set_trace(ctx, tell, self);
    conn = open_web_in(
        ctx, endpoint,
        (const char *const[]){"token", SECRET, "retries", "1", NULL});
    pileus_context_unref(ctx);
    return conn;
}

static bool
has(const told *self, const char *words)
{
    if (strstr(self->text, words) == NULL) {
        print_error("not in the trace: %s\n%s", words, self->text);
        return false;
    }
    return true;
}

static pileus_code
create(pileus_connection *conn, const char *name, pileus_error **err)
{
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_code code;

    expect_ok(pileus_node_spec_new(&spec, err), *err);
    expect_ok(pileus_node_spec_set_name(spec, name, err), *err);
    code = pileus_node_create(&node, conn, spec, NULL, err);
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
    return code;
}

/* ---- suites ---------------------------------------------------------------
 */

/* Answers with the node, and echoes the secret as providers do. */
static void
answer(void *user, const web_asked *asked, web_channel *channel)
{
    int *busy = user;

    if (busy != NULL && (*busy)-- > 0) {
        channel_answer(channel, 503,
                       "Retry-After: 0\r\nX-Request-Id: " SECRET "\r\n",
                       "busy");
    } else {
        channel_answer(channel, 200, JSON, NODE);
    }
    (void)asked;
}

static void
test_command(void **state)
{
    web_server *server = server_start(answer, NULL, NULL, NULL);
    told self;
    pileus_connection *conn = open_traced(&self, server_url(server));
    char expected[512];
    pileus_error *err = NULL;

    (void)state;
    expect_ok(get_node(conn, "it's", NULL, &err), err);
    (void)snprintf(expected, sizeof expected,
                   "get_node of web\ncurl -sS -i -g -X GET "
                   "'%s/nodes/it'\\''s?fields=all%%20%%26%%20everything"
                   "&signature=[secret]' -H 'Accept: application/json' "
                   "-H 'X-Test: yes' -H 'Authorization: [secret]'\n# ",
                   server_url(server));
    assert_true(has(&self, expected));
    assert_true(has(&self, ": 200, "));
    assert_true(has(&self, " ms, request r-1\n"));
    assert_int_equal(self.count, 2);
    assert_null(strstr(self.text, "very-secret"));
    assert_null(strstr(self.text, "nobody"));
    expect_ok(create(conn, "it's", &err), err);
    assert_true(has(&self, " --data-raw '{\"name\":\"it'\\''s\","
                           "\"made_password\":\"[secret]\"}'\n"));
    pileus_connection_unref(conn);
    server_stop(server);
}

/* Each attempt is told, and what went wrong. */
static void
test_attempts(void **state)
{
    int busy = 1;
    web_server *server = server_start(answer, &busy, NULL, NULL);
    told self;
    pileus_connection *conn = open_traced(&self, server_url(server));
    pileus_error *err = NULL;

    (void)state;
    expect_ok(get_node(conn, "7", NULL, &err), err);
    assert_int_equal(self.count, 4);
    assert_true(has(&self, "503 Service Unavailable"));
    assert_true(has(&self, ", request [secret]\n"));
    assert_true(has(&self, "get_node of web, once more\n"));
    server_stop(server);
    assert_int_not_equal(get_node(conn, "7", NULL, &err), PILEUS_OK);
    assert_true(has(&self, ": no answer after "));
    pileus_error_free(err);
    pileus_connection_unref(conn);
}

/* What is given up is told, too. */
static void
stall(void *user, const web_asked *asked, web_channel *channel)
{
    (void)asked;
    pileus_call_cancel(user);
    (void)channel_pause(channel, 5000);
}

static void
test_given_up(void **state)
{
    pileus_call *call = NULL;
    pileus_error *err = NULL;
    web_server *server;
    told self;
    pileus_connection *conn;

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    server = server_start(stall, call, NULL, NULL);
    conn = open_traced(&self, server_url(server));
    assert_int_equal(get_node(conn, "7", call, &err), PILEUS_CANCELLED);
    assert_true(has(&self, "it was given up\n"));
    assert_int_equal(self.count, 2);
    pileus_error_free(err);
    pileus_call_free(call);
    pileus_connection_unref(conn);
    server_stop(server);
}

/* A shell that runs what was told asks the same, once more. */
typedef struct seen {
    int count;
    web_asked first;
    web_asked second;
} seen;

static void
compare(void *user, const web_asked *asked, web_channel *channel)
{
    seen *self = user;

    self->count++;
    if (self->count == 1) {
        self->first = *asked;
    } else {
        self->second = *asked;
    }
    channel_answer(channel, 200, JSON, NODE);
}

static void
test_run_again(void **state)
{
    seen *self = calloc(1, sizeof *self);
    web_server *server;
    told said;
    pileus_connection *conn;
    pileus_error *err = NULL;
    char path[] = "/tmp/pileus-trace-XXXXXX";
    char command[128];
    int fd;

    (void)state;
    if (system("curl --version >/dev/null 2>&1") != 0) {
        free(self);
        print_message("there is no curl command\n");
        skip();
    }
    assert_non_null(self);
    server = server_start(compare, self, NULL, NULL);
    conn = open_traced(&said, server_url(server));
    expect_ok(create(conn, "a 'name' of \"two\"; $HOME `id`", &err), err);
    fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, said.text, said.length), said.length);
    (void)close(fd);
    (void)snprintf(command, sizeof command,
                   "env -u http_proxy sh %s >/dev/null 2>&1", path);
    assert_int_equal(system(command), 0);
    pileus_connection_unref(conn);
    server_stop(server); /* its threads have written what follows */
    assert_int_equal(self->count, 2);
    assert_string_equal(self->second.method, self->first.method);
    assert_true(asked_query(&self->second, "signature", "[secret]"));
    assert_non_null(strstr(self->second.body, "a 'name' of"));
    assert_non_null(strstr(self->second.body, "$HOME `id`"));
    assert_non_null(strstr(self->second.body, "\"[secret]\""));
    (void)unlink(path);
    free(self);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_command),
        cmocka_unit_test(test_attempts),
        cmocka_unit_test(test_given_up),
        cmocka_unit_test(test_run_again),
    };

    return cmocka_run_group_tests_name("trace", tests, NULL, NULL);
}
