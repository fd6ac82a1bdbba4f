/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-doctor-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/chart/mh-doctor-inbox.h"
#include "client/pages/clinic/nursing/mh-visit-change.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/clinic/mh-note.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/people/mh-permissions.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define LEAST_WIDTH 620
/* Who arrived longer ago and went is looked up elsewhere. */
#define TODAY (18 * MH_HOUR)
#define TICK_SECONDS 20

struct _MhDoctorPage
{
  MhPane parent_instance;
  MhRecordList *visits, *drafts, *cosign, *news;
  GtkSortListModel *sorted;
  guint ticks;
  GtkStack *stack;
  GtkWidget *which, *whose, *call, *change;
  GtkLabel *summary;
  MhRecordTable *patients, *my_drafts, *to_cosign;
  MhDoctorInbox *inbox;
};

G_DEFINE_FINAL_TYPE (MhDoctorPage, mh_doctor_page, MH_TYPE_PANE)

/* --- visits --- */

static gboolean
doctor_page_stands (MhRecord *visit, const char *status)
{
  return g_strcmp0 (mh_record_text (visit, MH_VISIT_STATUS), status) == 0;
}

static gboolean
doctor_page_waits (MhRecord *visit)
{
  return doctor_page_stands (visit, MH_VISIT_REGISTERED)
         || doctor_page_stands (visit, MH_VISIT_NURSE_ASSESSED);
}

static char *
doctor_page_who_text (MhRecord *visit)
{
  char today[MH_DATE_LENGTH + 1];
  g_autofree char *age
      = mh_words_age_sex (mh_record_text (visit, MH_VISIT_PATIENT_BIRTH_DATE),
                          mh_record_text (visit, MH_VISIT_PATIENT_SEX), mh_when_today_text (today));
  return g_strdup_printf ("%s %s", mh_record_text (visit, MH_VISIT_PATIENT_NAME),
                          age != NULL ? age : "");
}

static char *
doctor_page_waited_text (MhRecord *visit)
{
  return mh_visit_is_open (visit)
             ? mh_words_since (mh_record_int (visit, MH_VISIT_ARRIVED_AT), mh_when_now ())
             : NULL;
}

static char *
doctor_page_esi_text (MhRecord *visit)
{
  return mh_record_has (visit, MH_VISIT_ESI)
             ? g_strdup_printf (_ ("ESI %d"), (int)mh_record_int (visit, MH_VISIT_ESI))
             : NULL;
}

static const char *
doctor_page_esi_style (MhRecord *visit)
{
  gint64 level = mh_record_int (visit, MH_VISIT_ESI);
  return level == 1 ? "mh-critical" : level == 2 ? "mh-late" : NULL;
}

static const MhTableColumn visit_columns[] = {
  { .field = "token", .width = 66 },
  { .title = N_ ("Patient"),
    .text = doctor_page_who_text,
    .expand = TRUE,
    .width = 150,
    .line = MH_LINE_TITLE },
  { .title = N_ ("Urgency"),
    .text = doctor_page_esi_text,
    .style = doctor_page_esi_style,
    .width = 80,
    .line = MH_LINE_NONE },
  { .field = "complaint", .width = 170 },
  { .title = N_ ("Waits"), .text = doctor_page_waited_text, .width = 90, .line = MH_LINE_TRAILING },
  { .field = "place", .width = 100, .line = MH_LINE_NONE },
  { .field = "status", .width = 150 },
  { .field = "doctor_name", .width = 130, .line = MH_LINE_NONE },
  { NULL },
};

/* Who is inside first, then who waits, the urgent before the patient; who went last. */
static int
doctor_page_rank (MhRecord *visit)
{
  gint64 level = mh_record_int (visit, MH_VISIT_ESI);
  if (doctor_page_stands (visit, MH_VISIT_WITH_PHYSICIAN)
      || doctor_page_stands (visit, MH_VISIT_AT_DISPOSITION))
    return 0;
  if (!doctor_page_waits (visit))
    return 90;
  return 10 + (level == 0 ? 3 : (int)level);
}

static int
doctor_page_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  MhRecord *one = (MhRecord *)a, *other = (MhRecord *)b;
  gint64 since = mh_record_int (one, MH_VISIT_ARRIVED_AT);
  gint64 other_since = mh_record_int (other, MH_VISIT_ARRIVED_AT);
  if (doctor_page_rank (one) != doctor_page_rank (other))
    return doctor_page_rank (one) - doctor_page_rank (other);
  return since < other_since ? -1 : since > other_since;
}

static const char *
doctor_page_my_id (MhDoctorPage *page)
{
  MhRecord *user = mh_context_user (mh_pane_context (MH_PANE (page)));
  return user != NULL ? mh_record_id (user) : NULL;
}

static gboolean
doctor_page_is_wanted (MhDoctorPage *page, MhRecord *visit)
{
  const char *whose = mh_choice_get (page->whose);
  const char *doctor = mh_record_text (visit, MH_VISIT_DOCTOR_ID);
  gboolean mine = g_strcmp0 (doctor, doctor_page_my_id (page)) == 0;
  gint64 arrived = mh_record_int (visit, MH_VISIT_ARRIVED_AT);
  if (!mh_visit_is_open (visit)
      && (arrived < mh_when_now () - TODAY || doctor_page_stands (visit, MH_VISIT_CANCELLED)))
    return FALSE;
  return g_strcmp0 (whose, "mine") == 0     ? mine
         : g_strcmp0 (whose, "nobody") == 0 ? doctor == NULL && doctor_page_waits (visit)
                                            : TRUE;
}

static gboolean
doctor_page_belongs (MhRecord *visit, gpointer data)
{
  return doctor_page_is_wanted (data, visit);
}

static gboolean
doctor_page_matches (gpointer visit, gpointer data)
{
  return doctor_page_is_wanted (data, visit);
}

/* An instant as the server reads it. */
static char *
morning (void)
{
  char text[MH_INSTANT_LENGTH + 1];
  mh_instant_format (mh_when_now () - TODAY, text);
  return g_strdup (text);
}

static void
doctor_page_load (MhDoctorPage *page)
{
  g_autofree char *from = morning ();
  gboolean mine = g_strcmp0 (mh_choice_get (page->whose), "mine") == 0;
  const char *visits[]
      = { "limit", "200", "from", from, mine ? "doctor_id" : NULL, doctor_page_my_id (page), NULL };
  const char *drafts[] = { "drafts", "true", "limit", "100", NULL };
  const char *cosign[] = { "cosign", "true", "limit", "100", NULL };
  mh_record_list_set_args (page->visits, visits);
  mh_record_list_set_args (page->drafts, drafts);
  if (mh_context_may (mh_pane_context (MH_PANE (page)), MH_MAY_COSIGN_NOTE))
    mh_record_list_set_args (page->cosign, cosign);
}

/* --- notes --- */

static char *
written_text (MhRecord *note)
{
  return mh_words_time (mh_record_int (note, MH_NOTE_WRITTEN_AT));
}

static const MhTableColumn draft_columns[] = {
  { .title = N_ ("Written"), .text = written_text, .width = 140 },
  { .field = "title", .expand = TRUE, .width = 200, .line = MH_LINE_TITLE },
  { .field = "kind", .width = 140, .line = MH_LINE_NONE },
  { .field = "patient_name", .only_line = TRUE },
  { NULL },
};

static const MhTableColumn cosign_columns[] = {
  { .title = N_ ("Written"), .text = written_text, .width = 140 },
  { .field = "patient_name", .title = N_ ("Patient"), .width = 180 },
  { .field = "title", .expand = TRUE, .width = 180, .line = MH_LINE_TITLE },
  { .field = "author_name", .width = 160, .line = MH_LINE_NONE },
  { NULL },
};

static gboolean
is_draft (MhRecord *note, gpointer data)
{
  return g_strcmp0 (mh_record_text (note, MH_NOTE_STATUS), MH_NOTE_DRAFT) == 0
         && g_strcmp0 (mh_record_text (note, MH_NOTE_AUTHOR_ID), doctor_page_my_id (data)) == 0;
}

static gboolean
is_to_cosign (MhRecord *note, gpointer data)
{
  return g_strcmp0 (mh_record_text (note, MH_NOTE_STATUS), MH_NOTE_SIGNED) == 0
         && mh_record_bool (note, MH_NOTE_NEEDS_COSIGN)
         && !mh_record_has (note, MH_NOTE_COSIGNED_AT)
         && g_strcmp0 (mh_record_text (note, MH_NOTE_AUTHOR_ID), doctor_page_my_id (data)) != 0;
}

/* --- what is on the page --- */

static void
doctor_page_count_cb (MhDoctorPage *page)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (page->sorted)), waiting = 0, inside = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MhRecord) visit = g_list_model_get_item (G_LIST_MODEL (page->sorted), i);
      waiting += doctor_page_waits (visit) ? 1 : 0;
      inside += doctor_page_rank (visit) == 0 ? 1 : 0;
    }

  g_autofree char *text = g_strdup_printf (
      _ ("%u waiting · %u with the doctor · new results: %u · drafts: %u · to "
         "co-sign: %u"),
      waiting, inside,
      page->news != NULL ? g_list_model_get_n_items (G_LIST_MODEL (page->news)) : 0,
      g_list_model_get_n_items (G_LIST_MODEL (page->drafts)),
      g_list_model_get_n_items (G_LIST_MODEL (page->cosign)));

  gtk_label_set_text (page->summary, text);
}

/* NULL: the results have their own. */
static MhRecordTable *
table_on_show (MhDoctorPage *page)
{
  const char *which = gtk_stack_get_visible_child_name (page->stack);
  return g_strcmp0 (which, "drafts") == 0    ? page->my_drafts
         : g_strcmp0 (which, "cosign") == 0  ? page->to_cosign
         : g_strcmp0 (which, "results") == 0 ? NULL
                                             : page->patients;
}

static void
doctor_page_enter (MhDoctorPage *page)
{
  MhRecordTable *table = table_on_show (page);
  if (table != NULL)
    mh_record_table_enter (table);
  else
    mh_doctor_inbox_enter (page->inbox);
}

static void
doctor_page_which_cb (MhDoctorPage *page)
{
  const char *which = mh_choice_get (page->which);
  if (page->visits == NULL || which == NULL)
    return;
  gtk_stack_set_visible_child_name (page->stack, which);
  gtk_widget_set_visible (page->whose, g_str_equal (which, "patients"));
  doctor_page_enter (page);
}

static void
whose_cb (MhDoctorPage *page)
{
  if (page->visits == NULL)
    return;
  doctor_page_load (page);
}

static void
doctor_page_selection_cb (MhDoctorPage *page)
{
  MhRecord *visit = mh_record_table_current (page->patients);
  gtk_widget_set_sensitive (page->call, visit != NULL && doctor_page_waits (visit));
  gtk_widget_set_sensitive (page->change,
                            mh_visit_change_may (mh_pane_context (MH_PANE (page)), visit));
}

static void
visit_activated_cb (MhDoctorPage *page, MhRecord *visit)
{
  mh_shell_go (GTK_WIDGET (page), "chart", mh_record_text (visit, MH_VISIT_PATIENT_ID));
}

static void
note_activated_cb (MhDoctorPage *page, MhRecord *note)
{
  g_autofree char *what = g_strdup_printf ("%s/notes/%s", mh_record_text (note, MH_NOTE_PATIENT_ID),
                                           mh_record_id (note));
  mh_shell_go (GTK_WIDGET (page), "chart", what);
}

/* --- actions --- */

static void
called_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDoctorPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (page), error);
  if (outcome != NULL)
    mh_record_list_reload (page->visits);
  if (outcome != NULL && outcome->record != NULL)
    visit_activated_cb (page, outcome->record);
}

static void
doctor_page_call_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhDoctorPage *page = MH_DOCTOR_PAGE (widget);
  MhRecord *visit = mh_record_table_current (page->patients);
  if (visit == NULL || !doctor_page_waits (visit) || table_on_show (page) != page->patients)
    return;
  g_autoptr (MhRecord) step = mh_record_new (&mh_visit_step_type);
  const char *args[] = { "id", mh_record_id (visit), NULL };
  mh_record_set_text (step, MH_VISIT_STEP_TO, MH_VISIT_WITH_PHYSICIAN);
  if (!mh_record_has (visit, MH_VISIT_DOCTOR_ID))
    mh_record_set_text (step, MH_VISIT_STEP_DOCTOR_ID, doctor_page_my_id (page));
  mh_command_async (mh_pane_context (MH_PANE (page)),
                    &(MhCommand){ .route = "visit.move", .args = args, .body = step }, NULL,
                    called_cb, g_object_ref (page));
}

static void
doctor_page_change_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhDoctorPage *page = MH_DOCTOR_PAGE (widget);
  if (table_on_show (page) == page->patients)
    mh_visit_change_show (widget, mh_pane_context (MH_PANE (page)),
                          mh_record_table_current (page->patients));
}

static void
doctor_page_go_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhRecord *visit = mh_record_table_current (MH_DOCTOR_PAGE (widget)->patients);
  if (visit != NULL && table_on_show (MH_DOCTOR_PAGE (widget)) == MH_DOCTOR_PAGE (widget)->patients)
    mh_shell_go (widget, g_str_equal (name, "doctor.order") ? "composer" : "prescription",
                 mh_record_text (visit, MH_VISIT_PATIENT_ID));
}

/* What is shown: the next of the choice, or the one before. */
static void
doctor_page_next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const order[] = { "patients", "results", "drafts", "cosign" };
  MhDoctorPage *page = MH_DOCTOR_PAGE (widget);
  guint n = G_N_ELEMENTS (order), step = g_str_equal (name, "doctor.next") ? 1 : n - 1;
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (mh_choice_get (page->which), order[i]) == 0)
      {
        mh_choice_set (page->which, order[(i + step) % n]);
        return;
      }
}

/* --- as a page --- */

/* "results": what the page is to show. */
static void
mh_doctor_page_open (MhPane *pane, const char *what)
{
  mh_choice_set (MH_DOCTOR_PAGE (pane)->which, what);
}

static void
doctor_page_shown (MhPane *pane)
{
  MhDoctorPage *page = MH_DOCTOR_PAGE (pane);
  doctor_page_load (page);
  doctor_page_enter (page);
}

static gboolean
doctor_page_tick_cb (gpointer data)
{
  mh_record_table_refresh (MH_DOCTOR_PAGE (data)->patients);
  return G_SOURCE_CONTINUE;
}

static void
begin_notes (MhDoctorPage *page)
{
  MhPane *pane = MH_PANE (page);
  MhContext *context = mh_pane_context (pane);
  mh_pane_keep (pane, &page->drafts, mh_record_list_new (context, "note.list"));
  mh_pane_keep (pane, &page->cosign, mh_record_list_new (context, "note.list"));
  mh_record_list_set_belongs (page->drafts, is_draft, page);
  mh_record_list_set_belongs (page->cosign, is_to_cosign, page);
  mh_record_table_setup (page->my_drafts, "doctor-drafts", &mh_note_type, draft_columns,
                         G_LIST_MODEL (page->drafts), MH_TABLE_SINGLE);
  mh_record_table_setup (page->to_cosign, "doctor-cosign", &mh_note_type, cosign_columns,
                         G_LIST_MODEL (page->cosign), MH_TABLE_SINGLE);
  mh_record_table_set_lines (page->my_drafts, LEAST_WIDTH);
  mh_record_table_set_lines (page->to_cosign, LEAST_WIDTH);
  g_signal_connect_object (page->drafts, "notify::n-items", G_CALLBACK (doctor_page_count_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->cosign, "notify::n-items", G_CALLBACK (doctor_page_count_cb), page,
                           G_CONNECT_SWAPPED);
}

static void
begin_news (MhDoctorPage *page)
{
  MhRecordList *news = mh_doctor_inbox_new_ones (mh_pane_context (MH_PANE (page)));
  if (news == NULL)
    return;
  g_signal_connect_object (news, "notify::n-items", G_CALLBACK (doctor_page_count_cb), page,
                           G_CONNECT_SWAPPED);
  mh_pane_keep (MH_PANE (page), &page->news, news);
}

static void
doctor_page_begin (MhPane *pane)
{
  MhDoctorPage *page = MH_DOCTOR_PAGE (pane);
  MhRecordList *visits = mh_record_list_new (mh_pane_context (pane), "visit.list");
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (doctor_page_matches, page, NULL));
  GListModel *filtered
      = G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (visits)), filter));

  mh_pane_keep (pane, &page->sorted,
                gtk_sort_list_model_new (filtered, GTK_SORTER (gtk_custom_sorter_new (
                                                       doctor_page_compare, NULL, NULL))));
  begin_notes (page);
  mh_record_list_set_belongs (visits, doctor_page_belongs, page);
  mh_record_list_set_keep (visits, TRUE);
  mh_record_table_setup (page->patients, "doctor", &mh_visit_type, visit_columns,
                         G_LIST_MODEL (page->sorted), MH_TABLE_SINGLE);
  mh_record_table_set_source (page->patients, visits);
  mh_record_table_set_lines (page->patients, LEAST_WIDTH);
  g_signal_connect_object (page->sorted, "items-changed", G_CALLBACK (doctor_page_count_cb), page,
                           G_CONNECT_SWAPPED);
  page->ticks = g_timeout_add_seconds (TICK_SECONDS, doctor_page_tick_cb, page);
  mh_pane_keep (pane, &page->visits, visits);
  begin_news (page);
  doctor_page_selection_cb (page);
  doctor_page_load (page);
}

static void
mh_doctor_page_dispose (GObject *object)
{
  g_clear_handle_id (&MH_DOCTOR_PAGE (object)->ticks, g_source_remove);
  G_OBJECT_CLASS (mh_doctor_page_parent_class)->dispose (object);
}

static void
doctor_page_bind_template (GtkWidgetClass *widget)
{
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_WRAP);
  g_type_ensure (MH_TYPE_DOCTOR_INBOX);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("clinic/chart/mh-doctor-page"));
  gtk_widget_class_bind_template_child (widget, MhDoctorPage, stack);
  gtk_widget_class_bind_template_child (widget, MhDoctorPage, which);
  gtk_widget_class_bind_template_child (widget, MhDoctorPage, whose);
  gtk_widget_class_bind_template_child (widget, MhDoctorPage, call);
  gtk_widget_class_bind_template_child (widget, MhDoctorPage, change);
  gtk_widget_class_bind_template_child (widget, MhDoctorPage, summary);
  gtk_widget_class_bind_template_child (widget, MhDoctorPage, patients);
  gtk_widget_class_bind_template_child (widget, MhDoctorPage, my_drafts);
  gtk_widget_class_bind_template_child (widget, MhDoctorPage, to_cosign);
  gtk_widget_class_bind_template_child (widget, MhDoctorPage, inbox);
  gtk_widget_class_bind_template_callback (widget, doctor_page_which_cb);
  gtk_widget_class_bind_template_callback (widget, whose_cb);
  gtk_widget_class_bind_template_callback (widget, doctor_page_selection_cb);
  gtk_widget_class_bind_template_callback (widget, visit_activated_cb);
  gtk_widget_class_bind_template_callback (widget, note_activated_cb);
}

static void
mh_doctor_page_class_init (MhDoctorPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_doctor_page_dispose;
  MH_PANE_CLASS (klass)->begin = doctor_page_begin;
  MH_PANE_CLASS (klass)->open = mh_doctor_page_open;
  MH_PANE_CLASS (klass)->shown = doctor_page_shown;
  doctor_page_bind_template (widget);
  gtk_widget_class_install_action (widget, "doctor.next", NULL, doctor_page_next_action);
  gtk_widget_class_install_action (widget, "doctor.previous", NULL, doctor_page_next_action);
  gtk_widget_class_install_action (widget, "doctor.call", NULL, doctor_page_call_action);
  gtk_widget_class_install_action (widget, "doctor.change", NULL, doctor_page_change_action);
  gtk_widget_class_install_action (widget, "doctor.order", NULL, doctor_page_go_action);
  gtk_widget_class_install_action (widget, "doctor.prescribe", NULL, doctor_page_go_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F8, 0, "doctor.call", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_e, GDK_CONTROL_MASK, "doctor.change", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F2, 0, "doctor.order", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F3, 0, "doctor.prescribe", NULL);
}

/* Before what scrolls takes these keys for itself. */
static void
mh_doctor_page_init (MhDoctorPage *page)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = { { GDK_KEY_Page_Down, "doctor.next" }, { GDK_KEY_Page_Up, "doctor.previous" } };
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (page));
  gtk_event_controller_set_propagation_phase (shortcuts, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (shortcuts),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, GDK_CONTROL_MASK),
                          gtk_named_action_new (keys[i].action)));

  gtk_widget_add_controller (GTK_WIDGET (page), shortcuts);
}

GtkWidget *
mh_doctor_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_DOCTOR_PAGE, "context", context, NULL);
}
