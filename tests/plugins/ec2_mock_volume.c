/* Volumes of the suite's own EC2. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_asking.h"

#include <stdio.h>
#include <stdlib.h>

/* The one that is asked about; negative: the answer has been given. */
static int
named(const asking *of)
{
    const char *id = mock_param(of, "VolumeId");
    int i = atoi(id + strlen("vol-")) - 1;

    if (i < 0 || i >= of->mock->volume_count || of->mock->volumes[i].gone) {
        mock_fail(of, 400, "InvalidVolume.NotFound");
        return -1;
    }
    return i;
}

/* What there is between the item's tags. */
static void
print_volume(FILE *out, const ec2_mock *mock, int i)
{
    int instance = mock->volumes[i].instance;

    (void)fprintf(out,
                  "<volumeId>vol-%d</volumeId><size>%d</size>"
                  "<availabilityZone>" ZONE "</availabilityZone>"
                  "<status>%s</status><createTime>2026-01-02T03:04:05.000Z"
                  "</createTime>",
                  i + 1, mock->volumes[i].size,
                  instance >= 0          ? "in-use"
                  : mock->volumes[i].old ? "available"
                                         : "creating");
    if (instance >= 0) {
        (void)fprintf(out,
                      "<attachmentSet><item><instanceId>i-%d</instanceId>"
                      "<device>%s</device></item></attachmentSet>",
                      instance, mock->volumes[i].device);
    }
    if (mock->volumes[i].name[0] != '\0') {
        (void)fprintf(out,
                      "<tagSet><item><key>Name</key><value>%s</value></item>"
                      "</tagSet>",
                      mock->volumes[i].name);
    }
}

void
mock_describe_volumes(const asking *of)
{
    const char *filter = mock_param(of, "Filter.1.Name");
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    (void)fputs("<volumeSet>", out);
    for (int i = 0; i < of->mock->volume_count; i++) {
        char id[16];

        (void)snprintf(id, sizeof id, "vol-%d", i + 1);
        of->mock->volumes[i].old = true;
        if (!of->mock->volumes[i].gone &&
            (filter == NULL || strcmp(filter, "volume-id") != 0 ||
             strcmp(mock_param(of, "Filter.1.Value.1"), id) == 0)) {
            (void)fputs("<item>", out);
            print_volume(out, of->mock, i);
            (void)fputs("</item>", out);
        }
    }
    (void)fputs("</volumeSet>", out);
    assert_int_equal(fclose(out), 0);
    mock_answer(of, text);
    free(text);
}

void
mock_create_volume(const asking *of)
{
    const char *name = mock_param(of, "TagSpecification.1.Tag.1.Value");
    const char *wanted = mock_param(of, "Size");
    int i = of->mock->volume_count;
    char *text = NULL;
    size_t size = 0;
    FILE *out;

    if (wanted == NULL && mock_param(of, "SnapshotId") == NULL) {
        mock_fail(of, 400, "MissingParameter");
        return;
    }
    if (strcmp(mock_param(of, "AvailabilityZone"), ZONE) != 0) {
        mock_fail(of, 400, "InvalidZone.NotFound");
        return;
    }
    assert_true(i < MOCK_VOLUMES);
    of->mock->volume_count++;
    of->mock->volumes[i].instance = -1;
    of->mock->volumes[i].size = wanted == NULL ? 8 : atoi(wanted);
    (void)snprintf(of->mock->volumes[i].name, sizeof of->mock->volumes[i].name,
                   "%s", name == NULL ? "" : name);
    out = open_memstream(&text, &size);
    assert_non_null(out);
    print_volume(out, of->mock, i);
    assert_int_equal(fclose(out), 0);
    mock_answer(of, text);
    free(text);
}

void
mock_delete_volume(const asking *of)
{
    int i = named(of);

    if (i >= 0 && of->mock->volumes[i].instance >= 0) {
        mock_fail(of, 400, "VolumeInUse");
    } else if (i >= 0) {
        of->mock->volumes[i].gone = true;
        mock_answer(of, "<return>true</return>");
    }
}

void
mock_attach_volume(const asking *of)
{
    int instance = mock_instance_of(of, mock_param(of, "InstanceId"));
    int i = named(of);

    if (i < 0) {
        return;
    }
    if (instance < 0) {
        mock_fail(of, 400, "InvalidInstanceID.NotFound");
        return;
    }
    if (of->mock->volumes[i].instance >= 0) {
        mock_fail(of, 400, "VolumeInUse");
        return;
    }
    of->mock->volumes[i].instance = instance;
    (void)snprintf(of->mock->volumes[i].device,
                   sizeof of->mock->volumes[i].device, "%s",
                   mock_param(of, "Device"));
    mock_answer(of, "<status>attaching</status>");
}

void
mock_detach_volume(const asking *of)
{
    int i = named(of);

    if (i >= 0 && of->mock->volumes[i].instance < 0) {
        mock_fail(of, 400, "IncorrectState");
    } else if (i >= 0) {
        of->mock->volumes[i].instance = -1;
        mock_answer(of, "<status>detaching</status>");
    }
}
