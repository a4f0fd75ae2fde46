/* A web server for shell tests: it answers with what it was asked. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "/status/404" is answered with that status, in the words of DigitalOcean,
 * "/binary" with bytes that are no text, "/slow" not at all, all else with the
 * request: its first line, the headers that it shows, its body. */
static void
answer(void *user, const web_asked *asked, web_channel *channel)
{
    static const char *const shown[] = {"Authorization", "Accept",
                                        "Content-Type", "X-Test"};
    const char *status = strstr(asked->target, "/status/");
    char text[70000];
    char value[256];
    int used;

    (void)user;
    if (status != NULL) {
        channel_answer(channel, atoi(status + strlen("/status/")),
                       "Content-Type: application/json\r\n",
                       "{\"id\": \"it_failed\", \"message\": \"as told\"}\n");
        return;
    }
    if (strstr(asked->target, "/binary") != NULL) {
        (void)channel_puts(channel,
                           "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        (void)channel_send(channel, "a\0\xff\n\033", 5);
        return;
    }
    if (strstr(asked->target, "/slow") != NULL) {
        (void)channel_pause(channel, 60000);
        return;
    }
    used = snprintf(text, sizeof text, "%s %s\n", asked->method, asked->target);
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        if (asked_header(asked, shown[i], value, sizeof value)) {
            used += snprintf(text + used, sizeof text - (size_t)used,
                             "%s: %s\n", shown[i], value);
        }
    }
    (void)snprintf(text + used, sizeof text - (size_t)used, "\n%.*s",
                   (int)asked->body_size, asked->body);
    channel_answer(channel, 200, NULL, text);
}

/* Print where it listens, a line, and go on until standard input ends. */
int
main(void)
{
    web_server *server = server_start(answer, NULL, NULL, NULL);
    char byte;

    (void)printf("%s\n", server_url(server));
    (void)fflush(stdout);
    while (read(STDIN_FILENO, &byte, 1) > 0) {
    }
    server_stop(server);
    return 0;
}
