/* Instances of the suite's own EC2. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_asking.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- instances ------------------------------------------------------------
 */

int
mock_instance_of(const asking *of, const char *value)
{
    int i =
        value != NULL && strncmp(value, "i-", 2) == 0 ? atoi(value + 2) : -1;

    return i < of->mock->count ? i : -1;
}

/* What was shown on its way has arrived when it is shown again. */
static void
go_on(ec2_mock *mock, int i)
{
    static const char *const ways[][2] = {{"pending", "running"},
                                          {"stopping", "stopped"},
                                          {"shutting-down", "terminated"}};

    for (size_t n = 0; mock->goes_on && n < sizeof ways / sizeof ways[0]; n++) {
        if (strcmp(mock->instances[i].state, ways[n][0]) == 0) {
            mock->instances[i].state = ways[n][1];
            return;
        }
    }
}

static void
print_instance(FILE *out, ec2_mock *mock, int i)
{
    (void)fprintf(
        out,
        "<item><instanceId>i-%d</instanceId><imageId>%s</imageId>"
        "<instanceState><code>16</code><name>%s</name></instanceState>"
        "<privateDnsName/><reason/><instanceType>%s</instanceType>"
        "<launchTime>2026-01-02T03:04:05.000Z</launchTime><placement>"
        "<availabilityZone>" ZONE "</availabilityZone><tenancy>default"
        "</tenancy></placement><ebsOptimized>false</ebsOptimized>"
        "<amiLaunchIndex>0</amiLaunchIndex><privateIpAddress>10.0.0.1"
        "</privateIpAddress><ipAddress>192.0.2.1</ipAddress>"
        "<blockDeviceMapping><item><deviceName>/dev/sdf</deviceName></item>"
        "<item><deviceName>/dev/xvdg</deviceName></item></blockDeviceMapping>"
        "<networkInterfaceSet><item><privateIpAddressesSet><item>"
        "<privateIpAddress>10.0.0.1</privateIpAddress><association><publicIp>"
        "192.0.2.1</publicIp></association></item><item><privateIpAddress>"
        "10.0.0.2</privateIpAddress></item></privateIpAddressesSet>"
        "<ipv6AddressesSet><item><ipv6Address>2001:db8::1</ipv6Address></item>"
        "</ipv6AddressesSet></item></networkInterfaceSet><tagSet>",
        i,
        mock->instances[i].image[0] == '\0' ? "ami-7"
                                            : mock->instances[i].image,
        mock->instances[i].state,
        mock->instances[i].type[0] == '\0' ? "t3.micro"
                                           : mock->instances[i].type);
    for (size_t n = 0; n < MOCK_TAGS; n++) {
        const mock_pair *tag = &mock->instances[i].tags[n];

        if (tag->key[0] != '\0') {
            (void)fprintf(out,
                          "<item><key>%s</key><value><![CDATA[%s]]></value>"
                          "</item>",
                          tag->key, tag->value);
        }
    }
    (void)fputs("</tagSet>", out);
    if (mock->instances[i].reason != NULL) {
        (void)fprintf(out,
                      "<stateReason><code>%s</code><message>%s: words"
                      "</message></stateReason>",
                      mock->instances[i].reason, mock->instances[i].reason);
    }
    if (mock->instances[i].is_spot) {
        (void)fputs("<instanceLifecycle>spot</instanceLifecycle>", out);
    }
    (void)fputs("</item>", out);
    go_on(mock, i);
}

static const char *
name_of(ec2_mock *mock, int i)
{
    const mock_pair *tag = mock_tag_of(mock, i, "Name", false);

    return tag == NULL ? "" : tag->value;
}

/* Does a filter let it through? Those that are not looked at let all. */
static bool
passes(const asking *of, int i)
{
    const ec2_mock *mock = of->mock;

    for (int n = 1;; n++) {
        char name[64];
        char id[16];
        const char *filter;
        const char *is;
        const char *value;
        bool any = false;

        (void)snprintf(id, sizeof id, "i-%d", i);
        (void)snprintf(name, sizeof name, "Filter.%d.Name", n);
        filter = mock_param(of, name);
        if (filter == NULL) {
            return true;
        }
        is = strcmp(filter, "instance-state-name") == 0
                 ? mock->instances[i].state
             : strcmp(filter, "instance-id") == 0 ? id
             : strcmp(filter, "tag:Name") == 0    ? name_of(of->mock, i)
                                                  : NULL;
        for (int v = 1; is != NULL; v++) {
            (void)snprintf(name, sizeof name, "Filter.%d.Value.%d", n, v);
            value = mock_param(of, name);
            if (value == NULL) {
                break;
            }
            any = any || strcmp(value, is) == 0;
        }
        if (is != NULL && !any) {
            return false;
        }
    }
}

/* From the token's on, as many as are wanted. */
static void
list_instances(const asking *of)
{
    const char *limit = mock_param(of, "MaxResults");
    const char *token = mock_param(of, "NextToken");
    int most = limit == NULL ? MOCK_INSTANCES : atoi(limit);
    int i = token == NULL ? 0 : atoi(token);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    (void)fputs("<reservationSet>\n", out);
    for (; i < of->mock->count && most > 0; i++) {
        if (passes(of, i)) {
            (void)fputs("<item><reservationId>r</reservationId><instancesSet>",
                        out);
            print_instance(out, of->mock, i);
            (void)fputs("</instancesSet></item>\n", out);
            most--;
        }
    }
    (void)fputs("</reservationSet>", out);
    if (i < of->mock->count) {
        (void)fprintf(out, "<nextToken>%d</nextToken>", i);
    }
    assert_int_equal(fclose(out), 0);
    mock_answer(of, text);
    free(text);
}

void
mock_describe(const asking *of)
{
    const char *limit = mock_param(of, "MaxResults");
    const char *id = mock_param(of, "InstanceId.1");
    char *text = NULL;
    size_t size = 0;
    FILE *out;

    if (limit != NULL &&
        (id != NULL || atoi(limit) < 5 || atoi(limit) > 1000)) {
        mock_complain(of, "MaxResults");
        return;
    }
    if (id == NULL) {
        list_instances(of);
        return;
    }
    if (mock_instance_of(of, id) < 0) {
        mock_fail(of, 400, "InvalidInstanceID.NotFound");
        return;
    }
    out = open_memstream(&text, &size);
    assert_non_null(out);
    (void)fputs("<reservationSet><item><instancesSet>", out);
    print_instance(out, of->mock, mock_instance_of(of, id));
    (void)fputs("</instancesSet></item></reservationSet>", out);
    assert_int_equal(fclose(out), 0);
    mock_answer(of, text);
    free(text);
}

void
mock_answer_run(const asking *of, int i)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    (void)fputs("<reservationId>r</reservationId><instancesSet>", out);
    print_instance(out, of->mock, i);
    (void)fputs("</instancesSet>", out);
    assert_int_equal(fclose(out), 0);
    mock_answer(of, text);
    free(text);
}

void
mock_command(const asking *of)
{
    static const struct {
        const char *action;
        const char *state;
        const char *reason;
    } ways[] = {{"StartInstances", "pending", NULL},
                {"StopInstances", "stopping", "Client.UserInitiatedShutdown"},
                {"TerminateInstances", "shutting-down",
                 "Client.UserInitiatedShutdown"}};
    const char *hibernate = mock_param(of, "Hibernate");
    int i = mock_instance_of(of, mock_param(of, "InstanceId.1"));
    char text[512];

    if (i < 0) {
        mock_fail(of, 400, "InvalidInstanceID.NotFound");
        return;
    }
    if (hibernate != NULL && !of->mock->instances[i].hibernates) {
        mock_fail(of, 400, "UnsupportedHibernationConfiguration");
        return;
    }
    for (size_t n = 0; n < sizeof ways / sizeof ways[0]; n++) {
        if (strcmp(of->action, ways[n].action) == 0) {
            of->mock->instances[i].state = ways[n].state;
            of->mock->instances[i].reason =
                hibernate == NULL ? ways[n].reason
                                  : "Client.UserInitiatedHibernate";
        }
    }
    (void)snprintf(text, sizeof text,
                   "<instancesSet><item><instanceId>i-%d</instanceId>"
                   "<currentState><code>0</code><name>%s</name></currentState>"
                   "</item></instancesSet>",
                   i, of->mock->instances[i].state);
    mock_answer(of, text);
}

void
mock_reboot(const asking *of)
{
    if (mock_instance_of(of, mock_param(of, "InstanceId.1")) < 0) {
        mock_fail(of, 400, "InvalidInstanceID.NotFound");
    } else {
        mock_answer(of, "<return>true</return>");
    }
}
