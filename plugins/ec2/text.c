/* Text that is written piece by piece, and percent-encoding into it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

#include <pileus/digest.h>

#include <stdlib.h>

bool
ec2_text_begin(ec2_text *text)
{
    memset(text, 0, sizeof *text);
    text->out = open_memstream(&text->data, &text->size);
    return text->out != NULL;
}

bool
ec2_text_end(ec2_text *text)
{
    FILE *out = text->out;
    bool failed;

    if (out == NULL) {
        return false;
    }
    failed = ferror(out) != 0;
    text->out = NULL;
    return fclose(out) == 0 && !failed && text->data != NULL;
}

void
ec2_text_free(pileus_call *call, ec2_text *text)
{
    if (text->data != NULL) {
        pileus_wipe(call, text->data, text->size);
    }
    free(text->data);
    text->data = NULL;
}

void
ec2_write_encoded(FILE *out, const char *data, size_t size, const char *plain)
{
    static const char unreserved[] = "abcdefghijklmnopqrstuvwxyz"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    for (size_t i = 0; i < size; i++) {
        if (data[i] != '\0' && (strchr(unreserved, data[i]) != NULL ||
                                strchr(plain, data[i]) != NULL)) {
            (void)fputc(data[i], out);
        } else {
            (void)fprintf(out, "%%%02X", (unsigned)(unsigned char)data[i]);
        }
    }
}

char *
ec2_encoded(const char *text)
{
    ec2_text made;

    if (ec2_text_begin(&made)) {
        ec2_write_encoded(made.out, text, strlen(text), "");
    }
    if (!ec2_text_end(&made)) {
        free(made.data);
        return NULL;
    }
    return made.data;
}

int32_t
ec2_no_memory(pileus_call *call)
{
    return pileus_fail(call, PILEUS_NO_MEMORY, "no memory for a request");
}

const char *
ec2_reason(int error, char reason[EC2_REASON_SIZE])
{
    if (strerror_r(error, reason, EC2_REASON_SIZE) != 0) {
        (void)snprintf(reason, EC2_REASON_SIZE, "error %d", error);
    }
    return reason;
}
