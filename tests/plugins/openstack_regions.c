/* The OpenStack driver: regions in clouds.yaml, and keys that mean nothing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/openstack_clouds.h"

/* ---- regions --------------------------------------------------------------
 */

#define REGIONS                                                                \
    "clouds:\n"                                                                \
    "  mine:\n"                                                                \
    "    regions:\n"                                                           \
    "      - name: one\n"                                                      \
    "        values: {auth: {username: one}, compute_api_version: '2.9'}\n"    \
    "      - name: two\n"                                                      \
    "        values: {username: two}\n"                                        \
    "      - three\n"                                                          \
    "    auth:\n"                                                              \
    "      auth_url: %s\n"                                                     \
    "      username: me\n"                                                     \
    "      password: sesame\n"                                                 \
    "      project_name: demo\n"
#define AS(user) BY_PASSWORD(user, DEFAULT, "sesame") PROJECT("demo", DEFAULT)

/* What is said of a region counts more than what is said of the cloud. */
static void
test_regions(void **state)
{
    static const struct {
        const char *region; /* the caller's; NULL: none */
        const char *login;
    } rows[] = {
        {NULL, AS("one")},
        {"one", AS("one")},
        {"two", AS("two")},
        {"three", AS("me")},
    };
    char catalogue[1024];
    char *at = catalogue;

    (void)state;
    at += snprintf(catalogue, sizeof catalogue,
                   "[{\"type\": \"compute\", \"endpoints\": [");
    for (int i = 0; i < 3; i++) {
        static const char *const names[] = {"one", "two", "three"};

        at += snprintf(at, sizeof catalogue - (size_t)(at - catalogue),
                       "%s{\"interface\": \"public\", \"region_id\": "
                       "\"%s\", \"url\": \"%s/compute/v2.1\"}",
                       i == 0 ? "" : ", ", names[i], server_url(mock->web));
    }
    (void)snprintf(at, sizeof catalogue - (size_t)(at - catalogue), "]}]");
    mock->catalogue = catalogue;
    write_file("clouds.yaml", REGIONS);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *const pairs[] = {"cloud", "mine", "region", rows[i].region,
                                     NULL};
        const char *const none[] = {"cloud", "mine", NULL};

        expect_login(rows[i].region == NULL ? none : pairs, rows[i].login);
    }
    mock->catalogue = NULL;
}

/* The versions of one region are not those of the other. */
static void
test_region_version(void **state)
{
    const char *const pairs[] = {"cloud", "mine", NULL};
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    (void)state;
    write_file("clouds.yaml", REGIONS);
    expect_ok(try(&conn, pairs, &err), err);
    expect_servers(conn, 1);
    assert_int_equal(mock->version, 9);
    pileus_connection_unref(conn);
}

/* ---- keys that mean nothing -----------------------------------------------
 */

typedef struct seen {
    int lines;
    char text[TEXT_SIZE];
} seen;

static void
take_line(void *user, pileus_log_level level, const char *driver,
          const char *text)
{
    seen *all = user;
    size_t used = strlen(all->text);

    (void)driver;
    if (strstr(text, "is passed over") != NULL) {
        assert_int_equal(level, PILEUS_LOG_DEBUG);
        all->lines++;
        (void)snprintf(all->text + used, sizeof all->text - used, "%s\n", text);
    }
}

static void
test_unknown_keys(void **state)
{
    pileus_context *ctx = NULL;
    pileus_options *options = NULL;
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;
    seen all = {.lines = 0};

    (void)state;
    write_file("clouds.yaml", "clouds:\n"
                              "  mine:\n"
                              "    auth-type: password\n"
                              "    colour: sesame-seed\n"
                              "    identity_endpoint_override: nowhere\n"
                              "    regions:\n"
                              "      - {name: one, values: {floor: 2}}\n"
                              "    auth:\n"
                              "      auth_url: %s\n"
                              "      user-name: me\n"
                              "      pasword: sesame-seed\n"
                              "      password: sesame\n");
    expect_ok(pileus_context_new(&ctx, &err), err);
    pileus_context_set_log(ctx, PILEUS_LOG_DEBUG, take_line, &all);
    expect_ok(pileus_options_new(&options, &err), err);
    expect_ok(
        pileus_connection_open(&conn, ctx, "openstack", options, NULL, &err),
        err);
    assert_int_equal(all.lines, 4);
    assert_non_null(strstr(all.text, "line 4: the key 'colour' is"));
    assert_non_null(
        strstr(all.text, "line 5: the key 'identity_endpoint_override' is"));
    assert_non_null(strstr(all.text, "line 7: the key 'floor' is"));
    assert_non_null(strstr(all.text, "line 11: the key 'pasword' is"));
    assert_null(strstr(all.text, "seed"));
    pileus_options_free(options);
    pileus_connection_unref(conn);
    pileus_context_unref(ctx);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_regions),
        TEST(test_region_version),
        TEST(test_unknown_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
