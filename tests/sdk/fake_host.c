/* Drivers under the fake host: the one that pileus-driver lays out, and
 * hetzner. Nothing of libpileus is in this program. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <pileus/fake_host.h>

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* The guide's driver leaves out what it does not need. */
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include "sdk/template/common/src/acme.c"

PILEUS_API const pileus_driver_descriptor *hetzner_LTX_pileus_driver(void);

/* A driver that is opened, as the core would open it. */
struct opened {
    pileus_fake *fake;
    const pileus_connection_service *connection;
    const pileus_compute_service *compute;
    void *conn;
};

static struct opened
opened(const pileus_driver_descriptor *driver)
{
    struct opened made = {.fake = pileus_fake_new()};

    assert_int_equal(driver->magic, PILEUS_DRIVER_MAGIC);
    made.connection = driver->get_service(NULL, "connection", 1);
    made.compute = driver->get_service(NULL, "compute", 1);
    assert_non_null(made.connection);
    assert_non_null(made.compute);
    pileus_fake_setting(made.fake, "token", "any");
    pileus_fake_setting(made.fake, "endpoint", "https://api.example.com/v1");
    assert_int_equal(
        made.connection->open(NULL, pileus_fake_call(made.fake), &made.conn),
        PILEUS_OK);
    return made;
}

static void
closed(struct opened *made)
{
    made->connection->close(made->conn);
    pileus_fake_free(made->fake);
}

static int32_t
list_all(const struct opened *made)
{
    const pileus_query_args query = {.struct_size = sizeof query};

    return made->compute->list_nodes(made->conn, pileus_fake_call(made->fake),
                                     &query, pileus_fake_sink(made->fake));
}

static void
expect_failure(const pileus_fake *fake, int32_t code, const char *words)
{
    const pileus_failure *failure = pileus_fake_failure(fake);

    assert_non_null(failure);
    assert_int_equal(failure->code, code);
    if (strstr(failure->message, words) == NULL) {
        print_error("%s\n", failure->message);
    }
    assert_non_null(strstr(failure->message, words));
}

static void
test_listing(void **state)
{
    struct opened acme = opened(acme_LTX_pileus_driver());
    const pileus_record *node;

    (void)state;
    pileus_fake_answer(
        acme.fake, "GET /servers?page=2&per_page=50", 200,
        "{\"servers\": [{\"id\": 8, \"name\": \"two\", \"status\": \"odd\","
        " \"zone\": {\"name\": \"n\\u00f6rd\", \"racks\": [1, 2.5, null, "
        "true]}}],"
        " \"next_page\": null}");
    pileus_fake_answer(
        acme.fake, "GET /servers", 200,
        "{\"servers\": [{\"id\": \"7\", \"name\": \"one\","
        " \"status\": \"running\", \"ips\": [\"10.1.2.3\", \"192.0.2.1\"],"
        " \"created_at\": \"2024-02-29T12:00:00.5+02:00\"}],"
        " \"next_page\": 2}");
    assert_int_equal(list_all(&acme), PILEUS_OK);
    assert_null(pileus_fake_failure(acme.fake));
    assert_string_equal(pileus_fake_requests(acme.fake),
                        "GET /servers?page=1&per_page=50\n"
                        "GET /servers?page=2&per_page=50\n");

    assert_int_equal(pileus_fake_count(acme.fake), 2);
    assert_null(pileus_fake_at(acme.fake, 2));
    node = pileus_fake_at(acme.fake, 0);
    assert_int_equal(pileus_fake_kind(node), PILEUS_KIND_NODE);
    assert_string_equal(pileus_fake_string(node, PILEUS_FIELD_ID, 0), "7");
    assert_string_equal(pileus_fake_string(node, PILEUS_FIELD_NAME, 0), "one");
    assert_int_equal(pileus_fake_integer(node, PILEUS_FIELD_STATE, -1),
                     PILEUS_STATE_RUNNING);
    assert_string_equal(pileus_fake_string(node, PILEUS_FIELD_PRIVATE_IP, 0),
                        "10.1.2.3");
    assert_string_equal(pileus_fake_string(node, PILEUS_FIELD_PUBLIC_IP, 0),
                        "192.0.2.1");
    assert_null(pileus_fake_string(node, PILEUS_FIELD_PUBLIC_IP, 1));
    assert_int_equal(pileus_fake_integer(node, PILEUS_FIELD_CREATED_AT, -1),
                     INT64_C(1709200800500000000));

    node = pileus_fake_at(acme.fake, 1);
    assert_string_equal(pileus_fake_string(node, PILEUS_FIELD_ID, 0), "8");
    assert_int_equal(pileus_fake_integer(node, PILEUS_FIELD_STATE, -1),
                     PILEUS_STATE_UNKNOWN);
    assert_string_equal(
        pileus_fake_string(node, PILEUS_FIELD_PROVIDER_STATE, 0), "odd");
    assert_string_equal(pileus_fake_extra(node),
                        "{\"zone\":{\"name\":\"n\xc3\xb6rd\","
                        "\"racks\":[1,2.5,null,true]}}");
    closed(&acme);
}

/* What a provider may answer instead. */
static void
test_hostile(void **state)
{
    static const struct {
        const char *body;
        const char *words;
    } answers[] = {
        {"", "no list at servers"},
        {"null", "no list at servers"},
        {"{\"servers\": {}}", "no list at servers"},
        {"{\"servers\": [{\"name\": \"one\"}]}", "no text at id"},
        {"{\"servers\": [[]]}", "no text at id"},
        {"{\"servers\": [{\"id\": {\"id\": 1}}]}", "no text at id"},
        {"{\"servers\": [{\"id\": \"\"}]}", "no text at id"},
        {"{\"servers\": [{\"id\": 1}", "no JSON"},
        {"<html>busy</html>", "<html>busy"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        struct opened acme = opened(acme_LTX_pileus_driver());

        pileus_fake_answer(acme.fake, "GET /servers", 200, answers[i].body);
        assert_int_equal(list_all(&acme), PILEUS_PROTOCOL);
        expect_failure(acme.fake, PILEUS_PROTOCOL, answers[i].words);
        assert_int_equal(pileus_fake_count(acme.fake), 0);
        closed(&acme);
    }
}

/* Deeper than an extra may be: the core would refuse the record, too. */
static void
test_deep(void **state)
{
    struct opened acme = opened(acme_LTX_pileus_driver());
    char body[2000] = "{\"servers\": [{\"id\": 1, \"x\": ";
    size_t begun = strlen(body);

    (void)state;
    memset(body + begun, '[', 900);
    memset(body + begun + 900, ']', 900);
    (void)strncpy(body + begun + 1800, "}]}", 4);
    pileus_fake_answer(acme.fake, "GET /servers", 200, body);
    assert_int_equal(list_all(&acme), PILEUS_DRIVER);
    expect_failure(acme.fake, PILEUS_DRIVER, "extra");
    closed(&acme);
}

static void
test_errors(void **state)
{
    struct opened acme = opened(acme_LTX_pileus_driver());

    (void)state;
    pileus_fake_answer(acme.fake, "GET /servers", 403,
                       "{\"error\": {\"code\": \"no_way\", \"message\":"
                       " \"you may not\"}}");
    assert_int_equal(list_all(&acme), PILEUS_PERMISSION);
    expect_failure(acme.fake, PILEUS_PERMISSION, "403");
    assert_string_equal(pileus_fake_failure(acme.fake)->provider_code,
                        "no_way");
    assert_string_equal(pileus_fake_failure(acme.fake)->provider_message,
                        "you may not");

    pileus_fake_answer(acme.fake, "GET /servers", 503, "no JSON at all");
    assert_int_equal(list_all(&acme), PILEUS_UNAVAILABLE);
    assert_int_equal(pileus_fake_failure(acme.fake)->retryable, 1);
    assert_null(pileus_fake_failure(acme.fake)->provider_code);

    assert_int_equal(list_all(&acme), PILEUS_CONFIGURATION);
    expect_failure(acme.fake, PILEUS_CONFIGURATION,
                   "no answer is left for GET /servers?page=1&per_page=50");
    closed(&acme);
}

static void
test_verbs(void **state)
{
    struct opened acme = opened(acme_LTX_pileus_driver());
    pileus_call *call = pileus_fake_call(acme.fake);
    const pileus_create_args args = {.struct_size = sizeof args,
                                     .token = "t0",
                                     .name = "new \"one\"",
                                     .size = "small"};
    pileus_node *node = pileus_fake_object(acme.fake, PILEUS_KIND_NODE, "9");
    pileus_record *after =
        pileus_fake_object(acme.fake, PILEUS_KIND_NODE, NULL);

    (void)state;
    pileus_fake_answer(acme.fake, "POST /servers", 201, "{\"id\": 9}");
    assert_int_equal(acme.compute->create_node(acme.conn, call, &args,
                                               pileus_fake_sink(acme.fake)),
                     PILEUS_OK);
    assert_string_equal(pileus_fake_made(acme.fake), "9");
    assert_int_equal(pileus_fake_count(acme.fake), 1);

    pileus_fake_answer(acme.fake, "POST /servers/9/reboot", 202, "");
    assert_int_equal(acme.compute->reboot_node(acme.conn, call, node, 0, after),
                     PILEUS_OK);
    assert_int_equal(
        acme.compute->reboot_node(acme.conn, call, node, PILEUS_HARD, after),
        PILEUS_NOT_SUPPORTED);
    assert_string_equal(pileus_fake_requests(acme.fake),
                        "POST /servers\n"
                        "Idempotency-Key: t0\n"
                        "{\"name\":\"new \\\"one\\\"\",\"size\":\"small\"}\n"
                        "POST /servers/9/reboot\n");
    assert_string_equal(pileus_fake_log(acme.fake), "");
    closed(&acme);
}

/* Functions of a driver, with values of the test. */
static void
test_functions(void **state)
{
    pileus_fake *fake = pileus_fake_new();
    pileus_call *call = pileus_fake_call(fake);
    const pileus_value *size = pileus_fake_json_value(
        fake, "{\"id\": 3, \"memory\": \"2048\", \"price\": 0.5, \"id\": 4}");
    const pileus_record *record;
    int64_t number = 0;

    (void)state;
    assert_int_equal(put_size(pileus_fake_sink(fake), call, size), PILEUS_OK);
    record = pileus_fake_at(fake, 0);
    assert_int_equal(pileus_fake_kind(record), PILEUS_KIND_SIZE);
    assert_string_equal(pileus_fake_string(record, PILEUS_FIELD_ID, 0), "4");
    assert_int_equal(pileus_fake_integer(record, PILEUS_FIELD_RAM, -1), 2048);
    assert_int_equal(pileus_fake_integer(record, PILEUS_FIELD_DISK, -1), -1);
    assert_true(pileus_fake_double(record, PILEUS_FIELD_PRICE, 0) == 0.5);
    assert_null(pileus_fake_extra(record));

    assert_false(pileus_json_integer(
        call, pileus_fake_json_value(fake, "[99999999999999999999]"), "0",
        &number));
    assert_true(pileus_json_integer(
        call, pileus_fake_json_value(fake, "{\"a\": [1, {\"b\": -5}]}"),
        "a.1.b", &number));
    assert_int_equal(number, -5);
    pileus_log(call, PILEUS_LOG_WARNING, "%s", "careful");
    assert_string_equal(pileus_fake_log(fake), "warning: careful\n");
    pileus_fake_free(fake);
}

static void
test_hetzner(void **state)
{
    struct opened hetzner = opened(hetzner_LTX_pileus_driver());
    const pileus_record *node;
    const pileus_record *size;

    (void)state;
    pileus_fake_answer(
        hetzner.fake, "GET /servers", 200,
        "{\"servers\": [{\"id\": 42, \"name\": \"web\", \"status\": \"off\","
        " \"created\": \"2026-01-01T00:00:00+00:00\","
        " \"labels\": {\"tier\": \"front\"},"
        " \"public_net\": {\"ipv4\": {\"ip\": \"192.0.2.4\"},"
        " \"ipv6\": {\"ip\": \"2001:db8::/64\"}},"
        " \"private_net\": [{\"ip\": \"10.0.0.4\"}],"
        " \"server_type\": {\"id\": 1, \"name\": \"cx22\", \"memory\": 4}}],"
        " \"meta\": {\"pagination\": {\"next_page\": null}}}");
    assert_int_equal(list_all(&hetzner), PILEUS_OK);
    assert_int_equal(pileus_fake_count(hetzner.fake), 1);
    node = pileus_fake_at(hetzner.fake, 0);
    assert_string_equal(pileus_fake_string(node, PILEUS_FIELD_ID, 0), "42");
    assert_int_equal(pileus_fake_integer(node, PILEUS_FIELD_STATE, -1),
                     PILEUS_STATE_STOPPED);
    assert_string_equal(pileus_fake_string(node, PILEUS_FIELD_PUBLIC_IP, 1),
                        "2001:db8::1");
    assert_string_equal(pileus_fake_string(node, PILEUS_FIELD_PRIVATE_IP, 0),
                        "10.0.0.4");
    assert_string_equal(pileus_fake_pair(node, PILEUS_FIELD_TAG, "tier"),
                        "front");
    assert_null(pileus_fake_pair(node, PILEUS_FIELD_TAG, "other"));
    size = pileus_fake_nested(node, PILEUS_FIELD_SIZE);
    assert_non_null(size);
    assert_int_equal(pileus_fake_integer(size, PILEUS_FIELD_RAM, -1), 4096);

    pileus_fake_answer(hetzner.fake, "GET /servers", 401,
                       "{\"error\": {\"code\": \"unauthorized\"}}");
    assert_int_equal(list_all(&hetzner), PILEUS_AUTHENTICATION);
    closed(&hetzner);
}

/* It looks for a mark of the token, and for that it needs a digest. */
static void
create_with_hetzner(void)
{
    struct opened hetzner = opened(hetzner_LTX_pileus_driver());
    const pileus_create_args args = {.struct_size = sizeof args,
                                     .token = "t",
                                     .name = "n",
                                     .size = "cx22",
                                     .image = "debian-12"};

    (void)hetzner.compute->create_node(hetzner.conn,
                                       pileus_fake_call(hetzner.fake), &args,
                                       pileus_fake_sink(hetzner.fake));
}

/* What the fake has not got ends the program, and says what it is. */
static void
test_missing(void **state)
{
    const struct rlimit no_core = {0, 0};
    char words[256] = "";
    int ends[2];
    int status = 0;
    pid_t child;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)setrlimit(RLIMIT_CORE, &no_core);
        (void)signal(SIGABRT, SIG_DFL);
        (void)dup2(ends[1], STDERR_FILENO);
        create_with_hetzner();
        _exit(0);
    }
    (void)close(ends[1]);
    assert_true(read(ends[0], words, sizeof words - 1) > 0);
    (void)close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
    assert_string_equal(words, "pileus/fake_host.h: not faked: digest.hash\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_listing), cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_deep),    cmocka_unit_test(test_errors),
        cmocka_unit_test(test_verbs),   cmocka_unit_test(test_functions),
        cmocka_unit_test(test_hetzner), cmocka_unit_test(test_missing),
    };

    return cmocka_run_group_tests_name("fake_host", tests, NULL, NULL);
}
