/* What the files of the EC2 driver share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef EC2_H
#define EC2_H

#include "credentials.h"

#include <pileus/digest.h>
#include <pileus/http.h>
#include <pileus/services.h>

#include <pthread.h>

/* The version of the API that all of this speaks. */
#define EC2_VERSION "2016-11-15"

/* How long what was just made may be unknown to some of Amazon's servers: for
 * so many ms "there is no such thing" is not taken at its word. */
#define EC2_SETTLE_MS 60000
#define EC2_SETTLING_MAX 64
#define EC2_ID_SIZE 64

/* Things that were made a moment ago. */
typedef struct ec2_settling {
    pthread_mutex_t lock;
    struct {
        char id[EC2_ID_SIZE];
        int64_t made_at; /* by the call's clock, in ms */
    } thing[EC2_SETTLING_MAX];
    size_t next;
} ec2_settling;

typedef struct ec2_connection {
    pileus_http *http;
    char *host; /* as the header of each request has it */
    char *region;
    char *owners; /* whose images are listed: names, with commas between */
    ec2_credentials credentials;
    ec2_settling settling;
} ec2_connection;

/* ---- connection.c ---------------------------------------------------------
 */

int32_t ec2_open(void *state, pileus_call *call, void **connection);
void ec2_close(void *connection);

/* ---- settling.c -----------------------------------------------------------
 */

/* It exists since now: tells the core, too. */
int32_t ec2_made(ec2_connection *connection, pileus_call *call,
                 pileus_kind kind, const char *id);
/* It was removed: that there is no such thing is true from now on. */
void ec2_unmade(ec2_connection *connection, const char *id);
/* Was it made so lately that somebody may not know it yet? */
bool ec2_is_settling(ec2_connection *connection, pileus_call *call,
                     const char *id);

/* ---- params.c -------------------------------------------------------------
 */

#define EC2_PARAMS_MAX 256
#define EC2_NAME_SIZE 80

/* The parameters of a request. Values are not copied. */
typedef struct ec2_params {
    pileus_pair pairs[EC2_PARAMS_MAX];
    char names[EC2_PARAMS_MAX][EC2_NAME_SIZE];
    size_t count;
    bool full; /* there were too many */
    int filters;
    int filter_values; /* of the last filter */
} ec2_params;

void ec2_params_begin(ec2_params *params, const char *action);
/* value NULL: left out. */
void ec2_add(ec2_params *params, const char *value, const char *name, ...)
    PILEUS_PRINTF(3, 4);
/* A filter, and then its values, of which one is enough. Their "*" and "?"
 * stand for anything. */
void ec2_filter(ec2_params *params, const char *name);
void ec2_filter_value(ec2_params *params, const char *value);

/* ---- query.c --------------------------------------------------------------
 */

/* What a listing may be narrowed down by, at Amazon's. */
typedef struct ec2_narrowing {
    const char *id;       /* filter for ids */
    const char *location; /* NULL: none, and so on */
    const char *name;     /* of a tag or of a field of its own */
    bool tags;
    const char *const *own; /* the driver's own: any of these, ended by NULL */
} ec2_narrowing;

/* Add what the query asks as filters, as far as that loses nothing. */
void ec2_narrow(ec2_params *params, const pileus_query_args *query,
                const ec2_narrowing *by);
bool ec2_is_filter(const ec2_narrowing *by, const char *name);

/* ---- request.c ------------------------------------------------------------
 */

/* Ask something, by GET; flags: of pileus_request. about: the id of what it is
 * about, which is waited for if it was just made; NULL: nothing of that kind.
 * The answer is to be freed. */
int32_t ec2_ask(ec2_connection *connection, pileus_call *call,
                const ec2_params *params, uint64_t flags, const char *about,
                pileus_response **response, const pileus_value **answer);
/* Change something, by POST. With response NULL nobody looks at the answer. */
int32_t ec2_change(ec2_connection *connection, pileus_call *call,
                   const ec2_params *params, uint64_t flags, const char *about,
                   pileus_response **response, const pileus_value **answer);
/* Remove the thing of that id, which nobody waits for from then on. */
int32_t ec2_remove(ec2_connection *connection, pileus_call *call,
                   const ec2_params *params, uint64_t flags, const char *id);
/* All items of a listing. limit: the most that a page may have; 0: it is in one
 * piece. */
int32_t ec2_list(ec2_connection *connection, pileus_call *call,
                 const ec2_params *params, const char *items, int64_t limit,
                 pileus_item_fn fn, void *user);

/* ---- errors.c -------------------------------------------------------------
 */

/* A hook of pileus_http: what Amazon's failures mean. */
void ec2_explain(void *user, pileus_call *call, const pileus_response *response,
                 pileus_failure *failure);

/* ---- facts.c --------------------------------------------------------------
 */

enum { EC2_TEXT, EC2_FLAG, EC2_NUMBER, EC2_VALUE };

/* An entry of an extra, and where it stands in what Amazon says. */
typedef struct ec2_fact {
    const char *key; /* NULL: there are no more */
    const char *path;
    int type;
} ec2_fact;

/* Each of them; what is not there is null. */
void ec2_set_extra(pileus_record *record, pileus_call *call,
                   const pileus_value *value, const ec2_fact *facts);
/* The tags as "tags" in the extra, and as tags if the kind has some. The value
 * of the tag Name, or NULL. */
const char *ec2_set_tags(pileus_record *record, pileus_call *call,
                         const pileus_value *value, bool has_tags);
/* A word in a table of words and numbers; the last one has none, and is for
 * all others. */
typedef struct ec2_word {
    const char *word;
    int32_t number;
} ec2_word;
int32_t ec2_number_of(const ec2_word *words, const char *word);

/* ---- args.c ---------------------------------------------------------------
 */

/* The options that Amazon has a parameter of that very meaning for. */
typedef struct ec2_plain {
    const char *option; /* NULL: there are no more */
    const char *param;
} ec2_plain;
void ec2_add_plain(ec2_params *params, const pileus_pair *options,
                   uint64_t count, const ec2_plain *plain);
int32_t ec2_capability_of(const ec2_plain *plain, const char *argument);
/* Is it "true" or "false"? *flag is left alone when it is not given. */
int32_t ec2_flag(pileus_call *call, const char *option, const char *value,
                 bool *flag);
/* A name, and tags, of what the request makes. */
void ec2_add_tags(ec2_params *params, int specification, const char *kind,
                  const char *name, const pileus_pair *tags, uint64_t count);

/* Base64 of the bytes, to be freed; NULL: no memory, reported. */
char *ec2_base64(pileus_call *call, const void *data, size_t size);

/* A list with commas between. */
typedef struct ec2_words {
    char *text;
    char *rest;
} ec2_words;
bool ec2_words_begin(ec2_words *words, const char *text);
/* The next one that is not empty; NULL: no more. Valid until the end. */
char *ec2_words_next(ec2_words *words);
void ec2_words_end(ec2_words *words);

/* ---- instance.c -----------------------------------------------------------
 */

extern const ec2_narrowing ec2_nodes;
/* The state that is Amazon's word. */
int32_t ec2_node_state(const char *word);
int32_t ec2_put_instance(pileus_call *call, const pileus_value *instance,
                         const pileus_create_args *made_with,
                         pileus_sink *sink);
int32_t ec2_list_nodes(void *connection, pileus_call *call,
                       const pileus_query_args *query, pileus_sink *sink);
int32_t ec2_get_node(void *connection, pileus_call *call, const char *id,
                     pileus_sink *sink);
/* What Amazon says of an instance; the answer is to be freed. */
int32_t ec2_get_instance(ec2_connection *connection, pileus_call *call,
                         const char *id, pileus_response **response,
                         const pileus_value **instance);

/* ---- create.c, devices.c, verbs.c -----------------------------------------
 */

int32_t ec2_create_node(void *connection, pileus_call *call,
                        const pileus_create_args *args, pileus_sink *sink);
int32_t ec2_create_capability(const char *argument);
/* Parameters for the disks that the option names; text is theirs, and changed.
 */
int32_t ec2_add_devices(ec2_params *params, pileus_call *call,
                        ec2_words *devices);
int32_t ec2_reboot_node(void *connection, pileus_call *call,
                        const pileus_node *node, uint64_t flags,
                        pileus_record *after);
int32_t ec2_start_node(void *connection, pileus_call *call,
                       const pileus_node *node, uint64_t flags,
                       pileus_record *after);
int32_t ec2_stop_node(void *connection, pileus_call *call,
                      const pileus_node *node, uint64_t flags,
                      pileus_record *after);
int32_t ec2_suspend_node(void *connection, pileus_call *call,
                         const pileus_node *node, uint64_t flags,
                         pileus_record *after);
int32_t ec2_destroy_node(void *connection, pileus_call *call,
                         const pileus_node *node, uint64_t flags,
                         pileus_record *after);

/* ---- lifecycle.c ----------------------------------------------------------
 */

extern const pileus_lifecycle_service ec2_lifecycle;

/* ---- catalogue.c, image.c -------------------------------------------------
 */

extern const ec2_narrowing ec2_sizes;
extern const ec2_narrowing ec2_images;
int32_t ec2_list_sizes(void *connection, pileus_call *call,
                       const pileus_query_args *query, pileus_sink *sink);
int32_t ec2_list_locations(void *connection, pileus_call *call,
                           const pileus_query_args *query, pileus_sink *sink);
int32_t ec2_list_images(void *connection, pileus_call *call,
                        const pileus_query_args *query, pileus_sink *sink);
int32_t ec2_get_image(void *connection, pileus_call *call, const char *id,
                      pileus_sink *sink);
int32_t ec2_create_image(void *connection, pileus_call *call,
                         const pileus_node *node, const char *name,
                         const char *description, pileus_sink *sink);
int32_t ec2_delete_image(void *connection, pileus_call *call,
                         const pileus_image *image);

/* ---- volume.c, attach.c, snapshot.c ---------------------------------------
 */

extern const ec2_narrowing ec2_volumes;
extern const ec2_narrowing ec2_snapshots;
int32_t ec2_list_volumes(void *connection, pileus_call *call,
                         const pileus_query_args *query, pileus_sink *sink);
int32_t ec2_create_volume(void *connection, pileus_call *call,
                          const pileus_volume_args *args, pileus_sink *sink);
int32_t ec2_volume_capability(const char *argument);
int32_t ec2_destroy_volume(void *connection, pileus_call *call,
                           const pileus_volume *volume, uint64_t flags);
int32_t ec2_attach_volume(void *connection, pileus_call *call,
                          const pileus_volume *volume, const pileus_node *node,
                          const char *device);
int32_t ec2_detach_volume(void *connection, pileus_call *call,
                          const pileus_volume *volume);
int32_t ec2_list_snapshots(void *connection, pileus_call *call,
                           const pileus_volume *volume,
                           const pileus_query_args *query, pileus_sink *sink);
int32_t ec2_create_snapshot(void *connection, pileus_call *call,
                            const pileus_volume *volume, const char *name,
                            pileus_sink *sink);
int32_t ec2_destroy_snapshot(void *connection, pileus_call *call,
                             const pileus_snapshot *snapshot);

/* ---- address.c ------------------------------------------------------------
 */

extern const ec2_narrowing ec2_addresses;
int32_t ec2_list_addresses(void *connection, pileus_call *call,
                           const pileus_query_args *query, pileus_sink *sink);
int32_t ec2_create_address(void *connection, pileus_call *call,
                           const char *pool, pileus_sink *sink);
int32_t ec2_delete_address(void *connection, pileus_call *call,
                           const pileus_address *address);
int32_t ec2_attach_address(void *connection, pileus_call *call,
                           const pileus_address *address,
                           const pileus_node *node);
int32_t ec2_detach_address(void *connection, pileus_call *call,
                           const pileus_address *address);

/* ---- tags.c ---------------------------------------------------------------
 */

extern const pileus_tags_service ec2_tags;

/* ---- key.c ----------------------------------------------------------------
 */

int32_t ec2_list_key_pairs(void *connection, pileus_call *call,
                           const pileus_query_args *query, pileus_sink *sink);
int32_t ec2_get_key_pair(void *connection, pileus_call *call, const char *name,
                         pileus_sink *sink);
int32_t ec2_create_key_pair(void *connection, pileus_call *call,
                            const char *name, pileus_sink *sink);
int32_t ec2_import_key_pair(void *connection, pileus_call *call,
                            const char *name, const char *public_key,
                            pileus_sink *sink);
int32_t ec2_delete_key_pair(void *connection, pileus_call *call,
                            const pileus_key_pair *pair);

#endif
