/* Which node is meant: by id, or else by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/node_find.h"

#include "cli/memory.h"
#include "cli/report.h"
#include "cli/status.h"
#include "cli/suggest.h"

#include <pileus/pileus.h>

#include <stdlib.h>

#define IDS_SHOWN 10 /* of nodes that share a name */

static pileus_code
list_named(pileus_list **list, pileus_connection *conn, const char *name,
           pileus_call *call, pileus_error **err)
{
    pileus_query *query = NULL;
    pileus_code code = pileus_query_new(&query, err);

    if (code == PILEUS_OK) {
        code = pileus_query_set_name(query, name, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_list(list, conn, query, call, err);
    }
    pileus_query_free(query);
    return code;
}

/* ---- no such node -------------------------------------------------------- */

static bool
offer(void *nearest, pileus_node *node)
{
    cli_nearest_offer(nearest, pileus_node_name(node));
    cli_nearest_offer(nearest, pileus_node_id(node));
    return true;
}

static int
none(pileus_connection *conn, const char *word, pileus_call *call)
{
    cli_nearest nearest = {.word = word};

    /* A failure of this only costs the suggestion. */
    (void)pileus_node_each(conn, NULL, offer, &nearest, call, NULL);
    if (nearest.best != NULL) {
        cli_error("no node has the id or name '%s': did you mean '%s'?", word,
                  nearest.best);
    } else {
        cli_error("no node has the id or name '%s': 'pileus node list' "
                  "shows those there are",
                  word);
    }
    free(nearest.best);
    return CLI_NOT_FOUND;
}

/* ---- several of one name ------------------------------------------------- */

static int
several(const pileus_list *list, const char *word)
{
    size_t count = pileus_list_count(list);
    cli_buffer ids;

    cli_buffer_open(&ids);
    for (size_t i = 0; i < count && i < IDS_SHOWN; i++) {
        const char *id = pileus_node_id(pileus_list_node(list, i));

        (void)fprintf(ids.file, "%s%s", i == 0 ? "" : ", ",
                      id == NULL ? "one without" : id);
    }
    cli_error("%zu nodes are named '%s': say which by id (%s%s)", count, word,
              cli_buffer_text(&ids), count > IDS_SHOWN ? ", ..." : "");
    cli_buffer_close(&ids);
    return CLI_USAGE;
}

/* -------------------------------------------------------------------------- */

static int
find_by_name(pileus_node **node, pileus_connection *conn, const char *word,
             pileus_call *call, pileus_error **err)
{
    pileus_list *list = NULL;
    pileus_code code = list_named(&list, conn, word, call, err);
    int status = cli_status_of(code);

    if (code == PILEUS_OK) {
        switch (pileus_list_count(list)) {
        case 0:
            status = none(conn, word, call);
            break;
        case 1:
            *node = pileus_node_ref(pileus_list_node(list, 0));
            break;
        default:
            status = several(list, word);
            break;
        }
    }
    pileus_list_free(list);
    return status;
}

int
cli_node_find(pileus_node **node, pileus_connection *conn, const char *word,
              pileus_call *call, const char *about)
{
    pileus_error *err = NULL;
    pileus_code code =
        pileus_node_get(node, conn, word, PILEUS_NUL_TERMINATED, call, &err);
    int status = cli_status_of(code);

    if (code == PILEUS_NOT_FOUND) {
        pileus_error_free(err);
        err = NULL;
        status = find_by_name(node, conn, word, call, &err);
    }
    if (err != NULL) {
        cli_failure(about, err);
        pileus_error_free(err);
    }
    return status;
}
