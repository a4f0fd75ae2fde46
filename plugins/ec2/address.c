/* Addresses that are kept without an instance: Amazon calls them elastic. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

static const char *const own[] = {"association-id",
                                  "domain",
                                  "instance-id",
                                  "network-border-group",
                                  "network-interface-id",
                                  "network-interface-owner-id",
                                  "private-ip-address",
                                  "public-ip",
                                  "tag-key",
                                  NULL};

const ec2_narrowing ec2_addresses = {.own = own};

static const ec2_fact facts[] = {
    {"allocation_id", "allocationId", EC2_TEXT},
    {"association_id", "associationId", EC2_TEXT},
    {"carrier_ip", "carrierIp", EC2_TEXT},
    {"customer_owned_ip", "customerOwnedIp", EC2_TEXT},
    {"domain", "domain", EC2_TEXT},
    {"interface_id", "networkInterfaceId", EC2_TEXT},
    {"network_border_group", "networkBorderGroup", EC2_TEXT},
    {"owner_id", "networkInterfaceOwnerId", EC2_TEXT},
    {"private_ip", "privateIpAddress", EC2_TEXT},
    {NULL, NULL, 0},
};

/* An address of a network has an id of its own, one without is called by the IP
 * that it is. */
static bool
is_allocation(const char *id)
{
    return strncmp(id, "eipalloc-", strlen("eipalloc-")) == 0;
}

/* The first of the two that is there. */
static const char *
either(pileus_call *call, const pileus_value *address, const char *one,
       const char *other)
{
    const char *text = pileus_json_string(call, address, one);

    return text == NULL ? pileus_json_string(call, address, other) : text;
}

static int32_t
put_address(void *user, pileus_call *call, const pileus_value *address)
{
    const char *ip = either(call, address, "publicIp", "carrierIp");
    const char *id = pileus_json_string(call, address, "allocationId");
    pileus_record *record;
    int32_t code = PILEUS_OK;

    if (id == NULL) {
        code = pileus_json_need_text(call, address, "publicIp", &id);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(user, PILEUS_KIND_ADDRESS);
    pileus_set_id(record, id);
    pileus_set_string(record, PILEUS_FIELD_IP, ip);
    pileus_set_string(
        record, PILEUS_FIELD_POOL,
        either(call, address, "publicIpv4Pool", "customerOwnedIpv4Pool"));
    pileus_set_string(record, PILEUS_FIELD_NODE,
                      pileus_json_string(call, address, "instanceId"));
    ec2_set_extra(record, call, address, facts);
    pileus_set_name(record, ec2_set_tags(record, call, address, false));
    return pileus_put(record);
}

/* ---- listing --------------------------------------------------------------
 */

/* Which filter the ids are for: one finds one kind of them only. */
static const char *
filter_of_ids(const pileus_query_args *query)
{
    uint64_t allocations = 0;

    for (uint64_t i = 0; i < query->id_count; i++) {
        allocations += is_allocation(query->ids[i]);
    }
    return allocations == query->id_count ? "allocation-id"
           : allocations == 0             ? "public-ip"
                                          : NULL;
}

int32_t
ec2_list_addresses(void *connection, pileus_call *call,
                   const pileus_query_args *query, pileus_sink *sink)
{
    const ec2_narrowing by = {.id = filter_of_ids(query), .own = own};
    ec2_params params;

    ec2_params_begin(&params, "DescribeAddresses");
    ec2_narrow(&params, query, &by);
    return ec2_list(connection, call, &params, "addressesSet", 0, put_address,
                    sink);
}

/* ---- making and giving back -----------------------------------------------
 */

/* What the pool is a value of. */
static const char *
param_of_pool(const char *pool)
{
    static const struct {
        const char *begin;
        const char *param;
    } pools[] = {
        {"ipam-pool-", "IpamPoolId"},
        {"ipv4pool-coip-", "CustomerOwnedIpv4Pool"},
    };

    if (strcmp(pool, "vpc") == 0 || strcmp(pool, "standard") == 0) {
        return "Domain";
    }
    for (size_t i = 0; i < sizeof pools / sizeof pools[0]; i++) {
        if (strncmp(pool, pools[i].begin, strlen(pools[i].begin)) == 0) {
            return pools[i].param;
        }
    }
    return "PublicIpv4Pool";
}

int32_t
ec2_create_address(void *connection, pileus_call *call, const char *pool,
                   pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *address = NULL;
    const char *id = NULL;
    ec2_params params;
    int32_t code;

    ec2_params_begin(&params, "AllocateAddress");
    if (pool != NULL) {
        ec2_add(&params, pool, "%s", param_of_pool(pool));
    }
    code = ec2_change(connection, call, &params, 0, NULL, &response, &address);
    if (code == PILEUS_OK) {
        id = pileus_json_string(call, address, "allocationId");
    }
    if (code == PILEUS_OK && id == NULL) {
        code = pileus_json_need_text(call, address, "publicIp", &id);
    }
    if (code == PILEUS_OK) {
        code = ec2_made(connection, call, PILEUS_KIND_ADDRESS, id);
    }
    if (code == PILEUS_OK) {
        code = put_address(sink, call, address);
    }
    pileus_response_free(response);
    return code;
}

/* The address's id. Objects are saved and loaded, and somebody may have taken
 * it out meanwhile. */
static int32_t
id_of(pileus_call *call, const pileus_address *address, const char **id)
{
    *id = pileus_object_id(call, address);
    return *id != NULL ? PILEUS_OK
                       : pileus_fail(call, PILEUS_NOT_FOUND,
                                     "the address has no id: list what there "
                                     "is");
}

static void
add_address(ec2_params *params, const char *id)
{
    ec2_add(params, id, is_allocation(id) ? "AllocationId" : "PublicIp");
}

int32_t
ec2_delete_address(void *connection, pileus_call *call,
                   const pileus_address *address)
{
    const char *id;
    ec2_params params;
    int32_t code = id_of(call, address, &id);

    if (code != PILEUS_OK) {
        return code;
    }
    ec2_params_begin(&params, "ReleaseAddress");
    add_address(&params, id);
    return ec2_remove(connection, call, &params, 0, id);
}

/* ---- where it leads -------------------------------------------------------
 */

/* Amazon would take it away from another instance, unless it is told not to. */
int32_t
ec2_attach_address(void *connection, pileus_call *call,
                   const pileus_address *address, const pileus_node *node)
{
    const char *id;
    const char *instance = pileus_object_id(call, node);
    ec2_params params;
    int32_t code = id_of(call, address, &id);

    if (code != PILEUS_OK) {
        return code;
    }
    ec2_params_begin(&params, "AssociateAddress");
    add_address(&params, id);
    ec2_add(&params, instance, "InstanceId");
    ec2_add(&params, is_allocation(id) ? "false" : NULL, "AllowReassociation");
    return ec2_change(connection, call, &params, 0,
                      ec2_is_settling(connection, call, id) ? id : instance,
                      NULL, NULL);
}

/* Where an address of a network leads has an id, which may be another one than
 * when the address was read. */
static int32_t
find_association(ec2_connection *connection, pileus_call *call, const char *id,
                 pileus_response **response, const char **association)
{
    const pileus_value *answer = NULL;
    ec2_params params;
    int32_t code;

    ec2_params_begin(&params, "DescribeAddresses");
    ec2_add(&params, id, "AllocationId.1");
    code = ec2_ask(connection, call, &params, 0, id, response, &answer);
    if (code != PILEUS_OK) {
        return code;
    }
    *association =
        pileus_json_string(call, answer, "addressesSet.0.associationId");
    if (*association == NULL) {
        code = pileus_fail(call, PILEUS_CONFLICT,
                           "the address %.64s leads nowhere: there is nothing "
                           "to detach it from",
                           id);
    }
    return code;
}

int32_t
ec2_detach_address(void *connection, pileus_call *call,
                   const pileus_address *address)
{
    const char *id;
    pileus_response *response = NULL;
    const char *association = NULL;
    ec2_params params;
    int32_t code = id_of(call, address, &id);

    if (code == PILEUS_OK && is_allocation(id)) {
        code = find_association(connection, call, id, &response, &association);
    }
    if (code == PILEUS_OK) {
        ec2_params_begin(&params, "DisassociateAddress");
        ec2_add(&params, association, "AssociationId");
        ec2_add(&params, association == NULL ? id : NULL, "PublicIp");
        code = ec2_change(connection, call, &params, 0, NULL, NULL, NULL);
    }
    pileus_response_free(response);
    return code;
}
