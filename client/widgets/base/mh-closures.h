/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What the template of a pane or a dialog tells by itself: its labels, and what is seen and may be
 * pressed, are bound to closures of its class and to properties of MhPane and MhDialog.
 *
 *   <binding name="visible">
 *     <closure type="gboolean" function="foo_pane_owes_cb">
 *       <lookup name="revision" type="MhPane"><lookup name="self" type="MhPane"/></lookup>
 *     </closure>
 *   </binding>
 *
 *   static gboolean foo_pane_owes_cb (MhFooPane *pane) { … }     a text: char *, transfer full
 *
 * Property "self" is NULL until the context is there and begin() has returned, so that no closure
 * is asked before; "revision" counts the changes. A dialog's lookups have the type MhDialog.
 *
 * Any template may also ask, once its class has called mh_closures_bind() (after it took its
 * template):
 *
 *   mh_has_text (text)           gboolean: there is something to read. A label that hides while it
 *                                is empty: <lookup name="label">its own id</lookup>
 *   mh_not (value)               gboolean
 *   mh_may (context, right)      gboolean: the person has it. <lookup name="context"
 * type="MhPane"/> and the right as a <constant type="gchararray">
 */
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

void mh_closures_bind (GtkWidgetClass *klass);

/* What the closures of the template tell has changed: each is asked again. */
void mh_pane_changed (MhPane *pane);
void mh_dialog_changed (MhDialog *dialog);

/* Property "problem": what is wrong now, in words; NULL: nothing. */
void mh_pane_complain (MhPane *pane, const char *words);
void mh_dialog_complain (MhDialog *dialog, const char *words);

/* Property "busy": something was sent and is not answered yet. mh_dialog_fail() ends it. */
void mh_pane_set_busy (MhPane *pane, gboolean busy);
void mh_dialog_set_busy (MhDialog *dialog, gboolean busy);

G_END_DECLS
