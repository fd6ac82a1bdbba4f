/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The parts of a patient's chart, one row each: a room that has something to show of one patient
 * adds a row and nothing else. The pane is made when its tab is first looked at; the patient's id
 * arrives at its open() then, and again for each other patient. It may implement the rest of MhPage
 * as well (shown, scan, type_ahead, may_close): they are asked of the tab on show, may_close of
 * every pane that was made.
 */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;         /* "problems": mh_shell_go (from, "chart", "PATIENT-ID/problems") */
  const char *title;      /* N_() */
  const char *permission; /* the tab is there for who has it, or one of several ("a|b"); "": all */
  GtkWidget *(*make) (MhContext *context); /* an MhPane, or any widget that is an MhPage */
  gboolean records;                        /* its open() also takes "PATIENT-ID/RECORD-ID" */
} MhChartTab;

extern const MhChartTab mh_chart_tabs[]; /* ends with an all-NULL row */

G_END_DECLS
