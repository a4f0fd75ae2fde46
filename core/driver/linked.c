/* Drivers that are linked into the program: the process-wide table of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/linked.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/driver/loader.h"

#include <pileus/linked.h>

#include <pthread.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of the table */
static const pil__linked *table;

/* Has what libtool preopened been taken in? */
static pthread_mutex_t taking = PTHREAD_MUTEX_INITIALIZER;
static bool taken;

static pileus_code
check_record(const pileus_linked_driver *driver, pileus_error **err)
{
    if (driver == NULL || driver->struct_size < sizeof *driver ||
        driver->name == NULL || driver->descriptor == NULL ||
        driver->manifest == NULL) {
        return pil__error_set(
            err, PILEUS_INVALID_ARGUMENT, "pileus_driver_link: %s",
            driver == NULL ? "driver is NULL" : "the driver lacks something");
    }
    if (!pil__driver_name_valid(driver->name)) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "pileus_driver_link: the driver's name cannot be "
                              "one");
    }
    return PILEUS_OK;
}

/* Add it to the table, or learn that it is there. */
static pileus_code
publish(pil__linked *made, pileus_error **err)
{
    const pil__linked *there;
    bool same;

    (void)pthread_mutex_lock(&lock);
    for (there = table; there != NULL; there = there->next) {
        if (strcmp(there->info->name, made->info->name) == 0) {
            break;
        }
    }
    if (there == NULL) {
        made->next = table;
        table = made;
    }
    (void)pthread_mutex_unlock(&lock);
    if (there == NULL) {
        return PILEUS_OK;
    }
    same = there->info->linked == made->info->linked;
    pil__manifest_unref(made->info);
    pil__free(made);
    return same ? PILEUS_OK
                : pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                                 "pileus_driver_link: another driver '%s' is "
                                 "linked in",
                                 there->info->name);
}

pileus_code
pileus_driver_link(const pileus_linked_driver *driver, pileus_error **err)
{
    pileus_driver_info *info = NULL;
    pil__linked *made;
    pileus_code code = check_record(driver, err);

    if (code == PILEUS_OK) {
        code = pil__manifest_linked(&info, driver->name, driver->manifest, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    info->linked = driver->descriptor;
    made = pil__calloc(1, sizeof *made);
    if (made == NULL) {
        pil__manifest_unref(info);
        return pil__error_no_memory(err);
    }
    made->info = info;
    return publish(made, err);
}

/* ---- what libtool has preopened ---------------------------------------------
 */

/* The first failure of a round, which is told whoever asked for it. */
static pileus_error *failure;

static void
take(const pileus_linked_driver *driver)
{
    (void)pileus_driver_link(driver, failure == NULL ? &failure : NULL);
}

static pileus_code
take_preopened(pileus_error **err)
{
    pileus_code code = PILEUS_OK;

    (void)pthread_mutex_lock(&taking);
    if (!taken) {
        code = pil__loader_preopened(take, err);
    }
    if (failure != NULL) {
        code = pileus_error_code(failure);
        if (err != NULL) {
            *err = failure;
        } else {
            pileus_error_free(failure);
        }
        failure = NULL;
    }
    /* Memory may be there the next time. */
    taken = taken || code != PILEUS_NO_MEMORY;
    (void)pthread_mutex_unlock(&taking);
    return code;
}

pileus_code
pil__linked_first(const pil__linked **first, pileus_error **err)
{
    pileus_code code = take_preopened(err);

    (void)pthread_mutex_lock(&lock);
    *first = table;
    (void)pthread_mutex_unlock(&lock);
    return code;
}
