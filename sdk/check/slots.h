/* Every call that a driver's tables can have. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_SLOTS_H
#define SDK_CHECK_SLOTS_H

#include <pileus/common.h>

typedef struct check_slot {
    const char *service;
    const char *call;
    const char *full; /* "service.call" */
    size_t offset;    /* in the table */
} check_slot;

extern const check_slot check_slots[];
extern const size_t check_slot_count;

typedef struct check_service {
    const char *name;
    uint64_t least; /* size of its table in the first release */
} check_service;

extern const check_service check_services[];
extern const size_t check_service_count;

#endif
