/* Listings narrowed down by Amazon, as far as that loses nothing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

/* More of them make a long URL; the core sorts out then. */
#define IDS_MAX 50
/* Of a filter's name and value. */
#define VALUE_MAX 256

bool
ec2_is_filter(const ec2_narrowing *by, const char *name)
{
    for (size_t i = 0; by->own != NULL && by->own[i] != NULL; i++) {
        if (strcmp(by->own[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* Would the filter find it? "*" and "?" stand for anything, and so for
 * themselves; a backslash does not. */
static bool
can_ask_for(const char *value)
{
    return strlen(value) <= VALUE_MAX && strchr(value, '\\') == NULL;
}

static void
narrow_to(ec2_params *params, const char *filter, const char *value)
{
    if (filter != NULL && value != NULL && can_ask_for(value)) {
        ec2_filter(params, filter);
        ec2_filter_value(params, value);
    }
}

static void
narrow_to_ids(ec2_params *params, const pileus_query_args *query,
              const char *filter)
{
    if (filter == NULL || query->id_count == 0 || query->id_count > IDS_MAX) {
        return;
    }
    for (uint64_t i = 0; i < query->id_count; i++) {
        if (!can_ask_for(query->ids[i])) {
            return;
        }
    }
    ec2_filter(params, filter);
    for (uint64_t i = 0; i < query->id_count; i++) {
        ec2_filter_value(params, query->ids[i]);
    }
}

/* One tag by its key, and perhaps its value: the core looks at the others. */
static void
narrow_to_tag(ec2_params *params, const pileus_query_args *query)
{
    const pileus_pair *tag = query->tags;

    if (query->tag_count > 0 && can_ask_for(tag->name)) {
        ec2_filter(params, "tag-key");
        ec2_filter_value(params, tag->name);
    }
}

void
ec2_narrow(ec2_params *params, const pileus_query_args *query,
           const ec2_narrowing *by)
{
    narrow_to_ids(params, query, by->id);
    narrow_to(params, by->location, query->location);
    narrow_to(params, by->name, query->name);
    if (by->tags) {
        narrow_to_tag(params, query);
    }
    for (uint64_t i = 0; i < query->filter_count; i++) {
        if (ec2_is_filter(by, query->filters[i].name)) {
            ec2_filter(params, query->filters[i].name);
            ec2_filter_value(params, query->filters[i].value);
        }
    }
}
