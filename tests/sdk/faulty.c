/* A small working driver, and, by one define each, drivers with one fault that
 * the conformance kit has to find. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pileus/driver.h>

#include <pileus/http.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#ifndef FAULT_THREADS
#define FAULT_THREADS PILEUS_THREADS_PARALLEL
#endif
#ifndef FAULT_TYPE
#define FAULT_TYPE "faulty"
#endif
#ifndef FAULT_SIZE
#define FAULT_SIZE sizeof(pileus_compute_service)
#endif

#ifndef NODES
#define NODES 4
#endif

typedef struct faulty {
    char secret[64];
    char *lost; /* what FAULT_LEAK forgets */
} faulty;

static void
rest(long ms)
{
    struct timespec time = {ms / 1000, ms % 1000 * 1000000};

    (void)nanosleep(&time, NULL);
}

#ifdef FAULT_SECOND_SYMBOL
/* Somebody forgot to say static. */
PILEUS_API int faulty_helper(void);
PILEUS_API int
faulty_helper(void)
{
    return 7;
}
#endif

/* ---- connection ------------------------------------------------------------
 */

static int32_t
faulty_open(void *state, pileus_call *call, void **connection)
{
    faulty *self = calloc(1, sizeof *self);
    const char *secret = pileus_setting(call, "token");

    (void)state;
    if (self == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "no memory");
    }
    (void)snprintf(self->secret, sizeof self->secret, "%s",
                   secret == NULL ? "" : secret);
#ifdef FAULT_PRINTS
    (void)printf("faulty opens\n");
    (void)fflush(stdout);
#endif
#ifdef FAULT_ENVIRONMENT
    (void)setenv("FAULTY_WAS_HERE", "1", 1);
#endif
    *connection = self;
    return PILEUS_OK;
}

static void
faulty_close(void *connection)
{
    faulty *self = connection;

#ifdef FAULT_DOUBLE_FREE
    free(connection);
#endif
    free(self);
}

/* ---- nodes -----------------------------------------------------------------
 */

static int32_t
put_node(pileus_sink *sink, int number, const char *name)
{
    pileus_record *record = pileus_begin(sink, PILEUS_KIND_NODE);
    char id[16];

    (void)snprintf(id, sizeof id, "%d", number);
    pileus_set_id(record, id);
    pileus_set_name(record, name);
    pileus_set_state(record, PILEUS_STATE_RUNNING, "up");
#ifdef FAULT_FAT
    static const char page[20000];

    pileus_set_blob(record, 1, page, sizeof page);
#endif
    return pileus_put(record);
}

#ifdef FAULT_LOOPS
/* The marker of the next page is never taken over. */
static int32_t
list_pages(pileus_call *call, pileus_sink *sink)
{
    int32_t code = PILEUS_OK;

    while (code == PILEUS_OK) {
        code = pileus_check(call);
        for (int i = 0; code == PILEUS_OK && i < NODES; i++) {
            code = put_node(sink, i, "loops");
        }
    }
    return code;
}
#endif

#ifdef FAULT_UNGUARDED
/* A counter of all threads' listings. */
static volatile int shared;

static int32_t
list_unguarded(pileus_sink *sink)
{
    int32_t code = PILEUS_OK;

    for (shared = 0; code == PILEUS_OK && shared < NODES; shared++) {
        rest(1);
        code = put_node(sink, shared, "shared");
    }
    return code;
}
#endif

#ifdef FAULT_SECRET
/* In a shape that the library does not know. */
static int32_t
tell_secret(const faulty *self, pileus_call *call)
{
    char hex[sizeof self->secret * 2 + 1] = "";

    for (size_t i = 0; self->secret[i] != '\0'; i++) {
        (void)snprintf(hex + i * 2, 3, "%02x", (unsigned char)self->secret[i]);
    }
    return pileus_fail(call, PILEUS_FAILED, "refused with %s", hex);
}
#endif

static int32_t
list_nodes(void *connection, pileus_call *call, const pileus_query_args *query,
           pileus_sink *sink)
{
    faulty *self = connection;
    int32_t code = PILEUS_OK;

    (void)query;
    (void)call;
    (void)self;
#if defined(FAULT_LOOPS)
    return list_pages(call, sink);
#elif defined(FAULT_UNGUARDED)
    return list_unguarded(sink);
#endif
#ifdef FAULT_EXITS
    exit(3);
#endif
#ifdef FAULT_HANGS
    for (;;) {
        rest(1000);
    }
#endif
#ifdef FAULT_DEAF
    rest(2500);
#endif
#ifdef FAULT_LEAK
    self->lost = malloc(4096);
    if (self->lost != NULL) {
        memset(self->lost, 1, 4096);
    }
#endif
#ifdef FAULT_SECRET
    return tell_secret(self, call);
#endif
#ifdef FAULT_SILENT_FAILURE
    return PILEUS_FAILED;
#endif
#ifdef FAULT_ODD_CODE
    return pileus_fail(call, 4711, "it went wrong in a way of its own");
#endif
    for (int i = 0; code == PILEUS_OK && i < NODES; i++) {
        code = put_node(sink, i, "plain");
    }
#ifdef FAULT_EARLY_END
    if (code != PILEUS_OK) {
        *(volatile int *)NULL = 7; /* a page that was freed already, say */
    }
#endif
#ifdef FAULT_TWICE
    code = code == PILEUS_OK ? put_node(sink, 1, "again") : code;
#endif
    return code;
}

static int32_t
get_node(void *connection, pileus_call *call, const char *id, pileus_sink *sink)
{
    (void)connection;
#ifdef FAULT_ANY_ID
    return put_node(sink, (int)strtol(id, NULL, 10), "any");
#endif
    if (strlen(id) != 1 || *id < '0' || *id >= '0' + NODES) {
        return pileus_fail(call, PILEUS_NOT_FOUND, "there is no such node");
    }
    return put_node(sink, *id - '0', "plain");
}

static int32_t
reboot_node(void *connection, pileus_call *call, const pileus_node *node,
            uint64_t flags, pileus_record *after)
{
    const char *id = pileus_object_id(call, node);

    (void)connection;
    (void)flags;
    (void)after;
#ifndef FAULT_EMPTY_ID
    if (id == NULL) {
        return pileus_fail(call, PILEUS_NOT_FOUND, "a node without an id");
    }
#endif
    if (strlen(id) != 1) {
        return pileus_fail(call, PILEUS_NOT_FOUND, "there is no such node");
    }
    return PILEUS_OK;
}

/* ---- tables ----------------------------------------------------------------
 */

static const void *
get_service(void *state, const char *service, uint32_t version)
{
    static const pileus_connection_service connection = {
        .struct_size = sizeof connection,
        .open = faulty_open,
        .close = faulty_close,
    };
    static const pileus_compute_service compute = {
        .struct_size = FAULT_SIZE,
#ifndef FAULT_NO_LIST
        .list_nodes = list_nodes,
#endif
#ifndef FAULT_MISSING_CALL
        .get_node = get_node,
#endif
        .reboot_node = reboot_node,
    };
    static const pileus_service_entry services[] = {
        {"connection", &connection},
        {"compute", &compute},
    };

#ifdef FAULT_ANY_SERVICE
    if (strcmp(service, "connection") != 0) {
        return &compute;
    }
#endif
    (void)state;
    return pileus_find_service(services, 2, service, version);
}

PILEUS_DRIVER(faulty, .version = "1", .type = FAULT_TYPE,
              .thread_model = FAULT_THREADS, .get_service = get_service)
