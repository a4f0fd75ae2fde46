/* Where a connection's nodes are: in its memory, or in a file. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DUMMY_STORE_H
#define DUMMY_STORE_H

#include "file.h"
#include "nodes.h"

#include <pthread.h>

struct dummy_store {
    bool in_file;
    struct dummy_file file;
    struct dummy_seed seed; /* of a file that is not there yet */

    pthread_mutex_t mutex;    /* of the nodes in memory */
    struct dummy_nodes nodes; /* in memory */
};

/* One use of the nodes, from dummy_store_begin to dummy_store_end. */
struct dummy_use {
    struct dummy_nodes *nodes; /* to be read; to be changed if asked for */
    int64_t now_ms;            /* by the clock of their ready_ms */
    struct dummy_nodes loaded; /* what *nodes is with a file */
    int lock;
};

/* path is the file, NULL for memory. On failure there is no store. */
int32_t dummy_store_open(struct dummy_store *store, pileus_call *call,
                         const char *path, const struct dummy_seed *seed);
void dummy_store_close(struct dummy_store *store);

/*
 * Begin to use the nodes, to change them or only to read them. On failure
 * nothing has begun. What was changed counts when dummy_store_keep says so; if
 * it fails the nodes are as they were, and until dummy_store_end nothing else
 * may change them. Nothing that takes time happens in between, except that
 * with a file the disk is waited for.
 */
int32_t dummy_store_begin(struct dummy_store *store, struct dummy_use *use,
                          pileus_call *call, bool change);
int32_t dummy_store_keep(struct dummy_store *store, struct dummy_use *use,
                         pileus_call *call);
void dummy_store_end(struct dummy_store *store, struct dummy_use *use);

#endif
