/* Waiting for a node's state. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/node_wait.h"

#include "cli/report.h"
#include "cli/status.h"

#include <pileus/model.h>

int
cli_node_wait_for(pileus_node **node, pileus_state wanted, pileus_call *call,
                  const char *about)
{
    pileus_node *newest = NULL;
    pileus_error *err = NULL;
    pileus_code code = pileus_node_wait(&newest, *node, wanted, call, &err);

    if (code == PILEUS_OK) {
        pileus_node_unref(*node);
        *node = newest;
    } else {
        cli_failure(about, err);
        if (code == PILEUS_TIMEOUT) {
            cli_hint("it is %s", pileus_state_name(pileus_node_state(*node)));
        }
        pileus_error_free(err);
    }
    return cli_status_of(code);
}
