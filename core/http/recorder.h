/* The file that exchanges are recorded in: its name, and its words. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__HTTP_RECORDER_H
#define PIL__HTTP_RECORDER_H

#define PIL__RECORD_FILE "exchanges.jsonl"
/* The scenario that recordings are of. */
#define PIL__RECORD_SCENARIO "main"
/* Of a recording: its bytes, at most. */
#define PIL__RECORD_MAX 1073741824

#endif
