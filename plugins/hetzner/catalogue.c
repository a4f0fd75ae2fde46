/* What is on offer: sizes and locations. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hetzner.h"

#define MIB_PER_GB 1024
#define BYTES_PER_GB INT64_C(1000000000)

/* ---- sizes --------------------------------------------------------------- */

/* The price list of the location, or without one the first; NULL: it is not to
 * be had there. */
static const pileus_value *
price_at(pileus_call *call, const pileus_value *type, const char *location)
{
    const pileus_value *prices = pileus_json_get(call, type, "prices");
    uint64_t count = pileus_json_count(call, prices, NULL);

    for (uint64_t i = 0; i < count; i++) {
        const pileus_value *price = pileus_json_at(call, prices, i, NULL);
        const char *place = pileus_json_string(call, price, "location");

        if (location == NULL ||
            (place != NULL && strcmp(place, location) == 0)) {
            return price;
        }
    }
    return NULL;
}

void
hz_fill_size(pileus_call *call, pileus_record *record, const pileus_value *type,
             const char *location)
{
    const pileus_value *price = price_at(call, type, location);
    int64_t bytes;
    double number;

    pileus_set_id(record, pileus_json_string(call, type, "name"));
    pileus_set_name(record, pileus_json_string(call, type, "name"));
    if (pileus_json_double(call, type, "memory", &number)) {
        pileus_set_integer(record, PILEUS_FIELD_RAM,
                           (int64_t)(number * MIB_PER_GB + 0.5));
    }
    pileus_set_json_integer(record, PILEUS_FIELD_DISK, call, type, "disk");
    pileus_set_json_integer(record, PILEUS_FIELD_VCPUS, call, type, "cores");
    if (pileus_json_integer(call, price, "included_traffic", &bytes)) {
        pileus_set_integer(record, PILEUS_FIELD_BANDWIDTH,
                           bytes / BYTES_PER_GB);
    }
    if (pileus_json_double(call, price, "price_hourly.net", &number)) {
        pileus_set_double(record, PILEUS_FIELD_PRICE, number);
    }
}

static int32_t
put_size(void *user, pileus_call *call, const pileus_value *item)
{
    static const char *const known[] = {"name", "memory", "disk", NULL};
    const hz_listing *listing = user;
    pileus_record *record;

    if (listing->location != NULL &&
        price_at(call, item, listing->location) == NULL) {
        return PILEUS_OK;
    }
    record = pileus_begin(listing->sink, PILEUS_KIND_SIZE);
    hz_fill_size(call, record, item, listing->location);
    pileus_extra_rest(record, call, item, known);
    return pileus_put(record);
}

int32_t
hz_list_sizes(void *connection, pileus_call *call,
              const pileus_query_args *query, pileus_sink *sink)
{
    const pileus_pair by_name = {"name", query->name};
    hz_listing listing = {.sink = sink, .location = query->location};

    return hz_list(connection, call, "server_types", &by_name, 1, put_size,
                   &listing);
}

/* ---- locations ----------------------------------------------------------- */

static int32_t
put_location(void *user, pileus_call *call, const pileus_value *item)
{
    static const char *const known[] = {"name", "country", NULL};
    const hz_listing *listing = user;
    const char *city = pileus_json_string(call, item, "city");
    const char *name = pileus_json_string(call, item, "name");
    pileus_record *record = pileus_begin(listing->sink, PILEUS_KIND_LOCATION);

    pileus_set_id(record, name);
    pileus_set_name(record, city == NULL ? name : city);
    pileus_set_string(record, PILEUS_FIELD_COUNTRY,
                      pileus_json_string(call, item, "country"));
    pileus_extra_rest(record, call, item, known);
    return pileus_put(record);
}

int32_t
hz_list_locations(void *connection, pileus_call *call,
                  const pileus_query_args *query, pileus_sink *sink)
{
    hz_listing listing = {.sink = sink};

    (void)query; /* the core sorts out */
    return hz_list(connection, call, "locations", NULL, 0, put_location,
                   &listing);
}
