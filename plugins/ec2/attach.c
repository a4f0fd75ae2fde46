/* Volumes in instances. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

/* Amazon recommends /dev/sdf to /dev/sdp for volumes. */
#define LETTERS "fghijklmnop"
#define DEVICE_SIZE sizeof "/dev/sdf"

static bool
is_taken(pileus_call *call, const pileus_value *instance, char letter)
{
    const pileus_value *list =
        pileus_json_get(call, instance, "blockDeviceMapping");

    for (uint64_t i = 0; i < pileus_json_count(call, list, NULL); i++) {
        const char *name = pileus_json_string(
            call, pileus_json_at(call, list, i, NULL), "deviceName");

        /* The guest calls /dev/sdf perhaps /dev/xvdf, and so do some images. */
        if (name != NULL &&
            (strncmp(name, "/dev/sd", 7) == 0
                 ? name[7] == letter
                 : strncmp(name, "/dev/xvd", 8) == 0 && name[8] == letter)) {
            return true;
        }
    }
    return false;
}

/* Amazon wants to be told where: the first place that is free. */
static int32_t
find_device(ec2_connection *connection, pileus_call *call, const char *node,
            char device[DEVICE_SIZE])
{
    pileus_response *response = NULL;
    const pileus_value *instance = NULL;
    const char *letter = LETTERS;
    int32_t code =
        ec2_get_instance(connection, call, node, &response, &instance);

    if (code == PILEUS_OK) {
        while (*letter != '\0' && is_taken(call, instance, *letter)) {
            letter++;
        }
        (void)snprintf(device, DEVICE_SIZE, "/dev/sd%c", *letter);
    }
    pileus_response_free(response);
    if (code == PILEUS_OK && *letter == '\0') {
        code = pileus_fail(call, PILEUS_CONFLICT,
                           "the instance %.64s has volumes at all of /dev/sdf "
                           "to /dev/sdp: name another device",
                           node);
    }
    return code;
}

int32_t
ec2_attach_volume(void *connection, pileus_call *call,
                  const pileus_volume *volume, const pileus_node *node,
                  const char *device)
{
    const char *id = pileus_object_id(call, volume);
    const char *instance = pileus_object_id(call, node);
    char found[DEVICE_SIZE] = "";
    ec2_connection *self = connection;
    ec2_params params;
    int32_t code = PILEUS_OK;

    if (device == NULL) {
        code = find_device(self, call, instance, found);
        device = found;
    }
    if (code != PILEUS_OK) {
        return code;
    }
    ec2_params_begin(&params, "AttachVolume");
    ec2_add(&params, id, "VolumeId");
    ec2_add(&params, instance, "InstanceId");
    ec2_add(&params, device, "Device");
    return ec2_change(self, call, &params, 0,
                      ec2_is_settling(self, call, id) ? id : instance, NULL,
                      NULL);
}

int32_t
ec2_detach_volume(void *connection, pileus_call *call,
                  const pileus_volume *volume)
{
    const char *id = pileus_object_id(call, volume);
    ec2_params params;

    ec2_params_begin(&params, "DetachVolume");
    ec2_add(&params, id, "VolumeId");
    return ec2_change(connection, call, &params, 0, id, NULL, NULL);
}
