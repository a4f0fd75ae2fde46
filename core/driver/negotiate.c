/* Negotiation: may this libpileus run that driver? */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/error.h"
#include "core/driver/abi.h"
#include "core/driver/module.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

pileus_code
pil__negotiate_abi(uint32_t major, uint32_t minor, const char *path,
                   pileus_error **err)
{
    if (major == PILEUS_ABI_MAJOR) {
        return PILEUS_OK;
    }
    return pil__error_set(
        err, PILEUS_DRIVER,
        "%s is made for driver ABI %" PRIu32 ".%" PRIu32
        " and libpileus %s has %d.%d: upgrade %s",
        path, major, minor, PACKAGE_VERSION, PILEUS_ABI_MAJOR, PILEUS_ABI_MINOR,
        major > PILEUS_ABI_MAJOR ? "libpileus" : "the driver");
}

/* The size that a table gives of itself: one of a release, thus no smaller
 * than the first one's, and whole pointers. */
static pileus_code
check_size(uint64_t size, size_t first, const char *table, const char *path,
           pileus_error **err)
{
    if (size >= first && size <= PIL__ABI_SIZE_MAX &&
        size % sizeof(void *) == 0) {
        return PILEUS_OK;
    }
    return pil__error_set(err, PILEUS_DRIVER,
                          "%s gives the size of its %s as %" PRIu64
                          ", %s: build the driver again with pileus's headers",
                          path, table, size,
                          size < first ? "which is too short"
                                       : "which makes no sense");
}

/* Copy as much as both sides know. */
static void
copy_known(void *ours, size_t our_size, const void *given, uint64_t given_size)
{
    memset(ours, 0, our_size);
    memcpy(ours, given, given_size < our_size ? (size_t)given_size : our_size);
}

pileus_code
pil__negotiate_service(void *service, size_t size, const void *given,
                       size_t first, const char *name, const char *path,
                       pileus_error **err)
{
    const uint64_t *given_size = given; /* every table begins with it */
    uint64_t our_size = size;
    char table[64];
    pileus_code code = PILEUS_OK;

    memset(service, 0, size);
    if (given != NULL) {
        (void)snprintf(table, sizeof table, "service \"%s\"", name);
        code = check_size(*given_size, first, table, path, err);
    }
    if (given != NULL && code == PILEUS_OK) {
        copy_known(service, size, given, *given_size);
    }
    memcpy(service, &our_size, sizeof our_size);
    return code;
}

/* The first that is missing of what has to be there. */
static pileus_code
check_present(const char *missing, const char *path, pileus_error **err)
{
    if (missing == NULL) {
        return PILEUS_OK;
    }
    return pil__error_set(err, PILEUS_DRIVER,
                          "%s has no %s, which every driver must have: install "
                          "a version of the driver that has it",
                          path, missing);
}

static pileus_code
disagree(const char *what, const char *module, const char *manifest,
         const pileus_driver_info *info, pileus_error **err)
{
    return pil__error_set(err, PILEUS_DRIVER,
                          "%s says its %s is '%s', but the manifest %s says "
                          "'%s': install the driver again",
                          info->module_path, what, module, info->manifest_path,
                          manifest);
}

/* Do module and manifest say the same? */
static pileus_code
check_agreement(const pileus_driver_descriptor *descriptor,
                const pileus_driver_info *info, pileus_error **err)
{
    const char *threads = pil__thread_model_name(descriptor->thread_model);

    if (threads == NULL) {
        return pil__error_set(err, PILEUS_DRIVER,
                              "%s gives %" PRIu32 " as its thread model, which "
                              "is none: install a version of the driver that "
                              "gives one",
                              info->module_path, descriptor->thread_model);
    }
    if (strcmp(descriptor->name, info->name) != 0) {
        return disagree("name", descriptor->name, info->name, info, err);
    }
    if (strcmp(descriptor->type, info->type) != 0) {
        return disagree("type", descriptor->type, info->type, info, err);
    }
    if (descriptor->thread_model != info->thread_model) {
        return disagree("thread model", threads,
                        pil__thread_model_name(info->thread_model), info, err);
    }
    return PILEUS_OK;
}

/* What can be asked of any major: those fields stay where they are for ever.
 */
static pileus_code
check_head(const pileus_driver_descriptor *given,
           const pileus_driver_info *info, pileus_error **err)
{
    const char *path = info->module_path;
    pileus_code code;

    if (given == NULL) {
        return pil__error_set(err, PILEUS_DRIVER,
                              "%s gives no descriptor: install the driver "
                              "again",
                              path);
    }
    if (given->magic != PILEUS_DRIVER_MAGIC) {
        return pil__error_set(
            err, PILEUS_DRIVER,
            "%s begins its descriptor with %08" PRIx32 ", not %08" PRIx32
            ", so it is no pileus driver: install the driver again",
            path, given->magic, PILEUS_DRIVER_MAGIC);
    }
    code = pil__negotiate_abi(given->abi_major, given->abi_minor, path, err);
    if (code == PILEUS_OK) {
        code = check_size(given->struct_size, PIL__DESCRIPTOR_1_0, "descriptor",
                          path, err);
    }
    return code;
}

pileus_code
pil__negotiate_descriptor(pileus_driver_descriptor *descriptor,
                          const pileus_driver_descriptor *given,
                          const pileus_driver_info *info, pileus_error **err)
{
    const char *path = info->module_path;
    pileus_code code = check_head(given, info, err);

    if (code != PILEUS_OK) {
        return code;
    }
    if (given->host_minor_min > PILEUS_ABI_MINOR) {
        return pil__error_set(
            err, PILEUS_DRIVER,
            "%s needs a libpileus with driver ABI %d.%" PRIu32
            " or later, and libpileus %s has %d.%d: upgrade libpileus",
            path, PILEUS_ABI_MAJOR, given->host_minor_min, PACKAGE_VERSION,
            PILEUS_ABI_MAJOR, PILEUS_ABI_MINOR);
    }
    code = check_present(given->name == NULL          ? "name"
                         : given->version == NULL     ? "version"
                         : given->type == NULL        ? "type"
                         : given->get_service == NULL ? "get_service"
                                                      : NULL,
                         path, err);
    if (code == PILEUS_OK) {
        code = check_agreement(given, info, err);
    }
    if (code == PILEUS_OK) {
        copy_known(descriptor, sizeof *descriptor, given, given->struct_size);
        descriptor->struct_size = sizeof *descriptor;
    }
    return code;
}

pileus_code
pil__negotiate_connection(pileus_connection_service *service,
                          const pileus_connection_service *given,
                          const char *path, pileus_error **err)
{
    pileus_code code = check_present(
        given == NULL ? "service \"connection\"" : NULL, path, err);

    if (code == PILEUS_OK) {
        code = pil__negotiate_service(service, sizeof *service, given,
                                      PIL__CONNECTION_1_0, "connection", path,
                                      err);
    }
    if (code == PILEUS_OK) {
        code = check_present(service->open == NULL    ? "call connection.open"
                             : service->close == NULL ? "call connection.close"
                                                      : NULL,
                             path, err);
    }
    return code;
}

pileus_code
pil__negotiate_compute(pileus_compute_service *service,
                       const pileus_compute_service *given, const char *path,
                       pileus_error **err)
{
    pileus_code code =
        pil__negotiate_service(service, sizeof *service, given,
                               PIL__COMPUTE_1_0, "compute", path, err);

    if (code == PILEUS_OK && given != NULL) {
        code = check_present(
            service->list_nodes == NULL ? "call compute.list_nodes" : NULL,
            path, err);
    }
    return code;
}
