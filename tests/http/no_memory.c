/* Memory that runs out while drivers speak HTTP: the n-th allocation fails, for
 * every n, while a recording is opened, pages are listed, a node is created and
 * an error explained, all of it traced and recorded. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/alloc.h"
#include "tests/http/web.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char directory[] = "/tmp/pileus-memory-XXXXXX";
static struct {
    const char *pages; /* how they are asked for, */
    const char *size;  /* of how many items, */
    size_t count;      /* and how many those are together */
} way;
static char replayed[64];
static char recorded[64];

#define EXCHANGE(method, path, query, body, status, answer)                    \
    "{\"request\": {\"method\": \"" method "\", \"path\": \"" path             \
    "\", \"query\": " query ", \"body\": \"" body                              \
    "\"}, \"response\": {\"status\": " status                                  \
    ", \"headers\": {\"X-Request-Id\": \"r\"}, \"body\": \"" answer "\"}}\n"
#define ITEM(id)                                                               \
    "{\\\"id\\\": " id ", \\\"name\\\": \\\"a name that is rather long\\\"}"

static const char recording[] = EXCHANGE(
    "GET", "/nodes", "{\"limit\": 2}", "", "200",
    "{\\\"items\\\": [" ITEM("1") ", " ITEM(
        "2") "], \\\"meta\\\": {\\\"next\\\": \\\"c\\\"}}")
    EXCHANGE("GET", "/nodes", "{\"limit\": 2, \"page\": \"c\"}", "", "200",
             "{\\\"items\\\": [" ITEM("3") "], \\\"meta\\\": {}}")
        EXCHANGE("GET", "/nodes", "{\"limit\": 1}", "", "200",
                 "{\\\"items\\\": [" ITEM("1") "]}")
            EXCHANGE("GET", "/nodes", "{\"limit\": 1, \"page\": \"1\"}", "",
                     "200", "{\\\"items\\\": [" ITEM("2") "]}")
                EXCHANGE("GET", "/nodes", "{\"limit\": 1, \"page\": \"2\"}", "",
                         "200", "{\\\"items\\\": []}")
                    EXCHANGE("POST", "/nodes", "{}", "x", "201", ITEM("4"))
                        EXCHANGE(
                            "DELETE", "/nodes/4", "{}", "", "409",
                            "{\\\"error\\\": {\\\"code\\\": \\\"locked\\\", "
                            "\\\"message\\\": \\\"wait for it\\\"}}");

static void
ignore(void *user, const char *text)
{
    (void)user;
    (void)text;
}

static pileus_code
connect_web(pileus_connection **conn, pileus_error **err)
{
    const char *const pairs[][2] = {
        {"endpoint", "https://nowhere.invalid"},
        {"token", "one-of-mine"},
        {"pages", way.pages},
        {"size", way.size},
        {"retries", "0"},
    };
    pileus_context *ctx = NULL;
    pileus_options *options = NULL;
    pileus_code code = pileus_context_new(&ctx, err);

    if (code == PILEUS_OK) {
        code = pileus_context_add_directory(ctx, BUILDDIR "/tests/http/drivers",
                                            err);
    }
    if (code == PILEUS_OK) {
        pileus_context_set_trace(ctx, ignore, NULL);
        code = pileus_context_set_replay(ctx, directory, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_context_set_record(ctx, recorded, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_options_new(&options, err);
    }
    for (size_t i = 0; code == PILEUS_OK && i < sizeof pairs / sizeof pairs[0];
         i++) {
        code = pileus_options_set(options, pairs[i][0], pairs[i][1], err);
    }
    if (code == PILEUS_OK) {
        code = pileus_connection_open(conn, ctx, "web", options, NULL, err);
    }
    pileus_options_free(options);
    pileus_context_unref(ctx);
    return code;
}

static pileus_code
create_and_destroy(pileus_connection *conn, pileus_error **err)
{
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_code code = pileus_node_spec_new(&spec, err);

    if (code == PILEUS_OK) {
        code = pileus_node_spec_set_name(spec, "web", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_create(&node, conn, spec, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_destroy(node, 0, NULL, err);
    }
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
    return code;
}

/* PILEUS_CONFLICT at the end, as recorded. */
static pileus_code
use(pileus_error **err)
{
    pileus_connection *conn = NULL;
    pileus_list *nodes = NULL;
    pileus_code code = connect_web(&conn, err);

    if (code == PILEUS_OK) {
        code = pileus_node_list(&nodes, conn, NULL, NULL, err);
    }
    if (code == PILEUS_OK) {
        assert_int_equal(pileus_list_count(nodes), way.count);
        code = create_and_destroy(conn, err);
    }
    pileus_list_free(nodes);
    pileus_connection_unref(conn);
    return code;
}

/* ---- failing --------------------------------------------------------------
 */

static long left;
static long failed;
static bool all_later;

static int
allow(void)
{
    if (left > 0 || (failed > 0 && !all_later)) {
        left--;
        return 1;
    }
    failed++;
    return 0;
}

static void
fail_each_way(bool later)
{
    long n = 0;

    do {
        pileus_error *err = NULL;
        pileus_code code;

        left = n;
        failed = 0;
        all_later = later;
        pil__alloc_hook = allow;
        code = use(&err);
        pil__alloc_hook = NULL;
        /* What only a trace or a recording lacks does not fail a call. */
        if (code != PILEUS_CONFLICT && code != PILEUS_NO_MEMORY) {
            print_error("allocation %ld: %s: %s\n", n, pileus_code_name(code),
                        pileus_error_message(err));
        }
        assert_true(code == PILEUS_CONFLICT || code == PILEUS_NO_MEMORY);
        assert_true(code == PILEUS_NO_MEMORY || failed == 0 || !later);
        pileus_error_free(err);
        n++;
    } while (failed > 0);
    assert_true(n > 200);
}

static void
fail_each(bool later)
{
    way.pages = "cursor";
    way.size = "2";
    way.count = 3;
    fail_each_way(later);
    way.pages = "marker";
    way.size = "1";
    way.count = 2;
    fail_each_way(later);
}

static void
test_one_fails(void **state)
{
    (void)state;
    fail_each(false);
}

static void
test_all_fail_from_then_on(void **state)
{
    (void)state;
    fail_each(true);
}

static int
begin(void **state)
{
    FILE *out;

    (void)state;
    if (mkdtemp(directory) == NULL) {
        return -1;
    }
    (void)snprintf(replayed, sizeof replayed, "%s/exchanges.jsonl", directory);
    (void)snprintf(recorded, sizeof recorded, "%s/recorded", directory);
    out = fopen(replayed, "w");
    return out == NULL || fputs(recording, out) < 0 || fclose(out) != 0 ? -1
                                                                        : 0;
}

static int
end(void **state)
{
    char file[96];

    (void)state;
    (void)snprintf(file, sizeof file, "%s/exchanges.jsonl", recorded);
    (void)unlink(file);
    (void)rmdir(recorded);
    (void)unlink(replayed);
    return rmdir(directory);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_fails),
        cmocka_unit_test(test_all_fail_from_then_on),
    };

    return cmocka_run_group_tests_name("no memory over HTTP", tests, begin,
                                       end);
}
