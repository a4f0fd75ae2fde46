/* Images: templates. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "extra.h"

#include <stdlib.h>

static const cs_extra extras[] = {
    {"hypervisor", "hypervisor", false},
    {"format", "format", false},
    {"ostypename", "os", false},
    {"ostypeid", "os_type_id", true},
    {"displaytext", "displaytext", false},
    {"size", "size", false},
    {"created", "created", false},
    {"isready", "ready", false},
    {"status", "status", false},
    {"ispublic", "public", false},
    {"isfeatured", "featured", false},
    {"isextractable", "extractable", false},
    {"passwordenabled", "password_enabled", false},
    {"sshkeyenabled", "ssh_key_enabled", false},
    {"templatetype", "template_type", false},
    {"zoneid", "zone_id", true},
    {"zonename", "zone_name", false},
    {"account", "account", false},
    {"domain", "domain", false},
    {"domainid", "domain_id", true},
};

typedef struct listing {
    pileus_sink *sink;
    const char *id; /* the only one wanted; NULL: all */
    bool found;
} listing;

static int32_t
put_template(pileus_call *call, const pileus_value *template, pileus_sink *sink)
{
    const char *id = NULL;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, template, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_IMAGE);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, template, "name"));
    cs_set_extra(call, record, template, extras,
                 sizeof extras / sizeof *extras);
    return pileus_put(record);
}

/* A template is told once for each zone that has it. */
static int32_t
put(void *user, pileus_call *call, const pileus_value *template)
{
    listing *how = user;
    const char *id = pileus_json_text(call, template, "id");

    if (how->id != NULL &&
        (how->found || id == NULL || strcmp(id, how->id) != 0)) {
        return PILEUS_OK;
    }
    how->found = true;
    return put_template(call, template, how->sink);
}

int32_t
cs_list_images(void *connection, pileus_call *call,
               const pileus_query_args *query, pileus_sink *sink)
{
    listing how = {.sink = sink};
    cs_params params;

    cs_params_begin(&params, connection, "listTemplates");
    cs_params_add(&params, "templatefilter", "executable");
    cs_params_add(&params, "zoneid", query->location);
    return cs_list(connection, call, &params, "template", put, &how);
}

int32_t
cs_get_image(void *connection, pileus_call *call, const char *id,
             pileus_sink *sink)
{
    listing how = {.sink = sink, .id = id};
    cs_params params;
    int32_t code;

    cs_params_begin(&params, connection, "listTemplates");
    cs_params_add(&params, "templatefilter", "executable");
    cs_params_add(&params, "id", id);
    code = cs_list(connection, call, &params, "template", put, &how);
    if (code == PILEUS_OK && !how.found) {
        code = pileus_fail(call, PILEUS_NOT_FOUND,
                           "CloudStack has no image with the id '%.64s': list "
                           "what there is",
                           id);
    }
    return code;
}

/* ---- from a node ----------------------------------------------------------
 */

/* What a template is made of. */
typedef struct origin {
    char *volume;
    char *os;
} origin;

static int32_t
keep(pileus_call *call, const pileus_value *item, const char *path, char **copy)
{
    const char *text = NULL;
    int32_t code = pileus_json_need_text(call, item, path, &text);

    if (code == PILEUS_OK && *copy == NULL) {
        *copy = strdup(text);
        if (*copy == NULL) {
            code = pileus_fail(call, PILEUS_NO_MEMORY,
                               "no memory for what an image is made of");
        }
    }
    return code;
}

static int32_t
take_volume(void *user, pileus_call *call, const pileus_value *volume)
{
    origin *from = user;

    return keep(call, volume, "id", &from->volume);
}

static int32_t
take_os(void *user, pileus_call *call, const pileus_value *machine)
{
    origin *from = user;

    return keep(call, machine, "guestosid", &from->os);
}

/* The root disk of the node, and the kind of its system. */
static int32_t
find_origin(const cs_connection *connection, pileus_call *call,
            const char *node, origin *from)
{
    cs_params params;
    int32_t code;

    cs_params_begin(&params, connection, "listVolumes");
    cs_params_add(&params, "virtualmachineid", node);
    cs_params_add(&params, "type", "ROOT");
    code = cs_list(connection, call, &params, "volume", take_volume, from);
    if (code == PILEUS_OK) {
        cs_params_begin(&params, connection, "listVirtualMachines");
        cs_params_add(&params, "id", node);
        code =
            cs_list(connection, call, &params, "virtualmachine", take_os, from);
    }
    if (code == PILEUS_OK && (from->volume == NULL || from->os == NULL)) {
        code = pileus_fail(call, PILEUS_NOT_FOUND,
                           "the node '%.64s' has no root disk that an image "
                           "could be made of: look whether it is still there",
                           node);
    }
    return code;
}

int32_t
cs_create_image(void *connection, pileus_call *call, const pileus_node *node,
                const char *name, const char *description, pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *result = NULL;
    origin from = {NULL, NULL};
    cs_params params;
    int32_t code =
        find_origin(connection, call, pileus_object_id(call, node), &from);

    if (code == PILEUS_OK) {
        cs_params_begin(&params, connection, "createTemplate");
        cs_params_add(&params, "name", name);
        cs_params_add(&params, "displaytext",
                      description == NULL ? name : description);
        cs_params_add(&params, "ostypeid", from.os);
        cs_params_add(&params, "volumeid", from.volume);
        code = cs_do(connection, call, &params, "making the image",
                     PILEUS_KIND_IMAGE, &response, &result);
    }
    if (code == PILEUS_OK) {
        code =
            put_template(call, pileus_json_get(call, result, "template"), sink);
    }
    pileus_response_free(response);
    free(from.volume);
    free(from.os);
    return code;
}

int32_t
cs_delete_image(void *connection, pileus_call *call, const pileus_image *image)
{
    cs_params params;

    cs_params_begin(&params, NULL, "deleteTemplate");
    cs_params_add(&params, "id", pileus_object_id(call, image));
    return cs_do(connection, call, &params, "deleting the image", 0, NULL,
                 NULL);
}
