/* Files that Amazon's tools share, for suites, and connections by them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_EC2_FILES_H
#define TESTS_PLUGINS_EC2_FILES_H

#include "tests/plugins/ec2_support.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES_PAIRS 12
#define KEYS                                                                   \
    "aws_access_key_id = " MOCK_KEY "\naws_secret_access_key = " MOCK_SECRET   \
    "\n"
#define OTHER_KEYS                                                             \
    "aws_access_key_id = AKIDOTHER\naws_secret_access_key = other\n"

static pileus_context *files_context; /* NULL: the default one */
static char files_home[] = "/tmp/pileus-ec2-XXXXXX";

/* The path of a file in the folder of files. */
static inline const char *
files_path(const char *name)
{
    static char paths[4][128];
    static int next;

    next = (next + 1) % 4;
    (void)snprintf(paths[next], sizeof paths[next], "%s/.aws/%s", files_home,
                   name);
    return paths[next];
}

/* text NULL: there is none. */
static inline void
files_write(const char *name, const char *text, mode_t mode)
{
    const char *path = files_path(name);
    FILE *out;

    (void)unlink(path);
    if (text == NULL) {
        return;
    }
    out = fopen(path, "w");
    assert_non_null(out);
    assert_int_equal(fwrite(text, 1, strlen(text), out), strlen(text));
    assert_int_equal(fclose(out), 0);
    assert_int_equal(chmod(path, mode), 0);
}

/* A home with a folder for the files, and an environment without Amazon, where
 * no instance's metadata is asked. */
static inline int
files_begin(void **state)
{
    static const char *const variables[] = {
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_SHARED_CREDENTIALS_FILE",
        "AWS_CONFIG_FILE",
        "AWS_PROFILE",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_EC2",
        "AWS_EC2_METADATA_DISABLED",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT"};

    (void)state;
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        (void)unsetenv(variables[i]);
    }
    assert_non_null(mkdtemp(files_home));
    assert_int_equal(mkdir(files_path(""), 0700), 0);
    assert_int_equal(setenv("AWS_EC2_METADATA_DISABLED", "true", 1), 0);
    return setenv("HOME", files_home, 1);
}

static inline int
files_end(void **state)
{
    static const char *const names[] = {"credentials", "config",    "give",
                                        "pid",         "arguments", "count"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)unlink(files_path(names[i]));
    }
    (void)rmdir(files_path(""));
    return rmdir(files_home);
}

/* Open a connection with these options, pairs ended by NULL, and the endpoint.
 */
static inline pileus_code
files_open(pileus_connection **conn, const ec2_mock *mock, pileus_call *call,
           const char *const *pairs, pileus_error **err)
{
    pileus_options *options = NULL;
    pileus_error *wrong = NULL;
    pileus_code code;

    expect_ok(pileus_options_new(&options, &wrong), wrong);
    expect_ok(
        pileus_options_set(options, "endpoint", server_url(mock->web), &wrong),
        wrong);
    for (; pairs != NULL && *pairs != NULL; pairs += 2) {
        expect_ok(pileus_options_set(options, pairs[0], pairs[1], &wrong),
                  wrong);
    }
    code =
        pileus_connection_open(conn, files_context, "ec2", options, call, err);
    pileus_options_free(options);
    return code;
}

/* Its list of nodes, all of which is to come. */
static inline pileus_code
files_list(pileus_connection *conn, pileus_error **err)
{
    pileus_list *list = NULL;
    pileus_code code = pileus_node_list(&list, conn, NULL, NULL, err);

    pileus_list_free(list);
    return code;
}

#endif
