/* Addresses of the suite's own EC2. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_asking.h"

#include <stdio.h>
#include <stdlib.h>

/* The address of an allocation; negative: there is none. */
static int
by_id(const ec2_mock *mock, const char *id)
{
    for (int i = 0; id != NULL && i < mock->address_count; i++) {
        if (!mock->addresses[i].gone &&
            strcmp(mock->addresses[i].id, id) == 0) {
            return i;
        }
    }
    return -1;
}

/* The one that is named by AllocationId or by PublicIp, but not by both: that
 * is for addresses that have no id. Negative: the answer has been given. */
static int
named(const asking *of)
{
    const char *allocation = mock_param(of, "AllocationId");
    const char *ip = mock_param(of, "PublicIp");
    int i = by_id(of->mock, allocation == NULL ? ip : allocation);

    if ((allocation == NULL) == (ip == NULL) ||
        (ip != NULL && strchr(ip, '.') == NULL)) {
        mock_complain(of, "AllocationId or PublicIp");
        return -1;
    }
    if (i < 0) {
        mock_fail(of, 400,
                  ip == NULL ? "InvalidAllocationID.NotFound"
                             : "InvalidAddress.NotFound");
    }
    return i;
}

/* ---- listing --------------------------------------------------------------
 */

static void
print_address(FILE *out, const ec2_mock *mock, int i)
{
    bool allocated = strncmp(mock->addresses[i].id, "eipalloc-", 9) == 0;
    int instance = mock->addresses[i].instance;

    (void)fprintf(out, "<item><publicIp>198.51.100.%d</publicIp>", i);
    if (allocated) {
        (void)fprintf(out,
                      "<allocationId>%s</allocationId><domain>vpc</domain>"
                      "<publicIpv4Pool>%s</publicIpv4Pool>"
                      "<networkBorderGroup>eu-test-1</networkBorderGroup>",
                      mock->addresses[i].id, mock->addresses[i].pool);
    } else {
        (void)fputs("<domain>standard</domain>", out);
    }
    if (instance < 0) {
        (void)fputs("<instanceId/>", out);
    } else {
        (void)fprintf(out, "<instanceId>i-%d</instanceId>", instance);
    }
    if (instance >= 0 && allocated) {
        (void)fprintf(out,
                      "<associationId>eipassoc-%d</associationId>"
                      "<networkInterfaceId>eni-1</networkInterfaceId>"
                      "<networkInterfaceOwnerId>42</networkInterfaceOwnerId>"
                      "<privateIpAddress>10.0.0.1</privateIpAddress>",
                      mock->addresses[i].association);
    }
    if (i == 0) {
        (void)fputs("<tagSet><item><key>Name</key><value>front</value></item>"
                    "</tagSet>",
                    out);
    }
    (void)fputs("</item>", out);
}

/* Does the filter of ids let it through, if there is one? */
static bool
passes(const asking *of, int i)
{
    const char *filter = mock_param(of, "Filter.1.Name");
    const char *value = mock_param(of, "Filter.1.Value.1");
    const char *id = of->mock->addresses[i].id;
    char ip[32];

    (void)snprintf(ip, sizeof ip, "198.51.100.%d", i);
    if (filter == NULL) {
        return true;
    }
    return strcmp(filter, "allocation-id") == 0 ? strcmp(value, id) == 0
           : strcmp(filter, "public-ip") == 0   ? strcmp(value, ip) == 0
                                                : true;
}

void
mock_describe_addresses(const asking *of)
{
    const char *id = mock_param(of, "AllocationId.1");
    char *text = NULL;
    size_t size = 0;
    FILE *out;

    if (id != NULL && by_id(of->mock, id) < 0) {
        mock_fail(of, 400, "InvalidAllocationID.NotFound");
        return;
    }
    out = open_memstream(&text, &size);
    assert_non_null(out);
    (void)fputs("<addressesSet>", out);
    for (int i = 0; i < of->mock->address_count; i++) {
        if (!of->mock->addresses[i].gone &&
            (id == NULL ? passes(of, i) : by_id(of->mock, id) == i)) {
            print_address(out, of->mock, i);
        }
    }
    (void)fputs("</addressesSet>", out);
    assert_int_equal(fclose(out), 0);
    mock_answer(of, text);
    free(text);
}

/* ---- making and giving back -----------------------------------------------
 */

int
mock_add_address(ec2_mock *mock, bool classic, const char *pool)
{
    int i = mock->address_count++;

    assert_true(i < MOCK_ADDRESSES);
    mock->addresses[i].instance = -1;
    (void)snprintf(mock->addresses[i].id, sizeof mock->addresses[i].id,
                   classic ? "198.51.100.%d" : "eipalloc-%d", i);
    (void)snprintf(mock->addresses[i].pool, sizeof mock->addresses[i].pool,
                   "%s", pool);
    return i;
}

void
mock_allocate(const asking *of)
{
    static const char *const pools[] = {"PublicIpv4Pool", "IpamPoolId",
                                        "CustomerOwnedIpv4Pool"};
    const char *domain = mock_param(of, "Domain");
    const char *pool = "amazon";
    char text[512];
    int i;

    for (size_t n = 0; n < sizeof pools / sizeof pools[0]; n++) {
        if (mock_param(of, pools[n]) != NULL) {
            pool = mock_param(of, pools[n]);
        }
    }
    i = mock_add_address(
        of->mock, domain != NULL && strcmp(domain, "standard") == 0, pool);
    if (of->mock->addresses[i].id[0] != 'e') {
        (void)snprintf(text, sizeof text,
                       "<publicIp>198.51.100.%d</publicIp>"
                       "<domain>standard</domain>",
                       i);
    } else {
        (void)snprintf(text, sizeof text,
                       "<publicIp>198.51.100.%d</publicIp><domain>vpc</domain>"
                       "<allocationId>%s</allocationId><publicIpv4Pool>%s"
                       "</publicIpv4Pool>",
                       i, of->mock->addresses[i].id, pool);
    }
    mock_answer(of, text);
}

/* One that leads somewhere must be detached first. */
void
mock_release(const asking *of)
{
    int i = named(of);

    if (i < 0) {
        return;
    }
    if (of->mock->addresses[i].instance >= 0) {
        mock_fail(of, 400, "InvalidIPAddress.InUse");
        return;
    }
    of->mock->addresses[i].gone = true;
    mock_answer(of, "<return>true</return>");
}

/* ---- where it leads -------------------------------------------------------
 */

void
mock_associate(const asking *of)
{
    const char *again = mock_param(of, "AllowReassociation");
    const char *node = mock_param(of, "InstanceId");
    int instance =
        node != NULL && strncmp(node, "i-", 2) == 0 ? atoi(node + 2) : -1;
    int i = named(of);
    char text[128];

    if (i < 0) {
        return;
    }
    if (again != NULL && mock_param(of, "PublicIp") != NULL) {
        mock_complain(of, "AllowReassociation is for networks");
        return;
    }
    if (instance < 0 || instance >= of->mock->count) {
        mock_fail(of, 400, "InvalidInstanceID.NotFound");
        return;
    }
    if (of->mock->addresses[i].instance >= 0 &&
        of->mock->addresses[i].instance != instance && again != NULL &&
        strcmp(again, "false") == 0) {
        mock_fail(of, 400, "Resource.AlreadyAssociated");
        return;
    }
    of->mock->addresses[i].instance = instance;
    of->mock->addresses[i].association++;
    (void)snprintf(text, sizeof text,
                   "<return>true</return><associationId>eipassoc-%d"
                   "</associationId>",
                   of->mock->addresses[i].association);
    mock_answer(of, text);
}

void
mock_disassociate(const asking *of)
{
    const char *association = mock_param(of, "AssociationId");
    const char *ip = mock_param(of, "PublicIp");

    if ((association == NULL) == (ip == NULL)) {
        mock_complain(of, "AssociationId or PublicIp");
        return;
    }
    for (int i = 0; i < of->mock->address_count; i++) {
        char now[32];

        (void)snprintf(now, sizeof now, "eipassoc-%d",
                       of->mock->addresses[i].association);
        if (of->mock->addresses[i].instance >= 0 &&
            strcmp(ip == NULL ? now : of->mock->addresses[i].id,
                   ip == NULL ? association : ip) == 0) {
            of->mock->addresses[i].instance = -1;
            mock_answer(of, "<return>true</return>");
            return;
        }
    }
    mock_fail(of, 400,
              ip == NULL ? "InvalidAssociationID.NotFound"
                         : "InvalidAddress.NotFound");
}
