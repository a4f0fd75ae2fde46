/* The manifest: what it says of the driver's options. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/board.h"
#include "sdk/check/groups.h"

#include <string.h>

/* Words that an option's name ends in when its value is a secret. */
static const char *const secret_words[] = {
    "password", "passwd",     "secret",      "token",      "api-key",
    "apikey",   "secret-key", "private-key", "passphrase",
};

static bool
ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);
    size_t width = strlen(end);

    return length >= width && strcmp(text + length - width, end) == 0;
}

static bool
sounds_secret(const char *name)
{
    for (size_t i = 0; i < sizeof secret_words / sizeof secret_words[0]; i++) {
        if (ends_with(name, secret_words[i])) {
            return true;
        }
    }
    return false;
}

static void
check_option(const pileus_option_info *option)
{
    const char *name = pileus_option_name(option);
    const char *text = pileus_option_help(option);
    bool secret = pileus_option_secret(option);

    if (!secret && strcmp(pileus_option_type(option), "string") == 0 &&
        sounds_secret(name)) {
        check_finding("secret-options",
                      "the option %s sounds like a secret, and is not "
                      "declared one: add \"secret\": true to it, or else it is "
                      "shown in logs and recordings",
                      name);
    }
    if (secret && pileus_option_default(option) != NULL) {
        check_finding("secret-options",
                      "the option %s is a secret, and has a default: a secret "
                      "in a file that all can read is none",
                      name);
    }
    if (text == NULL || text[0] == '\0') {
        check_finding("help",
                      "the option %s has no help: say in a sentence "
                      "what it is",
                      name);
    }
}

void
check_manifest(const check_plan *plan, size_t part)
{
    (void)part;
    for (size_t i = 0; i < pileus_driver_option_count(plan->info); i++) {
        check_option(pileus_driver_option(plan->info, i));
    }
    if (pileus_driver_call_count(plan->info) == 0) {
        check_finding("calls", "it lists no calls: name those that the driver "
                               "has under \"calls\"");
    }
    check_good("manifest");
    check_good_unless("secret-options");
    check_good_unless("help");
}
