/* The whole life of a node, on any driver:
 *
 *     lifecycle DRIVER [OPTION=VALUE]...
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pileus/pileus.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NODE_NAME "pileus-lifecycle"

/* Tell what failed. What a failed create left behind costs money: name it. */
static bool
failed(const char *step, pileus_error *err)
{
    (void)fprintf(stderr, "lifecycle: %s: %s\n", step,
                  pileus_error_message(err));
    if (pileus_error_made_id(err) != NULL) {
        (void)fprintf(stderr, "lifecycle: node %s exists all the same\n",
                      pileus_error_made_id(err));
    }
    pileus_error_free(err);
    return false;
}

static void
show(const char *step, const pileus_node *node)
{
    const char *id = pileus_node_id(node);
    const char *name = pileus_node_name(node);
    const char *address = pileus_node_public_ip(node, 0);

    if (address == NULL) {
        address = pileus_node_private_ip(node, 0);
    }

    (void)printf("%-10s %-38s %-20s %-12s %s\n", step, id == NULL ? "-" : id,
                 name == NULL ? "-" : name,
                 pileus_state_name(pileus_node_state(node)),
                 address == NULL ? "" : address);
}

static bool
show_listed(void *user, pileus_node *node)
{
    (void)user;
    show("listed", node);
    return true;
}

static bool
list(pileus_connection *conn)
{
    pileus_error *err = NULL;

    return pileus_node_each(conn, NULL, show_listed, NULL, NULL, &err) ==
               PILEUS_OK ||
           failed("list", err);
}

/* Wait until the node is in that state, and show its newest facts. */
static bool
wait_until(pileus_node *node, pileus_state state)
{
    pileus_error *err = NULL;
    pileus_node *newest = NULL;

    if (pileus_node_wait(&newest, node, state, NULL, &err) != PILEUS_OK) {
        return failed("wait", err);
    }
    show("waited", newest);
    pileus_node_unref(newest);
    return true;
}

static pileus_node *
create(pileus_connection *conn)
{
    pileus_error *err = NULL;
    pileus_node *node = NULL;
    pileus_node_spec *spec = NULL;

    if (pileus_node_spec_new(&spec, &err) != PILEUS_OK ||
        pileus_node_spec_set_name(spec, NODE_NAME, &err) != PILEUS_OK ||
        pileus_node_create(&node, conn, spec, NULL, &err) != PILEUS_OK) {
        (void)failed("create", err);
    }
    pileus_node_spec_free(spec);
    return node;
}

/* Each verb leaves in the handle the state that then holds. */
typedef pileus_code (*verb_fn)(pileus_node *node, uint64_t flags,
                               pileus_call *call, pileus_error **err);

static bool
do_verb(const char *name, verb_fn verb, uint64_t flags, pileus_node *node)
{
    pileus_error *err = NULL;

    if (verb(node, flags, NULL, &err) != PILEUS_OK) {
        return failed(name, err);
    }
    show(name, node);
    return true;
}

static bool
live(pileus_connection *conn)
{
    pileus_node *node = NULL;
    bool lived = list(conn) && (node = create(conn)) != NULL;

    if (!lived) {
        return false;
    }
    show("created", node);
    lived = wait_until(node, PILEUS_STATE_RUNNING) &&
            do_verb("rebooted", pileus_node_reboot, 0, node) &&
            do_verb("stopped", pileus_node_stop, PILEUS_HARD, node) &&
            wait_until(node, PILEUS_STATE_STOPPED) &&
            do_verb("started", pileus_node_start, 0, node) &&
            wait_until(node, PILEUS_STATE_RUNNING);
    /* Whatever came of it, do not leave the node behind. */
    lived = do_verb("destroyed", pileus_node_destroy, 0, node) && lived;
    pileus_node_unref(node);
    return lived && list(conn);
}

/* Options from the command line, each NAME=VALUE. */
static pileus_options *
read_options(char **words)
{
    pileus_error *err = NULL;
    pileus_options *options = NULL;
    pileus_code code = pileus_options_new(&options, &err);

    for (; code == PILEUS_OK && *words != NULL; words++) {
        char *value = strchr(*words, '=');

        if (value == NULL) {
            (void)fprintf(stderr, "lifecycle: %s is not OPTION=VALUE\n",
                          *words);
            pileus_options_free(options);
            return NULL;
        }
        *value = '\0';
        code = pileus_options_set(options, *words, value + 1, &err);
    }
    if (code != PILEUS_OK) {
        (void)failed("options", err);
        pileus_options_free(options);
        return NULL;
    }
    return options;
}

int
main(int argc, char **argv)
{
    pileus_error *err = NULL;
    pileus_connection *conn = NULL;
    pileus_options *options;
    bool lived = false;

    if (argc < 2) {
        (void)fprintf(stderr, "usage: lifecycle DRIVER [OPTION=VALUE]...\n");
        return 2;
    }
    options = read_options(argv + 2);
    if (options == NULL) {
        return 2;
    }
    if (pileus_connection_open(&conn, NULL, argv[1], options, NULL, &err) !=
        PILEUS_OK) {
        (void)failed("open", err);
    } else {
        lived = live(conn);
    }
    pileus_options_free(options);
    pileus_connection_unref(conn); /* the last reference closes it */
    return lived ? EXIT_SUCCESS : EXIT_FAILURE;
}
