/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/analysers/mh-inbox-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-order-parts.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/analysers/mh-analyser-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/hospital/mh-patient-strip.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-check-digit.h"
#include "shared/records/lab/mh-analyser.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhInboxPane
{
  MhPane parent_instance;
  MhRecordList *results;
  MhRecord *chosen;
  MhOrderParts *parts; /* whose tube it is, once it is known */
  char *tube;          /* the number that .parts was asked for by */
  const char *refused; /* what is wrong with it */
  char *undo_id;       /* a result of what was assigned last */
  MhAnalyserWatch watch;
  MhSplit *split;
  MhRecordTable *table;
  MhPatientStrip *strip;
  GtkEditable *sample, *analyte, *value, *note;
  GtkWidget *assign_all, *assign;
};

G_DEFINE_FINAL_TYPE (MhInboxPane, mh_inbox_pane, MH_TYPE_PANE)

/* --- the table --- */

static char *
inbox_pane_value_text (MhRecord *result)
{
  const char *value = mh_record_text (result, MH_DEVICE_RESULT_VALUE);
  const char *unit = mh_record_text (result, MH_DEVICE_RESULT_UNIT);
  g_autofree char *text = g_strdup_printf ("%s%s%s", value != NULL ? value : "–",
                                           unit != NULL ? " " : "", unit != NULL ? unit : "");
  return mh_words_figures (text);
}

static const MhTableColumn columns[] = {
  { .field = "at", .width = 118, .line = MH_LINE_NONE },
  { .field = "link_name", .width = 100, .line = MH_LINE_NONE },
  { .field = "sample_code", .expand = TRUE, .width = 105, .line = MH_LINE_TITLE },
  { .field = "code", .width = 75 },
  { .title = N_ ("Value"),
    .text = inbox_pane_value_text,
    .numeric = TRUE,
    .width = 90,
    .line = MH_LINE_TRAILING },
  { .field = "reason", .width = 215 },
  { NULL },
};

/* --- what came with the chosen one --- */

/* In one message, under one number of a tube. */
static gboolean
is_together (MhRecord *one, MhRecord *other)
{
  static const guint same[] = { MH_DEVICE_RESULT_MESSAGE_ID, MH_DEVICE_RESULT_SAMPLE_CODE };
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    if (g_strcmp0 (mh_record_text (one, same[i]), mh_record_text (other, same[i])) != 0)
      return FALSE;
  return TRUE;
}

/* "Haemoglobin (HGB) 12.4 g/dL", a line each; *out_n how many. Caller frees. */
static char *
group_text (MhInboxPane *pane, guint *out_n)
{
  GString *text = g_string_new (NULL);
  *out_n = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pane->results)); i++)
    {
      g_autoptr (MhRecord) result = g_list_model_get_item (G_LIST_MODEL (pane->results), i);
      if (pane->chosen == NULL || !is_together (result, pane->chosen))
        continue;
      const char *name = mh_record_text (result, MH_DEVICE_RESULT_NAME);
      const char *code = mh_record_text (result, MH_DEVICE_RESULT_CODE);
      g_autofree char *value = inbox_pane_value_text (result);
      g_string_append_printf (
          text, "%s%s%s %s", text->len > 0 ? "\n" : "",
          name != NULL ? name : (code != NULL ? code : "–"),
          g_strcmp0 (mh_record_id (result), mh_record_id (pane->chosen)) == 0 ? " ◂" : "", value);
      (*out_n)++;
    }

  return g_string_free (text, FALSE);
}

/* --- whose it is: named before anything is taken --- */

/* The tube that stands in the field is found, and its patient is on the screen. */
static gboolean
inbox_pane_is_named (MhInboxPane *pane)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (pane->sample)));
  return pane->tube != NULL && g_strcmp0 (typed, pane->tube) == 0
         && mh_order_parts_patient (pane->parts) != NULL;
}

static void
show_whose_cb (MhInboxPane *pane)
{
  char today[11];
  pane->refused = NULL;
  gboolean named = pane->chosen != NULL && inbox_pane_is_named (pane);
  mh_patient_strip_show (pane->strip, named ? mh_order_parts_patient (pane->parts) : NULL,
                         mh_when_today_text (today));
  mh_pane_changed (MH_PANE (pane));
}

/* Until the next tube is looked for. */
static void
inbox_pane_refuse_tube (MhInboxPane *pane, const char *words)
{
  pane->refused = words;
  mh_pane_changed (MH_PANE (pane));
}

static void
inbox_pane_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhInboxPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answer = mh_fetch_finish_list (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  mh_shell_fail (GTK_WIDGET (pane), error);
  MhRecord *sample = answer != NULL && answer->len > 0 ? g_ptr_array_index (answer, 0) : NULL;
  const char *accession = sample != NULL ? mh_record_text (sample, MH_SAMPLE_ACCESSION) : NULL;

  if (answer != NULL && sample == NULL)
    inbox_pane_refuse_tube (pane, _ ("No tube has this number. Look at the label again."));
  if (sample == NULL || g_strcmp0 (accession, pane->tube) != 0)
    return;

  gtk_editable_set_text (pane->sample, accession);
  mh_order_parts_load (pane->parts, mh_record_text (sample, MH_SAMPLE_ORDER_ID));
}

static void
inbox_pane_look_up (MhInboxPane *pane)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (pane->sample)));
  char *accession = mh_accession_normalise (typed);
  const char *args[] = { "accession", accession, NULL };

  g_free (pane->tube);
  pane->tube = accession;
  mh_order_parts_load (pane->parts, NULL);
  if (accession == NULL)
    inbox_pane_refuse_tube (pane, _ ("This is no tube's number. Scan the label again."));
  else
    mh_fetch_async (mh_pane_context (MH_PANE (pane)),
                    &(MhFetch){ .route = "sample.list", .args = args },
                    mh_pane_cancellable (MH_PANE (pane)), inbox_pane_found_cb, g_object_ref (pane));
}

/* --- the chosen one --- */

static char *
inbox_pane_facts_cb (MhInboxPane *pane)
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
  return pane->chosen != NULL ? mh_analyser_facts (pane->chosen, fields) : NULL;
}

static char *
inbox_pane_title_cb (MhInboxPane *pane)
{
  if (pane->chosen == NULL)
    return g_strdup (_ ("Choose a result"));

  g_autofree char *value = inbox_pane_value_text (pane->chosen);
  const char *code = mh_record_text (pane->chosen, MH_DEVICE_RESULT_CODE);
  return g_strdup_printf ("%s %s", code != NULL ? code : "–", value);
}

static gboolean
inbox_pane_has_chosen_cb (MhInboxPane *pane)
{
  return pane->chosen != NULL;
}

static gboolean
inbox_pane_may_decide_cb (MhInboxPane *pane)
{
  return pane->chosen != NULL
         && mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_ENTER_RESULT);
}

static char *
inbox_pane_group_cb (MhInboxPane *pane)
{
  guint n;
  g_autofree char *together = group_text (pane, &n);
  return n > 1 ? g_steal_pointer (&together) : NULL;
}

static gboolean
inbox_pane_may_assign_all_cb (MhInboxPane *pane)
{
  guint n;
  g_autofree char *together = group_text (pane, &n);
  return n > 1 && inbox_pane_may_decide_cb (pane);
}

static char *
inbox_pane_all_cb (MhInboxPane *pane)
{
  guint n;
  g_autofree char *together = group_text (pane, &n);

  /* Translators: so many values of one message are assigned at once */
  return g_strdup_printf (_ ("Assign all %u · F9"), n);
}

static gboolean
inbox_pane_is_named_cb (MhInboxPane *pane)
{
  return pane->chosen != NULL && inbox_pane_is_named (pane);
}

static char *
inbox_pane_whose_cb (MhInboxPane *pane)
{
  MhRecord *order = inbox_pane_is_named_cb (pane) ? mh_order_parts_order (pane->parts) : NULL;
  if (order != NULL)
    return g_strdup_printf (_ ("Order %s, tube %s"), mh_record_text (order, MH_ORDER_NUMBER),
                            pane->tube);
  return g_strdup (pane->refused != NULL
                       ? pane->refused
                       : _ ("Scan or type the tube: its patient is shown first."));
}

/* What was typed belongs to the result it was typed for. */
static void
inbox_pane_choose (MhInboxPane *pane, MhRecord *result)
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
  if (!same)
    {
      g_clear_pointer (&pane->tube, g_free);
      mh_order_parts_load (pane->parts, NULL);
    }

  show_whose_cb (pane);
}

static void
inbox_pane_selection_cb (MhInboxPane *pane)
{
  inbox_pane_choose (pane, mh_record_table_current (pane->table));
}

static void
inbox_pane_activated_cb (MhInboxPane *pane, MhRecord *result)
{
  inbox_pane_choose (pane, result);
  mh_split_show_end (pane->split, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (pane->sample));
}

/* --- what can be done --- */

static void
inbox_pane_load (MhPane *pane)
{
  mh_record_list_reload (MH_INBOX_PANE (pane)->results);
}

static void
inbox_pane_decided (MhPane *base, MhRecord *record)
{
  MhInboxPane *pane = MH_INBOX_PANE (base);
  if (record == NULL)
    return;
  mh_shell_toast (GTK_WIDGET (base),
                  mh_words_of_code (&mh_device_result_type.fields[MH_DEVICE_RESULT_STATUS],
                                    mh_record_text (record, MH_DEVICE_RESULT_STATUS)));
  inbox_pane_choose (pane, NULL);
  inbox_pane_load (base);
  mh_split_show_end (pane->split, FALSE);
  mh_record_table_grab (pane->table);
}

static void
taken_back (MhPane *base, MhRecord *message)
{
  if (message != NULL)
    mh_shell_toast (GTK_WIDGET (base), _ ("Taken back: the values wait in the inbox again"));
  inbox_pane_load (base);
}

static void
inbox_pane_undo_cb (gpointer data)
{
  MhInboxPane *pane = data;
  if (mh_pane_context (MH_PANE (pane)) != NULL && pane->undo_id != NULL)
    mh_analyser_submit (MH_PANE (pane), "device_result.take_back", pane->undo_id, NULL, NULL,
                        taken_back);
}

/* @message with its results; what did not fit stays and says why. */
static void
all_decided (MhPane *base, MhRecord *message)
{
  MhInboxPane *pane = MH_INBOX_PANE (base);
  GPtrArray *results = message != NULL ? mh_record_records (message, MH_MESSAGE_RESULTS) : NULL;
  MhRecord *order = mh_order_parts_order (pane->parts);
  guint n_open = 0, n_done = 0;

  for (guint i = 0; results != NULL && pane->chosen != NULL && i < results->len; i++)
    if (is_together (g_ptr_array_index (results, i), pane->chosen))
      {
        const char *status
            = mh_record_text (g_ptr_array_index (results, i), MH_DEVICE_RESULT_STATUS);
        n_open += g_strcmp0 (status, MH_DEVICE_RESULT_OPEN) == 0;
        n_done += g_strcmp0 (status, MH_DEVICE_RESULT_ASSIGNED) == 0;
      }

  if (message == NULL || pane->chosen == NULL)
    return;

  const char *name = order != NULL ? mh_record_text (order, MH_ORDER_PATIENT_NAME) : NULL;
  g_autofree char *done
      = g_strdup_printf (ngettext ("%u value assigned to %s", "%u values assigned to %s", n_done),
                         n_done, name != NULL ? name : "–");
  g_autofree char *left = g_strdup_printf (
      ngettext ("%s; %u does not fit and stays here", "%s; %u do not fit and stay here", n_open),
      done, n_open);

  mh_shell_toast_undo (GTK_WIDGET (base), n_open > 0 ? left : done, inbox_pane_undo_cb,
                       g_object_ref (pane), g_object_unref);
  inbox_pane_choose (pane, NULL);
  inbox_pane_load (base);
  mh_split_show_end (pane->split, FALSE);
  mh_record_table_grab (pane->table);
}

static void
inbox_pane_put (MhRecord *body, guint field, GtkEditable *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  if (*text != '\0')
    mh_record_set_text (body, field, text);
}

static void
inbox_pane_decide (MhInboxPane *pane, const char *action)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_analyser_resolve_type);
  if (pane->chosen == NULL || !gtk_widget_get_visible (pane->assign))
    return;

  if (g_str_equal (action, MH_RESOLVE_ASSIGN) && !inbox_pane_is_named (pane))
    {
      inbox_pane_look_up (pane);
      return;
    }

  mh_record_set_text (body, MH_RESOLVE_ACTION, action);
  inbox_pane_put (body, MH_RESOLVE_SAMPLE_CODE, pane->sample);
  inbox_pane_put (body, MH_RESOLVE_ANALYTE, pane->analyte);
  inbox_pane_put (body, MH_RESOLVE_VALUE, pane->value);
  inbox_pane_put (body, MH_RESOLVE_NOTE, pane->note);

  if (g_str_equal (action, MH_RESOLVE_DISCARD) && !mh_record_has (body, MH_RESOLVE_NOTE))
    {
      mh_shell_toast (GTK_WIDGET (pane), _ ("Write in the reason why it is discarded."));
      gtk_widget_grab_focus (GTK_WIDGET (pane->note));
      return;
    }

  mh_analyser_submit (MH_PANE (pane), "device_result.resolve", mh_record_id (pane->chosen), body,
                      NULL, inbox_pane_decided);
}

static void
inbox_pane_assign_cb (MhInboxPane *pane)
{
  inbox_pane_decide (pane, MH_RESOLVE_ASSIGN);
}

static void
assign_all_cb (MhInboxPane *pane)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_analyser_resolve_type);
  if (!gtk_widget_get_visible (pane->assign_all) || !inbox_pane_is_named (pane))
    {
      inbox_pane_assign_cb (pane);
      return;
    }

  mh_record_set_text (body, MH_RESOLVE_ACTION, MH_RESOLVE_ASSIGN);
  inbox_pane_put (body, MH_RESOLVE_SAMPLE_CODE, pane->sample);
  inbox_pane_put (body, MH_RESOLVE_NOTE, pane->note);
  g_free (pane->undo_id);
  pane->undo_id = g_strdup (mh_record_id (pane->chosen));
  mh_analyser_submit (MH_PANE (pane), "device_result.resolve_group", mh_record_id (pane->chosen),
                      body, NULL, all_decided);
}

static void
assign_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  assign_all_cb (MH_INBOX_PANE (widget));
}

/* Another number is another patient: nobody is named until it was looked up. */
static void
sample_cb (MhInboxPane *pane)
{
  if (mh_pane_context (MH_PANE (pane)) != NULL)
    show_whose_cb (pane);
}

static void
inbox_pane_again_cb (MhInboxPane *pane)
{
  inbox_pane_decide (pane, MH_RESOLVE_RETRY);
}

static void
inbox_pane_discard_cb (MhInboxPane *pane)
{
  inbox_pane_decide (pane, MH_RESOLVE_DISCARD);
}

static void
inbox_pane_message_cb (MhInboxPane *pane)
{
  g_autofree char *what
      = g_strconcat ("messages:", mh_record_text (pane->chosen, MH_DEVICE_RESULT_MESSAGE_ID), NULL);
  mh_shell_go (GTK_WIDGET (pane), "analysers", what);
}

/* --- as a pane --- */

static void
inbox_pane_begin (MhPane *base)
{
  static const char *const args[] = { "status", MH_DEVICE_RESULT_OPEN, "limit", "100", NULL };
  MhInboxPane *pane = MH_INBOX_PANE (base);
  mh_pane_keep (base, &pane->results,
                mh_record_list_new (mh_pane_context (base), "device_result.list"));
  mh_record_table_setup (pane->table, "analyser-inbox", &mh_device_result_type, columns,
                         G_LIST_MODEL (pane->results), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->table, MH_ANALYSER_LEAST_WIDTH);
  mh_record_list_set_args (pane->results, args);
  mh_pane_keep (base, &pane->parts, mh_order_parts_new (mh_pane_context (base)));
  g_signal_connect_object (pane->parts, "changed", G_CALLBACK (show_whose_cb), pane,
                           G_CONNECT_SWAPPED);
  mh_analyser_watch (&pane->watch, base, inbox_pane_load);
  show_whose_cb (pane);
}

static void
inbox_pane_shown (MhPane *pane)
{
  inbox_pane_load (pane);
  mh_record_table_grab (MH_INBOX_PANE (pane)->table);
}

/* A tube that is scanned while a result is chosen is the one it belongs to. */
static gboolean
inbox_pane_scan (MhPane *base, int scanned, const char *code)
{
  MhInboxPane *pane = MH_INBOX_PANE (base);
  if (pane->chosen == NULL || scanned != MH_SCAN_ACCESSION)
    return FALSE;
  gtk_editable_set_text (pane->sample, code);
  gtk_widget_grab_focus (GTK_WIDGET (pane->sample));
  inbox_pane_look_up (pane);
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
mh_inbox_pane_finalize (GObject *object)
{
  g_free (MH_INBOX_PANE (object)->tube);
  g_free (MH_INBOX_PANE (object)->undo_id);
  G_OBJECT_CLASS (mh_inbox_pane_parent_class)->finalize (object);
}

static void
mh_inbox_pane_class_init (MhInboxPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_inbox_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_inbox_pane_finalize;
  MH_PANE_CLASS (klass)->begin = inbox_pane_begin;
  MH_PANE_CLASS (klass)->shown = inbox_pane_shown;
  MH_PANE_CLASS (klass)->scan = inbox_pane_scan;

  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_PATIENT_STRIP);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/analysers/mh-inbox-pane"));

  gtk_widget_class_bind_template_child (widget, MhInboxPane, split);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, table);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, strip);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, assign_all);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, sample);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, analyte);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, value);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, note);
  gtk_widget_class_bind_template_child (widget, MhInboxPane, assign);

  gtk_widget_class_bind_template_callback (widget, inbox_pane_selection_cb);
  gtk_widget_class_bind_template_callback (widget, inbox_pane_activated_cb);
  gtk_widget_class_bind_template_callback (widget, inbox_pane_assign_cb);
  gtk_widget_class_bind_template_callback (widget, assign_all_cb);
  gtk_widget_class_bind_template_callback (widget, sample_cb);
  gtk_widget_class_bind_template_callback (widget, inbox_pane_again_cb);
  gtk_widget_class_bind_template_callback (widget, inbox_pane_discard_cb);
  gtk_widget_class_bind_template_callback (widget, inbox_pane_message_cb);
  mh_closures_bind (widget);
  gtk_widget_class_bind_template_callback (widget, inbox_pane_title_cb);
  gtk_widget_class_bind_template_callback (widget, inbox_pane_facts_cb);
  gtk_widget_class_bind_template_callback (widget, inbox_pane_may_decide_cb);
  gtk_widget_class_bind_template_callback (widget, inbox_pane_has_chosen_cb);
  gtk_widget_class_bind_template_callback (widget, inbox_pane_group_cb);
  gtk_widget_class_bind_template_callback (widget, inbox_pane_may_assign_all_cb);
  gtk_widget_class_bind_template_callback (widget, inbox_pane_all_cb);
  gtk_widget_class_bind_template_callback (widget, inbox_pane_is_named_cb);
  gtk_widget_class_bind_template_callback (widget, inbox_pane_whose_cb);

  gtk_widget_class_install_action (widget, "inbox.assign-all", NULL, assign_all_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "inbox.assign-all", NULL);
}

static void
mh_inbox_pane_init (MhInboxPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
