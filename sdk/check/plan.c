/* The plan: the command line, and the driver that it names. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/plan.h"

#include "sdk/check/board.h"
#include "sdk/check/groups.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define USAGE 2

static const char help[] =
    "Usage: pileus-driver-check [OPTION...] FILE.so\n"
    "\n"
    "Grades a driver for pileus: its file, manifest and tables, what it does "
    "with\n"
    "listings, hostile arguments, secrets, threads, deadlines and failing "
    "providers.\n"
    "NAME.json is expected beside NAME.so.\n"
    "\n"
    "  -O, --option KEY=VALUE  an option that the driver is opened with\n"
    "      --endpoint URL      talk to this provider instead of a server of "
    "its own\n"
    "      --replay DIR        answer from what was recorded there\n"
    "      --changes           also make, change and destroy things, of a "
    "driver\n"
    "                          that is not led to a server of its own\n"
    "      --only GROUP        only this group of checks\n"
    "      --skip GROUP        all but this one (repeatable)\n"
    "  -o, --output FORMAT     text, json or tap\n"
    "      --groups            list the groups\n"
    "      --version\n"
    "  -h, --help\n"
    "\n"
    "Exit codes: 0 nothing was found; 1 something was; 2 usage.\n"
    "pileus-driver-check(1) is the manual.\n";

enum {
    LONG_ENDPOINT = 256,
    LONG_REPLAY,
    LONG_CHANGES,
    LONG_ONLY,
    LONG_SKIP,
    LONG_GROUPS,
    LONG_VERSION,
    LONG_IN_PROCESS,
    LONG_EXACT
};

static const struct option longs[] = {
    {"option", required_argument, NULL, 'O'},
    {"endpoint", required_argument, NULL, LONG_ENDPOINT},
    {"replay", required_argument, NULL, LONG_REPLAY},
    {"changes", no_argument, NULL, LONG_CHANGES},
    {"only", required_argument, NULL, LONG_ONLY},
    {"skip", required_argument, NULL, LONG_SKIP},
    {"output", required_argument, NULL, 'o'},
    {"groups", no_argument, NULL, LONG_GROUPS},
    {"version", no_argument, NULL, LONG_VERSION},
    {"help", no_argument, NULL, 'h'},
    /* How it runs itself under valgrind. */
    {"in-process", no_argument, NULL, LONG_IN_PROCESS},
    /* How it runs itself at all (exact.h). */
    {"exact", no_argument, NULL, LONG_EXACT},
    {NULL, 0, NULL, 0},
};

static bool PILEUS_PRINTF(2, 3) wrong(int *status, const char *format, ...)
{
    va_list args;

    (void)fputs("pileus-driver-check: ", stderr);
    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
    (void)fputs("\n  see: pileus-driver-check --help\n", stderr);
    *status = USAGE;
    return false;
}

/* ---- one word ------------------------------------------------------------ */

static bool
take_option(check_plan *plan, char *word, int *status)
{
    char *sign = strchr(word, '=');

    if (sign == NULL || sign == word) {
        return wrong(status, "-O wants KEY=VALUE, and '%s' is none", word);
    }
    if (plan->option_count == CHECK_OPTIONS_MAX) {
        return wrong(status, "too many options, from '%s' on", word);
    }
    *sign = '\0';
    plan->names[plan->option_count] = word;
    plan->values[plan->option_count] = sign + 1;
    plan->option_count++;
    return true;
}

static bool
take_output(check_plan *plan, const char *word, int *status)
{
    static const char *const names[] = {"text", "json", "tap"};

    for (int i = CHECK_TEXT; i <= CHECK_TAP; i++) {
        if (strcmp(word, names[i]) == 0) {
            plan->output = (enum check_output)i;
            return true;
        }
    }
    return wrong(status, "'%s' is no output format: text, json or tap", word);
}

static bool
take_only(check_plan *plan, const char *word, int *status)
{
    if (check_group_find(word) == NULL) {
        return wrong(status, "'%s' is no group: see --groups", word);
    }
    plan->only = word;
    return true;
}

static bool
take_skip(check_plan *plan, const char *word, int *status)
{
    if (check_group_find(word) == NULL) {
        return wrong(status, "'%s' is no group: see --groups", word);
    }
    if (plan->skip_count < CHECK_SKIPS_MAX) {
        plan->skip[plan->skip_count++] = word;
    }
    return true;
}

static bool
list_groups(int *status)
{
    for (size_t i = 0; check_groups[i].name != NULL; i++) {
        (void)printf("%-10s %s\n", check_groups[i].name, check_groups[i].title);
    }
    *status = 0;
    return false;
}

/* false: it is over. */
static bool
take(check_plan *plan, int letter, int *status)
{
    switch (letter) {
    case 'O':
        return take_option(plan, optarg, status);
    case 'o':
        return take_output(plan, optarg, status);
    case LONG_ENDPOINT:
        plan->endpoint = optarg;
        return true;
    case LONG_REPLAY:
        plan->replay = optarg;
        return true;
    case LONG_CHANGES:
        plan->changes = true;
        return true;
    case LONG_ONLY:
        return take_only(plan, optarg, status);
    case LONG_SKIP:
        return take_skip(plan, optarg, status);
    case LONG_IN_PROCESS:
        plan->in_process = true;
        return true;
    case LONG_EXACT:
        return true;
    case LONG_GROUPS:
        return list_groups(status);
    case LONG_VERSION:
        (void)printf("pileus-driver-check %s\n", PACKAGE_VERSION);
        *status = 0;
        return false;
    case 'h':
        (void)fputs(help, stdout);
        *status = 0;
        return false;
    default:
        (void)fprintf(stderr, "  see: pileus-driver-check --help\n");
        *status = USAGE;
        return false;
    }
}

/* NAME and the directory of DIRECTORY/NAME.so. */
static bool
take_file(check_plan *plan, int *status)
{
    char named[CHECK_PATH_MAX];
    const char *slash;
    size_t length;

    if (realpath(plan->file, plan->path) == NULL) {
        return wrong(status, "there is no file '%s'", plan->file);
    }
    /* A link's own name counts, as it does for the library. */
    slash = strrchr(plan->file, '/');
    (void)snprintf(plan->name, sizeof plan->name, "%s",
                   slash == NULL ? plan->file : slash + 1);
    length = strlen(plan->name);
    if (length < 4 || strcmp(plan->name + length - 3, ".so") != 0) {
        return wrong(status, "'%s' is not named NAME.so, as a driver is",
                     plan->file);
    }
    plan->name[length - 3] = '\0';
    (void)snprintf(named, sizeof named, "%.*s",
                   slash == NULL ? 1 : (int)(slash - plan->file + 1),
                   slash == NULL ? "." : plan->file);
    if (realpath(named, plan->directory) == NULL) {
        return wrong(status, "there is no directory '%s'", named);
    }
    return true;
}

bool
check_plan_read(check_plan *plan, int count, char **words, int *status)
{
    int letter;

    memset(plan, 0, sizeof *plan);
    while ((letter = getopt_long(count, words, "O:o:h", longs, NULL)) != -1) {
        if (!take(plan, letter, status)) {
            return false;
        }
    }
    if (optind == count) {
        return wrong(status, "which driver?");
    }
    if (optind < count - 1) {
        return wrong(status, "one driver at a time, and '%s' is one more",
                     words[optind + 1]);
    }
    if (plan->endpoint != NULL && plan->replay != NULL) {
        return wrong(status, "give --endpoint or --replay, not both");
    }
    plan->file = words[optind];
    return take_file(plan, status);
}

/* ---- the driver ---------------------------------------------------------- */

/* What the search said of this manifest when it did not take it. */
static void
say_why(const check_plan *plan)
{
    char file[CHECK_PATH_MAX + 80];
    size_t notes = pileus_drivers_note_count(plan->drivers);

    for (size_t i = 0; i < notes; i++) {
        const char *note = pileus_drivers_note(plan->drivers, i);

        if (strstr(note, plan->directory) != NULL) {
            check_finding("manifest", "%s", note);
        }
    }
    (void)snprintf(file, sizeof file, "%s/%s.json", plan->directory,
                   plan->name);
    if (check_findings_of("manifest") == 0) {
        check_finding("manifest",
                      "there is no manifest %s: write one beside the module, "
                      "without it the driver is not found "
                      "(pileus-driver(3), MANIFEST)",
                      file);
    }
}

/* What the user's environment says is not for a server of this program. */
static void
forget_environment(const pileus_driver_info *info)
{
    for (size_t i = 0; i < pileus_driver_option_count(info); i++) {
        const pileus_option_info *option = pileus_driver_option(info, i);
        const char *name;

        for (size_t j = 0;
             (name = pileus_option_environment(option, j)) != NULL; j++) {
            (void)unsetenv(name);
        }
    }
}

bool
check_plan_find(check_plan *plan)
{
    pileus_error *err = NULL;
    pileus_code code = pileus_context_new(&plan->ctx, &err);

    if (code == PILEUS_OK) {
        code = pileus_context_add_directory(plan->ctx, plan->directory, &err);
    }
    if (code == PILEUS_OK) {
        code = pileus_drivers_find(&plan->drivers, plan->ctx, &err);
    }
    if (code != PILEUS_OK) {
        (void)fprintf(stderr, "pileus-driver-check: %s\n",
                      pileus_error_message(err));
        pileus_error_free(err);
        return false;
    }
    plan->info = pileus_drivers_get(plan->drivers, plan->name);
    if (plan->info != NULL &&
        strncmp(pileus_driver_manifest_path(plan->info), plan->directory,
                strlen(plan->directory)) != 0) {
        plan->info = NULL; /* another driver's of the same name */
    }
    check_board_group("manifest");
    if (plan->info == NULL) {
        say_why(plan);
        return true;
    }
    for (size_t i = 0; i < pileus_driver_option_count(plan->info); i++) {
        const pileus_option_info *option = pileus_driver_option(plan->info, i);

        if (strcmp(pileus_option_name(option), "request-timeout") == 0) {
            plan->http = true;
        }
    }
    if (check_plan_serves(plan)) {
        forget_environment(plan->info);
    }
    return true;
}

void
check_plan_drop(check_plan *plan)
{
    pileus_drivers_free(plan->drivers);
    pileus_context_unref(plan->ctx);
}

const char *
check_plan_option(const check_plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->option_count; i++) {
        if (strcmp(plan->names[i], name) == 0) {
            return plan->values[i];
        }
    }
    return NULL;
}

bool
check_plan_serves(const check_plan *plan)
{
    return plan->http && plan->endpoint == NULL && plan->replay == NULL &&
           check_plan_option(plan, "endpoint") == NULL;
}

bool
check_plan_wants(const check_plan *plan, const char *group)
{
    if (plan->only != NULL) {
        return strcmp(plan->only, group) == 0;
    }
    for (size_t i = 0; i < plan->skip_count; i++) {
        if (strcmp(plan->skip[i], group) == 0) {
            return false;
        }
    }
    return true;
}

bool
check_plan_changes(const check_plan *plan)
{
    return plan->changes || plan->replay != NULL || check_plan_serves(plan);
}
