/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What grew: the isolates of a culture and their antibiograms. An organism is chosen by its first
 * letters and brings its first-line antibiotics; zone or MIC typed is read by the laboratory's
 * breakpoints at once, and what a person chooses goes before it.
 */
#include "client/pages/lab/results/mh-note-dialog.h"

G_BEGIN_DECLS

/* @row: the culture's row of the sheet. @done as in mh_note_dialog_show(). */
void mh_grown_dialog_show (GtkWidget *opener,
                           MhContext *context,
                           const char *order_id,
                           MhRecord *row,
                           MhNoteTold told);

G_END_DECLS
