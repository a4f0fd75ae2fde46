/* The UUID of a domain, from the token of its creation. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_UUID_H
#define LV_UUID_H

#include <libvirt/libvirt.h>
#include <stdbool.h>

/* The same token gives the same UUID, so libvirt itself keeps a repeated
 * create from making two. False: no memory. */
bool lv_uuid_of_token(char uuid[VIR_UUID_STRING_BUFLEN], const char *token);

#endif
