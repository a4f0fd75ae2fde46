/* What was made a moment ago, and what Amazon does not know everywhere yet. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

int32_t
ec2_made(ec2_connection *connection, pileus_call *call, pileus_kind kind,
         const char *id)
{
    ec2_settling *settling = &connection->settling;

    if (strlen(id) < EC2_ID_SIZE) {
        (void)pthread_mutex_lock(&settling->lock);
        memcpy(settling->thing[settling->next].id, id, strlen(id) + 1);
        settling->thing[settling->next].made_at = pileus_now_ms(call);
        settling->next = (settling->next + 1) % EC2_SETTLING_MAX;
        (void)pthread_mutex_unlock(&settling->lock);
    }
    return pileus_made(call, kind, id);
}

void
ec2_unmade(ec2_connection *connection, const char *id)
{
    ec2_settling *settling = &connection->settling;

    (void)pthread_mutex_lock(&settling->lock);
    for (size_t i = 0; i < EC2_SETTLING_MAX; i++) {
        if (strcmp(settling->thing[i].id, id) == 0) {
            settling->thing[i].id[0] = '\0';
        }
    }
    (void)pthread_mutex_unlock(&settling->lock);
}

bool
ec2_is_settling(ec2_connection *connection, pileus_call *call, const char *id)
{
    ec2_settling *settling = &connection->settling;
    int64_t since = pileus_now_ms(call) - EC2_SETTLE_MS;
    bool found = false;

    if (id == NULL || *id == '\0') {
        return false;
    }
    (void)pthread_mutex_lock(&settling->lock);
    for (size_t i = 0; !found && i < EC2_SETTLING_MAX; i++) {
        found = strcmp(settling->thing[i].id, id) == 0 &&
                settling->thing[i].made_at > since;
    }
    (void)pthread_mutex_unlock(&settling->lock);
    return found;
}
