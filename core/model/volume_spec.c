/* What a volume shall be. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/spec.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/model/fill.h"

#include <inttypes.h>

struct pileus_volume_spec {
    char *name;
    char *location;
    char *snapshot;
    char *token;
    int64_t size;
    struct pil__pairs options;
};

pileus_code
pileus_volume_spec_new(pileus_volume_spec **spec, pileus_error **err)
{
    pileus_volume_spec *made = pil__calloc(1, sizeof *made);

    if (made == NULL) {
        return pil__error_no_memory(err);
    }
    *spec = made;
    return PILEUS_OK;
}

void
pileus_volume_spec_free(pileus_volume_spec *spec)
{
    if (spec == NULL) {
        return;
    }
    pil__free(spec->name);
    pil__free(spec->location);
    pil__free(spec->snapshot);
    pil__free(spec->token);
    pil__pairs_free(&spec->options);
    pil__free(spec);
}

pileus_code
pileus_volume_spec_set_name(pileus_volume_spec *spec, const char *name,
                            pileus_error **err)
{
    return pil__fill(spec == NULL ? NULL : &spec->name, "the volume's name",
                     name, PILEUS_NUL_TERMINATED, PILEUS_STRING_MAX, err);
}

pileus_code
pileus_volume_spec_set_size(pileus_volume_spec *spec, int64_t gb,
                            pileus_error **err)
{
    if (spec == NULL) {
        return pil__fill_nowhere(err);
    }
    if (gb < 1) {
        return pil__error_set(
            err, PILEUS_INVALID_ARGUMENT,
            "the volume's size is %" PRId64 " GB: give 1 or more", gb);
    }
    spec->size = gb;
    return PILEUS_OK;
}

pileus_code
pileus_volume_spec_set_location(pileus_volume_spec *spec,
                                const char *location_id, pileus_error **err)
{
    return pil__fill(spec == NULL ? NULL : &spec->location,
                     "the id of the location", location_id,
                     PILEUS_NUL_TERMINATED, PILEUS_ID_MAX, err);
}

pileus_code
pileus_volume_spec_set_snapshot(pileus_volume_spec *spec,
                                const char *snapshot_id, pileus_error **err)
{
    return pil__fill(spec == NULL ? NULL : &spec->snapshot,
                     "the id of the snapshot", snapshot_id,
                     PILEUS_NUL_TERMINATED, PILEUS_ID_MAX, err);
}

pileus_code
pileus_volume_spec_set_token(pileus_volume_spec *spec, const char *token,
                             pileus_error **err)
{
    return pil__fill_token(spec == NULL ? NULL : &spec->token, token, err);
}

pileus_code
pileus_volume_spec_set_option(pileus_volume_spec *spec, const char *name,
                              const char *value, pileus_error **err)
{
    return pil__fill_pair(spec == NULL ? NULL : &spec->options, "option", name,
                          value, err);
}

pileus_volume_args
pil__volume_spec_args(const pileus_volume_spec *spec)
{
    pileus_volume_args args = {.struct_size = sizeof args};

    if (spec != NULL) {
        args.token = spec->token;
        args.name = spec->name;
        args.size = spec->size;
        args.location = spec->location;
        args.snapshot = spec->snapshot;
        args.option_count = spec->options.count;
        args.options = spec->options.pair;
    }
    return args;
}
