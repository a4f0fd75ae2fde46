/* What the suites of the libvirt driver share. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/libvirt_support.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

pileus_code
try_open(pileus_connection **conn, const char *const *pairs, pileus_call *call,
         pileus_error **err)
{
    pileus_options *options = NULL;
    pileus_code code = pileus_options_new(&options, err);

    for (size_t i = 0; code == PILEUS_OK && pairs[i] != NULL; i += 2) {
        code = pileus_options_set(options, pairs[i], pairs[i + 1], err);
    }
    if (code == PILEUS_OK) {
        code =
            pileus_connection_open(conn, NULL, "libvirt", options, call, err);
    }
    pileus_options_free(options);
    return code;
}

pileus_connection *
open_with(const char *const *pairs)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    expect_ok(try_open(&conn, pairs, NULL, &err), err);
    assert_non_null(conn);
    return conn;
}

void
expect_no_open(const char *const *pairs, pileus_code code, const char *words)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    assert_int_equal(try_open(&conn, pairs, NULL, &err), code);
    assert_null(conn);
    assert_false(pileus_error_may_have_happened(err));
    expect_error(&err, code, words);
}

int
default_setup(void **state)
{
    *state = virConnectOpen("test:///default");
    return *state == NULL ? -1 : 0;
}

int
default_teardown(void **state)
{
    return virConnectClose(*state) == 0 ? 0 : -1;
}

void
world_begin(world *made, const char *xml)
{
    FILE *out;
    int file;

    (void)snprintf(made->path, sizeof made->path, "/tmp/pileus-world-XXXXXX");
    file = mkstemp(made->path);
    assert_true(file >= 0);
    out = fdopen(file, "w");
    assert_non_null(out);
    assert_true(fprintf(out, "<node>%s</node>\n", xml) > 0);
    assert_int_equal(fclose(out), 0);
    (void)snprintf(made->uri, sizeof made->uri, "test://%s", made->path);
}

void
world_end(world *made)
{
    assert_int_equal(unlink(made->path), 0);
}

pileus_list *
list_nodes(pileus_connection *conn)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
    return list;
}

pileus_list *
list_images(pileus_connection *conn)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_image_list(&list, conn, NULL, NULL, &err), err);
    return list;
}

pileus_node *
get_node(pileus_connection *conn, const char *id)
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    expect_ok(
        pileus_node_get(&node, conn, id, PILEUS_NUL_TERMINATED, NULL, &err),
        err);
    assert_non_null(node);
    return node;
}

pileus_node *
find_node(const pileus_list *list, const char *name)
{
    for (size_t i = 0; i < pileus_list_count(list); i++) {
        pileus_node *node = pileus_list_node(list, i);

        if (strcmp(pileus_node_name(node), name) == 0) {
            return node;
        }
    }
    return NULL;
}

pileus_node_spec *
new_spec(const char *name)
{
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_new(&spec, &err), err);
    if (name != NULL) {
        expect_ok(pileus_node_spec_set_name(spec, name, &err), err);
    }
    return spec;
}

void
set_option(pileus_node_spec *spec, const char *name, const char *value)
{
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_set_option(spec, name, value, &err), err);
}

pileus_code
try_create(pileus_node **node, pileus_connection *conn, pileus_node_spec *spec,
           pileus_error **err)
{
    pileus_code code = pileus_node_create(node, conn, spec, NULL, err);

    pileus_node_spec_free(spec);
    return code;
}

pileus_node *
create_node(pileus_connection *conn, pileus_node_spec *spec)
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    expect_ok(try_create(&node, conn, spec, &err), err);
    assert_non_null(node);
    return node;
}

void
destroy_node(pileus_node *node)
{
    pileus_error *err = NULL;

    expect_ok(pileus_node_destroy(node, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_TERMINATED);
    pileus_node_unref(node);
}

void
expect_libvirt(pileus_error **err, pileus_code code, const char *words,
               const char *number)
{
    const char *given;

    assert_non_null(*err);
    given = pileus_error_provider_code(*err);
    if (given == NULL || strcmp(given, number) != 0) {
        print_error("%s, not %s: %s (%s)\n", given == NULL ? "none" : given,
                    number, pileus_error_message(*err),
                    pileus_error_provider_message(*err) == NULL
                        ? ""
                        : pileus_error_provider_message(*err));
    }
    assert_non_null(given);
    assert_string_equal(given, number);
    assert_non_null(pileus_error_provider_message(*err));
    assert_true(pileus_error_status(*err) > 0);
    expect_error(err, code, words);
}

const char *
extra_string(const pileus_value *extra, const char *key)
{
    const char *text = pileus_value_string(pileus_value_get(extra, key));

    return text == NULL ? "" : text;
}

void
add_volume(virConnectPtr virt, const char *name, const char *format,
           unsigned long long bytes)
{
    virStoragePoolPtr pool = virStoragePoolLookupByName(virt, POOL);
    virStorageVolPtr volume;
    char xml[512];

    assert_non_null(pool);
    (void)snprintf(xml, sizeof xml,
                   "<volume><name>%s</name><capacity>%llu</capacity>"
                   "<target><format type='%s'/></target></volume>",
                   name, bytes, format);
    volume = virStorageVolCreateXML(pool, xml, 0);
    assert_non_null(volume);
    (void)virStorageVolFree(volume);
    (void)virStoragePoolFree(pool);
}

unsigned long long
capacity_of(virConnectPtr virt, const char *name)
{
    virStoragePoolPtr pool = virStoragePoolLookupByName(virt, POOL);
    virStorageVolPtr volume;
    virStorageVolInfo info = {0};

    assert_non_null(pool);
    volume = virStorageVolLookupByName(pool, name);
    if (volume != NULL) {
        assert_int_equal(virStorageVolGetInfo(volume, &info), 0);
        (void)virStorageVolFree(volume);
    }
    (void)virStoragePoolFree(pool);
    return info.capacity;
}

int
count_volumes(virConnectPtr virt)
{
    virStoragePoolPtr pool = virStoragePoolLookupByName(virt, POOL);
    int count;

    assert_non_null(pool);
    count = virStoragePoolNumOfVolumes(pool);
    (void)virStoragePoolFree(pool);
    return count;
}

char *
xml_of(virConnectPtr virt, const char *name)
{
    virDomainPtr domain = virDomainLookupByName(virt, name);
    char *xml;

    assert_non_null(domain);
    xml = virDomainGetXMLDesc(domain, 0);
    assert_non_null(xml);
    (void)virDomainFree(domain);
    return xml;
}

pileus_connection *
open_small(void)
{
    return OPEN("uri", "test:///default", "sizes",
                "small=1:64:2,none=1:64:0,big=4:128:20");
}

pileus_node_spec *
spec_of(const char *name, const char *size, const char *image)
{
    pileus_node_spec *spec = new_spec(name);
    pileus_error *err = NULL;

    if (size != NULL) {
        expect_ok(pileus_node_spec_set_size(spec, size, &err), err);
    }
    if (image != NULL) {
        expect_ok(pileus_node_spec_set_image(spec, image, &err), err);
    }
    return spec;
}

void
expect_no_create(pileus_connection *conn, pileus_node_spec *spec,
                 pileus_code code, const char *words)
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)try_create(&node, conn, spec, &err);
    assert_null(node);
    assert_null(pileus_error_made_id(err));
    expect_error(&err, code, words);
}

/* ---- time -------------------------------------------------------------- */

struct later {
    pthread_t thread;
    int ms;
    void (*fn)(void *user);
    void *user;
};

static void *
later_main(void *argument)
{
    const later *it = argument;
    struct timespec pause = {it->ms / 1000, it->ms % 1000 * 1000000L};

    (void)nanosleep(&pause, NULL);
    it->fn(it->user);
    return NULL;
}

later *
later_call(int ms, void (*fn)(void *user), void *user)
{
    later *it = malloc(sizeof *it);

    assert_non_null(it);
    it->ms = ms;
    it->fn = fn;
    it->user = user;
    assert_int_equal(pthread_create(&it->thread, NULL, later_main, it), 0);
    return it;
}

void
later_done(later *it)
{
    assert_int_equal(pthread_join(it->thread, NULL), 0);
    free(it);
}

void
cancel_call(void *call)
{
    pileus_call_cancel(call);
}

int64_t
clock_ms(void)
{
    struct timespec now;

    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
