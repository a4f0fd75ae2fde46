/* What a node shall be. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/spec.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/base/wipe.h"
#include "core/model/check.h"
#include "core/model/pairs.h"

#include <stdio.h>
#include <string.h>

/* Longest idempotency token, in bytes. */
#define TOKEN_MAX 64

struct pileus_node_spec {
    char *name;
    char *size;
    char *image;
    char *location;
    char *ssh_key;
    char *key_name;
    char *password;
    char *token;
    void *user_data;
    size_t user_data_size;
    struct pil__pairs tags;
    struct pil__pairs options;
};

pileus_code
pileus_node_spec_new(pileus_node_spec **spec, pileus_error **err)
{
    pileus_node_spec *made = pil__calloc(1, sizeof *made);

    if (made == NULL) {
        return pil__error_no_memory(err);
    }
    *spec = made;
    return PILEUS_OK;
}

static void
free_user_data(pileus_node_spec *spec)
{
    pil__wipe(spec->user_data, spec->user_data_size);
    pil__free(spec->user_data);
    spec->user_data = NULL;
    spec->user_data_size = 0;
}

void
pileus_node_spec_free(pileus_node_spec *spec)
{
    if (spec == NULL) {
        return;
    }
    pil__free(spec->name);
    pil__free(spec->size);
    pil__free(spec->image);
    pil__free(spec->location);
    pil__free(spec->ssh_key);
    pil__free(spec->key_name);
    pil__wipe_free(spec->password);
    pil__free(spec->token);
    free_user_data(spec);
    pil__pairs_free(&spec->tags);
    pil__pairs_free(&spec->options);
    pil__free(spec);
}

/* ---- texts --------------------------------------------------------------- */

static pileus_code
refuse(pileus_error **err, const char *message)
{
    return pil__error_set(err, PILEUS_INVALID_ARGUMENT, "%s", message);
}

static pileus_code
refuse_null(pileus_error **err)
{
    return refuse(err, "there is no specification to set this in: make one "
                       "with pileus_node_spec_new");
}

/* Set a text that is clean and has at most max bytes. length may be
 * PILEUS_NUL_TERMINATED; place is NULL when there is no spec. */
static pileus_code
set(char **place, const char *what, const char *text, size_t length, size_t max,
    pileus_error **err)
{
    pileus_code code = place == NULL
                           ? refuse_null(err)
                           : pil__check_plain(what, text, &length, max, err);
    char *copy;

    if (code != PILEUS_OK) {
        return code;
    }
    copy = pil__strndup(text, length);
    if (copy == NULL) {
        return pil__error_no_memory(err);
    }
    pil__wipe_free(*place);
    *place = copy;
    return PILEUS_OK;
}

pileus_code
pileus_node_spec_set_name(pileus_node_spec *spec, const char *name,
                          pileus_error **err)
{
    return set(spec == NULL ? NULL : &spec->name, "the node's name", name,
               PILEUS_NUL_TERMINATED, PILEUS_STRING_MAX, err);
}

pileus_code
pileus_node_spec_set_size(pileus_node_spec *spec, const char *size_id,
                          pileus_error **err)
{
    return set(spec == NULL ? NULL : &spec->size, "the id of the size", size_id,
               PILEUS_NUL_TERMINATED, PILEUS_ID_MAX, err);
}

pileus_code
pileus_node_spec_set_image(pileus_node_spec *spec, const char *image_id,
                           pileus_error **err)
{
    return set(spec == NULL ? NULL : &spec->image, "the id of the image",
               image_id, PILEUS_NUL_TERMINATED, PILEUS_ID_MAX, err);
}

pileus_code
pileus_node_spec_set_location(pileus_node_spec *spec, const char *location_id,
                              pileus_error **err)
{
    return set(spec == NULL ? NULL : &spec->location, "the id of the location",
               location_id, PILEUS_NUL_TERMINATED, PILEUS_ID_MAX, err);
}

pileus_code
pileus_node_spec_set_key_name(pileus_node_spec *spec, const char *name,
                              pileus_error **err)
{
    return set(spec == NULL ? NULL : &spec->key_name,
               "the name of the key pair", name, PILEUS_NUL_TERMINATED,
               PILEUS_ID_MAX, err);
}

pileus_code
pileus_node_spec_set_password(pileus_node_spec *spec, const char *password,
                              pileus_error **err)
{
    return set(spec == NULL ? NULL : &spec->password, "the password", password,
               PILEUS_NUL_TERMINATED, PILEUS_OPTION_MAX, err);
}

pileus_code
pileus_node_spec_set_token(pileus_node_spec *spec, const char *token,
                           pileus_error **err)
{
    for (const char *c = token; c != NULL && *c != '\0'; c++) {
        if (*c < 0x20 || *c > 0x7E) {
            return refuse(err, "the token has a character that is not "
                               "printable ASCII: take letters and digits");
        }
    }
    return set(spec == NULL ? NULL : &spec->token, "the token", token,
               PILEUS_NUL_TERMINATED, TOKEN_MAX, err);
}

/* A file's content may be given as it is, with the end of its only line. */
pileus_code
pileus_node_spec_set_ssh_key(pileus_node_spec *spec, const char *public_key,
                             pileus_error **err)
{
    size_t length =
        public_key == NULL ? 0 : strnlen(public_key, PILEUS_OPTION_MAX + 1);

    if (spec == NULL) {
        return refuse_null(err);
    }
    if (public_key != NULL && strstr(public_key, "PRIVATE KEY") != NULL) {
        return refuse(err, "this is a private SSH key: keep it to yourself, "
                           "and give the public one (the file that ends in "
                           ".pub)");
    }
    while (length > 0 &&
           (public_key[length - 1] == '\n' || public_key[length - 1] == '\r')) {
        length--;
    }
    if (length > 0 && memchr(public_key, '\n', length) != NULL) {
        return refuse(err, "the SSH key has several lines: give one public "
                           "key in OpenSSH's one-line form");
    }
    return set(&spec->ssh_key, "the SSH key", public_key, length,
               PILEUS_OPTION_MAX, err);
}

/* ---- the rest ------------------------------------------------------------ */

pileus_code
pileus_node_spec_set_user_data(pileus_node_spec *spec, const void *data,
                               size_t size, pileus_error **err)
{
    char *copy;

    if (spec == NULL) {
        return refuse_null(err);
    }
    if (data == NULL && size > 0) {
        return refuse(err, "the user data is missing: give the bytes, or "
                           "leave it out");
    }
    if (size > PILEUS_USER_DATA_MAX) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "the user data has %zu bytes, more than the %d "
                              "that it may have",
                              size, PILEUS_USER_DATA_MAX);
    }
    copy = pil__strndup(data, size);
    if (copy == NULL) {
        return pil__error_no_memory(err);
    }
    free_user_data(spec);
    spec->user_data = copy;
    spec->user_data_size = size;
    return PILEUS_OK;
}

/* Add a pair whose name is not there yet. what is "tag" or "option". */
static pileus_code
add_pair(struct pil__pairs *pairs, const char *what, const char *name,
         const char *value, pileus_error **err)
{
    char of_name[32];
    char of_value[32];
    size_t length = PILEUS_NUL_TERMINATED;
    pileus_code code;

    if (pairs == NULL) {
        return refuse_null(err);
    }
    (void)snprintf(of_name, sizeof of_name, "the name of the %s", what);
    (void)snprintf(of_value, sizeof of_value, "the value of the %s", what);
    code = pil__check_plain(of_name, name, &length, PILEUS_OPTION_MAX, err);
    if (code == PILEUS_OK) {
        code = pil__check_text(of_value, value, PILEUS_OPTION_MAX, err);
    }
    if (code == PILEUS_OK && pil__pairs_has(pairs, name)) {
        code = pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "the %s \"%s\" is given twice: give it once",
                              what, name);
    }
    return code != PILEUS_OK ? code : pil__pairs_add(pairs, name, value, err);
}

pileus_code
pileus_node_spec_add_tag(pileus_node_spec *spec, const char *key,
                         const char *value, pileus_error **err)
{
    return add_pair(spec == NULL ? NULL : &spec->tags, "tag", key, value, err);
}

pileus_code
pileus_node_spec_set_option(pileus_node_spec *spec, const char *name,
                            const char *value, pileus_error **err)
{
    return add_pair(spec == NULL ? NULL : &spec->options, "option", name, value,
                    err);
}

pileus_create_args
pil__spec_args(const pileus_node_spec *spec)
{
    pileus_create_args args = {.struct_size = sizeof args};

    if (spec != NULL) {
        args.token = spec->token;
        args.name = spec->name;
        args.size = spec->size;
        args.image = spec->image;
        args.location = spec->location;
        args.ssh_key = spec->ssh_key;
        args.key_name = spec->key_name;
        args.password = spec->password;
        args.user_data = spec->user_data;
        args.user_data_size = spec->user_data_size;
        args.tag_count = spec->tags.count;
        args.tags = spec->tags.pair;
        args.option_count = spec->options.count;
        args.options = spec->options.pair;
    }
    return args;
}
