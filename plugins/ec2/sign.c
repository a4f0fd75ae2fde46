/* Signature Version 4: the request in one form, and a key made for the day. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "sign.h"

#include "text.h"

#include <stdlib.h>

#define SHA256_SIZE 32
#define HEX_SIZE (2 * SHA256_SIZE + 1)
/* Of a date: "20150830". */
#define DAY_LENGTH 8

/* ---- the query ------------------------------------------------------------
 */

/* A parameter, encoded. */
typedef struct part {
    char *name;
    char *value;
} part;

/* By name, then by value, in the order of their bytes. */
static int
compare(const void *a, const void *b)
{
    const part *one = a;
    const part *other = b;
    int order = strcmp(one->name, other->name);

    return order != 0 ? order : strcmp(one->value, other->value);
}

static bool
write_parts(FILE *out, part *parts, const ec2_unsigned *what)
{
    for (size_t i = 0; i < what->query_count; i++) {
        parts[i].name = ec2_encoded(what->query[i].name);
        parts[i].value = ec2_encoded(what->query[i].value);
        if (parts[i].name == NULL || parts[i].value == NULL) {
            return false;
        }
    }
    qsort(parts, what->query_count, sizeof *parts, compare);
    for (size_t i = 0; i < what->query_count; i++) {
        (void)fprintf(out, "%s%s=%s", i == 0 ? "" : "&", parts[i].name,
                      parts[i].value);
    }
    return true;
}

static bool
write_query(FILE *out, const ec2_unsigned *what)
{
    part *parts;
    bool done;

    if (what->query_count == 0) {
        return true;
    }
    parts = calloc(what->query_count, sizeof *parts);
    done = parts != NULL && write_parts(out, parts, what);
    for (size_t i = 0; parts != NULL && i < what->query_count; i++) {
        free(parts[i].name);
        free(parts[i].value);
    }
    free(parts);
    return done;
}

/* ---- the request ----------------------------------------------------------
 */

static void
write_names(FILE *out, const ec2_signer *signer, const ec2_unsigned *what)
{
    (void)fprintf(out, "%shost;x-amz-date%s",
                  what->content_type == NULL ? "" : "content-type;",
                  signer->token == NULL ? "" : ";x-amz-security-token");
}

static bool
write_request(FILE *out, const ec2_signer *signer, const ec2_unsigned *what,
              const char *body)
{
    bool done;

    (void)fprintf(out, "%s\n", what->method);
    ec2_write_encoded(out, what->path, strlen(what->path), "/");
    (void)fputc('\n', out);
    done = write_query(out, what);
    (void)fputc('\n', out);
    if (what->content_type != NULL) {
        (void)fprintf(out, "content-type:%s\n", what->content_type);
    }
    (void)fprintf(out, "host:%s\nx-amz-date:%s\n", what->host, what->date);
    if (signer->token != NULL) {
        (void)fprintf(out, "x-amz-security-token:%s\n", signer->token);
    }
    (void)fputc('\n', out);
    write_names(out, signer, what);
    (void)fprintf(out, "\n%s", body);
    return done;
}

static int32_t
hash(pileus_call *call, const void *data, size_t size, char hex[HEX_SIZE])
{
    uint8_t digest[PILEUS_DIGEST_MAX];
    size_t length = 0;
    int32_t code =
        pileus_digest(call, PILEUS_DIGEST_SHA256, data == NULL ? "" : data,
                      size, digest, &length);

    if (code == PILEUS_OK) {
        pileus_hex(call, digest, SHA256_SIZE, hex);
    }
    return code;
}

/* The digest of the request in its one form. */
static int32_t
hash_request(pileus_call *call, const ec2_signer *signer,
             const ec2_unsigned *what, char hex[HEX_SIZE])
{
    char body[HEX_SIZE];
    ec2_text text;
    bool done = false;
    int32_t code = hash(call, what->body, what->body_size, body);

    if (code != PILEUS_OK) {
        return code;
    }
    if (ec2_text_begin(&text)) {
        done = write_request(text.out, signer, what, body);
    }
    code = ec2_text_end(&text) && done ? hash(call, text.data, text.size, hex)
                                       : ec2_no_memory(call);
    ec2_text_free(call, &text);
    return code;
}

/* ---- the signature --------------------------------------------------------
 */

/* What the key is good for: "DAY/REGION/SERVICE/aws4_request". */
static void
write_scope(FILE *out, const ec2_signer *signer, const ec2_unsigned *what)
{
    (void)fprintf(out, "%.*s/%s/%s/aws4_request", DAY_LENGTH, what->date,
                  signer->region, signer->service);
}

static int32_t
hmac(pileus_call *call, uint8_t *key, size_t key_size, const char *text,
     size_t size)
{
    size_t made = 0;

    return pileus_hmac(call, PILEUS_DIGEST_SHA256, key, key_size, text, size,
                       key, &made);
}

/* The secret, narrowed down step by step. */
static int32_t
make_key(pileus_call *call, const ec2_signer *signer, const ec2_unsigned *what,
         uint8_t key[PILEUS_DIGEST_MAX])
{
    const char *const steps[] = {signer->region, signer->service,
                                 "aws4_request"};
    size_t made = 0;
    ec2_text text;
    int32_t code;

    if (ec2_text_begin(&text)) {
        (void)fprintf(text.out, "AWS4%s", signer->secret);
    }
    code = ec2_text_end(&text)
               ? pileus_hmac(call, PILEUS_DIGEST_SHA256, text.data, text.size,
                             what->date, DAY_LENGTH, key, &made)
               : ec2_no_memory(call);
    ec2_text_free(call, &text);
    for (size_t i = 0; code == PILEUS_OK && i < sizeof steps / sizeof steps[0];
         i++) {
        code = hmac(call, key, SHA256_SIZE, steps[i], strlen(steps[i]));
    }
    return code;
}

static int32_t
make_signature(pileus_call *call, const ec2_signer *signer,
               const ec2_unsigned *what, char signature[HEX_SIZE])
{
    uint8_t key[PILEUS_DIGEST_MAX];
    char request[HEX_SIZE];
    ec2_text text;
    int32_t code = hash_request(call, signer, what, request);

    if (code != PILEUS_OK) {
        return code;
    }
    if (ec2_text_begin(&text)) {
        (void)fprintf(text.out, "AWS4-HMAC-SHA256\n%s\n", what->date);
        write_scope(text.out, signer, what);
        (void)fprintf(text.out, "\n%s", request);
    }
    code = ec2_text_end(&text) ? make_key(call, signer, what, key)
                               : ec2_no_memory(call);
    if (code == PILEUS_OK) {
        code = hmac(call, key, SHA256_SIZE, text.data, text.size);
    }
    if (code == PILEUS_OK) {
        pileus_hex(call, key, SHA256_SIZE, signature);
    }
    pileus_wipe(call, key, sizeof key);
    ec2_text_free(call, &text);
    return code;
}

int32_t
ec2_sign(pileus_call *call, const ec2_signer *signer, const ec2_unsigned *what,
         char **header)
{
    char signature[HEX_SIZE];
    ec2_text text;
    int32_t code = make_signature(call, signer, what, signature);

    if (code != PILEUS_OK) {
        return code;
    }
    if (ec2_text_begin(&text)) {
        (void)fprintf(text.out, "AWS4-HMAC-SHA256 Credential=%s/", signer->key);
        write_scope(text.out, signer, what);
        (void)fputs(", SignedHeaders=", text.out);
        write_names(text.out, signer, what);
        (void)fprintf(text.out, ", Signature=%s", signature);
    }
    if (!ec2_text_end(&text)) {
        ec2_text_free(call, &text);
        return ec2_no_memory(call);
    }
    *header = text.data;
    return PILEUS_OK;
}
