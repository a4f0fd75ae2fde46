/* The files that Amazon's tools share, line by line (AWS SDKs and Tools
 * Reference Guide, "Using shared config and credentials files"). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

#include "text.h"

#include <pileus/digest.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

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

static void
wipe_free(const pileus_host *host, char *text)
{
    if (text != NULL) {
        host->digest->wipe(text, strlen(text));
    }
    free(text);
}

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
forget_settings(ec2_shared *file, const pileus_host *host)
{
    for (int i = 0; i < EC2_SETTINGS; i++) {
        wipe_free(host, file->settings[i].value);
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
        forget_settings(at->file, PILEUS_HOST(at->call));
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

static int32_t
keep(reader *at, int number, const char *value)
{
    ec2_setting setting = names[number].setting;
    ec2_shared *file = at->file;
    char *copy = *value == '\0' ? NULL : strdup(value);

    if (*value != '\0' && copy == NULL) {
        return ec2_no_memory(at->call);
    }
    wipe_free(PILEUS_HOST(at->call), file->settings[setting].value);
    file->settings[setting].value = copy;
    file->settings[setting].name = names[number].name;
    file->settings[setting].line = at->line;
    return PILEUS_OK;
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
    return at->in_profile && at->setting >= 0
               ? keep(at, at->setting, trimmed(value))
               : PILEUS_OK;
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

static char *
expanded(const char *path, const char *home)
{
    ec2_text text;

    if (strncmp(path, "~/", 2) != 0) {
        return strdup(path);
    }
    if (ec2_text_begin(&text)) {
        (void)fprintf(text.out, "%s%s", home, path + 1);
    }
    if (!ec2_text_end(&text)) {
        free(text.data);
        return NULL;
    }
    return text.data;
}

/* A file may name a program that is run, so none that others can write is
 * believed. An empty device, such as /dev/null, is an empty file. */
static int32_t
check_file(ec2_shared *file, pileus_call *call, const struct stat *st)
{
    if (!S_ISREG(st->st_mode) && !S_ISCHR(st->st_mode)) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "%.400s is no regular file: name another one",
                           file->path);
    }
    if (S_ISREG(st->st_mode) && ((st->st_uid != 0 && st->st_uid != geteuid()) ||
                                 (st->st_mode & (S_IWGRP | S_IWOTH)) != 0)) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "%.400s can be written by others, and may name a "
                           "program to run: make it yours with chown, and "
                           "chmod go-w it",
                           file->path);
    }
    file->is_exposed = (st->st_mode & (S_IRGRP | S_IROTH)) != 0;
    return PILEUS_OK;
}

static int32_t
unreadable(const ec2_shared *file, pileus_call *call)
{
    char reason[EC2_REASON_SIZE];

    return pileus_fail(call, PILEUS_CONFIGURATION,
                       "%.400s cannot be read: %s: check its permissions, or "
                       "name another file",
                       file->path, ec2_reason(errno, reason));
}

/* The whole file, one byte left behind it. */
static int32_t
read_bytes(const ec2_shared *file, pileus_call *call, int fd, char *data,
           size_t *size)
{
    ssize_t got = 1;

    *size = 0;
    while (got != 0 && *size < FILE_MAX) {
        got = read(fd, data + *size, FILE_MAX - *size);
        if (got < 0 && errno != EINTR) {
            return unreadable(file, call);
        }
        *size += got > 0 ? (size_t)got : 0;
    }
    return *size < FILE_MAX
               ? PILEUS_OK
               : pileus_fail(call, PILEUS_CONFIGURATION,
                             "%.400s has %d bytes and more: name a smaller "
                             "file",
                             file->path, FILE_MAX);
}

static int32_t
read_open(ec2_shared *file, pileus_call *call, int fd, const char *profile)
{
    reader at = {.file = file, .call = call, .profile = profile};
    char *data = calloc(1, FILE_MAX + 1);
    struct stat st;
    size_t size = 0;
    int32_t code;

    if (data == NULL) {
        return ec2_no_memory(call);
    }
    code = fstat(fd, &st) != 0 ? unreadable(file, call)
                               : check_file(file, call, &st);
    if (code == PILEUS_OK) {
        code = read_bytes(file, call, fd, data, &size);
    }
    if (code == PILEUS_OK) {
        file->is_there = true;
        code = read_lines(&at, data, size);
    }
    pileus_wipe(call, data, size);
    free(data);
    return code;
}

int32_t
ec2_shared_read(ec2_shared *file, pileus_call *call, const char *path,
                const char *home, const char *profile)
{
    int fd;
    int32_t code;

    if (path == NULL || (strncmp(path, "~/", 2) == 0 && home == NULL)) {
        return PILEUS_OK;
    }
    file->path = expanded(path, home);
    if (file->path == NULL) {
        return ec2_no_memory(call);
    }
    fd = open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        return errno == ENOENT || errno == ENOTDIR ? PILEUS_OK
                                                   : unreadable(file, call);
    }
    code = read_open(file, call, fd, profile);
    (void)close(fd);
    return code;
}

void
ec2_shared_end(ec2_shared *file, const pileus_host *host)
{
    forget_settings(file, host);
    free(file->path);
    file->path = NULL;
}
