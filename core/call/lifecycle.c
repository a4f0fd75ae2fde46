/* One node: pause, suspend, shelve and back; rebuild, resize, console. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/act.h"
#include "core/call/create.h"
#include "core/call/text.h"

#include "core/base/error.h"
#include "core/model/check.h"
#include "core/model/spec.h"

#include <pileus/lifecycle.h>

static pileus_code
check_flags(uint64_t flags, const char *what, pileus_error **err)
{
    return flags == 0 ? PILEUS_OK
                      : pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                                       "%s takes no flags yet: give 0", what);
}

/* ---- verbs without arguments
 * ------------------------------------------------------------ */

#define VERB(verb, usual)                                                      \
    static int32_t run_##verb(const pil__operation *operation,                 \
                              const pileus_node *node, void *flags,            \
                              pileus_record *after)                            \
    {                                                                          \
        return operation->conn->instance->lifecycle.verb##_node(               \
            operation->conn->state, operation->call, node,                     \
            *(const uint64_t *)flags, after);                                  \
    }                                                                          \
                                                                               \
    pileus_code pileus_node_##verb(pileus_node *node, uint64_t flags,          \
                                   pileus_call *call, pileus_error **err)      \
    {                                                                          \
        const pil__act act = {"lifecycle", #verb "_node", usual,               \
                              NULL,        run_##verb,    &flags};             \
        pileus_code code = check_flags(flags, act.what, err);                  \
                                                                               \
        return code != PILEUS_OK ? code                                        \
                                 : pil__carry_out(node, &act, call, err);      \
    }

VERB(pause, PILEUS_STATE_UPDATING)
VERB(unpause, PILEUS_STATE_STARTING)
VERB(suspend, PILEUS_STATE_UPDATING)
VERB(resume, PILEUS_STATE_STARTING)
VERB(shelve, PILEUS_STATE_UPDATING)
VERB(unshelve, PILEUS_STATE_STARTING)
VERB(confirm_resize, PILEUS_STATE_RECONFIGURING)
VERB(revert_resize, PILEUS_STATE_RECONFIGURING)

/* ---- rebuild
 * ---------------------------------------------------------------------- */

typedef struct rebuilding {
    const pileus_node_spec *spec;
    pil__order order;
} rebuilding;

static pileus_code
admit_rebuild(const pil__operation *operation, void *args, pileus_error **err)
{
    rebuilding *own = args;

    return pil__order_admit(&own->order, own->spec, operation, err);
}

static int32_t
run_rebuild(const pil__operation *operation, const pileus_node *node,
            void *args, pileus_record *after)
{
    const rebuilding *own = args;

    return operation->conn->instance->lifecycle.rebuild_node(
        operation->conn->state, operation->call, node, &own->order.args, after);
}

pileus_code
pileus_node_rebuild(pileus_node *node, const pileus_node_spec *spec,
                    uint64_t flags, pileus_call *call, pileus_error **err)
{
    rebuilding own = {.spec = spec};
    const pil__act act = {
        "lifecycle",   "rebuild_node", PILEUS_STATE_RECONFIGURING,
        admit_rebuild, run_rebuild,    &own};
    pileus_code code = check_flags(flags, act.what, err);

    if (code == PILEUS_OK && pil__spec_args(spec).image == NULL) {
        code = pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "rebuild_node needs an image: set the spec's");
    }
    if (code == PILEUS_OK) {
        code = pil__carry_out(node, &act, call, err);
        pil__order_free(&own.order);
    }
    return code;
}

/* ---- resize
 * ----------------------------------------------------------------------- */

typedef struct resizing {
    const char *size;
    uint64_t flags;
} resizing;

static int32_t
run_resize(const pil__operation *operation, const pileus_node *node, void *args,
           pileus_record *after)
{
    const resizing *own = args;

    return operation->conn->instance->lifecycle.resize_node(
        operation->conn->state, operation->call, node, own->size, own->flags,
        after);
}

pileus_code
pileus_node_resize(pileus_node *node, const char *size_id, uint64_t flags,
                   pileus_call *call, pileus_error **err)
{
    resizing own = {size_id, flags};
    const pil__act act = {
        "lifecycle", "resize_node", PILEUS_STATE_RECONFIGURING,
        NULL,        run_resize,    &own};
    size_t length = PILEUS_NUL_TERMINATED;
    pileus_code code = check_flags(flags, act.what, err);

    if (code == PILEUS_OK) {
        code = pil__check_plain("the size's id", size_id, &length,
                                PILEUS_ID_MAX, err);
    }
    return code != PILEUS_OK ? code : pil__carry_out(node, &act, call, err);
}

/* ---- console
 * ---------------------------------------------------------------------- */

/* Can so many lines be asked for? */
static pileus_code
admit_lines(pil__operation *operation, uint64_t lines, pileus_error **err)
{
    return pil__admit(operation, "lines", lines == 0 ? NULL : &lines, err);
}

pileus_code
pileus_node_console_log(pileus_text **log, pileus_node *node, uint64_t lines,
                        pileus_call *call, pileus_error **err)
{
    pil__operation operation;
    pileus_text *text;
    pileus_code code;

    if (log == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "get_console_log needs a place for the text: "
                              "give one");
    }
    code = pil__enter_verb(&operation, node, PILEUS_KIND_NODE, "lifecycle",
                           "get_console_log", call, err);
    if (code == PILEUS_OK) {
        code = admit_lines(&operation, lines, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    text = pil__text_new(operation.call);
    if (text == NULL) {
        pil__give_up(&operation);
        return pil__error_no_memory(err);
    }
    code = operation.conn->instance->lifecycle.get_console_log(
        operation.conn->state, operation.call, node, lines, text);
    code = pil__leave(&operation, pil__text_end(text, code, lines), err);
    if (code != PILEUS_OK) {
        pileus_text_free(text);
        return code;
    }
    *log = text;
    return PILEUS_OK;
}
