/* Pause, suspend, shelve, and back; rebuild, resize, console. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

/* Lines of a console's log beyond this are: all of them. */
#define LINES_MAX INT32_MAX

/* ---- actions without arguments --------------------------------------------
 */

#define VERB(verb, action)                                                     \
    static int32_t verb(void *connection, pileus_call *call,                   \
                        const pileus_node *node, uint64_t flags,               \
                        pileus_record *after)                                  \
    {                                                                          \
        (void)flags; /* none yet */                                            \
        (void)after; /* what the core says */                                  \
        return os_act_plainly(connection, call, pileus_object_id(call, node),  \
                              action);                                         \
    }

VERB(pause_node, "pause")
VERB(unpause_node, "unpause")
VERB(suspend_node, "suspend")
VERB(resume_node, "resume")
VERB(shelve_node, "shelve")
VERB(unshelve_node, "unshelve")
VERB(confirm_resize_node, "confirmResize")
VERB(revert_resize_node, "revertResize")

/* ---- rebuild, resize ------------------------------------------------------
 */

/* Metadata would take the place of all that there is, the token that a create
 * is found by with it; so tags are not among what is changed. */
static int32_t
rebuild_node(void *connection, pileus_call *call, const pileus_node *node,
             const pileus_create_args *args, pileus_record *after)
{
    pileus_writer *body = pileus_write_begin(call);
    int32_t code;

    pileus_write_open_dict(body, "rebuild");
    pileus_write_string(body, "imageRef", args->image);
    if (args->name != NULL) {
        pileus_write_string(body, "name", args->name);
    }
    if (args->password != NULL) {
        pileus_write_string(body, "adminPass", args->password);
    }
    pileus_write_close(body);
    code = os_act(connection, call, pileus_object_id(call, node), body, NULL,
                  NULL);
    if (code == PILEUS_OK) {
        pileus_set_state(after, PILEUS_STATE_PENDING, "REBUILD");
    }
    return code;
}

/* Nova resizes a server that runs, too, and keeps the old one until the resize
 * is confirmed or reverted. */
static int32_t
resize_node(void *connection, pileus_call *call, const pileus_node *node,
            const char *size, uint64_t flags, pileus_record *after)
{
    pileus_writer *body = pileus_write_begin(call);

    (void)flags; /* none yet */
    (void)after; /* reconfiguring */
    pileus_write_open_dict(body, "resize");
    pileus_write_string(body, "flavorRef", size);
    pileus_write_close(body);
    return os_act(connection, call, pileus_object_id(call, node), body, NULL,
                  NULL);
}

/* ---- console --------------------------------------------------------------
 */

static int32_t
get_console_log(void *connection, pileus_call *call, const pileus_node *node,
                uint64_t lines, pileus_text *text)
{
    pileus_writer *body = pileus_write_begin(call);
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const char *output = NULL;
    int32_t code;

    pileus_write_open_dict(body, "os-getConsoleOutput");
    if (lines > 0 && lines <= LINES_MAX) {
        pileus_write_integer(body, "length", (int64_t)lines);
    }
    pileus_write_close(body);
    code = os_act(connection, call, pileus_object_id(call, node), body,
                  &response, &answer);
    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, answer, "output", &output);
    }
    if (code == PILEUS_OK) {
        code = pileus_text_add(text, output, PILEUS_NUL_TERMINATED);
    }
    pileus_response_free(response);
    return code;
}

const pileus_lifecycle_service os_lifecycle = {
    .struct_size = sizeof os_lifecycle,
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
