/* The EC2 driver when memory runs out, in the driver or in the core, while it
 * gets credentials: from files, from a program, from an instance's metadata. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_files.h"
#include "tests/plugins/ec2_metadata_mock.h"
#include "tests/support/stand_in.h"

#include <dlfcn.h>

#ifdef STAND_IN

/* ---- which fail ---------------------------------------------------------
 */

/* The provider has threads of its own, which have all the memory they want. */
static _Thread_local bool armed;
static _Thread_local long alive; /* allocations not freed yet */
static long left;                /* allocations until one fails */
static long failed;              /* how many did */
static long of_driver;           /* of those, the driver's */

static bool
is_from(const char *module, const void *caller)
{
    Dl_info found;

    return dladdr(caller, &found) != 0 && found.dli_fname != NULL &&
           strstr(found.dli_fname, module) != NULL;
}

/* What libcurl and the C library make of it is their affair. */
static bool
stand_in_allows(const void *caller)
{
    bool driver = armed && is_from("/ec2.so", caller);

    if (!(driver || (armed && is_from("/libpileus.", caller))) || left-- != 0) {
        return true;
    }
    failed++;
    of_driver += driver;
    return false;
}

static void
stand_in_made(void *memory, const void *caller)
{
    (void)memory;
    (void)caller;
    alive++;
}

static void
stand_in_freed(void *memory)
{
    (void)memory;
    alive--;
}

/* ---- failing --------------------------------------------------------------
 */

typedef struct scene {
    ec2_mock *mock;
    const char *const *pairs; /* options */
    bool lists;               /* nodes, too */
} scene;

static pileus_options *
options_of(const scene *of)
{
    pileus_options *options = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_options_new(&options, &err), err);
    expect_ok(pileus_options_set(options, "endpoint", server_url(of->mock->web),
                                 &err),
              err);
    for (const char *const *at = of->pairs; at != NULL && *at != NULL;
         at += 2) {
        expect_ok(pileus_options_set(options, at[0], at[1], &err), err);
    }
    return options;
}

static pileus_code
play(const scene *of, bool fails, pileus_error **err)
{
    pileus_options *options = options_of(of);
    pileus_connection *conn = NULL;
    pileus_code code;

    armed = fails;
    code = pileus_connection_open(&conn, NULL, "ec2", options, NULL, err);
    if (code == PILEUS_OK && of->lists) {
        code = files_list(conn, err);
    }
    pileus_connection_unref(conn);
    armed = false;
    pileus_options_free(options);
    return code;
}

/* What only the log lacks does not fail. */
static void
fail_each(const scene *of)
{
    pileus_error *err = NULL;
    long n = 0;
    long ended = 0;

    of_driver = 0;
    /* The libraries set themselves up for good. */
    for (int i = 0; i < 2; i++) {
        expect_ok(play(of, false, &err), err);
    }
    do {
        long before = alive;
        pileus_code code;

        left = n++;
        failed = 0;
        code = play(of, true, &err);
        ended += code == PILEUS_NO_MEMORY;
        if (code != PILEUS_OK && code != PILEUS_NO_MEMORY) {
            print_error("allocation %ld: %s: %s\n", n, pileus_code_name(code),
                        pileus_error_message(err));
        }
        assert_true(code == PILEUS_NO_MEMORY || code == PILEUS_OK);
        assert_true(failed > 0 || code == PILEUS_OK);
        pileus_error_free(err);
        err = NULL;
        if (alive != before) {
            print_error("allocation %ld: %ld stay\n", n, alive - before);
        }
        assert_int_equal(alive, before);
    } while (failed > 0);
    print_message("%ld allocations, %ld of the driver's\n", n - 1, of_driver);
    assert_true(ended > 50);
    assert_true(of_driver > 5);
}

/* ---- scenes ---------------------------------------------------------------
 */

static void
test_files(void **state)
{
    scene of = {.lists = true};

    (void)state;
    skip_if_not_standing_in();
    of.mock = mock_start(1);
    of.mock->token = MOCK_TOKEN;
    files_write("credentials",
                "[other]\n" OTHER_KEYS "[default]\n" KEYS
                "aws_session_token = " MOCK_TOKEN "\n",
                0644);
    files_write("config", "[default]\nregion = " MOCK_REGION "\n", 0600);
    fail_each(&of);
    mock_stop(of.mock);
}

static void
test_program(void **state)
{
    scene of = {0};
    char text[512];

    (void)state;
    skip_if_not_standing_in();
    of.mock = mock_start(1);
    files_write("credentials", NULL, 0);
    files_write("give",
                "#!/bin/sh\necho '{\"Version\": 1, \"AccessKeyId\": \"" MOCK_KEY
                "\", \"SecretAccessKey\": \"" MOCK_SECRET
                "\", \"SessionToken\": \"t\", "
                "\"Expiration\": \"2199-01-01T00:00:00Z\"}'\n",
                0700);
    (void)snprintf(text, sizeof text,
                   "[default]\nregion = " MOCK_REGION
                   "\ncredential_process = '%s' one \"two\"\n",
                   files_path("give"));
    files_write("config", text, 0600);
    fail_each(&of);
    mock_stop(of.mock);
}

static void
test_metadata(void **state)
{
    metadata self;
    const char *pairs[] = {"region", MOCK_REGION, "metadata-endpoint", NULL,
                           NULL};
    scene of = {.pairs = pairs};

    (void)state;
    skip_if_not_standing_in();
    of.mock = mock_start(1);
    files_write("credentials", NULL, 0);
    files_write("config", NULL, 0);
    assert_int_equal(unsetenv("AWS_EC2_METADATA_DISABLED"), 0);
    metadata_start(&self);
    pairs[3] = server_url(self.web);
    fail_each(&of);
    metadata_stop(&self);
    mock_stop(of.mock);
}

#else

static void
test_files(void **state)
{
    (void)state;
    skip_if_not_standing_in();
}

static void
test_program(void **state)
{
    test_files(state);
}

static void
test_metadata(void **state)
{
    test_files(state);
}

#endif

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_program),
        cmocka_unit_test(test_metadata),
    };

    return cmocka_run_group_tests_name("plugins/ec2_no_memory", tests,
                                       files_begin, files_end);
}
