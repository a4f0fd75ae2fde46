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

static const char *
option(const pileus_create_args *args, const char *name)
{
    return pileus_pair_value(args->options, args->option_count, name);
}

/* Nova takes another image for a server that was booted from a volume, too,
 * since this microversion. */
#define REBUILD_VERSION 93

/* The microversions that arguments need. */
static int32_t
check_versions(os_connection *connection, pileus_call *call,
               const pileus_create_args *args)
{
    const struct {
        const char *what;
        int version;
        bool given;
    } needs[] = {
        {"a rebuild with a description", 19,
         option(args, "description") != NULL},
        {"a rebuild with a key", 54,
         args->key_name != NULL || args->ssh_key != NULL},
        {"a rebuild with user data", 57, args->user_data != NULL},
        {"a rebuild with a hostname", 90, option(args, "hostname") != NULL},
    };
    int32_t code = os_check_user_data(call, args);

    for (size_t i = 0; code == PILEUS_OK && i < sizeof needs / sizeof needs[0];
         i++) {
        if (needs[i].given) {
            code = os_need_version(connection, call, needs[i].version,
                                   needs[i].what);
        }
    }
    return code;
}

/* Metadata would take the place of all that there is, the token that a create
 * is found by with it; so tags are not among what is changed. */
static int32_t
write_rebuild(pileus_writer *body, pileus_call *call,
              const pileus_create_args *args, const char *key)
{
    int32_t code;

    pileus_write_open_dict(body, "rebuild");
    pileus_write_string(body, "imageRef", args->image);
    pileus_write_string(body, "name", args->name);
    pileus_write_string(body, "adminPass", args->password);
    pileus_write_string(body, "description", option(args, "description"));
    pileus_write_string(body, "hostname", option(args, "hostname"));
    pileus_write_string(body, "key_name", key);
    pileus_write_string(body, "OS-DCF:diskConfig", option(args, "disk-config"));
    code = os_write_user_data(body, call, args);
    pileus_write_close(body);
    return code;
}

/* The answer has the password, if Nova tells it, and no other has. */
static int32_t
send_rebuild(os_connection *connection, pileus_call *call, const char *id,
             pileus_writer *body, pileus_record *after)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const pileus_value *server;
    int32_t code =
        os_act(connection, call, id, REBUILD_VERSION, body, &response, &answer);

    if (code == PILEUS_OK) {
        server = pileus_json_get(call, answer, "server");
        pileus_set_state(after, PILEUS_STATE_PENDING, "REBUILD");
        os_fill_extra(after, call, server,
                      pileus_json_string(call, server, "adminPass"));
    }
    pileus_response_free(response);
    return code;
}

static int32_t
rebuild_node(void *connection, pileus_call *call, const pileus_node *node,
             const pileus_create_args *args, pileus_record *after)
{
    char name[OS_KEY_NAME_SIZE];
    const char *key = args->key_name;
    pileus_writer *body;
    int32_t code = check_versions(connection, call, args);

    if (code == PILEUS_OK && args->ssh_key != NULL) {
        key = name;
        code = os_ensure_key(connection, call, args->ssh_key, name);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    body = pileus_write_begin(call);
    code = write_rebuild(body, call, args, key);
    if (code != PILEUS_OK) {
        pileus_write_free(body);
        return code;
    }
    return send_rebuild(connection, call, pileus_object_id(call, node), body,
                        after);
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
    return os_act(connection, call, pileus_object_id(call, node), OS_PLAIN,
                  body, NULL, NULL);
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
    code = os_act(connection, call, pileus_object_id(call, node), OS_PLAIN,
                  body, &response, &answer);
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
