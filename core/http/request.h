/* Requests: what a driver asked for, and each attempt at it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__HTTP_REQUEST_H
#define PIL__HTTP_REQUEST_H

#include "core/base/arena.h"
#include "core/base/url.h"

#include <pileus/http.h>

/* One part of a query: as it is meant, and as it stands in the URL. */
typedef struct pil__query_part {
    const char *name;
    const char *value;
    const char *coded; /* "name=value" */
} pil__query_part;

typedef struct pil__parts {
    pil__query_part *at;
    size_t count;
    size_t capacity;
} pil__parts;

typedef struct pil__headers {
    pileus_pair *at;
    size_t count;
    size_t capacity;
} pil__headers;

/* What a driver asked for, checked. Strings are in the arena; the body is the
 * driver's. */
typedef struct pil__plan {
    pil__arena arena;
    pileus_http *http;
    const char *method;
    const char *path; /* encoded, the endpoint's path in front */
    pil__parts query;
    pil__headers headers;
    const void *body; /* NULL: none */
    size_t body_size;
    bool repeatable; /* by its method or its flag */
    bool changes;    /* it may change something at the provider */
    bool once;
    bool any_status;
    bool secret; /* the body of the answer is */
} pil__plan;

/* One attempt at it. */
struct pileus_attempt {
    const pileus_host *host;
    const pil__plan *plan;
    pil__arena arena;
    pil__parts query;
    pil__headers headers;
    const char *url;
    const char *const *header_lines; /* "Name: value"; NULL-terminated */
};

/* Check the request and fill *plan; what is wrong is reported. The plan is to
 * be ended either way. */
int32_t pil__plan_begin(pil__plan *plan, pileus_http *http, pileus_call *call,
                        const pileus_request *request);
void pil__plan_end(pil__plan *plan);

/* The URL that a location leads to from here, its text in *text. False: it is
 * none, or memory ran out. */
bool pil__plan_resolve(pil__url *url, pil__text *text, const pil__plan *plan,
                       const char *location);

/* Ask another URL of the same origin from now on: path and query of url. */
int32_t pil__plan_move(pil__plan *plan, pileus_call *call, const pil__url *url);

/* Set a parameter of the query, taking the place of one of that name. */
int32_t pil__plan_set_query(pil__plan *plan, pileus_call *call,
                            const char *name, const char *value);

/* A new attempt, signed; what is wrong is reported. */
int32_t pil__attempt_new(pileus_attempt **attempt, const pil__plan *plan,
                         pileus_call *call);
void pil__attempt_free(pileus_attempt *attempt);

/* What the host table offers of an attempt. */
const char *pil__attempt_method(const pileus_attempt *attempt);
const char *pil__attempt_path(const pileus_attempt *attempt);
int32_t pil__attempt_query_at(const pileus_attempt *attempt, uint64_t i,
                              pileus_pair *pair);
const void *pil__attempt_body(const pileus_attempt *attempt, size_t *size);
int32_t pil__attempt_set_header(pileus_attempt *attempt, const char *name,
                                const char *value);
int32_t pil__attempt_add_query(pileus_attempt *attempt, const char *name,
                               const char *value);

#endif
