/* What nodes and volumes shall be, as it crosses to the driver. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__MODEL_SPEC_H
#define PIL__MODEL_SPEC_H

#include <pileus/driver.h>
#include <pileus/volumes.h>

/* The spec as create arguments; valid while the spec is and is not changed.
 * NULL gives empty ones. token is NULL when none was set. */
pileus_create_args pil__spec_args(const pileus_node_spec *spec);
pileus_volume_args pil__volume_spec_args(const pileus_volume_spec *spec);

#endif
