/* The set of nodes: seeding it, adding to it, finding in it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "nodes.h"

#include <inttypes.h>
#include <stdlib.h>

#define FIRST_CAPACITY 8

struct dummy_node *
dummy_nodes_append(struct dummy_nodes *nodes)
{
    struct dummy_node *node;

    if (nodes->count == nodes->capacity) {
        size_t capacity = nodes->capacity == 0
                              ? FIRST_CAPACITY
                              : nodes->capacity + nodes->capacity / 2;
        struct dummy_node *items = NULL;

        if (capacity <= SIZE_MAX / sizeof *items) {
            items = realloc(nodes->items, capacity * sizeof *items);
        }
        if (items == NULL) {
            return NULL;
        }
        nodes->items = items;
        nodes->capacity = capacity;
    }
    node = &nodes->items[nodes->count++];
    memset(node, 0, sizeof *node);
    return node;
}

static struct dummy_node *
add(struct dummy_nodes *nodes, uint64_t number, uint64_t host)
{
    struct dummy_node *node = dummy_nodes_append(nodes);

    if (node != NULL) {
        node->serial = ++nodes->last_serial;
        node->number = number;
        node->host = (uint32_t)(host & DUMMY_HOST_MAX);
        node->state = PILEUS_STATE_RUNNING;
        if (number > nodes->last_number) {
            nodes->last_number = number;
        }
    }
    return node;
}

bool
dummy_nodes_seed(struct dummy_nodes *nodes, const struct dummy_seed *seed)
{
    if (seed->pair) {
        /* libcloud gives both the same address. */
        return add(nodes, 1, 1) != NULL && add(nodes, 2, 1) != NULL;
    }
    for (uint64_t i = 0; i < seed->count; i++) {
        if (add(nodes, i, i + 1) == NULL) {
            return false;
        }
    }
    /* So that the next number is libcloud's, one more than there are nodes. */
    nodes->last_number = seed->count;
    return true;
}

struct dummy_node *
dummy_nodes_create(struct dummy_nodes *nodes, const char *token)
{
    uint64_t number =
        nodes->unique ? nodes->last_number + 1 : (uint64_t)nodes->count + 1;
    char *copy = token == NULL ? NULL : strdup(token);
    struct dummy_node *node = NULL;

    if (token == NULL || copy != NULL) {
        node = add(nodes, number, number);
    }
    if (node == NULL) {
        free(copy);
        return NULL;
    }
    node->token = copy;
    node->created = true;
    return node;
}

void
dummy_nodes_free(struct dummy_nodes *nodes)
{
    for (size_t i = 0; i < nodes->count; i++) {
        free(nodes->items[i].token);
    }
    free(nodes->items);
    dummy_addresses_free(&nodes->addresses);
    memset(nodes, 0, sizeof *nodes);
}

void
dummy_nodes_remove(struct dummy_nodes *nodes, struct dummy_node *node)
{
    size_t behind = nodes->count - (size_t)(node - nodes->items) - 1;

    dummy_addresses_forget_node(&nodes->addresses, node->serial);
    free(node->token);
    memmove(node, node + 1, behind * sizeof *node);
    nodes->count--;
}

struct dummy_node *
dummy_nodes_by_id(const struct dummy_nodes *nodes, const char *id)
{
    uint64_t number = 0;

    /* Only what dummy_node_id gives is an id: "03" is none. */
    if (*id == '0') {
        return NULL;
    }
    for (const char *at = id; *at != '\0'; at++) {
        uint64_t digit = (uint64_t)(*at - '0');

        if (*at < '0' || *at > '9' || number > (UINT64_MAX - digit) / 10) {
            return NULL;
        }
        number = number * 10 + digit;
    }
    for (size_t i = 0; number != 0 && i < nodes->count; i++) {
        if (nodes->items[i].number == number) {
            return &nodes->items[i];
        }
    }
    return NULL;
}

static int
compare_serial(const void *key, const void *item)
{
    uint64_t serial = *(const uint64_t *)key;
    uint64_t other = ((const struct dummy_node *)item)->serial;

    return serial < other ? -1 : serial > other;
}

struct dummy_node *
dummy_nodes_by_serial(const struct dummy_nodes *nodes, uint64_t serial)
{
    return nodes->count == 0 ? NULL
                             : bsearch(&serial, nodes->items, nodes->count,
                                       sizeof *nodes->items, compare_serial);
}

struct dummy_node *
dummy_nodes_by_token(const struct dummy_nodes *nodes, const char *token)
{
    for (size_t i = 0; i < nodes->count; i++) {
        const char *its = nodes->items[i].token;

        if (its != NULL && strcmp(its, token) == 0) {
            return &nodes->items[i];
        }
    }
    return NULL;
}

const char *
dummy_node_id(const struct dummy_node *node, char *text)
{
    (void)snprintf(text, DUMMY_TEXT_SIZE, "%" PRIu64, node->number);
    return node->number == 0 ? NULL : text;
}

const char *
dummy_node_name(const struct dummy_node *node, char *text)
{
    (void)snprintf(text, DUMMY_TEXT_SIZE, "dummy-%" PRIu64, node->number);
    return text;
}

pileus_state
dummy_node_state(const struct dummy_node *node, int64_t now_ms)
{
    return node->ready_ms > now_ms ? PILEUS_STATE_PENDING : node->state;
}

static const struct state_word {
    const char *word;
    pileus_state state;
    bool resized;
    bool kept; /* a struct dummy_node may have it */
} words[] = {
    {"running", PILEUS_STATE_RUNNING, false, true},
    {"resized", PILEUS_STATE_RUNNING, true, true},
    {"rebooting", PILEUS_STATE_REBOOTING, false, true},
    {"terminated", PILEUS_STATE_TERMINATED, false, false},
    {"pending", PILEUS_STATE_PENDING, false, false},
    {"stopped", PILEUS_STATE_STOPPED, false, true},
    {"resized-stopped", PILEUS_STATE_STOPPED, true, true},
    {"paused", PILEUS_STATE_PAUSED, false, true},
    {"suspended", PILEUS_STATE_SUSPENDED, false, true},
};
#define WORD_COUNT (sizeof words / sizeof *words)

const char *
dummy_state_word(pileus_state state, bool resized)
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        if (words[i].state == state && words[i].resized == resized) {
            return words[i].word;
        }
    }
    return NULL;
}

bool
dummy_state_parse(struct dummy_node *node, const char *word, size_t length)
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        if (words[i].kept && strlen(words[i].word) == length &&
            memcmp(words[i].word, word, length) == 0) {
            node->state = words[i].state;
            node->resized = words[i].resized;
            return true;
        }
    }
    return false;
}
