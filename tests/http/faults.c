/* All that can go wrong on the way, over real sockets: each has its code and
 * its sentence, whether one node was asked for or all. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/web.h"
#include "tests/support/gzip.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define NODE "{\"id\": 7, \"name\": \"seven\"}"
#define GZIP_MAX 65536

/* ---- what the server does
 * -----------------------------------------------------
 */

static void
reset_in_header(web_channel *channel)
{
    (void)channel_puts(channel, "HTTP/1.1 200 OK\r\nContent-");
    (void)channel_pause(channel, 20);
    channel_reset(channel);
}

static void
close_at_once(web_channel *channel)
{
    channel_close(channel);
}

static void
reset_in_body(web_channel *channel)
{
    (void)channel_puts(channel, HEAD "Content-Length: 1000\r\n\r\n{\"id\": ");
    (void)channel_pause(channel, 20);
    channel_reset(channel);
}

static void
wrong_length(web_channel *channel)
{
    (void)channel_puts(channel, HEAD "Content-Length: 1000\r\n\r\n" NODE);
    channel_close(channel);
}

static void
truncated_chunk(web_channel *channel)
{
    (void)channel_puts(channel, HEAD "Transfer-Encoding: chunked\r\n\r\n"
                                     "1000\r\n{\"id\": ");
    channel_close(channel);
}

static void
no_chunk(web_channel *channel)
{
    (void)channel_puts(channel, HEAD "Transfer-Encoding: chunked\r\n\r\n"
                                     "this is no chunk\r\n");
    channel_close(channel);
}

static void
stall(web_channel *channel)
{
    (void)channel_puts(channel, HEAD "Content-Length: 1000\r\n\r\n{\"id\": ");
    (void)channel_pause(channel, 60000);
}

static void
drip(web_channel *channel)
{
    (void)channel_puts(channel, HEAD "Content-Length: 1000\r\n\r\n");
    while (channel_puts(channel, " ") && channel_pause(channel, 1000)) {
    }
}

static void
send_gzip(web_channel *channel, const unsigned char *data, size_t size)
{
    char head[256];

    (void)snprintf(head, sizeof head,
                   HEAD "Content-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n",
                   size);
    (void)(channel_puts(channel, head) && channel_send(channel, data, size));
}

static void
truncated_gzip(web_channel *channel)
{
    unsigned char data[GZIP_MAX];
    gzip coder;

    gzip_begin(&coder, data);
    gzip_text(&coder, "{\"id\": 7, \"name\": \"se");
    send_gzip(channel, data, coder.size);
}

static void
no_gzip(web_channel *channel)
{
    send_gzip(channel, (const unsigned char *)"this is no gzip", 15);
}

/* 1:150, which is all that the fixed code can do, for ever. */
static void
gzip_bomb(web_channel *channel)
{
    unsigned char data[GZIP_MAX];
    gzip coder;

    (void)channel_puts(channel, HEAD "Content-Encoding: gzip\r\n"
                                     "Connection: close\r\n\r\n");
    gzip_begin(&coder, data);
    gzip_text(&coder, "{\"id\": \"aaaaaaaa");
    do {
        while (coder.size < 32768) {
            gzip_repeat(&coder);
        }
        if (!channel_send(channel, data, coder.size)) {
            break;
        }
        coder.size = 0;
    } while (true);
}

static void
endless_body(web_channel *channel)
{
    static char data[65536];

    memset(data, 'a', sizeof data);
    (void)channel_puts(channel, HEAD "Connection: close\r\n\r\n{\"id\": \"");
    while (channel_send(channel, data, sizeof data)) {
    }
}

static void
endless_header(web_channel *channel)
{
    (void)channel_puts(channel, "HTTP/1.1 200 OK\r\n");
    while (channel_puts(channel, "X-More: and more and more\r\n")) {
    }
}

static void
endless_header_line(web_channel *channel)
{
    (void)channel_puts(channel, "HTTP/1.1 200 OK\r\nX-More: ");
    while (channel_puts(channel, "and more and more and more and more ")) {
    }
}

static void
web_page(web_channel *channel)
{
    channel_answer(channel, 200, "Content-Type: text/html\r\n",
                   "<!DOCTYPE html><html><head><title>Log in\n to the "
                   "network</title></head><body>x</body></html>");
}

static void
plain_text(web_channel *channel)
{
    channel_answer(channel, 200, NULL, "It works!");
}

static void
half_json(web_channel *channel)
{
    channel_answer(channel, 200, NULL, "{\"id\": 7, \"na");
}

static void
nothing(web_channel *channel)
{
    channel_answer(channel, 204, NULL, NULL);
}

static void
no_http(web_channel *channel)
{
    (void)channel_puts(channel, "220 mail.example ESMTP\r\n");
    channel_close(channel);
}

static void
not_modified(web_channel *channel)
{
    channel_answer(channel, 304, NULL, NULL);
}

static void
bad_gateway(web_channel *channel)
{
    channel_answer(channel, 502, NULL,
                   "<html><body><h1>502</h1> upstream\n is away</body></html>");
}

static void
redirect_away(web_channel *channel)
{
    channel_answer(channel, 302, "Location: https://evil.example/x\r\n", NULL);
}

static void
redirect_for_ever(web_channel *channel)
{
    channel_answer(channel, 307, "Location: /nodes/7\r\n", NULL);
}

static void
redirect_nowhere(web_channel *channel)
{
    channel_answer(channel, 301, "Location: http://[x\r\n", NULL);
}

/* ---- what comes of it
 * ------------------------------------------------------------
 */

typedef struct fault {
    const char *name;
    void (*act)(web_channel *channel);
    pileus_code code;
    bool retryable;
    const char *words;
    const char *list_words; /* when all are asked for; NULL: the same */
} fault;

static const fault faults[] = {
    {"reset in the header", reset_in_header, PILEUS_UNAVAILABLE, true,
     "the connection broke off (", NULL},
    {"no answer", close_at_once, PILEUS_UNAVAILABLE, true,
     "the connection broke off (Empty reply from server): try again later",
     NULL},
    {"reset in the body", reset_in_body, PILEUS_UNAVAILABLE, true,
     "the connection broke off (", NULL},
    {"wrong length", wrong_length, PILEUS_UNAVAILABLE, true,
     "the connection broke off (", NULL},
    {"truncated chunk", truncated_chunk, PILEUS_UNAVAILABLE, true,
     "the connection broke off (", NULL},
    {"no chunk", no_chunk, PILEUS_UNAVAILABLE, true,
     "the connection broke off (", NULL},
    {"stall", stall, PILEUS_UNAVAILABLE, true,
     "the provider stopped sending after ", NULL},
    {"drip", drip, PILEUS_UNAVAILABLE, true,
     "the provider stopped sending after ", NULL},
    {"truncated gzip", truncated_gzip, PILEUS_PROTOCOL, false, "JSON", NULL},
    {"no gzip", no_gzip, PILEUS_PROTOCOL, false,
     "the answer is no proper HTTP (", NULL},
    {"gzip bomb", gzip_bomb, PILEUS_PROTOCOL, false,
     "its body is larger than 64 MiB", ""},
    {"endless body", endless_body, PILEUS_PROTOCOL, false,
     "its body is larger than 64 MiB", ""},
    {"endless header", endless_header, PILEUS_PROTOCOL, false,
     "its header does not end", NULL},
    {"endless line of a header", endless_header_line, PILEUS_PROTOCOL, false,
     "the answer is no proper HTTP (", NULL},
    {"web page", web_page, PILEUS_PROTOCOL, false,
     "was answered with a web page instead of JSON (\"Log in to the "
     "network\"): check the endpoint",
     NULL},
    {"plain text", plain_text, PILEUS_PROTOCOL, false,
     "instead of JSON (\"It works!\")", NULL},
    {"half a document", half_json, PILEUS_PROTOCOL, false, "JSON", NULL},
    {"nothing", nothing, PILEUS_PROTOCOL, false, "id", "nothing instead of"},
    {"no HTTP", no_http, PILEUS_PROTOCOL, false,
     "the answer is no proper HTTP (", NULL},
    {"not modified", not_modified, PILEUS_PROTOCOL, false,
     "was answered with 304, which is none", NULL},
    {"bad gateway", bad_gateway, PILEUS_UNAVAILABLE, true,
     "was answered with 502 Bad Gateway (502 upstream is away): try again",
     NULL},
    {"redirect to another host", redirect_away, PILEUS_PROTOCOL, false,
     "was redirected to https://evil.example:443, and credentials are sent to "
     "the endpoint only",
     NULL},
    {"redirect for ever", redirect_for_ever, PILEUS_PROTOCOL, false,
     "was redirected again and again", NULL},
    {"redirect to no URL", redirect_nowhere, PILEUS_PROTOCOL, false,
     "was redirected to what is no URL", NULL},
};

static void
act(void *user, const web_asked *asked, web_channel *channel)
{
    const fault *self = user;

    (void)asked;
    self->act(channel);
}

static void
check_error(const fault *self, pileus_error **err, const char *words)
{
    if (*err == NULL || pileus_error_code(*err) != self->code ||
        pileus_error_retryable(*err) != self->retryable ||
        strstr(pileus_error_message(*err), words) == NULL) {
        print_error("%s\n", self->name);
    }
    assert_non_null(*err);
    assert_int_equal(pileus_error_retryable(*err), self->retryable);
    assert_false(pileus_error_may_have_happened(*err));
    expect_error(err, self->code, words);
}

static void
test_faults(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        fault self = faults[i];
        web_server *server = server_start(act, &self, NULL, NULL);
        pileus_connection *conn =
            open_web(server_url(server), "retries", "0", "request-timeout",
                     self.act == stall || self.act == drip ? "400ms" : "60s");
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        (void)get_node(conn, "7", NULL, &err);
        check_error(&self, &err, self.words);
        (void)pileus_node_list(&list, conn, NULL, NULL, &err);
        assert_null(list);
        check_error(&self, &err,
                    self.list_words == NULL ? self.words : self.list_words);
        pileus_connection_unref(conn);
        server_stop(server);
    }
}

/* A port at which nobody listens. */
static int
closed_port(int *fd)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;

    *fd = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(*fd, (struct sockaddr *)&address, size), 0);
    assert_int_equal(getsockname(*fd, (struct sockaddr *)&address, &size), 0);
    return ntohs(address.sin_port);
}

static void
test_refused(void **state)
{
    char endpoint[64];
    int fd = -1;
    int port = closed_port(&fd);
    pileus_connection *conn;
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    (void)snprintf(endpoint, sizeof endpoint, "http://127.0.0.1:%d", port);
    conn = open_web(endpoint, "retries", "1");
    expect_ok(pileus_node_spec_new(&spec, &err), err);
    assert_int_equal(pileus_node_create(&node, conn, spec, NULL, &err),
                     PILEUS_UNAVAILABLE);
    assert_true(pileus_error_retryable(err));
    assert_false(pileus_error_may_have_happened(err)); /* it never left */
    assert_non_null(pileus_error_provider_message(err));
    expect_error(&err, PILEUS_UNAVAILABLE,
                 "cannot be reached (Failed to connect to 127.0.0.1 port");
    pileus_node_spec_free(spec);
    pileus_connection_unref(conn);
    (void)close(fd);
}

static void
test_unknown_host(void **state)
{
    pileus_connection *conn =
        open_web("http://no-such-host.invalid", "retries", "2");
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(get_node(conn, "7", NULL, &err), PILEUS_UNAVAILABLE);
    assert_true(pileus_error_retryable(err));
    expect_error(&err, PILEUS_UNAVAILABLE, "no-such-host.invalid");
    pileus_connection_unref(conn);
}

/* ---- what goes well all the same
 * -------------------------------------------------
 */

static void
good_gzip(web_channel *channel)
{
    unsigned char data[GZIP_MAX];
    gzip coder;

    gzip_begin(&coder, data);
    gzip_text(&coder, "{\"id\": 7, \"items\": [" NODE "]}");
    send_gzip(channel, data, gzip_end(&coder));
}

static void
byte_by_byte(web_channel *channel)
{
    static const char answer[] =
        "HTTP/1.1 100 Continue\r\n\r\n" HEAD "Transfer-Encoding: "
        "chunked\r\n\r\n2\r\n{\"\r\n11;x=y\r\nid\":7,\"items\":[]}\r\n0\r\n"
        "Trailer: yes\r\n\r\n";

    for (const char *p = answer; *p != '\0'; p++) {
        if (!channel_send(channel, p, 1)) {
            return;
        }
    }
}

static void
test_odd_but_right(void **state)
{
    fault odd[] = {
        {"gzip", good_gzip, PILEUS_OK, false, "", NULL},
        {"byte by byte", byte_by_byte, PILEUS_OK, false, "", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        web_server *server = server_start(act, &odd[i], NULL, NULL);
        pileus_connection *conn = open_web(server_url(server), NULL);
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        expect_ok(get_node(conn, "7", NULL, &err), err);
        expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
        assert_int_equal(pileus_list_count(list), i == 0 ? 1 : 0);
        pileus_list_free(list);
        pileus_connection_unref(conn);
        server_stop(server);
    }
}

static void
redirect_three_times(void *user, const web_asked *asked, web_channel *channel)
{
    char location[128];

    if (!asked_query(asked, "signature", "very-secret")) {
        channel_answer(channel, 401, NULL, NULL); /* each is signed anew */
    } else if (asked->number <= 3) {
        (void)snprintf(location, sizeof location, "Location: %s?step=%d\r\n",
                       asked->number == 2 ? "" : "/moved", asked->number);
        channel_answer(channel, 302, location, NULL);
    } else {
        *(int *)user = asked_query(asked, "step", "3");
        channel_answer(channel, 200, NULL, NODE);
    }
}

static void
test_redirects(void **state)
{
    int good = 0;
    web_server *server = server_start(redirect_three_times, &good, NULL, NULL);
    pileus_connection *conn =
        open_web(server_url(server), "token", "tell-nobody", "retries", "0");
    pileus_error *err = NULL;

    (void)state;
    expect_ok(get_node(conn, "7", NULL, &err), err);
    assert_int_equal(server_requests(server), 4);
    assert_true(good);
    pileus_connection_unref(conn);
    server_stop(server);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_unknown_host),
        cmocka_unit_test(test_odd_but_right),
        cmocka_unit_test(test_redirects),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
