/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/orders/mh-composer-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-read.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/orders/mh-cart.h"
#include "client/pages/orders/mh-catalogue-pane.h"
#include "client/pages/orders/mh-order-papers.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-page.h"
#include "client/widgets/mh-patient-strip.h"
#include "client/widgets/mh-shell.h"
#include "client/widgets/mh-words.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _MhComposerPage
{
  GtkWidget parent_instance;
  MhContext *context;
  MhCart *cart;
  MhRecord *prescription; /* that is being ordered, or NULL */
  MhRecord *placed;       /* the last order, for its papers */
  GCancellable *cancellable;
  GtkWidget *split, *catalogue, *strip, *list, *priority, *method, *doctor;
  GtkWidget *subtotal, *tax, *total, *tendered, *change, *reference, *problem, *charge, *done,
      *done_label;
  gboolean busy;
};

static void page_iface_init (MhPageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (MhComposerPage,
                               mh_composer_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MH_TYPE_PAGE, page_iface_init))

/* --- showing --- */

static gboolean
pays_now (const char *method)
{
  static const char *const now[] = { MH_METHOD_CASH, MH_METHOD_UPI, MH_METHOD_CARD, NULL };
  return g_strv_contains (now, method);
}

static void
set_money (GtkWidget *label, gint64 minor, const char *currency, gboolean sure)
{
  g_autofree char *money = mh_money_display (minor, currency);
  g_autofree char *text = sure ? g_strdup (money) : g_strdup_printf ("≈ %s", money);
  gtk_label_set_text (GTK_LABEL (label), text);
}

static void
show_change (MhComposerPage *page)
{
  gint64 tendered = 0, total = mh_cart_total (page->cart);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (page->tendered));
  if (text[0] == 0)
    gtk_label_set_text (GTK_LABEL (page->change), _ ("Exact amount"));
  else if (!mh_money_parse (text, &tendered))
    gtk_label_set_text (GTK_LABEL (page->change), _ ("Write an amount such as 500"));
  else if (tendered < total)
    gtk_label_set_text (GTK_LABEL (page->change), _ ("That is less than the total"));
  else
    {
      g_autofree char *money = mh_money_display (tendered - total, mh_cart_currency (page->cart));
      g_autofree char *line = g_strdup_printf (_ ("Give back %s"), money);
      gtk_label_set_text (GTK_LABEL (page->change), line);
    }
}

static void
update (MhComposerPage *page)
{
  gboolean sure = TRUE;
  const char *currency = mh_cart_currency (page->cart);
  const char *method = mh_choice_get (page->method);
  gint64 tax = mh_cart_tax (page->cart, &sure), total = mh_cart_total (page->cart);
  gboolean empty = mh_cart_is_empty (page->cart);
  g_autofree char *money = mh_money_display (total, currency);
  g_autofree char *label = pays_now (method) ? g_strdup_printf (_ ("Charge %s · F9"), money)
                                             : g_strdup (_ ("Place order · F9"));
  set_money (page->subtotal, mh_cart_subtotal (page->cart), currency, TRUE);
  set_money (page->tax, empty ? 0 : tax, currency, sure || empty);
  set_money (page->total, total, currency, sure || empty);
  gtk_button_set_label (GTK_BUTTON (page->charge), label);
  gtk_widget_set_visible (gtk_widget_get_parent (page->tendered),
                          g_strcmp0 (method, MH_METHOD_CASH) == 0);
  gtk_widget_set_visible (page->reference, g_strcmp0 (method, MH_METHOD_UPI) == 0
                                               || g_strcmp0 (method, MH_METHOD_CARD) == 0);
  gtk_widget_set_sensitive (page->charge,
                            !empty && !page->busy && mh_cart_patient (page->cart) != NULL);
  show_change (page);
}

static void
totals_cb (MhCart *cart, MhComposerPage *page)
{
  update (page);
}

static void
choice_cb (GtkToggleButton *button, MhComposerPage *page)
{
  if (gtk_toggle_button_get_active (button) && page->charge != NULL)
    update (page);
}

static void
tendered_cb (GtkEditable *entry, MhComposerPage *page)
{
  show_change (page);
}

static void
complain (MhComposerPage *page, const char *text)
{
  gtk_label_set_text (GTK_LABEL (page->problem), text != NULL ? text : "");
  gtk_widget_set_visible (page->problem, text != NULL);
}

/* --- the cart's rows --- */

static void
remove_cb (GtkButton *button, MhComposerPage *page)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  mh_cart_remove (page->cart, (guint)gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  MhComposerPage *page = data;
  const MhRecordType *type = mh_record_type (item);
  GtkWidget *row = mh_hbox (MH_GAP);
  const char *name = mh_record_text (item, (guint)mh_record_type_find (type, "name"));
  const char *code = mh_record_text (item, (guint)mh_record_type_find (type, "code"));
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
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), page);
  mh_box_append (row, label);
  mh_box_append (row, mh_money_new (price, mh_cart_currency (page->cart)));
  mh_box_append (row, remove);
  gtk_widget_add_css_class (row, "mh-row");
  return row;
}

static void
chosen_cb (MhCataloguePane *pane, MhRecord *record, MhComposerPage *page)
{
  g_autoptr (GError) error = NULL;
  gtk_widget_set_visible (page->done, FALSE);
  complain (page, mh_cart_add (page->cart, record, &error) ? NULL : error->message);
}

/* --- placing and paying --- */

static void
finish (MhComposerPage *page, gboolean paid, gboolean waiting)
{
  const char *number = mh_record_text (page->placed, MH_ORDER_NUMBER);
  g_autofree char *text
      = waiting
            ? g_strdup (_ ("Kept here; it goes out when the server is back."))
            : g_strdup_printf (paid ? _ ("%s is placed and paid.") : _ ("%s is placed."), number);
  page->busy = FALSE;
  mh_cart_clear (page->cart);
  g_clear_object (&page->prescription);
  gtk_editable_set_text (GTK_EDITABLE (page->tendered), "");
  gtk_editable_set_text (GTK_EDITABLE (page->reference), "");
  gtk_label_set_text (GTK_LABEL (page->done_label), text);
  gtk_widget_set_visible (page->done, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (page), "composer.print", !waiting);
  complain (page, NULL);
  update (page);
  /* The papers are what one wants next: Enter prints. */
  if (!waiting)
    gtk_widget_grab_focus (gtk_widget_get_last_child (page->done));
}

static void
paid_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhComposerPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_sync_submit_finish (MH_SYNC (source), result, &error);
  if (page->context == NULL)
    return;
  if (outcome == NULL)
    {
      /* The order stands; only its payment does not. It waits under “To collect”. */
      g_autofree char *text
          = g_strdup_printf (_ ("The order is placed, but not paid: %s"), error->message);
      finish (page, FALSE, FALSE);
      complain (page, text);
      return;
    }
  finish (page, TRUE, outcome->waiting);
}

static void
pay (MhComposerPage *page, gboolean waiting)
{
  g_autoptr (MhRecord) payment = mh_record_new (&mh_payment_type);
  const char *method = mh_record_text (page->placed, MH_ORDER_PAYMENT_METHOD);
  const char *reference = gtk_editable_get_text (GTK_EDITABLE (page->reference));
  gint64 due = mh_record_int (page->placed, MH_ORDER_DUE), tendered = 0;
  const char *args[] = { "id", mh_record_id (page->placed), NULL };
  mh_record_take_text (payment, MH_ID, mh_id_new ());
  mh_record_set_text (payment, MH_PAYMENT_METHOD, method);
  mh_record_set_int (payment, MH_PAYMENT_AMOUNT, due);
  if (reference[0] != 0 && g_strcmp0 (method, MH_METHOD_CASH) != 0)
    mh_record_set_text (payment, MH_PAYMENT_REFERENCE, reference);
  if (g_strcmp0 (method, MH_METHOD_CASH) == 0
      && mh_money_parse (gtk_editable_get_text (GTK_EDITABLE (page->tendered)), &tendered)
      && tendered >= due)
    mh_record_set_int (payment, MH_PAYMENT_TENDERED, tendered);
  mh_sync_submit_async (mh_context_sync (page->context), "payment.take", args, payment, -1, NULL,
                        NULL, paid_cb, g_object_ref (page));
}

static void
placed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhComposerPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_sync_submit_finish (MH_SYNC (source), result, &error);
  if (page->context == NULL)
    return;
  if (outcome == NULL)
    {
      page->busy = FALSE;
      complain (page, error->message);
      update (page);
      return;
    }
  g_set_object (&page->placed, outcome->record);
  if (pays_now (mh_record_text (page->placed, MH_ORDER_PAYMENT_METHOD))
      && mh_record_int (page->placed, MH_ORDER_DUE) > 0)
    pay (page, outcome->waiting);
  else
    finish (page, FALSE, outcome->waiting);
}

/* What a person forgot, before anything is sent. */
static const char *
missing (MhComposerPage *page, const char *method)
{
  gint64 tendered = 0;
  const char *cash = gtk_editable_get_text (GTK_EDITABLE (page->tendered));
  const char *reference = gtk_editable_get_text (GTK_EDITABLE (page->reference));
  if (g_strcmp0 (method, MH_METHOD_CASH) == 0 && cash[0] != 0
      && (!mh_money_parse (cash, &tendered) || tendered < mh_cart_total (page->cart)))
    return _ ("The cash given does not cover the total.");
  if ((g_strcmp0 (method, MH_METHOD_UPI) == 0 || g_strcmp0 (method, MH_METHOD_CARD) == 0)
      && reference[0] == 0)
    return _ ("Write the number of the card slip or the UPI reference.");
  return NULL;
}

static void
charge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhComposerPage *page = MH_COMPOSER_PAGE (widget);
  const char *method = mh_choice_get (page->method);
  const char *doctor = gtk_editable_get_text (GTK_EDITABLE (page->doctor));
  if (page->busy || mh_cart_is_empty (page->cart) || mh_cart_patient (page->cart) == NULL)
    return;
  if (missing (page, method) != NULL)
    {
      complain (page, missing (page, method));
      return;
    }
  g_autoptr (MhRecord) order
      = mh_cart_make_order (page->cart, method, mh_choice_get (page->priority));
  if (doctor[0] != 0)
    mh_record_set_text (order, MH_ORDER_DOCTOR_NAME, doctor);
  if (page->prescription != NULL)
    mh_record_set_text (order, MH_ORDER_PRESCRIPTION_ID, mh_record_id (page->prescription));
  g_autoptr (MhRecord) shown = mh_cart_make_provisional (page->cart, order);
  page->busy = TRUE;
  update (page);
  mh_sync_submit_async (mh_context_sync (page->context), "order.place", NULL, order, -1, shown,
                        NULL, placed_cb, g_object_ref (page));
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhComposerPage *page = MH_COMPOSER_PAGE (widget);
  if (page->placed != NULL)
    mh_order_papers_print (widget, page->context, mh_record_id (page->placed),
                           MH_PAPER_RECEIPT | MH_PAPER_LABELS);
}

static void
method_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhComposerPage *page = MH_COMPOSER_PAGE (widget);
  mh_choice_set (page->method, g_variant_get_string (parameter, NULL));
}

/* --- as a page --- */

static void
show_patient (MhComposerPage *page, MhRecord *patient)
{
  char today[11];
  mh_cart_set_patient (page->cart, patient);
  mh_patient_strip_show (MH_PATIENT_STRIP (page->strip), patient, mh_today (page->context, today));
  update (page);
}

static void
patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhComposerPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) patient = mh_read_finish (result, &error);
  if (page->context == NULL)
    return;
  if (patient == NULL)
    complain (page, error->message);
  else
    show_patient (page, patient);
}

static void
prescribe_into_cart (MhComposerPage *page)
{
  const char *const *tests = mh_record_list (page->prescription, MH_PRESCRIPTION_TESTS);
  const char *doctor = mh_record_text (page->prescription, MH_PRESCRIPTION_DOCTOR_NAME);
  for (guint i = 0; tests != NULL && tests[i] != NULL; i++)
    {
      MhRecord *test = mh_catalogue_pane_find (MH_CATALOGUE_PANE (page->catalogue), tests[i]);
      g_autoptr (GError) error = NULL;
      if (test == NULL || !mh_cart_add (page->cart, test, &error))
        complain (page, error != NULL ? error->message
                                      : _ ("A prescribed test is not in the catalogue any more."));
    }
  gtk_editable_set_text (GTK_EDITABLE (page->doctor), doctor != NULL ? doctor : "");
}

static void
prescription_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhComposerPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) prescription = mh_read_finish (result, &error);
  if (page->context == NULL)
    return;
  if (prescription == NULL)
    {
      complain (page, error->message);
      return;
    }
  g_set_object (&page->prescription, prescription);
  prescribe_into_cart (page);
  mh_read_async (page->context, "patient.read",
                 mh_record_text (prescription, MH_PRESCRIPTION_PATIENT_ID), page->cancellable,
                 patient_cb, g_object_ref (page));
}

static void
page_open (MhPage *iface, const char *what)
{
  MhComposerPage *page = MH_COMPOSER_PAGE (iface);
  if (what == NULL || what[0] == 0)
    return;
  gtk_widget_set_visible (page->done, FALSE);
  g_clear_object (&page->prescription);
  complain (page, NULL);
  if (g_str_has_prefix (what, "prescription:"))
    {
      mh_cart_clear (page->cart);
      mh_read_async (page->context, "prescription.read", what + strlen ("prescription:"),
                     page->cancellable, prescription_cb, g_object_ref (page));
    }
  else
    mh_read_async (page->context, "patient.read", what, page->cancellable, patient_cb,
                   g_object_ref (page));
}

static void
page_shown (MhPage *iface)
{
  mh_catalogue_pane_focus (MH_CATALOGUE_PANE (MH_COMPOSER_PAGE (iface)->catalogue));
}

static gboolean
page_type_ahead (MhPage *iface, const char *text)
{
  mh_catalogue_pane_type (MH_CATALOGUE_PANE (MH_COMPOSER_PAGE (iface)->catalogue), text);
  return TRUE;
}

static void
page_iface_init (MhPageInterface *iface)
{
  iface->open = page_open;
  iface->shown = page_shown;
  iface->type_ahead = page_type_ahead;
}

/* --- making it --- */

static GtkWidget *
sum_row (GtkWidget *grid, int row, const char *words, const char *style)
{
  GtkWidget *label = mh_label (words, style), *value = gtk_label_new ("");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (value, "numeric");
  if (style != NULL)
    gtk_widget_add_css_class (value, style);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_grid_attach (GTK_GRID (grid), label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), value, 1, row, 1, 1);
  return value;
}

static GtkWidget *
make_choice (MhComposerPage *page, const char *const *codes, const char *const *labels)
{
  GtkWidget *choice = mh_choice_new (codes, labels);
  for (GtkWidget *child = gtk_widget_get_first_child (choice); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    g_signal_connect (child, "toggled", G_CALLBACK (choice_cb), page);
  return choice;
}

static GtkWidget *
make_payment (MhComposerPage *page)
{
  const char *codes[]
      = { MH_METHOD_CASH, MH_METHOD_UPI, MH_METHOD_CARD, MH_METHOD_COD, MH_METHOD_INSURANCE, NULL };
  const char *labels[]
      = { _ ("Cash"), _ ("UPI"), _ ("Card"), _ ("At collection"), _ ("Insurance"), NULL };
  GtkWidget *box = mh_vbox (6), *cash = mh_hbox (MH_GAP);
  page->method = make_choice (page, codes, labels);
  page->tendered = gtk_entry_new ();
  page->change = mh_label ("", "dim-label");
  page->reference = gtk_entry_new ();
  g_object_set (page->tendered, "placeholder-text", _ ("Cash given"), NULL);
  g_object_set (page->reference, "placeholder-text", _ ("Slip or UPI reference"), NULL);
  mh_accessible_name (page->tendered, _ ("Cash given"));
  mh_accessible_name (page->reference, _ ("Slip or UPI reference"));
  gtk_widget_set_hexpand (page->change, TRUE);
  g_signal_connect (page->tendered, "changed", G_CALLBACK (tendered_cb), page);
  mh_box_append (cash, page->tendered);
  mh_box_append (cash, page->change);
  mh_box_append (box, page->method);
  mh_box_append (box, cash);
  mh_box_append (box, page->reference);
  return box;
}

static GtkWidget *
make_done (MhComposerPage *page)
{
  page->done = mh_hbox (MH_GAP);
  page->done_label = mh_label ("", NULL);
  gtk_widget_set_hexpand (page->done_label, TRUE);
  gtk_widget_add_css_class (page->done, "mh-done");
  mh_box_append (page->done, page->done_label);
  mh_box_append (page->done,
                 mh_button (_ ("_Print receipt and labels"), "Ctrl+P", "composer.print"));
  gtk_widget_set_visible (page->done, FALSE);
  return page->done;
}

static GtkWidget *
make_sums (MhComposerPage *page)
{
  GtkWidget *sums = gtk_grid_new ();
  page->subtotal = sum_row (sums, 0, _ ("Subtotal"), NULL);
  page->tax = sum_row (sums, 1, _ ("Tax"), NULL);
  page->total = sum_row (sums, 2, _ ("Total"), "title-3");
  return sums;
}

static GtkWidget *
make_cart (MhComposerPage *page)
{
  const char *codes[] = { MH_PRIORITY_ROUTINE, MH_PRIORITY_URGENT, MH_PRIORITY_STAT, NULL };
  const char *labels[] = { _ ("Routine"), _ ("Urgent"), _ ("STAT ⚡"), NULL };
  GtkWidget *pane = mh_vbox (MH_GAP);
  page->strip = mh_patient_strip_new ();
  page->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (page->list), GTK_SELECTION_NONE);
  GtkWidget *nothing = mh_label (_ ("Nothing chosen yet. Type a test on the left."), "dim-label");
  gtk_label_set_xalign (GTK_LABEL (nothing), 0.5f);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (page->list), nothing);
  gtk_list_box_bind_model (GTK_LIST_BOX (page->list), G_LIST_MODEL (page->cart), make_row, page,
                           NULL);
  mh_accessible_name (page->list, _ ("Chosen tests"));
  page->priority = make_choice (page, codes, labels);
  page->doctor = gtk_entry_new ();
  g_object_set (page->doctor, "placeholder-text", _ ("Ordering doctor (optional)"), NULL);
  mh_accessible_name (page->doctor, _ ("Ordering doctor"));
  page->problem = mh_label ("", "error");
  gtk_widget_set_visible (page->problem, FALSE);
  gtk_widget_add_css_class (pane, "mh-pane");
  mh_box_append (pane, page->strip);
  mh_box_append (pane, mh_scrolled (page->list));
  mh_box_append (pane, page->priority);
  mh_box_append (pane, page->doctor);
  mh_box_append (pane, make_sums (page));
  mh_box_append (pane, make_payment (page));
  mh_box_append (pane, page->problem);
  page->charge = gtk_button_new ();
  gtk_actionable_set_action_name (GTK_ACTIONABLE (page->charge), "composer.charge");
  gtk_widget_add_css_class (page->charge, "suggested-action");
  gtk_widget_set_halign (page->charge, GTK_ALIGN_END);
  mh_box_append (pane, page->charge);
  mh_box_append (pane, make_done (page));
  return pane;
}

static void
mh_composer_page_dispose (GObject *object)
{
  MhComposerPage *page = MH_COMPOSER_PAGE (object);
  g_cancellable_cancel (page->cancellable);
  g_clear_pointer (&page->split, gtk_widget_unparent);
  g_clear_object (&page->cart);
  g_clear_object (&page->prescription);
  g_clear_object (&page->placed);
  g_clear_object (&page->context);
  G_OBJECT_CLASS (mh_composer_page_parent_class)->dispose (object);
}

static void
mh_composer_page_finalize (GObject *object)
{
  g_object_unref (MH_COMPOSER_PAGE (object)->cancellable);
  G_OBJECT_CLASS (mh_composer_page_parent_class)->finalize (object);
}

static void
mh_composer_page_class_init (MhComposerPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  static const char *const methods[]
      = { MH_METHOD_CASH, MH_METHOD_UPI, MH_METHOD_CARD, MH_METHOD_COD, MH_METHOD_INSURANCE };
  G_OBJECT_CLASS (klass)->dispose = mh_composer_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_composer_page_finalize;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget, "composer.charge", NULL, charge_action);
  gtk_widget_class_install_action (widget, "composer.print", NULL, print_action);
  gtk_widget_class_install_action (widget, "composer.method", "s", method_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "composer.charge", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_p, GDK_CONTROL_MASK, "composer.print", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    gtk_widget_class_add_binding_action (widget, GDK_KEY_1 + i, GDK_ALT_MASK | GDK_CONTROL_MASK,
                                         "composer.method", "s", methods[i]);
}

static void
mh_composer_page_init (MhComposerPage *page)
{
  page->cancellable = g_cancellable_new ();
}

GtkWidget *
mh_composer_page_new (MhContext *context)
{
  MhComposerPage *page = g_object_new (MH_TYPE_COMPOSER_PAGE, NULL);
  GtkWidget *left = mh_vbox (0);
  page->context = g_object_ref (context);
  page->cart = mh_cart_new (context);
  page->catalogue = mh_catalogue_pane_new (context);
  gtk_widget_set_vexpand (page->catalogue, TRUE);
  gtk_widget_add_css_class (left, "mh-pane");
  mh_box_append (left, page->catalogue);
  g_signal_connect (page->catalogue, "chosen", G_CALLBACK (chosen_cb), page);
  page->split = mh_split_new (left, 360, make_cart (page), 380);
  gtk_widget_set_parent (page->split, GTK_WIDGET (page));
  g_signal_connect_object (page->cart, "totals-changed", G_CALLBACK (totals_cb), page, 0);
  show_patient (page, NULL);
  return GTK_WIDGET (page);
}
