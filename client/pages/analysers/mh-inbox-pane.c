/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/analysers/mh-inbox-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/pages/analysers/mh-analyser-tools.h"
#include "client/pages/cashier/mh-money-line.h"
#include "client/widgets/mh-record-table.h"
#include "client/widgets/mh-shell.h"
#include "client/widgets/mh-words.h"
#include "shared/base/mh-check-digit.h"
#include "shared/records/mh-permissions.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

struct _MhInboxPane
{
  MhPane parent_instance;
  MhRecordList *results;
  MhRecord *chosen;
  MhAnalyserWatch watch;
  MhSplit *split;
  MhRecordTable *table;
  GtkLabel *title, *facts;
  GtkEditable *sample, *analyte, *value, *note;
  GtkWidget *decision, *assign, *again, *discard, *message;
};

G_DEFINE_FINAL_TYPE (MhInboxPane, mh_inbox_pane, MH_TYPE_PANE)

/* --- the table --- */

static char *
value_text (MhRecord *result)
{
  const char *value = mh_record_text (result, MH_DEVICE_RESULT_VALUE);
  const char *unit = mh_record_text (result, MH_DEVICE_RESULT_UNIT);
  g_autofree char *text = g_strdup_printf ("%s%s%s", value != NULL ? value : "–",
                                           unit != NULL ? " " : "", unit != NULL ? unit : "");
  return mh_words_figures (text);
}

static const MhTableColumn columns[] = {
  { .field = "at", .width = 118 },
  { .field = "link_name", .width = 100 },
  { .field = "sample_code", .expand = TRUE, .width = 105 },
  { .field = "code", .width = 75 },
  { .title = N_ ("Value"), .text = value_text, .numeric = TRUE, .width = 90 },
  { .field = "reason", .width = 215 },
  { NULL },
};

static void
bind_line (GtkWidget *line, MhRecord *result)
{
  const char *sample = mh_record_text (result, MH_DEVICE_RESULT_SAMPLE_CODE);
  g_autofree char *value = value_text (result);
  g_autofree char *reason = mh_words_value (result, MH_DEVICE_RESULT_REASON);
  g_autofree char *detail
      = g_strdup_printf ("%s · %s", mh_record_text (result, MH_DEVICE_RESULT_CODE), reason);
  mh_money_line_set (line, sample != NULL ? sample : "–", value, detail);
}

/* --- the chosen one --- */

static void
show (MhInboxPane *pane)
{
  static const guint fields[] = { MH_DEVICE_RESULT_REASON,
                                  MH_DEVICE_RESULT_DETAIL,
                                  MH_DEVICE_RESULT_LINK_NAME,
                                  MH_DEVICE_RESULT_SAMPLE_CODE,
                                  MH_DEVICE_RESULT_PATIENT,
                                  MH_DEVICE_RESULT_NAME,
                                  MH_DEVICE_RESULT_FLAGS,
                                  MH_DEVICE_RESULT_FINALITY,
                                  MH_DEVICE_RESULT_MEASURED_AT,
                                  MH_DEVICE_RESULT_AT,
                                  0 };
  MhRecord *result = pane->chosen;
  gboolean may
      = result != NULL && mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_ENTER_RESULT);
  gtk_widget_set_visible (pane->decision, may);
  gtk_widget_set_visible (pane->assign, may);
  gtk_widget_set_visible (pane->again, may);
  gtk_widget_set_visible (pane->discard, may);
  gtk_widget_set_visible (pane->message, result != NULL);
  if (result == NULL)
    {
      gtk_label_set_text (pane->title, _ ("Choose a result"));
      gtk_label_set_text (pane->facts, "");
      return;
    }
  g_autofree char *value = value_text (result);
  const char *code = mh_record_text (result, MH_DEVICE_RESULT_CODE);
  g_autofree char *title = g_strdup_printf ("%s %s", code != NULL ? code : "–", value);
  g_autofree char *facts = mh_analyser_facts (result, fields);
  gtk_label_set_text (pane->title, title);
  gtk_label_set_text (pane->facts, facts);
}

/* What was typed belongs to the result it was typed for. */
static void
choose (MhInboxPane *pane, MhRecord *result)
{
  const char *before = pane->chosen != NULL ? mh_record_id (pane->chosen) : NULL;
  gboolean same = result != NULL && g_strcmp0 (before, mh_record_id (result)) == 0;
  g_set_object (&pane->chosen, result);
  GtkEditable *const typed[] = { pane->sample, pane->analyte, pane->value, pane->note };
  const char *analyte = result != NULL ? mh_record_text (result, MH_DEVICE_RESULT_ANALYTE) : NULL;
  for (guint i = 0; !same && i < G_N_ELEMENTS (typed); i++)
    gtk_editable_set_text (typed[i], "");
  if (!same && analyte != NULL)
    gtk_editable_set_text (pane->analyte, analyte);
  show (pane);
}

static void
selection_cb (MhInboxPane *pane)
{
  choose (pane, mh_record_table_current (pane->table));
}

static void
activated_cb (MhInboxPane *pane, MhRecord *result)
{
  choose (pane, result);
  mh_split_show_end (pane->split, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (pane->sample));
}

/* --- what can be done --- */

static void
load (MhPane *pane)
{
  mh_record_list_reload (MH_INBOX_PANE (pane)->results);
}

static void
decided (MhPane *base, MhRecord *record)
{
  MhInboxPane *pane = MH_INBOX_PANE (base);
  if (record == NULL)
    return;
  mh_shell_toast (GTK_WIDGET (base),
                  mh_words_of_code (&mh_device_result_type.fields[MH_DEVICE_RESULT_STATUS],
                                    mh_record_text (record, MH_DEVICE_RESULT_STATUS)));
  choose (pane, NULL);
  load (base);
  mh_split_show_end (pane->split, FALSE);
  mh_record_table_grab (pane->table);
}

static void
put (MhRecord *body, guint field, GtkEditable *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  if (*text != '\0')
    mh_record_set_text (body, field, text);
}

static void
decide (MhInboxPane *pane, const char *action)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_analyser_resolve_type);
  if (pane->chosen == NULL || !gtk_widget_get_visible (pane->assign))
    return;
  mh_record_set_text (body, MH_RESOLVE_ACTION, action);
  put (body, MH_RESOLVE_SAMPLE_CODE, pane->sample);
  put (body, MH_RESOLVE_ANALYTE, pane->analyte);
  put (body, MH_RESOLVE_VALUE, pane->value);
  put (body, MH_RESOLVE_NOTE, pane->note);
  if (g_str_equal (action, MH_RESOLVE_DISCARD) && !mh_record_has (body, MH_RESOLVE_NOTE))
    {
      mh_shell_toast (GTK_WIDGET (pane), _ ("Write in the reason why it is discarded."));
      gtk_widget_grab_focus (GTK_WIDGET (pane->note));
      return;
    }
  mh_analyser_submit (MH_PANE (pane), "device_result.resolve", mh_record_id (pane->chosen), body,
                      -1, decided);
}

static void
assign_cb (MhInboxPane *pane)
{
  decide (pane, MH_RESOLVE_ASSIGN);
}

static void
again_cb (MhInboxPane *pane)
{
  decide (pane, MH_RESOLVE_RETRY);
}

static void
discard_cb (MhInboxPane *pane)
{
  decide (pane, MH_RESOLVE_DISCARD);
}

static void
message_cb (MhInboxPane *pane)
{
  g_autofree char *what
      = g_strconcat ("messages:", mh_record_text (pane->chosen, MH_DEVICE_RESULT_MESSAGE_ID), NULL);
  mh_shell_go (GTK_WIDGET (pane), "analysers", what);
}

/* --- as a pane --- */

static void
begin (MhPane *base)
{
  static const char *const args[] = { "status", MH_DEVICE_RESULT_OPEN, "limit", "100", NULL };
  MhInboxPane *pane = MH_INBOX_PANE (base);
  mh_pane_keep (base, &pane->results,
                mh_record_list_new (mh_pane_context (base), "device_result.list"));
  mh_record_table_setup (pane->table, "analyser-inbox", &mh_device_result_type, columns,
                         G_LIST_MODEL (pane->results), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->table, MH_ANALYSER_LEAST_WIDTH, mh_money_line_make, bind_line);
  mh_record_list_set_args (pane->results, args);
  mh_analyser_watch (&pane->watch, base, load);
  show (pane);
}

static void
shown (MhPane *pane)
{
  load (pane);
  mh_record_table_grab (MH_INBOX_PANE (pane)->table);
}

/* A tube that is scanned while a result is chosen is the one it belongs to. */
static gboolean
scan (MhPane *base, int scanned, const char *code)
{
  MhInboxPane *pane = MH_INBOX_PANE (base);
  if (pane->chosen == NULL || scanned != MH_SCAN_ACCESSION)
    return FALSE;
  gtk_editable_set_text (pane->sample, code);
  gtk_widget_grab_focus (GTK_WIDGET (pane->sample));
  return TRUE;
}

static void
mh_inbox_pane_dispose (GObject *object)
{
  mh_analyser_unwatch (&MH_INBOX_PANE (object)->watch);
  g_clear_object (&MH_INBOX_PANE (object)->chosen);
  G_OBJECT_CLASS (mh_inbox_pane_parent_class)->dispose (object);
}

static void
mh_inbox_pane_class_init (MhInboxPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_inbox_pane_dispose;
  MH_PANE_CLASS (klass)->begin = begin;
  MH_PANE_CLASS (klass)->shown = shown;
  MH_PANE_CLASS (klass)->scan = scan;
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("analysers/mh-inbox-pane"));
  gtk_widget_class_bind_template_child (widget, MhInboxPane, split);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, table);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, title);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, facts);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, sample);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, analyte);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, value);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, note);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, decision);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, assign);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, again);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, discard);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, message);
  gtk_widget_class_bind_template_callback (widget, selection_cb);
  gtk_widget_class_bind_template_callback (widget, activated_cb);
  gtk_widget_class_bind_template_callback (widget, assign_cb);
  gtk_widget_class_bind_template_callback (widget, again_cb);
  gtk_widget_class_bind_template_callback (widget, discard_cb);
  gtk_widget_class_bind_template_callback (widget, message_cb);
}

static void
mh_inbox_pane_init (MhInboxPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
