/* The suites' Hetzner Cloud as a server. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/plugins/hetzner_mock.h"
#include "tests/sdk/served.h"

int
main(void)
{
    hetzner_mock *mock = mock_start(60);

    return serve(mock->endpoint, &mock->complaints);
}
