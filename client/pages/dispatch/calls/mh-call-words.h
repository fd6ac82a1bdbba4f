/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* An emergency call in words: its priority by shape and word, what has to be sent, how long it has
 * waited. Texts are the caller's to free, styles are CSS classes or NULL. */
#include <gtk/gtk.h>

#include "shared/record/mh-record.h"
#include "shared/rules/dispatch/mh-urgency.h"

G_BEGIN_DECLS

char *mh_call_priority_text (MhUrgency priority); /* "▲ P1: life in danger" */
const char *mh_call_priority_style (MhUrgency priority);
MhUrgency mh_call_priority (MhRecord *call);
char *mh_call_needs_text (guint needs); /* MhCan */
/* "4 min · 4 min left", "9 min · late by 1 min"; once somebody is there "✓ there after 6 min" */
char *mh_call_waits_text (MhRecord *call);
const char *mh_call_waits_style (MhRecord *call);
/* "2 · On the way", "⚠ none", "by themselves in 7 s" */
char *mh_call_units_text (MhRecord *call);
const char *mh_call_units_style (MhRecord *call);
/* A place by the map's name, and of what was typed the words that this does not say: of "kungs 12"
 * and "Kungsgatan" "Kungsgatan 12". Pure. */
char *mh_call_place_words (const char *typed, const char *name);
/* Lines of such a length that two columns of them stand beside each other in the window. */
#define MH_CALL_LINE_CHARS 40
GtkWidget *mh_call_line (const char *text, const char *style);
/* A row of a list of them, whose name is @text too. @name: of the widget, or NULL. */
GtkWidget *mh_call_row (const char *text, const char *name);

G_END_DECLS
