/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/prescribing/mh-prescription-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-prescription-check.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/models/mh-record-slot.h"
#include "client/pages/clinic/prescribing/mh-drug-alerts.h"
#include "client/pages/clinic/prescribing/mh-medicine-lines.h"
#include "client/pages/clinic/prescribing/mh-taken-list.h"
#include "client/pages/clinic/prescribing/mh-withdraw-dialog.h"
#include "client/pages/lab/orders/mh-catalogue-pane.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/form/mh-form.h"
#include "client/widgets/hospital/mh-patient-strip.h"
#include "client/widgets/media/mh-document-print.h"
#include "client/widgets/media/mh-document-view.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/clinic/mh-drug.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"
#include "shared/reports/clinic/mh-report-prescription.h"
#include "shared/rules/clinic/mh-drug-line.h"

#include <glib/gi18n-lib.h>

struct _MhPrescriptionPage
{
  MhPane parent_instance;
  char *patient_id;
  MhRecord *patient, *hospital;
  MhRecordSlot *slot;
  MhRecordList *earlier, *favourites;
  MhFormulary *formulary;
  MhPrescriptionCheck *check;
  char *renew_id;       /* a line that the chart asked to renew, until it is known */
  MhDocument *document; /* the signed paper */
  MhRecord *signed_one; /* what stands on it */
  gint64 again;         /* the refused operation that is being corrected; 0: none */
  gboolean busy;
  GtkStack *stack, *work;
  MhPatientStrip *strip;
  MhBanner *refused;
  MhSplit *split;
  AdwBin *catalogue_place, *form_place;
  MhRecordTable *table, *favourite_table;
  MhMedicineLines *medicines;
  MhDrugAlerts *alerts;
  MhTakenList *taken;
  MhDocumentView *preview;
  GtkWidget *catalogue, *tests,
      *form; /* the first and the form are made in prescription_page_begin() */
};

G_DEFINE_FINAL_TYPE (MhPrescriptionPage, mh_prescription_page, MH_TYPE_PANE)

static MhContext *
prescription_page_context_of (MhPrescriptionPage *page)
{
  return mh_pane_context (MH_PANE (page));
}

static void prescription_page_show_tests (MhPrescriptionPage *page);

/* --- tests --- */

static const char *
prescription_page_code_of (MhRecord *chosen)
{
  return mh_record_text (chosen,
                         mh_record_type (chosen) == &mh_test_type ? MH_TEST_CODE : MH_PANEL_CODE);
}

static const char *
name_of_code (MhPrescriptionPage *page, const char *code)
{
  MhRecord *found = mh_catalogue_pane_find (MH_CATALOGUE_PANE (page->catalogue), code);
  if (found == NULL)
    return code;
  return mh_record_text (found,
                         mh_record_type (found) == &mh_test_type ? MH_TEST_NAME : MH_PANEL_NAME);
}

static void
set_tests (MhPrescriptionPage *page, GPtrArray *codes)
{
  g_ptr_array_add (codes, NULL);
  mh_record_set_list (mh_record_slot_record (page->slot), MH_PRESCRIPTION_TESTS,
                      (const char *const *)codes->pdata);
  mh_record_slot_touched (page->slot, MH_PRESCRIPTION_TESTS);
  prescription_page_show_tests (page);
}

/* The codes on paper now but @without. */
static GPtrArray *
codes_of (MhPrescriptionPage *page, const char *without)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);
  const char *const *tests
      = mh_record_list (mh_record_slot_record (page->slot), MH_PRESCRIPTION_TESTS);
  for (guint i = 0; tests != NULL && tests[i] != NULL; i++)
    if (g_strcmp0 (tests[i], without) != 0)
      g_ptr_array_add (codes, g_strdup (tests[i]));
  return codes;
}

/* Where what is prescribed is out of sight. */
static void
say_added (MhPrescriptionPage *page, const char *name)
{
  if (!mh_split_is_folded (page->split))
    return;
  g_autofree char *text = g_strdup_printf (_ ("Added: %s"), name);
  mh_shell_toast (GTK_WIDGET (page), text);
}

/* A medicine wants to know how often: its line is where one types on. */
static void
prescription_page_add_line (MhPrescriptionPage *page, MhRecord *line)
{
  gtk_stack_set_visible_child_name (page->work, "write");
  mh_split_show_end (page->split, TRUE);
  mh_medicine_lines_add_line (page->medicines, line);
}

static void
prescription_page_chosen_cb (MhCataloguePane *pane, MhRecord *chosen, MhPrescriptionPage *page)
{
  if (mh_record_slot_record (page->slot) == NULL)
    return;

  if (mh_record_type (chosen) == &mh_medicine_type)
    {
      g_autoptr (MhRecord) line = mh_drug_line_of (chosen);
      prescription_page_add_line (page, line);
      return;
    }

  g_autoptr (GPtrArray) codes = codes_of (page, prescription_page_code_of (chosen));
  g_ptr_array_add (codes, g_strdup (prescription_page_code_of (chosen)));
  set_tests (page, codes);
  say_added (page, name_of_code (page, prescription_page_code_of (chosen)));
}

static void
remove_test_cb (GtkButton *button, MhPrescriptionPage *page)
{
  g_autoptr (GPtrArray) codes = codes_of (page, g_object_get_data (G_OBJECT (button), "code"));
  set_tests (page, codes);
}

static GtkWidget *
test_chip (MhPrescriptionPage *page, const char *code)
{
  GtkWidget *chip = mh_hbox (3), *remove;
  g_autofree char *name = g_strdup_printf (_ ("Remove %s"), name_of_code (page, code));
  remove = mh_icon_button_new ("window-close-symbolic", name, NULL);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "circular");
  gtk_widget_add_css_class (chip, "mh-chip");
  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (remove), "code", g_strdup (code), g_free);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_test_cb), page);
  mh_box_append (chip, gtk_label_new (name_of_code (page, code)));
  mh_box_append (chip, remove);
  return chip;
}

static void
prescription_page_show_tests (MhPrescriptionPage *page)
{
  MhRecord *record = mh_record_slot_record (page->slot);
  const char *const *tests = record != NULL ? mh_record_list (record, MH_PRESCRIPTION_TESTS) : NULL;
  mh_wrap_clear (MH_WRAP (page->tests));
  for (guint i = 0; tests != NULL && tests[i] != NULL; i++)
    mh_wrap_append (MH_WRAP (page->tests), test_chip (page, tests[i]));
  if (tests == NULL || tests[0] == NULL)
    mh_wrap_append (MH_WRAP (page->tests),
                    mh_label (_ ("None. Choose from the catalogue."), "dim-label"));
}

/* The slot has another record: a new one, the draft of before, a repeated one. */
static void
prescription_page_record_cb (MhPrescriptionPage *page)
{
  if (page->patient_id == NULL || mh_record_slot_record (page->slot) == NULL)
    return;
  prescription_page_show_tests (page);
  mh_medicine_lines_refresh (page->medicines);
  mh_drug_alerts_refresh (page->alerts);
}

static void
prescription_page_write_new (MhPrescriptionPage *page)
{
  g_autofree char *form = g_strconcat ("prescription.", page->patient_id, NULL);
  mh_record_slot_begin (page->slot, form);
  prescription_page_record_cb (page);
  mh_form_refresh (MH_FORM (page->form));
  gtk_stack_set_visible_child_name (page->work, "write");
}

/* --- earlier ones --- */

static void
prescription_page_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  static const guint taken[]
      = { MH_PRESCRIPTION_DIAGNOSIS, MH_PRESCRIPTION_ADVICE, MH_PRESCRIPTION_TEST_NOTES };
  g_autoptr (MhPrescriptionPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) old = mh_read_finish (result, &error);

  if (prescription_page_context_of (page) == NULL)
    return;

  mh_shell_fail (GTK_WIDGET (page), error);
  MhRecord *record = mh_record_slot_record (page->slot);
  if (old == NULL || record == NULL
      || g_strcmp0 (mh_record_text (old, MH_PRESCRIPTION_PATIENT_ID), page->patient_id) != 0)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    if (mh_record_has (old, taken[i]))
      mh_record_set_text (record, taken[i], mh_record_text (old, taken[i]));

  mh_record_set_list (record, MH_PRESCRIPTION_TESTS, mh_record_list (old, MH_PRESCRIPTION_TESTS));
  GPtrArray *lines = mh_record_records (old, MH_PRESCRIPTION_LINES);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      g_autoptr (MhRecord) line = mh_taken_again (g_ptr_array_index (lines, i));
      mh_record_append (record, MH_PRESCRIPTION_LINES, line);
    }

  mh_record_slot_touched (page->slot, MH_PRESCRIPTION_LINES);
  prescription_page_record_cb (page);
  mh_form_refresh (MH_FORM (page->form));
  mh_split_show_end (page->split, TRUE);
}

/* What the server refused after it had been signed without it: to be corrected and signed again. */
static void
take_refused (MhPrescriptionPage *page)
{
  static const guint texts[]
      = { MH_PRESCRIPTION_DIAGNOSIS, MH_PRESCRIPTION_ADVICE, MH_PRESCRIPTION_TEST_NOTES,
          MH_PRESCRIPTION_FOLLOW_UP, MH_PRESCRIPTION_PRIORITY };
  static const guint parts[] = { MH_PRESCRIPTION_LINES, MH_PRESCRIPTION_OVERRIDES };
  g_autoptr (GPtrArray) ops
      = mh_sync_list_ops (mh_context_sync (prescription_page_context_of (page)));
  MhRecord *record = mh_record_slot_record (page->slot);
  const MhOp *op = NULL;

  for (guint i = 0; i < ops->len && op == NULL; i++)
    if (((MhOp *)g_ptr_array_index (ops, i))->seq == page->again)
      op = g_ptr_array_index (ops, i);

  g_autoptr (MhRecord) refused
      = op != NULL && op->body != NULL
            ? mh_record_from_text (&mh_prescription_type, op->body, -1, MH_JSON_TRUSTED, NULL)
            : NULL;

  if (refused == NULL || record == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mh_record_set_text (record, texts[i], mh_record_text (refused, texts[i]));
  mh_record_set_list (record, MH_PRESCRIPTION_TESTS,
                      mh_record_list (refused, MH_PRESCRIPTION_TESTS));

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      GPtrArray *rows = mh_record_records (refused, parts[i]);
      mh_record_take_records (record, parts[i],
                              rows != NULL ? g_ptr_array_ref (rows) : g_ptr_array_new ());
    }

  g_autofree char *title
      = g_strdup_printf (_ ("Refused by the server: %s Correct it and sign it again."),
                         op->problem != NULL ? op->problem : "");

  mh_banner_set_title (page->refused, title);
  mh_record_slot_touched (page->slot, MH_PRESCRIPTION_LINES);
  prescription_page_record_cb (page);
  mh_form_refresh (MH_FORM (page->form));
  gtk_stack_set_visible_child_name (page->work, "write");
  mh_split_show_end (page->split, TRUE);
}

static void
set_again (MhPrescriptionPage *page, gint64 seq)
{
  page->again = seq;
  mh_banner_set_revealed (page->refused, seq > 0);
  if (seq > 0)
    take_refused (page);
}

/* What was refused is replaced by what was signed now. */
static void
drop_refused (MhPrescriptionPage *page)
{
  if (page->again > 0)
    mh_sync_replaced (mh_context_sync (prescription_page_context_of (page)), page->again);
  set_again (page, 0);
}

static void
repeat_cb (MhPrescriptionPage *page)
{
  MhRecord *old = mh_record_table_current (page->table);
  if (old != NULL && page->patient_id != NULL)
    mh_read_async (prescription_page_context_of (page), "prescription.read", mh_record_id (old),
                   mh_pane_cancellable (MH_PANE (page)), prescription_page_read_cb,
                   g_object_ref (page));
}

static void
repeat_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  repeat_cb (MH_PRESCRIPTION_PAGE (widget));
}

/* --- what is taken, what one likes to write --- */

static void
prescription_page_renew_cb (MhPrescriptionPage *page, MhRecord *line)
{
  g_autoptr (MhRecord) again = mh_taken_again (line);
  if (mh_record_slot_record (page->slot) != NULL)
    prescription_page_add_line (page, again);
}

static void
renew_asked (MhPrescriptionPage *page, GPtrArray *active)
{
  g_autofree char *id = g_steal_pointer (&page->renew_id);
  for (guint i = 0; id != NULL && i < active->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (active, i)), id) == 0)
      prescription_page_renew_cb (page, g_ptr_array_index (active, i));
}

static void
prescription_page_profile_cb (MhPrescriptionPage *page)
{
  MhRecord *profile = mh_prescription_check_profile (page->check);
  GPtrArray *active
      = profile != NULL ? mh_record_records (profile, MH_DRUG_CHECK_ACTIVE_ITEMS) : NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  mh_taken_list_show (page->taken, profile != NULL && active == NULL ? none : active);
  if (active != NULL)
    renew_asked (page, active);
}

static void
prescription_page_stopped_cb (MhPrescriptionPage *page)
{
  mh_prescription_check_reload (page->check);
}

static void
lines_cb (MhPrescriptionPage *page)
{
  mh_prescription_check_touched (page->check);
}

/* On to the next one, where both are in sight. */
static void
prescription_page_next_cb (MhPrescriptionPage *page)
{
  if (!mh_split_is_folded (page->split))
    mh_catalogue_pane_focus (MH_CATALOGUE_PANE (page->catalogue));
}

/* Fields that a favourite and a line share. */
static const guint shared_fields[][2] = {
  { MH_PRESCRIPTION_LINE_NAME, MH_DRUG_FAVOURITE_NAME },
  { MH_PRESCRIPTION_LINE_MEDICINE, MH_DRUG_FAVOURITE_MEDICINE },
  { MH_PRESCRIPTION_LINE_STRENGTH, MH_DRUG_FAVOURITE_STRENGTH },
  { MH_PRESCRIPTION_LINE_DOSE, MH_DRUG_FAVOURITE_DOSE },
  { MH_PRESCRIPTION_LINE_FREQUENCY, MH_DRUG_FAVOURITE_FREQUENCY },
  { MH_PRESCRIPTION_LINE_ROUTE, MH_DRUG_FAVOURITE_ROUTE },
  { MH_PRESCRIPTION_LINE_INSTRUCTIONS, MH_DRUG_FAVOURITE_INSTRUCTIONS },
};

static void
use_favourite_cb (MhPrescriptionPage *page)
{
  MhRecord *favourite = mh_record_table_current (page->favourite_table);
  g_autoptr (MhRecord) line = mh_record_new (&mh_prescription_line_type);
  if (favourite == NULL || mh_record_slot_record (page->slot) == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (shared_fields); i++)
    if (mh_record_has (favourite, shared_fields[i][1]))
      mh_record_set_text (line, shared_fields[i][0],
                          mh_record_text (favourite, shared_fields[i][1]));

  if (mh_record_has (favourite, MH_DRUG_FAVOURITE_DURATION_DAYS))
    mh_record_set_int (line, MH_PRESCRIPTION_LINE_DURATION_DAYS,
                       mh_record_int (favourite, MH_DRUG_FAVOURITE_DURATION_DAYS));

  mh_record_set_bool (line, MH_PRESCRIPTION_LINE_AS_NEEDED,
                      mh_record_bool (favourite, MH_DRUG_FAVOURITE_AS_NEEDED));
  prescription_page_add_line (page, line);
}

static void
favourite_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPrescriptionPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (prescription_page_context_of (page) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (page), error);
  if (outcome != NULL)
    mh_record_list_reload (page->favourites);
}

static void
keep_favourite_cb (MhPrescriptionPage *page, MhRecord *line)
{
  g_autoptr (MhRecord) favourite = mh_record_new (&mh_drug_favourite_type);
  if (!mh_record_has (line, MH_PRESCRIPTION_LINE_NAME))
    return;

  mh_record_take_text (favourite, MH_ID, mh_id_new ());
  for (guint i = 0; i < G_N_ELEMENTS (shared_fields); i++)
    if (mh_record_has (line, shared_fields[i][0]))
      mh_record_set_text (favourite, shared_fields[i][1],
                          mh_record_text (line, shared_fields[i][0]));

  if (mh_record_has (line, MH_PRESCRIPTION_LINE_DURATION_DAYS))
    mh_record_set_int (favourite, MH_DRUG_FAVOURITE_DURATION_DAYS,
                       mh_record_int (line, MH_PRESCRIPTION_LINE_DURATION_DAYS));

  mh_record_set_bool (favourite, MH_DRUG_FAVOURITE_AS_NEEDED,
                      mh_record_bool (line, MH_PRESCRIPTION_LINE_AS_NEEDED));
  mh_shell_toast (GTK_WIDGET (page), _ ("Kept among your favourites"));
  mh_command_async (
      prescription_page_context_of (page),
      &(MhCommand){ .route = "drug_favourite.create", .body = favourite, .optimistic = favourite },
      NULL, favourite_done_cb, g_object_ref (page));
}

static void
drop_favourite_cb (MhPrescriptionPage *page)
{
  MhRecord *favourite = mh_record_table_current (page->favourite_table);
  if (favourite == NULL)
    return;
  const char *args[] = { "id", mh_record_id (favourite), NULL };
  mh_command_async (prescription_page_context_of (page),
                    &(MhCommand){ .route = "drug_favourite.remove", .args = args }, NULL,
                    favourite_done_cb, g_object_ref (page));
}

/* --- signing --- */

static void
prescription_page_show_paper (MhPrescriptionPage *page, MhRecord *signed_one)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *const *tests = mh_record_list (signed_one, MH_PRESCRIPTION_TESTS);
  for (guint i = 0; tests != NULL && tests[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer)name_of_code (page, tests[i]));
  g_ptr_array_add (names, NULL);

  MhPrescriptionPaper paper = { .hospital = page->hospital,
                                .patient = page->patient,
                                .doctor = mh_context_user (prescription_page_context_of (page)),
                                .prescription = signed_one,
                                .test_names = (const char *const *)names->pdata };

  g_clear_pointer (&page->document, mh_document_unref);
  g_set_object (&page->signed_one, signed_one);
  if (page->hospital != NULL && page->patient != NULL)
    page->document
        = mh_report_prescription (&paper, mh_record_text (page->patient, MH_PATIENT_LANGUAGE), 0);

  mh_document_view_show (page->preview, page->document);
  gtk_stack_set_visible_child_name (page->work, "signed");
  mh_split_show_end (page->split, TRUE);
}

static void
prescription_page_signed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPrescriptionPage) page = data;
  gboolean waiting = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) prescription
      = mh_record_slot_save_finish (MH_RECORD_SLOT (source), result, &waiting, &error);

  page->busy = FALSE;
  if (prescription_page_context_of (page) == NULL)
    return;

  mh_pane_set_busy (MH_PANE (page), FALSE);
  if (prescription == NULL)
    {
      mh_record_unset (mh_record_slot_record (page->slot), MH_PRESCRIPTION_SIGN);
      mh_form_show_error (MH_FORM (page->form), error);
      mh_shell_fail (GTK_WIDGET (page), error);
      mh_prescription_check_reload (page->check); /* what it knew and this desk did not */
      return;
    }

  drop_refused (page);
  mh_shell_toast (GTK_WIDGET (page),
                  waiting ? _ ("Signed; it is sent as soon as the server is back")
                  : g_strcmp0 (mh_record_text (prescription, MH_PRESCRIPTION_STATUS),
                               MH_PRESCRIPTION_STATUS_COUNTERSIGN)
                          == 0
                      ? _ ("Signed; it waits for a co-signature")
                      : _ ("Signed"));
  prescription_page_show_paper (page, prescription);
  mh_record_list_reload (page->earlier);
}

static void
prescription_page_sign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhPrescriptionPage *page = MH_PRESCRIPTION_PAGE (widget);
  MhRecord *record = mh_record_slot_record (page->slot);
  const char *at = gtk_stack_get_visible_child_name (page->work);
  if (page->busy || record == NULL || page->patient_id == NULL || g_strcmp0 (at, "write") != 0
      || !mh_medicine_lines_check (page->medicines))
    return;

  /* Not before: what nobody has typed into must not hide the draft of before. */
  mh_record_set_text (record, MH_PRESCRIPTION_PATIENT_ID, page->patient_id);
  if (!mh_form_check (MH_FORM (page->form)))
    return;

  if (!mh_drug_alerts_check (page->alerts))
    {
      mh_shell_toast (GTK_WIDGET (page), _ ("Give the reason to prescribe it anyway"));
      return;
    }

  page->busy = TRUE;
  mh_pane_set_busy (MH_PANE (page), TRUE);
  mh_record_set_bool (record, MH_PRESCRIPTION_SIGN, TRUE);
  mh_record_slot_save_async (page->slot, "prescription.create", NULL, prescription_page_signed_cb,
                             g_object_ref (page));
}

static void
prescription_page_withdrawn_cb (MhRecord *prescription, gpointer data)
{
  MhPrescriptionPage *page = data;
  if (prescription == NULL || prescription_page_context_of (page) == NULL)
    return;
  mh_shell_toast (GTK_WIDGET (page), mh_record_has (prescription, MH_PRESCRIPTION_ORDER_ID)
                                         ? _ ("Withdrawn; the tests that were ordered stay")
                                         : _ ("Withdrawn"));
  if (page->signed_one != NULL
      && g_strcmp0 (mh_record_id (page->signed_one), mh_record_id (prescription)) == 0)
    prescription_page_show_paper (page, prescription);
  mh_record_list_reload (page->earlier);
  mh_prescription_check_reload (page->check);
}

/* The one that was signed just now, else the chosen one of before. */
static void
prescription_page_withdraw_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhPrescriptionPage *page = MH_PRESCRIPTION_PAGE (widget);
  gboolean on_paper = g_strcmp0 (gtk_stack_get_visible_child_name (page->work), "signed") == 0;
  MhRecord *which = page->signed_one;

  if (!on_paper) /* of those in sight alone */
    which = gtk_widget_get_mapped (GTK_WIDGET (page->table)) ? mh_record_table_current (page->table)
                                                             : NULL;

  if (page->patient_id == NULL || page->busy)
    return;

  if (mh_withdraw_fits (which))
    mh_withdraw_dialog_show (
        widget, prescription_page_context_of (page), which,
        (MhNoteTold){ prescription_page_withdrawn_cb, g_object_ref (page), g_object_unref });
  else
    mh_shell_toast (widget, which == NULL ? _ ("Choose an earlier prescription first.")
                                          : _ ("It is not signed, or was withdrawn already."));
}

static void
prescription_page_print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhPrescriptionPage *page = MH_PRESCRIPTION_PAGE (widget);
  if (page->document != NULL)
    mh_document_print (widget,
                       &(MhPrintWanted){ .printer = MH_PRINTER_PAGES, .name = _ ("Prescription") },
                       page->document);
}

static void
prescription_page_new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhPrescriptionPage *page = MH_PRESCRIPTION_PAGE (widget);
  if (page->patient_id != NULL)
    prescription_page_write_new (page);
}

static void
write_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_split_show_end (MH_PRESCRIPTION_PAGE (widget)->split, TRUE);
}

static void
medicine_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhPrescriptionPage *page = MH_PRESCRIPTION_PAGE (widget);
  if (page->patient_id == NULL)
    return;
  mh_split_show_end (page->split, TRUE);
  mh_medicine_lines_add (page->medicines);
}

/* --- as a page --- */

static void
prescription_page_patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPrescriptionPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) patient = mh_read_finish (result, &error);
  char today[11];
  if (prescription_page_context_of (page) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (page), error);
  if (patient == NULL || g_strcmp0 (mh_record_id (patient), page->patient_id) != 0)
    return;
  g_set_object (&page->patient, patient);
  mh_patient_strip_show (page->strip, patient, mh_when_today_text (today));
}

static void
prescription_page_begin (MhPane *pane)
{
  static const char *const fields[]
      = { "diagnosis", "follow_up", "advice", "test_notes", "priority", NULL };
  static const MhTableColumn columns[] = {
    { .field = "number", .title = N_ ("Number"), .width = 116 },
    { .field = "signed_at", .width = 100 },
    { .field = "doctor_name", .title = N_ ("Doctor"), .expand = TRUE },
    { .field = "status", .width = 90 },
    { NULL },
  };
  static const MhTableColumn favourite_columns[] = {
    { .field = "name", .expand = TRUE },
    { .field = "dose", .width = 80 },
    { .field = "frequency", .width = 80 },
    { NULL },
  };
  MhPrescriptionPage *page = MH_PRESCRIPTION_PAGE (pane);
  MhContext *context = mh_pane_context (pane);

  mh_pane_keep (pane, &page->slot, mh_record_slot_new (context, &mh_prescription_type));
  mh_pane_keep (pane, &page->earlier, mh_record_list_new (context, "prescription.list"));
  page->catalogue = mh_catalogue_pane_new (context);
  adw_bin_set_child (page->catalogue_place, page->catalogue);
  mh_pane_keep (pane, &page->formulary, mh_formulary_new (context));
  mh_pane_keep (pane, &page->check, mh_prescription_check_new (page->slot, page->formulary));
  mh_pane_keep (pane, &page->favourites, mh_record_list_new (context, "drug_favourite.list"));
  mh_catalogue_pane_add_medicines (MH_CATALOGUE_PANE (page->catalogue),
                                   mh_formulary_medicines (page->formulary));
  mh_drug_alerts_setup (page->alerts, page->slot, page->check);
  g_signal_connect_object (page->check, "profile", G_CALLBACK (prescription_page_profile_cb), page,
                           G_CONNECT_SWAPPED);
  page->form = mh_form_new (page->slot, fields);
  adw_bin_set_child (page->form_place, page->form);
  mh_medicine_lines_set_slot (page->medicines, page->slot);
  mh_record_table_setup (page->table, "prescriptions", &mh_prescription_type, columns,
                         G_LIST_MODEL (page->earlier), MH_TABLE_SINGLE);
  mh_record_table_setup (page->favourite_table, "drug-favourites", &mh_drug_favourite_type,
                         favourite_columns, G_LIST_MODEL (page->favourites), MH_TABLE_SINGLE);
  mh_record_list_reload (page->favourites);
  g_signal_connect_object (page->catalogue, "chosen", G_CALLBACK (prescription_page_chosen_cb),
                           page, 0);
  g_signal_connect_object (page->slot, "notify::record", G_CALLBACK (prescription_page_record_cb),
                           page, G_CONNECT_SWAPPED);
}

static void
mh_prescription_page_open (MhPane *pane, const char *what)
{
  MhPrescriptionPage *page = MH_PRESCRIPTION_PAGE (pane);
  if (what == NULL || what[0] == 0)
    return;

  /* "PATIENT-ID/renew/LINE-ID", "PATIENT-ID/again/OPERATION" */
  g_auto (GStrv) parts = g_strsplit (what, "/", 3);
  const char *patient_id = parts[0];
  gboolean has_more = g_strv_length (parts) == 3;
  gboolean again = has_more && g_str_equal (parts[1], "again");
  gint64 seq = again ? g_ascii_strtoll (parts[2], NULL, 10) : 0;

  g_free (page->renew_id);
  page->renew_id = has_more && !again ? g_strdup (parts[2]) : NULL;
  if (g_strcmp0 (patient_id, page->patient_id) == 0)
    {
      if (again)
        set_again (page, seq);
      mh_prescription_check_reload (page->check);
      return;
    }

  const char *args[] = { "patient_id", patient_id, "limit", "50", NULL };
  g_free (page->patient_id);
  page->patient_id = g_strdup (patient_id);
  g_clear_object (&page->patient);
  mh_patient_strip_show (page->strip, NULL, NULL);
  mh_record_list_set_args (page->earlier, args);
  mh_read_async (prescription_page_context_of (page), "patient.read", patient_id,
                 mh_pane_cancellable (pane), prescription_page_patient_cb, g_object_ref (page));
  g_set_object (&page->hospital, mh_context_hospital (prescription_page_context_of (page)));
  prescription_page_write_new (page);
  mh_prescription_check_set_patient (page->check, page->patient_id);
  set_again (page, seq);
  gtk_stack_set_visible_child_name (page->stack, "patient");
}

static void
prescription_page_shown (MhPane *pane)
{
  mh_catalogue_pane_focus (MH_CATALOGUE_PANE (MH_PRESCRIPTION_PAGE (pane)->catalogue));
}

/* --- making it --- */

static void
mh_prescription_page_finalize (GObject *object)
{
  MhPrescriptionPage *page = MH_PRESCRIPTION_PAGE (object);
  g_clear_object (&page->patient);
  g_clear_object (&page->hospital);
  g_clear_object (&page->signed_one);
  g_clear_pointer (&page->document, mh_document_unref);
  g_free (page->patient_id);
  g_free (page->renew_id);
  G_OBJECT_CLASS (mh_prescription_page_parent_class)->finalize (object);
}

static void
prescription_page_bind (GtkWidgetClass *widget)
{
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (
      widget, MH_TEMPLATE ("clinic/prescribing/mh-prescription-page"));
  gtk_widget_class_bind_template_child (widget, MhPrescriptionPage, stack);
  gtk_widget_class_bind_template_child (widget, MhPrescriptionPage, strip);
  gtk_widget_class_bind_template_child (widget, MhPrescriptionPage, refused);
  gtk_widget_class_bind_template_child (widget, MhPrescriptionPage, split);
  gtk_widget_class_bind_template_child (widget, MhPrescriptionPage, catalogue_place);
  gtk_widget_class_bind_template_child (widget, MhPrescriptionPage, table);
  gtk_widget_class_bind_template_child (widget, MhPrescriptionPage, work);
  gtk_widget_class_bind_template_child (widget, MhPrescriptionPage, tests);
  gtk_widget_class_bind_template_child (widget, MhPrescriptionPage, favourite_table);
  gtk_widget_class_bind_template_child (widget, MhPrescriptionPage, medicines);
  gtk_widget_class_bind_template_child (widget, MhPrescriptionPage, alerts);
  gtk_widget_class_bind_template_child (widget, MhPrescriptionPage, taken);
  gtk_widget_class_bind_template_child (widget, MhPrescriptionPage, form_place);
  gtk_widget_class_bind_template_child (widget, MhPrescriptionPage, preview);

  gtk_widget_class_bind_template_callback (widget, repeat_cb);
  gtk_widget_class_bind_template_callback (widget, prescription_page_renew_cb);
  gtk_widget_class_bind_template_callback (widget, prescription_page_stopped_cb);
  gtk_widget_class_bind_template_callback (widget, lines_cb);
  gtk_widget_class_bind_template_callback (widget, prescription_page_next_cb);
  gtk_widget_class_bind_template_callback (widget, keep_favourite_cb);
  gtk_widget_class_bind_template_callback (widget, use_favourite_cb);
  gtk_widget_class_bind_template_callback (widget, drop_favourite_cb);
  mh_closures_bind (widget);
}

static void
install_keys (GtkWidgetClass *widget)
{
  gtk_widget_class_install_action (widget, "prescription.sign", NULL,
                                   prescription_page_sign_action);
  gtk_widget_class_install_action (widget, "prescription.print", NULL,
                                   prescription_page_print_action);
  gtk_widget_class_install_action (widget, "prescription.withdraw", NULL,
                                   prescription_page_withdraw_action);
  gtk_widget_class_install_action (widget, "prescription.new", NULL, prescription_page_new_action);
  gtk_widget_class_install_action (widget, "prescription.repeat", NULL, repeat_action);
  gtk_widget_class_install_action (widget, "prescription.write", NULL, write_action);
  gtk_widget_class_install_action (widget, "prescription.medicine", NULL, medicine_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "prescription.sign", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F6, 0, "prescription.medicine", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F8, 0, "prescription.withdraw", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_p, GDK_CONTROL_MASK, "prescription.print",
                                       NULL);
}

static void
mh_prescription_page_class_init (MhPrescriptionPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mh_prescription_page_finalize;
  MH_PANE_CLASS (klass)->begin = prescription_page_begin;
  MH_PANE_CLASS (klass)->open = mh_prescription_page_open;
  MH_PANE_CLASS (klass)->shown = prescription_page_shown;
  g_type_ensure (MH_TYPE_BANNER);
  g_type_ensure (MH_TYPE_PATIENT_STRIP);
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_DRUG_ALERTS);
  g_type_ensure (MH_TYPE_MEDICINE_LINES);
  g_type_ensure (MH_TYPE_TAKEN_LIST);
  g_type_ensure (MH_TYPE_DOCUMENT_VIEW);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  prescription_page_bind (GTK_WIDGET_CLASS (klass));
  install_keys (GTK_WIDGET_CLASS (klass));
}

static void
mh_prescription_page_init (MhPrescriptionPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
mh_prescription_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_PRESCRIPTION_PAGE, "context", context, NULL);
}
