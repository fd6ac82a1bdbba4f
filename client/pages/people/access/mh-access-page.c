/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/access/mh-access-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-reasons.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/media/mh-document-print.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/record/mh-registry.h"
#include "shared/records/people/mh-access.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _MhAccessPage
{
  MhPane parent_instance;
  MhRecordList *grants, *people, *lines;
  MhRecord *grant; /* on the right, or NULL */
  char *patient_id;
  MhSplit *split;
  GtkStack *sides, *stack;
  GtkDropDown *state, *verdict;
  MhRecordTable *openings, *patients, *report;
  GtkEditable *search;
  GtkLabel *heading, *why, *judged, *problem;
  GtkWidget *review, *print;
  GtkEditable *note;
};

G_DEFINE_FINAL_TYPE (MhAccessPage, mh_access_page, MH_TYPE_PANE)

/* --- columns --- */

static char *
access_page_due_text (MhRecord *grant)
{
  return mh_record_has (grant, MH_ACCESS_GRANT_REVIEWED_AT)
             ? mh_words_value (grant, MH_ACCESS_GRANT_VERDICT)
             : mh_words_time (mh_record_int (grant, MH_ACCESS_GRANT_REVIEW_BY));
}

static const char *
access_page_due_style (MhRecord *grant)
{
  return !mh_record_has (grant, MH_ACCESS_GRANT_REVIEWED_AT)
                 && mh_record_int (grant, MH_ACCESS_GRANT_REVIEW_BY) < mh_when_now ()
             ? "mh-late"
             : NULL;
}

static const MhTableColumn opening_columns[] = {
  { .field = "user_name", .expand = TRUE, .width = 90 },
  { .field = "patient_mrn", .width = 126 },
  { .title = N_ ("Review"),
    .text = access_page_due_text,
    .style = access_page_due_style,
    .width = 116 },
  { NULL },
};

static const MhTableColumn patient_columns[] = {
  { .title = N_ ("Patient"), .text = mh_words_patient, .expand = TRUE, .width = 140 },
  { .field = "mrn", .width = 120 },
  { NULL },
};

static char *
at_text (MhRecord *entry)
{
  return mh_words_time (mh_record_int (entry, MH_AUDIT_ENTRY_AT));
}

static char *
access_page_what_text (MhRecord *entry)
{
  const char *code = mh_record_text (entry, MH_AUDIT_ENTRY_OBJECT_TYPE);
  const MhRecordType *type = code != NULL ? mh_registry_find (code) : NULL;
  return g_strdup (type != NULL ? g_dgettext (GETTEXT_PACKAGE, type->label) : code);
}

static char *
role_text (MhRecord *entry)
{
  return mh_words_roles (mh_record_text (entry, MH_AUDIT_ENTRY_ROLE));
}

static const MhTableColumn line_columns[] = {
  { .title = N_ ("When"), .text = at_text, .width = 100 },
  { .field = "username", .title = N_ ("Who"), .width = 110, .expand = TRUE },
  { .field = "role", .text = role_text, .width = 100 },
  { .field = "verb", .title = N_ ("Action"), .width = 80 },
  { .title = N_ ("What"), .text = access_page_what_text, .width = 100 },
  { NULL },
};

/* --- the right side --- */

static void
show_report (MhAccessPage *page, const char *patient_id, const char *words)
{
  const char *args[] = { "id", patient_id, "limit", "100", NULL };
  g_free (page->patient_id);
  page->patient_id = g_strdup (patient_id);
  gtk_label_set_label (page->heading, words);
  mh_pane_complain (MH_PANE (page), NULL);
  mh_record_list_set_args (page->lines, args);
  gtk_stack_set_visible_child_name (page->stack, "report");
}

static void
show_grant (MhAccessPage *page)
{
  MhRecord *grant = page->grant;
  MhRecord *user = mh_context_user (mh_pane_context (MH_PANE (page)));
  gboolean own
      = user != NULL
        && g_strcmp0 (mh_record_text (grant, MH_ACCESS_GRANT_USER_ID), mh_record_id (user)) == 0;
  gboolean judged = mh_record_has (grant, MH_ACCESS_GRANT_REVIEWED_AT);
  g_autofree char *reason = mh_words_value (grant, MH_ACCESS_GRANT_REASON);
  g_autofree char *verdict = mh_words_value (grant, MH_ACCESS_GRANT_VERDICT);
  const char *note = mh_record_text (grant, MH_ACCESS_GRANT_NOTE);
  g_autofree char *at = mh_words_time (mh_record_int (grant, MH_ACCESS_GRANT_OPENED_AT));
  g_autofree char *why
      = g_strdup_printf ("%s · %s: %s", at, reason, mh_record_text (grant, MH_ACCESS_GRANT_TEXT));
  g_autofree char *told
      = judged ? g_strdup_printf ("%s · %s%s%s", verdict,
                                  mh_record_text (grant, MH_ACCESS_GRANT_REVIEWED_NAME),
                                  note != NULL ? ": " : "", note != NULL ? note : "")
        : own  ? g_strdup (_ ("You opened it yourself: somebody else reviews it."))
               : g_strdup ("");

  gtk_label_set_label (page->why, why);
  gtk_label_set_label (page->judged, told);
  gtk_widget_set_visible (page->review, !judged && !own);
}

static void
show_opening (MhAccessPage *page, MhRecord *grant)
{
  g_set_object (&page->grant, grant);
  gtk_drop_down_set_selected (page->verdict, GTK_INVALID_LIST_POSITION);
  g_autofree char *words = g_strdup_printf (_ ("%s opened the protected chart %s"),
                                            mh_record_text (grant, MH_ACCESS_GRANT_USER_NAME),
                                            mh_record_text (grant, MH_ACCESS_GRANT_PATIENT_MRN));
  gtk_editable_set_text (page->note, "");
  show_grant (page);
  show_report (page, mh_record_text (grant, MH_ACCESS_GRANT_PATIENT_ID), words);
}

static void
opening_cb (MhAccessPage *page)
{
  MhRecord *grant = mh_record_table_current (page->openings);
  if (grant != NULL)
    show_opening (page, grant);
}

static void
opening_activated_cb (MhAccessPage *page, MhRecord *grant)
{
  show_opening (page, grant);
  mh_split_show_end (page->split, TRUE);
}

static void
access_page_show_patient (MhAccessPage *page, MhRecord *patient)
{
  g_autofree char *name = mh_words_patient (patient);
  g_autofree char *words = g_strdup_printf (_ ("Who saw the record of %s, %s"), name,
                                            mh_record_text (patient, MH_PATIENT_MRN));
  g_clear_object (&page->grant);
  gtk_label_set_text (page->why, "");
  gtk_label_set_text (page->judged, "");
  gtk_widget_set_visible (page->review, FALSE);
  show_report (page, mh_record_id (patient), words);
}

static void
access_page_patient_cb (MhAccessPage *page)
{
  MhRecord *patient = mh_record_table_current (page->patients);
  if (patient != NULL)
    access_page_show_patient (page, patient);
}

static void
patient_activated_cb (MhAccessPage *page, MhRecord *patient)
{
  access_page_show_patient (page, patient);
  mh_split_show_end (page->split, TRUE);
}

/* --- judging --- */

static void
access_page_judged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhAccessPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;

  mh_pane_set_busy (MH_PANE (page), FALSE);
  if (outcome == NULL || outcome->record == NULL)
    {
      g_autofree char *words = mh_words_error (error);
      mh_pane_complain (MH_PANE (page), words);
      return;
    }

  g_set_object (&page->grant, outcome->record);
  show_grant (page);
  mh_record_list_reload (page->grants);
  mh_shell_toast (GTK_WIDGET (page), _ ("The opening is reviewed"));
}

static void
access_page_judge_cb (MhAccessPage *page)
{
  const char *note = gtk_editable_get_text (page->note);
  const char *verdict = page->grant != NULL ? mh_reasons_get (page->verdict, page->problem) : NULL;
  if (verdict == NULL)
    return;

  if (!g_str_equal (verdict, MH_VERDICT_JUSTIFIED) && *note == 0)
    {
      mh_pane_complain (MH_PANE (page), _ ("Write what was found and what will be done."));
      gtk_widget_grab_focus (GTK_WIDGET (page->note));
      return;
    }

  g_autoptr (MhRecord) review = mh_record_new (&mh_access_review_type);
  const char *args[] = { "id", mh_record_id (page->grant), NULL };
  mh_record_set_text (review, MH_ACCESS_REVIEW_VERDICT, verdict);
  if (*note != 0)
    mh_record_set_text (review, MH_ACCESS_REVIEW_NOTE, note);
  mh_pane_set_busy (MH_PANE (page), TRUE);
  mh_command_async (mh_pane_context (MH_PANE (page)),
                    &(MhCommand){ .route = "access.review", .args = args, .body = review }, NULL,
                    access_page_judged_cb, g_object_ref (page));
}

/* --- on paper --- */

static void
access_page_paper_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhAccessPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = mh_fetch_finish_file (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;
  if (answer != NULL)
    mh_document_print_pdf (
        GTK_WIDGET (page),
        &(MhPrintWanted){ .printer = MH_PRINTER_PAGES, .name = _ ("Access report") }, answer);
  else
    mh_shell_fail (GTK_WIDGET (page), error);
}

static void
access_page_print_cb (MhAccessPage *page)
{
  const char *args[] = { "id", page->patient_id, NULL };
  if (page->patient_id != NULL)
    mh_fetch_async (
        mh_pane_context (MH_PANE (page)), &(MhFetch){ .route = "access.paper", .args = args },
        mh_pane_cancellable (MH_PANE (page)), access_page_paper_cb, g_object_ref (page));
}

/* --- the left side --- */

static void
access_page_state_cb (MhAccessPage *page)
{
  guint chosen = gtk_drop_down_get_selected (page->state);
  if (page->grants == NULL || chosen == GTK_INVALID_LIST_POSITION)
    return;
  const char *args[] = { "state", mh_access_state_codes[chosen].code, "limit", "100", NULL };
  mh_record_list_set_args (page->grants, args);
}

static void
access_page_search_cb (MhAccessPage *page)
{
  const char *text = gtk_editable_get_text (page->search);
  const char *args[] = { "q", text, "limit", "20", NULL };
  gboolean any = *text != 0;
  gtk_stack_set_visible_child_name (page->sides, any ? "people" : "openings");
  if (any)
    mh_record_list_set_args (page->people, args);
}

/* Down goes from the box into the rows. */
static gboolean
access_page_key_cb (GtkEventControllerKey *controller,
                    guint key,
                    guint code,
                    GdkModifierType state,
                    MhAccessPage *page)
{
  gboolean people = g_strcmp0 (gtk_stack_get_visible_child_name (page->sides), "people") == 0;
  if (key != GDK_KEY_Down)
    return FALSE;
  mh_record_table_enter (people ? page->patients : page->openings);
  return TRUE;
}

/* @what: an opening's id, from the alert. */
static void
mh_access_page_open (MhPane *pane, const char *what)
{
  MhAccessPage *page = MH_ACCESS_PAGE (pane);
  gtk_editable_set_text (page->search, "");
  mh_record_list_reload (page->grants);
  mh_record_table_select (page->openings, what);
  mh_split_show_end (page->split, TRUE);
}

static void
access_page_shown (MhPane *pane)
{
  mh_record_table_enter (MH_ACCESS_PAGE (pane)->openings);
}

static void
access_page_begin (MhPane *pane)
{
  MhAccessPage *page = MH_ACCESS_PAGE (pane);
  MhContext *context = mh_pane_context (pane);
  mh_pane_keep (pane, &page->grants, mh_record_list_new (context, "access.list"));
  mh_pane_keep (pane, &page->people, mh_record_list_new (context, "access.people"));
  mh_pane_keep (pane, &page->lines, mh_record_list_new (context, "access.report"));
  mh_record_table_setup (page->openings, "access-openings", &mh_access_grant_type, opening_columns,
                         G_LIST_MODEL (page->grants), MH_TABLE_SINGLE);
  mh_record_table_setup (page->patients, "access-patients", &mh_patient_type, patient_columns,
                         G_LIST_MODEL (page->people), MH_TABLE_SINGLE);
  mh_record_table_setup (page->report, "access-report", &mh_audit_entry_type, line_columns,
                         G_LIST_MODEL (page->lines), MH_TABLE_SINGLE);
  mh_record_table_set_lines (page->report, 470);
  access_page_state_cb (page);
}

static void
mh_access_page_finalize (GObject *object)
{
  MhAccessPage *page = MH_ACCESS_PAGE (object);
  g_clear_object (&page->grant);
  g_free (page->patient_id);
  G_OBJECT_CLASS (mh_access_page_parent_class)->finalize (object);
}

static void
mh_access_page_class_init (MhAccessPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_access_page_finalize;
  MH_PANE_CLASS (klass)->begin = access_page_begin;
  MH_PANE_CLASS (klass)->open = mh_access_page_open;
  MH_PANE_CLASS (klass)->shown = access_page_shown;

  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/access/mh-access-page"));

  gtk_widget_class_bind_template_child (widget, MhAccessPage, split);
  gtk_widget_class_bind_template_child (widget, MhAccessPage, sides);
  gtk_widget_class_bind_template_child (widget, MhAccessPage, stack);
  gtk_widget_class_bind_template_child (widget, MhAccessPage, state);
  gtk_widget_class_bind_template_child (widget, MhAccessPage, verdict);
  gtk_widget_class_bind_template_child (widget, MhAccessPage, openings);
  gtk_widget_class_bind_template_child (widget, MhAccessPage, patients);
  gtk_widget_class_bind_template_child (widget, MhAccessPage, report);
  gtk_widget_class_bind_template_child (widget, MhAccessPage, search);
  gtk_widget_class_bind_template_child (widget, MhAccessPage, heading);
  gtk_widget_class_bind_template_child (widget, MhAccessPage, why);
  gtk_widget_class_bind_template_child (widget, MhAccessPage, judged);
  gtk_widget_class_bind_template_child (widget, MhAccessPage, problem);
  gtk_widget_class_bind_template_child (widget, MhAccessPage, review);
  gtk_widget_class_bind_template_child (widget, MhAccessPage, print);
  gtk_widget_class_bind_template_child (widget, MhAccessPage, note);

  gtk_widget_class_bind_template_callback (widget, opening_cb);
  gtk_widget_class_bind_template_callback (widget, opening_activated_cb);
  gtk_widget_class_bind_template_callback (widget, access_page_patient_cb);
  gtk_widget_class_bind_template_callback (widget, patient_activated_cb);
  gtk_widget_class_bind_template_callback (widget, access_page_judge_cb);
  gtk_widget_class_bind_template_callback (widget, access_page_print_cb);
  gtk_widget_class_bind_template_callback (widget, access_page_state_cb);
  gtk_widget_class_bind_template_callback (widget, access_page_search_cb);
  mh_closures_bind (widget);
}

static void
mh_access_page_init (MhAccessPage *page)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (page));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (access_page_key_cb), page);
  gtk_widget_add_controller (GTK_WIDGET (page->search), keys);
  mh_fill_codes (page->state, mh_access_state_codes);
  mh_reasons_fill (page->verdict, mh_access_verdict_codes);
}

GtkWidget *
mh_access_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_ACCESS_PAGE, "context", context, NULL);
}
