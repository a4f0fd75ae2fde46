/* What the suites of the libvirt driver share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_LIBVIRT_SUPPORT_H
#define TESTS_PLUGINS_LIBVIRT_SUPPORT_H

#include "tests/support/expect.h"

#include <pileus/pileus.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

/* ---- connections and nodes --------------------------------------------- */

/* The domain that libvirt's own test:///default begins with. */
#define TEST_UUID "6695eb01-f6a4-8304-79aa-97f2502e193f"

/* Open a connection with these options: names and values, then NULL. */
pileus_code try_open(pileus_connection **conn, const char *const *pairs,
                     pileus_call *call, pileus_error **err);
#define PAIRS(...) ((const char *const[]){__VA_ARGS__, NULL})
/* The same, which must succeed. */
pileus_connection *open_with(const char *const *pairs);
#define OPEN(...) open_with(PAIRS(__VA_ARGS__))
#define OPEN_DEFAULT() OPEN("uri", "test:///default")

/* The opening fails like this. */
void expect_no_open(const char *const *pairs, pileus_code code,
                    const char *words);

/* As setup and teardown: libvirt's own connection to test:///default, which is
 * one world for all such connections of a process, in *state. */
int default_setup(void **state);
int default_teardown(void **state);
#define DEFAULT_TEST(fn)                                                       \
    cmocka_unit_test_setup_teardown(fn, default_setup, default_teardown)

/* A host of the test's own: the XML of a <node>, for libvirt's test driver, in
 * a file that goes away with world_end. */
typedef struct world {
    char path[128];
    char uri[160];
} world;
void world_begin(world *made, const char *xml);
void world_end(world *made);

/* These must succeed. */
pileus_list *list_nodes(pileus_connection *conn);
pileus_list *list_images(pileus_connection *conn);
pileus_node *get_node(pileus_connection *conn, const char *id);
/* The node of that name in the list; NULL if there is none. */
pileus_node *find_node(const pileus_list *list, const char *name);
/* A spec with a name (NULL: none), to be added to. */
pileus_node_spec *new_spec(const char *name);
void set_option(pileus_node_spec *spec, const char *name, const char *value);
/* Create from a spec, which is freed. */
pileus_node *create_node(pileus_connection *conn, pileus_node_spec *spec);
pileus_code try_create(pileus_node **node, pileus_connection *conn,
                       pileus_node_spec *spec, pileus_error **err);
void destroy_node(pileus_node *node);

/* ---- test:///default's storage, and small nodes there ------------------ */

#define POOL "default-pool"
#define GIB UINT64_C(1073741824)

/* Sizes small (2 GB), none (no disk) and big (20 GB). */
pileus_connection *open_small(void);
/* size and image NULL: none is said. */
pileus_node_spec *spec_of(const char *name, const char *size,
                          const char *image);
/* The create fails like this, and has made nothing. */
void expect_no_create(pileus_connection *conn, pileus_node_spec *spec,
                      pileus_code code, const char *words);
/* A volume in the pool of test:///default. */
void add_volume(virConnectPtr virt, const char *name, const char *format,
                unsigned long long bytes);
/* Capacity of a volume; 0: there is none of that name. */
unsigned long long capacity_of(virConnectPtr virt, const char *name);
int count_volumes(virConnectPtr virt);
/* The document of the domain of that name, to be freed. */
char *xml_of(virConnectPtr virt, const char *name);

/* ---- errors, extras, time ---------------------------------------------- */

/* The failure is as expected, down to the name of libvirt's number; its error
 * is freed. */
void expect_libvirt(pileus_error **err, pileus_code code, const char *words,
                    const char *number);

/* A string of an extra; "" when it is not there. */
const char *extra_string(const pileus_value *extra, const char *key);

/* Run on another thread in so many milliseconds; joined by later_done. */
typedef struct later later;
later *later_call(int ms, void (*fn)(void *user), void *user);
void later_done(later *it);
void cancel_call(void *call);

int64_t clock_ms(void);

#endif
