/* Iterators: a listing in the background, taken object by object. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/listing.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/model/query.h"

#include <signal.h>
#include <string.h>

/* How far the listing may run ahead of who takes from it. */
#define AHEAD 64

struct pileus_iterator {
    pil__listing listing; /* with references, and a query of its own */
    pileus_query *query;
    pileus_call *parent; /* the application's call, in use; or NULL */
    pileus_call call;    /* the listing's own, cancelled with the parent */
    pthread_t thread;

    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t changed;
    pil__object *ring[AHEAD];
    size_t first;
    size_t count;
    bool stopping; /* nobody takes any more */
    bool ended;
    pileus_error *error; /* how it ended, if badly */
};

/* ---- the listing's side
 * ----------------------------------------------------------- */

static bool
hand_over(void *user, pil__object *object)
{
    pileus_iterator *iterator = user;
    bool stopping;

    (void)pthread_mutex_lock(&iterator->lock);
    while (iterator->count == AHEAD && !iterator->stopping) {
        (void)pthread_cond_wait(&iterator->changed, &iterator->lock);
    }
    stopping = iterator->stopping;
    if (!stopping) {
        size_t at = (iterator->first + iterator->count) % AHEAD;

        iterator->ring[at] = pil__object_ref(object);
        iterator->count++;
        (void)pthread_cond_broadcast(&iterator->changed);
    }
    (void)pthread_mutex_unlock(&iterator->lock);
    return !stopping;
}

static void *
run(void *user)
{
    pileus_iterator *iterator = user;
    pileus_error *error = NULL;

    (void)pil__each(&iterator->listing, hand_over, iterator, &iterator->call,
                    &error);
    (void)pthread_mutex_lock(&iterator->lock);
    iterator->error = error;
    iterator->ended = true;
    (void)pthread_cond_broadcast(&iterator->changed);
    (void)pthread_mutex_unlock(&iterator->lock);
    return NULL;
}

/* Signals are the application's: its own threads shall get them. */
static int
start_thread(pileus_iterator *iterator)
{
    sigset_t all;
    sigset_t before;
    int failed;

    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    failed = pthread_create(&iterator->thread, NULL, run, iterator);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed;
}

/* ---- making and freeing
 * -------------------------------------------------------------- */

static void
free_parts(pileus_iterator *iterator)
{
    if (iterator->parent != NULL) {
        pil__call_adopt(iterator->parent, NULL);
        pil__call_end(iterator->parent);
    }
    pileus_error_free(iterator->error);
    pil__call_destroy(&iterator->call);
    (void)pthread_cond_destroy(&iterator->changed);
    (void)pthread_mutex_destroy(&iterator->lock);
    pileus_query_free(iterator->query);
    pileus_volume_unref(iterator->listing.volume);
    pileus_connection_unref(iterator->listing.conn);
    pil__free(iterator);
}

/* An iterator that has not begun. */
static pileus_code
new_iterator(pileus_iterator **iterator, pileus_error **err)
{
    pileus_iterator *made = pil__calloc(1, sizeof *made);
    pileus_code code;

    if (made == NULL) {
        return pil__error_no_memory(err);
    }
    code = pil__call_init(&made->call, err);
    if (code == PILEUS_OK && pthread_mutex_init(&made->lock, NULL) != 0) {
        pil__call_destroy(&made->call);
        code = pil__error_no_memory(err);
    }
    if (code == PILEUS_OK && pthread_cond_init(&made->changed, NULL) != 0) {
        (void)pthread_mutex_destroy(&made->lock);
        pil__call_destroy(&made->call);
        code = pil__error_no_memory(err);
    }
    if (code != PILEUS_OK) {
        pil__free(made);
        return code;
    }
    *iterator = made;
    return PILEUS_OK;
}

static pileus_code
adopt_call(pileus_iterator *iterator, pileus_call *call, pileus_error **err)
{
    pileus_code code = pil__call_begin(call, "iterate", err);

    if (code == PILEUS_OK) {
        iterator->parent = call;
        iterator->call.deadline = call->deadline;
        pil__call_adopt(call, &iterator->call);
    }
    return code;
}

pileus_code
pil__iterate(pileus_iterator **iterator, const pil__listing *listing,
             pileus_call *call, pileus_error **err)
{
    pileus_iterator *made = NULL;
    pileus_code code = pil__listing_check(listing, iterator, err);

    if (code == PILEUS_OK) {
        code = new_iterator(&made, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    code = pil__query_copy(&made->query, listing->query, err);
    made->listing = (pil__listing){
        .conn = pileus_connection_ref(listing->conn),
        .kind = listing->kind,
        .volume = pileus_volume_ref(listing->volume),
        .query = made->query,
    };
    if (code == PILEUS_OK && call != NULL) {
        code = adopt_call(made, call, err);
    }
    if (code == PILEUS_OK && start_thread(made) != 0) {
        code = pil__error_set(err, PILEUS_NO_MEMORY,
                              "no thread could be started for the listing: "
                              "end some, or list without an iterator");
    }
    if (code != PILEUS_OK) {
        free_parts(made);
        return code;
    }
    *iterator = made;
    return PILEUS_OK;
}

void
pileus_iterator_free(pileus_iterator *iterator)
{
    if (iterator == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&iterator->lock);
    iterator->stopping = true;
    (void)pthread_cond_broadcast(&iterator->changed);
    (void)pthread_mutex_unlock(&iterator->lock);
    pileus_call_cancel(&iterator->call);
    (void)pthread_join(iterator->thread, NULL);
    for (; iterator->count > 0; iterator->count--) {
        pil__object_unref(iterator->ring[iterator->first]);
        iterator->first = (iterator->first + 1) % AHEAD;
    }
    free_parts(iterator);
}

/* ---- taking
 * -----------------------------------------------------------------------------
 */

/* The error again, in a copy, since each caller frees its own. */
static pileus_code
error_again(const pileus_error *error, pileus_error **err)
{
    pil__error_facts facts = {
        .code = pileus_error_code(error),
        .message = pileus_error_message(error),
        .status = pileus_error_status(error),
        .provider_code = pileus_error_provider_code(error),
        .provider_message = pileus_error_provider_message(error),
        .request_id = pileus_error_request_id(error),
        .made_id = pileus_error_made_id(error),
        .retry_after_ms = pileus_error_retry_after_ms(error),
        .retryable = pileus_error_retryable(error),
        .may_have_happened = pileus_error_may_have_happened(error),
    };

    return pil__error_make(err, &facts);
}

pileus_code
pil__iterator_next(pileus_iterator *iterator, pileus_kind kind,
                   pil__object **object, pileus_error **err)
{
    pileus_code code = PILEUS_OK;

    *object = NULL;
    if (iterator->listing.kind != kind) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "this iterator gives objects of another kind: "
                              "use the function of its own kind");
    }
    (void)pthread_mutex_lock(&iterator->lock);
    while (iterator->count == 0 && !iterator->ended) {
        (void)pthread_cond_wait(&iterator->changed, &iterator->lock);
    }
    if (iterator->count > 0) {
        *object = iterator->ring[iterator->first];
        iterator->first = (iterator->first + 1) % AHEAD;
        iterator->count--;
        (void)pthread_cond_broadcast(&iterator->changed);
    } else if (iterator->error != NULL) {
        code = error_again(iterator->error, err);
    }
    (void)pthread_mutex_unlock(&iterator->lock);
    return code;
}
