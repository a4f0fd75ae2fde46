/* Creating an instance: one request that says it all. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"
#include "text.h"

#include <stdlib.h>

/* Options that are a parameter each. */
static const ec2_plain plain[] = {
    {"auto-recovery", "MaintenanceOptions.AutoRecovery"},
    {"cores", "CpuOptions.CoreCount"},
    {"credits", "CreditSpecification.CpuCredits"},
    {"ebs-optimized", "EbsOptimized"},
    {"enclave", "EnclaveOptions.Enabled"},
    {"hibernation", "HibernationOptions.Configured"},
    {"host", "Placement.HostId"},
    {"launch-template-version", "LaunchTemplate.Version"},
    {"metadata", "MetadataOptions.HttpEndpoint"},
    {"metadata-hops", "MetadataOptions.HttpPutResponseHopLimit"},
    {"metadata-tags", "MetadataOptions.InstanceMetadataTags"},
    {"metadata-tokens", "MetadataOptions.HttpTokens"},
    {"monitoring", "Monitoring.Enabled"},
    {"placement-group", "Placement.GroupName"},
    {"shutdown", "InstanceInitiatedShutdownBehavior"},
    {"stop-protection", "DisableApiStop"},
    {"tenancy", "Placement.Tenancy"},
    {"termination-protection", "DisableApiTermination"},
    {"threads-per-core", "CpuOptions.ThreadsPerCore"},
    {NULL, NULL},
};

/* Those of a spot instance. */
#define SPOT "InstanceMarketOptions.SpotOptions."
static const ec2_plain spot_plain[] = {
    {"spot-interruption", SPOT "InstanceInterruptionBehavior"},
    {"spot-price", SPOT "MaxPrice"},
    {"spot-type", SPOT "SpotInstanceType"},
    {NULL, NULL},
};

int32_t
ec2_create_capability(const char *argument)
{
    static const char *const arguments[] = {
        "name",       "size",    "image",       "location",
        "key_name",   "tags",    "user_data",   "groups",
        "subnet",     "devices", "private-ip",  "public-ip",
        "ipv6-count", "spot",    "iam-profile", "launch-template"};
    int32_t answer = ec2_capability_of(spot_plain, argument);

    if (strcmp(argument, "token") == 0) {
        return PILEUS_TOKEN_NATIVE;
    }
    for (size_t i = 0; i < sizeof arguments / sizeof arguments[0]; i++) {
        if (strcmp(argument, arguments[i]) == 0) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    return answer == PILEUS_CAPABILITY_UNKNOWN
               ? ec2_capability_of(plain, argument)
               : answer;
}

/* What parameters point into while the request lasts. */
typedef struct creation {
    const pileus_create_args *args;
    ec2_params params;
    char *user_data;
    ec2_words groups;
    ec2_words devices;
} creation;

static const char *
option_of(const creation *of, const char *name)
{
    return pileus_pair_value(of->args->options, of->args->option_count, name);
}

/* ---- parts of the request -------------------------------------------------
 */

static int32_t
add_user_data(creation *of, pileus_call *call)
{
    if (of->args->user_data == NULL) {
        return PILEUS_OK;
    }
    of->user_data =
        ec2_base64(call, of->args->user_data, (size_t)of->args->user_data_size);
    ec2_add(&of->params, of->user_data, "UserData");
    return of->user_data == NULL ? PILEUS_NO_MEMORY : PILEUS_OK;
}

/* Groups are named by id, or in the default network by name, of which no
 * interface and no subnet may be chosen then. */
static int32_t
add_groups(creation *of, pileus_call *call, const char *prefix)
{
    bool chosen = *prefix != '\0' || option_of(of, "subnet") != NULL;
    int ids = 0;
    int names = 0;

    if (!ec2_words_begin(&of->groups, option_of(of, "groups"))) {
        return ec2_no_memory(call);
    }
    for (char *group = ec2_words_next(&of->groups); group != NULL;
         group = ec2_words_next(&of->groups)) {
        if (strncmp(group, "sg-", 3) == 0) {
            ec2_add(&of->params, group, "%sSecurityGroupId.%d", prefix, ++ids);
        } else if (!chosen) {
            ec2_add(&of->params, group, "SecurityGroup.%d", ++names);
        } else {
            return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                               "with the options public-ip and subnet a group "
                               "is named by its id, such as sg-0123, and not "
                               "'%.64s'",
                               group);
        }
    }
    return PILEUS_OK;
}

/* A public address is asked for, or refused, of an interface; all that
 * concerns the network is then said there. */
static int32_t
add_network(creation *of, pileus_call *call)
{
    const char *public_ip = option_of(of, "public-ip");
    const char *prefix = public_ip == NULL ? "" : "NetworkInterface.1.";
    bool flag = false;
    int32_t code = ec2_flag(call, "public-ip", public_ip, &flag);

    if (code != PILEUS_OK) {
        return code;
    }
    if (public_ip != NULL) {
        ec2_add(&of->params, "0", "%sDeviceIndex", prefix);
        ec2_add(&of->params, public_ip, "%sAssociatePublicIpAddress", prefix);
    }
    ec2_add(&of->params, option_of(of, "subnet"), "%sSubnetId", prefix);
    ec2_add(&of->params, option_of(of, "private-ip"), "%sPrivateIpAddress",
            prefix);
    ec2_add(&of->params, option_of(of, "ipv6-count"), "%sIpv6AddressCount",
            prefix);
    return add_groups(of, call, prefix);
}

static int32_t
add_spot(creation *of, pileus_call *call)
{
    const char *set = NULL; /* what is only for such an instance */
    bool spot;
    int32_t code;

    for (const ec2_plain *one = spot_plain; one->option != NULL; one++) {
        set = option_of(of, one->option) == NULL ? set : one->option;
    }
    spot = set != NULL;
    code = ec2_flag(call, "spot", option_of(of, "spot"), &spot);
    if (code == PILEUS_OK && set != NULL && !spot) {
        code = pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "the option %s is for spot instances: leave out "
                           "spot=false, or leave that out",
                           set);
    }
    if (code == PILEUS_OK && spot) {
        ec2_add(&of->params, "spot", "InstanceMarketOptions.MarketType");
        ec2_add_plain(&of->params, of->args->options, of->args->option_count,
                      spot_plain);
    }
    return code;
}

static void
add_template(creation *of)
{
    const char *template = option_of(of, "launch-template");

    if (template != NULL) {
        ec2_add(&of->params, template, "LaunchTemplate.%s",
                strncmp(template, "lt-", 3) == 0 ? "LaunchTemplateId"
                                                 : "LaunchTemplateName");
    }
}

static void
add_profile(creation *of)
{
    const char *profile = option_of(of, "iam-profile");

    if (profile != NULL) {
        ec2_add(&of->params, profile, "IamInstanceProfile.%s",
                strncmp(profile, "arn:", 4) == 0 ? "Arn" : "Name");
    }
}

static int32_t
add_devices(creation *of, pileus_call *call)
{
    return ec2_words_begin(&of->devices, option_of(of, "devices"))
               ? ec2_add_devices(&of->params, call, &of->devices)
               : ec2_no_memory(call);
}

static int32_t
compose(creation *of, pileus_call *call)
{
    static int32_t (*const parts[])(creation * of, pileus_call * call) = {
        add_user_data, add_network, add_spot, add_devices};
    const pileus_create_args *args = of->args;
    int32_t code = PILEUS_OK;

    ec2_params_begin(&of->params, "RunInstances");
    ec2_add(&of->params, args->token, "ClientToken");
    ec2_add(&of->params, args->image, "ImageId");
    ec2_add(&of->params, args->size, "InstanceType");
    ec2_add(&of->params, "1", "MinCount");
    ec2_add(&of->params, "1", "MaxCount");
    ec2_add(&of->params, args->location, "Placement.AvailabilityZone");
    ec2_add(&of->params, args->key_name, "KeyName");
    ec2_add_tags(&of->params, 1, "instance", args->name, args->tags,
                 args->tag_count);
    ec2_add_plain(&of->params, args->options, args->option_count, plain);
    add_profile(of);
    add_template(of);
    for (size_t i = 0; code == PILEUS_OK && i < sizeof parts / sizeof parts[0];
         i++) {
        code = parts[i](of, call);
    }
    return code;
}

/* ---- the request ----------------------------------------------------------
 */

static int32_t
run(ec2_connection *connection, pileus_call *call, const creation *of,
    pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const pileus_value *instance = NULL;
    const char *id = NULL;
    int32_t code =
        ec2_change(connection, call, &of->params, PILEUS_REQUEST_IDEMPOTENT,
                   NULL, &response, &answer);

    if (code == PILEUS_OK) {
        instance = pileus_json_get(call, answer, "instancesSet.0");
        code = pileus_json_need_text(call, instance, "instanceId", &id);
    }
    if (code == PILEUS_OK) {
        code = ec2_made(connection, call, PILEUS_KIND_NODE, id);
    }
    if (code == PILEUS_OK) {
        code = ec2_put_instance(call, instance, of->args, sink);
    }
    pileus_response_free(response);
    return code;
}

int32_t
ec2_create_node(void *connection, pileus_call *call,
                const pileus_create_args *args, pileus_sink *sink)
{
    creation *of;
    int32_t code;

    if ((args->size == NULL || args->image == NULL) &&
        pileus_pair_value(args->options, args->option_count,
                          "launch-template") == NULL) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "an instance needs a size and an image: give both, "
                           "or a launch template that does");
    }
    of = calloc(1, sizeof *of);
    if (of == NULL) {
        return ec2_no_memory(call);
    }
    of->args = args;
    code = compose(of, call);
    if (code == PILEUS_OK) {
        code = run(connection, call, of, sink);
    }
    if (of->user_data != NULL) {
        pileus_wipe(call, of->user_data, strlen(of->user_data));
    }
    free(of->user_data);
    ec2_words_end(&of->groups);
    ec2_words_end(&of->devices);
    free(of);
    return code;
}
