/* An application with two drivers, the same whether it is linked with archives
 * or loads what is installed: prints what it sees.
 *
 *     static RECORDING
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pileus/pileus.h>

#include <stdio.h>
#include <string.h>

static const char *const names[] = {"dummy", "hetzner"};

#ifdef LINKED
PILEUS_LINKED_DRIVER(dummy);
PILEUS_LINKED_DRIVER(hetzner);

/* The second time nothing happens. */
static pileus_code
link_drivers(pileus_error **err)
{
    pileus_code code = pileus_driver_link(PILEUS_LINKED(dummy), err);

    if (code == PILEUS_OK) {
        code = pileus_driver_link(PILEUS_LINKED(hetzner), err);
    }
    return code == PILEUS_OK ? pileus_driver_link(PILEUS_LINKED(dummy), err)
                             : code;
}

/* No file of a driver may have been looked at. */
static bool
is_where_it_should(const pileus_driver_info *driver)
{
    return pileus_driver_module_path(driver) == NULL &&
           pileus_driver_manifest_path(driver) == NULL;
}
#else
static pileus_code
link_drivers(pileus_error **err)
{
    (void)err;
    return PILEUS_OK;
}

static bool
is_where_it_should(const pileus_driver_info *driver)
{
    return pileus_driver_module_path(driver) != NULL &&
           pileus_driver_manifest_path(driver) != NULL;
}
#endif

static pileus_code
show_drivers(pileus_context *ctx, pileus_error **err)
{
    pileus_drivers *drivers = NULL;
    pileus_code code = pileus_drivers_find(&drivers, ctx, err);

    for (size_t i = 0; code == PILEUS_OK && i < 2; i++) {
        const pileus_driver_info *driver =
            pileus_drivers_get(drivers, names[i]);

        (void)printf("%s: %s, %s, %zu calls, %zu options%s\n", names[i],
                     pileus_driver_title(driver), pileus_driver_type(driver),
                     pileus_driver_call_count(driver),
                     pileus_driver_option_count(driver),
                     is_where_it_should(driver) ? "" : ", from elsewhere");
    }
    pileus_drivers_free(drivers);
    return code;
}

static void
show(const char *step, const pileus_node *node)
{
    (void)printf("%s: %s %s %s\n", step, pileus_node_id(node),
                 pileus_node_name(node),
                 pileus_state_name(pileus_node_state(node)));
}

static bool
show_listed(void *user, pileus_node *node)
{
    show(user, node);
    return true;
}

static pileus_code
list(pileus_connection *conn, pileus_error **err)
{
    char listed[] = "listed";

    return pileus_node_each(conn, NULL, show_listed, listed, NULL, err);
}

static pileus_code
live(pileus_connection *conn, pileus_error **err)
{
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_code code = list(conn, err);

    if (code == PILEUS_OK) {
        code = pileus_node_spec_new(&spec, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_spec_set_name(spec, "made", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_create(&node, conn, spec, NULL, err);
    }
    if (code == PILEUS_OK) {
        show("created", node);
        code = pileus_node_reboot(node, 0, NULL, err);
    }
    if (code == PILEUS_OK) {
        show("rebooted", node);
        code = pileus_node_destroy(node, 0, NULL, err);
    }
    if (code == PILEUS_OK) {
        show("destroyed", node);
        code = list(conn, err);
    }
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
    return code;
}

static pileus_code
show_dummy(pileus_context *ctx, pileus_error **err)
{
    pileus_connection *conn = NULL;
    pileus_code code =
        pileus_connection_open(&conn, ctx, "dummy", NULL, NULL, err);

    if (code == PILEUS_OK) {
        code = live(conn, err);
    }
    pileus_connection_unref(conn);
    return code;
}

/* Servers of a provider that is asked at this endpoint. */
static pileus_code
show_hetzner(pileus_context *ctx, const char *endpoint, pileus_error **err)
{
    pileus_options *options = NULL;
    pileus_connection *conn = NULL;
    pileus_code code = pileus_options_new(&options, err);

    if (code == PILEUS_OK) {
        code = pileus_options_set(options, "token", "any", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_options_set(options, "endpoint", endpoint, err);
    }
    if (code == PILEUS_OK) {
        code =
            pileus_connection_open(&conn, ctx, "hetzner", options, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = list(conn, err);
    }
    pileus_connection_unref(conn);
    pileus_options_free(options);
    return code;
}

/* With the network, the transport is used: nobody listens there. */
static pileus_code
show_unreachable(pileus_context *ctx, pileus_error **err)
{
    pileus_error *unreachable = NULL;
    pileus_code code = show_hetzner(ctx, "http://127.0.0.1:1/v1", &unreachable);

    (void)err;
    (void)printf("without a provider: %s: %s\n", pileus_code_name(code),
                 pileus_error_message(unreachable));
    pileus_error_free(unreachable);
    return PILEUS_OK;
}

int
main(int argc, char **argv)
{
    pileus_error *err = NULL;
    pileus_context *ctx = NULL;
    pileus_code code = link_drivers(&err);

    if (code == PILEUS_OK) {
        code = pileus_context_new(&ctx, &err);
    }
    if (code == PILEUS_OK) {
        code = show_drivers(ctx, &err);
    }
    if (code == PILEUS_OK) {
        code = show_dummy(ctx, &err);
    }
    if (code == PILEUS_OK) {
        code = show_unreachable(ctx, &err);
    }
    if (code == PILEUS_OK) {
        code = pileus_context_set_replay(ctx, argc > 1 ? argv[1] : ".", &err);
    }
    if (code == PILEUS_OK) {
        code = show_hetzner(ctx, "https://api.hetzner.cloud/v1", &err);
    }
    if (code != PILEUS_OK) {
        (void)printf("failed: %s\n", pileus_error_message(err));
    }
    pileus_error_free(err);
    pileus_context_unref(ctx);
    return code == PILEUS_OK ? 0 : 1;
}
