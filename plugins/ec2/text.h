/* Text that is written piece by piece, and percent-encoding into it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef EC2_TEXT_H
#define EC2_TEXT_H

#include <pileus/driver.h>

#include <stdio.h>

/* Write to out between begin and end; then it is in data, NUL-terminated. */
typedef struct ec2_text {
    FILE *out;
    char *data;
    size_t size;
} ec2_text;

/* False: memory ran out. Then, too, ec2_text_free is due. */
bool ec2_text_begin(ec2_text *text);
bool ec2_text_end(ec2_text *text);
/* Wipes it, for there may be secrets in it. */
void ec2_text_free(pileus_call *call, ec2_text *text);

/* Everything but letters, digits, "-._~" and what is in plain. */
void ec2_write_encoded(FILE *out, const char *data, size_t size,
                       const char *plain);
/* A whole string, to be freed; NULL: memory ran out. */
char *ec2_encoded(const char *text);

int32_t ec2_no_memory(pileus_call *call);

/* What an errno means. */
#define EC2_REASON_SIZE 128
const char *ec2_reason(int error, char reason[EC2_REASON_SIZE]);

#endif
