/* The suites' CloudStack as a server. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/plugins/cloudstack_mock.h"
#include "tests/sdk/served.h"

int
main(void)
{
    cloudstack_mock *mock = mock_start(7);

    return serve(mock->endpoint, &mock->complaints);
}
