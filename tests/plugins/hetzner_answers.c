/* What a Hetzner Cloud says of its things, as its documentation has it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/hetzner_mock.h"

void
print_location(FILE *out, const char *name)
{
    bool german = strcmp(name, "fsn1") == 0;

    (void)fprintf(out,
                  "{\"id\": %d, \"name\": \"%s\", \"description\": \"%s DC "
                  "Park 1\", \"country\": \"%s\", \"city\": \"%s\", "
                  "\"latitude\": 50.47612, \"longitude\": 12.370071, "
                  "\"network_zone\": \"eu-central\"}",
                  german ? 1 : 3, name, german ? "Falkenstein" : "Helsinki",
                  german ? "DE" : "FI", german ? "Falkenstein" : "Helsinki");
}

static void
print_price(FILE *out, const char *location, const char *net)
{
    (void)fprintf(out,
                  "{\"location\": \"%s\", \"price_hourly\": {\"net\": \"%s\", "
                  "\"gross\": \"0.0071\"}, \"price_monthly\": {\"net\": "
                  "\"3.2900\", \"gross\": \"3.9151\"}, \"included_traffic\": "
                  "21990232555520, \"price_per_tb_traffic\": {\"net\": "
                  "\"1.0000\", \"gross\": \"1.1900\"}}",
                  location, net);
}

/* cax11 is to be had at fsn1 alone. */
void
print_type(FILE *out, const char *name)
{
    bool arm = strcmp(name, "cax11") == 0;

    (void)fprintf(out,
                  "{\"id\": %d, \"name\": \"%s\", \"description\": \"%s\", "
                  "\"cores\": 2, \"memory\": 4.0, \"disk\": 40, "
                  "\"storage_type\": \"local\", \"cpu_type\": \"shared\", "
                  "\"architecture\": \"%s\", \"deprecated\": false, "
                  "\"deprecation\": null, \"prices\": [",
                  arm ? 45 : 104, name, name, arm ? "arm" : "x86");
    print_price(out, "fsn1", "0.0060");
    if (!arm) {
        (void)fputs(", ", out);
        print_price(out, "hel1", "0.0050");
    }
    (void)fputs("]}", out);
}

void
print_image(FILE *out, long long id)
{
    bool system = id == MOCK_SYSTEM_IMAGE;

    (void)fprintf(out,
                  "{\"id\": %lld, \"type\": \"%s\", \"status\": \"%s\", "
                  "\"name\": %s, \"description\": \"%s\", \"image_size\": "
                  "null, \"disk_size\": 5, \"created\": "
                  "\"2025-06-13T06:00:02Z\", \"os_flavor\": \"debian\", "
                  "\"os_version\": \"12\", \"architecture\": \"x86\", "
                  "\"labels\": {}}",
                  id, system ? "system" : "snapshot",
                  system ? "available" : "creating",
                  system ? "\"debian-12\"" : "null",
                  system ? "Debian 12" : "before the upgrade");
}

void
print_server(FILE *out, const mock_server *server)
{
    (void)fprintf(out,
                  "{\"id\": %lld, \"name\": \"%s\", \"status\": \"%s\", "
                  "\"created\": \"2026-01-30T23:55:00Z\", \"public_net\": "
                  "{\"ipv4\": {\"id\": 1, \"ip\": \"203.0.113.7\", "
                  "\"blocked\": false, \"dns_ptr\": \"a.example.com\"}, "
                  "\"ipv6\": {\"id\": 2, \"ip\": \"2001:db8:1:2::/64\", "
                  "\"blocked\": false, \"dns_ptr\": []}, \"floating_ips\": "
                  "[478], \"firewalls\": []}, \"private_net\": [{\"network\": "
                  "4711, \"ip\": \"10.0.0.2\", \"alias_ips\": [], "
                  "\"mac_address\": \"86:00:ff:2a:7d:e1\"}], ",
                  server->id, server->name, server->status);
    (void)fputs("\"server_type\": ", out);
    print_type(out, server->type);
    (void)fputs(", \"location\": ", out);
    print_location(out, server->location);
    (void)fputs(", \"image\": ", out);
    print_image(out, MOCK_SYSTEM_IMAGE);
    (void)fprintf(out,
                  ", \"iso\": null, \"rescue_enabled\": false, \"locked\": "
                  "false, \"backup_window\": null, \"included_traffic\": "
                  "21990232555520, \"ingoing_traffic\": null, "
                  "\"protection\": {\"delete\": false, \"rebuild\": false}, "
                  "\"labels\": %s, \"volumes\": [], \"primary_disk_size\": "
                  "40}",
                  server->labels);
}

void
print_volume(FILE *out, const mock_volume *volume)
{
    char server[24] = "null";

    if (volume->server != 0) {
        (void)snprintf(server, sizeof server, "%lld", volume->server);
    }
    (void)fprintf(out,
                  "{\"id\": %lld, \"name\": \"%s\", \"created\": "
                  "\"2026-01-30T23:50:11Z\", \"server\": %s, \"size\": %lld, "
                  "\"linux_device\": \"/dev/disk/by-id/scsi-0HC_Volume_%lld\", "
                  "\"status\": \"available\", \"format\": null, \"labels\": "
                  "{}, \"protection\": {\"delete\": false}, \"location\": ",
                  volume->id, volume->name, server, volume->size, volume->id);
    print_location(out, volume->location);
    (void)fputc('}', out);
}

void
print_key(FILE *out, const mock_key *key)
{
    (void)fprintf(out,
                  "{\"id\": %lld, \"name\": \"%s\", \"fingerprint\": \"%s\", "
                  "\"public_key\": \"%s\", \"labels\": {}, \"created\": "
                  "\"2026-01-30T23:50:00Z\"}",
                  key->id, key->name, key->print, key->public_key);
}

void
print_action(FILE *out, const char *name, const char *command, bool failed)
{
    (void)fprintf(out,
                  "\"%s\": {\"id\": 13, \"command\": \"%s\", \"status\": "
                  "\"%s\", \"progress\": 0, \"started\": "
                  "\"2026-01-30T23:50:00Z\", \"finished\": null, "
                  "\"resources\": [], \"error\": %s}",
                  name, command, failed ? "error" : "running",
                  failed ? "{\"code\": \"action_failed\", \"message\": "
                           "\"Action failed\"}"
                         : "null");
}
