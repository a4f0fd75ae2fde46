/* Extra entries that are taken over as they are. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "extra.h"

void
cs_set_extra(pileus_call *call, pileus_record *record,
             const pileus_value *object, const cs_extra *extras, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const pileus_value *value =
            pileus_json_get(call, object, extras[i].theirs);

        if (value != NULL && extras[i].id) {
            pileus_extra_string(record, extras[i].key,
                                pileus_json_text(call, value, NULL));
        } else if (value != NULL) {
            pileus_extra_json(record, extras[i].key, value);
        }
    }
}
