/* The metadata of the OpenStack mock's servers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_OPENSTACK_METADATA_H
#define TESTS_PLUGINS_OPENSTACK_METADATA_H

#include "tests/plugins/openstack_mock.h"

/* Answer the request; false: it is of another part. */
bool metadata_serve(openstack_mock *mock, const web_asked *asked,
                    web_channel *channel);

#endif
