/* Tags of what is there: CreateTags and DeleteTags, which take any resource. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

/* Amazon tags key pairs by an id that is not their name. */
static int32_t
find_key(ec2_connection *connection, pileus_call *call, const char *name,
         char id[EC2_ID_SIZE])
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const char *found;
    ec2_params params;
    int32_t code;

    ec2_params_begin(&params, "DescribeKeyPairs");
    ec2_add(&params, name, "KeyName.1");
    code = ec2_ask(connection, call, &params, 0, name, &response, &answer);
    if (code == PILEUS_OK) {
        found = pileus_json_string(call, answer, "keySet.0.keyPairId");
        if (found == NULL || strlen(found) >= EC2_ID_SIZE) {
            code = pileus_fail(call, PILEUS_NOT_SUPPORTED,
                               "EC2 tells no id of the key pair '%.64s' to tag "
                               "it by: this endpoint may be older than that",
                               name);
        } else {
            (void)snprintf(id, EC2_ID_SIZE, "%s", found);
        }
    }
    pileus_response_free(response);
    return code;
}

/* Begin the request, about the resource of this id. */
static int32_t
begin(ec2_params *params, const char *action, ec2_connection *connection,
      pileus_call *call, pileus_kind kind, const void *object,
      char id[EC2_ID_SIZE])
{
    const char *known = pileus_object_id(call, object);
    int32_t code = PILEUS_OK;

    if (known == NULL || strlen(known) >= EC2_ID_SIZE) {
        return pileus_fail(call, PILEUS_NOT_FOUND,
                           "that has no id of EC2's: list what there is");
    }
    (void)snprintf(id, EC2_ID_SIZE, "%s", known);
    if (kind == PILEUS_KIND_KEY_PAIR) {
        code = find_key(connection, call, known, id);
    }
    ec2_params_begin(params, action);
    ec2_add(params, id, "ResourceId.1");
    return code;
}

/* Both may be sent again: the outcome is the same. */
static int32_t
set_tags(void *connection, pileus_call *call, pileus_kind kind,
         const void *object, const pileus_pair *tags, uint64_t count)
{
    char id[EC2_ID_SIZE];
    ec2_params params;
    int32_t code =
        begin(&params, "CreateTags", connection, call, kind, object, id);

    if (code != PILEUS_OK) {
        return code;
    }
    for (uint64_t i = 0; i < count; i++) {
        ec2_add(&params, tags[i].name, "Tag.%d.Key", (int)i + 1);
        ec2_add(&params, tags[i].value, "Tag.%d.Value", (int)i + 1);
    }
    return ec2_change(connection, call, &params, PILEUS_REQUEST_IDEMPOTENT, id,
                      NULL, NULL);
}

/* Without a value, whatever it is. */
static int32_t
remove_tags(void *connection, pileus_call *call, pileus_kind kind,
            const void *object, const char *const *keys, uint64_t count)
{
    char id[EC2_ID_SIZE];
    ec2_params params;
    int32_t code =
        begin(&params, "DeleteTags", connection, call, kind, object, id);

    if (code != PILEUS_OK) {
        return code;
    }
    for (uint64_t i = 0; i < count; i++) {
        ec2_add(&params, keys[i], "Tag.%d.Key", (int)i + 1);
    }
    return ec2_change(connection, call, &params, PILEUS_REQUEST_IDEMPOTENT, id,
                      NULL, NULL);
}

const pileus_tags_service ec2_tags = {
    .struct_size = sizeof ec2_tags,
    .set_tags = set_tags,
    .remove_tags = remove_tags,
};
