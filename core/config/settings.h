/* Settings: what each option of a driver came to, and from where. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CONFIG_SETTINGS_H
#define PIL__CONFIG_SETTINGS_H

#include "core/config/option.h"
#include "core/config/redact.h"

#include <pileus/connection.h>

typedef struct pil__setting {
    const pileus_option_info *option; /* the manifest's */
    char *value;                      /* NULL: unset */
    const char *source;               /* "caller", "profile", "file", … */
    int64_t number;
} pil__setting;

typedef struct pil__settings {
    pil__redactor secrets;
    size_t count;
    pil__setting entries[]; /* one for each option of the manifest */
} pil__settings;

/* Settle every option: the caller's, the profile's, the environment's, the
 * default, in this order. Unknown, missing and wrong ones are
 * PILEUS_CONFIGURATION errors. options may be NULL. driver is for messages.
 * The declared options must outlive the settings. */
pileus_code pil__settings_new(pil__settings **settings, const char *driver,
                              const pileus_option_info *declared, size_t count,
                              const pileus_options *options,
                              pileus_error **err);
/* Give an option the value that a file of the provider's own has for it, or
 * take away what the environment gave (value NULL). When the caller or the
 * profile gave it, no more is done than to know the value, if it is secret: the
 * driver may use it all the same. origin is for messages. Not while another
 * thread reads the settings. */
pileus_code pil__settings_provide(pil__settings *settings, const char *driver,
                                  const char *name, const char *value,
                                  const char *origin, pileus_error **err);
/* Free them, secrets wiped; NULL is allowed. */
void pil__settings_free(pil__settings *settings);

/* The setting of that option; NULL when the option is unknown or unset. */
const pil__setting *pil__settings_get(const pil__settings *settings,
                                      const char *name);

#endif
