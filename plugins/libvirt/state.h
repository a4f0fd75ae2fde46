/* States: libvirt's, and what they are to pileus. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_STATE_H
#define LV_STATE_H

#include <pileus/driver.h>

/* A virDomainState and the reason that libvirt gives with it. */
pileus_state lv_state(int state, int reason);
/* libvirt's own words for both; "unknown" for a newer libvirt's. */
const char *lv_state_word(int state);
const char *lv_reason_word(int state, int reason);

#endif
