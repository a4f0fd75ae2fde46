/* Errors: what is put in comes out, and nothing else does. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/error.h"

#include "tests/support/alloc.h"

#include <stdlib.h>

static const pil__error_facts all_facts = {
    .code = PILEUS_QUOTA,
    .message = "no more nodes",
    .status = 403,
    .provider_code = "QuotaExceeded",
    .provider_message = "You have too many.",
    .request_id = "req-7",
    .made_id = "i-9",
    .retry_after_ms = 1500,
    .retryable = true,
    .may_have_happened = true,
};

static void
test_all_facts(void **state)
{
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(pil__error_make(&err, &all_facts), PILEUS_QUOTA);
    assert_int_equal(pileus_error_code(err), PILEUS_QUOTA);
    assert_string_equal(pileus_error_message(err), "no more nodes");
    assert_int_equal(pileus_error_status(err), 403);
    assert_string_equal(pileus_error_provider_code(err), "QuotaExceeded");
    assert_string_equal(pileus_error_provider_message(err),
                        "You have too many.");
    assert_string_equal(pileus_error_request_id(err), "req-7");
    assert_string_equal(pileus_error_made_id(err), "i-9");
    assert_int_equal(pileus_error_retry_after_ms(err), 1500);
    assert_true(pileus_error_retryable(err));
    assert_true(pileus_error_may_have_happened(err));
    pileus_error_free(err);
}

static void
test_no_facts(void **state)
{
    const pil__error_facts facts = {
        .code = PILEUS_NOT_FOUND,
        .retry_after_ms = -7,
    };
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(pil__error_make(&err, &facts), PILEUS_NOT_FOUND);
    assert_string_equal(pileus_error_message(err), "not-found");
    assert_int_equal(pileus_error_status(err), 0);
    assert_null(pileus_error_provider_code(err));
    assert_null(pileus_error_provider_message(err));
    assert_null(pileus_error_request_id(err));
    assert_null(pileus_error_made_id(err));
    assert_int_equal(pileus_error_retry_after_ms(err), -1);
    assert_false(pileus_error_retryable(err));
    assert_false(pileus_error_may_have_happened(err));
    pileus_error_free(err);
}

static void
test_no_error(void **state)
{
    (void)state;
    assert_int_equal(pileus_error_code(NULL), PILEUS_OK);
    assert_string_equal(pileus_error_message(NULL), "no error");
    assert_int_equal(pileus_error_status(NULL), 0);
    assert_null(pileus_error_provider_code(NULL));
    assert_null(pileus_error_provider_message(NULL));
    assert_null(pileus_error_request_id(NULL));
    assert_null(pileus_error_made_id(NULL));
    assert_int_equal(pileus_error_retry_after_ms(NULL), -1);
    assert_false(pileus_error_retryable(NULL));
    assert_false(pileus_error_may_have_happened(NULL));
    pileus_error_free(NULL);
}

/* Nobody has to want the error. */
static void
test_nowhere_to_put_it(void **state)
{
    (void)state;
    assert_int_equal(pil__error_make(NULL, &all_facts), PILEUS_QUOTA);
    assert_int_equal(pil__error_set(NULL, PILEUS_BUSY, "busy"), PILEUS_BUSY);
    assert_int_equal(pil__error_no_memory(NULL), PILEUS_NO_MEMORY);
    assert_int_equal(pil__error_prefix(NULL, PILEUS_BUSY, "x"), PILEUS_BUSY);
}

static void
test_the_last_one_counts(void **state)
{
    pileus_error *err = NULL;

    (void)state;
    (void)pil__error_set(&err, PILEUS_BUSY, "first");
    (void)pil__error_set(&err, PILEUS_CLOSED, "second");
    expect_error(&err, PILEUS_CLOSED, "second");
    (void)pil__error_set(&err, PILEUS_BUSY, "first");
    assert_int_equal(pil__error_no_memory(&err), PILEUS_NO_MEMORY);
    assert_true(pileus_error_retryable(err));
    expect_error(&err, PILEUS_NO_MEMORY, "memory");
}

static void
test_prefix(void **state)
{
    pileus_error *err = NULL;
    char *long_text = malloc(2 * PILEUS_MESSAGE_MAX + 1);

    (void)state;
    assert_int_equal(pil__error_prefix(&err, PILEUS_OK, "x"), PILEUS_OK);
    (void)pil__error_make(&err, &all_facts);
    assert_int_equal(pil__error_prefix(&err, PILEUS_QUOTA, "%s %d", "list", 1),
                     PILEUS_QUOTA);
    assert_string_equal(pileus_error_message(err), "list 1: no more nodes");
    assert_int_equal(pileus_error_status(err), 403);

    memset(long_text, 'x', 2 * PILEUS_MESSAGE_MAX);
    long_text[2 * PILEUS_MESSAGE_MAX] = '\0';
    assert_int_equal(pil__error_prefix(&err, PILEUS_QUOTA, "%s", long_text),
                     PILEUS_QUOTA);
    assert_string_equal(pileus_error_message(err), "list 1: no more nodes");
    pileus_error_free(err);

    err = NULL;
    (void)pil__error_no_memory(&err);
    assert_int_equal(pil__error_prefix(&err, PILEUS_NO_MEMORY, "x"),
                     PILEUS_NO_MEMORY);
    pileus_error_free(err);
    free(long_text);
}

static void
test_made(void **state)
{
    pileus_error *err = NULL;

    (void)state;
    pil__error_set_made(NULL, "i-1");
    pil__error_set_made(&err, "i-1");
    assert_null(err);
    (void)pil__error_set(&err, PILEUS_FAILED, "no boot");
    assert_false(pileus_error_may_have_happened(err));
    pil__error_set_made(&err, "i-1");
    pil__error_set_made(&err, "i-2");
    assert_string_equal(pileus_error_made_id(err), "i-2");
    assert_true(pileus_error_may_have_happened(err));
    assert_string_equal(pileus_error_message(err), "no boot");
    (void)pil__error_no_memory(&err);
    pil__error_set_made(&err, "i-1");
    assert_null(pileus_error_made_id(err)); /* that one is a constant */
    pileus_error_free(err);
}

/* What comes from afar is cut and mended. */
static void
test_messages_are_clean(void **state)
{
    pil__error_facts facts = {.code = PILEUS_FAILED};
    char *long_text = malloc(3 * PILEUS_MESSAGE_MAX);
    pileus_error *err = NULL;

    (void)state;
    memset(long_text, 'x', 3 * PILEUS_MESSAGE_MAX);
    long_text[3 * PILEUS_MESSAGE_MAX - 1] = '\0';
    facts.message = "bad \xFF byte";
    facts.provider_message = long_text;
    (void)pil__error_make(&err, &facts);
    assert_string_equal(pileus_error_message(err), "bad \xEF\xBF\xBD byte");
    assert_int_equal(strlen(pileus_error_provider_message(err)),
                     PILEUS_MESSAGE_MAX);
    pileus_error_free(err);
    err = NULL;
    (void)pil__error_set(&err, PILEUS_FAILED, "%s", long_text);
    assert_int_equal(strlen(pileus_error_message(err)), PILEUS_MESSAGE_MAX - 1);
    pileus_error_free(err);
    free(long_text);
}

static void
test_names(void **state)
{
    (void)state;
    assert_string_equal(pileus_code_name(PILEUS_OK), "ok");
    assert_string_equal(pileus_code_name(PILEUS_INVALID_ARGUMENT),
                        "invalid-argument");
    assert_string_equal(pileus_code_name(PILEUS_FAILED), "failed");
    assert_string_equal(pileus_code_name(PILEUS_FAILED + 1), "unknown");
    assert_string_equal(pileus_code_name(-1), "unknown");
    for (pileus_code code = PILEUS_OK; code <= PILEUS_FAILED; code++) {
        assert_non_null(pileus_code_name(code));
        assert_string_not_equal(pileus_code_name(code), "unknown");
    }
}

static pileus_code
make_and_prefix(void *user)
{
    pileus_error *err = NULL;
    pileus_code code = pil__error_make(&err, &all_facts);

    (void)user;
    assert_int_equal(code, pileus_error_code(err));
    if (code == PILEUS_QUOTA) {
        code = pil__error_prefix(&err, PILEUS_QUOTA, "list");
    }
    if (code == PILEUS_QUOTA) {
        pil__error_set_made(&err, "i-1");
        code = pileus_error_code(err);
    }
    assert_int_equal(code, pileus_error_code(err));
    pileus_error_free(err);
    return code == PILEUS_QUOTA ? PILEUS_OK : code;
}

static void
test_no_memory(void **state)
{
    (void)state;
    fail_each_allocation(make_and_prefix, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_facts),
        cmocka_unit_test(test_no_facts),
        cmocka_unit_test(test_no_error),
        cmocka_unit_test(test_nowhere_to_put_it),
        cmocka_unit_test(test_the_last_one_counts),
        cmocka_unit_test(test_prefix),
        cmocka_unit_test(test_made),
        cmocka_unit_test(test_messages_are_clean),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
