/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/frontdesk/mh-patient-card.h"

#include "client/models/mh-record-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/people/documents/mh-consents-pane.h"
#include "client/pages/people/documents/mh-documents-pane.h"
#include "client/pages/people/frontdesk/mh-desk-prescriptions.h"
#include "client/pages/people/frontdesk/mh-family-pane.h"
#include "client/pages/people/frontdesk/mh-messages-pane.h"
#include "client/pages/people/frontdesk/mh-patient-photo.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-tabs.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/hospital/mh-patient-strip.h"
#include "client/widgets/media/mh-camera-there.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhPatientCard
{
  MhPane parent_instance;
  MhRecord *patient;
  MhRecordList *orders, *prescriptions, *visits, *bookings;
  GtkStack *stack, *views;
  MhPatientStrip *strip;
  GtkLabel *last;
  GtkWidget *back, *waiting, *waiting_box;
  GtkWidget *photo;
  MhFamilyPane *family;
  MhPane *documents, *consents, *messages;
  GtkStackSwitcher *switcher;
  MhRecordTable *table, *visit_table, *booking_table, *prescription_table;
};

G_DEFINE_FINAL_TYPE (MhPatientCard, mh_patient_card, MH_TYPE_PANE)

static char *
order_tests (MhRecord *order)
{
  const char *const *names = mh_record_list (order, MH_ORDER_TEST_NAMES);
  return names != NULL ? g_strjoinv (", ", (char **)names) : NULL;
}

/* Only what is still to be paid. */
static char *
patient_card_due_text (MhRecord *order)
{
  return mh_record_int (order, MH_ORDER_DUE) > 0 ? mh_words_value (order, MH_ORDER_DUE)
                                                 : g_strdup ("–");
}

static const MhTableColumn columns[] = {
  { .field = "number", .width = 96 },
  { .title = N_ ("Tests"), .text = order_tests, .expand = TRUE },
  { .field = "status" },
  { .title = N_ ("Due"), .text = patient_card_due_text, .numeric = TRUE, .width = 70 },
  { NULL },
};

static char *
visit_day (MhRecord *visit)
{
  g_autofree char *text = mh_words_value (visit, MH_VISIT_ARRIVED_AT);
  return g_steal_pointer (&text);
}

static const MhTableColumn visit_columns[] = {
  { .title = N_ ("Arrived"), .text = visit_day, .width = 130 },
  { .field = "doctor_name", .expand = TRUE },
  { .field = "kind", .width = 110 },
  { .field = "status" },
  { NULL },
};

static const MhTableColumn booking_columns[] = {
  { .field = "start_at", .width = 130 },
  { .field = "schedule_name", .expand = TRUE },
  { .field = "status" },
  { NULL },
};

static void
order_activated_cb (MhRecordTable *table, MhRecord *order, MhPatientCard *card)
{
  mh_shell_go (GTK_WIDGET (card), "orders", mh_record_id (order));
}

static void
booking_activated_cb (MhRecordTable *table, MhRecord *booking, MhPatientCard *card)
{
  mh_shell_go (GTK_WIDGET (card), "appointments", mh_record_id (booking));
}

/* --- prescriptions that wait --- */

static void
order_prescribed_cb (GtkButton *button, MhPatientCard *card)
{
  MhRecord *prescription = g_object_get_data (G_OBJECT (button), "prescription");
  g_autofree char *what = g_strconcat ("prescription:", mh_record_id (prescription), NULL);
  mh_shell_go (GTK_WIDGET (card), "composer", what);
}

static gboolean
waits_at_the_desk (MhRecord *prescription)
{
  const char *const *tests = mh_record_list (prescription, MH_PRESCRIPTION_TESTS);
  return tests != NULL && tests[0] != NULL
         && !mh_record_has (prescription, MH_PRESCRIPTION_ORDER_ID)
         && g_strcmp0 (mh_record_text (prescription, MH_PRESCRIPTION_STATUS),
                       MH_PRESCRIPTION_STATUS_SIGNED)
                == 0;
}

static GtkWidget *
prescription_row (MhPatientCard *card, MhRecord *prescription)
{
  GtkWidget *row = mh_hbox (MH_GAP);
  g_autofree char *tests
      = g_strjoinv (", ", (char **)mh_record_list (prescription, MH_PRESCRIPTION_TESTS));
  const char *doctor = mh_record_text (prescription, MH_PRESCRIPTION_DOCTOR_NAME);
  g_autofree char *text = g_strdup_printf ("%s — %s", doctor != NULL ? doctor : "", tests);
  GtkWidget *label = mh_label (text, NULL);
  GtkWidget *button = gtk_button_new_with_label (_ ("Order these"));

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "prescription", g_object_ref (prescription),
                          g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (order_prescribed_cb), card);
  mh_box_append (row, label);
  mh_box_append (row, button);
  return row;
}

static void
show_prescriptions_cb (MhPatientCard *card)
{
  GListModel *model = G_LIST_MODEL (card->prescriptions);
  guint shown = 0;
  mh_box_clear (card->waiting_box);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (MhRecord) prescription = g_list_model_get_item (model, i);
      if (!waits_at_the_desk (prescription))
        continue;
      mh_box_append (card->waiting_box, prescription_row (card, prescription));
      shown++;
    }

  gtk_widget_set_visible (card->waiting, shown > 0);
}

/* --- what was last --- */

/* "Complete blood count, 12 Nov 2026", or NULL. */
static char *
last_order (MhPatientCard *card)
{
  g_autoptr (MhRecord) order = g_list_model_get_item (G_LIST_MODEL (card->orders), 0);
  const char *const *names = order != NULL ? mh_record_list (order, MH_ORDER_TEST_NAMES) : NULL;
  if (names == NULL || names[0] == NULL)
    return NULL;
  g_autofree char *day = mh_when_day (mh_record_int (order, MH_ORDER_ORDERED_AT));
  return g_strdup_printf ("%s, %s", names[0], g_strstrip (day));
}

static char *
last_visit (MhPatientCard *card)
{
  g_autoptr (MhRecord) visit = g_list_model_get_item (G_LIST_MODEL (card->visits), 0);
  if (visit == NULL)
    return NULL;
  const char *doctor = mh_record_text (visit, MH_VISIT_DOCTOR_NAME);
  g_autofree char *kind = mh_words_value (visit, MH_VISIT_KIND);
  g_autofree char *day = mh_when_day (mh_record_int (visit, MH_VISIT_ARRIVED_AT));
  return g_strdup_printf ("%s, %s", doctor != NULL ? doctor : kind, g_strstrip (day));
}

static void
show_last_cb (MhPatientCard *card)
{
  g_autofree char *order = last_order (card);
  g_autofree char *visit = last_visit (card);
  g_autofree char *both = order != NULL && visit != NULL ? g_strdup_printf ("%s · %s", order, visit)
                                                         : g_strdup (order != NULL ? order : visit);
  g_autofree char *text = both != NULL ? g_strdup_printf (_ ("Last: %s"), both)
                                       : g_strdup (_ ("Here for the first time"));
  gboolean loading
      = mh_record_list_is_loading (card->orders) || mh_record_list_is_loading (card->visits);
  gtk_label_set_label (card->last, loading ? "" : text);
}

/* --- the photo --- */

static void
choose_photo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhPatientCard *card = MH_PATIENT_CARD (widget);
  if (card->patient != NULL)
    mh_patient_photo_choose (widget, mh_pane_context (MH_PANE (card)), card->patient);
}

static void
take_photo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhPatientCard *card = MH_PATIENT_CARD (widget);
  if (card->patient != NULL)
    mh_patient_photo_camera (widget, mh_pane_context (MH_PANE (card)), card->patient);
}

static void
patient_card_camera_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPatientCard) card = data;
  gboolean there = mh_camera_there_finish (result);
  if (mh_pane_context (MH_PANE (card)) != NULL)
    gtk_widget_action_set_enabled (GTK_WIDGET (card), "card.take-photo", there);
}

static void
remove_photo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhPatientCard *card = MH_PATIENT_CARD (widget);
  if (card->patient != NULL)
    mh_patient_photo_remove (widget, mh_pane_context (MH_PANE (card)), card->patient);
}

static void
patient_card_dropped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPatientCard) card = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  if (mh_pane_context (MH_PANE (card)) == NULL || card->patient == NULL)
    return;
  if (file != NULL)
    mh_patient_photo_take (GTK_WIDGET (card), mh_pane_context (MH_PANE (card)), card->patient,
                           file);
  else
    mh_shell_fail (GTK_WIDGET (card), error);
}

static gboolean
patient_card_drop_cb (GtkDropTarget *target,
                      const GValue *value,
                      double x,
                      double y,
                      MhPatientCard *card)
{
  if (!G_VALUE_HOLDS (value, G_TYPE_FILE) || card->patient == NULL
      || !gtk_widget_get_visible (card->photo))
    return FALSE;
  g_file_load_bytes_async (g_value_get_object (value), mh_pane_cancellable (MH_PANE (card)),
                           patient_card_dropped_cb, g_object_ref (card));
  return TRUE;
}

static void
accept_photos (MhPatientCard *card, MhContext *context)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);
  gtk_widget_set_visible (card->photo, mh_context_may (context, MH_MAY_WRITE_PATIENT)
                                           && mh_context_may (context, MH_MAY_WRITE_DOCUMENT));
  g_signal_connect (drop, "drop", G_CALLBACK (patient_card_drop_cb), card);
  gtk_widget_add_controller (GTK_WIDGET (card->strip), GTK_EVENT_CONTROLLER (drop));
}

/* --- making it --- */

/* Another desk changed the person, or the server what was only hoped for here. */
static void
patient_card_changed_cb (MhSync *sync,
                         gpointer type,
                         const char *id,
                         MhRecord *record,
                         MhPatientCard *card)
{
  if (type == &mh_patient_type && record != NULL && card->patient != NULL
      && g_strcmp0 (id, mh_record_id (card->patient)) == 0)
    mh_patient_card_show (card, record);
}

static gboolean
is_of (MhPatientCard *card, MhRecord *record, guint patient_field)
{
  return card->patient != NULL
         && g_strcmp0 (mh_record_text (record, patient_field), mh_record_id (card->patient)) == 0;
}

/* Live rows of others stay out. */
static gboolean
is_of_patient (MhRecord *booking, gpointer data)
{
  return is_of (data, booking, MH_APPOINTMENT_PATIENT_ID);
}

static void
show_view (MhPatientCard *card, const char *name, gboolean visible)
{
  GtkWidget *child = gtk_stack_get_child_by_name (card->views, name);
  gtk_stack_page_set_visible (gtk_stack_get_page (card->views, child), visible);
}

/* What one may not do has no button. */
static void
patient_card_show_rights (MhPatientCard *card, MhContext *context)
{
  show_view (card, "visits", mh_context_may (context, MH_MAY_READ_VISIT));
  show_view (card, "bookings", mh_context_may (context, MH_MAY_READ_APPOINTMENT));
  show_view (card, "prescriptions", mh_context_may (context, MH_MAY_READ_PRESCRIPTION));
  show_view (card, "documents", mh_context_may (context, MH_MAY_READ_DOCUMENT));
  show_view (card, "consents", mh_context_may (context, MH_MAY_READ_DOCUMENT));
  show_view (card, "messages", mh_context_may (context, MH_MAY_READ_MAIL));
}

/* The papers of everybody whom the arrows pass by in the list are not asked for. */
static void
patient_card_view_cb (MhPatientCard *card)
{
  const char *name = gtk_stack_get_visible_child_name (card->views);
  MhPane *pane = g_strcmp0 (name, "documents") == 0  ? card->documents
                 : g_strcmp0 (name, "consents") == 0 ? card->consents
                 : g_strcmp0 (name, "messages") == 0 ? card->messages
                                                     : NULL;
  if (pane != NULL && card->patient != NULL && mh_pane_context (MH_PANE (card)) != NULL)
    mh_page_open (MH_PAGE (pane), mh_record_id (card->patient));
}

/* "documents/DOCUMENT-ID", as in a chart. */
static void
patient_card_tab_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhPatientCard *card = MH_PATIENT_CARD (widget);
  g_auto (GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), "/", 2);
  if (card->patient == NULL || g_strcmp0 (parts[0], "documents") != 0 || parts[1] == NULL)
    return;
  g_autofree char *what = g_strdup_printf ("%s/%s", mh_record_id (card->patient), parts[1]);
  gtk_stack_set_visible_child_name (card->views, "documents");
  mh_page_open (MH_PAGE (card->documents), what);
}

static void
patient_card_begin (MhPane *pane)
{
  MhPatientCard *card = MH_PATIENT_CARD (pane);
  MhContext *context = mh_pane_context (pane);
  mh_tabs_follow (card->switcher);

  mh_pane_keep (pane, &card->orders, mh_record_list_new (context, "order.list"));
  mh_pane_keep (pane, &card->prescriptions, mh_record_list_new (context, "prescription.list"));
  mh_record_table_setup (card->table, "patient-orders", &mh_order_type, columns,
                         G_LIST_MODEL (card->orders), MH_TABLE_SINGLE);
  mh_record_table_set_lines (card->table, MH_PHONE_LEAST_WIDTH);

  mh_pane_keep (pane, &card->visits, mh_record_list_new (context, "visit.list"));
  mh_pane_keep (pane, &card->bookings, mh_record_list_new (context, "appointment.list"));
  mh_record_list_set_belongs (card->bookings, is_of_patient, card);
  mh_record_table_setup (card->visit_table, "patient-visits", &mh_visit_type, visit_columns,
                         G_LIST_MODEL (card->visits), MH_TABLE_SINGLE);
  mh_record_table_set_lines (card->visit_table, MH_PHONE_LEAST_WIDTH);
  mh_record_table_setup (card->booking_table, "patient-bookings", &mh_appointment_type,
                         booking_columns, G_LIST_MODEL (card->bookings), MH_TABLE_SINGLE);
  mh_record_table_set_lines (card->booking_table, MH_PHONE_LEAST_WIDTH);

  mh_desk_prescriptions_setup (pane, card->prescription_table, card->prescriptions);
  g_signal_connect_object (card->orders, "notify::loading", G_CALLBACK (show_last_cb), card,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (card->visits, "notify::loading", G_CALLBACK (show_last_cb), card,
                           G_CONNECT_SWAPPED);

  patient_card_show_rights (card, context);
  accept_photos (card, context);
  g_signal_connect_object (card->prescriptions, "items-changed", G_CALLBACK (show_prescriptions_cb),
                           card, G_CONNECT_SWAPPED);
  g_signal_connect_object (mh_context_sync (context), "changed",
                           G_CALLBACK (patient_card_changed_cb), card, 0);
}

static void
mh_patient_card_finalize (GObject *object)
{
  g_clear_object (&MH_PATIENT_CARD (object)->patient);
  G_OBJECT_CLASS (mh_patient_card_parent_class)->finalize (object);
}

static void
mh_patient_card_class_init (MhPatientCardClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_patient_card_finalize;
  MH_PANE_CLASS (klass)->begin = patient_card_begin;

  g_type_ensure (MH_TYPE_PATIENT_STRIP);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_FAMILY_PANE);
  g_type_ensure (MH_TYPE_MESSAGES_PANE);
  g_type_ensure (MH_TYPE_DOCUMENTS_PANE);
  g_type_ensure (MH_TYPE_CONSENTS_PANE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/frontdesk/mh-patient-card"));

  gtk_widget_class_bind_template_child (widget, MhPatientCard, stack);
  gtk_widget_class_bind_template_child (widget, MhPatientCard, back);
  gtk_widget_class_bind_template_child (widget, MhPatientCard, strip);
  gtk_widget_class_bind_template_child (widget, MhPatientCard, waiting);
  gtk_widget_class_bind_template_child (widget, MhPatientCard, waiting_box);
  gtk_widget_class_bind_template_child (widget, MhPatientCard, views);
  gtk_widget_class_bind_template_child (widget, MhPatientCard, last);
  gtk_widget_class_bind_template_child (widget, MhPatientCard, photo);
  gtk_widget_class_bind_template_child (widget, MhPatientCard, visit_table);
  gtk_widget_class_bind_template_child (widget, MhPatientCard, booking_table);
  gtk_widget_class_bind_template_child (widget, MhPatientCard, prescription_table);
  gtk_widget_class_bind_template_child (widget, MhPatientCard, documents);
  gtk_widget_class_bind_template_child (widget, MhPatientCard, consents);
  gtk_widget_class_bind_template_child (widget, MhPatientCard, messages);
  gtk_widget_class_bind_template_child (widget, MhPatientCard, switcher);
  gtk_widget_class_bind_template_child (widget, MhPatientCard, family);
  gtk_widget_class_bind_template_child (widget, MhPatientCard, table);

  gtk_widget_class_bind_template_callback (widget, order_activated_cb);
  gtk_widget_class_bind_template_callback (widget, booking_activated_cb);
  gtk_widget_class_bind_template_callback (widget, patient_card_view_cb);
  mh_closures_bind (widget);

  gtk_widget_class_install_action (widget, "card.choose-photo", NULL, choose_photo_action);
  gtk_widget_class_install_action (widget, "card.take-photo", NULL, take_photo_action);
  gtk_widget_class_install_action (widget, "card.remove-photo", NULL, remove_photo_action);
  gtk_widget_class_install_action (widget, "chart.tab", "s", patient_card_tab_action);
}

static void
mh_patient_card_init (MhPatientCard *card)
{
  gtk_widget_init_template (GTK_WIDGET (card));
}

void
mh_patient_card_follow (MhPatientCard *card, MhSplit *split)
{
  g_object_bind_property (split, "folded", card->back, "visible", G_BINDING_SYNC_CREATE);
}

MhRecord *
mh_patient_card_patient (MhPatientCard *card)
{
  return card->patient;
}

void
mh_patient_card_show (MhPatientCard *card, MhRecord *patient)
{
  char today[11];
  MhContext *context = mh_pane_context (MH_PANE (card));
  gboolean other = card->patient == NULL || patient == NULL
                   || g_strcmp0 (mh_record_id (card->patient), mh_record_id (patient)) != 0;

  g_set_object (&card->patient, patient);
  gtk_stack_set_visible_child_name (card->stack, patient != NULL ? "patient" : "nobody");
  mh_patient_strip_show (card->strip, patient, mh_when_today_text (today));
  gtk_widget_action_set_enabled (GTK_WIDGET (card), "card.remove-photo",
                                 patient != NULL && mh_record_has (patient, MH_PATIENT_PHOTO_ID));
  if (patient == NULL || !other)
    return;

  mh_camera_there_async (mh_pane_cancellable (MH_PANE (card)), patient_card_camera_cb,
                         g_object_ref (card));
  const char *args[] = { "patient_id", mh_record_id (patient), "limit", "20", NULL };

  mh_record_list_set_args (card->orders, args);
  mh_family_pane_show (card->family, patient);
  patient_card_view_cb (card);
  if (mh_context_may (context, "prescription.read"))
    mh_record_list_set_args (card->prescriptions, args);
  if (mh_context_may (context, MH_MAY_READ_VISIT))
    mh_record_list_set_args (card->visits, args);

  const char *booked[] = { "patient", mh_record_id (patient), "limit", "20", NULL };
  if (mh_context_may (context, MH_MAY_READ_APPOINTMENT))
    mh_record_list_set_args (card->bookings, booked);
}

MhRecord *
mh_patient_card_due (MhPatientCard *card)
{
  GListModel *orders = G_LIST_MODEL (card->orders);
  for (guint i = 0; i < g_list_model_get_n_items (orders); i++)
    {
      g_autoptr (MhRecord) order = g_list_model_get_item (orders, i);
      /* those of the person before stand there until the answer */
      if (mh_record_int (order, MH_ORDER_DUE) > 0 && is_of (card, order, MH_ORDER_PATIENT_ID))
        return g_steal_pointer (&order);
    }
  return NULL;
}
