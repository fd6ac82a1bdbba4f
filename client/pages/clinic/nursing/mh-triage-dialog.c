/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/nursing/mh-triage-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-text.h"
#include "shared/records/clinic/mh-triage.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/clinic/mh-vitals.h"
#include "shared/rules/clinic/mh-esi.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_TRIAGE_DIALOG (mh_triage_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhTriageDialog, mh_triage_dialog, MH, TRIAGE_DIALOG, MhDialog)

/* In the order in which they are asked; the last has no question. */
typedef enum
{
  ASK_LIFE,
  ASK_RISK,
  ASK_CONFUSED,
  ASK_PAIN,
  ASK_RESOURCES,
  ASK_UPGRADE,
  ASK_MEASURES,
  ASK_NOTHING,
} Asking;

struct _MhTriageDialog
{
  MhDialog parent_instance;
  MhRecord *visit;
  MhEsiInput input;
  MhEsi esi;
  Asking asking;
  GtkLabel *who, *question, *hint, *problem;
  GtkGrid *measures;
  GtkBox *answers;
  GtkEditable *note, *numbers[3];
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (MhTriageDialog, mh_triage_dialog, MH_TYPE_DIALOG)

static const struct
{
  const char *question, *hint;
} questions[] = {
  { N_ ("A. Does the patient need a life-saving intervention right now?"),
    N_ ("Airway, breathing, shock, unresponsive: somebody must act before anything else.") },
  { N_ ("B. Is this a situation of high risk, which should not wait?"),
    N_ ("You would give your last open bed to this patient.") },
  { N_ ("B. Newly confused, drowsy or disoriented?"), NULL },
  { N_ ("B. Severe pain or distress, 7 or more of 10?"), NULL },
  { N_ ("C. How many different resources will be needed?"),
    N_ ("All laboratory tests are one. Images, infusion, injection, specialist, procedure: one "
        "each. 2 is two and more.") },
  { N_ ("D. Danger vitals. Is this level 2?"), NULL },
  { N_ ("D. Measure pulse, breaths and SpO₂"),
    N_ ("Nobody is level 3 before these are known: they may make it a 2.") },
  { NULL, NULL },
};

static void triage_dialog_step (MhTriageDialog *dialog);

static Asking
next_question (MhTriageDialog *dialog)
{
  const MhEsiInput *input = &dialog->input;
  if (dialog->esi.level > 0)
    return dialog->esi.ask ? ASK_UPGRADE : ASK_NOTHING;
  if (dialog->esi.unmeasured != 0)
    return ASK_MEASURES;
  return dialog->esi.point == 'a'                ? ASK_LIFE
         : dialog->esi.point == 'c'              ? ASK_RESOURCES
         : input->high_risk == MH_ESI_UNANSWERED ? ASK_RISK
         : input->confused == MH_ESI_UNANSWERED  ? ASK_CONFUSED
                                                 : ASK_PAIN;
}

static void
triage_dialog_take (MhTriageDialog *dialog, int answer)
{
  MhEsiAnswer yes = answer != 0 ? MH_ESI_YES : MH_ESI_NO;
  switch (dialog->asking)
    {
    case ASK_LIFE:
      dialog->input.life_saving = yes;
      break;
    case ASK_RISK:
      dialog->input.high_risk = yes;
      break;
    case ASK_CONFUSED:
      dialog->input.confused = yes;
      break;
    case ASK_PAIN:
      dialog->input.severe_pain = yes;
      break;
    case ASK_RESOURCES:
      dialog->input.resources = answer;
      break;
    case ASK_UPGRADE:
      dialog->input.upgrade = yes;
      break;
    case ASK_MEASURES:
    case ASK_NOTHING:
    default:
      return;
    }

  triage_dialog_step (dialog);
  mh_dialog_touch (MH_DIALOG (dialog));
}

static void
triage_dialog_answer_cb (GtkButton *button, MhTriageDialog *dialog)
{
  triage_dialog_take (dialog, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "answer")));
}

static void
triage_dialog_add_answer (MhTriageDialog *dialog, const char *words, const char *key, int answer)
{
  GtkWidget *button
      = g_object_new (MH_TYPE_KEY_BUTTON, "text", words, "key", key, "secondary", TRUE, NULL);
  g_object_set_data (G_OBJECT (button), "answer", GINT_TO_POINTER (answer));
  g_signal_connect_object (button, "clicked", G_CALLBACK (triage_dialog_answer_cb), dialog, 0);
  gtk_box_append (dialog->answers, button);
}

static void
show_answers (MhTriageDialog *dialog)
{
  mh_box_clear (GTK_WIDGET (dialog->answers));
  if (dialog->asking == ASK_RESOURCES)
    {
      triage_dialog_add_answer (dialog, _ ("None"), "0", 0);
      triage_dialog_add_answer (dialog, _ ("One"), "1", 1);
      triage_dialog_add_answer (dialog, _ ("Two or more"), "2", 2);
    }
  else if (dialog->asking != ASK_NOTHING && dialog->asking != ASK_MEASURES)
    {
      triage_dialog_add_answer (dialog, _ ("Yes"), "Y", 1);
      triage_dialog_add_answer (dialog, _ ("No"), "N", 0);
    }
}

static char *
danger_text (guint danger)
{
  return g_strdup_printf ("%s%s%s",
                          (danger & MH_ESI_DANGER_PULSE) != 0 ? _ ("Pulse too fast. ") : "",
                          (danger & MH_ESI_DANGER_RESP) != 0 ? _ ("Breathing too fast. ") : "",
                          (danger & MH_ESI_DANGER_SPO2) != 0 ? _ ("SpO₂ below 92 %. ") : "");
}

static void
triage_dialog_step (MhTriageDialog *dialog)
{
  mh_esi_decide (&dialog->input, &dialog->esi);
  dialog->asking = next_question (dialog);
  gboolean done = dialog->asking == ASK_NOTHING;
  g_autofree char *level = g_strdup_printf (_ ("ESI %d"), dialog->esi.level);
  g_autofree char *danger = danger_text (dialog->esi.danger);
  const char *hint = questions[dialog->asking].hint;

  gtk_label_set_text (dialog->question, done ? level : _ (questions[dialog->asking].question));
  gtk_label_set_text (dialog->hint, dialog->esi.danger != 0 ? danger
                                    : hint != NULL          ? _ (hint)
                                                            : "");
  gtk_widget_set_visible (GTK_WIDGET (dialog->measures), dialog->esi.point == 'd');
  gtk_widget_set_visible (GTK_WIDGET (dialog->note), done);
  gtk_widget_set_visible (dialog->save, done);
  show_answers (dialog);
  if (done)
    gtk_widget_grab_focus (dialog->save);
  else if (dialog->asking == ASK_MEASURES)
    gtk_widget_grab_focus (GTK_WIDGET (dialog->numbers[0]));
}

static void
numbers_cb (MhTriageDialog *dialog)
{
  int *values[] = { &dialog->input.pulse, &dialog->input.resp, &dialog->input.spo2 };
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      gint64 value = -1;
      g_autofree char *text = mh_text_ascii_digits (gtk_editable_get_text (dialog->numbers[i]));
      if (!g_ascii_string_to_signed (g_strstrip (text), 10, 0, 400, &value, NULL))
        value = -1;
      *values[i] = (int)value;
    }

  mh_esi_decide (&dialog->input, &dialog->esi);
  Asking asking = next_question (dialog);
  g_autofree char *danger = danger_text (dialog->esi.danger);

  gtk_label_set_text (dialog->hint, asking == ASK_MEASURES && dialog->esi.danger == 0
                                        ? _ (questions[ASK_MEASURES].hint)
                                        : danger);
  if (asking == dialog->asking || dialog->esi.point != 'd')
    return;

  dialog->input.upgrade = MH_ESI_UNANSWERED;
  mh_esi_decide (&dialog->input, &dialog->esi);
  dialog->asking = next_question (dialog);
  gtk_label_set_text (dialog->question, dialog->asking == ASK_NOTHING
                                            ? _ ("ESI 3")
                                            : _ (questions[dialog->asking].question));
  gtk_widget_set_visible (GTK_WIDGET (dialog->note), dialog->asking == ASK_NOTHING);
  gtk_widget_set_visible (dialog->save, dialog->asking == ASK_NOTHING);
  show_answers (dialog);
}

static void
triage_dialog_again_cb (MhTriageDialog *dialog)
{
  dialog->input.life_saving = dialog->input.high_risk = dialog->input.confused
      = dialog->input.severe_pain = dialog->input.upgrade = MH_ESI_UNANSWERED;
  dialog->input.resources = -1;
  dialog->input.pain = -1;
  gtk_label_set_text (dialog->problem, "");
  triage_dialog_step (dialog);
  mh_dialog_touch (MH_DIALOG (dialog));
}

/* --- what was answered, while it is not saved --- */

static char *
triage_dialog_tell (MhDialog *base)
{
  MhEsiInput *input = &MH_TRIAGE_DIALOG (base)->input;
  if (input->life_saving == MH_ESI_UNANSWERED)
    return NULL;
  return g_strdup_printf ("%d %d %d %d %d %d", (int)input->life_saving, (int)input->high_risk,
                          (int)input->confused, (int)input->severe_pain, (int)input->upgrade,
                          input->resources);
}

static gboolean
is_answer (int answer)
{
  return answer == MH_ESI_UNANSWERED || answer == MH_ESI_YES || answer == MH_ESI_NO;
}

static void
take_again (MhDialog *base, const char *text)
{
  MhTriageDialog *dialog = MH_TRIAGE_DIALOG (base);
  int life, risk, confused, pain, upgrade, resources;
  if (sscanf (text, "%d %d %d %d %d %d", &life, &risk, &confused, &pain, &upgrade, &resources) != 6
      || !is_answer (life) || !is_answer (risk) || !is_answer (confused) || !is_answer (pain)
      || !is_answer (upgrade) || resources < -1 || resources > MH_ESI_MANY)
    return;

  dialog->input.life_saving = (MhEsiAnswer)life;
  dialog->input.high_risk = (MhEsiAnswer)risk;
  dialog->input.confused = (MhEsiAnswer)confused;
  dialog->input.severe_pain = (MhEsiAnswer)pain;
  dialog->input.upgrade = (MhEsiAnswer)upgrade;
  dialog->input.resources = resources;
  triage_dialog_step (dialog);
}

/* --- saving --- */

static void
triage_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhTriageDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (!mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, NULL))
    mh_dialog_end (MH_DIALOG (dialog), outcome->waiting ? _ ("Kept here until the server is back")
                                                        : _ ("Triage saved"));
}

static void
put_answer (MhRecord *answers, guint field, MhEsiAnswer answer)
{
  if (answer != MH_ESI_UNANSWERED)
    mh_record_set_bool (answers, field, answer == MH_ESI_YES);
}

static void
triage_dialog_put_number (MhRecord *answers, guint field, int value)
{
  if (value >= 0)
    mh_record_set_int (answers, field, value);
}

static void
triage_dialog_save_cb (MhTriageDialog *dialog)
{
  MhContext *context = mh_dialog_context (MH_DIALOG (dialog));
  const char *args[] = { "id", mh_record_id (dialog->visit), NULL };
  const char *note = gtk_editable_get_text (dialog->note);
  if (context == NULL || dialog->asking != ASK_NOTHING)
    return;

  g_autoptr (MhRecord) answers = mh_record_new (&mh_triage_type);
  put_answer (answers, MH_TRIAGE_LIFE_SAVING, dialog->input.life_saving);
  put_answer (answers, MH_TRIAGE_HIGH_RISK, dialog->input.high_risk);
  put_answer (answers, MH_TRIAGE_CONFUSED, dialog->input.confused);
  put_answer (answers, MH_TRIAGE_SEVERE_PAIN, dialog->input.severe_pain);
  put_answer (answers, MH_TRIAGE_UPGRADE, dialog->input.upgrade);
  triage_dialog_put_number (answers, MH_TRIAGE_RESOURCES,
                            MIN (dialog->input.resources, MH_ESI_MANY));
  triage_dialog_put_number (answers, MH_TRIAGE_PULSE, dialog->input.pulse);
  triage_dialog_put_number (answers, MH_TRIAGE_RESP, dialog->input.resp);
  triage_dialog_put_number (answers, MH_TRIAGE_SPO2,
                            dialog->input.spo2 >= 30 ? dialog->input.spo2 : -1);
  if (*note != 0)
    mh_record_set_text (answers, MH_TRIAGE_NOTE, note);

  g_autoptr (MhRecord) seen = mh_record_copy (dialog->visit);
  mh_record_set_int (seen, MH_VISIT_ESI, dialog->esi.level);
  mh_command_async (
      context,
      &(MhCommand){ .route = "visit.triage", .args = args, .body = answers, .optimistic = seen },
      NULL, triage_dialog_saved_cb, g_object_ref (dialog));
}

static gboolean
triage_dialog_key_cb (GtkEventControllerKey *keys,
                      guint key,
                      guint code,
                      GdkModifierType state,
                      MhTriageDialog *dialog)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (dialog));
  gboolean writing = focus != NULL && GTK_IS_TEXT (focus);
  if (key == GDK_KEY_F9 && dialog->asking == ASK_NOTHING)
    triage_dialog_save_cb (dialog);
  else if (writing || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  else if (key == GDK_KEY_BackSpace)
    triage_dialog_again_cb (dialog);
  else if (dialog->asking == ASK_RESOURCES && key >= GDK_KEY_0 && key <= GDK_KEY_2)
    triage_dialog_take (dialog, (int)(key - GDK_KEY_0));
  else if (dialog->asking == ASK_RESOURCES && key >= GDK_KEY_KP_0 && key <= GDK_KEY_KP_2)
    triage_dialog_take (dialog, (int)(key - GDK_KEY_KP_0));
  else if (dialog->asking != ASK_RESOURCES && dialog->asking != ASK_NOTHING
           && (key == GDK_KEY_y || key == GDK_KEY_Y))
    triage_dialog_take (dialog, 1);
  else if (dialog->asking != ASK_RESOURCES && dialog->asking != ASK_NOTHING
           && (key == GDK_KEY_n || key == GDK_KEY_N))
    triage_dialog_take (dialog, 0);
  else
    return FALSE;

  return TRUE;
}

static void
triage_dialog_add_number (MhTriageDialog *dialog, int i, const char *label)
{
  static const char *const names[] = { "pulse", "resp", "spo2" };
  GtkWidget *entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 5);
  gtk_widget_set_name (entry, names[i]);
  mh_accessible_name (entry, label);
  dialog->numbers[i] = GTK_EDITABLE (entry);
  gtk_grid_attach (dialog->measures, mh_label (label, "caption"), i, 0, 1, 1);
  gtk_grid_attach (dialog->measures, entry, i, 1, 1, 1);
}

static void
mh_triage_dialog_finalize (GObject *object)
{
  g_clear_object (&MH_TRIAGE_DIALOG (object)->visit);
  G_OBJECT_CLASS (mh_triage_dialog_parent_class)->finalize (object);
}

static void
mh_triage_dialog_class_init (MhTriageDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "triage";
  MH_DIALOG_CLASS (klass)->tell = triage_dialog_tell;
  MH_DIALOG_CLASS (klass)->take = take_again;
  G_OBJECT_CLASS (klass)->finalize = mh_triage_dialog_finalize;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/nursing/mh-triage-dialog"));
  gtk_widget_class_bind_template_child (widget, MhTriageDialog, who);
  gtk_widget_class_bind_template_child (widget, MhTriageDialog, question);
  gtk_widget_class_bind_template_child (widget, MhTriageDialog, hint);
  gtk_widget_class_bind_template_child (widget, MhTriageDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhTriageDialog, measures);
  gtk_widget_class_bind_template_child (widget, MhTriageDialog, answers);
  gtk_widget_class_bind_template_child (widget, MhTriageDialog, note);
  gtk_widget_class_bind_template_child (widget, MhTriageDialog, save);
  gtk_widget_class_bind_template_callback (widget, triage_dialog_again_cb);
  gtk_widget_class_bind_template_callback (widget, triage_dialog_save_cb);
}

static void
mh_triage_dialog_init (MhTriageDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (triage_dialog_key_cb), dialog, 0);
  gtk_widget_add_controller (GTK_WIDGET (dialog), keys);
  triage_dialog_add_number (dialog, 0, _ ("Pulse"));
  triage_dialog_add_number (dialog, 1, _ ("Breaths"));
  triage_dialog_add_number (dialog, 2, _ ("SpO₂ %"));
}

static void
fill_number (GtkEditable *entry, MhRecord *vitals, guint field, int *out_value)
{
  *out_value = -1;
  if (vitals == NULL || !mh_record_has (vitals, field))
    return;
  *out_value = (int)mh_record_int (vitals, field);
  g_autofree char *text = g_strdup_printf ("%d", *out_value);
  gtk_editable_set_text (entry, text);
}

void
mh_triage_dialog_show (GtkWidget *opener, MhContext *context, MhRecord *visit, MhRecord *vitals)
{
  MhTriageDialog *dialog = g_object_new (MH_TYPE_TRIAGE_DIALOG, "context", context, NULL);
  char today[11];
  MhDate birth, on;
  const char *born = mh_record_text (visit, MH_VISIT_PATIENT_BIRTH_DATE);

  dialog->visit = g_object_ref (visit);
  fill_number (dialog->numbers[0], vitals, MH_VITALS_PULSE, &dialog->input.pulse);
  fill_number (dialog->numbers[1], vitals, MH_VITALS_RESP, &dialog->input.resp);
  fill_number (dialog->numbers[2], vitals, MH_VITALS_SPO2, &dialog->input.spo2);
  for (guint i = 0; i < 3; i++)
    g_signal_connect_object (dialog->numbers[i], "changed", G_CALLBACK (numbers_cb), dialog,
                             G_CONNECT_SWAPPED);

  dialog->input.age_months = born != NULL && mh_date_parse (born, &birth)
                                     && mh_date_parse (mh_when_today_text (today), &on)
                                 ? mh_age_months (birth, on)
                                 : -1;

  g_autofree char *age
      = mh_words_age_sex (born, mh_record_text (visit, MH_VISIT_PATIENT_SEX), today);
  g_autofree char *who = g_strdup_printf (
      "%s · %s%s%s", mh_record_text (visit, MH_VISIT_PATIENT_NAME), age != NULL ? age : "",
      mh_record_has (visit, MH_VISIT_COMPLAINT) ? " · " : "",
      mh_record_has (visit, MH_VISIT_COMPLAINT) ? mh_record_text (visit, MH_VISIT_COMPLAINT) : "");

  gtk_label_set_text (dialog->who, who);
  triage_dialog_again_cb (dialog);
  mh_dialog_about (MH_DIALOG (dialog), mh_record_id (visit));
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
