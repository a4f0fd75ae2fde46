/* The Neutron of the OpenStack mock: floating addresses. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_OPENSTACK_NEUTRON_H
#define TESTS_PLUGINS_OPENSTACK_NEUTRON_H

#include "tests/plugins/openstack_mock.h"

/* Answer the request; false: it is of another part. */
bool neutron_serve(openstack_mock *mock, const web_asked *asked,
                   web_channel *channel);

#endif
