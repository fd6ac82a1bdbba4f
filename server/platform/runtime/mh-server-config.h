/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The server's configuration: a GKeyFile in which every key has a safe default;
 * MAHIMA_<GROUP>_<KEY> in the environment overrides, KEY_file=PATH reads a secret from a file. The
 * table of keys is in the .c file and is also what --check-config and the example file are checked
 * against.
 */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

typedef struct _MhServerConfig MhServerConfig;

/* @path NULL: defaults and environment. Wrong values are collected: one MH_ERROR_INVALID whose
 * issues name "group.key". */
MhServerConfig *mh_server_config_load (const char *path, GError **error);
void mh_server_config_free (MhServerConfig *config);
/* "database.url"; defaults filled in. Asking for a key that the table does not list is a bug. */
const char *mh_server_config_text (MhServerConfig *config, const char *key);
gint64 mh_server_config_int (MhServerConfig *config, const char *key);
gboolean mh_server_config_bool (MhServerConfig *config, const char *key);
/* For tests: as if the file said so. */
void mh_server_config_set (MhServerConfig *config, const char *key, const char *value);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhServerConfig, mh_server_config_free)

G_END_DECLS
