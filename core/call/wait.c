/* Waiting: for a node to get where it shall be. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/listing.h"

#include "core/base/error.h"

#include <stdio.h>
#include <string.h>

/* Look soon, then less and less often. */
#define FIRST_PAUSE_MS 100
#define LONGEST_PAUSE_MS 5000

/* Is it the same node? By blob, else by uuid. For nodes without an id. */
static bool
is_same(const pileus_node *a, const pileus_node *b)
{
    size_t a_size = 0;
    size_t b_size = 0;
    const void *a_blob = pileus_node_blob(a, &a_size, NULL);
    const void *b_blob = pileus_node_blob(b, &b_size, NULL);
    const char *a_uuid = pileus_node_uuid(a);
    const char *b_uuid = pileus_node_uuid(b);

    if (a_blob != NULL && b_blob != NULL) {
        return a_size == b_size && memcmp(a_blob, b_blob, a_size) == 0;
    }
    return a_uuid != NULL && b_uuid != NULL && strcmp(a_uuid, b_uuid) == 0;
}

typedef struct search {
    const pileus_node *wanted;
    pil__object *found;
} search;

static bool
find_same(void *user, pil__object *object)
{
    search *for_node = user;

    if (!is_same(for_node->wanted, (const pileus_node *)object)) {
        return true;
    }
    for_node->found = pil__object_ref(object);
    return false;
}

/* The node as it is now, a new reference; PILEUS_NOT_FOUND when gone. */
static pileus_code
look(pileus_node **now, const pileus_node *node, pileus_call *call,
     pileus_error **err)
{
    pileus_connection *conn = pileus_node_connection(node);
    const char *id = pileus_node_id(node);
    const pil__listing all = {.conn = conn, .kind = PILEUS_KIND_NODE};
    search for_node = {.wanted = node};
    pileus_code code;

    if (id != NULL) {
        return pileus_node_get(now, conn, id, PILEUS_NUL_TERMINATED, call, err);
    }
    code = pil__each(&all, find_same, &for_node, call, err);
    if (code == PILEUS_OK && for_node.found == NULL) {
        code = pil__error_set(
            err, PILEUS_NOT_FOUND, "%s: node '%s' is gone: list the nodes",
            pileus_connection_driver(conn), pileus_node_name(node));
    }
    *now = (pileus_node *)for_node.found;
    return code;
}

/* Can a node in this state still get to the wanted one by itself? */
static bool
is_dead_end(pileus_state state, pileus_state wanted)
{
    return state != wanted &&
           (state == PILEUS_STATE_TERMINATED ||
            (state == PILEUS_STATE_ERROR && wanted != PILEUS_STATE_TERMINATED));
}

static const char *
label(const pileus_node *node)
{
    const char *name = pileus_node_name(node);
    const char *id = pileus_node_id(node);

    return name != NULL ? name : id != NULL ? id : "without a name";
}

static void
tell(pileus_call *call, const pileus_node *node, pileus_state wanted)
{
    char text[256];

    if (call->progress == NULL) {
        return;
    }
    (void)snprintf(text, sizeof text, "node %.100s is %s, waiting for %s",
                   label(node), pileus_state_name(pileus_node_state(node)),
                   pileus_state_name(wanted));
    call->progress(call->progress_user, text, -1);
}

/* Let the pause pass, within what the call may take. */
static pileus_code
pause_for(pileus_call *call, int64_t *pause, pileus_error **err)
{
    pileus_code code = pil__call_begin(call, "wait", err);

    if (code == PILEUS_OK) {
        code = pil__call_wait(call, *pause, err);
        pil__call_end(call);
        *pause += *pause / 2;
        *pause = *pause > LONGEST_PAUSE_MS ? LONGEST_PAUSE_MS : *pause;
    }
    return code;
}

/* One look at the node, which is there: has it arrived? */
static pileus_code
judge(pileus_node *node, const pileus_node *now, pileus_state wanted,
      bool *arrived, pileus_error **err)
{
    pileus_state state = pileus_node_state(now);

    *arrived = state == wanted;
    if (pil__object_change_state((pil__object *)node, state,
                                 pileus_node_provider_state(now)) !=
        PILEUS_OK) {
        return pil__error_no_memory(err);
    }
    if (is_dead_end(state, wanted)) {
        return pil__error_set(err, PILEUS_FAILED,
                              "node '%.100s' is in state %s and will not get "
                              "to %s: look at it, or destroy it",
                              label(now), pileus_state_name(state),
                              pileus_state_name(wanted));
    }
    return PILEUS_OK;
}

static pileus_code
wait_in_call(pileus_node **out, pileus_node *node, pileus_state wanted,
             pileus_call *call, pileus_error **err)
{
    int64_t pause = FIRST_PAUSE_MS;

    for (;;) {
        pileus_node *now = NULL;
        pileus_error *error = NULL;
        bool arrived = false;
        pileus_code code = look(&now, node, call, &error);

        if (code == PILEUS_NOT_FOUND && wanted == PILEUS_STATE_TERMINATED) {
            pileus_error_free(error);
            now = pileus_node_ref(node);
            arrived = true;
            code = pil__object_change_state((pil__object *)node, wanted,
                                            NULL) == PILEUS_OK
                       ? PILEUS_OK
                       : pil__error_no_memory(err);
        } else if (code == PILEUS_OK) {
            code = judge(node, now, wanted, &arrived, err);
        } else if (err != NULL) {
            *err = error;
        } else {
            pileus_error_free(error);
        }
        if (code == PILEUS_OK && arrived) {
            if (out != NULL) {
                *out = now;
            } else {
                pileus_node_unref(now);
            }
            return PILEUS_OK;
        }
        if (code == PILEUS_OK) {
            tell(call, now, wanted);
            code = pause_for(call, &pause, err);
        }
        pileus_node_unref(now);
        if (code != PILEUS_OK) {
            return code;
        }
    }
}

pileus_code
pileus_node_wait(pileus_node **out, pileus_node *node, pileus_state wanted,
                 pileus_call *call, pileus_error **err)
{
    pileus_call own_call;
    pileus_code code;

    if (node == NULL || pileus_node_connection(node) == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "waiting needs a node: give one");
    }
    if (call != NULL) {
        return wait_in_call(out, node, wanted, call, err);
    }
    code = pil__call_init(&own_call, err);
    if (code == PILEUS_OK) {
        code = wait_in_call(out, node, wanted, &own_call, err);
        pil__call_destroy(&own_call);
    }
    return code;
}
