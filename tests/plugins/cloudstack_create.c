/* What the CloudStack driver asks for, in each of the ways there are. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/cloudstack_support.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- errors ---------------------------------------------------------------
 */

static void
test_errors(void **state)
{
    static const struct {
        int number;
        const char *words;
        pileus_code code;
        bool retryable;
    } errors[] = {
        {401, "no", PILEUS_AUTHENTICATION, false},
        {405, "no", PILEUS_INVALID_ARGUMENT, false},
        {429, "no", PILEUS_RATE_LIMITED, true},
        {430, "no", PILEUS_INVALID_ARGUMENT, false},
        {431, "no", PILEUS_INVALID_ARGUMENT, false},
        {431, "Unable to find it", PILEUS_NOT_FOUND, false},
        {431, "it does not exist", PILEUS_NOT_FOUND, false},
        {431, "it was not found", PILEUS_NOT_FOUND, false},
        {431, "it already exists", PILEUS_CONFLICT, false},
        {431, "it is not in the right state", PILEUS_CONFLICT, false},
        {432, "no", PILEUS_NOT_SUPPORTED, false},
        {530, "no", PILEUS_FAILED, false},
        {531, "no", PILEUS_PERMISSION, false},
        {532, "no", PILEUS_QUOTA, false},
        {533, "no", PILEUS_UNAVAILABLE, true},
        {534, "no", PILEUS_UNAVAILABLE, true},
        {535, "no", PILEUS_QUOTA, false},
        {536, "no", PILEUS_CONFLICT, false},
        {537, "no", PILEUS_CONFLICT, false},
        {999, "no", PILEUS_FAILED, false},
    };
    cloudstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    for (size_t i = 0; i < 2 * (sizeof errors / sizeof errors[0]); i++) {
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        mock->refuse.command = "listZones";
        mock->refuse.number = errors[i / 2].number;
        mock->refuse.status = i % 2 == 0 ? 200 : errors[i / 2].number;
        mock->refuse.words = errors[i / 2].words;
        if (mock->refuse.status > 599) {
            continue; /* not one of HTTP's */
        }
        assert_int_equal(pileus_location_list(&list, conn, NULL, NULL, &err),
                         errors[i / 2].code);
        assert_int_equal(atoi(pileus_error_provider_code(err)),
                         errors[i / 2].number);
        assert_string_equal(pileus_error_provider_message(err),
                            errors[i / 2].words);
        assert_int_equal(pileus_error_retryable(err), errors[i / 2].retryable);
        pileus_error_free(err);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- creating ---------------------------------------------------------------
 */

static void
note(void *user, pileus_kind kind, const char *id)
{
    char *made = user;

    assert_int_equal(kind, PILEUS_KIND_NODE);
    (void)snprintf(made, 32, "%s", id);
}

static void
fill_spec(cloudstack_mock *mock, pileus_node_spec *spec)
{
    static const char *const options[][2] = {
        {"affinity-groups", "a1,a2"},
        {"display-name", "For & people"},
        {"group", "g"},
        {"ip-address", "10.1.1.9"},
        {"networks", "net1"},
        {"project", "another"},
        {"root-disk-size", "20"},
        {"security-groups", "web,ssh"},
        {"start", "false"},
    };
    const char *zone = mock_named(mock, MOCK_ZONE, "z2")->id;
    const char *disk = mock_named(mock, MOCK_DISK_OFFERING, "five")->id;
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_set_location(spec, zone, &err), err);
    expect_ok(pileus_node_spec_set_key_name(spec, "mine", &err), err);
    expect_ok(pileus_node_spec_set_user_data(spec, "#!/bin/sh\n", 10, &err),
              err);
    expect_ok(pileus_node_spec_add_tag(spec, "env", "a b&c", &err), err);
    expect_ok(pileus_node_spec_add_tag(spec, "who", "me", &err), err);
    expect_ok(pileus_node_spec_set_option(spec, "disk-offering", disk, &err),
              err);
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        expect_ok(pileus_node_spec_set_option(spec, options[i][0],
                                              options[i][1], &err),
                  err);
    }
}

/* With all that there is. */
static void
test_create(void **state)
{
    static const char *const asked[] = {
        "name=new&",
        "keypair=mine&",
        "userdata=IyEvYmluL3NoCg==&",
        "affinitygroupids=a1,a2&",
        "displayname=For & people&",
        "group=g&",
        "ipaddress=10.1.1.9&",
        "networkids=net1&",
        "projectid=another&",
        "rootdisksize=20&",
        "securitygroupnames=web,ssh&",
        "startvm=false&",
        "tags[0].key=env&tags[0].value=a b&c&",
        "tags[1].key=who&tags[1].value=me&",
        "resourcetype=UserVm&",
    };
    cloudstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, "project", "ours");
    pileus_node_spec *spec = spec_named(mock, "new");
    pileus_call *call = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    char made[32] = "";

    (void)state;
    fill_spec(mock, spec);
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_made(call, note, made);
    expect_ok(pileus_node_create(&node, conn, spec, call, &err), err);
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        expect_asked(mock, asked[i]);
    }
    expect_asked(mock, mock_named(mock, MOCK_ZONE, "z2")->id);
    expect_asked(mock, mock_named(mock, MOCK_DISK_OFFERING, "five")->id);
    expect_not_asked(mock, "projectid=ours");
    assert_string_equal(pileus_node_id(node), made);
    assert_string_equal(made, mock_named(mock, MOCK_NODE, "new")->id);
    assert_int_equal(pileus_value_count(pileus_node_tags(node)), 2);
    assert_string_equal(pileus_value_string(pileus_value_get(
                            pileus_node_extra(node), "password")),
                        "sesame");
    pileus_node_unref(node);
    pileus_call_free(call);
    pileus_node_spec_free(spec);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Long user data goes as a form, short in the query. */
static void
test_user_data(void **state)
{
    static const size_t sizes[] = {1, 1000, 3073, 24000};
    char *data = calloc(1, 24000);

    (void)state;
    assert_non_null(data);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        cloudstack_mock *mock = mock_start(1);
        pileus_connection *conn = connect_to(mock);
        pileus_node_spec *spec = spec_named(mock, "new");
        pileus_node *node = NULL;
        pileus_error *err = NULL;
        const char *at;

        memset(data, 0xfb, 24000); /* "+/v7" in base64 */
        expect_ok(pileus_node_spec_set_user_data(spec, data, sizes[i], &err),
                  err);
        expect_ok(pileus_node_create(&node, conn, spec, NULL, &err), err);
        assert_int_equal(mock->posted, sizes[i] > 3072);
        at = strstr(mock->changes, "userdata=");
        assert_non_null(at);
        assert_int_equal(strcspn(at + strlen("userdata="), "&\n"),
                         4 * ((sizes[i] + 2) / 3));
        if (sizes[i] >= 3) {
            assert_memory_equal(at + strlen("userdata="), "+/v7", 4);
        }
        pileus_node_unref(node);
        pileus_node_spec_free(spec);
        pileus_connection_unref(conn);
        mock_stop(mock);
    }
    free(data);
}

/* What is wrong is said before anything is asked for. */
static void
test_create_refused(void **state)
{
    static const char *const missing[] = {"size", "image"};
    cloudstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node_spec *spec;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        expect_ok(pileus_node_spec_new(&spec, &err), err);
        if (i == 1) {
            expect_ok(pileus_node_spec_set_size(spec, "1", &err), err);
        }
        assert_int_equal(pileus_node_create(&node, conn, spec, NULL, &err),
                         PILEUS_INVALID_ARGUMENT);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, missing[i]);
        pileus_node_spec_free(spec);
    }
    spec = spec_named(mock, "new");
    expect_ok(pileus_node_spec_set_option(spec, "start", "maybe", &err), err);
    assert_int_equal(pileus_node_create(&node, conn, spec, NULL, &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "maybe");
    pileus_node_spec_free(spec);
    assert_string_equal(mock->changes, "");
    spec = spec_named(mock, "new");
    expect_ok(pileus_node_spec_set_key_name(spec, "nobody's", &err), err);
    assert_int_equal(pileus_node_create(&node, conn, spec, NULL, &err),
                     PILEUS_NOT_FOUND);
    expect_error(&err, PILEUS_NOT_FOUND, "key pair");
    pileus_node_spec_free(spec);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* A node that is there, and has no tags, is not lost from sight. */
static void
test_tags_refused(void **state)
{
    cloudstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node_spec *spec = spec_named(mock, "new");
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_spec_add_tag(spec, "env", "prod", &err), err);
    mock->refuse.command = "createTags";
    mock->refuse.status = 531;
    mock->refuse.number = 531;
    mock->refuse.words = "no tags for you";
    assert_int_equal(pileus_node_create(&node, conn, spec, NULL, &err),
                     PILEUS_PERMISSION);
    assert_string_equal(pileus_error_made_id(err),
                        mock_named(mock, MOCK_NODE, "new")->id);
    expect_error(&err, PILEUS_PERMISSION, "no tags for you");
    pileus_node_spec_free(spec);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- verbs and volumes ------------------------------------------------------
 */

static void
test_flags(void **state)
{
    cloudstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, "expunge", "true");
    pileus_node *node = get_node(conn, "virtualmachine-1");
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(pileus_node_start(node, PILEUS_HARD, NULL, &err),
                     PILEUS_NOT_SUPPORTED);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "start");
    assert_int_equal(pileus_node_stop(node, PILEUS_SOFT, NULL, &err),
                     PILEUS_NOT_SUPPORTED);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "plug");
    assert_int_equal(pileus_node_destroy(node, PILEUS_SOFT, NULL, &err),
                     PILEUS_NOT_SUPPORTED);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "stop it first");
    assert_string_equal(mock->changes, "");
    expect_ok(pileus_node_stop(node, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPED);
    expect_ok(pileus_node_reboot(node, PILEUS_SOFT, NULL, &err), err);
    expect_not_asked(mock, "forced");
    expect_ok(pileus_node_stop(node, PILEUS_HARD, NULL, &err), err);
    expect_asked(mock, "stopVirtualMachine&response=json&id=virtualmachine-1&"
                       "forced=true&");
    expect_ok(pileus_node_reboot(node, PILEUS_HARD, NULL, &err), err);
    expect_asked(mock, "rebootVirtualMachine&response=json&id=virtualmachine-1&"
                       "forced=true&");
    expect_ok(pileus_node_destroy(node, 0, NULL, &err), err);
    expect_asked(mock, "expunge=true&");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_TERMINATED);
    mock->things[0].kind = MOCK_NONE;
    assert_int_equal(pileus_node_destroy(node, 0, NULL, &err),
                     PILEUS_NOT_FOUND);
    expect_error(&err, PILEUS_NOT_FOUND, "does not exist");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Make a volume, and look at how it is asked for. */
static void
make_volume(cloudstack_mock *mock, pileus_connection *conn, int64_t size,
            const char *offering, const char *snapshot, pileus_code wanted)
{
    pileus_volume_spec *spec = NULL;
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;

    *mock->changes = '\0';
    expect_ok(pileus_volume_spec_new(&spec, &err), err);
    expect_ok(pileus_volume_spec_set_name(spec, "more", &err), err);
    if (size > 0) {
        expect_ok(pileus_volume_spec_set_size(spec, size, &err), err);
    }
    if (offering != NULL) {
        expect_ok(pileus_volume_spec_set_option(spec, "disk-offering", offering,
                                                &err),
                  err);
    }
    if (snapshot != NULL) {
        expect_ok(pileus_volume_spec_set_snapshot(spec, snapshot, &err), err);
    }
    assert_int_equal(pileus_volume_create(&volume, conn, spec, NULL, &err),
                     wanted);
    pileus_error_free(err);
    pileus_volume_unref(volume);
    pileus_volume_spec_free(spec);
}

static void
test_offerings(void **state)
{
    cloudstack_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);
    mock_thing *any = mock_named(mock, MOCK_DISK_OFFERING, "any");
    const char *five = mock_named(mock, MOCK_DISK_OFFERING, "five")->id;
    const char *snapshot = mock_named(mock, MOCK_SNAPSHOT, "s1")->id;

    (void)state;
    make_volume(mock, conn, 5, NULL, NULL, PILEUS_OK);
    expect_asked(mock, five);
    expect_not_asked(mock, "size=");
    make_volume(mock, conn, 7, NULL, NULL, PILEUS_OK);
    expect_asked(mock, any->id);
    expect_asked(mock, "&size=7&");
    expect_asked(mock, mock_named(mock, MOCK_ZONE, "z1")->id);
    make_volume(mock, conn, 5, "any", NULL, PILEUS_OK);
    expect_asked(mock, any->id);
    expect_asked(mock, "&size=5&");
    make_volume(mock, conn, 0, five, NULL, PILEUS_OK);
    expect_asked(mock, five);
    make_volume(mock, conn, 0, NULL, snapshot, PILEUS_OK);
    expect_asked(mock, "snapshotid=");
    expect_not_asked(mock, "zone");
    make_volume(mock, conn, 5, "none", NULL, PILEUS_NOT_FOUND);
    any->kind = MOCK_NONE;
    make_volume(mock, conn, 7, NULL, NULL, PILEUS_INVALID_ARGUMENT);
    mock_named(mock, MOCK_ZONE, "z1")->kind = MOCK_NONE;
    mock_named(mock, MOCK_ZONE, "z2")->kind = MOCK_NONE;
    make_volume(mock, conn, 5, NULL, NULL, PILEUS_NOT_FOUND);
    assert_string_equal(mock->changes, "");
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_volume(void **state)
{
    cloudstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    const char *id = mock_named(mock, MOCK_VOLUME, "root")->id;
    pileus_node *node = get_node(conn, "virtualmachine-1");
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;
    int64_t gb = 0;

    (void)state;
    expect_ok(
        pileus_volume_get(&volume, conn, id, PILEUS_NUL_TERMINATED, NULL, &err),
        err);
    assert_true(pileus_volume_size(volume, &gb));
    assert_int_equal(gb, 6); /* of 5 GB and a byte */
    assert_int_equal(pileus_volume_state(volume), PILEUS_VOLUME_IN_USE);
    assert_string_equal(pileus_volume_node_id(volume), "virtualmachine-1");
    assert_int_equal(pileus_volume_destroy(volume, 0, NULL, &err),
                     PILEUS_FAILED);
    expect_error(&err, PILEUS_FAILED, "it is attached");
    assert_int_equal(pileus_volume_attach(volume, node, NULL, NULL, &err),
                     PILEUS_CONFLICT);
    expect_error(&err, PILEUS_CONFLICT, "right state");
    expect_ok(pileus_volume_detach(volume, NULL, &err), err);
    assert_int_equal(
        pileus_volume_attach(volume, node, "/dev/tape", NULL, &err),
        PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "/dev/tape");
    expect_ok(pileus_volume_attach(volume, node, "/dev/vdc", NULL, &err), err);
    expect_asked(mock, "&deviceid=2&");
    pileus_volume_unref(volume);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_key_pairs(void **state)
{
    cloudstack_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, "project", "ours");
    pileus_key_pair *pair = NULL;
    pileus_key_pair *again = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_key_pair_get(&pair, conn, "mine", NULL, &err), err);
    assert_string_equal(pileus_key_pair_fingerprint(pair), "00:11");
    assert_int_equal(pileus_key_pair_create(&again, conn, "mine", NULL, &err),
                     PILEUS_CONFLICT);
    expect_error(&err, PILEUS_CONFLICT, "already exists");
    expect_ok(pileus_key_pair_delete(pair, NULL, &err), err);
    expect_asked(mock, "command=deleteSSHKeyPair&response=json&projectid=ours&"
                       "name=mine&");
    assert_int_equal(pileus_key_pair_delete(pair, NULL, &err),
                     PILEUS_NOT_FOUND);
    expect_error(&err, PILEUS_NOT_FOUND, "does not exist");
    pileus_key_pair_unref(pair);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_user_data),
        cmocka_unit_test(test_create_refused),
        cmocka_unit_test(test_tags_refused),
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_offerings),
        cmocka_unit_test(test_volume),
        cmocka_unit_test(test_key_pairs),
    };

    return cmocka_run_group_tests_name("plugins/cloudstack_create", tests, NULL,
                                       NULL);
}
