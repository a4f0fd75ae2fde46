/* The files that Amazon's tools share: profiles with their settings. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef EC2_SHARED_H
#define EC2_SHARED_H

#include <pileus/file.h>

/* The settings of a profile that mean something here. */
typedef enum ec2_setting {
    EC2_SETTING_KEY,
    EC2_SETTING_SECRET,
    EC2_SETTING_TOKEN,
    EC2_SETTING_PROCESS,
    EC2_SETTING_REGION,
    EC2_SETTING_ROLE,    /* of another account or of more rights */
    EC2_SETTING_ANOTHER, /* way to credentials */
    EC2_SETTINGS
} ec2_setting;

/* A file, and what it says of one profile. */
typedef struct ec2_shared {
    pileus_file *file; /* NULL: it is not there */
    const char *path;  /* NULL: there is none to look at */
    bool is_config;    /* named profiles have "profile" before their names */
    bool has;          /* the profile is in it */
    bool has_bare;     /* it is, but without "profile" */
    struct {
        const char *value; /* in the file; NULL: not set */
        const char *name;
        int line;
    } settings[EC2_SETTINGS];
} ec2_shared;

/* Read what the file at the path, which must last as long, says of the profile;
 * "~" is home, which may be NULL. A file that is not there says nothing. To be
 * ended either way. */
int32_t ec2_shared_read(ec2_shared *shared, pileus_call *call, const char *path,
                        const char *home, const char *profile);
void ec2_shared_end(ec2_shared *shared);

#endif
