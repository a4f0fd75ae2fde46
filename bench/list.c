/* Lists all nodes of a provider in one of several ways, and says what it took.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pileus/pileus.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/*
 * list WAY DRIVER [OPTION=VALUE...]
 *
 * WAY: each    one after the other, as they arrive
 *      kept    all of them in a list
 *      extra   the same, and the extra of each is looked at
 *
 * Prints count=, wall= in seconds and peak_kib=, as the peers do.
 */

typedef struct tally {
    uint64_t count;
    uint64_t addresses;
    uint64_t keys;
} tally;

static int
fail(pileus_error *err)
{
    (void)fprintf(stderr, "list: %s\n", pileus_error_message(err));
    pileus_error_free(err);
    return 1;
}

/* What an application looks at: each fact that has a field. */
static bool
look(void *user, pileus_node *node)
{
    tally *of = user;

    of->count++;
    of->addresses += pileus_node_id(node) != NULL;
    of->addresses += pileus_node_name(node) != NULL;
    of->addresses += pileus_node_public_ip(node, 0) != NULL;
    of->addresses += pileus_node_state(node) == PILEUS_STATE_RUNNING;
    return true;
}

static pileus_code
list_each(tally *of, pileus_connection *conn, pileus_error **err)
{
    return pileus_node_each(conn, NULL, look, of, NULL, err);
}

static pileus_code
list_kept(tally *of, pileus_connection *conn, bool extra, pileus_error **err)
{
    pileus_list *nodes = NULL;
    pileus_code code = pileus_node_list(&nodes, conn, NULL, NULL, err);

    for (size_t i = 0; i < pileus_list_count(nodes); i++) {
        const pileus_node *node = pileus_list_node(nodes, i);

        (void)look(of, (pileus_node *)(uintptr_t)node);
        if (extra) {
            of->keys += pileus_value_count(pileus_node_extra(node));
        }
    }
    pileus_list_free(nodes);
    return code;
}

static pileus_code
set_options(pileus_options **options, char *const *pairs, pileus_error **err)
{
    pileus_code code = pileus_options_new(options, err);

    for (; code == PILEUS_OK && *pairs != NULL; pairs++) {
        char *equals = strchr(*pairs, '=');

        if (equals != NULL) {
            *equals = '\0';
            code = pileus_options_set(*options, *pairs, equals + 1, err);
        }
    }
    return code;
}

/* Peak of the memory that is in use, in KiB, as the kernel has counted. */
static long
peak_kib(void)
{
    FILE *file = fopen("/proc/self/status", "r");
    char line[128];
    long peak = 0;

    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "VmHWM:", 6) == 0) {
            peak = strtol(line + 6, NULL, 10);
        }
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return peak;
}

int
main(int argc, char **argv)
{
    struct timespec begun;
    struct timespec over;
    pileus_options *options = NULL;
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;
    tally of = {0};
    pileus_code code;

    (void)clock_gettime(CLOCK_MONOTONIC, &begun);
    if (argc < 3) {
        (void)fprintf(stderr,
                      "usage: list each|kept|extra DRIVER [KEY=VALUE...]\n");
        return 2;
    }
    code = set_options(&options, argv + 3, &err);
    if (code == PILEUS_OK) {
        code =
            pileus_connection_open(&conn, NULL, argv[2], options, NULL, &err);
    }
    if (code == PILEUS_OK) {
        code = strcmp(argv[1], "each") == 0
                   ? list_each(&of, conn, &err)
                   : list_kept(&of, conn, strcmp(argv[1], "extra") == 0, &err);
    }
    pileus_options_free(options);
    pileus_connection_unref(conn);
    if (code != PILEUS_OK) {
        return fail(err);
    }
    (void)clock_gettime(CLOCK_MONOTONIC, &over);
    (void)printf("count=%llu wall=%.3f peak_kib=%ld\n",
                 (unsigned long long)of.count,
                 (double)(over.tv_sec - begun.tv_sec) +
                     (double)(over.tv_nsec - begun.tv_nsec) / 1e9,
                 peak_kib());
    return 0;
}
