/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/qc/mh-qc-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/pages/lab/qc/mh-entry-dialog.h"
#include "client/pages/lab/qc/mh-qc-board.h"
#include "client/pages/lab/qc/mh-qc-chart.h"
#include "client/pages/lab/qc/mh-qc-run-dialog.h"
#include "client/pages/lab/qc/mh-qc-suspects-dialog.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/charts/mh-chart.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhQcPane
{
  MhPane parent_instance;
  MhRecord *row;     /* what is shown; NULL: nothing */
  GListModel *all;   /* rows of the board, borrowed from the page that holds this pane */
  GPtrArray *points; /* oldest first; NULL: not here yet */
  GPtrArray *shown;  /* by number in the plot; borrowed from points */
  GPtrArray *locks;  /* of this pair, newest first; or NULL */
  MhRecord *chosen;  /* point; NULL: none; borrowed from points */
  guint asked;       /* an answer to an older question is dropped */
  GtkStack *stack;
  GtkWidget *leave, *month;
  GtkLabel *standing, *lock_text, *point_text;
  GtkBox *figures;
  MhChart *chart;
};

G_DEFINE_FINAL_TYPE (MhQcPane, mh_qc_pane, MH_TYPE_PANE)

enum
{
  SIGNAL_MEASURED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

const char *
mh_qc_pane_equipment (MhQcPane *pane)
{
  return pane->row != NULL ? mh_record_text (pane->row, MH_QC_TARGET_EQUIPMENT) : NULL;
}

const char *
mh_qc_pane_analyte (MhQcPane *pane)
{
  return pane->row != NULL ? mh_record_text (pane->row, MH_QC_TARGET_ANALYTE) : NULL;
}

GtkWidget *
mh_qc_pane_back (MhQcPane *pane)
{
  return pane->leave;
}

static gboolean
qc_pane_may (MhQcPane *pane, const char *permission)
{
  MhContext *context = mh_pane_context (MH_PANE (pane));
  return context != NULL && mh_context_may (context, permission);
}

/* --- the chart --- */

static void
qc_pane_choose (MhQcPane *pane, int number)
{
  pane->chosen = number >= 0 && pane->shown != NULL && (guint)number < pane->shown->len
                     ? g_ptr_array_index (pane->shown, number)
                     : pane->chosen;
  mh_pane_changed (MH_PANE (pane));
}

static void
qc_pane_point_cb (MhQcPane *pane, int number)
{
  qc_pane_choose (pane, number);
}

static void
qc_pane_draw (MhQcPane *pane)
{
  g_autofree char *title
      = g_strdup_printf (_ ("%s on %s"), mh_qc_pane_analyte (pane), mh_qc_pane_equipment (pane));
  g_autofree char *chosen = pane->chosen != NULL ? g_strdup (mh_record_id (pane->chosen)) : NULL;

  g_clear_pointer (&pane->shown, g_ptr_array_unref);
  pane->chosen = NULL;
  if (pane->points == NULL)
    {
      mh_chart_set_plot (pane->chart, NULL);
      qc_pane_choose (pane, -1);
      return;
    }

  g_autoptr (MhPlot) plot = mh_qc_chart_plot (title, pane->points, pane->locks, &pane->shown);
  mh_chart_set_plot (pane->chart, plot);
  for (guint i = 0; i < pane->shown->len; i++)
    if (g_strcmp0 (chosen, mh_record_id (g_ptr_array_index (pane->shown, i))) == 0)
      pane->chosen = g_ptr_array_index (pane->shown, i);

  qc_pane_choose (pane, -1);
}

/* --- asking --- */

typedef struct
{
  MhQcPane *pane;
  guint asked;
  GtkLabel *label; /* of a level's figures */
} Question;

static Question *
question_new (MhQcPane *pane, GtkLabel *label)
{
  Question *question = g_new0 (Question, 1);
  *question
      = (Question){ g_object_ref (pane), pane->asked, label != NULL ? g_object_ref (label) : NULL };
  return question;
}

static void
qc_pane_question_free (Question *question)
{
  g_object_unref (question->pane);
  g_clear_object (&question->label);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, qc_pane_question_free)

/* NULL: nobody waits for it any more, or it failed (and was told). */
static MhAnswer *
qc_pane_answer_of (Question *question, GAsyncResult *result)
{
  MhQcPane *pane = question->pane;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_fetch_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL || question->asked != pane->asked)
    return NULL;
  g_autofree char *words = error != NULL ? mh_words_error (error) : NULL;
  if (words != NULL)
    mh_pane_complain (MH_PANE (pane), words);
  return g_steal_pointer (&answer);
}

static void
points_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_autoptr (MhAnswer) answer = qc_pane_answer_of (question, result);
  if (answer == NULL)
    return;
  g_clear_pointer (&question->pane->points, g_ptr_array_unref);
  question->pane->points = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = answer->items->len; i-- > 0;)
    g_ptr_array_add (question->pane->points, g_object_ref (g_ptr_array_index (answer->items, i)));
  question->pane->chosen = NULL;
  qc_pane_draw (question->pane);
}

static void
locks_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  MhQcPane *pane = question->pane;
  g_autoptr (MhAnswer) answer = qc_pane_answer_of (question, result);
  if (answer == NULL)
    return;

  g_clear_pointer (&pane->locks, g_ptr_array_unref);
  pane->locks = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < answer->items->len; i++)
    {
      MhRecord *lock = g_ptr_array_index (answer->items, i);
      if (g_strcmp0 (mh_record_text (lock, MH_QC_LOCK_EQUIPMENT), mh_qc_pane_equipment (pane)) == 0
          && g_strcmp0 (mh_record_text (lock, MH_QC_LOCK_ANALYTE), mh_qc_pane_analyte (pane)) == 0)
        g_ptr_array_add (pane->locks, g_object_ref (lock));
    }

  qc_pane_draw (pane);
}

static void
qc_pane_figures_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_autoptr (MhAnswer) answer = qc_pane_answer_of (question, result);
  if (answer == NULL)
    return;

  MhRecord *found = answer->record;
  const struct
  {
    guint field;
    const char *words;
  } parts[] = { { MH_QC_STATISTICS_MEAN, _ ("mean %s") },
                { MH_QC_STATISTICS_SD, _ ("SD %s") },
                { MH_QC_STATISTICS_CV, _ ("CV %s %%") },
                { MH_QC_STATISTICS_BIAS, _ ("bias %s %%") },
                { MH_QC_STATISTICS_SIGMA, _ ("sigma %s") } };
  GString *text = g_string_new (gtk_label_get_text (question->label));

  g_string_append_printf (text, "\nn %d", (int)mh_record_int (found, MH_QC_STATISTICS_N));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (mh_record_has (found, parts[i].field))
      {
        const char *place = strstr (parts[i].words, "%s");
        g_string_append (text, " · ");
        g_string_append_len (text, parts[i].words, place - parts[i].words);
        g_string_append (text, mh_record_text (found, parts[i].field));
        g_string_append (text, g_str_has_suffix (parts[i].words, "%%") ? " %" : place + 2);
      }

  gtk_label_set_text (question->label, text->str);
  g_string_free (text, TRUE);
}

static void
qc_pane_ask (MhQcPane *pane, const char *route, const char *const *args, GAsyncReadyCallback func)
{
  mh_fetch_async (mh_pane_context (MH_PANE (pane)), &(MhFetch){ .route = route, .args = args },
                  mh_pane_cancellable (MH_PANE (pane)), func, question_new (pane, NULL));
}

static void
qc_pane_load (MhQcPane *pane)
{
  const char *of_pair[] = { "equipment", mh_qc_pane_equipment (pane),
                            "analyte",   mh_qc_pane_analyte (pane),
                            "limit",     "200",
                            NULL };
  static const char *const newest[] = { "limit", "100", NULL };
  if (pane->row == NULL || mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  pane->asked++;
  mh_pane_complain (MH_PANE (pane), NULL);
  qc_pane_ask (pane, "qc_point.list", of_pair, points_cb);
  qc_pane_ask (pane, "qc_lock.list", newest, locks_cb);
}

/* --- words --- */

static void
adopted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhQcPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (outcome == NULL)
    return;
  mh_shell_toast (GTK_WIDGET (pane), _ ("The laboratory's own mean is in force now."));
  g_signal_emit (pane, signals[SIGNAL_MEASURED], 0);
}

static void
adopt_cb (GtkWidget *button, MhQcPane *pane)
{
  const char *args[] = { "id", gtk_widget_get_name (button), NULL };
  mh_command_async (mh_pane_context (MH_PANE (pane)),
                    &(MhCommand){ .route = "qc_target.adopt", .args = args }, NULL, adopted_cb,
                    g_object_ref (pane));
}

static void
show_level (MhQcPane *pane, MhRecord *target)
{
  const char *args[] = { "id", mh_record_id (target), NULL };
  const char *unit = mh_record_text (target, MH_QC_TARGET_UNIT);
  gboolean provisional
      = g_strcmp0 (mh_record_text (target, MH_QC_TARGET_BASIS), MH_QC_ESTABLISHED) != 0;
  g_autofree char *text = g_strdup_printf (
      _ ("Level %d, lot %s: %s ± %s %s (%s)"), (int)mh_record_int (target, MH_QC_TARGET_LEVEL),
      mh_record_text (target, MH_QC_TARGET_LOT), mh_record_text (target, MH_QC_TARGET_MEAN),
      mh_record_text (target, MH_QC_TARGET_SD), unit != NULL ? unit : "",
      mh_words_of_code (&mh_qc_target_type.fields[MH_QC_TARGET_BASIS],
                        mh_record_text (target, MH_QC_TARGET_BASIS)));
  GtkWidget *line = mh_hbox (9);
  GtkWidget *label = mh_label (text, "numeric");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (line, "mh-inset");
  mh_box_append (line, label);

  if (provisional && qc_pane_may (pane, MH_MAY_WRITE_QC))
    {
      g_autofree char *name = g_strdup_printf (_ ("Adopt own mean of level %d"),
                                               (int)mh_record_int (target, MH_QC_TARGET_LEVEL));
      GtkWidget *button = gtk_button_new_with_label (_ ("Adopt own mean"));
      gtk_widget_set_name (button, mh_record_id (target));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      mh_accessible_name (button, name);
      g_signal_connect_object (button, "clicked", G_CALLBACK (adopt_cb), pane, 0);
      mh_box_append (line, button);
    }

  gtk_box_append (pane->figures, line);
  mh_fetch_async (mh_pane_context (MH_PANE (pane)),
                  &(MhFetch){ .route = "qc_target.statistics", .args = args },
                  mh_pane_cancellable (MH_PANE (pane)), qc_pane_figures_cb,
                  question_new (pane, GTK_LABEL (label)));
}

static char *
qc_pane_lock_cb (MhQcPane *pane)
{
  MhRecord *lock = pane->row != NULL ? mh_qc_board_lock (pane->row) : NULL;
  if (lock == NULL)
    return NULL;

  const char *const *rules = mh_record_list (lock, MH_QC_LOCK_RULES);
  gboolean open = g_strcmp0 (mh_record_text (lock, MH_QC_LOCK_STATE), MH_QC_LOCK_OPEN) == 0;
  g_autofree char *joined = rules != NULL ? g_strjoinv (", ", (char **)rules) : g_strdup ("");
  g_autofree char *when = mh_words_time (mh_record_int (lock, MH_QC_LOCK_OPENED_AT));
  g_autofree char *head = g_strdup_printf (
      /* Translators: rules such as "1-3s", a time */
      _ ("Rejected by %s (%s): level %d measured %s (z %s). Patients' results are held."), joined,
      when, (int)mh_record_int (lock, MH_QC_LOCK_LEVEL), mh_record_text (lock, MH_QC_LOCK_VALUE),
      mh_record_text (lock, MH_QC_LOCK_Z));
  g_autofree char *tail
      = open ? g_strdup (_ ("Say what was done, then measure the control again."))
             : g_strdup_printf (_ ("%s: %s (%s). Measure the control again."),
                                mh_words_of_code (&mh_qc_lock_type.fields[MH_QC_LOCK_ACTION],
                                                  mh_record_text (lock, MH_QC_LOCK_ACTION)),
                                mh_record_text (lock, MH_QC_LOCK_ACTION_NOTE),
                                mh_record_text (lock, MH_QC_LOCK_ACTION_NAME));
  return g_strdup_printf ("✕ %s\n%s", head, tail);
}

void
mh_qc_pane_show (MhQcPane *pane, MhRecord *row, GListModel *all)
{
  gboolean same
      = row != NULL && pane->row != NULL
        && g_strcmp0 (mh_record_text (row, MH_QC_TARGET_EQUIPMENT), mh_qc_pane_equipment (pane))
               == 0
        && g_strcmp0 (mh_record_text (row, MH_QC_TARGET_ANALYTE), mh_qc_pane_analyte (pane)) == 0;

  g_set_object (&pane->row, row);
  pane->all = all;
  gtk_stack_set_visible_child_name (pane->stack, row != NULL ? "pair" : "nothing");
  if (row == NULL)
    return;

  MhQcStanding standing = mh_qc_board_standing (row);
  GPtrArray *levels = mh_qc_board_levels (row);
  const char *classes[] = { mh_qc_board_style (standing), "heading", NULL };

  mh_pane_changed (MH_PANE (pane));
  gtk_widget_set_css_classes (GTK_WIDGET (pane->standing), classes);

  if (!same)
    {
      g_clear_pointer (&pane->shown, g_ptr_array_unref);
      pane->chosen = NULL;
      g_clear_pointer (&pane->points, g_ptr_array_unref);
      g_clear_pointer (&pane->locks, g_ptr_array_unref);
      qc_pane_draw (pane);
    }

  qc_pane_load (pane);
  mh_box_clear (GTK_WIDGET (pane->figures));
  for (guint i = 0; i < levels->len; i++)
    show_level (pane, g_ptr_array_index (levels, i));
}

/* --- doing --- */

static void
qc_pane_judged_cb (GtkWidget *opener, MhRecord *run, gpointer data)
{
  const char *state = run != NULL ? mh_record_text (run, MH_QC_RUN_STATE) : NULL;
  mh_shell_toast (opener, run == NULL ? _ ("Kept here until the server is back")
                          : g_strcmp0 (state, MH_QC_REJECTED) == 0
                              ? _ ("Rejected: release is locked. Say what was done about it.")
                          : g_strcmp0 (state, MH_QC_WARNING) == 0
                              ? _ ("Accepted with a warning (1-2s)")
                              : _ ("In control"));
  g_signal_emit (opener, signals[SIGNAL_MEASURED], 0);
}

/* What is shown first, then the analyser's other analytes. */
static void
qc_pane_enter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhQcPane *pane = MH_QC_PANE (widget);
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (g_object_unref);
  if (pane->row == NULL || !qc_pane_may (pane, MH_MAY_ENTER_QC))
    return;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < g_list_model_get_n_items (pane->all); i++)
      {
        g_autoptr (MhRecord) row = g_list_model_get_item (pane->all, i);
        GPtrArray *levels = mh_qc_board_levels (row);
        gboolean own
            = g_strcmp0 (mh_record_text (row, MH_QC_TARGET_ANALYTE), mh_qc_pane_analyte (pane))
              == 0;
        if (own != (pass == 0)
            || g_strcmp0 (mh_record_text (row, MH_QC_TARGET_EQUIPMENT), mh_qc_pane_equipment (pane))
                   != 0)
          continue;
        for (guint k = 0; k < levels->len; k++)
          g_ptr_array_add (targets, g_object_ref (g_ptr_array_index (levels, k)));
      }

  mh_qc_run_dialog_show (widget, mh_pane_context (MH_PANE (pane)), mh_qc_pane_equipment (pane),
                         targets, qc_pane_judged_cb, NULL);
}

static void
qc_pane_told_cb (GtkWidget *opener, MhRecord *answer, gpointer data)
{
  g_signal_emit (opener, signals[SIGNAL_MEASURED], 0);
}

static void
qc_pane_act_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhQcPane *pane = MH_QC_PANE (widget);
  MhRecord *lock = pane->row != NULL ? mh_qc_board_lock (pane->row) : NULL;
  if (lock == NULL || !qc_pane_may (pane, MH_MAY_ENTER_QC))
    return;

  g_autoptr (MhRecord) draft = mh_record_new (&mh_qc_action_type);
  const MhEntryWanted wanted = { .title = _ ("Corrective action"),
                                 .save = _ ("_Record"),
                                 .hint = gtk_label_get_text (pane->lock_text),
                                 .route = "qc_action.add",
                                 .id = mh_record_id (lock),
                                 .draft = draft,
                                 .done = qc_pane_told_cb };

  mh_entry_dialog_show (widget, mh_pane_context (MH_PANE (pane)), &wanted);
}

static void
qc_pane_remark (MhQcPane *pane, const char *kind, const char *title, const char *save)
{
  static const char *const with_reason[] = { "reason", "note", NULL };
  static const char *const in_words[] = { "note", NULL };
  if (pane->chosen == NULL)
    return;

  g_autoptr (MhRecord) draft = mh_record_new (&mh_qc_remark_type);
  mh_record_set_text (draft, MH_QC_REMARK_KIND, kind);
  const MhEntryWanted wanted
      = { .title = title,
          .save = save,
          .hint = gtk_label_get_text (pane->point_text),
          .fields = g_str_equal (kind, MH_QC_EXCLUDE) ? with_reason : in_words,
          .route = "qc_remark.add",
          .id = mh_record_id (pane->chosen),
          .draft = draft,
          .done = qc_pane_told_cb };

  mh_entry_dialog_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), &wanted);
}

static void
exclude_cb (MhQcPane *pane)
{
  qc_pane_remark (pane, MH_QC_EXCLUDE, _ ("Exclude a value"), _ ("_Exclude"));
}

static void
include_cb (MhQcPane *pane)
{
  qc_pane_remark (pane, MH_QC_INCLUDE, _ ("Include a value again"), _ ("_Include again"));
}

static void
qc_pane_comment_cb (MhQcPane *pane)
{
  qc_pane_remark (pane, MH_QC_COMMENT, _ ("Comment on a value"), _ ("_Save"));
}

static void
suspects_cb (MhQcPane *pane)
{
  if (pane->locks != NULL && pane->locks->len > 0)
    mh_qc_suspects_dialog_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)),
                                g_ptr_array_index (pane->locks, 0));
}

void
mh_qc_pane_enter (MhQcPane *pane)
{
  qc_pane_enter_action (GTK_WIDGET (pane), NULL, NULL);
}

void
mh_qc_pane_act (MhQcPane *pane)
{
  qc_pane_act_action (GTK_WIDGET (pane), NULL, NULL);
}

static void
month_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhQcPane *pane = MH_QC_PANE (widget);
  const char *args[]
      = { "equipment", mh_qc_pane_equipment (pane), "analyte", mh_qc_pane_analyte (pane), NULL };
  if (pane->row != NULL)
    mh_file_answer_print (MH_PANE (pane), "qc_month.pdf", args, MH_PRINTER_PAGES,
                          _ ("Quality control"));
}

static void
mh_qc_pane_finalize (GObject *object)
{
  MhQcPane *pane = MH_QC_PANE (object);
  g_clear_object (&pane->row);
  g_clear_pointer (&pane->shown, g_ptr_array_unref);
  g_clear_pointer (&pane->points, g_ptr_array_unref);
  g_clear_pointer (&pane->locks, g_ptr_array_unref);
  G_OBJECT_CLASS (mh_qc_pane_parent_class)->finalize (object);
}

/* --- what the template asks --- */

static gboolean
qc_pane_has_lock_cb (MhQcPane *pane)
{
  return pane->row != NULL && mh_qc_board_lock (pane->row) != NULL;
}

static gboolean
qc_pane_has_suspects_cb (MhQcPane *pane)
{
  return pane->locks != NULL && pane->locks->len > 0 && qc_pane_may (pane, MH_MAY_READ_RESULT);
}

static char *
qc_pane_title_cb (MhQcPane *pane)
{
  return pane->row != NULL ? g_strdup_printf (_ ("%s on %s"), mh_qc_pane_analyte (pane),
                                              mh_qc_pane_equipment (pane))
                           : NULL;
}

static char *
qc_pane_standing_cb (MhQcPane *pane)
{
  return pane->row != NULL ? g_strdup (mh_qc_board_words (mh_qc_board_standing (pane->row))) : NULL;
}

static char *
qc_pane_point_text_cb (MhQcPane *pane)
{
  return pane->chosen != NULL
             ? mh_qc_chart_words (pane->chosen, mh_record_text (pane->row, MH_QC_TARGET_UNIT))
             : g_strdup (_ ("Point at a value, or move with the arrow keys."));
}

static gboolean
qc_pane_may_exclude_cb (MhQcPane *pane)
{
  return pane->chosen != NULL && !mh_record_bool (pane->chosen, MH_QC_POINT_EXCLUDED)
         && qc_pane_may (pane, MH_MAY_WRITE_QC);
}

static gboolean
qc_pane_may_include_cb (MhQcPane *pane)
{
  return pane->chosen != NULL && mh_record_bool (pane->chosen, MH_QC_POINT_EXCLUDED)
         && qc_pane_may (pane, MH_MAY_WRITE_QC);
}

static gboolean
qc_pane_may_comment_cb (MhQcPane *pane)
{
  return pane->chosen != NULL && qc_pane_may (pane, MH_MAY_ENTER_QC);
}

static void
mh_qc_pane_class_init (MhQcPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_qc_pane_finalize;
  signals[SIGNAL_MEASURED] = g_signal_new ("measured", MH_TYPE_QC_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MH_TYPE_CHART);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/qc/mh-qc-pane"));

  gtk_widget_class_bind_template_child (widget, MhQcPane, stack);
  gtk_widget_class_bind_template_child (widget, MhQcPane, leave);
  gtk_widget_class_bind_template_child (widget, MhQcPane, standing);
  gtk_widget_class_bind_template_child (widget, MhQcPane, lock_text);
  gtk_widget_class_bind_template_child (widget, MhQcPane, chart);
  gtk_widget_class_bind_template_child (widget, MhQcPane, point_text);
  gtk_widget_class_bind_template_child (widget, MhQcPane, figures);
  gtk_widget_class_bind_template_child (widget, MhQcPane, month);

  gtk_widget_class_bind_template_callback (widget, qc_pane_point_cb);
  gtk_widget_class_bind_template_callback (widget, exclude_cb);
  gtk_widget_class_bind_template_callback (widget, include_cb);
  gtk_widget_class_bind_template_callback (widget, qc_pane_comment_cb);
  gtk_widget_class_bind_template_callback (widget, suspects_cb);
  gtk_widget_class_bind_template_callback (widget, qc_pane_has_lock_cb);
  gtk_widget_class_bind_template_callback (widget, qc_pane_lock_cb);
  gtk_widget_class_bind_template_callback (widget, qc_pane_has_suspects_cb);
  gtk_widget_class_bind_template_callback (widget, qc_pane_title_cb);
  gtk_widget_class_bind_template_callback (widget, qc_pane_standing_cb);
  gtk_widget_class_bind_template_callback (widget, qc_pane_point_text_cb);
  gtk_widget_class_bind_template_callback (widget, qc_pane_may_exclude_cb);
  gtk_widget_class_bind_template_callback (widget, qc_pane_may_include_cb);
  gtk_widget_class_bind_template_callback (widget, qc_pane_may_comment_cb);
  mh_closures_bind (widget);

  gtk_widget_class_install_action (widget, "qc.enter", NULL, qc_pane_enter_action);
  gtk_widget_class_install_action (widget, "qc.act", NULL, qc_pane_act_action);
  gtk_widget_class_install_action (widget, "qc.month", NULL, month_action);
}

static void
mh_qc_pane_init (MhQcPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
