/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What was refused, said at the field it is about: red words below the control, its edge marked, a
 * screen reader told; gone as soon as something else is typed or chosen there.
 *
 * A field of the body that was sent is the control of that name in a template ("amount": id
 * "amount"), or by gtk_widget_set_name() one that is made in C. Where the names differ a table says
 * so. "lines[0].price" is looked for whole, then as the line, then by its last part, then by its
 * first.
 */
#include <gtk/gtk.h>

#include "shared/base/mh-error.h"

G_BEGIN_DECLS

typedef struct
{
  const char *field;  /* of the body */
  const char *widget; /* of the template */
} MhRefusalPlace;

/* The control of @name in @root; NULL: none. A control's name: that of its template, or the one
 * that it was given; NULL for none. */
GtkWidget *mh_refusal_find (GtkWidget *root, const char *name);
const char *mh_refusal_name (GtkWidget *control);

/* A control whose field has no name of its own: that of a line ("values[2]"). NULL: no longer. */
void mh_refusal_stands_for (GtkWidget *control, const char *field);

/* @words at @control; NULL takes them away. FALSE: there is no place for them, or it is not seen.
 */
gboolean mh_refusal_set (GtkWidget *control, const char *words);
/* What the window found wrong by itself: @words at @control, which gets the focus, else in
 * @problem. */
void mh_refusal_say (GtkWidget *control, const char *words, GtkLabel *problem);
/* Takes away all in @root. */
void mh_refusal_clear (GtkWidget *root);
/* The complaints of @error at their fields, the focus in the first of them; what has no field goes
 * into @problem (NULL: is not said). @places ends with { NULL }; NULL: all names are the same.
 * TRUE: everything stands at a field. */
gboolean mh_refusal_show (GtkWidget *root,
                          const GError *error,
                          GtkLabel *problem,
                          const MhRefusalPlace *places);

G_END_DECLS
