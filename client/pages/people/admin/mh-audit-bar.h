/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What of the audit trail is asked for: by person, patient, days and act. Signals: "changed",
 * "export". */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_AUDIT_BAR (mh_audit_bar_get_type ())
G_DECLARE_FINAL_TYPE (MhAuditBar, mh_audit_bar, MH, AUDIT_BAR, MhPane)

GtkWidget *mh_audit_bar_new (MhContext *context);
/* Query parameters of audit.list and audit.csv. */
void mh_audit_bar_put (MhAuditBar *bar, GStrvBuilder *args);
gboolean mh_audit_bar_is_empty (MhAuditBar *bar);
void mh_audit_bar_focus (MhAuditBar *bar);

G_END_DECLS
