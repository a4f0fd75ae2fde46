/* Making a node. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cloudstack.h"

#include <stdlib.h>

#define KEY_SIZE 32 /* "tags[63].value" */
#define TAGS_MAX 16

/* The driver's own options, and CloudStack's parameters. */
static const struct {
    const char *option;
    const char *param;
} options[] = {
    {"affinity-groups", "affinitygroupids"},
    {"disk-offering", "diskofferingid"},
    {"display-name", "displayname"},
    {"group", "group"},
    {"ip-address", "ipaddress"},
    {"networks", "networkids"},
    {"project", "projectid"},
    {"root-disk-size", "rootdisksize"},
    {"security-groups", "securitygroupnames"},
    {"start", "startvm"},
};

#define OPTIONS (sizeof options / sizeof *options)

int32_t
cs_create_capability(const char *argument)
{
    static const char *const standard[] = {"name",     "size",     "image",
                                           "location", "key_name", "user_data"};

    for (size_t i = 0; i < sizeof standard / sizeof *standard; i++) {
        if (strcmp(argument, standard[i]) == 0) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    for (size_t i = 0; i < OPTIONS; i++) {
        if (strcmp(argument, options[i].option) == 0) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    return strcmp(argument, "tags") == 0 ? PILEUS_CAPABILITY_EMULATED
                                         : PILEUS_CAPABILITY_NO;
}

/* ---- what to ask for ------------------------------------------------------
 */

static const char *
option_of(const pileus_create_args *args, const char *name)
{
    return pileus_pair_value(args->options, args->option_count, name);
}

static int32_t
check(pileus_call *call, const pileus_create_args *args)
{
    const char *start = option_of(args, "start");

    if (args->size == NULL || args->image == NULL) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "CloudStack makes no node without a %s: list them, "
                           "and give the id of one",
                           args->size == NULL ? "size" : "image");
    }
    if (start != NULL && strcmp(start, "true") != 0 &&
        strcmp(start, "false") != 0) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "start is '%.64s': give true or false", start);
    }
    if (args->tag_count > TAGS_MAX) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "there are more than %d tags: leave some out",
                           TAGS_MAX);
    }
    return PILEUS_OK;
}

/* In base64, to be freed; NULL when there is none. */
static int32_t
encode_user_data(pileus_call *call, const pileus_create_args *args, char **text)
{
    size_t size = args->user_data_size;

    if (args->user_data == NULL) {
        return PILEUS_OK;
    }
    *text = size > SIZE_MAX / 4 ? NULL : malloc(4 * ((size + 2) / 3) + 1);
    if (*text == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "no memory for user data");
    }
    pileus_base64(call, args->user_data, size, *text);
    return PILEUS_OK;
}

static void
fill(cs_params *params, const cs_connection *connection,
     const pileus_create_args *args, const char *zone, const char *user_data)
{
    /* A project of the node's own goes before the connection's. */
    cs_params_begin(params,
                    option_of(args, "project") == NULL ? connection : NULL,
                    "deployVirtualMachine");
    cs_params_add(params, "name", args->name);
    cs_params_add(params, "serviceofferingid", args->size);
    cs_params_add(params, "templateid", args->image);
    cs_params_add(params, "zoneid", zone);
    cs_params_add(params, "keypair", args->key_name);
    cs_params_add(params, "userdata", user_data);
    for (size_t i = 0; i < OPTIONS; i++) {
        cs_params_add(params, options[i].param,
                      option_of(args, options[i].option));
    }
}

/* ---- doing it -------------------------------------------------------------
 */

static int32_t
add_tags(const cs_connection *connection, pileus_call *call, const char *id,
         const pileus_create_args *args)
{
    char names[TAGS_MAX][2][KEY_SIZE];
    cs_params params;

    if (args->tag_count == 0) {
        return PILEUS_OK;
    }
    cs_params_begin(&params, NULL, "createTags");
    cs_params_add(&params, "resourceids", id);
    cs_params_add(&params, "resourcetype", "UserVm");
    for (uint64_t i = 0; i < args->tag_count; i++) {
        (void)snprintf(names[i][0], KEY_SIZE, "tags[%d].key", (int)i);
        (void)snprintf(names[i][1], KEY_SIZE, "tags[%d].value", (int)i);
        cs_params_add(&params, names[i][0], args->tags[i].name);
        cs_params_add(&params, names[i][1], args->tags[i].value);
    }
    return cs_do(connection, call, &params, "tagging the node", 0, NULL, NULL);
}

static int32_t
deploy(const cs_connection *connection, pileus_call *call,
       const pileus_create_args *args, const char *zone, const char *user_data,
       pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *result = NULL;
    const pileus_value *machine;
    const char *id = NULL;
    cs_params params;
    int32_t code;

    fill(&params, connection, args, zone, user_data);
    code = cs_do(connection, call, &params, "making the node", PILEUS_KIND_NODE,
                 &response, &result);
    if (code != PILEUS_OK) {
        return code;
    }
    machine = pileus_json_get(call, result, "virtualmachine");
    code = pileus_json_need_text(call, machine, "id", &id);
    if (code == PILEUS_OK) {
        code = add_tags(connection, call, id, args);
    }
    if (code == PILEUS_OK) {
        code = cs_put_node(call, machine, NULL, args, sink);
    }
    pileus_response_free(response);
    return code;
}

int32_t
cs_create_node(void *connection, pileus_call *call,
               const pileus_create_args *args, pileus_sink *sink)
{
    char *user_data = NULL;
    char *zone = NULL;
    int32_t code = check(call, args);

    if (code == PILEUS_OK) {
        code = encode_user_data(call, args, &user_data);
    }
    if (code == PILEUS_OK && args->location == NULL) {
        code = cs_first_zone(connection, call, &zone);
    }
    if (code == PILEUS_OK) {
        code = deploy(connection, call, args,
                      args->location == NULL ? zone : args->location, user_data,
                      sink);
    }
    if (user_data != NULL) {
        pileus_wipe(call, user_data, strlen(user_data));
    }
    free(user_data);
    free(zone);
    return code;
}
