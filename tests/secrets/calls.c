/* Every call that an application can make, and all that comes of it looked at.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/secrets/calls.h"

#include "tests/secrets/find.h"
#include "tests/secrets/seen.h"
#include "tests/support/expect.h"

#include <string.h>

/* For each call, so that no provider that says "try again" takes long. */
#define CALL_MS 1500

#define PUBLIC_KEY                                                             \
    "ssh-ed25519 "                                                             \
    "AAAAC3NzaC1lZDI1NTE5AAAAIJfkrIM4lJo2s6cBWKqtiuZAQjYy3ew1HE3iHrnKZpwt"
/* Somebody takes the wrong one of two files. */
#define PRIVATE_KEY                                                            \
    "-----BEGIN OPENSSH PRIVATE KEY-----\n" PLANTED                            \
    "\n-----END OPENSSH PRIVATE KEY-----\n"

/* ---- one call ---------------------------------------------------------------
 */

static void
see_progress(void *user, const char *what, double done)
{
    (void)user;
    (void)done;
    seen_text("the progress", what);
}

static void
see_made(void *user, pileus_kind kind, const char *id)
{
    (void)user;
    (void)kind;
    seen_text("the id of what was made", id);
}

static pileus_call *
new_call(pileus_connection *conn, const char *what)
{
    pileus_call *call = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_timeout(call, CALL_MS);
    pileus_call_set_progress(call, see_progress, NULL);
    pileus_call_set_made(call, see_made, NULL);
    seen_doing(pileus_connection_driver(conn), what);
    return call;
}

/* CALL is an expression that uses call and &err. */
#define MAKE(CONN, CALL)                                                       \
    do {                                                                       \
        pileus_call *call = new_call(CONN, #CALL);                             \
        pileus_error *err = NULL;                                              \
                                                                               \
        (void)(CALL);                                                          \
        seen_error(&err);                                                      \
        pileus_call_free(call);                                                \
    } while (0)

/* The same for a listing, whose list is looked at and freed. */
#define LIST(CONN, CALL)                                                       \
    do {                                                                       \
        pileus_list *list = NULL;                                              \
                                                                               \
        MAKE(CONN, CALL);                                                      \
        seen_list(list);                                                       \
        pileus_list_free(list);                                                \
    } while (0)

void
calls_take(things *had, pileus_connection *conn)
{
    memset(had, 0, sizeof *had);
    MAKE(conn, pileus_node_list(&had->nodes, conn, NULL, call, &err));
    MAKE(conn, pileus_image_list(&had->images, conn, NULL, call, &err));
    MAKE(conn, pileus_volume_list(&had->volumes, conn, NULL, call, &err));
    MAKE(conn,
         pileus_snapshot_list(&had->snapshots, conn, NULL, NULL, call, &err));
    MAKE(conn, pileus_key_pair_list(&had->key_pairs, conn, NULL, call, &err));
}

void
calls_drop(things *had)
{
    pileus_list_free(had->nodes);
    pileus_list_free(had->images);
    pileus_list_free(had->volumes);
    pileus_list_free(had->snapshots);
    pileus_list_free(had->key_pairs);
}

/* ---- creating --------------------------------------------------------------
 */

static pileus_node_spec *
new_spec(bool all)
{
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_name(spec, "seven", &err), err);
    expect_ok(pileus_node_spec_set_size(spec, "7", &err), err);
    expect_ok(pileus_node_spec_set_image(spec, "7", &err), err);
    expect_ok(pileus_node_spec_set_user_data(spec, PLANTED_VALUE,
                                             strlen(PLANTED_VALUE), &err),
              err);
    if (all) {
        expect_ok(pileus_node_spec_set_password(spec, PLANTED_VALUE, &err),
                  err);
    }
    return spec;
}

static void
create_node(pileus_connection *conn, bool all)
{
    pileus_node_spec *spec = new_spec(all);
    pileus_node *node = NULL;

    MAKE(conn, pileus_node_create(&node, conn, spec, call, &err));
    seen_node(node, true);
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
}

/* A private key where a public one is due. */
static void
create_with_private_key(pileus_connection *conn)
{
    pileus_node_spec *spec = new_spec(false);
    pileus_node *node = NULL;
    pileus_code code = PILEUS_OK;

    MAKE(conn, code = pileus_node_spec_set_ssh_key(spec, PRIVATE_KEY, &err));
    if (code == PILEUS_OK) {
        MAKE(conn, pileus_node_create(&node, conn, spec, call, &err));
    }
    seen_node(node, true);
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
}

static void
run_key_pairs(pileus_connection *conn, const things *had)
{
    pileus_key_pair *made = NULL;
    pileus_key_pair *imported = NULL;
    pileus_key_pair *wrong = NULL;
    pileus_key_pair *got = NULL;

    LIST(conn, pileus_key_pair_list(&list, conn, NULL, call, &err));
    MAKE(conn, pileus_key_pair_create(&made, conn, "eight", call, &err));
    seen_key_pair(made, true);
    MAKE(conn, pileus_key_pair_import(&imported, conn, "nine", PUBLIC_KEY, call,
                                      &err));
    MAKE(conn,
         pileus_key_pair_import(&wrong, conn, "ten", PRIVATE_KEY, call, &err));
    MAKE(conn, pileus_key_pair_get(&got, conn, "seven", call, &err));
    seen_key_pair(imported, false);
    seen_key_pair(wrong, false);
    seen_key_pair(got, false);
    if (pileus_list_key_pair(had->key_pairs, 0) != NULL) {
        MAKE(conn, pileus_key_pair_delete(
                       pileus_list_key_pair(had->key_pairs, 0), call, &err));
    }
    pileus_key_pair_unref(made);
    pileus_key_pair_unref(imported);
    pileus_key_pair_unref(wrong);
    pileus_key_pair_unref(got);
}

/* ---- the services -----------------------------------------------------------
 */

static void
run_nodes(pileus_connection *conn, const things *had)
{
    pileus_node *node = pileus_list_node(had->nodes, 0);
    pileus_node *got = NULL;
    pileus_node *waited = NULL;

    LIST(conn, pileus_node_list(&list, conn, NULL, call, &err));
    LIST(conn, pileus_size_list(&list, conn, NULL, call, &err));
    LIST(conn, pileus_location_list(&list, conn, NULL, call, &err));
    create_node(conn, false);
    create_node(conn, true);
    create_with_private_key(conn);
    MAKE(conn,
         pileus_node_get(&got, conn, "7", PILEUS_NUL_TERMINATED, call, &err));
    seen_node(got, false);
    pileus_node_unref(got);
    if (node == NULL) {
        return;
    }
    MAKE(conn, pileus_node_reboot(node, 0, call, &err));
    MAKE(conn, pileus_node_start(node, 0, call, &err));
    MAKE(conn, pileus_node_stop(node, PILEUS_SOFT, call, &err));
    MAKE(conn, pileus_node_stop(node, PILEUS_HARD, call, &err));
    MAKE(conn,
         pileus_node_wait(&waited, node, PILEUS_STATE_RUNNING, call, &err));
    seen_node(waited, false);
    MAKE(conn, pileus_node_destroy(node, 0, call, &err));
    seen_node(node, false);
    pileus_node_unref(waited);
}

static void
run_images(pileus_connection *conn, const things *had)
{
    pileus_image *got = NULL;
    pileus_image *made = NULL;
    pileus_image *image = pileus_list_image(had->images, 0);
    const pileus_node *node = pileus_list_node(had->nodes, 0);

    LIST(conn, pileus_image_list(&list, conn, NULL, call, &err));
    MAKE(conn,
         pileus_image_get(&got, conn, "7", PILEUS_NUL_TERMINATED, call, &err));
    if (node != NULL) {
        MAKE(conn, pileus_image_create(&made, node, "seven", "", call, &err));
    }
    if (image != NULL) {
        MAKE(conn, pileus_image_delete(image, call, &err));
    }
    pileus_image_unref(got);
    pileus_image_unref(made);
}

static void
run_volumes(pileus_connection *conn, const things *had)
{
    pileus_volume_spec *spec = NULL;
    pileus_volume *made = NULL;
    pileus_snapshot *taken = NULL;
    pileus_volume *volume = pileus_list_volume(had->volumes, 0);
    pileus_snapshot *snapshot = pileus_list_snapshot(had->snapshots, 0);
    const pileus_node *node = pileus_list_node(had->nodes, 0);

    LIST(conn, pileus_volume_list(&list, conn, NULL, call, &err));
    LIST(conn, pileus_snapshot_list(&list, conn, NULL, NULL, call, &err));
    MAKE(conn, pileus_volume_spec_new(&spec, &err));
    MAKE(conn, pileus_volume_spec_set_name(spec, "seven", &err));
    MAKE(conn, pileus_volume_spec_set_location(spec, "seven", &err));
    MAKE(conn, pileus_volume_create(&made, conn, spec, call, &err));
    if (volume != NULL && node != NULL) {
        MAKE(conn, pileus_volume_attach(volume, node, NULL, call, &err));
        MAKE(conn, pileus_volume_detach(volume, call, &err));
        MAKE(conn, pileus_snapshot_create(&taken, volume, "seven", call, &err));
        MAKE(conn, pileus_volume_destroy(volume, 0, call, &err));
    }
    if (snapshot != NULL) {
        MAKE(conn, pileus_snapshot_destroy(snapshot, call, &err));
    }
    pileus_snapshot_unref(taken);
    pileus_volume_unref(made);
    pileus_volume_spec_free(spec);
}

void
calls_run(pileus_connection *conn, const things *had)
{
    run_nodes(conn, had);
    run_images(conn, had);
    run_volumes(conn, had);
    run_key_pairs(conn, had);
}
