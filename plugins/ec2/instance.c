/* Instances: their facts, listing them, getting one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

#define PAGE_SIZE 1000

/* The driver's own filters, which Amazon has by these names. */
static const char *const own[] = {"architecture",
                                  "client-token",
                                  "dns-name",
                                  "hibernation-options.configured",
                                  "host-id",
                                  "iam-instance-profile.arn",
                                  "image-id",
                                  "instance-lifecycle",
                                  "instance-type",
                                  "instance.group-id",
                                  "instance.group-name",
                                  "ip-address",
                                  "key-name",
                                  "metadata-options.http-tokens",
                                  "monitoring-state",
                                  "owner-id",
                                  "placement-group-name",
                                  "platform",
                                  "private-dns-name",
                                  "private-ip-address",
                                  "reservation-id",
                                  "root-device-type",
                                  "spot-instance-request-id",
                                  "state-reason-code",
                                  "subnet-id",
                                  "tenancy",
                                  "virtualization-type",
                                  "vpc-id",
                                  NULL};

const ec2_narrowing ec2_nodes = {
    .id = "instance-id",
    .location = "availability-zone",
    .tags = true,
    .own = own,
};

/* "shutting-down" is on its way to "terminated" and cannot be started again;
 * while it is there, it stops. */
static const ec2_word states[] = {
    {"pending", PILEUS_STATE_PENDING},
    {"running", PILEUS_STATE_RUNNING},
    {"stopping", PILEUS_STATE_STOPPING},
    {"shutting-down", PILEUS_STATE_STOPPING},
    {"stopped", PILEUS_STATE_STOPPED},
    {"terminated", PILEUS_STATE_TERMINATED},
    {NULL, PILEUS_STATE_UNKNOWN},
};

int32_t
ec2_node_state(const char *word)
{
    return ec2_number_of(states, word);
}

/* One that hibernates is stopped, for the reason that it does. */
static int32_t
state_of(pileus_call *call, const pileus_value *instance, const char *word)
{
    const char *why = pileus_json_string(call, instance, "stateReason.code");
    int32_t state = ec2_node_state(word);

    return state == PILEUS_STATE_STOPPED && why != NULL &&
                   strcmp(why, "Client.UserInitiatedHibernate") == 0
               ? PILEUS_STATE_SUSPENDED
               : state;
}

/* ---- facts ----------------------------------------------------------------
 */

static const ec2_fact facts[] = {
    {"architecture", "architecture", EC2_TEXT},
    {"availability", "placement.availabilityZone", EC2_TEXT},
    {"block_device_mapping", "blockDeviceMapping", EC2_VALUE},
    {"client_token", "clientToken", EC2_TEXT},
    {"dns_name", "dnsName", EC2_TEXT},
    {"ebs_optimized", "ebsOptimized", EC2_FLAG},
    {"groups", "groupSet", EC2_VALUE},
    {"hypervisor", "hypervisor", EC2_TEXT},
    {"iam_profile", "iamInstanceProfile.arn", EC2_TEXT},
    {"image_id", "imageId", EC2_TEXT},
    {"instance_id", "instanceId", EC2_TEXT},
    {"instance_lifecycle", "instanceLifecycle", EC2_TEXT},
    {"instance_tenancy", "placement.tenancy", EC2_TEXT},
    {"instance_type", "instanceType", EC2_TEXT},
    {"kernel_id", "kernelId", EC2_TEXT},
    {"key_name", "keyName", EC2_TEXT},
    {"launch_index", "amiLaunchIndex", EC2_NUMBER},
    {"launch_time", "launchTime", EC2_TEXT},
    {"monitoring", "monitoring.state", EC2_TEXT},
    {"network_interfaces", "networkInterfaceSet", EC2_VALUE},
    {"platform", "platform", EC2_TEXT},
    {"private_dns", "privateDnsName", EC2_TEXT},
    {"product_codes", "productCodes", EC2_VALUE},
    {"ramdisk_id", "ramdiskId", EC2_TEXT},
    {"reason", "reason", EC2_TEXT},
    {"reason_code", "stateReason.code", EC2_TEXT},
    {"root_device_name", "rootDeviceName", EC2_TEXT},
    {"root_device_type", "rootDeviceType", EC2_TEXT},
    {"source_dest_check", "sourceDestCheck", EC2_FLAG},
    {"spot_request_id", "spotInstanceRequestId", EC2_TEXT},
    {"status", "instanceState.name", EC2_TEXT},
    {"subnet_id", "subnetId", EC2_TEXT},
    {"virtualization_type", "virtualizationType", EC2_TEXT},
    {"vpc_id", "vpcId", EC2_TEXT},
    {NULL, NULL, 0},
};

/* One more, unless it is the one that came first. */
static void
add_address(pileus_record *record, int32_t field, const char *address,
            const char *first)
{
    if (address != NULL && (first == NULL || strcmp(address, first) != 0)) {
        pileus_set_string(record, field, address);
    }
}

static void
add_interface(pileus_record *record, pileus_call *call,
              const pileus_value *interface, const char *public,
              const char *private)
{
    const pileus_value *list =
        pileus_json_get(call, interface, "privateIpAddressesSet");
    const pileus_value *v6 =
        pileus_json_get(call, interface, "ipv6AddressesSet");

    for (uint64_t i = 0; i < pileus_json_count(call, list, NULL); i++) {
        const pileus_value *entry = pileus_json_at(call, list, i, NULL);

        add_address(record, PILEUS_FIELD_PRIVATE_IP,
                    pileus_json_string(call, entry, "privateIpAddress"),
                    private);
        add_address(record, PILEUS_FIELD_PUBLIC_IP,
                    pileus_json_string(call, entry, "association.publicIp"),
                    public);
    }
    for (uint64_t i = 0; i < pileus_json_count(call, v6, NULL); i++) {
        pileus_add_public_ip(
            record, pileus_json_string(call, pileus_json_at(call, v6, i, NULL),
                                       "ipv6Address"));
    }
}

static void
set_addresses(pileus_record *record, pileus_call *call,
              const pileus_value *instance)
{
    const char *public = pileus_json_string(call, instance, "ipAddress");
    const char *private =
        pileus_json_string(call, instance, "privateIpAddress");
    const pileus_value *interfaces =
        pileus_json_get(call, instance, "networkInterfaceSet");

    pileus_add_public_ip(record, public);
    pileus_add_private_ip(record, private);
    for (uint64_t i = 0; i < pileus_json_count(call, interfaces, NULL); i++) {
        add_interface(record, call, pileus_json_at(call, interfaces, i, NULL),
                      public, private);
    }
}

/* The size or image of that id. */
static void
set_nested(pileus_record *record, int32_t field, const char *id)
{
    if (id != NULL) {
        pileus_record *nested = pileus_nested(record, field);

        pileus_set_id(nested, id);
        pileus_set_name(nested, id);
    }
}

int32_t
ec2_put_instance(pileus_call *call, const pileus_value *instance,
                 const pileus_create_args *made_with, pileus_sink *sink)
{
    const char *word = pileus_json_string(call, instance, "instanceState.name");
    const char *name;
    const char *id = NULL;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, instance, "instanceId", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_NODE);
    pileus_set_id(record, id);
    pileus_set_state(record, state_of(call, instance, word), word);
    set_addresses(record, call, instance);
    set_nested(record, PILEUS_FIELD_SIZE,
               pileus_json_string(call, instance, "instanceType"));
    set_nested(record, PILEUS_FIELD_IMAGE,
               pileus_json_string(call, instance, "imageId"));
    pileus_set_string(
        record, PILEUS_FIELD_LOCATION,
        pileus_json_string(call, instance, "placement.availabilityZone"));
    pileus_set_json_time(record, PILEUS_FIELD_CREATED_AT, call, instance,
                         "launchTime");
    ec2_set_extra(record, call, instance, facts);
    name = ec2_set_tags(record, call, instance, true);
    if (name == NULL && made_with != NULL) {
        name = made_with->name;
    }
    pileus_set_name(record, name == NULL ? id : name);
    return pileus_put(record);
}

/* ---- listing --------------------------------------------------------------
 */

/* Instances come in the reservations that they were made by. */
static int32_t
put_reservation(void *user, pileus_call *call, const pileus_value *item)
{
    const pileus_value *list = pileus_json_get(call, item, "instancesSet");
    uint64_t count = pileus_json_count(call, list, NULL);
    int32_t code = PILEUS_OK;

    for (uint64_t i = 0; code == PILEUS_OK && i < count; i++) {
        code = ec2_put_instance(call, pileus_json_at(call, list, i, NULL), NULL,
                                user);
    }
    return code;
}

static bool
is_asked(const pileus_query_args *query, int32_t state)
{
    for (uint64_t i = 0; i < query->state_count; i++) {
        if (query->states[i] == state ||
            (query->states[i] == PILEUS_STATE_SUSPENDED &&
             state == PILEUS_STATE_STOPPED)) {
            return true;
        }
    }
    return false;
}

/* Terminated instances stay for an hour, and are gone for all but who asks for
 * them. */
static void
narrow_states(ec2_params *params, const pileus_query_args *query)
{
    bool all = query->state_count == 0;
    bool any = false;

    if (query->id_count > 0 || is_asked(query, PILEUS_STATE_UNKNOWN)) {
        return;
    }
    for (const ec2_word *state = states; state->word != NULL; state++) {
        if (all ? state->number != PILEUS_STATE_TERMINATED
                : is_asked(query, state->number)) {
            if (!any) {
                ec2_filter(params, "instance-state-name");
            }
            any = true;
            ec2_filter_value(params, state->word);
        }
    }
}

/* An instance without a name is called by its id, which is no tag. */
static void
narrow_name(ec2_params *params, const pileus_query_args *query)
{
    if (query->name != NULL && strncmp(query->name, "i-", 2) != 0 &&
        strchr(query->name, '\\') == NULL) {
        ec2_filter(params, "tag:Name");
        ec2_filter_value(params, query->name);
    }
}

int32_t
ec2_list_nodes(void *connection, pileus_call *call,
               const pileus_query_args *query, pileus_sink *sink)
{
    ec2_params params;

    ec2_params_begin(&params, "DescribeInstances");
    ec2_narrow(&params, query, &ec2_nodes);
    narrow_name(&params, query);
    narrow_states(&params, query);
    return ec2_list(connection, call, &params, "reservationSet", PAGE_SIZE,
                    put_reservation, sink);
}

int32_t
ec2_get_instance(ec2_connection *connection, pileus_call *call, const char *id,
                 pileus_response **response, const pileus_value **instance)
{
    const pileus_value *answer = NULL;
    ec2_params params;
    int32_t code;

    ec2_params_begin(&params, "DescribeInstances");
    ec2_add(&params, id, "InstanceId.1");
    code = ec2_ask(connection, call, &params, 0, id, response, &answer);
    if (code != PILEUS_OK) {
        return code;
    }
    *instance =
        pileus_json_get(call, answer, "reservationSet.0.instancesSet.0");
    if (*instance == NULL) {
        code =
            pileus_fail(call, PILEUS_NOT_FOUND,
                        "EC2 has no instance %.64s: list those there are", id);
        pileus_response_free(*response);
        *response = NULL;
    }
    return code;
}

int32_t
ec2_get_node(void *connection, pileus_call *call, const char *id,
             pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *instance = NULL;
    int32_t code = ec2_get_instance(connection, call, id, &response, &instance);

    if (code == PILEUS_OK) {
        code = ec2_put_instance(call, instance, NULL, sink);
    }
    pileus_response_free(response);
    return code;
}
