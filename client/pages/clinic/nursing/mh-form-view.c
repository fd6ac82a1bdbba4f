/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/nursing/mh-form-view.h"

#include "client/compat/mh-compat.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/form/mh-typed-day.h"
#include "shared/base/mh-day.h"
#include "shared/base/mh-json.h"
#include "shared/base/mh-text.h"

#include <glib/gi18n-lib.h>

/* One question as it stands there. */
typedef struct
{
  MhFormView *view; /* borrowed */
  const MhFormField *field;
  GtkWidget *row, *input;
  GtkLabel *problem;
  GPtrArray *choices; /* of GtkCheckButton, in the order of the field's; borrowed */
} Question;

struct _MhFormView
{
  GtkBox parent_instance;
  MhFormSpec *form;
  JsonObject *answers;
  GPtrArray *questions;
  GtkLabel *scores;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (MhFormView, mh_form_view, GTK_TYPE_BOX)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
form_view_question_free (gpointer data)
{
  Question *question = data;
  g_ptr_array_unref (question->choices);
  g_free (question);
}

/* --- what is answered --- */

static void
form_view_set_text (MhFormView *view, const char *code, const char *text)
{
  if (text == NULL || *text == 0)
    json_object_remove_member (view->answers, code);
  else
    json_object_set_string_member (view->answers, code, text);
}

static void
form_view_read_choices (Question *question)
{
  const MhFormField *field = question->field;
  JsonArray *list = json_array_new ();
  const char *chosen = NULL;
  static const char *const yes_no[] = { "yes", "no" };

  for (guint i = 0; i < question->choices->len; i++)
    {
      if (!gtk_check_button_get_active (g_ptr_array_index (question->choices, i)))
        continue;
      chosen = field->kind == MH_FORM_YES_NO
                   ? yes_no[MIN (i, G_N_ELEMENTS (yes_no) - 1)]
                   : ((MhFormChoice *)g_ptr_array_index (field->choices, i))->code;
      json_array_add_string_element (list, chosen);
    }

  if (field->kind != MH_FORM_CHOICES)
    form_view_set_text (question->view, field->code, chosen);
  else if (json_array_get_length (list) > 0)
    json_object_set_array_member (question->view->answers, field->code, json_array_ref (list));
  else
    json_object_remove_member (question->view->answers, field->code);

  json_array_unref (list);
}

static void
form_view_read_answer (Question *question)
{
  const MhFormField *field = question->field;
  if (question->choices->len > 0)
    {
      form_view_read_choices (question);
      return;
    }

  g_autofree char *text = NULL;
  if (field->kind == MH_FORM_LONG_TEXT)
    {
      GtkTextIter begin, end;
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (question->input));
      gtk_text_buffer_get_bounds (buffer, &begin, &end);
      text = gtk_text_buffer_get_text (buffer, &begin, &end, FALSE);
    }
  else
    text = field->kind == MH_FORM_TEXT
               ? g_strdup (gtk_editable_get_text (GTK_EDITABLE (question->input)))
               : mh_text_ascii_digits (gtk_editable_get_text (GTK_EDITABLE (question->input)));

  MhDate day;
  char iso[MH_DATE_LENGTH + 1];
  if (field->kind == MH_FORM_DATE && mh_typed_day_parse (text, &day))
    {
      mh_date_format (day, iso);
      form_view_set_text (question->view, field->code, iso);
      return;
    }

  form_view_set_text (question->view, field->code, g_strstrip (text));
}

static void
show_scores (MhFormView *view)
{
  g_autofree char *text = mh_form_spec_scores_text (view->form, view->answers);
  gtk_label_set_text (view->scores, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (view->scores), text != NULL);
}

static void
show_hidden (MhFormView *view)
{
  for (guint i = 0; i < view->questions->len; i++)
    {
      Question *question = g_ptr_array_index (view->questions, i);
      gboolean shown = mh_form_spec_is_shown (view->form, question->field, view->answers);
      gtk_widget_set_visible (question->row, shown);
      if (!shown)
        json_object_remove_member (view->answers, question->field->code);
      else if (!json_object_has_member (view->answers, question->field->code))
        form_view_read_answer (question);
    }
}

static void
form_view_complain (Question *question, const char *words)
{
  gtk_label_set_text (question->problem, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (question->problem), words != NULL);
}

static void
form_view_answered (Question *question)
{
  MhFormView *view = question->view;
  if (view->filling)
    return;
  form_view_read_answer (question);
  form_view_complain (question, NULL);
  show_hidden (view);
  show_scores (view);
  g_signal_emit (view, signals[CHANGED], 0);
}

static void
form_view_answered_cb (GObject *source, gpointer data)
{
  form_view_answered (data);
}

JsonObject *
mh_form_view_answers (MhFormView *view)
{
  return view->answers;
}

static const char *
translated (const Question *question, const MhIssue *issue)
{
  if (g_strcmp0 (issue->code, "required") == 0)
    return _ ("This must be answered.");
  return question->field->kind == MH_FORM_DATE ? mh_typed_day_words ()
                                               : _ ("This answer does not fit.");
}

gboolean
mh_form_view_check (MhFormView *view)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  GtkWidget *first = NULL;
  mh_form_spec_check (view->form, view->answers, issues);

  for (guint i = 0; i < view->questions->len; i++)
    {
      Question *question = g_ptr_array_index (view->questions, i);
      g_autofree char *path = g_strconcat ("answers.", question->field->code, NULL);
      const MhIssue *issue = mh_issues_find (issues, path);
      form_view_complain (question, issue != NULL ? translated (question, issue) : NULL);
      if (issue != NULL && first == NULL)
        first = question->input;
    }

  if (first != NULL)
    gtk_widget_grab_focus (first);
  return mh_issues_count (issues) == 0;
}

/* --- the questions --- */

static void
form_view_add_choice (Question *question, GtkWidget *box, const char *code, const char *label)
{
  MhFormView *view = question->view;
  gboolean several = question->field->kind == MH_FORM_CHOICES;
  GtkWidget *check = mh_check_button_new (label);
  JsonArray *list = mh_json_array (view->answers, question->field->code);
  gboolean active = g_strcmp0 (mh_json_text (view->answers, question->field->code), code) == 0;

  if (!several && question->choices->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), g_ptr_array_index (question->choices, 0));
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    active = active || g_strcmp0 (json_array_get_string_element (list, i), code) == 0;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  g_signal_connect (check, "toggled", G_CALLBACK (form_view_answered_cb), question);
  g_ptr_array_add (question->choices, check);
  gtk_flow_box_append (GTK_FLOW_BOX (box), check);
  gtk_widget_set_focusable (gtk_widget_get_parent (check), FALSE);
}

static GtkWidget *
form_view_choices_of (Question *question)
{
  GtkWidget *box = gtk_flow_box_new ();
  const MhFormField *field = question->field;
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), 4);
  mh_accessible_name (box, field->label);

  if (field->kind == MH_FORM_YES_NO)
    {
      form_view_add_choice (question, box, "yes", _ ("Yes"));
      form_view_add_choice (question, box, "no", _ ("No"));
    }

  for (guint i = 0; i < field->choices->len; i++)
    {
      const MhFormChoice *choice = g_ptr_array_index (field->choices, i);
      form_view_add_choice (question, box, choice->code, choice->label);
    }

  question->input = g_ptr_array_index (question->choices, 0);
  return box;
}

static GtkWidget *
form_view_text_of (Question *question)
{
  const MhFormField *field = question->field;
  const char *text = mh_json_text (question->view->answers, field->code);
  if (field->kind == MH_FORM_LONG_TEXT)
    {
      question->input = gtk_text_view_new ();
      gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (question->input), GTK_WRAP_WORD_CHAR);
      gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (question->input), FALSE);
      gtk_widget_set_size_request (question->input, -1, 60);
      gtk_widget_add_css_class (question->input, "card");
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (question->input));
      gtk_text_buffer_set_text (buffer, text != NULL ? text : "", -1);
      g_signal_connect (buffer, "changed", G_CALLBACK (form_view_answered_cb), question);
      return question->input;
    }

  MhDate day;
  gboolean is_day = field->kind == MH_FORM_DATE && text != NULL && mh_date_parse (text, &day);
  g_autofree char *typed = is_day ? mh_day_typed (day) : g_strdup (text != NULL ? text : "");

  question->input = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (question->input), typed);
  if (field->kind == MH_FORM_DATE)
    gtk_entry_set_placeholder_text (GTK_ENTRY (question->input), _ ("23/11/2026 or today"));
  if (field->kind == MH_FORM_TIME)
    gtk_entry_set_placeholder_text (GTK_ENTRY (question->input), _ ("HH:MM"));
  g_signal_connect (question->input, "changed", G_CALLBACK (form_view_answered_cb), question);

  return question->input;
}

static void
form_view_add_question (MhFormView *view, const MhFormField *field)
{
  gboolean choice = field->kind == MH_FORM_CHOICE || field->kind == MH_FORM_CHOICES
                    || field->kind == MH_FORM_YES_NO;
  Question *question = g_new0 (Question, 1);
  g_autofree char *label
      = g_strdup_printf ("%s%s%s%s%s", field->label, field->unit != NULL ? " (" : "",
                         field->unit != NULL ? field->unit : "", field->unit != NULL ? ")" : "",
                         field->required ? "" : _ (" (optional)"));

  question->view = view;
  question->field = field;
  question->choices = g_ptr_array_new ();
  question->row = mh_vbox (3);
  g_ptr_array_add (view->questions, question);
  mh_box_append (question->row, mh_label (label, NULL));
  mh_box_append (question->row,
                 choice ? form_view_choices_of (question) : form_view_text_of (question));
  if (!choice)
    mh_accessible_name (question->input, field->label);
  if (field->help != NULL)
    mh_box_append (question->row, mh_label (field->help, "caption"));
  question->problem = GTK_LABEL (mh_label ("", "error"));
  gtk_widget_set_visible (GTK_WIDGET (question->problem), FALSE);
  mh_box_append (question->row, GTK_WIDGET (question->problem));
  gtk_box_append (GTK_BOX (view), question->row);
}

GtkWidget *
mh_form_view_new (MhFormSpec *form, JsonObject *answers)
{
  MhFormView *view = g_object_new (MH_TYPE_FORM_VIEW, "orientation", GTK_ORIENTATION_VERTICAL,
                                   "spacing", 12, NULL);
  view->form = form;

  if (answers != NULL)
    {
      g_clear_pointer (&view->answers, json_object_unref);
      view->answers = json_object_ref (answers);
    }

  view->filling = TRUE;
  for (guint i = 0; i < form->sections->len; i++)
    {
      MhFormSection *section = g_ptr_array_index (form->sections, i);
      gtk_box_append (GTK_BOX (view), mh_heading (section->title));
      if (section->help != NULL)
        gtk_box_append (GTK_BOX (view), mh_label (section->help, "caption"));
      for (guint k = 0; k < section->fields->len; k++)
        form_view_add_question (view, g_ptr_array_index (section->fields, k));
    }

  gtk_box_append (GTK_BOX (view), GTK_WIDGET (view->scores));
  view->filling = FALSE;
  show_hidden (view);
  show_scores (view);

  return GTK_WIDGET (view);
}

static void
mh_form_view_finalize (GObject *object)
{
  MhFormView *view = MH_FORM_VIEW (object);
  g_ptr_array_unref (view->questions);
  json_object_unref (view->answers);
  mh_form_spec_free (view->form);
  g_object_unref (view->scores);
  G_OBJECT_CLASS (mh_form_view_parent_class)->finalize (object);
}

static void
mh_form_view_class_init (MhFormViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mh_form_view_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
mh_form_view_init (MhFormView *view)
{
  view->questions = g_ptr_array_new_with_free_func (form_view_question_free);
  view->answers = json_object_new ();
  view->scores = g_object_ref_sink (GTK_LABEL (mh_label ("", "title-4")));
}
