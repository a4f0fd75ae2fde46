/* Pages of a listing: asking for one, and handing its items out. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/list.h"

#include "core/base/alloc.h"
#include "core/base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- asking for one
 * -----------------------------------------------------------
 */

static int32_t
move_to_link(pil__page *page, const char *link)
{
    pil__plan *plan = &page->job.plan;
    pileus_call *call = page->job.call;
    pil__url url = {0};
    pil__text text = {0};
    int32_t code;

    if (!pil__plan_resolve(&url, &text, plan, link)) {
        code = pileus_fail(call, PILEUS_PROTOCOL,
                           "%s: the next page is at '%.200s', which is no URL",
                           page->job.response->asked, link);
    } else if (!pil__url_same_origin(&url, &page->job.http->url)) {
        code = pileus_fail(
            call, PILEUS_PROTOCOL,
            "%s: the next page is said to be at %.*s:%u, which is not where "
            "the endpoint is: nothing is sent there",
            page->job.response->asked,
            (int)(url.host_length > 200 ? 200 : url.host_length), url.host,
            (unsigned)url.port);
    } else {
        code = pil__plan_move(plan, call, &url);
    }
    pil__text_free(&text);
    return code;
}

static int32_t
set_number(pil__plan *plan, pileus_call *call, const char *name, int64_t value)
{
    char text[24];

    (void)snprintf(text, sizeof text, "%" PRId64, value);
    return pil__plan_set_query(plan, call, name, text);
}

static int32_t
set_place(pil__page *page)
{
    const pil__listing *listing = page->listing;
    const pileus_pages *pages = &listing->pages;
    pil__plan *plan = &page->job.plan;
    const char *next = listing->next.data;
    int32_t code = PILEUS_OK;

    if (pages->kind == PILEUS_PAGES_LINK && next != NULL) {
        return move_to_link(page, next);
    }
    if (pages->limit != NULL && pages->size > 0) {
        code = set_number(plan, listing->call, pages->limit, pages->size);
    }
    if (code != PILEUS_OK || pages->page == NULL) {
        return code;
    }
    if (pages->kind == PILEUS_PAGES_NUMBER) {
        code = set_number(plan, listing->call, pages->page, listing->number);
    } else if (next != NULL) {
        code = pil__plan_set_query(plan, listing->call, pages->page, next);
    }
    return code;
}

pil__page *
pil__page_new(pil__listing *listing, int32_t *code)
{
    pil__page *page = pil__calloc(1, sizeof *page);

    if (page == NULL) {
        *code = pileus_fail(listing->call, PILEUS_NO_MEMORY, "memory ran out");
        return NULL;
    }
    page->listing = listing;
    *code = pil__job_begin(&page->job, listing->http, listing->call,
                           listing->line, listing->request);
    if (*code == PILEUS_OK) {
        *code = set_place(page);
    }
    if (*code != PILEUS_OK) {
        pil__page_free(page);
        return NULL;
    }
    page->job.in_parts = true;
    page->job.response->body = listing->spare;
    listing->spare = (pil__text){0};
    return page;
}

/* Keep the memory of the body for the page that is asked for next. */
static void
spare(pil__listing *listing, pileus_response *response)
{
    if (response != NULL && listing->spare.data == NULL) {
        listing->spare = response->body;
        pil__text_clear(&listing->spare);
        response->body = (pil__text){0};
    }
}

void
pil__page_free(pil__page *page)
{
    spare(page->listing, page->job.response);
    pileus_stream_free(page->stream);
    pil__text_free(&page->marker);
    pil__job_end(&page->job);
    pil__free(page);
}

/* ---- its items
 * ----------------------------------------------------------------
 */

/* FNV-1a. */
#define BASIS UINT64_C(0xcbf29ce484222325)

static uint64_t
add_bytes(uint64_t look, const char *text)
{
    for (; *text != '\0'; text++) {
        look = (look ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    }
    return (look ^ 0xff) * UINT64_C(0x100000001b3);
}

static uint64_t
add_value(uint64_t look, pileus_call *call, const pileus_value *value)
{
    const char *text = pileus_json_text(call, value, NULL);
    uint64_t count = text != NULL ? 0 : pileus_json_count(call, value, NULL);

    look = add_bytes(look, text == NULL ? "" : text);
    for (uint64_t i = 0; i < count; i++) {
        const char *key = NULL;
        const pileus_value *entry = pileus_json_at(call, value, i, &key);

        look = add_value(add_bytes(look, key == NULL ? "" : key), call, entry);
    }
    return look;
}

uint64_t
pil__text_look(const char *text)
{
    return add_bytes(BASIS, text);
}

/* What an item looks like: by what marks it, or by all of it. */
static uint64_t
item_look(const pil__listing *listing, const pileus_value *item,
          const char **marker)
{
    const char *path = listing->pages.marker;

    *marker = pileus_json_text(listing->call, item, path == NULL ? "id" : path);
    return *marker != NULL ? pil__text_look(*marker)
                           : add_value(BASIS, listing->call, item);
}

/* An item that an earlier attempt has handed out already: it must be the same
 * list still. */
static int32_t
skip(const pil__page *page, uint64_t look)
{
    pileus_failure failure;

    if (page->count < page->given || look == page->last) {
        return PILEUS_OK;
    }
    memset(&failure, 0, sizeof failure);
    failure.struct_size = sizeof failure;
    failure.code = PILEUS_UNAVAILABLE;
    failure.retryable = 1;
    failure.retry_after_ms = -1;
    failure.message = "the connection broke off in the middle of the list, "
                      "which has changed since: list again";
    return pileus_fail_with(page->job.call, &failure);
}

static int32_t
on_item(void *user, pileus_call *call, const pileus_value *item)
{
    pil__page *page = user;
    const pil__listing *listing = page->listing;
    const char *marker = NULL;
    uint64_t look = item_look(listing, item, &marker);

    page->count++;
    if (page->count == 1) {
        page->first = look;
    }
    if (page->count <= page->given) {
        return skip(page, look);
    }
    if (listing->pages.kind == PILEUS_PAGES_MARKER) {
        pil__text_clear(&page->marker);
        pil__text_puts(&page->marker, marker == NULL ? "" : marker);
        if (page->marker.failed) {
            return pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
        }
    }
    page->given++;
    page->last = look;
    return listing->fn(listing->user, call, item);
}

/* A stream for the attempt that is arriving. */
static int32_t
renew(pil__page *page)
{
    pileus_stream_free(page->stream);
    page->count = 0;
    page->attempt = page->job.begun;
    page->stream =
        pileus_format_stream(page->job.call, page->job.response->format,
                             page->listing->pages.items, on_item, page);
    return page->stream != NULL ? PILEUS_OK : PILEUS_NO_MEMORY;
}

int32_t
pil__page_take(pil__page *page)
{
    const pileus_response *response = page->job.response;
    const pil__text *body = &response->body;
    int64_t began;
    int32_t code = PILEUS_OK;

    if (!(page->job.streaming || page->job.state == PIL__JOB_DONE) ||
        body->length == 0) {
        return PILEUS_OK;
    }
    if (page->attempt != page->job.begun) {
        code = pil__response_check(page->job.call, response, "{[");
        if (code == PILEUS_OK) {
            code = renew(page);
        }
    }
    began = pil__clock_ms();
    if (code == PILEUS_OK) {
        code = pileus_stream_feed(page->stream, body->data, body->length);
    }
    pil__job_taken(&page->job);
    pil__job_excuse(&page->job, pil__clock_ms() - began);
    return code;
}

/* Is it the document that was asked for? A provider may leave an empty list
 * out, but not all that leads to it. XML has nothing that is empty. */
static int32_t
check_shape(const pil__page *page)
{
    const pileus_response *response = page->job.response;
    const char *items = page->listing->pages.items;
    size_t length = items == NULL ? 0 : strcspn(items, ".");
    uint64_t count = pileus_json_count(page->job.call, page->rest, NULL);

    if (page->count > 0 || length == 0 || response->format != NULL) {
        return PILEUS_OK;
    }
    for (uint64_t i = 0; i < count; i++) {
        const char *key = NULL;

        (void)pileus_json_at(page->job.call, page->rest, i, &key);
        if (key != NULL && strlen(key) == length &&
            memcmp(key, items, length) == 0) {
            return PILEUS_OK;
        }
    }
    return pileus_fail(page->job.call, PILEUS_PROTOCOL,
                       "%s was answered with a document that has no '%.*s': "
                       "check the endpoint",
                       response->asked, (int)length, items);
}

int32_t
pil__page_finish(pil__page *page)
{
    int32_t code;

    if (page->stream == NULL || page->attempt != page->job.begun) {
        return pileus_fail(page->job.call, PILEUS_PROTOCOL,
                           "%s was answered with nothing instead of %s: check "
                           "the endpoint",
                           page->job.response->asked,
                           pil__response_format(page->job.response));
    }
    code = pileus_stream_end(page->stream, &page->rest);
    if (code == PILEUS_OK) {
        pil__job_look(&page->job, page->rest);
    }
    if (code == PILEUS_OK && page->job.state == PIL__JOB_DONE) {
        code = check_shape(page);
    }
    return code;
}
