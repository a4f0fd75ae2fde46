/* Tags in the suite's own EC2. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_asking.h"

#include <stdio.h>

mock_pair *
mock_tag_of(ec2_mock *mock, int i, const char *key, bool make)
{
    mock_pair *free_one = NULL;

    for (size_t n = 0; n < MOCK_TAGS; n++) {
        mock_pair *tag = &mock->instances[i].tags[n];

        if (tag->key[0] != '\0' && strcmp(tag->key, key) == 0) {
            return tag;
        }
        free_one = free_one == NULL && tag->key[0] == '\0' ? tag : free_one;
    }
    if (!make) {
        return NULL;
    }
    assert_non_null(free_one);
    (void)snprintf(free_one->key, sizeof free_one->key, "%s", key);
    return free_one;
}

static const char *
numbered(const asking *of, const char *format, int n)
{
    char name[64];

    (void)snprintf(name, sizeof name, "Tag.%d.%s", n, format);
    return mock_param(of, name);
}

static void
tag_instance(const asking *of, int i)
{
    bool make = strcmp(of->action, "CreateTags") == 0;

    for (int n = 1; numbered(of, "Key", n) != NULL; n++) {
        const char *value = numbered(of, "Value", n);
        mock_pair *tag = mock_tag_of(of->mock, i, numbered(of, "Key", n), make);

        if (tag != NULL && make) {
            (void)snprintf(tag->value, sizeof tag->value, "%s",
                           value == NULL ? "" : value);
        } else if (tag != NULL &&
                   (value == NULL || strcmp(value, tag->value) == 0)) {
            tag->key[0] = '\0';
        }
    }
}

/* What else can be tagged, of which no tags are kept. */
static bool
is_other(const char *id)
{
    static const char *const kinds[] = {"vol-", "snap-", "ami-", "key-",
                                        "eipalloc-"};

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strncmp(id, kinds[i], strlen(kinds[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* CreateTags and DeleteTags. */
void
mock_tag(const asking *of)
{
    char name[64];
    const char *id;

    for (int n = 1;; n++) {
        (void)snprintf(name, sizeof name, "ResourceId.%d", n);
        id = mock_param(of, name);
        if (id == NULL) {
            mock_answer(of, "<return>true</return>");
            return;
        }
        if (mock_instance_of(of, id) >= 0) {
            tag_instance(of, mock_instance_of(of, id));
        } else if (!is_other(id)) {
            mock_fail(of, 400, "InvalidInstanceID.NotFound");
            return;
        }
    }
}
