/* What is on offer: sizes and locations. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gogrid.h"

/* GoGrid sold servers by their memory, with a disk to go with it; these are
 * the sizes of its last price list, as Apache Libcloud 3.4.1 has them. No
 * method of the API tells disks and prices. */
static const struct {
    const char *name;
    int64_t ram;  /* MiB */
    int64_t disk; /* GB */
    double price; /* USD an hour */
} sizes[] = {
    {"512MB", 512, 30, 0.095},  {"1GB", 1024, 60, 0.19},
    {"2GB", 2048, 120, 0.38},   {"4GB", 4096, 240, 0.76},
    {"8GB", 8192, 480, 1.52},   {"16GB", 16384, 960, 3.04},
    {"24GB", 24576, 960, 4.56},
};

int32_t
gg_list_sizes(void *connection, pileus_call *call,
              const pileus_query_args *query, pileus_sink *sink)
{
    int32_t code = PILEUS_OK;

    (void)connection;
    (void)call;
    (void)query; /* the core sorts out */
    for (size_t i = 0; code == PILEUS_OK && i < sizeof sizes / sizeof sizes[0];
         i++) {
        pileus_record *record = pileus_begin(sink, PILEUS_KIND_SIZE);

        pileus_set_id(record, sizes[i].name);
        pileus_set_name(record, sizes[i].name);
        pileus_set_integer(record, PILEUS_FIELD_RAM, sizes[i].ram);
        pileus_set_integer(record, PILEUS_FIELD_DISK, sizes[i].disk);
        pileus_set_double(record, PILEUS_FIELD_PRICE, sizes[i].price);
        code = pileus_put(record);
    }
    return code;
}

static int32_t
put_location(void *user, pileus_call *call, const pileus_value *item)
{
    static const char *const known[] = {"id", "name", "object", NULL};
    const char *id = NULL;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, item, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(user, PILEUS_KIND_LOCATION);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, item, "name"));
    /* GoGrid had no data centre elsewhere that it told of here. */
    pileus_set_string(record, PILEUS_FIELD_COUNTRY, "US");
    pileus_extra_rest(record, call, item, known);
    return pileus_put(record);
}

int32_t
gg_list_locations(void *connection, pileus_call *call,
                  const pileus_query_args *query, pileus_sink *sink)
{
    const pileus_pair which = {"lookup", "ip.datacenter"};

    (void)query;
    return gg_list(connection, call, "/common/lookup/list", &which, 1,
                   put_location, sink);
}
