/* Durations read; moments and numbers written. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/cell.h"
#include "cli/moment.h"
#include "cli/status.h"

#include <float.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void
durations(void **state)
{
    static const struct {
        const char *text;
        int64_t ms;
    } good[] = {
        {"0", 0},
        {"90", 90000},
        {"250ms", 250},
        {"1.5s", 1500},
        {"0.25", 250},
        {"5m", 300000},
        {"2h", 7200000},
        {"1d", 86400000},
        {"0.5d", 43200000},
        {"1.0009s", 1000},
        {"1.123456789", 1123},
        {"1.7ms", 1},
        {"106751991166d", INT64_C(9223372036742400000)},
    };
    static const char *const bad[] = {
        "",
        "s",
        "-1",
        "+1",
        "1 s",
        "1x",
        "1.",
        ".5",
        "1.s",
        "0x10",
        "1e3",
        "inf",
        "nan",
        "1ss",
        "5m30s",
        " 5",
        "5 ",
        "1,5s",
        "99999999999999999999",
        "106751991168d",
        "9223372036854775807",
    };
    int64_t ms;

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        ms = -1;
        assert_true(cli_duration_parse(&ms, good[i].text));
        assert_int_equal(ms, good[i].ms);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        if (cli_duration_parse(&ms, bad[i])) {
            fail_msg("'%s' was taken for a duration", bad[i]);
        }
    }
}

static void
moments(void **state)
{
    static const struct {
        int64_t ns;
        const char *text;
    } rows[] = {
        {0, "1970-01-01T00:00:00Z"},
        {INT64_C(1234567890000000000), "2009-02-13T23:31:30Z"},
        {INT64_C(1234567890500000000), "2009-02-13T23:31:30.5Z"},
        {INT64_C(1234567890000000001), "2009-02-13T23:31:30.000000001Z"},
        {INT64_C(1234567890120000000), "2009-02-13T23:31:30.12Z"},
        {-1, "1969-12-31T23:59:59.999999999Z"},
        {INT64_C(-1000000000), "1969-12-31T23:59:59Z"},
        {INT64_MAX, "2262-04-11T23:47:16.854775807Z"},
        {INT64_MIN, "1677-09-21T00:12:43.145224192Z"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[CLI_MOMENT_SIZE];

        cli_moment_format(text, rows[i].ns);
        assert_string_equal(text, rows[i].text);
    }
}

static void
numbers(void **state)
{
    static const struct {
        double number;
        const char *text;
    } rows[] = {
        {0, "0.0"},
        {-0.0, "-0.0"},
        {0.1, "0.1"},
        {4, "4.0"},
        {0.0225, "0.0225"},
        {1.0 / 3, "0.3333333333333333"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1e300, "1e+300"},
        {DBL_MIN, "2.2250738585072014e-308"},
        {-DBL_MAX, "-1.7976931348623157e+308"},
        {123456789012345678.0, "1.2345678901234568e+17"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[CLI_DOUBLE_SIZE];

        cli_double_format(text, rows[i].number);
        assert_string_equal(text, rows[i].text);
    }
}

static void
tallies(void **state)
{
    cli_tally tally = {0};

    (void)state;
    assert_int_equal(cli_tally_status(&tally), CLI_DONE);
    cli_tally_add(&tally, CLI_NOT_FOUND);
    cli_tally_add(&tally, CLI_FAILED);
    assert_int_equal(cli_tally_status(&tally), CLI_NOT_FOUND);
    cli_tally_add(&tally, CLI_DONE);
    assert_int_equal(cli_tally_status(&tally), CLI_PARTIAL);
    tally = (cli_tally){0};
    cli_tally_add(&tally, CLI_DONE);
    assert_int_equal(cli_tally_status(&tally), CLI_DONE);
}

static void
exit_codes(void **state)
{
    (void)state;
    assert_int_equal(cli_status_of(PILEUS_OK), 0);
    assert_int_equal(cli_status_of(PILEUS_FAILED), 1);
    assert_int_equal(cli_status_of(PILEUS_PERMISSION), 1);
    assert_int_equal(cli_status_of(4711), 1);
    assert_int_equal(cli_status_of(PILEUS_INVALID_ARGUMENT), 2);
    assert_int_equal(cli_status_of(PILEUS_CONFIGURATION), 2);
    assert_int_equal(cli_status_of(PILEUS_NOT_FOUND), 4);
    assert_int_equal(cli_status_of(PILEUS_AUTHENTICATION), 5);
    assert_int_equal(cli_status_of(PILEUS_TIMEOUT), 124);
    assert_int_equal(cli_status_of_opening(PILEUS_NOT_FOUND), 2);
    assert_int_equal(cli_status_of_opening(PILEUS_AUTHENTICATION), 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations),  cmocka_unit_test(moments),
        cmocka_unit_test(numbers),    cmocka_unit_test(tallies),
        cmocka_unit_test(exit_codes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
