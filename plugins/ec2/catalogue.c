/* What is on offer: sizes and locations. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

#define PAGE_SIZE 100

static const char *const own[] = {"bare-metal",
                                  "burstable-performance-supported",
                                  "current-generation",
                                  "free-tier-eligible",
                                  "hibernation-supported",
                                  "hypervisor",
                                  "instance-storage-supported",
                                  "processor-info.supported-architecture",
                                  "supported-usage-class",
                                  NULL};

const ec2_narrowing ec2_sizes = {
    .id = "instance-type",
    .name = "instance-type",
    .own = own,
};

/* ---- sizes ----------------------------------------------------------------
 */

static const ec2_fact size_facts[] = {
    {"architectures", "processorInfo.supportedArchitectures", EC2_VALUE},
    {"bare_metal", "bareMetal", EC2_FLAG},
    {"burstable", "burstablePerformanceSupported", EC2_FLAG},
    {"clock_ghz", "processorInfo.sustainedClockSpeedInGhz", EC2_TEXT},
    {"cores", "vCpuInfo.defaultCores", EC2_NUMBER},
    {"current_generation", "currentGeneration", EC2_FLAG},
    {"ebs", "ebsInfo", EC2_VALUE},
    {"free_tier", "freeTierEligible", EC2_FLAG},
    {"gpus", "gpuInfo", EC2_VALUE},
    {"hypervisor", "hypervisor", EC2_TEXT},
    {"network", "networkInfo.networkPerformance", EC2_TEXT},
    {"root_device_types", "supportedRootDeviceTypes", EC2_VALUE},
    {"usage_classes", "supportedUsageClasses", EC2_VALUE},
    {"virtualization_types", "supportedVirtualizationTypes", EC2_VALUE},
    {NULL, NULL, 0},
};

static int32_t
put_size(void *user, pileus_call *call, const pileus_value *item)
{
    const char *disks =
        pileus_json_string(call, item, "instanceStorageSupported");
    const char *id = NULL;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, item, "instanceType", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(user, PILEUS_KIND_SIZE);
    pileus_set_id(record, id);
    pileus_set_name(record, id);
    pileus_set_json_integer(record, PILEUS_FIELD_VCPUS, call, item,
                            "vCpuInfo.defaultVCpus");
    pileus_set_json_integer(record, PILEUS_FIELD_RAM, call, item,
                            "memoryInfo.sizeInMiB");
    if (disks != NULL && strcmp(disks, "false") == 0) {
        pileus_set_integer(record, PILEUS_FIELD_DISK, 0);
    }
    pileus_set_json_integer(record, PILEUS_FIELD_DISK, call, item,
                            "instanceStorageInfo.totalSizeInGB");
    ec2_set_extra(record, call, item, size_facts);
    return pileus_put(record);
}

int32_t
ec2_list_sizes(void *connection, pileus_call *call,
               const pileus_query_args *query, pileus_sink *sink)
{
    ec2_params params;

    ec2_params_begin(&params, "DescribeInstanceTypes");
    ec2_narrow(&params, query, &ec2_sizes);
    return ec2_list(connection, call, &params, "instanceTypeSet", PAGE_SIZE,
                    put_size, sink);
}

/* ---- locations ------------------------------------------------------------
 */

static const ec2_fact zone_facts[] = {
    {"group", "groupName", EC2_TEXT},
    {"opt_in", "optInStatus", EC2_TEXT},
    {"region", "regionName", EC2_TEXT},
    {"state", "zoneState", EC2_TEXT},
    {"zone_id", "zoneId", EC2_TEXT},
    {"zone_type", "zoneType", EC2_TEXT},
    {NULL, NULL, 0},
};

static int32_t
put_zone(void *user, pileus_call *call, const pileus_value *item)
{
    const char *name = NULL;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, item, "zoneName", &name);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(user, PILEUS_KIND_LOCATION);
    pileus_set_id(record, name);
    pileus_set_name(record, name);
    ec2_set_extra(record, call, item, zone_facts);
    return pileus_put(record);
}

int32_t
ec2_list_locations(void *connection, pileus_call *call,
                   const pileus_query_args *query, pileus_sink *sink)
{
    static const ec2_narrowing by = {.id = "zone-name", .name = "zone-name"};
    ec2_params params;

    ec2_params_begin(&params, "DescribeAvailabilityZones");
    ec2_narrow(&params, query, &by);
    return ec2_list(connection, call, &params, "availabilityZoneInfo", 0,
                    put_zone, sink);
}
