/* What was found, told to people and to programs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/report.h"

#include "sdk/check/board.h"
#include "sdk/check/groups.h"

#include <string.h>

static const char *const verdicts[] = {
    [CHECK_GOOD] = "ok",
    [CHECK_FINDING] = "finding",
    [CHECK_SKIPPED] = "skipped",
    [CHECK_NOTE] = "note",
};

static size_t
count(check_verdict verdict)
{
    const check_board *board = check_board_get();
    size_t found = 0;

    for (size_t i = 0; i < board->count; i++) {
        found += board->entries[i].verdict == verdict;
    }
    return found;
}

/* ---- for people ------------------------------------------------------------
 */

/* Printable, on one line: a driver's words are in it. */
static void
put_line(const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;

        if (c < ' ' || c == 0x7f) {
            (void)printf("\\x%02x", (unsigned)c);
        } else {
            (void)putchar(c);
        }
    }
}

static void
put_more(const check_entry *entry)
{
    if (entry->more > 0) {
        (void)printf(" (and %lu more like it)", entry->more);
    }
}

static void
report_text(const check_plan *plan)
{
    const check_board *board = check_board_get();
    const char *group = "";

    (void)printf("%s\n", plan->path);
    for (size_t i = 0; i < board->count; i++) {
        const check_entry *entry = &board->entries[i];

        if (strcmp(group, entry->group) != 0) {
            const check_group *found = check_group_find(entry->group);

            group = entry->group;
            (void)printf("\n%s: %s\n", group,
                         found == NULL ? "" : found->title);
        }
        (void)printf("  %-8s%s%s", verdicts[entry->verdict], entry->name,
                     entry->text[0] == '\0' ? "" : ": ");
        put_line(entry->text);
        put_more(entry);
        (void)putchar('\n');
    }
    (void)printf("\n%zu good, %zu findings, %zu skipped\n", count(CHECK_GOOD),
                 count(CHECK_FINDING), count(CHECK_SKIPPED));
}

/* ---- JSON ------------------------------------------------------------------
 */

/* Bytes of the UTF-8 sequence that begins there; 0: none does. */
static size_t
sequence(const unsigned char *at)
{
    size_t length = at[0] < 0x80                     ? 1
                    : at[0] >= 0xc2 && at[0] <= 0xdf ? 2
                    : at[0] >= 0xe0 && at[0] <= 0xef ? 3
                    : at[0] >= 0xf0 && at[0] <= 0xf4 ? 4
                                                     : 0;

    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    if ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f) ||
        (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f)) {
        return 0;
    }
    return length;
}

void
check_json_string(FILE *out, const char *text)
{
    const unsigned char *at = (const unsigned char *)text;

    (void)putc('"', out);
    while (*at != '\0') {
        size_t length = sequence(at);

        if (*at < ' ' || *at == '"' || *at == '\\' || *at == 0x7f) {
            (void)fprintf(out, "\\u%04x", (unsigned)*at);
        } else if (length == 0) {
            (void)fputs("\\ufffd", out);
        } else {
            (void)fwrite(at, 1, length, out);
        }
        at += length == 0 ? 1 : length;
    }
    (void)putc('"', out);
}

static void
put_pair(const char *name, const char *value, const char *end)
{
    (void)printf("\"%s\": ", name);
    check_json_string(stdout, value);
    (void)fputs(end, stdout);
}

static void
report_json(const check_plan *plan)
{
    const check_board *board = check_board_get();

    (void)putchar('{');
    put_pair("module", plan->path, ", ");
    put_pair("driver", plan->name, ", ");
    (void)printf("\"good\": %zu, \"findings\": %zu, \"skipped\": %zu, "
                 "\"checks\": [",
                 count(CHECK_GOOD), count(CHECK_FINDING), count(CHECK_SKIPPED));
    for (size_t i = 0; i < board->count; i++) {
        const check_entry *entry = &board->entries[i];

        (void)printf("%s\n  {", i == 0 ? "" : ",");
        put_pair("group", entry->group, ", ");
        put_pair("name", entry->name, ", ");
        put_pair("verdict", verdicts[entry->verdict], ", ");
        put_pair("text", entry->text, ", ");
        (void)printf("\"more\": %lu}", entry->more);
    }
    (void)puts("\n]}");
}

/* ---- TAP -------------------------------------------------------------------
 */

static void
report_tap(void)
{
    const check_board *board = check_board_get();
    size_t number = 0;

    (void)printf("TAP version 13\n1..%zu\n", board->count - count(CHECK_NOTE));
    for (size_t i = 0; i < board->count; i++) {
        const check_entry *entry = &board->entries[i];

        if (entry->verdict == CHECK_NOTE) {
            (void)printf("# %s: ", entry->group);
            put_line(entry->text);
            (void)putchar('\n');
            continue;
        }
        (void)printf("%sok %zu - %s %s",
                     entry->verdict == CHECK_FINDING ? "not " : "", ++number,
                     entry->group, entry->name);
        if (entry->verdict == CHECK_SKIPPED) {
            (void)fputs(" # SKIP ", stdout);
            put_line(entry->text);
        }
        (void)putchar('\n');
        if (entry->verdict == CHECK_FINDING) {
            (void)fputs("# ", stdout);
            put_line(entry->text);
            put_more(entry);
            (void)putchar('\n');
        }
    }
}

bool
check_report(const check_plan *plan)
{
    switch (plan->output) {
    case CHECK_JSON:
        report_json(plan);
        break;
    case CHECK_TAP:
        report_tap();
        break;
    default:
        report_text(plan);
    }
    return fflush(stdout) == 0 && ferror(stdout) == 0;
}
