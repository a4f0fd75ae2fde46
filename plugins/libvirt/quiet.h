/* Keeping libvirt from printing its errors. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_QUIET_H
#define LV_QUIET_H

#include <libvirt/libvirt.h>

/* From now on this thread's errors of libvirt are not printed. */
void lv_quiet_thread(void);
/* Nor those of this connection, whatever handler the application installs. */
void lv_quiet_connection(virConnectPtr virt);

#endif
