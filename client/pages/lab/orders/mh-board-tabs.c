/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-board-tabs.h"

#include "client/models/mh-fetch.h"
#include "client/pages/mh-page-tools.h"
#include "shared/records/mh-types.h"

/* However many orders change at once, the server is asked this often at most. */
#define RECOUNT_MS 250

struct _MhBoardTabs
{
  MhPane parent_instance;
  GtkWidget *choice;
  guint timer;
};

G_DEFINE_FINAL_TYPE (MhBoardTabs, mh_board_tabs, MH_TYPE_PANE)

static guint tab_changed;

/* The words as the template has them, before there was a count. */
static void
keep_words (GtkWidget *button)
{
  g_object_set_data_full (G_OBJECT (button), "words",
                          g_strdup (gtk_button_get_label (GTK_BUTTON (button))), g_free);
}

static void
board_tabs_counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhBoardTabs) tabs = data;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, NULL);
  if (answer == NULL || mh_pane_context (MH_PANE (tabs)) == NULL)
    return;

  for (GtkWidget *child = gtk_widget_get_first_child (tabs->choice); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int field = mh_record_type_find (&mh_order_counts_type, gtk_widget_get_name (child));
      g_autofree char *text = g_strdup_printf (
          "%s  %" G_GINT64_FORMAT, (const char *)g_object_get_data (G_OBJECT (child), "words"),
          mh_record_int (answer, (guint)field));
      gtk_button_set_label (GTK_BUTTON (child), text);
    }
}

static gboolean
recount_cb (gpointer data)
{
  MhBoardTabs *tabs = data;
  MhPane *pane = MH_PANE (tabs);
  tabs->timer = 0;
  mh_fetch_async (mh_pane_context (pane), &(MhFetch){ .route = "order.counts" },
                  mh_pane_cancellable (pane), board_tabs_counted_cb, g_object_ref (tabs));
  return G_SOURCE_REMOVE;
}

static void
board_tabs_changed_cb (MhSync *sync,
                       const MhRecordType *type,
                       const char *id,
                       MhRecord *record,
                       MhBoardTabs *tabs)
{
  if ((type == &mh_order_type || type == NULL) && tabs->timer == 0)
    tabs->timer = g_timeout_add (RECOUNT_MS, recount_cb, tabs);
}

static void
board_tabs_toggled_cb (GtkToggleButton *button, MhBoardTabs *tabs)
{
  if (gtk_toggle_button_get_active (button))
    g_signal_emit (tabs, tab_changed, 0);
}

static void
board_tabs_begin (MhPane *pane)
{
  g_signal_connect_object (mh_context_sync (mh_pane_context (pane)), "changed",
                           G_CALLBACK (board_tabs_changed_cb), pane, 0);
  recount_cb (pane);
}

static void
mh_board_tabs_dispose (GObject *object)
{
  g_clear_handle_id (&MH_BOARD_TABS (object)->timer, g_source_remove);
  G_OBJECT_CLASS (mh_board_tabs_parent_class)->dispose (object);
}

static void
mh_board_tabs_class_init (MhBoardTabsClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_board_tabs_dispose;
  MH_PANE_CLASS (klass)->begin = board_tabs_begin;
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/orders/mh-board-tabs"));
  gtk_widget_class_bind_template_child (widget, MhBoardTabs, choice);
  gtk_widget_class_bind_template_callback (widget, board_tabs_toggled_cb);
  tab_changed = g_signal_new ("tab-changed", MH_TYPE_BOARD_TABS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 0);
}

static void
mh_board_tabs_init (MhBoardTabs *tabs)
{
  gtk_widget_init_template (GTK_WIDGET (tabs));
  for (GtkWidget *child = gtk_widget_get_first_child (tabs->choice); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    keep_words (child);
}

const char *
mh_board_tabs_current (MhBoardTabs *tabs)
{
  return mh_choice_get (tabs->choice);
}

void
mh_board_tabs_choose (MhBoardTabs *tabs, const char *tab)
{
  g_return_if_fail (MH_IS_BOARD_TABS (tabs));
  mh_choice_set (tabs->choice, tab);
}
