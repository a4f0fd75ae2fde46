/* What is on offer: sizes and locations. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "digitalocean.h"

/* Traffic is told in TB. */
#define GB_PER_TB 1000

bool
do_has_word(pileus_call *call, const pileus_value *list, const char *word)
{
    uint64_t count = pileus_json_count(call, list, NULL);

    for (uint64_t i = 0; i < count; i++) {
        const char *entry =
            pileus_json_string(call, pileus_json_at(call, list, i, NULL), NULL);

        if (entry != NULL && strcmp(entry, word) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- sizes --------------------------------------------------------------- */

void
do_fill_size(pileus_call *call, pileus_record *record, const pileus_value *size)
{
    static const struct {
        const char *path;
        int32_t field;
    } numbers[] = {
        {"memory", PILEUS_FIELD_RAM},
        {"disk", PILEUS_FIELD_DISK},
        {"vcpus", PILEUS_FIELD_VCPUS},
    };
    int64_t number;
    double real;

    pileus_set_id(record, pileus_json_string(call, size, "slug"));
    pileus_set_name(record, pileus_json_string(call, size, "slug"));
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (pileus_json_integer(call, size, numbers[i].path, &number)) {
            pileus_set_integer(record, numbers[i].field, number);
        }
    }
    if (pileus_json_double(call, size, "transfer", &real)) {
        pileus_set_integer(record, PILEUS_FIELD_BANDWIDTH,
                           (int64_t)(real * GB_PER_TB + 0.5));
    }
    if (pileus_json_double(call, size, "price_hourly", &real)) {
        pileus_set_double(record, PILEUS_FIELD_PRICE, real);
    }
}

static int32_t
put_size(void *user, pileus_call *call, const pileus_value *item)
{
    static const char *const known[] = {"slug",     "memory",       "disk",
                                        "transfer", "price_hourly", NULL};
    const do_listing *listing = user;
    const pileus_value *regions = pileus_json_get(call, item, "regions");
    pileus_record *record;

    if (listing->location != NULL &&
        !do_has_word(call, regions, listing->location)) {
        return PILEUS_OK;
    }
    record = pileus_begin(listing->sink, PILEUS_KIND_SIZE);
    do_fill_size(call, record, item);
    pileus_extra_rest(record, call, item, known);
    return pileus_put(record);
}

int32_t
do_list_sizes(void *connection, pileus_call *call,
              const pileus_query_args *query, pileus_sink *sink)
{
    do_listing listing = {
        .sink = sink,
        .location = query->location,
    };

    return do_list(connection, call, "/v2/sizes", NULL, 0, "sizes", put_size,
                   &listing);
}

/* ---- locations ----------------------------------------------------------- */

static int32_t
put_region(void *user, pileus_call *call, const pileus_value *item)
{
    static const char *const known[] = {"slug", "name", NULL};
    const do_listing *listing = user;
    pileus_record *record;

    if (!listing->everything &&
        !pileus_json_boolean(call, item, "available", true)) {
        return PILEUS_OK;
    }
    record = pileus_begin(listing->sink, PILEUS_KIND_LOCATION);
    pileus_set_id(record, pileus_json_string(call, item, "slug"));
    pileus_set_name(record, pileus_json_string(call, item, "name"));
    pileus_extra_rest(record, call, item, known);
    return pileus_put(record);
}

int32_t
do_list_locations(void *connection, pileus_call *call,
                  const pileus_query_args *query, pileus_sink *sink)
{
    const char *available = pileus_query_filter(query, "available");
    do_listing listing = {
        .sink = sink,
        .everything = available != NULL && strcmp(available, "any") == 0,
    };

    if (available != NULL && !listing.everything) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "the filter available knows the value 'any' only: "
                           "without it, locations that take no droplets at "
                           "present are left out");
    }
    return do_list(connection, call, "/v2/regions", NULL, 0, "regions",
                   put_region, &listing);
}
