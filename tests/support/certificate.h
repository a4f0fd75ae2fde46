/* Certificates for suites: made at run time, for one hour. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_CERTIFICATE_H
#define TESTS_SUPPORT_CERTIFICATE_H

#include <stdlib.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

typedef struct issuer {
    X509 *certificate;
    EVP_PKEY *key;
} issuer;

static inline void
certificate_need(int good)
{
    if (good != 1) {
        abort();
    }
}

static inline void
certificate_extend(X509 *made, X509 *by, int nid, const char *value)
{
    X509V3_CTX ctx;
    X509_EXTENSION *extension;

    X509V3_set_ctx_nodb(&ctx);
    X509V3_set_ctx(&ctx, by, made, NULL, NULL, 0);
    extension = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
    certificate_need(extension != NULL);
    certificate_need(X509_add_ext(made, extension, -1));
    X509_EXTENSION_free(extension);
}

/* A certificate with its key, in a file: for names such as "IP:127.0.0.1"
 * (NULL: a CA), valid for hours from now (negative: that long over), by an
 * issuer (NULL: by itself). */
static inline issuer
certificate_make(const char *path, const char *names, int hours,
                 const issuer *by)
{
    issuer made = {X509_new(), EVP_RSA_gen(2048)};
    const issuer *signer = by == NULL ? &made : by;
    FILE *file = fopen(path, "w");
    X509_NAME *name;

    certificate_need(made.certificate != NULL && made.key != NULL &&
                     file != NULL);
    name = X509_get_subject_name(made.certificate);
    certificate_need(X509_NAME_add_entry_by_txt(
        name, "CN", MBSTRING_ASC,
        (const unsigned char *)(names == NULL ? "test CA" : "test"), -1, -1,
        0));
    (void)X509_set_version(made.certificate, 2);
    (void)ASN1_INTEGER_set(X509_get_serialNumber(made.certificate),
                           names == NULL ? 1 : 2);
    (void)X509_gmtime_adj(X509_getm_notBefore(made.certificate), -86400);
    (void)X509_gmtime_adj(X509_getm_notAfter(made.certificate), hours * 3600L);
    (void)X509_set_pubkey(made.certificate, made.key);
    (void)X509_set_issuer_name(made.certificate,
                               X509_get_subject_name(signer->certificate));
    certificate_extend(made.certificate, signer->certificate,
                       NID_basic_constraints,
                       names == NULL ? "critical,CA:TRUE" : "CA:FALSE");
    if (names != NULL) {
        certificate_extend(made.certificate, signer->certificate,
                           NID_subject_alt_name, names);
    }
    certificate_need(X509_sign(made.certificate, signer->key, EVP_sha256()) >
                     0);
    certificate_need(PEM_write_X509(file, made.certificate));
    certificate_need(
        PEM_write_PrivateKey(file, made.key, NULL, NULL, 0, NULL, NULL));
    (void)fclose(file);
    return made;
}

static inline void
certificate_free(issuer made)
{
    X509_free(made.certificate);
    EVP_PKEY_free(made.key);
}

#endif
