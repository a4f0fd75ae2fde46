/* What suites expect of codes and errors. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_EXPECT_H
#define TESTS_SUPPORT_EXPECT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <pileus/error.h>

/* An error's code and message are as expected; the error is freed. */
static inline void
expect_error(pileus_error **err, pileus_code code, const char *words)
{
    assert_non_null(*err);
    if (pileus_error_code(*err) != code ||
        strstr(pileus_error_message(*err), words) == NULL) {
        print_error("error %s: %s\n", pileus_code_name(pileus_error_code(*err)),
                    pileus_error_message(*err));
    }
    assert_int_equal(pileus_error_code(*err), code);
    assert_non_null(strstr(pileus_error_message(*err), words));
    pileus_error_free(*err);
    *err = NULL;
}

/* A macro, so that the call is made before its error is looked at. */
#define expect_ok(call, err)                                                   \
    do {                                                                       \
        pileus_code expect_ok_code = (call);                                   \
                                                                               \
        expect_ok_after(expect_ok_code, err);                                  \
    } while (0)

static inline void
expect_ok_after(pileus_code code, const pileus_error *err)
{
    if (code != PILEUS_OK) {
        print_error("error %s: %s\n", pileus_code_name(code),
                    pileus_error_message(err));
    }
    assert_int_equal(code, PILEUS_OK);
    assert_null(err);
}

#endif
