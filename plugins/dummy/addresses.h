/* The addresses of a dummy provider that are kept without a node. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DUMMY_ADDRESSES_H
#define DUMMY_ADDRESSES_H

#include <pileus/driver.h>

/* A pool has the addresses .1 to .254 of its network. */
#define DUMMY_POOL_HOSTS 254

struct dummy_address {
    uint64_t number; /* its id; never used twice in a set */
    uint64_t node;   /* serial of the node that it leads to; 0: nowhere */
    uint8_t pool;
    uint8_t host;
};

/* Zeroed, it is empty. */
struct dummy_addresses {
    struct dummy_address *items; /* in the order of their numbers */
    size_t count;
    uint64_t last_number; /* the highest that was ever used */
};

/* The pool of this name; false: there is none. */
bool dummy_pool_find(const char *name, size_t length, uint8_t *pool);
const char *dummy_pool_name(uint8_t pool);
bool dummy_pool_uses(const struct dummy_addresses *addresses, uint8_t pool,
                     uint8_t host);
/* The lowest host of a pool that is not in use; 0: all are. */
uint8_t dummy_pool_free_host(const struct dummy_addresses *addresses,
                             uint8_t pool);

/* Room behind the last address for one more, which the caller fills; NULL: no
 * memory. Its number must be higher than those before it. */
struct dummy_address *dummy_addresses_append(struct dummy_addresses *addresses);
void dummy_addresses_remove(struct dummy_addresses *addresses,
                            struct dummy_address *address);
void dummy_addresses_free(struct dummy_addresses *addresses);

/* Into *copy, which is empty; false: no memory. */
bool dummy_addresses_copy(struct dummy_addresses *copy,
                          const struct dummy_addresses *addresses);

/* NULL when there is none. */
struct dummy_address *
dummy_addresses_by_id(const struct dummy_addresses *addresses, const char *id);
/* Those that lead to a node lead nowhere from now on. */
void dummy_addresses_forget_node(struct dummy_addresses *addresses,
                                 uint64_t serial);

/* Its id and the address itself, written into text. */
#define DUMMY_ADDRESS_SIZE 32
const char *dummy_address_id(const struct dummy_address *address, char *text);
const char *dummy_address_ip(const struct dummy_address *address, char *text);

#endif
