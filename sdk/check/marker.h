/* A marked secret, and looking for it in whatever shape it may come. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_MARKER_H
#define SDK_CHECK_MARKER_H

#include <pileus/common.h>

/* What is given as a secret has this in it, which no encoding changes, and
 * behind it what URLs must encode. (In which shapes the library knows a secret
 * when a provider echoes it is the library's matter, not a driver's.) */
#define CHECK_MARKER "Pl4ntedSecr3t"
#define CHECK_MARKER_VALUE CHECK_MARKER "/+~"

/* How the marker is in the text: "as it is", "in base64", …; NULL if it is
 * not. Static. */
const char *check_marker_find(const char *text, size_t size);
/* Finding it is a finding. place: "the log". */
void check_marker_look(const char *place, const char *text, size_t size);

#endif
