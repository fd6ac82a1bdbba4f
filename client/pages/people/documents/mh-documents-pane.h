/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Papers and pictures of a patient: the list, the one chosen beside it, and adding more from a
 * file, by dropping one here, or from a scanner. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_DOCUMENTS_PANE (mh_documents_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhDocumentsPane, mh_documents_pane, MH, DOCUMENTS_PANE, MhPane)

GtkWidget *mh_documents_pane_new (MhContext *context);

G_END_DECLS
