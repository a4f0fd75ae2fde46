/* The OpenStack driver: memory that runs out while versions are learnt, servers
 * are made, and addresses are led about. The allocations of the thread that
 * calls fail, those of the provider beside it do not. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/openstack_support.h"
#include "tests/support/stand_in.h"

#ifdef STAND_IN

static _Thread_local bool armed;
static _Thread_local long left; /* allocations until one fails */
static _Thread_local long failed;

static bool
stand_in_allows(const void *caller)
{
    (void)caller;
    if (!armed || left-- > 0) {
        return true;
    }
    failed++;
    return false;
}

static void
stand_in_made(void *memory, const void *caller)
{
    (void)memory;
    (void)caller;
}

static void
stand_in_freed(void *memory)
{
    (void)memory;
}

typedef pileus_code (*walk_fn)(openstack_mock *mock, pileus_connection *conn,
                               pileus_error **err);

static pileus_code
list_old(openstack_mock *mock, pileus_connection *conn, pileus_error **err)
{
    pileus_list *list = NULL;
    pileus_code code;

    (void)mock;
    code = pileus_node_list(&list, conn, NULL, NULL, err);
    assert_true(code != PILEUS_OK || pileus_list_count(list) == MOCK_PAGE + 1);
    pileus_list_free(list);
    return code;
}

static pileus_code
set_spec(pileus_node_spec *spec, pileus_error **err)
{
    static const char *const options[][2] = {
        {"description", "mine"},
        {"networks", "lan"},
        {"server-tags", "blue,green"},
        {"hostname", "web-1"},
    };
    pileus_code code = pileus_node_spec_set_name(spec, "s900", err);

    code =
        code != PILEUS_OK ? code : pileus_node_spec_set_token(spec, "one", err);
    code = code != PILEUS_OK ? code : pileus_node_spec_set_size(spec, "7", err);
    code =
        code != PILEUS_OK ? code : pileus_node_spec_set_image(spec, "i1", err);
    code = code != PILEUS_OK
               ? code
               : pileus_node_spec_set_user_data(spec, "#!", 2, err);
    for (size_t i = 0;
         code == PILEUS_OK && i < sizeof options / sizeof options[0]; i++) {
        code = pileus_node_spec_set_option(spec, options[i][0], options[i][1],
                                           err);
    }
    return code;
}

static pileus_code
create(openstack_mock *mock, pileus_connection *conn, pileus_error **err)
{
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_code code = pileus_node_spec_new(&spec, err);

    *mock->mark = '\0';
    if (code == PILEUS_OK) {
        code = set_spec(spec, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_create(&node, conn, spec, NULL, err);
    }
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
    return code;
}

static pileus_code
set_anew(pileus_node_spec *spec, pileus_error **err)
{
    pileus_code code = pileus_node_spec_set_image(spec, "i1", err);

    code =
        code != PILEUS_OK ? code : pileus_node_spec_set_token(spec, "one", err);
    code = code != PILEUS_OK ? code
                             : pileus_node_spec_set_key_name(spec, "key", err);
    code = code != PILEUS_OK
               ? code
               : pileus_node_spec_set_user_data(spec, "#!", 2, err);
    return code != PILEUS_OK
               ? code
               : pileus_node_spec_set_option(spec, "hostname", "web-1", err);
}

static pileus_code
rebuild(openstack_mock *mock, pileus_connection *conn, pileus_error **err)
{
    pileus_node_spec *spec = NULL;
    pileus_list *nodes = NULL;
    pileus_code code = pileus_node_spec_new(&spec, err);

    mock->rebuilt = "{\"server\": {\"adminPass\": \"made-up\", \"x\": [1]}}";
    if (code == PILEUS_OK) {
        code = set_anew(spec, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_list(&nodes, conn, NULL, NULL, err);
    }
    if (code == PILEUS_OK) {
        code =
            pileus_node_rebuild(pileus_list_node(nodes, 0), spec, 0, NULL, err);
    }
    pileus_list_free(nodes);
    pileus_node_spec_free(spec);
    return code;
}

static pileus_code
lead_about(openstack_mock *mock, pileus_connection *conn, pileus_error **err)
{
    pileus_address *address = NULL;
    pileus_list *list = NULL;
    pileus_list *nodes = NULL;
    pileus_code code;

    mock->addresses = 0;
    code = pileus_address_create(&address, conn, "public", NULL, err);
    if (code == PILEUS_OK) {
        code = pileus_node_list(&nodes, conn, NULL, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_address_attach(address, pileus_list_node(nodes, 0), NULL,
                                     err);
    }
    if (code == PILEUS_OK) {
        code = pileus_address_list(&list, conn, NULL, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_address_detach(address, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_address_delete(address, NULL, err);
    }
    pileus_list_free(list);
    pileus_list_free(nodes);
    pileus_address_unref(address);
    return code;
}

/* With each allocation failing in turn, on a connection that has learnt
 * nothing yet. */
static void
fail_each(walk_fn walk, int most, long least)
{
    openstack_mock *mock = mock_start(MOCK_PAGE + 1);
    pileus_error *err = NULL;
    pileus_code code;
    long missed = 0; /* failures that nobody minded */
    long n = 0;

    mock->most = most;
    do {
        pileus_connection *conn = connect_to(mock);
        bool first = n == 0; /* the libraries set themselves up for good */

        left = n++;
        failed = first;
        armed = !first;
        code = walk(mock, conn, &err);
        armed = false;
        /* libcurl does without what it resets its handles with. */
        if (code != PILEUS_OK && (failed == 0 || code != PILEUS_NO_MEMORY)) {
            print_error("allocation %ld: %s: %s\n", n - 1,
                        pileus_code_name(code), pileus_error_message(err));
        }
        assert_true(code == PILEUS_OK ||
                    (failed > 0 && code == PILEUS_NO_MEMORY));
        missed += code == PILEUS_OK && failed > 0;
        pileus_error_free(err);
        err = NULL;
        pileus_connection_unref(conn);
    } while (failed > 0);
    assert_true(n > least); /* it did fail, and often */
    assert_in_range(missed, 0, n / 20);
    mock_stop(mock);
}

static void
test_versions(void **state)
{
    (void)state;
    skip_if_not_standing_in();
    fail_each(list_old, 10, 50);
}

static void
test_create(void **state)
{
    (void)state;
    skip_if_not_standing_in();
    fail_each(create, 93, 50);
}

static void
test_rebuild(void **state)
{
    (void)state;
    skip_if_not_standing_in();
    fail_each(rebuild, 93, 50);
}

static void
test_addresses(void **state)
{
    (void)state;
    skip_if_not_standing_in();
    fail_each(lead_about, 93, 50);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_rebuild),
        cmocka_unit_test(test_addresses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

int
main(void)
{
    print_message("skipped: the allocator cannot be stood in for here\n");
    return 77;
}

#endif
