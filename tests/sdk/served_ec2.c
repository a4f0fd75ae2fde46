/* The suites' EC2 as a server. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/plugins/ec2_mock.h"
#include "tests/sdk/served.h"

int
main(void)
{
    ec2_mock *mock = mock_start(7);

    return serve(server_url(mock->web), &mock->complaints);
}
