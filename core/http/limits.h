/* The limits of HTTP. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__HTTP_LIMITS_H
#define PIL__HTTP_LIMITS_H

/* In bytes, unless said otherwise. */
#define PIL__HTTP_URL_MAX 65536
#define PIL__HTTP_HEADER_MAX 262144    /* of an answer's header */
#define PIL__HTTP_HEADER_COUNT_MAX 512 /* lines of it */
#define PIL__HTTP_BODY_MAX 67108864    /* of an answer that is kept whole */
#define PIL__HTTP_REDIRECTS_MAX 5      /* in a row */
#define PIL__HTTP_PARTS_MAX 4096       /* parameters of a query */

/* What is buffered of a listing's page before it is this page's turn. */
#define PIL__HTTP_AHEAD_MAX 131072
/* Pages of a listing under way at once. */
#define PIL__HTTP_PAGES_AHEAD 8

/* An answer that has begun and then brings less than this many bytes in this
 * time has stalled. The time is in milliseconds, and at most three quarters of
 * what one attempt may take. */
#define PIL__HTTP_STALL_BYTES 1024
#define PIL__HTTP_STALL_MS 15000

/* Pauses between attempts, in milliseconds. */
#define PIL__HTTP_PAUSE_FIRST_MS 200
#define PIL__HTTP_PAUSE_MAX_MS 20000

/* Requests that may be sent again because of failures, before some have to
 * succeed: a provider that is down is not helped by more of them. */
#define PIL__HTTP_BUDGET 40

/* Longest time, in milliseconds, to hold requests back because headers say
 * that none is left, without the provider having refused one. */
#define PIL__HTTP_HOLD_MAX_MS 60000

/* Lines that are kept for the next request. */
#define PIL__HTTP_IDLE_LINES 16

#endif
