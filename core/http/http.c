/* A way to a provider: made from the standard options, and its lines. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/http.h"

#include "core/base/alloc.h"
#include "core/base/clock.h"
#include "core/base/env.h"
#include "core/base/error.h"
#include "core/base/wipe.h"
#include "core/driver/loader.h"
#include "core/http/limits.h"
#include "core/http/message.h"
#include "core/http/replay.h"

#include <string.h>

_Static_assert(sizeof((pileus_http *)0)->idle / sizeof(void *) ==
                   PIL__HTTP_IDLE_LINES,
               "the header knows no limits.h");

/* ---- lines ------------------------------------------------------------------
 */

pil__line *
pil__http_take_line(pileus_http *http)
{
    pil__line *line = NULL;

    (void)pthread_mutex_lock(&http->lock);
    if (http->idle_count > 0) { /* the last one used: its connections live */
        line = http->idle[--http->idle_count];
    }
    (void)pthread_mutex_unlock(&http->lock);
    return line != NULL ? line : http->api->line_new(http->wire);
}

void
pil__http_give_line(pileus_http *http, pil__line *line)
{
    (void)pthread_mutex_lock(&http->lock);
    if (http->idle_count < PIL__HTTP_IDLE_LINES) {
        http->idle[http->idle_count++] = line;
        line = NULL;
    }
    (void)pthread_mutex_unlock(&http->lock);
    http->api->line_free(line);
}

/* ---- making one
 * --------------------------------------------------------------------- */

static const char *
value_of(void *user, const char *name)
{
    return pileus_setting(user, name);
}

static int32_t
set_endpoint(pileus_http *http, pileus_call *call, const char *given)
{
    size_t length;

    if (!pil__url_is_endpoint(given)) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "option 'endpoint' must be a URL such as "
                           "https://api.example.com/v1, without a user, a "
                           "query or a fragment");
    }
    length = strlen(given);
    while (length > 0 && given[length - 1] == '/') {
        length--;
    }
    http->endpoint = pil__strndup(given, length);
    if (http->endpoint == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
    }
    (void)pil__url_parse(&http->url, http->endpoint);
    if (!http->url.tls && !pil__url_is_local(&http->url) &&
        http->hooks.direct == 0) {
        pileus_log(call, PILEUS_LOG_WARNING,
                   "the endpoint %.200s is not https: anyone on the way can "
                   "read the credentials",
                   http->endpoint);
    }
    return PILEUS_OK;
}

/* The option, with the options in it that it names. */
static int32_t
take_endpoint(pileus_http *http, pileus_call *call)
{
    const char *given = pileus_setting(call, "endpoint");
    char name[PIL__URL_NAME_SIZE];
    pil__text url = {0};
    int32_t code;

    if (given == NULL && pileus_setting(call, "retries") != NULL) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "it is not known where the provider is: give the "
                           "option 'endpoint'");
    }
    if (given == NULL) {
        return pileus_fail(call, PILEUS_DRIVER,
                           "its manifest has no \"http\", so it cannot use "
                           "HTTP: tell its authors");
    }
    if (!pil__url_fill(&url, given, value_of, call, name)) {
        code = pileus_fail(call, PILEUS_CONFIGURATION,
                           "the endpoint '%.200s' needs the option '%s', as "
                           "letters, digits, dots and dashes: give it, or "
                           "another endpoint",
                           given, name);
    } else if (url.failed) {
        code = pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
    } else {
        code = set_endpoint(http, call, url.data == NULL ? "" : url.data);
    }
    pil__text_free(&url);
    return code;
}

/* One that the provider has named. */
static int32_t
take_named(pileus_http *http, pileus_call *call, const char *named)
{
    if (!pil__url_is_endpoint(named)) {
        return pileus_fail(call, PILEUS_PROTOCOL,
                           "the provider names '%.200s' as an endpoint, which "
                           "is no URL that requests can be sent to: ask its "
                           "operator",
                           named);
    }
    return set_endpoint(http, call, named);
}

/* Find the transport, which is libcurl's only user. */
static pileus_code
find_wire(pil__wire_entry *entry, pileus_error **err)
{
#ifdef LINKED_MODULES
    (void)err;
    *entry = pileus_http_wire;
    return PILEUS_OK;
#else
    void *symbol = NULL;
    pileus_code code =
        pil__loader_open_own(&symbol, "http.so", PIL__WIRE_SYMBOL, err);

    memcpy(entry, &symbol, sizeof *entry); /* as POSIX has it for dlsym */
    return code;
#endif
}

static pileus_code
load_wire(const pil__wire_api **api, pileus_error **err)
{
    pil__wire_entry entry = NULL;
    pileus_code code = find_wire(&entry, err);

    if (code != PILEUS_OK) {
        return code;
    }
    *api = entry();
    if (*api == NULL) {
        return pil__error_set(err, PILEUS_DRIVER,
                              "libcurl cannot be initialised: install it "
                              "again");
    }
    if (strcmp((*api)->version, PACKAGE_VERSION) != 0) {
        return pil__error_set(err, PILEUS_DRIVER,
                              "http.so is of pileus %s and libpileus of "
                              "%s: install both of one version",
                              (*api)->version, PACKAGE_VERSION);
    }
    return PILEUS_OK;
}

static int32_t
open_replay(pileus_http *http, pileus_call *call)
{
    http->api = &pil__replay_api;
    http->wire = pil__replay_open(http->config.context->recording);
    return http->wire != NULL
               ? PILEUS_OK
               : pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
}

static int32_t
open_wire(pileus_http *http, pileus_call *call)
{
    pil__wire_settings settings = {
        .user_agent = "pileus/" PACKAGE_VERSION,
        .ca_file = pileus_setting(call, "ca-file"),
        .client_cert = pileus_setting(call, "client-cert"),
        .client_key = pileus_setting(call, "client-key"),
        .proxy = pileus_setting(call, "proxy"),
    };
    pileus_error *err = NULL;
    int32_t code = load_wire(&http->api, &err);

    if (code != PILEUS_OK) {
        code = pileus_fail(call, code, "%s", pileus_error_message(err));
        pileus_error_free(err);
        return code;
    }
    if (http->hooks.direct != 0 ||
        (settings.proxy == NULL && pil__env_is_foreign())) {
        settings.proxy = "";
    }
    (void)pileus_setting_boolean(call, "insecure", &settings.insecure);
    if (settings.insecure && http->url.tls) {
        pileus_log(call, PILEUS_LOG_WARNING,
                   "insecure: the certificate of %.200s is not checked, so "
                   "anyone on the way can read and change everything",
                   http->endpoint);
    }
    http->wire = http->api->open(&settings);
    return http->wire != NULL
               ? PILEUS_OK
               : pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
}

static void
take_hooks(pileus_http *http, const pileus_http_hooks *hooks)
{
    uint64_t size = hooks == NULL ? 0 : hooks->struct_size;

    if (size > 0) {
        memcpy(&http->hooks, hooks,
               size < sizeof http->hooks ? size : sizeof http->hooks);
    }
}

/* Those of the options, and what the hooks allow of them. */
static void
take_limits(pileus_http *http, pileus_call *call)
{
    const pileus_http_hooks *hooks = &http->hooks;

    (void)pileus_setting_integer(call, "request-timeout", &http->timeout_ms);
    (void)pileus_setting_integer(call, "retries", &http->retries);
    if (hooks->timeout_ms > 0 && hooks->timeout_ms < http->timeout_ms) {
        http->timeout_ms = hooks->timeout_ms;
    }
    if (hooks->tries > 0 && hooks->tries <= http->retries) {
        http->retries = hooks->tries - 1;
    }
}

pileus_http *
pil__http_new(pileus_call *call, const pil__http_config *config,
              const pileus_http_hooks *hooks, const char *endpoint)
{
    pileus_http *http = pil__calloc(1, sizeof *http);
    int32_t code;

    if (http == NULL || pthread_mutex_init(&http->lock, NULL) != 0) {
        pil__free(http);
        (void)pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
        return NULL;
    }
    http->host = config->host;
    http->config = *config;
    http->budget = PIL__HTTP_BUDGET;
    http->random = (uint64_t)pil__clock_ms() ^ (uint64_t)(uintptr_t)http;
    take_hooks(http, hooks);
    take_limits(http, call);
    code = endpoint == NULL ? take_endpoint(http, call)
                            : take_named(http, call, endpoint);
    if (code == PILEUS_OK) {
        code = config->context->recording == NULL ? open_wire(http, call)
                                                  : open_replay(http, call);
    }
    if (code != PILEUS_OK) {
        pil__http_free(http);
        return NULL;
    }
    pil__http_join(http);
    return http;
}

void
pil__http_free(pileus_http *http)
{
    pil__http_part(http);
    while (http->idle_count > 0) {
        http->api->line_free(http->idle[--http->idle_count]);
    }
    if (http->wire != NULL) {
        http->api->close(http->wire);
    }
    for (size_t i = 0; i < http->secrets.count; i++) {
        pil__free(http->secrets.at[i]);
    }
    pil__free(http->secrets.at);
    pil__wipe_free(http->bearer);
    pil__free(http->endpoint);
    (void)pthread_mutex_destroy(&http->lock);
    pil__free(http);
}

/* ---- what else drivers ask of it
 * ------------------------------------------------------ */

int32_t
pil__http_set_bearer(pileus_http *http, pileus_call *call, const char *token)
{
    size_t size = sizeof "Bearer " + strlen(token);
    char *value = pil__malloc(size);

    if (value == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
    }
    (void)snprintf(value, size, "Bearer %s", token);
    pil__wipe_free(http->bearer);
    http->bearer = value;
    return pil__header_valid("Authorization", value)
               ? PILEUS_OK
               : pileus_fail(call, PILEUS_CONFIGURATION,
                             "the token has a character that no header may "
                             "have, such as a line break: give it as the "
                             "provider showed it");
}

const char *
pil__http_endpoint(pileus_http *http)
{
    return http->endpoint;
}

size_t
pil__http_origin_length(const pileus_http *http)
{
    return http->url.path_length == 0
               ? strlen(http->endpoint)
               : (size_t)(http->url.path - http->endpoint);
}

int32_t
pil__http_secret(pileus_http *http, pileus_call *call, const char *name)
{
    void *array = http->secrets.at;
    char *copy = pil__strdup(name);

    if (copy == NULL || !pil__grow(&array, &http->secrets.capacity,
                                   http->secrets.count, sizeof(char *))) {
        pil__free(copy);
        return pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
    }
    http->secrets.at = array;
    http->secrets.at[http->secrets.count++] = copy;
    return PILEUS_OK;
}
