/* A provider that answers everything, and whose failures echo what was asked.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SECRETS_PROVIDER_H
#define TESTS_SECRETS_PROVIDER_H

#include "tests/support/server.h"

#include <stdatomic.h>

/* How it answers. */
typedef enum manner {
    SUCCESS, /* one of everything; creates tell a password and a private key */
    REFUSED, /* 401, and from here on words that echo the whole request */
    FORBIDDEN,
    NOT_FOUND,
    UNPROCESSABLE,
    BROKEN,      /* 500 */
    WEB_PAGE,    /* the echo in HTML */
    PLAIN_TEXT,  /* no JSON, though the status says all is well */
    HALF,        /* JSON that breaks off in the echo */
    WRONG_TYPES, /* the echo where there should be numbers and lists */
    ELSEWHERE,   /* a redirect to another host, with the echo in its URL */
    CUT_OFF,     /* no answer at all */
    MANNERS
} manner;

typedef struct provider {
    atomic_int manner;
    atomic_bool made; /* a create was asked for: the next job is its own */
} provider;

const char *manner_name(manner how);
/* A server_fn, of a provider. */
void provide(void *user, const web_asked *asked, web_channel *channel);

#endif
