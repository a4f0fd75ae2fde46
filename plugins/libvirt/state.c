/* States: libvirt's, and what they are to pileus. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "state.h"

#include <libvirt/libvirt.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define WORDS(array) (array), COUNT(array)

/* Reasons, each at the place of its number, which libvirt never changes. Some
 * are newer than the oldest libvirt that this driver builds with. */
static const char *const unknown_only[] = {"unknown"};
static const char *const running[] = {
    "unknown",       "booted",   "migrated",           "restored",
    "from snapshot", "unpaused", "migration canceled", "save canceled",
    "wakeup",        "crashed",  "post-copy",          "post-copy failed",
};
static const char *const paused[] = {
    "unknown",       "user",
    "migration",     "save",
    "dump",          "ioerror",
    "watchdog",      "from snapshot",
    "shutting down", "snapshot",
    "crashed",       "starting up",
    "post-copy",     "post-copy failed",
    "api error",
};
static const char *const shutting_down[] = {"unknown", "user"};
static const char *const shutoff[] = {
    "unknown", "shutdown", "destroyed",     "crashed", "migrated",
    "saved",   "failed",   "from snapshot", "daemon",
};
static const char *const crashed[] = {"unknown", "panicked"};

/* What a paused domain is paused for. */
static const pileus_state paused_states[COUNT(paused)] = {
    [0] = PILEUS_STATE_PAUSED,
    [1] = PILEUS_STATE_PAUSED,
    [2] = PILEUS_STATE_MIGRATING,
    [3] = PILEUS_STATE_PAUSED,
    [4] = PILEUS_STATE_PAUSED,
    [5] = PILEUS_STATE_PAUSED, /* it goes on once the disk is well again */
    [6] = PILEUS_STATE_PAUSED,
    [7] = PILEUS_STATE_PAUSED,
    [8] = PILEUS_STATE_STOPPING,
    [9] = PILEUS_STATE_PAUSED,
    [10] = PILEUS_STATE_ERROR, /* the guest crashed */
    [11] = PILEUS_STATE_STARTING,
    [12] = PILEUS_STATE_MIGRATING,
    [13] = PILEUS_STATE_ERROR,
    [14] = PILEUS_STATE_PAUSED,
};

static const struct {
    pileus_state state;
    const char *word;
    const char *const *reasons;
    size_t reason_count;
} states[] = {
    [VIR_DOMAIN_NOSTATE] = {PILEUS_STATE_UNKNOWN, "nostate",
                            WORDS(unknown_only)},
    [VIR_DOMAIN_RUNNING] = {PILEUS_STATE_RUNNING, "running", WORDS(running)},
    [VIR_DOMAIN_BLOCKED] = {PILEUS_STATE_RUNNING, "blocked",
                            WORDS(unknown_only)},
    [VIR_DOMAIN_PAUSED] = {PILEUS_STATE_PAUSED, "paused", WORDS(paused)},
    [VIR_DOMAIN_SHUTDOWN] = {PILEUS_STATE_STOPPING, "shutdown",
                             WORDS(shutting_down)},
    [VIR_DOMAIN_SHUTOFF] = {PILEUS_STATE_STOPPED, "shutoff", WORDS(shutoff)},
    [VIR_DOMAIN_CRASHED] = {PILEUS_STATE_ERROR, "crashed", WORDS(crashed)},
    [VIR_DOMAIN_PMSUSPENDED] = {PILEUS_STATE_SUSPENDED, "pmsuspended",
                                WORDS(unknown_only)},
};

pileus_state
lv_state(int state, int reason)
{
    if (state < 0 || (size_t)state >= COUNT(states)) {
        return PILEUS_STATE_UNKNOWN;
    }
    if (state == VIR_DOMAIN_PAUSED && reason >= 0 &&
        (size_t)reason < COUNT(paused_states)) {
        return paused_states[reason];
    }
    return states[state].state;
}

const char *
lv_state_word(int state)
{
    return state < 0 || (size_t)state >= COUNT(states) ? "unknown"
                                                       : states[state].word;
}

const char *
lv_reason_word(int state, int reason)
{
    if (state < 0 || (size_t)state >= COUNT(states) || reason < 0 ||
        (size_t)reason >= states[state].reason_count) {
        return "unknown";
    }
    return states[state].reasons[reason];
}
