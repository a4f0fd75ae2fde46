/* More of the life of the instances of the suite's own EC2. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_asking.h"

#include <stdio.h>
#include <stdlib.h>

/* The one that is asked about, in this state or, for NULL, any; negative: the
 * answer has been given. */
static int
one_in(const asking *of, const char *state)
{
    int i = mock_instance_of(of, mock_param(of, "InstanceId"));

    if (i < 0) {
        mock_fail(of, 400, "InvalidInstanceID.NotFound");
    } else if (state != NULL &&
               strcmp(of->mock->instances[i].state, state) != 0) {
        mock_fail(of, 400, "IncorrectInstanceState");
        i = -1;
    }
    return i;
}

/* Another type, of one that is stopped. */
void
mock_modify(const asking *of)
{
    const char *type = mock_param(of, "InstanceType.Value");
    int i = one_in(of, "stopped");

    if (i < 0) {
        return;
    }
    if (type == NULL || strchr(type, '.') == NULL) {
        mock_fail(of, 400, "InvalidInstanceAttributeValue");
        return;
    }
    (void)snprintf(of->mock->instances[i].type,
                   sizeof of->mock->instances[i].type, "%s", type);
    mock_answer(of, "<return>true</return>");
}

/* Another root volume, of one that runs. */
void
mock_replace_root(const asking *of)
{
    const char *image = mock_param(of, "ImageId");
    const char *token = mock_param(of, "ClientToken");
    int i;

    if (image == NULL || token == NULL || strlen(token) > 64) {
        mock_complain(of, "ImageId or ClientToken");
        return;
    }
    i = one_in(of, "running");
    if (i < 0) {
        return;
    }
    (void)snprintf(of->mock->instances[i].image,
                   sizeof of->mock->instances[i].image, "%s", image);
    mock_answer(of, "<replaceRootVolumeTask><replaceRootVolumeTaskId>replacevol"
                    "-1</replaceRootVolumeTaskId><taskState>pending</taskState>"
                    "</replaceRootVolumeTask>");
}

void
mock_console(const asking *of)
{
    const char *output = of->mock->console;
    int i = one_in(of, NULL);
    char *text = NULL;
    size_t size = 0;
    FILE *out;

    if (i < 0) {
        return;
    }
    if (of->mock->no_latest_console && mock_param(of, "Latest") != NULL) {
        mock_fail(of, 400, "UnsupportedOperation");
        return;
    }
    out = open_memstream(&text, &size);
    assert_non_null(out);
    (void)fprintf(out,
                  "<instanceId>i-%d</instanceId><timestamp>"
                  "2026-01-02T03:04:05.000Z</timestamp>",
                  i);
    if (output != NULL) {
        (void)fprintf(out, "<output>%s</output>", output);
    }
    assert_int_equal(fclose(out), 0);
    mock_answer(of, text);
    free(text);
}
