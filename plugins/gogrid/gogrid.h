/* What the files of the GoGrid driver share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GOGRID_H
#define GOGRID_H

#include <pileus/digest.h>
#include <pileus/http.h>
#include <pileus/services.h>

/* Room for an address as text. */
#define GG_ADDRESS_SIZE 64
/* Blobs: the public address that a server was made with, and its NUL. */
#define GG_BLOB_ADDRESS 1
/* Room for a signature: MD5 in hex. */
#define GG_SIGNATURE_SIZE 33

typedef struct gg_connection {
    pileus_http *http;
    char *key;
    char *secret;
    bool passwords; /* are they asked for? */
} gg_connection;

/* ---- connection.c ---------------------------------------------------------
 */

int32_t gg_open(void *state, pileus_call *call, void **connection);
void gg_close(void *connection);

/* The signature at a time, in seconds since 1970 (sign.c). */
int32_t gg_signature(pileus_call *call, const char *key, const char *secret,
                     int64_t seconds, char signature[GG_SIGNATURE_SIZE]);

/* ---- request.c ------------------------------------------------------------
 */

/* Call a method of the API that changes something, once: GET is not used for
 * that, though the API allows it. The answer is to be freed. */
int32_t gg_change(const gg_connection *connection, pileus_call *call,
                  const char *path, const pileus_pair *query,
                  uint64_t query_count, pileus_response **response,
                  const pileus_value **object);
/* The same when nobody looks at the answer. */
int32_t gg_do(const gg_connection *connection, pileus_call *call,
              const char *path, const pileus_pair *query, uint64_t query_count);
/* All objects of a method that lists. */
int32_t gg_list(const gg_connection *connection, pileus_call *call,
                const char *path, const pileus_pair *query,
                uint64_t query_count, pileus_item_fn fn, void *user);

/* A hook of pileus_http: what the API's failures mean. */
void gg_explain(void *user, pileus_call *call, const pileus_response *response,
                pileus_failure *failure);

/* ---- passwords.c ----------------------------------------------------------
 */

/* Passwords of servers, which a method of their own tells. */
typedef struct gg_passwords {
    struct gg_password {
        char *server; /* id */
        char *user;
        char *password;
    } * at;
    size_t count;
    size_t capacity;
} gg_passwords;

/* Ask for them, unless the connection does not want them. That the key has no
 * right to is no failure: there are none then. */
int32_t gg_get_passwords(const gg_connection *connection, pileus_call *call,
                         gg_passwords *passwords);
const struct gg_password *gg_password_of(const gg_passwords *passwords,
                                         const char *server);
void gg_free_passwords(pileus_call *call, gg_passwords *passwords);

/* ---- server.c -------------------------------------------------------------
 */

/* Put a server; passwords may be NULL. */
int32_t gg_put_server(pileus_call *call, const pileus_value *server,
                      const gg_passwords *passwords, pileus_sink *sink);
int32_t gg_list_nodes(void *connection, pileus_call *call,
                      const pileus_query_args *query, pileus_sink *sink);
int32_t gg_get_node(void *connection, pileus_call *call, const char *id,
                    pileus_sink *sink);
/* The id of the server that has this address; PILEUS_OK and "" when it has none
 * yet, or there is no such server. */
int32_t gg_find_id(const gg_connection *connection, pileus_call *call,
                   const char *address, char id[GG_ADDRESS_SIZE]);
/* The id of a node that comes back, which may have been without one. */
int32_t gg_node_id(const gg_connection *connection, pileus_call *call,
                   const pileus_node *node, char id[GG_ADDRESS_SIZE]);

/* ---- create.c, verbs.c ----------------------------------------------------
 */

int32_t gg_create_node(void *connection, pileus_call *call,
                       const pileus_create_args *args, pileus_sink *sink);
int32_t gg_create_capability(const char *argument);
int32_t gg_reboot_node(void *connection, pileus_call *call,
                       const pileus_node *node, uint64_t flags,
                       pileus_record *after);
int32_t gg_start_node(void *connection, pileus_call *call,
                      const pileus_node *node, uint64_t flags,
                      pileus_record *after);
int32_t gg_stop_node(void *connection, pileus_call *call,
                     const pileus_node *node, uint64_t flags,
                     pileus_record *after);
int32_t gg_destroy_node(void *connection, pileus_call *call,
                        const pileus_node *node, uint64_t flags,
                        pileus_record *after);

/* ---- catalogue.c, image.c -------------------------------------------------
 */

int32_t gg_list_sizes(void *connection, pileus_call *call,
                      const pileus_query_args *query, pileus_sink *sink);
int32_t gg_list_locations(void *connection, pileus_call *call,
                          const pileus_query_args *query, pileus_sink *sink);
int32_t gg_list_images(void *connection, pileus_call *call,
                       const pileus_query_args *query, pileus_sink *sink);
int32_t gg_create_image(void *connection, pileus_call *call,
                        const pileus_node *node, const char *name,
                        const char *description, pileus_sink *sink);
int32_t gg_delete_image(void *connection, pileus_call *call,
                        const pileus_image *image);

#endif
