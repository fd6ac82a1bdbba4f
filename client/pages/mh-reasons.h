/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A choice of coded reasons, or of another answer. Nothing is chosen before a person chooses: a
 * reason that was there already says nothing. Letters find one, also while the list is closed. */
#include <gtk/gtk.h>

#include "shared/record/mh-field.h"

G_BEGIN_DECLS

/* The words of @codes in their order. Again: other ones, and nothing is chosen. */
void mh_reasons_fill (GtkDropDown *choice, const MhCode *codes);
/* Only those that fit. */
void mh_reasons_fill_fitting (GtkDropDown *choice,
                              const MhCode *codes,
                              gboolean (*fits) (const MhCode *code, gconstpointer data),
                              gconstpointer data);
/* As if a person had chosen @code; nothing where that is no choice. */
void mh_reasons_choose (GtkDropDown *choice, const char *code);
/* Nothing is chosen (any more). */
void mh_reasons_clear (GtkDropDown *choice);
/* The chosen code; NULL: none yet. */
const char *mh_reasons_peek (GtkDropDown *choice);
/* The same when it is wanted: without one the field is marked and has the focus, and @problem
 * (NULL: nothing) says so until one is chosen. */
const char *mh_reasons_get (GtkDropDown *choice, GtkLabel *problem);
/* Where it is not a reason that is asked for: @problem says @words. */
const char *mh_reasons_want (GtkDropDown *choice, GtkLabel *problem, const char *words);

G_END_DECLS
