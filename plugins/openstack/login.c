/* The body of the request for a token: who asks, and for what (Keystone's
 * Identity API v3, "Password authentication with scoped authorization" and its
 * neighbours). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#include <stdlib.h>

void
os_free_secret(const pileus_host *host, char *secret)
{
    if (secret != NULL) {
        host->digest->wipe(secret, strlen(secret));
        free(secret);
    }
}

/* ---- parts ----------------------------------------------------------------
 */

/* "KEY": {"id": …} or {"name": …}, whichever option is set. */
static void
write_named(pileus_writer *body, const char *key, const char *id,
            const char *name)
{
    pileus_write_open_dict(body, key);
    pileus_write_string(body, "id", id);
    pileus_write_string(body, "name", id == NULL ? name : NULL);
    pileus_write_close(body);
}

/* The domain that names are unique in. */
static void
write_domain(pileus_writer *body, pileus_call *call, const char *id,
             const char *name)
{
    const char *domain = pileus_setting(call, name);
    const char *domain_id = pileus_setting(call, id);

    if (domain == NULL && domain_id == NULL) {
        domain_id = "default";
    }
    write_named(body, "domain", domain_id, domain);
}

static void
write_user(pileus_writer *body, pileus_call *call, const char *password)
{
    const char *id = pileus_setting(call, "user-id");

    pileus_write_open_dict(body, "user");
    pileus_write_string(body, "id", id);
    if (id == NULL) {
        pileus_write_string(body, "name", pileus_setting(call, "username"));
        write_domain(body, call, "user-domain-id", "user-domain");
    }
    pileus_write_string(body, "password", password);
    pileus_write_close(body);
}

/* ---- methods --------------------------------------------------------------
 */

static void
write_method(pileus_writer *body, const char *method)
{
    pileus_write_open_list(body, "methods");
    pileus_write_string(body, NULL, method);
    pileus_write_close(body);
    pileus_write_open_dict(body, method);
}

static void
write_credential(pileus_writer *body, pileus_call *call)
{
    const char *id = pileus_setting(call, "application-credential-id");

    write_method(body, "application_credential");
    pileus_write_string(body, "id", id);
    if (id == NULL) {
        pileus_write_string(
            body, "name", pileus_setting(call, "application-credential-name"));
        write_user(body, call, NULL);
    }
    pileus_write_string(body, "secret",
                        pileus_setting(call, "application-credential-secret"));
    pileus_write_close(body);
}

static void
write_token(pileus_writer *body, pileus_call *call)
{
    write_method(body, "token");
    pileus_write_string(body, "id", pileus_setting(call, "token"));
    pileus_write_close(body);
}

static void
write_password(pileus_writer *body, pileus_call *call)
{
    write_method(body, "password");
    write_user(body, call, pileus_setting(call, "password"));
    pileus_write_close(body);
}

/* ---- scope ----------------------------------------------------------------
 */

/* A project, a domain or the system; an application credential has its own. */
static void
write_scope(pileus_writer *body, pileus_call *call)
{
    const char *project = pileus_setting(call, "project");
    const char *project_id = pileus_setting(call, "project-id");
    const char *domain = pileus_setting(call, "domain");
    const char *domain_id = pileus_setting(call, "domain-id");
    bool whole = false;

    (void)pileus_setting_boolean(call, "system", &whole);
    if (project == NULL && project_id == NULL && domain == NULL &&
        domain_id == NULL && !whole) {
        return; /* the user's default project */
    }
    pileus_write_open_dict(body, "scope");
    if (project_id != NULL) {
        write_named(body, "project", project_id, NULL);
    } else if (project != NULL) {
        pileus_write_open_dict(body, "project");
        pileus_write_string(body, "name", project);
        write_domain(body, call, "project-domain-id", "project-domain");
        pileus_write_close(body);
    } else if (domain_id != NULL || domain != NULL) {
        write_named(body, "domain", domain_id, domain);
    } else {
        pileus_write_open_dict(body, "system");
        pileus_write_boolean(body, "all", true);
        pileus_write_close(body);
    }
    pileus_write_close(body);
}

/* ---- all of it ------------------------------------------------------------
 */

typedef enum method { PASSWORD, TOKEN, CREDENTIAL } method;

static bool
is_set(pileus_call *call, const char *name)
{
    return pileus_setting(call, name) != NULL;
}

static method
method_of(pileus_call *call)
{
    if (is_set(call, "application-credential-secret")) {
        return CREDENTIAL;
    }
    return is_set(call, "token") ? TOKEN : PASSWORD;
}

static int32_t
check(pileus_call *call, method how)
{
    bool user = is_set(call, "username") || is_set(call, "user-id");

    if (how == CREDENTIAL && !is_set(call, "application-credential-id") &&
        !(is_set(call, "application-credential-name") && user)) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "an application credential's secret needs the id "
                           "of the credential, or its name and the user's: "
                           "give 'application-credential-id'");
    }
    if (how == PASSWORD && !(user && is_set(call, "password"))) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "there is nothing to log in with: give 'username' "
                           "and 'password', or 'application-credential-id' "
                           "and 'application-credential-secret', or 'token'");
    }
    return PILEUS_OK;
}

static int32_t
take_text(pileus_call *call, pileus_writer *body, char **text)
{
    const char *written = NULL;
    size_t size = 0;
    int32_t code = pileus_write_end(body, &written, &size);

    if (code == PILEUS_OK) {
        *text = strdup(written);
        if (*text == NULL) {
            code = pileus_fail(call, PILEUS_NO_MEMORY,
                               "no memory for a connection to OpenStack");
        }
    }
    return code;
}

int32_t
os_make_login(pileus_call *call, char **login, bool *renewable)
{
    method how = method_of(call);
    pileus_writer *body;
    int32_t code = check(call, how);

    if (code != PILEUS_OK) {
        return code;
    }
    body = pileus_write_begin(call);
    pileus_write_open_dict(body, "auth");
    pileus_write_open_dict(body, "identity");
    if (how == CREDENTIAL) {
        write_credential(body, call);
    } else if (how == TOKEN) {
        write_token(body, call);
    } else {
        write_password(body, call);
    }
    pileus_write_close(body);
    if (how != CREDENTIAL) {
        write_scope(body, call);
    }
    pileus_write_close(body);
    code = take_text(call, body, login);
    pileus_write_free(body);
    *renewable = how != TOKEN;
    return code;
}
