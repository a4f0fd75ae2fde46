/* What can be had: sizes, images and locations, all libcloud's. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "dummy.h"

/* ---- sizes -------------------------------------------------------------- */

static const struct size {
    const char *id;
    const char *name;
    int64_t ram;       /* MiB */
    int64_t disk;      /* GB */
    int64_t bandwidth; /* GB; negative: not said */
    double price;
} sizes[] = {
    {"1", "Small", 128, 4, 500, 4},
    {"2", "Medium", 512, 16, 1500, 8},
    {"3", "Big", 4096, 32, 2500, 32},
    {"4", "XXL Big", 8192, 128, 7500, 64},
};

/* Not in the list: what create_node gives, whatever size it was asked for. */
static const struct size created_size = {"s1", "foo", 2048, 160, -1, 0};

static void
set_size(pileus_record *record, const struct size *size)
{
    pileus_set_id(record, size->id);
    pileus_set_name(record, size->name);
    pileus_set_integer(record, PILEUS_FIELD_RAM, size->ram);
    pileus_set_integer(record, PILEUS_FIELD_DISK, size->disk);
    if (size->bandwidth >= 0) {
        pileus_set_integer(record, PILEUS_FIELD_BANDWIDTH, size->bandwidth);
    }
    pileus_set_double(record, PILEUS_FIELD_PRICE, size->price);
}

static int32_t
put_size(const void *items, size_t i, pileus_sink *sink)
{
    pileus_record *record = pileus_begin(sink, PILEUS_KIND_SIZE);

    set_size(record, (const struct size *)items + i);
    return pileus_put(record);
}

/* ---- images ------------------------------------------------------------- */

static const struct image {
    const char *id;
    const char *name;
} images[] = {
    {"1", "Ubuntu 9.10"},
    {"2", "Ubuntu 9.04"},
    {"3", "Slackware 4"},
};

static const struct image created_image = {"i2", "image"};

static void
set_image(pileus_record *record, const struct image *image)
{
    pileus_set_id(record, image->id);
    pileus_set_name(record, image->name);
}

static int32_t
put_image(const void *items, size_t i, pileus_sink *sink)
{
    pileus_record *record = pileus_begin(sink, PILEUS_KIND_IMAGE);

    set_image(record, (const struct image *)items + i);
    return pileus_put(record);
}

void
dummy_set_size_and_image(pileus_record *node)
{
    set_size(pileus_nested(node, PILEUS_FIELD_SIZE), &created_size);
    set_image(pileus_nested(node, PILEUS_FIELD_IMAGE), &created_image);
}

/* ---- locations ---------------------------------------------------------- */

static const struct location {
    const char *id;
    const char *name;
    const char *country;
} locations[] = {
    {"1", "Paul's Room", "US"},
    {"2", "London Loft", "GB"},
    {"3", "Island Datacenter", "FJ"},
};

static int32_t
put_location(const void *items, size_t i, pileus_sink *sink)
{
    const struct location *location = (const struct location *)items + i;
    pileus_record *record = pileus_begin(sink, PILEUS_KIND_LOCATION);

    pileus_set_id(record, location->id);
    pileus_set_name(record, location->name);
    pileus_set_string(record, PILEUS_FIELD_COUNTRY, location->country);
    return pileus_put(record);
}

/* ---- the calls ---------------------------------------------------------- */

/* All three alike. The core does the sorting out for the query. */
static int32_t
list(void *connection, pileus_call *call, enum dummy_call which,
     const char *what, size_t count, dummy_put_fn put, const void *items,
     pileus_sink *sink)
{
    struct dummy_fault fault;
    int32_t code = dummy_begin(connection, call, which, &fault);

    if (code == PILEUS_OK) {
        code = dummy_list(connection, call, what, count, put, items, sink);
    }
    return code == PILEUS_OK ? dummy_fault_after(&fault, call) : code;
}

int32_t
dummy_list_sizes(void *connection, pileus_call *call,
                 const pileus_query_args *query, pileus_sink *sink)
{
    (void)query;
    return list(connection, call, DUMMY_LIST_SIZES, "listing sizes",
                sizeof sizes / sizeof *sizes, put_size, sizes, sink);
}

int32_t
dummy_list_images(void *connection, pileus_call *call,
                  const pileus_query_args *query, pileus_sink *sink)
{
    (void)query;
    return list(connection, call, DUMMY_LIST_IMAGES, "listing images",
                sizeof images / sizeof *images, put_image, images, sink);
}

int32_t
dummy_list_locations(void *connection, pileus_call *call,
                     const pileus_query_args *query, pileus_sink *sink)
{
    (void)query;
    return list(connection, call, DUMMY_LIST_LOCATIONS, "listing locations",
                sizeof locations / sizeof *locations, put_location, locations,
                sink);
}

/* ---- are they there? ----------------------------------------------------- */

bool
dummy_has_size(pileus_call *call, const char *id)
{
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        if (strcmp(sizes[i].id, id) == 0) {
            return true;
        }
    }
    (void)pileus_fail(call, PILEUS_NOT_FOUND,
                      "there is no size with the id %s: see the list of sizes",
                      id);
    return false;
}

bool
dummy_has_image(pileus_call *call, const char *id)
{
    for (size_t i = 0; i < sizeof images / sizeof *images; i++) {
        if (strcmp(images[i].id, id) == 0) {
            return true;
        }
    }
    (void)pileus_fail(call, PILEUS_NOT_FOUND,
                      "there is no image with the id %s: see the list of "
                      "images",
                      id);
    return false;
}
