/* Create: from a spec to a node or volume. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/one.h"

#include "core/base/error.h"
#include "core/data/random.h"
#include "core/model/spec.h"

#include <string.h>

/* Random bytes in a token that the core makes; twice as many hex digits. */
#define TOKEN_BYTES 16
#define TOKEN_SIZE (TOKEN_BYTES * 2 + 1)

typedef struct argument {
    const char *name;
    bool set;
} argument;

/* The arguments that are set must have an effect. */
static pileus_code
check_arguments(const pil__operation *operation, const argument *standard,
                size_t count, const pileus_pair *options, uint64_t option_count,
                pileus_error **err)
{
    pileus_code code = PILEUS_OK;

    for (size_t i = 0; i < count && code == PILEUS_OK; i++) {
        if (standard[i].set) {
            code = pil__require_argument(operation, standard[i].name, err);
        }
    }
    for (uint64_t i = 0; i < option_count && code == PILEUS_OK; i++) {
        code = pil__require_argument(operation, options[i].name, err);
    }
    return code;
}

/* The last thing before the driver is called: without a token, a fresh one.
 * code is how it went so far; a failure gives the operation up. */
static pileus_code
settle(pil__operation *operation, pileus_code code, const char **token,
       char *fresh, pileus_error **err)
{
    if (code == PILEUS_OK && *token == NULL) {
        code = pil__random_hex(fresh, TOKEN_BYTES, err);
        *token = fresh;
    }
    if (code != PILEUS_OK) {
        pil__give_up(operation);
    }
    return code;
}

/* What of a node must not be shown: user data often holds keys. False: no
 * memory. */
static bool
learn(pil__redactor *secrets, const pileus_create_args *args)
{
    return (args->password == NULL ||
            pil__redactor_add(secrets, args->password,
                              strlen(args->password))) &&
           (args->user_data == NULL ||
            pil__redactor_add(secrets, args->user_data,
                              (size_t)args->user_data_size));
}

pileus_code
pileus_node_create(pileus_node **node, pileus_connection *conn,
                   const pileus_node_spec *spec, pileus_call *call,
                   pileus_error **err)
{
    pileus_create_args args = pil__spec_args(spec);
    const argument standard[] = {
        {"name", args.name != NULL},
        {"size", args.size != NULL},
        {"image", args.image != NULL},
        {"location", args.location != NULL},
        {"ssh_key", args.ssh_key != NULL},
        {"key_name", args.key_name != NULL},
        {"password", args.password != NULL},
        {"user_data", args.user_data != NULL},
        {"tags", args.tag_count > 0},
    };
    char token[TOKEN_SIZE];
    pil__redactor secrets = {0};
    pil__one one;
    pileus_code code =
        pil__one_place(conn == NULL ? NULL : node, PILEUS_KIND_NODE, err);

    if (code == PILEUS_OK) {
        code = pil__enter_call(&one.operation, conn, "compute", "create_node",
                               call, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    code = check_arguments(&one.operation, standard,
                           sizeof standard / sizeof standard[0], args.options,
                           args.option_count, err);
    if (code == PILEUS_OK && !learn(&secrets, &args)) {
        code = pil__error_no_memory(err);
    }
    code = settle(&one.operation, code, &args.token, token, err);
    if (code != PILEUS_OK) {
        pil__redactor_free(&secrets);
        return code;
    }
    one.operation.call->secrets = &secrets;
    pil__one_begin(&one, PILEUS_KIND_NODE);
    code = pil__one_end(&one,
                        conn->instance->compute.create_node(
                            conn->state, one.operation.call, &args, &one.sink),
                        err);
    pil__redactor_free(&secrets);
    if (code == PILEUS_OK) {
        *node = (pileus_node *)one.object;
    }
    return code;
}

pileus_code
pileus_volume_create(pileus_volume **volume, pileus_connection *conn,
                     const pileus_volume_spec *spec, pileus_call *call,
                     pileus_error **err)
{
    pileus_volume_args args = pil__volume_spec_args(spec);
    const argument standard[] = {
        {"name", args.name != NULL},
        {"size", args.size != 0},
        {"location", args.location != NULL},
        {"snapshot", args.snapshot != NULL},
    };
    char token[TOKEN_SIZE];
    pil__one one;
    pileus_code code =
        pil__one_place(conn == NULL ? NULL : volume, PILEUS_KIND_VOLUME, err);

    if (code == PILEUS_OK) {
        code = pil__enter_call(&one.operation, conn, "volumes", "create_volume",
                               call, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    code = check_arguments(&one.operation, standard,
                           sizeof standard / sizeof standard[0], args.options,
                           args.option_count, err);
    code = settle(&one.operation, code, &args.token, token, err);
    if (code != PILEUS_OK) {
        return code;
    }
    pil__one_begin(&one, PILEUS_KIND_VOLUME);
    code = pil__one_end(&one,
                        conn->instance->volumes.create_volume(
                            conn->state, one.operation.call, &args, &one.sink),
                        err);
    if (code == PILEUS_OK) {
        *volume = (pileus_volume *)one.object;
    }
    return code;
}
