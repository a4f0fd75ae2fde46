/* What may be the value of an option. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/config/option.h"

#include "tests/support/probe.h"

#include <stdlib.h>

static void
test_durations(void **state)
{
    static const struct {
        const char *text;
        int64_t ms; /* -1: none */
    } cases[] = {
        {"250ms", 250},
        {"1.5s", 1500},
        {"5m", 300000},
        {"2h", 7200000},
        {"1d", 86400000},
        {"7", 7000},
        {"0.25", 250},
        {"0.0009s", 0},
        {"0", 0},
        {"1.", 1000},
        {"", -1},
        {"s", -1},
        {"-1s", -1},
        {" 1s", -1},
        {"1 s", -1},
        {"1,5s", -1},
        {"1.5.5s", -1},
        {"1x", -1},
        {"5ms ", -1},
        {"99999999999999999999s", -1},
        {"106751991167d", -1},
        {"1e3", -1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t ms = -1;

        assert_int_equal(pil__duration_parse(cases[i].text, &ms),
                         cases[i].ms >= 0);
        assert_true(ms == cases[i].ms);
    }
}

static const char *const colours[] = {"red", "green", NULL};

static void
test_types(void **state)
{
    static const struct {
        pil__option_type type;
        const char *text;
        bool good;
        int64_t number;
    } cases[] = {
        {PIL__OPTION_STRING, "", true, 0},
        {PIL__OPTION_STRING, "h\xc3\xa9", true, 0},
        {PIL__OPTION_STRING, "\xff", false, 0},
        {PIL__OPTION_INTEGER, "-12", true, -12},
        {PIL__OPTION_INTEGER, "+3", true, 3},
        {PIL__OPTION_INTEGER, " 3", false, 0},
        {PIL__OPTION_INTEGER, "3x", false, 0},
        {PIL__OPTION_INTEGER, "", false, 0},
        {PIL__OPTION_INTEGER, "9223372036854775807", true, INT64_MAX},
        {PIL__OPTION_INTEGER, "9223372036854775808", false, 0},
        {PIL__OPTION_BOOLEAN, "yes", true, 1},
        {PIL__OPTION_BOOLEAN, "off", true, 0},
        {PIL__OPTION_BOOLEAN, "TRUE", false, 0},
        {PIL__OPTION_DURATION, "2s", true, 2000},
        {PIL__OPTION_DURATION, "soon", false, 0},
        {PIL__OPTION_PATH, "/tmp", true, 0},
        {PIL__OPTION_PATH, "", false, 0},
        {PIL__OPTION_CHOICE, "green", true, 0},
        {PIL__OPTION_CHOICE, "blue", false, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pileus_option_info option = {
            .name = "thing", .type = cases[i].type, .choices = colours};
        pileus_error *err = NULL;
        int64_t number = 0;

        if (cases[i].good) {
            expect_ok(pil__option_check(&option, cases[i].text, &number, &err),
                      err);
            assert_true(number == cases[i].number);
        } else {
            assert_int_equal(
                pil__option_check(&option, cases[i].text, &number, &err),
                PILEUS_CONFIGURATION);
            expect_error(&err, PILEUS_CONFIGURATION, "option 'thing' takes");
        }
    }
}

static void
test_bounds_and_words(void **state)
{
    pileus_option_info option = {.name = "n",
                                 .type = PIL__OPTION_DURATION,
                                 .has_minimum = true,
                                 .has_maximum = true,
                                 .minimum = 10,
                                 .maximum = 20};
    pileus_option_info choice = {
        .name = "c", .type = PIL__OPTION_CHOICE, .choices = colours};
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pil__option_check(&option, "15ms", NULL, &err), err);
    (void)pil__option_check(&option, "9ms", NULL, &err);
    expect_error(&err, PILEUS_CONFIGURATION, "at least 10, at most 20 ms");
    (void)pil__option_check(&choice, "blue", NULL, &err);
    expect_error(&err, PILEUS_CONFIGURATION, "one of red, green, not 'blue'");
}

static void
test_too_long(void **state)
{
    pileus_option_info option = {.name = "s", .type = PIL__OPTION_STRING};
    char *text = calloc(1, PILEUS_OPTION_MAX + 2);
    pileus_error *err = NULL;

    (void)state;
    assert_non_null(text);
    memset(text, 'x', PILEUS_OPTION_MAX);
    expect_ok(pil__option_check(&option, text, NULL, &err), err);
    text[PILEUS_OPTION_MAX] = 'x';
    (void)pil__option_check(&option, text, NULL, &err);
    expect_error(&err, PILEUS_CONFIGURATION, "shorten it");
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_durations),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_bounds_and_words),
        cmocka_unit_test(test_too_long),
    };

    return cmocka_run_group_tests_name("option", tests, NULL, NULL);
}
