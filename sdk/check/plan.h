/* The plan: which driver is to be checked, and with what. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_PLAN_H
#define SDK_CHECK_PLAN_H

#include <pileus/pileus.h>

#define CHECK_OPTIONS_MAX 64
#define CHECK_PATH_MAX 4096
#define CHECK_SKIPS_MAX 16

typedef enum check_output { CHECK_TEXT, CHECK_JSON, CHECK_TAP } check_output;

typedef struct check_plan {
    /* Of the command line. */
    const char *file;
    const char *endpoint; /* NULL: none was given */
    const char *replay;
    const char *only; /* the one group that is wanted; NULL: all */
    const char *skip[CHECK_SKIPS_MAX]; /* groups that are not */
    size_t skip_count;
    const char *names[CHECK_OPTIONS_MAX];
    const char *values[CHECK_OPTIONS_MAX];
    size_t option_count;
    check_output output;
    bool changes;    /* also make, change and destroy things */
    bool in_process; /* without a child: for those who look from outside */
    /* Of the file's name. */
    char path[CHECK_PATH_MAX]; /* absolute */
    char directory[CHECK_PATH_MAX];
    char name[64];
    /* Of the manifest; info NULL: there is none that can be read. */
    pileus_context *ctx;
    pileus_drivers *drivers;
    const pileus_driver_info *info;
    bool http; /* it speaks HTTP through the library */
} check_plan;

/* Take the command line apart. false: *status is the exit code, and what is to
 * be said was said. */
bool check_plan_read(check_plan *plan, int count, char **words, int *status);
/* Look for file and manifest. false: what is to be said was said. */
bool check_plan_find(check_plan *plan);
void check_plan_drop(check_plan *plan);

/* The value that the user gave for the option; NULL: none. */
const char *check_plan_option(const check_plan *plan, const char *name);
/* Is the driver to be led to a server of this program? */
bool check_plan_serves(const check_plan *plan);
/* Is the group wanted? */
bool check_plan_wants(const check_plan *plan, const char *group);
/* May things be made and destroyed where it is led to? */
bool check_plan_changes(const check_plan *plan);

#endif
