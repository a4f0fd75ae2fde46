/* Create: from a spec to a node or volume. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/create.h"
#include "core/call/one.h"

#include "core/base/error.h"
#include "core/data/random.h"
#include "core/model/spec.h"

#include <string.h>

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

static pileus_code
check_node_arguments(const pil__operation *operation,
                     const pileus_create_args *args, pileus_error **err)
{
    const argument standard[] = {
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

    return check_arguments(operation, standard,
                           sizeof standard / sizeof standard[0], args->options,
                           args->option_count, err);
}

/* Without a token, a fresh one. code is how it went so far. */
static pileus_code
settle(pileus_code code, const char **token, char *fresh, pileus_error **err)
{
    if (code == PILEUS_OK && *token == NULL) {
        code = pil__random_hex(fresh, PIL__TOKEN_BYTES, err);
        *token = fresh;
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
pil__order_admit(pil__order *order, const pileus_node_spec *spec,
                 const pil__operation *operation, pileus_error **err)
{
    pileus_create_args *args = &order->args;
    pileus_code code;

    *order = (pil__order){.args = pil__spec_args(spec)};
    code = check_node_arguments(operation, args, err);
    if (code == PILEUS_OK && !learn(&order->secrets, args)) {
        code = pil__error_no_memory(err);
    }
    code = settle(code, &args->token, order->token, err);
    if (code == PILEUS_OK) {
        operation->call->secrets = &order->secrets;
    }
    return code;
}

void
pil__order_free(pil__order *order)
{
    pil__redactor_free(&order->secrets);
}

pileus_code
pileus_node_create(pileus_node **node, pileus_connection *conn,
                   const pileus_node_spec *spec, pileus_call *call,
                   pileus_error **err)
{
    pil__order order;
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
    code = pil__order_admit(&order, spec, &one.operation, err);
    if (code != PILEUS_OK) {
        pil__give_up(&one.operation);
        pil__order_free(&order);
        return code;
    }
    pil__one_begin(&one, PILEUS_KIND_NODE);
    code = pil__one_end(
        &one,
        conn->instance->compute.create_node(conn->state, one.operation.call,
                                            &order.args, &one.sink),
        err);
    pil__order_free(&order);
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
    char token[PIL__TOKEN_SIZE];
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
    code = settle(code, &args.token, token, err);
    if (code != PILEUS_OK) {
        pil__give_up(&one.operation);
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
