/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A modal window made from a template: a header bar over its body; Escape closes it and the first
 * field has the focus. Like MhPane it knows its context and takes itself down.
 *
 *   <template class="MhFooDialog" parent="MhDialog">
 *     <property name="title" translatable="yes">Foo</property>
 *     <property name="default-width">420</property>
 *     <property name="body"><object class="GtkBox">…</object></property>
 *
 *   dialog = g_object_new (MH_TYPE_FOO_DIALOG, "context", context, NULL);
 *   mh_dialog_show (MH_DIALOG (dialog), opener);
 */
#include <adwaita.h>

#include "client/mh-context.h"
#include "client/widgets/base/mh-pane.h"
#include "client/widgets/base/mh-refusal.h"

G_BEGIN_DECLS

#define MH_TYPE_DIALOG (mh_dialog_get_type ())
G_DECLARE_DERIVABLE_TYPE (MhDialog, mh_dialog, MH, DIALOG, AdwWindow)

struct _MhDialogClass
{
  AdwWindowClass parent_class;
  void (*begin) (MhDialog *dialog); /* once, when the context is there */
  /* Where a field of what is sent stands when the control has another name; ends with { NULL }. */
  const MhRefusalPlace *places;
  /* What is typed is kept under this name until it is done (mh-typed.h); NULL: nothing is. With a
   * slash at its end each draft is of another thing: what is done leaves the others. */
  const char *drafts;
  /* What no control tells, see mh_typed_set_more(); or NULL. */
  char *(*tell) (MhDialog *dialog);
  void (*take) (MhDialog *dialog, const char *text);
};

/* Properties "context" (MhContext, once) and "body" (GtkWidget, once). */
/* Borrowed. NULL, and cancelled, when the dialog goes away: closed, and nobody holds it any more
 * who waits for an answer. */
MhContext *mh_dialog_context (MhDialog *dialog);
GCancellable *mh_dialog_cancellable (MhDialog *dialog);
void mh_dialog_keep (MhDialog *dialog, gpointer location, gpointer object); /* as mh_pane_keep() */
/* Over the window of @opener. What was typed in it before about the same is offered. */
void mh_dialog_show (MhDialog *dialog, GtkWidget *opener);
/* Before it is shown: which record it is about; each has drafts of its own. */
void mh_dialog_about (MhDialog *dialog, const char *id);
/* What @tell of the class would say is another thing now. */
void mh_dialog_touch (MhDialog *dialog);
/* The act is done, and nothing typed is unsent any more; mh_dialog_end() says so by itself. */
void mh_dialog_done (MhDialog *dialog);
/* Nobody sees it any more, though it may still be held. TRUE also before it was shown. */
gboolean mh_dialog_is_closed (MhDialog *dialog);
/* Who showed it, for toasts, also when the dialog is closed; NULL: that is gone too. */
GtkWidget *mh_dialog_opener (MhDialog *dialog);

/* The answer to what the dialog sent, also when it was closed meanwhile:
 *
 *   if (!mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, dialog->save))
 *     mh_dialog_end (MH_DIALOG (dialog), _ ("Saved"));
 *
 * A failure in words: at the fields it is about (mh-refusal.h), the rest in @problem, and @again
 * (NULL: nothing) can be pressed once more; where the dialog was opened when it is closed, then
 * none of these is looked at. FALSE: @error is NULL. */
gboolean
mh_dialog_fail (MhDialog *dialog, const GError *error, GtkLabel *problem, GtkWidget *again);
/* It is done: says @toast (NULL: nothing) where the dialog was opened, and closes it. */
void mh_dialog_end (MhDialog *dialog, const char *toast);

G_END_DECLS
