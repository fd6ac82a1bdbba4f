/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Over a patient whose protected chart stands open to the person at this desk: a bar with the time
 * that is left and a way to close it, and a red frame around the whole window. Asks for password
 * and reason when a chart turns out to be protected.
 */
#include "client/widgets/base/mh-pane.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_TYPE_GLASS_BAR (mh_glass_bar_get_type ())
/* Signal "opened" (char *patient id): the chart may be read now. */
G_DECLARE_FINAL_TYPE (MhGlassBar, mh_glass_bar, MH, GLASS_BAR, MhPane)

/* Somebody else may be on the screen now: looks for the patient strips below @pages. */
void mh_glass_bar_look (MhGlassBar *bar, GtkWidget *pages);
/* Asks once at a time. @kind: MH_PROTECTED_…. */
void mh_glass_bar_ask (MhGlassBar *bar, const char *patient_id, const char *kind);

G_END_DECLS
