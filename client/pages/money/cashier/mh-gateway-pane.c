/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-gateway-pane.h"

#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-detail.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/money/mh-gateway.h"
#include "shared/records/people/mh-permissions.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _MhGatewayPane
{
  MhPane parent_instance;
  MhDetail *detail;
  GtkLabel *heading;
  GtkListBox *notices;
};

G_DEFINE_FINAL_TYPE (MhGatewayPane, mh_gateway_pane, MH_TYPE_PANE)

static void gateway_pane_load (MhGatewayPane *pane);

/* --- what waits for somebody --- */

static void
resolved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhGatewayPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  gateway_pane_load (pane);
}

static void
resolve_cb (MhGatewayPane *pane, GtkWidget *button)
{
  const char *args[] = { "id", gtk_widget_get_name (button), NULL };
  gtk_widget_set_sensitive (button, FALSE);
  mh_command_async (mh_pane_context (MH_PANE (pane)),
                    &(MhCommand){ .route = "gateway.notice.resolve", .args = args }, NULL,
                    resolved_cb, g_object_ref (pane));
}

static void
gateway_pane_order_cb (MhGatewayPane *pane, GtkWidget *button)
{
  g_autofree char *what = g_strconcat ("dues:", gtk_widget_get_name (button), NULL);
  mh_shell_go (GTK_WIDGET (pane), "cashier", what);
}

static void
gateway_pane_add_button (MhGatewayPane *pane,
                         GtkWidget *row,
                         const char *label,
                         const char *name,
                         GCallback cb)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_widget_set_name (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", cb, pane, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_notice (MhGatewayPane *pane, MhRecord *notice)
{
  GtkWidget *row = adw_action_row_new ();
  const char *order = mh_record_text (notice, MH_GATEWAY_NOTICE_ORDER_ID);
  g_autofree char *kind = mh_words_value (notice, MH_GATEWAY_NOTICE_KIND);
  g_autofree char *at = mh_words_value (notice, MH_GATEWAY_NOTICE_RAISED_AT);
  const char *text = mh_record_text (notice, MH_GATEWAY_NOTICE_TEXT);
  const char *ref = mh_record_text (notice, MH_GATEWAY_NOTICE_REF);
  g_autofree char *detail
      = g_strdup_printf ("%s\n%s · %s", text != NULL ? text : "", at, ref != NULL ? ref : "");
  g_autofree char *title = g_markup_escape_text (kind, -1);
  g_autofree char *subtitle = g_markup_escape_text (detail, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  if (order != NULL)
    gateway_pane_add_button (pane, row, _ ("The _order"), order,
                             G_CALLBACK (gateway_pane_order_cb));
  if (mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_REFUND))
    gateway_pane_add_button (pane, row, _ ("_Settled"), mh_record_id (notice),
                             G_CALLBACK (resolve_cb));

  gtk_list_box_append (pane->notices, row);
}

/* --- how it is --- */

static gboolean
gateway_pane_is_away (MhRecord *state)
{
  const char *breaker = mh_record_text (state, MH_GATEWAY_STATE_BREAKER);
  return breaker != NULL && !g_str_equal (breaker, MH_BREAKER_CLOSED);
}

static void
gateway_pane_show_state (MhGatewayPane *pane, MhRecord *state)
{
  const char *message = mh_record_bool (state, MH_GATEWAY_STATE_CONFIGURED)
                            ? mh_record_text (state, MH_GATEWAY_STATE_MESSAGE)
                            : mh_words_no_gateway ();
  g_autofree char *again = mh_words_value (state, MH_GATEWAY_STATE_BREAKER_UNTIL);
  g_autofree char *wait
      = *again != '\0' ? g_strdup_printf (_ ("It is asked again at %s."), again) : g_strdup ("");
  g_autofree char *away = g_strdup_printf (
      _ ("Codes and links cannot be shown until it answers: take cash or card. %s"), wait);

  if (!mh_record_bool (state, MH_GATEWAY_STATE_CONFIGURED))
    mh_detail_state (pane->detail, _ ("✕ The payment gateway is not set up"), "mh-bad", message);
  else if (gateway_pane_is_away (state))
    mh_detail_state (pane->detail, _ ("⚠ The payment gateway does not answer"), "mh-warm", away);
  else if (mh_record_bool (state, MH_GATEWAY_STATE_TEST_MODE))
    mh_detail_state (pane->detail, _ ("✓ The payment gateway works, in test mode: no money moves"),
                     "mh-good", message);
  else
    mh_detail_state (pane->detail, _ ("✓ The payment gateway works"), "mh-good", message);
}

static void
gateway_pane_show_counts (MhGatewayPane *pane, MhRecord *state)
{
  gint64 open = mh_record_int (state, MH_GATEWAY_STATE_OPEN_ATTEMPTS);
  gint64 events = mh_record_int (state, MH_GATEWAY_STATE_WAITING_EVENTS);
  g_autofree char *n_open = g_strdup_printf ("%" G_GINT64_FORMAT, open);
  g_autofree char *n_events = g_strdup_printf ("%" G_GINT64_FORMAT, events);
  mh_detail_amount (pane->detail, _ ("Codes and links that wait to be paid"), n_open, NULL, FALSE);
  if (events > 0)
    mh_detail_amount (pane->detail, _ ("Messages of the provider not worked on yet"), n_events,
                      NULL, FALSE);
}

static void
gateway_pane_show_detail (MhGatewayPane *pane, MhRecord *state)
{
  static const guint facts[] = { MH_GATEWAY_STATE_WEBHOOKS,     MH_GATEWAY_STATE_BREAKER,
                                 MH_GATEWAY_STATE_FAILURES,     MH_GATEWAY_STATE_LAST_SUCCESS_AT,
                                 MH_GATEWAY_STATE_LAST_FAILURE, 0 };
  mh_detail_clear (pane->detail, NULL);
  gateway_pane_show_state (pane, state);
  if (!mh_record_bool (state, MH_GATEWAY_STATE_CONFIGURED))
    return;
  gateway_pane_show_counts (pane, state);
  mh_detail_facts (pane->detail, state, facts);
}

static void
gateway_pane_show (MhGatewayPane *pane, MhRecord *state)
{
  GPtrArray *notices = mh_record_records (state, MH_GATEWAY_STATE_NOTICES);
  guint n = notices != NULL ? notices->len : 0;
  GtkWidget *row;
  gateway_pane_show_detail (pane, state);
  gtk_label_set_text (pane->heading, n > 0 ? _ ("To review") : _ ("Nothing to review."));
  gtk_widget_set_visible (GTK_WIDGET (pane->notices), n > 0);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (pane->notices))) != NULL)
    gtk_list_box_remove (pane->notices, row);
  for (guint i = 0; i < n; i++)
    add_notice (pane, g_ptr_array_index (notices, i));
}

static void
gateway_pane_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhGatewayPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (answer != NULL)
    gateway_pane_show (pane, answer);
}

static void
gateway_pane_load (MhGatewayPane *pane)
{
  mh_fetch_async (mh_pane_context (MH_PANE (pane)), &(MhFetch){ .route = "gateway.read" },
                  mh_pane_cancellable (MH_PANE (pane)), gateway_pane_read_cb, g_object_ref (pane));
}

static void
gateway_pane_shown (MhPane *pane)
{
  gateway_pane_load (MH_GATEWAY_PANE (pane));
}

static void
mh_gateway_pane_class_init (MhGatewayPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->shown = gateway_pane_shown;
  g_type_ensure (MH_TYPE_DETAIL);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("money/cashier/mh-gateway-pane"));
  gtk_widget_class_bind_template_child (widget, MhGatewayPane, detail);
  gtk_widget_class_bind_template_child (widget, MhGatewayPane, heading);
  gtk_widget_class_bind_template_child (widget, MhGatewayPane, notices);
}

static void
mh_gateway_pane_init (MhGatewayPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
