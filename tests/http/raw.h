/* Sending a raw request. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_HTTP_RAW_H
#define TESTS_HTTP_RAW_H

#include "tests/http/web.h"

/* A request by its method and target, sent. */
static inline pileus_code
send_raw(pileus_raw_response **response, pileus_connection *conn,
         const char *method, const char *target, pileus_error **err)
{
    pileus_raw_request *request = NULL;
    pileus_code code;

    expect_ok(pileus_raw_request_new(&request, method, target, err), *err);
    code = pileus_raw_send(response, conn, request, NULL, err);
    pileus_raw_request_free(request);
    return code;
}

#endif
