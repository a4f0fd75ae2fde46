/* The catalogue of services that Keystone answers with, and the ways to them.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#define TYPES_MAX 3
#define LIST_SIZE 256

/* What each is called in catalogues (the service types authority), and the
 * version that its endpoint may leave out; Cinder's paths have the project
 * behind it. */
static const struct {
    const char *option; /* that overrides the endpoint */
    const char *version;
    bool by_project;
    const char *types[TYPES_MAX];
} services[OS_SERVICES] = {
    [OS_COMPUTE] = {"compute-endpoint", "/v2.1", false, {"compute"}},
    [OS_IMAGE] = {"image-endpoint", "/v2", false, {"image"}},
    [OS_VOLUME] = {"volume-endpoint",
                   "/v3",
                   true,
                   {"block-storage", "volumev3", "block-store"}},
    [OS_NETWORK] = {"network-endpoint", "/v2.0", false, {"network"}},
};

/* What is looked for, and what there is of it. */
typedef struct wish {
    const char *type;
    bool needed; /* without it there is no point in a connection */
    const char *interface;
    const char *region;         /* NULL: the only one */
    const char *url;            /* NULL: not found */
    const char *first;          /* region */
    bool several;               /* regions */
    char regions[LIST_SIZE];    /* with commas between */
    char interfaces[LIST_SIZE]; /* those of the region */
} wish;

/* ---- looking --------------------------------------------------------------
 */

static bool
is(const char *a, const char *b)
{
    return a != NULL && strcmp(a, b) == 0;
}

/* Regions were once told by their names alone. */
static const char *
region_of(pileus_call *call, const pileus_value *endpoint)
{
    const char *id = pileus_json_string(call, endpoint, "region_id");

    return id != NULL ? id : pileus_json_string(call, endpoint, "region");
}

/* Add a word to a list, unless it is there. */
static void
note(char list[LIST_SIZE], const char *word)
{
    size_t length = strlen(word);
    size_t used = strlen(list);

    for (const char *at = list; *at != '\0'; at += strcspn(at, ",")) {
        at += strspn(at, ", ");
        if (strcspn(at, ",") == length && strncmp(at, word, length) == 0) {
            return;
        }
    }
    (void)snprintf(list + used, LIST_SIZE - used, "%s%s", used == 0 ? "" : ", ",
                   word);
}

/* The first endpoint that is right counts. A region may have several. */
static void
look_at(pileus_call *call, const pileus_value *endpoint, wish *wanted)
{
    const char *interface = pileus_json_string(call, endpoint, "interface");
    const char *region = region_of(call, endpoint);

    region = region == NULL ? "" : region;
    if (interface == NULL) {
        return;
    }
    if (wanted->region == NULL || strcmp(region, wanted->region) == 0) {
        note(wanted->interfaces, interface);
    }
    if (strcmp(interface, wanted->interface) != 0) {
        return;
    }
    note(wanted->regions, region);
    if (wanted->first == NULL) {
        wanted->first = region;
    } else if (strcmp(wanted->first, region) != 0) {
        wanted->several = true;
    }
    if (wanted->url == NULL &&
        (wanted->region == NULL || strcmp(region, wanted->region) == 0)) {
        wanted->url = pileus_json_string(call, endpoint, "url");
    }
}

static void
look_for(pileus_call *call, const pileus_value *catalogue, wish *wanted)
{
    uint64_t entries = pileus_json_count(call, catalogue, NULL);

    for (uint64_t i = 0; i < entries; i++) {
        const pileus_value *entry = pileus_json_at(call, catalogue, i, NULL);
        const pileus_value *endpoints =
            pileus_json_get(call, entry, "endpoints");
        uint64_t count = pileus_json_count(call, endpoints, NULL);

        if (!is(pileus_json_string(call, entry, "type"), wanted->type)) {
            continue;
        }
        for (uint64_t j = 0; j < count; j++) {
            look_at(call, pileus_json_at(call, endpoints, j, NULL), wanted);
        }
    }
}

/* PILEUS_OK with *url NULL when there is no such service here. */
static int32_t
judge(pileus_call *call, const wish *wanted, const char **url)
{
    if (wanted->several && wanted->region == NULL) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "the service %s is in several regions: give "
                           "'region' as one of %s",
                           wanted->type, wanted->regions);
    }
    *url = wanted->url;
    if (!wanted->needed) {
        return PILEUS_OK;
    }
    if (wanted->url == NULL && wanted->region != NULL &&
        *wanted->regions != '\0') {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "the service %s is not in the region %s: give "
                           "'region' as one of %s",
                           wanted->type, wanted->region, wanted->regions);
    }
    if (wanted->url == NULL && *wanted->interfaces != '\0') {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "the service %s has no %s endpoint here: give "
                           "'interface' as one of %s",
                           wanted->type, wanted->interface, wanted->interfaces);
    }
    return PILEUS_OK;
}

/* With the interface that was asked for; if none was, public, and where a
 * service has no such, internal and admin. */
static int32_t
find_service(pileus_call *call, const pileus_value *catalogue, bool needed,
             const char *type, const char **url)
{
    static const char *const others[] = {"internal", "admin"};
    const char *interface = pileus_setting(call, "interface");
    wish wanted = {
        .type = type,
        .needed = needed,
        .interface = interface == NULL ? "public" : interface,
        .region = pileus_setting(call, "region"),
    };
    bool any = interface == NULL ||
               strcmp(pileus_setting_source(call, "interface"), "default") == 0;

    look_for(call, catalogue, &wanted);
    for (int i = 0; any && wanted.first == NULL && i < 2; i++) {
        wanted.interface = others[i];
        look_for(call, catalogue, &wanted);
    }
    wanted.interface = interface == NULL ? "public" : interface;
    return judge(call, &wanted, url);
}

/* ---- the ways -------------------------------------------------------------
 */

bool
os_has_version(const char *url)
{
    const char *host = strstr(url, "://");
    const char *at = host == NULL ? NULL : strchr(host + 3, '/');

    for (; at != NULL; at = strchr(at + 1, '/')) {
        size_t digits = at[1] != 'v' ? 0 : strspn(at + 2, "0123456789.");

        if (digits > 0 && (at[2 + digits] == '/' || at[2 + digits] == '\0')) {
            return true;
        }
    }
    return false;
}

/* What an endpoint leaves out, before each path. */
static int32_t
set_prefix(pileus_call *call, os_way *way, os_service service,
           const pileus_value *answer)
{
    const char *project = pileus_json_string(call, answer, "token.project.id");
    char path[PILEUS_HTTP_PATH_SIZE];
    int32_t code = PILEUS_OK;

    if (os_has_version(pileus_http_endpoint(way->http))) {
        return PILEUS_OK;
    }
    (void)snprintf(way->prefix, sizeof way->prefix, "%s",
                   services[service].version);
    if (services[service].by_project && project != NULL) {
        code = pileus_http_path(call, path, services[service].version, project,
                                NULL);
        if (code == PILEUS_OK && strlen(path) < sizeof way->prefix) {
            memcpy(way->prefix, path, strlen(path) + 1);
        }
    }
    return code;
}

static int32_t
open_way(os_connection *connection, pileus_call *call, os_service service,
         const char *url, const pileus_value *answer)
{
    const pileus_http_hooks hooks = {
        .struct_size = sizeof hooks,
        .user = connection,
        .sign = os_sign,
        .explain = os_explain,
    };
    os_way *way = &connection->ways[service];
    int32_t code = PILEUS_FAILED;

    way->http = pileus_http_new_at(call, &hooks, url);
    if (way->http != NULL) {
        code = set_prefix(call, way, service, answer);
    }
    if (code == PILEUS_OK) {
        code = pileus_http_secret(way->http, call, "X-Auth-Token");
    }
    if (code == PILEUS_OK) {
        code = pileus_http_secret(way->http, call, "adminPass");
    }
    return code == PILEUS_OK
               ? pileus_http_secret(way->http, call, "private_key")
               : code;
}

static int32_t
find_way(pileus_call *call, const pileus_value *catalogue, os_service service,
         const char **url)
{
    int32_t code = PILEUS_OK;

    *url = pileus_setting(call, services[service].option);
    for (int i = 0; code == PILEUS_OK && *url == NULL && i < TYPES_MAX; i++) {
        if (services[service].types[i] != NULL) {
            code = find_service(call, catalogue, service == OS_COMPUTE,
                                services[service].types[i], url);
        }
    }
    return code;
}

int32_t
os_open_ways(os_connection *connection, pileus_call *call,
             const pileus_value *answer)
{
    const pileus_value *catalogue =
        pileus_json_get(call, answer, "token.catalog");
    int32_t code = PILEUS_OK;

    for (int i = 0; code == PILEUS_OK && i < OS_SERVICES; i++) {
        const char *url = NULL;

        code = find_way(call, catalogue, (os_service)i, &url);
        if (code == PILEUS_OK && url != NULL) {
            code = open_way(connection, call, (os_service)i, url, answer);
        }
    }
    if (code == PILEUS_OK && connection->ways[OS_COMPUTE].http == NULL) {
        code = pileus_fail(call, PILEUS_CONFIGURATION,
                           "Keystone's catalogue has no compute service for "
                           "this: name the project to work in, with 'project' "
                           "or 'project-id'");
    }
    return code;
}
