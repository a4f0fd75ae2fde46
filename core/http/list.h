/* Listings, page by page. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__HTTP_LIST_H
#define PIL__HTTP_LIST_H

#include "core/http/job.h"

/* A page on its way. */
typedef struct pil__page {
    pil__job job;
    struct pil__listing *listing;
    pileus_stream *stream;
    int64_t attempt;          /* that the stream is of; 0: none yet */
    int64_t count;            /* items that were seen in this attempt */
    int64_t given;            /* items that were handed out, in any attempt */
    uint64_t first;           /* what the first one looks like */
    uint64_t last;            /* and the last one that was handed out */
    pil__text marker;         /* of the last one */
    const pileus_value *rest; /* all but the items, when it is over */
} pil__page;

/* Seeing that pages do not come again, in memory that does not grow: what
 * comes is compared with one that came 1, 2, 4, … before. */
typedef struct pil__loop {
    uint64_t kept;
    int64_t since;
    int64_t power;
} pil__loop;

typedef struct pil__listing {
    pileus_http *http;
    pileus_call *call;
    pil__line *line;
    const pileus_request *request;
    pileus_pages pages;
    pileus_item_fn fn;
    void *user;
    pil__page *page[8]; /* the first is the one that is handed out */
    size_t page_count;
    int64_t number;     /* of the next numbered page to be asked for */
    int64_t last_known; /* number of the last page that is known to exist */
    bool more;          /* the page at the front is not the last */
    pil__text next;     /* marker, cursor or link of the page to come */
    pil__text spare;    /* memory for its body, that of a page which is over */
    pil__loop by_item;
    pil__loop by_next;
} pil__listing;

/* What the host table offers. */
int32_t pil__http_list(pileus_http *http, pileus_call *call,
                       const pileus_request *request, const pileus_pages *pages,
                       pileus_item_fn fn, void *user);

/* ---- pages (page.c) --------------------------------------------------------
 */

/* The page that comes next; NULL, with the failure reported: there is none. */
pil__page *pil__page_new(pil__listing *listing, int32_t *code);
void pil__page_free(pil__page *page);

/* Hand out what has arrived of it. */
int32_t pil__page_take(pil__page *page);

/* It has arrived whole, and was handed out: read the rest of it, and have the
 * driver look at that if it wants to. The job may come out of this failed, or
 * waiting to be sent again. */
int32_t pil__page_finish(pil__page *page);

/* What a text looks like: a number that is another for another one. */
uint64_t pil__text_look(const char *text);

#endif
