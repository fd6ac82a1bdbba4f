/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A page, or a part of one, that is made from a template: knows its context, owns one GCancellable,
 * and takes itself down. A class made from it has neither dispose nor interface boilerplate:
 *
 *   G_DEFINE_FINAL_TYPE (MhFooPage, mh_foo_page, MH_TYPE_PANE)
 *   class_init: gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE
 * ("foo/mh-foo-page")); gtk_widget_class_bind_template_child (widget, MhFooPage, table); …
 *               MH_PANE_CLASS (klass)->begin = begin; …->shown = shown;
 *   init:       gtk_widget_init_template (GTK_WIDGET (page));
 *   new:        return g_object_new (MH_TYPE_FOO_PAGE, "context", context, NULL);
 *
 * What lives longer than the page (models, the sync) is connected with g_signal_connect_object().
 * One is also made without a context (a builder, a test): then begin() is never called.
 */
#include <gtk/gtk.h>

#include "client/mh-context.h"
#include "client/widgets/base/mh-page.h"

G_BEGIN_DECLS

/* "orders/mh-reject-dialog" → where data/ui/lab/orders/mh-reject-dialog.ui lies in the program */
#define MH_TEMPLATE(name) "/org/mahima/Mahima/ui/" name ".ui"

/* In dispose of a final widget that is made from a template without being a pane: gives up all its
 * children. */
void mh_template_dispose (GtkWidget *widget, GType type);

#define MH_TYPE_PANE (mh_pane_get_type ())
G_DECLARE_DERIVABLE_TYPE (MhPane, mh_pane, MH, PANE, GtkWidget)

struct _MhPaneClass
{
  GtkWidgetClass parent_class;
  /* Once: the context is there, also that of the panes within. Make models, ask, connect. */
  void (*begin) (MhPane *pane);
  /* As in MhPageInterface, all optional. */
  void (*open) (MhPane *pane, const char *what);
  gboolean (*scan) (MhPane *pane, int kind, const char *code);
  void (*let_go) (MhPane *pane);
  void (*shown) (MhPane *pane);
  gboolean (*type_ahead) (MhPane *pane, const char *text);
  gboolean (*may_close) (MhPane *pane);
};

/* Property "context" (MhContext, once). NULL before it was set and after the pane went away: what
 * an asynchronous call that held a reference asks first. Borrowed. */
MhContext *mh_pane_context (MhPane *pane);
/* Cancelled when the pane goes away; NULL after that. Borrowed. */
GCancellable *mh_pane_cancellable (MhPane *pane);
/* Keeps @object (transfer full) in the pointer at @location until the pane goes away:
 * mh_pane_keep (MH_PANE (page), &page->orders, mh_record_list_new (…)); */
void mh_pane_keep (MhPane *pane, gpointer location, gpointer object);
/* Calls @call in @after_ms, once however often it is asked for until then; not after the pane went
 * away. 0: as soon as nothing else is to be done. One call can wait at a time. */
void mh_pane_soon (MhPane *pane, guint after_ms, void (*call) (MhPane *pane));

G_END_DECLS
