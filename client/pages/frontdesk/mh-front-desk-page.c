/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/frontdesk/mh-front-desk-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/pages/frontdesk/mh-patient-card.h"
#include "client/pages/frontdesk/mh-patient-dialog.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-page.h"
#include "client/widgets/mh-record-table.h"
#include "client/widgets/mh-shell.h"
#include "client/widgets/mh-words.h"
#include "shared/base/mh-check-digit.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

/* The next key usually comes sooner than this; then nothing was asked in vain. */
#define TYPING_PAUSE_MS 40

struct _MhFrontDeskPage
{
  GtkWidget parent_instance;
  MhContext *context;
  MhRecordList *patients;
  GtkWidget *split, *entry, *table, *card;
  GCancellable *cancellable;
  guint timer;
};

static void page_iface_init (MhPageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (MhFrontDeskPage,
                               mh_front_desk_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MH_TYPE_PAGE, page_iface_init))

static char *
patient_name (MhRecord *patient)
{
  return mh_words_patient (patient);
}

static char *
patient_age (MhRecord *patient)
{
  char today[11];
  GDateTime *now = g_date_time_new_now_local ();
  g_autofree char *text = g_date_time_format (now, "%Y-%m-%d");
  g_strlcpy (today, text, sizeof today);
  g_date_time_unref (now);
  return mh_words_age_sex (mh_record_text (patient, MH_PATIENT_BIRTH_DATE),
                           mh_record_text (patient, MH_PATIENT_SEX), today);
}

static const MhTableColumn columns[] = {
  { .title = N_ ("Name"), .text = patient_name, .expand = TRUE },
  { .title = N_ ("Age, sex"), .text = patient_age, .width = 90 },
  { .field = "mrn", .width = 150 },
  { .field = "phone", .width = 130 },
  { NULL },
};

/* --- searching --- */

static gboolean
search_cb (gpointer data)
{
  MhFrontDeskPage *page = data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (page->entry));
  const char *args[] = { "limit", "50", "q", text, NULL };
  page->timer = 0;
  if (text[0] == 0)
    args[2] = NULL;
  mh_record_list_set_args (page->patients, args);
  return G_SOURCE_REMOVE;
}

static void
typed_cb (GtkEditable *entry, MhFrontDeskPage *page)
{
  g_clear_handle_id (&page->timer, g_source_remove);
  page->timer = g_timeout_add (TYPING_PAUSE_MS, search_cb, page);
}

static void
show_patient (MhFrontDeskPage *page, MhRecord *patient)
{
  mh_patient_card_show (MH_PATIENT_CARD (page->card), patient);
  if (patient != NULL)
    mh_split_show_end (MH_SPLIT (page->split), TRUE);
}

static void
selection_cb (MhRecordTable *table, MhFrontDeskPage *page)
{
  MhRecord *patient = mh_record_table_current (table);
  if (patient != NULL && !mh_split_is_folded (MH_SPLIT (page->split)))
    mh_patient_card_show (MH_PATIENT_CARD (page->card), patient);
}

static void
activated_cb (MhRecordTable *table, MhRecord *patient, MhFrontDeskPage *page)
{
  show_patient (page, patient);
}

/* Enter in the box takes the first hit. */
static void
enter_cb (GtkSearchEntry *entry, MhFrontDeskPage *page)
{
  g_autoptr (MhRecord) first = g_list_model_get_item (G_LIST_MODEL (page->patients), 0);
  if (first == NULL)
    return;
  show_patient (page, first);
  mh_record_table_select (MH_RECORD_TABLE (page->table), mh_record_id (first));
}

/* Down goes from the box into the rows. */
static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        MhFrontDeskPage *page)
{
  if (key != GDK_KEY_Down)
    return FALSE;
  mh_record_table_grab (MH_RECORD_TABLE (page->table));
  return TRUE;
}

/* --- actions --- */

static void
saved_cb (MhRecord *patient, gboolean waiting, gpointer data)
{
  MhFrontDeskPage *page = data;
  const char *mrn = mh_record_text (patient, MH_PATIENT_MRN);
  g_autofree char *text = mrn != NULL
                              ? g_strdup_printf (_ ("Saved as %s"), mrn)
                              : g_strdup (_ ("Saved here; the MRN comes when the server is back"));
  show_patient (page, patient);
  mh_shell_toast (GTK_WIDGET (page), text);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (widget);
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (page->entry));
  mh_patient_dialog_show (widget, page->context, NULL, typed, saved_cb, page);
}

static void
change_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (widget);
  MhRecord *patient = mh_patient_card_patient (MH_PATIENT_CARD (page->card));
  if (patient != NULL)
    mh_patient_dialog_show (widget, page->context, patient, NULL, saved_cb, page);
}

static void
go_with_patient (GtkWidget *widget, const char *where)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (widget);
  MhRecord *patient = mh_patient_card_patient (MH_PATIENT_CARD (page->card));
  if (patient != NULL)
    mh_shell_go (widget, where, mh_record_id (patient));
}

static void
order_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  go_with_patient (widget, "composer");
}

static void
prescribe_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  go_with_patient (widget, "prescription");
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (widget);
  mh_split_show_end (MH_SPLIT (page->split), FALSE);
  gtk_widget_grab_focus (page->entry);
}

/* --- as a page --- */

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhFrontDeskPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, &error);
  if (answer != NULL && page->context != NULL)
    show_patient (page, answer->record);
  else if (page->context != NULL)
    mh_shell_fail (GTK_WIDGET (page), error);
}

static void
page_open (MhPage *iface, const char *what)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (iface);
  if (what == NULL || what[0] == 0)
    return;
  const char *args[] = { "id", what, NULL };
  mh_api_call_async (mh_context_api (page->context), "patient.read", args, NULL, NULL, -1,
                     page->cancellable, opened_cb, g_object_ref (page));
}

static void
page_shown (MhPage *iface)
{
  gtk_widget_grab_focus (MH_FRONT_DESK_PAGE (iface)->entry);
}

static gboolean
page_type_ahead (MhPage *iface, const char *text)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (iface);
  gtk_widget_grab_focus (page->entry);
  gtk_editable_set_text (GTK_EDITABLE (page->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (page->entry), -1);
  return TRUE;
}

static gboolean
page_scan (MhPage *iface, int kind, const char *code)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (iface);
  if (kind != MH_SCAN_MRN)
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (page->entry), code);
  return TRUE;
}

static void
page_iface_init (MhPageInterface *iface)
{
  iface->open = page_open;
  iface->shown = page_shown;
  iface->type_ahead = page_type_ahead;
  iface->scan = page_scan;
}

/* --- making it --- */

static void
mh_front_desk_page_dispose (GObject *object)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (object);
  g_clear_handle_id (&page->timer, g_source_remove);
  if (page->cancellable != NULL)
    g_cancellable_cancel (page->cancellable);
  g_clear_object (&page->cancellable);
  g_clear_pointer (&page->split, gtk_widget_unparent);
  g_clear_object (&page->patients);
  g_clear_object (&page->context);
  G_OBJECT_CLASS (mh_front_desk_page_parent_class)->dispose (object);
}

static void
mh_front_desk_page_class_init (MhFrontDeskPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_front_desk_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget, "desk.new", NULL, new_action);
  gtk_widget_class_install_action (widget, "desk.change", NULL, change_action);
  gtk_widget_class_install_action (widget, "desk.order", NULL, order_action);
  gtk_widget_class_install_action (widget, "desk.prescribe", NULL, prescribe_action);
  gtk_widget_class_install_action (widget, "desk.search", NULL, search_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_n, GDK_CONTROL_MASK, "desk.new", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_f, GDK_CONTROL_MASK, "desk.search", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F2, 0, "desk.order", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F3, 0, "desk.prescribe", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F4, 0, "desk.change", NULL);
}

static void
mh_front_desk_page_init (MhFrontDeskPage *page)
{
  page->cancellable = g_cancellable_new ();
}

static GtkWidget *
make_search (MhFrontDeskPage *page)
{
  GtkWidget *bar = mh_hbox (6);
  GtkWidget *button = mh_button (_ ("_New patient"), "Ctrl+N", "desk.new");
  GtkEventController *keys = gtk_event_controller_key_new ();
  page->entry = gtk_search_entry_new ();
  gtk_widget_set_hexpand (page->entry, TRUE);
  g_object_set (page->entry, "placeholder-text", _ ("Name, phone, MRN, ABHA or scan"), NULL);
  mh_accessible_name (page->entry, _ ("Find a patient"));
  g_signal_connect (page->entry, "changed", G_CALLBACK (typed_cb), page);
  g_signal_connect (page->entry, "activate", G_CALLBACK (enter_cb), page);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), page);
  gtk_widget_add_controller (page->entry, keys);
  mh_box_append (bar, page->entry);
  mh_box_append (bar, button);
  return bar;
}

GtkWidget *
mh_front_desk_page_new (MhContext *context)
{
  MhFrontDeskPage *page = g_object_new (MH_TYPE_FRONT_DESK_PAGE, NULL);
  GtkWidget *left = mh_vbox (MH_GAP);
  page->context = g_object_ref (context);
  page->patients = mh_record_list_new (context, "patient.list");
  page->table = mh_record_table_new ("front-desk", &mh_patient_type, columns,
                                     G_LIST_MODEL (page->patients), MH_TABLE_SINGLE);
  mh_record_table_set_empty (
      MH_RECORD_TABLE (page->table), "system-search-symbolic", _ ("Nobody found"),
      _ ("Try fewer letters, or register a new patient."), _ ("New patient"), "desk.new");
  gtk_widget_set_vexpand (page->table, TRUE);
  g_signal_connect (page->table, "selection", G_CALLBACK (selection_cb), page);
  g_signal_connect (page->table, "activated", G_CALLBACK (activated_cb), page);
  page->card = mh_patient_card_new (context);
  gtk_widget_add_css_class (left, "mh-pane");
  mh_box_append (left, make_search (page));
  mh_box_append (left, page->table);
  page->split = mh_split_new (left, 420, page->card, 380);
  mh_split_set_grow_start (MH_SPLIT (page->split), TRUE);
  gtk_widget_set_parent (page->split, GTK_WIDGET (page));
  search_cb (page);
  return GTK_WIDGET (page);
}
