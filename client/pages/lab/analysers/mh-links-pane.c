/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/analysers/mh-links-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/analysers/mh-analyser-tools.h"
#include "client/pages/lab/analysers/mh-codes-dialog.h"
#include "client/pages/people/admin/mh-admin-dialog.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-detail.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/lab/mh-analyser.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhLinksPane
{
  MhPane parent_instance;
  MhRecordList *links;
  MhAnalyserWatch watch;
  char *chosen; /* id */
  MhMasterDetail master_detail;
  MhSplit *split;
  MhRecordTable *table;
  GtkStack *stack;
  MhDetail *detail;
  GtkWidget *turn, *codes, *remove;
};

G_DEFINE_FINAL_TYPE (MhLinksPane, mh_links_pane, MH_TYPE_PANE)

/* --- the table --- */

static char *
heard_text (MhRecord *link)
{
  return mh_record_has (link, MH_LINK_LAST_MESSAGE_AT)
             ? mh_words_time (mh_record_int (link, MH_LINK_LAST_MESSAGE_AT))
             : g_strdup ("–");
}

static const char *
open_style (MhRecord *link)
{
  return mh_record_int (link, MH_LINK_N_OPEN) > 0 ? "mh-late" : NULL;
}

static const MhTableColumn columns[] = {
  { .field = "name", .expand = TRUE, .width = 120 },
  { .field = "protocol", .width = 116, .line = MH_LINE_NONE },
  { .field = "status", .width = 122 },
  { .title = N_ ("Last message"), .text = heard_text, .width = 106, .line = MH_LINE_TRAILING },
  { .field = "n_open", .width = 90, .style = open_style },
  { .field = "n_waiting", .width = 108, .line = MH_LINE_NONE },
  { NULL },
};

/* --- the chosen one --- */

static MhRecord *
links_pane_chosen (MhLinksPane *pane)
{
  int at = pane->chosen != NULL ? mh_record_list_find (pane->links, pane->chosen) : -1;
  g_autoptr (MhRecord) link
      = at >= 0 ? g_list_model_get_item (G_LIST_MODEL (pane->links), (guint)at) : NULL;
  return link; /* the list holds it */
}

static const struct
{
  const char *status, *words, *style;
} states[] = {
  { MH_LINK_OFF, N_ ("○ Off"), NULL },
  { MH_LINK_LISTENING, N_ ("⟳ Waiting for the analyser"), "mh-warm" },
  { MH_LINK_CONNECTING, N_ ("⟳ Connecting"), "mh-warm" },
  { MH_LINK_CONNECTED, N_ ("✓ Connected"), "mh-good" },
  { MH_LINK_FAILED, N_ ("✕ Does not work"), "mh-bad" },
};

static gboolean
links_pane_is_status (MhRecord *link, const char *status)
{
  return g_strcmp0 (mh_record_text (link, MH_LINK_STATUS), status) == 0;
}

/* What is to be done about it; NULL: nothing. Caller frees. */
static char *
links_pane_next_step (MhRecord *link)
{
  const char *error = mh_record_text (link, MH_LINK_LAST_ERROR);
  guint open = (guint)mh_record_int (link, MH_LINK_N_OPEN);
  if (links_pane_is_status (link, MH_LINK_FAILED))
    return g_strdup_printf (_ ("%s Look at its cable and its settings."),
                            error != NULL ? error : "");
  if (links_pane_is_status (link, MH_LINK_OFF))
    return g_strdup (_ ("Nothing is received until it is switched on."));
  if (links_pane_is_status (link, MH_LINK_LISTENING))
    return g_strdup (_ ("Start sending at the analyser, or check its address and port."));

  return open > 0 ? g_strdup_printf (ngettext ("%u result waits under Inbox for somebody.",
                                               "%u results wait under Inbox for somebody.", open),
                                     open)
                  : NULL;
}

static void
links_pane_show_counts (MhLinksPane *pane, MhRecord *link)
{
  static const guint counts[] = { MH_LINK_N_OPEN, MH_LINK_N_WAITING };
  g_autofree char *heard = heard_text (link);
  mh_detail_amount (pane->detail, _ ("Last message"), heard, NULL, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *n = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (link, counts[i]));
      mh_detail_amount (pane->detail, mh_words_label (&mh_analyser_link_type.fields[counts[i]]), n,
                        NULL, FALSE);
    }
}

static void
show_link (MhLinksPane *pane, MhRecord *link)
{
  static const guint facts[] = { MH_LINK_STATUS_AT,   MH_LINK_LAST_ERROR,
                                 MH_LINK_CODE,        MH_LINK_PROTOCOL,
                                 MH_LINK_TRANSPORT,   MH_LINK_HOST,
                                 MH_LINK_PORT,        MH_LINK_DEVICE,
                                 MH_LINK_SERIAL_MODE, MH_LINK_ORDERS,
                                 MH_LINK_SENDER,      MH_LINK_ALLOW,
                                 MH_LINK_TLS,         0 };
  g_autofree char *protocol = mh_words_value (link, MH_LINK_PROTOCOL);
  g_autofree char *equipment = mh_words_value (link, MH_LINK_EQUIPMENT);
  g_autofree char *next = links_pane_next_step (link);

  mh_detail_clear (pane->detail, NULL);
  mh_detail_head (pane->detail, protocol, mh_record_text (link, MH_LINK_NAME), NULL, equipment);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (links_pane_is_status (link, states[i].status))
      mh_detail_state (pane->detail, g_dgettext (GETTEXT_PACKAGE, states[i].words), states[i].style,
                       next);

  links_pane_show_counts (pane, link);
  mh_detail_facts (pane->detail, link, facts);
}

static void
links_pane_show_cb (MhLinksPane *pane)
{
  MhRecord *link = links_pane_chosen (pane);
  gboolean may = mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_WRITE_ANALYSER);
  gboolean on = link != NULL && mh_record_bool (link, MH_LINK_ENABLED);

  gtk_widget_set_visible (pane->turn, link != NULL && may);
  gtk_widget_set_visible (pane->codes, link != NULL);
  gtk_widget_set_visible (pane->remove, link != NULL && may && !on);
  gtk_stack_set_visible_child_name (pane->stack, link != NULL ? "analyser" : "nothing");
  if (link == NULL)
    return;

  gtk_button_set_label (GTK_BUTTON (pane->turn), on ? _ ("_Switch off") : _ ("_Switch on"));
  show_link (pane, link);
}

static const char *
links_pane_shown_id (MhPane *base)
{
  return MH_LINKS_PANE (base)->chosen;
}

static void
links_pane_show_one (MhPane *base, const char *id)
{
  MhLinksPane *pane = MH_LINKS_PANE (base);
  char *chosen = g_strdup (id);
  g_free (pane->chosen);
  pane->chosen = chosen;
  links_pane_show_cb (pane);
}

/* --- what can be done --- */

static void
links_pane_load (MhPane *pane)
{
  mh_record_list_reload (MH_LINKS_PANE (pane)->links);
}

static void
links_pane_done (MhPane *pane, MhRecord *record)
{
  links_pane_load (pane);
}

static void
links_pane_turn_cb (MhLinksPane *pane)
{
  MhRecord *link = links_pane_chosen (pane);
  if (link == NULL)
    return;
  g_autoptr (MhRecord) patch = mh_record_new (&mh_analyser_link_type);
  mh_record_set_bool (patch, MH_LINK_ENABLED, !mh_record_bool (link, MH_LINK_ENABLED));
  mh_analyser_submit (MH_PANE (pane), "analyser.change", mh_record_id (link), patch, link,
                      links_pane_done);
}

static const char *const form_fields[] = {
  "code",          "name",       "equipment",   "protocol",  "transport",     "host",
  "port",          "device",     "serial_mode", "allow",     "sender",        "tls",
  "tls_authority", "zone",       "orders",      "qc_prefix", "quiet_minutes", "trusts_barcode",
  "keeps_drafts",  "reuses_ids", "enabled",     NULL
};
static const MhAdminKind kind = { .id = "analysers",
                                  .type = &mh_analyser_link_type,
                                  .list_route = "analyser.list",
                                  .create_route = "analyser.add",
                                  .update_route = "analyser.change",
                                  .fresh = N_ ("New analyser"),
                                  .fields = form_fields };

static void
links_pane_add_cb (MhLinksPane *pane)
{
  mh_admin_dialog_edit (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), &kind, NULL);
}

static void
links_pane_change_cb (MhLinksPane *pane)
{
  MhRecord *link = links_pane_chosen (pane);
  if (link != NULL)
    mh_admin_dialog_edit (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), &kind, link);
}

static void
codes_cb (MhLinksPane *pane)
{
  MhRecord *link = links_pane_chosen (pane);
  if (link != NULL)
    mh_codes_dialog_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), link);
}

static void
links_pane_sure_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhLinksPane) pane = data;
  if (mh_ask_finish (result) && mh_pane_context (MH_PANE (pane)) != NULL && pane->chosen != NULL)
    mh_analyser_submit (MH_PANE (pane), "analyser.remove", pane->chosen, NULL, NULL,
                        links_pane_done);
}

static void
links_pane_remove_cb (MhLinksPane *pane)
{
  mh_ask_async (GTK_WIDGET (pane), _ ("Remove the analyser?"),
                _ ("Its messages and results stay; its codes are deleted."), _ ("Remove"), TRUE,
                links_pane_sure_cb, g_object_ref (pane));
}

/* --- as a pane --- */

static void
links_pane_begin (MhPane *base)
{
  static const MhMasterDetailHow how
      = { .shown = links_pane_shown_id, .show = links_pane_show_one, .waits = TRUE };
  MhLinksPane *pane = MH_LINKS_PANE (base);
  mh_pane_keep (base, &pane->links, mh_record_list_new (mh_pane_context (base), "analyser.list"));
  mh_record_table_setup (pane->table, "analysers", &mh_analyser_link_type, columns,
                         G_LIST_MODEL (pane->links), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->table, MH_ANALYSER_LEAST_WIDTH);
  mh_master_detail_begin (&pane->master_detail, base, &how, pane->table, pane->split,
                          G_LIST_MODEL (pane->links));
  g_signal_connect_object (pane->links, "notify::n-items", G_CALLBACK (links_pane_show_cb), pane,
                           G_CONNECT_SWAPPED);
  mh_analyser_watch (&pane->watch, base, links_pane_load);
  links_pane_show_cb (pane);
}

static void
links_pane_shown (MhPane *pane)
{
  links_pane_load (pane);
  mh_record_table_grab (MH_LINKS_PANE (pane)->table);
}

static void
mh_links_pane_dispose (GObject *object)
{
  mh_analyser_unwatch (&MH_LINKS_PANE (object)->watch);
  g_clear_pointer (&MH_LINKS_PANE (object)->chosen, g_free);
  G_OBJECT_CLASS (mh_links_pane_parent_class)->dispose (object);
}

static void
mh_links_pane_class_init (MhLinksPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_links_pane_dispose;
  MH_PANE_CLASS (klass)->begin = links_pane_begin;
  MH_PANE_CLASS (klass)->shown = links_pane_shown;
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_DETAIL);
  g_type_ensure (MH_TYPE_WRAP);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/analysers/mh-links-pane"));
  gtk_widget_class_bind_template_child (widget, MhLinksPane, split);
  gtk_widget_class_bind_template_child (widget, MhLinksPane, table);
  gtk_widget_class_bind_template_child (widget, MhLinksPane, stack);
  gtk_widget_class_bind_template_child (widget, MhLinksPane, detail);
  gtk_widget_class_bind_template_child (widget, MhLinksPane, turn);
  gtk_widget_class_bind_template_child (widget, MhLinksPane, codes);
  gtk_widget_class_bind_template_child (widget, MhLinksPane, remove);
  gtk_widget_class_bind_template_callback (widget, links_pane_add_cb);
  gtk_widget_class_bind_template_callback (widget, links_pane_turn_cb);
  gtk_widget_class_bind_template_callback (widget, links_pane_change_cb);
  gtk_widget_class_bind_template_callback (widget, codes_cb);
  gtk_widget_class_bind_template_callback (widget, links_pane_remove_cb);
  mh_closures_bind (widget);
}

static void
mh_links_pane_init (MhLinksPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
