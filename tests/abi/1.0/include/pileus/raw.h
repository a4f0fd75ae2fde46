/* Raw requests: what a provider's API can do and pileus has no call for. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_RAW_H
#define PILEUS_RAW_H

#include <pileus/connection.h>

PILEUS_BEGIN_DECLS

/*
 * Any HTTP request, sent as the driver sends its own: authenticated, over the
 * same connections, paced and retried in the same way, its failures explained
 * by the driver. Only drivers that speak HTTP through the core can do it.
 */

/* ---- what is asked ---------------------------------------------------------
 */

/* A request, set up by one thread; then any number may send it, at once. Its
 * values are wiped when it is freed. */
typedef struct pileus_raw_request pileus_raw_request;

/* A new request in *request, to be freed with pileus_raw_request_free.
 *
 * method: such as "GET"; methods are case-sensitive (RFC 9110). target: a path
 * behind the connection's endpoint, "/droplets" or "?command=listZones",
 * already percent-encoded; or a whole URL with the scheme, host and port of an
 * endpoint of the connection, and no other: credentials go nowhere else. */
PILEUS_API pileus_code pileus_raw_request_new(pileus_raw_request **request,
                                              const char *method,
                                              const char *target,
                                              pileus_error **err);
/* NULL is allowed. */
PILEUS_API void pileus_raw_request_free(pileus_raw_request *request);

/* Add a parameter to the query, behind those of the target. It is encoded. */
PILEUS_API pileus_code pileus_raw_request_add_query(pileus_raw_request *request,
                                                    const char *name,
                                                    const char *value,
                                                    pileus_error **err);

/* Set a header; the later value of a name counts. Those that frame the request
 * (Content-Length, Transfer-Encoding, Host, Connection) are refused, and the
 * driver's authentication comes after these. */
PILEUS_API pileus_code
pileus_raw_request_set_header(pileus_raw_request *request, const char *name,
                              const char *value, pileus_error **err);

#define PILEUS_RAW_BODY_MAX 16777216 /* bytes */
/* The body, which is copied. Its Content-Type is application/json unless a
 * header says otherwise. Without this there is no body. */
PILEUS_API pileus_code pileus_raw_request_set_body(pileus_raw_request *request,
                                                   const void *data,
                                                   size_t size,
                                                   pileus_error **err);

/* This request may be sent again whatever its method, for doing it twice is as
 * good as once. GET, HEAD, OPTIONS, PUT and DELETE always may. */
PILEUS_API void pileus_raw_request_set_idempotent(pileus_raw_request *request);

/* ---- what is answered ------------------------------------------------------
 */

/* A whole answer. It stays as it is, whatever becomes of the connection; from
 * any thread. */
typedef struct pileus_response pileus_raw_response;

/*
 * Send it, as often as is safe and needed. call as everywhere.
 *
 * *response is the answer, to be freed, whenever there was a whole one, also
 * when the code is not PILEUS_OK: the provider's "no" has a body, too. Without
 * one it is NULL. An answer that is not 2xx, or that the driver sees a failure
 * in, gives the code, and the error, that a call of the driver would.
 *
 * PILEUS_NOT_SUPPORTED: the driver speaks no HTTP through the core.
 * PILEUS_INVALID_ARGUMENT: the target is of another origin, or no target.
 */
PILEUS_API pileus_code pileus_raw_send(pileus_raw_response **response,
                                       pileus_connection *conn,
                                       const pileus_raw_request *request,
                                       pileus_call *call, pileus_error **err);

/* NULL is allowed. */
PILEUS_API void pileus_raw_response_free(pileus_raw_response *response);

PILEUS_API int64_t
pileus_raw_response_status(const pileus_raw_response *response);

/* The value of a header, by its name in any case; NULL if there is none. It
 * belongs to the response. */
PILEUS_API const char *
pileus_raw_response_header(const pileus_raw_response *response,
                           const char *name);
/* Name of header i, in the order in which they came, and in *value its value;
 * NULL beyond the end. */
PILEUS_API const char *
pileus_raw_response_header_at(const pileus_raw_response *response, size_t i,
                              const char **value);

/* The body, content encodings undone, with a NUL behind it that is not counted
 * in *size (may be NULL). It belongs to the response. */
PILEUS_API const char *
pileus_raw_response_body(const pileus_raw_response *response, size_t *size);

PILEUS_END_DECLS

#endif
