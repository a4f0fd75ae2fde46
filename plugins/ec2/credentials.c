/* Credentials: sets of keys, which may end and be leased. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "credentials.h"

#include "text.h"

#include <stdlib.h>
#include <time.h>

/* They are renewed so long before their end, which is when the metadata of an
 * instance has new ones at the latest. */
#define RENEW_AHEAD_MS 300000

/* ---- keys -----------------------------------------------------------------
 */

static bool
copy(char **to, const char *from)
{
    *to = from == NULL ? NULL : strdup(from);
    return from == NULL || *to != NULL;
}

int32_t
ec2_keys_set(ec2_keys *keys, pileus_call *call, const char *key,
             const char *secret, const char *token)
{
    return copy(&keys->key, key) && copy(&keys->secret, secret) &&
                   copy(&keys->token, token)
               ? PILEUS_OK
               : ec2_no_memory(call);
}

void
ec2_keys_free(ec2_keys *keys, const pileus_host *host)
{
    char *const texts[] = {keys->key, keys->secret, keys->token};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i] != NULL) {
            host->digest->wipe(texts[i], strlen(texts[i]));
        }
        free(texts[i]);
    }
    memset(keys, 0, sizeof *keys);
}

/* ---- getting --------------------------------------------------------------
 */

static int64_t
life_ms(const ec2_keys *keys)
{
    int64_t life = keys->expires_s - (int64_t)time(NULL);

    if (!keys->expires || life > INT32_MAX) {
        return INT64_MAX;
    }
    return life > 0 ? life * 1000 : 0;
}

static void
drop(void *user, void *value)
{
    const ec2_credentials *self = user;

    ec2_keys_free(value, PILEUS_HOST(self->lease));
    free(value);
}

static int32_t
fetch(void *user, pileus_call *call, void **value, int64_t *life)
{
    ec2_credentials *self = user;
    ec2_keys *keys = calloc(1, sizeof *keys);
    int32_t code =
        keys == NULL ? ec2_no_memory(call) : self->fetch(self, call, keys);

    if (code == PILEUS_OK) {
        self->had_some = true;
        *life = life_ms(keys);
        *value = keys;
    } else if (keys != NULL) {
        ec2_keys_free(keys, PILEUS_HOST(call));
        free(keys);
    }
    return code;
}

/* ---- beginning and end ----------------------------------------------------
 */

/* Those that are what they are. */
static int32_t
give(ec2_credentials *self, pileus_call *call)
{
    ec2_keys *keys = malloc(sizeof *keys);

    if (keys == NULL) {
        return ec2_no_memory(call);
    }
    *keys = self->keys;
    memset(&self->keys, 0, sizeof self->keys);
    return pileus_lease_give(self->lease, call, keys, INT64_MAX);
}

int32_t
ec2_credentials_begin(ec2_credentials *self, pileus_call *call)
{
    const pileus_lease_terms terms = {
        .struct_size = sizeof terms,
        .user = self,
        .what = "set of credentials",
        .fetch = self->fetch == NULL ? NULL : fetch,
        .drop = drop,
        .ahead_ms = RENEW_AHEAD_MS,
    };
    void *keys = NULL;
    int32_t code;

    self->lease = pileus_lease_new(call, &terms);
    if (self->lease == NULL) {
        return PILEUS_FAILED; /* reported */
    }
    if (self->fetch == NULL) {
        return give(self, call);
    }
    code = pileus_lease_take(self->lease, call, &keys);
    if (code == PILEUS_OK) {
        pileus_lease_put_back(self->lease, keys);
    }
    return code;
}

void
ec2_credentials_end(ec2_credentials *self, const pileus_host *host)
{
    pileus_lease_free(self->lease);
    pileus_http_free(self->metadata);
    ec2_keys_free(&self->keys, host);
    if (self->command != NULL) {
        host->digest->wipe(self->command, strlen(self->command));
    }
    free(self->command);
    free(self->about);
}
