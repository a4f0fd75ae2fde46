/* The libvirt driver: creates with tokens, and creates at the same time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/libvirt_support.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- tokens ------------------------------------------------------------ */

static pileus_node_spec *
token_spec(const char *name, const char *token)
{
    pileus_node_spec *spec = new_spec(name);
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_set_token(spec, token, &err), err);
    return spec;
}

static void
tokens(void **state)
{
    pileus_connection *conn = open_small();
    pileus_node *node = create_node(conn, token_spec(NULL, "order 66"));
    pileus_node *same = create_node(conn, token_spec(NULL, "order 66"));
    pileus_node *other = create_node(conn, token_spec(NULL, "order 67"));
    pileus_error *err = NULL;
    char *xml;

    assert_string_equal(pileus_node_id(node), pileus_node_id(same));
    assert_string_equal(pileus_node_name(node), pileus_node_name(same));
    assert_string_not_equal(pileus_node_id(node), pileus_node_id(other));
    assert_int_equal(virConnectNumOfDomains(*state), 3);
    assert_int_equal(count_volumes(*state), 2);
    xml = xml_of(*state, pileus_node_name(node));
    assert_non_null(strstr(xml, "token=\"order 66\""));
    free(xml);

    /* It is the node of the token, whatever has become of it since. */
    expect_ok(pileus_node_stop(node, PILEUS_HARD, NULL, &err), err);
    pileus_node_unref(same);
    same = create_node(conn, token_spec("another name", "order 66"));
    assert_string_equal(pileus_node_name(node), pileus_node_name(same));
    assert_int_equal(pileus_node_state(same), PILEUS_STATE_STOPPED);
    pileus_node_unref(same);
    destroy_node(node);
    node = create_node(conn, token_spec(NULL, "order 66"));
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    destroy_node(node);
    destroy_node(other);
    pileus_connection_unref(conn);
}

/* A domain that has the token's UUID, but is none of ours, stays what it is. */
static void
stolen_uuid(void **state)
{
    pileus_connection *conn = open_small();
    pileus_node *node = create_node(conn, token_spec(NULL, "mine"));
    char uuid[64];
    char xml[512];
    virDomainPtr domain;

    (void)snprintf(uuid, sizeof uuid, "%s", pileus_node_id(node));
    destroy_node(node);
    (void)snprintf(xml, sizeof xml,
                   "<domain type='test'><name>thief</name><uuid>%s</uuid>"
                   "<memory>65536</memory><os><type>hvm</type></os></domain>",
                   uuid);
    domain = virDomainDefineXML(*state, xml);
    assert_non_null(domain);
    expect_no_create(conn, token_spec(NULL, "mine"), PILEUS_CONFLICT, "thief");
    assert_int_equal(virDomainIsActive(domain), 0);
    assert_int_equal(virDomainUndefine(domain), 0);
    (void)virDomainFree(domain);
    assert_int_equal(count_volumes(*state), 0);
    pileus_connection_unref(conn);
}

typedef struct made {
    int count;
    char id[64];
} made;

static void
on_made(void *user, pileus_kind kind, const char *id)
{
    made *seen = user;

    assert_int_equal(kind, PILEUS_KIND_NODE);
    seen->count++;
    (void)snprintf(seen->id, sizeof seen->id, "%s", id);
}

static void
told_early(void **state)
{
    pileus_connection *conn = open_small();
    pileus_node_spec *spec = new_spec("web");
    pileus_call *call = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    made seen = {0};

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_made(call, on_made, &seen);
    expect_ok(pileus_node_create(&node, conn, spec, call, &err), err);
    assert_true(seen.count >= 1);
    assert_string_equal(seen.id, pileus_node_id(node));
    pileus_node_spec_free(spec);
    pileus_call_free(call);
    destroy_node(node);
    pileus_connection_unref(conn);
}

/* ---- at the same time -------------------------------------------------- */

#define THREADS 4
#define ROUNDS 10

typedef struct racer {
    pthread_t thread;
    pileus_connection *conn;
    const char *token; /* NULL: one of its own */
    pileus_code code;
    pileus_node *node;
} racer;

static void *
race_main(void *argument)
{
    racer *self = argument;
    pileus_node_spec *spec = NULL;

    (void)pileus_node_spec_new(&spec, NULL);
    (void)pileus_node_spec_set_name(spec, "wanted", NULL);
    (void)pileus_node_spec_set_size(spec, "none", NULL);
    if (self->token != NULL) {
        (void)pileus_node_spec_set_token(spec, self->token, NULL);
    }
    self->code = pileus_node_create(&self->node, self->conn, spec, NULL, NULL);
    pileus_node_spec_free(spec);
    return NULL;
}

/* All at once; the node that was made, and how many got it. */
static pileus_node *
race(pileus_connection *conn, const char *token, int *count)
{
    racer all[THREADS];
    pileus_node *node = NULL;

    memset(all, 0, sizeof all);
    *count = 0;
    for (int i = 0; i < THREADS; i++) {
        all[i].conn = conn;
        all[i].token = token;
        assert_int_equal(
            pthread_create(&all[i].thread, NULL, race_main, &all[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(all[i].thread, NULL), 0);
        if (all[i].code != PILEUS_OK) {
            assert_int_equal(all[i].code, PILEUS_CONFLICT);
            continue;
        }
        assert_true(node == NULL || strcmp(pileus_node_id(node),
                                           pileus_node_id(all[i].node)) == 0);
        pileus_node_unref(node);
        node = all[i].node;
        ++*count;
    }
    return node;
}

/* One gets the name; all get the node of one token. */
static void
races(void **state)
{
    pileus_connection *conn = open_small();
    pileus_node *node;
    int count;

    for (int i = 0; i < ROUNDS; i++) {
        node = race(conn, NULL, &count);
        assert_int_equal(count, 1);
        assert_int_equal(virConnectNumOfDomains(*state), 2);
        destroy_node(node);
        node = race(conn, "one", &count);
        assert_int_equal(count, THREADS);
        assert_int_equal(virConnectNumOfDomains(*state), 2);
        destroy_node(node);
        assert_int_equal(virConnectNumOfDefinedDomains(*state), 0);
    }
    pileus_connection_unref(conn);
}

typedef struct churn {
    pthread_t thread;
    pileus_connection *conn;
    bool failed;
} churn;

static void *
churn_main(void *argument)
{
    churn *self = argument;

    for (int i = 0; i < 40 && !self->failed; i++) {
        pileus_node *node = NULL;
        pileus_node_spec *spec = NULL;

        (void)pileus_node_spec_new(&spec, NULL);
        (void)pileus_node_spec_set_size(spec, "none", NULL);
        self->failed = pileus_node_create(&node, self->conn, spec, NULL,
                                          NULL) != PILEUS_OK ||
                       pileus_node_destroy(node, 0, NULL, NULL) != PILEUS_OK;
        pileus_node_unref(node);
        pileus_node_spec_free(spec);
    }
    return NULL;
}

/* Nodes that come and go while they are listed are no trouble. */
static void
coming_and_going(void **state)
{
    churn all[2];

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        all[i].conn = open_small();
        all[i].failed = false;
        assert_int_equal(
            pthread_create(&all[i].thread, NULL, churn_main, &all[i]), 0);
    }
    for (int i = 0; i < 60; i++) {
        pileus_list *list = list_nodes(all[0].conn);

        assert_non_null(find_node(list, "test"));
        pileus_list_free(list);
        pileus_list_free(list_images(all[0].conn));
    }
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(pthread_join(all[i].thread, NULL), 0);
        assert_false(all[i].failed);
        pileus_connection_unref(all[i].conn);
    }
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        DEFAULT_TEST(tokens),           DEFAULT_TEST(stolen_uuid),
        DEFAULT_TEST(told_early),       DEFAULT_TEST(races),
        DEFAULT_TEST(coming_and_going),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
