/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One page from a scanner, by SANE's own program (scanimage(1)); it knows every scanner that SANE
 * does, those on the network too. */
#include <gio/gio.h>

G_BEGIN_DECLS

/* Looks for scanners; takes seconds where there are some on the network. */
void mh_scanner_find_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* The first one's name for SANE; NULL: none, or SANE is not installed. Caller frees. */
char *mh_scanner_find_finish (GAsyncResult *result);

/* @device: from above. */
void mh_scanner_scan_async (const char *device,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
/* The page as PNG. MH_ERROR_BUSY: the scanner did not give one. */
GBytes *mh_scanner_scan_finish (GAsyncResult *result, GError **error);

G_END_DECLS
