/* A provider of this program's own: connections and requests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/server.h"

#include "sdk/check/answer.h"
#include "sdk/check/relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#define CHANNELS_MAX 256
#define TICK_MS 20
#define LATE_GETS 2 /* that do not see what was made */

typedef struct channel {
    check_server *server;
    pthread_t thread;
    int fd;
    bool used;
    atomic_bool over; /* the thread is done, and can be joined */
} channel;

struct check_server {
    int fd;
    char url[64];
    pthread_t thread;
    atomic_bool ending;
    atomic_int manner;
    atomic_int requests;
    atomic_int posts;
    atomic_bool last_posts;
    _Atomic(struct check_relay *) relay; /* NULL: it only fails */
    atomic_int fault;
    atomic_int fault_at;
    atomic_int number;    /* of the last request since that was said */
    atomic_int last_post; /* of the last POST among them */
    atomic_int late;      /* GETs since then */
    channel channels[CHANNELS_MAX];
};

/* ---- one connection --------------------------------------------------------
 */

/* Wait until something can be read; false: it is over. */
static bool
readable(const channel *self)
{
    struct pollfd poller = {.fd = self->fd, .events = POLLIN};

    while (!atomic_load(&self->server->ending)) {
        if (poll(&poller, 1, TICK_MS) > 0) {
            return true;
        }
    }
    return false;
}

static bool
send_all(const channel *self, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(self->fd, data, size, MSG_NOSIGNAL);

        if (sent <= 0) {
            return false;
        }
        data += sent;
        size -= (size_t)sent;
    }
    return true;
}

/* Content-Length of a head that ends in an empty line. */
static size_t
body_size(const char *head)
{
    static const char name[] = "Content-Length:";

    for (const char *line = head; line != NULL; line = strstr(line, "\r\n")) {
        line += line == head ? 0 : 2;
        if (strncasecmp(line, name, sizeof name - 1) == 0) {
            return strtoul(line + sizeof name - 1, NULL, 10);
        }
    }
    return 0;
}

/* Read one request into text, ended by a NUL; false: there is none. What is
 * behind it is not kept: no client of the library's pipelines. */
static bool
take(const channel *self, char *text, size_t room)
{
    size_t filled = 0;
    size_t wanted = 0;

    while (wanted == 0 || filled < wanted) {
        ssize_t got;
        const char *end;

        if (filled + 1 >= room || !readable(self)) {
            return false;
        }
        got = recv(self->fd, text + filled, room - 1 - filled, 0);
        if (got <= 0) {
            return false;
        }
        filled += (size_t)got;
        text[filled] = '\0';
        end = strstr(text, "\r\n\r\n");
        if (wanted == 0 && end != NULL) {
            wanted = (size_t)(end - text) + 4 + body_size(text);
        }
    }
    return true;
}

/* Wait for the client to go away. */
static void
be_silent(const channel *self)
{
    char byte;

    while (readable(self)) {
        if (recv(self->fd, &byte, 1, 0) <= 0) {
            return;
        }
    }
}

static void
reset(const channel *self)
{
    struct linger linger = {.l_onoff = 1, .l_linger = 0};

    (void)setsockopt(self->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

/* The manner that request number is answered in; CHECK_MANNERS: by the relay.
 */
static check_manner
midway(check_server *server, const char *request, int number)
{
    int at = atomic_load(&server->fault_at);

    switch (atomic_load(&server->fault)) {
    case CHECK_MIDWAY_BROKEN:
        return number >= at ? CHECK_BROKEN : CHECK_MANNERS;
    case CHECK_MIDWAY_REFUSED:
        return number == at ? CHECK_REFUSED : CHECK_MANNERS;
    case CHECK_MIDWAY_LATE:
        return atomic_load(&server->last_post) > 0 &&
                       strncmp(request, "GET ", 4) == 0 &&
                       atomic_fetch_add(&server->late, 1) < LATE_GETS
                   ? CHECK_NOTHING_THERE
                   : CHECK_MANNERS;
    default:
        return CHECK_MANNERS;
    }
}

/* The same as answer, with a relay. */
static bool
answer_relayed(const channel *self, const char *request)
{
    check_server *server = self->server;
    check_answer made = {NULL, 0};
    int number = atomic_fetch_add(&server->number, 1) + 1;
    check_manner how = midway(server, request, number);
    bool good =
        how == CHECK_MANNERS
            ? check_relay_answer(atomic_load(&server->relay), &made, request)
            : check_answer_make(&made, how, request);

    if (strncmp(request, "POST ", 5) == 0) {
        atomic_store(&server->last_post, number);
    }
    if (atomic_load(&server->fault) == CHECK_MIDWAY_LOST &&
        number == atomic_load(&server->fault_at)) {
        if (good) {
            check_relay_lose(atomic_load(&server->relay), &made, request);
        }
        reset(self);
        good = false;
    }
    good = good && send_all(self, made.data, made.size);
    free(made.data);
    return good;
}

/* false: the connection is over. */
static bool
answer(const channel *self, const char *request)
{
    check_manner how = (enum check_manner)atomic_load(&self->server->manner);
    check_answer made = {NULL, 0};
    bool good;

    if (atomic_load(&self->server->relay) != NULL) {
        return answer_relayed(self, request);
    }
    if (how == CHECK_SILENT) {
        be_silent(self);
        return false;
    }
    if (how == CHECK_CUT_OFF && !check_answer_lets_in(request)) {
        reset(self);
        return false;
    }
    if (!check_answer_make(&made, how, request)) {
        return false;
    }
    good = send_all(self, made.data, made.size) &&
           (how != CHECK_TRUNCATED || check_answer_lets_in(request));
    free(made.data);
    return good;
}

#define REQUEST_MAX ((size_t)4 * 1024 * 1024)

/* Room for a request that does not count as memory of the driver's, which is
 * in the same process (memory.c). */
static char *
make_room(void)
{
    void *room = mmap(NULL, REQUEST_MAX, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return room == MAP_FAILED ? NULL : room;
}

/* Letting in (answer.h) is no matter of the call. */
static void
note_request(check_server *server, const char *request)
{
    bool posts = strncmp(request, "POST ", 5) == 0;

    if (!check_answer_lets_in(request)) {
        (void)atomic_fetch_add(&server->requests, 1);
        (void)atomic_fetch_add(&server->posts, posts ? 1 : 0);
        atomic_store(&server->last_posts, posts);
    }
}

static void *
serve(void *user)
{
    channel *self = user;
    char *request = make_room();

    while (request != NULL && take(self, request, REQUEST_MAX)) {
        note_request(self->server, request);
        if (!answer(self, request)) {
            break;
        }
    }
    if (request != NULL) {
        (void)munmap(request, REQUEST_MAX);
    }
    (void)close(self->fd);
    atomic_store(&self->over, true);
    return NULL;
}

/* ---- the server ------------------------------------------------------------
 */

/* Join those that are over; all of them when it ends. */
static void
reap(check_server *server, bool all)
{
    for (size_t i = 0; i < CHANNELS_MAX; i++) {
        channel *one = &server->channels[i];

        if (one->used && (all || atomic_load(&one->over))) {
            (void)pthread_join(one->thread, NULL);
            one->used = false;
        }
    }
}

static void
welcome(check_server *server, int fd)
{
    channel *made = server->channels;
    int one = 1;

    reap(server, false);
    while (made < server->channels + CHANNELS_MAX && made->used) {
        made++;
    }
    if (made == server->channels + CHANNELS_MAX) {
        (void)close(fd);
        return;
    }
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    made->server = server;
    made->fd = fd;
    atomic_store(&made->over, false);
    made->used = pthread_create(&made->thread, NULL, serve, made) == 0;
    if (!made->used) {
        (void)close(fd);
    }
}

static void *
listen_to_all(void *user)
{
    check_server *server = user;
    struct pollfd poller = {.fd = server->fd, .events = POLLIN};

    while (!atomic_load(&server->ending)) {
        int fd =
            poll(&poller, 1, TICK_MS) > 0 ? accept(server->fd, NULL, NULL) : -1;

        if (fd >= 0) {
            welcome(server, fd);
        }
    }
    return NULL;
}

static bool
open_port(check_server *server)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;

    server->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (server->fd < 0 ||
        bind(server->fd, (struct sockaddr *)&address, size) != 0 ||
        listen(server->fd, 64) != 0 ||
        getsockname(server->fd, (struct sockaddr *)&address, &size) != 0) {
        return false;
    }
    (void)snprintf(server->url, sizeof server->url, "http://127.0.0.1:%d",
                   (int)ntohs(address.sin_port));
    return true;
}

check_server *
check_server_start(void)
{
    check_server *made = calloc(1, sizeof *made);

    if (made != NULL && open_port(made) &&
        pthread_create(&made->thread, NULL, listen_to_all, made) == 0) {
        return made;
    }
    if (made != NULL && made->fd >= 0) {
        (void)close(made->fd);
    }
    free(made);
    return NULL;
}

void
check_server_stop(check_server *server)
{
    if (server == NULL) {
        return;
    }
    atomic_store(&server->ending, true);
    (void)pthread_join(server->thread, NULL);
    (void)close(server->fd);
    reap(server, true);
    free(server);
}

const char *
check_server_url(const check_server *server)
{
    return server->url;
}

void
check_server_act(check_server *server, check_manner manner)
{
    if (server != NULL) {
        atomic_store(&server->manner, (int)manner);
    }
}

int
check_server_requests(check_server *server)
{
    return atomic_exchange(&server->requests, 0);
}

int
check_server_posts(check_server *server)
{
    return atomic_exchange(&server->posts, 0);
}

bool
check_server_last_posts(check_server *server)
{
    return atomic_load(&server->last_posts);
}

void
check_server_relay(check_server *server, struct check_relay *relay)
{
    atomic_store(&server->relay, relay);
}

void
check_server_fail(check_server *server, check_midway_fault fault, int at)
{
    atomic_store(&server->fault, (int)fault);
    atomic_store(&server->fault_at, at);
    atomic_store(&server->number, 0);
    atomic_store(&server->last_post, 0);
    atomic_store(&server->late, 0);
}

int
check_server_number(check_server *server)
{
    return atomic_load(&server->number);
}

int
check_server_last_post(check_server *server)
{
    return atomic_load(&server->last_post);
}
