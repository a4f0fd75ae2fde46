/* Slabs: pieces are apart, and a slab goes with the last of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/arena.h"

#include "tests/support/alloc.h"

enum { PIECES = 3000, SIZE = 1500 };

static void
test_pieces_are_apart(void **state)
{
    static unsigned char *piece[PIECES];
    static pil__slab *of[PIECES];
    pil__slabs slabs = {0};
    size_t others = 0;

    (void)state;
    for (size_t i = 0; i < PIECES; i++) {
        piece[i] = pil__slabs_take(&slabs, i % SIZE, &of[i]);
        assert_non_null(piece[i]);
        assert_int_equal((uintptr_t)piece[i] % _Alignof(max_align_t), 0);
        memset(piece[i], (int)(i % 251), i % SIZE);
        others += i > 0 && of[i] != of[i - 1];
    }
    assert_in_range(others, 4, 6); /* 64 to 512 KiB, and one of 2 MiB */
    pil__slabs_end(&slabs);
    pil__slabs_end(&slabs);               /* once is enough */
    for (size_t i = 0; i < PIECES; i++) { /* they stay */
        for (size_t k = 0; k < i % SIZE; k++) {
            assert_int_equal(piece[i][k], i % 251);
        }
    }
    for (size_t i = 0; i < PIECES; i++) {
        pil__slab_release(of[i]);
    }
}

static void
test_trim(void **state)
{
    pil__slabs slabs = {0};
    pil__slab *of[4];
    char *first = pil__slabs_take(&slabs, 1000, &of[0]);
    char *second = pil__slabs_take(&slabs, 1000, &of[1]);
    char *third;

    (void)state;
    assert_ptr_equal(of[0], of[1]);
    pil__slabs_trim(&slabs, first, 1000, 10); /* it is not the last */
    pil__slabs_trim(&slabs, second, 1000, 10);
    third = pil__slabs_take(&slabs, 1, &of[2]);
    assert_in_range(second - first, 1000, 1024);
    assert_in_range(third - second, 10, 16);
    pil__slabs_trim(&slabs, third, 1, 0);
    assert_ptr_equal(pil__slabs_take(&slabs, 1, &of[3]), third);
    for (size_t i = 0; i < 4; i++) {
        pil__slab_release(of[i]);
    }
    pil__slabs_end(&slabs);
    pil__slabs_trim(&slabs, third, 1, 0); /* nothing is taken any more */
}

/* Arenas that are let go give their memory to the next; those that settle keep
 * what they have used. */
static void
test_arenas(void **state)
{
    pil__slabs slabs = {0};
    pil__arena kept[2] = {{.first = 3000, .slabs = &slabs},
                          {.first = 3000, .slabs = &slabs}};
    char *text[2];
    const void *large;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        pil__arena dropped = {.first = 500, .slabs = &slabs};

        assert_non_null(pil__arena_alloc(&dropped, 400));
        assert_non_null(pil__arena_alloc(&dropped, 400)); /* another block */
        pil__arena_free(&dropped);
        text[i] = pil__arena_strndup(&kept[i], "kept", 4);
        pil__arena_settle(&kept[i]);
    }
    assert_in_range(text[1] - text[0], 5, 64);   /* nothing is lost between */
    large = pil__arena_alloc(&kept[0], 1000000); /* and it may grow still */
    assert_non_null(large);
    pil__slabs_end(&slabs);
    assert_string_equal(text[0], "kept");
    assert_string_equal(text[1], "kept");
    pil__arena_free(&kept[0]);
    pil__arena_free(&kept[1]);
}

static pileus_code
fill(void *user)
{
    pil__slabs slabs = {0};
    pil__arena arena[100];
    pileus_code code = PILEUS_OK;

    (void)user;
    for (int i = 0; i < 100; i++) {
        arena[i] = (pil__arena){.slabs = &slabs};
        if (pil__arena_alloc(&arena[i], 5000) == NULL) {
            code = PILEUS_NO_MEMORY;
        }
        pil__arena_settle(&arena[i]);
    }
    pil__slabs_end(&slabs);
    for (int i = 0; i < 100; i++) {
        pil__arena_free(&arena[i]);
    }
    return code;
}

static void
test_no_memory(void **state)
{
    (void)state;
    fail_each_allocation(fill, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces_are_apart),
        cmocka_unit_test(test_trim),
        cmocka_unit_test(test_arenas),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("slabs", tests, NULL, NULL);
}
