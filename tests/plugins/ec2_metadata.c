/* The EC2 driver and the metadata of the instance that it runs on: a strict
 * service of the suite's own, of version 2. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_files.h"
#include "tests/plugins/ec2_metadata_mock.h"

#include <pthread.h>
#include <time.h>

/* A connection that has nothing but the metadata, and one option more. */
static pileus_code
try_with(pileus_connection **conn, const ec2_mock *mock, const metadata *self,
         const char *option, const char *value, pileus_error **err)
{
    const char *const pairs[] = {"region",
                                 MOCK_REGION,
                                 "metadata-endpoint",
                                 server_url(self->web),
                                 option,
                                 value,
                                 NULL};

    return files_open(conn, mock, NULL, pairs, err);
}

static pileus_connection *
connect_to(const ec2_mock *mock, const metadata *self)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    expect_ok(try_with(&conn, mock, self, NULL, NULL, &err), err);
    return conn;
}

/* ---- what works -----------------------------------------------------------
 */

/* A proxy, which anybody may name, is never asked. */
static void
test_given(void **state)
{
    ec2_mock *mock = mock_start(1);
    metadata self;
    pileus_connection *conn;
    pileus_error *err = NULL;

    (void)state;
    metadata_start(&self);
    mock->token = "t-1";
    assert_int_equal(setenv("http_proxy", "http://127.0.0.1:1", 1), 0);
    assert_int_equal(try_with(&conn, mock, &self, "proxy", "", &err),
                     PILEUS_OK);
    assert_int_equal(unsetenv("http_proxy"), 0);
    for (int i = 0; i < 3; i++) {
        expect_ok(files_list(conn, &err), err);
    }
    assert_int_equal(self.tokens, 1);
    assert_int_equal(self.documents, 1);
    pileus_connection_unref(conn);
    expect_ok(try_with(&conn, mock, &self, "proxy", "http://127.0.0.1:1", &err),
              err);
    assert_int_equal(self.documents, 2);
    pileus_connection_unref(conn);
    metadata_stop(&self);
    mock_stop(mock);
}

/* It is the last resort, and can be forbidden. */
static void
test_not_asked(void **state)
{
    static const char *const words[] = {"true", "TRUE", "1"};
    ec2_mock *mock = mock_start(1);
    metadata self;
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    (void)state;
    metadata_start(&self);
    files_write("credentials", "[default]\n" KEYS, 0600);
    expect_ok(try_with(&conn, mock, &self, NULL, NULL, &err), err);
    expect_ok(files_list(conn, &err), err);
    pileus_connection_unref(conn);
    conn = NULL;
    files_write("credentials", NULL, 0);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        assert_int_equal(setenv("AWS_EC2_METADATA_DISABLED", words[i], 1), 0);
        assert_int_equal(try_with(&conn, mock, &self, NULL, NULL, &err),
                         PILEUS_CONFIGURATION);
        expect_error(&err, PILEUS_CONFIGURATION, "there are no credentials");
        assert_int_equal(unsetenv("AWS_EC2_METADATA_DISABLED"), 0);
    }
    assert_int_equal(server_requests(self.web), 0);
    assert_int_equal(
        setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", server_url(self.web), 1),
        0);
    mock->token = "t-1";
    expect_ok(files_open(&conn, mock, NULL,
                         (const char *const[]){"region", MOCK_REGION, NULL},
                         &err),
              err);
    expect_ok(files_list(conn, &err), err);
    assert_int_equal(unsetenv("AWS_EC2_METADATA_SERVICE_ENDPOINT"), 0);
    pileus_connection_unref(conn);
    metadata_stop(&self);
    mock_stop(mock);
}

/* ---- again ----------------------------------------------------------------
 */

static void
test_expired(void **state)
{
    ec2_mock *mock = mock_start(1);
    metadata self;
    pileus_connection *conn;
    pileus_error *err = NULL;

    (void)state;
    metadata_start(&self);
    conn = connect_to(mock, &self);
    mock->token = "t-2";
    expect_ok(files_list(conn, &err), err);
    assert_int_equal(self.documents, 2);
    assert_int_equal(self.tokens, 2);
    assert_int_equal(mock->expired, 1);
    mock->token = "t-0"; /* none will do */
    assert_int_equal(files_list(conn, &err), PILEUS_AUTHENTICATION);
    expect_error(&err, PILEUS_AUTHENTICATION, "RequestExpired");
    assert_int_equal(self.documents, 3);
    pileus_connection_unref(conn);
    metadata_stop(&self);
    mock_stop(mock);
}

static void
test_renewed_ahead(void **state)
{
    ec2_mock *mock = mock_start(1);
    metadata self;
    pileus_connection *conn;
    pileus_error *err = NULL;

    (void)state;
    metadata_start(&self);
    self.life_s = 3;
    conn = connect_to(mock, &self);
    mock->token = "t-1";
    expect_ok(files_list(conn, &err), err);
    assert_int_equal(usleep(2600 * 1000), 0);
    self.roles = NULL; /* those at hand are good still */
    expect_ok(files_list(conn, &err), err);
    assert_int_equal(usleep(600 * 1000), 0);
    assert_int_equal(files_list(conn, &err), PILEUS_UNAVAILABLE);
    expect_error(&err, PILEUS_UNAVAILABLE,
                 "the credentials of this instance cannot be renewed, for this "
                 "instance has no role");
    self.roles = ROLE;
    self.life_s = 3600;
    mock->token = "t-2";
    expect_ok(files_list(conn, &err), err);
    assert_int_equal(mock->expired, 0);
    pileus_connection_unref(conn);
    metadata_stop(&self);
    mock_stop(mock);
}

/* What the service has may be old while it has nothing newer. */
static void
test_stale(void **state)
{
    ec2_mock *mock = mock_start(1);
    metadata self;
    pileus_connection *conn;
    pileus_error *err = NULL;

    (void)state;
    metadata_start(&self);
    self.life_s = -100;
    mock->token = "t-1";
    conn = connect_to(mock, &self);
    expect_ok(files_list(conn, &err), err);
    expect_ok(files_list(conn, &err), err);
    assert_int_equal(self.documents, 1);
    pileus_connection_unref(conn);
    metadata_stop(&self);
    mock_stop(mock);
}

#define THREADS 8

static void *
list_in_thread(void *user)
{
    pileus_error *err = NULL;

    expect_ok(files_list(user, &err), err);
    return NULL;
}

static void
test_threads(void **state)
{
    ec2_mock *mock = mock_start(MOCK_INSTANCES);
    metadata self;
    pileus_connection *conn;
    pthread_t threads[THREADS];

    (void)state;
    metadata_start(&self);
    conn = connect_to(mock, &self);
    mock->token = "t-2";
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(
            pthread_create(&threads[i], NULL, list_in_thread, conn), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    assert_int_equal(self.documents, 2);
    pileus_connection_unref(conn);
    metadata_stop(&self);
    mock_stop(mock);
}

/* ---- what fails -----------------------------------------------------------
 */

#define GOOD_END "\"Expiration\": \"2099-01-01T00:00:00Z\"}"

static const struct {
    int token_status;
    const char *roles;
    const char *document;
    const char *words;
} failures[] = {
    {403, ROLE, NULL, "the metadata service refuses to tell any"},
    {404, ROLE, NULL, "there is no metadata service"},
    {503, ROLE, NULL, "the metadata service does not answer"},
    {0, NULL, NULL,
     "this instance has no role: give 'key' and 'secret', or add them to the "
     "profile 'default'"},
    {0, "", NULL, "this instance has no role"},
    {0, "../sesame", NULL, "the metadata names no role"},
    {0, "a/sesame", NULL, "the metadata names no role"},
    {0, ROLE, "sesame", "what the metadata tells is no JSON"},
    {0, ROLE, "{\"SecretAccessKey\": \"sesame\", " GOOD_END,
     "what the metadata tells is none"},
    {0, ROLE, "{\"Code\": \"AssumeRoleUnauthorizedAccess\"}",
     "the role of this instance gives none"},
    {0, ROLE,
     "{\"AccessKeyId\": \"a\", \"SecretAccessKey\": \"sesame\", \"Token\": "
     "\"sesame\", \"Expiration\": \"sesame\"}",
     "what the metadata tells has no end"},
};

static void
test_failures(void **state)
{
    ec2_mock *mock = mock_start(1);

    (void)state;
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        metadata self;
        pileus_connection *conn = NULL;
        pileus_error *err = NULL;

        metadata_start(&self);
        self.token_status = failures[i].token_status;
        self.roles = failures[i].roles;
        self.document = failures[i].document;
        (void)try_with(&conn, mock, &self, "retries", "0", &err);
        assert_null(conn);
        assert_non_null(err);
        assert_null(strstr(pileus_error_message(err), "sesame"));
        expect_error(&err, PILEUS_CONFIGURATION, failures[i].words);
        metadata_stop(&self);
    }
    assert_int_equal(mock->answered, 0);
    mock_stop(mock);
}

/* Where there is none, that is known soon. */
static void
test_nobody(void **state)
{
    ec2_mock *mock = mock_start(1);
    metadata self;
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;
    time_t before = time(NULL);

    (void)state;
    metadata_start(&self);
    self.hangs = true;
    assert_int_equal(try_with(&conn, mock, &self, NULL, NULL, &err),
                     PILEUS_CONFIGURATION);
    expect_error(&err, PILEUS_CONFIGURATION,
                 "the metadata service does not answer: give");
    assert_int_equal(server_requests(self.web), 2);
    assert_true(time(NULL) - before < 15);
    metadata_stop(&self);
    assert_int_equal(
        files_open(&conn, mock, NULL,
                   (const char *const[]){"region", MOCK_REGION,
                                         "metadata-endpoint", "nowhere", NULL},
                   &err),
        PILEUS_CONFIGURATION);
    expect_error(&err, PILEUS_CONFIGURATION, "'metadata-endpoint' is a URL");
    mock_stop(mock);
}

/* ---- secrets --------------------------------------------------------------
 */

static bool told;

static void
look(void *user, const char *text)
{
    int *texts = user;

    (*texts)++;
    told = told || strstr(text, "sesame") != NULL ||
           strstr(text, MOCK_SECRET) != NULL || strstr(text, " t-1") != NULL ||
           strstr(text, "\"t-1") != NULL || strstr(text, MOCK_KEY) != NULL;
}

/* Neither a trace nor a recording has any of them. */
static void
test_secrets(void **state)
{
    ec2_mock *mock = mock_start(1);
    metadata self;
    pileus_connection *conn;
    pileus_error *err = NULL;
    char text[65536] = "";
    int texts = 0;
    FILE *in;

    (void)state;
    metadata_start(&self);
    expect_ok(pileus_context_new(&files_context, &err), err);
    pileus_context_set_trace(files_context, look, &texts);
    expect_ok(pileus_context_set_record(files_context, files_path(""), &err),
              err);
    mock->token = "t-1";
    conn = connect_to(mock, &self);
    expect_ok(files_list(conn, &err), err);
    pileus_connection_unref(conn);
    pileus_context_unref(files_context);
    files_context = NULL;
    assert_true(texts >= 8);
    assert_false(told);
    in = fopen(files_path("exchanges.jsonl"), "r");
    assert_non_null(in);
    assert_true(fread(text, 1, sizeof text - 1, in) > 0);
    (void)fclose(in);
    (void)unlink(files_path("exchanges.jsonl"));
    assert_non_null(strstr(text, "/latest/api/token"));
    look(&texts, text);
    assert_false(told);
    metadata_stop(&self);
    mock_stop(mock);
}

static int
begin(void **state)
{
    return files_begin(state) == 0 ? unsetenv("AWS_EC2_METADATA_DISABLED") : -1;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_given),    cmocka_unit_test(test_not_asked),
        cmocka_unit_test(test_expired),  cmocka_unit_test(test_renewed_ahead),
        cmocka_unit_test(test_stale),    cmocka_unit_test(test_threads),
        cmocka_unit_test(test_failures), cmocka_unit_test(test_nobody),
        cmocka_unit_test(test_secrets),
    };

    return cmocka_run_group_tests_name("plugins/ec2_metadata", tests, begin,
                                       files_end);
}
