/* Capabilities: what a driver can do, per call and per argument; and beginning
 * what it can do. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/connection.h"

#include "core/base/error.h"

#include <string.h>

/* Is the call in the driver's table, or can a listing stand in for it? */
static pileus_capability
in_table(const pil__instance *instance, const char *service, const char *name)
{
#define CALL(service, call, other)                                             \
    {                                                                          \
#service, #call, instance->service.call != NULL, other                 \
    }
    const struct {
        const char *service;
        const char *name;
        bool present;
        bool emulated;
    } calls[] = {
        CALL(compute, list_nodes, false),
        CALL(compute, list_sizes, false),
        CALL(compute, list_images, false),
        CALL(compute, list_locations, false),
        CALL(compute, get_node, instance->compute.list_nodes != NULL),
        CALL(compute, create_node, false),
        CALL(compute, reboot_node, false),
        CALL(compute, start_node, false),
        CALL(compute, stop_node, false),
        CALL(compute, destroy_node, false),
        CALL(volumes, list_volumes, false),
        CALL(volumes, create_volume, false),
        CALL(volumes, destroy_volume, false),
        CALL(volumes, attach_volume, false),
        CALL(volumes, detach_volume, false),
        CALL(volumes, list_snapshots, false),
        CALL(volumes, create_snapshot, false),
        CALL(volumes, destroy_snapshot, false),
        CALL(keypairs, list_key_pairs, false),
        CALL(keypairs, get_key_pair, instance->keypairs.list_key_pairs != NULL),
        CALL(keypairs, create_key_pair, false),
        CALL(keypairs, import_key_pair, false),
        CALL(keypairs, delete_key_pair, false),
        CALL(images, get_image, instance->compute.list_images != NULL),
        CALL(images, create_image, false),
        CALL(images, delete_image, false),
        CALL(lifecycle, pause_node, false),
        CALL(lifecycle, unpause_node, false),
        CALL(lifecycle, suspend_node, false),
        CALL(lifecycle, resume_node, false),
        CALL(lifecycle, shelve_node, false),
        CALL(lifecycle, unshelve_node, false),
        CALL(lifecycle, rebuild_node, false),
        CALL(lifecycle, resize_node, false),
        CALL(lifecycle, confirm_resize_node, false),
        CALL(lifecycle, revert_resize_node, false),
        CALL(lifecycle, get_console_log, false),
        CALL(addresses, list_addresses, false),
        CALL(addresses, create_address, false),
        CALL(addresses, delete_address, false),
        CALL(addresses, attach_address, false),
        CALL(addresses, detach_address, false),
        CALL(tags, set_tags, false),
        CALL(tags, remove_tags, false),
    };
#undef CALL

    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        if (strcmp(service, calls[i].service) == 0 &&
            strcmp(name, calls[i].name) == 0) {
            return calls[i].present    ? PILEUS_CAPABILITY_YES
                   : calls[i].emulated ? PILEUS_CAPABILITY_EMULATED
                                       : PILEUS_CAPABILITY_NO;
        }
    }
    return PILEUS_CAPABILITY_NO;
}

/* What the core answers for an argument of a call when the driver does not
 * say: it can sort out what listings are asked; and the optional arguments of
 * these calls are theirs from the first. */
static pileus_capability
by_default(const char *name, const char *argument)
{
    static const struct {
        const char *name; /* NULL: of all listings */
        const char *argument;
        pileus_capability answer;
    } known[] = {
        {NULL, "id", PILEUS_CAPABILITY_EMULATED},
        {NULL, "name", PILEUS_CAPABILITY_EMULATED},
        {"list_nodes", "state", PILEUS_CAPABILITY_EMULATED},
        {"list_nodes", "location", PILEUS_CAPABILITY_EMULATED},
        {"list_nodes", "tag", PILEUS_CAPABILITY_EMULATED},
        {"list_volumes", "state", PILEUS_CAPABILITY_EMULATED},
        {"list_volumes", "location", PILEUS_CAPABILITY_EMULATED},
        {"list_snapshots", "state", PILEUS_CAPABILITY_EMULATED},
        {"attach_volume", "device", PILEUS_CAPABILITY_YES},
        {"create_snapshot", "name", PILEUS_CAPABILITY_YES},
        {"create_image", "description", PILEUS_CAPABILITY_YES},
        {"rebuild_node", "image", PILEUS_CAPABILITY_YES},
        {"create_address", "pool", PILEUS_CAPABILITY_YES},
        {"set_tags", "node", PILEUS_CAPABILITY_YES},
        {"remove_tags", "node", PILEUS_CAPABILITY_YES},
        {"get_console_log", "lines", PILEUS_CAPABILITY_EMULATED},
    };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        bool of_call = known[i].name == NULL ? strncmp(name, "list_", 5) == 0
                                             : strcmp(name, known[i].name) == 0;

        if (of_call && strcmp(argument, known[i].argument) == 0) {
            return known[i].answer;
        }
    }
    return PILEUS_CAPABILITY_NO;
}

static pileus_capability
ask(const pileus_connection *conn, const char *service, const char *name,
    const char *argument)
{
    const pileus_connection_service *table = &conn->instance->connection;
    pileus_capability there = in_table(conn->instance, service, name);
    pileus_capability answer = PILEUS_CAPABILITY_UNKNOWN;

    if (there == PILEUS_CAPABILITY_NO) {
        return PILEUS_CAPABILITY_NO;
    }
    if (table->capability != NULL) {
        answer = table->capability(conn->state, service, name, argument);
    }
    if (answer != PILEUS_CAPABILITY_UNKNOWN) {
        return answer;
    }
    return argument == NULL ? there : by_default(name, argument);
}

pileus_capability
pileus_connection_capability(pileus_connection *conn, const char *service,
                             const char *name, const char *argument)
{
    pileus_capability answer;
    pil__operation operation;

    if (conn == NULL || service == NULL || name == NULL ||
        pil__enter(&operation, conn, "capability", NULL, NULL) != PILEUS_OK) {
        return PILEUS_CAPABILITY_NO;
    }
    answer = ask(conn, service, name, argument);
    (void)pil__leave(&operation, PILEUS_OK, NULL);
    return answer;
}

pileus_code
pil__enter_call(pil__operation *operation, pileus_connection *conn,
                const char *service, const char *what, pileus_call *call,
                pileus_error **err)
{
    pileus_code code = pil__enter(operation, conn, what, call, err);

    if (code != PILEUS_OK) {
        return code;
    }
    operation->service = service;
    if (in_table(conn->instance, service, what) != PILEUS_CAPABILITY_YES) {
        pil__give_up(operation);
        return pil__error_set(err, PILEUS_NOT_SUPPORTED,
                              "%s: this driver does not support %s: 'pileus "
                              "driver show %s' lists what it does",
                              conn->instance->name, what, conn->instance->name);
    }
    return PILEUS_OK;
}

pileus_code
pil__enter_verb(pil__operation *operation, const void *object, pileus_kind kind,
                const char *service, const char *what, pileus_call *call,
                pileus_error **err)
{
    pileus_connection *conn = pil__object_connection(object);

    if (conn == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "%s needs %s %s: give one", what,
                              pil__kind_article(kind), pil__kind_name(kind));
    }
    return pil__enter_call(operation, conn, service, what, call, err);
}

pileus_code
pil__require_argument(const pil__operation *operation, const char *argument,
                      pileus_error **err)
{
    const pileus_call *call = operation->call;
    pileus_capability answer =
        ask(operation->conn, operation->service, call->what, argument);

    if (answer == PILEUS_CAPABILITY_IGNORED) {
        pil__call_log(operation->call, PILEUS_LOG_WARNING,
                      "%s: %s ignores '%s': it has no effect", call->driver,
                      call->what, argument);
        return PILEUS_OK;
    }
    if (answer == PILEUS_CAPABILITY_NO || answer == PILEUS_CAPABILITY_UNKNOWN) {
        return pil__error_set(err, PILEUS_NOT_SUPPORTED,
                              "%s: %s does not support '%.64s' with this "
                              "driver: leave it out",
                              call->driver, call->what, argument);
    }
    return PILEUS_OK;
}

pileus_code
pil__admit(pil__operation *operation, const char *argument, const void *value,
           pileus_error **err)
{
    pileus_code code = value == NULL
                           ? PILEUS_OK
                           : pil__require_argument(operation, argument, err);

    if (code != PILEUS_OK) {
        pil__give_up(operation);
    }
    return code;
}
