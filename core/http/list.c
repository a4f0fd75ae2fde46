/* Listings: which page comes next, and how many are fetched at once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/list.h"

#include "core/base/alloc.h"
#include "core/http/limits.h"

#include <string.h>

_Static_assert(sizeof((pil__listing *)0)->page / sizeof(void *) ==
                   PIL__HTTP_PAGES_AHEAD,
               "the header knows no limits.h");

/* ---- what comes next
 * -----------------------------------------------------------
 */

/* Has it come before? */
static bool
is_again(pil__loop *loop, uint64_t look)
{
    bool again = loop->power > 0 && loop->kept == look;

    if (loop->since == loop->power) {
        loop->kept = look;
        loop->since = 0;
        loop->power = loop->power == 0 ? 1 : loop->power * 2;
    }
    loop->since++;
    return again;
}

static int32_t
comes_again(const pil__page *page)
{
    return pileus_fail(page->job.call, PILEUS_PROTOCOL,
                       "%s: the provider sends the same page again, so the "
                       "list would not end: tell the provider",
                       page->job.response->asked);
}

/* Is something there: not null, false, 0 or empty? */
static bool
is_there(pileus_call *call, const pileus_value *rest, const char *path)
{
    const char *text = pileus_json_text(call, rest, path);

    if (text == NULL) {
        return pileus_json_count(call, rest, path) > 0;
    }
    return *text != '\0' && strcmp(text, "false") != 0 &&
           strcmp(text, "0") != 0;
}

/* By size: is this page full, so that there may be another? */
static bool
is_full(const pil__listing *listing, const pil__page *page)
{
    return page->count > 0 && page->count >= listing->pages.size;
}

/* Take marker, cursor or link of the page to come; more is false without. */
static int32_t
take_next(pil__listing *listing, const pil__page *page, const char *text)
{
    listing->more = text != NULL && *text != '\0';
    if (!listing->more) {
        return PILEUS_OK;
    }
    pil__text_clear(&listing->next);
    pil__text_puts(&listing->next, text);
    if (listing->next.failed) {
        return pileus_fail(listing->call, PILEUS_NO_MEMORY, "memory ran out");
    }
    return is_again(&listing->by_next, pil__text_look(text)) ? comes_again(page)
                                                             : PILEUS_OK;
}

/* How many numbered pages there are. */
static void
take_total(pil__listing *listing, const pil__page *page)
{
    const pileus_pages *pages = &listing->pages;
    int64_t total = 0;
    /* A provider may allow smaller pages only. */
    int64_t size = page->count;

    if (pages->total != NULL && size > 0 &&
        listing->last_known < pages->first &&
        pileus_json_integer(listing->call, page->rest, pages->total, &total) &&
        total > 0) {
        listing->last_known = pages->first + (total - 1) / size;
    }
}

/* The page at the front is over: what comes next? */
static int32_t
look_ahead(pil__listing *listing, const pil__page *page)
{
    const pileus_pages *pages = &listing->pages;
    bool there = false;
    const char *next = NULL;

    listing->more = false;
    if (page->count > 0 && is_again(&listing->by_item, page->first)) {
        return comes_again(page);
    }
    if (pages->next != NULL) {
        there = is_there(listing->call, page->rest, pages->next);
        next = there ? pileus_json_text(listing->call, page->rest, pages->next)
                     : NULL;
    }
    switch (pages->kind) {
    case PILEUS_PAGES_NUMBER:
        take_total(listing, page);
        listing->more = pages->next != NULL ? there
                        : listing->last_known >= pages->first
                            ? listing->number <= listing->last_known
                            : is_full(listing, page);
        return PILEUS_OK;
    case PILEUS_PAGES_MARKER:
        if (pages->next != NULL ? !there : !is_full(listing, page)) {
            return PILEUS_OK;
        }
        return take_next(listing, page, page->marker.data);
    case PILEUS_PAGES_CURSOR:
    case PILEUS_PAGES_LINK:
        return take_next(listing, page, next);
    default:
        return PILEUS_OK;
    }
}

/* ---- pages under way
 * ---------------------------------------------------------------
 */

static int32_t
ask_for_one(pil__listing *listing)
{
    int32_t code = PILEUS_OK;
    pil__page *page = pil__page_new(listing, &code);

    if (page != NULL) {
        listing->page[listing->page_count++] = page;
        listing->number++;
    }
    return code;
}

/* Have as many pages under way as are known to exist. */
static int32_t
ask_for_more(pil__listing *listing)
{
    int32_t code = PILEUS_OK;

    if (listing->page_count == 0 && listing->more) {
        code = ask_for_one(listing);
    }
    while (code == PILEUS_OK && listing->pages.kind == PILEUS_PAGES_NUMBER &&
           listing->page_count < PIL__HTTP_PAGES_AHEAD &&
           listing->number <= listing->last_known) {
        code = ask_for_one(listing);
    }
    return code;
}

static void
drop_front(pil__listing *listing)
{
    pil__page_free(listing->page[0]);
    listing->page_count--;
    memmove(&listing->page[0], &listing->page[1],
            listing->page_count * sizeof listing->page[0]);
}

/* Hand out what there is of the page at the front; *over: it is done with. */
static int32_t
advance(pil__listing *listing, bool *over)
{
    pil__page *page = listing->page[0];
    int32_t code;

    *over = false;
    for (size_t i = 0; i < listing->page_count; i++) {
        pil__job_step(&listing->page[i]->job);
    }
    if (page->job.state == PIL__JOB_FAILED) {
        return pil__job_report(&page->job);
    }
    code = pil__page_take(page);
    if (code != PILEUS_OK || page->job.state != PIL__JOB_DONE) {
        return code;
    }
    code = pil__page_finish(page);
    if (code != PILEUS_OK || page->job.state == PIL__JOB_WAITING) {
        return code;
    }
    if (page->job.state == PIL__JOB_FAILED) {
        return pil__job_report(&page->job);
    }
    *over = true;
    return look_ahead(listing, page);
}

static int32_t
wait_for_more(pil__listing *listing)
{
    pil__job *jobs[PIL__HTTP_PAGES_AHEAD];

    if (listing->page[0]->job.streaming &&
        listing->page[0]->job.response->body.length > 0) {
        return PILEUS_OK; /* it came while the last of it was handed out */
    }
    for (size_t i = 0; i < listing->page_count; i++) {
        jobs[i] = &listing->page[i]->job;
    }
    return pil__jobs_wait(jobs, listing->page_count);
}

static int32_t
run(pil__listing *listing)
{
    int32_t code = ask_for_more(listing);

    while (code == PILEUS_OK && listing->page_count > 0) {
        bool over = false;

        code = advance(listing, &over);
        if (code == PILEUS_OK && over) {
            drop_front(listing);
            code = ask_for_more(listing);
        } else if (code == PILEUS_OK) {
            code = wait_for_more(listing);
        }
    }
    return code;
}

int32_t
pil__http_list(pileus_http *http, pileus_call *call,
               const pileus_request *request, const pileus_pages *pages,
               pileus_item_fn fn, void *user)
{
    pil__listing listing = {
        .http = http,
        .call = call,
        .request = request,
        .fn = fn,
        .user = user,
        .more = true,
    };
    int32_t code;

    if (pages != NULL) {
        memcpy(&listing.pages, pages,
               pages->struct_size < sizeof listing.pages
                   ? (size_t)pages->struct_size
                   : sizeof listing.pages);
    }
    listing.number = listing.pages.first;
    listing.last_known = listing.pages.first - 1;
    listing.line = pil__http_take_line(http);
    if (listing.line == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
    }
    code = run(&listing);
    while (listing.page_count > 0) {
        drop_front(&listing);
    }
    pil__text_free(&listing.next);
    pil__text_free(&listing.spare);
    pil__http_give_line(http, listing.line);
    return code;
}
