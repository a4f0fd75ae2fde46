/* Signature Version 4 against what Amazon publishes of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "plugins/ec2/sign.h"

#include "tests/support/expect.h"

#include <pileus/pileus.h>

/*
 * The cases are those of the "Signature Version 4 test suite" of the AWS
 * General Reference (docs.aws.amazon.com/general/latest/gr/
 * signature-v4-test-suite.html, aws-sig-v4-test-suite.zip), by their names
 * there, and the example "ListUsers" of its page "Signing AWS requests with
 * Signature Version 4" (sigv4-signed-request-examples.html).
 */

/* ---- the cases ------------------------------------------------------------
 */

#define SCOPE "Credential=AKIDEXAMPLE/20150830/us-east-1/"
#define FORM "application/x-www-form-urlencoded"
#define TOKEN                                                                  \
    "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKW" \
    "HGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4" \
    "IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE" \
    "8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yj" \
    "c8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA=="
#define UNRESERVED                                                             \
    "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

static const struct {
    const char *name;
    const char *service;
    const char *token;
    ec2_unsigned what;
    const char *names; /* of the headers that are signed */
    const char *signature;
} cases[] = {
    {"get-vanilla",
     "service",
     NULL,
     {.method = "GET", .host = "example.amazonaws.com"},
     "host;x-amz-date",
     "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
    {"get-vanilla-query-order-key-case",
     "service",
     NULL,
     {.method = "GET",
      .host = "example.amazonaws.com",
      .query =
          (const pileus_pair[]){{"Param2", "value2"}, {"Param1", "value1"}},
      .query_count = 2},
     "host;x-amz-date",
     "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
    {"get-vanilla-query-unreserved",
     "service",
     NULL,
     {.method = "GET",
      .host = "example.amazonaws.com",
      .query = (const pileus_pair[]){{UNRESERVED, UNRESERVED}},
      .query_count = 1},
     "host;x-amz-date",
     "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"},
    {"get-vanilla-utf8-query",
     "service",
     NULL,
     {.method = "GET",
      .host = "example.amazonaws.com",
      .query = (const pileus_pair[]){{"\xe1\x88\xb4", "bar"}},
      .query_count = 1},
     "host;x-amz-date",
     "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"},
    {"post-vanilla",
     "service",
     NULL,
     {.method = "POST", .host = "example.amazonaws.com"},
     "host;x-amz-date",
     "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"},
    {"post-x-www-form-urlencoded",
     "service",
     NULL,
     {.method = "POST",
      .host = "example.amazonaws.com",
      .content_type = FORM,
      .body = "Param1=value1",
      .body_size = 13},
     "content-type;host;x-amz-date",
     "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"},
    {"post-x-www-form-urlencoded-parameters",
     "service",
     NULL,
     {.method = "POST",
      .host = "example.amazonaws.com",
      .content_type = FORM "; charset=utf8",
      .body = "Param1=value1",
      .body_size = 13},
     "content-type;host;x-amz-date",
     "1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe"},
    {"post-sts-header-before",
     "service",
     TOKEN,
     {.method = "POST", .host = "example.amazonaws.com"},
     "host;x-amz-date;x-amz-security-token",
     "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"},
    {"ListUsers",
     "iam",
     NULL,
     {.method = "GET",
      .host = "iam.amazonaws.com",
      .content_type = FORM "; charset=utf-8",
      .query = (const pileus_pair[]){{"Version", "2010-05-08"},
                                     {"Action", "ListUsers"}},
      .query_count = 2},
     "content-type;host;x-amz-date",
     "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"},
    /* Not published: a name that begins another comes first, whatever follows
     * it, and of equal ones the lesser value. */
    {"order",
     "ec2",
     NULL,
     {.method = "GET",
      .host = "h",
      .query = (const pileus_pair[]){{"A.1", "c"}, {"A", "z"}, {"A", "b"}},
      .query_count = 3},
     "host;x-amz-date",
     "25071615a9eabaf22b15c3601e343144618ed03c9a66c0a3ce68fdab7a4a9f6d"},
};

static void
test_published(void **state)
{
    pileus_call *call = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const ec2_signer signer = {
            .key = "AKIDEXAMPLE",
            .secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            .token = cases[i].token,
            .region = "us-east-1",
            .service = cases[i].service,
        };
        ec2_unsigned what = cases[i].what;
        char wanted[512];
        pileus_text *text = NULL;
        char *header = NULL;

        what.path = "/";
        what.date = "20150830T123600Z";
        (void)snprintf(wanted, sizeof wanted,
                       "AWS4-HMAC-SHA256 " SCOPE "%s/aws4_request, "
                       "SignedHeaders=%s, Signature=%s",
                       cases[i].service, cases[i].names, cases[i].signature);
        assert_int_equal(ec2_sign(call, &signer, &what, &text, &header),
                         PILEUS_OK);
        if (strcmp(header, wanted) != 0) {
            print_error("%s\n", cases[i].name);
        }
        assert_string_equal(header, wanted);
        pileus_text_drop(text);
    }
    pileus_call_free(call);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),
    };

    return cmocka_run_group_tests_name("plugins/ec2_sign", tests, NULL, NULL);
}
