/* Who signs: keys, where they come from, and how they are renewed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef EC2_CREDENTIALS_H
#define EC2_CREDENTIALS_H

#include "shared.h"

#include <pileus/http.h>
#include <pileus/lease.h>

/* All three are secrets, or treated like one. */
typedef struct ec2_keys {
    char *key;
    char *secret;
    char *token;       /* of a session; NULL: none */
    bool expires;      /* at this time: */
    int64_t expires_s; /* since 1970 UTC */
} ec2_keys;

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

    bool had_some;       /* it has given keys before */
    pileus_lease *lease; /* of ec2_keys; the first are in keys until it is: */
    ec2_keys keys;
};

/* ---- credentials.c: keeping and renewing ----------------------------------
 */

/* They are found: lease them, and get the first ones. */
int32_t ec2_credentials_begin(ec2_credentials *self, pileus_call *call);
/* Also of those that have not begun. */
void ec2_credentials_end(ec2_credentials *self, const pileus_host *host);

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

/* Find the way. In open. */
int32_t ec2_open_metadata(ec2_credentials *self, pileus_call *call);

#endif
