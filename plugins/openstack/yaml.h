/* YAML, as much of it as files of clouds have: maps, lists and scalars. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPENSTACK_YAML_H
#define OPENSTACK_YAML_H

#include <pileus/digest.h>
#include <pileus/driver.h>

/* What is refused as too much: bytes of a file, maps and lists inside each
 * other, things in it, and names of things that are used again. */
#define OS_YAML_SIZE_MAX 1048576
#define OS_YAML_DEPTH_MAX 32
#define OS_YAML_NODES_MAX 65536
#define OS_YAML_ANCHORS_MAX 256

typedef enum os_yaml_kind {
    OS_YAML_NULL,
    OS_YAML_SCALAR,
    OS_YAML_LIST,
    OS_YAML_MAP
} os_yaml_kind;

/* Scalars have a text, whatever YAML takes them for; quoted: it is a string
 * even if it looks like something else. */
typedef struct os_yaml_node os_yaml_node;
struct os_yaml_node {
    os_yaml_kind kind;
    bool quoted;
    uint64_t line; /* counted from 1 */
    char *text;
    uint64_t count;       /* entries of a list or map */
    os_yaml_node **names; /* of a map; NULL: a list */
    os_yaml_node **entries;
    uint64_t capacity;
    uint64_t seen;      /* by which look-up */
    bool whole;         /* all its entries are there */
    os_yaml_node *next; /* all of the document */
};

typedef struct os_yaml {
    char *path;         /* of the file, for messages */
    os_yaml_node *root; /* NULL: the file is empty */
    os_yaml_node *nodes;
    uint64_t node_count;
    uint64_t lookups;
} os_yaml;

/* Read a document, to be freed. What is wrong is PILEUS_CONFIGURATION, reported
 * with path and line, and with nothing of what stands there. */
int32_t os_yaml_parse(pileus_call *call, const char *path, const char *data,
                      size_t size, os_yaml **document);
/* Free it, and wipe its texts; NULL is allowed. */
void os_yaml_free(os_yaml *document, const pileus_host *host);

/* The value of a key of a map, also one that a merge key ("<<") brings; the
 * last if there are several, and '-' is as good as '_'. NULL: there is none, or
 * it is null, or this is no map. */
const os_yaml_node *os_yaml_get(os_yaml *document, const os_yaml_node *map,
                                const char *key);

/* PILEUS_CONFIGURATION, reported: what stands at this node must be as said. */
int32_t os_yaml_refuse(pileus_call *call, const os_yaml *document,
                       const os_yaml_node *node, const char *what);

#endif
