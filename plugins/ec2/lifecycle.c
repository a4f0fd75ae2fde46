/* More of an instance's life: its memory kept, another disk, another size, its
 * console. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"
#include "text.h"

#include <stdlib.h>

/* ---- another disk, another size -------------------------------------------
 */

/* The instance goes on, or boots again, with a new root volume; the old one is
 * lost, as a rebuild has it, and would cost if it stayed. */
static int32_t
rebuild_node(void *connection, pileus_call *call, const pileus_node *node,
             const pileus_create_args *args, pileus_record *after)
{
    const char *id = pileus_object_id(call, node);
    ec2_params params;

    (void)after; /* reconfiguring */
    ec2_params_begin(&params, "CreateReplaceRootVolumeTask");
    ec2_add(&params, id, "InstanceId");
    ec2_add(&params, args->image, "ImageId");
    ec2_add(&params, args->token, "ClientToken");
    ec2_add(&params, "true", "DeleteReplacedRootVolume");
    return ec2_change(connection, call, &params, PILEUS_REQUEST_IDEMPOTENT, id,
                      NULL, NULL);
}

/* Of an instance that is stopped, and stays so. */
static int32_t
resize_node(void *connection, pileus_call *call, const pileus_node *node,
            const char *size, uint64_t flags, pileus_record *after)
{
    const char *id = pileus_object_id(call, node);
    ec2_params params;
    int32_t code;

    (void)flags; /* none yet */
    ec2_params_begin(&params, "ModifyInstanceAttribute");
    ec2_add(&params, id, "InstanceId");
    ec2_add(&params, size, "InstanceType.Value");
    code = ec2_change(connection, call, &params, PILEUS_REQUEST_IDEMPOTENT, id,
                      NULL, NULL);
    if (code == PILEUS_OK) {
        pileus_set_state(after, PILEUS_STATE_STOPPED, "stopped");
    }
    return code;
}

/* ---- console --------------------------------------------------------------
 */

/* The output is in base64, perhaps on many lines. */
static int32_t
add_output(pileus_call *call, const char *output, pileus_text *text)
{
    size_t room = strlen(output) + 1;
    char *bytes = malloc(room);
    size_t size = 0;
    int32_t code;

    if (bytes == NULL) {
        return ec2_no_memory(call);
    }
    for (; *output != '\0'; output++) {
        if (strchr(" \t\r\n", *output) == NULL) {
            bytes[size++] = *output;
        }
    }
    code = pileus_unbase64(call, bytes, size, bytes, &size)
               ? pileus_text_add(text, bytes, size)
               : pileus_fail(call, PILEUS_PROTOCOL,
                             "what EC2 says of the console is no base64: check "
                             "the endpoint");
    pileus_wipe(call, bytes, room);
    free(bytes);
    return code;
}

/* latest: what there is now, or what was kept when the instance last began or
 * ended something. */
static int32_t
ask_console(ec2_connection *connection, pileus_call *call, const char *id,
            bool latest, pileus_text *text)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const char *output;
    ec2_params params;
    int32_t code;

    ec2_params_begin(&params, "GetConsoleOutput");
    ec2_add(&params, id, "InstanceId");
    ec2_add(&params, latest ? "true" : NULL, "Latest");
    code = ec2_ask(connection, call, &params, PILEUS_REQUEST_SECRET, id,
                   &response, &answer);
    if (code == PILEUS_OK) {
        output = pileus_json_string(call, answer, "output");
        code = output == NULL ? PILEUS_OK : add_output(call, output, text);
    }
    pileus_response_free(response);
    return code;
}

/* Instances of before Nitro have no latest one. */
static int32_t
get_console_log(void *connection, pileus_call *call, const pileus_node *node,
                uint64_t lines, pileus_text *text)
{
    const char *id = pileus_object_id(call, node);
    int32_t code = ask_console(connection, call, id, true, text);

    (void)lines; /* the core counts them */
    return code == PILEUS_NOT_SUPPORTED
               ? ask_console(connection, call, id, false, text)
               : code;
}

const pileus_lifecycle_service ec2_lifecycle = {
    .struct_size = sizeof ec2_lifecycle,
    .suspend_node = ec2_suspend_node,
    .resume_node = ec2_start_node,
    .rebuild_node = rebuild_node,
    .resize_node = resize_node,
    .get_console_log = get_console_log,
};
