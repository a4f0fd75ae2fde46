/* HTTP under a fake host: requests, and the answers of the test. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_FAKE_HTTP_H
#define PILEUS_FAKE_HTTP_H

/* Part of fake_host.h. */

#include <pileus/fake/call.h>
#include <pileus/fake/read.h>

#include <inttypes.h>

/* ---- HTTP: the table "http"
 * -------------------------------------------------------- */

static inline pileus_http *
pileus_fake_http_at(pileus_call *call, const pileus_http_hooks *hooks,
                    const char *endpoint)
{
    pileus_http *http = pileus_fake_zeroed(sizeof *http);
    size_t size;

    http->host = call->host;
    http->fake = call->fake;
    http->endpoint = pileus_fake_copy(endpoint, PILEUS_NUL_TERMINATED);
    if (hooks != NULL) {
        size = hooks->struct_size < sizeof *hooks ? (size_t)hooks->struct_size
                                                  : sizeof *hooks;
        memcpy(&http->hooks, hooks, size);
        if (http->hooks.format != NULL) {
            pileus_fake_die("not faked: another format than JSON, of ",
                            "http.create");
        }
    }
    return http;
}

static inline pileus_http *
pileus_fake_http_create(pileus_call *call, const pileus_http_hooks *hooks)
{
    const char *endpoint = pileus_fake_get_setting(call, "endpoint");

    return pileus_fake_http_at(call, hooks, endpoint == NULL ? "" : endpoint);
}

static inline void
pileus_fake_http_destroy(pileus_http *http)
{
    free(http->endpoint);
    free(http->bearer);
    free(http);
}

static inline const char *
pileus_fake_http_endpoint(pileus_http *http)
{
    return http->endpoint;
}

static inline int32_t
pileus_fake_http_secret(pileus_http *http, pileus_call *call, const char *name)
{
    (void)http;
    (void)call;
    (void)name;
    return PILEUS_OK;
}

static inline int32_t
pileus_fake_http_bearer(pileus_http *http, pileus_call *call, const char *token)
{
    (void)call;
    free(http->bearer);
    http->bearer = pileus_fake_copy(token, PILEUS_NUL_TERMINATED);
    return PILEUS_OK;
}

static inline const char *
pileus_fake_attempt_method(const pileus_attempt *attempt)
{
    return attempt->method;
}

static inline const char *
pileus_fake_attempt_path(const pileus_attempt *attempt)
{
    return attempt->request->path;
}

static inline int32_t
pileus_fake_attempt_query_at(const pileus_attempt *attempt, uint64_t i,
                             pileus_pair *pair)
{
    for (uint64_t at = 0; at < attempt->request->query_count; at++) {
        if (attempt->request->query[at].value != NULL && i-- == 0) {
            *pair = attempt->request->query[at];
            return 1;
        }
    }
    return 0;
}

static inline const void *
pileus_fake_attempt_body(const pileus_attempt *attempt, size_t *size)
{
    *size = (size_t)attempt->request->body_size;
    return attempt->request->body;
}

/* "NAME", what is between, "VALUE" and what is behind, at the end of a text. */
static inline void
pileus_fake_add_named(char **text, const char *name, const char *between,
                      const char *value, const char *behind)
{
    size_t size = *text == NULL ? 0 : strlen(*text);

    pileus_fake_append(text, &size, name, PILEUS_NUL_TERMINATED);
    pileus_fake_append(text, &size, between, PILEUS_NUL_TERMINATED);
    pileus_fake_append(text, &size, value, PILEUS_NUL_TERMINATED);
    pileus_fake_append(text, &size, behind, PILEUS_NUL_TERMINATED);
}

static inline int32_t
pileus_fake_attempt_set_header(pileus_attempt *attempt, const char *name,
                               const char *value)
{
    pileus_fake_add_named(&attempt->headers, name, ": ", value, "\n");
    return PILEUS_OK;
}

/* It is told apart by names: nothing is encoded. */
static inline int32_t
pileus_fake_attempt_add_query(pileus_attempt *attempt, const char *name,
                              const char *value)
{
    pileus_fake_add_named(&attempt->query, attempt->query == NULL ? "" : "&",
                          name, "=", value);
    return PILEUS_OK;
}

/* The answer to "METHOD PATH?QUERY", or to all queries of "METHOD PATH". Each
 * is given once, in the order of the test. */
static inline pileus_fake_canned *
pileus_fake_answer_to(pileus_fake *fake, const char *line)
{
    for (pileus_fake_canned *canned = fake->canned; canned != NULL;
         canned = canned->next) {
        size_t length = strchr(canned->request, '?') != NULL
                            ? strlen(line)
                            : strcspn(line, "?");

        if (!canned->used && strlen(canned->request) == length &&
            strncmp(canned->request, line, length) == 0) {
            return canned;
        }
    }
    return NULL;
}

/* Sign a request and keep it: its line, its headers, its body. */
static inline int32_t
pileus_fake_request(pileus_http *http, pileus_call *call,
                    const pileus_request *request, char **line)
{
    struct pileus_fake_text *log = &http->fake->requests;
    pileus_attempt attempt = {
        .host = http->host,
        .fake = http->fake,
        .request = request,
        .method = request->method != NULL ? request->method
                  : request->body != NULL ? "POST"
                                          : "GET",
    };
    pileus_pair pair;
    int32_t code = PILEUS_OK;
    char *target;

    for (uint64_t i = 0; pileus_fake_attempt_query_at(&attempt, i, &pair);
         i++) {
        (void)pileus_fake_attempt_add_query(&attempt, pair.name, pair.value);
    }
    for (uint64_t i = 0; i < request->header_count; i++) {
        (void)pileus_fake_attempt_set_header(&attempt, request->headers[i].name,
                                             request->headers[i].value);
    }
    if (http->hooks.sign != NULL) {
        code = http->hooks.sign(http->hooks.user, call, &attempt);
    }
    target = pileus_fake_join(request->path, attempt.query == NULL ? "" : "?",
                              attempt.query == NULL ? "" : attempt.query);
    *line = pileus_fake_join(attempt.method, " ", target);
    pileus_fake_append(&log->data, &log->size, *line, PILEUS_NUL_TERMINATED);
    pileus_fake_append(&log->data, &log->size, "\n", 1);
    if (attempt.headers != NULL) {
        pileus_fake_append(&log->data, &log->size, attempt.headers,
                           PILEUS_NUL_TERMINATED);
    }
    if (request->body != NULL) {
        pileus_fake_append(&log->data, &log->size, request->body,
                           (size_t)request->body_size);
        pileus_fake_append(&log->data, &log->size, "\n", 1);
    }
    free(target);
    free(attempt.query);
    free(attempt.headers);
    return code;
}

static inline int32_t
pileus_fake_code_of(int64_t status)
{
    return status == 400 || status == 422 ? PILEUS_INVALID_ARGUMENT
           : status == 401                ? PILEUS_AUTHENTICATION
           : status == 402                ? PILEUS_QUOTA
           : status == 403                ? PILEUS_PERMISSION
           : status == 404                ? PILEUS_NOT_FOUND
           : status == 409                ? PILEUS_CONFLICT
           : status == 429                ? PILEUS_RATE_LIMITED
           : status >= 500                ? PILEUS_UNAVAILABLE
           : status >= 400                ? PILEUS_FAILED
                                          : PILEUS_OK;
}

static inline void
pileus_fake_response_free(pileus_response *response)
{
    yajl_tree_free(response->root);
    free(response->body);
    free(response);
}

static inline int64_t
pileus_fake_response_status(const pileus_response *response)
{
    return response->status;
}

static inline const char *
pileus_fake_response_header(const pileus_response *response, const char *name)
{
    (void)response;
    (void)name;
    return NULL;
}

static inline const char *
pileus_fake_response_body(const pileus_response *response, size_t *size)
{
    *size = strlen(response->body);
    return response->body;
}

static inline int32_t
pileus_fake_response_json(pileus_call *call, const pileus_response *response,
                          const pileus_value **value)
{
    pileus_response *own = (pileus_response *)(uintptr_t)response;

    *value = NULL;
    if (*own->body != '\0' && own->root == NULL) {
        own->root = pileus_fake_read(call, own->body, strlen(own->body));
        if (own->root == NULL) {
            return PILEUS_PROTOCOL;
        }
    }
    *value = pileus_fake_value(own->root);
    return PILEUS_OK;
}

/* What the status means, and what the driver makes of it. */
static inline int32_t
pileus_fake_judge(pileus_http *http, pileus_call *call,
                  const pileus_request *request, pileus_response *response)
{
    char words[64];
    pileus_failure failure = {
        .struct_size = sizeof failure,
        .code = pileus_fake_code_of(response->status),
        .retryable = response->status == 429 || response->status >= 500,
        .retry_after_ms = -1,
        .status = response->status,
    };

    if ((request->flags & PILEUS_REQUEST_ANY_STATUS) != 0) {
        return PILEUS_OK;
    }
    if (http->hooks.explain != NULL &&
        (failure.code != PILEUS_OK || http->hooks.look_at_all != 0)) {
        http->hooks.explain(http->hooks.user, call, response, &failure);
    }
    (void)snprintf(words, sizeof words, "the provider answered %" PRId64,
                   response->status);
    failure.message = failure.message == NULL ? words : failure.message;
    return failure.code == PILEUS_OK ? PILEUS_OK
                                     : pileus_fake_fail(call, &failure);
}

static inline int32_t
pileus_fake_send(pileus_http *http, pileus_call *call,
                 const pileus_request *request, pileus_response **response)
{
    pileus_fake_canned *canned = NULL;
    char *line = NULL;
    int32_t code = pileus_fake_request(http, call, request, &line);

    if (code == PILEUS_OK) {
        canned = pileus_fake_answer_to(http->fake, line);
    }
    if (code == PILEUS_OK && canned == NULL) {
        code = pileus_fail(call, PILEUS_CONFIGURATION,
                           "pileus/fake_host.h: no answer is left for %s: give "
                           "one with pileus_fake_answer",
                           line);
    }
    free(line);
    if (code != PILEUS_OK) {
        return code;
    }
    canned->used = true;
    *response = pileus_fake_zeroed(sizeof **response);
    (*response)->host = http->host;
    (*response)->fake = http->fake;
    (*response)->status = canned->status;
    (*response)->body = pileus_fake_copy(canned->body, PILEUS_NUL_TERMINATED);
    code = pileus_fake_judge(http, call, request, *response);
    if (code != PILEUS_OK) {
        pileus_fake_response_free(*response);
        *response = NULL;
    }
    return code;
}

/* The items of one page, and in *mark, to be freed, what leads to the next one:
 * NULL after the last. */
static inline int32_t
pileus_fake_page(pileus_call *call, const pileus_pages *pages,
                 const pileus_value *page, pileus_item_fn fn, void *user,
                 char **mark)
{
    const pileus_value *items = pileus_fake_get(page, pages->items);
    uint64_t count = pileus_fake_json_count(items, NULL);
    const char *next = NULL;
    int32_t code = PILEUS_OK;

    if (pileus_fake_type(items, NULL) != PILEUS_TYPE_LIST) {
        return pileus_fail(call, PILEUS_PROTOCOL,
                           "the answer has no list at %s",
                           pages->items == NULL ? "its top" : pages->items);
    }
    for (uint64_t i = 0; code == PILEUS_OK && i < count; i++) {
        const pileus_value *item = pileus_fake_json_at(items, i, NULL);

        code = fn(user, call, item);
        if (pages->kind == PILEUS_PAGES_MARKER) {
            next = pileus_fake_json_any_text(item, pages->marker);
        }
    }
    if (pages->next != NULL && pages->kind != PILEUS_PAGES_MARKER) {
        next = pileus_fake_json_any_text(page, pages->next);
    } else if (pages->kind == PILEUS_PAGES_NONE ||
               (pages->size > 0 && count < (uint64_t)pages->size) ||
               count == 0) {
        next = NULL;
    } else if (pages->kind == PILEUS_PAGES_NUMBER) {
        next = "by number";
    }
    *mark = next == NULL || *next == '\0'
                ? NULL
                : pileus_fake_copy(next, PILEUS_NUL_TERMINATED);
    return code;
}

/* Page after page, one at a time. */
static inline int32_t
pileus_fake_list(pileus_http *http, pileus_call *call,
                 const pileus_request *request, const pileus_pages *pages,
                 pileus_item_fn fn, void *user)
{
    uint64_t given = request->query_count;
    pileus_pair *query = pileus_fake_zeroed((given + 2) * sizeof *query);
    pileus_request whole = *request;
    int64_t number = pages->first;
    char size[24];
    char at[24];
    char *mark = NULL;
    int32_t code;

    if (given > 0) {
        memcpy(query, request->query, given * sizeof *query);
    }
    whole.query = query;
    do {
        pileus_response *response = NULL;
        const pileus_value *page = NULL;
        char *next = NULL;

        (void)snprintf(size, sizeof size, "%" PRId64, pages->size);
        (void)snprintf(at, sizeof at, "%" PRId64, number++);
        query[given] = (pileus_pair){
            pages->page,
            pages->kind == PILEUS_PAGES_NUMBER ? at : mark,
        };
        query[given + 1] =
            (pileus_pair){pages->limit, pages->limit == NULL ? NULL : size};
        whole.query_count = given + 2;
        if (pages->kind == PILEUS_PAGES_LINK && mark != NULL) {
            whole.path = mark;
            whole.query_count = 0;
        }
        code = pileus_fake_send(http, call, &whole, &response);
        if (code == PILEUS_OK) {
            code = pileus_fake_response_json(call, response, &page);
        }
        if (code == PILEUS_OK) {
            code = pileus_fake_page(call, pages, page, fn, user, &next);
        }
        if (response != NULL) {
            pileus_fake_response_free(response);
        }
        free(mark);
        mark = next;
    } while (code == PILEUS_OK && mark != NULL);
    free(mark);
    free(query);
    return code;
}

#endif
