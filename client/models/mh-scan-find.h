/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a scanned code names: the patient of an MRN, the tube of an accession number (its order, for
 * who may not see tubes), the order of an order number, the report or prescription of a paper's QR
 * code; from the server, from the local copy while that is away. */
#include "client/mh-context.h"

G_BEGIN_DECLS

/* @kind: MH_SCAN_MRN, _ACCESSION, _ORDER, _REPORT or _PRESCRIPTION of shared/base/mh-check-digit.h;
 * @code as mh_scan_classify() gives it. */
void mh_scan_find_async (MhContext *context,
                         int kind,
                         const char *code,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data);
/* New reference; NULL without error: nobody and nothing has this number. */
MhRecord *mh_scan_find_finish (GAsyncResult *result, GError **error);

G_END_DECLS
