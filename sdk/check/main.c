/* pileus-driver-check: from the command line to the exit code. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/board.h"
#include "sdk/check/exact.h"
#include "sdk/check/groups.h"
#include "sdk/check/plan.h"
#include "sdk/check/report.h"

#include <stdio.h>
#include <string.h>

enum { DONE = 0, FOUND = 1, USAGE = 2 };

static void
run(const check_plan *plan)
{
    for (size_t i = 0; check_groups[i].name != NULL; i++) {
        if (check_plan_wants(plan, check_groups[i].name)) {
            check_group_run(&check_groups[i], plan);
        }
    }
}

int
main(int count, char **words)
{
    static check_plan plan;
    int status = USAGE;

    check_exact_run(count, words);
    if (!check_plan_read(&plan, count, words, &status)) {
        return status;
    }
    if (!check_board_open()) {
        (void)fputs("pileus-driver-check: memory ran out\n", stderr);
        return USAGE;
    }
    if (!check_plan_find(&plan)) {
        return USAGE;
    }
    run(&plan);
    if (!check_report(&plan)) {
        (void)fputs("pileus-driver-check: the report cannot be written\n",
                    stderr);
        return USAGE;
    }
    check_plan_drop(&plan);
    return check_findings() == 0 ? DONE : FOUND;
}
