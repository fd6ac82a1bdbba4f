/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/frontdesk/mh-front-desk-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/appointments/mh-booking-dialog.h"
#include "client/pages/clinic/appointments/mh-checkin-dialog.h"
#include "client/pages/people/frontdesk/mh-patient-card.h"
#include "client/pages/people/frontdesk/mh-patient-dialog.h"
#include "client/pages/people/frontdesk/mh-patient-papers.h"
#include "client/pages/people/frontdesk/mh-today-line.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-check-digit.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/rules/people/mh-identity-card.h"

#include <glib/gi18n-lib.h>

/* Slower than any scanner's keys, faster than most hands. */
#define ALONE_MS 60
/* No row is lower than this many pixels. */
#define LEAST_ROW 28
#define LEAST_PAGE 10
#define LEAST_WIDTH 480 /* of the columns: below it a patient is two lines */
#define BEYOND 2        /* rows, so that there is something to scroll to */

struct _MhFrontDeskPage
{
  MhPane parent_instance;
  MhRecordList *patients;
  MhSplit *split;
  GtkEditable *entry;
  MhRecordTable *table;
  MhPatientCard *card;
  AdwStatusPage *nobody;
  MhRecord *read;   /* of an identity card, while it is asked who that is */
  char *asked;      /* what the list was asked for */
  gboolean entered; /* Enter came before the answer */
  gboolean opening; /* somebody is on the way to the card; nothing was typed since */
  gint64 typed_at;  /* monotonic, µs: the last letter */
};

G_DEFINE_FINAL_TYPE (MhFrontDeskPage, mh_front_desk_page, MH_TYPE_PANE)

static char *
patient_name (MhRecord *patient)
{
  return mh_words_patient (patient);
}

static char *
patient_age (MhRecord *patient)
{
  char today[MH_DATE_LENGTH + 1];
  return mh_words_age_sex (mh_record_text (patient, MH_PATIENT_BIRTH_DATE),
                           mh_record_text (patient, MH_PATIENT_SEX), mh_when_today_text (today));
}

static const MhTableColumn columns[] = {
  { .title = N_ ("Name"), .text = patient_name, .expand = TRUE },
  { .title = N_ ("Age, sex"), .text = patient_age, .width = 90 },
  { .field = "mrn", .width = 150 },
  { .field = "phone", .width = 130 },
  { NULL },
};

/* --- searching --- */

/* A new desk is not a wrong search. */
static void
show_nobody (MhFrontDeskPage *page, gboolean searched)
{
  adw_status_page_set_title (page->nobody,
                             searched ? _ ("Nobody found") : _ ("No patients here yet"));
  adw_status_page_set_description (
      page->nobody, searched ? _ ("Try fewer letters, or register a new patient.")
                             : _ ("Register the first one; at a new desk they come as soon as the "
                                  "server has sent them."));
}

/* What fills the window and lets it be scrolled, when the rest is fetched: every row more costs
 * time between key and picture. */
static guint
first_page (MhFrontDeskPage *page)
{
  guint fitting = (guint)gtk_widget_get_height (GTK_WIDGET (page->table)) / LEAST_ROW;
  return MAX (LEAST_PAGE, fitting + BEYOND);
}

static void
front_desk_page_search (MhFrontDeskPage *page)
{
  const char *text = gtk_editable_get_text (page->entry);
  g_autofree char *limit = g_strdup_printf ("%u", first_page (page));
  const char *args[] = { "limit", limit, text[0] != 0 ? "q" : NULL, text, NULL };
  /* What a scanner types of an identity card is read at its Enter, and never goes out as a search.
   */
  if (page->patients == NULL || mh_identity_card_is (text))
    return;
  g_free (page->asked);
  page->asked = g_strdup (text);
  show_nobody (page, text[0] != 0);
  mh_record_list_set_args (page->patients, args);
}

/* Nobody is chosen: the card is empty, and no key acts on the person before. */
static void
choose_nobody (MhFrontDeskPage *page)
{
  page->opening = FALSE;
  mh_record_table_select (page->table, NULL);
  mh_patient_card_show (page->card, NULL);
  mh_split_show_end (page->split, FALSE);
}

/* Somebody else is looked for from the first letter on. A letter by itself is looked for at once;
 * of several in a row, as a scanner types them, the entry tells once they pause. */
static void
front_desk_page_typed_cb (MhFrontDeskPage *page)
{
  gint64 now = g_get_monotonic_time ();
  gboolean alone = now - page->typed_at > ALONE_MS * 1000;
  page->typed_at = now;
  if (page->patients == NULL)
    return;
  choose_nobody (page);
  if (alone)
    front_desk_page_search (page);
}

static void
paused_cb (MhFrontDeskPage *page)
{
  if (g_strcmp0 (gtk_editable_get_text (page->entry), page->asked) != 0)
    front_desk_page_search (page);
}

static void
front_desk_page_show_patient (MhFrontDeskPage *page, MhRecord *patient)
{
  mh_patient_card_show (page->card, patient);
  if (patient != NULL)
    mh_split_show_end (page->split, TRUE);
}

static void
front_desk_page_selection_cb (MhFrontDeskPage *page)
{
  MhRecord *patient = mh_record_table_current (page->table);
  /* Also while the card is folded away: the keys act on whom is chosen here. */
  if (patient != NULL)
    mh_patient_card_show (page->card, patient);
}

static void
front_desk_page_activated_cb (MhRecordTable *table, MhRecord *patient, MhFrontDeskPage *page)
{
  front_desk_page_show_patient (page, patient);
}

static void
front_desk_page_saved_cb (MhRecord *patient, gboolean waiting, gboolean order, gpointer data);

/* A number of a card that nobody has is no new patient. */
static gboolean
is_name_or_phone (const char *text)
{
  gboolean letters = FALSE, digits = FALSE;
  for (const char *c = text; *c != 0; c = g_utf8_next_char (c))
    {
      letters = letters || g_unichar_isalpha (g_utf8_get_char (c));
      digits = digits || g_unichar_isdigit (g_utf8_get_char (c));
    }
  return letters != digits;
}

/* Enter in the box takes the first hit; who is not there yet is registered. */
static void
front_desk_page_enter (MhFrontDeskPage *page)
{
  g_autoptr (MhRecord) first = g_list_model_get_item (G_LIST_MODEL (page->patients), 0);
  page->entered = FALSE;
  if (first == NULL)
    {
      if (is_name_or_phone (page->asked) && mh_record_list_problem (page->patients) == NULL)
        gtk_widget_activate_action (GTK_WIDGET (page), "desk.new", NULL);
      return;
    }
  front_desk_page_show_patient (page, first);
  mh_record_table_select (page->table, mh_record_id (first));
}

/* --- an identity card --- */

/* Somebody with this ABHA number is here already, or the card fills a new patient's form. */
static void
card_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhFrontDeskPage) page = data;
  g_autoptr (GPtrArray) answer = mh_fetch_finish_list (result, NULL);
  g_autoptr (MhRecord) read = g_steal_pointer (&page->read);
  MhContext *context = mh_pane_context (MH_PANE (page));

  if (context == NULL || read == NULL)
    return;

  if (answer != NULL && answer->len == 1)
    {
      front_desk_page_show_patient (page, g_ptr_array_index (answer, 0));
      mh_shell_toast (GTK_WIDGET (page), _ ("Registered already, with this ABHA number"));
    }
  else
    mh_patient_dialog_show_read (GTK_WIDGET (page), context, read, front_desk_page_saved_cb, page);
}

static void
take_card (MhFrontDeskPage *page, const char *text)
{
  g_autoptr (MhRecord) read = mh_identity_card_read (text);
  MhContext *context = mh_pane_context (MH_PANE (page));
  gtk_editable_set_text (page->entry, "");

  if (read == NULL)
    {
      mh_shell_toast (GTK_WIDGET (page),
                      _ ("This card could not be read. Scan it again, or type the name."));
      return;
    }

  g_set_object (&page->read, read);
  const char *abha = mh_record_text (read, MH_PATIENT_ABHA);
  const char *args[] = { "limit", "2", "q", abha, NULL };

  if (abha != NULL)
    mh_fetch_async (context, &(MhFetch){ .route = "patient.list", .args = args },
                    mh_pane_cancellable (MH_PANE (page)), card_asked_cb, g_object_ref (page));
  else
    {
      mh_patient_dialog_show_read (GTK_WIDGET (page), context, read, front_desk_page_saved_cb,
                                   page);
      g_clear_object (&page->read);
    }
}

/* The hits on show may still be those of the letters before: another patient's. */
static void
front_desk_page_enter_cb (MhFrontDeskPage *page)
{
  g_autofree char *typed = g_strdup (gtk_editable_get_text (page->entry));
  if (mh_identity_card_is (typed))
    {
      take_card (page, typed);
      return;
    }

  if (g_strcmp0 (gtk_editable_get_text (page->entry), page->asked) != 0)
    front_desk_page_search (page);
  if (mh_record_list_is_loading (page->patients))
    page->entered = TRUE;
  else
    front_desk_page_enter (page);
}

static void
front_desk_page_loading_cb (MhFrontDeskPage *page)
{
  if (page->entered && !mh_record_list_is_loading (page->patients))
    front_desk_page_enter (page);
}

/* Down goes from the box into the rows. */
static gboolean
front_desk_page_key_cb (GtkEventControllerKey *controller,
                        guint key,
                        guint code,
                        GdkModifierType state,
                        MhFrontDeskPage *page)
{
  if (key != GDK_KEY_Down)
    return FALSE;
  mh_record_table_grab (page->table);
  return TRUE;
}

/* --- actions --- */

static void
front_desk_page_saved_cb (MhRecord *patient, gboolean waiting, gboolean order, gpointer data)
{
  MhFrontDeskPage *page = data;
  const char *mrn = mh_record_text (patient, MH_PATIENT_MRN);
  g_autofree char *text = mrn != NULL
                              ? g_strdup_printf (_ ("Saved as MRN %s"), mrn)
                              : g_strdup (_ ("Saved here; the MRN comes when the server is back"));
  gtk_editable_set_text (page->entry, ""); /* what was looked for is found, or made */
  front_desk_page_show_patient (page, patient);
  mh_shell_toast (GTK_WIDGET (page), text);
  if (order)
    mh_shell_go (GTK_WIDGET (page), "composer", mh_record_id (patient));
}

static void
front_desk_page_new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (widget);
  const char *typed = gtk_editable_get_text (page->entry);
  mh_patient_dialog_show (widget, mh_pane_context (MH_PANE (page)), NULL, typed,
                          front_desk_page_saved_cb, page);
}

static void
front_desk_page_change_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (widget);
  MhRecord *patient = mh_patient_card_patient (page->card);
  if (patient != NULL)
    mh_patient_dialog_show (widget, mh_pane_context (MH_PANE (page)), patient, NULL,
                            front_desk_page_saved_cb, page);
}

static void
go_with_patient (GtkWidget *widget, const char *where)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (widget);
  MhRecord *patient = mh_patient_card_patient (page->card);
  if (patient != NULL)
    mh_shell_go (widget, where, mh_record_id (patient));
}

static void
front_desk_page_order_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  go_with_patient (widget, "composer");
}

static void
front_desk_page_prescribe_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  go_with_patient (widget, "prescription");
}

static void
front_desk_page_book_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (widget);
  MhContext *context = mh_pane_context (MH_PANE (page));
  const MhBookingWanted wanted = { .patient = mh_patient_card_patient (page->card) };
  if (wanted.patient != NULL && mh_context_may (context, MH_MAY_WRITE_APPOINTMENT))
    mh_booking_dialog_show (widget, context, &wanted);
}

static void
check_in_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (widget);
  MhContext *context = mh_pane_context (MH_PANE (page));
  MhRecord *patient = mh_patient_card_patient (page->card);
  if (patient != NULL && mh_context_may (context, MH_MAY_WRITE_APPOINTMENT))
    mh_checkin_dialog_show (widget, context, patient, NULL);
}

static void
front_desk_page_chart_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (mh_context_may (mh_pane_context (MH_PANE (widget)), MH_MAY_READ_CHART))
    go_with_patient (widget, "chart");
}

static void
front_desk_page_collect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (widget);
  if (mh_patient_card_patient (page->card) == NULL
      || !mh_context_may (mh_pane_context (MH_PANE (page)), MH_MAY_TAKE_PAYMENT))
    return;
  g_autoptr (MhRecord) order = mh_patient_card_due (page->card);
  g_autofree char *what = order != NULL ? g_strconcat ("dues:", mh_record_id (order), NULL) : NULL;
  if (what != NULL)
    mh_shell_go (widget, "cashier", what);
  else
    mh_shell_toast (widget, _ ("Nothing is due"));
}

static void
front_desk_page_print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (widget);
  MhRecord *patient = mh_patient_card_patient (page->card);
  if (patient != NULL)
    mh_patient_paper_print (widget, mh_pane_context (MH_PANE (page)), patient,
                            g_str_equal (name, "desk.print-card") ? MH_PATIENT_PAPER_CARD
                                                                  : MH_PATIENT_PAPER_WRISTBAND);
}

static void
front_desk_page_search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (widget);
  mh_split_show_end (page->split, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (page->entry));
}

/* --- as a page --- */

static void
front_desk_page_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhFrontDeskPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;
  if (answer != NULL && page->opening)
    front_desk_page_show_patient (page, answer);
  else if (answer == NULL)
    mh_shell_fail (GTK_WIDGET (page), error);
}

static void
mh_front_desk_page_open (MhPane *pane, const char *what)
{
  const char *args[] = { "id", what, NULL };
  if (what == NULL || what[0] == 0)
    return;
  choose_nobody (MH_FRONT_DESK_PAGE (pane));
  MH_FRONT_DESK_PAGE (pane)->opening = TRUE;
  mh_fetch_async (mh_pane_context (pane), &(MhFetch){ .route = "patient.read", .args = args },
                  mh_pane_cancellable (pane), front_desk_page_opened_cb, g_object_ref (pane));
}

static void
front_desk_page_shown (MhPane *pane)
{
  gtk_widget_grab_focus (GTK_WIDGET (MH_FRONT_DESK_PAGE (pane)->entry));
}

static gboolean
front_desk_page_type_ahead (MhPane *pane, const char *text)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (pane);
  gtk_widget_grab_focus (GTK_WIDGET (page->entry));
  gtk_editable_set_text (page->entry, text);
  gtk_editable_set_position (page->entry, -1);
  return TRUE;
}

static gboolean
front_desk_page_scan (MhPane *pane, int kind, const char *code)
{
  if (kind != MH_SCAN_MRN)
    return FALSE;
  gtk_editable_set_text (MH_FRONT_DESK_PAGE (pane)->entry, code);
  front_desk_page_enter_cb (MH_FRONT_DESK_PAGE (pane));
  return TRUE;
}

/* --- making it --- */

static void
front_desk_page_begin (MhPane *pane)
{
  MhFrontDeskPage *page = MH_FRONT_DESK_PAGE (pane);
  mh_pane_keep (pane, &page->patients, mh_record_list_new (mh_pane_context (pane), "patient.list"));
  mh_record_table_setup (page->table, "front-desk", &mh_patient_type, columns,
                         G_LIST_MODEL (page->patients), MH_TABLE_SINGLE);
  mh_record_table_set_lines (page->table, LEAST_WIDTH);
  g_signal_connect_object (page->patients, "notify::loading",
                           G_CALLBACK (front_desk_page_loading_cb), page, G_CONNECT_SWAPPED);
  front_desk_page_search (page);
}

static void
mh_front_desk_page_finalize (GObject *object)
{
  g_free (MH_FRONT_DESK_PAGE (object)->asked);
  g_clear_object (&MH_FRONT_DESK_PAGE (object)->read);
  G_OBJECT_CLASS (mh_front_desk_page_parent_class)->finalize (object);
}

static void
front_desk_page_bind_template (GtkWidgetClass *widget)
{
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_PATIENT_CARD);
  g_type_ensure (MH_TYPE_TODAY_LINE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/frontdesk/mh-front-desk-page"));
  gtk_widget_class_bind_template_child (widget, MhFrontDeskPage, split);
  gtk_widget_class_bind_template_child (widget, MhFrontDeskPage, entry);
  gtk_widget_class_bind_template_child (widget, MhFrontDeskPage, table);
  gtk_widget_class_bind_template_child (widget, MhFrontDeskPage, card);
  gtk_widget_class_bind_template_child (widget, MhFrontDeskPage, nobody);
  gtk_widget_class_bind_template_callback (widget, front_desk_page_typed_cb);
  gtk_widget_class_bind_template_callback (widget, paused_cb);
  gtk_widget_class_bind_template_callback (widget, front_desk_page_enter_cb);
  gtk_widget_class_bind_template_callback (widget, front_desk_page_key_cb);
  gtk_widget_class_bind_template_callback (widget, front_desk_page_selection_cb);
  gtk_widget_class_bind_template_callback (widget, front_desk_page_activated_cb);
}

static void
bind_keys (GtkWidgetClass *widget)
{
  static const struct
  {
    guint key;
    GdkModifierType with;
    const char *action;
  } keys[] = {
    { GDK_KEY_n, GDK_CONTROL_MASK, "desk.new" },
    { GDK_KEY_f, GDK_CONTROL_MASK, "desk.search" },
    { GDK_KEY_F2, 0, "desk.order" },
    { GDK_KEY_F3, 0, "desk.book" },
    { GDK_KEY_F4, 0, "desk.check-in" },
    { GDK_KEY_F5, 0, "desk.collect" },
    { GDK_KEY_F6, 0, "desk.prescribe" },
    { GDK_KEY_F7, 0, "desk.chart" },
    { GDK_KEY_F8, 0, "desk.change" },
    { GDK_KEY_p, GDK_CONTROL_MASK, "desk.print-wristband" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget, keys[i].key, keys[i].with, keys[i].action, NULL);
}

static void
mh_front_desk_page_class_init (MhFrontDeskPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MhPaneClass *pane = MH_PANE_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_front_desk_page_finalize;
  pane->begin = front_desk_page_begin;
  pane->open = mh_front_desk_page_open;
  pane->shown = front_desk_page_shown;
  pane->type_ahead = front_desk_page_type_ahead;
  pane->scan = front_desk_page_scan;
  front_desk_page_bind_template (widget);
  gtk_widget_class_install_action (widget, "desk.new", NULL, front_desk_page_new_action);
  gtk_widget_class_install_action (widget, "desk.change", NULL, front_desk_page_change_action);
  gtk_widget_class_install_action (widget, "desk.order", NULL, front_desk_page_order_action);
  gtk_widget_class_install_action (widget, "desk.prescribe", NULL,
                                   front_desk_page_prescribe_action);
  gtk_widget_class_install_action (widget, "desk.book", NULL, front_desk_page_book_action);
  gtk_widget_class_install_action (widget, "desk.check-in", NULL, check_in_action);
  gtk_widget_class_install_action (widget, "desk.chart", NULL, front_desk_page_chart_action);
  gtk_widget_class_install_action (widget, "desk.collect", NULL, front_desk_page_collect_action);
  gtk_widget_class_install_action (widget, "desk.print-card", NULL, front_desk_page_print_action);
  gtk_widget_class_install_action (widget, "desk.print-wristband", NULL,
                                   front_desk_page_print_action);
  gtk_widget_class_install_action (widget, "desk.search", NULL, front_desk_page_search_action);
  bind_keys (widget);
}

static void
mh_front_desk_page_init (MhFrontDeskPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  mh_patient_card_follow (page->card, page->split);
}

GtkWidget *
mh_front_desk_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_FRONT_DESK_PAGE, "context", context, NULL);
}
