/* Sizes: a small table, for libvirt has none of its own. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "sizes.h"

#include "connection.h"

#include <stdlib.h>

#define SIZES_MAX 256
#define NAME_LENGTH_MAX 64
#define VCPUS_MAX 4096
#define RAM_MIB_MAX INT64_C(67108864) /* 64 TiB */
#define DISK_GB_MAX INT64_C(1048576)  /* 1 PiB */

static const char separators[] = ", \t\r\n";
static const char name_bytes[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

/* Digits, and then the byte that must follow them; *text moves behind it. */
static bool
take_number(const char **text, int64_t minimum, int64_t maximum, char end,
            int64_t *number)
{
    const char *at = *text;
    int64_t value = 0;

    if (*at < '0' || *at > '9') {
        return false;
    }
    while (*at >= '0' && *at <= '9') {
        value = value * 10 + (*at - '0');
        if (value > maximum) {
            return false;
        }
        at++;
    }
    if (value < minimum || *at != end) {
        return false;
    }
    *text = end == '\0' ? at : at + 1;
    *number = value;
    return true;
}

static bool
parse_numbers(const char *text, lv_size *size)
{
    return take_number(&text, 1, VCPUS_MAX, ':', &size->vcpus) &&
           take_number(&text, 1, RAM_MIB_MAX, ':', &size->ram_mib) &&
           take_number(&text, 0, DISK_GB_MAX, '\0', &size->disk_gb);
}

/* One entry, NUL-terminated, which may be written into. */
static int32_t
parse_entry(pileus_call *call, char *entry, lv_sizes *sizes)
{
    size_t length = strspn(entry, name_bytes);
    lv_size size = {0};

    if (length == 0 || length > NAME_LENGTH_MAX || entry[length] != '=' ||
        !parse_numbers(entry + length + 1, &size)) {
        return pileus_fail(
            call, PILEUS_CONFIGURATION,
            "option sizes: \"%s\" is no size: write NAME=VCPUS:RAM:DISK, RAM "
            "in MiB and DISK in GB, such as small=1:1024:10",
            entry);
    }
    entry[length] = '\0';
    if (lv_sizes_find(sizes, entry) != NULL) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "option sizes: the size %s is there twice: leave "
                           "one of them out",
                           entry);
    }
    if (sizes->count == SIZES_MAX) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "option sizes: more than %d sizes: leave some out",
                           SIZES_MAX);
    }
    size.name = strdup(entry);
    if (size.name == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "memory ran out while reading the option sizes");
    }
    sizes->list[sizes->count++] = size;
    return PILEUS_OK;
}

int32_t
lv_sizes_parse(pileus_call *call, const char *text, lv_sizes *sizes)
{
    char *copy = strdup(text == NULL ? "" : text);
    char *entry = copy;
    int32_t code = PILEUS_OK;

    sizes->count = 0;
    sizes->list = calloc(SIZES_MAX, sizeof *sizes->list);
    if (copy == NULL || sizes->list == NULL) {
        code = pileus_fail(call, PILEUS_NO_MEMORY,
                           "memory ran out while reading the option sizes");
    }
    while (code == PILEUS_OK) {
        size_t length;
        bool last;

        entry += strspn(entry, separators);
        length = strcspn(entry, separators);
        if (length == 0) {
            break;
        }
        last = entry[length] == '\0';
        entry[length] = '\0';
        code = parse_entry(call, entry, sizes);
        entry += length + (last ? 0 : 1);
    }
    if (code == PILEUS_OK && sizes->count == 0) {
        code = pileus_fail(call, PILEUS_CONFIGURATION,
                           "option sizes is empty: name at least one size, "
                           "such as small=1:1024:10");
    }
    free(copy);
    return code;
}

void
lv_sizes_free(lv_sizes *sizes)
{
    for (size_t i = 0; i < sizes->count; i++) {
        free(sizes->list[i].name);
    }
    free(sizes->list);
    sizes->list = NULL;
    sizes->count = 0;
}

const lv_size *
lv_sizes_find(const lv_sizes *sizes, const char *name)
{
    for (size_t i = 0; i < sizes->count; i++) {
        if (strcmp(sizes->list[i].name, name) == 0) {
            return &sizes->list[i];
        }
    }
    return NULL;
}

void
lv_size_describe(const lv_size *size, pileus_record *record)
{
    pileus_set_id(record, size->name);
    pileus_set_name(record, size->name);
    pileus_set_integer(record, PILEUS_FIELD_VCPUS, size->vcpus);
    pileus_set_integer(record, PILEUS_FIELD_RAM, size->ram_mib);
    pileus_set_integer(record, PILEUS_FIELD_DISK, size->disk_gb);
}

int32_t
lv_list_sizes(void *connection, pileus_call *call,
              const pileus_query_args *query, pileus_sink *sink)
{
    const lv_connection *self = connection;
    const lv_sizes *sizes = &self->settings.sizes;
    int32_t code = pileus_check(call);

    if (lv_is_elsewhere(self, query)) {
        return code;
    }
    for (size_t i = 0; i < sizes->count && code == PILEUS_OK; i++) {
        pileus_record *record = pileus_begin(sink, PILEUS_KIND_SIZE);

        lv_size_describe(&sizes->list[i], record);
        code = pileus_put(record);
    }
    return code;
}
