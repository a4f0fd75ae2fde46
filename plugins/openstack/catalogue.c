/* The catalogue of services that Keystone answers with, and the ways to them.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#define TYPES_MAX 3
#define LIST_SIZE 256

/* What each is called in catalogues (the service types authority), and the
 * version that its endpoint may leave out. */
static const struct {
    const char *option; /* that overrides the endpoint */
    const char *version;
    const char *types[TYPES_MAX];
} services[OS_SERVICES] = {
    [OS_COMPUTE] = {"compute-endpoint", NULL, {"compute"}},
    [OS_IMAGE] = {"image-endpoint", "/v2", {"image"}},
    [OS_VOLUME] = {"volume-endpoint",
                   NULL,
                   {"block-storage", "volumev3", "block-store"}},
};

/* What is looked for. */
typedef struct wish {
    const char *type;
    const char *interface;
    const char *region;    /* NULL: the only one */
    char found[LIST_SIZE]; /* regions, with commas between */
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

static void
note_region(wish *wanted, const char *region)
{
    size_t used = strlen(wanted->found);

    (void)snprintf(wanted->found + used, sizeof wanted->found - used, "%s%s",
                   used == 0 ? "" : ", ", region);
}

/* The first endpoint that is right; in *count, of how many regions such were
 * found. */
static const char *
find_endpoint(pileus_call *call, const pileus_value *service, wish *wanted,
              const char *url, int *count)
{
    const pileus_value *endpoints = pileus_json_get(call, service, "endpoints");
    uint64_t entries = pileus_json_count(call, endpoints, NULL);

    for (uint64_t i = 0; i < entries; i++) {
        const pileus_value *endpoint = pileus_json_at(call, endpoints, i, NULL);
        const char *region = region_of(call, endpoint);

        if (!is(pileus_json_string(call, endpoint, "interface"),
                wanted->interface)) {
            continue;
        }
        note_region(wanted, region == NULL ? "" : region);
        if (wanted->region == NULL || is(region, wanted->region)) {
            const char *found = pileus_json_string(call, endpoint, "url");

            url = url == NULL ? found : url;
            *count += 1;
        }
    }
    return url;
}

/* PILEUS_OK with *url NULL when there is no such service here. */
static int32_t
find_service(pileus_call *call, const pileus_value *catalogue, wish *wanted,
             const char **url)
{
    uint64_t entries = pileus_json_count(call, catalogue, NULL);
    int count = 0;

    for (uint64_t i = 0; i < entries; i++) {
        const pileus_value *entry = pileus_json_at(call, catalogue, i, NULL);

        if (is(pileus_json_string(call, entry, "type"), wanted->type)) {
            *url = find_endpoint(call, entry, wanted, *url, &count);
        }
    }
    if (count > 1 && wanted->region == NULL) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "the service %s is in several regions: give "
                           "'region' as one of %s",
                           wanted->type, wanted->found);
    }
    if (*url == NULL && wanted->region != NULL && *wanted->found != '\0') {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "the service %s is not in the region %s: give "
                           "'region' as one of %s",
                           wanted->type, wanted->region, wanted->found);
    }
    return PILEUS_OK;
}

/* ---- the ways -------------------------------------------------------------
 */

static bool
ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);
    size_t size = strlen(end);

    return length >= size && strcmp(text + length - size, end) == 0;
}

static int32_t
open_way(os_connection *connection, pileus_call *call, os_service service,
         const char *url)
{
    const pileus_http_hooks hooks = {
        .struct_size = sizeof hooks,
        .user = connection,
        .sign = os_sign,
        .explain = os_explain,
    };
    os_way *way = &connection->ways[service];
    const char *version = services[service].version;
    int32_t code = PILEUS_FAILED;

    way->http = pileus_http_new_at(call, &hooks, url);
    if (way->http != NULL) {
        bool has = version == NULL ||
                   ends_with(pileus_http_endpoint(way->http), version);

        way->prefix = has ? "" : version;
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
    const char *interface = pileus_setting(call, "interface");
    int32_t code = PILEUS_OK;

    *url = pileus_setting(call, services[service].option);
    for (int i = 0; code == PILEUS_OK && *url == NULL && i < TYPES_MAX; i++) {
        wish wanted = {
            .type = services[service].types[i],
            .interface = interface == NULL ? "public" : interface,
            .region = pileus_setting(call, "region"),
        };

        if (wanted.type != NULL) {
            code = find_service(call, catalogue, &wanted, url);
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
            code = open_way(connection, call, (os_service)i, url);
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
