/* HTTP for drivers: requests with retries, limits and paging done once. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_HTTP_H
#define PILEUS_HTTP_H

#include <pileus/driver.h>
#include <pileus/format.h>
#include <pileus/json.h>

PILEUS_BEGIN_DECLS

/*
 * A driver makes a pileus_http in its open and frees it in its close. It
 * reads the standard options that the core adds to every manifest with
 * "http": {"endpoint": "https://api.example.com/v1", "environment": ["X_URL"]},
 * in which either may be left out; without an endpoint there the option is
 * required, unless "required": false says that the driver may provide it. An
 * endpoint may name options of the driver, as in
 * "https://api.{region}.example.com", whose values then stand there:
 *
 *   endpoint, ca-file, client-cert, client-key, insecure, proxy,
 *   request-timeout, retries
 *
 * and keeps connections open, limits, retry budget and rate limit for all
 * threads. Sending blocks, within the call's deadline and cancellation.
 *
 * The core sends again by itself, and only when that is safe: GET, HEAD, PUT,
 * DELETE and OPTIONS; requests that the driver calls idempotent; failures
 * before anything was sent. It waits as the provider says (Retry-After, rate
 * limit headers), else with growing, jittered pauses.
 */
enum {
    /* This request may be sent again although its method does not say so: it
     * carries a token, or does nothing when repeated. */
    PILEUS_REQUEST_IDEMPOTENT = 1,
    /* Never send it a second time. */
    PILEUS_REQUEST_ONCE = 2,
    /* Any status is an answer: explain is not asked, nothing fails. */
    PILEUS_REQUEST_ANY_STATUS = 4,
    /* The whole body of the answer is a secret, whatever its form: recordings
     * leave it out. */
    PILEUS_REQUEST_SECRET = 8
};

typedef struct pileus_request {
    uint64_t struct_size;
    uint64_t flags;
    const char *method; /* NULL: GET, or POST with a body */
    const char *path;   /* behind the endpoint; or a URL of its host */
    uint64_t query_count;
    const pileus_pair *query; /* encoded by the core; value NULL: left out */
    uint64_t header_count;
    const pileus_pair *headers;
    const void *body;
    uint64_t body_size;
    const char *content_type; /* of the body; NULL: application/json */
} pileus_request;

/* What a driver does to every request of a pileus_http. */
typedef struct pileus_http_hooks {
    uint64_t struct_size;
    void *user;
    /* Optional: before each attempt, authenticate it, with
     * pileus_attempt_set_header and pileus_attempt_add_query. */
    int32_t (*sign)(void *user, pileus_call *call, pileus_attempt *attempt);
    /* Optional: what an answer with a status of 400 or more means. The core
     * has filled failure from the status and headers (code, retryable,
     * retry_after_ms, status, request_id); the driver adds what the body says:
     * code, provider_code, provider_message, request_id, retryable. The core
     * makes a sentence of it all, unless the driver sets message. Strings must
     * live as long as the response: pileus_response_json's do. Retryable with
     * a status of 4xx says that nothing was done, and the request is sent
     * again whatever its method. Also asked about answers below 400 when
     * look_at_all is 1, and then failure->code is PILEUS_OK unless the driver
     * says otherwise. Of a page of a listing, what pileus_response_json gives
     * is then all but the items, which were handed out already; if the page is
     * asked for again, those are not handed out twice. */
    void (*explain)(void *user, pileus_call *call,
                    const pileus_response *response, pileus_failure *failure);
    int32_t look_at_all;
    /* 1: never by way of a proxy, and plain HTTP is no reason to warn: a
     * service of this very machine, or of the link that it is on. */
    int32_t direct;
    const pileus_format *format; /* of answers; NULL: JSON */
    /* Limits below those of the options "request-timeout" and "retries", for a
     * service that answers at once or is not there; 0: only those. */
    int64_t timeout_ms;
    int64_t tries; /* the first among them */
} pileus_http_hooks;

/* ---- the way to the provider ------------------------------------------------
 */

/* A way to the provider, from the standard options and the hooks (copied; may
 * be NULL). In open only; it is freed in close. NULL: the failure is reported.
 */
static inline pileus_http *
pileus_http_new(pileus_call *call, const pileus_http_hooks *hooks)
{
    return PILEUS_HOST(call)->http->create(call, hooks);
}

/* Another way of the same connection, to an endpoint that the provider named:
 * of a catalogue, say. It has the standard options, but its own limits and
 * hooks. In open only, like the first. */
static inline pileus_http *
pileus_http_new_at(pileus_call *call, const pileus_http_hooks *hooks,
                   const char *endpoint)
{
    return PILEUS_HOST(call)->http->create_at(call, hooks, endpoint);
}

static inline void
pileus_http_free(pileus_http *http)
{
    if (http != NULL) {
        PILEUS_HOST(http)->http->destroy(http);
    }
}

/* Have every attempt carry "Authorization: Bearer TOKEN" (RFC 6750), before the
 * hook signs it. The token is copied, and wiped in the end. One that cannot
 * stand in a header is PILEUS_CONFIGURATION, reported. In open. */
static inline int32_t
pileus_http_set_bearer(pileus_http *http, pileus_call *call, const char *token)
{
    return PILEUS_HOST(http)->http->set_bearer(http, call, token);
}

/* The endpoint that it came to, without a slash at its end. */
static inline const char *
pileus_http_endpoint(pileus_http *http)
{
    return PILEUS_HOST(http)->http->endpoint(http);
}

/* Send a request, as often as is safe and needed, and give the answer in
 * *response, to be freed. A failure, also one by status, is reported, and
 * there is no response. From any thread. */
static inline int32_t
pileus_http_send(pileus_http *http, pileus_call *call,
                 const pileus_request *request, pileus_response **response)
{
    return PILEUS_HOST(http)->http->send(http, call, request, response);
}

static inline void
pileus_response_free(pileus_response *response)
{
    if (response != NULL) {
        PILEUS_HOST(response)->http->response_free(response);
    }
}

static inline int64_t
pileus_response_status(const pileus_response *response)
{
    return PILEUS_HOST(response)->http->response_status(response);
}

/* The value of a header, by its name in any case; NULL if there is none. */
static inline const char *
pileus_response_header(const pileus_response *response, const char *name)
{
    return PILEUS_HOST(response)->http->response_header(response, name);
}

/* The body, decoded, with a NUL behind it that is not counted. */
static inline const char *
pileus_response_body(const pileus_response *response, size_t *size)
{
    return PILEUS_HOST(response)->http->response_body(response, size);
}

/* The body as JSON, or as the hooks' format has it; it belongs to the response.
 * PILEUS_PROTOCOL, reported with the beginning of the body, if it is none. An
 * empty body gives NULL. */
static inline int32_t
pileus_response_json(pileus_call *call, const pileus_response *response,
                     const pileus_value **value)
{
    return PILEUS_HOST(response)->http->response_json(call, response, value);
}

/* "BEFORE/ID", or "BEFORE/ID/AFTER" when after is not NULL: a path with an id
 * in it, which may come from the application. One that would not be a part of
 * the path, but change it, is PILEUS_NOT_FOUND, reported. */
#define PILEUS_HTTP_PATH_SIZE (PILEUS_ID_MAX + 256)
static inline int32_t
pileus_http_path(pileus_call *call, char path[PILEUS_HTTP_PATH_SIZE],
                 const char *before, const char *id, const char *after)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:";

    if (id == NULL || *id == '\0' || *id == '.' || strlen(id) > PILEUS_ID_MAX ||
        id[strspn(id, plain)] != '\0') {
        return pileus_fail(call, PILEUS_NOT_FOUND,
                           "the provider has nothing with the id '%.64s': list "
                           "what there is",
                           id == NULL ? "" : id);
    }
    (void)snprintf(path, PILEUS_HTTP_PATH_SIZE, "%s/%s%s%s", before, id,
                   after == NULL ? "" : "/", after == NULL ? "" : after);
    return PILEUS_OK;
}

/* Send a request with a document as its body (NULL: none; it is freed), and
 * give the answer, to be freed, in *response, and its JSON in *value. With
 * response NULL nobody looks at the answer. */
static inline int32_t
pileus_http_send_json(pileus_http *http, pileus_call *call,
                      const pileus_request *request, pileus_writer *document,
                      pileus_response **response, const pileus_value **value)
{
    pileus_request whole = *request;
    pileus_response *answer = NULL;
    const char *text = NULL;
    size_t size = 0;
    int32_t code = PILEUS_OK;

    if (document != NULL) {
        code = pileus_write_end(document, &text, &size);
        whole.body = text;
        whole.body_size = size;
    }
    if (code == PILEUS_OK) {
        code = pileus_http_send(http, call, &whole, &answer);
    }
    pileus_write_free(document);
    if (code == PILEUS_OK && response != NULL) {
        code = pileus_response_json(call, answer, value);
    }
    if (code == PILEUS_OK && response != NULL) {
        *response = answer;
    } else {
        pileus_response_free(answer);
    }
    return code;
}

/* ---- signing: what a hook may do to an attempt
 * --------------------------------- */

static inline const char *
pileus_attempt_method(const pileus_attempt *attempt)
{
    return PILEUS_HOST(attempt)->http->attempt_method(attempt);
}

/* The path of its URL, from the first slash, encoded. */
static inline const char *
pileus_attempt_path(const pileus_attempt *attempt)
{
    return PILEUS_HOST(attempt)->http->attempt_path(attempt);
}

/* Its query, not encoded, in order; false beyond the end. */
static inline bool
pileus_attempt_query_at(const pileus_attempt *attempt, uint64_t i,
                        pileus_pair *pair)
{
    return PILEUS_HOST(attempt)->http->attempt_query_at(attempt, i, pair) != 0;
}

static inline const void *
pileus_attempt_body(const pileus_attempt *attempt, size_t *size)
{
    return PILEUS_HOST(attempt)->http->attempt_body(attempt, size);
}

/* Set a header, or add to the query, of this attempt only. What is secret in it
 * must be an option's value, or be named secret with pileus_http_secret. */
static inline int32_t
pileus_attempt_set_header(pileus_attempt *attempt, const char *name,
                          const char *value)
{
    return PILEUS_HOST(attempt)->http->attempt_set_header(attempt, name, value);
}

static inline int32_t
pileus_attempt_add_query(pileus_attempt *attempt, const char *name,
                         const char *value)
{
    return PILEUS_HOST(attempt)->http->attempt_add_query(attempt, name, value);
}

/* The values of this header, query parameter or JSON key (whichever has the
 * name) are secrets: a signature, a token, a password that a provider makes.
 * Traces and recordings replace them. In open. */
static inline int32_t
pileus_http_secret(pileus_http *http, pileus_call *call, const char *name)
{
    return PILEUS_HOST(http)->http->secret(http, call, name);
}

/* ---- listings, page by page
 * ------------------------------------------------------ */

/* How a listing goes on after its first page. */
enum {
    PILEUS_PAGES_NONE = 0,   /* it is whole */
    PILEUS_PAGES_NUMBER = 1, /* page=1, 2, 3, … */
    PILEUS_PAGES_MARKER = 2, /* the id of the last item */
    PILEUS_PAGES_CURSOR = 3, /* a token that the page brings */
    PILEUS_PAGES_LINK = 4    /* a URL that the page brings */
};

typedef struct pileus_pages {
    uint64_t struct_size;
    int32_t kind;
    int32_t reserved;
    const char *items;  /* path of the list of items in a page */
    const char *page;   /* query parameter of the number, marker or cursor */
    int64_t first;      /* number of the first page */
    const char *limit;  /* query parameter of the page's size; NULL: none */
    int64_t size;       /* that size: a page with fewer items is the last */
    const char *next;   /* path of cursor or link, or of what is null or not
                           there in the last page; NULL: by size */
    const char *total;  /* path of the number of all items; NULL: unknown. With
                           numbered pages it lets several be fetched at once */
    const char *marker; /* path in an item of what marks it */
} pileus_pages;

/* One item of a listing, in memory that is used again for the next. What it
 * returns unless PILEUS_OK ends the listing. */
typedef int32_t (*pileus_item_fn)(void *user, pileus_call *call,
                                  const pileus_value *item);

/* Have fn take each item of all pages, as they arrive, in order. A page that
 * comes again is PILEUS_PROTOCOL, and so is a JSON document without even the
 * first key of the path to the items. */
static inline int32_t
pileus_http_list(pileus_http *http, pileus_call *call,
                 const pileus_request *request, const pileus_pages *pages,
                 pileus_item_fn fn, void *user)
{
    return PILEUS_HOST(http)->http->list(http, call, request, pages, fn, user);
}

PILEUS_END_DECLS

#endif
