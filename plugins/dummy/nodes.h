/* The nodes of a dummy provider: a plain set of them, wherever it is kept. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DUMMY_NODES_H
#define DUMMY_NODES_H

#include "addresses.h"

/* More nodes than this are refused. */
#define DUMMY_NODES_MAX 1000000
/* Addresses count up from 127.0.0.0, and begin there again after this one. */
#define DUMMY_HOST_MAX UINT32_C(0xffffff)

struct dummy_node {
    uint64_t serial;    /* never used twice in a set */
    uint64_t number;    /* makes its id and name; 0 has no id */
    int64_t ready_ms;   /* pending until then */
    char *token;        /* idempotency token that it was made with, or NULL */
    uint32_t host;      /* its address in 127.0.0.0/8: host 258 is 127.0.1.2 */
    pileus_state state; /* running, rebooting, stopped, paused or suspended */
    bool created;       /* by create_node: it has a size and an image */
    bool resized;       /* waits to be confirmed or reverted */
};

/* Zeroed, it is empty. */
struct dummy_nodes {
    struct dummy_node *items; /* in the order of their serials */
    size_t count;
    size_t capacity;
    uint64_t last_serial;
    uint64_t last_number;             /* the highest that was ever used */
    bool unique;                      /* no number is ever used twice */
    struct dummy_addresses addresses; /* that may lead to nodes */
};

/* What a fresh set holds: the pair of libcloud's, or so many nodes. */
struct dummy_seed {
    bool pair;
    uint64_t count;
};

/* These give false, or NULL, when memory is out. */
bool dummy_nodes_seed(struct dummy_nodes *nodes, const struct dummy_seed *seed);
/* One more node, running, with the next number; token may be NULL. */
struct dummy_node *dummy_nodes_create(struct dummy_nodes *nodes,
                                      const char *token);
/* Room behind the last node for one more, which the caller fills. Its serial
 * must be higher than those before it. */
struct dummy_node *dummy_nodes_append(struct dummy_nodes *nodes);
void dummy_nodes_free(struct dummy_nodes *nodes);

/* Addresses that lead to it lead nowhere then. */
void dummy_nodes_remove(struct dummy_nodes *nodes, struct dummy_node *node);

/* NULL when there is none; the first when several have the id. */
struct dummy_node *dummy_nodes_by_id(const struct dummy_nodes *nodes,
                                     const char *id);
struct dummy_node *dummy_nodes_by_serial(const struct dummy_nodes *nodes,
                                         uint64_t serial);
struct dummy_node *dummy_nodes_by_token(const struct dummy_nodes *nodes,
                                        const char *token);

/* Its id (NULL when it has none) and its name, written into text. */
#define DUMMY_TEXT_SIZE 32
const char *dummy_node_id(const struct dummy_node *node, char *text);
const char *dummy_node_name(const struct dummy_node *node, char *text);

/* The state at a moment: pending before the node is ready. */
pileus_state dummy_node_state(const struct dummy_node *node, int64_t now_ms);

/* The provider's word for a state, of a node that was resized or not; and what
 * a word says of a struct dummy_node, false for any other word. */
const char *dummy_state_word(pileus_state state, bool resized);
bool dummy_state_parse(struct dummy_node *node, const char *word,
                       size_t length);

#endif
