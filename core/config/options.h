/* Options as an application gives them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CONFIG_OPTIONS_H
#define PIL__CONFIG_OPTIONS_H

#include <pileus/connection.h>

/* A name and its value; values are wiped when freed. */
typedef struct pil__setting_text {
    char *name;
    char *value;
} pil__setting_text;

typedef struct pil__setting_texts {
    pil__setting_text *entries;
    size_t count;
    size_t capacity;
} pil__setting_texts;

struct pileus_options {
    pil__setting_texts given;   /* by the caller */
    pil__setting_texts profile; /* by the profile */
    char *profile_name;         /* NULL: no profile */
    char *profile_driver;
    char *profile_path;
    bool profile_exposed; /* the file can be read by others */
};

/* The value of that name; NULL if there is none. */
const char *pil__setting_texts_get(const pil__setting_texts *texts,
                                   const char *name);
/* Add one. False: no memory. */
bool pil__setting_texts_add(pil__setting_texts *texts, const char *name,
                            const char *value);
void pil__setting_texts_free(pil__setting_texts *texts);

#endif
