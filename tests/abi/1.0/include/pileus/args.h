/* What a driver is asked, and how it reports a failure. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_ARGS_H
#define PILEUS_ARGS_H

/* Part of driver.h: what crosses as a struct. */

#include <pileus/common.h>

#include <string.h>

PILEUS_BEGIN_DECLS

/* Which objects a listing is about; see pileus_query. A driver may hand any
 * of it to its provider, and must do so with the filters; the core checks all
 * the rest once more. Unset: NULL and 0. */
typedef struct pileus_query_args {
    uint64_t struct_size;
    uint64_t id_count;
    const char *const *ids;
    const char *name;
    uint64_t state_count;
    const pileus_state *states;
    const char *location;
    uint64_t tag_count;
    const pileus_pair *tags;
    uint64_t filter_count; /* the driver's own */
    const pileus_pair *filters;
} pileus_query_args;

/* What a node shall be; see pileus_node_spec. Unset: NULL and 0. The core has
 * asked the driver's capability for each argument that is set. */
typedef struct pileus_create_args {
    uint64_t struct_size;
    uint64_t flags;    /* none yet: 0 */
    const char *token; /* idempotency token, always set */
    const char *name;
    const char *size;
    const char *image;
    const char *location;
    const char *ssh_key;
    const char *key_name;
    const char *password; /* secret */
    const void *user_data;
    uint64_t user_data_size;
    uint64_t tag_count;
    const pileus_pair *tags;
    uint64_t option_count; /* the driver's own */
    const pileus_pair *options;
} pileus_create_args;

/* A failure, as a driver reports it. */
typedef struct pileus_failure {
    uint64_t struct_size;
    int32_t code;      /* a pileus_code, not PILEUS_OK */
    int32_t retryable; /* 1: the same call may succeed later */
    int32_t
        may_have_happened;  /* 1: the thing may have been done all the same */
    int32_t reserved;       /* 0 */
    int64_t retry_after_ms; /* by the provider's word; negative: unknown */
    int64_t status;         /* the provider's number; 0: none */
    const char *message;    /* one sentence that says what to do */
    const char *provider_code;
    const char *provider_message;
    const char *request_id;
} pileus_failure;

/* The value of the first pair of that name; NULL when there is none. */
static inline const char *
pileus_pair_value(const pileus_pair *pairs, uint64_t count, const char *name)
{
    for (uint64_t i = 0; i < count; i++) {
        if (strcmp(pairs[i].name, name) == 0) {
            return pairs[i].value;
        }
    }
    return NULL;
}

/* The value of a query's filter; NULL when it is not set. */
static inline const char *
pileus_query_filter(const pileus_query_args *query, const char *name)
{
    return pileus_pair_value(query->filters, query->filter_count, name);
}

PILEUS_END_DECLS

#endif
