/* Which credentials: those of options and environment, or the profile's, in the
 * order of Amazon's own tools (AWS CLI User Guide, "Configuration settings and
 * precedence"). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "credentials.h"
#include "text.h"

#include <stdlib.h>
#include <strings.h>

#define DEFAULT_PROFILE "default"
/* What is said of a place in a file. */
#define ABOUT_SIZE 640

typedef struct chain {
    ec2_credentials *self;
    pileus_call *call;
    const char *profile;
    bool is_named;          /* the profile was, by somebody */
    ec2_shared credentials; /* both files */
    ec2_shared config;
} chain;

/* ---- options --------------------------------------------------------------
 */

/* Unset or empty: NULL. */
static const char *
option(pileus_call *call, const char *name)
{
    const char *value = pileus_setting(call, name);

    return value == NULL || *value == '\0' ? NULL : value;
}

/* How far away it was set; the nearest is 0. */
static int
distance(pileus_call *call, const char *name)
{
    static const char *const sources[] = {"caller", "profile", "environment",
                                          "default"};
    const char *source =
        option(call, name) == NULL ? NULL : pileus_setting_source(call, name);
    int at = 0;

    while (at < 4 && (source == NULL || strcmp(source, sources[at]) != 0)) {
        at++;
    }
    return at;
}

/* Are there keys at least as near as a profile? A profile that the caller names
 * goes before the keys of the environment. */
static bool
has_keys(pileus_call *call)
{
    int key = distance(call, "key");
    int secret = distance(call, "secret");

    return (key < secret ? key : secret) < 4 &&
           (key < secret ? key : secret) <= distance(call, "profile");
}

/* A token of the environment belongs to the keys there, not to the caller's. */
static int32_t
take_options(ec2_credentials *self, pileus_call *call)
{
    const char *key = option(call, "key");
    const char *secret = option(call, "secret");
    bool fits = distance(call, "session-token") <= distance(call, "key");

    return key == NULL || secret == NULL
               ? pileus_fail(call, PILEUS_CONFIGURATION,
                             "the option '%s' is not set: 'key' and 'secret' "
                             "go together, or leave both out",
                             key == NULL ? "key" : "secret")
               : ec2_keys_set(&self->keys, call, key, secret,
                              fits ? option(call, "session-token") : NULL);
}

/* ---- the profile ----------------------------------------------------------
 */

static const char *
place(const ec2_shared *file)
{
    return file->path == NULL ? "no file" : file->path;
}

static int32_t
no_profile(const chain *of)
{
    const ec2_shared *config = &of->config;

    return config->has_bare
               ? pileus_fail(
                     of->call, PILEUS_CONFIGURATION,
                     "%.400s has a section [%.64s], but a profile there "
                     "begins with [profile %.64s]: rename it",
                     config->path, of->profile, of->profile)
               : pileus_fail(of->call, PILEUS_CONFIGURATION,
                             "there is no profile '%.64s', neither in %.400s%s "
                             "nor in %.400s%s: add it, or name another one",
                             of->profile, place(&of->credentials),
                             of->credentials.file != NULL ? "" : " (not there)",
                             place(config),
                             config->file != NULL ? "" : " (not there)");
}

static int32_t
read_files(chain *of)
{
    pileus_call *call = of->call;
    const char *home = option(call, "home");
    int32_t code =
        ec2_shared_read(&of->credentials, call,
                        option(call, "credentials-file"), home, of->profile);

    of->config.is_config = true;
    if (code == PILEUS_OK) {
        code = ec2_shared_read(&of->config, call, option(call, "config-file"),
                               home, of->profile);
    }
    return code == PILEUS_OK && of->is_named && !of->credentials.has &&
                   !of->config.has
               ? no_profile(of)
               : code;
}

/* Which file, if any, has the setting: the credentials file goes first. */
static const ec2_shared *
file_with(const chain *of, ec2_setting setting)
{
    return of->credentials.settings[setting].value != NULL ? &of->credentials
           : of->config.settings[setting].value != NULL    ? &of->config
                                                           : NULL;
}

static const char *
value_of(const ec2_shared *file, ec2_setting setting)
{
    return file->settings[setting].value;
}

/* Give an option what the file says, or take away what the environment does if
 * that is nothing; so the library checks it, and knows it if it is secret. */
static int32_t
provide(const chain *of, const ec2_shared *file, ec2_setting setting,
        const char *name)
{
    char origin[ABOUT_SIZE];

    (void)snprintf(origin, sizeof origin, "%.400s, line %d", file->path,
                   file->settings[setting].line);
    return pileus_setting_provide(of->call, name, value_of(file, setting),
                                  origin);
}

static int32_t
provide_keys(const chain *of, const ec2_shared *file)
{
    int32_t code = provide(of, file, EC2_SETTING_KEY, "key");

    if (code == PILEUS_OK) {
        code = provide(of, file, EC2_SETTING_SECRET, "secret");
    }
    return code == PILEUS_OK
               ? provide(of, file, EC2_SETTING_TOKEN, "session-token")
               : code;
}

/* The keys of a file, which come together or not at all. */
static int32_t
take_keys(const chain *of, const ec2_shared *file)
{
    ec2_setting missing = value_of(file, EC2_SETTING_KEY) == NULL
                              ? EC2_SETTING_KEY
                              : EC2_SETTING_SECRET;
    ec2_setting given =
        missing == EC2_SETTING_KEY ? EC2_SETTING_SECRET : EC2_SETTING_KEY;
    int32_t code;

    if (value_of(file, missing) == NULL) {
        return pileus_fail(of->call, PILEUS_CONFIGURATION,
                           "%.400s, line %d: %s comes without the other half: "
                           "add aws_access_key_id or aws_secret_access_key to "
                           "the profile",
                           file->path, file->settings[given].line,
                           file->settings[given].name);
    }
    if (pileus_file_is_exposed(file->file)) {
        pileus_log(of->call, PILEUS_LOG_WARNING,
                   "%.400s holds a secret and can be read by others: chmod "
                   "go-r it",
                   file->path);
    }
    code = provide_keys(of, file);
    return code == PILEUS_OK ? ec2_keys_set(&of->self->keys, of->call,
                                            value_of(file, EC2_SETTING_KEY),
                                            value_of(file, EC2_SETTING_SECRET),
                                            value_of(file, EC2_SETTING_TOKEN))
                             : code;
}

static bool
has_key(const ec2_shared *file)
{
    return value_of(file, EC2_SETTING_KEY) != NULL ||
           value_of(file, EC2_SETTING_SECRET) != NULL;
}

static int32_t
take_process(const chain *of, const ec2_shared *file)
{
    ec2_credentials *self = of->self;
    char about[ABOUT_SIZE];

    (void)snprintf(about, sizeof about, "%.400s, line %d: credential_process",
                   file->path, file->settings[EC2_SETTING_PROCESS].line);
    self->about = strdup(about);
    self->command = strdup(value_of(file, EC2_SETTING_PROCESS));
    if (self->about == NULL || self->command == NULL) {
        return ec2_no_memory(of->call);
    }
    self->fetch = ec2_fetch_external;
    self->timeout_ms = 60000;
    (void)pileus_setting_integer(of->call, "request-timeout",
                                 &self->timeout_ms);
    return PILEUS_OK;
}

/* Roles and logins are for Amazon's own tool, which can be asked. */
static int32_t
refuse(const chain *of, const ec2_shared *file, ec2_setting setting)
{
    return pileus_fail(of->call, PILEUS_NOT_SUPPORTED,
                       "%.400s, line %d: %s is not for this driver: name a "
                       "profile with credential_process = aws configure "
                       "export-credentials --profile %.64s --format process",
                       file->path, file->settings[setting].line,
                       file->settings[setting].name, of->profile);
}

/* Whoever runs elsewhere may say so, and need not wait for what is not there.
 */
static bool
is_disabled(pileus_call *call)
{
    static const char *const words[] = {"true", "yes", "on", "1"};
    const char *value = option(call, "metadata-disabled");

    for (size_t i = 0; value != NULL && i < sizeof words / sizeof words[0];
         i++) {
        if (strcasecmp(value, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* The metadata of this instance is the last resort. */
static int32_t
take_metadata(const chain *of)
{
    const char *file = of->credentials.path;
    char about[ABOUT_SIZE];

    (void)snprintf(about, sizeof about,
                   "give 'key' and 'secret', or add them to the profile "
                   "'%.64s' in %.400s",
                   of->profile,
                   file == NULL ? "a file that 'credentials-file' names"
                                : file);
    of->self->about = strdup(about);
    if (of->self->about == NULL) {
        return ec2_no_memory(of->call);
    }
    of->self->is_due = !is_disabled(of->call);
    return of->self->is_due
               ? PILEUS_OK
               : pileus_fail(of->call, PILEUS_CONFIGURATION,
                             "there are no credentials: %s", about);
}

static int32_t
take_profile(const chain *of)
{
    const ec2_shared *role = file_with(of, EC2_SETTING_ROLE);
    const ec2_shared *process = file_with(of, EC2_SETTING_PROCESS);
    const ec2_shared *another = file_with(of, EC2_SETTING_ANOTHER);

    if (role != NULL) {
        return refuse(of, role, EC2_SETTING_ROLE);
    }
    if (has_key(&of->credentials)) {
        return take_keys(of, &of->credentials);
    }
    if (process != NULL) {
        return take_process(of, process);
    }
    if (has_key(&of->config)) {
        return take_keys(of, &of->config);
    }
    return another != NULL ? refuse(of, another, EC2_SETTING_ANOTHER)
                           : take_metadata(of);
}

/* ---- all of it ------------------------------------------------------------
 */

static int32_t
provide_region(const chain *of)
{
    const ec2_shared *file = file_with(of, EC2_SETTING_REGION);

    if (option(of->call, "region") != NULL) {
        return PILEUS_OK;
    }
    if (file == NULL) {
        return pileus_fail(of->call, PILEUS_CONFIGURATION,
                           "there is no region: give 'region', set AWS_REGION, "
                           "or add it to the profile '%.64s' in %.400s",
                           of->profile,
                           of->config.path == NULL
                               ? "a file that 'config-file' names"
                               : of->config.path);
    }
    return provide(of, file, EC2_SETTING_REGION, "region");
}

int32_t
ec2_find_credentials(ec2_credentials *self, pileus_call *call)
{
    chain of = {.self = self, .call = call};
    bool given = has_keys(call);
    int32_t code = given ? take_options(self, call) : PILEUS_OK;

    of.profile = option(call, "profile");
    of.is_named = of.profile != NULL;
    of.profile = of.is_named ? of.profile : DEFAULT_PROFILE;
    if (code == PILEUS_OK && (!given || option(call, "region") == NULL)) {
        code = read_files(&of);
        if (code == PILEUS_OK) {
            code = provide_region(&of);
        }
        if (code == PILEUS_OK && !given) {
            code = take_profile(&of);
        }
    }
    ec2_shared_end(&of.credentials);
    ec2_shared_end(&of.config);
    return code;
}
