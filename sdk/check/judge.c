/* Is an error a good one? */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/judge.h"

#include "sdk/check/board.h"
#include "sdk/check/marker.h"

#include <string.h>

/* A sentence, not a word. */
#define MESSAGE_LEAST 8

static void
look(const char *place, const char *text)
{
    if (text != NULL) {
        check_marker_look(place, text, strlen(text));
    }
}

/* The library's own words about what a driver did wrong. */
static bool
blames_driver(const pileus_error *err)
{
    const char *message = pileus_error_message(err);

    return pileus_error_code(err) == PILEUS_DRIVER ||
           strstr(message, "tell its authors") != NULL ||
           strstr(message, "tell the driver's authors") != NULL ||
           strstr(message, "tell this to the driver's author") != NULL;
}

void
check_judge_error(const char *what, pileus_code code, const pileus_error *err)
{
    if (code == PILEUS_OK) {
        return;
    }
    look("an error's message", pileus_error_message(err));
    look("an error's provider code", pileus_error_provider_code(err));
    look("an error's provider message", pileus_error_provider_message(err));
    look("an error's request id", pileus_error_request_id(err));
    look("an error's made id", pileus_error_made_id(err));
    if (blames_driver(err)) {
        check_finding("errors", "%s: the library says: %s", what,
                      pileus_error_message(err));
    } else if (strcmp(pileus_code_name(code), "unknown") == 0) {
        check_finding("errors",
                      "%s: it fails with code %d, which is none: take one of "
                      "pileus/common.h",
                      what, (int)code);
    } else if (strlen(pileus_error_message(err)) < MESSAGE_LEAST) {
        check_finding("errors",
                      "%s: it fails with the message \"%s\": say in a sentence "
                      "what was tried, on what, and what to do",
                      what, pileus_error_message(err));
    }
}
