/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-grown-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-refusal.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-isolate.h"
#include "shared/records/lab/mh-microbe.h"
#include "shared/records/lab/mh-result.h"
#include "shared/rules/lab/mh-breakpoint.h"
#include "shared/rules/mh-choice.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_GROWN_DIALOG (mh_grown_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhGrownDialog, mh_grown_dialog, MH, GROWN_DIALOG, MhDialog)

#define NO_GROWTH "NG"
/* The one entry that is sent. */
#define FIRST "results[0]"

struct _MhGrownDialog
{
  MhDialog parent_instance;
  MhRecordList *organisms, *antibiotics, *breakpoints;
  GPtrArray *grown; /* of Isolate */
  char *order_id;
  MhRecord *row;
  MhNoteTold told;
  char *stored; /* what the sheet has of it, as grown_dialog_written() has it */
  GtkWidget *isolates, *save;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (MhGrownDialog, mh_grown_dialog, MH_TYPE_DIALOG)

typedef struct
{
  MhGrownDialog *dialog;
  GtkWidget *organism, *name, *quantity, *comment, *list;
  GPtrArray *tested; /* of Tested */
} Isolate;

typedef struct
{
  Isolate *isolate;
  char *antibiotic, *name;
  GtkWidget *method, *measured, *said, *told;
} Tested;

static void
tested_free (gpointer data)
{
  Tested *tested = data;
  g_free (tested->antibiotic);
  g_free (tested->name);
  g_free (tested);
}

static void
isolate_free (gpointer data)
{
  Isolate *isolate = data;
  g_ptr_array_unref (isolate->tested);
  g_free (isolate);
}

static GPtrArray *
all_of (MhRecordList *list)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    g_ptr_array_add (all, g_list_model_get_item (G_LIST_MODEL (list), i));
  return all;
}

/* --- the organism --- */

static MhRecord *
choice_of (Isolate *isolate)
{
  return mh_choice_find (mh_record_records (isolate->dialog->row, MH_RESULT_ROW_CHOICES),
                         gtk_editable_get_text (GTK_EDITABLE (isolate->organism)));
}

static char *
grown_dialog_code_of (Isolate *isolate)
{
  MhRecord *choice = choice_of (isolate);
  return g_strdup (choice != NULL ? mh_record_text (choice, MH_VALUE_CHOICE_CODE) : NULL);
}

static char *
grown_dialog_group_of (Isolate *isolate)
{
  g_autofree char *code = grown_dialog_code_of (isolate);
  g_autoptr (GPtrArray) all = all_of (isolate->dialog->organisms);
  for (guint i = 0; code != NULL && i < all->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (all, i), MH_ORGANISM_CODE), code) == 0)
      return g_strdup (mh_record_text (g_ptr_array_index (all, i), MH_ORGANISM_ORGANISM_GROUP));
  return NULL;
}

/* --- what was measured --- */

static const char *
grown_dialog_method_of (const Tested *tested)
{
  return gtk_drop_down_get_selected (GTK_DROP_DOWN (tested->method)) == 0 ? MH_SUSCEPTIBILITY_DISK
                                                                          : MH_SUSCEPTIBILITY_MIC;
}

/* What a person chose; NULL: the breakpoint decides. */
static const char *
grown_dialog_said_of (const Tested *tested)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (tested->said));
  return at == 0 || at == GTK_INVALID_LIST_POSITION ? NULL : mh_interpretation_codes[at - 1].code;
}

static void
grown_dialog_judge_cb (Tested *tested)
{
  const char *measured = gtk_editable_get_text (GTK_EDITABLE (tested->measured));
  g_autofree char *code = grown_dialog_code_of (tested->isolate);
  g_autofree char *group = grown_dialog_group_of (tested->isolate);
  g_autoptr (GPtrArray) points = all_of (tested->isolate->dialog->breakpoints);
  MhRecord *point = mh_breakpoint_find (points, code, group, tested->antibiotic,
                                        grown_dialog_method_of (tested));
  const char *found = point != NULL ? mh_breakpoint_interpret (point, measured) : NULL;
  g_autofree char *limits = point != NULL ? mh_breakpoint_text (point) : NULL;
  g_autofree char *words = *measured == 0 ? g_strdup ("")
                           : !mh_breakpoint_is_measured (grown_dialog_method_of (tested), measured)
                               ? g_strdup (_ ("Write a number"))
                           : found != NULL ? g_strdup_printf ("%s · %s", found, limits)
                           : point != NULL ? g_strdup (limits)
                                           : g_strdup (_ ("no breakpoint"));

  gtk_label_set_text (GTK_LABEL (tested->told), words);
}

static void
grown_dialog_tested_cb (Tested *tested)
{
  grown_dialog_judge_cb (tested);
  mh_dialog_touch (MH_DIALOG (tested->isolate->dialog));
}

static void
grown_dialog_said_cb (Tested *tested)
{
  mh_dialog_touch (MH_DIALOG (tested->isolate->dialog));
}

static GtkWidget *
drop_down (const char *const *words, const char *name)
{
  GtkWidget *choice = gtk_drop_down_new_from_strings (words);
  mh_accessible_name (choice, name);
  return choice;
}

/* Enter goes from value to value, then to the next isolate, at last to Save. */
static void
grown_dialog_go_on (Isolate *isolate, guint after)
{
  MhGrownDialog *dialog = isolate->dialog;
  guint at;
  if (after < isolate->tested->len)
    gtk_widget_grab_focus (((Tested *)g_ptr_array_index (isolate->tested, after))->measured);
  else if (g_ptr_array_find (dialog->grown, isolate, &at) && at + 1 < dialog->grown->len)
    gtk_widget_grab_focus (((Isolate *)g_ptr_array_index (dialog->grown, at + 1))->organism);
  else
    gtk_widget_grab_focus (dialog->save);
}

static void
grown_dialog_measured_cb (Tested *tested)
{
  guint at = 0;
  g_ptr_array_find (tested->isolate->tested, tested, &at);
  grown_dialog_go_on (tested->isolate, at + 1);
}

static Tested *
add_tested (Isolate *isolate, const char *code, const char *name)
{
  static const char *const said[] = { "–", "S", "SDD", "I", "R", "NT", NULL };
  const char *methods[] = { _ ("mm"), _ ("MIC"), NULL };
  Tested *tested = g_new0 (Tested, 1);
  GtkWidget *box = mh_hbox (6), *label = mh_label (name, NULL);
  g_autofree char *method_name = g_strdup_printf (_ ("%s, method"), name);
  g_autofree char *measured_name = g_strdup_printf (_ ("%s, zone or MIC"), name);
  g_autofree char *said_name = g_strdup_printf (_ ("%s, interpretation"), name);

  tested->isolate = isolate;
  tested->antibiotic = g_strdup (code);
  tested->name = g_strdup (name);
  tested->method = drop_down (methods, method_name);
  tested->measured = gtk_entry_new ();
  tested->said = drop_down (said, said_name);
  tested->told = mh_label ("", "dim-label");
  mh_accessible_name (tested->measured, measured_name);
  gtk_editable_set_width_chars (GTK_EDITABLE (tested->measured), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (tested->measured), 8);
  gtk_widget_set_size_request (label, 170, -1);
  gtk_widget_set_hexpand (tested->told, TRUE);
  mh_box_append (box, label);
  mh_box_append (box, tested->method);
  mh_box_append (box, tested->measured);
  mh_box_append (box, tested->said);
  mh_box_append (box, tested->told);
  mh_box_append (isolate->list, box);
  g_ptr_array_add (isolate->tested, tested);
  g_signal_connect_swapped (tested->measured, "changed", G_CALLBACK (grown_dialog_tested_cb),
                            tested);
  g_signal_connect_swapped (tested->method, "notify::selected", G_CALLBACK (grown_dialog_tested_cb),
                            tested);
  g_signal_connect_swapped (tested->said, "notify::selected", G_CALLBACK (grown_dialog_said_cb),
                            tested);
  g_signal_connect_swapped (tested->measured, "activate", G_CALLBACK (grown_dialog_measured_cb),
                            tested);

  return tested;
}

static Tested *
find_tested (Isolate *isolate, const char *code)
{
  for (guint i = 0; i < isolate->tested->len; i++)
    {
      Tested *tested = g_ptr_array_index (isolate->tested, i);
      if (g_strcmp0 (tested->antibiotic, code) == 0)
        return tested;
    }
  return NULL;
}

/* Antibiotics that are tested first against this organism, as far as they are not there yet. */
static void
offer_first_line (Isolate *isolate)
{
  g_autofree char *code = grown_dialog_code_of (isolate);
  g_autoptr (GPtrArray) all = all_of (isolate->dialog->antibiotics);
  for (guint i = 0; code != NULL && i < all->len; i++)
    {
      MhRecord *antibiotic = g_ptr_array_index (all, i);
      const char *const *first = mh_record_list (antibiotic, MH_ANTIBIOTIC_FIRST_LINE_FOR);
      const char *own = mh_record_text (antibiotic, MH_ANTIBIOTIC_CODE);
      if (first != NULL && g_strv_contains (first, code) && find_tested (isolate, own) == NULL)
        add_tested (isolate, own, mh_record_text (antibiotic, MH_ANTIBIOTIC_NAME));
    }

  for (guint i = 0; i < isolate->tested->len; i++)
    grown_dialog_judge_cb (g_ptr_array_index (isolate->tested, i));
}

static void
organism_cb (Isolate *isolate)
{
  MhRecord *choice = choice_of (isolate);
  gtk_label_set_text (GTK_LABEL (isolate->name),
                      choice != NULL ? mh_record_text (choice, MH_VALUE_CHOICE_TEXT) : "");
  mh_dialog_touch (MH_DIALOG (isolate->dialog));
}

static void
grown_dialog_noted_cb (Isolate *isolate)
{
  mh_dialog_touch (MH_DIALOG (isolate->dialog));
}

static void
grown_dialog_chosen_cb (Isolate *isolate)
{
  MhRecord *choice = choice_of (isolate);
  if (choice != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (isolate->organism),
                             mh_record_text (choice, MH_VALUE_CHOICE_TEXT));
      offer_first_line (isolate);
    }
  gtk_widget_grab_focus (isolate->quantity);
}

static void
grown_dialog_counted_cb (Isolate *isolate)
{
  gtk_widget_grab_focus (isolate->comment);
}

static void
commented_cb (Isolate *isolate)
{
  grown_dialog_go_on (isolate, 0);
}

/* --- isolates --- */

static GtkWidget *
named_entry (const char *id, const char *format, guint number, const char *placeholder)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *name = g_strdup_printf ("%u: %s", number, format);
  mh_accessible_name (entry, name);
  if (number == 1)
    gtk_widget_set_name (entry, id); /* a draft is offered by the first words in it */
  g_object_set (entry, "placeholder-text", placeholder, NULL);
  return entry;
}

static Isolate *
grown_dialog_add_isolate (MhGrownDialog *dialog)
{
  Isolate *isolate = g_new0 (Isolate, 1);
  guint number = dialog->grown->len + 1;
  GtkWidget *box = mh_vbox (6), *first = mh_hbox (6);

  isolate->dialog = dialog;
  isolate->tested = g_ptr_array_new_with_free_func (tested_free);
  isolate->organism
      = named_entry ("organism", _ ("Organism"), number, _ ("Organism, by its first letters"));
  isolate->name = mh_label ("", "dim-label");
  isolate->quantity = named_entry ("quantity", _ ("Quantity"), number, _ ("Quantity"));
  isolate->comment = named_entry ("comment", _ ("Comment"), number, _ ("Comment"));
  isolate->list = mh_vbox (3);
  gtk_widget_set_hexpand (isolate->organism, TRUE);
  mh_box_append (first, isolate->organism);
  mh_box_append (first, isolate->quantity);
  mh_box_append (box, first);
  mh_box_append (box, isolate->name);
  mh_box_append (box, isolate->comment);
  mh_box_append (box, isolate->list);
  mh_box_append (dialog->isolates, box);
  g_ptr_array_add (dialog->grown, isolate);
  g_signal_connect_swapped (isolate->organism, "changed", G_CALLBACK (organism_cb), isolate);
  g_signal_connect_swapped (isolate->organism, "activate", G_CALLBACK (grown_dialog_chosen_cb),
                            isolate);
  g_signal_connect_swapped (isolate->quantity, "activate", G_CALLBACK (grown_dialog_counted_cb),
                            isolate);
  g_signal_connect_swapped (isolate->comment, "activate", G_CALLBACK (commented_cb), isolate);
  g_signal_connect_swapped (isolate->quantity, "changed", G_CALLBACK (grown_dialog_noted_cb),
                            isolate);
  g_signal_connect_swapped (isolate->comment, "changed", G_CALLBACK (grown_dialog_noted_cb),
                            isolate);

  return isolate;
}

static void
show_tested (Isolate *isolate, MhRecord *record)
{
  const char *said = mh_record_text (record, MH_RESULT_SUSCEPTIBILITY_INTERPRETATION);
  Tested *tested
      = add_tested (isolate, mh_record_text (record, MH_RESULT_SUSCEPTIBILITY_ANTIBIOTIC),
                    mh_record_text (record, MH_RESULT_SUSCEPTIBILITY_NAME));

  gtk_drop_down_set_selected (
      GTK_DROP_DOWN (tested->method),
      g_strcmp0 (mh_record_text (record, MH_RESULT_SUSCEPTIBILITY_METHOD), MH_SUSCEPTIBILITY_MIC)
          == 0);
  if (mh_record_has (record, MH_RESULT_SUSCEPTIBILITY_MEASURED))
    gtk_editable_set_text (GTK_EDITABLE (tested->measured),
                           mh_record_text (record, MH_RESULT_SUSCEPTIBILITY_MEASURED));

  for (guint i = 0; said != NULL && mh_interpretation_codes[i].code != NULL; i++)
    if (g_str_equal (mh_interpretation_codes[i].code, said)
        && !mh_record_bool (record, MH_RESULT_SUSCEPTIBILITY_BY_RULE))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (tested->said), i + 1);
}

static void
grown_dialog_show_text (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

/* @list: MhResultIsolate; may be NULL. */
static void
show_isolates (MhGrownDialog *dialog, GPtrArray *list)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      MhRecord *record = g_ptr_array_index (list, i);
      GPtrArray *tested = mh_record_records (record, MH_RESULT_ISOLATE_SUSCEPTIBILITIES);
      Isolate *isolate = grown_dialog_add_isolate (dialog);
      grown_dialog_show_text (isolate->organism, mh_record_text (record, MH_RESULT_ISOLATE_NAME));
      grown_dialog_show_text (isolate->quantity,
                              mh_record_text (record, MH_RESULT_ISOLATE_QUANTITY));
      grown_dialog_show_text (isolate->comment, mh_record_text (record, MH_RESULT_ISOLATE_COMMENT));
      for (guint k = 0; tested != NULL && k < tested->len; k++)
        show_tested (isolate, g_ptr_array_index (tested, k));
    }

  if (list == NULL || list->len == 0)
    grown_dialog_add_isolate (dialog);
}

static void
another_cb (MhGrownDialog *dialog)
{
  gtk_widget_grab_focus (grown_dialog_add_isolate (dialog)->organism);
}

/* --- what is unsent ---
 * The controls come and go with what is typed: it is kept as isolates, as the sheet has them. */

static void
grown_dialog_set_typed (MhRecord *record, guint field, GtkWidget *entry)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  if (*text != '\0')
    mh_record_set_text (record, field, text);
}

static MhRecord *
tested_written (const Tested *tested)
{
  MhRecord *record = mh_record_new (&mh_result_susceptibility_type);
  const char *said = grown_dialog_said_of (tested);
  mh_record_set_text (record, MH_RESULT_SUSCEPTIBILITY_ANTIBIOTIC, tested->antibiotic);
  mh_record_set_text (record, MH_RESULT_SUSCEPTIBILITY_NAME, tested->name);
  mh_record_set_text (record, MH_RESULT_SUSCEPTIBILITY_METHOD, grown_dialog_method_of (tested));
  grown_dialog_set_typed (record, MH_RESULT_SUSCEPTIBILITY_MEASURED, tested->measured);
  if (said != NULL)
    mh_record_set_text (record, MH_RESULT_SUSCEPTIBILITY_INTERPRETATION, said);
  return record;
}

/* All that stands there, also what could not be sent. Caller frees. */
static char *
grown_dialog_written (MhGrownDialog *dialog)
{
  g_autoptr (MhRecord) entry = mh_record_new (&mh_result_entry_type);
  for (guint i = 0; i < dialog->grown->len; i++)
    {
      Isolate *isolate = g_ptr_array_index (dialog->grown, i);
      g_autoptr (MhRecord) record = mh_record_new (&mh_result_isolate_type);
      grown_dialog_set_typed (record, MH_RESULT_ISOLATE_NAME, isolate->organism);
      grown_dialog_set_typed (record, MH_RESULT_ISOLATE_QUANTITY, isolate->quantity);
      grown_dialog_set_typed (record, MH_RESULT_ISOLATE_COMMENT, isolate->comment);
      for (guint k = 0; k < isolate->tested->len; k++)
        {
          g_autoptr (MhRecord) tested = tested_written (g_ptr_array_index (isolate->tested, k));
          mh_record_append (record, MH_RESULT_ISOLATE_SUSCEPTIBILITIES, tested);
        }
      mh_record_append (entry, MH_RESULT_ENTRY_ISOLATES, record);
    }
  return mh_record_to_json (entry, MH_JSON_SKIP_UNSET);
}

static char *
grown_dialog_tell (MhDialog *base)
{
  g_autofree char *written = grown_dialog_written (MH_GROWN_DIALOG (base));
  return g_strcmp0 (written, MH_GROWN_DIALOG (base)->stored) != 0 ? g_steal_pointer (&written)
                                                                  : NULL;
}

static void
grown_dialog_take (MhDialog *base, const char *text)
{
  MhGrownDialog *dialog = MH_GROWN_DIALOG (base);
  g_autoptr (MhRecord) entry
      = mh_record_from_text (&mh_result_entry_type, text, -1, MH_JSON_TRUSTED, NULL);
  if (entry == NULL)
    return;

  mh_refusal_clear (GTK_WIDGET (dialog));
  mh_box_clear (dialog->isolates);
  g_ptr_array_set_size (dialog->grown, 0);
  show_isolates (dialog, mh_record_records (entry, MH_RESULT_ENTRY_ISOLATES));
}

/* --- saving ---
 * What is refused is told by the place in what was sent: each control stands for its own. */

static void
stands_for (GtkWidget *control, const char *place, const char *part)
{
  g_autofree char *field = place != NULL ? g_strconcat (place, part, NULL) : NULL;
  mh_refusal_stands_for (control, field);
}

static void
tested_stands_for (const Tested *tested, const char *place)
{
  stands_for (tested->measured, place, ".measured");
  stands_for (tested->method, place, ".method");
  stands_for (tested->said, place, ".interpretation");
}

static void
isolate_stands_for (const Isolate *isolate, const char *place)
{
  stands_for (isolate->organism, place, ".organism");
  stands_for (isolate->quantity, place, ".quantity");
  stands_for (isolate->comment, place, ".comment");
}

static MhRecord *
tested_record (const Tested *tested)
{
  const char *measured = gtk_editable_get_text (GTK_EDITABLE (tested->measured));
  const char *said = grown_dialog_said_of (tested);
  if (*measured == 0 && said == NULL)
    return NULL;

  MhRecord *record = mh_record_new (&mh_result_susceptibility_type);
  mh_record_set_text (record, MH_RESULT_SUSCEPTIBILITY_ANTIBIOTIC, tested->antibiotic);
  mh_record_set_text (record, MH_RESULT_SUSCEPTIBILITY_METHOD, grown_dialog_method_of (tested));
  if (*measured != 0)
    mh_record_set_text (record, MH_RESULT_SUSCEPTIBILITY_MEASURED, measured);
  if (said != NULL)
    mh_record_set_text (record, MH_RESULT_SUSCEPTIBILITY_INTERPRETATION, said);
  return record;
}

static MhRecord *
isolate_record (Isolate *isolate, guint at)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (isolate->organism));
  const char *quantity = gtk_editable_get_text (GTK_EDITABLE (isolate->quantity));
  const char *comment = gtk_editable_get_text (GTK_EDITABLE (isolate->comment));
  g_autofree char *code = grown_dialog_code_of (isolate);
  g_autofree char *place = *typed != 0 ? g_strdup_printf (FIRST ".isolates[%u]", at) : NULL;

  isolate_stands_for (isolate, place);
  if (*typed == 0)
    return NULL;

  MhRecord *record = mh_record_new (&mh_result_isolate_type);
  mh_record_set_text (record, MH_RESULT_ISOLATE_ORGANISM, code != NULL ? code : typed);
  if (*quantity != 0)
    mh_record_set_text (record, MH_RESULT_ISOLATE_QUANTITY, quantity);
  if (*comment != 0)
    mh_record_set_text (record, MH_RESULT_ISOLATE_COMMENT, comment);
  for (guint i = 0, n = 0; i < isolate->tested->len; i++)
    {
      g_autoptr (MhRecord) tested = tested_record (g_ptr_array_index (isolate->tested, i));
      g_autofree char *line
          = tested != NULL ? g_strdup_printf ("%s.susceptibilities[%u]", place, n++) : NULL;
      tested_stands_for (g_ptr_array_index (isolate->tested, i), line);
      if (tested != NULL)
        mh_record_append (record, MH_RESULT_ISOLATE_SUSCEPTIBILITIES, tested);
    }

  return record;
}

/* Something stands there, and nobody said of what. */
static gboolean
lacks_organism (Isolate *isolate)
{
  gboolean any = *gtk_editable_get_text (GTK_EDITABLE (isolate->quantity)) != 0
                 || *gtk_editable_get_text (GTK_EDITABLE (isolate->comment)) != 0;
  for (guint i = 0; i < isolate->tested->len; i++)
    {
      g_autoptr (MhRecord) tested = tested_record (g_ptr_array_index (isolate->tested, i));
      any = any || tested != NULL;
    }
  return any && *gtk_editable_get_text (GTK_EDITABLE (isolate->organism)) == 0;
}

static void
grown_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhGrownDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, NULL))
    return;
  dialog->told.done (outcome->record, dialog->told.data);
  mh_dialog_end (MH_DIALOG (dialog), NULL);
}

static void
send_entry (MhGrownDialog *dialog, MhRecord *entry)
{
  g_autoptr (MhRecord) put = mh_record_new (&mh_results_put_type);
  const char *args[] = { "id", dialog->order_id, NULL };
  mh_record_take_text (entry, MH_RESULT_ENTRY_ANALYTE,
                       g_strconcat (mh_record_text (dialog->row, MH_RESULT_ROW_TEST), ":",
                                    mh_record_text (dialog->row, MH_RESULT_ROW_CODE), NULL));
  mh_record_append (put, MH_RESULTS_PUT_RESULTS, entry);
  mh_record_set_bool (put, MH_RESULTS_PUT_FINAL, FALSE);
  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = "result.save", .args = args, .body = put }, NULL,
                    grown_dialog_saved_cb, g_object_ref (dialog));
}

static void
grown_dialog_save_cb (MhGrownDialog *dialog)
{
  mh_refusal_clear (GTK_WIDGET (dialog));
  for (guint i = 0; i < dialog->grown->len; i++)
    {
      Isolate *isolate = g_ptr_array_index (dialog->grown, i);
      if (lacks_organism (isolate))
        {
          mh_refusal_say (isolate->organism, _ ("Say which organism grew."), dialog->problem);
          return;
        }
    }

  g_autoptr (MhRecord) entry = mh_record_new (&mh_result_entry_type);
  mh_record_take_records (entry, MH_RESULT_ENTRY_ISOLATES,
                          g_ptr_array_new_with_free_func (g_object_unref));

  for (guint i = 0, n = 0; i < dialog->grown->len; i++)
    {
      g_autoptr (MhRecord) isolate = isolate_record (g_ptr_array_index (dialog->grown, i), n);
      n += isolate != NULL;
      if (isolate != NULL)
        mh_record_append (entry, MH_RESULT_ENTRY_ISOLATES, isolate);
    }

  send_entry (dialog, entry);
}

static void
nothing_cb (MhGrownDialog *dialog)
{
  g_autoptr (MhRecord) entry = mh_record_new (&mh_result_entry_type);
  mh_record_set_text (entry, MH_RESULT_ENTRY_VALUE, NO_GROWTH);
  send_entry (dialog, entry);
}

/* --- making it --- */

static void
judge_all_cb (MhGrownDialog *dialog)
{
  for (guint i = 0; i < dialog->grown->len; i++)
    {
      Isolate *isolate = g_ptr_array_index (dialog->grown, i);
      for (guint k = 0; k < isolate->tested->len; k++)
        grown_dialog_judge_cb (g_ptr_array_index (isolate->tested, k));
    }
}

static void
grown_dialog_begin (MhDialog *base)
{
  MhGrownDialog *dialog = MH_GROWN_DIALOG (base);
  MhContext *context = mh_dialog_context (base);
  mh_dialog_keep (base, &dialog->organisms, mh_record_list_new (context, "organism.list"));
  mh_dialog_keep (base, &dialog->antibiotics, mh_record_list_new (context, "antibiotic.list"));
  mh_dialog_keep (base, &dialog->breakpoints, mh_record_list_new (context, "breakpoint.list"));
  g_signal_connect_object (dialog->breakpoints, "items-changed", G_CALLBACK (judge_all_cb), dialog,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog->organisms, "items-changed", G_CALLBACK (judge_all_cb), dialog,
                           G_CONNECT_SWAPPED);

  static const char *const many[] = { "limit", "200", NULL };
  mh_record_list_set_args (dialog->organisms, many);
  mh_record_list_set_args (dialog->antibiotics, many);
  mh_record_list_set_args (dialog->breakpoints, many);
}

static void
mh_grown_dialog_finalize (GObject *object)
{
  MhGrownDialog *dialog = MH_GROWN_DIALOG (object);
  if (dialog->told.free_data != NULL)
    dialog->told.free_data (dialog->told.data);
  g_ptr_array_unref (dialog->grown);
  g_clear_object (&dialog->row);
  g_free (dialog->order_id);
  g_free (dialog->stored);
  G_OBJECT_CLASS (mh_grown_dialog_parent_class)->finalize (object);
}

static void
mh_grown_dialog_class_init (MhGrownDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_grown_dialog_finalize;
  MH_DIALOG_CLASS (klass)->begin = grown_dialog_begin;
  MH_DIALOG_CLASS (klass)->drafts = "culture";
  MH_DIALOG_CLASS (klass)->tell = grown_dialog_tell;
  MH_DIALOG_CLASS (klass)->take = grown_dialog_take;
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/results/mh-grown-dialog"));
  gtk_widget_class_bind_template_child (widget, MhGrownDialog, isolates);
  gtk_widget_class_bind_template_child (widget, MhGrownDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhGrownDialog, save);
  gtk_widget_class_bind_template_callback (widget, another_cb);
  gtk_widget_class_bind_template_callback (widget, nothing_cb);
  gtk_widget_class_bind_template_callback (widget, grown_dialog_save_cb);
  mh_closures_bind (widget);
}

static void
mh_grown_dialog_init (MhGrownDialog *dialog)
{
  dialog->grown = g_ptr_array_new_with_free_func (isolate_free);
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_grown_dialog_show (GtkWidget *opener,
                      MhContext *context,
                      const char *order_id,
                      MhRecord *row,
                      MhNoteTold told)
{
  MhGrownDialog *dialog = g_object_new (MH_TYPE_GROWN_DIALOG, "context", context, NULL);
  dialog->order_id = g_strdup (order_id);
  dialog->row = g_object_ref (row);
  dialog->told = told;
  show_isolates (dialog, mh_record_records (row, MH_RESULT_ROW_ISOLATES));
  dialog->stored = grown_dialog_written (dialog);

  g_autofree char *about
      = g_strdup_printf ("%s:%s:%s", order_id, mh_record_text (row, MH_RESULT_ROW_TEST),
                         mh_record_text (row, MH_RESULT_ROW_CODE));
  mh_dialog_about (MH_DIALOG (dialog), about);
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
