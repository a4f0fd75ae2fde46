/* URLs: their parts, their origin, percent-encoding. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_URL_H
#define PIL__BASE_URL_H

#include "core/base/text.h"

/* An absolute http or https URL, in parts of the text that it was taken from.
 * What stands behind a '#' is left out. */
typedef struct pil__url {
    bool tls;
    bool user; /* it has a user's name or password in it */
    const char *host;
    size_t host_length; /* with the brackets of an IPv6 address */
    uint16_t port;      /* the scheme's own when none is given */
    const char *path;
    size_t path_length; /* from the first slash; 0: none */
    const char *query;  /* behind the question mark; NULL: none */
    size_t query_length;
} pil__url;

/* False when the text is no such URL. */
bool pil__url_parse(pil__url *url, const char *text);

/* The path and query of a text that begins at its path. */
void pil__url_parse_path(pil__url *url, const char *text);

/* Is it a URL that an API may be at: without user, query and fragment? */
bool pil__url_is_endpoint(const char *text);

/* Room for a name in braces. */
#define PIL__URL_NAME_SIZE 64

typedef const char *(*pil__url_value_fn)(void *user, const char *name);

/* Add the text, with a value for each name that stands in braces. False: there
 * is none for the one in name, or it is not one that changes nothing but the
 * part it stands in. */
bool pil__url_fill(pil__text *url, const char *text, pil__url_value_fn value_of,
                   void *user, char name[PIL__URL_NAME_SIZE]);

/* Same scheme, host and port? */
bool pil__url_same_origin(const pil__url *a, const pil__url *b);

/* Is the host this machine itself? */
bool pil__url_is_local(const pil__url *url);

/* A byte as it stands in a URL: as it is when it is a letter, a digit or one of
 * plain, else percent-encoded, in capitals. Returns how many bytes that is. */
#define PIL__URL_ENCODED 3
size_t pil__url_encode(char out[PIL__URL_ENCODED], char byte,
                       const char *plain);

/* Add the bytes with all but RFC 3986's unreserved ones percent-encoded. */
void pil__url_escape(pil__text *text, const char *data, size_t size);

/* Add a path with what may not stand in one percent-encoded; '%', '/' and the
 * like are left alone. */
void pil__url_mend_path(pil__text *text, const char *data, size_t size);

/* Add the bytes with percent-encoding undone, and '+' as a space. */
void pil__url_unescape(pil__text *text, const char *data, size_t size);

#endif
