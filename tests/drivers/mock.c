/* A small working driver with two nodes, and, by one define each, drivers that
 * misbehave in one way. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pileus/driver.h>

/* Fields of the descriptor. */
#ifndef MOCK_MAGIC
#define MOCK_MAGIC PILEUS_DRIVER_MAGIC
#endif
#ifndef MOCK_SIZE
#define MOCK_SIZE sizeof(pileus_driver_descriptor)
#endif
#ifndef MOCK_MAJOR
#define MOCK_MAJOR PILEUS_ABI_MAJOR
#endif
#ifndef MOCK_MINOR
#define MOCK_MINOR PILEUS_ABI_MINOR
#endif
#ifndef MOCK_HOST_MINOR_MIN
#define MOCK_HOST_MINOR_MIN 0
#endif
#ifndef MOCK_GET_SERVICE
#define MOCK_GET_SERVICE get_service
#endif
/* Calls of the services. */
#ifndef MOCK_CONNECTION_SIZE
#define MOCK_CONNECTION_SIZE sizeof(pileus_connection_service)
#endif
#ifndef MOCK_COMPUTE_SIZE
#define MOCK_COMPUTE_SIZE sizeof(pileus_compute_service)
#endif
#ifndef MOCK_OPEN
#define MOCK_OPEN open_connection
#endif
#ifndef MOCK_CLOSE
#define MOCK_CLOSE close_connection
#endif
#ifndef MOCK_LIST_NODES
#define MOCK_LIST_NODES list_nodes
#endif
/* What the function that is exported returns. */
#ifndef MOCK_DESCRIPTOR
#define MOCK_DESCRIPTOR &descriptor
#endif

#if defined(__GNUC__)
#define MOCK_UNUSED __attribute__((unused))
#else
#define MOCK_UNUSED
#endif

const pileus_driver_descriptor *mock_LTX_pileus_driver(void);

#ifdef MOCK_UNDEFINED
/* Nobody defines it. */
int mock_symbol_that_nobody_defines(void);
#endif

static MOCK_UNUSED int32_t
open_connection(void *state, pileus_call *call, void **connection)
{
    static char there;

    (void)state;
#ifdef MOCK_UNDEFINED
    if (mock_symbol_that_nobody_defines() != 0) {
        return pileus_fail(call, PILEUS_FAILED, "it is defined after all");
    }
#endif
    pileus_log(call, PILEUS_LOG_DEBUG, "mock opens");
    *connection = &there;
    return PILEUS_OK;
}

static MOCK_UNUSED void
close_connection(void *connection)
{
    (void)connection;
}

static MOCK_UNUSED int32_t
list_nodes(void *connection, pileus_call *call, const pileus_query_args *query,
           pileus_sink *sink)
{
    static const char *const ids[] = {"1", "2"};
    static const char *const names[] = {"mock-1", "mock-2"};
    int32_t code = PILEUS_OK;

    (void)connection;
    (void)call;
    (void)query;
    for (int i = 0; code == PILEUS_OK && i < 2; i++) {
        pileus_record *record = pileus_begin(sink, PILEUS_KIND_NODE);

        pileus_set_id(record, ids[i]);
        pileus_set_name(record, names[i]);
        pileus_set_state(record, PILEUS_STATE_RUNNING, "up");
        code = pileus_put(record);
    }
    return code;
}

static const pileus_connection_service connection_service = {
    .struct_size = MOCK_CONNECTION_SIZE,
    .open = MOCK_OPEN,
    .close = MOCK_CLOSE,
};

static const pileus_compute_service compute_service = {
    .struct_size = MOCK_COMPUTE_SIZE,
    .list_nodes = MOCK_LIST_NODES,
};

static MOCK_UNUSED const void *
get_service(void *state, const char *service, uint32_t version)
{
    (void)state;
    if (version != 1) {
        return NULL;
    }
    return strcmp(service, "connection") == 0
               ? (const void *)&connection_service
           : strcmp(service, "compute") == 0 ? (const void *)&compute_service
                                             : NULL;
}

/* Written out, for PILEUS_DRIVER lets nobody get the first fields wrong. */
static MOCK_UNUSED const pileus_driver_descriptor descriptor = {
    .magic = MOCK_MAGIC,
    .struct_size = MOCK_SIZE,
    .abi_major = MOCK_MAJOR,
    .abi_minor = MOCK_MINOR,
    .name = "mock",
    .version = "1.0",
    .type = "mock",
    .host_minor_min = MOCK_HOST_MINOR_MIN,
    .thread_model = PILEUS_THREADS_PARALLEL,
    .get_service = MOCK_GET_SERVICE,
};

PILEUS_API const pileus_driver_descriptor *
mock_LTX_pileus_driver(void)
{
    return MOCK_DESCRIPTOR;
}
