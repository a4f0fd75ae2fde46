/* The descriptor and the tables, and whether the manifest says the same. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/board.h"
#include "sdk/check/groups.h"
#include "sdk/check/slots.h"

#include "core/driver/abi.h"

#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef const pileus_driver_descriptor *(*entry_fn)(void);

/* ---- loading ---------------------------------------------------------------
 */

static entry_fn
load(const check_plan *plan)
{
    char name[128];
    void *module;
    union {
        void *data;
        entry_fn function;
    } entry = {NULL};

    check_doing("loading it");
    module = dlopen(plan->path, RTLD_NOW | RTLD_LOCAL);
    if (module == NULL) {
        check_finding("load",
                      "it cannot be loaded: %s; link it with -Wl,-z,defs to "
                      "see what is missing",
                      dlerror());
        return NULL;
    }
    (void)snprintf(name, sizeof name, "%s_LTX_pileus_driver", plan->name);
    entry.data = dlsym(module, name);
    if (entry.data == NULL) {
        check_finding("load",
                      "it has no %s: define the driver with "
                      "PILEUS_DRIVER(%s, ...), and name the file %s.so",
                      name, plan->name, plan->name);
    } else {
        check_good("load");
    }
    return entry.function;
}

/* ---- descriptor --------------------------------------------------------- */

static bool
check_head(const pileus_driver_descriptor *driver)
{
    if (driver == NULL) {
        check_finding("descriptor", "it gives no descriptor: define the driver "
                                    "with PILEUS_DRIVER");
    } else if (driver->magic != PILEUS_DRIVER_MAGIC) {
        check_finding("descriptor",
                      "it begins with %08" PRIx32 ", not with %08" PRIx32
                      ": define the driver with PILEUS_DRIVER",
                      driver->magic, PILEUS_DRIVER_MAGIC);
    } else if (driver->abi_major != PILEUS_ABI_MAJOR) {
        check_finding("descriptor",
                      "it is of ABI %" PRIu32 ".%" PRIu32
                      ", and this kit of %d.%d: %s",
                      driver->abi_major, driver->abi_minor, PILEUS_ABI_MAJOR,
                      PILEUS_ABI_MINOR,
                      driver->abi_major > PILEUS_ABI_MAJOR
                          ? "take the kit of its release"
                          : "compile it with today's headers");
    } else if (driver->struct_size < PIL__DESCRIPTOR_1_0 ||
               driver->struct_size > PIL__ABI_SIZE_MAX ||
               driver->struct_size % sizeof(void *) != 0) {
        check_finding("descriptor",
                      "it says that its size is %" PRIu32
                      ", which no release's is: define the driver with "
                      "PILEUS_DRIVER",
                      driver->struct_size);
    } else {
        return true;
    }
    return false;
}

/* Its fields; false: it cannot be used. */
static bool
check_fields(const pileus_driver_descriptor *driver)
{
    if (driver->name == NULL || driver->version == NULL ||
        driver->type == NULL) {
        check_finding("descriptor",
                      "its %s is not set: give it to PILEUS_DRIVER",
                      driver->name == NULL      ? "name"
                      : driver->version == NULL ? "version"
                                                : "type");
    }
    if (driver->host_minor_min > driver->abi_minor) {
        check_finding("descriptor",
                      "it needs a library of minor %" PRIu32
                      ", and is itself of minor %" PRIu32
                      ": compile it with the headers of the former",
                      driver->host_minor_min, driver->abi_minor);
    }
    if (driver->abi_minor > PILEUS_ABI_MINOR) {
        check_note("descriptor",
                   "it is of ABI minor %" PRIu32 ", and this kit of %d: calls "
                   "that are newer are not looked at",
                   driver->abi_minor, PILEUS_ABI_MINOR);
    }
    if (driver->thread_model < PILEUS_THREADS_SERIAL ||
        driver->thread_model > PILEUS_THREADS_PARALLEL) {
        check_finding("descriptor",
                      "its thread model is %" PRIu32
                      ", which is none: PILEUS_THREADS_SERIAL, "
                      "PILEUS_THREADS_CONNECTION or PILEUS_THREADS_PARALLEL",
                      driver->thread_model);
    }
    if (driver->get_service == NULL) {
        check_finding("descriptor", "it has no get_service: without it there "
                                    "is nothing that can be called");
    }
    check_good_unless("descriptor");
    return driver->name != NULL && driver->version != NULL &&
           driver->type != NULL && driver->get_service != NULL;
}

/* ---- manifest against module ------------------------------------------------
 */

static const char *
model_name(uint32_t model)
{
    return model == PILEUS_THREADS_SERIAL       ? "serial"
           : model == PILEUS_THREADS_CONNECTION ? "connection"
           : model == PILEUS_THREADS_PARALLEL   ? "parallel"
                                                : "none";
}

static void
compare_word(const char *what, const char *module, const char *manifest)
{
    if (strcmp(module, manifest) != 0) {
        check_finding("agreement",
                      "its %s is '%s', and the manifest says '%s': make them "
                      "the same",
                      what, module, manifest);
    }
}

static void
check_agreement(const pileus_driver_descriptor *driver,
                const pileus_driver_info *info)
{
    char abi[32];

    (void)snprintf(abi, sizeof abi, "%" PRIu32 ".%" PRIu32, driver->abi_major,
                   driver->abi_minor);
    compare_word("name", driver->name, pileus_driver_name(info));
    compare_word("type", driver->type, pileus_driver_type(info));
    compare_word("version", driver->version, pileus_driver_version(info));
    compare_word("ABI", abi, pileus_driver_abi(info));
    compare_word("thread model", model_name(driver->thread_model),
                 pileus_driver_thread_model(info));
    check_good_unless("agreement");
}

static bool
is_listed(const pileus_driver_info *info, const char *call)
{
    for (size_t i = 0; i < pileus_driver_call_count(info); i++) {
        if (strcmp(pileus_driver_call(info, i), call) == 0) {
            return true;
        }
    }
    return false;
}

static bool
is_call(const char *call)
{
    for (size_t i = 0; i < check_slot_count; i++) {
        if (strcmp(check_slots[i].full, call) == 0) {
            return true;
        }
    }
    return false;
}

/* Calls of the manifest that no table has a place for. */
static void
check_unknown_calls(const pileus_driver_info *info)
{
    for (size_t i = 0; i < pileus_driver_call_count(info); i++) {
        const char *call = pileus_driver_call(info, i);
        const char *names[128];
        const char *nearest;
        size_t count = 0;

        for (; count < check_slot_count && count < 128; count++) {
            names[count] = check_slots[count].full;
        }
        if (!is_call(call)) {
            nearest = pileus_nearest(call, names, count);
            check_finding("calls",
                          "the manifest lists %s, which is no call%s%s: mend "
                          "it or take it out",
                          call, nearest == NULL ? "" : "; it may mean ",
                          nearest == NULL ? "" : nearest);
        }
    }
}

/* ---- tables ----------------------------------------------------------------
 */

/* The slot's function; NULL: it is empty, or not in the table. */
static bool
is_filled(const void *table, const check_slot *slot)
{
    uint64_t size;
    void (*function)(void) = NULL;

    memcpy(&size, table, sizeof size);
    if (slot->offset + sizeof function > size) {
        return false;
    }
    memcpy(&function, (const char *)table + slot->offset, sizeof function);
    return function != NULL;
}

static void
check_calls(const void *table, const char *service,
            const pileus_driver_info *info)
{
    for (size_t i = 0; i < check_slot_count; i++) {
        const check_slot *slot = &check_slots[i];
        bool filled;
        bool listed;

        if (strcmp(slot->service, service) != 0) {
            continue;
        }
        filled = table != NULL && is_filled(table, slot);
        listed = is_listed(info, slot->full);
        if (listed && !filled) {
            check_finding("calls",
                          "the manifest lists %s, and the table \"%s\" has "
                          "none: set it there, or take it out of \"calls\"",
                          slot->full, service);
        }
        if (filled && !listed && strcmp(service, "connection") != 0) {
            check_finding("calls",
                          "there is %s in the table, and the manifest does "
                          "not list it: add \"%s\" to \"%s\" of \"calls\"",
                          slot->full, slot->call, service);
        }
    }
}

static void
check_mandatory(const void *table, const char *service)
{
    static const char *const mandatory[] = {
        "connection.open", "connection.close", "compute.list_nodes"};

    for (size_t i = 0; i < check_slot_count; i++) {
        for (size_t j = 0; j < 3; j++) {
            if (strcmp(check_slots[i].service, service) == 0 &&
                strcmp(check_slots[i].full, mandatory[j]) == 0 &&
                !is_filled(table, &check_slots[i])) {
                check_finding("mandatory",
                              "there is no %s, which every driver with that "
                              "service must have",
                              mandatory[j]);
            }
        }
    }
}

/* Its size; false: the table cannot be read. */
static bool
check_table(const void *table, const check_service *service)
{
    uint64_t size;

    memcpy(&size, table, sizeof size);
    if (size >= service->least && size <= PIL__ABI_SIZE_MAX &&
        size % sizeof(void *) == 0) {
        return true;
    }
    check_finding("sizes",
                  "the table of \"%s\" says that its size is %" PRIu64
                  ", and the first release's was %" PRIu64
                  ": set .struct_size = sizeof(pileus_%s_service)",
                  service->name, size, service->least, service->name);
    return false;
}

static void
check_one_service(const pileus_driver_descriptor *driver,
                  const check_service *service, const pileus_driver_info *info)
{
    const void *table;

    check_doing("get_service(\"%s\", 1)%s", service->name,
                driver->init == NULL ? "" : " without its init");
    table = driver->get_service(NULL, service->name, 1);
    if (table != driver->get_service(NULL, service->name, 1)) {
        check_finding("constant",
                      "get_service(\"%s\") gives another table each time: "
                      "give one that is static and constant",
                      service->name);
    }
    if (table == NULL && strcmp(service->name, "connection") == 0) {
        check_finding("mandatory", "there is no service \"connection\", which "
                                   "every driver must have");
    }
    if (table != NULL && check_table(table, service)) {
        check_mandatory(table, service->name);
    } else {
        table = NULL;
    }
    if (info != NULL) {
        check_calls(table, service->name, info);
    }
}

static void
check_other_services(const pileus_driver_descriptor *driver)
{
    check_doing("get_service of a service that is not there");
    if (driver->get_service(NULL, "no-such-service", 1) != NULL ||
        driver->get_service(NULL, "", 1) != NULL) {
        check_finding("services",
                      "get_service gives a table for a service that is none: "
                      "give NULL for what the driver does not know");
    }
    if (driver->get_service(NULL, "compute", 99) != NULL) {
        check_finding("services",
                      "get_service gives version 99 of \"compute\": give NULL "
                      "for versions that the driver does not know");
    }
    check_good_unless("services");
}

void
check_tables(const check_plan *plan, size_t part)
{
    entry_fn entry = load(plan);
    const pileus_driver_descriptor *driver;

    (void)part;
    if (entry == NULL) {
        return;
    }
    check_doing("%s_LTX_pileus_driver()", plan->name);
    driver = entry();
    if (!check_head(driver) || !check_fields(driver)) {
        return;
    }
    if (plan->info != NULL) {
        check_agreement(driver, plan->info);
        check_unknown_calls(plan->info);
    }
    for (size_t i = 0; i < check_service_count; i++) {
        check_one_service(driver, &check_services[i], plan->info);
    }
    check_other_services(driver);
    check_good_unless("sizes");
    check_good_unless("mandatory");
    check_good_unless("constant");
    check_good_unless("calls");
}
