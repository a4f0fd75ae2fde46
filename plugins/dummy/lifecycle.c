/* Pause, suspend, shelve, and back; rebuild, resize, console. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "dummy.h"

#include <inttypes.h>

/* ---- verbs that differ by the state they lead to ------------------------- */

#define VERB(verb, WHICH, STATE)                                               \
    static int32_t verb(void *connection, pileus_call *call,                   \
                        const pileus_node *node, uint64_t flags,               \
                        pileus_record *after)                                  \
    {                                                                          \
        return dummy_act(connection, call, node, flags, after, WHICH, STATE);  \
    }

VERB(pause_node, DUMMY_PAUSE_NODE, PILEUS_STATE_PAUSED)
VERB(unpause_node, DUMMY_UNPAUSE_NODE, PILEUS_STATE_RUNNING)
VERB(suspend_node, DUMMY_SUSPEND_NODE, PILEUS_STATE_SUSPENDED)
VERB(resume_node, DUMMY_RESUME_NODE, PILEUS_STATE_RUNNING)
VERB(shelve_node, DUMMY_SHELVE_NODE, PILEUS_STATE_STOPPED)
VERB(unshelve_node, DUMMY_UNSHELVE_NODE, PILEUS_STATE_RUNNING)
VERB(confirm_resize_node, DUMMY_CONFIRM_RESIZE_NODE, PILEUS_STATE_UNKNOWN)
VERB(revert_resize_node, DUMMY_REVERT_RESIZE_NODE, PILEUS_STATE_UNKNOWN)

/* ---- rebuild, resize ----------------------------------------------------- */

/* The nodes keep the image and size that they have, as a create's do. */
static int32_t
rebuild_node(void *connection, pileus_call *call, const pileus_node *node,
             const pileus_create_args *args, pileus_record *after)
{
    return dummy_has_image(call, args->image)
               ? dummy_act(connection, call, node, args->flags, after,
                           DUMMY_REBUILD_NODE, PILEUS_STATE_RUNNING)
               : PILEUS_NOT_FOUND;
}

static int32_t
resize_node(void *connection, pileus_call *call, const pileus_node *node,
            const char *size, uint64_t flags, pileus_record *after)
{
    return dummy_has_size(call, size)
               ? dummy_act(connection, call, node, flags, after,
                           DUMMY_RESIZE_NODE, PILEUS_STATE_UNKNOWN)
               : PILEUS_NOT_FOUND;
}

/* ---- console ------------------------------------------------------------- */

/* The same for a node each time. */
static int32_t
write_console(const struct dummy_node *node, pileus_text *text)
{
    char name[DUMMY_TEXT_SIZE];
    char lines[256];

    (void)snprintf(lines, sizeof lines,
                   "%s: serial %" PRIu64 "\nstarting\nready\n%s login:\n",
                   dummy_node_name(node, name), node->serial, name);
    return pileus_text_add(text, lines, PILEUS_NUL_TERMINATED);
}

static int32_t
get_console_log(void *connection, pileus_call *call, const pileus_node *handle,
                uint64_t lines, pileus_text *text)
{
    struct dummy_connection *conn = connection;
    const struct dummy_node *node;
    struct dummy_use use;
    struct dummy_fault fault;
    int32_t code = dummy_begin(conn, call, DUMMY_GET_CONSOLE_LOG, &fault);

    (void)lines; /* the core leaves the first out */
    if (code == PILEUS_OK) {
        code = dummy_store_begin(&conn->store, &use, call, false);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    node = dummy_find_node(use.nodes, call, handle);
    code = node == NULL ? PILEUS_NOT_FOUND : write_console(node, text);
    dummy_store_end(&conn->store, &use);
    return code == PILEUS_OK ? dummy_fault_after(&fault, call) : code;
}

const pileus_lifecycle_service dummy_lifecycle = {
    .struct_size = sizeof dummy_lifecycle,
    .pause_node = pause_node,
    .unpause_node = unpause_node,
    .suspend_node = suspend_node,
    .resume_node = resume_node,
    .shelve_node = shelve_node,
    .unshelve_node = unshelve_node,
    .rebuild_node = rebuild_node,
    .resize_node = resize_node,
    .confirm_resize_node = confirm_resize_node,
    .revert_resize_node = revert_resize_node,
    .get_console_log = get_console_log,
};
