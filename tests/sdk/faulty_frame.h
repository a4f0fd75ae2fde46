/* The frame of the faulty drivers that speak HTTP: the file that includes it,
 * at its end, has defined faulty_open, faulty_close, list_nodes and
 * create_node. */
/* SPDX-License-Identifier: Apache-2.0 */
static int32_t
capability(void *connection, const char *service, const char *call,
           const char *argument)
{
    (void)connection;
    (void)service;
    return argument != NULL && strcmp(call, "create_node") == 0 &&
                   (strcmp(argument, "name") == 0 ||
                    strcmp(argument, "size") == 0 ||
                    strcmp(argument, "image") == 0)
               ? PILEUS_CAPABILITY_YES
               : PILEUS_CAPABILITY_UNKNOWN;
}

static const void *
get_service(void *state, const char *service, uint32_t version)
{
    static const pileus_connection_service connection = {
        .struct_size = sizeof connection,
        .open = faulty_open,
        .close = faulty_close,
        .capability = capability,
    };
    static const pileus_compute_service compute = {
        .struct_size = sizeof compute,
        .list_nodes = list_nodes,
        .create_node = create_node,
    };
    static const pileus_service_entry services[] = {
        {"connection", &connection},
        {"compute", &compute},
    };

    (void)state;
    return pileus_find_service(services, 2, service, version);
}

PILEUS_DRIVER(faulty, .version = "1", .type = "faulty",
              .thread_model = PILEUS_THREADS_PARALLEL,
              .get_service = get_service)
