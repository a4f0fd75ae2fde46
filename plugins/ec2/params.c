/* The parameters of a request. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

void
ec2_params_begin(ec2_params *params, const char *action)
{
    params->count = 0;
    params->full = false;
    params->filters = 0;
    params->filter_values = 0;
    ec2_add(params, action, "Action");
    ec2_add(params, EC2_VERSION, "Version");
}

void
ec2_add(ec2_params *params, const char *value, const char *name, ...)
{
    va_list args;
    int length;

    if (value == NULL) {
        return;
    }
    if (params->count == EC2_PARAMS_MAX) {
        params->full = true;
        return;
    }
    va_start(args, name);
    length = vsnprintf(params->names[params->count], EC2_NAME_SIZE, name, args);
    va_end(args);
    if (length < 0 || length >= EC2_NAME_SIZE) {
        params->full = true;
        return;
    }
    params->pairs[params->count].name = params->names[params->count];
    params->pairs[params->count].value = value;
    params->count++;
}

void
ec2_filter(ec2_params *params, const char *name)
{
    params->filters++;
    params->filter_values = 0;
    ec2_add(params, name, "Filter.%d.Name", params->filters);
}

void
ec2_filter_value(ec2_params *params, const char *value)
{
    params->filter_values++;
    ec2_add(params, value, "Filter.%d.Value.%d", params->filters,
            params->filter_values);
}
