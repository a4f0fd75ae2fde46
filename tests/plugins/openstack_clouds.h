/* What the suites of clouds.yaml have in common. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_OPENSTACK_CLOUDS_H
#define TESTS_PLUGINS_OPENSTACK_CLOUDS_H

#include "tests/plugins/openstack_support.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEXT_SIZE 4096

/* Each test has a directory of its own, which is home and where it is. */
static char home[] = "/tmp/pileus-clouds-XXXXXX";
static openstack_mock *mock;

static inline void
write_bytes(const char *name, const char *text, size_t size)
{
    int fd;

    (void)unlink(name);
    fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, size), size);
    assert_int_equal(close(fd), 0);
}

/* %s in it is the endpoint of the mock. */
static inline void
write_file(const char *name, const char *text)
{
    char whole[TEXT_SIZE];
    const char *at = strstr(text, "%s");

    (void)snprintf(whole, sizeof whole, "%.*s%s%s",
                   at == NULL ? (int)strlen(text) : (int)(at - text), text,
                   at == NULL ? "" : mock->endpoint, at == NULL ? "" : at + 2);
    write_bytes(name, whole, strlen(whole));
}

static inline int
begin(void **state)
{
    (void)state;
    mock = mock_start(1);
    assert_non_null(mkdtemp(home));
    assert_int_equal(chdir(home), 0);
    assert_int_equal(setenv("HOME", home, 1), 0);
    assert_int_equal(unsetenv("XDG_CONFIG_HOME"), 0);
    return 0;
}

static inline int
end(void **state)
{
    static const char *const names[] = {".config/openstack/clouds.yaml",
                                        ".config/openstack/secure.yml",
                                        ".config/openstack",
                                        ".config",
                                        "clouds.yaml",
                                        "clouds.json",
                                        "secure.yaml",
                                        "clouds-public.yaml",
                                        "named.yaml"};
    static const char *const variables[] = {
        "OS_CLOUD",      "OS_AUTH_URL",       "OS_USERNAME",
        "OS_PASSWORD",   "OS_USER_ID",        "OS_TOKEN",
        "OS_PROJECT_ID", "OS_USER_DOMAIN_ID", "OS_CLIENT_CONFIG_FILE"};

    (void)state;
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        assert_int_equal(unsetenv(variables[i]), 0);
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)remove(names[i]);
    }
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(home), 0);
    (void)memcpy(home + strlen(home) - 6, "XXXXXX", 6);
    mock_stop(mock);
    return 0;
}

static inline pileus_code
try(pileus_connection **conn, const char *const *pairs, pileus_error **err)
{
    pileus_options *options = NULL;
    pileus_code code;

    expect_ok(pileus_options_new(&options, err), *err);
    for (size_t i = 0; pairs != NULL && pairs[i] != NULL; i += 2) {
        expect_ok(pileus_options_set(options, pairs[i], pairs[i + 1], err),
                  *err);
    }
    code = pileus_connection_open(conn, NULL, "openstack", options, NULL, err);
    pileus_options_free(options);
    return code;
}

/* It logs in with this body. */
static inline void
expect_login(const char *const *pairs, const char *body)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    expect_ok(try(&conn, pairs, &err), err);
    assert_string_equal(mock->login, body);
    pileus_connection_unref(conn);
}

static inline void
expect_refusal(const char *const *pairs, const char *words)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    assert_int_equal(try(&conn, pairs, &err), PILEUS_CONFIGURATION);
    assert_null(strstr(pileus_error_message(err), "sesame"));
    expect_error(&err, PILEUS_CONFIGURATION, words);
}

#define BY_PASSWORD(name, domain, password)                                    \
    "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{"       \
    "\"user\":{\"name\":\"" name "\",\"domain\":{" domain                      \
    "},\"password\":\"" password "\"}}}"
#define DEFAULT "\"id\":\"default\""
#define PROJECT(name, domain)                                                  \
    ",\"scope\":{\"project\":{\"name\":\"" name "\",\"domain\":{" domain "}}}" \
    "}}"
#define MINE BY_PASSWORD("me", DEFAULT, "sesame") PROJECT("demo", DEFAULT)

static const char one[] = "clouds:\n"
                          "  mine:\n"
                          "    auth:\n"
                          "      auth_url: %s\n"
                          "      username: me\n"
                          "      password: sesame\n"
                          "      project_name: demo\n";

#endif
