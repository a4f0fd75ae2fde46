/* External networks, of which floating addresses are. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#define NAMES_SIZE 256

static const os_list_of networks = {
    .service = OS_NETWORK,
    .path = "/networks",
    .items = "networks",
    .more = "networks_links",
};

typedef struct pools {
    const char *name; /* NULL: any */
    char id[PILEUS_ID_MAX + 1];
    uint64_t count;
    bool usual;             /* the operator has named one, which is that */
    char names[NAMES_SIZE]; /* with commas between */
} pools;

static int32_t
take_pool(void *user, pileus_call *call, const pileus_value *network)
{
    pools *found = user;
    const char *name = pileus_json_string(call, network, "name");
    bool usual = found->name == NULL &&
                 pileus_json_boolean(call, network, "is_default", false);
    size_t used = strlen(found->names);
    const char *id = NULL;
    int32_t code = pileus_json_need_text(call, network, "id", &id);

    if (code != PILEUS_OK ||
        (found->name != NULL &&
         (name == NULL || strcmp(name, found->name) != 0))) {
        return code;
    }
    if (found->count++ == 0 || (usual && !found->usual)) {
        (void)snprintf(found->id, sizeof found->id, "%s", id);
    }
    found->usual = found->usual || usual;
    (void)snprintf(found->names + used, sizeof found->names - used, "%s%s",
                   used == 0 ? "" : ", ", name == NULL ? id : name);
    return PILEUS_OK;
}

static int32_t
judge(pileus_call *call, const pools *found)
{
    if (found->count == 0 && found->name != NULL) {
        return pileus_fail(call, PILEUS_NOT_FOUND,
                           "there is no external network '%.64s' that this "
                           "project can see: give another, or its id",
                           found->name);
    }
    if (found->count == 0) {
        return pileus_fail(call, PILEUS_NOT_FOUND,
                           "there is no external network that this project "
                           "can see, so there are no addresses to have: ask "
                           "the operator for one");
    }
    if (found->count > 1 && found->name != NULL) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "there are several external networks '%.64s': give "
                           "the id of one",
                           found->name);
    }
    return found->count > 1 && !found->usual
               ? pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                             "there are several external networks: give as "
                             "pool one of %s",
                             found->names)
               : PILEUS_OK;
}

int32_t
os_find_pool(os_connection *connection, pileus_call *call, const char *pool,
             char id[PILEUS_ID_MAX + 1])
{
    pools found = {.name = pool};
    const pileus_pair conditions[] = {
        {"router:external", "true"},
        {"name", pool},
    };
    int32_t code;

    if (pool != NULL && os_is_id(pool, strlen(pool))) {
        (void)snprintf(id, PILEUS_ID_MAX + 1, "%s", pool);
        return PILEUS_OK;
    }
    code = os_list(connection, call, &networks, conditions,
                   sizeof conditions / sizeof conditions[0], take_pool, &found);
    if (code == PILEUS_OK) {
        code = judge(call, &found);
    }
    memcpy(id, found.id, sizeof found.id);
    return code;
}
