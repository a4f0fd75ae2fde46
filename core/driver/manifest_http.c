/* The options that every driver has that speaks HTTP. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/error.h"
#include "core/base/url.h"
#include "core/driver/manifest_parse.h"

#include <string.h>

static const char *const none[] = {NULL};

/* What http.h promises; the first has its default and its variables from the
 * manifest. */
static const pileus_option_info standard[] = {
    {.name = "endpoint",
     .type = PIL__OPTION_STRING,
     .help = "URL of the provider's API",
     .environment = none,
     .choices = none},
    {.name = "ca-file",
     .type = PIL__OPTION_PATH,
     .help = "file of the certificates (PEM) to trust instead of the system's",
     .environment = none,
     .choices = none},
    {.name = "client-cert",
     .type = PIL__OPTION_PATH,
     .help = "file with the certificate (PEM) to show the provider",
     .environment = none,
     .choices = none},
    {.name = "client-key",
     .type = PIL__OPTION_PATH,
     .help = "file with the key (PEM) of client-cert",
     .environment = none,
     .choices = none},
    {.name = "insecure",
     .type = PIL__OPTION_BOOLEAN,
     .help = "trust any certificate: anyone on the way can read and change "
             "everything",
     .default_value = "false",
     .environment = none,
     .choices = none},
    {.name = "proxy",
     .type = PIL__OPTION_STRING,
     .secret = true, /* it may hold a password */
     .help = "URL of a proxy; empty for none, whatever the environment says",
     .environment = none,
     .choices = none},
    {.name = "request-timeout",
     .type = PIL__OPTION_DURATION,
     .has_minimum = true,
     .minimum = 1,
     .help = "how long the provider may take for one answer",
     .default_value = "60s",
     .environment = none,
     .choices = none},
    {.name = "retries",
     .type = PIL__OPTION_INTEGER,
     .has_minimum = true,
     .minimum = 0,
     .has_maximum = true,
     .maximum = 20,
     .help = "how often a request is sent again when that is safe",
     .default_value = "4",
     .environment = none,
     .choices = none},
};

#define STANDARD_COUNT (sizeof standard / sizeof standard[0])

/* Any value, for an option that the endpoint names. */
static const char *
any_value(void *user, const char *name)
{
    (void)user;
    return *name == '\0' ? NULL : "x";
}

static bool
is_endpoint(const char *text, bool *failed)
{
    char name[PIL__URL_NAME_SIZE];
    pil__text url = {0};
    bool is = pil__url_fill(&url, text, any_value, NULL, name) &&
              url.data != NULL && pil__url_is_endpoint(url.data);

    *failed = url.failed;
    pil__text_free(&url);
    return is;
}

static pileus_code
parse_endpoint(pileus_option_info *endpoint, pil__arena *arena,
               const pileus_value *http, pileus_error **err)
{
    const pileus_value *required = pileus_value_get(http, "required");
    pileus_code code = pil__manifest_text(&endpoint->default_value, http,
                                          "endpoint", false, err);
    bool failed = false;

    if (code == PILEUS_OK) {
        code = pil__manifest_variables(&endpoint->environment, arena, http,
                                       "environment", err);
    }
    if (code == PILEUS_OK && endpoint->default_value != NULL &&
        !is_endpoint(endpoint->default_value, &failed)) {
        code = failed ? pil__error_no_memory(err)
                      : pil__error_set(err, PILEUS_CONFIGURATION,
                                       "\"endpoint\" must be a URL such as "
                                       "\"https://api.example.com/v1\"");
    }
    if (code == PILEUS_OK && required != NULL &&
        pileus_value_type(required) != PILEUS_TYPE_BOOL) {
        code = pil__error_set(err, PILEUS_CONFIGURATION,
                              "\"required\" must be true or false");
    }
    endpoint->required =
        endpoint->default_value == NULL && pileus_value_bool(required, true);
    return code;
}

/* The variables of the others, by their names. */
static pileus_code
parse_variables(pileus_option_info *options, pil__arena *arena,
                const pileus_value *http, pileus_error **err)
{
    const pileus_value *dict = pileus_value_get(http, "variables");
    pileus_code code = PILEUS_OK;

    for (size_t i = 0; code == PILEUS_OK && i < pileus_value_count(dict); i++) {
        const char *name = pileus_value_key(dict, i);
        size_t k = 1;

        while (name != NULL && k < STANDARD_COUNT &&
               strcmp(options[k].name, name) != 0) {
            k++;
        }
        if (name == NULL || k == STANDARD_COUNT) {
            return pil__error_set(err, PILEUS_CONFIGURATION,
                                  "\"variables\" must be an object whose keys "
                                  "are options that come with \"http\"");
        }
        code = pil__manifest_variables(&options[k].environment, arena, dict,
                                       name, err);
    }
    return code;
}

pileus_code
pil__manifest_parse_http(pileus_driver_info *info, const pileus_value *http,
                         pileus_error **err)
{
    size_t own = info->option_count;
    pileus_option_info *options;
    pileus_code code;

    if (http == NULL) {
        return PILEUS_OK;
    }
    if (pileus_value_type(http) != PILEUS_TYPE_DICT) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "\"http\" must be an object");
    }
    for (size_t i = 0; i < STANDARD_COUNT; i++) {
        if (pil__manifest_option(info, standard[i].name) != NULL) {
            return pil__error_set(err, PILEUS_CONFIGURATION,
                                  "option \"%s\" comes with \"http\" and "
                                  "cannot be declared",
                                  standard[i].name);
        }
    }
    options = pil__arena_alloc(&info->arena,
                               (own + STANDARD_COUNT) * sizeof *options);
    if (options == NULL) {
        return pil__error_no_memory(err);
    }
    if (own > 0) {
        memcpy(options, info->options, own * sizeof *options);
    }
    memcpy(options + own, standard, sizeof standard);
    code = parse_endpoint(&options[own], &info->arena, http, err);
    if (code == PILEUS_OK) {
        code = parse_variables(&options[own], &info->arena, http, err);
    }
    if (code != PILEUS_OK) {
        return pil__error_prefix(err, code, "\"http\"");
    }
    info->options = options;
    info->option_count = own + STANDARD_COUNT;
    return PILEUS_OK;
}
