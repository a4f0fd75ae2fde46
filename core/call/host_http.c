/* HTTP for drivers: the core's side of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/host_http.h"

#include "core/call/call.h"
#include "core/http/http.h"
#include "core/http/list.h"
#include "core/http/request.h"
#include "core/http/response.h"

static pil__call_facts
facts_of(const pileus_call *call)
{
    return (pil__call_facts){call->what, call->number, call->secrets};
}

static pileus_http *
host_create_at(pileus_call *call, const pileus_http_hooks *hooks,
               const char *endpoint)
{
    pil__http_config config = {
        .host = call->host,
        .context = call->context,
        .settings = call->settings,
        .driver = call->driver,
        .facts_of = facts_of,
        .ways = call->ways,
    };

    if (!call->opening) {
        (void)pileus_fail(call, PILEUS_DRIVER,
                          "it makes a pileus_http outside of open: tell its "
                          "authors");
        return NULL;
    }
    return pil__http_new(call, &config, hooks, endpoint);
}

static pileus_http *
host_create(pileus_call *call, const pileus_http_hooks *hooks)
{
    return host_create_at(call, hooks, NULL);
}

const pileus_host_http pil__host_http = {
    .struct_size = sizeof(pileus_host_http),
    .create = host_create,
    .destroy = pil__http_free,
    .endpoint = pil__http_endpoint,
    .secret = pil__http_secret,
    .send = pil__http_send,
    .list = pil__http_list,
    .response_free = pil__response_free,
    .response_status = pil__response_status,
    .response_header = pil__response_header,
    .response_body = pil__response_body,
    .response_json = pil__response_json,
    .attempt_method = pil__attempt_method,
    .attempt_path = pil__attempt_path,
    .attempt_query_at = pil__attempt_query_at,
    .attempt_body = pil__attempt_body,
    .attempt_set_header = pil__attempt_set_header,
    .attempt_add_query = pil__attempt_add_query,
    .set_bearer = pil__http_set_bearer,
    .create_at = host_create_at,
};
