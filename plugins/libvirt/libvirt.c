/* The driver for libvirt: descriptor, services, opening and closing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "create.h"
#include "images.h"
#include "job.h"
#include "lifecycle.h"
#include "listing.h"
#include "locations.h"

#include <libxml/parser.h>

/* ---- opening and closing ----------------------------------------------- */

static void
opening_run(lv_job *job)
{
    (void)lv_connection_open(job->connection, &job->failure);
}

static const lv_job_kind opening = {
    .size = sizeof(lv_job),
    .doing = "connecting to libvirt",
    .alone = true,
    .grace_ms = 0,
    .run = opening_run,
};

static int32_t
lv_open(void *state, pileus_call *call, void **connection)
{
    lv_settings settings;
    lv_connection *made;
    lv_job *job;
    int32_t code = lv_settings_read(call, &settings);

    (void)state;
    if (code != PILEUS_OK) {
        return code;
    }
    made = lv_connection_new(&settings);
    if (made == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "memory ran out while connecting to libvirt");
    }
    job = lv_job_new(call, &opening, made);
    code = job == NULL ? PILEUS_NO_MEMORY : lv_job_run(call, job);
    lv_job_end(job);
    if (code != PILEUS_OK) {
        lv_connection_unref(made);
        return code;
    }
    *connection = made;
    return PILEUS_OK;
}

/* Closing is a question to the daemon as well, which may hang. */
static void
closing_run(lv_job *job)
{
    lv_connection_shut(job->connection);
}

static const lv_job_kind closing = {
    .size = sizeof(lv_job),
    .doing = "closing the connection to libvirt",
    .alone = true,
    .grace_ms = 5000,
    .run = closing_run,
};

static void
lv_close(void *connection)
{
    lv_job *job = lv_job_new(NULL, &closing, connection);

    if (job != NULL) {
        lv_job_send(job);
    }
    lv_connection_unref(connection);
}

/* ---- what it can do ---------------------------------------------------- */

static bool
is_one_of(const char *word, const char *const *words)
{
    while (*words != NULL && strcmp(*words, word) != 0) {
        words++;
    }
    return *words != NULL;
}

static int32_t
lv_capability(void *connection, const char *service, const char *call,
              const char *argument)
{
    static const char *const changing[] = {"create_node",  "reboot_node",
                                           "start_node",   "stop_node",
                                           "destroy_node", NULL};
    static const char *const makers[] = {"QEMU", "TEST", NULL};
    static const char *const arguments[] = {
        "name", "size", "image", "location", "tags", "pool", "network", NULL};
    const lv_connection *self = connection;

    if (strcmp(service, "compute") != 0) {
        return PILEUS_CAPABILITY_UNKNOWN;
    }
    if (argument == NULL) {
        bool may = !self->settings.readonly || !is_one_of(call, changing);
        bool can =
            strcmp(call, "create_node") != 0 || is_one_of(self->type, makers);

        return may && can ? PILEUS_CAPABILITY_UNKNOWN : PILEUS_CAPABILITY_NO;
    }
    if (strcmp(argument, "location") == 0 &&
        (strcmp(call, "list_sizes") == 0 || strcmp(call, "list_images") == 0)) {
        return PILEUS_CAPABILITY_YES;
    }
    if (strcmp(call, "create_node") != 0) {
        return PILEUS_CAPABILITY_UNKNOWN;
    }
    if (strcmp(argument, "token") == 0) {
        return PILEUS_TOKEN_NATURAL_KEY;
    }
    return is_one_of(argument, arguments) ? PILEUS_CAPABILITY_YES
                                          : PILEUS_CAPABILITY_UNKNOWN;
}

/* ---- tables ------------------------------------------------------------ */

static const void *
get_service(void *state, const char *service, uint32_t version)
{
    static const pileus_connection_service connection_service = {
        .struct_size = sizeof connection_service,
        .open = lv_open,
        .close = lv_close,
        .capability = lv_capability,
    };
    static const pileus_compute_service compute_service = {
        .struct_size = sizeof compute_service,
        .list_nodes = lv_list_nodes,
        .list_sizes = lv_list_sizes,
        .list_images = lv_list_images,
        .list_locations = lv_list_locations,
        .get_node = lv_get_node,
        .create_node = lv_create_node,
        .reboot_node = lv_reboot_node,
        .start_node = lv_start_node,
        .stop_node = lv_stop_node,
        .destroy_node = lv_destroy_node,
    };

    (void)state;
    if (version != 1) {
        return NULL;
    }
    if (strcmp(service, "connection") == 0) {
        return &connection_service;
    }
    return strcmp(service, "compute") == 0 ? &compute_service : NULL;
}

/* libxml2 wants to be set up before threads use it. */
static int32_t
init(pileus_call *call, void **state)
{
    (void)call;
    *state = NULL;
    xmlInitParser();
    return PILEUS_OK;
}

PILEUS_DRIVER(libvirt, .version = DRIVER_VERSION, .type = "libvirt",
              .thread_model = PILEUS_THREADS_PARALLEL, .init = init,
              .get_service = get_service)
