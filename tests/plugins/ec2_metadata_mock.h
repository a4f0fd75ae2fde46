/* A strict metadata service of an instance, of version 2. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_EC2_METADATA_MOCK_H
#define TESTS_PLUGINS_EC2_METADATA_MOCK_H

#include "tests/plugins/ec2_mock.h"

#define ROLE "my+role=a,b.c@d_e-f"

typedef struct metadata {
    web_server *web;
    pthread_mutex_t lock;
    int complaints;
    int tokens;    /* of the service, that were given */
    int documents; /* that were given */
    int life_s;
    bool hangs;
    int token_status;     /* instead of a token */
    const char *roles;    /* NULL: there is none */
    const char *document; /* NULL: good credentials, with the token "t-N" */
} metadata;

void metadata_start(metadata *self);
/* Fails if a good client would not have asked something. */
void metadata_stop(metadata *self);

#endif
