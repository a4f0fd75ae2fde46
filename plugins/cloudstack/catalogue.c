/* Sizes and locations: service offerings and zones. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "extra.h"

#include <stdlib.h>

/* ---- sizes ----------------------------------------------------------------
 */

static const cs_extra size_extras[] = {
    {"cpunumber", "cpu", false},
    {"cpuspeed", "cpu_speed", false},
    {"displaytext", "display_text", false},
    {"storagetype", "storage_type", false},
    {"iscustomized", "customized", false},
    {"offerha", "offer_ha", false},
    {"networkrate", "network_rate", false},
    {"limitcpuuse", "limit_cpu_use", false},
    {"tags", "storage_tags", false},
    {"hosttags", "host_tags", false},
    {"created", "created", false},
    {"domain", "domain", false},
    {"domainid", "domain_id", true},
};

static int32_t
put_size(void *user, pileus_call *call, const pileus_value *offering)
{
    pileus_sink *sink = user;
    const char *id = NULL;
    int64_t number;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, offering, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_SIZE);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, offering, "name"));
    pileus_set_json_integer(record, PILEUS_FIELD_RAM, call, offering, "memory");
    pileus_set_json_integer(record, PILEUS_FIELD_VCPUS, call, offering,
                            "cpunumber");
    if (pileus_json_integer(call, offering, "rootdisksize", &number) &&
        number > 0) { /* 0: as large as the image */
        pileus_set_integer(record, PILEUS_FIELD_DISK, number);
    }
    cs_set_extra(call, record, offering, size_extras,
                 sizeof size_extras / sizeof *size_extras);
    return pileus_put(record);
}

int32_t
cs_list_sizes(void *connection, pileus_call *call,
              const pileus_query_args *query, pileus_sink *sink)
{
    cs_params params;

    cs_params_begin(&params, NULL, "listServiceOfferings");
    cs_params_add(&params, "zoneid", query->location);
    return cs_list(connection, call, &params, "serviceoffering", put_size,
                   sink);
}

/* ---- locations ------------------------------------------------------------
 */

static const cs_extra zone_extras[] = {
    {"networktype", "network_type", false},
    {"securitygroupsenabled", "security_groups_enabled", false},
    {"localstorageenabled", "local_storage_enabled", false},
    {"allocationstate", "allocation_state", false},
    {"dhcpprovider", "dhcp_provider", false},
    {"zonetoken", "zone_token", false},
    {"displaytext", "display_text", false},
    {"description", "description", false},
};

static int32_t
put_zone(void *user, pileus_call *call, const pileus_value *zone)
{
    pileus_sink *sink = user;
    const char *id = NULL;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, zone, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_LOCATION);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, zone, "name"));
    cs_set_extra(call, record, zone, zone_extras,
                 sizeof zone_extras / sizeof *zone_extras);
    return pileus_put(record);
}

int32_t
cs_list_locations(void *connection, pileus_call *call,
                  const pileus_query_args *query, pileus_sink *sink)
{
    cs_params params;

    (void)query;
    cs_params_begin(&params, NULL, "listZones");
    return cs_list(connection, call, &params, "zone", put_zone, sink);
}

static int32_t
take_first(void *user, pileus_call *call, const pileus_value *zone)
{
    char **id = user;
    const char *text = NULL;
    int32_t code = PILEUS_OK;

    if (*id == NULL) {
        code = pileus_json_need_text(call, zone, "id", &text);
        *id = text == NULL ? NULL : strdup(text);
        if (code == PILEUS_OK && *id == NULL) {
            code = pileus_fail(call, PILEUS_NO_MEMORY,
                               "no memory for the id of a zone");
        }
    }
    return code;
}

int32_t
cs_first_zone(const cs_connection *connection, pileus_call *call, char **id)
{
    cs_params params;
    int32_t code;

    cs_params_begin(&params, NULL, "listZones");
    code = cs_list(connection, call, &params, "zone", take_first, id);
    if (code == PILEUS_OK && *id == NULL) {
        code = pileus_fail(call, PILEUS_NOT_FOUND,
                           "CloudStack has no zone for this account: ask its "
                           "administrator for one");
    }
    return code;
}
