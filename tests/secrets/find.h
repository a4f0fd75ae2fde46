/* Marked secrets, and looking for them in whatever shape they may come. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SECRETS_FIND_H
#define TESTS_SECRETS_FIND_H

#include <stddef.h>

/* What is given to the library as a secret has this in it, in a shape that no
 * encoding changes. */
#define PLANTED "Pl4ntedSecr3t"
/* What a provider makes has this. */
#define MADE "M4deByPr0vider"
/* All of the first: with what URLs, JSON, forms and shells must encode. */
#define PLANTED_VALUE PLANTED "/\"+& <\\>~"

/* How the marker is in the text: "as it is", "percent-encoded", …; or NULL if
 * it is not. Static. */
const char *find_marker(const char *text, size_t size, const char *marker);

/* The text in that shape, to be freed; for what echoes, and for the suite that
 * tries the above. */
char *encode_percent(const char *text);
char *encode_base64(const char *text);
char *encode_json(const char *text);
char *encode_hex(const char *text);

#endif
