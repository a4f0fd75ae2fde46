/* Declared options: what a manifest says of one, and what may be its value. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CONFIG_OPTION_H
#define PIL__CONFIG_OPTION_H

#include <pileus/driver_list.h>

typedef enum pil__option_type {
    PIL__OPTION_STRING,
    PIL__OPTION_INTEGER,
    PIL__OPTION_BOOLEAN,  /* true, false, yes, no, on, off, 1, 0 */
    PIL__OPTION_DURATION, /* 250ms, 1.5s, 5m, 2h, 1d; a bare number: seconds */
    PIL__OPTION_PATH,
    PIL__OPTION_CHOICE
} pil__option_type;

/* One option. Strings and arrays belong to the manifest's arena. */
struct pileus_option_info {
    const char *name;
    pil__option_type type;
    bool secret;
    bool required;
    bool has_minimum;
    bool has_maximum;
    int64_t minimum; /* of an integer; of a duration in milliseconds */
    int64_t maximum;
    const char *help;
    const char *default_value;      /* NULL: none */
    const char *const *environment; /* NULL-terminated */
    const char *const *choices;     /* NULL-terminated */
};

/* The type of that name in *type; false for an unknown name. */
bool pil__option_type_parse(const char *name, pil__option_type *type);

/* Is the text a value of this option? On success *number (may be NULL) is its
 * number, milliseconds for a duration, 0 or 1 for a boolean. The error names
 * the option and what it takes, and never the value of a secret. */
pileus_code pil__option_check(const pileus_option_info *option,
                              const char *text, int64_t *number,
                              pileus_error **err);

/* A duration ("1.5s") in milliseconds; false when it is none. */
bool pil__duration_parse(const char *text, int64_t *ms);

#endif
