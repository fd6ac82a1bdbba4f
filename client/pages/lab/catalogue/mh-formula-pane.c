/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/catalogue/mh-formula-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/form/mh-form.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/rules/lab/mh-formula.h"

#include <glib/gi18n-lib.h>

struct _MhFormulaPane
{
  MhPane parent_instance;
  MhRecordSlot *slot;
  MhForm *form;
  GtkBox *body;
  GtkFlowBox *inputs;
  GtkLabel *outcome, *complaint;
  char *asked; /* formula and condition that the boxes are for */
};

G_DEFINE_FINAL_TYPE (MhFormulaPane, mh_formula_pane, MH_TYPE_PANE)

static guint submit;

static const char *const fields[]
    = { "formula", "formula_condition", "formula_units", "formula_note", NULL };

static void formula_pane_try_cb (MhFormulaPane *pane);

/* --- the boxes --- */

static void
add_names (GPtrArray *names, const char *formula)
{
  g_auto (GStrv) used = formula != NULL && *formula != 0 ? mh_formula_names (formula) : NULL;
  for (guint i = 0; used != NULL && used[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (names, used[i], g_str_equal, NULL))
      g_ptr_array_add (names, g_strdup (used[i]));
}

static GtkWidget *
box_for (MhFormulaPane *pane, const char *name)
{
  GtkWidget *box = mh_vbox (0), *entry = gtk_entry_new ();
  g_autofree char *words = g_strdup_printf (_ ("Value of %s"), name);
  mh_box_append (box, mh_label (name, "caption"));
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 10);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  mh_accessible_name (entry, words);
  g_object_set_data_full (G_OBJECT (box), "name", g_strdup (name), g_free);
  g_object_set_data (G_OBJECT (box), "entry", entry);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (formula_pane_try_cb), pane);
  mh_box_append (box, entry);
  return box;
}

static void
offer_boxes (MhFormulaPane *pane)
{
  MhRecord *analyte = mh_record_slot_record (pane->slot);
  const char *formula = mh_record_text (analyte, MH_ANALYTE_FORMULA);
  const char *condition = mh_record_text (analyte, MH_ANALYTE_FORMULA_CONDITION);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *asked = g_strdup_printf ("%s\n%s", formula, condition);
  GtkWidget *child;

  if (g_strcmp0 (asked, pane->asked) == 0)
    return;

  g_free (pane->asked);
  pane->asked = g_steal_pointer (&asked);
  add_names (names, formula);
  add_names (names, condition);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (pane->inputs))) != NULL)
    gtk_flow_box_remove (pane->inputs, child);

  for (guint i = 0; i < names->len; i++)
    {
      gtk_flow_box_append (pane->inputs, box_for (pane, g_ptr_array_index (names, i)));
      GtkWidget *cell
          = gtk_widget_get_last_child (GTK_WIDGET (pane->inputs)); /* the box's own place */
      gtk_widget_set_focusable (cell, FALSE);
      mh_accessible_name (cell, g_ptr_array_index (names, i));
    }

  gtk_label_set_label (pane->outcome, "");
  gtk_label_set_text (pane->complaint, "");
}

/* --- trying --- */

static const char *
formula_pane_words_of (MhRecord *trial)
{
  static const struct
  {
    const char *outcome, *words;
  } all[] = { { "missing", N_ ("Not calculated: a value is missing") },
              { "undefined", N_ ("Not calculated: division by zero or no number") },
              { "not_applicable", N_ ("Not calculated: the condition does not hold") },
              { "broken", N_ ("This is not a formula") } };
  const char *outcome = mh_record_text (trial, MH_FORMULA_TRIAL_OUTCOME);

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_strcmp0 (all[i].outcome, outcome) == 0)
      return g_dgettext (GETTEXT_PACKAGE, all[i].words);

  return mh_record_text (trial, MH_FORMULA_TRIAL_VALUE);
}

static void
formula_pane_tried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhFormulaPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  mh_pane_set_busy (MH_PANE (pane), FALSE);
  g_autofree char *problem = error != NULL ? mh_words_error (error) : NULL;
  MhRecord *trial = outcome != NULL ? outcome->record : NULL;
  const char *message = trial != NULL ? mh_record_text (trial, MH_FORMULA_TRIAL_MESSAGE) : problem;

  gtk_label_set_label (pane->outcome, trial != NULL ? formula_pane_words_of (trial) : "");
  gtk_label_set_label (pane->complaint, message != NULL ? message : "");
}

static void
put_inputs (MhFormulaPane *pane, MhRecord *trial)
{
  for (GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (pane->inputs)); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *box = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (cell));
      GtkEditable *entry = g_object_get_data (G_OBJECT (box), "entry");
      g_autofree char *input
          = g_strdup_printf ("%s=%s", (const char *)g_object_get_data (G_OBJECT (box), "name"),
                             gtk_editable_get_text (entry));
      if (*gtk_editable_get_text (entry) != 0)
        mh_record_add_to_list (trial, MH_FORMULA_TRIAL_INPUTS, input);
    }
}

static void
formula_pane_try_cb (MhFormulaPane *pane)
{
  g_autoptr (MhRecord) trial = mh_record_new (&mh_formula_trial_type);
  MhRecord *analyte = mh_record_slot_record (pane->slot);
  offer_boxes (pane);
  mh_record_set_text (trial, MH_FORMULA_TRIAL_CODE, mh_record_text (analyte, MH_ANALYTE_CODE));
  mh_record_set_text (trial, MH_FORMULA_TRIAL_FORMULA,
                      mh_record_text (analyte, MH_ANALYTE_FORMULA));
  mh_record_set_text (trial, MH_FORMULA_TRIAL_CONDITION,
                      mh_record_text (analyte, MH_ANALYTE_FORMULA_CONDITION));
  mh_record_set_text (trial, MH_FORMULA_TRIAL_UCUM, mh_record_text (analyte, MH_ANALYTE_UCUM));
  mh_record_set_int (trial, MH_FORMULA_TRIAL_DECIMALS,
                     mh_record_int (analyte, MH_ANALYTE_DECIMALS));
  if (mh_record_has (analyte, MH_ANALYTE_FORMULA_UNITS))
    mh_record_set_list (trial, MH_FORMULA_TRIAL_UNITS,
                        mh_record_list (analyte, MH_ANALYTE_FORMULA_UNITS));

  put_inputs (pane, trial);
  mh_pane_set_busy (MH_PANE (pane), TRUE);
  mh_command_async (mh_pane_context (MH_PANE (pane)),
                    &(MhCommand){ .route = "formula.try", .body = trial }, NULL,
                    formula_pane_tried_cb, g_object_ref (pane));
}

/* --- making it --- */

static void
mh_formula_pane_finalize (GObject *object)
{
  g_free (MH_FORMULA_PANE (object)->asked);
  G_OBJECT_CLASS (mh_formula_pane_parent_class)->finalize (object);
}

static void
mh_formula_pane_class_init (MhFormulaPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_formula_pane_finalize;
  submit = g_signal_new ("submit", MH_TYPE_FORMULA_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                         G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/catalogue/mh-formula-pane"));
  gtk_widget_class_bind_template_child (widget, MhFormulaPane, body);
  gtk_widget_class_bind_template_child (widget, MhFormulaPane, inputs);
  gtk_widget_class_bind_template_child (widget, MhFormulaPane, outcome);
  gtk_widget_class_bind_template_child (widget, MhFormulaPane, complaint);
  gtk_widget_class_bind_template_callback (widget, formula_pane_try_cb);
  mh_closures_bind (widget);
}

static void
mh_formula_pane_init (MhFormulaPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}

static void
formula_pane_submit_cb (MhFormulaPane *pane)
{
  g_signal_emit (pane, submit, 0);
}

GtkWidget *
mh_formula_pane_new (MhContext *context, MhRecordSlot *slot)
{
  MhFormulaPane *pane = g_object_new (MH_TYPE_FORMULA_PANE, "context", context, NULL);
  mh_pane_keep (MH_PANE (pane), &pane->slot, g_object_ref (slot));
  pane->form = MH_FORM (mh_form_new (slot, fields));
  g_signal_connect_swapped (pane->form, "submit", G_CALLBACK (formula_pane_submit_cb), pane);
  gtk_box_prepend (pane->body, GTK_WIDGET (pane->form));
  return GTK_WIDGET (pane);
}

void
mh_formula_pane_refresh (MhFormulaPane *pane)
{
  mh_form_refresh (pane->form);
  offer_boxes (pane);
}
