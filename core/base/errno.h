/* The system's words for an errno. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_ERRNO_H
#define PIL__BASE_ERRNO_H

/* Room for the longest of them. */
#define PIL__ERRNO_TEXT_MAX 256

/* Words for number, such as "Permission denied", made in buffer or constant.
 * Unlike strerror, for any thread. */
const char *pil__errno_text(int number, char buffer[PIL__ERRNO_TEXT_MAX]);

#endif
