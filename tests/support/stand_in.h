/* Standing in for malloc in the whole process, for tests in which any
 * allocation fails: the test says which, of whom. Included once a program. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_STAND_IN_H
#define TESTS_SUPPORT_STAND_IN_H

#include "tests/support/expect.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Where the C library does not offer its allocator under another name, or a
 * sanitizer brings its own, there is nothing to stand in for. */
#if defined(HAVE___LIBC_MALLOC) && !defined(HAVE_SANITIZERS)
#define STAND_IN 1

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void __libc_free(void *memory);

/* The test's: whether what is asked for there is to be had; and what is told of
 * it, which must not allocate. */
static bool stand_in_allows(const void *caller);
static void stand_in_made(void *memory, const void *caller);
static void stand_in_freed(void *memory);

/* Of this thread: what was asked for. */
static _Thread_local long stand_in_seen;

static void *
stand_in_tell(void *memory, const void *caller)
{
    if (memory != NULL) {
        stand_in_made(memory, caller);
    }
    return memory;
}

static bool
stand_in_may(const void *caller)
{
    stand_in_seen++;
    if (stand_in_allows(caller)) {
        return true;
    }
    errno = ENOMEM;
    return false;
}

#define STAND_IN_CALLER __builtin_return_address(0)
#define STAND_IN_GIVE(memory)                                                  \
    (stand_in_may(STAND_IN_CALLER) ? stand_in_tell(memory, STAND_IN_CALLER)    \
                                   : NULL)

PILEUS_API void *
malloc(size_t size)
{
    return STAND_IN_GIVE(__libc_malloc(size));
}

PILEUS_API void *
calloc(size_t count, size_t size)
{
    return STAND_IN_GIVE(__libc_calloc(count, size));
}

PILEUS_API void *
realloc(void *old, size_t size)
{
    void *grown;

    if (!stand_in_may(STAND_IN_CALLER)) {
        return NULL;
    }
    grown = __libc_realloc(old, size);
    if (grown != NULL && old != NULL) {
        stand_in_freed(old);
    }
    return stand_in_tell(grown, STAND_IN_CALLER);
}

PILEUS_API void
free(void *memory)
{
    if (memory != NULL) {
        stand_in_freed(memory);
    }
    __libc_free(memory);
}

/* The C library's own ask from inside of it; whoever called these is meant. */
static char *
stand_in_copy(const char *text, size_t length)
{
    char *copy = __libc_malloc(length + 1);

    if (copy != NULL) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

PILEUS_API char *
strdup(const char *text)
{
    return STAND_IN_GIVE(stand_in_copy(text, strlen(text)));
}

PILEUS_API char *
strndup(const char *text, size_t most)
{
    return STAND_IN_GIVE(stand_in_copy(text, strnlen(text, most)));
}

/* Valgrind has a malloc of its own, before which nobody comes. */
static inline void
skip_if_not_standing_in(void)
{
    /* Unknown to the compiler, which takes malloc to touch no variable. */
    void *(*volatile get)(size_t size) = malloc;

    stand_in_seen = 0;
    free(get(1));
    if (stand_in_seen == 0) {
        print_message("skipped: another malloc stands in here (valgrind's)\n");
        skip();
    }
}

#else

static inline void
skip_if_not_standing_in(void)
{
    print_message("skipped: malloc cannot be stood in for in this build\n");
    skip();
}

#endif

#endif
