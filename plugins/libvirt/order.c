/* What a create is to make, as a job can own it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "order.h"

#include "uuid.h"

#include <stdlib.h>
#include <time.h>

/* A longer one leaves no room for the name of its disk's file. */
#define NAME_LENGTH_MAX 200

static int32_t
fail_memory(pileus_call *call)
{
    return pileus_fail(call, PILEUS_NO_MEMORY,
                       "memory ran out before anything was made: free some, "
                       "and try again");
}

/* A copy, or NULL for NULL. False: no memory. */
static bool
copy(char **to, const char *from)
{
    *to = from == NULL ? NULL : strdup(from);
    return from == NULL || *to != NULL;
}

/* The name becomes that of a file, and is written in XML. */
static int32_t
read_name(lv_order *order, pileus_call *call, const char *name)
{
    char made[sizeof "node-123456789abc"];

    if (name == NULL) {
        (void)snprintf(made, sizeof made, "node-%.8s%.4s", order->uuid,
                       order->uuid + 9);
        name = made;
    }
    for (const char *at = name; *at != '\0'; at++) {
        if (*at == '/' || (unsigned char)*at < ' ' || *at == 0x7f) {
            return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                               "a node's name has no '/' and no control "
                               "characters in it: choose another one");
        }
    }
    if (*name == '\0' || *name == '.' || strlen(name) > NAME_LENGTH_MAX) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "a node's name has 1 to %d bytes and does not begin "
                           "with a dot: choose another one",
                           NAME_LENGTH_MAX);
    }
    return copy(&order->name, name) ? PILEUS_OK : fail_memory(call);
}

static int32_t
read_size(lv_order *order, pileus_call *call, const lv_connection *connection,
          const char *name)
{
    const lv_sizes *sizes = &connection->settings.sizes;
    const lv_size *size =
        name == NULL ? &sizes->list[0] : lv_sizes_find(sizes, name);

    if (size == NULL) {
        return pileus_fail(call, PILEUS_NOT_FOUND,
                           "there is no size %.64s: list the sizes, or add it "
                           "to the option sizes",
                           name);
    }
    order->size = *size;
    return copy(&order->size.name, size->name) ? PILEUS_OK : fail_memory(call);
}

static int32_t
read_options(lv_order *order, pileus_call *call, const lv_settings *settings,
             const pileus_create_args *args)
{
    const char *pool = settings->pool;
    const char *network = settings->network;

    for (uint64_t i = 0; i < args->option_count; i++) {
        if (strcmp(args->options[i].name, "pool") == 0) {
            pool = args->options[i].value;
        } else if (strcmp(args->options[i].name, "network") == 0) {
            network = args->options[i].value;
        } else {
            return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                               "create_node has no option %.64s here: it has "
                               "pool and network",
                               args->options[i].name);
        }
    }
    return copy(&order->pool, pool) && copy(&order->network, network)
               ? PILEUS_OK
               : fail_memory(call);
}

static int32_t
read_tags(lv_order *order, pileus_call *call, const pileus_create_args *args)
{
    if (args->tag_count == 0) {
        return PILEUS_OK;
    }
    order->tags = calloc((size_t)args->tag_count, sizeof *order->tags);
    if (order->tags == NULL) {
        return fail_memory(call);
    }
    while (order->tag_count < args->tag_count) {
        const pileus_pair *tag = &args->tags[order->tag_count];
        char *name = strdup(tag->name);
        char *value = strdup(tag->value);

        order->tags[order->tag_count].name = name;
        order->tags[order->tag_count++].value = value;
        if (name == NULL || value == NULL) {
            return fail_memory(call);
        }
    }
    return PILEUS_OK;
}

int32_t
lv_order_read(lv_order *order, pileus_call *call,
              const lv_connection *connection, const pileus_create_args *args)
{
    struct timespec now = {0};
    int32_t code;

    if (args->location != NULL &&
        strcmp(args->location, connection->hostname) != 0) {
        return pileus_fail(call, PILEUS_NOT_FOUND,
                           "there is no location %.64s on this connection, "
                           "whose only one is %s",
                           args->location, connection->hostname);
    }
    (void)clock_gettime(CLOCK_REALTIME, &now);
    order->created_ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    if (!lv_uuid_of_token(order->uuid, args->token) ||
        !copy(&order->token, args->token) ||
        !copy(&order->image, args->image)) {
        return fail_memory(call);
    }
    code = read_name(order, call, args->name);
    if (code == PILEUS_OK) {
        code = read_size(order, call, connection, args->size);
    }
    if (code == PILEUS_OK) {
        code = read_options(order, call, &connection->settings, args);
    }
    return code == PILEUS_OK ? read_tags(order, call, args) : code;
}

void
lv_order_clear(lv_order *order)
{
    for (size_t i = 0; i < order->tag_count; i++) {
        free((char *)order->tags[i].name);
        free((char *)order->tags[i].value);
    }
    free(order->tags);
    free(order->token);
    free(order->name);
    free(order->size.name);
    free(order->image);
    free(order->pool);
    free(order->network);
    memset(order, 0, sizeof *order);
}
