/* The libvirt driver: reboot, start, stop, and what forbids them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/libvirt_support.h"

#include <stdio.h>

/* A host with one domain in a state by its number. */
#define HOST(STATE, REST)                                                      \
    "<domain type='test' "                                                     \
    "xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>"                 \
    "<name>it</name><uuid>" ID "</uuid><memory unit='MiB'>64</memory>"         \
    "<os><type arch='i686'>hvm</type></os>" REST "<test:runstate>" STATE       \
    "</test:runstate></domain>"
#define ID "00000000-0000-4000-8000-000000000001"

typedef pileus_code (*verb)(pileus_node *node, uint64_t flags,
                            pileus_call *call, pileus_error **err);

/* A verb on a node of that state succeeds, and leaves it in another, in the
 * handle and at the host. wanted_there -1: gone. */
static void
expect_change(const char *xml, verb fn, uint64_t flags, pileus_state wanted,
              pileus_state wanted_there)
{
    pileus_error *err = NULL;
    pileus_node *node;
    pileus_node *there = NULL;
    pileus_connection *conn;
    pileus_code code;
    world host;

    world_begin(&host, xml);
    conn = OPEN("uri", host.uri, "stop-timeout", "0s");
    node = get_node(conn, ID);
    expect_ok(fn(node, flags, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), wanted);
    code = pileus_node_get(&there, conn, ID, PILEUS_NUL_TERMINATED, NULL, &err);
    if (wanted_there < 0) {
        assert_int_equal(code, PILEUS_NOT_FOUND);
        pileus_error_free(err);
    } else {
        expect_ok(code, err);
        assert_int_equal(pileus_node_state(there), wanted_there);
    }
    pileus_node_unref(there);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    world_end(&host);
}

/* It does not, and changes nothing. */
static void
expect_refusal(const char *xml, verb fn, uint64_t flags, pileus_code code,
               const char *words, const char *number)
{
    pileus_error *err = NULL;
    pileus_node *node;
    pileus_node *there;
    pileus_connection *conn;
    world host;

    world_begin(&host, xml);
    conn = OPEN("uri", host.uri);
    node = get_node(conn, ID);
    assert_int_equal(fn(node, flags, NULL, &err), code);
    assert_false(pileus_error_may_have_happened(err));
    if (number != NULL) {
        expect_libvirt(&err, code, words, number);
    } else {
        expect_error(&err, code, words);
    }
    there = get_node(conn, ID);
    assert_int_equal(pileus_node_state(there), pileus_node_state(node));
    pileus_node_unref(there);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    world_end(&host);
}

static const char running[] = HOST("1", "");
static const char paused[] = HOST("3", "");
static const char off[] = HOST("5", "");
static const char asleep[] = HOST("7", "");
static const char shutting_down[] = HOST("4", "");
/* A guest that shuts down by starting anew, as one that never does. */
static const char stubborn[] = HOST("1", "<on_poweroff>restart</on_poweroff>");
static const char fleeting[] = HOST("1", "<test:transient/>");
/* A guest for which rebooting is the end. */
static const char dying[] = HOST("1", "<on_reboot>destroy</on_reboot>");

static void
reboot(void **state)
{
    (void)state;
    expect_change(running, pileus_node_reboot, 0, PILEUS_STATE_REBOOTING,
                  PILEUS_STATE_RUNNING);
    expect_change(running, pileus_node_reboot, PILEUS_SOFT,
                  PILEUS_STATE_REBOOTING, PILEUS_STATE_RUNNING);
    expect_change(running, pileus_node_reboot, PILEUS_HARD,
                  PILEUS_STATE_REBOOTING, PILEUS_STATE_RUNNING);
    /* What libvirt shows instead is what the handle shows. */
    expect_change(dying, pileus_node_reboot, 0, PILEUS_STATE_STOPPED,
                  PILEUS_STATE_STOPPED);
    expect_refusal(off, pileus_node_reboot, 0, PILEUS_CONFLICT, "reboot node",
                   "VIR_ERR_OPERATION_INVALID");
    expect_refusal(off, pileus_node_reboot, PILEUS_HARD, PILEUS_CONFLICT,
                   "reset node", "VIR_ERR_OPERATION_INVALID");
}

static void
start(void **state)
{
    (void)state;
    expect_change(off, pileus_node_start, 0, PILEUS_STATE_RUNNING,
                  PILEUS_STATE_RUNNING);
    expect_change(paused, pileus_node_start, 0, PILEUS_STATE_RUNNING,
                  PILEUS_STATE_RUNNING);
    expect_refusal(running, pileus_node_start, 0, PILEUS_CONFLICT, "start node",
                   "VIR_ERR_INTERNAL_ERROR");
    /* libvirt's test driver cannot wake. */
    expect_refusal(asleep, pileus_node_start, 0, PILEUS_NOT_SUPPORTED,
                   "start node", "VIR_ERR_NO_SUPPORT");
    expect_refusal(off, pileus_node_start, PILEUS_HARD, PILEUS_NOT_SUPPORTED,
                   "leave the flag out", NULL);
}

static void
stop(void **state)
{
    (void)state;
    expect_change(running, pileus_node_stop, 0, PILEUS_STATE_STOPPED,
                  PILEUS_STATE_STOPPED);
    expect_change(running, pileus_node_stop, PILEUS_SOFT, PILEUS_STATE_STOPPED,
                  PILEUS_STATE_STOPPED);
    expect_change(running, pileus_node_stop, PILEUS_HARD, PILEUS_STATE_STOPPED,
                  PILEUS_STATE_STOPPED);
    /* A guest that does not listen: asked only, it runs on. */
    expect_change(stubborn, pileus_node_stop, PILEUS_SOFT,
                  PILEUS_STATE_STOPPING, PILEUS_STATE_RUNNING);
    expect_change(stubborn, pileus_node_stop, 0, PILEUS_STATE_STOPPED,
                  PILEUS_STATE_STOPPED);
    /* A guest that cannot hear is not asked. */
    expect_change(paused, pileus_node_stop, 0, PILEUS_STATE_STOPPED,
                  PILEUS_STATE_STOPPED);
    expect_change(asleep, pileus_node_stop, 0, PILEUS_STATE_STOPPED,
                  PILEUS_STATE_STOPPED);
    /* Nor one that has been asked already, but it has its time. */
    expect_change(shutting_down, pileus_node_stop, 0, PILEUS_STATE_STOPPED,
                  PILEUS_STATE_STOPPED);
    expect_refusal(off, pileus_node_stop, 0, PILEUS_CONFLICT, "stop node",
                   "VIR_ERR_OPERATION_INVALID");
    expect_refusal(off, pileus_node_stop, PILEUS_HARD, PILEUS_CONFLICT,
                   "stop node", "VIR_ERR_OPERATION_INVALID");
    expect_refusal(off, pileus_node_stop, PILEUS_SOFT, PILEUS_CONFLICT,
                   "shut down node", "VIR_ERR_INTERNAL_ERROR");
}

/* A transient domain is gone when it stops. */
static void
transient(void **state)
{
    (void)state;
    expect_change(fleeting, pileus_node_stop, 0, PILEUS_STATE_TERMINATED, -1);
    expect_change(fleeting, pileus_node_stop, PILEUS_HARD,
                  PILEUS_STATE_TERMINATED, -1);
    expect_change(fleeting, pileus_node_destroy, 0, PILEUS_STATE_TERMINATED,
                  -1);
}

static void
destroy(void **state)
{
    (void)state;
    expect_change(running, pileus_node_destroy, 0, PILEUS_STATE_TERMINATED, -1);
    expect_change(off, pileus_node_destroy, PILEUS_HARD,
                  PILEUS_STATE_TERMINATED, -1);
    expect_change(paused, pileus_node_destroy, 0, PILEUS_STATE_TERMINATED, -1);
    expect_change(HOST("5", "<test:hasmanagedsave/>"), pileus_node_destroy, 0,
                  PILEUS_STATE_TERMINATED, -1);
    expect_refusal(running, pileus_node_destroy, PILEUS_SOFT,
                   PILEUS_NOT_SUPPORTED, "leave the flag out", NULL);
}

/* Nothing can be done to what is gone. */
static void
gone(void **state)
{
    static const struct {
        verb fn;
        const char *words;
    } verbs[] = {
        {pileus_node_reboot, "reboot node " ID},
        {pileus_node_start, "start node " ID},
        {pileus_node_stop, "node " ID},
        {pileus_node_destroy, "destroy node " ID},
    };
    pileus_error *err = NULL;
    pileus_connection *conn;
    pileus_node *node;
    pileus_node *again;
    world host;

    (void)state;
    world_begin(&host, off);
    conn = OPEN("uri", host.uri);
    node = get_node(conn, ID);
    again = get_node(conn, ID);
    destroy_node(again);
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        assert_int_equal(verbs[i].fn(node, 0, NULL, &err), PILEUS_NOT_FOUND);
        expect_libvirt(&err, PILEUS_NOT_FOUND, verbs[i].words,
                       "VIR_ERR_NO_DOMAIN");
    }
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    world_end(&host);
}

/* ---- how long a guest may take ----------------------------------------- */

static pileus_code
timed_stop(const char *xml, const char *patience, int64_t timeout_ms,
           int64_t *took_ms, pileus_error **err)
{
    pileus_connection *conn;
    pileus_call *call = NULL;
    pileus_node *node;
    pileus_code code;
    int64_t begin;
    world host;

    world_begin(&host, xml);
    conn = OPEN("uri", host.uri, "stop-timeout", patience);
    node = get_node(conn, ID);
    expect_ok(pileus_call_new(&call, err), *err);
    pileus_call_set_timeout(call, timeout_ms);
    begin = clock_ms();
    code = pileus_node_stop(node, 0, call, err);
    *took_ms = clock_ms() - begin;
    if (code == PILEUS_OK) {
        assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPED);
    }
    pileus_call_free(call);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    world_end(&host);
    return code;
}

static void
patience(void **state)
{
    pileus_error *err = NULL;
    int64_t took_ms = 0;

    (void)state;
    expect_ok(timed_stop(stubborn, "400ms", -1, &took_ms, &err), err);
    assert_in_range(took_ms, 400, 5000);
    expect_ok(timed_stop(shutting_down, "400ms", -1, &took_ms, &err), err);
    assert_in_range(took_ms, 400, 5000);
    /* A call without the time for that pulls the plug before it ends. */
    expect_ok(timed_stop(stubborn, "60s", 4000, &took_ms, &err), err);
    assert_in_range(took_ms, 2900, 4000);
}

static void
impatience(void **state)
{
    pileus_error *err = NULL;
    pileus_connection *conn;
    pileus_call *call = NULL;
    pileus_node *node;
    int64_t begin;
    later *it;
    world host;

    (void)state;
    world_begin(&host, stubborn);
    conn = OPEN("uri", host.uri);
    node = get_node(conn, ID);
    expect_ok(pileus_call_new(&call, &err), err);
    begin = clock_ms();
    it = later_call(300, cancel_call, call);
    assert_int_equal(pileus_node_stop(node, 0, call, &err), PILEUS_CANCELLED);
    assert_in_range(clock_ms() - begin, 290, 2000);
    later_done(it);
    pileus_error_free(err);
    err = NULL;
    pileus_call_free(call);
    pileus_node_unref(node);
    node = get_node(conn, ID);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    world_end(&host);
}

typedef struct told {
    int count;
    double last;
} told;

static void
on_progress(void *user, const char *what, double done)
{
    told *seen = user;

    if (strstr(what, "guest") != NULL) {
        assert_true(done >= seen->last && done <= 1);
        seen->last = done;
        seen->count++;
    }
}

static void
progress(void **state)
{
    pileus_error *err = NULL;
    pileus_connection *conn;
    pileus_call *call = NULL;
    pileus_node *node;
    told seen = {0};
    world host;

    (void)state;
    world_begin(&host, stubborn);
    conn = OPEN("uri", host.uri, "stop-timeout", "500ms");
    node = get_node(conn, ID);
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_progress(call, on_progress, &seen);
    expect_ok(pileus_node_stop(node, 0, call, &err), err);
    assert_true(seen.count >= 2);
    pileus_call_free(call);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    world_end(&host);
}

/* ---- what libvirt does meanwhile --------------------------------------- */

/* States that come about by themselves, and the wait for one. */
static void
change_behind(void **state)
{
    pileus_connection *conn = OPEN_DEFAULT();
    pileus_node *node = get_node(conn, TEST_UUID);
    pileus_node *seen = NULL;
    virDomainPtr domain = virDomainLookupByName(*state, "test");
    pileus_error *err = NULL;

    assert_non_null(domain);
    assert_int_equal(virDomainSuspend(domain), 0);
    expect_ok(pileus_node_wait(&seen, node, PILEUS_STATE_PAUSED, NULL, &err),
              err);
    assert_string_equal(pileus_node_provider_state(seen), "paused");
    assert_string_equal(extra_string(pileus_node_extra(seen), "state_reason"),
                        "user");
    pileus_node_unref(seen);
    expect_ok(pileus_node_start(node, 0, NULL, &err), err);
    expect_ok(pileus_node_wait(&seen, node, PILEUS_STATE_RUNNING, NULL, &err),
              err);
    assert_string_equal(extra_string(pileus_node_extra(seen), "state_reason"),
                        "unpaused");
    pileus_node_unref(seen);
    assert_int_equal(virDomainDestroy(domain), 0);
    expect_ok(pileus_node_wait(&seen, node, PILEUS_STATE_STOPPED, NULL, &err),
              err);
    assert_string_equal(extra_string(pileus_node_extra(seen), "state_reason"),
                        "destroyed");
    pileus_node_unref(seen);
    assert_int_equal(virDomainUndefine(domain), 0);
    expect_ok(pileus_node_wait(NULL, node, PILEUS_STATE_TERMINATED, NULL, &err),
              err);
    (void)virDomainFree(domain);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reboot),   cmocka_unit_test(start),
        cmocka_unit_test(stop),     cmocka_unit_test(transient),
        cmocka_unit_test(destroy),  cmocka_unit_test(gone),
        cmocka_unit_test(patience), cmocka_unit_test(impatience),
        cmocka_unit_test(progress), DEFAULT_TEST(change_behind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
