/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flags and complaints while somebody types, by the rules that the server judges by itself. */
#include "client/pages/lab/results/mh-result-row-private.h"

#include "client/compat/mh-compat.h"
#include "client/pages/lab/results/mh-result-second.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/charts/mh-sparkline.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-result.h"
#include "shared/rules/lab/mh-dilution.h"
#include "shared/rules/lab/mh-measured.h"
#include "shared/rules/mh-choice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A limit of what can be measured, in a sample that was diluted so often. Caller frees. */
static char *
result_row_judge_diluted (MhResultLine *line, guint field, const char *factor)
{
  const char *at = mh_result_line_text (line, field);
  char *whole = at != NULL && factor != NULL ? mh_dilution_apply (at, factor) : NULL;
  return whole != NULL ? whole : g_strdup (at);
}

/* What the server will say, by the rule that it judges by itself. FALSE: the value cannot be taken.
 * @factor: of a dilution, or NULL. */
static gboolean
result_row_judge_by_limits (MhResultLine *line,
                            const char *value,
                            const char *factor,
                            MhJudgement *out_judgement,
                            GError **error)
{
  g_autofree char *measurable_low
      = result_row_judge_diluted (line, MH_RESULT_ROW_REPORTABLE_LOW, factor);
  g_autofree char *measurable_high
      = result_row_judge_diluted (line, MH_RESULT_ROW_REPORTABLE_HIGH, factor);
  MhLimits limits = {
    .plausible = { .low = mh_result_line_text (line, MH_RESULT_ROW_PLAUSIBLE_LOW),
                   .high = mh_result_line_text (line, MH_RESULT_ROW_PLAUSIBLE_HIGH) },
    .reportable = { .low = measurable_low, .high = measurable_high },
    .critical = { mh_result_line_text (line, MH_RESULT_ROW_CRITICAL_LOW),
                  mh_result_line_text (line, MH_RESULT_ROW_CRITICAL_HIGH),
                  mh_record_bool (line->row, MH_RESULT_ROW_CRITICAL_LOW_OPEN),
                  mh_record_bool (line->row, MH_RESULT_ROW_CRITICAL_HIGH_OPEN) },
    .reference = { mh_result_line_text (line, MH_RESULT_ROW_LOW),
                   mh_result_line_text (line, MH_RESULT_ROW_HIGH),
                   mh_record_bool (line->row, MH_RESULT_ROW_LOW_OPEN),
                   mh_record_bool (line->row, MH_RESULT_ROW_HIGH_OPEN) },
  };

  return mh_limits_judge (&limits, value, mh_result_line_is_calculated (line), out_judgement,
                          error);
}

/* The first of them: a long list is behind the entry's button. */
static char *
result_row_judge_choices_text (MhResultLine *line)
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
result_row_judge_flag_of (MhRecord *choice)
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
  char *whole
      = g_strcmp0 (mh_result_line_text (line, MH_RESULT_ROW_KIND), MH_ANALYTE_KIND_NUMERIC) == 0
                && mh_dilution_split (value, &measured, &factor)
            ? mh_dilution_apply (measured, factor)
            : NULL;
  return whole != NULL ? whole : g_steal_pointer (&value);
}

/* What the choice, or the dilution, means in the end; the unit otherwise. */
void
mh_result_line_show_meaning (MhResultLine *line)
{
  const char *unit = mh_result_line_text (line, MH_RESULT_ROW_UNIT);
  const char *measured = mh_result_line_text (line, MH_RESULT_ROW_MEASURED_VALUE);
  const char *factor = mh_result_line_text (line, MH_RESULT_ROW_DILUTION);
  g_autofree char *value = mh_result_line_value (line);
  g_autofree char *words = NULL;

  if (mh_result_line_is_calculated (line))
    return;

  if (mh_result_line_is_coded (line))
    {
      MhRecord *choice = mh_result_line_chosen (line);
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
result_row_judge_implausible_text (MhResultLine *line)
{
  const char *low = mh_result_line_text (line, MH_RESULT_ROW_PLAUSIBLE_LOW);
  const char *high = mh_result_line_text (line, MH_RESULT_ROW_PLAUSIBLE_HIGH);
  return g_strdup_printf (_ ("Not plausible; look again (%s to %s)"), low != NULL ? low : "…",
                          high != NULL ? high : "…");
}

/* "INR 22.07 cannot be (0.3 to 20); check the values it comes from" */
static char *
result_row_judge_beyond_text (MhResultLine *line)
{
  const char *low = mh_result_line_text (line, MH_RESULT_ROW_PLAUSIBLE_LOW);
  const char *high = mh_result_line_text (line, MH_RESULT_ROW_PLAUSIBLE_HIGH);
  return g_strdup_printf (_ ("%s would be %s, outside what is possible (%s to %s): check the "
                             "values it is calculated from"),
                          line->name, line->calculated, low != NULL ? low : "…",
                          high != NULL ? high : "…");
}

/* NULL: fine. Caller frees. *out_judgement: its flag and what is reported, as the server will. */
char *
mh_result_line_complaint (MhResultLine *line, const char *typed, MhJudgement *out_judgement)
{
  g_autofree char *measured = NULL, *factor = NULL;
  g_autofree char *whole
      = mh_dilution_split (typed, &measured, &factor) ? mh_dilution_apply (measured, factor) : NULL;
  const char *value = whole != NULL ? whole : typed;
  const char *kind = mh_result_line_text (line, MH_RESULT_ROW_KIND);
  MhMeasured number;

  *out_judgement = (MhJudgement){ .outcome = MH_RANGE_NONE };
  if (value[0] != 0 && mh_result_line_is_coded (line))
    {
      MhRecord *choice = mh_result_line_chosen (line);
      if (choice == NULL)
        return result_row_judge_choices_text (line);
      out_judgement->flag = result_row_judge_flag_of (choice);
      return NULL;
    }

  if (value[0] == 0
      || (g_strcmp0 (kind, MH_ANALYTE_KIND_NUMERIC) != 0
          && g_strcmp0 (kind, MH_ANALYTE_KIND_CALCULATED) != 0))
    return NULL;
  if (!mh_measured_read (value, &number))
    return g_strdup (strchr (value, ',') != NULL ? _ ("Write the decimal point as “.”")
                                                 : _ ("Write a number such as 13.2"));

  return result_row_judge_by_limits (line, value, whole != NULL ? factor : NULL, out_judgement,
                                     NULL)
             ? NULL
             : result_row_judge_implausible_text (line);
}

static void
result_row_judge_show_flag (MhResultLine *line, const char *flag)
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
result_row_judge_remark_text (MhResultLine *line)
{
  g_autofree char *group = line->row != NULL ? mh_result_second_group (line->row) : NULL;
  const char *parts[]
      = { group, line->doubt, mh_result_line_text (line, MH_RESULT_ROW_DELTA), line->too_old };
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
  g_autofree char *remark = result_row_judge_remark_text (line);
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
  g_autofree char *wrong = mh_result_line_complaint (line, value, &judgement);
  return wrong == NULL;
}

static void
result_row_judge_show_trend (MhResultLine *line)
{
  g_autofree char *result = mh_result_line_result (line);
  mh_result_line_show_meaning (line);
  mh_sparkline_show (MH_SPARKLINE (line->cells[TREND]),
                     mh_record_list (line->row, MH_RESULT_ROW_TREND), result,
                     mh_result_line_text (line, MH_RESULT_ROW_LOW),
                     mh_result_line_text (line, MH_RESULT_ROW_HIGH));
}

void
mh_result_line_judge (MhResultLine *line)
{
  MhJudgement judgement;
  g_autofree char *value = mh_result_line_value (line);
  g_autofree char *wrong = mh_result_line_complaint (line, value, &judgement);
  mh_result_line_complain (line, wrong);
  result_row_judge_show_flag (line, g_strcmp0 (value, line->stored) == 0
                                        ? mh_result_line_text (line, MH_RESULT_ROW_FLAG)
                                        : judgement.flag);
  result_row_judge_show_trend (line);
}

void
mh_result_line_set_calculated (MhResultLine *line, const char *value)
{
  MhJudgement judgement;
  const char *shown = value != NULL ? value : "–";
  g_free (line->calculated);
  line->calculated = g_strdup (value);
  g_autofree char *wrong = mh_result_line_complaint (line, value != NULL ? value : "", &judgement);
  gtk_label_set_text (GTK_LABEL (line->control),
                      judgement.reported[0] != 0 ? judgement.reported : shown);
  result_row_judge_show_flag (line, wrong == NULL ? judgement.flag : NULL);
  /* Not a slip that could be mended here: one of the values it is made from may be. */
  mh_result_line_set_doubt (line, judgement.beyond ? result_row_judge_beyond_text (line) : NULL);
  result_row_judge_show_trend (line);
}
