/* Images: AMIs of one's own or of others, and instances that are saved. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"
#include "text.h"

#define PAGE_SIZE 1000

static const char *const own[] = {"architecture",
                                  "image-type",
                                  "is-public",
                                  "name",
                                  "owner-alias",
                                  "owner-id",
                                  "platform",
                                  "root-device-type",
                                  "state",
                                  "virtualization-type",
                                  NULL};

const ec2_narrowing ec2_images = {
    .id = "image-id",
    .name = "name",
    .own = own,
};

static const ec2_fact facts[] = {
    {"architecture", "architecture", EC2_TEXT},
    {"billing_products", "billingProducts", EC2_VALUE},
    {"block_device_mapping", "blockDeviceMapping", EC2_VALUE},
    {"creation_date", "creationDate", EC2_TEXT},
    {"description", "description", EC2_TEXT},
    {"ena_support", "enaSupport", EC2_FLAG},
    {"hypervisor", "hypervisor", EC2_TEXT},
    {"image_location", "imageLocation", EC2_TEXT},
    {"image_type", "imageType", EC2_TEXT},
    {"is_public", "isPublic", EC2_FLAG},
    {"kernel_id", "kernelId", EC2_TEXT},
    {"owner_alias", "imageOwnerAlias", EC2_TEXT},
    {"owner_id", "imageOwnerId", EC2_TEXT},
    {"platform", "platform", EC2_TEXT},
    {"ramdisk_id", "ramdiskId", EC2_TEXT},
    {"root_device_type", "rootDeviceType", EC2_TEXT},
    {"sriov_net_support", "sriovNetSupport", EC2_TEXT},
    {"state", "imageState", EC2_TEXT},
    {"virtualization_type", "virtualizationType", EC2_TEXT},
    {NULL, NULL, 0},
};

/* made_with: the name that it was made with, or NULL. */
static int32_t
put_named(pileus_call *call, const pileus_value *image, const char *made_with,
          pileus_sink *sink)
{
    const char *name = pileus_json_string(call, image, "name");
    const char *id = NULL;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, image, "imageId", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    name = name == NULL ? made_with : name;
    record = pileus_begin(sink, PILEUS_KIND_IMAGE);
    pileus_set_id(record, id);
    pileus_set_name(record, name == NULL ? id : name);
    ec2_set_extra(record, call, image, facts);
    (void)ec2_set_tags(record, call, image, false);
    return pileus_put(record);
}

static int32_t
put_image(void *user, pileus_call *call, const pileus_value *image)
{
    return put_named(call, image, NULL, user);
}

/* ---- reading --------------------------------------------------------------
 */

static void
add_owners(ec2_params *params, ec2_words *owners)
{
    char *owner = ec2_words_next(owners);

    for (int i = 1; owner != NULL; i++) {
        ec2_add(params, owner, "Owner.%d", i);
        owner = ec2_words_next(owners);
    }
}

/* Of the owners that the connection has, unless ids or an owner are asked for:
 * there are a hundred thousand public images. */
int32_t
ec2_list_images(void *connection, pileus_call *call,
                const pileus_query_args *query, pileus_sink *sink)
{
    const ec2_connection *self = connection;
    bool narrowed = query->id_count > 0 ||
                    pileus_query_filter(query, "owner-id") != NULL ||
                    pileus_query_filter(query, "owner-alias") != NULL;
    ec2_params params;
    ec2_words owners;
    int32_t code;

    ec2_params_begin(&params, "DescribeImages");
    ec2_narrow(&params, query, &ec2_images);
    if (!ec2_words_begin(&owners, narrowed ? NULL : self->owners)) {
        return ec2_no_memory(call);
    }
    add_owners(&params, &owners);
    code = ec2_list(connection, call, &params, "imagesSet", PAGE_SIZE,
                    put_image, sink);
    ec2_words_end(&owners);
    return code;
}

int32_t
ec2_get_image(void *connection, pileus_call *call, const char *id,
              pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    ec2_params params;
    int32_t code;

    ec2_params_begin(&params, "DescribeImages");
    ec2_add(&params, id, "ImageId.1");
    code = ec2_ask(connection, call, &params, 0, id, &response, &answer);
    if (code == PILEUS_OK &&
        pileus_json_count(call, answer, "imagesSet") == 0) {
        code = pileus_fail(call, PILEUS_NOT_FOUND,
                           "EC2 has no image %.64s: list those there are", id);
    }
    if (code == PILEUS_OK) {
        code =
            put_image(sink, call, pileus_json_get(call, answer, "imagesSet.0"));
    }
    pileus_response_free(response);
    return code;
}

/* ---- changing -------------------------------------------------------------
 */

int32_t
ec2_create_image(void *connection, pileus_call *call, const pileus_node *node,
                 const char *name, const char *description, pileus_sink *sink)
{
    const char *id = pileus_object_id(call, node);
    pileus_response *response = NULL;
    const pileus_value *image = NULL; /* its id is all that Amazon tells */
    const char *made = NULL;
    ec2_params params;
    int32_t code;

    ec2_params_begin(&params, "CreateImage");
    ec2_add(&params, id, "InstanceId");
    ec2_add(&params, name, "Name");
    ec2_add(&params, description, "Description");
    ec2_add(&params, "true", "NoReboot"); /* as it is now, and goes on */
    code = ec2_change(connection, call, &params, 0, id, &response, &image);
    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, image, "imageId", &made);
    }
    if (code == PILEUS_OK) {
        code = ec2_made(connection, call, PILEUS_KIND_IMAGE, made);
    }
    if (code == PILEUS_OK) {
        code = put_named(call, image, name, sink);
    }
    pileus_response_free(response);
    return code;
}

int32_t
ec2_delete_image(void *connection, pileus_call *call, const pileus_image *image)
{
    const char *id = pileus_object_id(call, image);
    ec2_params params;

    ec2_params_begin(&params, "DeregisterImage");
    ec2_add(&params, id, "ImageId");
    return ec2_remove(connection, call, &params, 0, id);
}
