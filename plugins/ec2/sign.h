/* Signature Version 4, as Amazon's services want it on each request. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef EC2_SIGN_H
#define EC2_SIGN_H

#include <pileus/digest.h>
#include <pileus/text.h>

/* "20150830T123600Z", and its NUL. */
#define EC2_DATE_SIZE 17

/* Who signs, and for what. */
typedef struct ec2_signer {
    const char *key;
    const char *secret;
    const char *token; /* of a session; NULL: none */
    const char *region;
    const char *service;
} ec2_signer;

/* What is signed. */
typedef struct ec2_unsigned {
    const char *method;
    const char *path;         /* as it is sent */
    const char *host;         /* with a port, when that is not the usual one */
    const char *content_type; /* NULL: none */
    const char *date;
    const pileus_pair *query; /* not encoded, in any order */
    size_t query_count;
    const void *body;
    size_t body_size;
} ec2_unsigned;

/* The value of the header Authorization in *value, which is in *header, to be
 * dropped either way. */
int32_t ec2_sign(pileus_call *call, const ec2_signer *signer,
                 const ec2_unsigned *what, pileus_text **header, char **value);

#endif
