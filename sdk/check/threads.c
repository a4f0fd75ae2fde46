/* The thread model: many threads at once get what one alone gets. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/board.h"
#include "sdk/check/groups.h"
#include "sdk/check/target.h"
#include "sdk/check/walk.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define THREADS 8
#define ROUNDS 10

/* What a listing gives to a thread that is alone. */
typedef struct answer {
    const check_listing *listing;
    check_ids ids;
    pileus_code code;
    bool steady; /* it gave the same twice */
} answer;

typedef struct hammer {
    pthread_t thread;
    pileus_connection *conn;
    const check_plan *plan;
    answer *answers;
    size_t count;
} hammer;

static void
take_answer(answer *made, const check_listing *listing, pileus_connection *conn)
{
    check_ids second;

    made->listing = listing;
    check_doing("%s, alone", listing->name);
    made->code = check_ids_take(&made->ids, listing, conn, CHECK_CALL_MS, NULL);
    made->steady = check_ids_take(&second, listing, conn, CHECK_CALL_MS,
                                  NULL) == made->code &&
                   check_ids_differ(&made->ids, &second) == NULL;
    check_ids_drop(&second);
}

/* Compare what it gives now. */
static void
compare(const hammer *self, const answer *alone)
{
    check_ids ids;
    pileus_error *err = NULL;
    pileus_code code =
        check_ids_take(&ids, alone->listing, self->conn, CHECK_CALL_MS, &err);
    const char *other = check_ids_differ(&alone->ids, &ids);

    if (code != alone->code || other != NULL) {
        check_finding("threads",
                      "%s gives another answer when %d threads ask at once "
                      "(%zu objects instead of %zu%s%.200s): guard what they "
                      "share, or say \"%s\" in \"threads\" and in "
                      ".thread_model",
                      alone->listing->name, THREADS, ids.count,
                      alone->ids.count, err == NULL ? "" : "; ",
                      err == NULL ? "" : pileus_error_message(err),
                      strcmp(pileus_driver_thread_model(self->plan->info),
                             "parallel") == 0
                          ? "connection"
                          : "serial");
    }
    pileus_error_free(err);
    check_ids_drop(&ids);
}

static void *
strike(void *user)
{
    const hammer *self = user;

    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < self->count; i++) {
            if (self->answers[i].steady) {
                compare(self, &self->answers[i]);
            }
        }
    }
    return NULL;
}

/* All threads at one connection, or each with its own. */
static void
run(check_target *target, answer *answers, size_t count, bool own)
{
    static hammer hammers[THREADS];
    size_t started = 0;

    check_doing("listings of %d threads, %s", THREADS,
                own ? "each with a connection" : "with one connection");
    for (size_t i = 0; i < THREADS; i++) {
        hammers[i].conn = own ? check_target_again(target, NULL, NULL)
                              : pileus_connection_ref(target->conn);
        hammers[i].plan = target->plan;
        hammers[i].answers = answers;
        hammers[i].count = count;
        if (hammers[i].conn == NULL ||
            pthread_create(&hammers[i].thread, NULL, strike, &hammers[i]) !=
                0) {
            pileus_connection_unref(hammers[i].conn);
            break;
        }
        started++;
    }
    for (size_t i = 0; i < started; i++) {
        (void)pthread_join(hammers[i].thread, NULL);
        pileus_connection_unref(hammers[i].conn);
    }
    if (started < THREADS) {
        check_finding("threads",
                      "%zu connections can be opened at once, not %d: one more "
                      "is refused",
                      started, THREADS);
    }
}

void
check_threads(const check_plan *plan, size_t part)
{
    static answer answers[16];
    check_target target;
    size_t count = 0;

    (void)part;
    if (check_target_open_or_say(&target, plan, NULL)) {
        for (size_t i = 0; i < check_listing_count; i++) {
            if (check_listing_listed(&check_listings_all[i], plan->info)) {
                take_answer(&answers[count], &check_listings_all[i],
                            target.conn);
                count++;
            }
        }
        run(&target, answers, count, false);
        run(&target, answers, count, true);
        check_good_unless("threads");
        for (size_t i = 0; i < count; i++) {
            check_ids_drop(&answers[i].ids);
        }
    }
    check_target_close(&target);
}
