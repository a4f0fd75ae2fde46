/* Recordings: read from their file, and searched. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__HTTP_RECORDING_H
#define PIL__HTTP_RECORDING_H

#include "core/base/arena.h"

#include <pileus/error.h>
#include <pileus/value.h>

#include <pthread.h>

/* One exchange of it. */
typedef struct pil__recorded {
    const char *method;
    const char *path;          /* decoded, in its simplest form */
    const pileus_value *query; /* name to value, or to a list of values */
    const char *sent;          /* the request's body */
    int64_t status;
    const pileus_value *headers; /* of the answer */
    const char *body;            /* of the answer */
    size_t body_size;
    uint64_t used; /* how often it has answered */
} pil__recorded;

typedef struct pil__recording {
    pil__arena arena;
    pil__recorded *at;
    size_t count;
    size_t capacity;
    pthread_mutex_t lock; /* of how often each was used */
} pil__recording;

/* A path decoded, without doubled slashes and one at its end, to be freed;
 * NULL: no memory. */
char *pil__recording_path(const char *path, size_t size);

/* Read the recording of a directory. */
pileus_code pil__recording_open(pil__recording **recording,
                                const char *directory, pileus_error **err);
void pil__recording_free(pil__recording *recording);

/* ---- searching (recording_find.c) -----------------------------------------
 */

/* Room for the words of why there is none. */
#define PIL__RECORDING_WORDS_MAX 256

/* The exchange that answers a request, in *found, and it counts as used; NULL,
 * and in words what there is instead, when none does. url: as it is shown,
 * secrets replaced. False: no memory. From any thread. */
bool pil__recording_find(const pil__recorded **found, pil__recording *recording,
                         const char *method, const char *url, const char *body,
                         size_t body_size,
                         char words[PIL__RECORDING_WORDS_MAX]);

#endif
