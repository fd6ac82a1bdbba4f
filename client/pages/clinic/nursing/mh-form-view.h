/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Draws a declarative form (shared/rules/clinic/mh-form-rules.h): its sections, questions and,
 * while one answers, its scores. */
#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

#include "shared/rules/clinic/mh-form-rules.h"

G_BEGIN_DECLS

#define MH_TYPE_FORM_VIEW (mh_form_view_get_type ())
/* Signal "changed". */
G_DECLARE_FINAL_TYPE (MhFormView, mh_form_view, MH, FORM_VIEW, GtkBox)

/* Takes @form; @answers: what stands there at first, or NULL. */
GtkWidget *mh_form_view_new (MhFormSpec *form, JsonObject *answers);
JsonObject *mh_form_view_answers (MhFormView *view); /* borrowed; what is hidden is not in it */
/* Words under the wrong answers; TRUE: there are none. */
gboolean mh_form_view_check (MhFormView *view);

G_END_DECLS
