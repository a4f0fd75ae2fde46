/* A web server that is not ours: HTTP/2, TLS, gzip, client certificates, and
 * how many connections it saw. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/web.h"
#include "tests/support/certificate.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define FOLDER "nginx-XXXXXX"
#define THREADS 8
#define EACH 25

/* Its answers say what it saw: a node's name is "PROTOCOL CLIENT-CERTIFICATE",
 * and its id the connection's number. */
static const char conf[] =
    "daemon off; worker_processes 1; pid %1$s/pid; error_log %1$s/errors;\n"
    "events { worker_connections 64; }\n"
    "http {\n"
    "  log_format seen '$server_protocol $sent_http_content_encoding';\n"
    "  access_log %1$s/log seen;\n"
    "  client_body_temp_path %1$s/t1; proxy_temp_path %1$s/t2;\n"
    "  fastcgi_temp_path %1$s/t3; uwsgi_temp_path %1$s/t4;\n"
    "  scgi_temp_path %1$s/t5;\n"
    "  gzip on; gzip_min_length 1; gzip_types application/json;\n"
    "  default_type application/json;\n"
    "  server {\n"
    "    listen 127.0.0.1:%2$d ssl http2;\n"
    "    ssl_certificate %1$s/good.pem; ssl_certificate_key %1$s/good.pem;\n"
    "    ssl_client_certificate %1$s/ca.pem; ssl_verify_client optional;\n"
    "    location / { return 200 '{\"id\": $connection, \"name\": "
    "\"$server_protocol $ssl_client_verify\", \"items\": [{\"id\": "
    "$connection, \"name\": \"$server_protocol\"}]}'; }\n"
    "  }\n"
    "}\n";

typedef struct nginx {
    char folder[256];
    char url[64];
    pid_t child;
} nginx;

static void
path_in(char path[320], const nginx *self, const char *name)
{
    (void)snprintf(path, 320, "%s/%s", self->folder, name);
}

static int
free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    (void)close(fd);
    return ntohs(address.sin_port);
}

static void
make_certificates(const nginx *self)
{
    char path[320];
    issuer ca;

    path_in(path, self, "ca.pem");
    ca = certificate_make(path, NULL, 1, NULL);
    path_in(path, self, "good.pem");
    certificate_free(certificate_make(path, "IP:127.0.0.1", 1, &ca));
    path_in(path, self, "client.pem");
    certificate_free(certificate_make(path, "DNS:client", 1, &ca));
    certificate_free(ca);
}

static bool
answers(int port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr = {htonl(INADDR_LOOPBACK)},
    };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bool good = connect(fd, (struct sockaddr *)&address, sizeof address) == 0;

    (void)close(fd);
    return good;
}

/* The child in which nginx runs, or 0 when it does not. */
static pid_t
launch(const nginx *self, int port)
{
    char path[320];
    FILE *out;
    pid_t child;

    path_in(path, self, "conf");
    out = fopen(path, "w");
    assert_non_null(out);
    (void)fprintf(out, conf, self->folder, port);
    assert_int_equal(fclose(out), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)setenv("PATH", "/usr/sbin:/usr/local/sbin:/usr/bin:/bin", 1);
        (void)freopen("/dev/null", "w", stderr);
        (void)execlp("nginx", "nginx", "-p", self->folder, "-c", path, "-e",
                     "stderr", (char *)NULL);
        _exit(127);
    }
    for (int i = 0; i < 3000; i++) {
        const struct timespec pause = {.tv_nsec = 10000000};

        if (waitpid(child, NULL, WNOHANG) == child) {
            return 0;
        }
        if (answers(port)) {
            return child;
        }
        (void)nanosleep(&pause, NULL);
    }
    (void)kill(child, SIGKILL);
    (void)waitpid(child, NULL, 0);
    return 0;
}

static int
set_up(void **state)
{
    static nginx self;
    char here[192];
    int port = free_port();

    assert_non_null(getcwd(here, sizeof here));
    (void)snprintf(self.folder, sizeof self.folder, "%s/%s", here, FOLDER);
    assert_non_null(mkdtemp(self.folder));
    make_certificates(&self);
    (void)snprintf(self.url, sizeof self.url, "https://127.0.0.1:%d", port);
    self.child = launch(&self, port);
    *state = &self;
    return 0;
}

static int
tear_down(void **state)
{
    static const char *const files[] = {
        "ca.pem", "good.pem", "client.pem", "conf", "log", "errors", "pid"};
    const nginx *self = *state;
    char path[320];

    if (self->child > 0) {
        (void)kill(self->child, SIGTERM);
        (void)waitpid(self->child, NULL, 0);
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        path_in(path, self, files[i]);
        (void)unlink(path);
    }
    for (char i = '1'; i <= '5'; i++) {
        char name[] = {'t', i, '\0'};

        path_in(path, self, name);
        (void)rmdir(path);
    }
    return rmdir(self->folder);
}

/* ---- what it saw
 * -------------------------------------------------------------- */

static const nginx *
need_nginx(void **state)
{
    const nginx *self = *state;

    if (self->child == 0) {
        print_message("skipped: nginx, with TLS and HTTP/2, does not run\n");
        skip();
    }
    return self;
}

static pileus_connection *
open_nginx(const nginx *self, bool with_certificate)
{
    char ca[320];
    char client[320];

    path_in(ca, self, "ca.pem");
    path_in(client, self, "client.pem");
    return with_certificate
               ? open_web(self->url, "ca-file", ca, "client-cert", client)
               : open_web(self->url, "ca-file", ca, "token", "t");
}

static void
check_node(pileus_connection *conn, const char *name, char id[32])
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    expect_ok(
        pileus_node_get(&node, conn, "7", PILEUS_NUL_TERMINATED, NULL, &err),
        err);
    assert_string_equal(pileus_node_name(node), name);
    (void)snprintf(id, 32, "%s", pileus_node_id(node));
    pileus_node_unref(node);
}

static void
test_http2(void **state)
{
    const nginx *self = need_nginx(state);
    pileus_connection *conn = open_nginx(self, false);
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    char first[32];
    char later[32];

    check_node(conn, "HTTP/2.0 NONE", first);
    for (int i = 0; i < 10; i++) {
        check_node(conn, "HTTP/2.0 NONE", later);
        assert_string_equal(first, later);
    }
    expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
    assert_string_equal(pileus_node_name(pileus_list_node(list, 0)),
                        "HTTP/2.0");
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

static void
test_client_certificate(void **state)
{
    const nginx *self = need_nginx(state);
    pileus_connection *conn = open_nginx(self, true);
    char id[32];

    check_node(conn, "HTTP/2.0 SUCCESS", id);
    pileus_connection_unref(conn);
}

static void *
ask_often(void *user)
{
    char id[32];

    for (int i = 0; i < EACH; i++) {
        check_node(user, "HTTP/2.0 NONE", id);
    }
    return NULL;
}

/* Threads at once share what there is. */
static void
test_threads(void **state)
{
    const nginx *self = need_nginx(state);
    pileus_connection *conn = open_nginx(self, false);
    pthread_t threads[THREADS];

    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, ask_often, conn), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        (void)pthread_join(threads[i], NULL);
    }
    pileus_connection_unref(conn);
}

static int
count_lines(const char *path)
{
    char line[256];
    int lines = 0;
    FILE *in = fopen(path, "r");

    assert_non_null(in);
    while (fgets(line, sizeof line, in) != NULL) {
        assert_string_equal(line, "HTTP/2.0 gzip\n");
        lines++;
    }
    (void)fclose(in);
    return lines;
}

/* Its log has a line for each, if perhaps a moment later: all by HTTP/2, and
 * all packed. */
static void
test_log(void **state)
{
    const struct timespec pause = {.tv_nsec = 10000000};
    const nginx *self = need_nginx(state);
    const int expected = 13 + THREADS * EACH;
    char path[320];

    path_in(path, self, "log");
    for (int i = 0; i < 1000 && count_lines(path) < expected; i++) {
        (void)nanosleep(&pause, NULL);
    }
    assert_int_equal(count_lines(path), expected);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_http2),
        cmocka_unit_test(test_client_certificate),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_log),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
