/* What changes nodes: create, reboot, start, stop, destroy. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "dummy.h"

/* ---- create ------------------------------------------------------------- */

/* The node that was made with this token, or a new one, copied into *made. */
static int32_t
make_node(struct dummy_connection *conn, pileus_call *call,
          struct dummy_use *use, const char *token, struct dummy_node *made)
{
    struct dummy_node *node =
        token == NULL ? NULL : dummy_nodes_by_token(use->nodes, token);

    if (node != NULL) {
        *made = *node;
        return PILEUS_OK;
    }
    if (use->nodes->count >= DUMMY_NODES_MAX) {
        return pileus_fail(call, PILEUS_QUOTA,
                           "there are %d nodes already, and no more can be: "
                           "destroy some",
                           DUMMY_NODES_MAX);
    }
    node = dummy_nodes_create(use->nodes, token);
    if (node == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "no memory for a new node");
    }
    if (conn->settings.create_delay_ms > 0) {
        node->ready_ms = use->now_ms + conn->settings.create_delay_ms;
    }
    *made = *node;
    return dummy_store_keep(&conn->store, use, call);
}

int32_t
dummy_create_node(void *connection, pileus_call *call,
                  const pileus_create_args *args, pileus_sink *sink)
{
    struct dummy_connection *conn = connection;
    const char *token = conn->settings.idempotent ? args->token : NULL;
    const struct dummy_addresses none = {NULL, 0, 0};
    struct dummy_node made;
    struct dummy_use use;
    struct dummy_fault fault;
    char id[DUMMY_TEXT_SIZE];
    int32_t code = dummy_begin(conn, call, DUMMY_CREATE_NODE, &fault);

    if (code == PILEUS_OK) {
        code = dummy_store_begin(&conn->store, &use, call, true);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    code = make_node(conn, call, &use, token, &made);
    dummy_store_end(&conn->store, &use);
    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_NODE, dummy_node_id(&made, id));
    }
    if (code == PILEUS_OK) {
        code = dummy_fault_after(&fault, call);
    }
    return code == PILEUS_OK ? dummy_node_put(&made, &none, use.now_ms, sink)
                             : code;
}

/* ---- reboot, start, stop, destroy --------------------------------------- */

/* The one of the handle's blob, if that is not of another connection's nodes;
 * without a blob, the first of its id. */
static struct dummy_node *
find_node(const struct dummy_nodes *nodes, pileus_call *call,
          const pileus_node *handle)
{
    const char *id = pileus_object_id(call, handle);
    const char *name = pileus_object_name(call, handle);
    char text[DUMMY_TEXT_SIZE];
    struct dummy_node *node;
    uint64_t serial = 0;

    if (!dummy_node_serial(call, handle, &serial)) {
        return id == NULL ? NULL : dummy_nodes_by_id(nodes, id);
    }
    node = dummy_nodes_by_serial(nodes, serial);
    return node != NULL && name != NULL &&
                   strcmp(dummy_node_name(node, text), name) == 0
               ? node
               : NULL;
}

struct dummy_node *
dummy_find_node(const struct dummy_nodes *nodes, pileus_call *call,
                const pileus_node *handle)
{
    struct dummy_node *node = find_node(nodes, call, handle);
    const char *name = pileus_object_name(call, handle);

    if (node == NULL) {
        (void)pileus_fail(call, PILEUS_NOT_FOUND,
                          "node %s is not there, or no more: see the list of "
                          "nodes for those there are",
                          name == NULL ? "without a name" : name);
    }
    return node;
}

/* What forbids the call in a state, and what to do instead. */
static const struct obstacle {
    enum dummy_call call;
    pileus_state state;
    const char *advice;
} obstacles[] = {
    {DUMMY_START_NODE, PILEUS_STATE_RUNNING, "it needs no start"},
    {DUMMY_START_NODE, PILEUS_STATE_PENDING, "wait until it runs"},
    {DUMMY_STOP_NODE, PILEUS_STATE_STOPPED, "it needs no stop"},
    {DUMMY_REBOOT_NODE, PILEUS_STATE_STOPPED,
     "start it instead of rebooting it"},
    {DUMMY_REBOOT_NODE, PILEUS_STATE_PAUSED,
     "unpause it instead of rebooting it"},
    {DUMMY_REBOOT_NODE, PILEUS_STATE_SUSPENDED,
     "resume it instead of rebooting it"},
    {DUMMY_SHELVE_NODE, PILEUS_STATE_STOPPED, "it needs no shelving"},
    {DUMMY_RESIZE_NODE, PILEUS_STATE_PENDING, "wait until it runs"},
    {DUMMY_RESIZE_NODE, PILEUS_STATE_REBOOTING, "start it before resizing it"},
    {DUMMY_RESIZE_NODE, PILEUS_STATE_PAUSED, "unpause it before resizing it"},
    {DUMMY_RESIZE_NODE, PILEUS_STATE_SUSPENDED, "resume it before resizing it"},
};

/* The only state that a call is for. */
static const struct demand {
    enum dummy_call call;
    pileus_state state;
} demands[] = {
    {DUMMY_PAUSE_NODE, PILEUS_STATE_RUNNING},
    {DUMMY_UNPAUSE_NODE, PILEUS_STATE_PAUSED},
    {DUMMY_SUSPEND_NODE, PILEUS_STATE_RUNNING},
    {DUMMY_RESUME_NODE, PILEUS_STATE_SUSPENDED},
    {DUMMY_UNSHELVE_NODE, PILEUS_STATE_STOPPED},
};

/* A node that was resized is for nothing else until that is settled. */
static int32_t
check_resized(const struct dummy_node *node, pileus_call *call,
              enum dummy_call which)
{
    bool settles =
        which == DUMMY_CONFIRM_RESIZE_NODE || which == DUMMY_REVERT_RESIZE_NODE;
    char name[DUMMY_TEXT_SIZE];

    if (node->resized && !settles && which != DUMMY_DESTROY_NODE) {
        return pileus_fail(call, PILEUS_CONFLICT,
                           "node %s was resized: confirm or revert that first",
                           dummy_node_name(node, name));
    }
    if (!node->resized && settles) {
        return pileus_fail(call, PILEUS_CONFLICT,
                           "node %s was not resized: this is for one that was",
                           dummy_node_name(node, name));
    }
    return PILEUS_OK;
}

/* Does its state forbid the call? */
static int32_t
check_state(const struct dummy_node *node, pileus_call *call, int64_t now_ms,
            enum dummy_call which)
{
    pileus_state state = dummy_node_state(node, now_ms);
    const char *word = dummy_state_word(state, false);
    char name[DUMMY_TEXT_SIZE];

    for (size_t i = 0; i < sizeof obstacles / sizeof *obstacles; i++) {
        if (obstacles[i].call == which && obstacles[i].state == state) {
            return pileus_fail(call, PILEUS_CONFLICT, "node %s is %s: %s",
                               dummy_node_name(node, name), word,
                               obstacles[i].advice);
        }
    }
    for (size_t i = 0; i < sizeof demands / sizeof *demands; i++) {
        if (demands[i].call == which && demands[i].state != state) {
            return pileus_fail(call, PILEUS_CONFLICT,
                               "node %s is %s: this is for one that is %s",
                               dummy_node_name(node, name), word,
                               dummy_state_word(demands[i].state, false));
        }
    }
    return check_resized(node, call, which);
}

/* Change the node, which *after is a copy of then. */
static int32_t
change(struct dummy_use *use, pileus_call *call, const pileus_node *handle,
       enum dummy_call which, pileus_state state, struct dummy_node *after)
{
    struct dummy_node *node = dummy_find_node(use->nodes, call, handle);
    int32_t code;

    if (node == NULL) {
        return PILEUS_NOT_FOUND;
    }
    code = check_state(node, call, use->now_ms, which);
    if (code != PILEUS_OK) {
        return code;
    }
    node->resized = which == DUMMY_RESIZE_NODE;
    if (which != DUMMY_RESIZE_NODE && which != DUMMY_CONFIRM_RESIZE_NODE &&
        which != DUMMY_REVERT_RESIZE_NODE) {
        node->state = state;
        node->ready_ms = 0;
    }
    *after = *node;
    if (which == DUMMY_DESTROY_NODE) {
        dummy_nodes_remove(use->nodes, node);
    }
    return PILEUS_OK;
}

int32_t
dummy_act(void *connection, pileus_call *call, const pileus_node *handle,
          uint64_t flags, pileus_record *after, enum dummy_call which,
          pileus_state state)
{
    struct dummy_connection *conn = connection;
    struct dummy_node changed;
    struct dummy_use use;
    struct dummy_fault fault;
    int32_t code = dummy_begin(conn, call, which, &fault);

    if (code == PILEUS_OK && (flags & ~(PILEUS_SOFT | PILEUS_HARD)) != 0) {
        code = pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "the dummy driver knows no flags but soft and hard");
    }
    if (code == PILEUS_OK) {
        code = dummy_store_begin(&conn->store, &use, call, true);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    code = change(&use, call, handle, which, state, &changed);
    if (code == PILEUS_OK) {
        code = dummy_store_keep(&conn->store, &use, call);
    }
    dummy_store_end(&conn->store, &use);
    if (code == PILEUS_OK) {
        pileus_set_state(after, changed.state,
                         dummy_state_word(changed.state, changed.resized));
        code = dummy_fault_after(&fault, call);
    }
    return code;
}

int32_t
dummy_reboot_node(void *connection, pileus_call *call, const pileus_node *node,
                  uint64_t flags, pileus_record *after)
{
    return dummy_act(connection, call, node, flags, after, DUMMY_REBOOT_NODE,
                     PILEUS_STATE_REBOOTING);
}

int32_t
dummy_start_node(void *connection, pileus_call *call, const pileus_node *node,
                 uint64_t flags, pileus_record *after)
{
    return dummy_act(connection, call, node, flags, after, DUMMY_START_NODE,
                     PILEUS_STATE_RUNNING);
}

int32_t
dummy_stop_node(void *connection, pileus_call *call, const pileus_node *node,
                uint64_t flags, pileus_record *after)
{
    return dummy_act(connection, call, node, flags, after, DUMMY_STOP_NODE,
                     PILEUS_STATE_STOPPED);
}

int32_t
dummy_destroy_node(void *connection, pileus_call *call, const pileus_node *node,
                   uint64_t flags, pileus_record *after)
{
    return dummy_act(connection, call, node, flags, after, DUMMY_DESTROY_NODE,
                     PILEUS_STATE_TERMINATED);
}
