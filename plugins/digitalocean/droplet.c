/* Droplets: DigitalOcean's nodes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "digitalocean.h"

int32_t
do_droplet_path(char path[PILEUS_HTTP_PATH_SIZE], pileus_call *call,
                const char *id, const char *after)
{
    return pileus_http_path(call, path, "/v2/droplets", id, after);
}

static pileus_state
state_of(const char *word)
{
    static const struct {
        const char *word;
        pileus_state state;
    } states[] = {
        {"new", PILEUS_STATE_PENDING},
        {"active", PILEUS_STATE_RUNNING},
        {"off", PILEUS_STATE_STOPPED},
        {"archive", PILEUS_STATE_TERMINATED},
    };

    for (size_t i = 0; word != NULL && i < sizeof states / sizeof states[0];
         i++) {
        if (strcmp(states[i].word, word) == 0) {
            return states[i].state;
        }
    }
    return PILEUS_STATE_UNKNOWN;
}

/* The addresses of one family. */
static void
add_addresses(pileus_call *call, pileus_record *record,
              const pileus_value *networks)
{
    uint64_t count = pileus_json_count(call, networks, NULL);

    for (uint64_t i = 0; i < count; i++) {
        const pileus_value *network = pileus_json_at(call, networks, i, NULL);
        const char *type = pileus_json_string(call, network, "type");
        const char *address = pileus_json_string(call, network, "ip_address");

        if (address != NULL && type != NULL && strcmp(type, "private") == 0) {
            pileus_add_private_ip(record, address);
        } else if (address != NULL) {
            pileus_add_public_ip(record, address);
        }
    }
}

static void
set_size_and_image(pileus_call *call, pileus_record *record,
                   const pileus_value *droplet)
{
    const pileus_value *size = pileus_json_get(call, droplet, "size");
    const char *slug = pileus_json_string(call, droplet, "size_slug");
    const char *image = pileus_json_text(call, droplet, "image.id");

    if (slug != NULL) {
        pileus_record *nested = pileus_nested(record, PILEUS_FIELD_SIZE);

        do_fill_size(call, nested, size);
        pileus_set_id(nested, slug);
    }
    if (image != NULL) {
        pileus_record *nested = pileus_nested(record, PILEUS_FIELD_IMAGE);

        pileus_set_id(nested, image);
        pileus_set_name(nested,
                        pileus_json_string(call, droplet, "image.name"));
    }
}

int32_t
do_put_droplet(pileus_call *call, const pileus_value *droplet,
               pileus_sink *sink)
{
    static const char *const known[] = {"id", "name", "status", "region", NULL};
    const char *word = pileus_json_string(call, droplet, "status");
    const char *id = NULL;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, droplet, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_NODE);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, droplet, "name"));
    pileus_set_state(record, state_of(word), word);
    add_addresses(call, record, pileus_json_get(call, droplet, "networks.v4"));
    add_addresses(call, record, pileus_json_get(call, droplet, "networks.v6"));
    set_size_and_image(call, record, droplet);
    pileus_set_string(record, PILEUS_FIELD_LOCATION,
                      pileus_json_string(call, droplet, "region.slug"));
    pileus_set_json_time(record, PILEUS_FIELD_CREATED_AT, call, droplet,
                         "created_at");
    do_read_tags(call, record, pileus_json_get(call, droplet, "tags"));
    pileus_extra_rest(record, call, droplet, known);
    pileus_extra_string(record, "region",
                        pileus_json_string(call, droplet, "region.name"));
    return pileus_put(record);
}

/* ---- list_nodes, get_node ------------------------------------------------ */

static int32_t
put_listed(void *user, pileus_call *call, const pileus_value *item)
{
    const do_listing *listing = user;

    return do_put_droplet(call, item, listing->sink);
}

/* The first tag that the provider can be asked for: it takes one, and no other
 * condition with it. */
static bool
tag_to_ask(const pileus_query_args *query, char word[DO_TAG_SIZE])
{
    for (uint64_t i = 0; i < query->tag_count; i++) {
        if (query->tags[i].value != NULL &&
            do_tag_word(&query->tags[i], word)) {
            return true;
        }
    }
    return false;
}

int32_t
do_list_nodes(void *connection, pileus_call *call,
              const pileus_query_args *query, pileus_sink *sink)
{
    do_listing listing = {.sink = sink};
    char word[DO_TAG_SIZE];
    bool by_tag =
        pileus_query_filter(query, "type") == NULL && tag_to_ask(query, word);
    const pileus_pair conditions[] = {
        {"tag_name", by_tag ? word : NULL},
        {"name", by_tag ? NULL : query->name},
        {"type", pileus_query_filter(query, "type")},
    };

    return do_list(connection, call, "/v2/droplets", conditions,
                   sizeof conditions / sizeof conditions[0], "droplets",
                   put_listed, &listing);
}

/* What the provider says of one droplet. */
static int32_t
get_droplet(const do_connection *connection, pileus_call *call, const char *id,
            pileus_response **response, const pileus_value **droplet)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    const pileus_value *answer = NULL;
    int32_t code = do_droplet_path(path, call, id, NULL);

    if (code == PILEUS_OK) {
        code = do_send(connection, call, "GET", path, NULL, response, &answer);
    }
    if (code == PILEUS_OK) {
        *droplet = pileus_json_get(call, answer, "droplet");
    }
    return code;
}

int32_t
do_get_node(void *connection, pileus_call *call, const char *id,
            pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *droplet = NULL;
    int32_t code = get_droplet(connection, call, id, &response, &droplet);

    if (code == PILEUS_OK) {
        code = do_put_droplet(call, droplet, sink);
    }
    pileus_response_free(response);
    return code;
}

int32_t
do_is_off(const do_connection *connection, pileus_call *call, const char *id,
          bool *off)
{
    pileus_response *response = NULL;
    const pileus_value *droplet = NULL;
    const char *status = NULL;
    int32_t code = get_droplet(connection, call, id, &response, &droplet);

    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, droplet, "status", &status);
    }
    if (code == PILEUS_OK) {
        *off = state_of(status) == PILEUS_STATE_STOPPED;
    }
    pileus_response_free(response);
    return code;
}
