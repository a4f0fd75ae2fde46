/* More of a node's life: pause, suspend, shelve, rebuild, resize, console. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_LIFECYCLE_H
#define PILEUS_LIFECYCLE_H

#include <pileus/compute.h>

PILEUS_BEGIN_DECLS

/*
 * The rules of compute.h hold here as well, those of its verbs above all: each
 * returns when the provider has accepted the request, and leaves the state that
 * then holds in this handle; a node whose state forbids it is PILEUS_CONFLICT,
 * one that is gone PILEUS_NOT_FOUND, and what the provider cannot do
 * PILEUS_NOT_SUPPORTED. flags: none yet, 0. From any thread.
 */

/* ---- at rest and back --------------------------------------------------- */

/* Stop the machine where it stands, its memory kept in the host's; go on. */
PILEUS_API pileus_code pileus_node_pause(pileus_node *node, uint64_t flags,
                                         pileus_call *call, pileus_error **err);
PILEUS_API pileus_code pileus_node_unpause(pileus_node *node, uint64_t flags,
                                           pileus_call *call,
                                           pileus_error **err);
/* Stop it with its memory written to the host's disk; read it back. */
PILEUS_API pileus_code pileus_node_suspend(pileus_node *node, uint64_t flags,
                                           pileus_call *call,
                                           pileus_error **err);
PILEUS_API pileus_code pileus_node_resume(pileus_node *node, uint64_t flags,
                                          pileus_call *call,
                                          pileus_error **err);
/* Stop it and give its place at the host up, id and addresses kept; bring it
 * back. */
PILEUS_API pileus_code pileus_node_shelve(pileus_node *node, uint64_t flags,
                                          pileus_call *call,
                                          pileus_error **err);
PILEUS_API pileus_code pileus_node_unshelve(pileus_node *node, uint64_t flags,
                                            pileus_call *call,
                                            pileus_error **err);

/* ---- made anew ---------------------------------------------------------- */

/* Make the node anew from an image, its id and addresses kept: what is on its
 * disk is lost. spec: the image, which must be set, and what else shall be
 * another, as far as the driver lets it be (capabilities of "rebuild_node");
 * what it does not support is PILEUS_NOT_SUPPORTED before anything is done. A
 * password that the provider makes up is then in the handle's extra, as after a
 * create. */
PILEUS_API pileus_code pileus_node_rebuild(pileus_node *node,
                                           const pileus_node_spec *spec,
                                           uint64_t flags, pileus_call *call,
                                           pileus_error **err);

/* Give the node another size. With some providers it must be stopped; with
 * some it then runs in the new size, and the old one is kept until the resize
 * is confirmed or reverted. A node that waits for that is running, or stopped
 * as it was, and so pileus_node_wait ends there. */
PILEUS_API pileus_code pileus_node_resize(pileus_node *node,
                                          const char *size_id, uint64_t flags,
                                          pileus_call *call,
                                          pileus_error **err);
PILEUS_API pileus_code pileus_node_confirm_resize(pileus_node *node,
                                                  uint64_t flags,
                                                  pileus_call *call,
                                                  pileus_error **err);
PILEUS_API pileus_code pileus_node_revert_resize(pileus_node *node,
                                                 uint64_t flags,
                                                 pileus_call *call,
                                                 pileus_error **err);

/* ---- console ------------------------------------------------------------ */

#define PILEUS_CONSOLE_MAX 16777216 /* bytes */

/* What the machine has written to its console, in *log, to be freed with
 * pileus_text_free: the last so many lines, 0 standing for all that there are.
 * Guests write secrets there, so nothing else shows it, and it is wiped when it
 * is freed. One of more than PILEUS_CONSOLE_MAX bytes is PILEUS_PROTOCOL. */
PILEUS_API pileus_code pileus_node_console_log(pileus_text **log,
                                               pileus_node *node,
                                               uint64_t lines,
                                               pileus_call *call,
                                               pileus_error **err);

PILEUS_END_DECLS

#endif
