/* Listings: every way to go on, and every way not to end. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/web.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define JSON "Content-Type: application/json\r\n"
#define PAGE_MAX 65536
/* How often an answer looks whether the others are there, too. */
#define PATIENCE 4000

/* What the provider has, and how it is to behave. */
typedef struct provider {
    int total;
    int size;          /* of a page */
    int delay;         /* ms before an answer */
    int repeat;        /* this page again and again; 0: none */
    int fail;          /* this request breaks off in the middle; 0: none */
    int refuse;        /* this request gets a 401; 0: none */
    int trouble;       /* this request says, with a 200 and items, that it
                          failed; 0: none */
    int busy;          /* and that it can be tried again */
    int change;        /* after a request that broke off the ids are others */
    int markers;       /* the parameter is an id, not a number */
    const char *other; /* a document instead of every page; NULL: none */
    int together;      /* so many answers wait for each other; 0: none */
    const char *host;  /* of links; NULL: none */
    atomic_int inside;
    atomic_int most_inside;
} provider;

/* The number after that name in the query; otherwise the fallback. */
static int
number_of(const web_asked *asked, const char *name, int fallback)
{
    char begin[64];
    const char *at;

    (void)snprintf(begin, sizeof begin, "%s=", name);
    at = strstr(asked->target, begin);
    return at == NULL ? fallback : atoi(at + strlen(begin));
}

static void
write_page(char *page, const provider *self, int from, int number)
{
    int to = from + self->size < self->total ? from + self->size : self->total;
    size_t length = 0;
    int base = self->change != 0 && number > self->fail ? 100000 : 0;

    length += (size_t)snprintf(page, PAGE_MAX, "{\"items\": [");
    for (int i = from; i < to; i++) {
        length +=
            (size_t)snprintf(page + length, PAGE_MAX - length,
                             "%s{\"id\": %d, \"name\": \"n%d\"}",
                             i == from ? "" : ",\n ", base + i + 1, i + 1);
    }
    length += (size_t)snprintf(
        page + length, PAGE_MAX - length,
        "], \"meta\": {\"total\": %d, \"next\": ", self->total);
    length += (size_t)snprintf(page + length, PAGE_MAX - length,
                               to < self->total ? "\"c%d\"" : "null", to);
    length +=
        (size_t)snprintf(page + length, PAGE_MAX - length, "}, \"links\": {");
    if (to < self->total) {
        length += (size_t)snprintf(page + length, PAGE_MAX - length,
                                   "\"next\": \"%s/nodes?from=%d\"",
                                   self->host == NULL ? "" : self->host, to);
    }
    (void)snprintf(page + length, PAGE_MAX - length, "}}");
}

/* Where the page that is asked for begins, by whichever parameter. */
static int
beginning(const provider *self, const web_asked *asked)
{
    int from = self->markers != 0
                   ? number_of(asked, "page", 0)
                   : (number_of(asked, "page", 1) - 1) * self->size;

    if (strstr(asked->target, "page=c") != NULL) {
        from = atoi(strstr(asked->target, "page=c") + 6);
    }
    return number_of(asked, "from", from);
}

static void
provide(void *user, const web_asked *asked, web_channel *channel)
{
    provider *self = user;
    char *page = malloc(PAGE_MAX);
    int from = beginning(self, asked);
    int now = atomic_fetch_add(&self->inside, 1) + 1;
    int most = atomic_load(&self->most_inside);

    while (now > most &&
           !atomic_compare_exchange_weak(&self->most_inside, &most, now)) {
    }
    assert_non_null(page);
    from = self->repeat != 0 && from > self->repeat * self->size
               ? self->repeat * self->size
               : from;
    write_page(page, self, from, asked->number);
    for (int i = 0; asked->number > 1 && i < PATIENCE &&
                    atomic_load(&self->most_inside) < self->together;
         i++) {
        (void)channel_pause(channel, 5);
    }
    (void)channel_pause(channel, self->delay);
    (void)atomic_fetch_sub(&self->inside, 1);
    if (asked->number == self->refuse) {
        channel_answer(channel, 401, JSON,
                       "{\"error\": {\"message\": \"token expired\"}}");
    } else if (asked->number == self->fail) {
        char head[128];

        (void)snprintf(head, sizeof head,
                       "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n",
                       strlen(page));
        (void)channel_puts(channel, head);
        (void)channel_send(channel, page, strlen(page) / 2);
        (void)channel_pause(channel, 50);
        channel_close(channel);
    } else {
        if (asked->number == self->trouble) {
            size_t length = strlen(page) - 1;

            (void)snprintf(page + length, PAGE_MAX - length,
                           ", \"error\": {\"code\": \"T-1\", \"message\": "
                           "\"not all of it\", \"retryable\": %s}}",
                           self->busy != 0 ? "true" : "false");
        }
        channel_answer(channel, 200, JSON,
                       self->other != NULL ? self->other : page);
    }
    free(page);
}

/* ---- looking at what is listed
 * ------------------------------------------------
 */

typedef struct seen {
    int count;
    int next;
} seen;

static bool
see(void *user, pileus_node *node)
{
    seen *self = user;

    assert_int_equal(atoi(pileus_node_id(node)), self->next);
    self->count++;
    self->next++;
    return true;
}

/* List all; returns how it came out, and how many came in order. */
static pileus_code
list_all(int *count, pileus_connection *conn, pileus_error **err)
{
    seen self = {0, 1};
    pileus_code code = pileus_node_each(conn, NULL, see, &self, NULL, err);

    *count = self.count;
    return code;
}

static void
check_all(provider *self, const char *pages, const char *size, int requests)
{
    web_server *server = server_start(provide, self, NULL, NULL);
    pileus_connection *conn =
        open_web(server_url(server), "pages", pages, "size", size);
    pileus_error *err = NULL;
    int count = 0;

    expect_ok(list_all(&count, conn, &err), err);
    assert_int_equal(count, self->total);
    assert_int_equal(server_requests(server), requests);
    pileus_connection_unref(conn);
    server_stop(server);
}

/* ---- suites
 * ---------------------------------------------------------------------
 */

static void
test_whole(void **state)
{
    provider self = {.total = 40, .size = 40};

    (void)state;
    check_all(&self, "none", "0", 1);
}

static void
test_numbers(void **state)
{
    provider self = {.total = 45, .size = 10};
    provider even = {.total = 40, .size = 10};
    provider empty = {.total = 0, .size = 10};

    (void)state;
    check_all(&self, "number", "10", 5);
    check_all(&even, "number", "10", 5); /* only an empty page ends it */
    check_all(&empty, "number", "10", 1);
}

static void
test_total(void **state)
{
    provider self = {.total = 95, .size = 5, .delay = 5, .together = 8};
    provider even = {.total = 40, .size = 10};

    (void)state;
    check_all(&self, "total", "5", 19);
    assert_int_equal(atomic_load(&self.most_inside), 8);
    check_all(&even, "total", "10", 4);
}

/* A provider that allows smaller pages only. */
static void
test_smaller_pages(void **state)
{
    provider self = {.total = 42, .size = 5};

    (void)state;
    check_all(&self, "total", "100", 9);
}

static void
test_marker(void **state)
{
    provider self = {.total = 25, .size = 10, .markers = 1};
    provider even = {.total = 20, .size = 10, .markers = 1};

    (void)state;
    check_all(&self, "marker", "10", 3);
    check_all(&even, "marker", "10", 3);
}

static void
test_cursor_and_link(void **state)
{
    provider self = {.total = 35, .size = 10};

    (void)state;
    check_all(&self, "cursor", "0", 4);
    check_all(&self, "link", "0", 4);
}

static void
test_one_connection(void **state)
{
    provider self = {.total = 90, .size = 10};
    web_server *server = server_start(provide, &self, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), "pages", "cursor");
    pileus_error *err = NULL;
    int count = 0;

    (void)state;
    expect_ok(list_all(&count, conn, &err), err);
    assert_int_equal(server_connections(server), 1);
    pileus_connection_unref(conn);
    server_stop(server);
}

static void
check_loop(const char *pages)
{
    provider self = {.total = 60, .size = 10, .repeat = 2};
    web_server *server = server_start(provide, &self, NULL, NULL);
    pileus_connection *conn =
        open_web(server_url(server), "pages", pages, "size", "10");
    pileus_error *err = NULL;
    pileus_list *list = NULL;

    assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                     PILEUS_PROTOCOL);
    assert_null(list);
    assert_in_range(server_requests(server), 4, 9);
    expect_error(&err, PILEUS_PROTOCOL, "the same page again");
    pileus_connection_unref(conn);
    server_stop(server);
}

static void
test_loop(void **state)
{
    (void)state;
    check_loop("number");
    check_loop("cursor");
    check_loop("link");
}

/* Links may lead within the endpoint's origin only. */
static void
test_links(void **state)
{
    provider self = {.total = 20, .size = 10, .host = "https://evil.example"};
    web_server *server = server_start(provide, &self, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), "pages", "link");
    pileus_error *err = NULL;
    int count = 0;

    (void)state;
    assert_int_equal(list_all(&count, conn, &err), PILEUS_PROTOCOL);
    assert_int_equal(count, 10);
    expect_error(&err, PILEUS_PROTOCOL,
                 "evil.example:443, which is not where the endpoint is");
    self.host = server_url(server);
    expect_ok(list_all(&count, conn, &err), err);
    assert_int_equal(count, 20);
    pileus_connection_unref(conn);
    server_stop(server);
}

static void
test_refused_in_the_middle(void **state)
{
    provider self = {.total = 35, .size = 10, .refuse = 3};
    web_server *server = server_start(provide, &self, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), "pages", "cursor");
    pileus_error *err = NULL;
    int count = 0;

    (void)state;
    assert_int_equal(list_all(&count, conn, &err), PILEUS_AUTHENTICATION);
    assert_int_equal(count, 20);
    expect_error(&err, PILEUS_AUTHENTICATION,
                 "401 Unauthorized (token expired): check the credentials");
    pileus_connection_unref(conn);
    server_stop(server);
}

/* A page that breaks off is asked for again, and no node comes twice. */
static void
test_broken_in_the_middle(void **state)
{
    provider self = {.total = 350, .size = 100, .fail = 2};
    provider other = {.total = 350, .size = 100, .fail = 2, .change = 1};
    web_server *server;
    pileus_connection *conn;
    pileus_error *err = NULL;
    int count = 0;

    (void)state;
    check_all(&self, "cursor", "0", 5);
    server = server_start(provide, &other, NULL, NULL);
    conn = open_web(server_url(server), "pages", "cursor");
    assert_int_equal(list_all(&count, conn, &err), PILEUS_UNAVAILABLE);
    assert_in_range(count, 101, 199);
    assert_true(pileus_error_retryable(err));
    expect_error(&err, PILEUS_UNAVAILABLE, "has changed since: list again");
    pileus_connection_unref(conn);
    server_stop(server);
}

static bool
stop_after_five(void *user, pileus_node *node)
{
    int *count = user;

    (void)node;
    return ++*count < 5;
}

static void
test_enough(void **state)
{
    provider self = {.total = 400, .size = 10};
    web_server *server = server_start(provide, &self, NULL, NULL);
    pileus_connection *conn =
        open_web(server_url(server), "pages", "total", "size", "10");
    pileus_error *err = NULL;
    int count = 0;

    (void)state;
    expect_ok(pileus_node_each(conn, NULL, stop_after_five, &count, NULL, &err),
              err);
    assert_int_equal(count, 5);
    pileus_connection_unref(conn);
    server_stop(server);
}

/* An error inside an answer of 200 is seen by a driver that looks at all. */
static void
test_trouble(void **state)
{
    provider self = {.total = 25, .size = 10, .trouble = 2};
    web_server *server = server_start(provide, &self, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), "pages", "number",
                                       "size", "10", "look", "true");
    pileus_error *err = NULL;
    int count = 0;

    (void)state;
    assert_int_equal(list_all(&count, conn, &err), PILEUS_FAILED);
    assert_string_equal(pileus_error_provider_code(err), "T-1");
    assert_non_null(strstr(pileus_error_message(err), "not all of it"));
    assert_int_equal(server_requests(server), 2);
    pileus_error_free(err);
    pileus_connection_unref(conn);
    server_stop(server);
}

/* It is asked for again when it says so, and nothing is handed out twice. */
static void
test_busy(void **state)
{
    provider self = {.total = 25, .size = 10, .trouble = 2, .busy = 1};
    web_server *server = server_start(provide, &self, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), "pages", "number",
                                       "size", "10", "look", "true");
    pileus_error *err = NULL;
    int count = 0;

    (void)state;
    expect_ok(list_all(&count, conn, &err), err);
    assert_int_equal(count, 25);
    assert_int_equal(server_requests(server), 4);
    pileus_connection_unref(conn);
    server_stop(server);
}

/* One that was not asked for is no empty list. */
static void
test_other_document(void **state)
{
    static const struct {
        const char *document;
        pileus_code code;
    } rows[] = {
        {"{\"items\": []}", PILEUS_OK},
        {"{\"items\": null}", PILEUS_OK},
        {"{}", PILEUS_PROTOCOL},
        {"{\"item\": [], \"itemss\": []}", PILEUS_PROTOCOL},
        {"{\"meta\": {\"items\": []}}", PILEUS_PROTOCOL},
        {"[]", PILEUS_PROTOCOL},
        {"[{\"items\": []}]", PILEUS_PROTOCOL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        provider self = {.size = 10, .other = rows[i].document};
        web_server *server = server_start(provide, &self, NULL, NULL);
        pileus_connection *conn = open_web(server_url(server), "retries", "0");
        pileus_error *err = NULL;
        int count = 0;

        assert_int_equal(list_all(&count, conn, &err), rows[i].code);
        assert_int_equal(count, 0);
        if (rows[i].code != PILEUS_OK) {
            expect_error(&err, rows[i].code, "has no 'items': check");
        }
        pileus_connection_unref(conn);
        server_stop(server);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_total),
        cmocka_unit_test(test_smaller_pages),
        cmocka_unit_test(test_marker),
        cmocka_unit_test(test_cursor_and_link),
        cmocka_unit_test(test_one_connection),
        cmocka_unit_test(test_loop),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_refused_in_the_middle),
        cmocka_unit_test(test_broken_in_the_middle),
        cmocka_unit_test(test_enough),
        cmocka_unit_test(test_trouble),
        cmocka_unit_test(test_busy),
        cmocka_unit_test(test_other_document),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
