/* Answers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/response.h"

#include "core/base/alloc.h"
#include "core/http/limits.h"
#include "core/http/message.h"

#include <string.h>
#include <strings.h>

pileus_response *
pil__response_new(const pileus_host *host, const pileus_format *format,
                  const char *method, const char *path)
{
    pileus_response *made = pil__calloc(1, sizeof *made);
    pil__text asked = {0};

    if (made == NULL) {
        return NULL;
    }
    made->host = host;
    made->format = format;
    pil__text_printf(&asked, "%s %.300s", method, path);
    made->asked = pil__text_take(&asked);
    if (made->asked == NULL) {
        pil__free(made);
        return NULL;
    }
    return made;
}

void
pil__response_clear(pileus_response *response)
{
    if (response->document != NULL) {
        response->host->json->free(response->document);
    }
    response->document = NULL;
    response->value = NULL;
    response->parsed = false;
    response->status = 0;
    response->header_count = 0;
    response->problem = NULL;
    pil__text_free(&response->headers);
    pil__text_clear(&response->body);
}

void
pil__response_free(pileus_response *response)
{
    if (response != NULL) {
        pil__response_clear(response);
        pil__text_free(&response->body);
        pil__free(response->asked);
        pil__free(response);
    }
}

/* ---- headers
 * ------------------------------------------------------------------
 */

bool
pil__response_add_header(pileus_response *response, const char *line,
                         size_t size)
{
    const char *colon = memchr(line, ':', size);
    size_t name;

    if (size > 5 && memcmp(line, "HTTP/", 5) == 0) { /* another begins */
        pil__text_free(&response->headers);
        response->header_count = 0;
        return true;
    }
    if (colon == NULL) {
        return true;
    }
    if (response->headers.length + size > PIL__HTTP_HEADER_MAX ||
        ++response->header_count > PIL__HTTP_HEADER_COUNT_MAX) {
        response->problem = "its header does not end";
        return false;
    }
    name = (size_t)(colon - line);
    while (name > 0 && (line[name - 1] == ' ' || line[name - 1] == '\t')) {
        name--;
    }
    pil__text_add(&response->headers, line, name);
    pil__text_add(&response->headers, "", 1);
    size -= (size_t)(colon + 1 - line);
    line = colon + 1;
    while (size > 0 && (*line == ' ' || *line == '\t')) {
        line++;
        size--;
    }
    while (size > 0 && (line[size - 1] == ' ' || line[size - 1] == '\t')) {
        size--;
    }
    pil__text_add(&response->headers, line, size);
    pil__text_add(&response->headers, "", 1);
    return !response->headers.failed;
}

const char *
pil__response_header_at(const pileus_response *response, size_t i,
                        const char **value)
{
    const char *at = response->headers.data;

    if (i >= response->header_count) {
        return NULL;
    }
    while (i-- > 0) {
        at += strlen(at) + 1;
        at += strlen(at) + 1;
    }
    *value = at + strlen(at) + 1;
    return at;
}

const char *
pil__response_header(const pileus_response *response, const char *name)
{
    const char *found;
    const char *value = NULL;

    for (size_t i = 0;
         (found = pil__response_header_at(response, i, &value)) != NULL; i++) {
        if (strcasecmp(found, name) == 0) {
            return value;
        }
    }
    return NULL;
}

const char *
pil__response_request_id(const pileus_response *response)
{
    static const char *const names[] = {
        "X-Request-Id",     "X-Compute-Request-Id", "X-Openstack-Request-Id",
        "X-Amzn-RequestId", "X-Amz-Request-Id",     "X-Ms-Request-Id",
        "Request-Id",       "X-Correlation-Id",
    };
    const char *id = NULL;

    for (size_t i = 0; id == NULL && i < sizeof names / sizeof names[0]; i++) {
        id = pil__response_header(response, names[i]);
    }
    return id;
}

/* ---- status and body
 * -----------------------------------------------------------
 */

int64_t
pil__response_status(const pileus_response *response)
{
    return response->status;
}

const char *
pil__response_body(const pileus_response *response, size_t *size)
{
    if (size != NULL) {
        *size = response->body.length;
    }
    return response->body.data == NULL ? "" : response->body.data;
}

const char *
pil__response_format(const pileus_response *response)
{
    return response->format == NULL || response->format->name == NULL
               ? "JSON"
               : response->format->name;
}

static int32_t
refuse(pileus_call *call, const pileus_response *response)
{
    char words[PIL__HTTP_WORDS_MAX];
    const char *body = pil__response_body(response, NULL);
    bool html = pil__body_is_html(body, response->body.length);
    pileus_failure failure;
    pil__text message = {0};
    int32_t code;

    pil__body_words(words, body, response->body.length);
    pil__text_printf(&message, "%s was answered with %s instead of %.40s (\"",
                     response->asked, html ? "a web page" : "something else",
                     pil__response_format(response));
    pil__text_begin_of(&message, words, PIL__HTTP_QUOTED_FEW);
    pil__text_printf(&message, "\"): %s",
                     html ? "check the endpoint, and what is on the way to it"
                          : "check the endpoint");
    memset(&failure, 0, sizeof failure);
    failure.struct_size = sizeof failure;
    failure.code = PILEUS_PROTOCOL;
    failure.retry_after_ms = -1;
    failure.status = response->status;
    failure.message = message.failed ? NULL : message.data;
    failure.provider_message = words[0] == '\0' ? NULL : words;
    code = pileus_fail_with(call, &failure);
    pil__text_free(&message);
    return code;
}

int32_t
pil__response_check(pileus_call *call, const pileus_response *response,
                    const char *beginnings)
{
    const char *body = pil__response_body(response, NULL);
    const char *first = body + strspn(body, " \t\r\n");
    bool fits = response->format == NULL
                    ? strchr(beginnings, *first) != NULL
                    : !pil__body_is_html(body, response->body.length);

    return fits ? PILEUS_OK : refuse(call, response);
}

int32_t
pil__response_json(pileus_call *call, const pileus_response *response,
                   const pileus_value **value)
{
    /* What was parsed is kept: that is no change to be seen. */
    pileus_response *own = (pileus_response *)(uintptr_t)response;
    size_t size = 0;
    const char *body = pil__response_body(response, &size);
    int32_t code;

    *value = own->value;
    if (own->parsed || size == strspn(body, " \t\r\n")) {
        return PILEUS_OK;
    }
    code = pil__response_check(call, response, "{[\"-0123456789tfn");
    if (code == PILEUS_OK) {
        code = pileus_format_parse(call, response->format, body, size,
                                   &own->document, &own->value);
    }
    own->parsed = code == PILEUS_OK;
    *value = own->value;
    return code;
}
