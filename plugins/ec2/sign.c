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
    const char *name;
    const char *value;
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

static void
encode(pileus_text *out, const char *text)
{
    pileus_text_encode(out, text, PILEUS_NUL_TERMINATED,
                       PILEUS_TEXT_UNRESERVED);
    (void)pileus_text_add(out, "", 1);
}

/* encoded: all names and values, a NUL behind each. */
static void
write_parts(pileus_text *out, part *parts, size_t count, const char *encoded)
{
    for (size_t i = 0; i < count; i++) {
        parts[i].name = encoded;
        parts[i].value = parts[i].name + strlen(parts[i].name) + 1;
        encoded = parts[i].value + strlen(parts[i].value) + 1;
    }
    qsort(parts, count, sizeof *parts, compare);
    for (size_t i = 0; i < count; i++) {
        pileus_text_join(out, i == 0 ? "" : "&", parts[i].name, "=",
                         parts[i].value, NULL);
    }
}

static int32_t
write_query(pileus_call *call, pileus_text *out, const ec2_unsigned *what)
{
    part *parts = calloc(what->query_count + 1, sizeof *parts);
    pileus_text *encoded = pileus_text_begin(call);
    char *data = NULL;
    int32_t code;

    for (size_t i = 0; encoded != NULL && i < what->query_count; i++) {
        encode(encoded, what->query[i].name);
        encode(encoded, what->query[i].value);
    }
    code = parts == NULL ? ec2_no_memory(call)
                         : pileus_text_end(encoded, &data, NULL);
    if (code == PILEUS_OK) {
        write_parts(out, parts, what->query_count, data);
    }
    pileus_text_drop(encoded);
    free(parts);
    return code;
}

/* ---- the request ----------------------------------------------------------
 */

static void
write_names(pileus_text *out, const ec2_signer *signer,
            const ec2_unsigned *what)
{
    pileus_text_join(out, what->content_type == NULL ? "" : "content-type;",
                     "host;x-amz-date",
                     signer->token == NULL ? "" : ";x-amz-security-token",
                     NULL);
}

static int32_t
write_request(pileus_call *call, pileus_text *out, const ec2_signer *signer,
              const ec2_unsigned *what, const char *body)
{
    int32_t code;

    pileus_text_join(out, what->method, "\n", NULL);
    pileus_text_encode(out, what->path, PILEUS_NUL_TERMINATED,
                       PILEUS_TEXT_UNRESERVED "/");
    pileus_text_join(out, "\n", NULL);
    code = write_query(call, out, what);
    pileus_text_join(out, "\n", NULL);
    if (what->content_type != NULL) {
        pileus_text_join(out, "content-type:", what->content_type, "\n", NULL);
    }
    pileus_text_join(out, "host:", what->host, "\nx-amz-date:", what->date,
                     "\n", NULL);
    if (signer->token != NULL) {
        pileus_text_join(out, "x-amz-security-token:", signer->token, "\n",
                         NULL);
    }
    pileus_text_join(out, "\n", NULL);
    write_names(out, signer, what);
    pileus_text_join(out, "\n", body, NULL);
    return code;
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
    pileus_text *text;
    char *data = NULL;
    size_t size = 0;
    int32_t code = hash(call, what->body, what->body_size, body);

    if (code != PILEUS_OK) {
        return code;
    }
    text = pileus_text_begin(call);
    code = write_request(call, text, signer, what, body);
    if (code == PILEUS_OK) {
        code = pileus_text_end(text, &data, &size);
    }
    if (code == PILEUS_OK) {
        code = hash(call, data, size, hex);
    }
    pileus_text_drop(text);
    return code;
}

/* ---- the signature --------------------------------------------------------
 */

/* What the key is good for: "DAY/REGION/SERVICE/aws4_request". */
static void
write_scope(pileus_text *out, const ec2_signer *signer,
            const ec2_unsigned *what)
{
    char day[DAY_LENGTH + 1];

    (void)snprintf(day, sizeof day, "%.*s", DAY_LENGTH, what->date);
    pileus_text_join(out, day, "/", signer->region, "/", signer->service,
                     "/aws4_request", NULL);
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
    pileus_text *text = pileus_text_begin(call);
    char *data = NULL;
    size_t size = 0;
    size_t made = 0;
    int32_t code;

    pileus_text_join(text, "AWS4", signer->secret, NULL);
    code = pileus_text_end(text, &data, &size);
    if (code == PILEUS_OK) {
        code = pileus_hmac(call, PILEUS_DIGEST_SHA256, data, size, what->date,
                           DAY_LENGTH, key, &made);
    }
    pileus_text_drop(text);
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
    pileus_text *text;
    char *data = NULL;
    size_t size = 0;
    int32_t code = hash_request(call, signer, what, request);

    if (code != PILEUS_OK) {
        return code;
    }
    text = pileus_text_begin(call);
    pileus_text_join(text, "AWS4-HMAC-SHA256\n", what->date, "\n", NULL);
    write_scope(text, signer, what);
    pileus_text_join(text, "\n", request, NULL);
    code = pileus_text_end(text, &data, &size);
    if (code == PILEUS_OK) {
        code = make_key(call, signer, what, key);
    }
    if (code == PILEUS_OK) {
        code = hmac(call, key, SHA256_SIZE, data, size);
    }
    if (code == PILEUS_OK) {
        pileus_hex(call, key, SHA256_SIZE, signature);
    }
    pileus_wipe(call, key, sizeof key);
    pileus_text_drop(text);
    return code;
}

int32_t
ec2_sign(pileus_call *call, const ec2_signer *signer, const ec2_unsigned *what,
         pileus_text **header, char **value)
{
    char signature[HEX_SIZE];
    int32_t code = make_signature(call, signer, what, signature);

    *header = NULL;
    if (code != PILEUS_OK) {
        return code;
    }
    *header = pileus_text_begin(call);
    pileus_text_join(*header, "AWS4-HMAC-SHA256 Credential=", signer->key, "/",
                     NULL);
    write_scope(*header, signer, what);
    pileus_text_join(*header, ", SignedHeaders=", NULL);
    write_names(*header, signer, what);
    pileus_text_join(*header, ", Signature=", signature, NULL);
    return pileus_text_end(*header, value, NULL);
}
