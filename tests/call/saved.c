/* Objects as bytes: saved, and taken up again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/alloc.h"
#include "tests/support/probe.h"
#include "tests/support/store.h"

#include <string.h>

/* ---- what all do ----------------------------------------------------------
 */

static pileus_list *
load(pileus_connection *conn, const char *saved)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_list_load(&list, conn, saved, PILEUS_NUL_TERMINATED, &err),
              err);
    return list;
}

/* What was saved gives objects that are saved as the very same text. */
static void
expect_same_again(pileus_connection *conn, const pileus_text *saved)
{
    pileus_list *list = load(conn, pileus_text_data(saved, NULL));
    pileus_text *again = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_list_save(&again, list, &err), err);
    assert_string_equal(pileus_text_data(again, NULL),
                        pileus_text_data(saved, NULL));
    pileus_text_free(again);
    pileus_list_free(list);
}

static void
expect_refused(const char *saved, const char *reason)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    assert_int_equal(
        pileus_list_load(&list, conn, saved, PILEUS_NUL_TERMINATED, &err),
        PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, reason);
    assert_null(list);
    pileus_connection_unref(conn);
}

/* ---- there and back -------------------------------------------------------
 */

static void
test_a_node(void **state)
{
    pileus_connection *one = open_probe("probe", NULL);
    pileus_connection *two = open_probe("probe", NULL);
    pileus_node *node = first_node(one);
    pileus_node *taken;
    pileus_list *list;
    pileus_text *saved = NULL;
    pileus_error *err = NULL;
    size_t size = 0;
    uint32_t format = 0;

    (void)state;
    expect_ok(pileus_node_save(&saved, node, &err), err);
    list = load(two, pileus_text_data(saved, NULL));
    assert_int_equal(pileus_list_count(list), 1);
    taken = pileus_node_ref(pileus_list_node(list, 0));
    pileus_list_free(list);
    assert_string_equal(pileus_node_id(taken), pileus_node_id(node));
    assert_string_equal(pileus_node_uuid(taken), pileus_node_uuid(node));
    assert_ptr_equal(pileus_node_connection(taken), two);
    assert_memory_equal(pileus_node_blob(taken, &size, &format), "opaque", 6);
    assert_int_equal(size, 6);
    assert_int_equal(format, 7);
    pileus_node_unref(node);
    pileus_connection_unref(one);
    expect_ok(pileus_node_reboot(taken, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(taken), PILEUS_STATE_REBOOTING);
    expect_same_again(two, saved);
    pileus_text_free(saved);
    pileus_node_unref(taken);
    pileus_connection_unref(two);
}

/* The state that a verb left is the one that is saved. */
static void
test_the_state_of_now(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_node *node = first_node(conn);
    pileus_text *saved = NULL;
    pileus_list *list;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_reboot(node, 0, NULL, &err), err);
    expect_ok(pileus_node_save(&saved, node, &err), err);
    list = load(conn, pileus_text_data(saved, NULL));
    assert_int_equal(pileus_node_state(pileus_list_node(list, 0)),
                     PILEUS_STATE_REBOOTING);
    pileus_list_free(list);
    pileus_text_free(saved);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

#define EACH_KIND(noun)                                                        \
    static void test_list_of_##noun(void **state)                              \
    {                                                                          \
        pileus_connection *conn = open_store("store", NULL);                   \
        pileus_list *list = NULL;                                              \
        pileus_text *saved = NULL;                                             \
        pileus_text *first = NULL;                                             \
        pileus_error *err = NULL;                                              \
        size_t size = 0;                                                       \
        const char *text;                                                      \
                                                                               \
        (void)state;                                                           \
        expect_ok(pileus_##noun##_list(&list, conn, NULL, NULL, &err), err);   \
        assert_true(pileus_list_count(list) > 0);                              \
        expect_ok(pileus_list_save(&saved, list, &err), err);                  \
        expect_ok(                                                             \
            pileus_##noun##_save(&first, pileus_list_##noun(list, 0), &err),   \
            err);                                                              \
        text = pileus_text_data(first, &size);                                 \
        assert_memory_equal(pileus_text_data(saved, NULL), text, size);        \
        expect_same_again(conn, saved);                                        \
        pileus_text_free(first);                                               \
        pileus_text_free(saved);                                               \
        pileus_list_free(list);                                                \
        pileus_connection_unref(conn);                                         \
    }

EACH_KIND(node)
EACH_KIND(volume)
EACH_KIND(key_pair)
EACH_KIND(image)
EACH_KIND(address)

static void
test_an_empty_list(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_list *list = load(conn, "");
    pileus_text *saved = NULL;
    pileus_error *err = NULL;
    size_t size = 1;

    (void)state;
    assert_int_equal(pileus_list_count(list), 0);
    expect_ok(pileus_list_save(&saved, list, &err), err);
    assert_string_equal(pileus_text_data(saved, &size), "");
    assert_int_equal(size, 0);
    pileus_text_free(saved);
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

/* ---- what may be in it ----------------------------------------------------
 */

#define NODE_OF_PROBE "{\"pileus\":1,\"driver\":\"probe\",\"kind\":\"node\","

/* Whole numbers of 64 bits, numbers beyond them, all shapes of values. */
static void
test_every_value(void **state)
{
    static const char saved[] = NODE_OF_PROBE
        "\"fields\":{\"1\":\"a\",\"2\":\"\xc3\xa4\",\"3\":8,\"5\":[\"10.0.0."
        "1\","
        "\"::1\"],\"7\":{\"fields\":{\"1\":\"s\",\"12\":512,\"16\":0.5},"
        "\"extra\":{\"deep\":[[{\"a\":[]}]]}},\"10\":-9223372036854775808,"
        "\"18\":{\"k\":\"v\",\"empty\":\"\"}},"
        "\"extra\":{\"none\":null,\"yes\":true,\"no\":false,"
        "\"big\":9223372036854775807,\"bigger\":184467440737095516150,"
        "\"real\":0.1,\"text\":\"\",\"list\":[1,\"2\",[],{}]}}\n";
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_list *list = load(conn, saved);
    const pileus_node *node = pileus_list_node(list, 0);
    const pileus_value *extra = pileus_node_extra(node);
    pileus_text *again = NULL;
    pileus_error *err = NULL;
    int64_t number = 0;
    double price = 0;

    (void)state;
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_SUSPENDED);
    assert_string_equal(pileus_node_public_ip(node, 1), "::1");
    assert_true(pileus_node_created_at(node, &number));
    assert_true(number == INT64_MIN);
    assert_true(pileus_size_ram(pileus_node_size(node), &number));
    assert_int_equal(number, 512);
    assert_true(pileus_size_price(pileus_node_size(node), &price));
    assert_true(price > 0.49 && price < 0.51);
    assert_string_equal(
        pileus_value_string(pileus_value_get(pileus_node_tags(node), "k")),
        "v");
    assert_true(pileus_value_integer(pileus_value_get(extra, "big"), 0) ==
                INT64_MAX);
    assert_int_equal(pileus_value_count(pileus_value_get(extra, "list")), 4);
    expect_ok(pileus_list_save(&again, list, &err), err);
    assert_non_null(
        strstr(pileus_text_data(again, NULL), "184467440737095516150"));
    expect_same_again(conn, again);
    pileus_text_free(again);
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

/* An extra as deep as it may be, of the node and of its size. */
static void
test_depth(void **state)
{
    char saved[1024] = NODE_OF_PROBE "\"fields\":{\"1\":\"a\",\"7\":{"
                                     "\"fields\":{\"1\":\"s\"},\"extra\":{"
                                     "\"deep\":";
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_list *list;
    pileus_text *again = NULL;
    pileus_error *err = NULL;

    (void)state;
    for (size_t i = 0; i + 1 < PILEUS_DEPTH_MAX; i++) {
        (void)strcat(saved, "[");
    }
    for (size_t i = 0; i + 1 < PILEUS_DEPTH_MAX; i++) {
        (void)strcat(saved, "]");
    }
    (void)strcat(saved, "}}},\"extra\":{}}\n");
    list = load(conn, saved);
    expect_ok(pileus_list_save(&again, list, &err), err);
    assert_string_equal(pileus_text_data(again, NULL), saved);
    pileus_text_free(again);
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

/* What a later library adds does not keep this one from reading the rest. */
static void
test_of_a_later_library(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_list *list =
        load(conn, NODE_OF_PROBE "\"later\":[1],\"fields\":{\"1\":\"a\","
                                 "\"999\":{\"fields\":{}},\"x\":1,\"0\":2,"
                                 "\"99999999999999999999\":3}}");

    (void)state;
    assert_string_equal(pileus_node_id(pileus_list_node(list, 0)), "a");
    assert_int_equal(
        pileus_value_count(pileus_node_extra(pileus_list_node(list, 0))), 0);
    pileus_list_free(list);
    pileus_connection_unref(conn);
    expect_refused("{\"pileus\":2,\"driver\":\"probe\"}",
                   "line 1 was saved in form 2, and this library knows 1 and "
                   "older: upgrade libpileus");
}

/* A private key is nowhere but in the handle of the create. */
static void
test_no_private_key(void **state)
{
    static const char saved[] =
        "{\"pileus\":1,\"driver\":\"store\",\"kind\":\"key pair\","
        "\"fields\":{\"1\":\"k\",\"2\":\"k\",\"22\":\"tell-nobody\"}}";
    pileus_connection *conn = open_store("store", NULL);
    pileus_key_pair *pair = NULL;
    pileus_text *text = NULL;
    pileus_list *list;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_key_pair_create(&pair, conn, "mine", NULL, &err), err);
    assert_non_null(pileus_key_pair_private_key(pair));
    expect_ok(pileus_key_pair_save(&text, pair, &err), err);
    assert_null(strstr(pileus_text_data(text, NULL), "PRIVATE"));
    list = load(conn, saved);
    assert_string_equal(pileus_key_pair_id(pileus_list_key_pair(list, 0)), "k");
    assert_null(pileus_key_pair_private_key(pileus_list_key_pair(list, 0)));
    pileus_list_free(list);
    pileus_text_free(text);
    pileus_key_pair_unref(pair);
    pileus_connection_unref(conn);
}

/* ---- what is refused ------------------------------------------------------
 */

static void
test_refused(void **state)
{
    (void)state;
    expect_refused("[]", "line 1 of what was saved is no saved object");
    expect_refused("\n{}", "line 2 of what was saved is no saved object");
    expect_refused("{\"pileus\":1", "line 1 of what was saved is no JSON");
    expect_refused("{\"pileus\":\"1\",\"driver\":\"probe\"}",
                   "is no saved object");
    expect_refused("{\"pileus\":1,\"driver\":\"store\"}",
                   "line 1 was saved of driver store, and this is a connection "
                   "of driver probe");
    expect_refused("{\"pileus\":1,\"driver\":\"probe\",\"kind\":\"galaxy\"}",
                   "is of a kind that this library does not know");
    expect_refused(NODE_OF_PROBE "\"extra\":{}}", "has no fields");
    expect_refused(NODE_OF_PROBE "\"fields\":{\"3\":\"x\"}}",
                   "has a text where a number must be");
    expect_refused(NODE_OF_PROBE "\"fields\":{\"3\":99999999999}}",
                   "holds what no driver can have given");
    expect_refused(NODE_OF_PROBE "\"fields\":{\"1\":\"a\\nb\"}}",
                   "holds what no driver can have given");
    expect_refused(NODE_OF_PROBE "\"fields\":{},\"blob\":{}}",
                   "has a blob without its format or its bytes");
    expect_refused(NODE_OF_PROBE
                   "\"fields\":{},\"blob\":{\"format\":-1,\"base64\":\"\"}}",
                   "has a blob without its format or its bytes");
    expect_refused(NODE_OF_PROBE
                   "\"fields\":{},\"blob\":{\"format\":1,\"base64\":\"?\"}}",
                   "has a blob that is no base64");
}

static void
test_something_is_missing(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_list *list = load(conn, "");
    pileus_text *saved = NULL;
    pileus_error *err = NULL;

    (void)state;
    (void)pileus_list_save(NULL, list, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs a place for the text");
    (void)pileus_list_save(&saved, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "there is no list to save");
    (void)pileus_node_save(&saved, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "there is nothing to save");
    assert_null(saved);
    pileus_list_free(list);
    list = NULL;
    (void)pileus_list_load(NULL, conn, "", 0, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give all three");
    (void)pileus_list_load(&list, NULL, "", 0, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give all three");
    (void)pileus_list_load(&list, conn, NULL, 0, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give all three");
    assert_null(list);
    pileus_connection_unref(conn);
}

/* ---- no memory ------------------------------------------------------------
 */

static pileus_code
save_and_load(void *user)
{
    pileus_node *node = user;
    pileus_text *saved = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    pileus_code code = pileus_node_save(&saved, node, &err);

    if (code == PILEUS_OK) {
        code = pileus_list_load(&list, pileus_node_connection(node),
                                pileus_text_data(saved, NULL),
                                PILEUS_NUL_TERMINATED, &err);
        assert_int_equal(code == PILEUS_OK, list != NULL);
    }
    assert_int_equal(code, pileus_error_code(err));
    pileus_error_free(err);
    pileus_list_free(list);
    pileus_text_free(saved);
    return code;
}

static void
test_no_memory(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_node *node = first_node(conn);

    (void)state;
    fail_each_allocation(save_and_load, node);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_node),
        cmocka_unit_test(test_the_state_of_now),
        cmocka_unit_test(test_list_of_node),
        cmocka_unit_test(test_list_of_volume),
        cmocka_unit_test(test_list_of_key_pair),
        cmocka_unit_test(test_list_of_image),
        cmocka_unit_test(test_list_of_address),
        cmocka_unit_test(test_an_empty_list),
        cmocka_unit_test(test_every_value),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_of_a_later_library),
        cmocka_unit_test(test_no_private_key),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_something_is_missing),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("saved", tests, NULL, NULL);
}
