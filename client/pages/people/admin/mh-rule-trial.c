/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/admin/mh-rule-trial.h"

#include "client/models/mh-fetch.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-pane.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-auto.h"

#include <glib/gi18n-lib.h>

#define MOST_MISSES 20

#define MH_TYPE_RULE_TRIAL (mh_rule_trial_get_type ())
G_DECLARE_FINAL_TYPE (MhRuleTrial, mh_rule_trial, MH, RULE_TRIAL, MhPane)

struct _MhRuleTrial
{
  MhPane parent_instance;
  MhRecordSlot *slot;
  GtkDropDown *days;
  GtkLabel *outcome, *reasons, *misses;
};

G_DEFINE_FINAL_TYPE (MhRuleTrial, mh_rule_trial, MH_TYPE_PANE)

/* In the order of the choice in the template. */
static const int day_counts[] = { 1, 7, 30, 90 };

static char *
day_before (int days)
{
  char iso[MH_DATE_LENGTH + 1];
  mh_date_format (mh_date_from_days (mh_date_to_days (mh_when_today ()) - days), iso);
  return g_strdup (iso);
}

static MhRecord *
trial_of (MhRuleTrial *trial)
{
  guint at = gtk_drop_down_get_selected (trial->days);
  MhRecord *record = mh_record_new (&mh_auto_trial_type);
  g_autoptr (MhRecord) rule = mh_record_copy (mh_record_slot_record (trial->slot));
  mh_record_take_text (record, MH_AUTO_TRIAL_FROM,
                       day_before (day_counts[at < G_N_ELEMENTS (day_counts) ? at : 1]));
  mh_record_take_text (record, MH_AUTO_TRIAL_TO, day_before (0));
  /* It is tried as if it were in force. */
  mh_record_set_bool (rule, MH_AUTO_RULE_ACTIVE, TRUE);
  mh_record_set_record (record, MH_AUTO_TRIAL_RULE, rule);
  return record;
}

/* --- what came out --- */

static void
set_lines (GtkLabel *label, const char *title, GString *lines)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s", title, lines->str);
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), lines->len > 0);
}

static void
show_reasons (MhRuleTrial *trial, MhRecord *outcome)
{
  GPtrArray *reasons = mh_record_records (outcome, MH_AUTO_OUTCOME_REASONS);
  g_autoptr (GString) lines = g_string_new (NULL);
  for (guint i = 0; reasons != NULL && i < reasons->len; i++)
    {
      MhRecord *one = g_ptr_array_index (reasons, i);
      g_string_append_printf (lines, "%s%" G_GINT64_FORMAT " × %s", lines->len > 0 ? "\n" : "",
                              mh_record_int (one, MH_AUTO_REASON_COUNT),
                              mh_words_of_code (&mh_auto_reason_type.fields[MH_AUTO_REASON_CODE],
                                                mh_record_text (one, MH_AUTO_REASON_CODE)));
    }
  set_lines (trial->reasons, _ ("Why the others would have waited:"), lines);
}

static void
show_misses (MhRuleTrial *trial, MhRecord *outcome)
{
  GPtrArray *misses = mh_record_records (outcome, MH_AUTO_OUTCOME_MISSES);
  g_autoptr (GString) lines = g_string_new (NULL);
  for (guint i = 0; misses != NULL && i < MIN (misses->len, MOST_MISSES); i++)
    {
      MhRecord *one = g_ptr_array_index (misses, i);
      const char *unit = mh_record_text (one, MH_AUTO_MISS_UNIT);
      g_autofree char *order = mh_words_order (mh_record_text (one, MH_AUTO_MISS_ORDER_NUMBER));
      g_string_append_printf (lines, "%s%s · %s %s %s", lines->len > 0 ? "\n" : "", order,
                              mh_record_text (one, MH_AUTO_MISS_NAME),
                              mh_record_text (one, MH_AUTO_MISS_VALUE), unit != NULL ? unit : "");
    }

  set_lines (trial->misses, _ ("Would have been verified, but a person changed them later:"),
             lines);
}

static void
rule_trial_show (MhRuleTrial *trial, MhRecord *outcome)
{
  gint64 all = mh_record_int (outcome, MH_AUTO_OUTCOME_RESULTS);
  const char *percent = mh_record_text (outcome, MH_AUTO_OUTCOME_PERCENT);
  g_autofree char *text
      = all == 0 ? g_strdup (_ ("The rule applies to no value of that period."))
                 : g_strdup_printf (
                     _ ("%d of %d values would have been verified automatically (%s %%)."),
                     (int)mh_record_int (outcome, MH_AUTO_OUTCOME_PASSED), (int)all,
                     percent != NULL ? percent : "0");
  g_autofree char *more
      = mh_record_bool (outcome, MH_AUTO_OUTCOME_MORE)
            ? g_strdup_printf ("%s %s", text, _ ("There were more; choose a shorter period."))
            : g_strdup (text);

  gtk_label_set_text (trial->outcome, more);
  show_reasons (trial, outcome);
  show_misses (trial, outcome);
}

static void
rule_trial_tried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhRuleTrial) trial = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (mh_pane_context (MH_PANE (trial)) == NULL)
    return;

  mh_pane_set_busy (MH_PANE (trial), FALSE);
  if (answer != NULL)
    rule_trial_show (trial, answer);
  else if (error != NULL)
    {
      g_autofree char *words = mh_words_error (error);
      gtk_label_set_text (trial->outcome, words);
    }
}

static void
run_cb (MhRuleTrial *trial)
{
  g_autoptr (MhRecord) record = trial_of (trial);
  g_autofree char *json = mh_record_to_json (record, MH_JSON_AS_INPUT);
  mh_pane_set_busy (MH_PANE (trial), TRUE);
  gtk_label_set_text (trial->outcome, _ ("Trying…"));
  mh_fetch_async (mh_pane_context (MH_PANE (trial)),
                  &(MhFetch){ .route = "auto_rule.try", .body = json },
                  mh_pane_cancellable (MH_PANE (trial)), rule_trial_tried_cb, g_object_ref (trial));
}

/* --- making it --- */

static void
mh_rule_trial_class_init (MhRuleTrialClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("people/admin/mh-rule-trial"));
  gtk_widget_class_bind_template_child (widget, MhRuleTrial, days);
  gtk_widget_class_bind_template_child (widget, MhRuleTrial, outcome);
  gtk_widget_class_bind_template_child (widget, MhRuleTrial, reasons);
  gtk_widget_class_bind_template_child (widget, MhRuleTrial, misses);
  gtk_widget_class_bind_template_callback (widget, run_cb);
  mh_closures_bind (widget);
}

static void
mh_rule_trial_init (MhRuleTrial *trial)
{
  gtk_widget_init_template (GTK_WIDGET (trial));
}

GtkWidget *
mh_rule_trial_new (MhContext *context, MhRecordSlot *slot)
{
  MhRuleTrial *trial = g_object_new (MH_TYPE_RULE_TRIAL, "context", context, NULL);
  mh_pane_keep (MH_PANE (trial), &trial->slot, g_object_ref (slot));
  return GTK_WIDGET (trial);
}
