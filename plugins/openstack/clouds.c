/* The cloud of clouds.yaml that a connection is to: which one it is. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "clouds.h"

#define NAMES_SIZE 256

/* ---- its name -------------------------------------------------------------
 */

static const os_yaml_node *
clouds_in(os_cloud *cloud, int file)
{
    os_yaml *document = cloud->files[file].document;

    return document == NULL
               ? NULL
               : os_yaml_get(document, document->root,
                             file == OS_PUBLIC ? "public_clouds" : "clouds");
}

static void
print_names(const os_yaml_node *clouds, char names[NAMES_SIZE])
{
    size_t used = 0;

    *names = '\0';
    for (uint64_t i = 0; i < clouds->count && used < NAMES_SIZE; i++) {
        used += (size_t)snprintf(names + used, NAMES_SIZE - used, "%s%s",
                                 i == 0 ? "" : ", ", clouds->names[i]->text);
    }
}

static int32_t
no_such_cloud(pileus_call *call, const os_yaml *document,
              const os_yaml_node *clouds, const char *name)
{
    char names[NAMES_SIZE];

    print_names(clouds, names);
    return pileus_fail(call, PILEUS_CONFIGURATION,
                       "there is no cloud '%.64s' in %.200s: give 'cloud' as "
                       "one of %s",
                       name, document->path, names);
}

/* The only one, when none is named. */
static int32_t
choose(pileus_call *call, os_cloud *cloud, const os_yaml_node *clouds)
{
    char names[NAMES_SIZE];

    if (clouds->count == 1) {
        cloud->name = clouds->names[0]->text;
        return PILEUS_OK;
    }
    print_names(clouds, names);
    return pileus_fail(call, PILEUS_CONFIGURATION,
                       "%.200s has several clouds: give 'cloud' as one of %s",
                       cloud->files[OS_CLOUDS].document->path, names);
}

/* ---- the files ------------------------------------------------------------
 */

static int32_t
find(pileus_call *call, os_cloud *cloud, int file, const char *stem,
     const char *option)
{
    return os_find_file(
        call, stem, option == NULL ? NULL : pileus_setting(call, option),
        &cloud->files[file].document, &cloud->files[file].exposed);
}

/* The map of this name in a file's clouds. */
static int32_t
take(pileus_call *call, os_cloud *cloud, int file, const char *name)
{
    os_yaml *document = cloud->files[file].document;
    const os_yaml_node *clouds = clouds_in(cloud, file);
    const os_yaml_node *map =
        clouds == NULL ? NULL : os_yaml_get(document, clouds, name);

    if (clouds != NULL && clouds->kind != OS_YAML_MAP) {
        return os_yaml_refuse(call, document, clouds,
                              "the clouds must be a map of their names");
    }
    if (map != NULL && map->kind != OS_YAML_MAP) {
        return os_yaml_refuse(call, document, map, "a cloud must be a map");
    }
    cloud->files[file].map = map;
    return PILEUS_OK;
}

static int32_t
find_cloud(pileus_call *call, os_cloud *cloud)
{
    os_yaml *document = cloud->files[OS_CLOUDS].document;
    const os_yaml_node *clouds = clouds_in(cloud, OS_CLOUDS);
    int32_t code = PILEUS_OK;

    if (clouds == NULL || clouds->kind != OS_YAML_MAP) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "%.200s has no map of clouds: add \"clouds:\", and "
                           "the clouds below it",
                           document->path);
    }
    if (cloud->name == NULL) {
        code = choose(call, cloud, clouds);
    }
    if (code == PILEUS_OK) {
        code = take(call, cloud, OS_CLOUDS, cloud->name);
    }
    return code == PILEUS_OK && cloud->files[OS_CLOUDS].map == NULL
               ? no_such_cloud(call, document, clouds, cloud->name)
               : code;
}

/* What its provider publishes of it, and secrets that are kept apart. */
static int32_t
find_others(pileus_call *call, os_cloud *cloud)
{
    const os_yaml_node *profile =
        os_yaml_get(cloud->files[OS_CLOUDS].document,
                    cloud->files[OS_CLOUDS].map, "profile");
    int32_t code = find(call, cloud, OS_SECURE, "secure", "secure-file");

    if (code == PILEUS_OK) {
        code = take(call, cloud, OS_SECURE, cloud->name);
    }
    if (code != PILEUS_OK || profile == NULL) {
        return code;
    }
    if (profile->text == NULL) {
        return os_yaml_refuse(call, cloud->files[OS_CLOUDS].document, profile,
                              "a profile is a name");
    }
    code = find(call, cloud, OS_PUBLIC, "clouds-public", NULL);
    if (code == PILEUS_OK) {
        code = take(call, cloud, OS_PUBLIC, profile->text);
    }
    if (code == PILEUS_OK && cloud->files[OS_PUBLIC].map == NULL) {
        code = os_yaml_refuse(call, cloud->files[OS_CLOUDS].document, profile,
                              "no clouds-public.yaml has this profile");
    }
    return code;
}

/* ---- all of it ------------------------------------------------------------
 */

static int32_t
no_cloud(pileus_call *call, const char *name)
{
    return name != NULL
               ? pileus_fail(call, PILEUS_CONFIGURATION,
                             "there is no clouds.yaml that has a cloud "
                             "'%.64s': put one into ~/.config/openstack",
                             name)
               : pileus_fail(call, PILEUS_CONFIGURATION,
                             "it is not known where Keystone is: give "
                             "'endpoint', or set OS_AUTH_URL, or give 'cloud' "
                             "as the name of one in clouds.yaml");
}

int32_t
os_provide_cloud(pileus_call *call)
{
    os_cloud cloud = {.name = pileus_setting(call, "cloud")};
    int32_t code;

    if (cloud.name == NULL && pileus_setting(call, "endpoint") != NULL) {
        return os_provide_options(call, &cloud);
    }
    code = find(call, &cloud, OS_CLOUDS, "clouds", "cloud-file");
    if (code == PILEUS_OK && cloud.files[OS_CLOUDS].document == NULL) {
        return no_cloud(call, cloud.name);
    }
    if (code == PILEUS_OK) {
        code = find_cloud(call, &cloud);
    }
    if (code == PILEUS_OK) {
        code = find_others(call, &cloud);
    }
    if (code == PILEUS_OK) {
        code = os_provide_options(call, &cloud);
    }
    if (code == PILEUS_OK && pileus_setting(call, "endpoint") == NULL) {
        code = pileus_fail(call, PILEUS_CONFIGURATION,
                           "the cloud '%.64s' has no auth_url: add it to "
                           "%.200s",
                           cloud.name, cloud.files[OS_CLOUDS].document->path);
    }
    for (int i = 0; i < OS_FILES; i++) {
        os_yaml_free(cloud.files[i].document, PILEUS_HOST(call));
    }
    return code;
}
