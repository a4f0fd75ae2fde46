/* Settings: what the options of a connection come to. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "settings.h"

#include <stdlib.h>

/* A copy of a string option in *copy; NULL there when it is unset or empty. */
static bool
take(pileus_call *call, const char *name, char **copy)
{
    const char *value = pileus_setting(call, name);

    *copy = value == NULL || *value == '\0' ? NULL : strdup(value);
    return value == NULL || *value == '\0' || *copy != NULL;
}

/* Keep ssh, when libvirt runs it for a uri like qemu+ssh://host/system, from
 * asking questions on the terminal. */
static bool
forbid_questions(char **uri)
{
    static const char option[] = "no_tty=1";
    const char *scheme_end = *uri == NULL ? NULL : strstr(*uri, "://");
    size_t size;
    char *longer;

    if (scheme_end == NULL || scheme_end - *uri < 4 ||
        strncmp(scheme_end - 4, "+ssh", 4) != 0 ||
        strstr(scheme_end, "no_tty=") != NULL) {
        return true;
    }
    size = strlen(*uri) + 1 + sizeof option;
    longer = malloc(size);
    if (longer == NULL) {
        return false;
    }
    (void)snprintf(longer, size, "%s%c%s", *uri,
                   strchr(*uri, '?') == NULL ? '?' : '&', option);
    free(*uri);
    *uri = longer;
    return true;
}

int32_t
lv_settings_read(pileus_call *call, lv_settings *settings)
{
    int32_t code;

    memset(settings, 0, sizeof *settings);
    if (!take(call, "uri", &settings->uri) ||
        !take(call, "username", &settings->username) ||
        !take(call, "password", &settings->password) ||
        !take(call, "pool", &settings->pool) ||
        !take(call, "network", &settings->network) ||
        !forbid_questions(&settings->uri)) {
        lv_settings_free(settings);
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "memory ran out while reading the options: free "
                           "some, and try again");
    }
    /* Both have defaults in the manifest, so they are always set. */
    (void)pileus_setting_boolean(call, "readonly", &settings->readonly);
    (void)pileus_setting_integer(call, "stop-timeout",
                                 &settings->stop_timeout_ms);
    code =
        lv_sizes_parse(call, pileus_setting(call, "sizes"), &settings->sizes);
    if (code != PILEUS_OK) {
        lv_settings_free(settings);
    }
    return code;
}

void
lv_settings_free(lv_settings *settings)
{
    if (settings->password != NULL) {
        volatile char *byte = settings->password;

        while (*byte != '\0') {
            *byte++ = '\0';
        }
    }
    free(settings->uri);
    free(settings->username);
    free(settings->password);
    free(settings->pool);
    free(settings->network);
    lv_sizes_free(&settings->sizes);
    memset(settings, 0, sizeof *settings);
}
