/* What is done to a node that is there. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_ACT_H
#define PIL__CALL_ACT_H

#include "core/call/connection.h"

typedef struct pil__act {
    const char *service;
    const char *what;   /* the call */
    pileus_state usual; /* that follows, unless the driver knows better */
    /* Does the driver take the arguments? NULL: there are none to ask about. */
    pileus_code (*admit)(const pil__operation *operation, void *args,
                         pileus_error **err);
    /* Call it. */
    int32_t (*run)(const pil__operation *operation, const pileus_node *node,
                   void *args, pileus_record *after);
    void *args;
} pil__act;

/* Do it, and have the node's state follow. */
pileus_code pil__carry_out(pileus_node *node, const pil__act *act,
                           pileus_call *call, pileus_error **err);

#endif
