/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/prescribing/mh-allergies-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-formulary.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/prescribing/mh-allergy-dialog.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/clinic/mh-allergy.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/rules/clinic/mh-drug-meaning.h"

#include <glib/gi18n-lib.h>

struct _MhAllergiesPane
{
  MhPane parent_instance;
  char *patient_id;
  MhRecordList *allergies;
  MhFormulary *formulary;
  MhRecordTable *table;
  GtkWidget *none;
  GtkLabel *unchecked; /* names that the formulary does not know */
};

G_DEFINE_FINAL_TYPE (MhAllergiesPane, mh_allergies_pane, MH_TYPE_PANE)

static const char *
allergies_pane_state_style (MhRecord *allergy)
{
  return mh_allergy_is_active (allergy) ? NULL : "dim-label";
}

static const MhTableColumn columns[] = {
  { .field = "substance", .expand = TRUE, .width = 140, .style = allergies_pane_state_style },
  { .field = "kind", .width = 100 },
  { .field = "severity", .width = 110 },
  { .field = "reaction", .expand = TRUE, .width = 110 },
  { .field = "status", .width = 100 },
  { .field = "noted_name", .title = N_ ("Noted by"), .width = 120 },
  { NULL },
};

static MhContext *
allergies_pane_context_of (MhAllergiesPane *pane)
{
  return mh_pane_context (MH_PANE (pane));
}

/* What of an active allergy nothing can be checked against; NULL: all is known. Caller frees. */
static char *
mh_allergies_pane_unknown (MhDrugBook *book, MhRecord *allergy)
{
  const char *class = mh_record_text (allergy, MH_ALLERGY_CLASS_CODE);
  g_autoptr (MhDrugMeaning) substance
      = mh_drug_meaning_of (book, mh_record_text (allergy, MH_ALLERGY_SUBSTANCE));
  g_autoptr (MhDrugMeaning) group = mh_drug_meaning_of (book, class);
  const MhDrugMeaning *decisive = class != NULL ? group : substance;
  return decisive->unknown->len > 0 ? g_strdup (g_ptr_array_index (decisive->unknown, 0)) : NULL;
}

static void
mh_allergies_pane_show_unchecked_cb (MhAllergiesPane *pane)
{
  MhDrugBook *book = mh_formulary_book (pane->formulary);
  g_autoptr (GString) names = g_string_new (NULL);
  GListModel *all = G_LIST_MODEL (pane->allergies);

  for (guint i = 0; book != NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (MhRecord) allergy = g_list_model_get_item (all, i);
      g_autofree char *unknown
          = mh_allergy_is_active (allergy) ? mh_allergies_pane_unknown (book, allergy) : NULL;
      g_autofree char *nearest = unknown != NULL ? mh_drug_nearest_name (book, unknown) : NULL;
      if (unknown != NULL && names->len > 0)
        g_string_append (names, ", ");
      /* Translators: a name that is not known, one that may be meant */
      if (nearest != NULL)
        g_string_append_printf (names, _ ("%s (perhaps %s?)"), unknown, nearest);
      else if (unknown != NULL)
        g_string_append (names, unknown);
    }

  g_autofree char *text = g_strdup_printf (
      _ ("Cannot be checked: allergy to %s. The formulary does not know this name; correct it, or "
         "compare by yourself."),
      names->str);

  gtk_label_set_text (pane->unchecked, text);
  gtk_widget_set_visible (GTK_WIDGET (pane->unchecked), names->len > 0);
}

/* "None known" is said only where nothing is noted. */
static void
allergies_pane_count_cb (MhAllergiesPane *pane)
{
  gboolean any = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pane->allergies)); i++)
    {
      g_autoptr (MhRecord) allergy = g_list_model_get_item (G_LIST_MODEL (pane->allergies), i);
      any |= mh_allergy_is_active (allergy);
    }
  gtk_widget_set_sensitive (pane->none, !any && pane->patient_id != NULL);
  mh_allergies_pane_show_unchecked_cb (pane);
}

static void
allergies_pane_add_cb (MhAllergiesPane *pane)
{
  if (pane->patient_id != NULL)
    mh_allergy_dialog_edit (GTK_WIDGET (pane), allergies_pane_context_of (pane), pane->formulary,
                            pane->patient_id, NULL);
}

static void
allergies_pane_change_cb (MhAllergiesPane *pane)
{
  MhRecord *allergy = mh_record_table_current (pane->table);
  if (allergy != NULL && mh_context_may (allergies_pane_context_of (pane), MH_MAY_WRITE_PATIENT))
    mh_allergy_dialog_edit (GTK_WIDGET (pane), allergies_pane_context_of (pane), pane->formulary,
                            pane->patient_id, allergy);
}

static void
said_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhAllergiesPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (allergies_pane_context_of (pane) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (outcome != NULL)
    mh_shell_toast (GTK_WIDGET (pane), _ ("Noted: no known allergies"));
}

static void
allergies_pane_patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhAllergiesPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) patient = mh_read_finish (result, &error);
  if (allergies_pane_context_of (pane) == NULL)
    return;

  mh_shell_fail (GTK_WIDGET (pane), error);
  if (patient == NULL || g_strcmp0 (mh_record_id (patient), pane->patient_id) != 0)
    return;

  const char *args[] = { "id", pane->patient_id, NULL };
  g_autoptr (MhRecord) patch = mh_record_new (&mh_patient_type);
  g_autoptr (MhRecord) after = mh_record_copy (patient);

  mh_record_set_text (patch, MH_PATIENT_ALLERGY_STATUS, MH_ALLERGY_NONE);
  mh_record_apply (after, patch);
  mh_command_async (allergies_pane_context_of (pane),
                    &(MhCommand){ .route = "patient.update",
                                  .args = args,
                                  .body = patch,
                                  .base = patient,
                                  .optimistic = after },
                    NULL, said_cb, g_object_ref (pane));
}

static void
allergies_pane_none_cb (MhAllergiesPane *pane)
{
  if (pane->patient_id != NULL)
    mh_read_async (allergies_pane_context_of (pane), "patient.read", pane->patient_id,
                   mh_pane_cancellable (MH_PANE (pane)), allergies_pane_patient_cb,
                   g_object_ref (pane));
}

/* --- as a pane --- */

static void
mh_allergies_pane_open (MhPane *base, const char *what)
{
  MhAllergiesPane *pane = MH_ALLERGIES_PANE (base);
  const char *args[] = { "patient_id", what, "limit", "200", NULL };
  char *patient_id = g_strdup (what);
  g_free (pane->patient_id);
  pane->patient_id = patient_id;
  mh_record_list_set_args (pane->allergies, args);
  allergies_pane_count_cb (pane);
}

static void
allergies_pane_begin (MhPane *base)
{
  MhAllergiesPane *pane = MH_ALLERGIES_PANE (base);
  mh_pane_keep (base, &pane->allergies,
                mh_record_list_new (mh_pane_context (base), "allergy.list"));
  mh_pane_keep (base, &pane->formulary, mh_formulary_new (mh_pane_context (base)));
  mh_record_table_setup (pane->table, "chart-allergies", &mh_allergy_type, columns,
                         G_LIST_MODEL (pane->allergies), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->table, MH_PHONE_LEAST_WIDTH);
  g_signal_connect_object (pane->allergies, "items-changed", G_CALLBACK (allergies_pane_count_cb),
                           pane, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane->formulary, "changed",
                           G_CALLBACK (mh_allergies_pane_show_unchecked_cb), pane,
                           G_CONNECT_SWAPPED);
}

static void
mh_allergies_pane_finalize (GObject *object)
{
  g_free (MH_ALLERGIES_PANE (object)->patient_id);
  G_OBJECT_CLASS (mh_allergies_pane_parent_class)->finalize (object);
}

static void
mh_allergies_pane_class_init (MhAllergiesPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_allergies_pane_finalize;
  MH_PANE_CLASS (klass)->begin = allergies_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_allergies_pane_open;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (
      widget, MH_TEMPLATE ("clinic/prescribing/mh-allergies-pane"));
  gtk_widget_class_bind_template_child (widget, MhAllergiesPane, table);
  gtk_widget_class_bind_template_child (widget, MhAllergiesPane, none);
  gtk_widget_class_bind_template_child (widget, MhAllergiesPane, unchecked);
  gtk_widget_class_bind_template_callback (widget, allergies_pane_add_cb);
  gtk_widget_class_bind_template_callback (widget, allergies_pane_change_cb);
  gtk_widget_class_bind_template_callback (widget, allergies_pane_none_cb);
  mh_closures_bind (widget);
}

static void
mh_allergies_pane_init (MhAllergiesPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}

GtkWidget *
mh_allergies_pane_new (MhContext *context)
{
  return g_object_new (MH_TYPE_ALLERGIES_PANE, "context", context, NULL);
}
