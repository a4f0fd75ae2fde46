/* An OpenStack of the suite's own: Keystone, Nova and Cinder, as far as the
 * driver's suite needs faults that a real one does not have at will. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_OPENSTACK_MOCK_H
#define TESTS_PLUGINS_OPENSTACK_MOCK_H

#include "tests/support/expect.h"
#include "tests/support/server.h"

#include <pthread.h>

/* Servers of a page, whatever is asked for. */
#define MOCK_PAGE 3
/* Floating addresses that there may be. */
#define MOCK_ADDRESSES 8

typedef struct openstack_mock {
    web_server *web;
    pthread_mutex_t lock;
    char endpoint[128];
    char login[65536]; /* the last request for a token */
    int tokens;        /* that were given out; the last one is good */
    int refused;       /* requests that came with another one */
    int servers;       /* of the listing */
    int creates;
    char created[65536]; /* the body of the last create */
    int created_version; /* its microversion */
    char action[65536];  /* the body of the last action on a server */
    int action_version;
    char untagged[256]; /* keys of metadata that were deleted, each with ";" */
    char mark[128];     /* of the server that was created; "": none */
    int complaints;     /* requests that a good client never makes */

    const char *catalogue; /* instead of its own; NULL: its own */
    int life_s;            /* of a token */
    int expire_at_page;    /* the token ends before this page; 0: never */
    bool refuse_all;       /* no token is good */
    const char *status;    /* of each server; NULL: ACTIVE */
    const char *task;      /* that each is in; NULL: none */
    bool is_off;           /* each server */
    int fault;             /* the status of the next fault; 0: none */
    const char *fault_body;
    const char *rebuilt; /* the answer to a rebuild; NULL: an empty one */
    const char *console; /* the answer about it; NULL: a good one */

    int most;             /* highest microversion, 2.N as N */
    int documents;        /* requests for the document of versions */
    int too_new;          /* requests with a higher one */
    int version;          /* of the last request to Nova that was answered */
    int document_status;  /* of its answer; 0: 200 */
    const char *document; /* instead of a good one; NULL: that */

    int addresses; /* floating ones that were made: f0, f1, … */
    char leads_to[MOCK_ADDRESSES][16]; /* ports; "": nowhere; "gone" */
    const char *address_body;          /* instead of good ones; NULL: those */
    const char *externals;
    const char *ports_body;
} openstack_mock;

openstack_mock *mock_start(int servers);
/* pem: file of its certificate and key; NULL: it speaks plain HTTP. */
openstack_mock *mock_start_tls(int servers, const char *pem);
/* Fails if there were complaints. */
void mock_stop(openstack_mock *mock);

#endif
