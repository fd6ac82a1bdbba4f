/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/forms/mh-draft-pane.h"

#include <stdio.h>

#include "client/compat/mh-compat.h"
#include "client/pages/clinic/nursing/mh-form-view.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "shared/rules/clinic/mh-form-draft.h"

#include <glib/gi18n-lib.h>

struct _MhDraftPane
{
  MhPane parent_instance;
  GPtrArray *rows; /* of MhDraftRow */
  gboolean filling;
  GtkStack *parts;
  GtkListBox *list;
  GtkBox *detail, *trial;
  GtkLabel *made;
  GtkDropDown *answer;
  GtkCheckButton *required;
  GtkWidget *answer_row, *up, *down, *away;
  GtkWidget *boxes[MH_DRAFT_N_TEXTS], *inputs[MH_DRAFT_N_TEXTS];
};

G_DEFINE_FINAL_TYPE (MhDraftPane, mh_draft_pane, MH_TYPE_PANE)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

#define FOR(kind) (1 << (kind))
#define ANY (FOR (MH_DRAFT_SECTION) | FOR (MH_DRAFT_QUESTION) | FOR (MH_DRAFT_SCORE))
#define ALL_ANSWERS 0xff

/* clang-format off */
static const struct
{
  const char *label, *help; /* N_() */
  guint kinds;              /* FOR (MhDraftKind) */
  guint answers;            /* FOR (MhFormKind); of questions */
  gboolean lines;
} texts[MH_DRAFT_N_TEXTS] = {
  [MH_DRAFT_LABEL]   = { N_("Text"), NULL, ANY, ALL_ANSWERS, FALSE },
  [MH_DRAFT_CHOICES] = { N_("Choices, one a line"), N_("Points after “=” where a score counts them: Severe = 3"), FOR (MH_DRAFT_QUESTION), FOR (MH_FORM_CHOICE) | FOR (MH_FORM_CHOICES), TRUE },
  [MH_DRAFT_UNIT]    = { N_("Unit"), NULL, FOR (MH_DRAFT_QUESTION), FOR (MH_FORM_NUMBER), FALSE },
  [MH_DRAFT_LOW]     = { N_("Lowest number"), NULL, FOR (MH_DRAFT_QUESTION), FOR (MH_FORM_NUMBER), FALSE },
  [MH_DRAFT_HIGH]    = { N_("Highest number"), NULL, FOR (MH_DRAFT_QUESTION), FOR (MH_FORM_NUMBER), FALSE },
  [MH_DRAFT_FORMULA] = { N_("Formula"), N_("Write the codes of the questions it adds up, such as PAIN + 2 * FALLS. An answer of yes counts as 1"), FOR (MH_DRAFT_SCORE), 0, FALSE },
  [MH_DRAFT_BANDS]   = { N_("Words for the score, one a line"), N_("From which number on: 3 high"), FOR (MH_DRAFT_SCORE), 0, TRUE },
  [MH_DRAFT_HELP]    = { N_("Explanation"), NULL, FOR (MH_DRAFT_SECTION) | FOR (MH_DRAFT_QUESTION), ALL_ANSWERS, FALSE },
  [MH_DRAFT_SHOW]    = { N_("Only if"), N_("The code of a question above and its answer: BLEEDING = yes"), FOR (MH_DRAFT_QUESTION), ALL_ANSWERS, FALSE },
  [MH_DRAFT_CODE]    = { N_("Code"), N_("Made from the text when it is empty"), FOR (MH_DRAFT_QUESTION) | FOR (MH_DRAFT_SCORE), ALL_ANSWERS, FALSE },
};

/* as they stand in the form */
static const MhDraftText order[] = { MH_DRAFT_CHOICES, MH_DRAFT_UNIT, MH_DRAFT_LOW, MH_DRAFT_HIGH, MH_DRAFT_FORMULA,
  MH_DRAFT_BANDS, MH_DRAFT_HELP, MH_DRAFT_SHOW, MH_DRAFT_CODE };

static const char *const answers[] = {
  N_("A line of text"), N_("Several lines of text"), N_("A number"), N_("Yes or no"), N_("One of several"),
  N_("Any of several"), N_("A date"), N_("A time"), NULL,
};
/* clang-format on */

/* --- what is wrong --- */

/* The row that "sections[1].fields[2]" or "scores[0]" means; NULL: none. */
static const MhDraftRow *
row_at (MhDraftPane *pane, const char *place)
{
  int section = -1, field = -1, score = -1, at_section = -1, at_field = -1, at_score = -1;
  if (sscanf (place, "scores[%d]", &score) != 1)
    sscanf (place, "sections[%d].fields[%d]", &section, &field);
  for (guint i = 0; i < pane->rows->len; i++)
    {
      const MhDraftRow *row = g_ptr_array_index (pane->rows, i);
      if (row->kind == MH_DRAFT_SECTION)
        {
          at_section++;
          at_field = -1;
        }
      else if (row->kind == MH_DRAFT_QUESTION)
        {
          at_section = MAX (at_section, 0);
          at_field++;
        }
      else
        at_score++;
      if (score >= 0 ? row->kind == MH_DRAFT_SCORE && at_score == score
                     : row->kind != MH_DRAFT_SCORE && at_section == section && at_field == field)
        return row;
    }

  return NULL;
}

static char *
draft_pane_complaint (MhDraftPane *pane, const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; issues != NULL && i < MIN (mh_issues_count (issues), 3); i++)
    {
      const char *message = mh_issues_nth (issues, i)->message;
      const MhDraftRow *row = row_at (pane, message);
      const char *words = strchr (message, ':');
      const char *label = row != NULL ? row->texts[MH_DRAFT_LABEL] : NULL;
      g_string_append_printf (
          text, "%s%s%s%s", text->len > 0 ? "\n" : "",
          label != NULL ? (*label != 0 ? label : _ ("A row that has no text yet")) : "",
          label != NULL && words != NULL ? words : "",
          label != NULL && words != NULL ? "" : message);
    }

  return g_strdup (text->len > 0 ? text->str : error->message);
}

/* NULL: something is wrong, and the words stand there. */
static MhFormSpec *
draft_pane_judge (MhDraftPane *pane, char **out_content)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *content = mh_form_draft_json (pane->rows);
  MhFormSpec *spec = mh_form_spec_parse (content, &error);
  g_autofree char *words = spec == NULL ? draft_pane_complaint (pane, error) : NULL;
  mh_pane_complain (MH_PANE (pane), words);
  if (spec != NULL && out_content != NULL)
    *out_content = g_steal_pointer (&content);
  return spec;
}

char *
mh_draft_pane_content (MhDraftPane *pane)
{
  char *content = NULL;
  g_autoptr (MhFormSpec) spec = draft_pane_judge (pane, &content);
  return content;
}

static void
show_trial (MhDraftPane *pane)
{
  MhFormSpec *spec = draft_pane_judge (pane, NULL);
  if (spec == NULL)
    return;
  mh_box_clear (GTK_WIDGET (pane->trial));
  gtk_box_append (pane->trial, mh_form_view_new (spec, NULL));
}

static void
draft_pane_part_cb (MhDraftPane *pane)
{
  if (pane->rows != NULL
      && g_strcmp0 (gtk_stack_get_visible_child_name (pane->parts), "trial") == 0)
    show_trial (pane);
}

/* --- the rows --- */

static int
draft_pane_chosen (MhDraftPane *pane)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (pane->list);
  return row != NULL ? gtk_list_box_row_get_index (row) : -1;
}

static MhDraftRow *
chosen_row (MhDraftPane *pane)
{
  int at = draft_pane_chosen (pane);
  return at >= 0 && (guint)at < pane->rows->len ? g_ptr_array_index (pane->rows, at) : NULL;
}

static char *
row_words (const MhDraftRow *row)
{
  const char *label = *row->texts[MH_DRAFT_LABEL] != 0 ? row->texts[MH_DRAFT_LABEL] : "…";
  if (row->kind == MH_DRAFT_SECTION)
    return g_strdup (label);
  if (row->kind == MH_DRAFT_SCORE)
    return g_strdup_printf (_ ("Score: %s"), label);
  return g_strdup_printf ("%s%s · %s", label, row->required ? " *" : "", _ (answers[row->answer]));
}

static void
word_row (MhDraftPane *pane, guint index)
{
  GtkListBoxRow *line = gtk_list_box_get_row_at_index (pane->list, (int)index);
  const MhDraftRow *row = g_ptr_array_index (pane->rows, index);
  GtkWidget *label = gtk_list_box_row_get_child (line);
  g_autofree char *words = row_words (row);
  gtk_label_set_text (GTK_LABEL (label), words);
  gtk_widget_remove_css_class (label, "heading");
  gtk_widget_set_margin_start (label, row->kind == MH_DRAFT_QUESTION ? 18 : 6);
  if (row->kind != MH_DRAFT_QUESTION)
    gtk_widget_add_css_class (label, "heading");
}

static void
fill_list (MhDraftPane *pane, int select)
{
  pane->filling = TRUE;
  while (gtk_list_box_get_row_at_index (pane->list, 0) != NULL)
    gtk_list_box_remove (pane->list, GTK_WIDGET (gtk_list_box_get_row_at_index (pane->list, 0)));

  for (guint i = 0; i < pane->rows->len; i++)
    {
      GtkWidget *label = mh_label ("", NULL);
      gtk_widget_set_margin_top (label, 6);
      gtk_widget_set_margin_bottom (label, 6);
      gtk_list_box_append (pane->list, label);
      word_row (pane, i);
    }

  pane->filling = FALSE;
  gtk_list_box_select_row (pane->list, gtk_list_box_get_row_at_index (pane->list, select));
  gtk_widget_set_visible (GTK_WIDGET (pane->list), pane->rows->len > 0);
}

static void
draft_pane_changed (MhDraftPane *pane)
{
  g_autoptr (MhFormSpec) spec = draft_pane_judge (pane, NULL);
  g_signal_emit (pane, signals[CHANGED], 0);
}

/* --- the chosen row --- */

static char *
input_text (GtkWidget *input)
{
  GtkTextIter begin, end;
  if (!GTK_IS_TEXT_VIEW (input))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (input)));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (input));
  gtk_text_buffer_get_bounds (buffer, &begin, &end);
  return gtk_text_buffer_get_text (buffer, &begin, &end, FALSE);
}

static void
show_visible (MhDraftPane *pane, const MhDraftRow *row)
{
  for (guint i = 0; i < MH_DRAFT_N_TEXTS; i++)
    gtk_widget_set_visible (
        pane->boxes[i],
        (texts[i].kinds & FOR (row->kind)) != 0
            && (row->kind != MH_DRAFT_QUESTION || (texts[i].answers & FOR (row->answer)) != 0));
  gtk_widget_set_visible (pane->answer_row, row->kind == MH_DRAFT_QUESTION);
}

static void
show_made (MhDraftPane *pane)
{
  int at = draft_pane_chosen (pane);
  const MhDraftRow *row = chosen_row (pane);
  g_autofree char *code = row != NULL && row->kind != MH_DRAFT_SECTION
                              ? mh_form_draft_code (pane->rows, (guint)at)
                              : NULL;
  g_autofree char *text
      = code != NULL ? g_strdup_printf (_ ("Its code is %s"), code) : g_strdup ("");
  gtk_label_set_text (pane->made, text);
}

static void
draft_pane_text_cb (GObject *source, MhDraftPane *pane)
{
  MhDraftRow *row = chosen_row (pane);
  if (pane->filling || row == NULL)
    return;

  for (guint i = 0; i < MH_DRAFT_N_TEXTS; i++)
    {
      g_autofree char *text = input_text (pane->inputs[i]);
      mh_draft_row_set (row, (MhDraftText)i,
                        GTK_IS_TEXT_VIEW (pane->inputs[i]) ? text : g_strstrip (text));
    }

  row->answer = (MhFormKind)gtk_drop_down_get_selected (pane->answer);
  row->required = gtk_check_button_get_active (pane->required);
  show_visible (pane, row);
  show_made (pane);
  word_row (pane, (guint)draft_pane_chosen (pane));
  draft_pane_changed (pane);
}

static void
draft_pane_answer_cb (GObject *source, GParamSpec *property, MhDraftPane *pane)
{
  draft_pane_text_cb (source, pane);
}

static void
draft_pane_row_cb (MhDraftPane *pane)
{
  const MhDraftRow *row = chosen_row (pane);
  int at = draft_pane_chosen (pane);
  gtk_widget_set_visible (GTK_WIDGET (pane->detail), row != NULL);
  gtk_widget_set_sensitive (pane->up, at > 0);
  gtk_widget_set_sensitive (pane->down, at >= 0 && (guint)at + 1 < pane->rows->len);
  gtk_widget_set_sensitive (pane->away, row != NULL);
  if (row == NULL || pane->filling)
    return;

  pane->filling = TRUE;
  for (guint i = 0; i < MH_DRAFT_N_TEXTS; i++)
    if (GTK_IS_TEXT_VIEW (pane->inputs[i]))
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (pane->inputs[i])),
                                row->texts[i], -1);
    else
      gtk_editable_set_text (GTK_EDITABLE (pane->inputs[i]), row->texts[i]);

  gtk_drop_down_set_selected (pane->answer, row->answer);
  gtk_check_button_set_active (pane->required, row->required);
  pane->filling = FALSE;
  show_visible (pane, row);
  show_made (pane);
}

static void
draft_pane_add (MhDraftPane *pane, MhDraftKind kind)
{
  int at = draft_pane_chosen (pane);
  guint place = kind == MH_DRAFT_SCORE || at < 0 ? pane->rows->len : (guint)at + 1;
  g_ptr_array_insert (pane->rows, (int)place, mh_draft_row_new (kind));
  fill_list (pane, (int)place);
  draft_pane_changed (pane);
  gtk_widget_grab_focus (pane->inputs[MH_DRAFT_LABEL]);
}

static void
question_cb (MhDraftPane *pane)
{
  draft_pane_add (pane, MH_DRAFT_QUESTION);
}

static void
section_cb (MhDraftPane *pane)
{
  draft_pane_add (pane, MH_DRAFT_SECTION);
}

static void
score_cb (MhDraftPane *pane)
{
  draft_pane_add (pane, MH_DRAFT_SCORE);
}

static void
draft_pane_move (MhDraftPane *pane, int by)
{
  int at = draft_pane_chosen (pane), to = at + by;
  if (at < 0 || to < 0 || (guint)to >= pane->rows->len)
    return;
  gpointer row = pane->rows->pdata[at];
  pane->rows->pdata[at] = pane->rows->pdata[to];
  pane->rows->pdata[to] = row;
  fill_list (pane, to);
  draft_pane_changed (pane);
}

static void
up_cb (MhDraftPane *pane)
{
  draft_pane_move (pane, -1);
}

static void
down_cb (MhDraftPane *pane)
{
  draft_pane_move (pane, 1);
}

static void
away_cb (MhDraftPane *pane)
{
  int at = draft_pane_chosen (pane);
  if (at < 0)
    return;
  g_ptr_array_remove_index (pane->rows, (guint)at);
  fill_list (pane, MIN (at, (int)pane->rows->len - 1));
  draft_pane_row_cb (pane);
  draft_pane_changed (pane);
}

static void
free_row (gpointer row)
{
  mh_draft_row_free (row);
}

void
mh_draft_pane_show (MhDraftPane *pane, const char *content)
{
  g_autoptr (MhFormSpec) spec = content != NULL ? mh_form_spec_parse (content, NULL) : NULL;
  g_clear_pointer (&pane->rows, g_ptr_array_unref);
  pane->rows = spec != NULL ? mh_form_draft_read (spec) : g_ptr_array_new_with_free_func (free_row);

  if (spec == NULL)
    {
      MhDraftRow *first = mh_draft_row_new (MH_DRAFT_SECTION);
      mh_draft_row_set (first, MH_DRAFT_LABEL, _ ("First part"));
      g_ptr_array_add (pane->rows, first);
    }

  gtk_stack_set_visible_child_name (pane->parts, "rows");
  fill_list (pane, 0);
  draft_pane_row_cb (pane);
  mh_pane_complain (MH_PANE (pane), NULL);
}

/* --- as a pane --- */

static void
add_input (MhDraftPane *pane, MhDraftText which)
{
  GtkWidget *box = pane->boxes[which] = mh_vbox (3);
  GtkWidget *input;
  mh_box_append (box, mh_label (_ (texts[which].label), "caption"));

  if (texts[which].lines)
    {
      input = gtk_text_view_new ();
      gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (input), FALSE);
      gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (input), GTK_WRAP_WORD_CHAR);
      gtk_widget_set_size_request (input, -1, 84);
      gtk_widget_add_css_class (input, "card");
      g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (input)), "changed",
                               G_CALLBACK (draft_pane_text_cb), pane, 0);
    }
  else
    {
      input = gtk_entry_new ();
      g_signal_connect_object (input, "changed", G_CALLBACK (draft_pane_text_cb), pane, 0);
    }

  mh_accessible_name (input, _ (texts[which].label));
  mh_box_append (box, input);
  if (texts[which].help != NULL)
    mh_box_append (box, mh_label (_ (texts[which].help), "dim-label"));
  pane->inputs[which] = input;
  gtk_box_append (pane->detail, box);
}

static void
make_detail (MhDraftPane *pane)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  for (guint i = 0; answers[i] != NULL; i++)
    gtk_string_list_append (words, _ (answers[i]));
  add_input (pane, MH_DRAFT_LABEL);
  pane->answer_row = mh_hbox (9);
  pane->answer = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_object_ref (words)), NULL));
  pane->required = GTK_CHECK_BUTTON (mh_check_button_new (_ ("Must be answered")));
  mh_accessible_name (GTK_WIDGET (pane->answer), _ ("Answered by"));
  mh_box_append (pane->answer_row, GTK_WIDGET (pane->answer));
  mh_box_append (pane->answer_row, GTK_WIDGET (pane->required));
  gtk_box_append (pane->detail, pane->answer_row);
  g_signal_connect_object (pane->answer, "notify::selected", G_CALLBACK (draft_pane_answer_cb),
                           pane, 0);
  g_signal_connect_object (pane->required, "toggled", G_CALLBACK (draft_pane_text_cb), pane, 0);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    add_input (pane, order[i]);
  pane->made = GTK_LABEL (mh_label ("", "dim-label"));
  gtk_box_append (pane->detail, GTK_WIDGET (pane->made));
}

static void
mh_draft_pane_finalize (GObject *object)
{
  g_clear_pointer (&MH_DRAFT_PANE (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (mh_draft_pane_parent_class)->finalize (object);
}

static void
mh_draft_pane_class_init (MhDraftPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_draft_pane_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("clinic/forms/mh-draft-pane"));
  gtk_widget_class_bind_template_child (widget, MhDraftPane, parts);
  gtk_widget_class_bind_template_child (widget, MhDraftPane, list);
  gtk_widget_class_bind_template_child (widget, MhDraftPane, detail);
  gtk_widget_class_bind_template_child (widget, MhDraftPane, trial);
  gtk_widget_class_bind_template_child (widget, MhDraftPane, up);
  gtk_widget_class_bind_template_child (widget, MhDraftPane, down);
  gtk_widget_class_bind_template_child (widget, MhDraftPane, away);
  gtk_widget_class_bind_template_callback (widget, draft_pane_part_cb);
  gtk_widget_class_bind_template_callback (widget, draft_pane_row_cb);
  gtk_widget_class_bind_template_callback (widget, question_cb);
  gtk_widget_class_bind_template_callback (widget, section_cb);
  gtk_widget_class_bind_template_callback (widget, score_cb);
  gtk_widget_class_bind_template_callback (widget, up_cb);
  gtk_widget_class_bind_template_callback (widget, down_cb);
  gtk_widget_class_bind_template_callback (widget, away_cb);
  mh_closures_bind (widget);
}

static void
mh_draft_pane_init (MhDraftPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
  pane->rows = g_ptr_array_new_with_free_func (free_row);
  make_detail (pane);
}
