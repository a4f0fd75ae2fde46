/* An EC2 of the suite's own, strict about signatures and parameters. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_EC2_MOCK_H
#define TESTS_PLUGINS_EC2_MOCK_H

#include "tests/support/expect.h"
#include "tests/support/server.h"

#include <pthread.h>

#define MOCK_KEY "AKIDOFOURS"
#define MOCK_SECRET "tell/nobody+this"
#define MOCK_TOKEN "a//session+token=="
#define MOCK_REGION "eu-test-1"
#define MOCK_INSTANCES 2048
#define MOCK_ADDRESSES 16

#define MOCK_TAGS 8
#define MOCK_TAG_SIZE 64
#define MOCK_VOLUMES 16

typedef struct mock_pair {
    char key[MOCK_TAG_SIZE]; /* "": there is none */
    char value[MOCK_TAG_SIZE];
} mock_pair;

typedef struct ec2_mock {
    web_server *web;
    pthread_mutex_t lock;
    struct {
        mock_pair tags[MOCK_TAGS];
        char token[80];
        uint64_t asked; /* a hash of what it was made with */
        char type[32];  /* "": t3.micro */
        char image[32]; /* "": ami-7 */
        const char *state;
        const char *reason; /* the code of it; NULL: none */
        bool hibernates;
        bool is_spot;
    } instances[MOCK_INSTANCES]; /* i-0, i-1, … */
    int count;
    struct {
        char id[32]; /* of the allocation, or the IP of one that has none */
        char pool[32];
        int instance;    /* where it leads; negative: nowhere */
        int association; /* eipassoc-1, … */
        bool gone;
    } addresses[MOCK_ADDRESSES]; /* 198.51.100.0, 198.51.100.1, … */
    int address_count;
    struct {
        char name[64]; /* "": it has none */
        char device[32];
        int instance; /* that has it; negative: none */
        int size;
        bool old; /* it was listed once, and is no more being made */
        bool gone;
    } volumes[MOCK_VOLUMES]; /* vol-1, vol-2, … */
    int volume_count;
    bool goes_on; /* what is listed on its way to a state arrives there */
    const char *console;    /* of each, as it is sent; NULL: nothing */
    bool no_latest_console; /* their hosts are of before Nitro */
    bool is_tried;  /* complaints are what is wanted, and are not printed */
    int complaints; /* requests that a good client never makes */
    int answered;
    char last[8192];  /* parameters of the last request that changes something:
                         "\nNAME=VALUE\n…\n" */
    char asked[8192]; /* the same of the last that does not */

    const char *token; /* of the session that is wanted; NULL: none */
    int expired;       /* requests that came with another one */
    int unknown;       /* so many requests do not find what they name */
    int fails;         /* so many requests end in the failure */
    int status;        /* with this status, */
    const char *code;  /* and this code */
    const char *raw;   /* the next answer, as it is */
} ec2_mock;

/* With so many instances. */
ec2_mock *mock_start(int instances);
/* Fails if there were complaints. */
void mock_stop(ec2_mock *mock);

/* ---- ec2_mock_address.c ---------------------------------------------------
 */

/* One more address; its number. classic: one that is in no network. */
int mock_add_address(ec2_mock *mock, bool classic, const char *pool);

#endif
