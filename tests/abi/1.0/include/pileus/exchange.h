/* Exchanges with providers over HTTP: shown, recorded, replayed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_EXCHANGE_H
#define PILEUS_EXCHANGE_H

#include <pileus/driver_list.h>

PILEUS_BEGIN_DECLS

/*
 * What drivers send over HTTP, and what comes back, can be looked at. All of
 * this is set in a context before connections are opened in it, and concerns
 * those whose drivers speak HTTP.
 *
 * Secrets are replaced by "[secret]": values of secret options, the password
 * and user data of a create, headers and keys that are secret by their name,
 * and what the driver says is one.
 */

/* Each request is told just before it goes out, as a curl command that a shell
 * can run again once its secrets are put back, and how it was answered, in a
 * comment. The lines of one text belong together; there is no newline at its
 * end. fn may be called from any thread, and from several at once; it must not
 * call into libpileus. fn NULL: no more of it. */
typedef void (*pileus_trace_fn)(void *user, const char *text);
PILEUS_API void pileus_context_set_trace(pileus_context *ctx,
                                         pileus_trace_fn fn, void *user);

/* Append each exchange to DIRECTORY/exchanges.jsonl, as one line of JSON with
 * "op", "scenario", "call", "request" (method, host, path, query, headers,
 * body) and "response" (status, headers, body). Directory and file are made if
 * they are not there, for the user alone. A body that is not UTF-8 is in
 * "body_base64", and "body" is empty. Requests without an answer are left out.
 * PILEUS_INVALID_ARGUMENT when nothing can be written there. */
PILEUS_API pileus_code pileus_context_set_record(pileus_context *ctx,
                                                 const char *directory,
                                                 pileus_error **err);

/*
 * Answer from what was recorded in a directory, and leave the network alone. A
 * request is answered by the exchange of the same method, path and query,
 * whatever the host; parameters are left out of this that are secret, or named
 * "expires", "timestamp" or "nonce". Where several fit, it is the one whose
 * body is most like the request's, and of these the one that was used least,
 * in the order they were recorded. What is not there is PILEUS_CONFIGURATION,
 * naming what comes nearest. Waits, of polling or before trying again, are cut
 * to a hundredth.
 *
 * The recording is read now, whole: PILEUS_CONFIGURATION, with file and line,
 * for one that is none.
 */
PILEUS_API pileus_code pileus_context_set_replay(pileus_context *ctx,
                                                 const char *directory,
                                                 pileus_error **err);

PILEUS_END_DECLS

#endif
