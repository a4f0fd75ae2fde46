/* The EC2 driver against libcloud's: sizes, which libcloud has in a table. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/ec2.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * libcloud asks nobody, so there is no recording: what its table says is made
 * an answer of Amazon's, and has to come to the same sizes.
 */

static yajl_val
sizes_of(yajl_val expected)
{
    yajl_val calls = peer_get(expected, "calls");

    for (size_t i = 0; i < YAJL_GET_ARRAY(calls)->len; i++) {
        yajl_val call = YAJL_GET_ARRAY(calls)->values[i];

        if (strcmp(peer_string(call, "op"), "list_sizes") == 0) {
            return peer_get(call, "result");
        }
    }
    fail_msg("the pack has no sizes");
    return NULL;
}

static bool
is_current(yajl_val size)
{
    return strcmp(peer_string(peer_get(size, "extra"), "currentGeneration"),
                  "Yes") == 0;
}

static void
write_type(FILE *out, yajl_val size)
{
    long long disk = YAJL_GET_INTEGER(peer_get(size, "disk"));
    yajl_val extra = peer_get(size, "extra");

    (void)fprintf(out,
                  "<item><instanceType>%s</instanceType><currentGeneration>%s"
                  "</currentGeneration><instanceStorageSupported>%s"
                  "</instanceStorageSupported><vCpuInfo><defaultVCpus>%s"
                  "</defaultVCpus></vCpuInfo><memoryInfo><sizeInMiB>%lld"
                  "</sizeInMiB></memoryInfo>",
                  peer_string(size, "id"), is_current(size) ? "true" : "false",
                  disk > 0 ? "true" : "false", peer_string(extra, "vcpu"),
                  YAJL_GET_INTEGER(peer_get(size, "ram")));
    if (disk > 0) {
        (void)fprintf(out,
                      "<instanceStorageInfo><totalSizeInGB>%lld"
                      "</totalSizeInGB></instanceStorageInfo>",
                      disk);
    }
    (void)fprintf(out,
                  "<networkInfo><networkPerformance>%s</networkPerformance>"
                  "</networkInfo></item>",
                  peer_string(extra, "networkPerformance"));
}

void
ec2_exchanges_add_sizes(ec2_exchanges *exchanges, yajl_val expected)
{
    yajl_val sizes = sizes_of(expected);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    (void)fprintf(out,
                  "%s{\"op\": \"ours\", \"scenario\": \"main\", \"request\": "
                  "{\"method\": \"GET\", \"host\": \"https://ec2.invalid\", "
                  "\"path\": \"" EC2_OURS "\", \"headers\": {}, \"query\": "
                  "{\"Action\": \"DescribeInstanceTypes\", \"Version\": "
                  "\"2016-11-15\"}, \"body\": \"\"}, \"response\": "
                  "{\"status\": 200, \"headers\": {}, \"body\": \"<R>"
                  "<instanceTypeSet>",
                  exchanges->text);
    for (size_t i = 0; i < YAJL_GET_ARRAY(sizes)->len; i++) {
        write_type(out, YAJL_GET_ARRAY(sizes)->values[i]);
    }
    (void)fputs("</instanceTypeSet></R>\"}}\n", out);
    assert_int_equal(fclose(out), 0);
    free(exchanges->text);
    exchanges->text = text;
    exchanges->actions =
        realloc(exchanges->actions,
                (exchanges->count + 1) * sizeof exchanges->actions[0]);
    assert_non_null(exchanges->actions);
    exchanges->actions[exchanges->count++] = strdup("DescribeInstanceTypes");
}

static void
check_size(struct run *run, const pileus_size *ours, yajl_val theirs)
{
    yajl_val their_extra = peer_get(theirs, "extra");
    const pileus_value *extra = pileus_size_extra(ours);
    int64_t number = -1;

    assert_string_equal(pileus_size_id(ours), peer_string(theirs, "id"));
    assert_string_equal(pileus_size_name(ours), peer_string(theirs, "name"));
    assert_true(pileus_size_ram(ours, &number));
    assert_int_equal(number, YAJL_GET_INTEGER(peer_get(theirs, "ram")));
    assert_true(pileus_size_disk(ours, &number));
    assert_int_equal(number, YAJL_GET_INTEGER(peer_get(theirs, "disk")));
    assert_true(pileus_size_vcpus(ours, &number));
    assert_int_equal(number, atoll(peer_string(their_extra, "vcpu")));
    assert_string_equal(pileus_value_string(pileus_value_get(extra, "network")),
                        peer_string(their_extra, "networkPerformance"));
    assert_int_equal(
        pileus_value_bool(pileus_value_get(extra, "current_generation"), false),
        is_current(theirs));
    run->check.fields += 7;
}

void
ec2_list_sizes(struct run *run)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    int64_t number = 0;
    double price = 0;

    ec2_done(pileus_size_list(&list, run->conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), YAJL_GET_ARRAY(run->result)->len);
    for (size_t i = 0; i < pileus_list_count(list); i++) {
        check_size(run, pileus_list_size(list, i),
                   YAJL_GET_ARRAY(run->result)->values[i]);
    }
    assert_true(pileus_list_count(list) > 0);
    assert_false(pileus_size_price(pileus_list_size(list, 0), &price));
    assert_true(peer_differs(&run->check, "NodeSize", "price"));
    assert_false(pileus_size_bandwidth(pileus_list_size(list, 0), &number));
    assert_true(peer_differs(&run->check, "NodeSize", "bandwidth"));
    assert_true(peer_differs(&run->check, "NodeSize", "extra"));
    pileus_list_free(list);
}
