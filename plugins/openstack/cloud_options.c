/* What the facts of a cloud are as options of the driver, and which options of
 * farther sources do not count beside nearer ones. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "clouds.h"

#include "openstack.h"

#include <strings.h>

#define KEYS_MAX 4
#define TEXT_SIZE 1024

/* Options that say the same in several ways: of those, the ones of the nearest
 * source count. What names a domain counts if it is as near as what it is the
 * domain of. */
typedef enum group {
    ALONE,
    SECRET,     /* that logs in */
    CREDENTIAL, /* whose secret that may be */
    USER,
    USER_DOMAIN,
    SCOPE,
    SCOPE_DOMAIN,
    GROUPS
} group;

typedef enum shape {
    TEXT,
    BOOLEAN,
    NOT, /* a boolean that says the contrary */
    FILE_NAME,
    INTERFACE,
    REGION,
    SYSTEM
} shape;

/* The keys of a cloud, in "auth" or beside it, and the options they set. */
static const struct {
    const char *option;
    group group;
    shape shape;
    const char *keys[KEYS_MAX];
} options[] = {
    {"endpoint", ALONE, TEXT, {"auth_url"}},
    {"username", USER, TEXT, {"username", "user_name"}},
    {"user-id", USER, TEXT, {"user_id"}},
    {"user-domain",
     USER_DOMAIN,
     TEXT,
     {"user_domain_name", "default_domain_name", "default_domain"}},
    {"user-domain-id",
     USER_DOMAIN,
     TEXT,
     {"user_domain_id", "default_domain_id"}},
    {"password", SECRET, TEXT, {"password"}},
    {"token", SECRET, TEXT, {"token", "auth_token"}},
    {"application-credential-secret",
     SECRET,
     TEXT,
     {"application_credential_secret"}},
    {"application-credential-id",
     CREDENTIAL,
     TEXT,
     {"application_credential_id"}},
    {"application-credential-name",
     CREDENTIAL,
     TEXT,
     {"application_credential_name"}},
    {"project", SCOPE, TEXT, {"project_name", "tenant_name"}},
    {"project-id", SCOPE, TEXT, {"project_id", "tenant_id"}},
    {"domain", SCOPE, TEXT, {"domain_name"}},
    {"domain-id", SCOPE, TEXT, {"domain_id"}},
    {"system", SCOPE, SYSTEM, {"system_scope"}},
    {"project-domain",
     SCOPE_DOMAIN,
     TEXT,
     {"project_domain_name", "default_domain_name", "default_domain"}},
    {"project-domain-id",
     SCOPE_DOMAIN,
     TEXT,
     {"project_domain_id", "default_domain_id"}},
    {"region", ALONE, REGION, {"region_name", "regions"}},
    {"interface", ALONE, INTERFACE, {"interface", "endpoint_type"}},
    {"ca-file", ALONE, FILE_NAME, {"cacert"}},
    {"client-cert", ALONE, FILE_NAME, {"cert"}},
    {"client-key", ALONE, FILE_NAME, {"key"}},
    {"insecure", ALONE, NOT, {"verify"}},
    {"insecure", ALONE, BOOLEAN, {"insecure"}},
    {"compute-api-version",
     ALONE,
     TEXT,
     {"compute_default_microversion", "compute_api_version"}},
    {"compute-endpoint", ALONE, TEXT, {"compute_endpoint_override"}},
    {"image-endpoint", ALONE, TEXT, {"image_endpoint_override"}},
    {"network-endpoint", ALONE, TEXT, {"network_endpoint_override"}},
    {"volume-endpoint",
     ALONE,
     TEXT,
     {"block_storage_endpoint_override", "block_store_endpoint_override",
      "volume_endpoint_override", "volumev3_endpoint_override"}},
};
#define OPTIONS (sizeof options / sizeof options[0])

/* ---- sources --------------------------------------------------------------
 */

int
os_nearness(pileus_call *call, const char *option)
{
    static const char *const sources[] = {"default", "environment", "file",
                                          "profile", "caller"};
    const char *source = pileus_setting(call, option);
    int i = 0;

    if (source != NULL) {
        source = pileus_setting_source(call, option);
    }
    while (source != NULL && i < 5 && strcmp(sources[i], source) != 0) {
        i++;
    }
    return source == NULL ? 0 : i + 1;
}

static void
find_nearest(pileus_call *call, int nearest[GROUPS])
{
    for (int i = 0; i < GROUPS; i++) {
        nearest[i] = 0;
    }
    for (size_t i = 0; i < OPTIONS; i++) {
        int near = os_nearness(call, options[i].option);
        int *most = &nearest[options[i].group];

        *most = near > *most ? near : *most;
    }
}

/* The nearness that an option must have to count. The domain of what a cloud
 * names is not the environment's. */
static int
need_of(const int nearest[GROUPS], group of)
{
    int above = of == USER_DOMAIN    ? nearest[USER]
                : of == SCOPE_DOMAIN ? nearest[SCOPE]
                                     : 0;

    return above == OS_FROM_FILE && nearest[of] < above ? above : nearest[of];
}

/* What is of the environment, and farther than what says the same. */
static int32_t
withdraw(pileus_call *call)
{
    int nearest[GROUPS];
    int32_t code = PILEUS_OK;

    find_nearest(call, nearest);
    for (size_t i = 0; code == PILEUS_OK && i < OPTIONS; i++) {
        int near = os_nearness(call, options[i].option);

        if (options[i].group != ALONE && near > 0 &&
            near < need_of(nearest, options[i].group)) {
            code = pileus_setting_provide(call, options[i].option, NULL, "");
        }
    }
    return code;
}

/* ---- values ---------------------------------------------------------------
 */

static bool
is_word(const char *text, const char *const words[3])
{
    for (int i = 0; i < 3; i++) {
        if (strcasecmp(text, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* "true", "false", or NULL for neither; as YAML 1.1 has it. */
static const char *
boolean_of(const char *text, bool contrary)
{
    static const char *const yes[] = {"true", "yes", "on"};
    static const char *const no[] = {"false", "no", "off"};

    if (is_word(text, yes)) {
        return contrary ? "false" : "true";
    }
    return !is_word(text, no) ? NULL : contrary ? "true" : "false";
}

static const char *
interface_of(char text[TEXT_SIZE], const char *value)
{
    size_t length = strlen(value);

    if (length > 3 && strcmp(value + length - 3, "URL") == 0) { /* once so */
        length -= 3;
    }
    return snprintf(text, TEXT_SIZE, "%.*s", (int)length, value) < TEXT_SIZE
               ? text
               : NULL;
}

static const char *
file_of(pileus_call *call, char text[TEXT_SIZE], const char *value)
{
    const char *home = pileus_setting(call, "home");

    if (strncmp(value, "~/", 2) != 0 || home == NULL) {
        return value;
    }
    return snprintf(text, TEXT_SIZE, "%s%s", home, value + 1) < TEXT_SIZE
               ? text
               : NULL;
}

/* The first of several, each a name or a map that has one. */
static const os_yaml_node *
region_of(os_yaml *document, const os_yaml_node *node)
{
    if (node->kind == OS_YAML_LIST && node->count > 0) {
        node = node->entries[0];
    }
    return node->kind == OS_YAML_MAP ? os_yaml_get(document, node, "name")
                                     : node;
}

/* The option's value; NULL: this cannot be one, and *wanted says what can. */
static const char *
value_of(pileus_call *call, shape wanted, const os_yaml_node *node,
         char text[TEXT_SIZE], const char **words)
{
    switch (wanted) {
    case BOOLEAN:
    case NOT:
        *words = "this must be true or false";
        return boolean_of(node->text, wanted == NOT);
    case FILE_NAME:
        *words = "the name of the file is too long";
        return file_of(call, text, node->text);
    case INTERFACE:
        *words = "this must be public, internal or admin";
        return interface_of(text, node->text);
    case SYSTEM:
        *words = "the only system scope is all";
        return strcmp(node->text, "all") == 0 ? "true" : NULL;
    default:
        return node->text;
    }
}

/* ---- providing ------------------------------------------------------------
 */

/* In "auth", where it belongs, or beside it. */
static const os_yaml_node *
get_in(os_yaml *document, const os_yaml_node *map, const char *key)
{
    const os_yaml_node *found =
        os_yaml_get(document, os_yaml_get(document, map, "auth"), key);

    return found == NULL ? os_yaml_get(document, map, key) : found;
}

/* What the region's values say counts more. */
static const os_yaml_node *
get(os_cloud *cloud, int file, const char *key)
{
    os_yaml *document = cloud->files[file].document;
    const os_yaml_node *found = NULL;

    if (cloud->files[file].values != NULL) {
        found = get_in(document, cloud->files[file].values, key);
    }
    if (found == NULL && cloud->files[file].map != NULL) {
        found = get_in(document, cloud->files[file].map, key);
    }
    return found;
}

static int32_t
provide_node(pileus_call *call, os_cloud *cloud, int file, size_t i,
             const os_yaml_node *node)
{
    os_yaml *document = cloud->files[file].document;
    const char *words = "this must be a text";
    char text[TEXT_SIZE];
    char origin[TEXT_SIZE];
    const char *value;
    int32_t code;

    if (options[i].shape == REGION) {
        const os_yaml_node *name = region_of(document, node);

        words = "this must be the name of a region, or a list of them";
        node = name == NULL ? node : name;
    }
    value = node->text == NULL
                ? NULL
                : value_of(call, options[i].shape, node, text, &words);
    if (value == NULL) {
        return os_yaml_refuse(call, document, node, words);
    }
    (void)snprintf(origin, sizeof origin, "%.400s, line %llu", document->path,
                   (unsigned long long)node->line);
    code = pileus_setting_provide(call, options[i].option, value, origin);
    if (code == PILEUS_OK && options[i].group == SECRET &&
        cloud->files[file].exposed) {
        pileus_log(call, PILEUS_LOG_WARNING,
                   "%.200s holds a secret and can be read by others: chmod "
                   "go-r it",
                   document->path);
    }
    return code;
}

/* The nearest file that has one of the keys. */
static int32_t
provide(pileus_call *call, os_cloud *cloud, size_t i)
{
    for (int file = 0; file < OS_FILES; file++) {
        for (int k = 0; k < KEYS_MAX && options[i].keys[k] != NULL; k++) {
            const os_yaml_node *node = get(cloud, file, options[i].keys[k]);

            if (node != NULL) {
                return provide_node(call, cloud, file, i, node);
            }
        }
    }
    return PILEUS_OK;
}

/* ---- keys that mean nothing here ------------------------------------------
 */

static bool
is_key(const char *text, const char *key)
{
    size_t i = 0;

    while (key[i] != '\0' &&
           (text[i] == key[i] || (text[i] == '-' && key[i] == '_'))) {
        i++;
    }
    return key[i] == '\0' && text[i] == '\0';
}

static bool
is_known(const char *text)
{
    static const char *const others[] = {"auth",   "auth_type", "profile",
                                         "cloud",  "values",    "trust_id",
                                         "regions"};

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (is_key(text, others[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < OPTIONS; i++) {
        for (int k = 0; k < KEYS_MAX && options[i].keys[k] != NULL; k++) {
            if (is_key(text, options[i].keys[k])) {
                return true;
            }
        }
    }
    return false;
}

/* Most are of tools that this is none of, so a look at the debug log is all
 * they are worth; one may be a slip of the pen. */
static void
name_unknown(pileus_call *call, const os_yaml *document,
             const os_yaml_node *map)
{
    for (uint64_t i = 0;
         map != NULL && map->kind == OS_YAML_MAP && i < map->count; i++) {
        const os_yaml_node *name = map->names[i];

        if (name->text != NULL && strcmp(name->text, "<<") != 0 &&
            !is_known(name->text)) {
            pileus_log(call, PILEUS_LOG_DEBUG,
                       "%.200s, line %llu: the key '%.64s' is passed over",
                       document->path, (unsigned long long)name->line,
                       name->text);
        }
    }
}

static void
name_all_unknown(pileus_call *call, os_cloud *cloud)
{
    for (int file = 0; file < OS_FILES; file++) {
        os_yaml *document = cloud->files[file].document;
        const os_yaml_node *const maps[] = {cloud->files[file].map,
                                            cloud->files[file].values};

        for (int i = 0; i < 2; i++) {
            if (maps[i] != NULL) {
                name_unknown(call, document, maps[i]);
                name_unknown(call, document,
                             os_yaml_get(document, maps[i], "auth"));
            }
        }
    }
}

/* ---- ways to log in -------------------------------------------------------
 */

/* Which secret each way needs; "": any there is. */
static const char *
secret_of(const char *way)
{
    static const char *const ways[][2] = {
        {"password", "password"},
        {"v3password", "password"},
        {"token", "token"},
        {"v3token", "token"},
        {"v3applicationcredential", "application-credential-secret"},
    };

    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        if (strcmp(ways[i][0], way) == 0) {
            return ways[i][1];
        }
    }
    return NULL;
}

static int32_t
find_secret(pileus_call *call, os_cloud *cloud, const char **secret)
{
    for (int file = 0; file < OS_FILES; file++) {
        const os_yaml_node *node = get(cloud, file, "auth_type");
        const os_yaml_node *trust = get(cloud, file, "trust_id");

        if (trust != NULL) {
            return os_yaml_refuse(call, cloud->files[file].document, trust,
                                  "trusts are not supported");
        }
        if (node == NULL || *secret != NULL) {
            continue;
        }
        *secret = node->text == NULL ? NULL : secret_of(node->text);
        if (*secret == NULL) {
            return os_yaml_refuse(
                call, cloud->files[file].document, node,
                "the auth_type must be password, v3password, token, v3token "
                "or v3applicationcredential");
        }
    }
    return PILEUS_OK;
}

/* Does the application give something nearer that says the same? */
static bool
is_wanted(const int nearest[GROUPS], size_t i, const char *secret)
{
    if (options[i].group == ALONE) {
        return true;
    }
    if (nearest[options[i].group] > OS_FROM_FILE) {
        return false;
    }
    return options[i].group != SECRET || secret == NULL ||
           strcmp(options[i].option, secret) == 0;
}

int32_t
os_provide_options(pileus_call *call, os_cloud *cloud)
{
    const char *secret = NULL;
    int nearest[GROUPS];
    int32_t code = os_find_region(call, cloud);

    name_all_unknown(call, cloud);
    if (code == PILEUS_OK) {
        code = find_secret(call, cloud, &secret);
    }
    find_nearest(call, nearest);
    for (size_t i = 0; code == PILEUS_OK && i < OPTIONS; i++) {
        if (is_wanted(nearest, i, secret)) {
            code = provide(call, cloud, i);
        }
    }
    return code == PILEUS_OK ? withdraw(call) : code;
}
