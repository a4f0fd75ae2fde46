/* The replay server of libcloud's exchanges, for suites. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PEER_REPLAY_H
#define TESTS_PEER_REPLAY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <yajl/yajl_tree.h>

typedef struct replay replay;

/* A file of the pack libcloud/NAME, in the directory that PILEUS_PEER_DIR
 * names or else ../shared/peer beside the source, as text to be freed. NULL,
 * and said why, when it is not there: the test is to be skipped. */
char *replay_read(const char *name, const char *file);

/* Serve the pack. more: exchanges to answer besides, one on a line, in the
 * pack's format, or NULL; match: what stands in its match.json, or NULL. NULL
 * when the pack or python3 is not there. */
replay *replay_start(const char *name, const char *more, const char *match);

/* "http://127.0.0.1:PORT" */
const char *replay_url(const replay *server);

/* Answer from this scenario from now on, and from main what it has not. */
void replay_scenario(replay *server, const char *scenario);

/* What was asked: an object with "unmatched" and "never_asked", to be freed. */
yajl_val replay_summary(replay *server);

void replay_stop(replay *server);

#endif
