/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/mh-prescription-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/models/mh-record-slot.h"
#include "client/pages/clinic/mh-medicine-lines.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/orders/mh-catalogue-pane.h"
#include "client/widgets/mh-document-view.h"
#include "client/widgets/mh-form.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-page.h"
#include "client/widgets/mh-patient-strip.h"
#include "client/widgets/mh-record-table.h"
#include "client/widgets/mh-shell.h"
#include "client/widgets/mh-words.h"
#include "shared/base/mh-id.h"
#include "shared/records/mh-records.h"
#include "shared/reports/mh-report-prescription.h"

#include <glib/gi18n-lib.h>

struct _MhPrescriptionPage
{
  GtkWidget parent_instance;
  MhContext *context;
  char *patient_id;
  MhRecord *patient, *hospital;
  MhRecordSlot *slot;
  MhRecordList *earlier;
  MhDocument *document; /* the signed paper */
  GCancellable *cancellable;
  gboolean busy;
  GtkWidget *stack, *strip, *split, *catalogue, *table, *repeat, *tests, *medicines, *form, *sign,
      *work, *preview;
};

static void page_iface_init (MhPageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (MhPrescriptionPage,
                               mh_prescription_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MH_TYPE_PAGE, page_iface_init))

static void show_tests (MhPrescriptionPage *page);

/* --- tests --- */

static const char *
code_of (MhRecord *chosen)
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
  show_tests (page);
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

static void
chosen_cb (MhCataloguePane *pane, MhRecord *chosen, MhPrescriptionPage *page)
{
  if (mh_record_slot_record (page->slot) == NULL)
    return;
  g_autoptr (GPtrArray) codes = codes_of (page, code_of (chosen));
  g_ptr_array_add (codes, g_strdup (code_of (chosen)));
  set_tests (page, codes);
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
  g_object_set_data_full (G_OBJECT (remove), "code", g_strdup (code), g_free);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_test_cb), page);
  mh_box_append (chip, gtk_label_new (name_of_code (page, code)));
  mh_box_append (chip, remove);
  return chip;
}

static void
show_tests (MhPrescriptionPage *page)
{
  MhRecord *record = mh_record_slot_record (page->slot);
  const char *const *tests = record != NULL ? mh_record_list (record, MH_PRESCRIPTION_TESTS) : NULL;
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (page->tests)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (page->tests), child);
  for (guint i = 0; tests != NULL && tests[i] != NULL; i++)
    gtk_flow_box_insert (GTK_FLOW_BOX (page->tests), test_chip (page, tests[i]), -1);
  if (tests == NULL || tests[0] == NULL)
    gtk_flow_box_insert (GTK_FLOW_BOX (page->tests),
                         mh_label (_ ("None. Choose from the catalogue."), "dim-label"), -1);
}

/* The slot has another record: a new one, the draft of before, a repeated one. */
static void
record_cb (MhPrescriptionPage *page)
{
  if (page->patient_id == NULL || mh_record_slot_record (page->slot) == NULL)
    return;
  show_tests (page);
  mh_medicine_lines_refresh (MH_MEDICINE_LINES (page->medicines));
}

static void
begin (MhPrescriptionPage *page)
{
  g_autofree char *form = g_strconcat ("prescription.", page->patient_id, NULL);
  mh_record_slot_begin (page->slot, form);
  record_cb (page);
  mh_form_refresh (MH_FORM (page->form));
  gtk_stack_set_visible_child_name (GTK_STACK (page->work), "write");
}

/* --- earlier ones --- */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  static const guint taken[]
      = { MH_PRESCRIPTION_DIAGNOSIS, MH_PRESCRIPTION_ADVICE, MH_PRESCRIPTION_TEST_NOTES };
  g_autoptr (MhPrescriptionPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) old = mh_read_finish (result, &error);
  if (page->context == NULL)
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
      g_autoptr (MhRecord) line = mh_record_copy (g_ptr_array_index (lines, i));
      for (guint k = 0; k < MH_N_COMMON; k++)
        mh_record_unset (line, k);
      mh_record_unset (line, MH_PRESCRIPTION_LINE_PRESCRIPTION_ID);
      mh_record_unset (line, MH_PRESCRIPTION_LINE_SORT_ORDER);
      mh_record_take_text (line, MH_ID, mh_id_new ());
      mh_record_append (record, MH_PRESCRIPTION_LINES, line);
    }
  mh_record_slot_touched (page->slot, MH_PRESCRIPTION_LINES);
  record_cb (page);
  mh_form_refresh (MH_FORM (page->form));
  mh_split_show_end (MH_SPLIT (page->split), TRUE);
}

static void
repeat_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhPrescriptionPage *page = MH_PRESCRIPTION_PAGE (widget);
  MhRecord *old = mh_record_table_current (MH_RECORD_TABLE (page->table));
  if (old != NULL && page->patient_id != NULL)
    mh_read_async (page->context, "prescription.read", mh_record_id (old), page->cancellable,
                   read_cb, g_object_ref (page));
}

/* --- signing --- */

static void
show_paper (MhPrescriptionPage *page, MhRecord *signed_one)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *const *tests = mh_record_list (signed_one, MH_PRESCRIPTION_TESTS);
  for (guint i = 0; tests != NULL && tests[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer)name_of_code (page, tests[i]));
  g_ptr_array_add (names, NULL);
  MhPrescriptionPaper paper = { .hospital = page->hospital,
                                .patient = page->patient,
                                .doctor = mh_context_user (page->context),
                                .prescription = signed_one,
                                .test_names = (const char *const *)names->pdata };
  g_clear_pointer (&page->document, mh_document_unref);
  if (page->hospital != NULL && page->patient != NULL)
    page->document
        = mh_report_prescription (&paper, mh_record_text (page->patient, MH_PATIENT_LANGUAGE), 0);
  mh_document_view_show (MH_DOCUMENT_VIEW (page->preview), page->document);
  gtk_stack_set_visible_child_name (GTK_STACK (page->work), "signed");
  mh_split_show_end (MH_SPLIT (page->split), TRUE);
}

static void
signed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPrescriptionPage) page = data;
  gboolean waiting = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) prescription
      = mh_record_slot_save_finish (MH_RECORD_SLOT (source), result, &waiting, &error);
  page->busy = FALSE;
  if (page->context == NULL)
    return;
  gtk_widget_set_sensitive (page->sign, TRUE);
  if (prescription == NULL)
    {
      mh_record_unset (mh_record_slot_record (page->slot), MH_PRESCRIPTION_SIGN);
      mh_form_show_error (MH_FORM (page->form), error);
      mh_shell_fail (GTK_WIDGET (page), error);
      return;
    }
  mh_shell_toast (GTK_WIDGET (page),
                  waiting ? _ ("Signed; it is sent as soon as the server is back") : _ ("Signed"));
  show_paper (page, prescription);
  mh_record_list_reload (page->earlier);
}

static void
sign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhPrescriptionPage *page = MH_PRESCRIPTION_PAGE (widget);
  MhRecord *record = mh_record_slot_record (page->slot);
  const char *at = gtk_stack_get_visible_child_name (GTK_STACK (page->work));
  if (page->busy || record == NULL || page->patient_id == NULL || g_strcmp0 (at, "write") != 0
      || !mh_medicine_lines_check (MH_MEDICINE_LINES (page->medicines)))
    return;
  /* Not before: what nobody has typed into must not hide the draft of before. */
  mh_record_set_text (record, MH_PRESCRIPTION_PATIENT_ID, page->patient_id);
  if (!mh_form_check (MH_FORM (page->form)))
    return;
  page->busy = TRUE;
  gtk_widget_set_sensitive (page->sign, FALSE);
  mh_record_set_bool (record, MH_PRESCRIPTION_SIGN, TRUE);
  mh_record_slot_save_async (page->slot, "prescription.create", NULL, signed_cb,
                             g_object_ref (page));
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhPrescriptionPage *page = MH_PRESCRIPTION_PAGE (widget);
  if (page->document != NULL)
    mh_document_print (widget, page->document, _ ("Prescription"));
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhPrescriptionPage *page = MH_PRESCRIPTION_PAGE (widget);
  if (page->patient_id != NULL)
    begin (page);
}

static void
medicine_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhPrescriptionPage *page = MH_PRESCRIPTION_PAGE (widget);
  if (page->patient_id != NULL)
    mh_medicine_lines_add (MH_MEDICINE_LINES (page->medicines));
}

/* --- as a page --- */

static void
patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPrescriptionPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) patient = mh_read_finish (result, &error);
  char today[11];
  if (page->context == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (page), error);
  if (patient == NULL || g_strcmp0 (mh_record_id (patient), page->patient_id) != 0)
    return;
  g_set_object (&page->patient, patient);
  mh_patient_strip_show (MH_PATIENT_STRIP (page->strip), patient, mh_today (page->context, today));
}

static void
hospital_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPrescriptionPage) page = data;
  g_autoptr (MhRecord) hospital = mh_read_finish (result, NULL);
  if (page->context != NULL && hospital != NULL)
    g_set_object (&page->hospital, hospital);
}

static void
page_open (MhPage *iface, const char *what)
{
  MhPrescriptionPage *page = MH_PRESCRIPTION_PAGE (iface);
  MhRecord *user = mh_context_user (page->context);
  if (what == NULL || what[0] == 0 || g_strcmp0 (what, page->patient_id) == 0)
    return;
  const char *args[] = { "patient_id", what, "limit", "50", NULL };
  g_free (page->patient_id);
  page->patient_id = g_strdup (what);
  g_clear_object (&page->patient);
  mh_patient_strip_show (MH_PATIENT_STRIP (page->strip), NULL, NULL);
  mh_record_list_set_args (page->earlier, args);
  mh_read_async (page->context, "patient.read", what, page->cancellable, patient_cb,
                 g_object_ref (page));
  if (page->hospital == NULL && user != NULL)
    mh_read_async (page->context, "hospital.read", mh_record_text (user, MH_USER_HOSPITAL_ID),
                   page->cancellable, hospital_cb, g_object_ref (page));
  begin (page);
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), "patient");
}

static void
page_shown (MhPage *iface)
{
  mh_catalogue_pane_focus (MH_CATALOGUE_PANE (MH_PRESCRIPTION_PAGE (iface)->catalogue));
}

static void
page_iface_init (MhPageInterface *iface)
{
  iface->open = page_open;
  iface->shown = page_shown;
}

/* --- making it --- */

static void
mh_prescription_page_dispose (GObject *object)
{
  MhPrescriptionPage *page = MH_PRESCRIPTION_PAGE (object);
  if (page->cancellable != NULL)
    g_cancellable_cancel (page->cancellable);
  if (page->slot != NULL)
    g_signal_handlers_disconnect_by_data (page->slot, page);
  g_clear_pointer (&page->stack, gtk_widget_unparent);
  g_clear_object (&page->cancellable);
  g_clear_object (&page->slot);
  g_clear_object (&page->earlier);
  g_clear_object (&page->patient);
  g_clear_object (&page->hospital);
  g_clear_object (&page->context);
  g_clear_pointer (&page->document, mh_document_unref);
  g_clear_pointer (&page->patient_id, g_free);
  G_OBJECT_CLASS (mh_prescription_page_parent_class)->dispose (object);
}

static void
mh_prescription_page_class_init (MhPrescriptionPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_prescription_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget, "prescription.sign", NULL, sign_action);
  gtk_widget_class_install_action (widget, "prescription.print", NULL, print_action);
  gtk_widget_class_install_action (widget, "prescription.new", NULL, new_action);
  gtk_widget_class_install_action (widget, "prescription.repeat", NULL, repeat_action);
  gtk_widget_class_install_action (widget, "prescription.medicine", NULL, medicine_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "prescription.sign", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F6, 0, "prescription.medicine", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_p, GDK_CONTROL_MASK, "prescription.print",
                                       NULL);
}

static void
mh_prescription_page_init (MhPrescriptionPage *page)
{
  page->cancellable = g_cancellable_new ();
}

static GtkWidget *
make_left (MhPrescriptionPage *page)
{
  static const MhTableColumn columns[] = {
    { .field = "number", .title = N_ ("Number"), .width = 100 },
    { .field = "signed_at", .width = 90 },
    { .field = "doctor_name", .title = N_ ("Doctor"), .expand = TRUE },
    { NULL },
  };
  GtkWidget *left = mh_vbox (6), *head = mh_hbox (MH_GAP),
            *title = mh_heading (_ ("Earlier prescriptions"));
  page->catalogue = mh_catalogue_pane_new (page->context);
  g_signal_connect (page->catalogue, "chosen", G_CALLBACK (chosen_cb), page);
  page->table = mh_record_table_new ("prescriptions", &mh_prescription_type, columns,
                                     G_LIST_MODEL (page->earlier), MH_TABLE_SINGLE);
  mh_record_table_set_empty (MH_RECORD_TABLE (page->table), "mh-pill-symbolic", _ ("None yet"),
                             NULL, NULL, NULL);
  page->repeat = mh_button (_ ("_Repeat"), NULL, "prescription.repeat");
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_set_vexpand (page->catalogue, TRUE);
  gtk_widget_set_size_request (page->table, -1, 170);
  gtk_widget_add_css_class (left, "mh-pane");
  mh_box_append (head, title);
  mh_box_append (head, page->repeat);
  mh_box_append (left, page->catalogue);
  mh_box_append (left, head);
  mh_box_append (left, page->table);
  return left;
}

static GtkWidget *
make_writing (MhPrescriptionPage *page)
{
  static const char *const fields[]
      = { "diagnosis", "follow_up", "advice", "test_notes", "priority", NULL };
  GtkWidget *box = mh_vbox (0), *inner = mh_vbox (MH_GAP), *foot = mh_hbox (MH_GAP);
  page->tests = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (page->tests), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (page->tests), 6);
  page->medicines = mh_medicine_lines_new (page->slot);
  page->form = mh_form_new (page->slot, fields);
  page->sign = mh_primary_button_new (_ ("Sign"), "F9", "prescription.sign");
  gtk_widget_add_css_class (inner, "mh-pane");
  gtk_widget_add_css_class (foot, "mh-foot");
  gtk_widget_set_hexpand (page->sign, TRUE);
  gtk_widget_set_halign (page->sign, GTK_ALIGN_END);
  mh_box_append (inner, mh_heading (_ ("Tests")));
  mh_box_append (inner, page->tests);
  mh_box_append (inner, mh_heading (_ ("Medicines")));
  mh_box_append (inner, page->medicines);
  mh_box_append (inner, page->form);
  mh_box_append (box, mh_scrolled (inner));
  mh_box_append (foot, page->sign);
  mh_box_append (box, foot);
  return box;
}

static GtkWidget *
make_signed (MhPrescriptionPage *page)
{
  GtkWidget *box = mh_vbox (0), *foot = mh_hbox (MH_GAP), *print;
  page->preview = mh_document_view_new ();
  gtk_widget_set_vexpand (page->preview, TRUE);
  print = mh_primary_button_new (_ ("Print"), "Ctrl+P", "prescription.print");
  GtkWidget *again = mh_button (_ ("_New prescription"), NULL, "prescription.new");
  gtk_widget_add_css_class (foot, "mh-foot");
  gtk_widget_set_hexpand (again, TRUE);
  gtk_widget_set_halign (again, GTK_ALIGN_START);
  mh_box_append (foot, again);
  mh_box_append (foot, print);
  mh_box_append (box, page->preview);
  mh_box_append (box, foot);
  return box;
}

static GtkWidget *
make_right (MhPrescriptionPage *page)
{
  GtkWidget *right = mh_vbox (0), *bar = mh_hbox (0),
            *back = mh_button (_ ("_Catalogue"), NULL, "split.back");
  page->work = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (page->work), make_writing (page), "write");
  gtk_stack_add_named (GTK_STACK (page->work), make_signed (page), "signed");
  mh_box_append (bar, back);
  mh_box_append (right, bar);
  mh_box_append (right, page->work);
  g_object_set_data (G_OBJECT (right), "bar", bar);
  return right;
}

GtkWidget *
mh_prescription_page_new (MhContext *context)
{
  MhPrescriptionPage *page = g_object_new (MH_TYPE_PRESCRIPTION_PAGE, NULL);
  GtkWidget *box = mh_vbox (0), *right;
  page->context = g_object_ref (context);
  page->slot = mh_record_slot_new (context, &mh_prescription_type);
  page->earlier = mh_record_list_new (context, "prescription.list");
  page->strip = mh_patient_strip_new ();
  right = make_right (page);
  page->split = mh_split_new (make_left (page), 340, right, 340);
  g_object_bind_property (page->split, "folded", g_object_get_data (G_OBJECT (right), "bar"),
                          "visible", G_BINDING_SYNC_CREATE);
  gtk_widget_set_vexpand (page->split, TRUE);
  page->stack = gtk_stack_new ();
  mh_box_append (box, page->strip);
  mh_box_append (box, page->split);
  gtk_stack_add_named (
      GTK_STACK (page->stack),
      mh_empty_new ("mh-pill-symbolic", _ ("No patient chosen"),
                    _ ("Find the patient with Ctrl+K or at the front desk, then prescribe."), NULL,
                    NULL),
      "none");
  gtk_stack_add_named (GTK_STACK (page->stack), box, "patient");
  gtk_widget_set_parent (page->stack, GTK_WIDGET (page));
  g_signal_connect_swapped (page->slot, "notify::record", G_CALLBACK (record_cb), page);
  return GTK_WIDGET (page);
}
