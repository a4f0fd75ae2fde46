/* What a node shall be. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/spec.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/base/wipe.h"
#include "core/model/fill.h"

#include <string.h>

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

pileus_code
pileus_node_spec_set_name(pileus_node_spec *spec, const char *name,
                          pileus_error **err)
{
    return pil__fill(spec == NULL ? NULL : &spec->name, "the node's name", name,
                     PILEUS_NUL_TERMINATED, PILEUS_STRING_MAX, err);
}

pileus_code
pileus_node_spec_set_size(pileus_node_spec *spec, const char *size_id,
                          pileus_error **err)
{
    return pil__fill(spec == NULL ? NULL : &spec->size, "the id of the size",
                     size_id, PILEUS_NUL_TERMINATED, PILEUS_ID_MAX, err);
}

pileus_code
pileus_node_spec_set_image(pileus_node_spec *spec, const char *image_id,
                           pileus_error **err)
{
    return pil__fill(spec == NULL ? NULL : &spec->image, "the id of the image",
                     image_id, PILEUS_NUL_TERMINATED, PILEUS_ID_MAX, err);
}

pileus_code
pileus_node_spec_set_location(pileus_node_spec *spec, const char *location_id,
                              pileus_error **err)
{
    return pil__fill(spec == NULL ? NULL : &spec->location,
                     "the id of the location", location_id,
                     PILEUS_NUL_TERMINATED, PILEUS_ID_MAX, err);
}

pileus_code
pileus_node_spec_set_key_name(pileus_node_spec *spec, const char *name,
                              pileus_error **err)
{
    return pil__fill(spec == NULL ? NULL : &spec->key_name,
                     "the name of the key pair", name, PILEUS_NUL_TERMINATED,
                     PILEUS_ID_MAX, err);
}

pileus_code
pileus_node_spec_set_password(pileus_node_spec *spec, const char *password,
                              pileus_error **err)
{
    return pil__fill(spec == NULL ? NULL : &spec->password, "the password",
                     password, PILEUS_NUL_TERMINATED, PILEUS_OPTION_MAX, err);
}

pileus_code
pileus_node_spec_set_token(pileus_node_spec *spec, const char *token,
                           pileus_error **err)
{
    return pil__fill_token(spec == NULL ? NULL : &spec->token, token, err);
}

pileus_code
pileus_node_spec_set_ssh_key(pileus_node_spec *spec, const char *public_key,
                             pileus_error **err)
{
    size_t length = 0;
    pileus_code code = pil__check_public_key(public_key, &length, err);

    return code != PILEUS_OK
               ? code
               : pil__fill(spec == NULL ? NULL : &spec->ssh_key, "the SSH key",
                           public_key, length, PILEUS_OPTION_MAX, err);
}

/* ---- the rest ------------------------------------------------------------ */

pileus_code
pileus_node_spec_set_user_data(pileus_node_spec *spec, const void *data,
                               size_t size, pileus_error **err)
{
    char *copy;

    if (spec == NULL) {
        return pil__fill_nowhere(err);
    }
    if (data == NULL && size > 0) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "the user data is missing: give the bytes, or "
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

pileus_code
pileus_node_spec_add_tag(pileus_node_spec *spec, const char *key,
                         const char *value, pileus_error **err)
{
    return pil__fill_pair(spec == NULL ? NULL : &spec->tags, "tag", key, value,
                          err);
}

pileus_code
pileus_node_spec_set_option(pileus_node_spec *spec, const char *name,
                            const char *value, pileus_error **err)
{
    return pil__fill_pair(spec == NULL ? NULL : &spec->options, "option", name,
                          value, err);
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
