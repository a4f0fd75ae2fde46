/* The EC2 driver against a provider of its own: what listings are narrowed by,
 * there. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_support.h"

#include <stdlib.h>

static pileus_code
list_snapshots(pileus_list **list, pileus_connection *conn,
               const pileus_query *query, pileus_call *call, pileus_error **err)
{
    return pileus_snapshot_list(list, conn, NULL, query, call, err);
}

typedef pileus_code (*list_fn)(pileus_list **list, pileus_connection *conn,
                               const pileus_query *query, pileus_call *call,
                               pileus_error **err);

/* ---- filters of the driver's own ------------------------------------------
 */

static const struct {
    list_fn list;
    const char *call;
    const char *names; /* with blanks between: all those of the manual page */
} listings[] = {
    {pileus_node_list, "list_nodes",
     "architecture client-token dns-name hibernation-options.configured "
     "host-id iam-instance-profile.arn image-id instance-lifecycle "
     "instance-type instance.group-id instance.group-name ip-address key-name "
     "metadata-options.http-tokens monitoring-state owner-id "
     "placement-group-name platform private-dns-name private-ip-address "
     "reservation-id root-device-type spot-instance-request-id "
     "state-reason-code subnet-id tenancy virtualization-type vpc-id"},
    {pileus_size_list, "list_sizes",
     "bare-metal burstable-performance-supported current-generation "
     "free-tier-eligible hibernation-supported hypervisor "
     "instance-storage-supported processor-info.supported-architecture "
     "supported-usage-class"},
    {pileus_image_list, "list_images",
     "architecture image-type is-public name owner-alias owner-id platform "
     "root-device-type state virtualization-type"},
    {pileus_volume_list, "list_volumes",
     "attachment.instance-id attachment.status encrypted snapshot-id status "
     "volume-type"},
    {list_snapshots, "list_snapshots", "description encrypted status"},
    {pileus_address_list, "list_addresses",
     "association-id domain instance-id network-border-group "
     "network-interface-id network-interface-owner-id private-ip-address "
     "public-ip tag-key"},
};

/* It is asked for, by its name and with its value as it is. */
static void
expect_filter(ec2_mock *mock, pileus_connection *conn, size_t at,
              const char *name)
{
    pileus_query *query = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    char param[128];

    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_add_filter(query, name, "a?b*", &err), err);
    expect_ok(listings[at].list(&list, conn, query, NULL, &err), err);
    (void)snprintf(param, sizeof param, "Filter.1.Name=%s", name);
    expect_param(mock->asked, param);
    expect_param(mock->asked, "Filter.1.Value.1=a?b*");
    pileus_list_free(list);
    pileus_query_free(query);
}

static void
test_filters(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);

    (void)state;
    for (size_t i = 0; i < sizeof listings / sizeof listings[0]; i++) {
        pileus_query *query = NULL;
        pileus_list *list = NULL;
        pileus_error *err = NULL;
        char *names = strdup(listings[i].names);
        char *rest = NULL;

        assert_non_null(names);
        for (char *name = strtok_r(names, " ", &rest); name != NULL;
             name = strtok_r(NULL, " ", &rest)) {
            expect_filter(mock, conn, i, name);
        }
        free(names);
        expect_ok(pileus_query_new(&query, &err), err);
        expect_ok(pileus_query_add_filter(query, "no-such", "x", &err), err);
        assert_int_equal(listings[i].list(&list, conn, query, NULL, &err),
                         PILEUS_NOT_SUPPORTED);
        expect_error(&err, PILEUS_NOT_SUPPORTED, "no-such");
        pileus_query_free(query);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- what every driver may be asked ---------------------------------------
 */

enum { ID, NAME, LOCATION, TAG };

/* NULL: the core looks at what comes. */
static const struct {
    list_fn list;
    int part;
    const char *value;
    const char *name;
} parts[] = {
    {pileus_node_list, ID, "i-0", "instance-id"},
    {pileus_node_list, NAME, "n0", "tag:Name"},
    {pileus_node_list, NAME, "i-0", NULL},
    {pileus_node_list, NAME, "a\\b", NULL},
    {pileus_node_list, LOCATION, "eu-test-1a", "availability-zone"},
    {pileus_node_list, TAG, "empty", "tag-key"},
    {pileus_size_list, ID, "t3.micro", "instance-type"},
    {pileus_size_list, NAME, "t3.micro", "instance-type"},
    {pileus_image_list, ID, "ami-7", "image-id"},
    {pileus_image_list, NAME, "seven", "name"},
    {pileus_location_list, ID, "eu-test-1a", "zone-name"},
    {pileus_location_list, NAME, "eu-test-1a", "zone-name"},
    {pileus_volume_list, ID, "vol-1", "volume-id"},
    {pileus_volume_list, LOCATION, "eu-test-1a", "availability-zone"},
    {pileus_volume_list, NAME, "data", NULL},
    {list_snapshots, ID, "snap-1", "snapshot-id"},
    {list_snapshots, NAME, "then", NULL},
    {pileus_key_pair_list, NAME, "mine", "key-name"},
    {pileus_address_list, ID, "eipalloc-1", "allocation-id"},
    {pileus_address_list, ID, "192.0.2.1", "public-ip"},
    {pileus_address_list, NAME, "front", NULL},
};

static pileus_code
set_part(pileus_query *query, int part, const char *value, pileus_error **err)
{
    switch (part) {
    case ID:
        return pileus_query_add_id(query, value, PILEUS_NUL_TERMINATED, err);
    case NAME:
        return pileus_query_set_name(query, value, err);
    case LOCATION:
        return pileus_query_set_location(query, value, err);
    default:
        return pileus_query_add_tag(query, value, NULL, err);
    }
}

static void
test_parts(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);

    (void)state;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        pileus_query *query = NULL;
        pileus_list *list = NULL;
        pileus_error *err = NULL;
        char param[128];

        expect_ok(pileus_query_new(&query, &err), err);
        expect_ok(set_part(query, parts[i].part, parts[i].value, &err), err);
        expect_ok(parts[i].list(&list, conn, query, NULL, &err), err);
        if (parts[i].name == NULL) {
            (void)snprintf(param, sizeof param, ".Value.1=%s\n",
                           parts[i].value);
            assert_null(strstr(mock->asked, param));
        } else {
            (void)snprintf(param, sizeof param, "Filter.1.Name=%s",
                           parts[i].name);
            expect_param(mock->asked, param);
            (void)snprintf(param, sizeof param, "Filter.1.Value.1=%s",
                           parts[i].value);
            expect_param(mock->asked, param);
        }
        pileus_list_free(list);
        pileus_query_free(query);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_filters),
        cmocka_unit_test(test_parts),
    };

    return cmocka_run_group_tests_name("plugins/ec2_filters", tests, NULL,
                                       NULL);
}
