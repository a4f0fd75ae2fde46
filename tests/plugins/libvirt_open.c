/* The libvirt driver: opening, silence, deadlines, signals, threads. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/libvirt_support.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* ---- what cannot be opened --------------------------------------------- */

static void
bad_uris(void **state)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    (void)state;
    (void)try_open(&conn, PAIRS("uri", "test:///"), NULL, &err);
    expect_libvirt(&err, PILEUS_CONFIGURATION, "option uri",
                   "VIR_ERR_INVALID_ARG");
    (void)try_open(&conn, PAIRS("uri", "test:///no/such/file"), NULL, &err);
    expect_libvirt(&err, PILEUS_CONFIGURATION, "test:///no/such/file",
                   "VIR_ERR_XML_ERROR");
    (void)try_open(&conn, PAIRS("uri", "::::"), NULL, &err);
    expect_libvirt(&err, PILEUS_CONFIGURATION, "option uri",
                   "VIR_ERR_INTERNAL_ERROR");
    (void)try_open(&conn, PAIRS("uri", "test+unix:///default?socket=/no/such"),
                   NULL, &err);
    assert_true(pileus_error_retryable(err));
    expect_libvirt(&err, PILEUS_UNAVAILABLE, "daemon", "VIR_ERR_SYSTEM_ERROR");
    (void)try_open(&conn, PAIRS("uri", "test+gopher://nowhere/"), NULL, &err);
    expect_libvirt(&err, PILEUS_CONFIGURATION, "option uri",
                   "VIR_ERR_INVALID_ARG");
    assert_null(conn);
}

/* ssh must not ask anybody anything, whatever else the uri says. */
static void
ssh_uris(void **state)
{
    static const char *const cases[][2] = {
        {"test+ssh://127.0.0.1:1/default",
         " test+ssh://127.0.0.1:1/default?no_tty=1: "},
        {"test+ssh://127.0.0.1:1/default?keyfile=/no/such",
         " test+ssh://127.0.0.1:1/default?keyfile=/no/such&no_tty=1: "},
        {"test+ssh://127.0.0.1:1/default?no_tty=1",
         " test+ssh://127.0.0.1:1/default?no_tty=1: "},
        {"test+tcp://127.0.0.1:1/default", " test+tcp://127.0.0.1:1/default: "},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect_no_open(PAIRS("uri", cases[i][0]), PILEUS_UNAVAILABLE,
                       cases[i][1]);
    }
}

static const char locked[] =
    "<auth><user password='secret'>ann</user><user>bob</user></auth>";

static void
credentials(void **state)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;
    world host;

    (void)state;
    world_begin(&host, locked);
    conn = OPEN("uri", host.uri, "username", "ann", "password", "secret");
    assert_null(pileus_connection_option(conn, "password", NULL));
    pileus_connection_unref(conn);
    conn = OPEN("uri", host.uri, "username", "bob");
    pileus_connection_unref(conn);
    conn = NULL;

    /* Nobody is asked: this ends at once, whoever is at the terminal. */
    (void)try_open(&conn, PAIRS("uri", host.uri), NULL, &err);
    expect_libvirt(&err, PILEUS_AUTHENTICATION, "username",
                   "VIR_ERR_AUTH_FAILED");
    (void)try_open(&conn, PAIRS("uri", host.uri, "username", "ann"), NULL,
                   &err);
    expect_libvirt(&err, PILEUS_AUTHENTICATION, "password",
                   "VIR_ERR_AUTH_FAILED");
    (void)try_open(
        &conn, PAIRS("uri", host.uri, "username", "ann", "password", "wrongly"),
        NULL, &err);
    assert_null(strstr(pileus_error_message(err), "wrongly"));
    expect_libvirt(&err, PILEUS_AUTHENTICATION, "credentials",
                   "VIR_ERR_AUTH_FAILED");
    assert_null(conn);
    world_end(&host);
}

/* ---- standard error ---------------------------------------------------- */

/* Run fn with standard error in a file; what it wrote there, in text. */
static void
capture(void (*fn)(void *user), void *user, char *text, size_t size)
{
    FILE *file = tmpfile();
    int saved = dup(STDERR_FILENO);
    size_t length;

    assert_non_null(file);
    assert_true(saved >= 0);
    (void)fflush(stderr);
    assert_true(dup2(fileno(file), STDERR_FILENO) >= 0);
    fn(user);
    (void)fflush(stderr);
    assert_true(dup2(saved, STDERR_FILENO) >= 0);
    (void)close(saved);
    rewind(file);
    length = fread(text, 1, size - 1, file);
    text[length] = '\0';
    (void)fclose(file);
}

static void
fail_often(void *user)
{
    pileus_connection *conn = NULL;
    pileus_node *node = NULL;

    (void)user;
    (void)try_open(&conn, PAIRS("uri", "test:///no/such/file"), NULL, NULL);
    (void)try_open(&conn, PAIRS("uri", "test+unix:///x?socket=/no/such"), NULL,
                   NULL);
    (void)try_open(&conn, PAIRS("uri", "test:///default"), NULL, NULL);
    assert_int_equal(pileus_node_get(&node, conn,
                                     "6695eb01-f6a4-8304-79aa-000000000000",
                                     PILEUS_NUL_TERMINATED, NULL, NULL),
                     PILEUS_NOT_FOUND);
    pileus_connection_unref(conn);
}

static void
fail_directly(void *virt)
{
    assert_null(virDomainLookupByName(virt, "nobody"));
}

static void
count_errors(void *user, virErrorPtr error)
{
    (void)error;
    ++*(int *)user;
}

/* The driver's failures are not printed, and do not get to a handler of the
 * application's; the application's own failures do as they always did. */
static void
silence(void **state)
{
    char text[1024];
    int count = 0;

    capture(fail_often, NULL, text, sizeof text);
    assert_string_equal(text, "");
    capture(fail_directly, *state, text, sizeof text);
    assert_non_null(strstr(text, "libvirt"));

    virSetErrorFunc(&count, count_errors);
    fail_directly(*state);
    assert_int_equal(count, 1);
    capture(fail_often, NULL, text, sizeof text);
    fail_directly(*state);
    virSetErrorFunc(NULL, NULL);
    assert_string_equal(text, "");
    assert_in_range(count, 2, 4); /* while opening there is no other handler */
}

/* ---- hosts that do not answer ------------------------------------------ */

typedef struct deaf {
    int socket;
    char path[64];
    char uri[128];
} deaf;

/* A daemon that takes connections and says nothing. */
static void
deaf_begin(deaf *host)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    (void)snprintf(host->path, sizeof host->path, "/tmp/pileus-deaf-%ld",
                   (long)getpid());
    (void)unlink(host->path);
    memcpy(address.sun_path, host->path, strlen(host->path) + 1);
    host->socket = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_true(host->socket >= 0);
    assert_int_equal(
        bind(host->socket, (const struct sockaddr *)&address, sizeof address),
        0);
    assert_int_equal(listen(host->socket, 16), 0);
    (void)snprintf(host->uri, sizeof host->uri,
                   "test+unix:///default?socket=%s", host->path);
}

/* Who was left waiting learns that there is nobody. */
static void
deaf_end(deaf *host)
{
    (void)close(host->socket);
    (void)unlink(host->path);
    (void)usleep(200000);
}

static void
deadline(void **state)
{
    pileus_connection *conn = NULL;
    pileus_call *call = NULL;
    pileus_error *err = NULL;
    int64_t begin = clock_ms();
    deaf host;

    (void)state;
    deaf_begin(&host);
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_timeout(call, 300);
    (void)try_open(&conn, PAIRS("uri", host.uri), call, &err);
    assert_in_range(clock_ms() - begin, 300, 2000);
    assert_false(pileus_error_may_have_happened(err));
    expect_error(&err, PILEUS_TIMEOUT, "connecting to libvirt");
    assert_null(conn);
    pileus_call_free(call);
    deaf_end(&host);
}

static void
cancelled(void **state)
{
    pileus_connection *conn = NULL;
    pileus_call *call = NULL;
    pileus_error *err = NULL;
    int64_t begin;
    later *it;
    deaf host;

    (void)state;
    deaf_begin(&host);
    expect_ok(pileus_call_new(&call, &err), err);
    begin = clock_ms();
    it = later_call(200, cancel_call, call);
    (void)try_open(&conn, PAIRS("uri", host.uri), call, &err);
    assert_in_range(clock_ms() - begin, 190, 2000);
    expect_error(&err, PILEUS_CANCELLED, "connecting to libvirt");
    assert_null(conn);
    later_done(it);
    pileus_call_free(call);
    deaf_end(&host);
}

/* A call that is over before it begins asks libvirt nothing. */
static void
over(void **state)
{
    pileus_connection *conn = OPEN_DEFAULT();
    pileus_list *list = NULL;
    pileus_call *call = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_cancel(call);
    assert_int_equal(pileus_node_list(&list, conn, NULL, call, &err),
                     PILEUS_CANCELLED);
    assert_null(list);
    pileus_error_free(err);
    pileus_call_free(call);
    pileus_connection_unref(conn);
}

/* ---- signals ----------------------------------------------------------- */

static volatile sig_atomic_t strangers;
static pthread_t owner;

static void
on_signal(int number)
{
    (void)number;
    if (!pthread_equal(pthread_self(), owner)) {
        strangers++;
    }
}

static void
send_many(void *user)
{
    (void)user;
    for (int i = 0; i < 50; i++) {
        (void)kill(getpid(), SIGUSR1);
        (void)usleep(1000);
    }
}

/* The application's signals are handled on its own threads. */
static void
signals(void **state)
{
    struct sigaction action = {.sa_handler = on_signal};
    struct sigaction before;
    pileus_connection *conn = OPEN_DEFAULT();
    sigset_t mask;
    sigset_t unmasked;
    later *it;

    (void)state;
    owner = pthread_self();
    action.sa_flags = SA_RESTART;
    assert_int_equal(sigaction(SIGUSR1, &action, &before), 0);
    /* The thread that sends does not take them. */
    (void)sigemptyset(&mask);
    (void)sigaddset(&mask, SIGUSR1);
    assert_int_equal(pthread_sigmask(SIG_BLOCK, &mask, &unmasked), 0);
    it = later_call(0, send_many, NULL);
    assert_int_equal(pthread_sigmask(SIG_SETMASK, &unmasked, NULL), 0);
    for (int i = 0; i < 50; i++) {
        pileus_list_free(list_nodes(conn));
    }
    later_done(it);
    assert_int_equal(strangers, 0);
    assert_int_equal(sigaction(SIGUSR1, &before, NULL), 0);
    pileus_connection_unref(conn);
}

/* ---- threads ----------------------------------------------------------- */

#define THREADS 4

static void *
list_often(void *conn)
{
    for (int i = 0; i < 20; i++) {
        pileus_list *list = NULL;
        pileus_code code = pileus_node_list(&list, conn, NULL, NULL, NULL);

        if (code != PILEUS_OK || pileus_list_count(list) < 1) {
            pileus_list_free(list);
            return conn;
        }
        pileus_list_free(list);
    }
    return NULL;
}

static void
threads(void **state)
{
    pileus_connection *conn = OPEN_DEFAULT();
    pthread_t all[THREADS];

    (void)state;
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&all[i], NULL, list_often, conn), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *failed = NULL;

        assert_int_equal(pthread_join(all[i], &failed), 0);
        assert_null(failed);
    }
    pileus_connection_unref(conn);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_uris),
        cmocka_unit_test(ssh_uris),
        cmocka_unit_test(credentials),
        cmocka_unit_test(deadline),
        cmocka_unit_test(cancelled),
        cmocka_unit_test(over),
        cmocka_unit_test(signals),
        cmocka_unit_test(threads),
        /* The last: it leaves the process without the driver's handler. */
        DEFAULT_TEST(silence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
