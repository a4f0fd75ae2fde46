/* Disks of an instance: "/dev/sda1=20:gp3:keep,/dev/sdb=none". */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

/* What the words say, by what they are. */
static const struct {
    const char *word;
    const char *param; /* of the device */
    const char *value;
} fixed[] = {
    {"keep", "Ebs.DeleteOnTermination", "false"},
    {"delete", "Ebs.DeleteOnTermination", "true"},
    {"encrypted", "Ebs.Encrypted", "true"},
    {"none", "NoDevice", ""},
};

/* What follows the words, by what they are. */
static const struct {
    const char *word;
    const char *param;
} begun[] = {
    {"iops-", "Ebs.Iops"},
    {"throughput-", "Ebs.Throughput"},
    {"kms-", "Ebs.KmsKeyId"},
};

static bool
begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static void
add_word(ec2_params *params, int device, const char *word)
{
    const char *param = "Ebs.VolumeType";

    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
        if (strcmp(fixed[i].word, word) == 0) {
            ec2_add(params, fixed[i].value, "BlockDeviceMapping.%d.%s", device,
                    fixed[i].param);
            return;
        }
    }
    if (word[strspn(word, "0123456789")] == '\0') {
        param = "Ebs.VolumeSize";
    } else if (begins(word, "snap-")) {
        param = "Ebs.SnapshotId";
    } else if (begins(word, "ephemeral")) {
        param = "VirtualName";
    } else {
        for (size_t i = 0; i < sizeof begun / sizeof begun[0]; i++) {
            if (begins(word, begun[i].word)) {
                param = begun[i].param;
                word += strlen(begun[i].word);
                break;
            }
        }
    }
    ec2_add(params, word, "BlockDeviceMapping.%d.%s", device, param);
}

static int32_t
add_device(ec2_params *params, pileus_call *call, int device, char *text)
{
    char *word = strchr(text, '=');

    if (word == NULL || word == text || word[1] == '\0') {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "the option devices says of each disk DEVICE=WORDS, "
                           "as in /dev/sda1=20:gp3, and not '%.64s'",
                           text);
    }
    *word++ = '\0';
    ec2_add(params, text, "BlockDeviceMapping.%d.DeviceName", device);
    while (word != NULL) {
        char *next = strchr(word, ':');

        if (next != NULL) {
            *next++ = '\0';
        }
        if (*word != '\0') {
            add_word(params, device, word);
        }
        word = next;
    }
    return PILEUS_OK;
}

int32_t
ec2_add_devices(ec2_params *params, pileus_call *call, ec2_words *devices)
{
    char *text = ec2_words_next(devices);
    int32_t code = PILEUS_OK;

    for (int i = 1; code == PILEUS_OK && text != NULL; i++) {
        code = add_device(params, call, i, text);
        text = ec2_words_next(devices);
    }
    return code;
}
