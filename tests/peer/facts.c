/* Our objects as fields, each as text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/facts.h"

#include <string.h>
#include <time.h>

/* ---- values as text ------------------------------------------------------ */

void
facts_print_string(FILE *out, const char *string)
{
    (void)(string == NULL ? fputs("null", out)
                          : fprintf(out, "\"%s\"", string));
}

/* In the order of their keys, which means nothing. */
static void
print_our_dict(FILE *out, const pileus_value *dict)
{
    const char *last = "";

    for (size_t done = 0; done < pileus_value_count(dict); done++) {
        const char *next = NULL;

        for (size_t i = 0; i < pileus_value_count(dict); i++) {
            const char *key = pileus_value_key(dict, i);

            if (strcmp(key, last) > 0 &&
                (next == NULL || strcmp(key, next) < 0)) {
                next = key;
            }
        }
        facts_print_string(out, next);
        facts_print_value(out, pileus_value_get(dict, next));
        last = next;
    }
}

void
facts_print_value(FILE *out, const pileus_value *value)
{
    switch (pileus_value_type(value)) {
    case PILEUS_TYPE_BOOL:
        (void)fputs(pileus_value_bool(value, false) ? "true" : "false", out);
        break;
    case PILEUS_TYPE_INTEGER:
    case PILEUS_TYPE_DOUBLE:
        (void)fprintf(out, "%.15g", pileus_value_double(value, 0));
        break;
    case PILEUS_TYPE_STRING:
        facts_print_string(out, pileus_value_string(value));
        break;
    case PILEUS_TYPE_LIST:
        (void)fputc('[', out);
        for (size_t i = 0; i < pileus_value_count(value); i++) {
            facts_print_value(out, pileus_value_at(value, i));
            (void)fputc(',', out);
        }
        (void)fputc(']', out);
        break;
    case PILEUS_TYPE_DICT:
        (void)fputc('{', out);
        print_our_dict(out, value);
        (void)fputc('}', out);
        break;
    default:
        (void)fputs("null", out);
    }
}

/* ---- our fields ---------------------------------------------------------- */

static void
print_number(FILE *out, bool known, double number)
{
    (void)(known ? fprintf(out, "%.15g", number) : fputs("null", out));
}

static void
print_time(FILE *out, bool known, int64_t ns)
{
    time_t seconds = (time_t)(ns / 1000000000);
    int micros = (int)(ns % 1000000000 / 1000);
    char text[64] = "";
    char part[16] = "";
    struct tm utc;

    if (!known) {
        (void)fputs("null", out);
        return;
    }
    assert_non_null(gmtime_r(&seconds, &utc));
    assert_true(strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc) > 0);
    if (micros != 0) {
        (void)snprintf(part, sizeof part, ".%06d", micros);
    }
    (void)fprintf(out, "\"%s%s+00:00\"", text, part);
}

typedef const char *(*address_fn)(const pileus_node *node, size_t i);

static void
print_addresses(FILE *out, const pileus_node *node, address_fn address)
{
    (void)fputc('[', out);
    for (size_t i = 0; address(node, i) != NULL; i++) {
        facts_print_string(out, address(node, i));
        (void)fputc(',', out);
    }
    (void)fputc(']', out);
}

/* Each prints a field of that class; false: there is no such field. */

static bool
print_node(FILE *out, const void *ours, const char *field)
{
    const pileus_node *node = ours;
    const pileus_size *size = pileus_node_size(node);
    const pileus_image *image = pileus_node_image(node);
    int64_t ns = 0;

    if (strcmp(field, "id") == 0) {
        facts_print_string(out, pileus_node_id(node));
    } else if (strcmp(field, "name") == 0) {
        facts_print_string(out, pileus_node_name(node));
    } else if (strcmp(field, "state") == 0) {
        facts_print_string(out, pileus_state_name(pileus_node_state(node)));
    } else if (strcmp(field, "public_ips") == 0) {
        print_addresses(out, node, pileus_node_public_ip);
    } else if (strcmp(field, "private_ips") == 0) {
        print_addresses(out, node, pileus_node_private_ip);
    } else if (strcmp(field, "uuid") == 0) {
        facts_print_string(out, pileus_node_uuid(node));
    } else if (strcmp(field, "created_at") == 0) {
        bool known = pileus_node_created_at(node, &ns);

        print_time(out, known, ns);
    } else if (strcmp(field, "size") == 0) {
        facts_print_string(out, size == NULL ? NULL : pileus_size_id(size));
    } else if (strcmp(field, "image") == 0) {
        facts_print_string(out, image == NULL ? NULL : pileus_image_id(image));
    } else {
        return false;
    }
    return true;
}

static bool
print_size(FILE *out, const void *ours, const char *field)
{
    static const struct {
        const char *field;
        bool (*get)(const pileus_size *size, int64_t *number);
    } numbers[] = {
        {"ram", pileus_size_ram},
        {"disk", pileus_size_disk},
        {"bandwidth", pileus_size_bandwidth},
        {"vcpus", pileus_size_vcpus},
    };
    const pileus_size *size = ours;
    int64_t number = 0;
    double price = 0;

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (strcmp(field, numbers[i].field) == 0) {
            bool known = numbers[i].get(size, &number);

            print_number(out, known, (double)number);
            return true;
        }
    }
    if (strcmp(field, "id") == 0) {
        facts_print_string(out, pileus_size_id(size));
    } else if (strcmp(field, "name") == 0) {
        facts_print_string(out, pileus_size_name(size));
    } else if (strcmp(field, "uuid") == 0) {
        facts_print_string(out, pileus_size_uuid(size));
    } else if (strcmp(field, "price") == 0) {
        bool known = pileus_size_price(size, &price);

        print_number(out, known, price);
    } else {
        return false;
    }
    return true;
}

static bool
print_image(FILE *out, const void *ours, const char *field)
{
    const pileus_image *image = ours;

    if (strcmp(field, "id") == 0) {
        facts_print_string(out, pileus_image_id(image));
    } else if (strcmp(field, "name") == 0) {
        facts_print_string(out, pileus_image_name(image));
    } else if (strcmp(field, "uuid") == 0) {
        facts_print_string(out, pileus_image_uuid(image));
    } else {
        return false;
    }
    return true;
}

static bool
print_location(FILE *out, const void *ours, const char *field)
{
    const pileus_location *location = ours;

    if (strcmp(field, "id") == 0) {
        facts_print_string(out, pileus_location_id(location));
    } else if (strcmp(field, "name") == 0) {
        facts_print_string(out, pileus_location_name(location));
    } else if (strcmp(field, "country") == 0) {
        facts_print_string(out, pileus_location_country(location));
    } else {
        return false;
    }
    return true;
}

static bool
print_volume(FILE *out, const void *ours, const char *field)
{
    const pileus_volume *volume = ours;
    int64_t gb = 0;

    if (strcmp(field, "id") == 0) {
        facts_print_string(out, pileus_volume_id(volume));
    } else if (strcmp(field, "name") == 0) {
        facts_print_string(out, pileus_volume_name(volume));
    } else if (strcmp(field, "uuid") == 0) {
        facts_print_string(out, pileus_volume_uuid(volume));
    } else if (strcmp(field, "size") == 0) {
        bool known = pileus_volume_size(volume, &gb);

        print_number(out, known, (double)gb);
    } else if (strcmp(field, "state") == 0) {
        facts_print_string(
            out, pileus_storage_state_name(pileus_volume_state(volume)));
    } else {
        return false;
    }
    return true;
}

static bool
print_snapshot(FILE *out, const void *ours, const char *field)
{
    const pileus_snapshot *snapshot = ours;
    pileus_storage_state state = pileus_snapshot_state(snapshot);
    int64_t number = 0;

    if (strcmp(field, "id") == 0) {
        facts_print_string(out, pileus_snapshot_id(snapshot));
    } else if (strcmp(field, "name") == 0) {
        facts_print_string(out, pileus_snapshot_name(snapshot));
    } else if (strcmp(field, "size") == 0) {
        bool known = pileus_snapshot_size(snapshot, &number);

        print_number(out, known, (double)number);
    } else if (strcmp(field, "state") == 0) {
        facts_print_string(out, state == PILEUS_VOLUME_UNKNOWN
                                    ? NULL
                                    : pileus_storage_state_name(state));
    } else if (strcmp(field, "created") == 0) {
        bool known = pileus_snapshot_created_at(snapshot, &number);

        print_time(out, known, number);
    } else {
        return false;
    }
    return true;
}

static bool
print_key_pair(FILE *out, const void *ours, const char *field)
{
    const pileus_key_pair *pair = ours;

    if (strcmp(field, "name") == 0) {
        facts_print_string(out, pileus_key_pair_name(pair));
    } else if (strcmp(field, "fingerprint") == 0) {
        facts_print_string(out, pileus_key_pair_fingerprint(pair));
    } else if (strcmp(field, "public_key") == 0) {
        facts_print_string(out, pileus_key_pair_public_key(pair));
    } else if (strcmp(field, "private_key") == 0) {
        facts_print_string(out, pileus_key_pair_private_key(pair));
    } else {
        return false;
    }
    return true;
}

static const pileus_value *
node_extra(const void *ours)
{
    return pileus_node_extra(ours);
}

static const pileus_value *
size_extra(const void *ours)
{
    return pileus_size_extra(ours);
}

static const pileus_value *
image_extra(const void *ours)
{
    return pileus_image_extra(ours);
}

static const pileus_value *
location_extra(const void *ours)
{
    return pileus_location_extra(ours);
}

static const pileus_value *
volume_extra(const void *ours)
{
    return pileus_volume_extra(ours);
}

static const pileus_value *
snapshot_extra(const void *ours)
{
    return pileus_snapshot_extra(ours);
}

static const pileus_value *
key_pair_extra(const void *ours)
{
    return pileus_key_pair_extra(ours);
}

static const facts_class classes[] = {
    {"Node", print_node, node_extra},
    {"NodeSize", print_size, size_extra},
    {"NodeImage", print_image, image_extra},
    {"NodeLocation", print_location, location_extra},
    {"StorageVolume", print_volume, volume_extra},
    {"VolumeSnapshot", print_snapshot, snapshot_extra},
    {"KeyPair", print_key_pair, key_pair_extra},
};

const facts_class *
facts_class_named(const char *name)
{
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        if (strcmp(classes[i].name, name) == 0) {
            return &classes[i];
        }
    }
    fail_msg("libcloud's class %s is not known here", name);
    return NULL;
}
