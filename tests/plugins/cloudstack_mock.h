/* A CloudStack of the suite's own, strict about signatures and parameters. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_CLOUDSTACK_MOCK_H
#define TESTS_PLUGINS_CLOUDSTACK_MOCK_H

#include "tests/support/expect.h"
#include "tests/support/server.h"

#include <pthread.h>
#include <stdatomic.h>

/* With what has to be encoded, in queries and for signatures. */
#define MOCK_KEY "a-key+of/ours="
#define MOCK_SECRET "tell nobody & all"
#define MOCK_THINGS 2048
#define MOCK_JOBS 64

typedef enum mock_kind {
    MOCK_NONE,
    MOCK_NODE,
    MOCK_VOLUME,
    MOCK_SNAPSHOT,
    MOCK_TEMPLATE,
    MOCK_ZONE,
    MOCK_OFFERING,
    MOCK_DISK_OFFERING,
    MOCK_KEY_PAIR,
    MOCK_ADDRESS,
    MOCK_PORT_RULE,
    MOCK_IP_RULE,
} mock_kind;

typedef struct mock_thing {
    mock_kind kind;
    char id[32];
    char name[64];
    char state[32]; /* empty: it has none */
    char of[32];    /* a volume's node, a snapshot's volume, ... */
    char more[256]; /* further members, each after a comma */
} mock_thing;

struct mock_command;

typedef struct cloudstack_mock {
    web_server *web;
    pthread_mutex_t lock;
    char endpoint[128];
    mock_thing things[MOCK_THINGS];
    int count;
    struct {
        mock_thing *thing;
        const struct mock_command *command;
        int polls; /* that say it is pending; -1: for ever */
        int number;
        const char *words;
    } jobs[MOCK_JOBS];
    int job_count;
    int complaints;      /* requests that a good client never makes */
    char changes[65536]; /* what was asked for, a line each, decoded */
    bool posted;         /* the last change came as a form */

    bool eternal;      /* signatures without an end */
    int ahead;         /* its clock, by so many seconds */
    int polls;         /* of the next jobs */
    int job_number;    /* the next job fails so; 0: it does not */
    const char *words; /* with these words; NULL: with none */
    struct {
        const char *command; /* NULL: none; once */
        int page;            /* 0: any */
        int status;          /* HTTP's */
        int number;          /* CloudStack's */
        const char *words;
    } refuse;
    const char *raw_command; /* is answered with 200 and raw */
    const char *raw;
    const char *hold_command;     /* is answered never */
    _Atomic(atomic_bool *) there; /* set when a job was asked for */
} cloudstack_mock;

/* With so many nodes, and two or three of everything else. */
cloudstack_mock *mock_start(int nodes);
/* Fails if there were complaints. */
void mock_stop(cloudstack_mock *mock);

/* The first of that name, or NULL. */
mock_thing *mock_named(cloudstack_mock *mock, mock_kind kind, const char *name);

#endif
