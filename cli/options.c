/* The options of the command line, one row each. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/options.h"

#include <string.h>

/* In the order in which help shows them. */
const cli_option_row cli_options[CLI_OPTION_COUNT] = {
    [CLI_DRIVER] = {"driver", 'd', "NAME", false, "driver to open"},
    [CLI_PROFILE] = {"profile", 'p', "NAME", true,
                     "profile to open; several make a fleet in listings"},
    [CLI_OPTION] = {"option", 'O', "KEY=VALUE", true,
                    "option of the driver; KEY@FILE reads the value from a "
                    "file, KEY@- from standard input"},
    [CLI_NAME] = {"name", 0, "NAME", false, "name to give it"},
    [CLI_SIZE] = {"size", 0, "ID", false, "size to create it in"},
    [CLI_IMAGE] = {"image", 0, "ID", false, "image to create it from"},
    [CLI_LOCATION] = {"location", 0, "ID", false, "location to create it in"},
    [CLI_SSH_KEY] = {"ssh-key", 0, "FILE", false,
                     "public key to log in with, in a file or as it is"},
    [CLI_KEY_NAME] = {"key-name", 0, "NAME", false,
                      "key pair that the provider knows by this name"},
    [CLI_PASSWORD_FILE] = {"password-file", 0, "FILE", false,
                           "password of the first user; - is standard input"},
    [CLI_USER_DATA] = {"user-data", 0, "FILE", false,
                       "data for the guest's first boot; - is standard "
                       "input"},
    [CLI_SNAPSHOT] = {"snapshot", 0, "ID", false, "snapshot to make it from"},
    [CLI_VOLUME] = {"volume", 0, "ID", false, "volume to take it of"},
    [CLI_NODE] = {"node", 0, "ID", false, "node to attach it to"},
    [CLI_DEVICE] = {"device", 0, "PATH", false,
                    "where it appears in the node, such as /dev/vdb"},
    [CLI_POOL] = {"pool", 0, "NAME", false,
                  "what to take it of, as the driver's page says"},
    [CLI_DESCRIPTION] = {"description", 0, "TEXT", false, "words about it"},
    [CLI_PRIVATE_KEY_FILE] = {"private-key-file", 0, "FILE", false,
                              "new file for the private key, readable by you "
                              "alone"},
    [CLI_CONFIRM] = {"confirm", 0, NULL, false,
                     "stay in the new size, and give the old one up"},
    [CLI_REVERT] = {"revert", 0, NULL, false, "go back to the old size"},
    [CLI_LINES] = {"lines", 0, "NUMBER", false,
                   "only so many of the last lines"},
    [CLI_ID_FILTER] = {"id", 0, "ID", true, "only those with one of these ids"},
    [CLI_STATE] = {"state", 0, "STATE", true, "state to wait for"},
    [CLI_TAG] = {"tag", 0, "KEY=VALUE", true, "tag to give it"},
    [CLI_FILTER] = {"filter", 0, "KEY=VALUE", true,
                    "filter of the driver's own"},
    [CLI_SET] = {"set", 0, "KEY=VALUE", true, "argument of the driver's own"},
    [CLI_TOKEN] = {"token", 0, "TOKEN", false,
                   "two creates with one token make one thing"},
    [CLI_QUERY] = {"query", 0, "KEY=VALUE", true,
                   "parameter of the query, not encoded yet"},
    [CLI_HEADER] = {"header", 'H', "LINE", true,
                    "header of the request, such as 'Accept: text/plain'"},
    [CLI_DATA] = {"data", 0, "BODY", false,
                  "body of the request; @FILE reads it from a file, @- from "
                  "standard input"},
    [CLI_IDEMPOTENT] = {"idempotent", 0, NULL, false,
                        "twice is as good as once: it may be sent again"},
    [CLI_SOFT] = {"soft", 0, NULL, false, "only ask the guest"},
    [CLI_HARD] = {"hard", 0, NULL, false, "do not ask: pull the plug"},
    [CLI_WAIT] = {"wait", 0, NULL, false,
                  "wait until it is in the state that this leads to"},
    [CLI_TIMEOUT_OPTION] = {"timeout", 0, "DURATION", false,
                            "time limit: 250ms, 1.5s, 5m, 2h, 1d; 5m when not "
                            "given"},
    [CLI_TRACE] = {"trace", 0, NULL, false,
                   "show each request as a curl command, without secrets"},
    [CLI_RECORD] = {"record", 0, "DIR", false,
                    "write down what is asked and answered, without secrets"},
    [CLI_REPLAY] = {"replay", 0, "DIR", false,
                    "answer from what was recorded, without a network"},
    [CLI_SAVED] = {"saved", 0, "FILE", false,
                   "take them from what -o saved wrote, and ask nobody; - is "
                   "standard input"},
    [CLI_YES] = {"yes", 'y', NULL, false, "do not ask for confirmation"},
    [CLI_OUTPUT] = {"output", 'o', "FORMAT", false,
                    "table, json, jsonl, csv, id or saved"},
    [CLI_COLUMNS] = {"columns", 0, "A,B", false,
                     "which columns, in this order; extra.KEY is one, too"},
    [CLI_VERBOSE] = {"verbose", 'v', NULL, true,
                     "say what is done; twice, in detail"},
    [CLI_QUIET] = {"quiet", 'q', NULL, false, "say nothing but errors"},
    [CLI_HELP] = {"help", 'h', NULL, false,
                  "show this; with -d, the driver's options, too"},
    [CLI_VERSION] = {"version", 0, NULL, false, "show the version"},
};

cli_option
cli_option_by_name(const char *name, size_t length)
{
    for (size_t i = 0; i < CLI_OPTION_COUNT; i++) {
        if (strlen(cli_options[i].name) == length &&
            memcmp(cli_options[i].name, name, length) == 0) {
            return (cli_option)i;
        }
    }
    return CLI_OPTION_COUNT;
}

cli_option
cli_option_by_letter(char letter)
{
    for (size_t i = 0; i < CLI_OPTION_COUNT; i++) {
        if (letter != 0 && cli_options[i].letter == letter) {
            return (cli_option)i;
        }
    }
    return CLI_OPTION_COUNT;
}
