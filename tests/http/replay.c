/* Replaying recordings that were written by hand, good and bad ones. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/web.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char directory[] = "/tmp/pileus-replay-XXXXXX";
static char file[64];

static int
begin(void **state)
{
    (void)state;
    if (mkdtemp(directory) == NULL) {
        return -1;
    }
    (void)snprintf(file, sizeof file, "%s/exchanges.jsonl", directory);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    (void)unlink(file);
    return rmdir(directory);
}

static void
write_all(const char *text, size_t size)
{
    FILE *out = fopen(file, "w");

    assert_non_null(out);
    assert_int_equal(fwrite(text, 1, size, out), size);
    assert_int_equal(fclose(out), 0);
}

static pileus_code
open_recording(pileus_context **ctx, pileus_error **err)
{
    *ctx = web_context();
    return pileus_context_set_replay(*ctx, directory, err);
}

/* A connection that is answered by these lines. */
static pileus_connection *
open_lines(const char *lines)
{
    pileus_context *ctx = NULL;
    pileus_connection *conn;
    pileus_error *err = NULL;

    write_all(lines, strlen(lines));
    expect_ok(open_recording(&ctx, &err), err);
    conn = open_web_in(ctx, "https://nowhere.invalid/api/",
                       (const char *const[]){"token", "one-of-mine", NULL});
    pileus_context_unref(ctx);
    return conn;
}

/* ---- bad recordings -------------------------------------------------------
 */

static void
refuse(const char *text, size_t size, const char *words)
{
    pileus_context *ctx = NULL;
    pileus_error *err = NULL;
    pileus_code code;

    write_all(text, size);
    code = open_recording(&ctx, &err);
    assert_int_not_equal(code, PILEUS_OK);
    expect_error(&err, PILEUS_CONFIGURATION, words);
    pileus_context_unref(ctx);
}

#define GOOD                                                                   \
    "{\"request\": {\"method\": \"GET\", \"path\": \"/a\"}, "                  \
    "\"response\": {\"status\": 200}}\n"

static void
test_bad(void **state)
{
    static const struct {
        const char *text;
        const char *words;
    } bad[] = {
        {"nonsense\n", "line 1, is no exchange: "},
        {GOOD "\n" GOOD "{\"request\": \n", "line 4, is no exchange"},
        {"[]\n", "line 1, is no exchange: request.method and request.path"},
        {"{\"request\": {\"path\": \"/\"}, \"response\": {\"status\": 200}}",
         "should be strings"},
        {"{\"request\": {\"method\": \"GET\"}, \"response\": {\"status\": "
         "200}}",
         "should be strings"},
        {"{\"request\": {\"method\": \"GET\", \"path\": \"/\"}}",
         "should be strings"},
        {"{\"request\": {\"method\": \"GET\", \"path\": \"/\"}, "
         "\"response\": {\"status\": 7}}",
         "response.status one of HTTP"},
        {"{\"request\": {\"method\": \"GET\", \"path\": \"/\"}, "
         "\"response\": {\"status\": 200, \"body_base64\": \"?\"}}",
         "response.body_base64 is no base64"},
    };
    char deep[4096];

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        refuse(bad[i].text, strlen(bad[i].text), bad[i].words);
    }
    memset(deep, '[', sizeof deep);
    refuse(deep, sizeof deep, "levels deep");
    memset(deep, '\0', sizeof deep);
    refuse(deep, sizeof deep, "is no exchange");
}

static void
test_missing(void **state)
{
    pileus_context *ctx = NULL;
    pileus_error *err = NULL;

    (void)state;
    (void)unlink(file);
    assert_int_not_equal(open_recording(&ctx, &err), PILEUS_OK);
    expect_error(&err, PILEUS_CONFIGURATION, "No such file or directory");
    (void)pileus_context_set_replay(ctx, "/dev/null", &err);
    expect_error(&err, PILEUS_CONFIGURATION,
                 "there is no recording /dev/null/");
    (void)pileus_context_set_replay(NULL, directory, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "ctx is NULL");
    (void)pileus_context_set_replay(ctx, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "directory is NULL");
    pileus_context_unref(ctx);
}

/* Nothing in it is a recording of nothing. */
static void
test_empty(void **state)
{
    pileus_connection *conn = open_lines("\n  \n");
    pileus_error *err = NULL;

    (void)state;
    (void)get_node(conn, "7", NULL, &err);
    expect_error(&err, PILEUS_CONFIGURATION, "(there is nothing)");
    pileus_connection_unref(conn);
}

/* ---- which exchange answers -----------------------------------------------
 */

static void
expect_name(pileus_connection *conn, const char *name)
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    expect_ok(
        pileus_node_get(&node, conn, "7", PILEUS_NUL_TERMINATED, NULL, &err),
        err);
    assert_string_equal(pileus_node_name(node), name);
    pileus_node_unref(node);
}

#define NODE(scenario, path, query, name)                                      \
    "{" scenario "\"request\": {\"method\": \"GET\", \"path\": \"" path        \
    "\", \"query\": " query "}, \"response\": {\"status\": 200, \"headers\": " \
    "{\"Content-Type\": \"application/json\"}, \"body\": \"{\\\"id\\\": 7, "   \
    "\\\"name\\\": \\\"" name "\\\"}\"}}\n"
#define ALL "{\"fields\": \"all & everything\"}"

static void
test_order(void **state)
{
    pileus_connection *conn = open_lines(
        NODE("\"scenario\": \"other\", ", "/api/nodes/7", ALL,
             "none") NODE("", "//api/nodes/%37/", ALL, "first")
            NODE("\"scenario\": \"main\", ", "/api/nodes/7", ALL, "second"));

    (void)state;
    expect_name(conn, "first");
    expect_name(conn, "second");
    expect_name(conn, "first");
    pileus_connection_unref(conn);
}

/* The driver signs each request, which was recorded with a secret or with
 * another signature. */
static void
test_parameters(void **state)
{
    static const char *const same[] = {
        "{\"fields\": [\"all & everything\"], \"Signature\": \"abc\"}",
        "{\"fields\": \"all & everything\", \"signature\": \"[secret]\"}",
        "{\"fields\": \"[secret]\", \"Expires\": \"2020\"}",
        "{\"fields\": \"all & everything\", \"timestamp\": 5}",
    };
    static const char *const other[] = {
        "{}",
        "{\"fields\": \"all\"}",
        "{\"fields\": [\"all & everything\", \"more\"]}",
        "{\"fields\": \"all & everything\", \"page\": 2}",
    };
    char line[1024];

    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        pileus_connection *conn;

        (void)snprintf(line, sizeof line, NODE("", "/api/nodes/7", "%s", "it"),
                       same[i]);
        conn = open_lines(line);
        expect_name(conn, "it");
        pileus_connection_unref(conn);
    }
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
        pileus_connection *conn;
        pileus_error *err = NULL;

        (void)snprintf(line, sizeof line, NODE("", "/api/nodes/7", "%s", "it"),
                       other[i]);
        conn = open_lines(line);
        (void)get_node(conn, "7", NULL, &err);
        expect_error(&err, PILEUS_CONFIGURATION,
                     "(there is the same with other parameters: GET "
                     "/api/nodes/7)");
        pileus_connection_unref(conn);
    }
}

static void
test_method(void **state)
{
    pileus_connection *conn =
        open_lines("{\"request\": {\"method\": \"PUT\", \"path\": "
                   "\"/api/nodes/7\"}, \"response\": {\"status\": 200}}");
    pileus_error *err = NULL;

    (void)state;
    (void)get_node(conn, "7", NULL, &err);
    expect_error(&err, PILEUS_CONFIGURATION,
                 "(there is another method: PUT /api/nodes/7)");
    pileus_connection_unref(conn);
}

/* ---- bodies ----------------------------------------------------------------
 */

#define CREATED(body, id)                                                      \
    "{\"request\": {\"method\": \"POST\", \"path\": \"/api/nodes\", "          \
    "\"body\": \"" body "\"}, \"response\": {\"status\": 201, \"body\": "      \
    "\"{\\\"id\\\": " id "}\"}}\n"

static void
expect_created(pileus_connection *conn, const char *name, const char *id)
{
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_name(spec, name, &err), err);
    expect_ok(pileus_node_create(&node, conn, spec, NULL, &err), err);
    assert_string_equal(pileus_node_id(node), id);
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
}

static void
test_bodies(void **state)
{
    pileus_connection *conn = open_lines(
        CREATED("name=form", "1")
            CREATED("{\\\"name\\\": \\\"web\\\", \\\"more\\\": [1, 2]}", "2")
                CREATED("{\\\"made_password\\\": \\\"[secret]\\\", "
                        "\\\"name\\\": \\\"db\\\"}",
                        "3"));

    (void)state;
    expect_created(conn, "db", "3");
    expect_created(conn, "web", "2");
    expect_created(conn, "db", "3");
    pileus_connection_unref(conn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad),        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_empty),      cmocka_unit_test(test_order),
        cmocka_unit_test(test_parameters), cmocka_unit_test(test_method),
        cmocka_unit_test(test_bodies),
    };

    return cmocka_run_group_tests_name("replay", tests, begin, end);
}
