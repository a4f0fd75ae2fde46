/* The dummy driver: descriptor, services, connections. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "dummy.h"

#include <stdlib.h>

int32_t
dummy_begin(struct dummy_connection *conn, pileus_call *call,
            enum dummy_call which, struct dummy_fault *fault)
{
    int32_t code;

    *fault = dummy_faults_count(&conn->faults, which);
    code = conn->settings.latency_ms > 0
               ? pileus_wait(call, conn->settings.latency_ms)
               : pileus_check(call);
    return code == PILEUS_OK ? dummy_fault_before(fault, call) : code;
}

static int32_t
open_connection(void *state, pileus_call *call, void **connection)
{
    struct dummy_connection *conn = calloc(1, sizeof *conn);
    int32_t code;

    (void)state;
    if (conn == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for a connection of the dummy driver");
    }
    code = dummy_settings_read(&conn->settings, call);
    if (code == PILEUS_OK) {
        code = dummy_faults_parse(&conn->faults, call,
                                  pileus_setting(call, "fail"));
    }
    if (code == PILEUS_OK) {
        code =
            dummy_store_open(&conn->store, call, pileus_setting(call, "state"),
                             &conn->settings.seed);
    }
    if (code != PILEUS_OK) {
        dummy_faults_free(&conn->faults);
        free(conn);
        return code;
    }
    *connection = conn;
    return PILEUS_OK;
}

static void
close_connection(void *connection)
{
    struct dummy_connection *conn = connection;

    dummy_store_close(&conn->store);
    dummy_faults_free(&conn->faults);
    free(conn);
}

/* What libcloud's create_node takes, and does nothing with. */
static const char *const ignored[] = {"name",     "size",    "image",
                                      "location", "ssh_key", "password"};

static int32_t
capability(void *connection, const char *service, const char *name,
           const char *argument)
{
    const struct dummy_connection *conn = connection;

    if (argument == NULL || strcmp(service, "compute") != 0 ||
        strcmp(name, "create_node") != 0) {
        return PILEUS_CAPABILITY_UNKNOWN;
    }
    if (strcmp(argument, "token") == 0) {
        return conn->settings.idempotent ? PILEUS_TOKEN_NATIVE
                                         : PILEUS_CAPABILITY_NO;
    }
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) {
        if (strcmp(argument, ignored[i]) == 0) {
            return PILEUS_CAPABILITY_IGNORED;
        }
    }
    return PILEUS_CAPABILITY_UNKNOWN;
}

static const pileus_connection_service connection_service = {
    .struct_size = sizeof connection_service,
    .open = open_connection,
    .close = close_connection,
    .capability = capability,
};

static const pileus_compute_service compute_service = {
    .struct_size = sizeof compute_service,
    .list_nodes = dummy_list_nodes,
    .list_sizes = dummy_list_sizes,
    .list_images = dummy_list_images,
    .list_locations = dummy_list_locations,
    .get_node = dummy_get_node,
    .create_node = dummy_create_node,
    .reboot_node = dummy_reboot_node,
    .start_node = dummy_start_node,
    .stop_node = dummy_stop_node,
    .destroy_node = dummy_destroy_node,
};

static const void *
get_service(void *state, const char *service, uint32_t version)
{
    (void)state;
    if (version != 1) {
        return NULL;
    }
    if (strcmp(service, "connection") == 0) {
        return &connection_service;
    }
    if (strcmp(service, "lifecycle") == 0) {
        return &dummy_lifecycle;
    }
    if (strcmp(service, "addresses") == 0) {
        return &dummy_floating;
    }
    return strcmp(service, "compute") == 0 ? &compute_service : NULL;
}

PILEUS_DRIVER(dummy, .version = DRIVER_VERSION, .type = "0",
              .thread_model = PILEUS_THREADS_PARALLEL,
              .get_service = get_service)
