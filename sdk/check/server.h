/* A provider of this program's own, that fails in every manner. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_SERVER_H
#define SDK_CHECK_SERVER_H

#include <pileus/common.h>

/* It does not know the API of any provider, so it can be none that works; what
 * it can do is fail, in the words of none. Its failures echo the whole request,
 * as some providers' do. */
typedef enum check_manner {
    CHECK_NOTHING_THERE, /* 404 */
    CHECK_REFUSED,       /* 401 */
    CHECK_FORBIDDEN,     /* 403 */
    CHECK_INVALID,       /* 422 */
    CHECK_TOO_MANY,      /* 429, to be asked again at once */
    CHECK_BROKEN,        /* 500 */
    CHECK_UNAVAILABLE,   /* 503 */
    CHECK_WEB_PAGE,      /* 200, with a page for people */
    CHECK_WRONG_TYPES,   /* 200, with JSON or XML of something else */
    CHECK_TRUNCATED,     /* 200, and the connection ends in the body */
    CHECK_CUT_OFF,       /* the request is read, and the connection reset */
    CHECK_ELSEWHERE,     /* a redirect to another host */
    CHECK_SILENT,        /* the request is read, and nothing is said */
    CHECK_MANNERS
} check_manner;

typedef struct check_server check_server;
struct check_relay;

/* What becomes of one request of those that a relay answers. */
typedef enum check_midway_fault {
    CHECK_MIDWAY_NONE,
    CHECK_MIDWAY_LOST,    /* it is answered, and the connection reset */
    CHECK_MIDWAY_BROKEN,  /* 500, and so are all that follow */
    CHECK_MIDWAY_REFUSED, /* 401 */
    CHECK_MIDWAY_LATE     /* 404 for the first two GETs behind a POST */
} check_midway_fault;

/* NULL: it cannot be. */
check_server *check_server_start(void);
void check_server_stop(check_server *server);
/* "http://127.0.0.1:PORT". */
const char *check_server_url(const check_server *server);

void check_server_act(check_server *server, check_manner manner);
/* Words for it. */
const char *check_manner_name(check_manner manner);
/* Instead of failing it answers as the relay does. While no request is under
 * way. */
void check_server_relay(check_server *server, struct check_relay *relay);
/* But for request number at, of those from now on; the number of the last one,
 * and that of the last POST, 0 for none. */
void check_server_fail(check_server *server, check_midway_fault fault, int at);
int check_server_number(check_server *server);
int check_server_last_post(check_server *server);

/* Requests since the last time; those of them that may not be repeated. */
int check_server_requests(check_server *server);
int check_server_posts(check_server *server);
/* Was the last one such? */
bool check_server_last_posts(check_server *server);

#endif
