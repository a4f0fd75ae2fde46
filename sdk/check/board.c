/* The board: what was found, in memory that outlives the process it is in. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/board.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

static check_board *board;
/* Of this process's threads: only one process writes at a time. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

bool
check_board_open(void)
{
    void *memory = mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (memory == MAP_FAILED) {
        return false;
    }
    board = memory;
    atomic_init(&board->ended, false);
    return true;
}

check_board *
check_board_get(void)
{
    return board;
}

void
check_board_group(const char *name)
{
    (void)snprintf(board->group, sizeof board->group, "%s", name);
    board->doing[0] = '\0';
}

void
check_doing(const char *format, ...)
{
    va_list args;

    (void)pthread_mutex_lock(&lock);
    va_start(args, format);
    (void)vsnprintf(board->doing, sizeof board->doing, format, args);
    va_end(args);
    (void)pthread_mutex_unlock(&lock);
}

static bool
is_of(const check_entry *entry, const char *name, check_verdict verdict)
{
    return entry->verdict == verdict &&
           strcmp(entry->group, board->group) == 0 &&
           strcmp(entry->name, name) == 0;
}

/* Count it with the last of its name when there are enough of them. */
static bool
is_more(const char *name, check_verdict verdict, const char *text)
{
    check_entry *last = NULL;
    size_t same = 0;

    for (size_t i = 0; i < board->count; i++) {
        check_entry *entry = &board->entries[i];

        if (is_of(entry, name, verdict)) {
            if (strcmp(entry->text, text) == 0 || verdict == CHECK_SKIPPED) {
                return true; /* it is there already */
            }
            last = entry;
            same++;
        }
    }
    if (verdict != CHECK_FINDING || same < CHECK_SAME_MAX) {
        return false;
    }
    last->more++;
    return true;
}

static void PILEUS_PRINTF(3, 0) add(const char *name, check_verdict verdict,
                                    const char *format, va_list args)
{
    char text[CHECK_TEXT_MAX];

    (void)vsnprintf(text, sizeof text, format, args);
    (void)pthread_mutex_lock(&lock);
    if (!is_more(name, verdict, text) && board->count < CHECK_ENTRIES_MAX) {
        check_entry *entry = &board->entries[board->count];

        entry->verdict = verdict;
        entry->more = 0;
        memcpy(entry->group, board->group, sizeof entry->group);
        (void)snprintf(entry->name, sizeof entry->name, "%s", name);
        memcpy(entry->text, text, sizeof entry->text);
        board->count++;
    }
    (void)pthread_mutex_unlock(&lock);
}

/* There is a varied end to each of these, for the compiler's sake. */
static void PILEUS_PRINTF(3, 4)
    add_words(const char *name, check_verdict verdict, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add(name, verdict, format, args);
    va_end(args);
}

void
check_good(const char *name)
{
    add_words(name, CHECK_GOOD, "%s", "");
}

void
check_finding(const char *name, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add(name, CHECK_FINDING, format, args);
    va_end(args);
}

void
check_skipped(const char *name, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add(name, CHECK_SKIPPED, format, args);
    va_end(args);
}

void
check_note(const char *name, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add(name, CHECK_NOTE, format, args);
    va_end(args);
}

static size_t
count_findings(const char *name)
{
    size_t count = 0;

    (void)pthread_mutex_lock(&lock);
    for (size_t i = 0; i < board->count; i++) {
        const check_entry *entry = &board->entries[i];

        if (name == NULL ? entry->verdict == CHECK_FINDING
                         : is_of(entry, name, CHECK_FINDING)) {
            count++;
        }
    }
    (void)pthread_mutex_unlock(&lock);
    return count;
}

size_t
check_findings(void)
{
    return count_findings(NULL);
}

size_t
check_findings_of(const char *name)
{
    return count_findings(name);
}

void
check_good_unless(const char *name)
{
    if (check_findings_of(name) == 0) {
        check_good(name);
    }
}
