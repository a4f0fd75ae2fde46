/* The libvirt driver on a real QEMU; libvirt-qemu.sh starts its daemon. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/libvirt_support.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define IMAGE "pool/base.qcow2"

static const char *uri;
static const char *folder;

/* ---- the daemon -------------------------------------------------------- */

static pid_t
daemon_pid(void)
{
    char path[256];
    FILE *file;
    long pid = 0;

    (void)snprintf(path, sizeof path, "%s/pid", folder);
    file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld", &pid), 1);
    (void)fclose(file);
    assert_true(pid > 1);
    return (pid_t)pid;
}

static void
daemon_stop(void)
{
    pid_t pid = daemon_pid();
    char path[256];

    (void)snprintf(path, sizeof path, "%s/pid", folder);
    assert_int_equal(kill(pid, SIGTERM), 0);
    for (int i = 0; i < 200 && access(path, F_OK) == 0; i++) {
        (void)usleep(50000);
    }
    assert_true(access(path, F_OK) != 0);
}

static void
daemon_start(void)
{
    char command[256];

    (void)snprintf(command, sizeof command, "sh '%s/start'", folder);
    assert_int_equal(system(command), 0);
}

/* ---- what the tests share ---------------------------------------------- */

static pileus_connection *
open_here(const char *stop_timeout)
{
    return OPEN("uri", uri, "stop-timeout", stop_timeout, "network", "user",
                "sizes",
                "small=1:64:1,none=1:64:0,wide=4000:64:1,"
                "giant=1:67108864:1");
}

static unsigned long long
disk_of(virConnectPtr virt, const char *name)
{
    virStoragePoolPtr pool = virStoragePoolLookupByName(virt, "pool");
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

static void
swallow(void *user, virErrorPtr error)
{
    (void)user;
    (void)error;
}

/* libvirt's own connection to the daemon, and a pool of volumes in it. */
static int
setup(void **state)
{
    virConnectPtr virt = virConnectOpen(uri);
    virStoragePoolPtr pool;
    char xml[512];

    if (virt == NULL) {
        return -1;
    }
    virConnSetErrorFunc(virt, NULL, swallow);
    pool = virStoragePoolLookupByName(virt, "pool");
    if (pool == NULL) {
        (void)snprintf(xml, sizeof xml,
                       "<pool type='dir'><name>pool</name>"
                       "<target><path>%s/pool</path></target></pool>",
                       folder);
        pool = virStoragePoolDefineXML(virt, xml, 0);
    }
    if (pool == NULL || (virStoragePoolIsActive(pool) == 0 &&
                         virStoragePoolCreate(pool, 0) < 0)) {
        return -1;
    }
    (void)virStoragePoolFree(pool);
    *state = virt;
    return 0;
}

static int
teardown(void **state)
{
    return virConnectClose(*state) == 0 ? 0 : -1;
}

/* ---- life -------------------------------------------------------------- */

static void
life(void **state)
{
    pileus_connection *conn = open_here("1s");
    pileus_node *node = create_node(conn, spec_of("web", "small", IMAGE));
    pileus_error *err = NULL;
    pileus_list *list;
    const pileus_value *extra;
    pileus_node *seen;
    int64_t begin;

    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    assert_int_equal(disk_of(*state, "web.qcow2"), GIB);
    list = list_images(conn);
    assert_int_equal(pileus_list_count(list), 1);
    assert_string_equal(pileus_image_id(pileus_list_image(list, 0)), IMAGE);
    pileus_list_free(list);
    list = list_nodes(conn);
    assert_int_equal(pileus_list_count(list), 1);
    seen = pileus_list_node(list, 0);
    extra = pileus_node_extra(seen);
    assert_string_equal(pileus_node_id(seen), pileus_node_id(node));
    assert_string_equal(extra_string(extra, "state_reason"), "booted");
    assert_string_equal(extra_string(extra, "types"), "QEMU");
    assert_string_equal(pileus_image_id(pileus_node_image(seen)), IMAGE);
    assert_int_equal(
        pileus_value_integer(pileus_value_get(extra, "used_memory"), 0), 64);
    assert_true(pileus_value_integer(pileus_value_get(extra, "used_cpu_time"),
                                     -1) >= 0);
    pileus_list_free(list);

    /* No guest answers: asking it is accepted, and changes nothing. */
    expect_ok(pileus_node_reboot(node, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_REBOOTING);
    expect_ok(pileus_node_wait(NULL, node, PILEUS_STATE_RUNNING, NULL, &err),
              err);
    expect_ok(pileus_node_stop(node, PILEUS_SOFT, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPING);
    expect_ok(pileus_node_reboot(node, PILEUS_HARD, NULL, &err), err);
    expect_ok(pileus_node_wait(NULL, node, PILEUS_STATE_RUNNING, NULL, &err),
              err);

    begin = clock_ms();
    expect_ok(pileus_node_stop(node, 0, NULL, &err), err);
    assert_in_range(clock_ms() - begin, 1000, 20000);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPED);
    (void)pileus_node_stop(node, 0, NULL, &err);
    expect_libvirt(&err, PILEUS_CONFLICT, "web", "VIR_ERR_OPERATION_INVALID");
    (void)pileus_node_reboot(node, 0, NULL, &err);
    expect_libvirt(&err, PILEUS_CONFLICT, "web", "VIR_ERR_OPERATION_INVALID");
    expect_ok(pileus_node_start(node, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    (void)pileus_node_start(node, 0, NULL, &err);
    expect_libvirt(&err, PILEUS_CONFLICT, "web", "VIR_ERR_OPERATION_INVALID");
    destroy_node(node);
    assert_int_equal(disk_of(*state, "web.qcow2"), 0);
    assert_int_equal(disk_of(*state, "base.qcow2"), 67108864);
    assert_int_equal(virConnectNumOfDefinedDomains(*state), 0);
    pileus_connection_unref(conn);
}

static void
paused(void **state)
{
    pileus_connection *conn = open_here("60s");
    pileus_node *node = create_node(conn, spec_of("web", "none", NULL));
    virDomainPtr domain = virDomainLookupByName(*state, "web");
    pileus_error *err = NULL;
    pileus_node *seen;
    int64_t begin = clock_ms();

    assert_non_null(domain);
    assert_int_equal(virDomainSuspend(domain), 0);
    seen = get_node(conn, pileus_node_id(node));
    assert_int_equal(pileus_node_state(seen), PILEUS_STATE_PAUSED);
    pileus_node_unref(seen);
    expect_ok(pileus_node_start(node, 0, NULL, &err), err);
    assert_int_equal(virDomainSuspend(domain), 0);
    /* Who is paused hears nothing, and is not waited for. */
    expect_ok(pileus_node_stop(node, 0, NULL, &err), err);
    assert_true(clock_ms() - begin < 30000);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPED);
    /* A saved state is no obstacle. */
    expect_ok(pileus_node_start(node, 0, NULL, &err), err);
    assert_int_equal(virDomainManagedSave(domain, 0), 0);
    seen = get_node(conn, pileus_node_id(node));
    assert_int_equal(pileus_node_state(seen), PILEUS_STATE_STOPPED);
    assert_string_equal(extra_string(pileus_node_extra(seen), "state_reason"),
                        "saved");
    pileus_node_unref(seen);
    destroy_node(node);
    (void)virDomainFree(domain);
    pileus_connection_unref(conn);
}

/* ---- failures ---------------------------------------------------------- */

/* What cannot be had in full is not had at all. */
static void
undone(void **state)
{
    static const char *const sizes[] = {"wide", "giant"};
    pileus_connection *conn = open_here("1s");

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        pileus_node *node = NULL;
        pileus_error *err = NULL;
        pileus_code code =
            try_create(&node, conn, spec_of("web", sizes[i], IMAGE), &err);

        assert_int_not_equal(code, PILEUS_OK);
        assert_null(node);
        assert_non_null(pileus_error_provider_message(err));
        assert_non_null(strstr(pileus_error_message(err), "web"));
        assert_null(strstr(pileus_error_message(err), "could not be"));
        assert_null(pileus_error_made_id(err));
        assert_false(pileus_error_may_have_happened(err));
        pileus_error_free(err);
        assert_int_equal(virConnectNumOfDefinedDomains(*state), 0);
        assert_int_equal(virConnectNumOfDomains(*state), 0);
        assert_int_equal(disk_of(*state, "web.qcow2"), 0);
    }
    pileus_connection_unref(conn);
}

static void
conflicts(void **state)
{
    pileus_connection *conn = open_here("1s");
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    virStoragePoolPtr pool = virStoragePoolLookupByName(*state, "pool");
    virStorageVolPtr volume = virStorageVolCreateXML(
        pool,
        "<volume><name>web.qcow2</name><capacity>1024</capacity></volume>", 0);

    assert_non_null(volume);
    (void)try_create(&node, conn, spec_of("web", "small", IMAGE), &err);
    assert_non_null(pileus_error_provider_message(err));
    expect_error(&err, PILEUS_CONFLICT, "exists already");
    assert_null(node);
    assert_int_equal(virStorageVolDelete(volume, 0), 0);
    (void)virStorageVolFree(volume);
    (void)virStoragePoolFree(pool);
    pileus_connection_unref(conn);
}

typedef struct maker {
    pthread_t thread;
    pileus_connection *conn;
    pileus_node *node;
    pileus_code code;
} maker;

static void *
make(void *argument)
{
    maker *self = argument;
    pileus_node_spec *spec = NULL;

    (void)pileus_node_spec_new(&spec, NULL);
    (void)pileus_node_spec_set_image(spec, IMAGE, NULL);
    (void)pileus_node_spec_set_token(spec, "the same", NULL);
    self->code = pileus_node_create(&self->node, self->conn, spec, NULL, NULL);
    pileus_node_spec_free(spec);
    return NULL;
}

/* At the same time with one token: one node is made, and who does not get it is
 * told of the conflict, and gets it later. */
static void
same_token(void **state)
{
    pileus_connection *conn = open_here("1s");
    pileus_node_spec *spec = spec_of(NULL, NULL, IMAGE);
    pileus_error *err = NULL;
    pileus_node *node;
    maker all[3];

    memset(all, 0, sizeof all);
    for (size_t i = 0; i < 3; i++) {
        all[i].conn = conn;
        assert_int_equal(pthread_create(&all[i].thread, NULL, make, &all[i]),
                         0);
    }
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(pthread_join(all[i].thread, NULL), 0);
        assert_true(all[i].code == PILEUS_OK || all[i].code == PILEUS_CONFLICT);
    }
    assert_int_equal(virConnectNumOfDomains(*state), 1);
    expect_ok(pileus_node_spec_set_token(spec, "the same", &err), err);
    node = create_node(conn, spec);
    assert_int_equal(virConnectNumOfDomains(*state), 1);
    for (size_t i = 0; i < 3; i++) {
        assert_true(all[i].node == NULL || strcmp(pileus_node_id(all[i].node),
                                                  pileus_node_id(node)) == 0);
        pileus_node_unref(all[i].node);
    }
    destroy_node(node);
    assert_int_equal(virConnectNumOfDomains(*state), 0);
    pileus_connection_unref(conn);
}

/* ---- a daemon that goes away ------------------------------------------- */

/* (Without a connection of libvirt's own: one whose daemon is gone would have
 * this program ended by SIGPIPE, which the driver's threads keep away.) */
static void
restarted(void **state)
{
    pileus_connection *conn = open_here("1s");
    pileus_node *node = create_node(conn, spec_of("web", "none", NULL));
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    pileus_code code;

    (void)state;
    daemon_stop();
    assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                     PILEUS_UNAVAILABLE);
    assert_true(pileus_error_retryable(err));
    assert_false(pileus_error_may_have_happened(err));
    pileus_error_free(err);
    err = NULL;
    code = pileus_node_stop(node, PILEUS_HARD, NULL, &err);
    expect_error(&err, PILEUS_UNAVAILABLE, "daemon");
    assert_int_equal(code, PILEUS_UNAVAILABLE);
    daemon_start();
    list = list_nodes(conn);
    assert_int_equal(pileus_list_count(list), 1);
    assert_int_equal(pileus_node_state(pileus_list_node(list, 0)),
                     PILEUS_STATE_RUNNING);
    pileus_list_free(list);

    /* One that was restarted while nobody looked is not missed. */
    daemon_stop();
    daemon_start();
    (void)usleep(1100000);
    destroy_node(node);
    pileus_connection_unref(conn);
}

/* ---- a daemon that hangs ----------------------------------------------- */

static void
hung(void **state)
{
    pileus_connection *conn = open_here("1s");
    pileus_connection *other = open_here("1s");
    pileus_node *node = create_node(conn, spec_of("web", "none", NULL));
    pileus_node *made = NULL;
    pileus_node_spec *spec = spec_of("second", "none", NULL);
    pileus_list *list = NULL;
    pileus_call *call = NULL;
    pileus_error *err = NULL;
    pid_t pid = daemon_pid();
    int64_t begin = clock_ms();
    later *it;

    assert_int_equal(kill(pid, SIGSTOP), 0);
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_timeout(call, 300);
    assert_int_equal(pileus_node_list(&list, conn, NULL, call, &err),
                     PILEUS_TIMEOUT);
    assert_in_range(clock_ms() - begin, 300, 3000);
    assert_false(pileus_error_may_have_happened(err));
    pileus_error_free(err);
    err = NULL;
    pileus_call_set_timeout(call, 300);
    assert_int_equal(pileus_node_reboot(node, 0, call, &err), PILEUS_TIMEOUT);
    assert_true(pileus_error_may_have_happened(err));
    expect_error(&err, PILEUS_TIMEOUT, "look before asking again");
    pileus_call_set_timeout(call, -1);
    it = later_call(200, cancel_call, call);
    assert_int_equal(pileus_node_create(&made, conn, spec, call, &err),
                     PILEUS_CANCELLED);
    assert_true(pileus_error_may_have_happened(err));
    later_done(it);
    pileus_error_free(err);
    err = NULL;
    pileus_call_free(call);
    pileus_node_spec_free(spec);

    /* Nor does closing wait for ever. */
    begin = clock_ms();
    pileus_connection_close(other);
    assert_true(clock_ms() - begin < 8000);
    pileus_connection_unref(other);

    /* No more threads than so many wait for a host that says nothing. */
    for (int i = 0; i < 40; i++) {
        expect_ok(pileus_call_new(&call, &err), err);
        pileus_call_set_timeout(call, 20);
        (void)pileus_node_list(&list, conn, NULL, call, &err);
        pileus_call_free(call);
        if (pileus_error_code(err) == PILEUS_UNAVAILABLE) {
            break;
        }
        assert_int_equal(pileus_error_code(err), PILEUS_TIMEOUT);
        pileus_error_free(err);
        err = NULL;
    }
    expect_error(&err, PILEUS_UNAVAILABLE, "never answered");

    /* What was left behind comes to its end, and all is well again; the create
     * that was cancelled has left nothing. */
    assert_int_equal(kill(pid, SIGCONT), 0);
    (void)usleep(1500000);
    list = list_nodes(conn);
    assert_int_equal(pileus_list_count(list), 1);
    pileus_list_free(list);
    assert_int_equal(virConnectNumOfDefinedDomains(*state), 0);
    destroy_node(node);
    pileus_connection_unref(conn);
}

#define QEMU_TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        QEMU_TEST(life),       QEMU_TEST(paused),
        QEMU_TEST(undone),     QEMU_TEST(conflicts),
        QEMU_TEST(same_token), cmocka_unit_test(restarted),
        QEMU_TEST(hung),
    };

    uri = getenv("PILEUS_TEST_URI");
    folder = getenv("PILEUS_TEST_FOLDER");
    if (uri == NULL || folder == NULL) {
        print_message("skipped: libvirt-qemu.sh runs this\n");
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
