/* A driver whose provider's answers are the input. The program's name is the
 * driver's. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/object.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/look.h"
#include "tests/fuzz/wire.h"

#include <pileus/pileus.h>

/*
 * The input's first byte is a letter of the table at the end, which says what
 * is called; the second one how the answers are cut, '0' being not at all, and
 * of which format a node's blob is. The rest of that line, if there is any, is
 * the id, and the blob, of what it is called on. The answers follow, as wire.h
 * has them. FUZZ_TRACE in the environment has the outcome told.
 */

#define PUBLIC_KEY                                                             \
    "ssh-ed25519 "                                                             \
    "AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f "    \
    "me@here"

static pileus_context *ctx;
static pileus_options *options;
static const char *driver;
static pileus_connection *conn;
static struct {
    const void *data;
    size_t size;
    uint32_t format;
} blob;

/* ---- a connection
 * ---------------------------------------------------------------- */

static const pileus_option_info *
option_at(const pileus_driver_info *info, size_t i)
{
    return i < pileus_driver_option_count(info) ? pileus_driver_option(info, i)
                                                : NULL;
}

/* Must it be given, or is it, or goes with, one of several ways to log in? */
static bool
is_needed(const pileus_option_info *option)
{
    return pileus_option_required(option) || pileus_option_secret(option) ||
           strcmp(pileus_option_name(option), "application-credential-id") == 0;
}

/* All that the driver wants to be told. */
static void
set_required(const pileus_driver_info *info)
{
    const pileus_option_info *option;

    for (size_t i = 0; (option = option_at(info, i)) != NULL; i++) {
        const char *name = pileus_option_name(option);

        if (strcmp(name, "endpoint") == 0) {
            FUZZ_CHECK(pileus_options_set(options, name,
                                          "https://provider.example/v1",
                                          NULL) == PILEUS_OK);
        } else if (is_needed(option)) {
            FUZZ_CHECK(pileus_options_set(options, name, "sesame", NULL) ==
                       PILEUS_OK);
        }
    }
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *slash = strrchr((*argv)[0], '/');
    const pileus_driver_info *info;
    pileus_drivers *drivers = NULL;
    pileus_error *err = NULL;

    (void)argc;
    driver = slash == NULL ? (*argv)[0] : slash + 1;
    FUZZ_CHECK(pileus_context_new(&ctx, NULL) == PILEUS_OK);
    FUZZ_CHECK(pileus_context_add_directory(ctx, BUILDDIR "/drivers", NULL) ==
               PILEUS_OK);
    FUZZ_CHECK(pileus_options_new(&options, NULL) == PILEUS_OK);
    FUZZ_CHECK(pileus_drivers_find(&drivers, ctx, NULL) == PILEUS_OK);
    info = pileus_drivers_get(drivers, driver);
    if (info == NULL) {
        (void)printf("SKIP: the driver %s was left out\n", driver);
        exit(77);
    }
    set_required(info);
    pileus_drivers_free(drivers);
    /* It is loaded before the fuzzer looks around. */
    fuzz_wire_answers("{}", 2, 0);
    if (pileus_connection_open(&conn, ctx, driver, options, NULL, &err) ==
        PILEUS_OK) {
        pileus_connection_unref(conn);
    }
    pileus_error_free(err);
    return 0;
}

/* ---- what comes back
 * ------------------------------------------------------------- */

/* What a call gave is whole, and is given if, and only if, it succeeded. */
static void
end(pileus_code code, void *given, pileus_error *err)
{
    FUZZ_CHECK(code == PILEUS_OK || given == NULL);
    if (getenv("FUZZ_TRACE") != NULL) {
        (void)fprintf(stderr, "%s: %s\n", driver,
                      err == NULL ? "good" : pileus_error_message(err));
    }
    fuzz_check_error(code, err);
    if (given != NULL) {
        (void)fuzz_look_at(given);
        pil__object_unref(given);
    }
}

/* ---- things to begin with
 * -------------------------------------------------------- */

/* An object as if it had come from elsewhere, with any id. */
static void *
make(pileus_kind kind, const char *id)
{
    pil__object *object =
        pil__object_new(kind, NULL, NULL, (pil__arena){0}, NULL);

    FUZZ_CHECK(object != NULL);
    pil__object_set_string(object, PILEUS_FIELD_ID, id, strlen(id));
    pil__object_set_string(object, PILEUS_FIELD_NAME, "thing", 5);
    if (kind == PILEUS_KIND_NODE && blob.size > 0) {
        pil__object_set_blob(object, blob.format, blob.data, blob.size);
    }
    if (pil__object_finish(object, conn, "fuzz", NULL) != PILEUS_OK) {
        pil__object_unref(object);
        object = make(kind, "7");
    }
    return object;
}

/* ---- listings
 * -------------------------------------------------------------------- */

#define LISTING(kind)                                                          \
    static bool on_##kind(void *user, pileus_##kind *object)                   \
    {                                                                          \
        (void)user;                                                            \
        return fuzz_look_at(object);                                           \
    }                                                                          \
    static void list_##kind(const char *id)                                    \
    {                                                                          \
        pileus_error *err = NULL;                                              \
        pileus_code code =                                                     \
            pileus_##kind##_each(conn, NULL, on_##kind, NULL, NULL, &err);     \
                                                                               \
        (void)id;                                                              \
        end(code, NULL, err);                                                  \
    }
LISTING(node)
LISTING(size)
LISTING(image)
LISTING(location)
LISTING(volume)
LISTING(key_pair)
LISTING(address)
#undef LISTING

static bool
on_snapshot(void *user, pileus_snapshot *object)
{
    (void)user;
    return fuzz_look_at(object);
}

static void
list_snapshot(const char *id)
{
    pileus_volume *volume = make(PILEUS_KIND_VOLUME, id);
    pileus_error *err = NULL;
    pileus_code code =
        pileus_snapshot_each(conn, volume, NULL, on_snapshot, NULL, NULL, &err);

    end(code, NULL, err);
    pileus_volume_unref(volume);
}

/* ---- getting and making
 * ---------------------------------------------------------- */

#define GETTING(kind)                                                          \
    static void get_##kind(const char *id)                                     \
    {                                                                          \
        pileus_##kind *object = NULL;                                          \
        pileus_error *err = NULL;                                              \
        pileus_code code =                                                     \
            pileus_##kind##_get(&object, conn, id, strlen(id), NULL, &err);    \
                                                                               \
        end(code, object, err);                                                \
    }
GETTING(node)
GETTING(image)
GETTING(volume)
GETTING(snapshot)
GETTING(address)
#undef GETTING

static void
get_key_pair(const char *id)
{
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;
    pileus_code code = pileus_key_pair_get(&pair, conn, id, NULL, &err);

    end(code, pair, err);
}

static void
create_node(const char *id)
{
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    pileus_code code;

    FUZZ_CHECK(pileus_node_spec_new(&spec, NULL) == PILEUS_OK &&
               pileus_node_spec_set_name(spec, "web", NULL) == PILEUS_OK &&
               pileus_node_spec_set_location(spec, "3", NULL) == PILEUS_OK);
    (void)pileus_node_spec_set_size(spec, id, NULL);
    (void)pileus_node_spec_set_image(spec, id, NULL);
    code = pileus_node_create(&node, conn, spec, NULL, &err);
    end(code, node, err);
    pileus_node_spec_free(spec);
}

/* With a key that is to be imported, and is gone in the end. */
static void
create_node_with_key(const char *id)
{
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    pileus_code code;

    FUZZ_CHECK(pileus_node_spec_new(&spec, NULL) == PILEUS_OK &&
               pileus_node_spec_set_name(spec, "web", NULL) == PILEUS_OK &&
               pileus_node_spec_set_size(spec, "1", NULL) == PILEUS_OK &&
               pileus_node_spec_set_image(spec, "2", NULL) == PILEUS_OK &&
               pileus_node_spec_set_ssh_key(spec, PUBLIC_KEY, NULL) ==
                   PILEUS_OK);
    (void)pileus_node_spec_set_key_name(spec, id, NULL);
    code = pileus_node_create(&node, conn, spec, NULL, &err);
    end(code, node, err);
    pileus_node_spec_free(spec);
}

static void
create_volume(const char *id)
{
    pileus_volume_spec *spec = NULL;
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;
    pileus_code code;

    FUZZ_CHECK(pileus_volume_spec_new(&spec, NULL) == PILEUS_OK &&
               pileus_volume_spec_set_name(spec, "disk", NULL) == PILEUS_OK &&
               pileus_volume_spec_set_size(spec, 10, NULL) == PILEUS_OK);
    (void)pileus_volume_spec_set_location(spec, id, NULL);
    code = pileus_volume_create(&volume, conn, spec, NULL, &err);
    end(code, volume, err);
    pileus_volume_spec_free(spec);
}

static void
create_snapshot(const char *id)
{
    pileus_volume *volume = make(PILEUS_KIND_VOLUME, id);
    pileus_snapshot *snapshot = NULL;
    pileus_error *err = NULL;
    pileus_code code =
        pileus_snapshot_create(&snapshot, volume, "snap", NULL, &err);

    end(code, snapshot, err);
    pileus_volume_unref(volume);
}

static void
create_image(const char *id)
{
    pileus_node *node = make(PILEUS_KIND_NODE, id);
    pileus_image *image = NULL;
    pileus_error *err = NULL;
    pileus_code code =
        pileus_image_create(&image, node, "golden", NULL, NULL, &err);

    end(code, image, err);
    pileus_node_unref(node);
}

static void
create_key_pair(const char *id)
{
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;
    pileus_code code = pileus_key_pair_create(&pair, conn, id, NULL, &err);

    end(code, pair, err);
}

static void
import_key_pair(const char *id)
{
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;
    pileus_code code =
        pileus_key_pair_import(&pair, conn, id, PUBLIC_KEY, NULL, &err);

    end(code, pair, err);
}

/* ---- verbs
 * ----------------------------------------------------------------------- */

#define VERB(name, KIND, type, call)                                           \
    static void name(const char *id)                                           \
    {                                                                          \
        type *object = make(KIND, id);                                         \
        pileus_error *err = NULL;                                              \
        pileus_code code = call;                                               \
                                                                               \
        end(code, NULL, err);                                                  \
        (void)fuzz_look_at(object);                                            \
        pil__object_unref((void *)object);                                     \
    }
VERB(reboot, PILEUS_KIND_NODE, pileus_node,
     pileus_node_reboot(object, 0, NULL, &err))
VERB(start, PILEUS_KIND_NODE, pileus_node,
     pileus_node_start(object, 0, NULL, &err))
VERB(stop, PILEUS_KIND_NODE, pileus_node,
     pileus_node_stop(object, 0, NULL, &err))
VERB(destroy, PILEUS_KIND_NODE, pileus_node,
     pileus_node_destroy(object, 0, NULL, &err))
VERB(wait_for, PILEUS_KIND_NODE, pileus_node,
     pileus_node_wait(NULL, object, PILEUS_STATE_RUNNING, NULL, &err))
VERB(destroy_volume, PILEUS_KIND_VOLUME, pileus_volume,
     pileus_volume_destroy(object, 0, NULL, &err))
VERB(detach, PILEUS_KIND_VOLUME, pileus_volume,
     pileus_volume_detach(object, NULL, &err))
VERB(destroy_snapshot, PILEUS_KIND_SNAPSHOT, pileus_snapshot,
     pileus_snapshot_destroy(object, NULL, &err))
VERB(delete_image, PILEUS_KIND_IMAGE, pileus_image,
     pileus_image_delete(object, NULL, &err))
VERB(delete_key_pair, PILEUS_KIND_KEY_PAIR, pileus_key_pair,
     pileus_key_pair_delete(object, NULL, &err))
VERB(detach_address, PILEUS_KIND_ADDRESS, pileus_address,
     pileus_address_detach(object, NULL, &err))
VERB(delete_address, PILEUS_KIND_ADDRESS, pileus_address,
     pileus_address_delete(object, NULL, &err))
#undef VERB

static void
create_address(const char *id)
{
    pileus_address *address = NULL;
    pileus_error *err = NULL;
    /* Without an id of the input's own, of any pool. */
    const char *pool = strcmp(id, "7") == 0 ? NULL : id;
    pileus_code code = pileus_address_create(&address, conn, pool, NULL, &err);

    end(code, address, err);
}

static void
attach_address(const char *id)
{
    pileus_address *address = make(PILEUS_KIND_ADDRESS, id);
    pileus_node *node = make(PILEUS_KIND_NODE, "8");
    pileus_error *err = NULL;
    pileus_code code = pileus_address_attach(address, node, NULL, &err);

    end(code, NULL, err);
    pileus_address_unref(address);
    pileus_node_unref(node);
}

static void
attach(const char *id)
{
    pileus_volume *volume = make(PILEUS_KIND_VOLUME, id);
    pileus_node *node = make(PILEUS_KIND_NODE, "8");
    pileus_error *err = NULL;
    pileus_code code = pileus_volume_attach(volume, node, NULL, NULL, &err);

    end(code, NULL, err);
    pileus_volume_unref(volume);
    pileus_node_unref(node);
}

/* ---- the input
 * ------------------------------------------------------------------- */

static const struct {
    char letter;
    void (*call)(const char *id);
} calls[] = {
    {'n', list_node},
    {'s', list_size},
    {'i', list_image},
    {'l', list_location},
    {'v', list_volume},
    {'k', list_key_pair},
    {'p', list_snapshot},
    {'N', get_node},
    {'I', get_image},
    {'V', get_volume},
    {'P', get_snapshot},
    {'K', get_key_pair},
    {'c', create_node},
    {'C', create_node_with_key},
    {'w', create_volume},
    {'q', create_snapshot},
    {'j', create_image},
    {'y', create_key_pair},
    {'z', import_key_pair},
    {'r', reboot},
    {'a', start},
    {'o', stop},
    {'d', destroy},
    {'t', wait_for},
    {'D', destroy_volume},
    {'e', detach},
    {'Q', destroy_snapshot},
    {'J', delete_image},
    {'Y', delete_key_pair},
    {'A', attach},
    {'f', list_address},
    {'F', get_address},
    {'g', create_address},
    {'G', attach_address},
    {'H', detach_address},
    {'E', delete_address},
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *line = size == 0 ? NULL : memchr(data, '\n', size);
    size_t head = line == NULL ? 0 : (size_t)(line - data) + 1;
    pileus_error *err = NULL;
    char *id;

    if (head < 3) {
        return 0;
    }
    id = head > 3 ? fuzz_text(data + 2, head - 3)
                  : fuzz_text((const uint8_t *)"7", 1);
    blob.data = data + 2;
    blob.size = head - 3;
    blob.format = data[1] - (uint32_t)'0';
    fuzz_wire_answers((const char *)data + head, size - head,
                      data[1] == '0' ? 0 : data[1]);
    if (pileus_connection_open(&conn, ctx, driver, options, NULL, &err) ==
        PILEUS_OK) {
        for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
            if (calls[i].letter == (char)data[0]) {
                calls[i].call(id);
            }
        }
        pileus_connection_unref(conn);
        conn = NULL;
    }
    pileus_error_free(err);
    free(id);
    return 0;
}
