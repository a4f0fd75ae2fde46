/* The content of a manifest: from JSON to a pileus_driver_info. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DRIVER_MANIFEST_PARSE_H
#define PIL__DRIVER_MANIFEST_PARSE_H

#include "core/driver/manifest.h"

#include <pileus/value.h>

/* Fill info from the text of the manifest at this path. Errors say what is
 * wrong; the caller puts the path before them. */
pileus_code pil__manifest_parse(pileus_driver_info *info, const char *data,
                                size_t size, const char *path,
                                pileus_error **err);

/* Fill the options of info from the value of the manifest's key "options",
 * which may be NULL. (manifest_option.c) */
pileus_code pil__manifest_parse_options(pileus_driver_info *info,
                                        const pileus_value *list,
                                        pileus_error **err);

/* Add the options of every driver that speaks HTTP to those of info, from the
 * value of the manifest's key "http"; NULL: it does not. (manifest_http.c) */
pileus_code pil__manifest_parse_http(pileus_driver_info *info,
                                     const pileus_value *http,
                                     pileus_error **err);

/* ---- what they need -------------------------------------------------------
 */

/* The names of environment variables under the key of a dict, NULL-terminated.
 * (manifest_option.c) */
pileus_code pil__manifest_variables(const char *const **names,
                                    pil__arena *arena, const pileus_value *dict,
                                    const char *key, pileus_error **err);

/* The string under a key of a dict in *text: valid text for people, on one
 * line and not empty. NULL when the key is not there and not mandatory. */
pileus_code pil__manifest_text(const char **text, const pileus_value *dict,
                               const char *key, bool mandatory,
                               pileus_error **err);

/* Does the name consist of a lower-case letter, then those, digits, and the
 * other characters allowed, at most PIL__NAME_MAX bytes? */
bool pil__manifest_name_valid(const char *name, const char *others);

#endif
