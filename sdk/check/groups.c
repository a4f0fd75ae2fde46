/* The groups of checks, in the order in which they run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/groups.h"

#include <string.h>

const check_group check_groups[] = {
    {"manifest", "what the manifest says", check_manifest, NULL, true, 10},
    {"module", "the file: exports, imports, links", check_module, NULL, false,
     10},
    {"tables", "descriptor and tables, against the manifest", check_tables,
     NULL, false, 10},
    {"listings", "each listing: whole, once, ended when it is told to",
     check_listings, NULL, true, 60},
    {"hostile", "each call with arguments that nobody expects", check_hostile,
     check_hostile_parts, true, 60},
    {"secrets", "secrets that are planted, looked for in all that comes out",
     check_secrets, check_secrets_parts, true, 120},
    {"threads", "many threads at once get what one alone gets", check_threads,
     NULL, true, 120},
    {"deadlines", "deadlines and cancelling are kept", check_deadlines, NULL,
     true, 120},
    {"faults", "providers that fail, in every manner", check_faults,
     check_faults_parts, true, 120},
    {"midway", "providers that fail in the middle of a work, or show it late",
     check_midway, NULL, true, 120},
    {"memory", "what is opened, asked and closed leaves nothing", check_memory,
     NULL, true, 120},
    {"valgrind", "leaks and wrong accesses, as valgrind sees them",
     check_valgrind, check_valgrind_parts, true, 600},
    {NULL, NULL, NULL, NULL, false, 0},
};

const check_group *
check_group_find(const char *name)
{
    for (size_t i = 0; check_groups[i].name != NULL; i++) {
        if (strcmp(check_groups[i].name, name) == 0) {
            return &check_groups[i];
        }
    }
    return NULL;
}
