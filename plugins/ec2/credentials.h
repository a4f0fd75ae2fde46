/* Who signs: keys, where they come from, and how they are renewed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef EC2_CREDENTIALS_H
#define EC2_CREDENTIALS_H

#include "shared.h"

#include <pileus/http.h>

#include <pthread.h>

/* All three are secrets, or treated like one. */
typedef struct ec2_keys {
    char *key;
    char *secret;
    char *token;       /* of a session; NULL: none */
    bool expires;      /* at this time: */
    int64_t expires_s; /* since 1970 UTC */
} ec2_keys;

/* Which keys a call has used last. */
typedef struct ec2_use {
    const pileus_call *call;
    uint64_t number; /* of the keys */
    bool renewed;    /* the call has had some renewed */
} ec2_use;
#define EC2_USES 64

typedef struct ec2_credentials ec2_credentials;
struct ec2_credentials {
    /* Get new ones; NULL: they are what they are. */
    int32_t (*fetch)(const ec2_credentials *self, pileus_call *call,
                     ec2_keys *keys);
    bool is_due; /* the metadata is to be asked: nothing else is set */
    pileus_http *metadata; /* the way there */
    char *command;         /* credential_process */
    char *about;           /* what a failure of it begins with, or advises */
    int64_t timeout_ms;    /* of the command */

    pthread_mutex_t lock; /* of what follows; not held while anything runs */
    ec2_keys keys;
    int64_t fetched_ms; /* by pileus_now_ms */
    int64_t renew_ms;   /* from then on new ones are got, */
    int64_t end_ms;     /* and from then on these are not used */
    uint64_t number;    /* of the keys, counted from 1 */
    bool fetching;
    ec2_use uses[EC2_USES]; /* by a part of the call's address */
};

/* ---- credentials.c: keeping and renewing ----------------------------------
 */

/* False: no memory. */
bool ec2_credentials_begin(ec2_credentials *self);
void ec2_credentials_end(ec2_credentials *self, const pileus_host *host);
/* Get the first ones. */
int32_t ec2_credentials_fetch(ec2_credentials *self, pileus_call *call);
/* A copy of those that are good now, to be freed. */
int32_t ec2_credentials_take(ec2_credentials *self, pileus_call *call,
                             ec2_keys *keys);
/* The provider says that they have expired. True: with others it may do. */
bool ec2_credentials_expired(ec2_credentials *self, pileus_call *call);

/* Copies of all that is not NULL. */
int32_t ec2_keys_set(ec2_keys *keys, pileus_call *call, const char *key,
                     const char *secret, const char *token);
void ec2_keys_free(ec2_keys *keys, const pileus_host *host);

/* ---- chain.c: finding them ------------------------------------------------
 */

/* From options, environment and files, as Amazon's tools do, or is_due; and
 * provide the profile's region, when nothing else names one. */
int32_t ec2_find_credentials(ec2_credentials *self, pileus_call *call);

/* ---- external.c: from a program -------------------------------------------
 */

int32_t ec2_fetch_external(const ec2_credentials *self, pileus_call *call,
                           ec2_keys *keys);

/* ---- metadata.c: of the role of this instance -----------------------------
 */

/* Find the way, and get the first ones. In open. */
int32_t ec2_open_metadata(ec2_credentials *self, pileus_call *call);

#endif
