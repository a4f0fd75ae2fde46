/* The host table: settings and node facts for drivers, and all the parts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/host.h"

#include "core/call/call.h"
#include "core/call/host_data.h"
#include "core/call/host_http.h"
#include "core/call/lease.h"
#include "core/call/sink.h"
#include "core/call/text.h"
#include "core/model/object.h"

#include <pileus/pileus.h>

#include <string.h>

const char *
pileus_version(void)
{
    return PACKAGE_VERSION;
}

/* ---- settings
 * ----------------------------------------------------------------- */

static const pil__setting *
setting(pileus_call *call, const char *name)
{
    return call->opening && call->settings != NULL
               ? pil__settings_get(call->settings, name)
               : NULL;
}

static const char *
setting_string(pileus_call *call, const char *name)
{
    const pil__setting *found = setting(call, name);

    return found == NULL ? NULL : found->value;
}

static int32_t
setting_integer(pileus_call *call, const char *name, int64_t *value)
{
    const pil__setting *found = setting(call, name);

    if (found == NULL) {
        return PILEUS_NOT_FOUND;
    }
    *value = found->number;
    return PILEUS_OK;
}

static int32_t
setting_boolean(pileus_call *call, const char *name, int32_t *value)
{
    int64_t number = 0;
    int32_t code = setting_integer(call, name, &number);

    if (code == PILEUS_OK) {
        *value = number != 0;
    }
    return code;
}

static const char *
setting_source(pileus_call *call, const char *name)
{
    const pil__setting *found = setting(call, name);

    return found == NULL ? NULL : found->source;
}

static int32_t
setting_provide(pileus_call *call, const char *name, const char *value,
                const char *origin)
{
    pileus_error *error = NULL;

    if (!call->opening || call->settings == NULL) {
        return pileus_fail(call, PILEUS_DRIVER,
                           "it provides an option outside of open: tell its "
                           "authors");
    }
    return pil__call_fail_as(call,
                             pil__settings_provide(call->settings, call->driver,
                                                   name, value, origin, &error),
                             &error);
}

static const pileus_host_setting host_setting = {
    .struct_size = sizeof(pileus_host_setting),
    .string = setting_string,
    .integer = setting_integer,
    .boolean = setting_boolean,
    .source = setting_source,
    .provide = setting_provide,
};

/* ---- facts of an object that comes back
 * --------------------------------------------- */

static const char *
object_string(pileus_call *call, const void *object, int32_t field,
              uint64_t index)
{
    (void)call;
    return field == PILEUS_FIELD_PRIVATE_KEY /* told once, and not back */
               ? NULL
               : pil__object_string((const pil__object *)object, field, index);
}

static int32_t
object_integer(pileus_call *call, const void *object, int32_t field,
               int64_t *value)
{
    (void)call;
    return pil__object_integer((const pil__object *)object, field, value)
               ? PILEUS_OK
               : PILEUS_NOT_FOUND;
}

/* A blob is for the driver that made it, whatever the caller got hold of. */
static const void *
object_blob(pileus_call *call, const void *object, uint64_t *size,
            uint32_t *format)
{
    const pileus_connection *conn = pil__object_connection(object);
    const char *owner = conn == NULL ? NULL : pileus_connection_driver(conn);
    size_t bytes = 0;
    const void *blob;

    if (owner == NULL || call->driver == NULL ||
        strcmp(owner, call->driver) != 0) {
        (void)pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                          "this node's blob was made by driver '%s', and only "
                          "that one can read it: use a connection of it",
                          owner == NULL ? "unknown" : owner);
        return NULL;
    }
    blob = pil__object_blob((const pil__object *)object, &bytes, format);
    *size = bytes;
    return blob;
}

static const pileus_host_object host_object = {
    .struct_size = sizeof(pileus_host_object),
    .string = object_string,
    .integer = object_integer,
    .blob = object_blob,
};

const pileus_host pil__host = {
    .struct_size = sizeof(pileus_host),
    .abi_major = PILEUS_ABI_MAJOR,
    .abi_minor = PILEUS_ABI_MINOR,
    .version = PACKAGE_VERSION,
    .call = &pil__host_call,
    .setting = &host_setting,
    .record = &pil__host_record,
    .extra = &pil__host_extra,
    .object = &host_object,
    .json = &pil__host_json,
    .writer = &pil__host_writer,
    .digest = &pil__host_digest,
    .http = &pil__host_http,
    .format = &pil__host_format,
    .text = &pil__host_text,
    .file = &pil__host_file,
    .lease = &pil__host_lease,
};
