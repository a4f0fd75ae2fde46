/* Clouds of clouds.yaml: which one, from where, and what does not count beside
 * it; and files that are no such thing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/openstack_clouds.h"

/* ---- which file, which cloud ----------------------------------------------
 */

static void
test_only_cloud(void **state)
{
    (void)state;
    write_file("clouds.yaml", one);
    expect_login(NULL, MINE);
    (void)remove("clouds.yaml");
    expect_refusal(NULL,
                   "give 'endpoint', or set OS_AUTH_URL, or give 'cloud'");
    assert_int_equal(mkdir(".config", 0700), 0);
    assert_int_equal(mkdir(".config/openstack", 0700), 0);
    write_file(".config/openstack/clouds.yaml", one);
    expect_login(NULL, MINE);
}

static void
test_named_file(void **state)
{
    static const char *const named[] = {"cloud-file", "named.yaml", NULL};

    (void)state;
    write_file("named.yaml", one);
    expect_login(named, MINE);
    assert_int_equal(setenv("OS_CLIENT_CONFIG_FILE", "named.yaml", 1), 0);
    expect_login(NULL, MINE);
    assert_int_equal(setenv("OS_CLIENT_CONFIG_FILE", "none.yaml", 1), 0);
    expect_refusal(NULL,
                   "none.yaml cannot be read (No such file or directory)");
}

static void
test_several_clouds(void **state)
{
    static const char *const second[] = {"cloud", "second", NULL};
    static const char *const third[] = {"cloud", "third", NULL};
    static const char *const odd[] = {"cloud", "odd", NULL};

    (void)state;
    write_file("clouds.json",
               "{\"clouds\": {\"first\": {}, \"odd\": 5, \"second\": "
               "{\"auth\": {\"auth_url\": \"%s\", \"username\": \"me\", "
               "\"password\": \"sesame\", \"project_name\": \"demo\"}}}}");
    expect_refusal(NULL, "give 'cloud' as one of first, odd, second");
    expect_refusal(third, "no cloud 'third' in clouds.json: give 'cloud' as "
                          "one of first, odd, second");
    expect_refusal(odd, "clouds.json, line 1: a cloud must be a map");
    expect_login(second, MINE);
    assert_int_equal(setenv("OS_CLOUD", "second", 1), 0);
    expect_login(NULL, MINE);
}

/* secure.yaml has what others must not see, and clouds-public.yaml what a
 * provider says to all. */
static void
test_secure_and_public(void **state)
{
    (void)state;
    write_file("clouds.yaml", "clouds:\n"
                              "  mine:\n"
                              "    profile: acme\n"
                              "    auth: {username: me, project_name: demo,\n"
                              "           password: old}\n");
    expect_refusal(NULL, "clouds.yaml, line 3: no clouds-public.yaml has this "
                         "profile");
    write_file("clouds-public.yaml", "public-clouds:\n"
                                     "  acme:\n"
                                     "    auth:\n"
                                     "      auth_url: %s\n"
                                     "      username: you\n");
    write_file("secure.yaml", "clouds: {mine: {auth: {password: sesame}}}\n");
    expect_login(NULL, MINE);
}

/* ---- what counts ----------------------------------------------------------
 */

/* The caller's, then the cloud's, then the environment's; and of what says the
 * same in two ways, one source's. */
static void
test_precedence(void **state)
{
    static const char *const as_other[] = {"username", "other", "project-id",
                                           "p1", NULL};
    static const char *const by_token[] = {"token", "of-mine", NULL};

    (void)state;
    write_file("clouds.yaml", one);
    assert_int_equal(setenv("OS_CLOUD", "mine", 1), 0);
    assert_int_equal(setenv("OS_AUTH_URL", "http://127.0.0.1:1/", 1), 0);
    assert_int_equal(setenv("OS_USERNAME", "env", 1), 0);
    assert_int_equal(setenv("OS_USER_ID", "env", 1), 0);
    assert_int_equal(setenv("OS_PASSWORD", "env", 1), 0);
    assert_int_equal(setenv("OS_TOKEN", "env", 1), 0);
    assert_int_equal(setenv("OS_PROJECT_ID", "env", 1), 0);
    assert_int_equal(setenv("OS_USER_DOMAIN_ID", "env", 1), 0);
    expect_login(NULL, MINE);
    expect_login(
        as_other,
        BY_PASSWORD("other", "\"id\":\"env\"",
                    "sesame") ",\"scope\":{\"project\":{\"id\":\"p1\"}}}}");
    expect_login(by_token,
                 "{\"auth\":{\"identity\":{\"methods\":[\"token\"],\"token\":{"
                 "\"id\":\"of-mine\"}}" PROJECT("demo", DEFAULT));
    /* What the cloud leaves out. */
    write_file("clouds.yaml", "clouds: {mine: {auth: {auth_url: '%s',\n"
                              "  username: me, project_name: demo}}}\n");
    assert_int_equal(unsetenv("OS_TOKEN"), 0);
    expect_login(NULL,
                 BY_PASSWORD("me", DEFAULT, "env") PROJECT("demo", DEFAULT));
}

static void
test_fields(void **state)
{
    static const struct {
        const char *cloud;
        const char *body;
    } fields[] = {
        {"auth: {auth_url: '%s', user_id: u1, password: sesame, "
         "system_scope: all}",
         "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{"
         "\"user\":{\"id\":\"u1\",\"password\":\"sesame\"}}},\"scope\":{"
         "\"system\":{\"all\":true}}}}"},
        {"auth: {auth_url: '%s', username: me, password: 12345, "
         "user_domain_name: ours, project_id: ~, domain_id: d1}",
         BY_PASSWORD("me", "\"name\":\"ours\"",
                     "12345") ",\"scope\":{\"domain\":{\"id\":\"d1\"}}}}"},
        {"{auth_type: v3token, auth: {auth_url: '%s', username: me, "
         "password: sesame, token: t1, project-id: p1}}",
         "{\"auth\":{\"identity\":{\"methods\":[\"token\"],\"token\":{\"id\":"
         "\"t1\"}},\"scope\":{\"project\":{\"id\":\"p1\"}}}}"},
        {"{auth_type: v3applicationcredential, auth: {auth_url: '%s', "
         "application_credential_id: c1, application_credential_secret: "
         "sesame}}",
         "{\"auth\":{\"identity\":{\"methods\":[\"application_credential\"],"
         "\"application_credential\":{\"id\":\"c1\",\"secret\":\"sesame\"}}}}"},
        {"{region_name: one, interface: publicURL, verify: no, auth: "
         "{auth_url: "
         "'%s', username: me, password: sesame, project_name: demo, "
         "default_domain: ours}}",
         BY_PASSWORD("me", "\"name\":\"ours\"", "sesame")
             PROJECT("demo", "\"name\":\"ours\"")},
        {"{regions: [{name: one}, two], auth: {auth_url: '%s', username: me, "
         "password: sesame, project_name: demo}}",
         MINE},
        {"{<<: {auth: {auth_url: nowhere}}, auth: {<<: [{username: me}, "
         "{username: you}], auth_url: '%s', password: &p sesame, "
         "project_name: demo, other: *p}}",
         MINE},
    };
    char text[TEXT_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        (void)snprintf(text, sizeof text, "clouds: {mine: %s%s%s}\n",
                       *fields[i].cloud == '{' ? "" : "{", fields[i].cloud,
                       *fields[i].cloud == '{' ? "" : "}");
        write_file("clouds.yaml", text);
        expect_login(NULL, fields[i].body);
    }
}

/* ---- what is no such thing ------------------------------------------------
 */

static void
test_refused_values(void **state)
{
    static const struct {
        const char *cloud;
        const char *words;
    } values[] = {
        {"{auth_type: v3totp}", "line 2: the auth_type must be password"},
        {"{auth: {trust_id: t}}", "line 2: trusts are not supported"},
        {"{verify: sesame}", "line 2: this must be true or false"},
        {"{interface: [a]}", "line 2: this must be a text"},
        {"{interface: inner}", "clouds.yaml, line 2: option 'interface'"},
        {"{regions: [{values: 1}]}", "line 2: this must be the name of a reg"},
        {"{regions: [{name: a, values: 1}]}", "line 2: a region's values"},
        {"{region_name: b, regions: [{name: a, values: [1]}]}",
         "line 2: a region's values"},
        {"{regions: [{name: a, values: {verify: perhaps}}]}",
         "line 2: this must be true or false"},
        {"{auth: {system_scope: some}}", "line 2: the only system scope"},
        {"{auth: {username: me}}", "'mine' has no auth_url: add it to"},
        {"[1]", "line 2: a cloud must be a map"},
    };
    char text[TEXT_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        (void)snprintf(text, sizeof text, "clouds:\n  mine: %s\n",
                       values[i].cloud);
        write_file("clouds.yaml", text);
        expect_refusal(NULL, values[i].words);
    }
}

static void
test_refused_files(void **state)
{
    static const struct {
        const char *text;
        const char *words;
    } files[] = {
        {"", "clouds.yaml has no map of clouds"},
        {"clouds: 5\n", "has no map of clouds"},
        {"clouds: {}\n", "has several clouds"},
        {"a: b\n  password: sesame\n", "clouds.yaml, line 2: "},
        {"a: 'sesame\n", "clouds.yaml, line 2: "},
        {"a: b\nc: sesame\xff\n", "clouds.yaml, line 2: "},
        {"a: \"sesame\\0\"\n", "line 1: a text must not have a NUL"},
        {"\xff\xfe"
         "c\n",
         "clouds.yaml, line 1: "},
        {"a: 1\n--- \nb: 2\n", "line 2: a second document"},
        {"a: !!python/object:os.system sesame\n", "line 1: this tag"},
        {"a: !x [1]\n", "line 1: this tag"},
        {"a: &x [*x]\n", "line 1: an alias must not be a part"},
        {"a: *x\n", "line 1: there is no anchor"},
        {"[1, 2]: 3\n", "line 1: a name must be a word"},
        {"a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n", "too deeply"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        write_bytes("clouds.yaml", files[i].text, strlen(files[i].text));
        expect_refusal(NULL, files[i].words);
    }
}

#define OVER_A_MIB (1024 * 1024 + 1)

static size_t
add(char *text, size_t used, const char *more)
{
    return (size_t)snprintf(text + used, OVER_A_MIB - used, "%s", more);
}

/* Aliases of aliases, which would be more than there is memory for; and more of
 * anything than a file may have. */
static void
test_bombs(void **state)
{
    static char text[OVER_A_MIB];
    size_t used = 0;

    (void)state;
    used += add(text, used, "a0: &a0 {x: 1}\n");
    for (int i = 1; i < 200; i++) {
        char line[160];

        (void)snprintf(line, sizeof line,
                       "a%d: &a%d {<<: [*a%d, *a%d, *a%d], l: [*a%d, *a%d]}\n",
                       i, i, i - 1, i - 1, i - 1, i - 1, i - 1);
        used += add(text, used, line);
    }
    used += add(text, used, "clouds: {mine: *a199}\n");
    write_bytes("clouds.yaml", text, used);
    expect_refusal(NULL, "'mine' has no auth_url");

    used = 0;
    for (int i = 0; i < 300; i++) {
        used += add(text, used, "- &a 1\n");
    }
    write_bytes("clouds.yaml", text, used);
    expect_refusal(NULL, "line 257: there are more anchors than may be");

    used = 0;
    for (int i = 0; i < 66000; i++) {
        used += add(text, used, "- 1\n");
    }
    write_bytes("clouds.yaml", text, used);
    expect_refusal(NULL, "line 65536: this is more than a file may have");

    memset(text, '#', sizeof text);
    write_bytes("clouds.yaml", text, sizeof text);
    expect_refusal(NULL, "clouds.yaml is larger than 1048576 bytes");
}

static void
test_refused_rights(void **state)
{
    (void)state;
    write_file("clouds.yaml", one);
    assert_int_equal(chmod("clouds.yaml", 0620), 0);
    expect_refusal(NULL, "clouds.yaml can be written by others");
    (void)remove("clouds.yaml");
    assert_int_equal(mkdir("clouds.yaml", 0700), 0);
    expect_refusal(NULL, "clouds.yaml is not a regular file");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_only_cloud),     TEST(test_named_file),
        TEST(test_several_clouds), TEST(test_secure_and_public),
        TEST(test_precedence),     TEST(test_fields),
        TEST(test_refused_values), TEST(test_refused_files),
        TEST(test_bombs),          TEST(test_refused_rights),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
