/* A proxy in front of Nova's API, which breaks things. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/openstack_real.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* How long an API that is to be killed may work on a request, in ms: so that
 * it is in the middle of it. */
#define WORK_MS 100

/* ---- asking ---------------------------------------------------------------
 */

/* A connection to that port; NULL: nobody listens. */
static FILE *
reach(int port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr = {htonl(INADDR_LOOPBACK)},
    };
    int line = socket(AF_INET, SOCK_STREAM, 0);

    if (line >= 0 &&
        connect(line, (const struct sockaddr *)&address, sizeof address) == 0) {
        return fdopen(line, "r+");
    }
    (void)close(line);
    return NULL;
}

/* The request as it came, but for one that ends the connection. */
static void
send_request(FILE *line, const web_asked *asked)
{
    for (const char *at = asked->head; *at != '\0';) {
        size_t length = strcspn(at, "\n") + 1;

        if (strncmp(at, "Connection:", 11) != 0) {
            (void)fwrite(at, 1, length, line);
        }
        at += length;
    }
    (void)fputs("Connection: close\r\n\r\n", line);
    (void)fwrite(asked->body, 1, asked->body_size, line);
    (void)fflush(line);
}

/* All of the answer, to be freed. */
static char *
read_answer(FILE *line, size_t *size)
{
    char *answer = NULL;
    FILE *out = open_memstream(&answer, size);
    char buffer[4096];
    size_t got;

    while (out != NULL && (got = fread(buffer, 1, sizeof buffer, line)) > 0) {
        (void)fwrite(buffer, 1, got, out);
    }
    if (out != NULL) {
        (void)fclose(out);
    }
    return answer;
}

/* Keystone takes the token that a request has back, on the user's behalf. */
static void
revoke_token(const web_asked *asked)
{
    const char *keystone = getenv("OS_AUTH_URL");
    char token[1024] = "";
    char *answer;
    size_t size = 0;
    int port = 0;
    FILE *line;

    if (keystone == NULL || sscanf(keystone, "http://%*[^:]:%d", &port) != 1 ||
        !asked_header(asked, "X-Auth-Token", token, sizeof token)) {
        (void)fputs("no Keystone, or no token to revoke\n", stderr);
        abort();
    }
    line = reach(port);
    if (line == NULL) {
        (void)fputs("Keystone does not listen\n", stderr);
        abort();
    }
    (void)fprintf(line,
                  "DELETE /v3/auth/tokens HTTP/1.1\r\nHost: keystone\r\n"
                  "X-Auth-Token: %s\r\nX-Subject-Token: %s\r\n"
                  "Connection: close\r\n\r\n",
                  token, token);
    (void)fflush(line);
    answer = read_answer(line, &size);
    if (answer == NULL || strncmp(answer, "HTTP/1.1 204", 12) != 0) {
        (void)fprintf(stderr, "Keystone did not revoke it: %.12s\n",
                      answer == NULL ? "" : answer);
        abort();
    }
    free(answer);
    (void)fclose(line);
}

/* ---- breaking -------------------------------------------------------------
 */

/* The fault that this request is to have. */
static proxy_fault
fault_of(proxy *between, const web_asked *asked)
{
    if (between->times == 0 || strcmp(asked->method, between->method) != 0 ||
        strstr(asked->target, between->part) == NULL) {
        return PROXY_NONE;
    }
    between->times--;
    between->met++;
    return between->fault;
}

/* How many tokens there were. */
static void
note_token(proxy *between, const web_asked *asked)
{
    char token[sizeof between->token] = "";

    (void)asked_header(asked, "X-Auth-Token", token, sizeof token);
    if (strcmp(token, between->token) != 0) {
        memcpy(between->token, token, sizeof token);
        between->tokens++;
    }
}

static void
hand_back(web_channel *channel, const char *answer, size_t size,
          proxy_fault fault)
{
    if (answer == NULL || fault == PROXY_LOSE) {
        channel_reset(channel);
    } else if (fault == PROXY_CUT) {
        (void)channel_send(channel, answer, size - size / 3);
        channel_reset(channel);
    } else {
        (void)channel_send(channel, answer, size);
        channel_close(channel);
    }
}

/* The driver asks one thing after another, and so nothing here is asked by two
 * threads at a time. */
static void
pass_on(void *user, const web_asked *asked, web_channel *channel)
{
    proxy *between = user;
    proxy_fault fault = fault_of(between, asked);
    char *answer = NULL;
    size_t size = 0;
    FILE *line;

    note_token(between, asked);
    if (fault == PROXY_REVOKE) {
        revoke_token(asked);
    } else if (fault == PROXY_HOLD) {
        (void)channel_pause(channel, (real_token_life() + 1) * 1000);
    }
    line = reach(real_nova_port());
    if (line == NULL) {
        channel_reset(channel);
        return;
    }
    send_request(line, asked);
    if (fault == PROXY_KILL) {
        (void)channel_pause(channel, WORK_MS);
        real_nova("stop");
    } else {
        answer = read_answer(line, &size);
        between->refused +=
            answer != NULL && strncmp(answer, "HTTP/1.1 401", 12) == 0;
    }
    (void)fclose(line);
    hand_back(channel, answer, size, fault);
    free(answer);
}

void
proxy_start(proxy *between, proxy_fault fault, const char *method,
            const char *part, int times)
{
    *between = (proxy){
        .fault = fault,
        .method = method,
        .part = part,
        .times = times,
    };
    between->server = server_start(pass_on, between, NULL, NULL);
    assert_non_null(between->server);
}

void
proxy_stop(proxy *between)
{
    server_stop(between->server);
}
