/* A web server for suites: it answers, byte by byte, as the suite says. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define CHANNELS_MAX 4096

struct web_channel {
    web_server *server;
    pthread_t thread;
    int number;
    int fd;
    SSL *ssl;
    bool over;
    char buffer[16384];
    size_t filled;
};

struct web_server {
    server_fn fn;
    void *user;
    SSL_CTX *tls;
    int fd;
    int port;
    char url[64];
    pthread_t thread;
    atomic_bool ending;
    atomic_int connections;
    atomic_int requests;
    web_channel *channels[CHANNELS_MAX];
};

static void
need(bool condition, const char *what)
{
    if (!condition) {
        perror(what);
        abort();
    }
}

/* ---- bytes ------------------------------------------------------------------
 */

/* Wait until the socket is ready; false: it is over. */
static bool
ready(web_channel *channel, short events)
{
    struct pollfd poller = {.fd = channel->fd, .events = events};

    while (!channel->over && !atomic_load(&channel->server->ending)) {
        if (poll(&poller, 1, 20) > 0) {
            return true;
        }
    }
    return false;
}

/* What is sent is copied first: TSan notes that send() reads its bytes only
 * after they are sent, when their owner may have had the answer already and
 * may be writing the next one. */
bool
channel_send(web_channel *channel, const void *data, size_t size)
{
    const char *at = data;
    char part[16384];

    while (size > 0 && ready(channel, POLLOUT)) {
        size_t length = size < sizeof part ? size : sizeof part;
        ssize_t sent;

        memcpy(part, at, length);
        if (channel->ssl != NULL) {
            sent = SSL_write(channel->ssl, part, (int)length);
        } else {
            sent = send(channel->fd, part, length, MSG_NOSIGNAL | MSG_DONTWAIT);
        }
        if (sent <= 0) {
            channel->over = true;
            return false;
        }
        at += sent;
        size -= (size_t)sent;
    }
    return size == 0;
}

bool
channel_puts(web_channel *channel, const char *text)
{
    return channel_send(channel, text, strlen(text));
}

bool
channel_pause(web_channel *channel, int ms)
{
    char byte;

    for (; ms > 0 && !channel->over && !atomic_load(&channel->server->ending);
         ms -= 5) {
        (void)poll(NULL, 0, ms < 5 ? ms : 5);
        if (channel->ssl == NULL &&
            recv(channel->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0) {
            channel->over = true;
        }
    }
    return !channel->over && !atomic_load(&channel->server->ending);
}

/* What one side has said, to the other. False: it is over. */
static bool
pass_on(int from, int to)
{
    char buffer[16384];
    ssize_t got = recv(from, buffer, sizeof buffer, 0);

    for (ssize_t at = 0; got > 0 && at < got;) {
        ssize_t sent = send(to, buffer + at, (size_t)(got - at), MSG_NOSIGNAL);

        if (sent <= 0) {
            return false;
        }
        at += sent;
    }
    return got > 0;
}

bool
channel_tunnel(web_channel *channel, int port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr = {htonl(INADDR_LOOPBACK)},
    };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct pollfd sides[2] = {{.fd = channel->fd, .events = POLLIN},
                              {.fd = fd, .events = POLLIN}};
    bool good = fd >= 0 &&
                connect(fd, (struct sockaddr *)&address, sizeof address) == 0;

    if (good) {
        (void)channel_puts(channel, "HTTP/1.1 200 Connected\r\n\r\n");
    }
    for (bool open = good; open && !atomic_load(&channel->server->ending);) {
        if (poll(sides, 2, 20) > 0) {
            open = (sides[0].revents == 0 || pass_on(channel->fd, fd)) &&
                   (sides[1].revents == 0 || pass_on(fd, channel->fd));
        }
    }
    channel->over = channel->over || good;
    (void)close(fd);
    return good;
}

void
channel_close(web_channel *channel)
{
    channel->over = true;
}

void
channel_reset(web_channel *channel)
{
    struct linger linger = {.l_onoff = 1, .l_linger = 0};

    (void)setsockopt(channel->fd, SOL_SOCKET, SO_LINGER, &linger,
                     sizeof linger);
    channel->over = true;
}

void
channel_answer(web_channel *channel, int status, const char *headers,
               const char *body)
{
    char head[8192];
    size_t size = body == NULL ? 0 : strlen(body);

    (void)snprintf(head, sizeof head,
                   "HTTP/1.1 %d Status\r\nContent-Length: %zu\r\n%s\r\n",
                   status, size, headers == NULL ? "" : headers);
    (void)(channel_puts(channel, head) &&
           channel_send(channel, body == NULL ? "" : body, size));
}

/* More bytes into the buffer; false: there are none. */
static bool
fill(web_channel *channel)
{
    size_t room = sizeof channel->buffer - channel->filled;
    ssize_t got;

    if (room == 0 ||
        ((channel->ssl == NULL || SSL_pending(channel->ssl) == 0) &&
         !ready(channel, POLLIN))) {
        return false;
    }
    got = channel->ssl != NULL
              ? SSL_read(channel->ssl, channel->buffer + channel->filled,
                         (int)room)
              : recv(channel->fd, channel->buffer + channel->filled, room, 0);
    channel->filled += got > 0 ? (size_t)got : 0;
    return got > 0;
}

/* ---- requests
 * -----------------------------------------------------------------
 */

bool
asked_header(const web_asked *asked, const char *name, char *value, size_t size)
{
    size_t length = strlen(name);

    for (const char *line = asked->head; *line != '\0';
         line = strstr(line, "\r\n") + 2) {
        if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
            const char *from = line + length + 1;

            from += strspn(from, " ");
            (void)snprintf(value, size, "%.*s", (int)strcspn(from, "\r"), from);
            return true;
        }
    }
    return false;
}

bool
asked_query(const web_asked *asked, const char *name, const char *value)
{
    char pair[512];
    const char *at = strchr(asked->target, '?');
    size_t length;

    (void)snprintf(pair, sizeof pair, "%s=%s", name, value);
    length = strlen(pair);
    while (at != NULL) {
        at++;
        if (strncmp(at, pair, length) == 0 &&
            (at[length] == '\0' || at[length] == '&')) {
            return true;
        }
        at = strchr(at, '&');
    }
    return false;
}

/* Take one request out of what arrives. */
static bool
take(web_channel *channel, web_asked *asked)
{
    char *end;
    char value[32];
    size_t head;
    size_t wanted = 0;

    while ((end = memmem(channel->buffer, channel->filled, "\r\n\r\n", 4)) ==
           NULL) {
        if (!fill(channel)) {
            return false;
        }
    }
    memset(asked, 0, sizeof *asked);
    head = (size_t)(end + 2 - channel->buffer);
    need(head < sizeof asked->head, "a request with a large header");
    memcpy(asked->head, channel->buffer, head);
    (void)sscanf(asked->head, "%15s %4095s", asked->method, asked->target);
    channel->filled -= head + 2;
    memmove(channel->buffer, channel->buffer + head + 2, channel->filled);
    if (asked_header(asked, "Content-Length", value, sizeof value)) {
        wanted = strtoul(value, NULL, 10);
    }
    need(wanted < sizeof asked->body, "a request with a large body");
    while (asked->body_size < wanted) {
        size_t left = wanted - asked->body_size;
        size_t part = channel->filled < left ? channel->filled : left;

        memcpy(asked->body + asked->body_size, channel->buffer, part);
        asked->body_size += part;
        channel->filled -= part;
        memmove(channel->buffer, channel->buffer + part, channel->filled);
        if (asked->body_size < wanted && !fill(channel)) {
            return false;
        }
    }
    return true;
}

static void *
serve(void *user)
{
    web_channel *channel = user;
    web_server *server = channel->server;
    web_asked *asked = malloc(sizeof *asked);
    bool good = true;
    sigset_t pipe;

    /* In the server's threads only: in the client's it is to be seen. */
    (void)sigemptyset(&pipe);
    (void)sigaddset(&pipe, SIGPIPE);
    (void)pthread_sigmask(SIG_BLOCK, &pipe, NULL);

    need(asked != NULL, "memory");
    if (server->tls != NULL) {
        channel->ssl = SSL_new(server->tls);
        need(channel->ssl != NULL && SSL_set_fd(channel->ssl, channel->fd) == 1,
             "TLS");
        good = SSL_accept(channel->ssl) == 1;
    }
    while (good && !channel->over && take(channel, asked)) {
        asked->number = atomic_fetch_add(&server->requests, 1) + 1;
        asked->connection = channel->number;
        server->fn(server->user, asked, channel);
    }
    free(asked);
    if (channel->ssl != NULL) {
        (void)SSL_shutdown(channel->ssl);
        SSL_free(channel->ssl);
    }
    (void)close(channel->fd);
    return NULL;
}

/* ---- the server
 * -----------------------------------------------------------------
 */

static void *
listener(void *user)
{
    web_server *server = user;

    while (!atomic_load(&server->ending)) {
        struct pollfd poller = {.fd = server->fd, .events = POLLIN};
        int fd;
        int one = 1;
        web_channel *made;

        if (poll(&poller, 1, 20) <= 0) {
            continue;
        }
        fd = accept(server->fd, NULL, NULL);
        if (fd < 0) {
            continue;
        }
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        made = calloc(1, sizeof *made);
        need(made != NULL, "memory");
        made->server = server;
        made->fd = fd;
        made->number = atomic_fetch_add(&server->connections, 1) + 1;
        need(made->number <= CHANNELS_MAX, "too many connections");
        server->channels[made->number - 1] = made;
        need(pthread_create(&made->thread, NULL, serve, made) == 0, "thread");
    }
    return NULL;
}

static SSL_CTX *
tls_context(const char *pem, const char *client_ca)
{
    SSL_CTX *tls = SSL_CTX_new(TLS_server_method());

    need(tls != NULL && SSL_CTX_use_certificate_chain_file(tls, pem) == 1 &&
             SSL_CTX_use_PrivateKey_file(tls, pem, SSL_FILETYPE_PEM) == 1,
         pem);
    if (client_ca != NULL) {
        need(SSL_CTX_load_verify_locations(tls, client_ca, NULL) == 1,
             client_ca);
        SSL_CTX_set_verify(
            tls, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    }
    return tls;
}

web_server *
server_start(server_fn fn, void *user, const char *pem, const char *client_ca)
{
    web_server *made = calloc(1, sizeof *made);
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;

    need(made != NULL, "memory");
    made->fn = fn;
    made->user = user;
    made->tls = pem == NULL ? NULL : tls_context(pem, client_ca);
    made->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    need(made->fd >= 0 &&
             bind(made->fd, (struct sockaddr *)&address, size) == 0 &&
             listen(made->fd, 64) == 0 &&
             getsockname(made->fd, (struct sockaddr *)&address, &size) == 0,
         "socket");
    made->port = ntohs(address.sin_port);
    (void)snprintf(made->url, sizeof made->url, "http%s://127.0.0.1:%d",
                   pem == NULL ? "" : "s", made->port);
    need(pthread_create(&made->thread, NULL, listener, made) == 0, "thread");
    return made;
}

void
server_stop(web_server *server)
{
    atomic_store(&server->ending, true);
    (void)pthread_join(server->thread, NULL);
    (void)close(server->fd);
    for (int i = 0; i < atomic_load(&server->connections); i++) {
        (void)pthread_join(server->channels[i]->thread, NULL);
        free(server->channels[i]);
    }
    SSL_CTX_free(server->tls);
    free(server);
}

int
server_port(const web_server *server)
{
    return server->port;
}

const char *
server_url(const web_server *server)
{
    return server->url;
}

int
server_connections(web_server *server)
{
    return atomic_load(&server->connections);
}

int
server_requests(web_server *server)
{
    return atomic_load(&server->requests);
}
