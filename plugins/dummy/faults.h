/* Failures that the option fail asks for. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DUMMY_FAULTS_H
#define DUMMY_FAULTS_H

#include <pileus/driver.h>

#include <stdatomic.h>

/* The calls of the driver, to be counted. */
enum dummy_call {
    DUMMY_LIST_NODES,
    DUMMY_LIST_SIZES,
    DUMMY_LIST_IMAGES,
    DUMMY_LIST_LOCATIONS,
    DUMMY_GET_NODE,
    DUMMY_CREATE_NODE,
    DUMMY_REBOOT_NODE,
    DUMMY_START_NODE,
    DUMMY_STOP_NODE,
    DUMMY_DESTROY_NODE,
    DUMMY_PAUSE_NODE,
    DUMMY_UNPAUSE_NODE,
    DUMMY_SUSPEND_NODE,
    DUMMY_RESUME_NODE,
    DUMMY_SHELVE_NODE,
    DUMMY_UNSHELVE_NODE,
    DUMMY_REBUILD_NODE,
    DUMMY_RESIZE_NODE,
    DUMMY_CONFIRM_RESIZE_NODE,
    DUMMY_REVERT_RESIZE_NODE,
    DUMMY_GET_CONSOLE_LOG,
    DUMMY_LIST_ADDRESSES,
    DUMMY_CREATE_ADDRESS,
    DUMMY_DELETE_ADDRESS,
    DUMMY_ATTACH_ADDRESS,
    DUMMY_DETACH_ADDRESS,
    DUMMY_CALLS /* how many there are */
};

struct dummy_rule;

struct dummy_faults {
    struct dummy_rule *rules;
    size_t count;
    atomic_uint_fast64_t made[DUMMY_CALLS]; /* calls so far */
};

/* One call as the rules see it. */
struct dummy_fault {
    const struct dummy_rule *rule; /* NULL: it shall not fail */
    enum dummy_call call;
    uint64_t nth;
};

/* Read the rules (NULL: none), whose syntax is in pileus-dummy(7). */
int32_t dummy_faults_parse(struct dummy_faults *faults, pileus_call *call,
                           const char *text);
void dummy_faults_free(struct dummy_faults *faults);

/* Count a call, and find the rule that it fails by. */
struct dummy_fault dummy_faults_count(struct dummy_faults *faults,
                                      enum dummy_call which);
/* Fail now, before or after the call's work is done, if that is when it
 * shall; else PILEUS_OK. */
int32_t dummy_fault_before(const struct dummy_fault *fault, pileus_call *call);
int32_t dummy_fault_after(const struct dummy_fault *fault, pileus_call *call);

#endif
