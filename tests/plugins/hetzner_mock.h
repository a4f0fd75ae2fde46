/* A Hetzner Cloud of the suite's own, strict about what it is asked. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_HETZNER_MOCK_H
#define TESTS_PLUGINS_HETZNER_MOCK_H

#include "tests/support/expect.h"
#include "tests/support/server.h"

#include <pthread.h>
#include <stdio.h>

#include <yajl/yajl_tree.h>

#define MOCK_TOKEN "a-token-that-nobody-else-may-see"
#define MOCK_PASSWORD "a-password-that-is-told-once"
#define MOCK_THINGS 256 /* of each kind, at most */
/* Images: the provider's own, and one that somebody made. */
#define MOCK_SYSTEM_IMAGE 114690387
#define MOCK_SNAPSHOT 900

typedef struct mock_server {
    long long id;
    char name[64];
    char status[16];
    char labels[512]; /* JSON */
    char type[32];
    char location[8];
    int obeys_after; /* looks at it until a shutdown is done; 0: never */
    bool shutting;
} mock_server;

typedef struct mock_volume {
    long long id;
    char name[64];
    char location[8];
    long long size;
    long long server; /* 0: none */
} mock_volume;

typedef struct mock_key {
    long long id;
    char name[64];
    char print[48];
    char public_key[1024];
} mock_key;

/* What it has, and what is to happen. Requests that nobody would answer, such
 * as an unknown path or a key that a document may not have, are counted as
 * complaints and said on standard error. */
typedef struct hetzner_mock {
    web_server *web;
    pthread_mutex_t lock;
    char endpoint[128];
    long long next_id;
    mock_server servers[MOCK_THINGS];
    size_t server_count;
    mock_volume volumes[MOCK_THINGS];
    size_t volume_count;
    mock_key keys[MOCK_THINGS];
    size_t key_count;
    bool snapshot; /* MOCK_SNAPSHOT is there */
    int complaints;
    char last_body[65536]; /* of the last POST */

    int locked;         /* so many requests for actions are refused so */
    bool lose_create;   /* the answer to the next create */
    bool fail_action;   /* the next action has failed already */
    int refuse_status;  /* the next request; 0: no */
    const char *refuse; /* with this code */
} hetzner_mock;

/* With so many servers; to be stopped, which fails if there were complaints. */
hetzner_mock *mock_start(size_t servers);
void mock_stop(hetzner_mock *mock);

/* ---- hetzner_mock.c: requests ---------------------------------------------
 */

/* A request under way. */
typedef struct request {
    hetzner_mock *mock;
    const web_asked *asked;
    web_channel *channel;
    char path[256]; /* behind /v1 */
    yajl_val body;  /* NULL: none */
} mock_request;

void mock_answer(mock_request *asking, int status, const char *body);
void mock_refuse(mock_request *asking, int status, const char *code);
/* What a good client never asks. */
void mock_complain(mock_request *asking, const char *about);
bool mock_is(const mock_request *asking, const char *method);
/* The value of a parameter, decoded. False: there is none. */
bool mock_query(const mock_request *asking, const char *name, char value[],
                size_t size);
/* An entry of a JSON object, and a string of the document. */
yajl_val mock_get(yajl_val object, const char *key);
const char *mock_string(const mock_request *asking, const char *key);
/* The document has no keys but these, with blanks between. */
bool mock_has_only(const mock_request *asking, const char *keys);

/* ---- hetzner_lists.c, hetzner_things.c -------------------------------------
 */

/* True: it was a listing. */
bool mock_serve_list(mock_request *asking);
void mock_create_server(mock_request *asking);
void mock_create_volume(mock_request *asking);
void mock_create_key(mock_request *asking);
/* rest: what stands behind the kind in the path. */
void mock_serve_server(mock_request *asking, const char *rest);
void mock_serve_volume(mock_request *asking, const char *rest);
void mock_serve_image(mock_request *asking, const char *rest);
void mock_serve_key(mock_request *asking, const char *rest);

/* ---- hetzner_answers.c: what it says of things --------------------------- */

void print_server(FILE *out, const mock_server *server);
void print_type(FILE *out, const char *name);
void print_location(FILE *out, const char *name);
void print_image(FILE *out, long long id);
void print_volume(FILE *out, const mock_volume *volume);
void print_key(FILE *out, const mock_key *key);
/* As the member NAME. */
void print_action(FILE *out, const char *name, const char *command,
                  bool failed);

#endif
