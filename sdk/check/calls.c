/* Every call that an application can make of a driver. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/calls.h"

#include "sdk/check/judge.h"
#include "sdk/check/marker.h"
#include "sdk/check/target.h"

#include <pileus/saved.h>

#include <string.h>

#define PUBLIC_KEY                                                             \
    "ssh-ed25519 "                                                             \
    "AAAAC3NzaC1lZDI1NTE5AAAAIJfkrIM4lJo2s6cBWKqtiuZAQjYy3ew1HE3iHrnKZpwt"

/* What all of these have, and some do not need. */
#define ARGUMENTS                                                              \
    const check_ask *ask, pileus_call *call, pileus_text **saved,              \
        pileus_error **err

/* ---- listings --------------------------------------------------------------
 */

/* NAME, of the list that an expression makes. */
#define LISTING(NAME, EXPRESSION)                                              \
    static pileus_code NAME(ARGUMENTS)                                         \
    {                                                                          \
        pileus_list *list = NULL;                                              \
        pileus_code code = (EXPRESSION);                                       \
                                                                               \
        if (code == PILEUS_OK) {                                               \
            (void)pileus_list_save(saved, list, NULL);                         \
        }                                                                      \
        pileus_list_free(list);                                                \
        return code;                                                           \
    }

LISTING(list_nodes, pileus_node_list(&list, ask->conn, NULL, call, err))
LISTING(list_sizes, pileus_size_list(&list, ask->conn, NULL, call, err))
LISTING(list_images, pileus_image_list(&list, ask->conn, NULL, call, err))
LISTING(list_locations, pileus_location_list(&list, ask->conn, NULL, call, err))
LISTING(list_volumes, pileus_volume_list(&list, ask->conn, NULL, call, err))
LISTING(list_snapshots,
        pileus_snapshot_list(&list, ask->conn, NULL, NULL, call, err))
LISTING(list_key_pairs, pileus_key_pair_list(&list, ask->conn, NULL, call, err))
LISTING(list_addresses, pileus_address_list(&list, ask->conn, NULL, call, err))

/* Does the driver take this argument? */
static bool
takes(const check_ask *ask, const char *service, const char *call,
      const char *argument)
{
    pileus_capability answer =
        pileus_connection_capability(ask->conn, service, call, argument);

    return answer == PILEUS_CAPABILITY_YES ||
           answer == PILEUS_CAPABILITY_EMULATED;
}

/* ---- what gives one object ------------------------------------------------
 */

/* NAME, of the object of a kind that an expression makes. */
#define GIVING(NAME, KIND, EXPRESSION)                                         \
    static pileus_code NAME(ARGUMENTS)                                         \
    {                                                                          \
        pileus_##KIND *made = NULL;                                            \
        pileus_code code = (EXPRESSION);                                       \
                                                                               \
        if (code == PILEUS_OK) {                                               \
            (void)pileus_##KIND##_save(saved, made, NULL);                     \
        }                                                                      \
        pileus_##KIND##_unref(made);                                           \
        return code;                                                           \
    }

#define ALL PILEUS_NUL_TERMINATED

GIVING(get_node, node,
       pileus_node_get(&made, ask->conn, ask->text, ALL, call, err))
GIVING(get_image, image,
       pileus_image_get(&made, ask->conn, ask->text, ALL, call, err))
GIVING(get_key_pair, key_pair,
       pileus_key_pair_get(&made, ask->conn, ask->text, call, err))
GIVING(create_key_pair, key_pair,
       pileus_key_pair_create(&made, ask->conn, ask->text, call, err))
GIVING(import_key_pair, key_pair,
       pileus_key_pair_import(&made, ask->conn, ask->text, PUBLIC_KEY, call,
                              err))
GIVING(create_image, image,
       pileus_image_create(&made, ask->things->node, ask->text,
                           takes(ask, "images", "create_image", "description")
                               ? ask->text
                               : NULL,
                           call, err))
GIVING(create_snapshot, snapshot,
       pileus_snapshot_create(&made, ask->things->volume, ask->text, call, err))
GIVING(create_address, address,
       pileus_address_create(&made, ask->conn, ask->text, call, err))

static pileus_code
node_spec(pileus_node_spec **spec, const check_ask *ask, pileus_error **err)
{
    pileus_code code = pileus_node_spec_new(spec, err);

    if (code == PILEUS_OK) {
        code = pileus_node_spec_set_name(*spec, ask->text, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_spec_set_size(*spec, ask->text, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_spec_set_image(*spec, ask->text, err);
    }
    return code;
}

static pileus_code
full_spec(pileus_node_spec **spec, const check_ask *ask, pileus_error **err)
{
    pileus_code code = node_spec(spec, ask, err);

    if (code == PILEUS_OK && takes(ask, "compute", "create_node", "location")) {
        code = pileus_node_spec_set_location(*spec, ask->text, err);
    }
    if (code == PILEUS_OK && takes(ask, "compute", "create_node", "key_name")) {
        code = pileus_node_spec_set_key_name(*spec, ask->text, err);
    }
    if (code == PILEUS_OK && takes(ask, "compute", "create_node", "password")) {
        code = pileus_node_spec_set_password(*spec, CHECK_MARKER_VALUE, err);
    }
    if (code == PILEUS_OK &&
        takes(ask, "compute", "create_node", "user_data")) {
        code = pileus_node_spec_set_user_data(
            *spec, CHECK_MARKER_VALUE, sizeof CHECK_MARKER_VALUE - 1, err);
    }
    if (code == PILEUS_OK && takes(ask, "compute", "create_node", "tags")) {
        code = pileus_node_spec_add_tag(*spec, ask->text, ask->text, err);
    }
    return code;
}

static pileus_code
make_node(pileus_node **made, const check_ask *ask, pileus_call *call,
          pileus_error **err)
{
    pileus_node_spec *spec = NULL;
    pileus_code code = full_spec(&spec, ask, err);

    if (code == PILEUS_OK) {
        code = pileus_node_create(made, ask->conn, spec, call, err);
    }
    pileus_node_spec_free(spec);
    return code;
}

GIVING(create_node, node, make_node(&made, ask, call, err))

static pileus_code
make_volume(pileus_volume **made, const check_ask *ask, pileus_call *call,
            pileus_error **err)
{
    pileus_volume_spec *spec = NULL;
    pileus_code code = pileus_volume_spec_new(&spec, err);

    if (code == PILEUS_OK) {
        code = pileus_volume_spec_set_name(spec, ask->text, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_spec_set_size(spec, 1, err);
    }
    if (code == PILEUS_OK &&
        takes(ask, "volumes", "create_volume", "location")) {
        code = pileus_volume_spec_set_location(spec, ask->text, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_create(made, ask->conn, spec, call, err);
    }
    pileus_volume_spec_free(spec);
    return code;
}

GIVING(create_volume, volume, make_volume(&made, ask, call, err))

/* ---- what is done to an object --------------------------------------------
 */

#define DOING(NAME, EXPRESSION)                                                \
    static pileus_code NAME(ARGUMENTS)                                         \
    {                                                                          \
        (void)saved;                                                           \
        return (EXPRESSION);                                                   \
    }

#define NODE ask->things->node
#define VOLUME ask->things->volume
#define ADDRESS ask->things->address

DOING(reboot_node, pileus_node_reboot(NODE, 0, call, err))
DOING(start_node, pileus_node_start(NODE, 0, call, err))
DOING(stop_node, pileus_node_stop(NODE, PILEUS_HARD, call, err))
DOING(destroy_node, pileus_node_destroy(NODE, 0, call, err))
DOING(pause_node, pileus_node_pause(NODE, 0, call, err))
DOING(unpause_node, pileus_node_unpause(NODE, 0, call, err))
DOING(suspend_node, pileus_node_suspend(NODE, 0, call, err))
DOING(resume_node, pileus_node_resume(NODE, 0, call, err))
DOING(shelve_node, pileus_node_shelve(NODE, 0, call, err))
DOING(unshelve_node, pileus_node_unshelve(NODE, 0, call, err))
DOING(resize_node, pileus_node_resize(NODE, ask->text, 0, call, err))
DOING(confirm_resize_node, pileus_node_confirm_resize(NODE, 0, call, err))
DOING(revert_resize_node, pileus_node_revert_resize(NODE, 0, call, err))
DOING(attach_volume, pileus_volume_attach(VOLUME, NODE, NULL, call, err))
DOING(detach_volume, pileus_volume_detach(VOLUME, call, err))
DOING(destroy_volume, pileus_volume_destroy(VOLUME, 0, call, err))
DOING(destroy_snapshot,
      pileus_snapshot_destroy(ask->things->snapshot, call, err))
DOING(delete_image, pileus_image_delete(ask->things->image, call, err))
DOING(delete_key_pair, pileus_key_pair_delete(ask->things->key_pair, call, err))
DOING(attach_address, pileus_address_attach(ADDRESS, NODE, call, err))
DOING(detach_address, pileus_address_detach(ADDRESS, call, err))
DOING(delete_address, pileus_address_delete(ADDRESS, call, err))

DOING(set_tags, pileus_node_set_tags(NODE, &(pileus_pair){"pileus", ask->text},
                                     1, call, err))
DOING(remove_tags, pileus_node_remove_tags(NODE, &ask->text, 1, call, err))

static pileus_code
rebuild_node(ARGUMENTS)
{
    pileus_node_spec *spec = NULL;
    pileus_code code = pileus_node_spec_new(&spec, err);

    (void)saved;
    if (code == PILEUS_OK) {
        code = pileus_node_spec_set_image(spec, ask->text, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_rebuild(NODE, spec, 0, call, err);
    }
    pileus_node_spec_free(spec);
    return code;
}

static pileus_code
get_console_log(ARGUMENTS)
{
    return pileus_node_console_log(saved, NODE, 10, call, err);
}

/* ---- all of them -----------------------------------------------------------
 */

#define CALL(SERVICE, NAME, SORT)                                              \
    {                                                                          \
#SERVICE "." #NAME, SORT, NAME                                         \
    }

/* What destroys comes last. */
const check_call check_calls[] = {
    CALL(compute, list_nodes, CHECK_LISTS),
    CALL(compute, list_sizes, CHECK_LISTS),
    CALL(compute, list_images, CHECK_LISTS),
    CALL(compute, list_locations, CHECK_LISTS),
    CALL(volumes, list_volumes, CHECK_LISTS),
    CALL(volumes, list_snapshots, CHECK_LISTS),
    CALL(keypairs, list_key_pairs, CHECK_LISTS),
    CALL(addresses, list_addresses, CHECK_LISTS),
    CALL(compute, get_node, CHECK_GETS),
    CALL(images, get_image, CHECK_GETS),
    CALL(keypairs, get_key_pair, CHECK_GETS),
    CALL(compute, create_node, CHECK_MAKES),
    CALL(volumes, create_volume, CHECK_MAKES),
    CALL(volumes, create_snapshot, CHECK_MAKES),
    CALL(keypairs, create_key_pair, CHECK_MAKES),
    CALL(keypairs, import_key_pair, CHECK_MAKES),
    CALL(images, create_image, CHECK_MAKES),
    CALL(addresses, create_address, CHECK_MAKES),
    CALL(lifecycle, get_console_log, CHECK_CHANGES),
    CALL(compute, reboot_node, CHECK_CHANGES),
    CALL(compute, start_node, CHECK_CHANGES),
    CALL(compute, stop_node, CHECK_CHANGES),
    CALL(lifecycle, pause_node, CHECK_CHANGES),
    CALL(lifecycle, unpause_node, CHECK_CHANGES),
    CALL(lifecycle, suspend_node, CHECK_CHANGES),
    CALL(lifecycle, resume_node, CHECK_CHANGES),
    CALL(lifecycle, shelve_node, CHECK_CHANGES),
    CALL(lifecycle, unshelve_node, CHECK_CHANGES),
    CALL(lifecycle, rebuild_node, CHECK_CHANGES),
    CALL(lifecycle, resize_node, CHECK_CHANGES),
    CALL(lifecycle, confirm_resize_node, CHECK_CHANGES),
    CALL(lifecycle, revert_resize_node, CHECK_CHANGES),
    CALL(tags, set_tags, CHECK_CHANGES),
    CALL(tags, remove_tags, CHECK_CHANGES),
    CALL(volumes, attach_volume, CHECK_CHANGES),
    CALL(volumes, detach_volume, CHECK_CHANGES),
    CALL(addresses, attach_address, CHECK_CHANGES),
    CALL(addresses, detach_address, CHECK_CHANGES),
    CALL(addresses, delete_address, CHECK_CHANGES),
    CALL(keypairs, delete_key_pair, CHECK_CHANGES),
    CALL(images, delete_image, CHECK_CHANGES),
    CALL(volumes, destroy_snapshot, CHECK_CHANGES),
    CALL(volumes, destroy_volume, CHECK_CHANGES),
    CALL(compute, destroy_node, CHECK_CHANGES),
};
const size_t check_call_count = sizeof check_calls / sizeof check_calls[0];

bool
check_call_listed(const check_call *call, const pileus_driver_info *info)
{
    for (size_t i = 0; i < pileus_driver_call_count(info); i++) {
        if (strcmp(pileus_driver_call(info, i), call->name) == 0) {
            return true;
        }
    }
    return false;
}

pileus_code
check_call_run(const check_call *call, const check_ask *ask, int64_t ms,
               const char *what, pileus_error **err)
{
    pileus_call *limit = check_call_new(ms);
    pileus_text *saved = NULL;
    pileus_code code = call->run(ask, limit, &saved, err);
    size_t size = 0;
    const char *bytes = pileus_text_data(saved, &size);

    check_judge_error(what, code, *err);
    /* Guests write what they like to their consoles. */
    if (bytes != NULL && call->run != get_console_log) {
        check_marker_look("what the call gives", bytes, size);
    }
    pileus_text_free(saved);
    pileus_call_free(limit);
    return code;
}

pileus_code
check_call_try(const check_call *call, const check_ask *ask, int64_t ms,
               const char *what)
{
    pileus_error *err = NULL;
    pileus_code code = check_call_run(call, ask, ms, what, &err);

    pileus_error_free(err);
    return code;
}
