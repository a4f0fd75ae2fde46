/* Settings: what the options of a connection come to. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_SETTINGS_H
#define LV_SETTINGS_H

#include "sizes.h"

#include <pileus/driver.h>

typedef struct lv_settings {
    char *uri;      /* NULL: libvirt's own default */
    char *username; /* NULL, like the next: there is none */
    char *password; /* secret */
    char *pool;     /* NULL: any */
    char *network;  /* NULL: "default", if there is one */
    lv_sizes sizes;
    int64_t stop_timeout_ms;
    bool readonly;
} lv_settings;

/* Read them, during open. A failure has been reported. */
int32_t lv_settings_read(pileus_call *call, lv_settings *settings);
void lv_settings_free(lv_settings *settings);

#endif
