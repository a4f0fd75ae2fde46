/* The metadata of the OpenStack mock's servers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/openstack_metadata.h"

#include <stdio.h>
#include <string.h>

#define JSON "Content-Type: application/json\r\n"
#define METADATA "/compute/v2.1/servers/id-1/metadata"

static bool
is(const web_asked *asked, const char *method, const char *path)
{
    return strcmp(asked->method, method) == 0 &&
           strcmp(asked->target, path) == 0;
}

/* What is set is kept as an action is. */
bool
metadata_serve(openstack_mock *mock, const web_asked *asked,
               web_channel *channel)
{
    size_t length = strlen(mock->untagged);

    if (is(asked, "GET", METADATA)) {
        channel_answer(channel, 200, JSON,
                       "{\"metadata\": {\"role\": \"web\", \"a b.c\": \"\", "
                       "\"pileus-token\": \"one\"}}");
    } else if (is(asked, "POST", METADATA)) {
        (void)snprintf(mock->action, sizeof mock->action, "%s", asked->body);
        channel_answer(channel, 200, JSON, asked->body);
    } else if (is(asked, "DELETE", METADATA "/role") ||
               is(asked, "DELETE", METADATA "/a%20b.c")) {
        (void)snprintf(mock->untagged + length, sizeof mock->untagged - length,
                       "%s;", strrchr(asked->target, '/') + 1);
        channel_answer(channel, 204, "", "");
    } else {
        return false;
    }
    return true;
}
