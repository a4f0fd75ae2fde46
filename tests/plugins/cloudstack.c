/* The CloudStack driver against a provider of its own: what it lists and gets.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/cloudstack_support.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- listing --------------------------------------------------------------
 */

static pileus_code
list_snapshots(pileus_list **list, pileus_connection *conn,
               const pileus_query *query, pileus_call *call, pileus_error **err)
{
    return pileus_snapshot_list(list, conn, NULL, query, call, err);
}

static const struct {
    const char *command;
    pileus_code (*list)(pileus_list **list, pileus_connection *conn,
                        const pileus_query *query, pileus_call *call,
                        pileus_error **err);
    const char *inside; /* the name of the list in the answer */
} listings[] = {
    {"listVirtualMachines", pileus_node_list, "virtualmachine"},
    {"listServiceOfferings", pileus_size_list, "serviceoffering"},
    {"listTemplates", pileus_image_list, "template"},
    {"listZones", pileus_location_list, "zone"},
    {"listVolumes", pileus_volume_list, "volume"},
    {"listSnapshots", list_snapshots, "snapshot"},
    {"listSSHKeyPairs", pileus_key_pair_list, "sshkeypair"},
};

#define LISTINGS (sizeof listings / sizeof listings[0])

static void
test_listings(void **state)
{
    cloudstack_mock *mock = mock_start(2);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    for (size_t i = 0; i < LISTINGS; i++) {
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        expect_ok(listings[i].list(&list, conn, NULL, NULL, &err), err);
        assert_int_equal(pileus_list_count(list), 2);
        pileus_list_free(list);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* An error is one in an answer of 200, too. */
static void
test_listings_refused(void **state)
{
    cloudstack_mock *mock = mock_start(2);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    for (size_t i = 0; i < 2 * LISTINGS; i++) {
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        mock->refuse.command = listings[i % LISTINGS].command;
        mock->refuse.status = i < LISTINGS ? 531 : 200;
        mock->refuse.number = 531;
        mock->refuse.words = "that is for others";
        assert_int_equal(
            listings[i % LISTINGS].list(&list, conn, NULL, NULL, &err),
            PILEUS_PERMISSION);
        assert_string_equal(pileus_error_provider_code(err), "531");
        assert_string_equal(pileus_error_provider_message(err),
                            "that is for others");
        assert_null(list);
        pileus_error_free(err);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Answers that make no sense are said to make none. */
static void
test_listings_hostile(void **state)
{
    static const struct {
        const char *begin;
        const char *end; /* the list's name is between */
        pileus_code code;
    } answers[] = {
        {"", NULL, PILEUS_PROTOCOL},
        {"<html><title>Gone</title>", NULL, PILEUS_PROTOCOL},
        {"{\"%s\": {\"", "\": [17]}}", PILEUS_PROTOCOL},
        {"{\"%s\": {\"", "\": [{}]}}", PILEUS_PROTOCOL},
        {"{\"%s\": {\"", "\": [{\"id\": {}, \"name\": []}]}}", PILEUS_PROTOCOL},
        {"{\"%s\": {\"", "\": {\"id\": \"1\"}}}", PILEUS_PROTOCOL},
        {"{\"%s\": {\"count\": 2, \"", "\": [{\"id\": \"1\", \"name\": \"n\"}",
         PILEUS_PROTOCOL},
        {"{\"%s\": {\"count\": \"many\", \"", "\": []}}", PILEUS_OK},
        {"{\"%s\": {\"count\": -1, \"", "\": null}}", PILEUS_OK},
        {"{\"%s\": {}}", NULL, PILEUS_OK},
        {"{\"%s\": {\"",
         "\": [{\"id\": 1, \"name\": \"n\", \"state\": [], "
         "\"nic\": 7, \"tags\": {}, \"created\": \"then\", "
         "\"size\": -1, \"memory\": \"much\"}]}}",
         PILEUS_OK},
        {"{\"%s\": {\"errorcode\": {}, \"errortext\": 7}}", NULL, PILEUS_OK},
    };
    cloudstack_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    for (size_t i = 0; i < LISTINGS * (sizeof answers / sizeof answers[0]);
         i++) {
        size_t a = i / LISTINGS;
        size_t l = i % LISTINGS;
        const char *rest = strstr(answers[a].begin, "%s");
        char body[512] = "";
        pileus_list *list = NULL;
        pileus_error *err = NULL;
        pileus_code code;

        if (rest == NULL) {
            (void)snprintf(body, sizeof body, "%s", answers[a].begin);
        } else {
            char name[64];

            (void)snprintf(name, sizeof name, "%sresponse",
                           listings[l].command);
            for (char *c = name; *c != '\0'; c++) {
                *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
            }
            (void)snprintf(body, sizeof body, "{\"%s%s%s%s", name, rest + 2,
                           answers[a].end == NULL ? "" : listings[l].inside,
                           answers[a].end == NULL ? "" : answers[a].end);
        }
        mock->raw_command = listings[l].command;
        mock->raw = body;
        code = listings[l].list(&list, conn, NULL, NULL, &err);
        if (code != answers[a].code) {
            print_error("%s: %s\n", body, pileus_error_message(err));
        }
        assert_int_equal(code, answers[a].code);
        pileus_list_free(list);
        pileus_error_free(err);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static bool
count(void *user, pileus_node *node)
{
    int *seen = user;
    char name[32];

    (*seen)++;
    (void)snprintf(name, sizeof name, "n%d", *seen);
    assert_string_equal(pileus_node_name(node), name);
    return true;
}

/* Each once, and in order. */
static void
test_pages(void **state)
{
    static const int sizes[] = {0, 1, 500, 501, 1201};

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        cloudstack_mock *mock = mock_start(sizes[i]);
        pileus_connection *conn = connect_to(mock);
        pileus_error *err = NULL;
        int seen = 0;

        expect_ok(pileus_node_each(conn, NULL, count, &seen, NULL, &err), err);
        assert_int_equal(seen, sizes[i]);
        pileus_connection_unref(conn);
        mock_stop(mock);
    }
}

/* What came before the keys were refused has come, and the rest does not end
 * the listing in silence. */
static void
test_refused_in_the_middle(void **state)
{
    cloudstack_mock *mock = mock_start(1201);
    pileus_connection *conn = connect_to(mock);
    pileus_error *err = NULL;
    int seen = 0;

    (void)state;
    mock->refuse.command = "listVirtualMachines";
    mock->refuse.page = 2;
    mock->refuse.status = 401;
    mock->refuse.number = 401;
    mock->refuse.words = "unable to verify user credentials";
    assert_int_equal(pileus_node_each(conn, NULL, count, &seen, NULL, &err),
                     PILEUS_AUTHENTICATION);
    assert_int_equal(seen, 500);
    assert_int_equal(pileus_error_status(err), 401);
    pileus_error_free(err);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- one of them ------------------------------------------------------------
 */

/* Get each kind by that id; they are all there, or none is. */
static void
get_all(pileus_connection *conn, const char *const ids[5], pileus_code wanted)
{
    pileus_node *node = NULL;
    pileus_image *image = NULL;
    pileus_volume *volume = NULL;
    pileus_snapshot *snapshot = NULL;
    pileus_key_pair *pair = NULL;
    pileus_error *errs[5] = {NULL};
    const size_t end = PILEUS_NUL_TERMINATED;

    assert_int_equal(pileus_node_get(&node, conn, ids[0], end, NULL, &errs[0]),
                     wanted);
    assert_int_equal(
        pileus_image_get(&image, conn, ids[1], end, NULL, &errs[1]), wanted);
    assert_int_equal(
        pileus_volume_get(&volume, conn, ids[2], end, NULL, &errs[2]), wanted);
    assert_int_equal(
        pileus_snapshot_get(&snapshot, conn, ids[3], end, NULL, &errs[3]),
        wanted);
    assert_int_equal(pileus_key_pair_get(&pair, conn, ids[4], NULL, &errs[4]),
                     wanted);
    if (wanted == PILEUS_OK) {
        assert_string_equal(pileus_node_id(node), ids[0]);
        assert_string_equal(pileus_image_id(image), ids[1]);
        assert_string_equal(pileus_volume_id(volume), ids[2]);
        assert_string_equal(pileus_snapshot_id(snapshot), ids[3]);
        assert_string_equal(pileus_key_pair_name(pair), ids[4]);
    }
    for (size_t i = 0; i < 5; i++) {
        pileus_error_free(errs[i]);
    }
    pileus_node_unref(node);
    pileus_image_unref(image);
    pileus_volume_unref(volume);
    pileus_snapshot_unref(snapshot);
    pileus_key_pair_unref(pair);
}

static void
test_gets(void **state)
{
    cloudstack_mock *mock = mock_start(3);
    pileus_connection *conn = connect_to(mock);
    const char *const ids[] = {
        mock_named(mock, MOCK_NODE, "n2")->id,
        mock_named(mock, MOCK_TEMPLATE, "fedora")->id,
        mock_named(mock, MOCK_VOLUME, "data")->id,
        mock_named(mock, MOCK_SNAPSHOT, "s2")->id,
        "yours",
    };
    const char *const none[] = {"none", "none", "none", "none", "none"};

    (void)state;
    get_all(conn, ids, PILEUS_OK);
    get_all(conn, none, PILEUS_NOT_FOUND);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* An answer with another one than was asked for has none. */
static void
test_gets_another(void **state)
{
    static const char *const answers[][2] = {
        {"listVirtualMachines",
         "{\"listvirtualmachinesresponse\": {\"count\": 1, "
         "\"virtualmachine\": [{\"id\": \"another\"}]}}"},
        {"listTemplates", "{\"listtemplatesresponse\": {\"count\": 1, "
                          "\"template\": [{\"id\": \"another\"}]}}"},
        {"listVolumes", "{\"listvolumesresponse\": {\"count\": 1, "
                        "\"volume\": [{\"id\": \"another\"}]}}"},
        {"listSnapshots", "{\"listsnapshotsresponse\": {\"count\": 1, "
                          "\"snapshot\": [{\"id\": \"another\"}]}}"},
        {"listSSHKeyPairs", "{\"listsshkeypairsresponse\": {\"count\": 1, "
                            "\"sshkeypair\": [{\"name\": \"another\"}]}}"},
    };
    cloudstack_mock *mock = mock_start(3);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        /* A node's rules are looked for first, and so it has to be there. */
        const char *const ids[] = {i == 0 ? "virtualmachine-1" : "none", "none",
                                   "none", "none", "none"};

        mock->raw_command = answers[i][0];
        mock->raw = answers[i][1];
        get_all(conn, ids, PILEUS_NOT_FOUND);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_node(void **state)
{
    cloudstack_mock *mock = mock_start(2);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = get_node(conn, "virtualmachine-1");
    const pileus_value *rules =
        pileus_value_get(pileus_node_extra(node), "port_forwarding_rules");

    (void)state;
    assert_string_equal(pileus_node_name(node), "n1");
    assert_int_equal(pileus_node_public_ip_count(node), 1);
    assert_string_equal(pileus_node_public_ip(node, 0), "192.0.2.1");
    assert_int_equal(pileus_node_private_ip_count(node), 1);
    assert_string_equal(pileus_node_private_ip(node, 0), "10.1.1.7");
    assert_int_equal(pileus_value_count(rules), 1);
    pileus_node_unref(node);
    node = get_node(conn, "virtualmachine-2");
    assert_int_equal(pileus_node_public_ip_count(node), 0);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* A role that may not list addresses lists nodes; any other failure is one. */
static void
test_facts_refused(void **state)
{
    static const char *const commands[] = {"listPublicIpAddresses",
                                           "listPortForwardingRules",
                                           "listIpForwardingRules"};
    static const struct {
        int number;
        pileus_code code;
    } refusals[] = {{432, PILEUS_OK}, {531, PILEUS_OK}, {530, PILEUS_FAILED}};
    cloudstack_mock *mock = mock_start(2);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    for (size_t i = 0; i < 9; i++) {
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        mock->refuse.command = commands[i % 3];
        mock->refuse.status = refusals[i / 3].number;
        mock->refuse.number = refusals[i / 3].number;
        mock->refuse.words = "no";
        assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                         refusals[i / 3].code);
        if (list != NULL) {
            assert_int_equal(pileus_list_count(list), 2);
            assert_int_equal(
                pileus_node_public_ip_count(pileus_list_node(list, 0)),
                i % 3 == 0 ? 0 : 1);
        }
        pileus_list_free(list);
        pileus_error_free(err);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_states(void **state)
{
    static const struct {
        const char *word;
        pileus_state state;
    } states[] = {
        {"Running", PILEUS_STATE_RUNNING},
        {"Stopped", PILEUS_STATE_STOPPED},
        {"Shutdown", PILEUS_STATE_STOPPED},
        {"Starting", PILEUS_STATE_STARTING},
        {"Stopping", PILEUS_STATE_STOPPING},
        {"Migrating", PILEUS_STATE_MIGRATING},
        {"Destroyed", PILEUS_STATE_TERMINATED},
        {"Expunging", PILEUS_STATE_TERMINATED},
        {"Error", PILEUS_STATE_ERROR},
        {"Restoring", PILEUS_STATE_RECONFIGURING},
        {"Dancing", PILEUS_STATE_UNKNOWN},
    };
    cloudstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        pileus_node *node;

        (void)snprintf(mock->things[0].state, sizeof mock->things[0].state,
                       "%s", states[i].word);
        node = get_node(conn, "virtualmachine-1");
        assert_int_equal(pileus_node_state(node), states[i].state);
        assert_string_equal(pileus_node_provider_state(node), states[i].word);
        pileus_node_unref(node);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- signatures -------------------------------------------------------------
 */

static void
expect_list(const cloudstack_mock *mock, const char *option, const char *value,
            pileus_code wanted)
{
    pileus_connection *conn = connect_with(mock, option, value);
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    assert_int_equal(pileus_location_list(&list, conn, NULL, NULL, &err),
                     wanted);
    pileus_list_free(list);
    pileus_error_free(err);
    pileus_connection_unref(conn);
}

/* Signatures are good for ten minutes; those of old for ever. */
static void
test_signature(void **state)
{
    cloudstack_mock *mock = mock_start(1);

    (void)state;
    expect_list(mock, "secret", "another", PILEUS_AUTHENTICATION);
    expect_list(mock, "key", "another", PILEUS_AUTHENTICATION);
    expect_list(mock, "signature-version", "none", PILEUS_AUTHENTICATION);
    mock->ahead = 500;
    expect_list(mock, "signature-version", "3", PILEUS_OK);
    mock->ahead = 620;
    expect_list(mock, "signature-version", "3", PILEUS_AUTHENTICATION);
    mock->eternal = true;
    expect_list(mock, "signature-version", "3", PILEUS_AUTHENTICATION);
    expect_list(mock, "signature-version", "none", PILEUS_OK);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_listings),
        cmocka_unit_test(test_listings_refused),
        cmocka_unit_test(test_listings_hostile),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_refused_in_the_middle),
        cmocka_unit_test(test_gets),
        cmocka_unit_test(test_gets_another),
        cmocka_unit_test(test_node),
        cmocka_unit_test(test_facts_refused),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_signature),
    };

    return cmocka_run_group_tests_name("plugins/cloudstack", tests, NULL, NULL);
}
