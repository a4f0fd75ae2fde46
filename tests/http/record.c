/* Recording what is said to a provider, and replaying it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/web.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define JSON "Content-Type: application/json\r\nSet-Cookie: a=b\r\n"
#define SECRET "tell nobody/this"
#define FILE_SIZE 262144

static char directory[64];
static char file[96];
static char data[FILE_SIZE];

/* ---- the recording --------------------------------------------------------
 */

static int
begin(void **state)
{
    char template[] = "/tmp/pileus-record-XXXXXX";

    (void)state;
    if (mkdtemp(template) == NULL) {
        return -1;
    }
    (void)snprintf(directory, sizeof directory, "%s/new", template);
    (void)snprintf(file, sizeof file, "%s/exchanges.jsonl", directory);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    (void)unlink(file);
    (void)rmdir(directory);
    *strrchr(directory, '/') = '\0';
    return rmdir(directory);
}

/* The whole file in data. */
static size_t
read_all(void)
{
    FILE *in = fopen(file, "r");
    size_t size;

    assert_non_null(in);
    size = fread(data, 1, sizeof data - 1, in);
    data[size] = '\0';
    (void)fclose(in);
    return size;
}

static int
count_lines(void)
{
    int count = 0;

    (void)read_all();
    for (const char *at = data; (at = strchr(at, '\n')) != NULL; at++) {
        count++;
    }
    return count;
}

typedef enum mode { RECORD, REPLAY } mode;

static pileus_connection *
open_in(mode how, const char *endpoint, const char *pages)
{
    pileus_context *ctx = web_context();
    pileus_connection *conn;
    pileus_error *err = NULL;

    expect_ok((how == RECORD ? pileus_context_set_record
                             : pileus_context_set_replay)(ctx, directory, &err),
              err);
    conn = open_web_in(ctx, endpoint,
                       (const char *const[]){"token", SECRET, "pages", pages,
                                             "size", "5", NULL});
    pileus_context_unref(ctx);
    return conn;
}

/* ---- a provider -----------------------------------------------------------
 */

/* Pages of five of thirteen nodes; it is busy at first, and has secrets. */
static void
provide(void *user, const web_asked *asked, web_channel *channel)
{
    int *asked_before = user;
    const char *page = strstr(asked->target, "page=");
    int from = page == NULL ? 0 : (atoi(page + 5) - 1) * 5;
    char body[4096] = "{\"items\": [";
    size_t length = strlen(body);

    if ((*asked_before)++ == 0) {
        channel_answer(channel, 429, "Retry-After: 1\r\n",
                       "slow down, " SECRET);
        return;
    }
    if (strcmp(asked->method, "POST") == 0) {
        channel_answer(channel, 201, JSON,
                       strstr(asked->body, "first") != NULL
                           ? "{\"id\": 1, \"name\": \"first\", "
                             "\"made_password\": \"p\\\"q\"}"
                           : "{\"id\": 2, \"name\": \"second\"}");
        return;
    }
    if (strcmp(asked->method, "DELETE") == 0) {
        channel_answer(channel, 404, JSON,
                       "{\"error\": {\"code\": \"gone\", \"message\": "
                       "\"no such node, " SECRET "\"}}");
        return;
    }
    for (int i = from; i < from + 5 && i < 13; i++) {
        length += (size_t)snprintf(
            body + length, sizeof body - length,
            "%s{\"id\": %d, \"name\": \"n%d\", \"private_key\": \"k%d\"}",
            i == from ? "" : ", ", i + 1, i + 1, i);
    }
    (void)snprintf(body + length, sizeof body - length,
                   "], \"meta\": {\"total\": 13}}");
    channel_answer(channel, 200, JSON, body);
}

static pileus_code
create(char name[16], pileus_connection *conn, const char *wanted,
       pileus_error **err)
{
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_code code;

    expect_ok(pileus_node_spec_new(&spec, err), *err);
    expect_ok(pileus_node_spec_set_name(spec, wanted, err), *err);
    code = pileus_node_create(&node, conn, spec, NULL, err);
    if (code == PILEUS_OK) {
        (void)snprintf(name, 16, "%s", pileus_node_name(node));
    }
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
    return code;
}

/* All of it: a listing, two creates, a refusal. */
static void
use(pileus_connection *conn)
{
    pileus_list *nodes = NULL;
    pileus_error *err = NULL;
    char name[16] = "";
    char expected[16];

    expect_ok(pileus_node_list(&nodes, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(nodes), 13);
    for (size_t i = 0; i < 13; i++) {
        (void)snprintf(expected, sizeof expected, "n%d", (int)i + 1);
        assert_string_equal(pileus_node_name(pileus_list_node(nodes, i)),
                            expected);
    }
    expect_ok(create(name, conn, "second", &err), err);
    assert_string_equal(name, "second");
    expect_ok(create(name, conn, "first", &err), err);
    assert_string_equal(name, "first");
    assert_int_equal(pileus_node_destroy(
                         (pileus_node *)(uintptr_t)pileus_list_node(nodes, 0),
                         0, NULL, &err),
                     PILEUS_NOT_FOUND);
    assert_string_equal(pileus_error_provider_code(err), "gone");
    assert_string_equal(pileus_error_provider_message(err),
                        "no such node, [secret]");
    pileus_error_free(err);
    pileus_list_free(nodes);
}

/* ---- suites ---------------------------------------------------------------
 */

static void
record(const char *pages)
{
    int asked = 0;
    web_server *server = server_start(provide, &asked, NULL, NULL);
    pileus_connection *conn = open_in(RECORD, server_url(server), pages);
    struct stat st;

    use(conn);
    pileus_connection_unref(conn);
    server_stop(server);
    assert_int_equal(stat(file, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(stat(directory, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
}

static void
test_record(void **state)
{
    (void)state;
    record("total");
    assert_int_equal(count_lines(), 7); /* 429, three pages, and the rest */
    assert_null(strstr(data, "nobody"));
    assert_null(strstr(data, "very-secret"));
    assert_null(strstr(data, "p\\\\\\\"q"));
    assert_null(strstr(data, "k7"));
    assert_null(strstr(data, "a=b"));
    assert_non_null(strstr(data, "\"signature\":\"[secret]\""));
    assert_non_null(strstr(data, "\"op\":\"list_nodes\",\"scenario\":\"main\","
                                 "\"call\":0,\"request\":{\"method\":\"GET\","
                                 "\"host\":\"http://127.0.0.1:"));
    assert_non_null(strstr(data, "\"op\":\"create_node\",\"scenario\":\"main\","
                                 "\"call\":2,"));
}

/* Without a network, at an endpoint that is not there, with another token,
 * and as often as one likes. */
static void
test_replay(void **state)
{
    pileus_connection *conn;

    (void)state;
    record("total");
    conn = open_in(REPLAY, "https://nowhere.invalid", "total");
    use(conn);
    use(conn);
    pileus_connection_unref(conn);
}

/* A replay of a replay is the same. */
static void
test_record_replay(void **state)
{
    pileus_context *ctx = web_context();
    pileus_connection *conn;
    pileus_error *err = NULL;
    int before;

    (void)state;
    record("total");
    before = count_lines();
    expect_ok(pileus_context_set_replay(ctx, directory, &err), err);
    expect_ok(pileus_context_set_record(ctx, directory, &err), err);
    conn = open_web_in(ctx, "https://nowhere.invalid",
                       (const char *const[]){"token", SECRET, "pages", "total",
                                             "size", "5", NULL});
    use(conn);
    pileus_connection_unref(conn);
    pileus_context_unref(ctx);
    assert_int_equal(count_lines(), 2 * before);
}

static void
test_not_recorded(void **state)
{
    pileus_connection *conn;
    pileus_error *err = NULL;

    (void)state;
    record("total");
    conn = open_in(REPLAY, "https://nowhere.invalid", "total");
    (void)get_node(conn, "8", NULL, &err);
    expect_error(&err, PILEUS_CONFIGURATION,
                 "GET /nodes/8 as it is asked now is not in the recording");
    pileus_connection_unref(conn);
    conn = open_in(REPLAY, "https://nowhere.invalid/v2", "total");
    assert_int_equal(get_node(conn, "8", NULL, &err), PILEUS_CONFIGURATION);
    assert_non_null(strstr(pileus_error_message(err),
                           "(there is a request of another path: GET /nodes)"));
    pileus_error_free(err);
    pileus_connection_unref(conn);
}

/* Bytes that are no text come back as they were. */
static void
provide_bytes(void *user, const web_asked *asked, web_channel *channel)
{
    (void)user;
    (void)asked;
    channel_answer(channel, 200, JSON,
                   "{\"id\": 1, \"name\": \"caf\xe9 tell nobody/this\"}");
}

static void
test_bytes(void **state)
{
    web_server *server = server_start(provide_bytes, NULL, NULL, NULL);
    pileus_connection *conn = open_in(RECORD, server_url(server), "none");
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(get_node(conn, "1", NULL, &err), err);
    pileus_connection_unref(conn);
    server_stop(server);
    (void)read_all();
    assert_non_null(strstr(data, "\"body\":\"\""));
    assert_non_null(strstr(data, "\"body_base64\":\""));
    conn = open_in(REPLAY, "https://nowhere.invalid", "none");
    expect_ok(
        pileus_node_get(&node, conn, "1", PILEUS_NUL_TERMINATED, NULL, &err),
        err);
    assert_string_equal(pileus_node_name(node), "caf\xef\xbf\xbd [secret]");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

static void
test_no_place(void **state)
{
    pileus_context *ctx = web_context();
    pileus_error *err = NULL;

    (void)state;
    (void)pileus_context_set_record(ctx, "/dev/null/there", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT,
                 "nothing can be recorded in the directory /dev/null/there: "
                 "Not a directory");
    (void)pileus_context_set_record(NULL, "/tmp", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "ctx is NULL");
    (void)pileus_context_set_record(ctx, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "directory is NULL");
    expect_ok(pileus_context_set_record(ctx, directory, &err), err);
    (void)pileus_context_set_record(ctx, directory, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "already");
    pileus_context_unref(ctx);
}

#define SUITE(test) cmocka_unit_test_setup_teardown(test, begin, end)

static void
answer_secretly(void *user, const web_asked *asked, web_channel *channel)
{
    (void)user;
    (void)asked;
    channel_answer(channel, 200, "Content-Type: text/plain\r\n",
                   "{\"id\": \"sesame\"}");
}

/* An answer that is a secret from its first byte to its last. */
static void
test_secret_answer(void **state)
{
    web_server *server = server_start(answer_secretly, NULL, NULL, NULL);
    pileus_connection *conn = open_in(RECORD, server_url(server), "none");
    pileus_error *err = NULL;

    (void)state;
    expect_ok(get_node(conn, "hidden", NULL, &err), err);
    assert_int_equal(count_lines(), 1);
    assert_null(strstr(data, "sesame"));
    assert_non_null(strstr(data, "\"body\":\"[secret]\""));
    expect_ok(get_node(conn, "7", NULL, &err), err);
    (void)read_all();
    assert_non_null(strstr(data, "sesame"));
    pileus_connection_unref(conn);
    server_stop(server);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE(test_record),        SUITE(test_replay),
        SUITE(test_record_replay), SUITE(test_not_recorded),
        SUITE(test_bytes),         SUITE(test_no_place),
        SUITE(test_secret_answer),
    };

    return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
