/* The set of addresses: their pools, adding to it, finding in it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "addresses.h"

#include <inttypes.h>
#include <stdlib.h>

/* ---- pools --------------------------------------------------------------- */

/* Networks that documents may use, and nobody else does (RFC 5737). */
static const struct pool {
    const char *name;
    const char *network;
} pools[] = {
    {"public", "192.0.2"},
    {"spare", "198.51.100"},
};

bool
dummy_pool_find(const char *name, size_t length, uint8_t *pool)
{
    for (uint8_t i = 0; i < sizeof pools / sizeof *pools; i++) {
        if (strlen(pools[i].name) == length &&
            memcmp(pools[i].name, name, length) == 0) {
            *pool = i;
            return true;
        }
    }
    return false;
}

const char *
dummy_pool_name(uint8_t pool)
{
    return pools[pool].name;
}

bool
dummy_pool_uses(const struct dummy_addresses *addresses, uint8_t pool,
                uint8_t host)
{
    for (size_t i = 0; i < addresses->count; i++) {
        if (addresses->items[i].pool == pool &&
            addresses->items[i].host == host) {
            return true;
        }
    }
    return false;
}

uint8_t
dummy_pool_free_host(const struct dummy_addresses *addresses, uint8_t pool)
{
    for (uint8_t host = 1; host <= DUMMY_POOL_HOSTS; host++) {
        if (!dummy_pool_uses(addresses, pool, host)) {
            return host;
        }
    }
    return 0;
}

/* ---- the set ------------------------------------------------------------- */

/* There are too few of them to be thrifty with calls for memory. */
struct dummy_address *
dummy_addresses_append(struct dummy_addresses *addresses)
{
    struct dummy_address *items =
        realloc(addresses->items, (addresses->count + 1) * sizeof *items);

    if (items == NULL) {
        return NULL;
    }
    addresses->items = items;
    memset(&items[addresses->count], 0, sizeof *items);
    return &items[addresses->count++];
}

void
dummy_addresses_remove(struct dummy_addresses *addresses,
                       struct dummy_address *address)
{
    size_t behind = addresses->count - (size_t)(address - addresses->items) - 1;

    memmove(address, address + 1, behind * sizeof *address);
    addresses->count--;
}

void
dummy_addresses_free(struct dummy_addresses *addresses)
{
    free(addresses->items);
    memset(addresses, 0, sizeof *addresses);
}

bool
dummy_addresses_copy(struct dummy_addresses *copy,
                     const struct dummy_addresses *addresses)
{
    size_t size = addresses->count * sizeof *copy->items;

    if (size > 0) {
        copy->items = malloc(size);
        if (copy->items == NULL) {
            return false;
        }
        memcpy(copy->items, addresses->items, size);
    }
    copy->count = addresses->count;
    copy->last_number = addresses->last_number;
    return true;
}

struct dummy_address *
dummy_addresses_by_id(const struct dummy_addresses *addresses, const char *id)
{
    char text[DUMMY_ADDRESS_SIZE];

    for (size_t i = 0; i < addresses->count; i++) {
        if (strcmp(dummy_address_id(&addresses->items[i], text), id) == 0) {
            return &addresses->items[i];
        }
    }
    return NULL;
}

void
dummy_addresses_forget_node(struct dummy_addresses *addresses, uint64_t serial)
{
    for (size_t i = 0; i < addresses->count; i++) {
        if (addresses->items[i].node == serial) {
            addresses->items[i].node = 0;
        }
    }
}

/* ---- texts --------------------------------------------------------------- */

const char *
dummy_address_id(const struct dummy_address *address, char *text)
{
    (void)snprintf(text, DUMMY_ADDRESS_SIZE, "%" PRIu64, address->number);
    return text;
}

const char *
dummy_address_ip(const struct dummy_address *address, char *text)
{
    (void)snprintf(text, DUMMY_ADDRESS_SIZE, "%s.%u",
                   pools[address->pool].network, (unsigned)address->host);
    return text;
}
