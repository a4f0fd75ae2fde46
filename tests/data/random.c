/* Random tokens. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/random.h"

#include "tests/support/expect.h"

static void
test_hex(void **state)
{
    char one[33] = "";
    char two[33] = "";
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pil__random_hex(one, 16, &err), err);
    expect_ok(pil__random_hex(two, 16, &err), err);
    assert_int_equal(strlen(one), 32);
    assert_int_equal(strspn(one, "0123456789abcdef"), 32);
    assert_int_equal(strspn(two, "0123456789abcdef"), 32);
    assert_string_not_equal(one, two);
    expect_ok(pil__random_hex(one, 0, &err), err);
    assert_string_equal(one, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hex),
    };

    return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
