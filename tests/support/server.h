/* A web server for suites: it answers, byte by byte, as the suite says. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_SERVER_H
#define TESTS_SUPPORT_SERVER_H

#include <pileus/common.h>

typedef struct web_server web_server;
typedef struct web_channel web_channel; /* one connection, within an answer */

/* A request that arrived. */
typedef struct web_asked {
    int number;     /* of the request, from 1 */
    int connection; /* that it came on, from 1 */
    char method[16];
    char target[4096]; /* path and query */
    char head[16384];  /* all lines, each ended by "\r\n" */
    char body[65536];
    size_t body_size;
} web_asked;

/* Answers one request; from several threads at once. */
typedef void (*server_fn)(void *user, const web_asked *asked,
                          web_channel *channel);

/* Listen at 127.0.0.1. pem: file of certificate and key, for TLS; or NULL.
 * client_ca: file of the CA that clients must have theirs from; or NULL. */
web_server *server_start(server_fn fn, void *user, const char *pem,
                         const char *client_ca);
/* End all connections and wait for their threads. */
void server_stop(web_server *server);

int server_port(const web_server *server);
/* "http://127.0.0.1:PORT" or with https; belongs to the server. */
const char *server_url(const web_server *server);
int server_connections(web_server *server);
int server_requests(web_server *server);

/* The value of a header in *value, or false. */
bool asked_header(const web_asked *asked, const char *name, char *value,
                  size_t size);
/* Is that parameter in the query, with that value? */
bool asked_query(const web_asked *asked, const char *name, const char *value);

/* A whole answer; headers: lines with "\r\n", or NULL. */
void channel_answer(web_channel *channel, int status, const char *headers,
                    const char *body);
/* Bytes as they are. False: the client is gone, or the server ends. */
bool channel_send(web_channel *channel, const void *data, size_t size);
bool channel_puts(web_channel *channel, const char *text);
/* Bytes to and from that port of this machine, as they come, until one side has
 * enough. False: nobody listens there. What was sent before is lost. */
bool channel_tunnel(web_channel *channel, int port);
/* Let time pass; false as above. */
bool channel_pause(web_channel *channel, int ms);
/* No more requests on this connection; with a reset, or in good order. */
void channel_reset(web_channel *channel);
void channel_close(web_channel *channel);

#endif
