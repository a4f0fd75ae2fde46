/* Requests: what a driver asked for, checked. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/request.h"

#include "core/base/alloc.h"
#include "core/http/http.h"
#include "core/http/limits.h"
#include "core/http/message.h"

#include <string.h>

static int32_t
no_memory(pileus_call *call)
{
    return pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
}

/* ---- the query
 * -----------------------------------------------------------------
 */

/* Make room for one more part. What it grows out of stays in the arena. */
static pil__query_part *
grow(pil__parts *parts, pil__arena *arena)
{
    if (parts->count == parts->capacity) {
        size_t capacity = parts->capacity == 0 ? 8 : parts->capacity * 2;
        pil__query_part *at = pil__arena_alloc(arena, capacity * sizeof *at);

        if (at == NULL) {
            return NULL;
        }
        if (parts->count > 0) {
            memcpy(at, parts->at, parts->count * sizeof *at);
        }
        parts->at = at;
        parts->capacity = capacity;
    }
    return &parts->at[parts->count];
}

/* The text in the arena, and the text emptied; NULL: no memory. */
static char *
settle(pil__text *text, pil__arena *arena)
{
    char *kept = NULL;

    pil__text_add(text, "", 0);
    if (!text->failed) {
        kept = pil__arena_strndup(arena, text->data, text->length);
    }
    pil__text_free(text);
    return kept;
}

static char *
unescaped(pil__arena *arena, const char *data, size_t size)
{
    pil__text text = {0};

    pil__url_unescape(&text, data, size);
    return settle(&text, arena);
}

bool
pil__parts_add(pil__parts *parts, pil__arena *arena, const char *name,
               const char *value)
{
    pil__query_part *part = grow(parts, arena);
    pil__text coded = {0};

    if (part == NULL) {
        return false;
    }
    pil__url_escape(&coded, name, strlen(name));
    pil__text_puts(&coded, "=");
    pil__url_escape(&coded, value, strlen(value));
    part->coded = settle(&coded, arena);
    part->name = pil__arena_strndup(arena, name, strlen(name));
    part->value = pil__arena_strndup(arena, value, strlen(value));
    if (part->coded == NULL || part->name == NULL || part->value == NULL) {
        return false;
    }
    parts->count++;
    return true;
}

/* Add what stands in a URL, which is kept as it stands. */
static bool
add_coded(pil__parts *parts, pil__arena *arena, const char *data, size_t size)
{
    const char *equals = memchr(data, '=', size);
    size_t name = equals == NULL ? size : (size_t)(equals - data);
    pil__query_part *part = grow(parts, arena);
    pil__text coded = {0};

    if (part == NULL) {
        return false;
    }
    pil__url_mend_path(&coded, data, size);
    part->coded = settle(&coded, arena);
    part->name = unescaped(arena, data, name);
    part->value = equals == NULL
                      ? ""
                      : unescaped(arena, data + name + 1, size - name - 1);
    if (part->coded == NULL || part->name == NULL || part->value == NULL) {
        return false;
    }
    parts->count++;
    return true;
}

static int32_t
add_query_of(pil__plan *plan, pileus_call *call, const pil__url *url)
{
    const char *at = url->query;
    size_t left = url->query_length;

    while (left > 0) {
        const char *end = memchr(at, '&', left);
        size_t size = end == NULL ? left : (size_t)(end - at);

        if (plan->query.count >= PIL__HTTP_PARTS_MAX) {
            return pileus_fail(call, PILEUS_PROTOCOL,
                               "a URL with more than %d parameters is not one "
                               "to be asked",
                               PIL__HTTP_PARTS_MAX);
        }
        if (size > 0 && !add_coded(&plan->query, &plan->arena, at, size)) {
            return no_memory(call);
        }
        at += end == NULL ? size : size + 1;
        left -= end == NULL ? size : size + 1;
    }
    return PILEUS_OK;
}

int32_t
pil__plan_set_query(pil__plan *plan, pileus_call *call, const char *name,
                    const char *value)
{
    size_t i = 0;

    while (i < plan->query.count && strcmp(plan->query.at[i].name, name) != 0) {
        i++;
    }
    if (i < plan->query.count) {
        plan->query.count--;
        memmove(&plan->query.at[i], &plan->query.at[i + 1],
                (plan->query.count - i) * sizeof plan->query.at[0]);
    }
    return pil__parts_add(&plan->query, &plan->arena, name, value)
               ? PILEUS_OK
               : no_memory(call);
}

/* ---- headers
 * ---------------------------------------------------------------------
 */

bool
pil__headers_set(pil__headers *pairs, pil__arena *arena, const char *name,
                 const char *value)
{
    pileus_pair *pair = pil__headers_find(pairs, name);
    const char *kept = pil__arena_strndup(arena, value, strlen(value));

    if (kept == NULL) {
        return false;
    }
    if (pair != NULL) {
        pair->value = kept;
        return true;
    }
    if (pairs->count == pairs->capacity) {
        size_t capacity = pairs->capacity == 0 ? 8 : pairs->capacity * 2;
        pileus_pair *at = pil__arena_alloc(arena, capacity * sizeof *at);

        if (at == NULL) {
            return false;
        }
        if (pairs->count > 0) {
            memcpy(at, pairs->at, pairs->count * sizeof *at);
        }
        pairs->at = at;
        pairs->capacity = capacity;
    }
    pair = &pairs->at[pairs->count];
    pair->value = kept;
    pair->name = pil__arena_strndup(arena, name, strlen(name));
    pairs->count += pair->name != NULL;
    return pair->name != NULL;
}

static int32_t
set_header(pil__plan *plan, pileus_call *call, const char *name,
           const char *value)
{
    if (!pil__header_valid(name, value)) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "a header '%.64s' with this value cannot be sent",
                           name);
    }
    return pil__headers_set(&plan->headers, &plan->arena, name, value)
               ? PILEUS_OK
               : no_memory(call);
}

static int32_t
add_headers(pil__plan *plan, pileus_call *call, const pileus_request *request)
{
    const pileus_format *format = plan->http->hooks.format;
    const char *accept = format == NULL || format->accept == NULL
                             ? "application/json"
                             : format->accept;
    int32_t code = set_header(plan, call, "Accept", accept);

    if (code == PILEUS_OK && plan->body != NULL) {
        code =
            set_header(plan, call, "Content-Type",
                       request->content_type == NULL ? "application/json"
                                                     : request->content_type);
    }
    for (uint64_t i = 0; code == PILEUS_OK && i < request->header_count; i++) {
        if (request->headers[i].value != NULL) {
            code = set_header(plan, call, request->headers[i].name,
                              request->headers[i].value);
        }
    }
    return code;
}

/* ---- where to
 * ------------------------------------------------------------------- */

/* The endpoint's path, and the text behind it, mended, as the path. */
static bool
set_path(pil__plan *plan, const pil__url *base, const pil__url *url)
{
    pil__text path = {0};

    if (base != NULL) {
        pil__url_mend_path(&path, base->path, base->path_length);
    }
    if (url->path_length == 0 ? path.length == 0 : *url->path != '/') {
        pil__text_puts(&path, "/");
    }
    pil__url_mend_path(&path, url->path, url->path_length);
    plan->path = settle(&path, &plan->arena);
    return plan->path != NULL;
}

bool
pil__plan_resolve(pil__url *url, pil__text *text, const pil__plan *plan,
                  const char *location)
{
    const pileus_http *http = plan->http;
    const char *slash = strrchr(plan->path, '/');

    if (!pil__url_parse(url, location)) {
        if (location[strcspn(location, ":/?#")] == ':') {
            return false; /* of another scheme, or not a URL at all */
        }
        if (strncmp(location, "//", 2) == 0) {
            pil__text_puts(text, http->url.tls ? "https:" : "http:");
        } else {
            pil__text_add(text, http->endpoint, pil__http_origin_length(http));
        }
        if (*location == '?') {
            pil__text_puts(text, plan->path);
        } else if (*location != '/' && slash != NULL) {
            pil__text_add(text, plan->path, (size_t)(slash + 1 - plan->path));
        }
    }
    pil__text_puts(text, location);
    return !text->failed && pil__url_parse(url, text->data) && !url->user;
}

int32_t
pil__plan_move(pil__plan *plan, pileus_call *call, const pil__url *url)
{
    plan->query.count = 0;
    return set_path(plan, NULL, url) ? add_query_of(plan, call, url)
                                     : no_memory(call);
}

static int32_t
set_target(pil__plan *plan, pileus_call *call, const char *path)
{
    pil__url url = {0};
    bool whole = pil__url_parse(&url, path);

    if (whole && !pil__url_same_origin(&url, &plan->http->url)) {
        return pileus_fail(call, PILEUS_PROTOCOL,
                           "%.*s is not where the endpoint %.200s is, so "
                           "nothing is sent there",
                           (int)(url.host_length > 200 ? 200 : url.host_length),
                           url.host, plan->http->endpoint);
    }
    if (!whole) {
        pil__url_parse_path(&url, path);
    }
    return set_path(plan, whole ? NULL : &plan->http->url, &url)
               ? add_query_of(plan, call, &url)
               : no_memory(call);
}

/* ---- the plan
 * ------------------------------------------------------------------- */

static bool
is_one_of(const char *method, const char *const *methods)
{
    while (*methods != NULL && strcmp(*methods, method) != 0) {
        methods++;
    }
    return *methods != NULL;
}

static int32_t
set_method(pil__plan *plan, pileus_call *call, const pileus_request *request)
{
    static const char *const reading[] = {"GET", "HEAD", "OPTIONS", NULL};
    static const char *const repeatable[] = {"GET", "HEAD",   "OPTIONS",
                                             "PUT", "DELETE", NULL};
    const char *method = request->method;

    if (method == NULL) {
        method = request->body != NULL ? "POST" : "GET";
    }
    if (!pil__header_valid(method, "")) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "'%.64s' is no method of HTTP", method);
    }
    plan->method = pil__arena_strndup(&plan->arena, method, strlen(method));
    plan->once = (request->flags & PILEUS_REQUEST_ONCE) != 0;
    plan->any_status = (request->flags & PILEUS_REQUEST_ANY_STATUS) != 0;
    plan->secret = (request->flags & PILEUS_REQUEST_SECRET) != 0;
    plan->repeatable =
        !plan->once && ((request->flags & PILEUS_REQUEST_IDEMPOTENT) != 0 ||
                        is_one_of(method, repeatable));
    plan->changes = plan->once || !is_one_of(method, reading);
    return plan->method == NULL ? no_memory(call) : PILEUS_OK;
}

int32_t
pil__plan_begin(pil__plan *plan, pileus_http *http, pileus_call *call,
                const pileus_request *given)
{
    pileus_request request;
    uint64_t size = given->struct_size;
    int32_t code;

    memset(plan, 0, sizeof *plan);
    memset(&request, 0, sizeof request);
    memcpy(&request, given, size < sizeof request ? size : sizeof request);
    plan->http = http;
    plan->body = request.body;
    plan->body_size = request.body == NULL ? 0 : (size_t)request.body_size;
    code = set_method(plan, call, &request);
    if (code == PILEUS_OK) {
        code = set_target(plan, call, request.path == NULL ? "" : request.path);
    }
    for (uint64_t i = 0; code == PILEUS_OK && i < request.query_count; i++) {
        const pileus_pair *pair = &request.query[i];

        if (pair->value != NULL && !pil__parts_add(&plan->query, &plan->arena,
                                                   pair->name, pair->value)) {
            code = no_memory(call);
        }
    }
    return code == PILEUS_OK ? add_headers(plan, call, &request) : code;
}

void
pil__plan_end(pil__plan *plan)
{
    pil__arena_free(&plan->arena);
}
