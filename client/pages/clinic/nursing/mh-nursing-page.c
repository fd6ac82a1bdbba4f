/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/nursing/mh-nursing-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/nursing/mh-assess-pane.h"
#include "client/pages/clinic/nursing/mh-fluid-pane.h"
#include "client/pages/clinic/nursing/mh-triage-dialog.h"
#include "client/pages/clinic/nursing/mh-visit-change.h"
#include "client/pages/clinic/nursing/mh-visit-dialog.h"
#include "client/pages/clinic/nursing/mh-visit-pane.h"
#include "client/pages/clinic/nursing/mh-vitals-entry.h"
#include "client/pages/clinic/nursing/mh-vitals-pane.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-tabs.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/hospital/mh-patient-strip.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/rules/clinic/mh-news2.h"

#include <glib/gi18n-lib.h>

/* Below it a visit stands in two lines instead of columns. */
#define LEAST_WIDTH 564 /* as far as the complaint */

/* The clocks of the list and of the visit. */
#define TICK_SECONDS 10

struct _MhNursingPage
{
  MhPane parent_instance;
  MhRecordList *visits;
  GListModel *sorted;
  MhRecord *visit, *patient;
  char *wanted; /* visit that is shown or on its way */
  guint ticks;
  MhMasterDetail master_detail;
  MhSplit *split;
  GtkDropDown *which;
  GtkLabel *summary, *title, *clock;
  GtkStackSwitcher *switcher;
  MhRecordTable *table;
  GtkStack *stack, *parts;
  GtkWidget *leave, *triage, *change, *fresh;
  MhPatientStrip *strip;
  MhVitalsEntry *entry;
  MhVitalsPane *vitals;
  MhAssessPane *assess;
  MhFluidPane *fluids;
  MhVisitPane *steps;
};

G_DEFINE_FINAL_TYPE (MhNursingPage, mh_nursing_page, MH_TYPE_PANE)

/* --- the list --- */

static char *
nursing_page_esi_text (MhRecord *visit)
{
  return mh_record_has (visit, MH_VISIT_ESI)
             ? g_strdup_printf ("%d", (int)mh_record_int (visit, MH_VISIT_ESI))
             : g_strdup ("–");
}

static const char *
nursing_page_esi_style (MhRecord *visit)
{
  gint64 level = mh_record_int (visit, MH_VISIT_ESI);
  return level == 0 ? "mh-soon" : level == 1 ? "mh-critical" : level == 2 ? "mh-late" : NULL;
}

static char *
nursing_page_who_text (MhRecord *visit)
{
  char today[MH_DATE_LENGTH + 1];
  g_autofree char *age
      = mh_words_age_sex (mh_record_text (visit, MH_VISIT_PATIENT_BIRTH_DATE),
                          mh_record_text (visit, MH_VISIT_PATIENT_SEX), mh_when_today_text (today));
  const char *token = mh_record_text (visit, MH_VISIT_TOKEN);
  return g_strdup_printf ("%s%s%s %s", token != NULL ? token : "", token != NULL ? " · " : "",
                          mh_record_text (visit, MH_VISIT_PATIENT_NAME), age != NULL ? age : "");
}

static char *
nursing_page_waited_text (MhRecord *visit)
{
  return mh_words_since (mh_record_int (visit, MH_VISIT_ARRIVED_AT), mh_when_now ());
}

static char *
nursing_page_score_text (MhRecord *visit)
{
  const char *level = mh_record_text (visit, MH_VISIT_NEWS2_LEVEL);
  if (level == NULL || !mh_record_has (visit, MH_VISIT_NEWS2))
    return NULL;
  return g_strdup_printf (g_str_equal (level, MH_NEWS2_INCOMPLETE) ? "≥ %d" : "%d",
                          (int)mh_record_int (visit, MH_VISIT_NEWS2));
}

static const char *
nursing_page_score_style (MhRecord *visit)
{
  gint64 score = mh_record_int (visit, MH_VISIT_NEWS2);
  return score >= 7 ? "mh-critical" : score >= 5 ? "mh-late" : NULL;
}

static char *
nursing_page_due_text (MhRecord *visit)
{
  gint64 by = mh_record_int (visit, MH_VISIT_OBSERVE_BY), now = mh_when_now ();
  if (by == 0)
    return NULL;
  g_autofree char *span = by < now ? mh_words_since (by, now) : mh_words_since (now, by);
  return by < now ? g_strdup_printf (_ ("⚠ %s late"), span) : g_strdup_printf (_ ("in %s"), span);
}

/* In a row of two lines no column's title says what is due. */
static char *
nursing_page_due_line_text (MhRecord *visit)
{
  gint64 by = mh_record_int (visit, MH_VISIT_OBSERVE_BY), now = mh_when_now ();
  if (by == 0)
    return NULL;
  g_autofree char *span = by < now ? mh_words_since (by, now) : mh_words_since (now, by);
  return by < now ? g_strdup_printf (_ ("⚠ Observation %s late"), span)
                  : g_strdup_printf (_ ("Observe in %s"), span);
}

static const char *
nursing_page_due_style (MhRecord *visit)
{
  gint64 by = mh_record_int (visit, MH_VISIT_OBSERVE_BY), now = mh_when_now ();
  return by == 0 ? NULL : by < now ? "mh-late" : by < now + 10 * MH_MINUTE ? "mh-soon" : NULL;
}

static char *
nursing_page_urgency_text (MhRecord *visit)
{
  g_autofree char *level = nursing_page_esi_text (visit), *who = nursing_page_who_text (visit);
  return g_strdup_printf (_ ("ESI %s · %s"), level, who);
}

static char *
nursing_page_mark_text (MhRecord *visit)
{
  g_autofree char *score = nursing_page_score_text (visit);
  return score != NULL ? g_strdup_printf (_ ("NEWS2 %s"), score) : NULL;
}

static const MhTableColumn columns[] = {
  { .title = N_ ("ESI"),
    .text = nursing_page_esi_text,
    .style = nursing_page_esi_style,
    .width = 40,
    .line = MH_LINE_NONE },
  { .title = N_ ("Patient"),
    .text = nursing_page_who_text,
    .width = 140,
    .expand = TRUE,
    .line = MH_LINE_NONE },
  { .title = N_ ("Waits"),
    .text = nursing_page_waited_text,
    .width = 84,
    .line = MH_LINE_TRAILING },
  { .title = N_ ("NEWS2"),
    .text = nursing_page_score_text,
    .style = nursing_page_score_style,
    .width = 66,
    .numeric = TRUE,
    .line = MH_LINE_NONE },
  { .title = N_ ("Observe"),
    .text = nursing_page_due_text,
    .style = nursing_page_due_style,
    .width = 104,
    .line = MH_LINE_NONE },
  { .field = "complaint", .width = 130 },
  { .field = "place", .width = 70, .line = MH_LINE_NONE },
  { .field = "status", .width = 110, .line = MH_LINE_NONE },
  { .text = nursing_page_urgency_text, .line = MH_LINE_TITLE, .only_line = TRUE },
  { .text = nursing_page_due_line_text, .style = nursing_page_due_style, .only_line = TRUE },
  { .text = nursing_page_mark_text,
    .style = nursing_page_score_style,
    .line = MH_LINE_MARK,
    .only_line = TRUE },
  { NULL },
};

/* Most urgent first; who is not triaged yet stands above level 3, since nobody knows. A score that
 * calls the emergency team goes before every level but the first. */
static int
nursing_page_rank (MhRecord *visit)
{
  if (g_strcmp0 (mh_record_text (visit, MH_VISIT_NEWS2_LEVEL), MH_NEWS2_HIGH) == 0)
    return 10;
  gint64 level = mh_record_int (visit, MH_VISIT_ESI);
  return level == 0 ? 25 : (int)level * 10;
}

static int
nursing_page_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  MhRecord *left = (MhRecord *)a, *right = (MhRecord *)b;
  gint64 since_left = mh_record_int (left, MH_VISIT_ARRIVED_AT);
  gint64 since_right = mh_record_int (right, MH_VISIT_ARRIVED_AT);
  if (nursing_page_rank (left) != nursing_page_rank (right))
    return nursing_page_rank (left) < nursing_page_rank (right) ? GTK_ORDERING_SMALLER
                                                                : GTK_ORDERING_LARGER;
  return since_left < since_right   ? GTK_ORDERING_SMALLER
         : since_left > since_right ? GTK_ORDERING_LARGER
                                    : GTK_ORDERING_EQUAL;
}

static const char *const which_kinds[]
    = { NULL, MH_VISIT_EMERGENCY, MH_VISIT_OUTPATIENT, MH_VISIT_INPATIENT, MH_VISIT_DAY_CARE };

static const char *
chosen_kind (MhNursingPage *page)
{
  guint chosen = gtk_drop_down_get_selected (page->which);
  return chosen < G_N_ELEMENTS (which_kinds) ? which_kinds[chosen] : NULL;
}

static gboolean
nursing_page_belongs (MhRecord *visit, gpointer data)
{
  const char *kind = chosen_kind (data);
  return mh_visit_is_open (visit)
         && (kind == NULL || g_strcmp0 (mh_record_text (visit, MH_VISIT_KIND), kind) == 0);
}

static void
nursing_page_load (MhNursingPage *page)
{
  const char *kind = chosen_kind (page);
  const char *args[] = { "open", "true", "limit", "200", kind != NULL ? "kind" : NULL, kind, NULL };
  mh_record_list_set_args (page->visits, args);
}

static void
nursing_page_which_cb (MhNursingPage *page)
{
  if (page->visits != NULL)
    nursing_page_load (page);
}

/* --- one visit --- */

static void
nursing_page_show_clock (MhNursingPage *page)
{
  gint64 by = page->visit != NULL ? mh_record_int (page->visit, MH_VISIT_OBSERVE_BY) : 0;
  gint64 now = mh_when_now ();
  const char *level
      = page->visit != NULL ? mh_record_text (page->visit, MH_VISIT_NEWS2_LEVEL) : NULL;
  gboolean over = by != 0 && by < now;

  gtk_widget_set_visible (GTK_WIDGET (page->clock), by != 0);
  gtk_widget_remove_css_class (GTK_WIDGET (page->clock), "mh-late");
  if (by == 0)
    return;

  g_autofree char *when = mh_words_time (by);
  g_autofree char *span = over ? mh_words_since (by, now) : mh_words_since (now, by);
  g_autofree char *action = level != NULL && !g_str_equal (level, MH_NEWS2_NOT_FOR)
                                ? g_strdup_printf (" · %s", _ (mh_news2_action (level)->action))
                                : g_strdup ("");
  g_autofree char *text
      = over ? g_strdup_printf (_ ("⚠ Observation overdue since %s (%s)%s"), when, span, action)
             : g_strdup_printf (_ ("Next observation %s, in %s%s"), when, span, action);

  gtk_label_set_text (page->clock, text);
  if (over)
    gtk_widget_add_css_class (GTK_WIDGET (page->clock), "mh-late");
}

static void
show_visit (MhNursingPage *page, MhRecord *visit)
{
  const char *id = mh_record_id (visit);
  const char *esi = mh_record_has (visit, MH_VISIT_ESI) ? _ ("ESI") : _ ("not triaged");
  g_set_object (&page->visit, visit);
  g_autofree char *level = mh_record_has (visit, MH_VISIT_ESI)
                               ? g_strdup_printf (" %d", (int)mh_record_int (visit, MH_VISIT_ESI))
                               : g_strdup ("");
  g_autofree char *title = g_strdup_printf (
      "%s · %s%s%s%s", mh_record_text (visit, MH_VISIT_NUMBER), esi, level,
      mh_record_has (visit, MH_VISIT_COMPLAINT) ? " · " : "",
      mh_record_has (visit, MH_VISIT_COMPLAINT) ? mh_record_text (visit, MH_VISIT_COMPLAINT) : "");

  gtk_label_set_text (page->title, title);
  gtk_widget_set_visible (
      page->triage, mh_visit_is_open (visit)
                        && mh_context_may (mh_pane_context (MH_PANE (page)), MH_MAY_ASSESS_VISIT));
  gtk_widget_set_visible (page->change,
                          mh_visit_change_may (mh_pane_context (MH_PANE (page)), visit));
  gtk_widget_set_visible (
      GTK_WIDGET (page->entry),
      mh_visit_is_open (visit)
          && mh_context_may (mh_pane_context (MH_PANE (page)), MH_MAY_ASSESS_VISIT));
  gtk_stack_set_visible_child_name (page->stack, "visit");
  mh_vitals_entry_show (page->entry, visit, page->patient);
  mh_visit_pane_show (page->steps, visit);
  mh_page_open (MH_PAGE (page->assess), id);
  mh_page_open (MH_PAGE (page->fluids), id);
  nursing_page_show_clock (page);
}

static void
nursing_page_patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhNursingPage) page = data;
  g_autoptr (MhRecord) patient = mh_read_finish (result, NULL);
  char today[11];
  MhContext *context = mh_pane_context (MH_PANE (page));
  if (context == NULL || patient == NULL || page->visit == NULL
      || g_strcmp0 (mh_record_id (patient), mh_record_text (page->visit, MH_VISIT_PATIENT_ID)) != 0)
    return;
  g_set_object (&page->patient, patient);
  mh_patient_strip_show (page->strip, patient, mh_when_today_text (today));
  mh_vitals_entry_show (page->entry, page->visit, patient);
}

/* Another visit than the one on show. */
static void
nursing_page_begin_visit (MhNursingPage *page, MhRecord *visit)
{
  const char *patient_id = mh_record_text (visit, MH_VISIT_PATIENT_ID);
  g_clear_object (&page->patient);
  show_visit (page, visit);
  mh_patient_strip_show (page->strip, NULL, NULL);
  mh_page_open (MH_PAGE (page->vitals), patient_id);
  mh_read_async (mh_pane_context (MH_PANE (page)), "patient.read", patient_id,
                 mh_pane_cancellable (MH_PANE (page)), nursing_page_patient_cb,
                 g_object_ref (page));
}

static void
nursing_page_visit_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhNursingPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) visit = mh_read_finish (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (page), error);
  if (visit == NULL || g_strcmp0 (mh_record_id (visit), page->wanted) != 0)
    return;
  nursing_page_begin_visit (page, visit);
}

static void
nursing_page_want (MhNursingPage *page, const char *id)
{
  char *wanted = g_strdup (id);
  g_free (page->wanted);
  page->wanted = wanted;
}

static void
nursing_page_choose (MhNursingPage *page, MhRecord *visit)
{
  if (g_strcmp0 (page->wanted, mh_record_id (visit)) == 0 && page->visit != NULL)
    return;
  nursing_page_want (page, mh_record_id (visit));
  nursing_page_begin_visit (page, visit);
}

static const char *
nursing_page_shown_id (MhPane *pane)
{
  return MH_NURSING_PAGE (pane)->wanted;
}

/* One that is in no row is read first. */
static void
nursing_page_show_one (MhPane *pane, const char *id)
{
  MhNursingPage *page = MH_NURSING_PAGE (pane);
  MhRecord *row = mh_master_detail_row (&page->master_detail, id);
  if (row != NULL)
    {
      nursing_page_choose (page, row);
      return;
    }

  nursing_page_want (page, id);
  mh_read_async (mh_pane_context (pane), "visit.read", id, mh_pane_cancellable (pane),
                 nursing_page_visit_cb, g_object_ref (page));
}

static void
nursing_page_to_vitals_cb (MhNursingPage *page)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (page->parts), "vitals") == 0)
    mh_vitals_entry_grab (page->entry);
}

/* Live changes of the visit on show, and the line above the list. */
static void
nursing_page_visits_cb (MhNursingPage *page)
{
  guint n = g_list_model_get_n_items (page->sorted), late = 0, untriaged = 0;
  gint64 now = mh_when_now ();
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MhRecord) visit = g_list_model_get_item (page->sorted, i);
      gint64 by = mh_record_int (visit, MH_VISIT_OBSERVE_BY);
      late += by != 0 && by < now;
      untriaged += !mh_record_has (visit, MH_VISIT_ESI);
      if (g_strcmp0 (page->wanted, mh_record_id (visit)) == 0 && page->visit != NULL)
        show_visit (page, visit);
    }

  g_autofree char *visits = g_strdup_printf (
      ngettext ("%u visit · %u to triage", "%u visits · %u to triage", n), n, untriaged);
  g_autofree char *overdue = g_strdup_printf (
      ngettext ("%u observation overdue", "%u observations overdue", late), late);
  g_autofree char *text = g_strdup_printf ("%s · %s", visits, overdue);

  gtk_label_set_text (page->summary, text);
}

/* Rows change within themselves: their order is looked at anew. */
static void
nursing_page_changed_cb (MhNursingPage *page)
{
  gtk_sorter_changed (gtk_sort_list_model_get_sorter (GTK_SORT_LIST_MODEL (page->sorted)),
                      GTK_SORTER_CHANGE_DIFFERENT);
  nursing_page_visits_cb (page);
}

static void
nursing_page_saved_cb (MhNursingPage *page)
{
  mh_page_open (MH_PAGE (page->vitals),
                page->visit != NULL ? mh_record_text (page->visit, MH_VISIT_PATIENT_ID) : NULL);
}

static void
nursing_page_part_cb (MhNursingPage *page)
{
  const char *name = gtk_stack_get_visible_child_name (page->parts);
  if (page->visit != NULL && g_strcmp0 (name, "fluids") == 0)
    mh_page_shown (MH_PAGE (page->fluids));
}

static void
triage_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhNursingPage *page = MH_NURSING_PAGE (widget);
  if (page->visit != NULL && mh_visit_is_open (page->visit)
      && mh_context_may (mh_pane_context (MH_PANE (page)), MH_MAY_ASSESS_VISIT))
    mh_triage_dialog_show (widget, mh_pane_context (MH_PANE (page)), page->visit, NULL);
}

static void
nursing_page_new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhContext *context = mh_pane_context (MH_PANE (widget));
  if (context != NULL && mh_context_may (context, MH_MAY_WRITE_VISIT))
    mh_visit_dialog_show (widget, context);
}

static void
nursing_page_change_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhNursingPage *page = MH_NURSING_PAGE (widget);
  mh_visit_change_show (widget, mh_pane_context (MH_PANE (page)), page->visit);
}

static void
nursing_page_chart_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhNursingPage *page = MH_NURSING_PAGE (widget);
  if (page->visit != NULL)
    mh_shell_go (widget, "chart", mh_record_text (page->visit, MH_VISIT_PATIENT_ID));
}

/* --- as a page --- */

static gboolean
nursing_page_tick_cb (gpointer data)
{
  MhNursingPage *page = data;
  mh_record_table_refresh (page->table);
  if (mh_pane_context (MH_PANE (page)) != NULL)
    nursing_page_show_clock (page);
  return G_SOURCE_CONTINUE;
}

static void
fill_which (MhNursingPage *page)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  gtk_string_list_append (words, _ ("All open visits"));
  for (guint i = 1; i < G_N_ELEMENTS (which_kinds); i++)
    gtk_string_list_append (
        words, mh_words_of_code (&mh_visit_type.fields[MH_VISIT_KIND], which_kinds[i]));
  gtk_drop_down_set_model (page->which, G_LIST_MODEL (words));
}

static void
nursing_page_begin (MhPane *pane)
{
  static const MhMasterDetailHow how
      = { .shown = nursing_page_shown_id, .show = nursing_page_show_one };
  MhNursingPage *page = MH_NURSING_PAGE (pane);
  fill_which (page);
  gtk_widget_set_visible (page->fresh, mh_context_may (mh_pane_context (pane), MH_MAY_WRITE_VISIT));
  mh_pane_keep (pane, &page->visits, mh_record_list_new (mh_pane_context (pane), "visit.list"));
  mh_pane_keep (pane, &page->sorted,
                gtk_sort_list_model_new (
                    G_LIST_MODEL (g_object_ref (page->visits)),
                    GTK_SORTER (gtk_custom_sorter_new (nursing_page_compare, NULL, NULL))));
  mh_record_list_set_belongs (page->visits, nursing_page_belongs, page);
  mh_record_list_set_keep (page->visits, TRUE);
  mh_record_table_setup (page->table, "nursing", &mh_visit_type, columns, page->sorted,
                         MH_TABLE_SINGLE);
  mh_record_table_set_source (page->table, page->visits);
  mh_record_table_set_lines (page->table, LEAST_WIDTH);
  mh_master_detail_begin (&page->master_detail, pane, &how, page->table, page->split, page->sorted);
  g_signal_connect_object (page->table, "activated", G_CALLBACK (nursing_page_to_vitals_cb), page,
                           G_CONNECT_SWAPPED);
  mh_tabs_follow (page->switcher);
  g_signal_connect_object (page->visits, "notify::n-items", G_CALLBACK (nursing_page_changed_cb),
                           page, G_CONNECT_SWAPPED);
  page->ticks = g_timeout_add_seconds (TICK_SECONDS, nursing_page_tick_cb, page);
  nursing_page_load (page);
}

static void
mh_nursing_page_open (MhPane *pane, const char *what)
{
  if (what != NULL && *what != 0)
    mh_master_detail_show (&MH_NURSING_PAGE (pane)->master_detail, what, TRUE);
}

static void
nursing_page_shown (MhPane *pane)
{
  mh_record_table_grab (MH_NURSING_PAGE (pane)->table);
}

static void
mh_nursing_page_dispose (GObject *object)
{
  g_clear_handle_id (&MH_NURSING_PAGE (object)->ticks, g_source_remove);
  G_OBJECT_CLASS (mh_nursing_page_parent_class)->dispose (object);
}

static void
mh_nursing_page_finalize (GObject *object)
{
  MhNursingPage *page = MH_NURSING_PAGE (object);
  g_clear_object (&page->visit);
  g_clear_object (&page->patient);
  g_free (page->wanted);
  G_OBJECT_CLASS (mh_nursing_page_parent_class)->finalize (object);
}

static void
nursing_page_bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, MhNursingPage, split);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, which);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, summary);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, title);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, clock);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, switcher);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, table);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, stack);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, parts);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, leave);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, triage);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, change);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, fresh);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, strip);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, entry);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, vitals);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, assess);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, fluids);
  gtk_widget_class_bind_template_child (widget, MhNursingPage, steps);
}

static void
mh_nursing_page_class_init (MhNursingPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_nursing_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_nursing_page_finalize;
  MH_PANE_CLASS (klass)->begin = nursing_page_begin;
  MH_PANE_CLASS (klass)->open = mh_nursing_page_open;
  MH_PANE_CLASS (klass)->shown = nursing_page_shown;

  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_PATIENT_STRIP);
  g_type_ensure (MH_TYPE_VITALS_ENTRY);
  g_type_ensure (MH_TYPE_VITALS_PANE);
  g_type_ensure (MH_TYPE_ASSESS_PANE);
  g_type_ensure (MH_TYPE_FLUID_PANE);
  g_type_ensure (MH_TYPE_VISIT_PANE);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/nursing/mh-nursing-page"));

  nursing_page_bind_children (widget);

  gtk_widget_class_bind_template_callback (widget, nursing_page_which_cb);
  gtk_widget_class_bind_template_callback (widget, nursing_page_saved_cb);
  gtk_widget_class_bind_template_callback (widget, nursing_page_part_cb);

  gtk_widget_class_install_action (widget, "nursing.triage", NULL, triage_action);
  gtk_widget_class_install_action (widget, "nursing.change", NULL, nursing_page_change_action);
  gtk_widget_class_install_action (widget, "nursing.chart", NULL, nursing_page_chart_action);
  gtk_widget_class_install_action (widget, "nursing.new", NULL, nursing_page_new_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F3, 0, "nursing.new", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F6, 0, "nursing.triage", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F7, 0, "nursing.chart", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_e, GDK_CONTROL_MASK, "nursing.change", NULL);
}

static void
mh_nursing_page_init (MhNursingPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  g_object_bind_property (page->split, "folded", page->leave, "visible", G_BINDING_SYNC_CREATE);
}

GtkWidget *
mh_nursing_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_NURSING_PAGE, "context", context, NULL);
}
