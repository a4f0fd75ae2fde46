/* Listing nodes, and getting one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"

typedef struct listing {
    pileus_sink *sink;
    const cs_facts *facts;
    const char *id; /* the only one wanted; NULL: all */
    bool found;
} listing;

static int32_t
put(void *user, pileus_call *call, const pileus_value *machine)
{
    listing *how = user;

    if (how->id != NULL) {
        const char *id = pileus_json_text(call, machine, "id");

        if (id == NULL || strcmp(id, how->id) != 0) {
            return PILEUS_OK;
        }
    }
    how->found = true;
    return cs_put_node(call, machine, how->facts, NULL, how->sink);
}

static int32_t
list(const cs_connection *connection, pileus_call *call, cs_params *params,
     const char *node, const char *zone, listing *how)
{
    cs_facts facts = {0};
    int32_t code = cs_facts_load(&facts, connection, call, node, zone);

    how->facts = &facts;
    if (code == PILEUS_OK) {
        code = cs_list(connection, call, params, "virtualmachine", put, how);
    }
    cs_facts_free(&facts);
    return code;
}

int32_t
cs_list_nodes(void *connection, pileus_call *call,
              const pileus_query_args *query, pileus_sink *sink)
{
    const char *node = query->id_count == 1 ? query->ids[0] : NULL;
    listing how = {.sink = sink};
    cs_params params;
    int32_t code;

    cs_params_begin(&params, connection, "listVirtualMachines");
    cs_params_add(&params, "id", node);
    cs_params_add(&params, "name", query->name);
    cs_params_add(&params, "zoneid", query->location);
    code = list(connection, call, &params, node, query->location, &how);
    /* To CloudStack, asking for an id that there is not is a mistake. */
    return code == PILEUS_NOT_FOUND && node != NULL ? PILEUS_OK : code;
}

int32_t
cs_get_node(void *connection, pileus_call *call, const char *id,
            pileus_sink *sink)
{
    listing how = {.sink = sink, .id = id};
    cs_params params;
    int32_t code;

    cs_params_begin(&params, connection, "listVirtualMachines");
    cs_params_add(&params, "id", id);
    code = list(connection, call, &params, id, NULL, &how);
    if (code == PILEUS_OK && !how.found) {
        code = pileus_fail(call, PILEUS_NOT_FOUND,
                           "CloudStack has no node with the id '%.64s': list "
                           "what there is",
                           id);
    }
    return code;
}
