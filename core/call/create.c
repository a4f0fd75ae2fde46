/* Create: from a spec to a node. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/node.h"

#include "core/base/error.h"
#include "core/data/random.h"
#include "core/model/spec.h"

/* Random bytes in a token that the core makes; twice as many hex digits. */
#define TOKEN_BYTES 16

/* The arguments that are set must have an effect. */
static pileus_code
check_arguments(const pil__operation *operation, const pileus_create_args *args,
                pileus_error **err)
{
    const struct {
        const char *name;
        bool set;
    } standard[] = {
        {"name", args->name != NULL},
        {"size", args->size != NULL},
        {"image", args->image != NULL},
        {"location", args->location != NULL},
        {"ssh_key", args->ssh_key != NULL},
        {"key_name", args->key_name != NULL},
        {"password", args->password != NULL},
        {"user_data", args->user_data != NULL},
        {"tags", args->tag_count > 0},
    };
    pileus_code code = PILEUS_OK;

    for (size_t i = 0; i < sizeof standard / sizeof standard[0]; i++) {
        if (standard[i].set && code == PILEUS_OK) {
            code = pil__require_argument(operation, "compute", standard[i].name,
                                         err);
        }
    }
    for (uint64_t i = 0; i < args->option_count && code == PILEUS_OK; i++) {
        code = pil__require_argument(operation, "compute",
                                     args->options[i].name, err);
    }
    return code;
}

pileus_code
pileus_node_create(pileus_node **node, pileus_connection *conn,
                   const pileus_node_spec *spec, pileus_call *call,
                   pileus_error **err)
{
    pileus_create_args args = pil__spec_args(spec);
    char token[TOKEN_BYTES * 2 + 1];
    pil__keeper keeper = {0};
    pil__operation operation;
    pileus_sink sink;
    pileus_code code;

    if (node == NULL || conn == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "creating a node needs a connection and a place "
                              "for the node: give both");
    }
    code = pil__enter(&operation, conn, "create_node", call, err);
    if (code != PILEUS_OK) {
        return code;
    }
    code = conn->instance->compute.create_node == NULL
               ? pil__not_supported(&operation, err)
               : check_arguments(&operation, &args, err);
    if (code == PILEUS_OK && args.token == NULL) {
        code = pil__random_hex(token, TOKEN_BYTES, err);
        args.token = token;
    }
    if (code != PILEUS_OK) {
        (void)pil__leave(&operation, PILEUS_OK, NULL);
        return code;
    }
    sink = pil__operation_sink(&operation, PILEUS_KIND_NODE, NULL, pil__keep,
                               &keeper);
    code = conn->instance->compute.create_node(conn->state, operation.call,
                                               &args, &sink);
    return pil__leave_with_node(&operation, &sink, &keeper, code, node, err);
}
