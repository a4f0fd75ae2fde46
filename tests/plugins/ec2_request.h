/* Requests as EC2's servers read them: parameters, and the signature. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_EC2_REQUEST_H
#define TESTS_PLUGINS_EC2_REQUEST_H

#include "tests/plugins/ec2_mock.h"

#define REQUEST_PARAMS 256

typedef struct request {
    const web_asked *asked;
    struct param {
        char *name; /* decoded */
        char *value;
    } params[REQUEST_PARAMS];
    size_t count;
    size_t in_query; /* the first so many stand there */
} request;

void request_read(request *of, const web_asked *asked);
void request_free(request *of);
/* NULL: not there. */
const char *request_get(const request *of, const char *name);
/* Is it signed by our key, now, for our region, with this token or none? */
bool request_is_signed(const request *of, const char *token);

#endif
