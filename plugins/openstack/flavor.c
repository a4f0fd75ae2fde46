/* Flavors: OpenStack's sizes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

/* With description (2.55) and extra_specs (2.61). */
static const os_list_of flavors = {
    .service = OS_COMPUTE,
    .path = "/flavors/detail",
    .items = "flavors",
    .more = "flavors_links",
    .version = 61,
};

static int32_t
put_size(void *user, pileus_call *call, const pileus_value *flavor)
{
    static const char *const known[] = {"id",   "name",  "ram",
                                        "disk", "vcpus", NULL};
    pileus_sink *sink = user;
    pileus_record *record;
    const char *id = NULL;
    int32_t code = pileus_json_need_text(call, flavor, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_SIZE);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, flavor, "name"));
    pileus_set_json_integer(record, PILEUS_FIELD_RAM, call, flavor, "ram");
    pileus_set_json_integer(record, PILEUS_FIELD_DISK, call, flavor, "disk");
    pileus_set_json_integer(record, PILEUS_FIELD_VCPUS, call, flavor, "vcpus");
    pileus_extra_rest(record, call, flavor, known);
    return pileus_put(record);
}

int32_t
os_list_sizes(void *connection, pileus_call *call,
              const pileus_query_args *query, pileus_sink *sink)
{
    (void)query; /* the core sorts out */
    return os_list(connection, call, &flavors, NULL, 0, put_size, sink);
}
