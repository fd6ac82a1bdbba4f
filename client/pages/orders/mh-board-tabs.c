/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/orders/mh-board-tabs.h"

#include "client/pages/mh-page-tools.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

/* However many orders change at once, the server is asked this often at most. */
#define RECOUNT_MS 250

struct _MhBoardTabs
{
  GtkWidget parent_instance;
  MhContext *context;
  GtkWidget *choice;
  GCancellable *cancellable;
  guint timer;
};

G_DEFINE_FINAL_TYPE (MhBoardTabs, mh_board_tabs, GTK_TYPE_WIDGET)

static guint tab_changed;

static const char *const codes[]
    = { MH_ORDER_TAB_PAID,      MH_ORDER_TAB_COD,    MH_ORDER_TAB_PROCESSING,
        MH_ORDER_TAB_COMPLETED, MH_ORDER_TAB_FAILED, NULL };

static const char *
tab_words (const char *code)
{
  static const struct
  {
    const char *code, *words;
  } all[] = { { MH_ORDER_TAB_PAID, N_ ("Paid ✓") },
              { MH_ORDER_TAB_COD, N_ ("COD ₹") },
              { MH_ORDER_TAB_PROCESSING, N_ ("Processing ⟳") },
              { MH_ORDER_TAB_COMPLETED, N_ ("Completed ●") },
              { MH_ORDER_TAB_FAILED, N_ ("Failed ✕") } };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_str_equal (all[i].code, code))
      return _ (all[i].words);
  return code;
}

static void
set_count (MhBoardTabs *tabs, const char *code, gint64 n)
{
  g_autofree char *text = n >= 0 ? g_strdup_printf ("%s  %" G_GINT64_FORMAT, tab_words (code), n)
                                 : g_strdup (tab_words (code));
  for (GtkWidget *child = gtk_widget_get_first_child (tabs->choice); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (g_object_get_data (G_OBJECT (child), "code"), code))
      gtk_button_set_label (GTK_BUTTON (child), text);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhBoardTabs) tabs = data;
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, NULL);
  if (answer == NULL || answer->record == NULL || tabs->choice == NULL)
    return;
  for (guint i = 0; codes[i] != NULL; i++)
    set_count (tabs, codes[i],
               mh_record_int (answer->record,
                              (guint)mh_record_type_find (&mh_order_counts_type, codes[i])));
}

static gboolean
recount_cb (gpointer data)
{
  MhBoardTabs *tabs = data;
  tabs->timer = 0;
  mh_api_call_async (mh_context_api (tabs->context), "order.counts", NULL, NULL, NULL, -1,
                     tabs->cancellable, counted_cb, g_object_ref (tabs));
  return G_SOURCE_REMOVE;
}

static void
changed_cb (MhSync *sync,
            const MhRecordType *type,
            const char *id,
            MhRecord *record,
            MhBoardTabs *tabs)
{
  if ((type == &mh_order_type || type == NULL) && tabs->timer == 0)
    tabs->timer = g_timeout_add (RECOUNT_MS, recount_cb, tabs);
}

static void
toggled_cb (GtkToggleButton *button, MhBoardTabs *tabs)
{
  if (gtk_toggle_button_get_active (button))
    g_signal_emit (tabs, tab_changed, 0);
}

static void
mh_board_tabs_dispose (GObject *object)
{
  MhBoardTabs *tabs = MH_BOARD_TABS (object);
  g_clear_handle_id (&tabs->timer, g_source_remove);
  g_cancellable_cancel (tabs->cancellable);
  GtkWidget *scrolled = gtk_widget_get_first_child (GTK_WIDGET (tabs));
  g_clear_pointer (&scrolled, gtk_widget_unparent);
  tabs->choice = NULL;
  g_clear_object (&tabs->context);
  G_OBJECT_CLASS (mh_board_tabs_parent_class)->dispose (object);
}

static void
mh_board_tabs_finalize (GObject *object)
{
  g_object_unref (MH_BOARD_TABS (object)->cancellable);
  G_OBJECT_CLASS (mh_board_tabs_parent_class)->finalize (object);
}

static void
mh_board_tabs_class_init (MhBoardTabsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_board_tabs_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_board_tabs_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  tab_changed = g_signal_new ("tab-changed", MH_TYPE_BOARD_TABS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 0);
}

static void
mh_board_tabs_init (MhBoardTabs *tabs)
{
  tabs->cancellable = g_cancellable_new ();
}

GtkWidget *
mh_board_tabs_new (MhContext *context)
{
  MhBoardTabs *tabs = g_object_new (MH_TYPE_BOARD_TABS, NULL);
  const char *labels[G_N_ELEMENTS (codes)] = { NULL };
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  tabs->context = g_object_ref (context);
  for (guint i = 0; codes[i] != NULL; i++)
    labels[i] = tab_words (codes[i]);
  tabs->choice = mh_choice_new (codes, labels);
  for (GtkWidget *child = gtk_widget_get_first_child (tabs->choice); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    g_signal_connect (child, "toggled", G_CALLBACK (toggled_cb), tabs);
  /* On a phone's width the row scrolls sideways instead of widening the window. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), tabs->choice);
  gtk_widget_set_parent (scrolled, GTK_WIDGET (tabs));
  g_signal_connect_object (mh_context_sync (context), "changed", G_CALLBACK (changed_cb), tabs, 0);
  recount_cb (tabs);
  return GTK_WIDGET (tabs);
}

const char *
mh_board_tabs_current (MhBoardTabs *tabs)
{
  return mh_choice_get (tabs->choice);
}

void
mh_board_tabs_select (MhBoardTabs *tabs, const char *tab)
{
  mh_choice_set (tabs->choice, tab);
}
