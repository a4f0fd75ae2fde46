/* The ways to a provider that a connection has, and which of them leads where.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/http.h"

#include <string.h>

void
pil__http_join(pileus_http *http)
{
    pileus_http **at = http->config.ways;

    while (*at != NULL) {
        at = &(*at)->next;
    }
    *at = http;
}

void
pil__http_part(pileus_http *http)
{
    pileus_http **at = http->config.ways;

    while (*at != NULL && *at != http) {
        at = &(*at)->next;
    }
    if (*at != NULL) {
        *at = http->next;
    }
}

/* Is the URL at or below the endpoint's path? */
static bool
is_below(const pil__url *url, const pil__url *endpoint)
{
    return url->path_length >= endpoint->path_length &&
           memcmp(url->path, endpoint->path, endpoint->path_length) == 0 &&
           (url->path_length == endpoint->path_length ||
            url->path[endpoint->path_length] == '/');
}

pileus_http *
pil__http_leading_to(pileus_http *ways, const char *target)
{
    pil__url url;
    pileus_http *found = NULL;
    size_t best = 0;

    if (!pil__url_parse(&url, target)) {
        bool foreign = target[strcspn(target, ":/?#")] == ':';

        return foreign ? NULL : ways;
    }
    for (pileus_http *way = ways; way != NULL && !url.user; way = way->next) {
        size_t length =
            is_below(&url, &way->url) ? way->url.path_length + 1 : 1;

        if (pil__url_same_origin(&url, &way->url) && length > best) {
            found = way;
            best = length;
        }
    }
    return found;
}
