/* The file: what it exports, what it imports, how it is linked. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/board.h"
#include "sdk/check/elf_file.h"
#include "sdk/check/groups.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

/* What a driver never calls, and what it does instead. (The signal mask is a
 * thread's own: a driver's threads block what is the application's.) */
static const struct {
    const char *names; /* each with a blank behind it */
    const char *instead;
} never[] = {
    {"exit _exit _Exit quick_exit abort ",
     "return an error instead, with pileus_fail"},
    {"fork vfork execl execlp execle execv execve execvp posix_spawn system "
     "popen ",
     "do the work in the process, or leave it to the application"},
    {"signal sigaction sigprocmask ", "signals belong to the application"},
    {"setlocale ", "it changes the whole process"},
    {"setenv unsetenv putenv ", "the environment belongs to the application"},
    {"getenv ", "name the variable in the manifest, under \"environment\" of "
                "an option, and read pileus_setting"},
    {"chdir umask ", "they change the whole process"},
    {"printf vprintf puts putchar perror __printf_chk __vprintf_chk stdout "
     "stderr ",
     "tell the application with pileus_log"},
    {"stdin ", "standard input belongs to the application"},
};

/* What compilers and linkers add of their own. */
static bool
is_toolchain(const char *name)
{
    static const char *const patterns[] = {
        "_init",   "_fini",       "__bss_start", "_edata",      "_end",
        "__asan*", "__odr_asan*", "__tsan*",     "__ubsan*",    "__gcov*",
        "__llvm*", "__msan*",     "__lsan*",     "__sanitizer*"};

    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        if (fnmatch(patterns[i], name, 0) == 0) {
            return true;
        }
    }
    return false;
}

static void
check_exports(const check_elf *elf, const check_plan *plan)
{
    char own[128];
    const char *name;
    bool found = false;

    (void)snprintf(own, sizeof own, "%s_LTX_pileus_driver", plan->name);
    for (size_t i = 0; (name = check_elf_export(elf, i)) != NULL; i++) {
        if (strcmp(name, own) == 0) {
            found = true;
        } else if (!is_toolchain(name)) {
            check_finding("exports",
                          "it exports %s: make it static, or link with "
                          "-fvisibility=hidden; a driver exports %s alone",
                          name, own);
        }
    }
    if (!found) {
        check_finding("exports",
                      "it does not export %s: define the driver with "
                      "PILEUS_DRIVER(%s, ...), and name the file %s.so",
                      own, plan->name, plan->name);
    }
    check_good_unless("exports");
}

/* A sanitizer's or gcov's code has imports of its own. */
static const char *
instrumented(const check_elf *elf)
{
    const char *name;

    for (size_t i = 0; (name = check_elf_import(elf, i)) != NULL; i++) {
        if (strncmp(name, "__", 2) == 0 && is_toolchain(name)) {
            return name;
        }
    }
    return NULL;
}

/* What to do instead of it; NULL: it is fine. */
static const char *
instead_of(const char *name)
{
    char word[128];

    (void)snprintf(word, sizeof word, "%.126s ", name);
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++) {
        const char *at = strstr(never[i].names, word);

        if (at != NULL && (at == never[i].names || at[-1] == ' ')) {
            return never[i].instead;
        }
    }
    return NULL;
}

static void
check_imports(const check_elf *elf)
{
    const char *name = instrumented(elf);

    if (name != NULL) {
        check_skipped("imports",
                      "it is built to be watched, with %s: look at "
                      "a plain build",
                      name);
        return;
    }
    for (size_t i = 0; (name = check_elf_import(elf, i)) != NULL; i++) {
        const char *instead = instead_of(name);

        if (instead != NULL) {
            check_finding("imports", "it imports %s: %s", name, instead);
        }
        if (strncmp(name, "pileus_", 7) == 0 ||
            strncmp(name, "pil__", 5) == 0) {
            check_finding("imports",
                          "it imports %s of the library: what a driver needs "
                          "comes through the functions of pileus/driver.h",
                          name);
        }
    }
    check_good_unless("imports");
}

static void
check_links(const check_elf *elf)
{
    const char *name;

    for (size_t i = 0; (name = check_elf_needed(elf, i)) != NULL; i++) {
        if (strncmp(name, "libpileus", 9) == 0) {
            check_finding("libraries",
                          "it is linked with %s: leave -lpileus out, a driver "
                          "gets the library it is loaded by",
                          name);
        }
    }
    check_good_unless("libraries");
    if (check_elf_binds_now(elf)) {
        check_good("bind-now");
    } else {
        check_finding("bind-now",
                      "it is bound lazily, so that a missing symbol would be "
                      "noticed at its first call only: link it with "
                      "-Wl,-z,now");
    }
    if (check_elf_has_text_relocations(elf)) {
        check_finding("position", "its code is changed when it is loaded: "
                                  "compile it with -fPIC");
    } else {
        check_good("position");
    }
}

void
check_module(const check_plan *plan, size_t part)
{
    const char *problem = NULL;
    check_elf *elf = check_elf_open(plan->path, &problem);

    (void)part;
    if (elf == NULL && problem == NULL) {
        check_skipped("file", "modules are no ELF files here");
        return;
    }
    if (elf == NULL) {
        check_finding("file", "%s", problem);
        return;
    }
    check_good("file");
    check_exports(elf, plan);
    check_imports(elf);
    check_links(elf);
    check_elf_close(elf);
}
