/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/calls/mh-call-questions.h"

#include "client/pages/dispatch/calls/mh-call-words.h"
#include "client/widgets/base/mh-key-button.h"

#include <glib/gi18n-lib.h>

struct _MhCallQuestions
{
  MhPane parent_instance;
  MhCallTalk *talk; /* borrowed; NULL until the protocol is there */
  GtkLabel *question, *help, *problem;
  GtkEditable *words;
  GtkListBox *answers;
};

G_DEFINE_FINAL_TYPE (MhCallQuestions, mh_call_questions, MH_TYPE_PANE)

static guint answered;

/* NULL: nothing is asked. */
static const MhProtocolQuestion *
call_questions_asked (MhCallQuestions *questions)
{
  return questions->talk != NULL ? mh_call_talk_question (questions->talk) : NULL;
}

static gboolean
call_questions_asks (MhCallQuestions *questions, MhProtocolKind kind)
{
  const MhProtocolQuestion *question = call_questions_asked (questions);
  return question != NULL && question->kind == kind;
}

static void
call_questions_set_problem (MhCallQuestions *questions, const char *words)
{
  gtk_label_set_text (questions->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (questions->problem), *words != 0);
}

/* --- what can be answered --- */

static void
call_questions_add (MhCallQuestions *questions, const char *value, const char *text, guint key)
{
  g_autofree char *words = key > 0 ? g_strdup_printf ("%u  %s", key, text) : g_strdup (text);
  gtk_list_box_append (questions->answers, mh_call_row (words, value));
}

static void
call_questions_add_cards (MhCallQuestions *questions)
{
  g_autoptr (GPtrArray) cards = mh_protocol_search (mh_call_talk_protocol (questions->talk),
                                                    gtk_editable_get_text (questions->words));
  for (guint i = 0; i < cards->len; i++)
    {
      const MhProtocolCard *card = g_ptr_array_index (cards, i);
      call_questions_add (questions, card->id, card->title, 0);
    }
}

static void
call_questions_add_sexes (MhCallQuestions *questions)
{
  static const char *const sexes[][2] = { { "M", N_ ("A man") },
                                          { "F", N_ ("A woman") },
                                          { "other", N_ ("Other") },
                                          { MH_PROTOCOL_UNKNOWN, N_ ("Not known") } };
  for (guint i = 0; i < G_N_ELEMENTS (sexes); i++)
    call_questions_add (questions, sexes[i][0], g_dgettext (GETTEXT_PACKAGE, sexes[i][1]), i + 1);
}

static void
call_questions_add_choices (MhCallQuestions *questions, const MhProtocolQuestion *question)
{
  for (guint i = 0; i < question->answers->len; i++)
    {
      const MhProtocolAnswer *answer = g_ptr_array_index (question->answers, i);
      call_questions_add (questions, answer->value, answer->text, i + 1);
    }
}

static void
call_questions_fill (MhCallQuestions *questions)
{
  const MhProtocolQuestion *question = call_questions_asked (questions);
  GtkListBoxRow *row;
  while ((row = gtk_list_box_get_row_at_index (questions->answers, 0)) != NULL)
    gtk_list_box_remove (questions->answers, GTK_WIDGET (row));

  if (call_questions_asks (questions, MH_PROTOCOL_CARD))
    call_questions_add_cards (questions);
  else if (call_questions_asks (questions, MH_PROTOCOL_SEX))
    call_questions_add_sexes (questions);
  else if (question != NULL)
    call_questions_add_choices (questions, question);

  row = gtk_list_box_get_row_at_index (questions->answers, 0);
  gtk_widget_set_visible (GTK_WIDGET (questions->answers), row != NULL);
}

void
mh_call_questions_show (MhCallQuestions *questions)
{
  const MhProtocolQuestion *question = call_questions_asked (questions);
  const gboolean age = call_questions_asks (questions, MH_PROTOCOL_AGE);
  const char *help = question != NULL ? question->help : NULL;
  if (questions->talk == NULL)
    return;

  gtk_label_set_text (questions->question,
                      question != NULL ? question->text : _ ("All questions are answered"));
  gtk_label_set_text (questions->help, age            ? _ ("62, 5mo, 9d; Enter alone: not known")
                                       : help != NULL ? help
                                                      : "");
  gtk_widget_set_visible (GTK_WIDGET (questions->help), age || help != NULL);
  call_questions_set_problem (questions, "");
  gtk_editable_set_text (questions->words, "");
  gtk_widget_set_visible (GTK_WIDGET (questions->words),
                          age || call_questions_asks (questions, MH_PROTOCOL_CARD));
  call_questions_fill (questions);
}

void
mh_call_questions_set_talk (MhCallQuestions *questions, MhCallTalk *talk)
{
  questions->talk = talk;
  mh_call_questions_show (questions);
}

void
mh_call_questions_say (MhCallQuestions *questions, const char *words)
{
  gtk_label_set_text (questions->question, words);
}

gboolean
mh_call_questions_grab (MhCallQuestions *questions)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (questions->answers, 0);
  if (gtk_widget_get_visible (GTK_WIDGET (questions->words)))
    return gtk_widget_grab_focus (GTK_WIDGET (questions->words));
  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* --- answering --- */

static void
call_questions_answer (MhCallQuestions *questions, const char *value)
{
  g_autoptr (GError) error = NULL;
  if (!mh_call_talk_answer (questions->talk, value, &error))
    {
      call_questions_set_problem (questions, _ ("Type an age such as 62, 5mo or 9d."));
      return;
    }
  mh_call_questions_show (questions);
  g_signal_emit (questions, answered, 0);
}

static void
call_questions_chosen_cb (MhCallQuestions *questions, GtkListBoxRow *row)
{
  g_autofree char *value = g_strdup (gtk_widget_get_name (GTK_WIDGET (row)));
  call_questions_answer (questions, value);
}

static void
call_questions_typed_cb (MhCallQuestions *questions)
{
  if (call_questions_asks (questions, MH_PROTOCOL_CARD))
    call_questions_fill (questions);
}

static void
call_questions_entered_cb (MhCallQuestions *questions)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (questions->answers, 0);
  const char *typed = gtk_editable_get_text (questions->words);
  if (call_questions_asks (questions, MH_PROTOCOL_AGE))
    call_questions_answer (questions, typed);
  else if (row != NULL && *typed != 0)
    call_questions_chosen_cb (questions, row);
  else
    call_questions_set_problem (questions,
                                _ ("Type a word of what has happened, or choose below."));
}

static void
call_questions_back (MhCallQuestions *questions)
{
  if (questions->talk == NULL || !mh_call_talk_back (questions->talk))
    return;
  mh_call_questions_show (questions);
  mh_call_questions_grab (questions);
}

static gboolean
call_questions_key_cb (MhCallQuestions *questions, guint key, guint code, GdkModifierType modifiers)
{
  const int at = mh_key_nth (key);
  GtkListBoxRow *row = at >= 0 ? gtk_list_box_get_row_at_index (questions->answers, at) : NULL;
  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_BackSpace)
    call_questions_back (questions);
  else if (row != NULL && !call_questions_asks (questions, MH_PROTOCOL_CARD))
    call_questions_chosen_cb (questions, row);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* In the field of the question: Down into what it finds, BackSpace in the empty one to the question
 * before. */
static gboolean
call_questions_words_key_cb (MhCallQuestions *questions, guint key)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (questions->answers, 0);
  if (key == GDK_KEY_Down && row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else if (key == GDK_KEY_BackSpace && *gtk_editable_get_text (questions->words) == 0)
    call_questions_back (questions);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* --- the pane --- */

static void
mh_call_questions_class_init (MhCallQuestionsClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("dispatch/calls/mh-call-questions"));
  gtk_widget_class_bind_template_child (widget, MhCallQuestions, question);
  gtk_widget_class_bind_template_child (widget, MhCallQuestions, help);
  gtk_widget_class_bind_template_child (widget, MhCallQuestions, problem);
  gtk_widget_class_bind_template_child (widget, MhCallQuestions, words);
  gtk_widget_class_bind_template_child (widget, MhCallQuestions, answers);
  gtk_widget_class_bind_template_callback (widget, call_questions_chosen_cb);
  gtk_widget_class_bind_template_callback (widget, call_questions_typed_cb);
  gtk_widget_class_bind_template_callback (widget, call_questions_entered_cb);
  gtk_widget_class_bind_template_callback (widget, call_questions_key_cb);
  gtk_widget_class_bind_template_callback (widget, call_questions_words_key_cb);
  answered = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                           NULL, G_TYPE_NONE, 0);
}

static void
mh_call_questions_init (MhCallQuestions *questions)
{
  gtk_widget_init_template (GTK_WIDGET (questions));
}
