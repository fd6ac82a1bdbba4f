/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/analysers/mh-traffic-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/analysers/mh-analyser-tools.h"
#include "client/widgets/base/mh-detail.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/lab/mh-analyser.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhTrafficPane
{
  MhPane parent_instance;
  MhRecordList *messages;
  MhRecord *chosen; /* with raw text and results once they came */
  char *wanted;     /* id of the message that is being read */
  MhAnalyserWatch watch;
  MhMasterDetail master_detail;
  MhSplit *split;
  MhRecordTable *table;
  GtkDropDown *which;
  MhDetail *detail;
  GtkTextView *raw;
  GtkWidget *again, *drop, *back, *raw_frame;
};

G_DEFINE_FINAL_TYPE (MhTrafficPane, mh_traffic_pane, MH_TYPE_PANE)

/* In the order of the choice in the template. */
static const struct
{
  const char *name, *value;
} filters[] = {
  { NULL, NULL },
  { "direction", MH_MESSAGE_IN },
  { "direction", MH_MESSAGE_OUT },
  { "status", MH_MESSAGE_REVIEW },
  { "status", MH_MESSAGE_OPEN },
  { "status", MH_MESSAGE_REFUSED },
  { "status", MH_MESSAGE_WAITING },
};

static const MhTableColumn columns[] = {
  { .field = "at", .width = 110, .line = MH_LINE_TRAILING },
  { .field = "direction", .width = 85 },
  { .field = "kind", .width = 90, .line = MH_LINE_NONE },
  { .field = "sample_code", .expand = TRUE, .width = 110, .line = MH_LINE_TITLE },
  { .field = "n_results", .width = 70, .line = MH_LINE_NONE },
  { .field = "status", .width = 120 },
  { .field = "control_id", .width = 90, .line = MH_LINE_NONE },
  { NULL },
};

static gboolean
traffic_pane_is (MhRecord *message, guint field, const char *code)
{
  return g_strcmp0 (mh_record_text (message, field), code) == 0;
}

/* --- the chosen one --- */

#define MOST_OF_A_LINE 1000

/* A line for each segment; what cannot be shown is a dot. A picture inside is told by its length.
 */
static char *
readable (MhRecord *message)
{
  const char *raw = mh_record_text (message, MH_MESSAGE_RAW);
  GString *text = g_string_new (NULL);
  guint length = 0;

  for (const char *at = raw != NULL ? raw : ""; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);
      if (letter == '\r' && at[1] == '\n')
        continue;
      gboolean ends = letter == '\r' || letter == '\n';
      if (ends && length > MOST_OF_A_LINE)
        g_string_append_printf (text, " … %u", length - MOST_OF_A_LINE);
      length = ends ? 0 : length + 1;
      if (ends)
        g_string_append_c (text, '\n');
      else if (length <= MOST_OF_A_LINE)
        g_string_append_unichar (text, g_unichar_iscntrl (letter) ? 0xb7 : letter);
    }

  return g_string_free (text, FALSE);
}

static void
show_results (MhTrafficPane *pane, MhRecord *message)
{
  GPtrArray *results = mh_record_records (message, MH_MESSAGE_RESULTS);
  if (results == NULL || results->len == 0)
    return;

  mh_detail_heading (pane->detail, _ ("Results"));
  for (guint i = 0; i < results->len; i++)
    {
      MhRecord *result = g_ptr_array_index (results, i);
      const char *code = mh_record_text (result, MH_DEVICE_RESULT_CODE);
      const char *value = mh_record_text (result, MH_DEVICE_RESULT_VALUE);
      const char *unit = mh_record_text (result, MH_DEVICE_RESULT_UNIT);
      g_autofree char *status = mh_words_value (result, MH_DEVICE_RESULT_STATUS);
      g_autofree char *reason = mh_words_value (result, MH_DEVICE_RESULT_REASON);
      g_autofree char *measured
          = g_strdup_printf ("%s %s", value != NULL ? value : "–", unit != NULL ? unit : "");
      g_autofree char *under
          = g_strdup_printf ("%s%s%s", status, *reason != '\0' ? ": " : "", reason);
      mh_detail_amount (pane->detail, code != NULL ? code : "–", measured, under, FALSE);
    }
}

/* What a state asks of somebody; NULL: nothing. */
static const char *
traffic_pane_next_step (MhRecord *message)
{
  const char *error = mh_record_text (message, MH_MESSAGE_ERROR);
  if (traffic_pane_is (message, MH_MESSAGE_STATUS, MH_MESSAGE_REVIEW))
    return error != NULL ? error : _ ("Read it again, or leave it.");
  if (traffic_pane_is (message, MH_MESSAGE_STATUS, MH_MESSAGE_OPEN))
    return _ ("Some of its results wait under Inbox for somebody.");
  return error;
}

static void
show_message (MhTrafficPane *pane, MhRecord *message)
{
  static const guint facts[] = { MH_MESSAGE_KIND,
                                 MH_MESSAGE_ANSWER,
                                 MH_MESSAGE_PEER,
                                 MH_MESSAGE_CONTROL_ID,
                                 MH_MESSAGE_N_REPEATS,
                                 MH_MESSAGE_ATTEMPTS,
                                 0 };
  const char *sample = mh_record_text (message, MH_MESSAGE_SAMPLE_CODE);
  g_autofree char *direction = mh_words_value (message, MH_MESSAGE_DIRECTION);
  g_autofree char *at = mh_words_value (message, MH_MESSAGE_AT);
  g_autofree char *what = g_strdup_printf ("%s · %s", direction, at);
  g_autofree char *status = mh_words_value (message, MH_MESSAGE_STATUS);
  gboolean bad = traffic_pane_is (message, MH_MESSAGE_STATUS, MH_MESSAGE_REFUSED);
  gboolean waits = traffic_pane_is (message, MH_MESSAGE_STATUS, MH_MESSAGE_REVIEW)
                   || traffic_pane_is (message, MH_MESSAGE_STATUS, MH_MESSAGE_OPEN)
                   || traffic_pane_is (message, MH_MESSAGE_STATUS, MH_MESSAGE_WAITING);
  g_autofree char *state = g_strdup_printf ("%s %s", bad ? "✕" : waits ? "⚠" : "✓", status);

  mh_detail_head (pane->detail, what, sample != NULL ? sample : _ ("Message"), NULL, NULL);
  mh_detail_state (pane->detail, state,
                   bad     ? "mh-bad"
                   : waits ? "mh-warm"
                           : "mh-good",
                   traffic_pane_next_step (message));
  show_results (pane, message);
  mh_detail_facts (pane->detail, message, facts);
}

/* A result that a person assigned; NULL: none. */
static MhRecord *
assigned_of (MhRecord *message)
{
  GPtrArray *results = message != NULL ? mh_record_records (message, MH_MESSAGE_RESULTS) : NULL;
  for (guint i = 0; results != NULL && i < results->len; i++)
    if (traffic_pane_is (g_ptr_array_index (results, i), MH_DEVICE_RESULT_STATUS,
                         MH_DEVICE_RESULT_ASSIGNED))
      return g_ptr_array_index (results, i);
  return NULL;
}

static void
traffic_pane_show_buttons (MhTrafficPane *pane)
{
  MhRecord *message = pane->chosen;
  gboolean may
      = message != NULL && mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_ENTER_RESULT);
  gboolean out = may && traffic_pane_is (message, MH_MESSAGE_DIRECTION, MH_MESSAGE_OUT);
  gboolean review = may && traffic_pane_is (message, MH_MESSAGE_STATUS, MH_MESSAGE_REVIEW);
  gboolean waits = may && traffic_pane_is (message, MH_MESSAGE_STATUS, MH_MESSAGE_WAITING);

  gtk_widget_set_visible (
      pane->again,
      may
          && (review || traffic_pane_is (message, MH_MESSAGE_STATUS, MH_MESSAGE_REFUSED)
              || (out && traffic_pane_is (message, MH_MESSAGE_STATUS, MH_MESSAGE_CANCELLED))));
  gtk_widget_set_visible (pane->drop, waits || review);
  gtk_widget_set_visible (pane->back, may && assigned_of (message) != NULL);
  gtk_button_set_label (GTK_BUTTON (pane->again), out ? _ ("_Send again") : _ ("_Read again"));
  gtk_button_set_label (GTK_BUTTON (pane->drop), waits ? _ ("_Do not send") : _ ("_Leave it"));
}

static void
traffic_pane_show (MhTrafficPane *pane)
{
  MhRecord *message = pane->chosen;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (pane->raw);
  traffic_pane_show_buttons (pane);
  gtk_widget_set_visible (pane->raw_frame, message != NULL);
  mh_detail_clear (pane->detail, message == NULL ? _ ("Choose a message") : NULL);
  if (message == NULL)
    return;
  g_autofree char *raw = readable (message);
  show_message (pane, message);
  gtk_text_buffer_set_text (buffer, raw, -1);
}

static void
traffic_pane_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhTrafficPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) message = mh_read_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (message == NULL || g_strcmp0 (mh_record_id (message), pane->wanted) != 0)
    return;
  g_set_object (&pane->chosen, message);
  traffic_pane_show (pane);
}

static const char *
traffic_pane_shown_id (MhPane *base)
{
  return MH_TRAFFIC_PANE (base)->wanted;
}

static void
traffic_pane_show_one (MhPane *base, const char *id)
{
  MhTrafficPane *pane = MH_TRAFFIC_PANE (base);
  if (g_strcmp0 (pane->wanted, id) == 0)
    return;

  g_free (pane->wanted);
  pane->wanted = g_strdup (id);
  g_clear_object (&pane->chosen);
  traffic_pane_show (pane);
  if (id != NULL)
    mh_read_async (mh_pane_context (base), "analyser_message.read", id, mh_pane_cancellable (base),
                   traffic_pane_read_cb, g_object_ref (pane));
}

/* --- the list --- */

static void
traffic_pane_filter_cb (MhTrafficPane *pane)
{
  guint at = gtk_drop_down_get_selected (pane->which);
  const char *args[] = { "limit", "100", NULL, NULL, NULL };
  if (pane->messages == NULL)
    return;
  if (at < G_N_ELEMENTS (filters))
    {
      args[2] = filters[at].name;
      args[3] = filters[at].value;
    }
  mh_record_list_set_args (pane->messages, args);
}

static void
traffic_pane_load (MhPane *pane)
{
  mh_record_list_reload (MH_TRAFFIC_PANE (pane)->messages);
}

/* --- what can be done --- */

static void
traffic_pane_done (MhPane *base, MhRecord *record)
{
  MhTrafficPane *pane = MH_TRAFFIC_PANE (base);
  if (record == NULL)
    return;
  g_set_object (&pane->chosen, record);
  traffic_pane_show (pane);
  traffic_pane_load (base);
}

static void
traffic_pane_again_cb (MhTrafficPane *pane)
{
  mh_analyser_submit (MH_PANE (pane), "analyser_message.retry", pane->wanted, NULL, NULL,
                      traffic_pane_done);
}

static void
traffic_pane_drop_cb (MhTrafficPane *pane)
{
  mh_analyser_submit (MH_PANE (pane), "analyser_message.drop", pane->wanted, NULL, NULL,
                      traffic_pane_done);
}

static void
traffic_pane_back_cb (MhTrafficPane *pane)
{
  MhRecord *assigned = assigned_of (pane->chosen);
  if (assigned != NULL)
    mh_analyser_submit (MH_PANE (pane), "device_result.take_back", mh_record_id (assigned), NULL,
                        NULL, traffic_pane_done);
}

/* --- as a pane --- */

static void
traffic_pane_begin (MhPane *base)
{
  static const MhMasterDetailHow how
      = { .shown = traffic_pane_shown_id, .show = traffic_pane_show_one, .waits = TRUE };
  MhTrafficPane *pane = MH_TRAFFIC_PANE (base);
  mh_pane_keep (base, &pane->messages,
                mh_record_list_new (mh_pane_context (base), "analyser_message.list"));
  mh_record_table_setup (pane->table, "analyser-messages", &mh_analyser_message_type, columns,
                         G_LIST_MODEL (pane->messages), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->table, MH_ANALYSER_LEAST_WIDTH);
  mh_master_detail_begin (&pane->master_detail, base, &how, pane->table, pane->split,
                          G_LIST_MODEL (pane->messages));
  mh_analyser_watch (&pane->watch, base, traffic_pane_load);
  traffic_pane_show (pane);
}

static void
mh_traffic_pane_open (MhPane *base, const char *what)
{
  mh_master_detail_show (&MH_TRAFFIC_PANE (base)->master_detail, what, TRUE);
}

static void
traffic_pane_shown (MhPane *pane)
{
  traffic_pane_filter_cb (MH_TRAFFIC_PANE (pane));
  mh_record_table_grab (MH_TRAFFIC_PANE (pane)->table);
}

static void
mh_traffic_pane_dispose (GObject *object)
{
  mh_analyser_unwatch (&MH_TRAFFIC_PANE (object)->watch);
  g_clear_object (&MH_TRAFFIC_PANE (object)->chosen);
  g_clear_pointer (&MH_TRAFFIC_PANE (object)->wanted, g_free);
  G_OBJECT_CLASS (mh_traffic_pane_parent_class)->dispose (object);
}

static void
mh_traffic_pane_class_init (MhTrafficPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_traffic_pane_dispose;
  MH_PANE_CLASS (klass)->begin = traffic_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_traffic_pane_open;
  MH_PANE_CLASS (klass)->shown = traffic_pane_shown;
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_DETAIL);
  g_type_ensure (MH_TYPE_WRAP);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/analysers/mh-traffic-pane"));
  gtk_widget_class_bind_template_child (widget, MhTrafficPane, split);
  gtk_widget_class_bind_template_child (widget, MhTrafficPane, table);
  gtk_widget_class_bind_template_child (widget, MhTrafficPane, which);
  gtk_widget_class_bind_template_child (widget, MhTrafficPane, detail);
  gtk_widget_class_bind_template_child (widget, MhTrafficPane, raw_frame);
  gtk_widget_class_bind_template_child (widget, MhTrafficPane, raw);
  gtk_widget_class_bind_template_child (widget, MhTrafficPane, again);
  gtk_widget_class_bind_template_child (widget, MhTrafficPane, drop);
  gtk_widget_class_bind_template_callback (widget, traffic_pane_filter_cb);
  gtk_widget_class_bind_template_callback (widget, traffic_pane_again_cb);
  gtk_widget_class_bind_template_callback (widget, traffic_pane_drop_cb);
  gtk_widget_class_bind_template_child (widget, MhTrafficPane, back);
  gtk_widget_class_bind_template_callback (widget, traffic_pane_back_cb);
}

static void
mh_traffic_pane_init (MhTrafficPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
