/* Capabilities: what a driver can do, per call and per argument. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/connection.h"

#include "core/base/error.h"

#include <string.h>

/* Is the call in the driver's table? */
static pileus_capability
in_table(const pileus_compute_service *compute, const char *name)
{
#define CALL(member)                                                           \
    {                                                                          \
#member, compute->member != NULL                                       \
    }
    const struct {
        const char *name;
        bool present;
    } calls[] = {
        CALL(list_nodes),     CALL(list_sizes),  CALL(list_images),
        CALL(list_locations), CALL(create_node), CALL(reboot_node),
        CALL(start_node),     CALL(stop_node),   CALL(destroy_node),
    };
#undef CALL

    if (strcmp(name, "get_node") == 0) {
        return compute->get_node != NULL     ? PILEUS_CAPABILITY_YES
               : compute->list_nodes != NULL ? PILEUS_CAPABILITY_EMULATED
                                             : PILEUS_CAPABILITY_NO;
    }
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        if (strcmp(name, calls[i].name) == 0) {
            return calls[i].present ? PILEUS_CAPABILITY_YES
                                    : PILEUS_CAPABILITY_NO;
        }
    }
    return PILEUS_CAPABILITY_NO;
}

/* What the core answers when the driver does not say. Listings of nodes can
 * be asked anything but the driver's own: the core sorts them out. */
static pileus_capability
by_default(const pil__instance *instance, const char *name,
           const char *argument)
{
    static const char *const query[] = {"id", "name", "state", "location",
                                        "tag"};
    pileus_capability call = in_table(&instance->compute, name);

    if (argument == NULL || call == PILEUS_CAPABILITY_NO) {
        return call;
    }
    if (strncmp(name, "list_", 5) != 0) {
        return PILEUS_CAPABILITY_NO;
    }
    for (size_t i = 0; i < sizeof query / sizeof query[0]; i++) {
        bool checked = strcmp(name, "list_nodes") == 0 || i < 2;

        if (checked && strcmp(argument, query[i]) == 0) {
            return PILEUS_CAPABILITY_EMULATED;
        }
    }
    return PILEUS_CAPABILITY_NO;
}

static pileus_capability
ask(const pileus_connection *conn, const char *service, const char *name,
    const char *argument)
{
    const pileus_connection_service *table = &conn->instance->connection;
    pileus_capability answer = PILEUS_CAPABILITY_UNKNOWN;

    if (strcmp(service, "compute") != 0 ||
        in_table(&conn->instance->compute, name) == PILEUS_CAPABILITY_NO) {
        return PILEUS_CAPABILITY_NO;
    }
    if (table->capability != NULL) {
        answer = table->capability(conn->state, service, name, argument);
    }
    return answer != PILEUS_CAPABILITY_UNKNOWN
               ? answer
               : by_default(conn->instance, name, argument);
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
pil__not_supported(const pil__operation *operation, pileus_error **err)
{
    return pil__error_set(err, PILEUS_NOT_SUPPORTED,
                          "%s: this driver does not support %s: 'pileus "
                          "driver show %s' lists what it does",
                          operation->call->driver, operation->call->what,
                          operation->call->driver);
}

pileus_code
pil__require_argument(const pil__operation *operation, const char *service,
                      const char *argument, pileus_error **err)
{
    const pileus_call *call = operation->call;
    pileus_capability answer =
        ask(operation->conn, service, call->what, argument);

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
