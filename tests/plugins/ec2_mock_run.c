/* RunInstances of the suite's own EC2. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_asking.h"

#include <stdio.h>
#include <stdlib.h>

#define USER_DATA_MAX 16384 /* bytes, before they are encoded */
#define INTERRUPTION                                                           \
    "InstanceMarketOptions.SpotOptions.InstanceInterruptionBehavior"

static bool
begins_any(const asking *of, const char *begin)
{
    for (size_t i = 0; i < of->request->count; i++) {
        if (strncmp(of->request->params[i].name, begin, strlen(begin)) == 0) {
            return true;
        }
    }
    return false;
}

static bool
is(const asking *of, const char *name, const char *value)
{
    const char *given = mock_param(of, name);

    return given != NULL && strcmp(given, value) == 0;
}

static bool
has(const asking *of, const char *name)
{
    return mock_param(of, name) != NULL;
}

/* ---- what a good client never asks ----------------------------------------
 */

/* What concerns the network is said of the instance or of an interface; names
 * of groups are for neither interfaces nor subnets. */
static const char *
wrong_network(const asking *of)
{
    static const char *const own[] = {"SubnetId", "PrivateIpAddress",
                                      "Ipv6AddressCount", "SecurityGroupId.",
                                      "SecurityGroup."};
    bool interface = begins_any(of, "NetworkInterface.");

    for (size_t i = 0; interface && i < sizeof own / sizeof own[0]; i++) {
        if (begins_any(of, own[i])) {
            return own[i];
        }
    }
    return begins_any(of, "SecurityGroup.") && has(of, "SubnetId")
               ? "SecurityGroup with a subnet"
               : NULL;
}

static const char *
fault(const asking *of)
{
    static const char *const either[][2] = {
        {"IamInstanceProfile.Name", "IamInstanceProfile.Arn"},
        {"LaunchTemplate.LaunchTemplateId",
         "LaunchTemplate.LaunchTemplateName"},
    };

    for (size_t i = 0; i < sizeof either / sizeof either[0]; i++) {
        if (has(of, either[i][0]) && has(of, either[i][1])) {
            return either[i][0];
        }
    }
    if (!begins_any(of, "LaunchTemplate.LaunchTemplate") &&
        (!has(of, "ImageId") || !has(of, "InstanceType"))) {
        return "ImageId and InstanceType";
    }
    if (begins_any(of, "InstanceMarketOptions.SpotOptions.") &&
        !has(of, "InstanceMarketOptions.MarketType")) {
        return "SpotOptions";
    }
    return wrong_network(of);
}

/* ---- what its user may get wrong ------------------------------------------
 */

/* What is said of disk n; NULL: nothing. */
static const char *
disk(const asking *of, int n, const char *what)
{
    char name[64];

    (void)snprintf(name, sizeof name, "BlockDeviceMapping.%d.%s", n, what);
    return mock_param(of, name);
}

/* NULL: the disk is well; else the code that says what is not. */
static const char *
refuse_disk(const asking *of, int n)
{
    const char *type = disk(of, n, "Ebs.VolumeType");
    const char *encrypted = disk(of, n, "Ebs.Encrypted");
    bool gp3 = type != NULL && strcmp(type, "gp3") == 0;
    char begin[64];

    (void)snprintf(begin, sizeof begin, "BlockDeviceMapping.%d.Ebs.", n);
    if (disk(of, n, "DeviceName") == NULL) {
        return "MissingParameter";
    }
    if (disk(of, n, "NoDevice") != NULL && begins_any(of, begin)) {
        return "InvalidBlockDeviceMapping";
    }
    if ((disk(of, n, "Ebs.Throughput") != NULL && !gp3) ||
        (disk(of, n, "Ebs.Iops") != NULL && !gp3 &&
         (type == NULL || strncmp(type, "io", 2) != 0))) {
        return "InvalidParameterCombination";
    }
    return disk(of, n, "Ebs.KmsKeyId") != NULL &&
                   (encrypted == NULL || strcmp(encrypted, "true") != 0)
               ? "InvalidParameterDependency"
               : NULL;
}

static const char *
refuse_disks(const asking *of)
{
    for (int n = 1;; n++) {
        char begin[64];

        (void)snprintf(begin, sizeof begin, "BlockDeviceMapping.%d.", n);
        if (!begins_any(of, begin)) {
            return NULL;
        }
        if (refuse_disk(of, n) != NULL) {
            return refuse_disk(of, n);
        }
    }
}

static const char *
refuse_tags(const asking *of)
{
    for (int n = 1;; n++) {
        char name[64];
        const char *key;

        (void)snprintf(name, sizeof name, "TagSpecification.1.Tag.%d.Key", n);
        key = mock_param(of, name);
        if (key == NULL) {
            return NULL;
        }
        if (n > 50) {
            return "TagLimitExceeded";
        }
        if (strncmp(key, "aws:", 4) == 0 || strlen(key) > 128) {
            return "InvalidParameterValue";
        }
    }
}

static const char *
refusal(const asking *of)
{
    const char *data = mock_param(of, "UserData");
    const char *why = refuse_disks(of);

    if (why == NULL) {
        why = refuse_tags(of);
    }
    if (why != NULL) {
        return why;
    }
    if (data != NULL && strlen(data) > 4 * ((USER_DATA_MAX + 2) / 3)) {
        return "InvalidParameterValue";
    }
    if (has(of, "CpuOptions.CoreCount") !=
        has(of, "CpuOptions.ThreadsPerCore")) {
        return "InvalidParameterCombination";
    }
    return (is(of, INTERRUPTION, "stop") ||
            is(of, INTERRUPTION, "hibernate")) &&
                   !is(of, "InstanceMarketOptions.SpotOptions.SpotInstanceType",
                       "persistent")
               ? "InvalidParameterCombination"
               : NULL;
}

/* ---- making it ------------------------------------------------------------
 */

/* By which one create is known from another: FNV-1a of what was asked. */
static uint64_t
hash_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    }
    return hash;
}

static void
make(const asking *of, int i)
{
    ec2_mock *mock = of->mock;

    mock->count++;
    mock->instances[i].state = "pending";
    mock->instances[i].asked = hash_of(mock->last);
    mock->instances[i].hibernates =
        is(of, "HibernationOptions.Configured", "true");
    mock->instances[i].is_spot = has(of, "InstanceMarketOptions.MarketType");
    (void)snprintf(mock->instances[i].token, sizeof mock->instances[i].token,
                   "%s", mock_param(of, "ClientToken"));
    if (has(of, "InstanceType")) {
        (void)snprintf(mock->instances[i].type, sizeof mock->instances[i].type,
                       "%s", mock_param(of, "InstanceType"));
    }
    for (int n = 1;; n++) {
        char name[64];
        const char *key;

        (void)snprintf(name, sizeof name, "TagSpecification.1.Tag.%d.Key", n);
        key = mock_param(of, name);
        if (key == NULL) {
            return;
        }
        (void)snprintf(name, sizeof name, "TagSpecification.1.Tag.%d.Value", n);
        (void)snprintf(mock_tag_of(mock, i, key, true)->value, MOCK_TAG_SIZE,
                       "%s", mock_param(of, name));
    }
}

/* A token makes one instance, and the same request only may have it again. */
void
mock_run(const asking *of)
{
    ec2_mock *mock = of->mock;
    const char *token = mock_param(of, "ClientToken");
    const char *wrong = fault(of);
    int i = 0;

    if (wrong != NULL) {
        mock_complain(of, wrong);
        return;
    }
    wrong = refusal(of);
    if (wrong != NULL) {
        mock_fail(of, 400, wrong);
        return;
    }
    while (i < mock->count && strcmp(mock->instances[i].token, token) != 0) {
        i++;
    }
    if (i == mock->count) {
        make(of, i);
    } else if (mock->instances[i].asked != hash_of(mock->last)) {
        mock_fail(of, 400, "IdempotentParameterMismatch");
        return;
    }
    mock_answer_run(of, i);
}
