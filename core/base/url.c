/* URLs: their parts, their origin, percent-encoding. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/url.h"

#include <string.h>
#include <strings.h>

#define PORT_HTTP 80
#define PORT_HTTPS 443
#define PORT_MAX 65535

/* RFC 3986's, besides letters and digits. */
#define UNRESERVED "-._~"

static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz"
                                 "0123456789" UNRESERVED;

static bool
is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* ---- parts ------------------------------------------------------------------
 */

void
pil__url_parse_path(pil__url *url, const char *text)
{
    const char *at;

    url->path = text;
    url->path_length = strcspn(text, "?#");
    at = text + url->path_length;
    url->query = *at == '?' ? at + 1 : NULL;
    url->query_length = *at == '?' ? strcspn(at + 1, "#") : 0;
}

/* The port behind the host, if any: what is behind it, or NULL. */
static const char *
parse_port(pil__url *url, const char *text)
{
    uint32_t port = 0;

    url->port = url->tls ? PORT_HTTPS : PORT_HTTP;
    if (*text != ':') {
        return text;
    }
    text++;
    if (!is_one_of(*text, "0123456789")) {
        return NULL;
    }
    for (; is_one_of(*text, "0123456789"); text++) {
        port = port * 10 + (uint32_t)(*text - '0');
        if (port > PORT_MAX) {
            return NULL;
        }
    }
    url->port = (uint16_t)port;
    return port == 0 ? NULL : text;
}

/* Host and port: what is behind them, or NULL. */
static const char *
parse_authority(pil__url *url, const char *text)
{
    size_t length = strcspn(text, "/?#");
    const char *at = memchr(text, '@', length);

    for (const char *more = at; more != NULL;
         more = memchr(at + 1, '@', length - (size_t)(at + 1 - text))) {
        at = more;
    }
    url->user = at != NULL;
    url->host = at == NULL ? text : at + 1;
    if (*url->host == '[') {
        url->host_length = strspn(url->host + 1, "0123456789abcdefABCDEF:.");
        if (url->host_length == 0 || url->host[url->host_length + 1] != ']') {
            return NULL;
        }
        url->host_length += 2;
    } else {
        url->host_length = strspn(url->host, unreserved);
    }
    return url->host_length == 0
               ? NULL
               : parse_port(url, url->host + url->host_length);
}

bool
pil__url_parse(pil__url *url, const char *text)
{
    const char *rest;

    *url = (pil__url){0};
    if (strncasecmp(text, "https://", 8) == 0) {
        url->tls = true;
        rest = text + 8;
    } else if (strncasecmp(text, "http://", 7) == 0) {
        rest = text + 7;
    } else {
        return false;
    }
    rest = parse_authority(url, rest);
    if (rest == NULL || !(*rest == '\0' || is_one_of(*rest, "/?#"))) {
        return false;
    }
    pil__url_parse_path(url, rest);
    return true;
}

bool
pil__url_is_endpoint(const char *text)
{
    pil__url url;

    if (!pil__url_parse(&url, text) || url.user || url.query != NULL ||
        strchr(text, '#') != NULL) {
        return false;
    }
    for (size_t i = 0; i < url.path_length; i++) {
        if ((unsigned char)url.path[i] <= ' ') {
            return false;
        }
    }
    return true;
}

/* May it stand in a URL as it is, anywhere behind the scheme? */
static bool
is_plain(const char *value)
{
    return *value != '\0' && value[strspn(value, unreserved)] == '\0';
}

bool
pil__url_fill(pil__text *url, const char *text, pil__url_value_fn value_of,
              void *user, char name[PIL__URL_NAME_SIZE])
{
    for (;;) {
        size_t before = strcspn(text, "{");
        size_t length = strcspn(text + before, "}");
        const char *value;

        pil__text_add(url, text, before);
        *name = '\0';
        if (text[before] == '\0') {
            return true;
        }
        if (text[before + length] == '\0' || length > PIL__URL_NAME_SIZE) {
            return false;
        }
        memcpy(name, text + before + 1, length - 1);
        name[length - 1] = '\0';
        value = value_of(user, name);
        if (value == NULL || !is_plain(value)) {
            return false;
        }
        pil__text_puts(url, value);
        text += before + length + 1;
    }
}

bool
pil__url_same_origin(const pil__url *a, const pil__url *b)
{
    return a->tls == b->tls && a->port == b->port &&
           a->host_length == b->host_length &&
           strncasecmp(a->host, b->host, a->host_length) == 0;
}

bool
pil__url_is_local(const pil__url *url)
{
    static const char *const local[] = {"localhost", "127.0.0.1", "[::1]"};

    for (size_t i = 0; i < sizeof local / sizeof local[0]; i++) {
        if (strlen(local[i]) == url->host_length &&
            strncasecmp(local[i], url->host, url->host_length) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- percent-encoding
 * --------------------------------------------------------
 */

size_t
pil__url_encode(char out[PIL__URL_ENCODED], char byte, const char *plain)
{
    static const char digits[] = "0123456789ABCDEF";

    if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
        (byte >= '0' && byte <= '9') || is_one_of(byte, plain)) {
        out[0] = byte;
        return 1;
    }
    out[0] = '%';
    out[1] = digits[(unsigned char)byte >> 4];
    out[2] = digits[(unsigned char)byte & 15];
    return PIL__URL_ENCODED;
}

static void
encode(pil__text *text, const char *data, size_t size, const char *plain)
{
    for (size_t i = 0; i < size; i++) {
        char coded[PIL__URL_ENCODED];

        pil__text_add(text, coded, pil__url_encode(coded, data[i], plain));
    }
}

void
pil__url_escape(pil__text *text, const char *data, size_t size)
{
    encode(text, data, size, UNRESERVED);
}

void
pil__url_mend_path(pil__text *text, const char *data, size_t size)
{
    encode(text, data, size, UNRESERVED "/%!$&'()*+,;=:@");
}

static int
hex_value(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

void
pil__url_unescape(pil__text *text, const char *data, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char byte = data[i] == '+' ? ' ' : data[i];

        if (byte == '%' && size - i > 2 && hex_value(data[i + 1]) >= 0 &&
            hex_value(data[i + 2]) >= 0) {
            byte = (char)(hex_value(data[i + 1]) * 16 + hex_value(data[i + 2]));
            i += 2;
        }
        pil__text_add(text, &byte, 1);
    }
}
