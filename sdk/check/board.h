/* The board: what was found, in memory that outlives the process it is in. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_BOARD_H
#define SDK_CHECK_BOARD_H

#include <pileus/common.h>

#include <stdatomic.h>

/* A driver is tried in child processes, which it may crash, end or hang; what
 * they noted until then stays on the board, which they share with their
 * parent. */

typedef enum check_verdict {
    CHECK_GOOD,
    CHECK_FINDING, /* something to be mended */
    CHECK_SKIPPED, /* not tried, and why */
    CHECK_NOTE     /* a number, or what was tried: nothing to do */
} check_verdict;

#define CHECK_NAME_MAX 48
#define CHECK_TEXT_MAX 1200
/* More findings of one name are the same thing again: they are counted. */
#define CHECK_SAME_MAX 5

typedef struct check_entry {
    check_verdict verdict;
    char group[CHECK_NAME_MAX];
    char name[CHECK_NAME_MAX];
    char text[CHECK_TEXT_MAX];
    unsigned long more; /* findings of this name that were left out */
} check_entry;

#define CHECK_ENTRIES_MAX 1024

typedef struct check_board {
    char group[CHECK_NAME_MAX];
    char doing[CHECK_TEXT_MAX]; /* now */
    atomic_bool ended;          /* the child came to its own end */
    size_t count;
    check_entry entries[CHECK_ENTRIES_MAX];
} check_board;

/* The one board of this program; false: no memory. */
bool check_board_open(void);
check_board *check_board_get(void);

/* What comes now belongs to this group. */
void check_board_group(const char *name);

/* From any thread of any of the processes, one process at a time. */
void PILEUS_PRINTF(1, 2) check_doing(const char *format, ...);
void check_good(const char *name);
void PILEUS_PRINTF(2, 3)
    check_finding(const char *name, const char *format, ...);
void PILEUS_PRINTF(2, 3)
    check_skipped(const char *name, const char *format, ...);
void PILEUS_PRINTF(2, 3) check_note(const char *name, const char *format, ...);

/* How many findings there are; of this name in the present group. */
size_t check_findings(void);
size_t check_findings_of(const char *name);
/* It is good unless something was found. */
void check_good_unless(const char *name);

#endif
