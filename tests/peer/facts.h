/* Our objects as fields, each as text. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PEER_FACTS_H
#define TESTS_PEER_FACTS_H

#include <pileus/pileus.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* One of libcloud's classes, and what we have for it. */
typedef struct facts_class {
    const char *name;
    /* Print the field of that name; false: there is none. */
    bool (*print)(FILE *out, const void *ours, const char *field);
    const pileus_value *(*extra)(const void *ours);
} facts_class;

/* The class of that name, which there must be. */
const facts_class *facts_class_named(const char *name);

/* Dicts in the order of their keys, whole numbers alike with and without a
 * fraction: equal values have equal texts. */
void facts_print_value(FILE *out, const pileus_value *value);
void facts_print_string(FILE *out, const char *string);

#endif
