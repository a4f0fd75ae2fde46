/* The EC2 driver and programs that give credentials: what they are asked, how
 * they fail, and when they are asked again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_files.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>

#define REGION "region = " MOCK_REGION "\n"
#define GIVEN                                                                  \
    "{\"Version\": 1, \"AccessKeyId\": \"" MOCK_KEY                            \
    "\", \"SecretAccessKey\": \"" MOCK_SECRET "\""
#define SAY(document) "cat <<'END'\n" document "\nEND\n"

/* The program is a script with this body. */
static void
write_program(const char *body)
{
    char text[4096];

    (void)snprintf(text, sizeof text, "#!/bin/sh\n%s", body);
    files_write("give", text, 0700);
    (void)snprintf(text, sizeof text,
                   "[default]\ncredential_process = %s\n" REGION,
                   files_path("give"));
    files_write("config", text, 0600);
}

/* So many seconds from now. */
static void
print_time(char out[32], int seconds)
{
    time_t when = time(NULL) + seconds;
    struct tm utc;

    assert_non_null(gmtime_r(&when, &utc));
    assert_true(strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc) > 0);
}

/* The program gives the token "t-1", then "t-2" and so on; each good for so
 * long. */
static void
write_counter(int seconds)
{
    char end[32];
    char body[1024];

    print_time(end, seconds);
    (void)unlink(files_path("count"));
    (void)snprintf(body, sizeof body,
                   "echo x >>'%s'\ncat <<END\n" GIVEN
                   ", \"SessionToken\": \"t-$(($(wc -l <'%s')))\", "
                   "\"Expiration\": \"%s\"}\nEND\n",
                   files_path("count"), files_path("count"), end);
    write_program(body);
}

static int
count_runs(void)
{
    struct stat st;

    return stat(files_path("count"), &st) == 0 ? (int)st.st_size / 2 : 0;
}

/* ---- what works -----------------------------------------------------------
 */

static void
expect_works(ec2_mock *mock)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    expect_ok(files_open(&conn, mock, NULL, NULL, &err), err);
    expect_ok(files_list(conn, &err), err);
    pileus_connection_unref(conn);
}

static void
test_given(void **state)
{
    ec2_mock *mock = mock_start(1);

    (void)state;
    write_program(SAY(GIVEN "}"));
    expect_works(mock);
    write_program(SAY(GIVEN ", \"SessionToken\": \"\", \"Expiration\": null, "
                            "\"AccountId\": \"7\"}") "echo sesame >&2\n");
    expect_works(mock);
    mock->token = MOCK_TOKEN;
    write_program(SAY(GIVEN ", \"SessionToken\": \"" MOCK_TOKEN "\"}"));
    expect_works(mock);
    mock_stop(mock);
}

/* The command is cut at blanks, and no shell sees it. */
static void
test_words(void **state)
{
    static const char wanted[] = "plain\ntwo  words\nit is\n\na b\nq\"q\\\n"
                                 "$HOME\n~\n*\n`x`;&|\n";
    ec2_mock *mock = mock_start(1);
    char text[1024];
    char got[256] = "";
    FILE *in;

    (void)state;
    (void)snprintf(
        text, sizeof text,
        "for word; do printf '%%s\\n' \"$word\"; done >'%s'\n" SAY(GIVEN "}"),
        files_path("arguments"));
    write_program(text);
    (void)snprintf(text, sizeof text,
                   "[default]\ncredential_process =   \"%s\" plain\t\"two  "
                   "words\" 'it is' \"\" a\\ b \"q\\\"q\\\\\" $HOME ~ * "
                   "`x`;&|  \n" REGION,
                   files_path("give"));
    files_write("config", text, 0600);
    expect_works(mock);
    in = fopen(files_path("arguments"), "r");
    assert_non_null(in);
    (void)fread(got, 1, sizeof got - 1, in);
    (void)fclose(in);
    assert_string_equal(got, wanted);
    mock_stop(mock);
}

/* An application may have its children reaped for it, block signals, or have
 * closed what is standard. */
static void
test_surroundings(void **state)
{
    ec2_mock *mock = mock_start(1);
    sigset_t all;
    sigset_t before;
    int saved;

    (void)state;
    write_program("kill -0 $$ || exit 1\n" SAY(GIVEN "}"));
    assert_true(signal(SIGCHLD, SIG_IGN) != SIG_ERR);
    expect_works(mock);
    assert_true(signal(SIGCHLD, SIG_DFL) != SIG_ERR);
    (void)sigfillset(&all);
    assert_int_equal(pthread_sigmask(SIG_BLOCK, &all, &before), 0);
    expect_works(mock);
    assert_int_equal(pthread_sigmask(SIG_SETMASK, &before, NULL), 0);
    saved = dup(STDIN_FILENO);
    (void)close(STDIN_FILENO);
    expect_works(mock);
    if (saved >= 0) {
        assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
        (void)close(saved);
    }
    mock_stop(mock);
}

/* ---- what fails -----------------------------------------------------------
 */

static const struct {
    const char *body;
    pileus_code code;
    const char *words;
} failures[] = {
    {"echo sesame; exit 3\n", PILEUS_AUTHENTICATION,
     "/.aws/config, line 2: credential_process: it ended with status 3: run "
     "it by hand to see why"},
    {"echo sesame; kill -9 $$\n", PILEUS_AUTHENTICATION,
     "it was ended by signal 9"},
    {"exit 127\n", PILEUS_CONFIGURATION,
     "/.aws/give' cannot be run, or what it runs cannot"},
    {"echo sesame\n", PILEUS_CONFIGURATION, "what it writes is no JSON"},
    {"", PILEUS_CONFIGURATION, "what it writes is no JSON"},
    {SAY("{\"Version\": 1, \"SecretAccessKey\": \"sesame"),
     PILEUS_CONFIGURATION, "what it writes is no JSON"},
    {"printf '\\0sesame'\n", PILEUS_CONFIGURATION, "what it writes is no JSON"},
    {"yes sesame\n", PILEUS_CONFIGURATION,
     "it writes more than 65536 bytes: have it write its credentials only"},
    {SAY("[\"sesame\"]"), PILEUS_CONFIGURATION, "is not of \"Version\" 1"},
    {SAY("{\"AccessKeyId\": \"sesame\", \"SecretAccessKey\": \"sesame\"}"),
     PILEUS_CONFIGURATION, "is not of \"Version\" 1"},
    {SAY("{\"Version\": 2, \"AccessKeyId\": \"sesame\", \"SecretAccessKey\": "
         "\"sesame\"}"),
     PILEUS_CONFIGURATION, "is not of \"Version\" 1"},
    {SAY("{\"Version\": 1, \"AccessKeyId\": \"sesame\"}"), PILEUS_CONFIGURATION,
     "lacks \"AccessKeyId\" or \"SecretAccessKey\""},
    {SAY("{\"Version\": 1, \"AccessKeyId\": \"\", \"SecretAccessKey\": "
         "\"sesame\"}"),
     PILEUS_CONFIGURATION, "lacks \"AccessKeyId\" or \"SecretAccessKey\""},
    {SAY(GIVEN ", \"Expiration\": \"sesame\"}"), PILEUS_CONFIGURATION,
     "has an \"Expiration\" that is no time"},
    {SAY(GIVEN ", \"Expiration\": \"2001-02-03T04:05:06Z\"}"),
     PILEUS_AUTHENTICATION, "have expired: log in again"},
};

static void
expect_failure(const ec2_mock *mock, const char *timeout, pileus_code code,
               const char *words)
{
    const char *const pairs[] = {"request-timeout", timeout, NULL};
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    (void)files_open(&conn, mock, NULL, pairs, &err);
    assert_null(conn);
    assert_non_null(err);
    assert_null(strstr(pileus_error_message(err), "sesame"));
    expect_error(&err, code, words);
}

static void
test_failures(void **state)
{
    ec2_mock *mock = mock_start(1);

    (void)state;
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        write_program(failures[i].body);
        expect_failure(mock, "60s", failures[i].code, failures[i].words);
    }
    assert_int_equal(mock->answered, 0);
    mock_stop(mock);
}

static void
expect_command_fails(const ec2_mock *mock, const char *command,
                     const char *words)
{
    char text[256];

    (void)snprintf(text, sizeof text,
                   "[default]\n" REGION "credential_process = %s\n", command);
    files_write("config", text, 0600);
    expect_failure(mock, "60s", PILEUS_CONFIGURATION, words);
}

/* Under valgrind, what is not started has a status of valgrind's own. */
static void
test_no_program(void **state)
{
    const char *preloaded = getenv("LD_PRELOAD");
    ec2_mock *mock = mock_start(1);

    (void)state;
    expect_command_fails(mock, "give \"sesame",
                         "a quotation mark is not closed");
    if (preloaded == NULL || strstr(preloaded, "vgpreload") == NULL) {
        expect_command_fails(mock, "/nowhere/give",
                             "'/nowhere/give' cannot be run");
        expect_command_fails(mock, "/etc/passwd x",
                             "'/etc/passwd' cannot be run");
    }
    mock_stop(mock);
}

/* The process that wrote its id into the file is gone. */
static void
expect_gone(void)
{
    FILE *in = fopen(files_path("pid"), "r");
    int pid = 0;
    int looks = 0;

    assert_non_null(in);
    assert_int_equal(fscanf(in, "%d", &pid), 1);
    (void)fclose(in);
    assert_true(pid > 0);
    /* One whose parent is gone, too, waits for somebody else to reap it. */
    while (kill(pid, 0) == 0 && looks++ < 500) {
        assert_int_equal(usleep(10000), 0);
    }
    assert_int_equal(kill(pid, 0), -1);
    assert_int_equal(errno, ESRCH);
}

/* A program that hangs is ended with all that it has started; also one that
 * closes its output, and one that leaves something behind which does not. */
static void
test_hangs(void **state)
{
    static const char *const bodies[] = {
        "echo $$ >\"$PID_FILE\"\nexec sleep 60\n",
        "sleep 60 &\necho $! >\"$PID_FILE\"\nwait\n",
        "echo $$ >\"$PID_FILE\"\nexec >&-\nexec sleep 60\n",
        "sleep 60 &\necho $! >\"$PID_FILE\"\n",
        ("echo $$ >\"$PID_FILE\"\ntrap '' TERM INT HUP\nwhile :; do sleep 1; "
         "done\n"),
    };
    ec2_mock *mock = mock_start(1);

    (void)state;
    assert_int_equal(setenv("PID_FILE", files_path("pid"), 1), 0);
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        write_program(bodies[i]);
        expect_failure(mock, "500ms", PILEUS_UNAVAILABLE,
                       "it has not ended within 500 ms");
        expect_gone();
    }
    mock_stop(mock);
}

static void
test_deadline(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = NULL;
    pileus_call *call = NULL;
    pileus_error *err = NULL;
    char body[512];

    (void)state;
    (void)snprintf(body, sizeof body, "echo $$ >'%s'\nexec sleep 60\n",
                   files_path("pid"));
    write_program(body);
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_timeout(call, 500);
    assert_int_equal(files_open(&conn, mock, call, NULL, &err), PILEUS_TIMEOUT);
    expect_error(&err, PILEUS_TIMEOUT, "");
    expect_gone();
    pileus_call_free(call);
    mock_stop(mock);
}

/* ---- again ----------------------------------------------------------------
 */

/* Good for an hour, but the provider says otherwise: others are got once, and
 * the request is sent again. */
static void
test_expired(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    (void)state;
    write_counter(3600);
    mock->token = "t-1";
    expect_ok(files_open(&conn, mock, NULL, NULL, &err), err);
    expect_ok(files_list(conn, &err), err);
    expect_ok(files_list(conn, &err), err);
    assert_int_equal(count_runs(), 1);
    mock->token = "t-2";
    expect_ok(files_list(conn, &err), err);
    assert_int_equal(count_runs(), 2);
    assert_int_equal(mock->expired, 1);
    /* None will do. */
    mock->token = "t-0";
    assert_int_equal(files_list(conn, &err), PILEUS_AUTHENTICATION);
    assert_string_equal(pileus_error_provider_code(err), "RequestExpired");
    pileus_error_free(err);
    assert_int_equal(count_runs(), 3);
    assert_int_equal(mock->expired, 3);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

#define LIFE_S 10

/* Seconds of a clock that nobody sets. */
static double
seconds(void)
{
    struct timespec now;

    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* A short life is known beforehand: from four fifths of it on they are to be
 * renewed, and while that fails, those at hand are good until its end. */
static void
test_renewed_ahead(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;
    double begun = seconds();

    (void)state;
    write_counter(LIFE_S);
    mock->token = "t-1";
    expect_ok(files_open(&conn, mock, NULL, NULL, &err), err);
    expect_ok(files_list(conn, &err), err);
    write_program("exit 1\n");
    while (files_list(conn, &err) == PILEUS_OK) {
        assert_int_equal(usleep(20 * 1000), 0);
    }
    /* When it ends is told in whole seconds. */
    assert_true(seconds() - begun >= LIFE_S - 1);
    expect_error(&err, PILEUS_AUTHENTICATION, "it ended with status 1");
    write_counter(3600);
    expect_ok(files_list(conn, &err), err);
    assert_int_equal(count_runs(), 1);
    assert_int_equal(mock->expired, 0);
    pileus_connection_unref(conn);
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

/* All threads need others at once, and the program runs once for all. */
static void
test_threads(void **state)
{
    ec2_mock *mock = mock_start(MOCK_INSTANCES);
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;
    pthread_t threads[THREADS];

    (void)state;
    write_counter(3600);
    mock->token = "t-2";
    expect_ok(files_open(&conn, mock, NULL, NULL, &err), err);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(
            pthread_create(&threads[i], NULL, list_in_thread, conn), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    assert_int_equal(count_runs(), 2);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_given),         cmocka_unit_test(test_words),
        cmocka_unit_test(test_surroundings),  cmocka_unit_test(test_failures),
        cmocka_unit_test(test_no_program),    cmocka_unit_test(test_hangs),
        cmocka_unit_test(test_deadline),      cmocka_unit_test(test_expired),
        cmocka_unit_test(test_renewed_ahead), cmocka_unit_test(test_threads),
    };

    return cmocka_run_group_tests_name("plugins/ec2_process", tests,
                                       files_begin, files_end);
}
