/* Using the nodes, wherever they are. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "store.h"

#include "state.h"

#include <stdlib.h>
#include <time.h>

static int32_t
seed(struct dummy_store *store, struct dummy_nodes *nodes, pileus_call *call)
{
    nodes->unique = store->in_file;
    return dummy_nodes_seed(nodes, &store->seed)
               ? PILEUS_OK
               : pileus_fail(call, PILEUS_NO_MEMORY,
                             "no memory for the nodes that option creds asks "
                             "for");
}

/* The nodes of the file, or those that a new one begins with. */
static int32_t
load(struct dummy_store *store, struct dummy_nodes *nodes, pileus_call *call)
{
    char *data = NULL;
    size_t size = 0;
    int32_t code = dummy_file_read(&store->file, call, &data, &size);

    memset(nodes, 0, sizeof *nodes);
    if (code == PILEUS_OK && data == NULL) {
        code = seed(store, nodes, call);
    } else if (code == PILEUS_OK) {
        nodes->unique = true;
        code = dummy_state_decode(nodes, call, store->file.path, data, size);
    }
    free(data);
    if (code != PILEUS_OK) {
        dummy_nodes_free(nodes);
    }
    return code;
}

int32_t
dummy_store_open(struct dummy_store *store, pileus_call *call, const char *path,
                 const struct dummy_seed *first)
{
    struct dummy_nodes nodes;
    int32_t code;

    memset(store, 0, sizeof *store);
    store->in_file = path != NULL;
    store->seed = *first;
    if (pthread_mutex_init(&store->mutex, NULL) != 0) {
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for the lock of the nodes");
    }
    if (!store->in_file) {
        code = seed(store, &store->nodes, call);
    } else {
        code = dummy_file_open(&store->file, call, path);
        if (code == PILEUS_OK) {
            /* What is wrong with the file is said now, not later. */
            code = load(store, &nodes, call);
        }
        if (code == PILEUS_OK) {
            dummy_nodes_free(&nodes);
        }
    }
    if (code != PILEUS_OK) {
        dummy_store_close(store);
    }
    return code;
}

void
dummy_store_close(struct dummy_store *store)
{
    dummy_file_close(&store->file);
    dummy_nodes_free(&store->nodes);
    (void)pthread_mutex_destroy(&store->mutex);
}

/* Milliseconds since 1970: they mean the same in every process. */
static int64_t
wall_clock_ms(void)
{
    struct timespec now = {0, 0};

    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int32_t
dummy_store_begin(struct dummy_store *store, struct dummy_use *use,
                  pileus_call *call, bool change)
{
    int32_t code = PILEUS_OK;

    use->lock = -1;
    if (!store->in_file) {
        (void)pthread_mutex_lock(&store->mutex);
        use->nodes = &store->nodes;
        use->now_ms = pileus_now_ms(call);
        return PILEUS_OK;
    }
    if (change) {
        code = dummy_file_lock(&store->file, call, &use->lock);
    }
    if (code == PILEUS_OK) {
        code = load(store, &use->loaded, call);
    }
    if (code != PILEUS_OK) {
        dummy_file_unlock(use->lock);
        return code;
    }
    use->nodes = &use->loaded;
    use->now_ms = wall_clock_ms();
    return PILEUS_OK;
}

int32_t
dummy_store_keep(struct dummy_store *store, struct dummy_use *use,
                 pileus_call *call)
{
    char *data = NULL;
    size_t size = 0;
    int32_t code;

    if (!store->in_file) {
        return PILEUS_OK;
    }
    if (!dummy_state_encode(use->nodes, &data, &size)) {
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory to write state file %s",
                           store->file.path);
    }
    code = dummy_file_replace(&store->file, call, data, size);
    free(data);
    return code;
}

void
dummy_store_end(struct dummy_store *store, struct dummy_use *use)
{
    if (store->in_file) {
        dummy_nodes_free(&use->loaded);
        dummy_file_unlock(use->lock);
    } else {
        (void)pthread_mutex_unlock(&store->mutex);
    }
}
