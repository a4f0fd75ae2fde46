/* Secrets that are marked, given to every driver, and looked for everywhere. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/secrets/calls.h"
#include "tests/secrets/command.h"
#include "tests/secrets/find.h"
#include "tests/secrets/provider.h"
#include "tests/secrets/seen.h"
#include "tests/support/expect.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Drivers are those that are found, and their secret options those of their
 * manifests: a driver that is new is tried without a change here. What speaks
 * HTTP is led to a provider that answers everything (provider.h): its success
 * is in the words of the providers that are known here, its failures echo the
 * request, secrets and all, in plain words, percent-encoded, in base64 and
 * escaped for JSON.
 *
 * No log, error, progress, object or option, and nothing that the command
 * prints, may have the marker in any of these shapes. One place may have a
 * secret: the object that a create gave, which has the password or private key
 * that the provider has made (the extra of a node, and the private key of a key
 * pair); it may not have those that it was given.
 */

/* What drivers need to go well here beside their secrets. */
static const struct {
    const char *driver;
    const char *option;
    const char *value;
} local[] = {
    {"libvirt", "uri", "test:///default"},
    {"dummy", "creds", "3"},
    {"openstack", "application-credential-id", "seven"},
    {"ec2", "region", "eu-central-1"},
};

/* Files that the providers' other tools read, with the secrets that a driver
 * takes from there when it is given the option, and what else it is given. */
static const struct {
    const char *driver;
    const char *option;
    const char *text;
    const char *other;
    const char *value;
} files[] = {
    {"ec2", "credentials-file",
     "[default]\naws_access_key_id = " PLANTED_VALUE
     "\naws_secret_access_key = " PLANTED_VALUE
     "\naws_session_token = " PLANTED_VALUE "\n",
     NULL, NULL},
    {"openstack", "cloud-file",
     "clouds:\n  one:\n    auth:\n      application_credential_secret: "
     "'" PLANTED_VALUE "'\n",
     "cloud", "one"},
};

/* The command is for each manner a process for each of its lines: these tell.
 */
static const manner typed[] = {SUCCESS, REFUSED, WEB_PAGE, HALF, CUT_OFF};

#define GIVEN_MAX 48

static char folder[] = "secrets-XXXXXX";
static char own_file[64]; /* of a provider's other tools */
static atomic_int traced;
static int recorded;
static int spoken;

/* ---- opening
 * ------------------------------------------------------------------
 */

static void
see_log(void *user, pileus_log_level level, const char *driver,
        const char *message)
{
    (void)user;
    (void)level;
    seen_text("the log", driver);
    seen_text("the log", message);
}

static void
see_trace(void *user, const char *text)
{
    atomic_int *count = user;

    (void)atomic_fetch_add(count, 1);
    seen_text("the trace", text);
}

/* Everything is told there: the log in full, a trace, and a recording. */
static pileus_context *
new_context(const char *directory)
{
    pileus_context *ctx = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_context_new(&ctx, &err), err);
    expect_ok(pileus_context_add_directory(ctx, directory, &err), err);
    pileus_context_set_log(ctx, PILEUS_LOG_DEBUG, see_log, NULL);
    pileus_context_set_trace(ctx, see_trace, &traced);
    expect_ok(pileus_context_set_record(ctx, folder, &err), err);
    return ctx;
}

/* The value for an option; NULL: leave it. value: room for one. */
static const char *
value_for(const pileus_driver_info *driver, const pileus_option_info *option,
          const web_server *server, bool with_proxy, char value[256])
{
    const char *name = pileus_option_name(option);

    for (size_t i = 0; i < sizeof local / sizeof local[0]; i++) {
        if (strcmp(local[i].driver, pileus_driver_name(driver)) == 0 &&
            strcmp(local[i].option, name) == 0) {
            return local[i].value;
        }
    }
    if (strcmp(name, "endpoint") == 0) {
        /* The path that tells the provider which of the known ones it is. */
        (void)snprintf(value, 256, "%s", server_url(server));
        return value;
    }
    if (strcmp(name, "retries") == 0) {
        return "0";
    }
    if (strcmp(name, "proxy") == 0) {
        (void)snprintf(value, 256, "http://user:%s%%2F%%22@127.0.0.1:%d",
                       PLANTED, server_port(server));
        return with_proxy ? value : "";
    }
    if (pileus_option_secret(option)) {
        return PLANTED_VALUE;
    }
    return pileus_option_required(option) ? "seven" : NULL;
}

static void
add(given options[GIVEN_MAX], size_t *count, const char *name,
    const char *value)
{
    assert_true(*count < GIVEN_MAX);
    (void)snprintf(options[*count].name, sizeof options[0].name, "%s", name);
    (void)snprintf(options[*count].value, sizeof options[0].value, "%s", value);
    (*count)++;
}

/* All options that are given, with every secret one marked; returns how many.
 */
static size_t
give(given options[GIVEN_MAX], const pileus_driver_info *driver,
     const web_server *server, bool with_proxy)
{
    size_t count = 0;

    for (size_t i = 0; i < pileus_driver_option_count(driver); i++) {
        const pileus_option_info *option = pileus_driver_option(driver, i);
        char text[256];
        const char *value = value_for(driver, option, server, with_proxy, text);

        if (value != NULL) {
            add(options, &count, pileus_option_name(option), value);
        }
    }
    return count;
}

/* Have the secrets in a file instead; false: this driver reads none. */
static bool
put_into_file(given options[GIVEN_MAX], size_t *count,
              const pileus_driver_info *driver)
{
    size_t left = 0;
    size_t i = 0;
    FILE *out;

    while (strcmp(files[i].driver, pileus_driver_name(driver)) != 0) {
        if (++i == sizeof files / sizeof files[0]) {
            return false;
        }
    }
    for (size_t k = 0; k < *count; k++) {
        if (strcmp(options[k].value, PLANTED_VALUE) != 0) {
            options[left++] = options[k];
        }
    }
    *count = left;
    out = fopen(own_file, "w");
    assert_non_null(out);
    assert_true(fputs(files[i].text, out) >= 0);
    assert_int_equal(fclose(out), 0);
    assert_int_equal(chmod(own_file, 0600), 0);
    add(options, count, files[i].option, own_file);
    if (files[i].other != NULL) {
        add(options, count, files[i].other, files[i].value);
    }
    return true;
}

static pileus_options *
options_of(const given *options, size_t count, int *secrets)
{
    pileus_options *made = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_options_new(&made, &err), err);
    for (size_t i = 0; i < count; i++) {
        const char *value = options[i].value;

        expect_ok(pileus_options_set(made, options[i].name, value, &err), err);
        *secrets += find_marker(value, strlen(value), PLANTED) != NULL;
    }
    return made;
}

static void
see_options(pileus_connection *conn, const pileus_driver_info *driver)
{
    for (size_t i = 0; i < pileus_driver_option_count(driver); i++) {
        const char *name = pileus_option_name(pileus_driver_option(driver, i));

        seen_text("an option", pileus_connection_option(conn, name, NULL));
    }
}

/* ---- one driver
 * ----------------------------------------------------------------
 */

typedef enum way { PLAINLY, BY_PROXY, IN_FILES } way;

static void
try_driver(pileus_context *ctx, const pileus_driver_info *driver, way how)
{
    provider cloud = {.manner = SUCCESS};
    web_server *server = server_start(provide, &cloud, NULL, NULL);
    int secrets = 0;
    given list[GIVEN_MAX];
    size_t count = give(list, driver, server, how == BY_PROXY);
    pileus_options *options;
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    if (how == IN_FILES && !put_into_file(list, &count, driver)) {
        server_stop(server);
        return;
    }
    options = options_of(list, count, &secrets);
    seen_doing(pileus_driver_name(driver), "opening");
    (void)pileus_connection_open(&conn, ctx, pileus_driver_name(driver),
                                 options, NULL, &err);
    if (conn == NULL) {
        printf("# %s is not opened: %s\n", pileus_driver_name(driver),
               pileus_error_message(err));
    }
    seen_error(&err);
    for (int i = SUCCESS; conn != NULL && i < MANNERS; i++) {
        things had;

        atomic_store(&cloud.manner, SUCCESS);
        calls_take(&had, conn);
        atomic_store(&cloud.manner, i);
        calls_run(conn, &had);
        calls_drop(&had);
        see_options(conn, driver);
        recorded += seen_recording(folder);
    }
    for (size_t i = 0; i < sizeof typed / sizeof typed[0] && how == PLAINLY;
         i++) {
        atomic_store(&cloud.manner, (int)typed[i]);
        command_run(pileus_driver_name(driver), list, count, folder);
    }
    spoken += server_requests(server);
    printf("# %s: %d secrets, %d requests\n", pileus_driver_name(driver),
           secrets, server_requests(server));
    pileus_connection_unref(conn);
    pileus_options_free(options);
    server_stop(server);
}

static void
test_every_driver(void **state)
{
    pileus_context *ctx = new_context(BUILDDIR "/drivers");
    pileus_drivers *drivers = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_drivers_find(&drivers, ctx, &err), err);
    for (size_t i = 0; i < pileus_drivers_count(drivers); i++) {
        for (int how = PLAINLY; how <= IN_FILES; how++) {
            try_driver(ctx, pileus_drivers_at(drivers, i), (way)how);
        }
    }
    printf("# %zu drivers, %d texts looked through, %d secrets where they "
           "belong\n",
           pileus_drivers_count(drivers), seen_texts(), seen_made());
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
    assert_int_equal(seen_leaks(), 0);
    printf("# %d exchanges traced, %d recordings\n", atomic_load(&traced),
           recorded);
    assert_true(spoken == 0 || (atomic_load(&traced) > 0 && recorded > 0));
}

/* ---- the suite itself
 * ------------------------------------------------------------
 */

static void
test_marker(void **state)
{
    static const char text[] = "a token=" PLANTED_VALUE;
    char *(*const shapes[])(const char *) = {encode_percent, encode_base64,
                                             encode_json, encode_hex};

    (void)state;
    assert_string_equal(find_marker(text, strlen(text), PLANTED), "as it is");
    assert_null(find_marker(text, strlen(text), MADE));
    assert_null(find_marker("", 0, PLANTED));
    for (size_t i = 0; i < 4; i++) {
        for (size_t from = 0; from < 3; from++) {
            char *shape = shapes[i](text + from);

            assert_null(strstr(shape, PLANTED));
            assert_non_null(find_marker(shape, strlen(shape), PLANTED));
            free(shape);
        }
    }
}

/* Leaks of the driver leaky, with its secret in one place and shape. */
static int
leaks_of(const char *where, char *(*shape)(const char *))
{
    pileus_context *ctx = new_context(BUILDDIR "/tests/secrets/drivers");
    pileus_options *options = NULL;
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;
    char *text = shape == NULL ? strdup(PLANTED_VALUE) : shape(PLANTED_VALUE);
    things had;
    int leaks;

    expect_ok(pileus_options_new(&options, &err), err);
    expect_ok(pileus_options_set(options, "token", PLANTED_VALUE, &err), err);
    expect_ok(pileus_options_set(options, "where", where, &err), err);
    expect_ok(pileus_options_set(options, "text", text, &err), err);
    expect_ok(pileus_connection_open(&conn, ctx, "leaky", options, NULL, &err),
              err);
    calls_take(&had, conn);
    seen_forget();
    calls_run(conn, &had);
    leaks = seen_leaks();
    seen_forget();
    calls_drop(&had);
    pileus_connection_unref(conn);
    pileus_options_free(options);
    pileus_context_unref(ctx);
    free(text);
    return leaks;
}

/* What a driver tells in an object is found; the core keeps it out of all else,
 * but for a shape that it does not know, in which it is found there, too. */
static void
test_leaks_are_found(void **state)
{
    static const char *const objects[] = {"name", "state", "extra", "blob"};
    static const char *const words[] = {"log",  "progress", "message",
                                        "code", "words",    "request"};
    char *(*const shapes[])(const char *) = {NULL, encode_percent,
                                             encode_base64, encode_json};

    (void)state;
    assert_int_equal(leaks_of("nowhere", NULL), 0);
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = 0; j < 4; j++) {
            assert_true(leaks_of(objects[j], shapes[i]) > 0);
        }
        for (size_t j = 0; j < 6; j++) {
            assert_int_equal(leaks_of(words[j], shapes[i]), 0);
        }
    }
    for (size_t j = 0; j < 6; j++) {
        assert_true(leaks_of(words[j], encode_hex) > 0);
    }
}

static int
set_up(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    (void)snprintf(own_file, sizeof own_file, "%s/own", folder);
    return 0;
}

static int
tear_down(void **state)
{
    char path[64];

    (void)state;

    (void)snprintf(path, sizeof path, "%s/exchanges.jsonl", folder);
    (void)unlink(path);
    (void)unlink(own_file);
    return rmdir(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marker),
        cmocka_unit_test(test_leaks_are_found),
        cmocka_unit_test(test_every_driver),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
