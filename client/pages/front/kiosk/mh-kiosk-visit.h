/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * One visit at the kiosk, from "What would you like to do?" to "Finish". Everything it knows goes
 * with it: it asks the server alone, never the local copy, and nothing it reads is kept there. The
 * language is the one that gettext speaks while it is made.
 */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_KIOSK_VISIT (mh_kiosk_visit_get_type ())
/* Signal "over": it is to be taken away. */
G_DECLARE_FINAL_TYPE (MhKioskVisit, mh_kiosk_visit, MH, KIOSK_VISIT, MhPane)

/* @state: a kiosk_state; @language: "hi". */
GtkWidget *mh_kiosk_visit_new (MhContext *context, MhRecord *state, const char *language);
/* Two entries in a row each: the screen is too low for all of them above a keyboard. */
void mh_kiosk_visit_set_beside (MhKioskVisit *visit, gboolean beside);
/* A code to pay by is on the screen: whoever pays looks at their telephone. */
gboolean mh_kiosk_visit_is_paying (MhKioskVisit *visit);
/* Tells the server that nobody is there any more. */
void mh_kiosk_visit_end (MhKioskVisit *visit);

G_END_DECLS
