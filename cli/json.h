/* Writing JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include "cli/cell.h"

#include <stdio.h>

#include <yajl/yajl_gen.h>

/* A generator that writes to the stream, on one line or indented. What it
 * writes is valid UTF-8 and holds no control character, so that it may be
 * shown on a terminal. */
yajl_gen cli_json_new(FILE *out, bool indented);
void cli_json_free(yajl_gen json);

/* An empty "[]" or "{}": yajl, when it indents, puts an empty line in them. */
void cli_json_empty(yajl_gen json, const char *brackets);
void cli_json_string(yajl_gen json, const char *text);
void cli_json_cell(yajl_gen json, const cli_cell *cell);

#endif
