/* The options of the command line, one row each. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum cli_option {
    CLI_DRIVER,
    CLI_PROFILE,
    CLI_OPTION,
    CLI_NAME,
    CLI_SIZE,
    CLI_IMAGE,
    CLI_LOCATION,
    CLI_SSH_KEY,
    CLI_KEY_NAME,
    CLI_PASSWORD_FILE,
    CLI_USER_DATA,
    CLI_SNAPSHOT,
    CLI_VOLUME,
    CLI_NODE,
    CLI_DEVICE,
    CLI_POOL,
    CLI_DESCRIPTION,
    CLI_PRIVATE_KEY_FILE,
    CLI_CONFIRM,
    CLI_REVERT,
    CLI_LINES,
    CLI_ID_FILTER,
    CLI_STATE,
    CLI_TAG,
    CLI_FILTER,
    CLI_SET,
    CLI_TOKEN,
    CLI_QUERY,
    CLI_HEADER,
    CLI_DATA,
    CLI_IDEMPOTENT,
    CLI_SOFT,
    CLI_HARD,
    CLI_WAIT,
    CLI_TIMEOUT_OPTION,
    CLI_TRACE,
    CLI_RECORD,
    CLI_REPLAY,
    CLI_SAVED,
    CLI_YES,
    CLI_OUTPUT,
    CLI_COLUMNS,
    CLI_VERBOSE,
    CLI_QUIET,
    CLI_HELP,
    CLI_VERSION,
    CLI_OPTION_COUNT
} cli_option;

/* Sets of options. */
#define CLI_BIT(option) (UINT64_C(1) << (option))

typedef struct cli_option_row {
    const char *name;  /* without the dashes */
    char letter;       /* 0: none */
    const char *value; /* what its value is called; NULL: it takes none */
    bool repeatable;
    const char *help;
} cli_option_row;

extern const cli_option_row cli_options[CLI_OPTION_COUNT];

/* CLI_OPTION_COUNT when there is none of that name, or of that letter. */
cli_option cli_option_by_name(const char *name, size_t length);
cli_option cli_option_by_letter(char letter);

#endif
