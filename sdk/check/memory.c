/* Memory and descriptors: what is opened, asked and closed leaves nothing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/board.h"
#include "sdk/check/calls.h"
#include "sdk/check/groups.h"
#include "sdk/check/target.h"

#include <pileus/saved.h>

#include <dirent.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>

/* Caches fill in the first rounds; what grows in both halves of the rest is
 * not a cache. */
#define ROUNDS_WARM 6
#define ROUNDS_HALF 10
/* Bytes in a round that are nobody's fault: a longer error, say. */
#define ROUND_BYTES_MAX 128
/* Bytes that a node of a kept list may take, and how many there must be to
 * tell: memory is got in large pieces. */
#define NODE_BYTES_MAX 16384
#define NODES_LEAST 64

#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
/* Bytes that are in use now. */
static bool
bytes_now(size_t *bytes)
{
    struct mallinfo2 info = mallinfo2();

    *bytes = info.uordblks + info.hblkhd;
    return true;
}
#else
static bool
bytes_now(size_t *bytes)
{
    *bytes = 0;
    return false;
}
#endif

/* Entries of a folder of /proc: descriptors, or threads. 0: unknown. */
static size_t
count_entries(const char *path)
{
    DIR *folder = opendir(path);
    size_t count = 0;

    while (folder != NULL && readdir(folder) != NULL) {
        count++;
    }
    if (folder != NULL) {
        (void)closedir(folder);
    }
    return count;
}

/* ---- rounds ----------------------------------------------------------------
 */

/* Every call that changes nothing, once. */
static void
ask_all(pileus_connection *conn, const check_plan *plan)
{
    check_things things = {0};
    check_ask ask = {conn, "1", &things};

    for (size_t i = 0; i < check_call_count; i++) {
        const check_call *call = &check_calls[i];

        if (call->sort < CHECK_MAKES && check_call_listed(call, plan->info)) {
            check_doing("%s, again and again", call->name);
            (void)check_call_try(call, &ask, CHECK_CALL_MS, call->name);
        }
    }
}

static void
run_rounds(check_target *target, int count)
{
    for (int i = 0; i < count; i++) {
        pileus_connection *conn = check_target_again(target, NULL, NULL);

        if (conn != NULL) {
            ask_all(conn, target->plan);
        }
        check_doing("closing it, again and again");
        pileus_connection_unref(conn);
    }
}

static void
judge_bytes(size_t first, size_t middle, size_t last)
{
    size_t half = ROUND_BYTES_MAX * ROUNDS_HALF;

    if (middle > first + half && last > middle + half) {
        check_finding("leaks",
                      "opening, listing and closing leaves about %zu bytes "
                      "behind each time: free what a call and a connection "
                      "have made (the group valgrind says where)",
                      (last - first) / (2 * ROUNDS_HALF));
    }
    check_good_unless("leaks");
}

static void
judge_entries(const char *name, const char *what, size_t first, size_t last)
{
    if (first > 0 && last >= first + ROUNDS_HALF) {
        check_finding(name,
                      "opening, listing and closing leaves %s behind (%zu "
                      "before %d rounds, %zu after): end it in close",
                      what, first, 2 * ROUNDS_HALF, last);
    }
    check_good_unless(name);
}

/* ---- nodes that are kept ---------------------------------------------------
 */

static void
weigh_nodes(const check_target *target)
{
    pileus_call *call = check_call_new(CHECK_CALL_MS);
    pileus_list *list = NULL;
    size_t before;
    size_t after;

    check_doing("listing nodes, to be kept");
    if (bytes_now(&before) &&
        pileus_node_list(&list, target->conn, NULL, call, NULL) == PILEUS_OK &&
        pileus_list_count(list) >= NODES_LEAST && bytes_now(&after)) {
        size_t each =
            (after > before ? after - before : 0) / pileus_list_count(list);

        check_note("nodes", "%zu nodes that are kept take %zu bytes each",
                   pileus_list_count(list), each);
        if (each > NODE_BYTES_MAX) {
            check_finding("nodes",
                          "a node that is kept takes %zu bytes, and should not "
                          "take more than %d: put less into its extra and its "
                          "blob",
                          each, NODE_BYTES_MAX);
        }
        check_good_unless("nodes");
    }
    pileus_list_free(list);
    pileus_call_free(call);
}

void
check_memory(const check_plan *plan, size_t part)
{
    size_t bytes[3] = {0, 0, 0};
    size_t files;
    size_t threads;
    check_target target;

    (void)part;
    if (check_target_open_or_say(&target, plan, NULL)) {
        weigh_nodes(&target);
        run_rounds(&target, ROUNDS_WARM);
        files = count_entries("/proc/self/fd");
        threads = count_entries("/proc/self/task");
        for (int i = 0; i < 3; i++) {
            (void)bytes_now(&bytes[i]);
            run_rounds(&target, i < 2 ? ROUNDS_HALF : 0);
        }
        judge_bytes(bytes[0], bytes[1], bytes[2]);
        judge_entries("descriptors", "file descriptors", files,
                      count_entries("/proc/self/fd"));
        judge_entries("threads", "threads", threads,
                      count_entries("/proc/self/task"));
    }
    check_target_close(&target);
}
