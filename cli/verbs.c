/* Nouns and verbs: what there is to do, one row each. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/verbs.h"

#include "cli/column.h"
#include "cli/nouns.h"

#include <string.h>

const cli_noun cli_nouns[] = {
    {"driver", "drivers that are installed"},
    {"node", "machines"},
    {"size", "what a machine may be"},
    {"image", "what a machine starts from"},
    {"location", "where a machine may stand"},
    {"volume", "disks that live without a machine"},
    {"snapshot", "volumes as they were"},
    {"keypair", "what opens a machine"},
    {"address", "addresses that are kept without a machine"},
    {"raw", "any request to the provider's API"},
};
const size_t cli_noun_count = sizeof cli_nouns / sizeof cli_nouns[0];

#define ALWAYS (CLI_BIT(CLI_VERBOSE) | CLI_BIT(CLI_QUIET) | CLI_BIT(CLI_HELP))
#define COMMON (ALWAYS | CLI_BIT(CLI_OUTPUT) | CLI_BIT(CLI_COLUMNS))
#define CONNECTING                                                             \
    (CLI_BIT(CLI_DRIVER) | CLI_BIT(CLI_PROFILE) | CLI_BIT(CLI_OPTION) |        \
     CLI_BIT(CLI_TIMEOUT_OPTION) | CLI_BIT(CLI_TRACE) | CLI_BIT(CLI_RECORD) |  \
     CLI_BIT(CLI_REPLAY))
#define CONNECTED (COMMON | CONNECTING)
#define LISTING                                                                \
    (CONNECTED | CLI_BIT(CLI_ID_FILTER) | CLI_BIT(CLI_NAME) |                  \
     CLI_BIT(CLI_FILTER))
#define THERE (CONNECTED | CLI_BIT(CLI_SAVED))
#define DESTROYING (THERE | CLI_BIT(CLI_YES))
#define CREATING (CONNECTED | CLI_BIT(CLI_WAIT))
#define CHANGING (THERE | CLI_BIT(CLI_WAIT))
#define BLUNT (CLI_BIT(CLI_SOFT) | CLI_BIT(CLI_HARD))
#define ASKING (ALWAYS | CONNECTING | CLI_BIT(CLI_QUERY) | CLI_BIT(CLI_HEADER))
#define SENDING (ASKING | CLI_BIT(CLI_DATA))

/* What is there can be given tags. */
#define TAGGED(NOUN, NOUNS)                                                    \
    {NOUN,                                                                     \
     "tag",                                                                    \
     "Give " NOUNS " tags, beside those that they have.",                      \
     "The value of a tag that is there is replaced. They are shown as they "   \
     "are then.",                                                              \
     CLI_OPERAND_SOME,                                                         \
     THERE | CLI_BIT(CLI_TAG),                                                 \
     cli_tag,                                                                  \
     CLI_BIT(CLI_TAG)},                                                        \
    {                                                                          \
        NOUN, "untag", "Take tags from " NOUNS ".",                            \
            "They are shown as they are then.", CLI_OPERAND_SOME,              \
            THERE | CLI_BIT(CLI_TAG), cli_untag, CLI_BIT(CLI_TAG)              \
    }

/* The verbs of raw are HTTP's methods. */
#define RAW(METHOD, OPTIONS)                                                   \
    {                                                                          \
        "raw", METHOD,                                                         \
            "Send a " METHOD " request, and print what is answered.",          \
            "The path is one behind the endpoint, or a whole URL there. The "  \
            "body of the answer is printed as it is; an answer that is not "   \
            "2xx is a failure.",                                               \
            CLI_OPERAND_PATH, OPTIONS, cli_raw, 0                              \
    }

const cli_verb cli_verbs[] = {
    {"driver", "list", "List the drivers that are installed.",
     "Only their manifests are read; no driver is loaded. With -v, it says "
     "what it passed over, and why.",
     CLI_OPERAND_NONE, COMMON, cli_driver_list, 0},
    {"driver", "show", "Show a driver, its options and its calls.", NULL,
     CLI_OPERAND_DRIVER, COMMON, cli_driver_show, 0},
    {"node", "list", "List nodes.",
     "A node is shown when it meets all that is asked for: one of the ids, "
     "one of the states, every tag.",
     CLI_OPERAND_NONE,
     LISTING | CLI_BIT(CLI_STATE) | CLI_BIT(CLI_LOCATION) | CLI_BIT(CLI_TAG),
     cli_node_list, 0},
    {"node", "show", "Show all facts of a node.", NULL, CLI_OPERAND_ONE, THERE,
     cli_node_show, 0},
    {"node", "create", "Create a node.",
     "What is not given is left to the driver. When something goes wrong after "
     "the node was made, its id is on standard error.",
     CLI_OPERAND_NONE,
     CREATING | CLI_BIT(CLI_NAME) | CLI_BIT(CLI_SIZE) | CLI_BIT(CLI_IMAGE) |
         CLI_BIT(CLI_LOCATION) | CLI_BIT(CLI_SSH_KEY) | CLI_BIT(CLI_KEY_NAME) |
         CLI_BIT(CLI_PASSWORD_FILE) | CLI_BIT(CLI_USER_DATA) |
         CLI_BIT(CLI_TAG) | CLI_BIT(CLI_SET) | CLI_BIT(CLI_TOKEN),
     cli_node_create, 0},
    {"node", "reboot", "Reboot nodes.", "With --wait, until they are running.",
     CLI_OPERAND_SOME, CHANGING | BLUNT, cli_node_reboot, 0},
    {"node", "start", "Start nodes that are stopped.",
     "With --wait, until they are running.", CLI_OPERAND_SOME, CHANGING,
     cli_node_start, 0},
    {"node", "stop", "Stop nodes; they can be started again.",
     "The guest is asked first and has its plug pulled after a while. With "
     "--wait, until they are stopped.",
     CLI_OPERAND_SOME, CHANGING | BLUNT, cli_node_stop, 0},
    {"node", "destroy", "Destroy nodes for good.",
     "Asks for confirmation first. With --wait, until they are gone.",
     CLI_OPERAND_SOME, CHANGING | CLI_BIT(CLI_YES), cli_node_destroy, 0},
    {"node", "pause", "Pause nodes: they stand still, in memory.",
     "With --wait, until they are paused.", CLI_OPERAND_SOME, CHANGING,
     cli_node_pause, 0},
    {"node", "unpause", "Let nodes that are paused go on.",
     "With --wait, until they are running.", CLI_OPERAND_SOME, CHANGING,
     cli_node_unpause, 0},
    {"node", "suspend", "Suspend nodes: their memory goes to disk.",
     "With --wait, until they are suspended.", CLI_OPERAND_SOME, CHANGING,
     cli_node_suspend, 0},
    {"node", "resume", "Let nodes that are suspended go on.",
     "With --wait, until they are running.", CLI_OPERAND_SOME, CHANGING,
     cli_node_resume, 0},
    {"node", "shelve", "Shelve nodes: they stop, and give their place up.",
     "With --wait, until they are stopped.", CLI_OPERAND_SOME, CHANGING,
     cli_node_shelve, 0},
    {"node", "unshelve", "Bring nodes back that are shelved.",
     "With --wait, until they are running.", CLI_OPERAND_SOME, CHANGING,
     cli_node_unshelve, 0},
    {"node", "rebuild", "Make nodes anew from an image.",
     "What is on their disks is lost; ids and addresses stay. Asks for "
     "confirmation first. What is given besides the image is for drivers that "
     "can change it. With --wait, until they are running.",
     CLI_OPERAND_SOME,
     CHANGING | CLI_BIT(CLI_YES) | CLI_BIT(CLI_IMAGE) | CLI_BIT(CLI_NAME) |
         CLI_BIT(CLI_SSH_KEY) | CLI_BIT(CLI_KEY_NAME) |
         CLI_BIT(CLI_PASSWORD_FILE) | CLI_BIT(CLI_USER_DATA) |
         CLI_BIT(CLI_TAG) | CLI_BIT(CLI_SET),
     cli_node_rebuild, CLI_BIT(CLI_IMAGE)},
    {"node", "resize", "Give nodes another size.",
     "With some providers the old size is kept until --confirm or --revert "
     "says which it shall be. With --wait, until they are running.",
     CLI_OPERAND_SOME,
     CHANGING | CLI_BIT(CLI_SIZE) | CLI_BIT(CLI_CONFIRM) | CLI_BIT(CLI_REVERT),
     cli_node_resize, 0},
    {"node", "console", "Show what a node has written to its console.",
     "On a terminal, what could drive it is made visible; elsewhere each byte "
     "is as it came.",
     CLI_OPERAND_ONE, ALWAYS | CONNECTING | CLI_BIT(CLI_LINES),
     cli_node_console, 0},
    {"node", "wait", "Wait until nodes are in a state.",
     "The state is --state, or else running.", CLI_OPERAND_SOME,
     CONNECTED | CLI_BIT(CLI_STATE), cli_node_wait, 0},
    TAGGED("node", "nodes"),
    {"size", "list", "List sizes.", NULL, CLI_OPERAND_NONE,
     LISTING | CLI_BIT(CLI_LOCATION), cli_size_list, 0},
    {"image", "list", "List images.", NULL, CLI_OPERAND_NONE,
     LISTING | CLI_BIT(CLI_LOCATION), cli_image_list, 0},
    {"image", "show", "Show all facts of an image.", NULL, CLI_OPERAND_ONE,
     THERE, cli_image_show, 0},
    {"image", "create", "Create an image of a node as it is now.",
     "It may take a while after this until the image can be used.",
     CLI_OPERAND_NONE,
     CONNECTED | CLI_BIT(CLI_NODE) | CLI_BIT(CLI_NAME) |
         CLI_BIT(CLI_DESCRIPTION),
     cli_image_create, CLI_BIT(CLI_NODE) | CLI_BIT(CLI_NAME)},
    {"image", "delete", "Delete images for good.",
     "Asks for confirmation first.", CLI_OPERAND_SOME, DESTROYING,
     cli_image_delete, 0},
    TAGGED("image", "images"),
    {"location", "list", "List locations.", NULL, CLI_OPERAND_NONE, LISTING,
     cli_location_list, 0},
    {"volume", "list", "List volumes.", NULL, CLI_OPERAND_NONE,
     LISTING | CLI_BIT(CLI_STATE) | CLI_BIT(CLI_LOCATION), cli_volume_list, 0},
    {"volume", "show", "Show all facts of a volume.", NULL, CLI_OPERAND_ONE,
     THERE, cli_volume_show, 0},
    {"volume", "create", "Create a volume, alone or from a snapshot.",
     "What is not given is left to the driver. When something goes wrong after "
     "the volume was made, its id is on standard error.",
     CLI_OPERAND_NONE,
     CONNECTED | CLI_BIT(CLI_NAME) | CLI_BIT(CLI_SIZE) | CLI_BIT(CLI_LOCATION) |
         CLI_BIT(CLI_SNAPSHOT) | CLI_BIT(CLI_SET) | CLI_BIT(CLI_TOKEN),
     cli_volume_create, 0},
    {"volume", "destroy", "Destroy volumes, and all that is on them.",
     "Asks for confirmation first.", CLI_OPERAND_SOME, DESTROYING,
     cli_volume_destroy, 0},
    {"volume", "attach", "Attach a volume to a node.",
     "The volume is shown as it is then.", CLI_OPERAND_ONE,
     CONNECTED | CLI_BIT(CLI_NODE) | CLI_BIT(CLI_DEVICE), cli_volume_attach,
     CLI_BIT(CLI_NODE)},
    {"volume", "detach", "Detach volumes from their nodes.",
     "They are shown as they are then.", CLI_OPERAND_SOME, CONNECTED,
     cli_volume_detach, 0},
    TAGGED("volume", "volumes"),
    {"snapshot", "list", "List snapshots.", NULL, CLI_OPERAND_NONE,
     LISTING | CLI_BIT(CLI_VOLUME) | CLI_BIT(CLI_STATE), cli_snapshot_list, 0},
    {"snapshot", "show", "Show all facts of a snapshot.", NULL, CLI_OPERAND_ONE,
     THERE, cli_snapshot_show, 0},
    {"snapshot", "create", "Take a snapshot of a volume as it is now.", NULL,
     CLI_OPERAND_NONE, CONNECTED | CLI_BIT(CLI_VOLUME) | CLI_BIT(CLI_NAME),
     cli_snapshot_create, CLI_BIT(CLI_VOLUME)},
    {"snapshot", "destroy", "Destroy snapshots for good.",
     "Asks for confirmation first.", CLI_OPERAND_SOME, DESTROYING,
     cli_snapshot_destroy, 0},
    TAGGED("snapshot", "snapshots"),
    {"keypair", "list", "List key pairs.", NULL, CLI_OPERAND_NONE, LISTING,
     cli_keypair_list, 0},
    {"keypair", "show", "Show all facts of a key pair.", NULL, CLI_OPERAND_ONE,
     THERE, cli_keypair_show, 0},
    {"keypair", "create", "Have the provider make a key pair.",
     "It tells the private key only once: --private-key-file keeps it in a new "
     "file, --columns with private_key shows it.",
     CLI_OPERAND_NONE,
     CONNECTED | CLI_BIT(CLI_NAME) | CLI_BIT(CLI_PRIVATE_KEY_FILE),
     cli_keypair_create, CLI_BIT(CLI_NAME)},
    {"keypair", "import", "Tell the provider a public key of yours.", NULL,
     CLI_OPERAND_NONE, CONNECTED | CLI_BIT(CLI_NAME) | CLI_BIT(CLI_SSH_KEY),
     cli_keypair_import, CLI_BIT(CLI_NAME) | CLI_BIT(CLI_SSH_KEY)},
    {"keypair", "delete", "Delete key pairs for good.",
     "Asks for confirmation first. Machines that were made with one keep it.",
     CLI_OPERAND_SOME, DESTROYING, cli_keypair_delete, 0},
    TAGGED("keypair", "key pairs"),
    {"address", "list", "List addresses.", NULL, CLI_OPERAND_NONE, LISTING,
     cli_address_list, 0},
    {"address", "show", "Show all facts of an address.", NULL, CLI_OPERAND_ONE,
     THERE, cli_address_show, 0},
    {"address", "create", "Have the provider set an address aside.",
     "With most providers it costs until it is deleted.", CLI_OPERAND_NONE,
     CONNECTED | CLI_BIT(CLI_POOL), cli_address_create, 0},
    {"address", "delete", "Give addresses back for good.",
     "Asks for confirmation first.", CLI_OPERAND_SOME, DESTROYING,
     cli_address_delete, 0},
    {"address", "attach", "Have an address lead to a node.",
     "The address is shown as it is then.", CLI_OPERAND_ONE,
     CONNECTED | CLI_BIT(CLI_NODE), cli_address_attach, CLI_BIT(CLI_NODE)},
    {"address", "detach", "Have addresses lead nowhere.",
     "They are shown as they are then.", CLI_OPERAND_SOME, CONNECTED,
     cli_address_detach, 0},
    TAGGED("address", "addresses"),
    RAW("GET", ASKING),
    RAW("HEAD", ASKING),
    RAW("OPTIONS", ASKING),
    RAW("POST", SENDING | CLI_BIT(CLI_IDEMPOTENT)),
    RAW("PUT", SENDING),
    RAW("PATCH", SENDING | CLI_BIT(CLI_IDEMPOTENT)),
    RAW("DELETE", SENDING),
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
        case CLI_VOLUME:
            return "only those of this volume";
        default:
            break;
        }
    }
    if (option == CLI_TAG && strcmp(verb->name, "untag") == 0) {
        return "tag to take away, by its key";
    }
    if (option == CLI_SIZE && strcmp(verb->noun, "volume") == 0) {
        return "its size in GB";
    }
    if (option == CLI_SIZE && strcmp(verb->name, "resize") == 0) {
        return "size to give it";
    }
    if (option == CLI_IMAGE && strcmp(verb->name, "rebuild") == 0) {
        return "image to make it anew from";
    }
    if (option == CLI_NODE && strcmp(verb->noun, "image") == 0) {
        return "node to make it of";
    }
    return cli_options[option].help;
}

const char *
cli_verb_option_value(const cli_verb *verb, cli_option option)
{
    if (option == CLI_TAG && strcmp(verb->name, "untag") == 0) {
        return "KEY";
    }
    return option == CLI_SIZE && strcmp(verb->noun, "volume") == 0
               ? "GB"
               : cli_options[option].value;
}

const cli_kind *
cli_verb_option_kind(const cli_verb *verb, cli_option option)
{
    switch (option) {
    case CLI_SIZE:
        return strcmp(verb->noun, "volume") == 0 ? NULL : &cli_kind_size;
    case CLI_IMAGE:
        return &cli_kind_image;
    case CLI_LOCATION:
        return &cli_kind_location;
    case CLI_SNAPSHOT:
        return &cli_kind_snapshot;
    case CLI_VOLUME:
        return &cli_kind_volume;
    case CLI_NODE:
        return &cli_kind_node;
    case CLI_KEY_NAME:
        return &cli_kind_keypair;
    default:
        return NULL;
    }
}

const char *
cli_verb_operands(const cli_verb *verb)
{
    bool named = strcmp(verb->noun, "keypair") == 0;

    switch (verb->operand) {
    case CLI_OPERAND_DRIVER:
        return " NAME";
    case CLI_OPERAND_ONE:
        return named ? " NAME" : " ID";
    case CLI_OPERAND_SOME:
        return named ? " NAME..." : " ID...";
    case CLI_OPERAND_PATH:
        return " PATH";
    default:
        return "";
    }
}
