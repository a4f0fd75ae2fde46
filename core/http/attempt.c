/* Attempts: a request as it goes out, signed by the driver. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/alloc.h"
#include "core/http/http.h"
#include "core/http/limits.h"
#include "core/http/message.h"
#include "core/http/request.h"

#include <string.h>

/* ---- what a driver's hook may ask and do
 * ---------------------------------------
 */

const char *
pil__attempt_method(const pileus_attempt *attempt)
{
    return attempt->plan->method;
}

const char *
pil__attempt_path(const pileus_attempt *attempt)
{
    return attempt->plan->path;
}

int32_t
pil__attempt_query_at(const pileus_attempt *attempt, uint64_t i,
                      pileus_pair *pair)
{
    if (i >= attempt->query.count) {
        return 0;
    }
    pair->name = attempt->query.at[i].name;
    pair->value = attempt->query.at[i].value;
    return 1;
}

const void *
pil__attempt_body(const pileus_attempt *attempt, size_t *size)
{
    *size = attempt->plan->body_size;
    return attempt->plan->body;
}

int32_t
pil__attempt_set_header(pileus_attempt *attempt, const char *name,
                        const char *value)
{
    if (!pil__header_valid(name, value)) {
        return PILEUS_INVALID_ARGUMENT;
    }
    return pil__headers_set(&attempt->headers, &attempt->arena, name, value)
               ? PILEUS_OK
               : PILEUS_NO_MEMORY;
}

int32_t
pil__attempt_add_query(pileus_attempt *attempt, const char *name,
                       const char *value)
{
    return pil__parts_add(&attempt->query, &attempt->arena, name, value)
               ? PILEUS_OK
               : PILEUS_NO_MEMORY;
}

/* ---- as it goes out
 * -------------------------------------------------------------
 */

/* A copy of the plan's query and headers, to be added to. */
static bool
take_over(pileus_attempt *attempt, const pil__plan *plan)
{
    pil__parts *query = &attempt->query;

    *query = plan->query;
    query->capacity = plan->query.count;
    for (size_t i = 0; i < plan->headers.count; i++) {
        const pileus_pair *pair = &plan->headers.at[i];

        if (!pil__headers_set(&attempt->headers, &attempt->arena, pair->name,
                              pair->value)) {
            return false;
        }
    }
    return true;
}

static int32_t
make_url(pileus_attempt *attempt, pileus_call *call)
{
    const pileus_http *http = attempt->plan->http;
    pil__text url = {0};
    int32_t code = PILEUS_OK;

    pil__text_add(&url, http->endpoint, pil__http_origin_length(http));
    pil__text_puts(&url, attempt->plan->path);
    for (size_t i = 0; i < attempt->query.count; i++) {
        pil__text_puts(&url, i == 0 ? "?" : "&");
        pil__text_puts(&url, attempt->query.at[i].coded);
    }
    if (url.length > PIL__HTTP_URL_MAX) {
        code = pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "%s %.200s would need a URL of more than %d bytes: "
                           "ask for less at once",
                           attempt->plan->method, attempt->plan->path,
                           PIL__HTTP_URL_MAX);
    } else if (!url.failed) {
        attempt->url =
            pil__arena_strndup(&attempt->arena, url.data, url.length);
    }
    pil__text_free(&url);
    if (code == PILEUS_OK && attempt->url == NULL) {
        code = pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
    }
    return code;
}

static bool
make_lines(pileus_attempt *attempt)
{
    size_t count = attempt->headers.count;
    const char **lines =
        pil__arena_alloc(&attempt->arena, (count + 1) * sizeof *lines);

    if (lines == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const pileus_pair *pair = &attempt->headers.at[i];
        size_t size = strlen(pair->name) + strlen(pair->value) + 3;
        char *line = pil__arena_alloc(&attempt->arena, size);

        if (line == NULL) {
            return false;
        }
        /* Without a value, libcurl wants a semicolon. */
        (void)snprintf(line, size, "%s%s%s", pair->name,
                       *pair->value == '\0' ? ";" : ": ", pair->value);
        lines[i] = line;
    }
    lines[count] = NULL;
    attempt->header_lines = lines;
    return true;
}

static int32_t
sign(pileus_attempt *attempt, pileus_call *call)
{
    const pileus_http *http = attempt->plan->http;
    const pileus_http_hooks *hooks = &http->hooks;
    int32_t code = PILEUS_OK;

    if (http->bearer != NULL &&
        !pil__headers_set(&attempt->headers, &attempt->arena, "Authorization",
                          http->bearer)) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
    }
    if (hooks->sign != NULL) {
        code = hooks->sign(hooks->user, call, attempt);
    }
    if (code == PILEUS_OK) {
        code = make_url(attempt, call);
    }
    if (code == PILEUS_OK && !make_lines(attempt)) {
        code = pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
    }
    return code;
}

int32_t
pil__attempt_new(pileus_attempt **attempt, const pil__plan *plan,
                 pileus_call *call)
{
    pileus_attempt *made = pil__calloc(1, sizeof *made);
    int32_t code;

    if (made == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
    }
    made->host = plan->http->host;
    made->plan = plan;
    code = take_over(made, plan)
               ? sign(made, call)
               : pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
    if (code != PILEUS_OK) {
        pil__attempt_free(made);
        return code;
    }
    *attempt = made;
    return PILEUS_OK;
}

void
pil__attempt_free(pileus_attempt *attempt)
{
    if (attempt != NULL) {
        pil__arena_wipe(&attempt->arena); /* it went out with credentials */
        pil__arena_free(&attempt->arena);
        pil__free(attempt);
    }
}
