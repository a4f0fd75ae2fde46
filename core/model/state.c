/* States: their names, and changing that of an object. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

#include "core/base/alloc.h"

#include <string.h>

static const char *const of_node[] = {
    [PILEUS_STATE_RUNNING] = "running",
    [PILEUS_STATE_REBOOTING] = "rebooting",
    [PILEUS_STATE_TERMINATED] = "terminated",
    [PILEUS_STATE_PENDING] = "pending",
    [PILEUS_STATE_UNKNOWN] = "unknown",
    [PILEUS_STATE_STARTING] = "starting",
    [PILEUS_STATE_STOPPING] = "stopping",
    [PILEUS_STATE_STOPPED] = "stopped",
    [PILEUS_STATE_SUSPENDED] = "suspended",
    [PILEUS_STATE_ERROR] = "error",
    [PILEUS_STATE_PAUSED] = "paused",
    [PILEUS_STATE_RECONFIGURING] = "reconfiguring",
    [PILEUS_STATE_MIGRATING] = "migrating",
    [PILEUS_STATE_NORMAL] = "normal",
    [PILEUS_STATE_UPDATING] = "updating",
};

static const char *const of_storage[] = {
    [PILEUS_VOLUME_UNKNOWN] = "unknown",
    [PILEUS_VOLUME_AVAILABLE] = "available",
    [PILEUS_VOLUME_IN_USE] = "inuse",
    [PILEUS_VOLUME_ERROR] = "error",
    [PILEUS_VOLUME_CREATING] = "creating",
    [PILEUS_VOLUME_DELETING] = "deleting",
    [PILEUS_VOLUME_DELETED] = "deleted",
    [PILEUS_VOLUME_BACKUP] = "backup",
    [PILEUS_VOLUME_ATTACHING] = "attaching",
    [PILEUS_VOLUME_MIGRATING] = "migrating",
    [PILEUS_VOLUME_UPDATING] = "updating",
    [PILEUS_VOLUME_RESTORING] = "restoring",
};

#define COUNT(names) (sizeof(names) / sizeof(names)[0])

static const char *
name_of(int32_t state, const char *const *names, size_t count)
{
    return state >= 0 && (size_t)state < count ? names[state] : "unknown";
}

static bool
parse(const char *name, int32_t *state, const char *const *names, size_t count)
{
    for (size_t i = 0; name != NULL && i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            *state = (int32_t)i;
            return true;
        }
    }
    return false;
}

const char *
pileus_state_name(pileus_state state)
{
    return name_of(state, of_node, COUNT(of_node));
}

bool
pileus_state_parse(const char *name, pileus_state *state)
{
    return parse(name, state, of_node, COUNT(of_node));
}

const char *
pileus_storage_state_name(pileus_storage_state state)
{
    return name_of(state, of_storage, COUNT(of_storage));
}

bool
pileus_storage_state_parse(const char *name, pileus_storage_state *state)
{
    return parse(name, state, of_storage, COUNT(of_storage));
}

/* Is that what the object's state and word are already? */
static bool
is_so(const pil__object *object, int32_t state, const char *word)
{
    const char *old_word =
        pil__object_string(object, PILEUS_FIELD_PROVIDER_STATE, 0);
    int64_t old = 0;

    return pil__object_integer(object, PILEUS_FIELD_STATE, &old) &&
           old == state &&
           (word == NULL ? old_word == NULL
                         : old_word != NULL && strcmp(word, old_word) == 0);
}

pileus_code
pil__object_change_state(pil__object *object, int32_t state, const char *word)
{
    struct pil__state *made;

    if (is_so(object, state, word)) { /* else waiting would pile them up */
        return PILEUS_OK;
    }
    made = pil__calloc(1, sizeof *made);
    if (made == NULL) {
        return PILEUS_NO_MEMORY;
    }
    made->state = state;
    if (word != NULL) {
        made->word = pil__strdup(word);
        if (made->word == NULL) {
            pil__free(made);
            return PILEUS_NO_MEMORY;
        }
    }
    made->before = atomic_load_explicit(&object->state, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(&object->state, &made->before,
                                                  made, memory_order_release,
                                                  memory_order_relaxed)) {
    }
    return PILEUS_OK;
}
