/* What was found, told to people and to programs. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_REPORT_H
#define SDK_CHECK_REPORT_H

#include "sdk/check/plan.h"

#include <stdio.h>

/* false: it could not be written. */
bool check_report(const check_plan *plan);

/* The text as a JSON string, with its quotes; what is no UTF-8 is replaced. */
void check_json_string(FILE *out, const char *text);

#endif
