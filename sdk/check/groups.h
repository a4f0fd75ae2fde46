/* The groups of checks. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_GROUPS_H
#define SDK_CHECK_GROUPS_H

#include "sdk/check/plan.h"

typedef struct check_group {
    const char *name;
    const char *title;
    /* One part of it, in a process of its own. */
    void (*run)(const check_plan *plan, size_t part);
    /* How many parts there are; NULL: one. */
    size_t (*parts)(const check_plan *plan);
    bool opens;  /* the driver: without a manifest it cannot be done */
    int limit_s; /* for each part: it hangs when it takes longer */
} check_group;

/* Ended by one without a name. */
extern const check_group check_groups[];
/* NULL: there is none of that name. */
const check_group *check_group_find(const char *name);

/* Run the group's parts, each in a child process unless the plan says
 * otherwise. */
void check_group_run(const check_group *group, const check_plan *plan);

/* What is in each: a file of its name. */
void check_manifest(const check_plan *plan, size_t part);
void check_module(const check_plan *plan, size_t part);
void check_tables(const check_plan *plan, size_t part);
void check_listings(const check_plan *plan, size_t part);
void check_hostile(const check_plan *plan, size_t part);
size_t check_hostile_parts(const check_plan *plan);
void check_secrets(const check_plan *plan, size_t part);
size_t check_secrets_parts(const check_plan *plan);
void check_threads(const check_plan *plan, size_t part);
void check_deadlines(const check_plan *plan, size_t part);
void check_faults(const check_plan *plan, size_t part);
size_t check_faults_parts(const check_plan *plan);
void check_midway(const check_plan *plan, size_t part);
void check_memory(const check_plan *plan, size_t part);
void check_valgrind(const check_plan *plan, size_t part);
size_t check_valgrind_parts(const check_plan *plan);

#endif
