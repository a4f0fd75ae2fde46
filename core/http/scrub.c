/* What of requests and answers is secret, and showing them without it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/scrub.h"

#include <ctype.h>
#include <string.h>

/* Names that stand for secrets everywhere, in lower case, without dashes and
 * underscores: drivers declare the rest. */
static const char *const everywhere[] = {
    "accesstoken",
    "adminpass",
    "adminpassword",
    "apikey",
    "authorization",
    "clientsecret",
    "cookie",
    "passwd",
    "password",
    "privatekey",
    "proxyauthorization",
    "refreshtoken",
    "rootpass",
    "rootpassword",
    "secret",
    "secretaccesskey",
    "secretkey",
    "setcookie",
    "sig",
    "signature",
    "token",
    "userdata",
    "xapikey",
    "xauthkey",
    "xauthtoken",
    "xsubjecttoken",
};

pil__scrub
pil__scrub_of(const pileus_http *http, const pileus_call *call)
{
    const pil__http_config *config = &http->config;

    return (pil__scrub){
        .http = http,
        .options = config->settings == NULL ? NULL : &config->settings->secrets,
        .call = config->facts_of(call).secrets,
    };
}

/* ---- by name ------------------------------------------------------------- */

/* Does the name, of so many bytes, come to the same as the other? */
static bool
is_same(const char *name, size_t size, const char *other)
{
    for (size_t i = 0; i < size; i++) {
        if (name[i] == '-' || name[i] == '_') {
            continue;
        }
        other += strspn(other, "-_");
        if (*other == '\0' ||
            tolower((unsigned char)name[i]) != tolower((unsigned char)*other)) {
            return false;
        }
        other++;
    }
    return other[strspn(other, "-_")] == '\0';
}

bool
pil__scrub_is_secret(const pil__scrub *scrub, const char *name, size_t size)
{
    const struct pil__names *declared = &scrub->http->secrets;

    for (size_t i = 0; i < sizeof everywhere / sizeof everywhere[0]; i++) {
        if (is_same(name, size, everywhere[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < declared->count; i++) {
        if (is_same(name, size, declared->at[i])) {
            return true;
        }
    }
    return false;
}

void
pil__scrub_value(pil__text *out, const pil__scrub *scrub, const char *name,
                 const char *value)
{
    if (*value != '\0' && pil__scrub_is_secret(scrub, name, strlen(name))) {
        pil__text_puts(out, PIL__REDACTED);
    } else {
        pil__scrub_text(out, scrub, value, strlen(value));
    }
}

/* ---- by value ------------------------------------------------------------ */

void
pil__scrub_text(pil__text *out, const pil__scrub *scrub, const char *text,
                size_t size)
{
    pil__redact(out, scrub->options, scrub->call, text, size);
}

static void
add_part(pil__text *out, const pil__scrub *scrub, const pil__query_part *part)
{
    const char *equals = strchr(part->coded, '=');
    size_t name = equals == NULL ? strlen(part->coded)
                                 : (size_t)(equals + 1 - part->coded);

    pil__scrub_text(out, scrub, part->coded, name);
    if (equals != NULL) {
        pil__scrub_value(out, scrub, part->name, equals + 1);
    }
}

void
pil__scrub_url(pil__text *out, const pil__scrub *scrub,
               const pileus_attempt *attempt)
{
    const char *path = attempt->plan->path;

    pil__text_add(out, scrub->http->endpoint,
                  pil__http_origin_length(scrub->http));
    pil__scrub_text(out, scrub, path, strlen(path));
    for (size_t i = 0; i < attempt->query.count; i++) {
        pil__text_puts(out, i == 0 ? "?" : "&");
        add_part(out, scrub, &attempt->query.at[i]);
    }
}
