/* Memory that runs out anywhere in the process: in the core, in the driver, in
 * the libraries under them. The program's own malloc fails the n-th time, for
 * every n, and counts what is not freed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/probe.h"
#include "tests/support/walk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/* Where the C library does not offer its allocator under another name, or a
 * sanitizer brings its own, there is nothing to stand in for. */
#if defined(HAVE___LIBC_MALLOC) && !defined(HAVE_SANITIZERS)
#define CAN_STAND_IN 1
#endif

#ifdef CAN_STAND_IN

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void __libc_free(void *memory);

static bool armed;
static long left;   /* allocations until one fails */
static long failed; /* how many did */
static long alive;  /* allocations not freed yet */
static long seen;   /* allocations that came here */

static bool
allowed(void)
{
    if (!armed || left-- > 0) {
        return true;
    }
    failed++;
    errno = ENOMEM;
    return false;
}

static void *
counted(void *memory)
{
    seen++;
    alive += memory != NULL;
    return memory;
}

/* Seen by all shared objects of the process. */
PILEUS_API void *
malloc(size_t size)
{
    return allowed() ? counted(__libc_malloc(size)) : NULL;
}

PILEUS_API void *
calloc(size_t count, size_t size)
{
    return allowed() ? counted(__libc_calloc(count, size)) : NULL;
}

PILEUS_API void *
realloc(void *old, size_t size)
{
    void *grown = allowed() ? __libc_realloc(old, size) : NULL;

    alive += old == NULL && grown != NULL;
    return grown;
}

PILEUS_API void
free(void *memory)
{
    alive -= memory != NULL;
    __libc_free(memory);
}

/* By the time of a test, cmocka at least has asked for memory. */
static void
skip_if_none_seen(void)
{
    if (seen == 0) {
        print_message("skipped: another malloc stands in here (valgrind's)\n");
        skip();
    }
}

static void
fail_each(const char *file)
{
    pileus_error *err = NULL;
    /* The libraries set themselves up for good. */
    pileus_code code = walk_through_all(file, &err);
    long n = 0;

    expect_ok(code, err);
    do {
        long before = alive;

        left = n++;
        failed = 0;
        armed = true;
        code = walk_through_all(file, &err);
        armed = false;
        if (failed > 0 && code != PILEUS_NO_MEMORY) {
            print_error("allocation %ld: %s: %s\n", n - 1,
                        pileus_code_name(code), pileus_error_message(err));
        }
        assert_int_equal(code, failed > 0 ? PILEUS_NO_MEMORY : PILEUS_OK);
        pileus_error_free(err);
        err = NULL;
        if (alive != before) {
            print_error("allocation %ld: %ld stay\n", n - 1, alive - before);
        }
        assert_int_equal(alive, before);
    } while (failed > 0);
    assert_true(n > 50); /* it did fail, and often */
}

static void
test_everywhere(void **state)
{
    (void)state;
    skip_if_none_seen();
    fail_each(NULL);
}

static void
test_with_a_file(void **state)
{
    char directory[] = "no-memory-XXXXXX";
    char file[64];
    char lock[64];

    (void)state;
    skip_if_none_seen();
    assert_non_null(mkdtemp(directory));
    (void)snprintf(file, sizeof file, "%s/state", directory);
    (void)snprintf(lock, sizeof lock, "%s/state.lock", directory);
    fail_each(file);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(unlink(lock), 0);
    assert_int_equal(rmdir(directory), 0); /* nothing else was left there */
}

#else

static void
test_everywhere(void **state)
{
    (void)state;
    print_message("skipped: malloc cannot be stood in for in this build\n");
    skip();
}

static void
test_with_a_file(void **state)
{
    test_everywhere(state);
}

#endif

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everywhere),
        cmocka_unit_test(test_with_a_file),
    };

    return cmocka_run_group_tests_name("no memory anywhere", tests, NULL, NULL);
}
