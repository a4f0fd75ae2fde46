/* The inside of the suite's own CloudStack. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_CLOUDSTACK_INSIDE_H
#define TESTS_PLUGINS_CLOUDSTACK_INSIDE_H

#include "tests/plugins/cloudstack_mock.h"

#define MOCK_PARAMS 64

typedef struct param {
    char *name;
    char *value;
} param;

typedef struct asking {
    cloudstack_mock *mock;
    const web_asked *asked;
    web_channel *channel;
    char *text; /* that all names and values are in */
    param params[MOCK_PARAMS];
    size_t count;
    const struct mock_command *command;
} asking;

struct mock_command {
    const char *name;
    void (*serve)(const asking *of);
    mock_kind kind;
    const char *needed; /* with blanks between */
    const char *known;
    const char *state; /* that it leads to; NULL: away with it */
};

/* ---- cloudstack_mock.c: requests ------------------------------------------
 */

/* Of that parameter, or NULL. */
const char *mock_value(const asking *of, const char *name);
/* inside: the members of what is inside the answer's one entry. */
void mock_answer(const asking *of, int status, const char *inside);
void mock_fail(const asking *of, int status, int number, const char *words);
/* Of what a good client never asks. */
void mock_complain(const asking *of, const char *about, const char *what);

/* ---- cloudstack_commands.c: what it has and does ----------------------------
 */

mock_thing *mock_find(cloudstack_mock *mock, mock_kind kind, const char *id);
void mock_fill(cloudstack_mock *mock, int nodes);
/* NULL: there is none of that name. */
const struct mock_command *mock_command_of(const char *name);
/* Does it change anything? */
bool mock_changes(const struct mock_command *command);

#endif
