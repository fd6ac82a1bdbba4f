/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/prescribing/mh-medicines-pane.h"

#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/prescribing/mh-taken-list.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/clinic/mh-drug.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhMedicinesPane
{
  MhPane parent_instance;
  char *patient_id;
  MhRecordList *all;
  MhTakenList *taken;
  MhRecordTable *table;
};

G_DEFINE_FINAL_TYPE (MhMedicinesPane, mh_medicines_pane, MH_TYPE_PANE)

/* --- everything --- */

static char *
medicines_pane_what_text (MhRecord *line)
{
  const char *strength = mh_record_text (line, MH_PRESCRIPTION_LINE_STRENGTH);
  return g_strdup_printf ("%s%s%s", mh_record_text (line, MH_PRESCRIPTION_LINE_NAME),
                          strength != NULL ? " " : "", strength != NULL ? strength : "");
}

static char *
end_text (MhRecord *line)
{
  const char *stopped = mh_record_text (line, MH_PRESCRIPTION_LINE_STOPPED_ON);
  const char *ends = mh_record_text (line, MH_PRESCRIPTION_LINE_ENDS_ON);
  const char *why = mh_record_text (line, MH_PRESCRIPTION_LINE_STOP_REASON);
  g_autofree char *day = stopped != NULL ? mh_words_of_date (stopped)
                         : ends != NULL  ? mh_words_of_date (ends)
                                         : NULL;
  if (stopped == NULL)
    return g_steal_pointer (&day);
  return why != NULL ? g_strdup_printf (_ ("Stopped %s: %s"), day, why)
                     : g_strdup_printf (_ ("Stopped %s"), day);
}

static const MhTableColumn columns[] = {
  { .title = N_ ("Medicine"), .text = medicines_pane_what_text, .expand = TRUE, .width = 150 },
  { .title = N_ ("How it is taken"), .text = mh_taken_words, .expand = TRUE, .width = 140 },
  { .field = "starts_on", .width = 100 },
  { .title = N_ ("Until"), .text = end_text, .width = 130 },
  { .field = "doctor_name", .title = N_ ("Doctor"), .width = 120 },
  { NULL },
};

/* --- now --- */

static void
medicines_pane_profile_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhMedicinesPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) profile = mh_read_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL
      || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    return;
  mh_taken_list_show (pane->taken, profile != NULL
                                       ? mh_record_records (profile, MH_DRUG_CHECK_ACTIVE_ITEMS)
                                       : NULL);
}

static void
medicines_pane_load_cb (MhMedicinesPane *pane)
{
  const char *args[] = { "id", pane->patient_id, "limit", "200", NULL };
  MhContext *context = mh_pane_context (MH_PANE (pane));
  if (context == NULL || pane->patient_id == NULL)
    return;
  mh_record_list_set_args (pane->all, args);
  mh_read_async (context, "drug_profile.read", pane->patient_id,
                 mh_pane_cancellable (MH_PANE (pane)), medicines_pane_profile_cb,
                 g_object_ref (pane));
}

static void
medicines_pane_renew_cb (MhMedicinesPane *pane, MhRecord *line)
{
  g_autofree char *what = g_strconcat (pane->patient_id, "/renew/", mh_record_id (line), NULL);
  mh_shell_go (GTK_WIDGET (pane), "prescription", what);
}

static void
prescribe_cb (MhMedicinesPane *pane)
{
  mh_shell_go (GTK_WIDGET (pane), "prescription", pane->patient_id);
}

/* --- as a pane --- */

static void
mh_medicines_pane_open (MhPane *base, const char *what)
{
  MhMedicinesPane *pane = MH_MEDICINES_PANE (base);
  if (what == NULL)
    return;

  if (g_strcmp0 (what, pane->patient_id) != 0)
    {
      g_autoptr (GPtrArray) none = g_ptr_array_new ();
      mh_taken_list_show (pane->taken, none); /* never another patient's */
    }

  char *patient_id = g_strdup (what);
  g_free (pane->patient_id);
  pane->patient_id = patient_id;
  medicines_pane_load_cb (pane);
}

static void
medicines_pane_begin (MhPane *base)
{
  MhMedicinesPane *pane = MH_MEDICINES_PANE (base);
  MhContext *context = mh_pane_context (base);
  mh_pane_keep (base, &pane->all, mh_record_list_new (context, "medication.list"));
  mh_record_table_setup (pane->table, "chart-medicines", &mh_prescription_line_type, columns,
                         G_LIST_MODEL (pane->all), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->table, MH_PHONE_LEAST_WIDTH);
}

static void
mh_medicines_pane_finalize (GObject *object)
{
  g_free (MH_MEDICINES_PANE (object)->patient_id);
  G_OBJECT_CLASS (mh_medicines_pane_parent_class)->finalize (object);
}

static void
mh_medicines_pane_class_init (MhMedicinesPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_medicines_pane_finalize;
  MH_PANE_CLASS (klass)->begin = medicines_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_medicines_pane_open;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_TAKEN_LIST);
  gtk_widget_class_set_template_from_resource (
      widget, MH_TEMPLATE ("clinic/prescribing/mh-medicines-pane"));
  gtk_widget_class_bind_template_child (widget, MhMedicinesPane, taken);
  gtk_widget_class_bind_template_child (widget, MhMedicinesPane, table);
  gtk_widget_class_bind_template_callback (widget, medicines_pane_renew_cb);
  gtk_widget_class_bind_template_callback (widget, medicines_pane_load_cb);
  gtk_widget_class_bind_template_callback (widget, prescribe_cb);
  mh_closures_bind (widget);
}

static void
mh_medicines_pane_init (MhMedicinesPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}

GtkWidget *
mh_medicines_pane_new (MhContext *context)
{
  return g_object_new (MH_TYPE_MEDICINES_PANE, "context", context, NULL);
}
