/* libcloud's calls of its DigitalOcean driver, made through ours. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PEER_DIGITALOCEAN_H
#define TESTS_PEER_DIGITALOCEAN_H

#include "tests/peer/check.h"
#include "tests/peer/replay.h"

struct run {
    peer_check check;
    replay *server;
    pileus_connection *conn;
    const char *op;
    yajl_val args;
    yajl_val call;
    yajl_val result; /* NULL: it is to fail */
};

/* Make the call, and compare what comes of it. */
void run_call(struct run *run);

/* The code is a success. */
static inline void
done(pileus_code code, const pileus_error *err)
{
    if (code != PILEUS_OK) {
        fail_msg("%s: %s", pileus_code_name(code), pileus_error_message(err));
    }
}

#endif
