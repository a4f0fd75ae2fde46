/* Finding what is inside a value, and reading it as what is wanted. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DATA_JSON_PATH_H
#define PIL__DATA_JSON_PATH_H

#include <pileus/error.h>
#include <pileus/value.h>

/* As json.h says of the functions of these names. A path has keys and indices
 * with dots between; NULL and "" are the value itself. */
const pileus_value *pil__json_get(const pileus_value *value, const char *path);
const char *pil__json_text(const pileus_value *value, const char *path);
bool pil__json_integer(const pileus_value *value, const char *path,
                       int64_t *out);
bool pil__json_double(const pileus_value *value, const char *path, double *out);
bool pil__json_time(const pileus_value *value, const char *path, int64_t *ns);

/* The same for what must be there: PILEUS_PROTOCOL if it is not. */
pileus_code pil__json_need_text(const pileus_value *value, const char *path,
                                const char **out, pileus_error **err);
pileus_code pil__json_need_integer(const pileus_value *value, const char *path,
                                   int64_t *out, pileus_error **err);

#endif
