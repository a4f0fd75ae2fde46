/* Texts that drivers put together. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/call.h"

#include "tests/support/alloc.h"

#include <pileus/pileus.h>
#include <pileus/text.h>

#define LONG 5000

static pileus_call *call;

static int
begin(void **state)
{
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    pileus_call_free(call);
    return 0;
}

/* The text is this, and is dropped. */
static void
expect_text(pileus_text *text, const char *wanted, size_t wanted_size)
{
    char *data = NULL;
    size_t size = 1;

    assert_int_equal(pileus_text_end(text, &data, &size), PILEUS_OK);
    assert_int_equal(size, wanted_size);
    assert_memory_equal(data, wanted, wanted_size + 1);
    data[0] = 'x'; /* it may be changed */
    assert_int_equal(pileus_text_end(text, &data, NULL), PILEUS_OK);
    pileus_text_drop(text);
}

static void
test_joined(void **state)
{
    pileus_text *text = pileus_text_begin(call);

    (void)state;
    pileus_text_join(text, NULL);
    pileus_text_join(text, "one", "", "&two=", NULL);
    assert_int_equal(pileus_text_add(text, "\0three", 3), PILEUS_OK);
    pileus_text_join(text, "\n", NULL);
    expect_text(text, "one&two=\0th\n", 12);
    expect_text(pileus_text_begin(call), "", 0);
}

static void
test_encoded(void **state)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    pileus_text *text = pileus_text_begin(call);

    (void)state;
    pileus_text_encode(text, plain, PILEUS_NUL_TERMINATED, "");
    expect_text(text, plain, sizeof plain - 1);

    text = pileus_text_begin(call);
    pileus_text_encode(text, "", PILEUS_NUL_TERMINATED, "");
    pileus_text_encode(text, "a b/~\xff\0.", 8, PILEUS_TEXT_UNRESERVED "/");
    pileus_text_encode(text, "~*", PILEUS_NUL_TERMINATED, ".-*_");
    expect_text(text, "a%20b/~%FF%00.%7E*", 18);
}

/* Each byte by itself, against the C library's idea of it. */
static void
test_each_byte(void **state)
{
    (void)state;
    for (int i = 0; i < 256; i++) {
        pileus_text *text = pileus_text_begin(call);
        char byte = (char)i;
        bool stays = (i >= '0' && i <= '9') || (i >= 'A' && i <= 'Z') ||
                     (i >= 'a' && i <= 'z') || i == '-' || i == '.' ||
                     i == '_' || i == '~';
        char wanted[8];

        (void)snprintf(wanted, sizeof wanted, stays ? "%c" : "%%%02X", i);
        pileus_text_encode(text, &byte, 1, PILEUS_TEXT_UNRESERVED);
        expect_text(text, wanted, strlen(wanted));
    }
}

static void
test_none(void **state)
{
    char *data = NULL;

    (void)state;
    pileus_text_join(NULL, "a", NULL);
    pileus_text_encode(NULL, "a", 1, "");
    assert_int_equal(pileus_text_end(NULL, &data, NULL), PILEUS_NO_MEMORY);
    pileus_text_drop(NULL);
}

/* What failed on the way is told at the end. */
static void
test_too_long(void **state)
{
    static const char part[1 << 20];
    pileus_text *text = pileus_text_begin(call);
    pileus_error *err = NULL;
    char *data = NULL;

    (void)state;
    for (int i = 0; i <= 16; i++) {
        pileus_text_encode(text, part, 1 << 20, "");
    }
    pileus_text_join(text, "a", NULL);
    assert_int_equal(pileus_text_end(text, &data, NULL), PILEUS_PROTOCOL);
    assert_int_equal(pil__call_result(call, PILEUS_PROTOCOL, &err),
                     PILEUS_PROTOCOL);
    expect_error(&err, PILEUS_PROTOCOL, "the text has more than 16777216");
    pileus_text_drop(text);
}

static pileus_code
put_together(void *user)
{
    static const char part[LONG];
    pileus_text *text = pileus_text_begin(call);
    pileus_error *err = NULL;
    char *data = NULL;
    int32_t code;

    (void)user;
    pileus_text_join(text, "a", "b", NULL);
    pileus_text_encode(text, part, LONG, "");
    code = pileus_text_end(text, &data, NULL);
    pileus_text_drop(text);
    assert_int_equal(pil__call_result(call, code, &err), code);
    pileus_error_free(err);
    return code;
}

static void
test_no_memory(void **state)
{
    (void)state;
    fail_each_allocation(put_together, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_joined),    cmocka_unit_test(test_encoded),
        cmocka_unit_test(test_each_byte), cmocka_unit_test(test_none),
        cmocka_unit_test(test_too_long),  cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("text", tests, begin, end);
}
