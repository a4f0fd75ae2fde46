/* What libcloud's create_node was asked, as ours. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/ec2.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A disk, as the option devices has it. */
static void
print_device(FILE *out, yajl_val device)
{
    yajl_val size = peer_get(device, "Ebs.VolumeSize");

    (void)fprintf(out, "%s=%s", peer_string(device, "DeviceName"),
                  size != NULL ? YAJL_GET_NUMBER(size)
                               : peer_string(device, "VirtualName"));
}

/* Lists with commas, things by their ids. */
static void
print_value(FILE *out, yajl_val value)
{
    if (YAJL_IS_ARRAY(value)) {
        for (size_t i = 0; i < YAJL_GET_ARRAY(value)->len; i++) {
            (void)fputs(i == 0 ? "" : ",", out);
            print_value(out, YAJL_GET_ARRAY(value)->values[i]);
        }
    } else if (YAJL_IS_OBJECT(value) && peer_get(value, "DeviceName") != NULL) {
        print_device(out, value);
    } else if (YAJL_IS_OBJECT(value)) {
        print_value(out, peer_get(value, "id"));
    } else if (YAJL_IS_STRING(value)) {
        (void)fprintf(out, "%s", YAJL_GET_STRING(value));
    } else if (YAJL_IS_NUMBER(value)) {
        (void)fprintf(out, "%s", YAJL_GET_NUMBER(value));
    } else {
        (void)fputs(YAJL_IS_TRUE(value) ? "true" : "false", out);
    }
}

static void
set_option(pileus_node_spec *spec, const char *name, yajl_val value)
{
    pileus_error *err = NULL;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    print_value(out, value);
    assert_int_equal(fclose(out), 0);
    if (strcmp(name, "shutdown") == 0) {
        ec2_done(pileus_node_spec_set_option(spec, name, "terminate", &err),
                 err);
    } else {
        ec2_done(pileus_node_spec_set_option(spec, name, text, &err), err);
    }
    free(text);
}

static void
set_tags(pileus_node_spec *spec, yajl_val tags)
{
    pileus_error *err = NULL;

    for (size_t i = 0; i < YAJL_GET_OBJECT(tags)->len; i++) {
        ec2_done(pileus_node_spec_add_tag(
                     spec, YAJL_GET_OBJECT(tags)->keys[i],
                     YAJL_GET_STRING(YAJL_GET_OBJECT(tags)->values[i]), &err),
                 err);
    }
}

static const struct {
    const char *theirs;
    const char *ours;
} options[] = {
    {"ex_assign_public_ip", "public-ip"},
    {"ex_blockdevicemappings", "devices"},
    {"ex_iamprofile", "iam-profile"},
    {"ex_security_group_ids", "groups"},
    {"ex_security_groups", "groups"},
    {"ex_securitygroup", "groups"},
    {"ex_spot", "spot"},
    {"ex_spot_max_price", "spot-price"},
    {"ex_subnet", "subnet"},
    {"ex_terminate_on_shutdown", "shutdown"},
};

/* False: we have no such argument. */
static bool
set_argument(pileus_node_spec *spec, const char *name, yajl_val value)
{
    pileus_error *err = NULL;

    if (strcmp(name, "name") == 0) {
        ec2_done(pileus_node_spec_set_name(spec, YAJL_GET_STRING(value), &err),
                 err);
    } else if (strcmp(name, "size") == 0) {
        ec2_done(
            pileus_node_spec_set_size(spec, peer_string(value, "id"), &err),
            err);
    } else if (strcmp(name, "image") == 0) {
        ec2_done(
            pileus_node_spec_set_image(spec, peer_string(value, "id"), &err),
            err);
    } else if (strcmp(name, "ex_clienttoken") == 0) {
        ec2_done(pileus_node_spec_set_token(spec, YAJL_GET_STRING(value), &err),
                 err);
    } else if (strcmp(name, "ex_metadata") == 0) {
        set_tags(spec, value);
    } else {
        for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
            if (strcmp(options[i].theirs, name) == 0) {
                set_option(spec, options[i].ours, value);
                return true;
            }
        }
        return false;
    }
    return true;
}

pileus_node_spec *
ec2_spec_of(peer_check *check, yajl_val args, bool *whole)
{
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;

    *whole = true;
    ec2_done(pileus_node_spec_new(&spec, &err), err);
    for (size_t i = 0; i < YAJL_GET_OBJECT(args)->len; i++) {
        const char *name = YAJL_GET_OBJECT(args)->keys[i];

        if (!set_argument(spec, name, YAJL_GET_OBJECT(args)->values[i])) {
            if (!peer_differs(check, "create_node", name)) {
                fail_msg("create_node's %s is not tried here", name);
            }
            *whole = false;
        }
    }
    return spec;
}
