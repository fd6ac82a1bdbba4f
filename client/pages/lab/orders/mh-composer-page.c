/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-composer-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/orders/mh-cart-payment.h"
#include "client/pages/lab/orders/mh-cart-tubes.h"
#include "client/pages/lab/orders/mh-cart.h"
#include "client/pages/lab/orders/mh-catalogue-pane.h"
#include "client/pages/lab/orders/mh-department-choice.h"
#include "client/pages/lab/orders/mh-doctor-choice.h"
#include "client/pages/lab/orders/mh-order-papers.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/hospital/mh-patient-strip.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/money/mh-payment.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _MhComposerPage
{
  MhPane parent_instance;
  MhCart *cart;
  MhRecord *prescription; /* that is being ordered, or NULL */
  MhRecord *coming;       /* the prescription whose patient is being read, or NULL */
  GCancellable *opening;  /* of what was opened last */
  MhRecord *placed;       /* the last order, for its papers */
  MhRecord *payment;      /* goes with the order that is being placed, or NULL */
  char *charged_for;      /* id of the patient whose order is being placed */
  MhSplit *split;
  MhCataloguePane *catalogue;
  MhPatientStrip *strip;
  GtkListBox *list;
  GtkWidget *summary, *back, *priority, *method;
  GtkEditable *doctor, *tendered, *reference, *notes, *place;
  GtkDropDown *doctors, *departments, *collection;
  GtkExpander *more;
  GtkCheckButton *fasts;
  MhRecordList *house; /* doctors of the directory */
  GtkLabel *problem, *done_label, *change_due;
  GtkCheckButton *receipt, *labels;
  MhKeyButton *charge;
  GtkWidget *papers, *print;
  gboolean busy, finished; /* being placed; what was done is on show */
};

G_DEFINE_FINAL_TYPE (MhComposerPage, mh_composer_page, MH_TYPE_PANE)

static const char *const methods[]
    = { MH_METHOD_CASH, MH_METHOD_UPI, MH_METHOD_CARD, MH_METHOD_COD, MH_METHOD_INSURANCE };

static MhContext *
composer_page_context_of (MhComposerPage *page)
{
  return mh_pane_context (MH_PANE (page));
}

/* --- showing --- */

static void
composer_page_show_change_cb (MhComposerPage *page)
{
  mh_pane_changed (MH_PANE (page));
}

static void
composer_page_show_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
}

static MhRecord *
find_test (const char *code, gpointer page)
{
  return mh_catalogue_pane_find (MH_COMPOSER_PAGE (page)->catalogue, code);
}

static char *
composer_page_money (MhComposerPage *page, gint64 minor, gboolean sure)
{
  g_autofree char *money = mh_money_display (minor, mh_cart_currency (page->cart));
  return sure ? g_steal_pointer (&money) : g_strdup_printf ("≈ %s", money);
}

static char *
composer_page_subtotal_cb (MhComposerPage *page)
{
  return composer_page_money (page, mh_cart_subtotal (page->cart), TRUE);
}

static char *
composer_page_tax_cb (MhComposerPage *page)
{
  gboolean sure = TRUE, empty = mh_cart_is_empty (page->cart);
  gint64 tax = mh_cart_tax (page->cart, &sure);
  return composer_page_money (page, empty ? 0 : tax, sure || empty);
}

static char *
composer_page_total_cb (MhComposerPage *page)
{
  gboolean sure = TRUE;
  mh_cart_tax (page->cart, &sure);
  return composer_page_money (page, mh_cart_total (page->cart),
                              sure || mh_cart_is_empty (page->cart));
}

static char *
composer_page_charge_text_cb (MhComposerPage *page)
{
  g_autofree char *money = composer_page_money (page, mh_cart_total (page->cart), TRUE);
  return mh_cart_pays_now (mh_choice_get (page->method)) ? g_strdup_printf (_ ("Charge %s"), money)
                                                         : g_strdup (_ ("Place order"));
}

static char *
composer_page_change_text_cb (MhComposerPage *page)
{
  return mh_cart_change_text (page->cart, gtk_editable_get_text (page->tendered));
}

static char *
composer_page_tubes_cb (MhComposerPage *page)
{
  return mh_cart_tubes_text (page->cart, find_test, page);
}

static char *
composer_page_fasting_cb (MhComposerPage *page)
{
  return mh_cart_fasting_text (page->cart, find_test, page);
}

static gboolean
composer_page_by_cash_cb (MhComposerPage *page)
{
  return g_strcmp0 (mh_choice_get (page->method), MH_METHOD_CASH) == 0;
}

static gboolean
composer_page_by_reference_cb (MhComposerPage *page)
{
  return mh_cart_pays_by_reference (mh_choice_get (page->method));
}

static gboolean
composer_page_is_done_cb (MhComposerPage *page)
{
  return page->finished;
}

static gboolean
composer_page_has_nobody_cb (MhComposerPage *page)
{
  return mh_cart_patient (page->cart) == NULL;
}

/* Where the cart is not on show beside the tests: for whom, how many, how much. */
static char *
composer_page_brief_cb (MhComposerPage *page)
{
  MhRecord *patient = mh_cart_patient (page->cart);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (page->cart));
  g_autofree char *name = patient != NULL ? mh_words_patient (patient) : g_strdup (_ ("For whom?"));
  g_autofree char *count = g_strdup_printf (ngettext ("%u chosen", "%u chosen", n), n);
  g_autofree char *total = composer_page_total_cb (page);
  return g_strdup_printf ("%s · %s · %s", name, count, total);
}

static void
composer_page_update_cb (MhComposerPage *page)
{
  gboolean ready = !mh_cart_is_empty (page->cart) && mh_cart_patient (page->cart) != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (page), "composer.charge", ready && !page->busy);
  composer_page_show_change_cb (page);
}

static void
composer_page_choice_cb (MhComposerPage *page)
{
  /* between two of them none is on */
  if (page->cart != NULL && mh_choice_get (page->method) != NULL)
    composer_page_update_cb (page);
}

/* From the money to the button that takes it. */
static void
money_entered_cb (MhComposerPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (page->charge));
}

static void
composer_page_complain (MhComposerPage *page, const char *text)
{
  composer_page_show_label (page->problem, text);
}

/* NULL: there is nothing to complain of. */
static void
complain_of (MhComposerPage *page, const GError *error)
{
  g_autofree char *words = error != NULL ? mh_words_error (error) : NULL;
  composer_page_complain (page, words);
}

/* --- the cart's rows --- */

static void
composer_page_remove_cb (GtkButton *button, MhComposerPage *page)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  mh_cart_remove (page->cart, (guint)gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

static GtkWidget *
composer_page_make_row (gpointer item, gpointer data)
{
  MhComposerPage *page = data;
  const MhRecordType *type = mh_record_type (item);
  GtkWidget *row = mh_hbox (MH_GAP);
  const char *name = mh_record_text (item, (guint)mh_record_type_find (type, "name"));
  const char *code = mh_record_text (item, type->key);
  gint64 price = mh_record_int (item, (guint)mh_record_type_find (type, "price"));
  g_autofree char *tests = type == &mh_panel_type
                               ? g_strjoinv (", ", (char **)mh_record_list (item, MH_PANEL_TESTS))
                               : NULL;
  g_autofree char *text = tests != NULL ? g_strdup_printf ("%s\n%s", name, tests) : g_strdup (name);
  g_autofree char *remove_name = g_strdup_printf (_ ("Remove %s"), code);
  GtkWidget *label = mh_label (text, NULL);
  GtkWidget *remove = mh_icon_button_new ("list-remove-symbolic", remove_name, NULL);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (remove, "flat");
  g_signal_connect (remove, "clicked", G_CALLBACK (composer_page_remove_cb), page);
  mh_box_append (row, label);
  mh_box_append (row, mh_money_new (price, mh_cart_currency (page->cart)));
  mh_box_append (row, remove);
  gtk_widget_add_css_class (row, "mh-row");

  return row;
}

/* What was done takes the place of the form until the next test is chosen. */
static void
show_done (MhComposerPage *page, gboolean done)
{
  page->finished = done;
  mh_pane_changed (MH_PANE (page));
}

static void
composer_page_chosen_cb (MhCataloguePane *pane, MhRecord *record, MhComposerPage *page)
{
  g_autoptr (GError) error = NULL;
  show_done (page, FALSE);
  mh_cart_add (page->cart, record, &error);
  complain_of (page, error);
}

/* --- placing and paying --- */

/* There is no receipt without a payment. Something must be ticked to print. */
static void
papers_cb (MhComposerPage *page)
{
  gboolean any = gtk_check_button_get_active (page->labels)
                 || (gtk_widget_get_sensitive (GTK_WIDGET (page->receipt))
                     && gtk_check_button_get_active (page->receipt));
  gtk_widget_action_set_enabled (GTK_WIDGET (page), "composer.print", any);
}

/* Nothing of one patient's order goes over into that of the next. */
static void
start_order (MhComposerPage *page)
{
  g_clear_object (&page->prescription);
  mh_cart_clear (page->cart);
  mh_choice_set (page->method, methods[0]);
  mh_choice_set (page->priority, MH_PRIORITY_ROUTINE);
  gtk_drop_down_set_selected (page->doctors, 0);
  mh_department_choice_set (page->departments, NULL);
  gtk_drop_down_set_selected (page->collection, 0);
  gtk_check_button_set_active (page->fasts, FALSE);
  gtk_expander_set_expanded (page->more, FALSE);
  gtk_editable_set_text (page->doctor, "");
  gtk_editable_set_text (page->notes, "");
  gtk_editable_set_text (page->place, "");
  gtk_editable_set_text (page->tendered, "");
  gtk_editable_set_text (page->reference, "");
  composer_page_complain (page, NULL);
  composer_page_update_cb (page);
}

/* The change is handed out while the papers are printed: it stays until the next order begins. */
static void
show_change_due (MhComposerPage *page, gboolean paid)
{
  gint64 tendered
      = paid && page->payment != NULL ? mh_record_int (page->payment, MH_PAYMENT_TENDERED) : 0;
  gint64 change = tendered > 0 ? tendered - mh_record_int (page->payment, MH_PAYMENT_AMOUNT) : 0;
  g_autofree char *money = mh_money_display (change, mh_cart_currency (page->cart));
  g_autofree char *line = change > 0 ? g_strdup_printf (_ ("Give back %s"), money) : NULL;
  composer_page_show_label (page->change_due, line);
}

/* The order is being placed while the desk is with another patient already. */
static gboolean
is_elsewhere (MhComposerPage *page)
{
  MhRecord *patient = mh_cart_patient (page->cart);
  return patient == NULL || g_strcmp0 (mh_record_id (patient), page->charged_for) != 0;
}

/* @problem: why it is not paid, or NULL. */
static void
composer_page_finish (MhComposerPage *page, gboolean paid, gboolean waiting, const char *problem)
{
  const char *number = mh_record_text (page->placed, MH_ORDER_NUMBER);
  g_autofree char *text
      = waiting ? g_strdup (_ ("Kept here; it goes out when the server is back."))
                : g_strdup_printf (
                    paid ? _ ("Order %s is placed and paid.") : _ ("Order %s is placed."), number);

  page->busy = FALSE;
  if (is_elsewhere (page))
    {
      mh_shell_toast (GTK_WIDGET (page), problem != NULL ? problem : text);
      composer_page_update_cb (page);
      return;
    }

  start_order (page);
  composer_page_complain (page, problem);
  show_change_due (page, paid);
  gtk_label_set_text (page->done_label, text);
  gtk_widget_set_visible (page->papers, !waiting);
  gtk_widget_set_sensitive (GTK_WIDGET (page->receipt), paid);
  gtk_check_button_set_active (page->receipt, paid);
  gtk_check_button_set_active (page->labels, TRUE);
  show_done (page, TRUE);
  mh_split_show_end (page->split, TRUE);
  papers_cb (page);

  /* The papers are what one wants next: Enter prints. */
  if (waiting)
    mh_catalogue_pane_focus (page->catalogue);
  else
    gtk_widget_grab_focus (page->print);
}

static void
composer_page_paid_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhComposerPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (composer_page_context_of (page) == NULL)
    return;

  if (outcome == NULL)
    {
      /* The order stands; only its payment does not. It waits under “To collect”. */
      g_autofree char *words = mh_words_error (error);
      g_autofree char *text = g_strdup_printf (_ ("The order is placed, but not paid: %s"), words);
      composer_page_finish (page, FALSE, FALSE, text);
      return;
    }

  composer_page_finish (page, TRUE, outcome->waiting, NULL);
}

static void
composer_page_pay (MhComposerPage *page)
{
  gint64 due = mh_record_int (page->placed, MH_ORDER_DUE);
  const char *args[] = { "id", mh_record_id (page->placed), NULL };
  mh_record_set_int (page->payment, MH_PAYMENT_AMOUNT, due);
  /* The total was only estimated when it was charged, and is more than what was given. */
  if (mh_record_int (page->payment, MH_PAYMENT_TENDERED) < due)
    mh_record_set_null (page->payment, MH_PAYMENT_TENDERED);
  mh_command_async (composer_page_context_of (page),
                    &(MhCommand){ .route = "payment.take", .args = args, .body = page->payment },
                    NULL, composer_page_paid_cb, g_object_ref (page));
}

static void
placed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhComposerPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (composer_page_context_of (page) == NULL)
    return;

  if (outcome == NULL)
    {
      page->busy = FALSE;
      if (is_elsewhere (page))
        mh_shell_fail (GTK_WIDGET (page), error);
      else
        complain_of (page, error);
      composer_page_update_cb (page);
      return;
    }

  g_set_object (&page->placed, outcome->record);
  if (mh_cart_pays_now (mh_record_text (page->placed, MH_ORDER_PAYMENT_METHOD))
      && mh_record_int (page->placed, MH_ORDER_DUE) > 0)
    composer_page_pay (page);
  else
    composer_page_finish (page, FALSE, outcome->waiting, NULL);
}

static void
doctor_cb (MhComposerPage *page)
{
  MhRecord *doctor = mh_doctor_choice_get (page->doctors);
  gtk_widget_set_visible (GTK_WIDGET (page->doctor), doctor == NULL);
  mh_department_choice_of_doctor (
      page->departments,
      doctor != NULL ? mh_record_text (doctor, MH_CLINICIAN_DEPARTMENT_ID) : NULL);
}

static void
composer_page_place_cb (MhComposerPage *page)
{
  gtk_widget_set_visible (GTK_WIDGET (page->place),
                          gtk_drop_down_get_selected (page->collection) > 0);
}

static void
say_text (MhRecord *order, guint field, GtkEditable *entry)
{
  const char *text = gtk_editable_get_text (entry);
  if (text[0] != 0)
    mh_record_set_text (order, field, text);
}

/* Who wants it and why, and where the blood is drawn. */
static void
say_origin (MhComposerPage *page, MhRecord *order)
{
  MhRecord *doctor = mh_doctor_choice_get (page->doctors);
  guint where = gtk_drop_down_get_selected (page->collection);
  if (doctor != NULL)
    {
      mh_record_set_text (order, MH_ORDER_DOCTOR_ID, mh_record_text (doctor, MH_CLINICIAN_ID));
      mh_record_set_text (order, MH_ORDER_DOCTOR_NAME, mh_record_text (doctor, MH_CLINICIAN_NAME));
    }
  else
    say_text (order, MH_ORDER_DOCTOR_NAME, page->doctor);
  if (mh_department_choice_get (page->departments) != NULL)
    mh_record_set_text (order, MH_ORDER_DEPARTMENT_ID,
                        mh_department_choice_get (page->departments));

  say_text (order, MH_ORDER_CLINICAL_NOTES, page->notes);
  if (gtk_check_button_get_active (page->fasts))
    mh_record_set_bool (order, MH_ORDER_FASTING, TRUE);
  if (where > 0)
    {
      mh_record_set_text (order, MH_ORDER_COLLECTION, mh_collect_place_codes[where].code);
      say_text (order, MH_ORDER_COLLECT_PLACE, page->place);
    }

  if (page->prescription != NULL)
    mh_record_set_text (order, MH_ORDER_PRESCRIPTION_ID, mh_record_id (page->prescription));
}

static MhCartPaid
paid_as_written (MhComposerPage *page)
{
  return (MhCartPaid){ .method = mh_choice_get (page->method),
                       .tendered = gtk_editable_get_text (page->tendered),
                       .reference = gtk_editable_get_text (page->reference) };
}

static void
composer_page_charge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhComposerPage *page = MH_COMPOSER_PAGE (widget);
  if (page->busy || mh_cart_is_empty (page->cart) || mh_cart_patient (page->cart) == NULL)
    return;

  if (!mh_split_shows_end (page->split))
    {
      /* Nobody pays for what is not in sight. */
      mh_split_show_end (page->split, TRUE);
      return;
    }

  const MhCartPaid paid = paid_as_written (page);
  if (mh_cart_payment_missing (page->cart, &paid) != NULL)
    {
      composer_page_complain (page, mh_cart_payment_missing (page->cart, &paid));
      return;
    }

  g_autoptr (MhRecord) order
      = mh_cart_make_order (page->cart, paid.method, mh_choice_get (page->priority));
  say_origin (page, order);
  g_autoptr (MhRecord) shown = mh_cart_make_provisional (page->cart, order);

  g_clear_object (&page->payment);
  page->payment = mh_cart_payment_new (&paid);
  g_free (page->charged_for);
  page->charged_for = g_strdup (mh_record_id (mh_cart_patient (page->cart)));
  page->busy = TRUE;
  composer_page_update_cb (page);
  mh_command_async (composer_page_context_of (page),
                    &(MhCommand){ .route = "order.place", .body = order, .optimistic = shown },
                    NULL, placed_cb, g_object_ref (page));
}

static void
cart_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_split_show_end (MH_COMPOSER_PAGE (widget)->split, TRUE);
}

static void
composer_page_print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhComposerPage *page = MH_COMPOSER_PAGE (widget);
  guint papers = (gtk_check_button_get_active (page->receipt) ? MH_PAPER_RECEIPT : 0)
                 | (gtk_check_button_get_active (page->labels) ? MH_PAPER_LABELS : 0);
  if (page->placed != NULL && papers != 0)
    {
      const char *ids[] = { mh_record_id (page->placed), NULL };
      mh_order_papers_print (widget, composer_page_context_of (page), ids, papers);
    }
}

static void
choose_method (MhComposerPage *page, const char *method)
{
  mh_choice_set (page->method, method);
  if (mh_cart_pays_by_reference (method))
    gtk_widget_grab_focus (GTK_WIDGET (page->reference));
}

static void
composer_page_method_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose_method (MH_COMPOSER_PAGE (widget), g_variant_get_string (parameter, NULL));
}

/* The plain digits choose how it is paid once something is chosen, but for somebody who is typing a
 * test, an amount or a name. */
static gboolean
composer_page_key_cb (GtkEventControllerKey *controller,
                      guint key,
                      guint code,
                      GdkModifierType state,
                      MhComposerPage *page)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (page)));
  gunichar digit = gdk_keyval_to_unicode (key);
  gboolean typing = GTK_IS_EDITABLE (focus)
                    && (!gtk_widget_is_ancestor (focus, GTK_WIDGET (page->catalogue))
                        || mh_catalogue_pane_is_typing (page->catalogue));
  if (typing || (state & gtk_accelerator_get_default_mod_mask ()) != 0 || digit < '1'
      || digit >= '1' + G_N_ELEMENTS (methods) || mh_cart_is_empty (page->cart))
    return FALSE;
  choose_method (page, methods[digit - '1']);
  return TRUE;
}

/* --- as a page --- */

static void
composer_page_show_patient (MhComposerPage *page, MhRecord *patient)
{
  char today[11];
  MhRecord *before = mh_cart_patient (page->cart);
  if (before == NULL || patient == NULL
      || g_strcmp0 (mh_record_id (before), mh_record_id (patient)) != 0)
    start_order (page);
  mh_cart_set_patient (page->cart, patient);
  mh_patient_strip_show (page->strip, patient, mh_when_today_text (today));
  mh_department_choice_of_visit (page->departments, MH_PANE (page),
                                 patient != NULL ? mh_record_id (patient) : NULL);
  composer_page_update_cb (page);
}

/* What the doctor wrote for the laboratory, to be seen and changed before it is ordered. */
static void
take_over (MhComposerPage *page, const char *doctor)
{
  MhRecord *prescription = page->prescription;
  const char *id = mh_record_text (prescription, MH_PRESCRIPTION_DOCTOR_ID);
  const char *diagnosis = mh_record_text (prescription, MH_PRESCRIPTION_DIAGNOSIS);
  const char *words = mh_record_text (prescription, MH_PRESCRIPTION_TEST_NOTES);
  g_autofree char *notes = diagnosis != NULL && words != NULL
                               ? g_strdup_printf ("%s; %s", diagnosis, words)
                               : g_strdup (diagnosis != NULL ? diagnosis : words);

  mh_doctor_choice_find (page->doctors, id);
  gtk_editable_set_text (page->doctor, doctor != NULL ? doctor : "");
  gtk_editable_set_text (page->notes, notes != NULL ? notes : "");
  gtk_expander_set_expanded (page->more, notes != NULL);
  if (mh_record_has (prescription, MH_PRESCRIPTION_PRIORITY))
    mh_choice_set (page->priority, mh_record_text (prescription, MH_PRESCRIPTION_PRIORITY));
}

static void
prescribe_into_cart (MhComposerPage *page)
{
  const char *const *tests = mh_record_list (page->prescription, MH_PRESCRIPTION_TESTS);
  const char *doctor = mh_record_text (page->prescription, MH_PRESCRIPTION_DOCTOR_NAME);
  for (guint i = 0; tests != NULL && tests[i] != NULL; i++)
    {
      MhRecord *test = mh_catalogue_pane_find (page->catalogue, tests[i]);
      g_autoptr (GError) error = NULL;
      if (test == NULL || !mh_cart_add (page->cart, test, &error))
        {
          g_autofree char *words = error != NULL ? mh_words_error (error) : NULL;
          composer_page_complain (
              page,
              words != NULL ? words : _ ("A prescribed test is not in the catalogue any more."));
        }
    }

  take_over (page, doctor);
}

/* Something else was opened since it was asked for. */
static gboolean
is_overtaken (MhComposerPage *page, GAsyncResult *result)
{
  return composer_page_context_of (page) == NULL
         || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)));
}

static void
composer_page_patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhComposerPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) patient = mh_read_finish (result, &error);
  if (is_overtaken (page, result))
    return;

  if (patient == NULL)
    {
      complain_of (page, error);
      return;
    }

  composer_page_show_patient (page, patient);
  if (page->coming == NULL)
    return;

  start_order (page);
  page->prescription = g_steal_pointer (&page->coming);
  prescribe_into_cart (page);
}

static void
prescription_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhComposerPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) prescription = mh_read_finish (result, &error);
  if (is_overtaken (page, result))
    return;

  if (prescription == NULL)
    {
      complain_of (page, error);
      return;
    }

  g_set_object (&page->coming, prescription);
  mh_read_async (composer_page_context_of (page), "patient.read",
                 mh_record_text (prescription, MH_PRESCRIPTION_PATIENT_ID), page->opening,
                 composer_page_patient_cb, g_object_ref (page));
}

static void
mh_composer_page_open (MhPane *pane, const char *what)
{
  MhComposerPage *page = MH_COMPOSER_PAGE (pane);
  if (what == NULL || what[0] == 0)
    return;

  show_done (page, FALSE);
  composer_page_complain (page, NULL);
  g_clear_object (&page->coming);
  g_cancellable_cancel (page->opening);
  g_clear_object (&page->opening);
  page->opening = g_cancellable_new ();
  if (g_str_has_prefix (what, "prescription:"))
    mh_read_async (composer_page_context_of (page), "prescription.read",
                   what + strlen ("prescription:"), page->opening, prescription_cb,
                   g_object_ref (page));
  else
    mh_read_async (composer_page_context_of (page), "patient.read", what, page->opening,
                   composer_page_patient_cb, g_object_ref (page));
}

static void
composer_page_shown (MhPane *pane)
{
  mh_split_show_end (MH_COMPOSER_PAGE (pane)->split, FALSE);
  mh_catalogue_pane_focus (MH_COMPOSER_PAGE (pane)->catalogue);
}

static gboolean
composer_page_type_ahead (MhPane *pane, const char *text)
{
  mh_catalogue_pane_type (MH_COMPOSER_PAGE (pane)->catalogue, text);
  return TRUE;
}

/* --- making it --- */

/* Where the blood may be drawn. */
static void
composer_page_fill_places (MhComposerPage *page)
{
  g_autoptr (GtkStringList) places = gtk_string_list_new (NULL);
  for (const MhCode *code = mh_collect_place_codes; code->code != NULL; code++)
    gtk_string_list_append (places, _ (code->label));
  gtk_drop_down_set_model (page->collection, G_LIST_MODEL (places));
}

static void
composer_page_begin (MhPane *pane)
{
  MhComposerPage *page = MH_COMPOSER_PAGE (pane);
  mh_pane_keep (pane, &page->cart, mh_cart_new (mh_pane_context (pane)));
  mh_pane_keep (pane, &page->house, mh_doctor_choice_setup (page->doctors, mh_pane_context (pane)));
  composer_page_fill_places (page);
  mh_department_choice_setup (page->departments, pane);
  gtk_list_box_bind_model (page->list, G_LIST_MODEL (page->cart), composer_page_make_row, page,
                           NULL);
  g_signal_connect_object (page->cart, "totals-changed", G_CALLBACK (composer_page_update_cb), page,
                           G_CONNECT_SWAPPED);
  composer_page_show_patient (page, NULL);
}

static void
mh_composer_page_dispose (GObject *object)
{
  MhComposerPage *page = MH_COMPOSER_PAGE (object);
  g_cancellable_cancel (page->opening);
  g_clear_object (&page->opening);
  g_clear_object (&page->prescription);
  g_clear_object (&page->coming);
  g_clear_object (&page->placed);
  g_clear_object (&page->payment);
  g_clear_pointer (&page->charged_for, g_free);
  G_OBJECT_CLASS (mh_composer_page_parent_class)->dispose (object);
}

static void
composer_page_bind_template (GtkWidgetClass *widget)
{
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_PATIENT_STRIP);
  g_type_ensure (MH_TYPE_CATALOGUE_PANE);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/orders/mh-composer-page"));

  gtk_widget_class_bind_template_child (widget, MhComposerPage, split);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, catalogue);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, strip);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, list);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, summary);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, back);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, priority);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, method);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, doctor);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, doctors);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, departments);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, collection);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, more);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, fasts);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, notes);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, place);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, tendered);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, reference);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, problem);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, done_label);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, change_due);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, receipt);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, labels);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, charge);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, papers);
  gtk_widget_class_bind_template_child (widget, MhComposerPage, print);

  gtk_widget_class_bind_template_callback (widget, composer_page_chosen_cb);
  gtk_widget_class_bind_template_callback (widget, composer_page_choice_cb);
  gtk_widget_class_bind_template_callback (widget, doctor_cb);
  gtk_widget_class_bind_template_callback (widget, composer_page_place_cb);
  gtk_widget_class_bind_template_callback (widget, composer_page_show_change_cb);
  gtk_widget_class_bind_template_callback (widget, money_entered_cb);
  gtk_widget_class_bind_template_callback (widget, papers_cb);
  gtk_widget_class_bind_template_callback (widget, composer_page_key_cb);
  mh_closures_bind (widget);
  gtk_widget_class_bind_template_callback (widget, composer_page_subtotal_cb);
  gtk_widget_class_bind_template_callback (widget, composer_page_tax_cb);
  gtk_widget_class_bind_template_callback (widget, composer_page_total_cb);
  gtk_widget_class_bind_template_callback (widget, composer_page_charge_text_cb);
  gtk_widget_class_bind_template_callback (widget, composer_page_change_text_cb);
  gtk_widget_class_bind_template_callback (widget, composer_page_tubes_cb);
  gtk_widget_class_bind_template_callback (widget, composer_page_fasting_cb);
  gtk_widget_class_bind_template_callback (widget, composer_page_by_cash_cb);
  gtk_widget_class_bind_template_callback (widget, composer_page_by_reference_cb);
  gtk_widget_class_bind_template_callback (widget, composer_page_brief_cb);
  gtk_widget_class_bind_template_callback (widget, composer_page_is_done_cb);
  gtk_widget_class_bind_template_callback (widget, composer_page_has_nobody_cb);
}

static void
mh_composer_page_class_init (MhComposerPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MhPaneClass *pane = MH_PANE_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_composer_page_dispose;
  pane->begin = composer_page_begin;
  pane->open = mh_composer_page_open;
  pane->shown = composer_page_shown;
  pane->type_ahead = composer_page_type_ahead;
  composer_page_bind_template (widget);
  gtk_widget_class_install_action (widget, "composer.charge", NULL, composer_page_charge_action);
  gtk_widget_class_install_action (widget, "composer.cart", NULL, cart_action);
  gtk_widget_class_install_action (widget, "composer.print", NULL, composer_page_print_action);
  gtk_widget_class_install_action (widget, "composer.method", "s", composer_page_method_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "composer.charge", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_p, GDK_CONTROL_MASK, "composer.print", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    gtk_widget_class_add_binding_action (widget, GDK_KEY_1 + i, GDK_ALT_MASK | GDK_CONTROL_MASK,
                                         "composer.method", "s", methods[i]);
}

static void
mh_composer_page_init (MhComposerPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  g_object_bind_property (page->split, "folded", page->back, "visible", G_BINDING_SYNC_CREATE);
  g_object_bind_property (page->split, "folded", page->summary, "visible", G_BINDING_SYNC_CREATE);
}

GtkWidget *
mh_composer_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_COMPOSER_PAGE, "context", context, NULL);
}
