/* Comparing an object with libcloud's, field by field. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/objects.h"

#include <stdio.h>
#include <string.h>

#include <openssl/evp.h>

/* ---- JSON ---------------------------------------------------------------- */

yajl_val
peer_get(yajl_val object, const char *key)
{
    const char *path[] = {key, NULL};

    return yajl_tree_get(object, path, yajl_t_any);
}

const char *
peer_string(yajl_val object, const char *key)
{
    const char *string = YAJL_GET_STRING(peer_get(object, key));

    if (string == NULL) {
        fail_msg("no string %s in libcloud's answer", key);
    }
    return string;
}

/* Both the same string, or both none. */
static void
compare_string(yajl_val theirs, const char *ours)
{
    if (YAJL_IS_NULL(theirs)) {
        assert_null(ours);
    } else {
        assert_true(YAJL_IS_STRING(theirs));
        assert_non_null(ours);
        assert_string_equal(ours, YAJL_GET_STRING(theirs));
    }
}

static void
compare_integer(yajl_val theirs, bool known, int64_t ours)
{
    assert_true(known);
    assert_true(YAJL_IS_INTEGER(theirs));
    assert_int_equal(ours, YAJL_GET_INTEGER(theirs));
}

/* A dict of strings, in the same order. */
static void
compare_extra(yajl_val theirs, const pileus_value *ours)
{
    assert_true(YAJL_IS_OBJECT(theirs));
    assert_int_equal(pileus_value_count(ours), YAJL_GET_OBJECT(theirs)->len);
    for (size_t i = 0; i < YAJL_GET_OBJECT(theirs)->len; i++) {
        assert_string_equal(pileus_value_key(ours, i),
                            YAJL_GET_OBJECT(theirs)->keys[i]);
        compare_string(YAJL_GET_OBJECT(theirs)->values[i],
                       pileus_value_string(pileus_value_at(ours, i)));
    }
}

/* ---- uuids --------------------------------------------------------------- */

static void
assert_sha1(const char *uuid, const char *id, const char *type)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    char text[128];
    char hex[41];

    assert_non_null(uuid);
    (void)snprintf(text, sizeof text, "%s:%s", id == NULL ? "None" : id, type);
    assert_int_equal(
        EVP_Digest(text, strlen(text), digest, &size, EVP_sha1(), NULL), 1);
    assert_int_equal(size, 20);
    for (size_t i = 0; i < 20; i++) {
        (void)snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    }
    assert_string_equal(uuid, hex);
}

/* Perhaps not the same, but made alike. */
static void
compare_uuid(const struct peer *peer, yajl_val theirs, const char *ours,
             const char *id)
{
    assert_sha1(YAJL_GET_STRING(theirs), id, peer->their_type);
    assert_sha1(ours, id, peer->our_type);
}

/* ---- objects, field by field --------------------------------------------- */

static void
compare_addresses(yajl_val theirs, const pileus_node *node, size_t count,
                  const char *(*at)(const pileus_node *, size_t))
{
    assert_true(YAJL_IS_ARRAY(theirs));
    assert_int_equal(count, YAJL_GET_ARRAY(theirs)->len);
    for (size_t i = 0; i < count; i++) {
        compare_string(YAJL_GET_ARRAY(theirs)->values[i], at(node, i));
    }
}

/* What all kinds have. False: it is none of these. */
static bool
compare_common(const char *key, yajl_val theirs, const char *id,
               const char *name, const pileus_value *extra)
{
    if (strcmp(key, "id") == 0) {
        compare_string(theirs, id);
    } else if (strcmp(key, "name") == 0) {
        compare_string(theirs, name);
    } else if (strcmp(key, "extra") == 0) {
        compare_extra(theirs, extra);
    } else {
        return false;
    }
    return true;
}

static bool
compare_node_field(const struct peer *peer, const char *key, yajl_val theirs,
                   const void *ours)
{
    const pileus_node *node = ours;
    const char *id = pileus_node_id(node);
    int64_t ns = 0;

    if (strcmp(key, "state") == 0) {
        compare_string(theirs, pileus_state_name(pileus_node_state(node)));
    } else if (strcmp(key, "public_ips") == 0) {
        compare_addresses(theirs, node, pileus_node_public_ip_count(node),
                          pileus_node_public_ip);
    } else if (strcmp(key, "private_ips") == 0) {
        compare_addresses(theirs, node, pileus_node_private_ip_count(node),
                          pileus_node_private_ip);
    } else if (strcmp(key, "uuid") == 0) {
        compare_uuid(peer, theirs, pileus_node_uuid(node), id);
    } else if (strcmp(key, "created_at") == 0) {
        assert_true(YAJL_IS_NULL(theirs));
        assert_false(pileus_node_created_at(node, &ns));
    } else if (strcmp(key, "size") == 0) {
        compare_string(theirs, pileus_size_id(pileus_node_size(node)));
    } else if (strcmp(key, "image") == 0) {
        compare_string(theirs, pileus_image_id(pileus_node_image(node)));
    } else {
        return compare_common(key, theirs, id, pileus_node_name(node),
                              pileus_node_extra(node));
    }
    return true;
}

static bool
compare_size_field(const struct peer *peer, const char *key, yajl_val theirs,
                   const void *ours)
{
    const pileus_size *size = ours;
    const char *id = pileus_size_id(size);
    int64_t number = -1;
    double price = -1;
    bool known;

    if (strcmp(key, "ram") == 0) {
        known = pileus_size_ram(size, &number);
        compare_integer(theirs, known, number);
    } else if (strcmp(key, "disk") == 0) {
        known = pileus_size_disk(size, &number);
        compare_integer(theirs, known, number);
    } else if (strcmp(key, "bandwidth") == 0) {
        known = pileus_size_bandwidth(size, &number);
        compare_integer(theirs, known, number);
    } else if (strcmp(key, "price") == 0) {
        known = pileus_size_price(size, &price);
        compare_integer(theirs, known, (int64_t)price);
        assert_true(price <= (double)(int64_t)price);
    } else if (strcmp(key, "uuid") == 0) {
        compare_uuid(peer, theirs, pileus_size_uuid(size), id);
    } else {
        return compare_common(key, theirs, id, pileus_size_name(size),
                              pileus_size_extra(size));
    }
    return true;
}

static bool
compare_image_field(const struct peer *peer, const char *key, yajl_val theirs,
                    const void *ours)
{
    const pileus_image *image = ours;
    const char *id = pileus_image_id(image);

    if (strcmp(key, "uuid") == 0) {
        compare_uuid(peer, theirs, pileus_image_uuid(image), id);
        return true;
    }
    return compare_common(key, theirs, id, pileus_image_name(image),
                          pileus_image_extra(image));
}

static bool
compare_location_field(const struct peer *peer, const char *key,
                       yajl_val theirs, const void *ours)
{
    const pileus_location *location = ours;

    (void)peer;
    if (strcmp(key, "country") == 0) {
        compare_string(theirs, pileus_location_country(location));
        return true;
    }
    return compare_common(key, theirs, pileus_location_id(location),
                          pileus_location_name(location),
                          pileus_location_extra(location));
}

typedef bool (*compare_field_fn)(const struct peer *peer, const char *key,
                                 yajl_val theirs, const void *ours);

static void
compare_object(struct peer *peer, yajl_val theirs, const void *ours,
               const char *type, compare_field_fn field)
{
    assert_true(YAJL_IS_OBJECT(theirs));
    assert_non_null(ours);
    for (size_t i = 0; i < YAJL_GET_OBJECT(theirs)->len; i++) {
        const char *key = YAJL_GET_OBJECT(theirs)->keys[i];
        yajl_val value = YAJL_GET_OBJECT(theirs)->values[i];

        if (strcmp(key, "_type") == 0) {
            assert_string_equal(YAJL_GET_STRING(value), type);
        } else if (!field(peer, key, value, ours)) {
            fail_msg("field %s of libcloud's %s is compared with nothing", key,
                     type);
        }
        peer->fields++;
    }
}

void
peer_compare_node(struct peer *peer, yajl_val theirs, const pileus_node *ours)
{
    compare_object(peer, theirs, ours, "Node", compare_node_field);
    if (peer_get(theirs, "size") == NULL) {
        assert_null(pileus_node_size(ours));
    }
    if (peer_get(theirs, "image") == NULL) {
        assert_null(pileus_node_image(ours));
    }
}

void
peer_compare_size(struct peer *peer, yajl_val theirs, const pileus_size *ours)
{
    compare_object(peer, theirs, ours, "NodeSize", compare_size_field);
}

void
peer_compare_image(struct peer *peer, yajl_val theirs, const pileus_image *ours)
{
    compare_object(peer, theirs, ours, "NodeImage", compare_image_field);
}

void
peer_compare_location(struct peer *peer, yajl_val theirs,
                      const pileus_location *ours)
{
    compare_object(peer, theirs, ours, "NodeLocation", compare_location_field);
}
