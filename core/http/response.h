/* Answers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__HTTP_RESPONSE_H
#define PIL__HTTP_RESPONSE_H

#include "core/base/text.h"

#include <pileus/http.h>

struct pileus_response {
    const pileus_host *host;
    const pileus_format *format; /* NULL: JSON */
    char *asked;                 /* "GET /path", for messages */
    long status;
    pil__text headers; /* each "name\0value\0" */
    size_t header_count;
    pil__text body;
    const char *problem; /* why it was refused in the middle; NULL */
    pileus_document *document;
    const pileus_value *value;
    bool parsed;
};

/* An empty one; NULL: no memory. */
pileus_response *pil__response_new(const pileus_host *host,
                                   const pileus_format *format,
                                   const char *method, const char *path);
/* Forget all of the answer, to take another. */
void pil__response_clear(pileus_response *response);
void pil__response_free(pileus_response *response);

/* A line of the header arrives. False: no memory, or beyond a limit. */
bool pil__response_add_header(pileus_response *response, const char *line,
                              size_t size);
/* Entry i of the header; NULL beyond the end. */
const char *pil__response_header_at(const pileus_response *response, size_t i,
                                    const char **value);

/* What the host table offers. */
int64_t pil__response_status(const pileus_response *response);
const char *pil__response_header(const pileus_response *response,
                                 const char *name);
const char *pil__response_body(const pileus_response *response, size_t *size);
int32_t pil__response_json(pileus_call *call, const pileus_response *response,
                           const pileus_value **value);

/* The provider's id of the request, by one of the usual headers; NULL: none. */
const char *pil__response_request_id(const pileus_response *response);

/* What is expected, for messages: "JSON". */
const char *pil__response_format(const pileus_response *response);

/* See by how it begins whether the body can be of the format that is expected,
 * JSON beginning with one of these characters: PILEUS_PROTOCOL, reported with
 * its first words, when it cannot. */
int32_t pil__response_check(pileus_call *call, const pileus_response *response,
                            const char *beginnings);

#endif
