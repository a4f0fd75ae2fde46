/* Networks by their names, which Neutron knows. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#include <ctype.h>
#include <stdlib.h>

static const os_list_of networks = {
    .service = OS_NETWORK,
    .path = "/networks",
    .items = "networks",
    .more = "networks_links",
};

bool
os_is_id(const char *word, size_t length)
{
    size_t digits = 0;

    for (size_t i = 0; i < length; i++) {
        bool digit = isxdigit((unsigned char)word[i]) != 0;

        if (!digit && word[i] != '-') {
            return false;
        }
        digits += digit ? 1 : 0;
    }
    return digits == 32;
}

typedef struct found {
    const char *name;
    char id[PILEUS_ID_MAX + 1];
    int count;
} found;

static int32_t
take_id(void *user, pileus_call *call, const pileus_value *item)
{
    found *sought = user;
    const char *name = pileus_json_string(call, item, "name");
    const char *id = NULL;
    int32_t code = PILEUS_OK;

    if (name == NULL || strcmp(name, sought->name) != 0) {
        return PILEUS_OK;
    }
    code = pileus_json_need_text(call, item, "id", &id);
    if (code == PILEUS_OK && sought->count++ == 0) {
        (void)snprintf(sought->id, sizeof sought->id, "%s", id);
    }
    return code;
}

static int32_t
find(os_connection *connection, pileus_call *call, found *sought)
{
    const pileus_pair by_name = {"name", sought->name};
    int32_t code =
        os_list(connection, call, &networks, &by_name, 1, take_id, sought);

    if (code == PILEUS_OK && sought->count != 1) {
        code = pileus_fail(
            call,
            sought->count == 0 ? PILEUS_NOT_FOUND : PILEUS_INVALID_ARGUMENT,
            sought->count == 0 ? "there is no network '%.64s' that this "
                                 "project can see: give another, or its id"
                               : "there are several networks '%.64s': give "
                                 "the id of one",
            sought->name);
    }
    return code;
}

/* One word of the list as an id, added to ids, which has room. */
static int32_t
add(os_connection *connection, pileus_call *call, const char *word,
    size_t length, char *ids)
{
    char name[PILEUS_ID_MAX + 1];
    found sought = {.name = name};
    size_t used = strlen(ids);
    int32_t code = PILEUS_OK;

    if (length == 0 || length > PILEUS_ID_MAX) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "the option networks is names or ids of networks, "
                           "with commas between");
    }
    (void)snprintf(name, sizeof name, "%.*s", (int)length, word);
    if (!os_is_id(word, length) && connection->ways[OS_NETWORK].http != NULL) {
        code = find(connection, call, &sought);
    } else {
        (void)snprintf(sought.id, sizeof sought.id, "%s", name);
    }
    (void)snprintf(ids + used, OS_IDS_SIZE(1), "%s%s", used == 0 ? "" : ",",
                   sought.id);
    return code;
}

int32_t
os_find_networks(os_connection *connection, pileus_call *call,
                 const char *words, char **ids)
{
    size_t count = 1;
    int32_t code = PILEUS_OK;

    for (const char *at = words; *at != '\0'; at++) {
        count += *at == ',';
    }
    *ids = calloc(1, OS_IDS_SIZE(count));
    if (*ids == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "no memory for networks");
    }
    for (bool more = true; code == PILEUS_OK && more;) {
        size_t length = strcspn(words, ",");

        code = add(connection, call, words, length, *ids);
        more = words[length] == ',';
        words += length + (more ? 1 : 0);
    }
    return code;
}
