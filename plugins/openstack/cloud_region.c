/* The region of a cloud in clouds.yaml, and what the cloud says of it alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "clouds.h"

/* Its name: an entry of "regions" is that, or a map that has it. */
static const char *
name_of(os_yaml *document, const os_yaml_node *entry)
{
    const os_yaml_node *name = entry->kind == OS_YAML_MAP
                                   ? os_yaml_get(document, entry, "name")
                                   : entry;

    return name == NULL ? NULL : name->text;
}

/* "regions", as a list of at least one; NULL: there is none. */
static const os_yaml_node *
regions_of(const os_cloud *cloud, int file)
{
    const os_yaml_node *regions =
        cloud->files[file].map == NULL
            ? NULL
            : os_yaml_get(cloud->files[file].document, cloud->files[file].map,
                          "regions");

    return regions != NULL && regions->kind == OS_YAML_LIST &&
                   regions->count > 0
               ? regions
               : NULL;
}

/* The one that is meant: what the application says, or the nearest file. */
static const char *
choose(pileus_call *call, const os_cloud *cloud)
{
    if (os_nearness(call, "region") > OS_FROM_FILE) {
        return pileus_setting(call, "region");
    }
    for (int file = 0; file < OS_FILES; file++) {
        os_yaml *document = cloud->files[file].document;
        const os_yaml_node *regions = regions_of(cloud, file);
        const os_yaml_node *name =
            cloud->files[file].map == NULL
                ? NULL
                : os_yaml_get(document, cloud->files[file].map, "region_name");

        if (name != NULL) {
            return name->text;
        }
        if (regions != NULL) {
            return name_of(document, regions->entries[0]);
        }
    }
    return NULL;
}

static int32_t
take_values(pileus_call *call, os_cloud *cloud, int file, const char *region)
{
    os_yaml *document = cloud->files[file].document;
    const os_yaml_node *regions = regions_of(cloud, file);

    for (uint64_t i = 0; regions != NULL && i < regions->count; i++) {
        const os_yaml_node *entry = regions->entries[i];
        const char *name = name_of(document, entry);
        const os_yaml_node *values = os_yaml_get(document, entry, "values");

        if (values != NULL && values->kind != OS_YAML_MAP) {
            return os_yaml_refuse(call, document, values,
                                  "a region's values must be a map");
        }
        if (name != NULL && strcmp(name, region) == 0) {
            cloud->files[file].values = values;
        }
    }
    return PILEUS_OK;
}

int32_t
os_find_region(pileus_call *call, os_cloud *cloud)
{
    const char *region = choose(call, cloud);
    int32_t code = PILEUS_OK;

    for (int file = 0; code == PILEUS_OK && region != NULL && file < OS_FILES;
         file++) {
        code = take_values(call, cloud, file, region);
    }
    return code;
}
