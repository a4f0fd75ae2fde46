/* What the verbs run. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_NOUNS_H
#define CLI_NOUNS_H

#include "cli/args.h"

/* Each returns the exit code and has reported what went wrong. */
int cli_driver_list(const cli_args *args);
int cli_driver_show(const cli_args *args);
int cli_node_list(const cli_args *args);
int cli_node_show(const cli_args *args);
int cli_node_create(const cli_args *args);
int cli_node_reboot(const cli_args *args);
int cli_node_start(const cli_args *args);
int cli_node_stop(const cli_args *args);
int cli_node_destroy(const cli_args *args);
int cli_node_pause(const cli_args *args);
int cli_node_unpause(const cli_args *args);
int cli_node_suspend(const cli_args *args);
int cli_node_resume(const cli_args *args);
int cli_node_shelve(const cli_args *args);
int cli_node_unshelve(const cli_args *args);
int cli_node_rebuild(const cli_args *args);
int cli_node_resize(const cli_args *args);
int cli_node_console(const cli_args *args);
int cli_node_wait(const cli_args *args);
int cli_size_list(const cli_args *args);
int cli_image_list(const cli_args *args);
int cli_image_show(const cli_args *args);
int cli_image_create(const cli_args *args);
int cli_image_delete(const cli_args *args);
int cli_location_list(const cli_args *args);
int cli_volume_list(const cli_args *args);
int cli_volume_show(const cli_args *args);
int cli_volume_create(const cli_args *args);
int cli_volume_destroy(const cli_args *args);
int cli_volume_attach(const cli_args *args);
int cli_volume_detach(const cli_args *args);
int cli_snapshot_list(const cli_args *args);
int cli_snapshot_show(const cli_args *args);
int cli_snapshot_create(const cli_args *args);
int cli_snapshot_destroy(const cli_args *args);
int cli_keypair_list(const cli_args *args);
int cli_keypair_show(const cli_args *args);
int cli_keypair_create(const cli_args *args);
int cli_keypair_import(const cli_args *args);
int cli_keypair_delete(const cli_args *args);
int cli_address_list(const cli_args *args);
int cli_address_show(const cli_args *args);
int cli_address_create(const cli_args *args);
int cli_address_delete(const cli_args *args);
int cli_address_attach(const cli_args *args);
int cli_address_detach(const cli_args *args);
int cli_tag(const cli_args *args);
int cli_untag(const cli_args *args);
int cli_raw(const cli_args *args);

#endif
