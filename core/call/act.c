/* What is done to a node that is there. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/act.h"

#include "core/base/error.h"
#include "core/call/host.h"
#include "core/call/one.h"

/* The state that the driver left in after, or else the verb's own, becomes
 * the handle's. */
static pileus_code
take_state(pileus_node *node, pil__object *after, pileus_state usual,
           pileus_error **err)
{
    int64_t state = usual;
    const char *word = NULL;

    if (pil__object_integer(after, PILEUS_FIELD_STATE, &state)) {
        word = pil__object_string(after, PILEUS_FIELD_PROVIDER_STATE, 0);
    }
    return pil__become(node, (pileus_state)state, word, err);
}

/* So does the extra, if it left one. */
static pileus_code
take_extra(pileus_node *node, pil__object *after, pileus_error **err)
{
    pileus_code code = PILEUS_OK;

    if (!pil__object_has_extra(after)) {
        return PILEUS_OK;
    }
    code = pil__object_finish(after, NULL, NULL, err);
    if (code == PILEUS_OK && !pil__object_keep(after)) {
        code = pil__error_no_memory(err);
    }
    if (code == PILEUS_OK) {
        pil__object_take_answer((pil__object *)node, after);
    }
    return code;
}

pileus_code
pil__carry_out(pileus_node *node, const pil__act *act, pileus_call *call,
               pileus_error **err)
{
    pil__object *after = NULL;
    pil__operation operation;
    pileus_sink sink;
    pileus_code code = pil__enter_verb(&operation, node, PILEUS_KIND_NODE,
                                       act->service, act->what, call, err);

    if (code != PILEUS_OK) {
        return code;
    }
    sink = pil__operation_sink(&operation, PILEUS_KIND_NODE, NULL, NULL, NULL);
    if (act->admit != NULL) {
        code = act->admit(&operation, act->args, err);
    }
    if (code == PILEUS_OK) {
        after = pil__object_new(PILEUS_KIND_NODE, &pil__host, &sink,
                                (pil__arena){0}, NULL);
        code = after == NULL ? pil__error_no_memory(err) : PILEUS_OK;
    }
    if (code != PILEUS_OK) {
        pil__give_up(&operation);
        return code;
    }
    code = act->run(&operation, node, act->args, (pileus_record *)after);
    code = pil__leave(&operation, code, err);
    if (code == PILEUS_OK) {
        code = take_state(node, after, act->usual, err);
    }
    if (code == PILEUS_OK) {
        code = take_extra(node, after, err);
    }
    pil__sink_end(&sink);
    pil__object_unref(after);
    return code;
}
