/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A row of controls that goes on in a next line where the window is too narrow for one, so that
 * nothing is cut off and nothing has to be scrolled sideways. A child with hexpand takes what its
 * line leaves over; with halign=end besides it stands at the line's end. Where the first child has
 * hexpand the others stand at the end of their lines. Properties "spacing"
 * and "line-spacing" (int, pixels, 6): between the controls and between the lines.
 *
 *   <object class="MhWrap"> <child>…</child> <child>…</child> </object>
 */
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MH_TYPE_WRAP (mh_wrap_get_type ())
G_DECLARE_FINAL_TYPE (MhWrap, mh_wrap, MH, WRAP, GtkWidget)

/* Takes @child over; clear gives all up. */
void mh_wrap_append (MhWrap *wrap, GtkWidget *child);
void mh_wrap_clear (MhWrap *wrap);

G_END_DECLS
