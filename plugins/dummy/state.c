/* Writing and reading the state file's text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "state.h"

#include <inttypes.h>
#include <stdlib.h>

#define WHOSE "pileus-dummy"
#define MAGIC WHOSE " "
#define FORMAT 2 /* the newest */
/* Numbers in a file are at most this: there is room to count on from it. */
#define NUMBER_MAX ((uint64_t)INT64_MAX)

static uint64_t
checksum(const char *data, size_t size)
{
    uint64_t sum = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < size; i++) {
        sum = (sum ^ (unsigned char)data[i]) * UINT64_C(0x100000001b3);
    }
    return sum;
}

/* ---- writing ------------------------------------------------------------ */

static void
write_node(FILE *out, const struct dummy_node *node)
{
    (void)fprintf(
        out, "node %" PRIu64 " %" PRIu64 " %" PRIu32 " %s %" PRId64 " %s%s%s\n",
        node->serial, node->number, node->host,
        dummy_state_word(node->state, node->resized), node->ready_ms,
        node->created ? "created" : "seeded", node->token == NULL ? "" : " ",
        node->token == NULL ? "" : node->token);
}

static void
write_address(FILE *out, const struct dummy_address *address)
{
    (void)fprintf(out, "address %" PRIu64 " %s %u %" PRIu64 "\n",
                  address->number, dummy_pool_name(address->pool),
                  (unsigned)address->host, address->node);
}

/* The oldest format that has a word for all that there is. */
static int
format_of(const struct dummy_nodes *nodes)
{
    int format = nodes->addresses.last_number > 0 ? 2 : 1;

    for (size_t i = 0; i < nodes->count; i++) {
        format = nodes->items[i].resized ? 2 : format;
    }
    return format;
}

static void
write_lines(FILE *out, const struct dummy_nodes *nodes)
{
    int format = format_of(nodes);

    (void)fprintf(out, MAGIC "%d\nlast %" PRIu64 " %" PRIu64, format,
                  nodes->last_serial, nodes->last_number);
    if (format > 1) {
        (void)fprintf(out, " %" PRIu64, nodes->addresses.last_number);
    }
    (void)fputc('\n', out);
    for (size_t i = 0; i < nodes->count; i++) {
        write_node(out, &nodes->items[i]);
    }
    for (size_t i = 0; i < nodes->addresses.count; i++) {
        write_address(out, &nodes->addresses.items[i]);
    }
}

bool
dummy_state_encode(const struct dummy_nodes *nodes, char **data, size_t *size)
{
    FILE *out = open_memstream(data, size);
    bool ok;

    if (out == NULL) {
        *data = NULL;
        return false;
    }
    write_lines(out, nodes);
    ok = fflush(out) == 0;
    if (ok) {
        (void)fprintf(out, "end %zu %016" PRIx64 "\n",
                      nodes->count + nodes->addresses.count,
                      checksum(*data, *size));
        ok = ferror(out) == 0;
    }
    ok = fclose(out) == 0 && ok;
    if (!ok) {
        free(*data);
        *data = NULL;
    }
    return ok;
}

/* ---- reading: words ----------------------------------------------------- */

/* What is left to read of the text, or of a line. */
struct span {
    const char *at;
    const char *end;
};

/* The next line, without its line break, which must be there. */
static bool
take_line(struct span *text, struct span *line)
{
    const char *end = NULL;

    if (text->at < text->end) {
        end = memchr(text->at, '\n', (size_t)(text->end - text->at));
    }
    if (end == NULL) {
        return false;
    }
    line->at = text->at;
    line->end = end;
    text->at = end + 1;
    return true;
}

/* The next word of the line, and the blank behind it. */
static struct span
take_word(struct span *line)
{
    struct span word = {line->at, line->at};

    while (word.end < line->end && *word.end != ' ') {
        word.end++;
    }
    line->at = word.end < line->end ? word.end + 1 : word.end;
    return word;
}

static bool
take_this(struct span *line, const char *wanted)
{
    struct span word = take_word(line);
    size_t length = strlen(wanted);

    return (size_t)(word.end - word.at) == length &&
           memcmp(word.at, wanted, length) == 0;
}

static bool
take_number(struct span *line, uint64_t max, uint64_t *value)
{
    struct span word = take_word(line);
    uint64_t number = 0;

    for (const char *at = word.at; at < word.end; at++) {
        if (*at < '0' || *at > '9' || number > NUMBER_MAX / 10) {
            return false;
        }
        number = number * 10 + (uint64_t)(*at - '0');
    }
    *value = number;
    return word.at < word.end && number <= max;
}

/* ---- reading: lines ----------------------------------------------------- */

/* A line of a node. PILEUS_CONFIGURATION when it is none; nothing is reported
 * yet. */
static pileus_code
read_node(struct dummy_nodes *nodes, struct span line)
{
    uint64_t before =
        nodes->count == 0 ? 0 : nodes->items[nodes->count - 1].serial;
    struct dummy_node *node = dummy_nodes_append(nodes);
    struct span word;
    uint64_t host = 0;
    uint64_t ready = 0;

    if (node == NULL) {
        return PILEUS_NO_MEMORY;
    }
    if (!take_this(&line, "node") ||
        !take_number(&line, nodes->last_serial, &node->serial) ||
        node->serial <= before ||
        !take_number(&line, nodes->last_number, &node->number) ||
        !take_number(&line, DUMMY_HOST_MAX, &host)) {
        return PILEUS_CONFIGURATION;
    }
    node->host = (uint32_t)host;
    word = take_word(&line);
    if (!dummy_state_parse(node, word.at, (size_t)(word.end - word.at)) ||
        !take_number(&line, NUMBER_MAX, &ready)) {
        return PILEUS_CONFIGURATION;
    }
    node->ready_ms = (int64_t)ready;
    word = line;
    node->created = take_this(&line, "created");
    if (!node->created && (!take_this(&word, "seeded") || word.at < word.end)) {
        return PILEUS_CONFIGURATION;
    }
    if (node->created && line.at < line.end) {
        node->token = strndup(line.at, (size_t)(line.end - line.at));
        return node->token == NULL ? PILEUS_NO_MEMORY : PILEUS_OK;
    }
    return PILEUS_OK;
}

/* A line of an address; the lines of the nodes come before. */
static pileus_code
read_address(struct dummy_nodes *nodes, struct span line)
{
    struct dummy_addresses *addresses = &nodes->addresses;
    uint64_t before = addresses->count == 0
                          ? 0
                          : addresses->items[addresses->count - 1].number;
    struct dummy_address read = {0};
    struct dummy_address *address;
    struct span word;
    uint64_t host = 0;

    if (!take_this(&line, "address") ||
        !take_number(&line, addresses->last_number, &read.number) ||
        read.number <= before) {
        return PILEUS_CONFIGURATION;
    }
    word = take_word(&line);
    if (!dummy_pool_find(word.at, (size_t)(word.end - word.at), &read.pool) ||
        !take_number(&line, DUMMY_POOL_HOSTS, &host) || host == 0 ||
        !take_number(&line, nodes->last_serial, &read.node) ||
        line.at < line.end) {
        return PILEUS_CONFIGURATION;
    }
    read.host = (uint8_t)host;
    if (dummy_pool_uses(addresses, read.pool, read.host) ||
        (read.node != 0 && dummy_nodes_by_serial(nodes, read.node) == NULL)) {
        return PILEUS_CONFIGURATION;
    }
    address = dummy_addresses_append(addresses);
    if (address == NULL) {
        return PILEUS_NO_MEMORY;
    }
    *address = read;
    return PILEUS_OK;
}

/* The line behind the first: the highest numbers that were ever given. */
static bool
read_last(struct dummy_nodes *nodes, struct span line, uint64_t format)
{
    return take_this(&line, "last") &&
           take_number(&line, NUMBER_MAX, &nodes->last_serial) &&
           take_number(&line, NUMBER_MAX, &nodes->last_number) &&
           (format == 1 ||
            take_number(&line, NUMBER_MAX, &nodes->addresses.last_number)) &&
           line.at == line.end;
}

/* A line of a node or, from format 2 on and behind all nodes, an address. */
static pileus_code
read_item(struct dummy_nodes *nodes, struct span line, uint64_t format)
{
    struct span word = line;

    if (format > 1 && take_this(&word, "address")) {
        return read_address(nodes, line);
    }
    return nodes->count < DUMMY_NODES_MAX && nodes->addresses.count == 0
               ? read_node(nodes, line)
               : PILEUS_CONFIGURATION;
}

/* All lines but the last. *number counts them. */
static pileus_code
read_lines(struct dummy_nodes *nodes, struct span text, size_t *number)
{
    struct span line;
    uint64_t format = 0;
    pileus_code code = PILEUS_OK;

    *number = 1;
    if (!take_line(&text, &line) || !take_this(&line, WHOSE) ||
        !take_number(&line, FORMAT, &format) || format == 0 ||
        line.at < line.end) {
        return PILEUS_CONFIGURATION;
    }
    *number = 2;
    if (!take_line(&text, &line) || !read_last(nodes, line, format)) {
        return PILEUS_CONFIGURATION;
    }
    while (code == PILEUS_OK && take_line(&text, &line)) {
        ++*number;
        code = read_item(nodes, line, format);
    }
    return code;
}

/* Cut the last line off the text, and check the text against it. */
static bool
check_end(struct span *text, uint64_t *count)
{
    const char *begin = text->at;
    struct span last;
    char sum[17];

    if (text->end == begin || text->end[-1] != '\n') {
        return false;
    }
    last.end = text->end - 1;
    last.at = last.end;
    while (last.at > begin && last.at[-1] != '\n') {
        last.at--;
    }
    text->end = last.at;
    (void)snprintf(sum, sizeof sum, "%016" PRIx64,
                   checksum(begin, (size_t)(last.at - begin)));
    return take_this(&last, "end") && take_number(&last, NUMBER_MAX, count) &&
           take_this(&last, sum) && last.at == last.end;
}

/* Check the first line: whose file is it, and of which format? */
static int32_t
check_begin(const struct span *text, pileus_call *call, const char *path)
{
    const size_t length = strlen(MAGIC);
    size_t size = (size_t)(text->end - text->at);
    struct span rest = *text;
    struct span line;
    uint64_t format = 0;

    if (memcmp(text->at, MAGIC, size < length ? size : length) != 0) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "%s is not a state file of the dummy driver: name "
                           "another file",
                           path);
    }
    /* A file that is cut short is found out later. */
    if (size >= length && take_line(&rest, &line)) {
        line.at += length;
        if (take_number(&line, NUMBER_MAX, &format) && format > FORMAT) {
            return pileus_fail(call, PILEUS_CONFIGURATION,
                               "state file %s has format %" PRIu64
                               ", and this driver knows up to %d: use a newer "
                               "pileus, or name another file",
                               path, format, FORMAT);
        }
    }
    return PILEUS_OK;
}

int32_t
dummy_state_decode(struct dummy_nodes *nodes, pileus_call *call,
                   const char *path, const char *data, size_t size)
{
    struct span text = {data, data + size};
    uint64_t count = 0;
    size_t number = 0;
    int32_t code = check_begin(&text, call, path);

    if (code != PILEUS_OK) {
        return code;
    }
    if (!check_end(&text, &count)) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "state file %s is damaged or cut short, and is left "
                           "as it is: restore it from a copy, or remove it to "
                           "begin anew",
                           path);
    }
    code = read_lines(nodes, text, &number);
    if (code == PILEUS_NO_MEMORY) {
        return pileus_fail(call, code, "no memory for the nodes of %s", path);
    }
    if (code != PILEUS_OK || nodes->count + nodes->addresses.count != count) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "line %zu of state file %s makes no sense, and the "
                           "file is left as it is: restore it from a copy, or "
                           "remove it to begin anew",
                           number, path);
    }
    return PILEUS_OK;
}
