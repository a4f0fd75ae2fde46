/* What the suites of the dummy driver share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_DUMMY_SUPPORT_H
#define TESTS_PLUGINS_DUMMY_SUPPORT_H

#include <pileus/pileus.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Open a connection with these options: names and values, then NULL. */
pileus_code try_open(pileus_connection **conn, const char *const *pairs,
                     pileus_error **err);
#define PAIRS(...) ((const char *const[]){__VA_ARGS__, NULL})
/* The same, which must succeed. */
pileus_connection *open_with(const char *const *pairs);
#define OPEN(...) open_with(PAIRS(__VA_ARGS__))

/* The call was a success, and set no error. */
void assert_done(pileus_code code, pileus_error **err);
/* The call failed with this code and an error whose message has this part;
 * frees the error. */
void assert_failed(pileus_code wanted, pileus_code code, pileus_error **err,
                   const char *part);

/* These must succeed. */
pileus_list *list_nodes(pileus_connection *conn);
pileus_node *create_node(pileus_connection *conn);
/* Create with a token. */
pileus_code try_token(pileus_node **node, pileus_connection *conn,
                      const char *token, pileus_error **err);
/* The ids of the listed nodes, "-" for none, between blanks. */
void assert_ids(pileus_connection *conn, const char *wanted);

/* A directory of the test's own, with the path of a state file in it. As setup
 * and teardown of a test: the latter fails if anything is left there but the
 * state file and its lock. */
typedef struct place {
    char directory[32];
    char file[64];
    char lock[64];
    char scratch[64];
} place;
int place_setup(void **state);
int place_teardown(void **state);

/* All of a file, NUL-terminated, to be freed; and replacing it. */
char *read_file(const char *path, size_t *size);
void write_file(const char *path, const char *data, size_t size);

/* A monotonic clock. */
int64_t clock_ms(void);

/* Cancel the call from another thread after so many milliseconds. */
typedef struct canceller canceller;
canceller *cancel_later(pileus_call *call, int ms);
void cancel_done(canceller *later);

#endif
