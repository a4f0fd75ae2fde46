/* The EC2 driver and where the API of a region is. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_files.h"

#define REGION "region = " MOCK_REGION "\n"
#define DEFAULT "[default]\n"

static void
note(void *user, const char *text)
{
    if (strstr(text, "curl") != NULL) {
        (void)snprintf(user, 1024, "%s", text);
    }
}

/* Where a request would go that is asked of a recording without answers. */
static void
trace_request(char asked[1024], const char *const *pairs)
{
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_context_new(&files_context, &err), err);
    pileus_context_set_trace(files_context, note, asked);
    expect_ok(pileus_context_set_replay(files_context, files_path(""), &err),
              err);
    expect_ok(pileus_options_new(&options, &err), err);
    for (; *pairs != NULL; pairs += 2) {
        expect_ok(pileus_options_set(options, pairs[0], pairs[1], &err), err);
    }
    expect_ok(pileus_connection_open(&conn, files_context, "ec2", options, NULL,
                                     &err),
              err);
    assert_int_equal(files_list(conn, &err), PILEUS_CONFIGURATION);
    pileus_error_free(err);
    pileus_options_free(options);
    pileus_connection_unref(conn);
    pileus_context_unref(files_context);
    files_context = NULL;
}

static void
test_endpoints(void **state)
{
    static const struct {
        const char *config;
        const char *options[5];
        const char *wanted;
    } cases[] = {
        {DEFAULT REGION, {NULL}, "https://ec2." MOCK_REGION ".amazonaws.com/"},
        {DEFAULT REGION,
         {"region", "us-east-1", NULL},
         "https://ec2.us-east-1.amazonaws.com/"},
        {DEFAULT "region = cn-north-1\n",
         {NULL},
         "https://ec2.cn-north-1.amazonaws.com.cn/"},
        {NULL,
         {"region", "us-isob-east-1", NULL},
         "https://ec2.us-isob-east-1.sc2s.sgov.gov/"},
        {DEFAULT "region = cn-north-1\n",
         {"endpoint", "https://{region}.example.com/{region}", NULL},
         "https://cn-north-1.example.com/cn-north-1"},
        {NULL,
         {"endpoint", "https://x.example.com", "region", "cn-north-1", NULL},
         "https://x.example.com/"},
    };

    (void)state;
    files_write("credentials", DEFAULT KEYS, 0600);
    files_write("exchanges.jsonl", "", 0600);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char asked[1024] = "";

        files_write("config", cases[i].config, 0600);
        trace_request(asked, cases[i].options);
        if (strstr(asked, cases[i].wanted) == NULL) {
            print_error("%s is not in %s\n", cases[i].wanted, asked);
        }
        assert_non_null(strstr(asked, cases[i].wanted));
    }
    files_write("exchanges.jsonl", NULL, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_endpoints),
    };

    return cmocka_run_group_tests_name("plugins/ec2_region", tests, files_begin,
                                       files_end);
}
