/* Key pairs of the suite's own EC2: there is one of whatever name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_asking.h"

#include <stdio.h>

#define KEY                                                                    \
    "<keyName>%s</keyName><keyFingerprint>\n  00:11\n  </keyFingerprint>"

void
mock_describe_keys(const asking *of)
{
    const char *name = mock_param(of, "KeyName.1");
    char text[512];

    (void)snprintf(text, sizeof text,
                   "<keySet><item>" KEY "<publicKey>ssh-ed25519 AAAA %.64s\n"
                   "</publicKey><keyPairId>key-0</keyPairId><tagSet><item>"
                   "<key>team</key><value>a</value></item></tagSet></item>"
                   "</keySet>",
                   name == NULL ? "mine" : name, name == NULL ? "mine" : name);
    mock_answer(of, text);
}

/* CreateKeyPair and ImportKeyPair. */
void
mock_make_key(const asking *of)
{
    bool makes = strcmp(of->action, "CreateKeyPair") == 0;
    char text[512];

    (void)snprintf(text, sizeof text, KEY "%s", mock_param(of, "KeyName"),
                   makes ? "<keyMaterial>-----BEGIN\nsesame</keyMaterial>"
                         : "");
    mock_answer(of, text);
}
