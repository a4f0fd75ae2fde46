/* The files that Amazon's tools share, line by line (AWS SDKs and Tools
 * Reference Guide, "Using shared config and credentials files"). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

#include <strings.h>

#define FILE_MAX (1 << 20)
#define BLANKS " \t"

static const struct {
    const char *name;
    ec2_setting setting;
} names[] = {
    {"aws_access_key_id", EC2_SETTING_KEY},
    {"aws_secret_access_key", EC2_SETTING_SECRET},
    {"aws_session_token", EC2_SETTING_TOKEN},
    {"credential_process", EC2_SETTING_PROCESS},
    {"region", EC2_SETTING_REGION},
    {"role_arn", EC2_SETTING_ROLE},
    {"web_identity_token_file", EC2_SETTING_ANOTHER},
    {"sso_session", EC2_SETTING_ANOTHER},
    {"sso_start_url", EC2_SETTING_ANOTHER},
    {"login_session", EC2_SETTING_ANOTHER},
};

/* ---- lines ----------------------------------------------------------------
 */

/* Where in a file one is. */
typedef struct reader {
    ec2_shared *file;
    pileus_call *call;
    const char *profile;
    int line;
    bool in_section;  /* any */
    bool in_profile;  /* the one that is looked for */
    bool is_prefixed; /* "[profile default]" was there, and counts alone */
    size_t indent;    /* of the section's last setting */
    bool has_setting; /* the section has one */
    int setting;      /* the last one; negative: one that means nothing here */
} reader;

static int32_t
malformed(const reader *at, const char *what)
{
    return pileus_fail(at->call, PILEUS_CONFIGURATION,
                       "%.400s, line %d: %s: mend the line", at->file->path,
                       at->line, what);
}

/* Without blanks at both ends. */
static char *
trimmed(char *text)
{
    size_t length;

    text += strspn(text, BLANKS);
    length = strlen(text);
    while (length > 0 && strchr(BLANKS "\r", text[length - 1]) != NULL) {
        length--;
    }
    text[length] = '\0';
    return text;
}

static bool
is_comment(char c)
{
    return c == '#' || c == ';';
}

/* End the text where a comment begins, which a blank stands before. */
static void
drop_comment(char *text)
{
    for (char *p = text; *p != '\0'; p++) {
        if (is_comment(*p) && (p == text || strchr(BLANKS, p[-1]) != NULL)) {
            *p = '\0';
            return;
        }
    }
}

/* ---- sections -------------------------------------------------------------
 */

static char *
unquoted(char *text)
{
    size_t length = strlen(text);

    if (length >= 2 && (*text == '"' || *text == '\'') &&
        text[length - 1] == *text) {
        text[length - 1] = '\0';
        text++;
    }
    return text;
}

static void
forget_settings(ec2_shared *file)
{
    for (int i = 0; i < EC2_SETTINGS; i++) {
        file->settings[i].value = NULL;
    }
}

/* In the config file all but the default have "profile" before their names,
 * and where the default is there both ways, the longer counts. */
static bool
is_ours(reader *at, char *name)
{
    static const char prefix[] = "profile";
    size_t length = sizeof prefix - 1;
    bool prefixed = at->file->is_config && strncmp(name, prefix, length) == 0 &&
                    name[length] != '\0' && strchr(BLANKS, name[length]);
    bool is_default = strcmp(at->profile, "default") == 0;

    if (prefixed) {
        name = unquoted(trimmed(name + length));
    }
    if (strcmp(name, at->profile) != 0) {
        return false;
    }
    if (!at->file->is_config || (is_default && !prefixed)) {
        return !at->is_prefixed;
    }
    if (!prefixed) {
        at->file->has_bare = true;
        return false;
    }
    if (is_default && !at->is_prefixed) {
        at->is_prefixed = true;
        forget_settings(at->file);
    }
    return true;
}

static int32_t
read_section(reader *at, char *text)
{
    char *end = strchr(text, ']');
    char *rest;

    if (end == NULL) {
        return malformed(at, "the ']' of a section is missing");
    }
    *end = '\0';
    rest = end + 1 + strspn(end + 1, BLANKS "\r");
    if (*rest != '\0' && !is_comment(*rest)) {
        return malformed(at, "something stands behind a section");
    }
    at->in_section = true;
    at->has_setting = false;
    at->in_profile = is_ours(at, trimmed(text + 1));
    at->file->has |= at->in_profile;
    return PILEUS_OK;
}

/* ---- settings -------------------------------------------------------------
 */

static int
number_of(const char *name)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcasecmp(names[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static void
keep(const reader *at, int number, const char *value)
{
    ec2_setting setting = names[number].setting;
    ec2_shared *file = at->file;

    file->settings[setting].value = *value == '\0' ? NULL : value;
    file->settings[setting].name = names[number].name;
    file->settings[setting].line = at->line;
}

static int32_t
read_setting(reader *at, char *text)
{
    char *equals = strchr(text, '=');
    char *name;
    char *value;

    if (!at->in_section) {
        return malformed(at, "a setting stands before any section");
    }
    if (equals == NULL) {
        return malformed(at, "this is no setting, for it has no '='");
    }
    *equals = '\0';
    name = trimmed(text);
    if (*name == '\0') {
        return malformed(at, "a setting has no name");
    }
    value = equals + 1;
    drop_comment(value);
    at->has_setting = true;
    at->setting = number_of(name);
    if (at->in_profile && at->setting >= 0) {
        keep(at, at->setting, trimmed(value));
    }
    return PILEUS_OK;
}

/* A line that is indented more than the setting before it belongs to that, as
 * the settings of a service do. */
static int32_t
read_more(const reader *at)
{
    return at->in_profile && at->setting >= 0
               ? malformed(at, "a value goes on here, and this one must be on "
                               "one line")
               : PILEUS_OK;
}

static int32_t
read_line(reader *at, char *text)
{
    size_t indent = strspn(text, BLANKS);

    if (text[indent + strspn(text + indent, "\r")] == '\0' ||
        is_comment(text[indent])) {
        return PILEUS_OK;
    }
    if (at->has_setting && indent > at->indent) {
        return read_more(at);
    }
    if (text[indent] == '[') {
        return read_section(at, text + indent);
    }
    at->indent = indent;
    return read_setting(at, text + indent);
}

/* text is changed. */
static int32_t
read_lines(reader *at, char *text, size_t size)
{
    static const char mark[] = "\xef\xbb\xbf"; /* of UTF-8, which editors add */
    char *end = text + size;
    int32_t code = PILEUS_OK;

    if (strncmp(text, mark, sizeof mark - 1) == 0) {
        text += sizeof mark - 1;
    }
    while (code == PILEUS_OK && text < end) {
        char *next = memchr(text, '\n', (size_t)(end - text));

        next = next == NULL ? end : next;
        *next = '\0';
        at->line++;
        code = strlen(text) == (size_t)(next - text)
                   ? read_line(at, text)
                   : malformed(at, "there is a NUL in it");
        text = next + 1;
    }
    return code;
}

/* ---- files ----------------------------------------------------------------
 */

int32_t
ec2_shared_read(ec2_shared *shared, pileus_call *call, const char *path,
                const char *home, const char *profile)
{
    reader at = {.file = shared, .call = call, .profile = profile};
    size_t size = 0;
    char *data;
    int32_t code;

    shared->path = path;
    if (path == NULL) {
        return PILEUS_OK;
    }
    code = pileus_file_read(call, path, home, FILE_MAX, 0, &shared->file);
    if (shared->file == NULL) {
        return code;
    }
    shared->path = pileus_file_path(shared->file);
    data = pileus_file_data(shared->file, &size);
    return read_lines(&at, data, size);
}

void
ec2_shared_end(ec2_shared *shared)
{
    pileus_file_free(shared->file);
    shared->file = NULL;
}
