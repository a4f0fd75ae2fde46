/* What the system says: the time, the environment, its words for errors. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/clock.h"
#include "core/base/env.h"
#include "core/base/errno.h"

#include "tests/support/expect.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

static void
test_clock(void **state)
{
    int64_t before = pil__clock_ms();
    struct timespec point;

    (void)state;
    assert_true(before > 0);
    pil__clock_timespec(before + 5, &point);
    assert_int_equal(
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &point, NULL), 0);
    assert_true(pil__clock_ms() >= before + 5);
    pil__clock_timespec(12345, &point);
    assert_int_equal(point.tv_sec, 12);
    assert_int_equal(point.tv_nsec, 345000000);
}

static void
test_environment(void **state)
{
    (void)state;
    assert_int_equal(setenv("PILEUS_TEST", "set", 1), 0);
    assert_string_equal(pil__getenv("PILEUS_TEST"), "set");
    assert_int_equal(unsetenv("PILEUS_TEST"), 0);
    assert_null(pil__getenv("PILEUS_TEST"));
}

static void
test_errno(void **state)
{
    char buffer[PIL__ERRNO_TEXT_MAX];
    char other[PIL__ERRNO_TEXT_MAX];
    const char *text = pil__errno_text(ENOENT, buffer);

    (void)state;
    assert_true(strlen(text) > 0);
    assert_string_not_equal(text, pil__errno_text(EACCES, other));
    assert_non_null(strstr(pil__errno_text(99999, buffer), "99999"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clock),
        cmocka_unit_test(test_environment),
        cmocka_unit_test(test_errno),
    };

    return cmocka_run_group_tests_name("system", tests, NULL, NULL);
}
