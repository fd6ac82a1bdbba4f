/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Secrets that must be read again (a second factor's key) rest sealed: XChaCha20-Poly1305 of
 * libsodium, with a key that lies in a file beside the database and not in it. Whoever copies the
 * database alone can read none of them. The name of what a secret belongs to is bound to it, so
 * that a sealed text copied to another row does not open.
 */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

typedef struct _MhSeal MhSeal;

/* Reads the key of 32 bytes in @path, or makes it (readable by its owner alone) when there is none.
 * MH_ERROR_INTERNAL with the reason otherwise. */
MhSeal *mh_seal_open (const char *path, GError **error);
void mh_seal_free (MhSeal *seal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhSeal, mh_seal_free)

/* Base64. Caller frees. */
char *mh_seal_close_text (MhSeal *seal, const char *owner, const char *text);
/* Caller frees. MH_ERROR_INTERNAL: another key, another owner, or it was changed. */
char *mh_seal_open_text (MhSeal *seal, const char *owner, const char *sealed, GError **error);
/* Hash with the key, hexadecimal: for codes too short to rest under a plain hash. Caller frees. */
char *mh_seal_hash (MhSeal *seal, const char *owner, const char *text);

G_END_DECLS
