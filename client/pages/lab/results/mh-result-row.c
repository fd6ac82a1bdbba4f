/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-result-row.h"

#include "client/compat/mh-compat.h"
#include "client/pages/lab/results/mh-result-second.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/charts/mh-sparkline.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-phrase.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/rules/lab/mh-dilution.h"
#include "shared/rules/lab/mh-measured.h"
#include "shared/rules/lab/mh-range.h"
#include "shared/rules/mh-choice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Where the cells of a line stand; @wide: all in one row, @narrow: in three, for a phone. */
enum
{
  NAME,
  VALUE,
  UNIT,
  FLAG,
  RANGE,
  PREVIOUS,
  TREND,
  COMMENT,
  PROBLEM,
  N_CELLS
};
typedef struct
{
  int column, row, span;
} Place;
static const struct
{
  Place wide, narrow;
} places[N_CELLS] = {
  [NAME] = { { 0, 0, 1 }, { 0, 0, 2 } },    [VALUE] = { { 1, 0, 1 }, { 0, 1, 1 } },
  [UNIT] = { { 2, 0, 1 }, { 1, 1, 1 } },    [FLAG] = { { 3, 0, 1 }, { 2, 1, 2 } },
  [RANGE] = { { 4, 0, 1 }, { 2, 0, 2 } },   [PREVIOUS] = { { 5, 0, 1 }, { 2, 2, 1 } },
  [TREND] = { { 6, 0, 1 }, { 3, 2, 1 } },   [COMMENT] = { { 7, 0, 1 }, { 0, 2, 2 } },
  [PROBLEM] = { { 0, 1, 8 }, { 0, 3, 4 } },
};
G_STATIC_ASSERT (MH_RESULT_LINE_COLUMNS == 8 && MH_RESULT_LINE_ROWS == 4);

struct _MhResultLine
{
  MhRecord *row;
  GtkGrid *grid;
  int top;
  GtkWidget *cells[N_CELLS];
  GtkWidget *control, *flag, *problem, *comment, *unit; /* of the cells */
  GListModel *phrases;                                  /* for the comment, or NULL */
  char *name;
  char *stored; /* the value the server has */
  char *stored_comment;
  char *calculated;
  char *doubt;   /* to be looked at, NULL: nothing */
  char *too_old; /* the sample, NULL: it is not */
  char *entered; /* the value when the focus came */
  MhResultLineChanged changed;
  gpointer data;
  gboolean filling;
  gboolean complained; /* what stands below it is wrong, not only to be looked at */
};

static const char *
result_row_text (MhResultLine *line, guint field)
{
  return mh_record_text (line->row, field);
}

MhRecord *
mh_result_line_row (MhResultLine *line)
{
  return line->row;
}

gboolean
mh_result_line_is_calculated (MhResultLine *line)
{
  return g_strcmp0 (result_row_text (line, MH_RESULT_ROW_KIND), MH_ANALYTE_KIND_CALCULATED) == 0;
}

static gboolean
is_coded (MhResultLine *line)
{
  GPtrArray *choices = mh_record_records (line->row, MH_RESULT_ROW_CHOICES);
  return choices != NULL && choices->len > 0;
}

/* Only a tube in the laboratory gives results; what is verified stays. */
gboolean
mh_result_line_may_edit (MhResultLine *line)
{
  const char *status = result_row_text (line, MH_RESULT_ROW_STATUS);
  return !mh_result_line_is_calculated (line)
         && g_strcmp0 (result_row_text (line, MH_RESULT_ROW_SAMPLE_STATUS),
                       MH_SAMPLE_STATUS_RECEIVED)
                == 0
         && g_strcmp0 (status, MH_RESULT_STATUS_VERIFIED) != 0
         && g_strcmp0 (status, MH_RESULT_STATUS_CORRECTED) != 0;
}

GtkWidget *
mh_result_line_control (MhResultLine *line)
{
  return mh_result_line_may_edit (line) ? line->control : NULL;
}

/* NULL: nothing, or nothing that there is. */
static MhRecord *
result_row_chosen (MhResultLine *line)
{
  return mh_choice_find (mh_record_records (line->row, MH_RESULT_ROW_CHOICES),
                         gtk_editable_get_text (GTK_EDITABLE (line->control)));
}

char *
mh_result_line_value (MhResultLine *line)
{
  if (mh_result_line_is_calculated (line))
    return g_strdup (line->calculated != NULL ? line->calculated : "");

  if (is_coded (line))
    {
      /* What stands for no choice stays as typed, and is complained of. */
      MhRecord *choice = result_row_chosen (line);
      if (choice != NULL)
        return g_strdup (mh_record_text (choice, MH_VALUE_CHOICE_CODE));
    }

  g_autofree char *ascii
      = mh_text_ascii_digits (gtk_editable_get_text (GTK_EDITABLE (line->control)));
  return g_strstrip (g_strdup (ascii));
}

const char *
mh_result_line_comment (MhResultLine *line)
{
  return line->comment != NULL ? gtk_editable_get_text (GTK_EDITABLE (line->comment)) : "";
}

gboolean
mh_result_line_is_dirty (MhResultLine *line)
{
  g_autofree char *value = mh_result_line_value (line);
  if (!mh_result_line_may_edit (line))
    return FALSE;
  return g_strcmp0 (value, line->stored) != 0
         || g_strcmp0 (mh_result_line_comment (line), line->stored_comment) != 0;
}

/* --- flags and complaints while typing --- */

/* A limit of what can be measured, in a sample that was diluted so often. Caller frees. */
static char *
diluted (MhResultLine *line, guint field, const char *factor)
{
  const char *at = result_row_text (line, field);
  char *whole = at != NULL && factor != NULL ? mh_dilution_apply (at, factor) : NULL;
  return whole != NULL ? whole : g_strdup (at);
}

/* What the server will say, by the rule that it judges by itself. FALSE: the value cannot be taken.
 * @factor: of a dilution, or NULL. */
static gboolean
judge_by_limits (MhResultLine *line,
                 const char *value,
                 const char *factor,
                 MhJudgement *out_judgement,
                 GError **error)
{
  g_autofree char *measurable_low = diluted (line, MH_RESULT_ROW_REPORTABLE_LOW, factor);
  g_autofree char *measurable_high = diluted (line, MH_RESULT_ROW_REPORTABLE_HIGH, factor);
  MhLimits limits = {
    .plausible = { .low = result_row_text (line, MH_RESULT_ROW_PLAUSIBLE_LOW),
                   .high = result_row_text (line, MH_RESULT_ROW_PLAUSIBLE_HIGH) },
    .reportable = { .low = measurable_low, .high = measurable_high },
    .critical = { result_row_text (line, MH_RESULT_ROW_CRITICAL_LOW),
                  result_row_text (line, MH_RESULT_ROW_CRITICAL_HIGH),
                  mh_record_bool (line->row, MH_RESULT_ROW_CRITICAL_LOW_OPEN),
                  mh_record_bool (line->row, MH_RESULT_ROW_CRITICAL_HIGH_OPEN) },
    .reference
    = { result_row_text (line, MH_RESULT_ROW_LOW), result_row_text (line, MH_RESULT_ROW_HIGH),
        mh_record_bool (line->row, MH_RESULT_ROW_LOW_OPEN),
        mh_record_bool (line->row, MH_RESULT_ROW_HIGH_OPEN) },
  };

  return mh_limits_judge (&limits, value, mh_result_line_is_calculated (line), out_judgement,
                          error);
}

/* The first of them: a long list is behind the entry's button. */
static char *
result_row_choices_text (MhResultLine *line)
{
  GPtrArray *choices = mh_record_records (line->row, MH_RESULT_ROW_CHOICES);
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint i = 0; i < MIN (choices->len, 6); i++)
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "",
                            mh_record_text (g_ptr_array_index (choices, i), MH_VALUE_CHOICE_TEXT));
  return g_strdup_printf (_ ("Choose one of: %s%s"), words->str, choices->len > 6 ? ", …" : "");
}

/* As one of the codes that last as long as the program. */
static const char *
flag_of (MhRecord *choice)
{
  const char *flag = mh_record_text (choice, MH_VALUE_CHOICE_FLAG);
  for (const MhCode *code = mh_result_flag_codes; code->code != NULL; code++)
    if (g_strcmp0 (code->code, flag) == 0)
      return code->code;
  return NULL;
}

char *
mh_result_line_result (MhResultLine *line)
{
  g_autofree char *value = mh_result_line_value (line);
  g_autofree char *measured = NULL, *factor = NULL;
  char *whole = g_strcmp0 (result_row_text (line, MH_RESULT_ROW_KIND), MH_ANALYTE_KIND_NUMERIC) == 0
                        && mh_dilution_split (value, &measured, &factor)
                    ? mh_dilution_apply (measured, factor)
                    : NULL;
  return whole != NULL ? whole : g_steal_pointer (&value);
}

/* What the choice, or the dilution, means in the end; the unit otherwise. */
static void
show_meaning (MhResultLine *line)
{
  const char *unit = result_row_text (line, MH_RESULT_ROW_UNIT);
  const char *measured = result_row_text (line, MH_RESULT_ROW_MEASURED_VALUE);
  const char *factor = result_row_text (line, MH_RESULT_ROW_DILUTION);
  g_autofree char *value = mh_result_line_value (line);
  g_autofree char *words = NULL;

  if (mh_result_line_is_calculated (line))
    return;

  if (is_coded (line))
    {
      MhRecord *choice = result_row_chosen (line);
      const char *full = choice != NULL ? mh_record_text (choice, MH_VALUE_CHOICE_TEXT) : NULL;
      gtk_widget_set_tooltip_text (line->control, full); /* may be longer than the entry */
      if (g_strcmp0 (full, gtk_editable_get_text (GTK_EDITABLE (line->control))) != 0)
        words = g_strdup (full);
    }
  else
    {
      g_autofree char *result = mh_result_line_result (line);
      if (!g_str_equal (result, value))
        words = g_strdup_printf ("%s %s", result, unit != NULL ? unit : "");
      else if (measured != NULL && factor != NULL && g_strcmp0 (value, line->stored) == 0)
        words = g_strdup_printf ("%s (%s × %s)", unit != NULL ? unit : "", measured, factor);
    }

  g_autofree char *shown = mh_words_figures (words != NULL ? words : unit);
  gtk_label_set_text (GTK_LABEL (line->unit), shown != NULL ? shown : "");
}

/* "Not plausible; look again (1 to 25)" */
static char *
implausible_text (MhResultLine *line)
{
  const char *low = result_row_text (line, MH_RESULT_ROW_PLAUSIBLE_LOW);
  const char *high = result_row_text (line, MH_RESULT_ROW_PLAUSIBLE_HIGH);
  return g_strdup_printf (_ ("Not plausible; look again (%s to %s)"), low != NULL ? low : "…",
                          high != NULL ? high : "…");
}

/* "INR 22.07 cannot be (0.3 to 20); check the values it comes from" */
static char *
beyond_text (MhResultLine *line)
{
  const char *low = result_row_text (line, MH_RESULT_ROW_PLAUSIBLE_LOW);
  const char *high = result_row_text (line, MH_RESULT_ROW_PLAUSIBLE_HIGH);
  return g_strdup_printf (_ ("%s would be %s, outside what is possible (%s to %s): check the "
                             "values it is calculated from"),
                          line->name, line->calculated, low != NULL ? low : "…",
                          high != NULL ? high : "…");
}

/* NULL: fine. Caller frees. *out_judgement: its flag and what is reported, as the server will. */
static char *
result_row_complaint (MhResultLine *line, const char *typed, MhJudgement *out_judgement)
{
  g_autofree char *measured = NULL, *factor = NULL;
  g_autofree char *whole
      = mh_dilution_split (typed, &measured, &factor) ? mh_dilution_apply (measured, factor) : NULL;
  const char *value = whole != NULL ? whole : typed;
  const char *kind = result_row_text (line, MH_RESULT_ROW_KIND);
  MhMeasured number;

  *out_judgement = (MhJudgement){ .outcome = MH_RANGE_NONE };
  if (value[0] != 0 && is_coded (line))
    {
      MhRecord *choice = result_row_chosen (line);
      if (choice == NULL)
        return result_row_choices_text (line);
      out_judgement->flag = flag_of (choice);
      return NULL;
    }

  if (value[0] == 0
      || (g_strcmp0 (kind, MH_ANALYTE_KIND_NUMERIC) != 0
          && g_strcmp0 (kind, MH_ANALYTE_KIND_CALCULATED) != 0))
    return NULL;
  if (!mh_measured_read (value, &number))
    return g_strdup (strchr (value, ',') != NULL ? _ ("Write the decimal point as “.”")
                                                 : _ ("Write a number such as 13.2"));

  return judge_by_limits (line, value, whole != NULL ? factor : NULL, out_judgement, NULL)
             ? NULL
             : implausible_text (line);
}

static void
show_flag (MhResultLine *line, const char *flag)
{
  static const char *const styles[] = { "mh-low", "mh-high", "mh-critical", "mh-abnormal" };
  const char *style = mh_flag_style (flag);
  mh_flag_set (line->flag, flag);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (line->control, styles[i]);
  if (style != NULL)
    gtk_widget_add_css_class (line->control, style);
}

void
mh_result_line_set_doubt (MhResultLine *line, char *doubt)
{
  g_autofree char *gone = line->doubt;
  line->doubt = doubt;
  if (g_strcmp0 (gone, doubt) != 0 && !line->complained)
    mh_result_line_complain (line, NULL);
}

void
mh_result_line_set_too_old (MhResultLine *line, char *too_old)
{
  g_autofree char *gone = line->too_old;
  line->too_old = too_old;
  if (g_strcmp0 (gone, too_old) != 0 && !line->complained)
    mh_result_line_complain (line, NULL);
}

/* What is to be looked at, not wrong: what does not fit the other values, or those before. */
static char *
result_row_remark_text (MhResultLine *line)
{
  g_autofree char *group = line->row != NULL ? mh_result_second_group (line->row) : NULL;
  const char *parts[]
      = { group, line->doubt, result_row_text (line, MH_RESULT_ROW_DELTA), line->too_old };
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && (group == NULL || (i != 1 && i != 2)))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/* A complaint, or else a remark. */
void
mh_result_line_complain (MhResultLine *line, const char *message)
{
  g_autofree char *remark = result_row_remark_text (line);
  line->complained = message != NULL;
  const char *shown = message != NULL ? message : remark;
  gtk_label_set_text (GTK_LABEL (line->problem), shown != NULL ? shown : "");
  gtk_widget_set_visible (line->problem, shown != NULL);
  gtk_widget_remove_css_class (line->problem, message != NULL ? "mh-warm" : "error");
  gtk_widget_add_css_class (line->problem, message != NULL ? "error" : "mh-warm");
  if (message != NULL)
    gtk_widget_add_css_class (line->control, "error");
  else
    gtk_widget_remove_css_class (line->control, "error");
}

gboolean
mh_result_line_is_valid (MhResultLine *line)
{
  MhJudgement judgement;
  g_autofree char *value = mh_result_line_value (line);
  g_autofree char *wrong = result_row_complaint (line, value, &judgement);
  return wrong == NULL;
}

static void
show_trend (MhResultLine *line)
{
  g_autofree char *result = mh_result_line_result (line);
  show_meaning (line);
  mh_sparkline_show (
      MH_SPARKLINE (line->cells[TREND]), mh_record_list (line->row, MH_RESULT_ROW_TREND), result,
      result_row_text (line, MH_RESULT_ROW_LOW), result_row_text (line, MH_RESULT_ROW_HIGH));
}

static void
result_row_judge (MhResultLine *line)
{
  MhJudgement judgement;
  g_autofree char *value = mh_result_line_value (line);
  g_autofree char *wrong = result_row_complaint (line, value, &judgement);
  mh_result_line_complain (line, wrong);
  show_flag (line, g_strcmp0 (value, line->stored) == 0 ? result_row_text (line, MH_RESULT_ROW_FLAG)
                                                        : judgement.flag);
  show_trend (line);
}

static void
result_row_changed_cb (MhResultLine *line)
{
  if (line->filling)
    return;
  result_row_judge (line);
  line->changed (line, line->data);
}

void
mh_result_line_set_calculated (MhResultLine *line, const char *value)
{
  MhJudgement judgement;
  const char *shown = value != NULL ? value : "–";
  g_free (line->calculated);
  line->calculated = g_strdup (value);
  g_autofree char *wrong = result_row_complaint (line, value != NULL ? value : "", &judgement);
  gtk_label_set_text (GTK_LABEL (line->control),
                      judgement.reported[0] != 0 ? judgement.reported : shown);
  show_flag (line, wrong == NULL ? judgement.flag : NULL);
  /* Not a slip that could be mended here: one of the values it is made from may be. */
  mh_result_line_set_doubt (line, judgement.beyond ? beyond_text (line) : NULL);
  show_trend (line);
}

/* --- from the server --- */

static gboolean
is_typed_in (MhResultLine *line)
{
  return (gtk_widget_get_state_flags (line->control) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
result_row_put_value (MhResultLine *line, const char *value)
{
  GPtrArray *choices = mh_record_records (line->row, MH_RESULT_ROW_CHOICES);
  line->filling = TRUE;
  if (mh_result_line_is_calculated (line))
    mh_result_line_set_calculated (line, value);
  else if (is_coded (line))
    {
      MhRecord *choice = mh_choice_find (choices, value);
      const char *words = choice != NULL  ? mh_record_text (choice, MH_VALUE_CHOICE_TEXT)
                          : value != NULL ? value
                                          : "";
      /* The cursor of somebody who is typing stays where it is. */
      if (choice == NULL || choice != result_row_chosen (line) || !is_typed_in (line))
        gtk_editable_set_text (GTK_EDITABLE (line->control), words);
    }
  else if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (line->control)), value) != 0)
    gtk_editable_set_text (GTK_EDITABLE (line->control), value != NULL ? value : "");

  line->filling = FALSE;
}

void
mh_result_line_confirm (MhResultLine *line, MhRecord *row, const char *sent)
{
  g_autofree char *typed = mh_result_line_value (line);
  g_set_object (&line->row, row);
  g_free (line->stored);
  line->stored = g_strdup (result_row_text (line, MH_RESULT_ROW_VALUE) != NULL
                               ? result_row_text (line, MH_RESULT_ROW_VALUE)
                               : "");
  g_free (line->stored_comment);
  line->stored_comment = g_strdup (result_row_text (line, MH_RESULT_ROW_COMMENT) != NULL
                                       ? result_row_text (line, MH_RESULT_ROW_COMMENT)
                                       : "");

  /* Somebody kept typing while the answer was under way: that stays. */
  if (sent == NULL || g_strcmp0 (typed, sent) == 0)
    result_row_put_value (line, line->stored);
  if (!mh_result_line_is_calculated (line))
    result_row_judge (line);
  if (!mh_result_line_is_calculated (line))
    gtk_editable_set_editable (GTK_EDITABLE (line->control), mh_result_line_may_edit (line));

  /* the first determination has come: now there is something to confirm */
  if (mh_result_second_is (line->row) && mh_result_line_may_edit (line))
    mh_sensitive_set (line->control, TRUE);
}

static GPtrArray *
phrases_of (MhResultLine *line)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; line->phrases != NULL && i < g_list_model_get_n_items (line->phrases); i++)
    g_ptr_array_add (all, g_list_model_get_item (line->phrases, i));
  return all;
}

static void
expand_comment_cb (MhResultLine *line)
{
  g_autoptr (GPtrArray) phrases = phrases_of (line);
  g_autofree char *typed = g_strchomp (g_strdup (mh_result_line_comment (line)));
  g_autofree char *full
      = mh_phrase_expand (phrases, result_row_text (line, MH_RESULT_ROW_BENCH), typed);
  if (full == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (line->comment), full);
  gtk_editable_set_position (GTK_EDITABLE (line->comment), -1);
}

/* A point, the code and a blank. */
static void
result_row_comment_cb (MhResultLine *line)
{
  const char *typed = mh_result_line_comment (line);
  if (!line->filling && g_str_has_suffix (typed, " ") && strchr (typed, '.') != NULL)
    {
      line->filling = TRUE;
      expand_comment_cb (line);
      line->filling = FALSE;
    }
  result_row_changed_cb (line);
}

void
mh_result_line_set_phrases (MhResultLine *line, GListModel *phrases)
{
  g_set_object (&line->phrases, phrases);
}

gboolean
mh_result_line_settle (MhResultLine *line)
{
  g_autofree char *value = mh_result_line_value (line);
  MhRecord *choice
      = !mh_result_line_is_calculated (line) && is_coded (line) ? result_row_chosen (line) : NULL;

  if (choice != NULL
      && g_strcmp0 (mh_record_text (choice, MH_VALUE_CHOICE_TEXT),
                    gtk_editable_get_text (GTK_EDITABLE (line->control)))
             != 0)
    {
      line->filling = TRUE;
      gtk_editable_set_text (GTK_EDITABLE (line->control),
                             mh_record_text (choice, MH_VALUE_CHOICE_TEXT));
      line->filling = FALSE;
      show_meaning (line);
    }

  return line->entered != NULL && g_strcmp0 (line->entered, value) != 0;
}

void
mh_result_line_type (MhResultLine *line, const char *value)
{
  if (!mh_result_line_may_edit (line))
    return;
  result_row_put_value (line, value);
  result_row_changed_cb (line);
}

const char *
mh_result_line_entered (MhResultLine *line)
{
  return line->entered;
}

char *
mh_result_line_normal (MhResultLine *line)
{
  g_autofree char *value = mh_result_line_value (line);
  MhRecord *normal = value[0] == 0 && mh_result_line_may_edit (line)
                         ? mh_choice_normal (mh_record_records (line->row, MH_RESULT_ROW_CHOICES))
                         : NULL;
  return normal != NULL ? g_strdup (mh_record_text (normal, MH_VALUE_CHOICE_CODE)) : NULL;
}

void
mh_result_line_put_comment (MhResultLine *line, const char *comment)
{
  if (line->comment != NULL && mh_result_line_may_edit (line)
      && g_strcmp0 (comment, mh_result_line_comment (line)) != 0)
    gtk_editable_set_text (GTK_EDITABLE (line->comment), comment != NULL ? comment : "");
}

void
mh_result_line_enter (MhResultLine *line)
{
  g_free (line->entered);
  line->entered = mh_result_line_value (line);
}

void
mh_result_line_restore (MhResultLine *line)
{
  if (mh_result_line_is_calculated (line))
    return;
  result_row_put_value (line, line->entered != NULL ? line->entered : line->stored);
  result_row_changed_cb (line);
}

void
mh_result_line_kept (MhResultLine *line, const char *value)
{
  g_free (line->stored);
  line->stored = g_strdup (value != NULL ? value : "");
  g_free (line->stored_comment);
  line->stored_comment = g_strdup (mh_result_line_comment (line));
}

MhRecord *
mh_result_line_now (MhResultLine *line)
{
  MhRecord *now = mh_record_copy (line->row);
  MhJudgement judgement;
  g_autofree char *value = mh_result_line_value (line);
  g_autofree char *wrong = result_row_complaint (line, value, &judgement);
  const char *flag = judgement.flag;
  GPtrArray *choices = mh_record_records (line->row, MH_RESULT_ROW_CHOICES);
  gboolean shown = value[0] != 0 && wrong == NULL;

  mh_record_set_text (now, MH_RESULT_ROW_COMMENT,
                      *mh_result_line_comment (line) != 0 ? mh_result_line_comment (line) : NULL);
  if (g_strcmp0 (value, line->stored) == 0 && !mh_result_line_is_calculated (line))
    return now;

  mh_record_set_text (now, MH_RESULT_ROW_VALUE, shown ? value : NULL);
  mh_record_unset (now, MH_RESULT_ROW_VALUE_TEXT);
  if (shown && judgement.reported[0] != 0)
    mh_record_set_text (now, MH_RESULT_ROW_VALUE_TEXT, judgement.reported);
  for (guint i = 0; choices != NULL && i < choices->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (choices, i), MH_VALUE_CHOICE_CODE), value)
        == 0)
      mh_record_set_text (now, MH_RESULT_ROW_VALUE_TEXT,
                          mh_record_text (g_ptr_array_index (choices, i), MH_VALUE_CHOICE_TEXT));

  mh_record_set_text (now, MH_RESULT_ROW_FLAG, shown ? flag : NULL);
  mh_record_set_bool (now, MH_RESULT_ROW_CRITICAL,
                      g_strcmp0 (flag, MH_FLAG_LL) == 0 || g_strcmp0 (flag, MH_FLAG_HH) == 0);

  return now;
}

/* --- making it --- */

/* --- all choices --- */

static void
pick_cb (GtkButton *button, gpointer data)
{
  MhResultLine *line = data;
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);
  MhRecord *choice = g_object_get_data (G_OBJECT (button), "choice");
  gtk_editable_set_text (GTK_EDITABLE (line->control),
                         mh_record_text (choice, MH_VALUE_CHOICE_TEXT));
  gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_grab_focus (line->control);
}

/* Not in the middle of its own signal. */
static gboolean
unparent_cb (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

void
mh_result_line_offer (MhResultLine *line)
{
  GPtrArray *choices = mh_record_records (line->row, MH_RESULT_ROW_CHOICES);
  GtkWidget *popover = gtk_popover_new (), *box = mh_vbox (0), *scrolled = mh_scrolled (box);
  if (!is_coded (line) || !mh_result_line_may_edit (line))
    {
      g_object_ref_sink (popover);
      g_object_unref (popover);
      g_object_ref_sink (scrolled);
      g_object_unref (scrolled);
      return;
    }

  for (guint i = 0; i < choices->len; i++)
    {
      MhRecord *choice = g_ptr_array_index (choices, i);
      GtkWidget *button = gtk_button_new_with_label (mh_record_text (choice, MH_VALUE_CHOICE_TEXT));
      gtk_widget_add_css_class (button, "flat");
      gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
      g_object_set_data_full (G_OBJECT (button), "choice", g_object_ref (choice), g_object_unref);
      g_signal_connect (button, "clicked", G_CALLBACK (pick_cb), line);
      mh_box_append (box, button);
    }

  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_widget_set_size_request (scrolled, 220, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  gtk_widget_set_parent (popover, line->control);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* --- the cells --- */

static GtkWidget *
make_control (MhResultLine *line)
{
  g_autofree char *name = g_strdup_printf (_ ("%s, value"), line->name);
  GtkWidget *control;
  if (mh_result_line_is_calculated (line))
    {
      control = mh_label ("–", "numeric");
      gtk_label_set_xalign (GTK_LABEL (control), 1);
      mh_tooltip_set (control, result_row_text (line, MH_RESULT_ROW_FORMULA));
      return control;
    }

  control = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (control), 8);
  if (is_coded (line))
    {
      g_object_set (control, "secondary-icon-name", "pan-down-symbolic",
                    "secondary-icon-tooltip-text", _ ("All choices (Alt+Down)"), NULL);
      g_signal_connect_swapped (control, "icon-press", G_CALLBACK (mh_result_line_offer), line);
      gtk_editable_set_width_chars (GTK_EDITABLE (control), 13);
    }
  else
    {
      gtk_editable_set_alignment (GTK_EDITABLE (control), 1);
      gtk_widget_add_css_class (control, "numeric");
    }

  g_signal_connect_swapped (control, "changed", G_CALLBACK (result_row_changed_cb), line);
  mh_accessible_name (control, name);
  mh_sensitive_set (control, mh_result_line_may_edit (line));

  return control;
}

/* "13.2 · 5 Nov 2026" */
static char *
result_row_previous_text (MhResultLine *line)
{
  const char *value = result_row_text (line, MH_RESULT_ROW_PREVIOUS_VALUE);
  if (value == NULL || !mh_record_has (line->row, MH_RESULT_ROW_PREVIOUS_AT))
    return g_strdup (value);
  g_autofree char *date = mh_when_day (mh_record_int (line->row, MH_RESULT_ROW_PREVIOUS_AT));
  return g_strdup_printf ("%s · %s", value, date);
}

static GtkWidget *
make_comment (MhResultLine *line)
{
  g_autofree char *name = g_strdup_printf (_ ("%s, comment"), line->name);
  line->comment = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (line->comment), 10);
  gtk_widget_set_hexpand (line->comment, TRUE);
  g_object_set (line->comment, "placeholder-text", _ ("Comment"), NULL);
  mh_accessible_name (line->comment, name);
  gtk_widget_add_css_class (line->comment, "flat");
  mh_sensitive_set (line->comment, mh_result_line_may_edit (line));
  gtk_widget_set_visible (line->comment, !mh_result_second_is (line->row));
  gtk_editable_set_text (GTK_EDITABLE (line->comment), line->stored_comment);
  g_signal_connect_swapped (line->comment, "changed", G_CALLBACK (result_row_comment_cb), line);
  g_signal_connect_swapped (line->comment, "activate", G_CALLBACK (expand_comment_cb), line);
  return line->comment;
}

/* Columns of figures stay on one line; the name is what may wrap. */
static GtkWidget *
short_label (const char *words)
{
  g_autofree char *shown = mh_words_figures (words);
  GtkWidget *label = mh_label (shown, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  return label;
}

static void
make_cells (MhResultLine *line)
{
  const char *range = result_row_text (line, MH_RESULT_ROW_RANGE_TEXT);
  const char *unverified = mh_record_bool (line->row, MH_RESULT_ROW_RANGE_VERIFIED) ? "" : " †";
  g_autofree char *range_text
      = range != NULL ? g_strconcat (range, unverified, NULL) : g_strdup (_ ("no range"));
  g_autofree char *previous = result_row_previous_text (line);

  line->cells[NAME] = mh_label (line->name, NULL);
  line->cells[VALUE] = line->control = make_control (line);
  line->cells[UNIT] = line->unit = short_label (result_row_text (line, MH_RESULT_ROW_UNIT));
  line->cells[FLAG] = line->flag = mh_flag_new (NULL);
  line->cells[RANGE] = short_label (range_text);
  line->cells[PREVIOUS] = short_label (previous);
  line->cells[TREND] = mh_sparkline_new ();
  line->cells[COMMENT] = make_comment (line);
  line->cells[PROBLEM] = line->problem = mh_label ("", "error");
  gtk_widget_set_visible (line->problem, FALSE);
  gtk_widget_set_size_request (line->cells[NAME], 140, -1);

  /* Wide enough for every flag: the columns must not move while one types. */
  gtk_label_set_width_chars (GTK_LABEL (line->flag), 11);
  gtk_label_set_xalign (GTK_LABEL (line->flag), 0);

  for (guint i = 0; i < N_CELLS; i++)
    {
      const Place *place = &places[i].wide;
      g_object_ref (line->cells[i]);
      gtk_grid_attach (line->grid, line->cells[i], place->column, line->top + place->row,
                       place->span, 1);
    }
}

void
mh_result_line_set_narrow (MhResultLine *line, gboolean narrow)
{
  if (is_coded (line) && !mh_result_line_is_calculated (line))
    gtk_editable_set_width_chars (GTK_EDITABLE (line->control), narrow ? 8 : 13);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (line->grid));
  for (guint i = 0; i < N_CELLS; i++)
    {
      const Place *place = narrow ? &places[i].narrow : &places[i].wide;
      GtkLayoutChild *child = gtk_layout_manager_get_layout_child (layout, line->cells[i]);
      g_object_set (child, "column", place->column, "row", line->top + place->row, "column-span",
                    place->span, NULL);
    }
}

MhResultLine *
mh_result_line_new (MhRecord *row,
                    const char *name,
                    GtkGrid *grid,
                    int top,
                    MhResultLineChanged changed,
                    gpointer data)
{
  MhResultLine *line = g_new0 (MhResultLine, 1);
  line->row = g_object_ref (row);
  line->name = g_strdup (name != NULL ? name : result_row_text (line, MH_RESULT_ROW_NAME));
  line->stored = g_strdup (result_row_text (line, MH_RESULT_ROW_VALUE) != NULL
                               ? result_row_text (line, MH_RESULT_ROW_VALUE)
                               : "");
  line->stored_comment = g_strdup (result_row_text (line, MH_RESULT_ROW_COMMENT) != NULL
                                       ? result_row_text (line, MH_RESULT_ROW_COMMENT)
                                       : "");
  line->changed = changed;
  line->data = data;
  line->grid = grid;
  line->top = top;
  make_cells (line);
  result_row_put_value (line, line->stored);
  if (!mh_result_line_is_calculated (line))
    result_row_judge (line);

  return line;
}

void
mh_result_line_free (MhResultLine *line)
{
  g_signal_handlers_disconnect_by_data (line->control, line);
  g_signal_handlers_disconnect_by_data (line->comment, line);
  for (guint i = 0; i < N_CELLS; i++)
    g_object_unref (line->cells[i]);
  g_clear_object (&line->phrases);
  g_object_unref (line->row);
  g_free (line->name);
  g_free (line->stored);
  g_free (line->stored_comment);
  g_free (line->calculated);
  g_free (line->doubt);
  g_free (line->too_old);
  g_free (line->entered);
  g_free (line);
}
