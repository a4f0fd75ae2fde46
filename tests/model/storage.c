/* Volumes, snapshots and key pairs: their facts, and a secret that goes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/query.h"

#include "tests/support/object.h"

#include <stdlib.h>

/* Where the C library does not offer its allocator under another name, or a
 * sanitizer brings its own, nobody can look at what is freed. */
#if defined(HAVE___LIBC_MALLOC) && !defined(HAVE_SANITIZERS)
#define CAN_LOOK 1
#endif

#define SECRET "tell-nobody-of-this"

static void
set(pil__object *object, int32_t field, const char *text)
{
    pil__object_set_string(object, field, text, ALL_OF_IT);
}

/* ---- facts ----------------------------------------------------------------
 */

static void
test_volume(void **state)
{
    pil__object *object = new_object(PILEUS_KIND_VOLUME);
    pileus_volume *volume = (pileus_volume *)(void *)object;
    int64_t number = 7;

    (void)state;
    assert_null(pileus_volume_id(volume));
    assert_int_equal(pileus_volume_state(volume), PILEUS_VOLUME_UNKNOWN);
    assert_false(pileus_volume_size(volume, &number));
    assert_false(pileus_volume_created_at(volume, &number));
    assert_null(pileus_volume_node_id(volume));
    assert_int_equal(number, 7);
    set(object, PILEUS_FIELD_ID, "v-1");
    set(object, PILEUS_FIELD_NAME, "data");
    pil__object_set_integer(object, PILEUS_FIELD_STATE, PILEUS_VOLUME_BACKUP);
    set(object, PILEUS_FIELD_PROVIDER_STATE, "backing-up");
    pil__object_set_integer(object, PILEUS_FIELD_DISK, 0);
    pil__object_set_integer(object, PILEUS_FIELD_CREATED_AT, -1);
    set(object, PILEUS_FIELD_NODE, "n-1");
    set(object, PILEUS_FIELD_LOCATION, "here");
    set(object, PILEUS_FIELD_VOLUME, "of a snapshot only");
    set(object, PILEUS_FIELD_PUBLIC_IP, "of a node only");
    pil__object_extra_string(object, "kind", ALL_OF_IT, "ssd", ALL_OF_IT);
    (void)finish(object);
    assert_ptr_equal(pileus_volume_ref(volume), volume);
    pileus_volume_unref(volume);
    assert_string_equal(pileus_volume_id(volume), "v-1");
    assert_string_equal(pileus_volume_name(volume), "data");
    assert_int_equal(pileus_volume_state(volume), PILEUS_VOLUME_BACKUP);
    assert_string_equal(pileus_volume_provider_state(volume), "backing-up");
    assert_true(pileus_volume_size(volume, &number));
    assert_int_equal(number, 0);
    assert_true(pileus_volume_created_at(volume, &number));
    assert_true(number == -1);
    assert_string_equal(pileus_volume_node_id(volume), "n-1");
    assert_string_equal(pileus_volume_location_id(volume), "here");
    assert_int_equal(pil__object_count(object, PILEUS_FIELD_VOLUME), 0);
    assert_string_equal(pileus_value_string(pileus_value_get(
                            pileus_volume_extra(volume), "kind")),
                        "ssd");
    assert_int_equal(strlen(pileus_volume_uuid(volume)), 40);
    assert_null(pileus_volume_connection(volume));
    pileus_volume_unref(volume);
    pileus_volume_unref(NULL);
    assert_null(pileus_volume_ref(NULL));
}

static void
test_snapshot(void **state)
{
    pil__object *object = new_object(PILEUS_KIND_SNAPSHOT);
    pileus_snapshot *snapshot = (pileus_snapshot *)(void *)object;
    int64_t number = 7;

    (void)state;
    assert_false(pileus_snapshot_size(snapshot, &number));
    assert_false(pileus_snapshot_created_at(snapshot, &number));
    assert_int_equal(pileus_snapshot_state(snapshot), PILEUS_VOLUME_UNKNOWN);
    assert_null(pileus_snapshot_volume_id(snapshot));
    set(object, PILEUS_FIELD_ID, "s-1");
    set(object, PILEUS_FIELD_NAME, "nightly");
    pil__object_set_integer(object, PILEUS_FIELD_STATE, 1234);
    set(object, PILEUS_FIELD_PROVIDER_STATE, "odd");
    pil__object_set_integer(object, PILEUS_FIELD_DISK, 20);
    pil__object_set_integer(object, PILEUS_FIELD_CREATED_AT, 5);
    set(object, PILEUS_FIELD_VOLUME, "v-1");
    set(object, PILEUS_FIELD_NODE, "of a volume only");
    (void)finish(object);
    assert_ptr_equal(pileus_snapshot_ref(snapshot), snapshot);
    pileus_snapshot_unref(snapshot);
    assert_string_equal(pileus_snapshot_id(snapshot), "s-1");
    assert_string_equal(pileus_snapshot_name(snapshot), "nightly");
    assert_int_equal(pileus_snapshot_state(snapshot), 1234); /* carried */
    assert_string_equal(pileus_snapshot_provider_state(snapshot), "odd");
    assert_true(pileus_snapshot_size(snapshot, &number));
    assert_int_equal(number, 20);
    assert_true(pileus_snapshot_created_at(snapshot, &number));
    assert_int_equal(number, 5);
    assert_string_equal(pileus_snapshot_volume_id(snapshot), "v-1");
    assert_int_equal(pil__object_count(object, PILEUS_FIELD_NODE), 0);
    assert_int_equal(pileus_value_count(pileus_snapshot_extra(snapshot)), 0);
    assert_null(pileus_snapshot_connection(snapshot));
    pileus_snapshot_unref(snapshot);
    pileus_snapshot_unref(NULL);
}

static pil__object *
new_pair(const char *id, const char *name)
{
    pil__object *object = new_object(PILEUS_KIND_KEY_PAIR);

    set(object, PILEUS_FIELD_ID, id);
    set(object, PILEUS_FIELD_NAME, name);
    return object;
}

static void
test_key_pair(void **state)
{
    pil__object *object = new_pair("42", "laptop");
    pileus_key_pair *pair = (pileus_key_pair *)(void *)object;

    (void)state;
    assert_null(pileus_key_pair_private_key(pair));
    set(object, PILEUS_FIELD_PUBLIC_KEY, "ssh-rsa A");
    set(object, PILEUS_FIELD_PRIVATE_KEY, SECRET);
    set(object, PILEUS_FIELD_FINGERPRINT, "00:11");
    pil__object_extra_integer(object, "bits", ALL_OF_IT, 4096);
    (void)finish(object);
    assert_ptr_equal(pileus_key_pair_ref(pair), pair);
    pileus_key_pair_unref(pair);
    assert_string_equal(pileus_key_pair_id(pair), "42");
    assert_string_equal(pileus_key_pair_name(pair), "laptop");
    assert_string_equal(pileus_key_pair_public_key(pair), "ssh-rsa A");
    assert_string_equal(pileus_key_pair_private_key(pair), SECRET);
    assert_string_equal(pileus_key_pair_fingerprint(pair), "00:11");
    assert_int_equal(
        pileus_value_integer(
            pileus_value_get(pileus_key_pair_extra(pair), "bits"), 0),
        4096);
    assert_null(pileus_key_pair_connection(pair));
    pileus_key_pair_unref(pair);
    pileus_key_pair_unref(NULL);
}

/* A pair without an id is known by its name, if that can be one. */
static void
test_names_as_ids(void **state)
{
    pil__object *object = new_pair(NULL, "laptop");

    (void)state;
    assert_string_equal(
        pileus_key_pair_id((pileus_key_pair *)(void *)finish(object)),
        "laptop");
    pil__object_unref(object);
    object = new_pair("", "laptop");
    assert_string_equal(
        pileus_key_pair_id((pileus_key_pair *)(void *)finish(object)),
        "laptop");
    pil__object_unref(object);
    object = new_pair(NULL, NULL);
    assert_null(pileus_key_pair_id((pileus_key_pair *)(void *)finish(object)));
    pil__object_unref(object);
    expect_broken(new_pair(NULL, "a\nb"), "broken key pair: its id");
    object = new_object(PILEUS_KIND_VOLUME);
    set(object, PILEUS_FIELD_NAME, "data");
    assert_null(pileus_volume_id((pileus_volume *)(void *)finish(object)));
    pil__object_unref(object);
}

/* A kind that there is not has no fields, whatever its number. */
static void
test_no_such_kind(void **state)
{
    static const pileus_kind kinds[] = {0, -1, 9, 31, 32, INT32_MAX, INT32_MIN};

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        pil__object *object = new_object(kinds[i]);

        set(object, PILEUS_FIELD_ID, "x");
        assert_null(pil__object_string(object, PILEUS_FIELD_ID, 0));
        assert_non_null(pil__kind_name(kinds[i]));
        pil__object_unref(object);
    }
}

/* ---- the secret goes ------------------------------------------------------
 */

#ifdef CAN_LOOK

#include <malloc.h>

void __libc_free(void *memory);

static int seen;   /* times that the secret was in what was freed; -1: off */
static long looks; /* frees that came here */

PILEUS_API void
free(void *memory)
{
    size_t size = memory == NULL || seen < 0 ? 0 : malloc_usable_size(memory);

    looks++;
    seen += size >= sizeof SECRET &&
            memmem(memory, size, SECRET, sizeof SECRET - 1) != NULL;
    __libc_free(memory);
}

static int
free_and_look(pileus_kind kind, int32_t field)
{
    pil__object *object = new_object(kind);

    set(object, field, SECRET " at first");
    set(object, field, "bad\xFF" SECRET); /* is mended, in a copy */
    for (int i = 0; i < 100; i++) {       /* in several blocks */
        pil__object_extra_string(object, "key", ALL_OF_IT, SECRET, ALL_OF_IT);
    }
    seen = 0;
    pil__object_unref(finish(object));
    return seen;
}

static void
test_wiped(void **state)
{
    (void)state;
    if (looks == 0) { /* all that was freed so far went elsewhere */
        print_message("skipped: another free stands in here (valgrind's)\n");
        skip();
    }
    /* In this order: what the second leaves behind may be had again. */
    assert_int_equal(
        free_and_look(PILEUS_KIND_KEY_PAIR, PILEUS_FIELD_PRIVATE_KEY), 0);
    assert_true(free_and_look(PILEUS_KIND_VOLUME, PILEUS_FIELD_NAME) > 0);
    seen = -1;
}

#else

static void
test_wiped(void **state)
{
    (void)state;
    print_message("skipped: nobody can look at what is freed in this build\n");
    skip();
}

#endif

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_volume),
        cmocka_unit_test(test_snapshot),
        cmocka_unit_test(test_key_pair),
        cmocka_unit_test(test_names_as_ids),
        cmocka_unit_test(test_no_such_kind),
        cmocka_unit_test(test_wiped),
    };

    return cmocka_run_group_tests_name("storage", tests, NULL, NULL);
}
