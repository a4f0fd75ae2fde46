/* The Neutron of the OpenStack mock: floating addresses. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/openstack_neutron.h"

#include <stdio.h>

#define JSON "Content-Type: application/json\r\n"
#define FLOATING "/network/v2.0/floatingips"
#define PAGE 2

static void
refuse(web_channel *channel, int status, const char *type, const char *words)
{
    char body[256];

    (void)snprintf(body, sizeof body,
                   "{\"NeutronError\": {\"type\": \"%s\", \"message\": \"%s\", "
                   "\"detail\": \"\"}}",
                   type, words);
    channel_answer(channel, status, JSON, body);
}

static bool
is(const web_asked *asked, const char *method, const char *path)
{
    size_t length = strcspn(asked->target, "?");

    return strcmp(asked->method, method) == 0 && strlen(path) == length &&
           strncmp(asked->target, path, length) == 0;
}

/* ---- addresses ------------------------------------------------------------
 */

static int
print_address(const openstack_mock *mock, char *out, size_t size, int i)
{
    const char *port = mock->leads_to[i];
    char facts[256] = "\"port_id\": null, \"port_details\": null";

    if (*port != '\0') {
        (void)snprintf(facts, sizeof facts,
                       "\"port_id\": \"%s\", \"port_details\": {\"device_id\": "
                       "\"id-1\", \"device_owner\": \"%s\"}",
                       port,
                       strcmp(port, "p-router") == 0 ? "network:router_gateway"
                                                     : "compute:nova");
    }
    return snprintf(out, size,
                    "{\"id\": \"f%d\", \"floating_ip_address\": "
                    "\"203.0.113.%d\", \"floating_network_id\": \"pub-id\", "
                    "\"status\": \"DOWN\", %s}",
                    i, i, facts);
}

/* The one that the path names; -1: there is none, and that was said. */
static int
find_address(const openstack_mock *mock, const web_asked *asked,
             web_channel *channel)
{
    int i = -1;

    if (sscanf(asked->target, FLOATING "/f%d", &i) != 1 || i < 0 ||
        i >= mock->addresses || strcmp(mock->leads_to[i], "gone") == 0) {
        refuse(channel, 404, "FloatingIPNotFound",
               "Floating IP could not be found");
        return -1;
    }
    return i;
}

static bool
is_wanted(const web_asked *asked, int i)
{
    char id[16];
    char ip[32];

    (void)snprintf(id, sizeof id, "f%d", i);
    (void)snprintf(ip, sizeof ip, "203.0.113.%d", i);
    return (strstr(asked->target, "id=f") == NULL ||
            asked_query(asked, "id", id) ||
            strstr(asked->target, "marker=") != NULL) &&
           (strstr(asked->target, "floating_ip_address=") == NULL ||
            asked_query(asked, "floating_ip_address", ip));
}

static void
list_addresses(const openstack_mock *mock, const web_asked *asked,
               web_channel *channel)
{
    char body[4096] = "{\"floatingips\": [";
    size_t used = strlen(body);
    const char *marker = strstr(asked->target, "marker=f");
    int first = 0;
    int given = 0;

    if (marker != NULL && sscanf(marker, "marker=f%d", &first) == 1) {
        first++;
    }
    for (int i = first; i < mock->addresses && given < PAGE; i++) {
        first = i + 1;
        if (strcmp(mock->leads_to[i], "gone") != 0 && is_wanted(asked, i)) {
            used += (size_t)snprintf(body + used, sizeof body - used, "%s",
                                     given++ == 0 ? "" : ", ");
            used +=
                (size_t)print_address(mock, body + used, sizeof body - used, i);
        }
    }
    (void)snprintf(body + used, sizeof body - used, "]%s}",
                   first < mock->addresses
                       ? ", \"floatingips_links\": [{\"rel\": \"next\", "
                         "\"href\": \"http://elsewhere.invalid/\"}]"
                       : "");
    channel_answer(channel, 200, JSON,
                   mock->address_body != NULL ? mock->address_body : body);
}

static void
make_address(openstack_mock *mock, const web_asked *asked, web_channel *channel)
{
    char address[512];
    char body[1024];

    if (strcmp(asked->body,
               "{\"floatingip\":{\"floating_network_id\":\"pub-id\"}}") != 0) {
        refuse(channel, 400, "BadRequest",
               "Bad floatingip request: not a valid external network");
        return;
    }
    if (mock->addresses == MOCK_ADDRESSES) {
        refuse(channel, 409, "OverQuota",
               "Quota exceeded for resources: ['floatingip']");
        return;
    }
    *mock->leads_to[mock->addresses] = '\0';
    (void)print_address(mock, address, sizeof address, mock->addresses++);
    (void)snprintf(body, sizeof body, "{\"floatingip\": %s}", address);
    channel_answer(channel, 201, JSON,
                   mock->address_body != NULL ? mock->address_body : body);
}

static void
lead(openstack_mock *mock, const web_asked *asked, web_channel *channel, int i)
{
    char port[16] = "";

    if (sscanf(asked->body, "{\"floatingip\":{\"port_id\":\"%15[^\"]\"}}",
               port) != 1 &&
        strcmp(asked->body, "{\"floatingip\":{\"port_id\":null}}") != 0) {
        refuse(channel, 400, "BadRequest", "no port_id");
    } else if (strcmp(port, "p-dark") == 0) {
        refuse(channel, 404, "ExternalGatewayForFloatingIPNotFound",
               "External network is not reachable from subnet");
    } else if (strcmp(port, "p-six") == 0) {
        mock->complaints++; /* it has no such address */
        refuse(channel, 400, "BadRequest", "no fixed ip");
    } else {
        (void)snprintf(mock->leads_to[i], sizeof mock->leads_to[i], "%s", port);
        channel_answer(channel, 200, JSON, "{\"floatingip\": {}}");
    }
}

static void
serve_address(openstack_mock *mock, const web_asked *asked,
              web_channel *channel)
{
    char address[512];
    char body[1024];
    int i = find_address(mock, asked, channel);

    if (i < 0) {
        return;
    }
    if (strcmp(asked->method, "PUT") == 0) {
        lead(mock, asked, channel, i);
    } else if (strcmp(asked->method, "DELETE") == 0) {
        (void)snprintf(mock->leads_to[i], sizeof mock->leads_to[i], "gone");
        channel_answer(channel, 204, JSON, "");
    } else {
        (void)print_address(mock, address, sizeof address, i);
        (void)snprintf(body, sizeof body, "{\"floatingip\": %s}", address);
        channel_answer(channel, 200, JSON, body);
    }
}

/* ---- networks, ports ------------------------------------------------------
 */

static void
list_externals(const openstack_mock *mock, const web_asked *asked,
               web_channel *channel)
{
    const char *body = "{\"networks\": [{\"id\": \"pub-id\", \"name\": "
                       "\"public\", \"router:external\": true}]}";

    if (strstr(asked->target, "name=") != NULL &&
        !asked_query(asked, "name", "public")) {
        body = "{\"networks\": []}";
    }
    channel_answer(channel, 200, JSON,
                   mock->externals == NULL ? body : mock->externals);
}

/* Of id-1: one with IPv6 alone, one that no router leads to, and a good one;
 * the others have none. */
static void
list_ports(const openstack_mock *mock, const web_asked *asked,
           web_channel *channel)
{
    const char *body = "{\"ports\": []}";

    if (asked_query(asked, "device_id", "id-1")) {
        body = "{\"ports\": [{\"id\": \"p-six\", \"fixed_ips\": "
               "[{\"ip_address\": \"2001:db8::5\"}]}, {\"id\": \"p-dark\", "
               "\"fixed_ips\": [{\"ip_address\": \"10.9.0.1\"}]}, {\"id\": "
               "\"p-good\", \"fixed_ips\": [{\"ip_address\": "
               "\"2001:db8::6\"}, {\"ip_address\": \"10.0.0.1\"}]}]}";
    }
    channel_answer(channel, 200, JSON,
                   mock->ports_body != NULL ? mock->ports_body : body);
}

bool
neutron_serve(openstack_mock *mock, const web_asked *asked,
              web_channel *channel)
{
    if (is(asked, "GET", FLOATING)) {
        list_addresses(mock, asked, channel);
    } else if (is(asked, "POST", FLOATING)) {
        make_address(mock, asked, channel);
    } else if (strncmp(asked->target, FLOATING "/", sizeof FLOATING) == 0) {
        serve_address(mock, asked, channel);
    } else if (is(asked, "GET", "/network/v2.0/ports")) {
        list_ports(mock, asked, channel);
    } else if (is(asked, "GET", "/network/v2.0/networks") &&
               strstr(asked->target, "external=true") != NULL) {
        list_externals(mock, asked, channel);
    } else {
        return false;
    }
    return true;
}
