/* What the options of a connection came to. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DUMMY_SETTINGS_H
#define DUMMY_SETTINGS_H

#include "nodes.h"

struct dummy_settings {
    struct dummy_seed seed;
    int64_t latency_ms;
    int64_t create_delay_ms;
    int64_t page_size; /* 0: all at once */
    bool idempotent;
};

/* Read the settings of a connection that is being opened. */
int32_t dummy_settings_read(struct dummy_settings *settings, pileus_call *call);

#endif
