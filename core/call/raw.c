/* Raw requests: what an application asks a provider past all calls. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <pileus/raw.h>

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/base/wipe.h"
#include "core/call/connection.h"
#include "core/http/http.h"
#include "core/http/limits.h"
#include "core/http/message.h"
#include "core/http/response.h"
#include "core/model/fill.h"

#include <string.h>
#include <strings.h>

struct pileus_raw_request {
    char *method;
    char *target;
    struct pil__pairs query;
    struct pil__pairs headers;
    void *body; /* NULL: none */
    size_t body_size;
    bool idempotent;
};

/* ---- what is asked ---------------------------------------------------------
 */

/* A tunnel is no question to a provider. */
static pileus_code
check_method(const char *method, pileus_error **err)
{
    if (!pil__header_valid(method, "") || strcmp(method, "CONNECT") == 0) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "'%.64s' is no method to ask a provider with: "
                              "give one such as GET or POST",
                              method == NULL ? "" : method);
    }
    return PILEUS_OK;
}

pileus_code
pileus_raw_request_new(pileus_raw_request **request, const char *method,
                       const char *target, pileus_error **err)
{
    pileus_raw_request *made;
    pileus_code code = check_method(method, err);

    if (code == PILEUS_OK) {
        code = pil__check_text("the path", target, PIL__HTTP_URL_MAX, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    made = pil__calloc(1, sizeof *made);
    if (made == NULL) {
        return pil__error_no_memory(err);
    }
    made->method = pil__strdup(method);
    made->target = pil__strdup(target);
    if (made->method == NULL || made->target == NULL) {
        pileus_raw_request_free(made);
        return pil__error_no_memory(err);
    }
    *request = made;
    return PILEUS_OK;
}

void
pileus_raw_request_free(pileus_raw_request *request)
{
    if (request == NULL) {
        return;
    }
    pil__wipe(request->body, request->body_size);
    pil__free(request->body);
    pil__pairs_free(&request->query);
    pil__pairs_free(&request->headers);
    pil__wipe_free(request->target); /* a key may be in its query */
    pil__free(request->method);
    pil__free(request);
}

pileus_code
pileus_raw_request_add_query(pileus_raw_request *request, const char *name,
                             const char *value, pileus_error **err)
{
    pileus_code code = request == NULL ? pil__fill_nowhere(err) : PILEUS_OK;

    if (code == PILEUS_OK) {
        code = pil__check_text("the name of a parameter", name,
                               PIL__HTTP_URL_MAX, err);
    }
    if (code == PILEUS_OK) {
        code = pil__check_text("the value of a parameter", value,
                               PIL__HTTP_URL_MAX, err);
    }
    return code == PILEUS_OK ? pil__pairs_add(&request->query, name, value, err)
                             : code;
}

/* Those that say where a message ends, and for whom it is. */
static bool
frames(const char *name)
{
    static const char *const names[] = {
        "Connection", "Content-Length",    "Expect",  "Host",
        "TE",         "Transfer-Encoding", "Upgrade",
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcasecmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

pileus_code
pileus_raw_request_set_header(pileus_raw_request *request, const char *name,
                              const char *value, pileus_error **err)
{
    if (request == NULL) {
        return pil__fill_nowhere(err);
    }
    if (!pil__header_valid(name, value)) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "a header '%.64s' with this value cannot be "
                              "sent: its name must be a word, and its value "
                              "one line",
                              name == NULL ? "" : name);
    }
    if (frames(name)) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "the header '%.64s' is set by pileus itself: "
                              "leave it out",
                              name);
    }
    return pil__pairs_add(&request->headers, name, value, err);
}

pileus_code
pileus_raw_request_set_body(pileus_raw_request *request, const void *data,
                            size_t size, pileus_error **err)
{
    char *copy;

    if (request == NULL) {
        return pil__fill_nowhere(err);
    }
    if (data == NULL && size > 0) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "the body is missing: give it, or the size 0");
    }
    if (size > PILEUS_RAW_BODY_MAX) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "the body has %zu bytes: it may have %d at most",
                              size, PILEUS_RAW_BODY_MAX);
    }
    if (strcmp(request->method, "HEAD") == 0) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "a HEAD request has no body: leave it out");
    }
    copy = pil__malloc(size + 1);
    if (copy == NULL) {
        return pil__error_no_memory(err);
    }
    if (size > 0) {
        memcpy(copy, data, size);
    }
    pil__wipe(request->body, request->body_size);
    pil__free(request->body);
    request->body = copy;
    request->body_size = size;
    return PILEUS_OK;
}

void
pileus_raw_request_set_idempotent(pileus_raw_request *request)
{
    if (request != NULL) {
        request->idempotent = true;
    }
}

/* ---- sending ---------------------------------------------------------------
 */

static int32_t
ask(const pil__operation *operation, const pileus_raw_request *raw,
    pileus_response **response)
{
    pileus_http *ways = operation->conn->ways;
    pileus_http *way;
    const pileus_request request = {
        .struct_size = sizeof request,
        .flags = raw->idempotent ? PILEUS_REQUEST_IDEMPOTENT : 0,
        .method = raw->method,
        .path = raw->target,
        .query_count = raw->query.count,
        .query = raw->query.pair,
        .header_count = raw->headers.count,
        .headers = raw->headers.pair,
        .body = raw->body,
        .body_size = raw->body_size,
    };

    if (ways == NULL) {
        return pileus_fail(operation->call, PILEUS_NOT_SUPPORTED,
                           "it does not speak HTTP through pileus, so there "
                           "is no way to send a raw request");
    }
    way = pil__http_leading_to(ways, raw->target);
    if (way == NULL) {
        return pileus_fail(operation->call, PILEUS_INVALID_ARGUMENT,
                           "that URL is at no endpoint of this connection, and "
                           "credentials go nowhere else: give a path, or a URL "
                           "at %.200s",
                           pil__http_endpoint(ways));
    }
    return pil__http_ask(way, operation->call, &request, response);
}

pileus_code
pileus_raw_send(pileus_raw_response **response, pileus_connection *conn,
                const pileus_raw_request *request, pileus_call *call,
                pileus_error **err)
{
    pil__operation operation;
    pileus_code code;

    if (response == NULL || conn == NULL || request == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "a raw request needs a place for the answer, a "
                              "connection and a request");
    }
    *response = NULL;
    code = pil__enter(&operation, conn, "raw", call, err);
    if (code != PILEUS_OK) {
        return code;
    }
    return pil__leave(&operation, ask(&operation, request, response), err);
}

/* ---- what is answered ------------------------------------------------------
 */

void
pileus_raw_response_free(pileus_raw_response *response)
{
    pil__response_free(response);
}

int64_t
pileus_raw_response_status(const pileus_raw_response *response)
{
    return pil__response_status(response);
}

const char *
pileus_raw_response_header(const pileus_raw_response *response,
                           const char *name)
{
    return pil__response_header(response, name);
}

const char *
pileus_raw_response_header_at(const pileus_raw_response *response, size_t i,
                              const char **value)
{
    return pil__response_header_at(response, i, value);
}

const char *
pileus_raw_response_body(const pileus_raw_response *response, size_t *size)
{
    return pil__response_body(response, size);
}
