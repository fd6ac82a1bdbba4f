/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a patient agreed to and refused, newest first; recording one, and its withdrawal. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CONSENTS_PANE (mh_consents_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhConsentsPane, mh_consents_pane, MH, CONSENTS_PANE, MhPane)

GtkWidget *mh_consents_pane_new (MhContext *context);

G_END_DECLS
