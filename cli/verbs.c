/* Nouns and verbs: what there is to do, one row each. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/verbs.h"

#include "cli/nouns.h"

#include <string.h>

const cli_noun cli_nouns[] = {
    {"driver", "drivers that are installed"},
    {"node", "machines"},
    {"size", "what a machine may be"},
    {"image", "what a machine starts from"},
    {"location", "where a machine may stand"},
};
const size_t cli_noun_count = sizeof cli_nouns / sizeof cli_nouns[0];

#define COMMON                                                                 \
    (CLI_BIT(CLI_OUTPUT) | CLI_BIT(CLI_COLUMNS) | CLI_BIT(CLI_VERBOSE) |       \
     CLI_BIT(CLI_QUIET) | CLI_BIT(CLI_HELP))
#define CONNECTED                                                              \
    (COMMON | CLI_BIT(CLI_DRIVER) | CLI_BIT(CLI_PROFILE) |                     \
     CLI_BIT(CLI_OPTION) | CLI_BIT(CLI_TIMEOUT_OPTION))
#define LISTING                                                                \
    (CONNECTED | CLI_BIT(CLI_ID_FILTER) | CLI_BIT(CLI_NAME) |                  \
     CLI_BIT(CLI_FILTER))
#define CHANGING (CONNECTED | CLI_BIT(CLI_WAIT))
#define BLUNT (CLI_BIT(CLI_SOFT) | CLI_BIT(CLI_HARD))

const cli_verb cli_verbs[] = {
    {"driver", "list", "List the drivers that are installed.",
     "Only their manifests are read; no driver is loaded. With -v, it says "
     "what it passed over, and why.",
     CLI_OPERAND_NONE, COMMON, cli_driver_list},
    {"driver", "show", "Show a driver, its options and its calls.", NULL,
     CLI_OPERAND_DRIVER, COMMON, cli_driver_show},
    {"node", "list", "List nodes.",
     "A node is shown when it meets all that is asked for: one of the ids, "
     "one of the states, every tag.",
     CLI_OPERAND_NONE,
     LISTING | CLI_BIT(CLI_STATE) | CLI_BIT(CLI_LOCATION) | CLI_BIT(CLI_TAG),
     cli_node_list},
    {"node", "show", "Show all facts of a node.", NULL, CLI_OPERAND_NODE,
     CONNECTED, cli_node_show},
    {"node", "create", "Create a node.",
     "What is not given is left to the driver. When something goes wrong after "
     "the node was made, its id is on standard error.",
     CLI_OPERAND_NONE,
     CHANGING | CLI_BIT(CLI_NAME) | CLI_BIT(CLI_SIZE) | CLI_BIT(CLI_IMAGE) |
         CLI_BIT(CLI_LOCATION) | CLI_BIT(CLI_SSH_KEY) | CLI_BIT(CLI_KEY_NAME) |
         CLI_BIT(CLI_PASSWORD_FILE) | CLI_BIT(CLI_USER_DATA) |
         CLI_BIT(CLI_TAG) | CLI_BIT(CLI_SET) | CLI_BIT(CLI_TOKEN),
     cli_node_create},
    {"node", "reboot", "Reboot nodes.", "With --wait, until they are running.",
     CLI_OPERAND_NODES, CHANGING | BLUNT, cli_node_reboot},
    {"node", "start", "Start nodes that are stopped.",
     "With --wait, until they are running.", CLI_OPERAND_NODES, CHANGING,
     cli_node_start},
    {"node", "stop", "Stop nodes; they can be started again.",
     "The guest is asked first and has its plug pulled after a while. With "
     "--wait, until they are stopped.",
     CLI_OPERAND_NODES, CHANGING | BLUNT, cli_node_stop},
    {"node", "destroy", "Destroy nodes for good.",
     "Asks for confirmation first. With --wait, until they are gone.",
     CLI_OPERAND_NODES, CHANGING | CLI_BIT(CLI_YES), cli_node_destroy},
    {"node", "wait", "Wait until nodes are in a state.",
     "The state is --state, or else running.", CLI_OPERAND_NODES,
     CONNECTED | CLI_BIT(CLI_STATE), cli_node_wait},
    {"size", "list", "List sizes.", NULL, CLI_OPERAND_NONE,
     LISTING | CLI_BIT(CLI_LOCATION), cli_size_list},
    {"image", "list", "List images.", NULL, CLI_OPERAND_NONE,
     LISTING | CLI_BIT(CLI_LOCATION), cli_image_list},
    {"location", "list", "List locations.", NULL, CLI_OPERAND_NONE, LISTING,
     cli_location_list},
};
const size_t cli_verb_count = sizeof cli_verbs / sizeof cli_verbs[0];

const cli_noun *
cli_noun_get(const char *name)
{
    for (size_t i = 0; i < cli_noun_count; i++) {
        if (strcmp(cli_nouns[i].name, name) == 0) {
            return &cli_nouns[i];
        }
    }
    return NULL;
}

const cli_verb *
cli_verb_get(const char *noun, const char *name)
{
    for (size_t i = 0; i < cli_verb_count; i++) {
        if (strcmp(cli_verbs[i].noun, noun) == 0 &&
            strcmp(cli_verbs[i].name, name) == 0) {
            return &cli_verbs[i];
        }
    }
    return NULL;
}

bool
cli_verb_connects(const cli_verb *verb)
{
    return (verb->options & CLI_BIT(CLI_DRIVER)) != 0;
}

const char *
cli_verb_option_help(const cli_verb *verb, cli_option option)
{
    /* A listing takes as a filter what others set. */
    if ((verb->options & CLI_BIT(CLI_ID_FILTER)) != 0) {
        switch (option) {
        case CLI_NAME:
            return "only those of this name";
        case CLI_LOCATION:
            return "only those of this location";
        case CLI_STATE:
            return "only those in one of these states";
        case CLI_TAG:
            return "only those with this tag; KEY alone: of any value";
        default:
            break;
        }
    }
    return cli_options[option].help;
}

const char *
cli_verb_operands(const cli_verb *verb)
{
    switch (verb->operand) {
    case CLI_OPERAND_DRIVER:
        return " NAME";
    case CLI_OPERAND_NODE:
        return " ID";
    case CLI_OPERAND_NODES:
        return " ID...";
    default:
        return "";
    }
}
