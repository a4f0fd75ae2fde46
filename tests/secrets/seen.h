/* All that an application gets to see, looked through for marked secrets. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SECRETS_SEEN_H
#define TESTS_SECRETS_SEEN_H

#include <pileus/pileus.h>

/* What is under way, for the message about a leak. */
void seen_doing(const char *driver, const char *what);

/* Look through it; place: "the log", say. */
void seen_text(const char *place, const char *text);
void seen_bytes(const char *place, const void *data, size_t size);
/* Each line of a recording in that folder, which is emptied; false: there is
 * none. */
bool seen_recording(const char *folder);
/* What the command printed; fresh: of a create. */
void seen_output(const char *place, const char *text, bool fresh);
/* Its words in every part; *err is freed. */
void seen_error(pileus_error **err);

/* Everything in a list, of whichever kind; an object of its own. */
void seen_list(const pileus_list *list);
/* fresh: the answer of the create itself, the one place where a password or
 * private key that the provider made belongs. */
void seen_node(const pileus_node *node, bool fresh);
void seen_key_pair(const pileus_key_pair *pair, bool fresh);

/* So many leaks so far; and forget them. */
int seen_leaks(void);
void seen_forget(void);
/* So many texts were looked through, and the one the provider made was there,
 * where it belongs, so often. */
int seen_texts(void);
int seen_made(void);

#endif
