/* Availability zones: OpenStack's locations within a region. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

static const os_list_of zones = {
    .service = OS_COMPUTE,
    .path = "/os-availability-zone",
    .items = "availabilityZoneInfo",
};

static int32_t
put_location(void *user, pileus_call *call, const pileus_value *zone)
{
    static const char *const known[] = {"zoneName", NULL};
    pileus_sink *sink = user;
    pileus_record *record;
    const char *name = NULL;
    int32_t code = pileus_json_need_text(call, zone, "zoneName", &name);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_LOCATION);
    pileus_set_id(record, name);
    pileus_set_name(record, name);
    pileus_extra_rest(record, call, zone, known);
    return pileus_put(record);
}

int32_t
os_list_locations(void *connection, pileus_call *call,
                  const pileus_query_args *query, pileus_sink *sink)
{
    (void)query; /* the core sorts out */
    return os_list(connection, call, &zones, NULL, 0, put_location, sink);
}
