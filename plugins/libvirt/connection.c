/* Connections: the settings, and libvirt's connection made with them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "connection.h"

#include "quiet.h"

#include <stdlib.h>
#include <time.h>

/* A connection idle for longer than this is asked for a sign of life before it
 * is used: libvirt itself learns only from a failing call that its daemon has
 * been restarted. */
#define IDLE_MS 1000

int64_t
lv_now_ms(void)
{
    struct timespec now = {0};

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

lv_connection *
lv_connection_new(lv_settings *settings)
{
    lv_connection *connection = calloc(1, sizeof *connection);

    if (connection == NULL ||
        pthread_mutex_init(&connection->lock, NULL) != 0) {
        free(connection);
        lv_settings_free(settings);
        return NULL;
    }
    connection->settings = *settings;
    memset(settings, 0, sizeof *settings);
    connection->references = 1;
    return connection;
}

lv_connection *
lv_connection_ref(lv_connection *connection)
{
    (void)pthread_mutex_lock(&connection->lock);
    connection->references++;
    (void)pthread_mutex_unlock(&connection->lock);
    return connection;
}

void
lv_connection_shut(lv_connection *connection)
{
    virConnectPtr virt;

    (void)pthread_mutex_lock(&connection->lock);
    virt = connection->virt;
    connection->virt = NULL;
    (void)pthread_mutex_unlock(&connection->lock);
    if (virt != NULL) {
        (void)virConnectClose(virt);
    }
}

void
lv_connection_unref(lv_connection *connection)
{
    size_t left;

    if (connection == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&connection->lock);
    left = --connection->references;
    (void)pthread_mutex_unlock(&connection->lock);
    if (left > 0) {
        return;
    }
    lv_connection_shut(connection);
    (void)pthread_mutex_destroy(&connection->lock);
    lv_settings_free(&connection->settings);
    free(connection->hostname);
    free(connection->type);
    free(connection->uri);
    free(connection);
}

/* ---- opening ----------------------------------------------------------- */

/* Answer libvirt's questions from the options; what they do not say makes the
 * opening fail, for there is nobody to ask. */
static int
authenticate(virConnectCredentialPtr credentials, unsigned int count,
             void *user)
{
    const lv_settings *settings = user;

    for (unsigned int i = 0; i < count; i++) {
        virConnectCredential *credential = &credentials[i];
        bool is_name = credential->type == VIR_CRED_USERNAME ||
                       credential->type == VIR_CRED_AUTHNAME;
        const char *answer = is_name ? settings->username : settings->password;

        if (answer == NULL) {
            return -1;
        }
        credential->result = strdup(answer); /* libvirt frees it */
        if (credential->result == NULL) {
            return -1;
        }
        credential->resultlen = (unsigned int)strlen(answer);
    }
    return 0;
}

static virConnectPtr
dial(lv_connection *connection, lv_failure *failure)
{
    const lv_settings *settings = &connection->settings;
    int answered[] = {VIR_CRED_USERNAME, VIR_CRED_AUTHNAME, VIR_CRED_PASSPHRASE,
                      VIR_CRED_NOECHOPROMPT};
    virConnectAuth auth = {
        .credtype = answered,
        .ncredtype = sizeof answered / sizeof answered[0],
        .cb = authenticate,
        .cbdata = &connection->settings,
    };
    virConnectPtr virt = virConnectOpenAuth(
        settings->uri, &auth, settings->readonly ? VIR_CONNECT_RO : 0);

    if (virt == NULL) {
        (void)lv_failed(failure, "connect to libvirt at %s",
                        settings->uri == NULL ? "its default uri"
                                              : settings->uri);
        /* What is wrong with a uri is wrong with the option; and whatever
         * else fails here, there is no connection. */
        if (failure->code == PILEUS_INVALID_ARGUMENT) {
            failure->code = PILEUS_CONFIGURATION;
        } else if (failure->code == PILEUS_FAILED) {
            failure->code = PILEUS_UNAVAILABLE;
        }
        return NULL;
    }
    lv_quiet_connection(virt);
    return virt;
}

bool
lv_connection_open(lv_connection *connection, lv_failure *failure)
{
    virConnectPtr virt = dial(connection, failure);
    const char *type;

    if (virt == NULL) {
        return false;
    }
    type = virConnectGetType(virt);
    connection->type = strdup(type == NULL ? "unknown" : type);
    connection->uri = virConnectGetURI(virt);
    connection->hostname = virConnectGetHostname(virt);
    if (connection->hostname == NULL) {
        connection->hostname = strdup("localhost");
    }
    if (connection->type == NULL || connection->hostname == NULL) {
        (void)virConnectClose(virt);
        return lv_no_memory(failure);
    }
    (void)pthread_mutex_lock(&connection->lock);
    connection->virt = virt;
    connection->used_ms = lv_now_ms();
    (void)pthread_mutex_unlock(&connection->lock);
    return true;
}

/* ---- using ------------------------------------------------------------- */

static bool
is_alive(virConnectPtr virt, int64_t idle_ms)
{
    unsigned long version = 0;

    if (virConnectIsAlive(virt) == 0) {
        return false;
    }
    if (idle_ms < IDLE_MS || virConnectGetLibVersion(virt, &version) == 0) {
        return true;
    }
    return virConnectIsAlive(virt) != 0;
}

/* Another connection, put in place of the dead one. */
static virConnectPtr
replace(lv_connection *connection, virConnectPtr dead, lv_failure *failure)
{
    virConnectPtr fresh = dial(connection, failure);
    virConnectPtr unused = dead; /* the connection's own reference to it */

    if (fresh == NULL) {
        return NULL;
    }
    (void)pthread_mutex_lock(&connection->lock);
    if (connection->virt == dead) {
        connection->virt = fresh;
        connection->used_ms = lv_now_ms();
        (void)virConnectRef(fresh);
    } else {
        /* Another thread was faster; this one stays with its own for now. */
        unused = NULL;
    }
    (void)pthread_mutex_unlock(&connection->lock);
    if (unused != NULL) {
        (void)virConnectClose(unused);
    }
    return fresh;
}

bool
lv_connection_use(lv_connection *connection, virConnectPtr *virt,
                  lv_failure *failure)
{
    virConnectPtr current;
    int64_t idle_ms;

    (void)pthread_mutex_lock(&connection->lock);
    current = connection->virt;
    if (current != NULL) {
        (void)virConnectRef(current);
    }
    idle_ms = lv_now_ms() - connection->used_ms;
    (void)pthread_mutex_unlock(&connection->lock);
    if (current == NULL) {
        return lv_refuse(failure, PILEUS_CLOSED,
                         "the connection was closed: open it anew");
    }
    if (is_alive(current, idle_ms)) {
        *virt = current;
        return true;
    }
    *virt = replace(connection, current, failure);
    (void)virConnectClose(current);
    return *virt != NULL;
}

void
lv_connection_used(lv_connection *connection)
{
    (void)pthread_mutex_lock(&connection->lock);
    connection->used_ms = lv_now_ms();
    (void)pthread_mutex_unlock(&connection->lock);
}

int
lv_connection_left_behind(lv_connection *connection, int change)
{
    int count;

    (void)pthread_mutex_lock(&connection->lock);
    connection->left_behind += change;
    count = connection->left_behind;
    (void)pthread_mutex_unlock(&connection->lock);
    return count;
}

bool
lv_is_elsewhere(const lv_connection *connection, const pileus_query_args *query)
{
    return query->location != NULL &&
           strcmp(query->location, connection->hostname) != 0;
}
