/* Arenas: what they give is aligned, apart, and freed at once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/arena.h"

#include "tests/support/alloc.h"

static void
test_pieces_are_apart(void **state)
{
    enum { PIECES = 3000 };
    static unsigned char *piece[PIECES];
    pil__arena arena = {0};

    (void)state;
    for (size_t i = 0; i < PIECES; i++) {
        size_t size = i % 97;

        piece[i] = pil__arena_alloc(&arena, size);
        assert_non_null(piece[i]);
        assert_int_equal((uintptr_t)piece[i] % _Alignof(max_align_t), 0);
        memset(piece[i], (int)(i % 251), size);
        assert_string_equal(pil__arena_strndup(&arena, "abc", 2), "ab");
    }
    for (size_t i = 0; i < PIECES; i++) {
        for (size_t k = 0; k < i % 97; k++) {
            assert_int_equal(piece[i][k], i % 251);
        }
    }
    pil__arena_free(&arena);
    assert_null(arena.block);
    assert_non_null(pil__arena_alloc(&arena, 1)); /* it is ready again */
    pil__arena_free(&arena);
}

static void
test_large_pieces(void **state)
{
    pil__arena arena = {0};
    char *large = pil__arena_alloc(&arena, 10000000);
    char *small;

    (void)state;
    assert_non_null(large);
    memset(large, 'x', 10000000);
    small = pil__arena_strndup(&arena, "", 0);
    assert_string_equal(small, "");
    assert_int_equal(large[9999999], 'x');
    assert_null(pil__arena_alloc(&arena, SIZE_MAX));
    assert_null(pil__arena_alloc(&arena, SIZE_MAX / 2 + 1));
    assert_null(pil__arena_strndup(&arena, "x", SIZE_MAX));
    pil__arena_free(&arena);
}

static void
test_wipe(void **state)
{
    pil__arena arena = {0};
    char *pieces[100];

    (void)state;
    pil__arena_wipe(&arena);           /* with nothing in it */
    for (size_t i = 0; i < 100; i++) { /* in several blocks */
        pieces[i] = pil__arena_strndup(&arena, "secret", 6);
        assert_non_null(pieces[i]);
        assert_non_null(pil__arena_alloc(&arena, 100));
    }
    pil__arena_wipe(&arena);
    for (size_t i = 0; i < 100; i++) {
        assert_memory_equal(pieces[i], "\0\0\0\0\0\0", 6);
    }
    pil__arena_free(&arena);
}

static pileus_code
fill(void *user)
{
    pil__arena arena = {0};
    pileus_code code = PILEUS_OK;

    (void)user;
    for (int i = 0; code == PILEUS_OK && i < 1000; i++) {
        if (pil__arena_alloc(&arena, 100) == NULL ||
            pil__arena_strndup(&arena, "text", 4) == NULL) {
            code = PILEUS_NO_MEMORY;
        }
    }
    pil__arena_free(&arena);
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
        cmocka_unit_test(test_large_pieces),
        cmocka_unit_test(test_wipe),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
