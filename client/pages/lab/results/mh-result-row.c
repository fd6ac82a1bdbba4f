/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-result-row-private.h"

#include "client/compat/mh-compat.h"
#include "client/pages/lab/results/mh-result-second.h"
#include "client/pages/mh-page-tools.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-phrase.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/rules/mh-choice.h"

#include <string.h>

const char *
mh_result_line_text (MhResultLine *line, guint field)
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
  return g_strcmp0 (mh_result_line_text (line, MH_RESULT_ROW_KIND), MH_ANALYTE_KIND_CALCULATED)
         == 0;
}

gboolean
mh_result_line_is_coded (MhResultLine *line)
{
  GPtrArray *choices = mh_record_records (line->row, MH_RESULT_ROW_CHOICES);
  return choices != NULL && choices->len > 0;
}

/* Only a tube in the laboratory gives results; what is verified stays. */
gboolean
mh_result_line_may_edit (MhResultLine *line)
{
  const char *status = mh_result_line_text (line, MH_RESULT_ROW_STATUS);
  return !mh_result_line_is_calculated (line)
         && g_strcmp0 (mh_result_line_text (line, MH_RESULT_ROW_SAMPLE_STATUS),
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
MhRecord *
mh_result_line_chosen (MhResultLine *line)
{
  return mh_choice_find (mh_record_records (line->row, MH_RESULT_ROW_CHOICES),
                         gtk_editable_get_text (GTK_EDITABLE (line->control)));
}

char *
mh_result_line_value (MhResultLine *line)
{
  if (mh_result_line_is_calculated (line))
    return g_strdup (line->calculated != NULL ? line->calculated : "");

  if (mh_result_line_is_coded (line))
    {
      /* What stands for no choice stays as typed, and is complained of. */
      MhRecord *choice = mh_result_line_chosen (line);
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

void
mh_result_line_changed_cb (MhResultLine *line)
{
  if (line->filling)
    return;
  mh_result_line_judge (line);
  line->changed (line, line->data);
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
  else if (mh_result_line_is_coded (line))
    {
      MhRecord *choice = mh_choice_find (choices, value);
      const char *words = choice != NULL  ? mh_record_text (choice, MH_VALUE_CHOICE_TEXT)
                          : value != NULL ? value
                                          : "";
      /* The cursor of somebody who is typing stays where it is. */
      if (choice == NULL || choice != mh_result_line_chosen (line) || !is_typed_in (line))
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
  line->stored = g_strdup (mh_result_line_text (line, MH_RESULT_ROW_VALUE) != NULL
                               ? mh_result_line_text (line, MH_RESULT_ROW_VALUE)
                               : "");
  g_free (line->stored_comment);
  line->stored_comment = g_strdup (mh_result_line_text (line, MH_RESULT_ROW_COMMENT) != NULL
                                       ? mh_result_line_text (line, MH_RESULT_ROW_COMMENT)
                                       : "");

  /* Somebody kept typing while the answer was under way: that stays. */
  if (sent == NULL || g_strcmp0 (typed, sent) == 0)
    result_row_put_value (line, line->stored);
  if (!mh_result_line_is_calculated (line))
    mh_result_line_judge (line);
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

void
mh_result_line_expand_comment_cb (MhResultLine *line)
{
  g_autoptr (GPtrArray) phrases = phrases_of (line);
  g_autofree char *typed = g_strchomp (g_strdup (mh_result_line_comment (line)));
  g_autofree char *full
      = mh_phrase_expand (phrases, mh_result_line_text (line, MH_RESULT_ROW_BENCH), typed);
  if (full == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (line->comment), full);
  gtk_editable_set_position (GTK_EDITABLE (line->comment), -1);
}

/* A point, the code and a blank. */
void
mh_result_line_comment_cb (MhResultLine *line)
{
  const char *typed = mh_result_line_comment (line);
  if (!line->filling && g_str_has_suffix (typed, " ") && strchr (typed, '.') != NULL)
    {
      line->filling = TRUE;
      mh_result_line_expand_comment_cb (line);
      line->filling = FALSE;
    }
  mh_result_line_changed_cb (line);
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
  MhRecord *choice = !mh_result_line_is_calculated (line) && mh_result_line_is_coded (line)
                         ? mh_result_line_chosen (line)
                         : NULL;

  if (choice != NULL
      && g_strcmp0 (mh_record_text (choice, MH_VALUE_CHOICE_TEXT),
                    gtk_editable_get_text (GTK_EDITABLE (line->control)))
             != 0)
    {
      line->filling = TRUE;
      gtk_editable_set_text (GTK_EDITABLE (line->control),
                             mh_record_text (choice, MH_VALUE_CHOICE_TEXT));
      line->filling = FALSE;
      mh_result_line_show_meaning (line);
    }

  return line->entered != NULL && g_strcmp0 (line->entered, value) != 0;
}

void
mh_result_line_type (MhResultLine *line, const char *value)
{
  if (!mh_result_line_may_edit (line))
    return;
  result_row_put_value (line, value);
  mh_result_line_changed_cb (line);
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
  mh_result_line_changed_cb (line);
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
  g_autofree char *wrong = mh_result_line_complaint (line, value, &judgement);
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
  line->name = g_strdup (name != NULL ? name : mh_result_line_text (line, MH_RESULT_ROW_NAME));
  line->stored = g_strdup (mh_result_line_text (line, MH_RESULT_ROW_VALUE) != NULL
                               ? mh_result_line_text (line, MH_RESULT_ROW_VALUE)
                               : "");
  line->stored_comment = g_strdup (mh_result_line_text (line, MH_RESULT_ROW_COMMENT) != NULL
                                       ? mh_result_line_text (line, MH_RESULT_ROW_COMMENT)
                                       : "");
  line->changed = changed;
  line->data = data;
  line->grid = grid;
  line->top = top;
  mh_result_line_make_cells (line);
  result_row_put_value (line, line->stored);
  if (!mh_result_line_is_calculated (line))
    mh_result_line_judge (line);

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
