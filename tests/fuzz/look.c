/* Looking at all that an object tells. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/fuzz/look.h"

#include "tests/fuzz/fuzz.h"

/* Numbers of fields are below it. */
#define FIELDS_MAX 64

static void
look_at_value(const pileus_value *value)
{
    fuzz_check_text(pileus_value_string(value));
    for (size_t i = 0; i < pileus_value_count(value); i++) {
        fuzz_check_text(pileus_value_key(value, i));
        look_at_value(pileus_value_at(value, i));
    }
}

static void
look_at_fields(const pil__object *object)
{
    for (int32_t field = 0; field < FIELDS_MAX; field++) {
        for (uint64_t i = 0; i < pil__object_count(object, field); i++) {
            fuzz_check_text(pil__object_string(object, field, i));
        }
    }
    look_at_value(pil__object_extra(object));
    look_at_value(pil__object_tags(object));
}

bool
fuzz_look_at(const void *given)
{
    const pil__object *object = given;
    const char *uuid = pil__object_uuid(object);

    FUZZ_CHECK(object != NULL);
    FUZZ_CHECK(uuid == NULL || strlen(uuid) == 40);
    look_at_fields(object);
    look_at_fields(pil__object_record(object, PILEUS_FIELD_SIZE));
    look_at_fields(pil__object_record(object, PILEUS_FIELD_IMAGE));
    return true;
}
