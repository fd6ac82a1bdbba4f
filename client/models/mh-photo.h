/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The photo of a patient, small. What a photo_id names never changes, so what was seen once comes
 * from the local copy, which keeps the last MH_PHOTOS_KEPT or so; also without a server.
 */
#include "client/mh-context.h"

G_BEGIN_DECLS

#define MH_PHOTOS_KEPT 256

void mh_photo_async (MhContext *context,
                     MhRecord *patient,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer data);
/* A PNG, transfer full. NULL: there is none, or it is not at hand. */
GBytes *mh_photo_finish (GAsyncResult *result);
/* One that was made here: shown before the server has it. */
void mh_photo_keep (MhContext *context, const char *photo_id, GBytes *photo);

G_END_DECLS
