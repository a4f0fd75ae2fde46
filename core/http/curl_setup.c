/* The wire over libcurl: what a request becomes, and what a result means. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/curl.h"

#include "core/base/alloc.h"
#include "core/base/wipe.h"

#include <stdio.h>
#include <string.h>

/* Longest wait for a connection; the core's own limits come first. */
#define CONNECT_TIMEOUT_MS 60000L
/* Most that is read at once. */
#define BUFFER_SIZE 65536L

struct pil__wire {
    char *user_agent;
    char *ca_file;
    char *client_cert;
    char *client_key;
    char *proxy;
    bool insecure;
};

/* ---- settings
 * ----------------------------------------------------------------------- */

/* A copy; false: no memory. NULL stays NULL. */
static bool
copy(char **to, const char *from)
{
    *to = from == NULL ? NULL : pil__strdup(from);
    return from == NULL || *to != NULL;
}

pil__wire *
pil__curl_open(const pil__wire_settings *settings)
{
    pil__wire *wire = pil__calloc(1, sizeof *wire);

    if (wire == NULL) {
        return NULL;
    }
    wire->insecure = settings->insecure;
    if (!copy(&wire->user_agent, settings->user_agent) ||
        !copy(&wire->ca_file, settings->ca_file) ||
        !copy(&wire->client_cert, settings->client_cert) ||
        !copy(&wire->client_key, settings->client_key) ||
        !copy(&wire->proxy, settings->proxy)) {
        pil__curl_close(wire);
        return NULL;
    }
    return wire;
}

void
pil__curl_close(pil__wire *wire)
{
    if (wire == NULL) {
        return;
    }
    pil__free(wire->user_agent);
    pil__free(wire->ca_file);
    pil__free(wire->client_cert);
    pil__free(wire->client_key);
    pil__wipe_free(wire->proxy); /* it may hold a password */
    pil__free(wire);
}

/* ---- what libcurl calls
 * ------------------------------------------------------------- */

/* The connection stands, and the request goes out next. */
static int
on_ready(void *user, char *their_ip, char *our_ip, int their_port, int our_port)
{
    struct transfer *transfer = user;

    (void)their_ip;
    (void)our_ip;
    (void)their_port;
    (void)our_port;
    transfer->exchange->sent = true;
    return CURL_PREREQFUNC_OK;
}

static size_t
on_header(char *data, size_t one, size_t size, void *user)
{
    struct transfer *transfer = user;
    pil__exchange *exchange = transfer->exchange;
    size_t length = size;

    (void)one;
    while (length > 0 &&
           (data[length - 1] == '\n' || data[length - 1] == '\r')) {
        length--;
    }
    transfer->header_over = length == 0;
    (void)curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE,
                            &exchange->status);
    return exchange->on_header(exchange->user, data, length) ? size : size + 1;
}

static size_t
on_body(char *data, size_t one, size_t size, void *user)
{
    struct transfer *transfer = user;
    pil__exchange *exchange = transfer->exchange;

    (void)one;
    switch (exchange->on_body(exchange->user, data, size)) {
    case PIL__WIRE_GO_ON:
        return size;
    case PIL__WIRE_PAUSE:
        return CURL_WRITEFUNC_PAUSE;
    default:
        return size + 1;
    }
}

/* ---- a request
 * ---------------------------------------------------------------------- */

/* Short for the many that follow: stops at the first that fails. */
#define SET(option, value)                                                     \
    do {                                                                       \
        if (curl_easy_setopt(easy, option, value) != CURLE_OK) {               \
            return false;                                                      \
        }                                                                      \
    } while (0)

static bool
set_tls(CURL *easy, const pil__wire *wire)
{
    SET(CURLOPT_SSL_VERIFYPEER, wire->insecure ? 0L : 1L);
    SET(CURLOPT_SSL_VERIFYHOST, wire->insecure ? 0L : 2L);
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (wire->ca_file != NULL) {
        SET(CURLOPT_CAINFO, wire->ca_file);
        SET(CURLOPT_CAPATH, NULL);
    }
    if (wire->client_cert != NULL) {
        SET(CURLOPT_SSLCERT, wire->client_cert);
        SET(CURLOPT_SSLKEY,
            wire->client_key != NULL ? wire->client_key : wire->client_cert);
    }
    return true;
}

static bool
set_limits(CURL *easy)
{
#if LIBCURL_VERSION_NUM >= 0x075500
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
#else
    SET(CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
#if LIBCURL_VERSION_NUM >= 0x075700
    SET(CURLOPT_QUICK_EXIT, 1L); /* never wait for a name to be resolved */
#endif
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_BUFFERSIZE, BUFFER_SIZE);
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_CONNECTTIMEOUT_MS, CONNECT_TIMEOUT_MS);
    SET(CURLOPT_TCP_KEEPALIVE, 1L);
    return true;
}

/* Every method by its name; what curl takes for it tells about the body. */
static bool
set_method(CURL *easy, const pil__exchange *exchange)
{
    bool carries = strcmp(exchange->method, "POST") == 0 ||
                   strcmp(exchange->method, "PUT") == 0 ||
                   strcmp(exchange->method, "PATCH") == 0;

    if (exchange->body != NULL || carries) {
        SET(CURLOPT_POST, 1L);
        SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)exchange->body_size);
        SET(CURLOPT_POSTFIELDS,
            exchange->body == NULL ? "" : (const char *)exchange->body);
    } else if (strcmp(exchange->method, "HEAD") == 0) {
        SET(CURLOPT_NOBODY, 1L);
        return true;
    }
    SET(CURLOPT_CUSTOMREQUEST, exchange->method);
    return true;
}

static bool
add_header(struct transfer *transfer, const char *line)
{
    struct curl_slist *longer = curl_slist_append(transfer->headers, line);

    if (longer != NULL) {
        transfer->headers = longer;
    }
    return longer != NULL;
}

static bool
set_headers(struct transfer *transfer)
{
    CURL *easy = transfer->easy;
    const char *const *line = transfer->exchange->headers;

    /* Not to wait for leave to send a body. */
    if (!add_header(transfer, "Expect:")) {
        return false;
    }
    for (; *line != NULL; line++) {
        if (!add_header(transfer, *line)) {
            return false;
        }
    }
    SET(CURLOPT_HTTPHEADER, transfer->headers);
    return true;
}

static bool
set_functions(struct transfer *transfer)
{
    CURL *easy = transfer->easy;

    SET(CURLOPT_PRIVATE, transfer);
    SET(CURLOPT_ERRORBUFFER, transfer->words);
    SET(CURLOPT_PREREQFUNCTION, on_ready);
    SET(CURLOPT_PREREQDATA, transfer);
    SET(CURLOPT_HEADERFUNCTION, on_header);
    SET(CURLOPT_HEADERDATA, transfer);
    SET(CURLOPT_WRITEFUNCTION, on_body);
    SET(CURLOPT_WRITEDATA, transfer);
    SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    return true;
}

bool
pil__curl_set_up(struct transfer *transfer, const pil__wire *wire)
{
    CURL *easy = transfer->easy;
    pil__exchange *exchange = transfer->exchange;

    SET(CURLOPT_URL, exchange->url);
    SET(CURLOPT_PATH_AS_IS, 1L);
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    SET(CURLOPT_PIPEWAIT, 1L);
    SET(CURLOPT_ACCEPT_ENCODING, "");
    SET(CURLOPT_USERAGENT, wire->user_agent);
    /* What died on a connection used before is sent again by libcurl itself:
     * that cannot happen on a fresh one. */
    SET(CURLOPT_FRESH_CONNECT, exchange->fresh ? 1L : 0L);
    if (wire->proxy != NULL) {
        SET(CURLOPT_PROXY, wire->proxy);
    }
    return set_limits(easy) && set_tls(easy, wire) &&
           set_method(easy, exchange) && set_functions(transfer) &&
           set_headers(transfer);
}

/* ---- a result
 * ----------------------------------------------------------------------- */

static bool
says(const struct transfer *transfer, const char *words)
{
    return strstr(transfer->words, words) != NULL;
}

/* A proxy that was asked for a way to the provider may have said no. */
static bool
is_proxys(const struct transfer *transfer, pil__wire_end *end)
{
    long status = 0;

    (void)curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_CONNECTCODE, &status);
    *end = status == 407 ? PIL__WIRE_PROXY_LOGIN : PIL__WIRE_PROXY;
    return status >= 300;
}

static pil__wire_end
meaning(const struct transfer *transfer, CURLcode result)
{
    const pil__exchange *exchange = transfer->exchange;

    switch ((int)result) {
    case CURLE_OK:
        return PIL__WIRE_OK;
    case CURLE_OUT_OF_MEMORY:
        /* Also what it says of a line of a header that does not end. */
        return exchange->sent && !transfer->header_over ? PIL__WIRE_NONSENSE
                                                        : PIL__WIRE_NO_MEMORY;
    case CURLE_WRITE_ERROR: /* from on_header and on_body */
    case CURLE_ABORTED_BY_CALLBACK:
        return PIL__WIRE_REFUSED;
    case CURLE_SSL_CONNECT_ERROR:
        /* A handshake that broke off is no matter of trust. */
        return says(transfer, "SYSCALL") || says(transfer, "reset by peer") ||
                       says(transfer, "unexpected eof")
                   ? PIL__WIRE_UNREACHABLE
                   : PIL__WIRE_TLS;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CLIENTCERT:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        return PIL__WIRE_TLS;
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_URL_MALFORMAT:
        return PIL__WIRE_SETTINGS;
    case CURLE_UNSUPPORTED_PROTOCOL: /* of the URL; or an answer of HTTP/0.9 */
        return exchange->sent ? PIL__WIRE_NONSENSE : PIL__WIRE_SETTINGS;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
        return PIL__WIRE_UNREACHABLE;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_TOO_MANY_REDIRECTS:
    case CURLE_FILESIZE_EXCEEDED:
        return PIL__WIRE_NONSENSE;
    default:
        return exchange->sent ? PIL__WIRE_BROKEN : PIL__WIRE_UNREACHABLE;
    }
}

void
pil__curl_finish(struct transfer *transfer, CURLcode result)
{
    pil__exchange *exchange = transfer->exchange;
    const char *words = transfer->words[0] != '\0' ? transfer->words
                                                   : curl_easy_strerror(result);

    exchange->done = true;
    if (result == CURLE_OK || !is_proxys(transfer, &exchange->end)) {
        exchange->end = meaning(transfer, result);
    } else {
        exchange->sent = false; /* not to the provider */
    }
    if (result != CURLE_OK) {
        (void)snprintf(exchange->words, sizeof exchange->words, "%s", words);
    }
    (void)curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE,
                            &exchange->status);
}
