/* YAML by libyaml: from events to a tree, within limits. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

typedef struct reader {
    os_yaml *document;
    pileus_call *call;
    yaml_parser_t parser;
    os_yaml_node *open[OS_YAML_DEPTH_MAX]; /* maps and lists being read */
    os_yaml_node *name[OS_YAML_DEPTH_MAX]; /* whose value comes next */
    size_t depth;
    uint64_t documents;
    uint64_t anchors;
    struct {
        char *name;
        os_yaml_node *node;
    } anchor[OS_YAML_ANCHORS_MAX];
} reader;

/* ---- failures -------------------------------------------------------------
 */

static int32_t
refuse(const reader *at, uint64_t line, const char *what)
{
    return pileus_fail(at->call, PILEUS_CONFIGURATION,
                       "%.200s, line %llu: %s: mend the file",
                       at->document->path, (unsigned long long)line, what);
}

static int32_t
no_memory(pileus_call *call)
{
    return pileus_fail(call, PILEUS_NO_MEMORY, "no memory for a file of YAML");
}

/* libyaml's words say what is wrong, and quote nothing. */
static int32_t
explain(const reader *at, const char *data)
{
    const yaml_parser_t *parser = &at->parser;
    uint64_t line = parser->problem_mark.line + 1;
    const char *problem = parser->problem;

    if (parser->error == YAML_MEMORY_ERROR) {
        return no_memory(at->call);
    }
    if (parser->error == YAML_READER_ERROR) { /* which tells no line */
        line = 1;
        for (size_t i = 0; i < parser->problem_offset; i++) {
            line += data[i] == '\n';
        }
    }
    return refuse(at, line, problem == NULL ? "this is no YAML" : problem);
}

int32_t
os_yaml_refuse(pileus_call *call, const os_yaml *document,
               const os_yaml_node *node, const char *what)
{
    return pileus_fail(call, PILEUS_CONFIGURATION,
                       "%.200s, line %llu: %s: mend the file", document->path,
                       (unsigned long long)node->line, what);
}

/* ---- nodes ----------------------------------------------------------------
 */

/* NULL: the failure is reported. */
static os_yaml_node *
new_node(reader *at, const yaml_event_t *event, os_yaml_kind kind)
{
    os_yaml *document = at->document;
    uint64_t line = event->start_mark.line + 1;
    os_yaml_node *node;

    if (document->node_count == OS_YAML_NODES_MAX) {
        (void)refuse(at, line, "this is more than a file may have");
        return NULL;
    }
    node = calloc(1, sizeof *node);
    if (node == NULL) {
        (void)no_memory(at->call);
        return NULL;
    }
    node->kind = kind;
    node->line = line;
    node->next = document->nodes;
    document->nodes = node;
    document->node_count++;
    return node;
}

static bool
grow(os_yaml_node *node)
{
    uint64_t capacity = node->capacity == 0 ? 8 : 2 * node->capacity;
    os_yaml_node **array =
        realloc(node->entries, capacity * sizeof(os_yaml_node *));

    if (array == NULL) {
        return false;
    }
    node->entries = array;
    if (node->kind == OS_YAML_MAP) {
        array = realloc(node->names, capacity * sizeof(os_yaml_node *));
        if (array == NULL) {
            return false;
        }
        node->names = array;
    }
    node->capacity = capacity;
    return true;
}

static int32_t
append(reader *at, os_yaml_node *to, os_yaml_node *name, os_yaml_node *entry)
{
    if (to->count == to->capacity && !grow(to)) {
        return no_memory(at->call);
    }
    if (to->kind == OS_YAML_MAP) {
        to->names[to->count] = name;
    }
    to->entries[to->count++] = entry;
    return PILEUS_OK;
}

/* Put a node where it belongs: it is the root, an entry, a name or a value. */
static int32_t
place(reader *at, os_yaml_node *node)
{
    os_yaml_node *parent = at->depth == 0 ? NULL : at->open[at->depth - 1];
    os_yaml_node **name = at->depth == 0 ? NULL : &at->name[at->depth - 1];
    int32_t code;

    if (parent == NULL) {
        at->document->root = node;
        return PILEUS_OK;
    }
    if (parent->kind == OS_YAML_LIST) {
        return append(at, parent, NULL, node);
    }
    if (*name != NULL) {
        code = append(at, parent, *name, node);
        *name = NULL;
        return code;
    }
    if (node->text == NULL) {
        return refuse(at, node->line, "a name must be a word");
    }
    *name = node;
    return PILEUS_OK;
}

/* ---- events ---------------------------------------------------------------
 */

/* Those of the core schema, which say what is said without them; any other
 * wants something to be made of the text. */
static bool
is_known_tag(const yaml_char_t *tag)
{
    static const char *const known[] = {
        "!",           YAML_STR_TAG,   YAML_INT_TAG,
        YAML_BOOL_TAG, YAML_FLOAT_TAG, YAML_NULL_TAG,
        YAML_MAP_TAG,  YAML_SEQ_TAG};

    for (size_t i = 0; tag != NULL && i < sizeof known / sizeof known[0]; i++) {
        if (strcmp((const char *)tag, known[i]) == 0) {
            return true;
        }
    }
    return tag == NULL;
}

static int32_t
name_anchor(reader *at, os_yaml_node *node, const yaml_char_t *name)
{
    if (name == NULL) {
        return PILEUS_OK;
    }
    if (at->anchors == OS_YAML_ANCHORS_MAX) {
        return refuse(at, node->line, "there are more anchors than may be");
    }
    at->anchor[at->anchors].name = strdup((const char *)name);
    if (at->anchor[at->anchors].name == NULL) {
        return no_memory(at->call);
    }
    at->anchor[at->anchors++].node = node;
    return PILEUS_OK;
}

/* The same node once more, so that many of them cost nothing. */
static int32_t
on_alias(reader *at, const yaml_event_t *event)
{
    const char *name = (const char *)event->data.alias.anchor;
    uint64_t line = event->start_mark.line + 1;

    for (uint64_t i = at->anchors; i > 0; i--) { /* the last of a name */
        os_yaml_node *node = at->anchor[i - 1].node;

        if (strcmp(at->anchor[i - 1].name, name) == 0) {
            return node->whole ? place(at, node)
                               : refuse(at, line,
                                        "an alias must not be a part of what "
                                        "it stands for");
        }
    }
    return refuse(at, line, "there is no anchor of this alias' name");
}

static bool
is_null(const os_yaml_node *node)
{
    static const char *const words[] = {"", "~", "null", "Null", "NULL"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (!node->quoted && strcmp(node->text, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static int32_t
on_scalar(reader *at, const yaml_event_t *event)
{
    const char *value = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    os_yaml_node *node = new_node(at, event, OS_YAML_SCALAR);
    int32_t code;

    if (node == NULL) {
        return PILEUS_FAILED;
    }
    if (!is_known_tag(event->data.scalar.tag)) {
        return refuse(at, node->line, "this tag is not understood");
    }
    if (strlen(value) != length) {
        return refuse(at, node->line, "a text must not have a NUL");
    }
    node->text = strdup(value);
    if (node->text == NULL) {
        return no_memory(at->call);
    }
    node->whole = true;
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    code = name_anchor(at, node, event->data.scalar.anchor);
    if (code == PILEUS_OK) {
        code = place(at, node);
    }
    if (is_null(node)) {
        node->kind = OS_YAML_NULL;
    }
    return code;
}

static int32_t
on_begin(reader *at, const yaml_event_t *event, os_yaml_kind kind,
         const yaml_char_t *anchor, const yaml_char_t *tag)
{
    os_yaml_node *node = new_node(at, event, kind);
    int32_t code;

    if (node == NULL) {
        return PILEUS_FAILED;
    }
    if (!is_known_tag(tag)) {
        return refuse(at, node->line, "this tag is not understood");
    }
    if (at->depth == OS_YAML_DEPTH_MAX) {
        return refuse(at, node->line, "this is nested too deeply");
    }
    code = name_anchor(at, node, anchor);
    if (code == PILEUS_OK) {
        code = place(at, node);
    }
    at->name[at->depth] = NULL;
    at->open[at->depth++] = node;
    return code;
}

static int32_t
on_event(reader *at, const yaml_event_t *event)
{
    switch ((int)event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return ++at->documents == 1 ? PILEUS_OK
                                    : refuse(at, event->start_mark.line + 1,
                                             "a second document begins here");
    case YAML_ALIAS_EVENT:
        return on_alias(at, event);
    case YAML_SCALAR_EVENT:
        return on_scalar(at, event);
    case YAML_SEQUENCE_START_EVENT:
        return on_begin(at, event, OS_YAML_LIST,
                        event->data.sequence_start.anchor,
                        event->data.sequence_start.tag);
    case YAML_MAPPING_START_EVENT:
        return on_begin(at, event, OS_YAML_MAP,
                        event->data.mapping_start.anchor,
                        event->data.mapping_start.tag);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        at->open[--at->depth]->whole = true;
        return PILEUS_OK;
    default:
        return PILEUS_OK;
    }
}

/* ---- reading --------------------------------------------------------------
 */

static int32_t
read_events(reader *at, const char *data)
{
    bool over = false;
    int32_t code = PILEUS_OK;

    while (code == PILEUS_OK && !over) {
        yaml_event_t event;

        if (!yaml_parser_parse(&at->parser, &event)) {
            return explain(at, data);
        }
        over = event.type == YAML_STREAM_END_EVENT;
        code = on_event(at, &event);
        if (event.type == YAML_SCALAR_EVENT) {
            PILEUS_HOST(at->call)->digest->wipe(event.data.scalar.value,
                                                event.data.scalar.length);
        }
        yaml_event_delete(&event);
    }
    return code;
}

static int32_t
read_all(os_yaml *document, pileus_call *call, const char *data, size_t size)
{
    reader *at = calloc(1, sizeof *at);
    int32_t code;

    if (at == NULL || !yaml_parser_initialize(&at->parser)) {
        free(at);
        return no_memory(call);
    }
    at->document = document;
    at->call = call;
    yaml_parser_set_encoding(&at->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&at->parser, (const unsigned char *)data,
                                 size);
    code = read_events(at, data);
    yaml_parser_delete(&at->parser);
    for (uint64_t i = 0; i < at->anchors; i++) {
        free(at->anchor[i].name);
    }
    free(at);
    return code;
}

int32_t
os_yaml_parse(pileus_call *call, const char *path, const char *data,
              size_t size, os_yaml **document)
{
    os_yaml *made = calloc(1, sizeof *made);
    int32_t code;

    if (made == NULL) {
        return no_memory(call);
    }
    made->path = strdup(path);
    code =
        made->path == NULL ? no_memory(call) : read_all(made, call, data, size);
    if (code != PILEUS_OK) {
        os_yaml_free(made, PILEUS_HOST(call));
        return code;
    }
    *document = made;
    return PILEUS_OK;
}

void
os_yaml_free(os_yaml *document, const pileus_host *host)
{
    if (document == NULL) {
        return;
    }
    while (document->nodes != NULL) {
        os_yaml_node *node = document->nodes;

        document->nodes = node->next;
        if (node->text != NULL) {
            host->digest->wipe(node->text, strlen(node->text));
        }
        free(node->text);
        free(node->names);
        free(node->entries);
        free(node);
    }
    free(document->path);
    free(document);
}

/* ---- looking --------------------------------------------------------------
 */

static bool
is_name(const char *text, const char *key)
{
    while (*key != '\0' && (*text == *key || (*text == '-' && *key == '_'))) {
        text++;
        key++;
    }
    return *text == '\0' && *key == '\0';
}

static const os_yaml_node *look_up(os_yaml *document, os_yaml_node *map,
                                   const char *key);

/* In what a merge key brings: a map, or several, of which the first counts. */
static const os_yaml_node *
look_up_merged(os_yaml *document, const os_yaml_node *merged, const char *key)
{
    const os_yaml_node *found = NULL;

    for (uint64_t i = 0; found == NULL && i < merged->count; i++) {
        found = look_up(document, merged->entries[i], key);
    }
    return found;
}

/* Each map is looked at once, however many aliases lead to it; and as deeply as
 * they nest, which is bounded, since no alias is a part of itself. */
static const os_yaml_node *
look_up(os_yaml *document, os_yaml_node *map, const char *key)
{
    const os_yaml_node *found = NULL;

    if (map->kind != OS_YAML_MAP || map->seen == document->lookups) {
        return NULL;
    }
    map->seen = document->lookups;
    for (uint64_t i = map->count; i > 0; i--) {
        if (is_name(map->names[i - 1]->text, key)) {
            return map->entries[i - 1];
        }
    }
    for (uint64_t i = map->count; found == NULL && i > 0; i--) {
        os_yaml_node *entry = map->entries[i - 1];

        if (strcmp(map->names[i - 1]->text, "<<") == 0) {
            found = entry->kind == OS_YAML_LIST
                        ? look_up_merged(document, entry, key)
                        : look_up(document, entry, key);
        }
    }
    return found;
}

const os_yaml_node *
os_yaml_get(os_yaml *document, const os_yaml_node *map, const char *key)
{
    const os_yaml_node *found = NULL;

    if (map != NULL) {
        document->lookups++; /* which marks the maps that it has been to */
        found = look_up(document, (os_yaml_node *)map, key);
    }
    return found == NULL || found->kind == OS_YAML_NULL ? NULL : found;
}
