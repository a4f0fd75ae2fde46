/* Credentials: got once for all threads, renewed before they end, and when the
 * provider says that they have. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "credentials.h"

#include "text.h"

#include <stdlib.h>
#include <time.h>

/* They are renewed so long before their end, which is when the metadata of an
 * instance has new ones at the latest; or at four fifths of a short life. */
#define RENEW_AHEAD_MS 300000
/* After a renewal that failed while they are still good, the next one. */
#define AGAIN_MS 30000
/* Those that are refused when they are younger than this, after they came for
 * some that were refused, were not refused for their age. */
#define YOUNG_MS 1000
/* How often to look whether another thread has got them. */
#define LOOK_MS 5

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

/* ---- beginning and end ----------------------------------------------------
 */

bool
ec2_credentials_begin(ec2_credentials *self)
{
    memset(self, 0, sizeof *self);
    return pthread_mutex_init(&self->lock, NULL) == 0;
}

void
ec2_credentials_end(ec2_credentials *self, const pileus_host *host)
{
    pileus_http_free(self->metadata);
    ec2_keys_free(&self->keys, host);
    if (self->command != NULL) {
        host->digest->wipe(self->command, strlen(self->command));
    }
    free(self->command);
    free(self->about);
    (void)pthread_mutex_destroy(&self->lock);
}

/* ---- getting --------------------------------------------------------------
 */

/* When they are to be renewed, and when they are over. */
static void
set_times(ec2_credentials *self, int64_t now_ms)
{
    int64_t life = self->keys.expires_s - (int64_t)time(NULL);

    self->fetched_ms = now_ms;
    self->renew_ms = INT64_MAX;
    self->end_ms = INT64_MAX;
    if (self->keys.expires && life < INT32_MAX) {
        int64_t ms = life > 0 ? life * 1000 : 0;

        self->end_ms = now_ms + ms;
        self->renew_ms = now_ms + (ms / 5 > RENEW_AHEAD_MS ? ms - RENEW_AHEAD_MS
                                                           : ms / 5 * 4);
    }
}

int32_t
ec2_credentials_fetch(ec2_credentials *self, pileus_call *call)
{
    ec2_keys keys = {0};
    ec2_keys old;
    int32_t code = self->fetch(self, call, &keys);

    if (code != PILEUS_OK) {
        ec2_keys_free(&keys, PILEUS_HOST(call));
        return code;
    }
    (void)pthread_mutex_lock(&self->lock);
    old = self->keys;
    self->keys = keys;
    self->number++;
    set_times(self, pileus_now_ms(call));
    (void)pthread_mutex_unlock(&self->lock);
    ec2_keys_free(&old, PILEUS_HOST(call));
    return PILEUS_OK;
}

/* A failure does not matter as long as the old ones are good. */
static int32_t
renew(ec2_credentials *self, pileus_call *call)
{
    int32_t code = ec2_credentials_fetch(self, call);
    int64_t again = pileus_now_ms(call) + AGAIN_MS;
    bool good;

    (void)pthread_mutex_lock(&self->lock);
    self->fetching = false;
    good = pileus_now_ms(call) < self->end_ms;
    if (code != PILEUS_OK && good) {
        self->renew_ms = again < self->end_ms ? again : self->end_ms;
    }
    (void)pthread_mutex_unlock(&self->lock);
    if (code != PILEUS_OK && good && pileus_check(call) == PILEUS_OK) {
        pileus_log(call, PILEUS_LOG_WARNING,
                   "credentials are about to expire and cannot be renewed at "
                   "present: trying again in %d s",
                   AGAIN_MS / 1000);
        return PILEUS_OK;
    }
    return code;
}

/* ---- using ----------------------------------------------------------------
 */

/* Where it stands which keys the call has used; calls may share a place, and
 * the last one has it. */
static ec2_use *
use_of(ec2_credentials *self, const pileus_call *call)
{
    /* Addresses of several threads differ in few bits, which this spreads. */
    uint64_t spread = (uint64_t)(uintptr_t)call * UINT64_C(0x9e3779b97f4a7c15);

    return &self->uses[(spread >> 32) % EC2_USES];
}

static void
note_use(ec2_credentials *self, const pileus_call *call)
{
    ec2_use *use = use_of(self, call);

    if (use->call != call) {
        *use = (ec2_use){.call = call};
    } else if (use->number == self->number) {
        use->renewed = false; /* they were accepted, or would be gone */
    }
    use->number = self->number;
}

/* A copy of those that are good now; without one, *mine says whether this
 * thread is to get others. */
static int32_t
take(ec2_credentials *self, pileus_call *call, ec2_keys *keys, bool *mine)
{
    const ec2_keys *have = &self->keys;
    int64_t now = pileus_now_ms(call);
    int32_t code = PILEUS_OK;

    (void)pthread_mutex_lock(&self->lock);
    if (now < (self->fetching ? self->end_ms : self->renew_ms)) {
        code = ec2_keys_set(keys, call, have->key, have->secret, have->token);
        note_use(self, call);
    } else {
        *mine = !self->fetching;
        self->fetching = true;
    }
    (void)pthread_mutex_unlock(&self->lock);
    return code;
}

int32_t
ec2_credentials_take(ec2_credentials *self, pileus_call *call, ec2_keys *keys)
{
    bool mine = false;
    int32_t code = take(self, call, keys, &mine);

    while (code == PILEUS_OK && keys->key == NULL) {
        code = mine ? renew(self, call) : pileus_wait(call, LOOK_MS);
        if (code == PILEUS_OK) {
            code = take(self, call, keys, &mine);
        }
    }
    return code;
}

bool
ec2_credentials_expired(ec2_credentials *self, pileus_call *call)
{
    ec2_use *use = use_of(self, call);
    bool current;
    bool hopeless;
    bool young;

    if (self->fetch == NULL) {
        return false;
    }
    (void)pthread_mutex_lock(&self->lock);
    young = pileus_now_ms(call) - self->fetched_ms < YOUNG_MS;
    current = use->call == call ? use->number == self->number : !young;
    hopeless = current && young && use->renewed;
    if (current && !hopeless) {
        use->renewed = use->call == call;
        self->renew_ms = INT64_MIN;
        self->end_ms = INT64_MIN;
    }
    (void)pthread_mutex_unlock(&self->lock);
    return !hopeless;
}
