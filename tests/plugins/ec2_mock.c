/* An EC2 of the suite's own, strict about signatures and parameters. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_mock.h"
#include "tests/plugins/ec2_asking.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#define XML "Content-Type: text/xml;charset=UTF-8\r\n"
#define NAMESPACE "http://ec2.amazonaws.com/doc/2016-11-15/"

/* ---- answers --------------------------------------------------------------
 */

void
mock_answer(const asking *of, const char *content)
{
    size_t size = strlen(content) + 512;
    char *body = malloc(size);

    assert_non_null(body);
    (void)snprintf(body, size,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<%sResponse xmlns=\"" NAMESPACE "\">\n"
                   "    <requestId>r-1</requestId>\n    %s\n</%sResponse>\n",
                   of->action, content, of->action);
    channel_answer(of->channel, 200, XML, body);
    free(body);
}

void
mock_fail(const asking *of, int status, const char *code)
{
    char body[512];

    (void)snprintf(body, sizeof body,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response>"
                   "<Errors><Error><Code>%s</Code><Message>The &lt;word&gt; "
                   "is %s</Message></Error></Errors><RequestID>r-2</RequestID>"
                   "</Response>",
                   code, code);
    channel_answer(of->channel, status, XML, body);
}

void
mock_complain(const asking *of, const char *about)
{
    of->mock->complaints++;
    print_error("mock: %s: %s %s\n%s\n", about, of->request->asked->method,
                of->request->asked->target, of->request->asked->body);
    mock_fail(of, 400, "InvalidParameterValue");
}

const char *
mock_param(const asking *of, const char *name)
{
    return request_get(of->request, name);
}

/* ---- all else: always the same --------------------------------------------
 */

#define SNAPSHOT                                                               \
    "<snapshotId>snap-1</snapshotId><volumeId>vol-1</volumeId><status>pending" \
    "</status><startTime>2026-01-02T03:04:05.000Z</startTime><volumeSize>10"   \
    "</volumeSize>"
#define KEY                                                                    \
    "<keyName>mine</keyName><keyFingerprint>\n  00:11\n  </keyFingerprint>"

/* What each action may be asked, with N for numbers; a "*" ends a name that may
 * go on. Without an answer it has a function. */
static const struct {
    const char *action;
    const char *method;
    const char *params;
    void (*serve)(const asking *of);
    const char *answer;
} actions[] = {
    {"DescribeInstances", "GET", "InstanceId.N Filter.* MaxResults NextToken",
     mock_describe, NULL},
    {"RunInstances", "POST",
     "ClientToken ImageId InstanceType MinCount MaxCount KeyName UserData "
     "Placement.AvailabilityZone Placement.Tenancy TagSpecification.* "
     "SecurityGroupId.N SecurityGroup.N SubnetId PrivateIpAddress "
     "NetworkInterface.N.* BlockDeviceMapping.N.* InstanceMarketOptions.* "
     "IamInstanceProfile.Name IamInstanceProfile.Arn EbsOptimized "
     "Monitoring.Enabled InstanceInitiatedShutdownBehavior "
     "MetadataOptions.HttpTokens DisableApiTermination",
     mock_run, NULL},
    {"RebootInstances", "POST", "InstanceId.N", mock_reboot, NULL},
    {"StartInstances", "POST", "InstanceId.N", mock_command, NULL},
    {"StopInstances", "POST", "InstanceId.N Force Hibernate", mock_command,
     NULL},
    {"TerminateInstances", "POST", "InstanceId.N", mock_command, NULL},
    {"ModifyInstanceAttribute", "POST", "InstanceId InstanceType.Value",
     mock_modify, NULL},
    {"CreateReplaceRootVolumeTask", "POST",
     "InstanceId ImageId ClientToken DeleteReplacedRootVolume",
     mock_replace_root, NULL},
    {"GetConsoleOutput", "GET", "InstanceId Latest", mock_console, NULL},
    {"DescribeAddresses", "GET", "AllocationId.N PublicIp.N Filter.*",
     mock_describe_addresses, NULL},
    {"AllocateAddress", "POST",
     "Domain PublicIpv4Pool IpamPoolId CustomerOwnedIpv4Pool", mock_allocate,
     NULL},
    {"AssociateAddress", "POST",
     "AllocationId PublicIp InstanceId AllowReassociation", mock_associate,
     NULL},
    {"DisassociateAddress", "POST", "AssociationId PublicIp", mock_disassociate,
     NULL},
    {"ReleaseAddress", "POST", "AllocationId PublicIp", mock_release, NULL},
    {"DescribeAvailabilityZones", "GET", "Filter.*", NULL,
     "<availabilityZoneInfo><item><zoneName>" ZONE
     "</zoneName><zoneState>available</zoneState></item>"
     "</availabilityZoneInfo>"},
    {"DescribeInstanceTypes", "GET", "Filter.* MaxResults NextToken", NULL,
     "<instanceTypeSet><item><instanceType>t3.micro</instanceType>"
     "<currentGeneration>true</currentGeneration><instanceStorageSupported>"
     "false</instanceStorageSupported><vCpuInfo><defaultVCpus>2</defaultVCpus>"
     "</vCpuInfo><memoryInfo><sizeInMiB>1024</sizeInMiB></memoryInfo>"
     "<processorInfo><supportedArchitectures><item>x86_64</item>"
     "</supportedArchitectures></processorInfo></item><item><instanceType>"
     "m5d.large</instanceType><instanceStorageInfo><totalSizeInGB>75"
     "</totalSizeInGB></instanceStorageInfo></item></instanceTypeSet>"},
    {"DescribeImages", "GET", "ImageId.N Owner.N Filter.* MaxResults NextToken",
     NULL,
     "<imagesSet><item><imageId>ami-7</imageId><name>seven &amp; more</name>"
     "<isPublic>false</isPublic><tagSet/></item></imagesSet>"},
    {"CreateImage", "POST", "InstanceId Name Description NoReboot", NULL,
     "<imageId>ami-8</imageId>"},
    {"DeregisterImage", "POST", "ImageId", NULL, "<return>true</return>"},
    {"DescribeVolumes", "GET", "Filter.* MaxResults NextToken", NULL,
     "<volumeSet><item><volumeId>vol-1</volumeId><size>10</size>"
     "<availabilityZone>" ZONE "</availabilityZone><status>in-use</status>"
     "<attachmentSet><item><instanceId>i-0</instanceId><device>/dev/sdf"
     "</device></item></attachmentSet></item></volumeSet>"},
    {"CreateVolume", "POST",
     "ClientToken AvailabilityZone Size SnapshotId VolumeType Iops Throughput "
     "Encrypted KmsKeyId TagSpecification.*",
     NULL,
     "<volumeId>vol-1</volumeId><size>10</size><availabilityZone>" ZONE
     "</availabilityZone><status>creating</status>"},
    {"DeleteVolume", "POST", "VolumeId", NULL, "<return>true</return>"},
    {"AttachVolume", "POST", "VolumeId InstanceId Device", NULL,
     "<status>attaching</status>"},
    {"DetachVolume", "POST", "VolumeId", NULL, "<status>detaching</status>"},
    {"DescribeSnapshots", "GET", "Owner.N Filter.* MaxResults NextToken", NULL,
     "<snapshotSet><item>" SNAPSHOT "</item></snapshotSet>"},
    {"CreateSnapshot", "POST", "VolumeId TagSpecification.*", NULL, SNAPSHOT},
    {"DeleteSnapshot", "POST", "SnapshotId", NULL, "<return>true</return>"},
    {"DescribeKeyPairs", "GET", "KeyName.N Filter.* IncludePublicKey", NULL,
     "<keySet><item>" KEY "<publicKey>ssh-ed25519 AAAA mine\n</publicKey>"
     "</item></keySet>"},
    {"CreateKeyPair", "POST", "KeyName", NULL,
     KEY "<keyMaterial>-----BEGIN\nsesame</keyMaterial>"},
    {"ImportKeyPair", "POST", "KeyName PublicKeyMaterial", NULL, KEY},
    {"DeleteKeyPair", "POST", "KeyName", NULL, "<return>true</return>"},
};

/* ---- what may be asked ----------------------------------------------------
 */

/* Is the name the pattern, up to its end or a blank? */
static bool
is_like(const char *pattern, const char *name)
{
    while (*pattern != '\0' && *pattern != ' ') {
        if (*pattern == '*') {
            return true;
        }
        if (*pattern == 'N' && pattern[-1] == '.' &&
            isdigit((unsigned char)*name)) {
            name += strspn(name, "0123456789");
        } else if (*pattern != *name++) {
            return false;
        }
        pattern++;
    }
    return *name == '\0';
}

static bool
may_ask(const char *patterns, const char *name)
{
    if (strcmp(name, "Action") == 0 || strcmp(name, "Version") == 0) {
        return true;
    }
    for (; *patterns != '\0'; patterns += strspn(patterns, " ")) {
        if (is_like(patterns, name)) {
            return true;
        }
        patterns += strcspn(patterns, " ");
    }
    return false;
}

static void
remember(const asking *of)
{
    bool changes = strcmp(of->request->asked->method, "POST") == 0;
    char *out = changes ? of->mock->last : of->mock->asked;
    size_t length = 1;

    (void)snprintf(out, sizeof of->mock->last, "\n");
    for (size_t i = 0; i < of->request->count; i++) {
        length += (size_t)snprintf(out + length, sizeof of->mock->last - length,
                                   "%s=%s\n", of->request->params[i].name,
                                   of->request->params[i].value);
        assert_true(length < sizeof of->mock->last);
    }
}

/* Something was broken on purpose. */
static bool
fails(const asking *of)
{
    ec2_mock *mock = of->mock;

    if (mock->fails > 0) {
        mock->fails--;
        mock_fail(of, mock->status, mock->code);
        return true;
    }
    if (mock->unknown > 0) {
        mock->unknown--;
        mock_fail(of, 400, "InvalidInstanceID.NotFound");
        return true;
    }
    if (mock->raw != NULL) {
        channel_answer(of->channel, 200, XML, mock->raw);
        return true;
    }
    return false;
}

static void
serve(asking *of, size_t action)
{
    char type[64] = "";

    (void)asked_header(of->request->asked, "Content-Type", type, sizeof type);
    if (strcmp(of->request->asked->method, actions[action].method) != 0 ||
        (of->request->asked->body_size > 0 &&
         strcmp(type, "application/x-www-form-urlencoded") != 0)) {
        mock_complain(of, "the method, or the type");
        return;
    }
    for (size_t i = 0; i < of->request->count; i++) {
        if (!may_ask(actions[action].params, of->request->params[i].name)) {
            mock_complain(of, of->request->params[i].name);
            return;
        }
    }
    remember(of);
    if (fails(of)) {
        return;
    }
    if (actions[action].serve != NULL) {
        actions[action].serve(of);
    } else {
        mock_answer(of, actions[action].answer);
    }
}

/* With a token, but not that of the session that is wanted. */
static bool
is_expired(const asking *of)
{
    char token[256] = "";

    return of->mock->token != NULL &&
           asked_header(of->request->asked, "X-Amz-Security-Token", token,
                        sizeof token) &&
           strcmp(token, of->mock->token) != 0;
}

static void
find(asking *of)
{
    const char *version = mock_param(of, "Version");

    of->mock->answered++;
    of->action = mock_param(of, "Action");
    if (version == NULL || strcmp(version, "2016-11-15") != 0 ||
        of->action == NULL) {
        mock_complain(of, "no version or action");
        return;
    }
    if (is_expired(of)) {
        of->mock->expired++;
        mock_fail(of, 400, "RequestExpired");
        return;
    }
    if (!request_is_signed(of->request, of->mock->token)) {
        mock_fail(of, 401, "AuthFailure");
        return;
    }
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        if (strcmp(actions[i].action, of->action) == 0) {
            serve(of, i);
            return;
        }
    }
    mock_complain(of, "there is no such action");
}

static void
provide(void *user, const web_asked *asked, web_channel *channel)
{
    request *read = malloc(sizeof *read);
    asking of = {user, read, channel, NULL};

    assert_non_null(read);
    request_read(read, asked);
    (void)pthread_mutex_lock(&of.mock->lock);
    find(&of);
    (void)pthread_mutex_unlock(&of.mock->lock);
    request_free(read);
    free(read);
}

ec2_mock *
mock_start(int instances)
{
    ec2_mock *mock = calloc(1, sizeof *mock);

    assert_non_null(mock);
    (void)pthread_mutex_init(&mock->lock, NULL);
    for (int i = 0; i < instances; i++) {
        mock->instances[i].state = "running";
        (void)snprintf(mock->instances[i].name, sizeof mock->instances[i].name,
                       "n%d", i);
    }
    mock->count = instances;
    mock->web = server_start(provide, mock, NULL, NULL);
    return mock;
}

void
mock_stop(ec2_mock *mock)
{
    int complaints;

    server_stop(mock->web);
    complaints = mock->complaints;
    (void)pthread_mutex_destroy(&mock->lock);
    free(mock);
    assert_int_equal(complaints, 0);
}
