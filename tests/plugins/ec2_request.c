/* Requests as EC2's servers read them: parameters, and the signature. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_request.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

/* Clocks may differ by so many seconds. */
#define WINDOW 300
#define HEX_SIZE 65

/* ---- parameters -----------------------------------------------------------
 */

static char *
decoded(const char *text, size_t size)
{
    char *out = calloc(1, size + 1);
    size_t length = 0;

    assert_non_null(out);
    for (size_t i = 0; i < size; i++) {
        unsigned byte = 0;

        if (text[i] == '%' && sscanf(text + i + 1, "%2x", &byte) == 1) {
            out[length++] = (char)byte;
            i += 2;
        } else {
            out[length++] = (char)(text[i] == '+' ? ' ' : text[i]);
        }
    }
    return out;
}

static void
read_params(request *of, const char *text, size_t size)
{
    const char *end = text + size;

    while (text < end) {
        size_t length = strcspn(text, "&");
        const char *sign = memchr(text, '=', length);
        struct param *param = &of->params[of->count++];

        assert_true(of->count < REQUEST_PARAMS);
        assert_non_null(sign);
        param->name = decoded(text, (size_t)(sign - text));
        param->value = decoded(sign + 1, (size_t)(text + length - sign - 1));
        text += length + 1;
    }
}

void
request_read(request *of, const web_asked *asked)
{
    const char *query = strchr(asked->target, '?');

    memset(of, 0, sizeof *of);
    of->asked = asked;
    if (query != NULL) {
        read_params(of, query + 1, strlen(query + 1));
    }
    of->in_query = of->count;
    read_params(of, asked->body, asked->body_size);
}

void
request_free(request *of)
{
    for (size_t i = 0; i < of->count; i++) {
        free(of->params[i].name);
        free(of->params[i].value);
    }
}

const char *
request_get(const request *of, const char *name)
{
    for (size_t i = 0; i < of->count; i++) {
        if (strcmp(of->params[i].name, name) == 0) {
            return of->params[i].value;
        }
    }
    return NULL;
}

/* ---- the signature --------------------------------------------------------
 */

static void
write_encoded(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (isalnum((unsigned char)*text) || strchr("-._~", *text) != NULL) {
            (void)fputc(*text, out);
        } else {
            (void)fprintf(out, "%%%02X", (unsigned char)*text);
        }
    }
}

static int
by_name(const void *a, const void *b)
{
    const struct param *one = a;
    const struct param *other = b;
    int order = strcmp(one->name, other->name);

    return order != 0 ? order : strcmp(one->value, other->value);
}

static void
hash(const void *data, size_t size, char hex[HEX_SIZE])
{
    unsigned char digest[EVP_MAX_MD_SIZE];

    assert_int_equal(EVP_Digest(data, size, digest, NULL, EVP_sha256(), NULL),
                     1);
    for (size_t i = 0; i < 32; i++) {
        (void)snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    }
}

/* The digest of the request in its one form. The names here are plain, so they
 * sort as they do encoded. */
static void
hash_request(const request *of, const char *date, const char *token,
             char hex[HEX_SIZE])
{
    struct param sorted[REQUEST_PARAMS];
    char host[256] = "";
    char body[HEX_SIZE];
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    memcpy(sorted, of->params, sizeof sorted);
    qsort(sorted, of->in_query, sizeof sorted[0], by_name);
    (void)asked_header(of->asked, "Host", host, sizeof host);
    (void)fprintf(out, "%s\n%.*s\n", of->asked->method,
                  (int)strcspn(of->asked->target, "?"), of->asked->target);
    for (size_t i = 0; i < of->in_query; i++) {
        (void)fputs(i == 0 ? "" : "&", out);
        write_encoded(out, sorted[i].name);
        (void)fputc('=', out);
        write_encoded(out, sorted[i].value);
    }
    hash(of->asked->body, of->asked->body_size, body);
    (void)fprintf(out, "\nhost:%s\nx-amz-date:%s\n", host, date);
    if (token != NULL) {
        (void)fprintf(out, "x-amz-security-token:%s\n", token);
    }
    (void)fprintf(out, "\nhost;x-amz-date%s\n%s",
                  token == NULL ? "" : ";x-amz-security-token", body);
    assert_int_equal(fclose(out), 0);
    hash(text, size, hex);
    free(text);
}

static void
hmac(unsigned char key[EVP_MAX_MD_SIZE], int key_size, const char *text)
{
    unsigned char made[EVP_MAX_MD_SIZE];

    assert_non_null(HMAC(EVP_sha256(), key, key_size,
                         (const unsigned char *)text, strlen(text), made,
                         NULL));
    memcpy(key, made, 32);
}

/* Is the date now, more or less? */
static bool
is_now(const char *date)
{
    struct tm then = {0};
    time_t now = time(NULL);
    time_t when;

    if (sscanf(date, "%4d%2d%2dT%2d%2d%2dZ", &then.tm_year, &then.tm_mon,
               &then.tm_mday, &then.tm_hour, &then.tm_min, &then.tm_sec) != 6) {
        return false;
    }
    then.tm_year -= 1900;
    then.tm_mon -= 1;
    when = timegm(&then);
    return when >= now - WINDOW && when <= now + WINDOW;
}

bool
request_is_signed(const request *of, const char *token)
{
    unsigned char key[EVP_MAX_MD_SIZE] = "AWS4" MOCK_SECRET;
    char given[1024] = "";
    char wanted[1024];
    char date[64] = "";
    char shown[256] = "";
    char day[16] = "";
    char text[512];
    char hex[HEX_SIZE];

    (void)asked_header(of->asked, "X-Amz-Date", date, sizeof date);
    (void)asked_header(of->asked, "Authorization", given, sizeof given);
    (void)asked_header(of->asked, "X-Amz-Security-Token", shown, sizeof shown);
    (void)snprintf(day, sizeof day, "%.8s", date);
    hash_request(of, date, token, hex);
    (void)snprintf(text, sizeof text,
                   "AWS4-HMAC-SHA256\n%s\n%s/" MOCK_REGION
                   "/ec2/aws4_request\n%s",
                   date, day, hex);
    hmac(key, (int)strlen((char *)key), day);
    hmac(key, 32, MOCK_REGION);
    hmac(key, 32, "ec2");
    hmac(key, 32, "aws4_request");
    hmac(key, 32, text);
    for (size_t i = 0; i < 32; i++) {
        (void)snprintf(hex + 2 * i, 3, "%02x", key[i]);
    }
    (void)snprintf(wanted, sizeof wanted,
                   "AWS4-HMAC-SHA256 Credential=" MOCK_KEY "/%s/" MOCK_REGION
                   "/ec2/aws4_request, SignedHeaders=host;x-amz-date%s, "
                   "Signature=%s",
                   day, token == NULL ? "" : ";x-amz-security-token", hex);
    return is_now(date) && strcmp(given, wanted) == 0 &&
           strcmp(shown, token == NULL ? "" : token) == 0;
}
