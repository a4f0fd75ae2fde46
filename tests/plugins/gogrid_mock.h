/* A GoGrid of the suite's own, strict about signatures and parameters. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_GOGRID_MOCK_H
#define TESTS_PLUGINS_GOGRID_MOCK_H

#include "tests/support/expect.h"
#include "tests/support/server.h"

#include <pthread.h>

#define MOCK_KEY "a-key-of-ours"
#define MOCK_SECRET "tell-nobody"
#define MOCK_SERVERS 512

typedef struct gogrid_mock {
    web_server *web;
    pthread_mutex_t lock;
    char endpoint[128];
    struct {
        int id;      /* 0: it has none yet */
        int address; /* the last number of 10.0.0.x */
        const char *state;
        char name[32];
    } servers[MOCK_SERVERS];
    int count;
    bool taken[256]; /* addresses */
    int complaints;  /* requests that a good client never makes */
    int looks; /* at the listing, until a new server has an id; -1: never */

    int refuse_passwords; /* with this status; 0: no */
    bool race;            /* somebody else takes the next address */
    bool fail;            /* the next change fails, in an answer of 200 */
    const char *raw;      /* the next listing is answered so */
} gogrid_mock;

/* With so many servers. */
gogrid_mock *mock_start(int servers);
/* Fails if there were complaints. */
void mock_stop(gogrid_mock *mock);

#endif
