/* Asks the store what the next minor adds: prints the capability of a call, and
 * of each node its state with the provider's word. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pileus/pileus.h>

#include <stdio.h>

int
main(void)
{
    pileus_connection *conn = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    pileus_capability can = PILEUS_CAPABILITY_NO;
    pileus_code code =
        pileus_connection_open(&conn, NULL, "store", NULL, NULL, &err);

    if (code == PILEUS_OK) {
        can =
            pileus_connection_capability(conn, "compute", "migrate_node", NULL);
        code = pileus_node_list(&list, conn, NULL, NULL, &err);
    }
    if (code != PILEUS_OK) {
        (void)fprintf(stderr, "%s\n", pileus_error_message(err));
        pileus_error_free(err);
        pileus_connection_unref(conn);
        return 1;
    }
    (void)printf("migrate_node: %s\n",
                 can == PILEUS_CAPABILITY_YES ? "yes" : "no");
    for (size_t i = 0; i < pileus_list_count(list); i++) {
        const pileus_node *node = pileus_list_node(list, i);
        const char *word = pileus_node_provider_state(node);

        (void)printf("%s: %d %s, %s\n", pileus_node_id(node),
                     (int)pileus_node_state(node),
                     pileus_state_name(pileus_node_state(node)),
                     word == NULL ? "-" : word);
    }
    pileus_list_free(list);
    pileus_connection_unref(conn);
    return 0;
}
