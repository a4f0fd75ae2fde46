/* A way to a provider, as drivers get it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__HTTP_HTTP_H
#define PIL__HTTP_HTTP_H

#include "core/base/url.h"
#include "core/config/settings.h"
#include "core/driver/context.h"
#include "core/http/wire.h"

#include <pileus/http.h>

#include <pthread.h>

/* What is to be known of a call, and is not for drivers. */
typedef struct pil__call_facts {
    const char *what;             /* such as "list_nodes"; NULL: nothing yet */
    uint64_t number;              /* one of its own, in this process */
    const pil__redactor *secrets; /* NULL: none */
} pil__call_facts;

/* What the core gives to make one of; it all outlives what is made. */
typedef struct pil__http_config {
    const pileus_host *host;
    const pileus_context *context;
    const pil__settings *settings;
    const char *driver;
    pil__call_facts (*facts_of)(const pileus_call *call);
    pileus_http **ways; /* the connection's, which this one joins */
} pil__http_config;

struct pileus_http {
    const pileus_host *host;
    pileus_http *next; /* of the connection's */
    pil__http_config config;
    pileus_http_hooks hooks;
    char *bearer;       /* value of the header Authorization; or NULL */
    char *endpoint;     /* without a slash at its end */
    pil__url url;       /* of it */
    int64_t timeout_ms; /* of one attempt */
    int64_t retries;
    const pil__wire_api *api;
    pil__wire *wire;
    struct pil__names {
        char **at;
        size_t count;
        size_t capacity;
    } secrets; /* names whose values are; set in open, by one thread */

    pthread_mutex_t lock; /* of what follows; never held while anything runs */
    pil__line *idle[16];
    size_t idle_count;
    int64_t hold_until; /* by the core's clock: no request before */
    bool refused;       /* the provider said so; else headers let expect it */
    int64_t budget;     /* requests that may still be sent again */
    uint64_t random;
};

/* What the host table offers. */
pileus_http *pil__http_new(pileus_call *call, const pil__http_config *config,
                           const pileus_http_hooks *hooks,
                           const char *endpoint);
void pil__http_free(pileus_http *http);
int32_t pil__http_set_bearer(pileus_http *http, pileus_call *call,
                             const char *token);
const char *pil__http_endpoint(pileus_http *http);
int32_t pil__http_secret(pileus_http *http, pileus_call *call,
                         const char *name);
int32_t pil__http_send(pileus_http *http, pileus_call *call,
                       const pileus_request *request,
                       pileus_response **response);

/* The same, but *response is also the whole answer that was a failure, if there
 * was one, and else NULL. */
int32_t pil__http_ask(pileus_http *http, pileus_call *call,
                      const pileus_request *request,
                      pileus_response **response);

/* Join the others of its connection, behind them, and leave them again. In open
 * and close only, when nothing else goes on there. */
void pil__http_join(pileus_http *http);
void pil__http_part(pileus_http *http);
/* The first of them for a path; for a URL the one with its scheme, host and
 * port, and of these the one whose endpoint's path fits best. NULL: none leads
 * there. */
pileus_http *pil__http_leading_to(pileus_http *ways, const char *target);

/* How much of the endpoint is scheme, host and port. */
size_t pil__http_origin_length(const pileus_http *http);

/* A line for this thread, to be given back. NULL: no memory. */
pil__line *pil__http_take_line(pileus_http *http);
void pil__http_give_line(pileus_http *http, pil__line *line);

#endif
