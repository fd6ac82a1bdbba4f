/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/prescribing/mh-countersign-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/prescribing/mh-taken-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/hospital/mh-patient-strip.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/clinic/mh-drug.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhCountersignPage
{
  MhPane parent_instance;
  MhRecordList *waiting;
  MhRecord *shown; /* with its lines and overrides */
  gboolean busy;
  char *wanted; /* id of what is shown or on its way */
  MhMasterDetail master_detail;
  MhSplit *split;
  MhRecordTable *table;
  GtkStack *stack;
  MhPatientStrip *strip;
  GtkWidget *rows, *sign;
  GtkLabel *who;
};

G_DEFINE_FINAL_TYPE (MhCountersignPage, mh_countersign_page, MH_TYPE_PANE)

static MhContext *
countersign_page_context_of (MhCountersignPage *page)
{
  return mh_pane_context (MH_PANE (page));
}

/* --- one of them --- */

static void
countersign_page_add_line (MhCountersignPage *page, MhRecord *line)
{
  GtkWidget *row = mh_vbox (0);
  const char *strength = mh_record_text (line, MH_PRESCRIPTION_LINE_STRENGTH);
  gboolean alert = mh_record_bool (line, MH_PRESCRIPTION_LINE_HIGH_ALERT);
  g_autofree char *name = g_strdup_printf (
      "%s%s%s%s%s", mh_record_text (line, MH_PRESCRIPTION_LINE_NAME), strength != NULL ? " " : "",
      strength != NULL ? strength : "", alert ? " · " : "", alert ? _ ("High-alert") : "");
  g_autofree char *how = mh_taken_words (line);
  gtk_widget_add_css_class (row, "mh-inset");
  mh_box_append (row, mh_label (name, "heading"));
  mh_box_append (row, mh_label (how, NULL));
  mh_box_append (page->rows, row);
}

static void
add_override (MhCountersignPage *page, MhRecord *override)
{
  GtkWidget *row = mh_vbox (0);
  const char *other = mh_record_text (override, MH_DRUG_OVERRIDE_OTHER);
  const char *note = mh_record_text (override, MH_DRUG_OVERRIDE_NOTE);
  g_autofree char *what = mh_words_value (override, MH_DRUG_OVERRIDE_CODE);
  g_autofree char *severity = mh_words_value (override, MH_DRUG_OVERRIDE_SEVERITY);
  g_autofree char *reason = mh_words_value (override, MH_DRUG_OVERRIDE_REASON);
  g_autofree char *title = g_strdup_printf (
      "%s: %s%s%s (%s)", what, mh_record_text (override, MH_DRUG_OVERRIDE_SUBJECT),
      other != NULL ? " × " : "", other != NULL ? other : "", severity);
  g_autofree char *why
      = g_strdup_printf ("%s%s%s", reason, note != NULL ? ": " : "", note != NULL ? note : "");

  gtk_widget_add_css_class (row, "mh-warning");
  mh_box_append (row, mh_label (title, "heading"));
  mh_box_append (row, mh_label (why, NULL));
  mh_box_append (page->rows, row);
}

static gboolean
countersign_page_may_sign (MhCountersignPage *page)
{
  MhRecord *user = mh_context_user (countersign_page_context_of (page));
  gboolean own
      = user != NULL
        && g_strcmp0 (mh_record_text (page->shown, MH_PRESCRIPTION_SIGNED_BY), mh_record_id (user))
               == 0;
  gboolean doctor
      = g_strcmp0 (mh_record_text (page->shown, MH_PRESCRIPTION_SECOND_NEEDED), MH_SECOND_DOCTOR)
        == 0;
  return !own
         && (!doctor
             || mh_context_may (countersign_page_context_of (page), MH_MAY_WRITE_PRESCRIPTION));
}

static void
countersign_page_show (MhCountersignPage *page)
{
  GPtrArray *lines = mh_record_records (page->shown, MH_PRESCRIPTION_LINES);
  GPtrArray *overrides = mh_record_records (page->shown, MH_PRESCRIPTION_OVERRIDES);
  g_autofree char *when = mh_words_time (mh_record_int (page->shown, MH_PRESCRIPTION_SIGNED_AT));
  g_autofree char *needed = mh_words_value (page->shown, MH_PRESCRIPTION_SECOND_NEEDED);
  gboolean may = countersign_page_may_sign (page);
  g_autofree char *who
      = g_strdup_printf (may ? _ ("Signed by %s, %s. Needed: %s.")
                             : _ ("Signed by %s, %s. Needed: %s; you cannot be the one."),
                         mh_record_text (page->shown, MH_PRESCRIPTION_DOCTOR_NAME), when, needed);

  mh_box_clear (page->rows);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    countersign_page_add_line (page, g_ptr_array_index (lines, i));
  for (guint i = 0; overrides != NULL && i < overrides->len; i++)
    add_override (page, g_ptr_array_index (overrides, i));
  gtk_label_set_text (page->who, who);
  gtk_widget_set_sensitive (page->sign, may);
  gtk_stack_set_visible_child_name (page->stack, "one");
}

static void
countersign_page_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCountersignPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) prescription = mh_read_finish (result, &error);
  if (countersign_page_context_of (page) == NULL)
    return;

  mh_shell_fail (GTK_WIDGET (page), error);
  if (prescription == NULL || g_strcmp0 (mh_record_id (prescription), page->wanted) != 0)
    return;

  g_set_object (&page->shown, prescription);
  countersign_page_show (page);
}

static const char *
countersign_page_shown_id (MhPane *pane)
{
  return MH_COUNTERSIGN_PAGE (pane)->wanted;
}

static void
countersign_page_show_one (MhPane *pane, const char *id)
{
  MhCountersignPage *page = MH_COUNTERSIGN_PAGE (pane);
  MhRecord *row = mh_master_detail_row (&page->master_detail, id);
  char *wanted = g_strdup (id);
  g_free (page->wanted);
  page->wanted = wanted;

  /* no key signs the one before while this one is on its way */
  g_clear_object (&page->shown);
  gtk_stack_set_visible_child_name (page->stack, "none");
  if (row == NULL)
    return;

  mh_patient_strip_load (page->strip, countersign_page_context_of (page),
                         mh_record_text (row, MH_PRESCRIPTION_PATIENT_ID));
  mh_read_async (countersign_page_context_of (page), "prescription.read", wanted,
                 mh_pane_cancellable (pane), countersign_page_read_cb, g_object_ref (page));
}

/* --- signing --- */

static void
countersign_page_signed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCountersignPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  page->busy = FALSE;
  if (countersign_page_context_of (page) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (page), error);
  if (outcome != NULL)
    {
      mh_shell_toast (GTK_WIDGET (page), _ ("Signed as the second person"));
      mh_master_detail_done (&page->master_detail, page->wanted);
      mh_master_detail_show (&page->master_detail, NULL, TRUE);
    }

  mh_record_list_reload (page->waiting);
}

static void
countersign_page_sure_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCountersignPage) page = data;
  if (!mh_ask_finish (result) || countersign_page_context_of (page) == NULL || page->shown == NULL
      || page->busy)
    return;
  const char *args[] = { "id", mh_record_id (page->shown), NULL };
  page->busy = TRUE;
  mh_command_async (countersign_page_context_of (page),
                    &(MhCommand){ .route = "prescription.countersign", .args = args }, NULL,
                    countersign_page_signed_cb, g_object_ref (page));
}

static void
countersign_page_sign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhCountersignPage *page = MH_COUNTERSIGN_PAGE (widget);
  if (page->shown == NULL || page->busy || !gtk_widget_get_sensitive (page->sign))
    return;
  g_autofree char *heading = g_strdup_printf (_ ("Sign %s as the second person?"),
                                              mh_record_text (page->shown, MH_PRESCRIPTION_NUMBER));
  mh_ask_async (widget, heading,
                _ ("You have compared patient, medicine, dose and route. Your name stands on the "
                   "prescription."),
                _ ("Sign"), FALSE, countersign_page_sure_cb, g_object_ref (page));
}

/* --- as a page --- */

static gboolean
countersign_page_belongs (MhRecord *prescription, gpointer data)
{
  return g_strcmp0 (mh_record_text (prescription, MH_PRESCRIPTION_STATUS),
                    MH_PRESCRIPTION_STATUS_COUNTERSIGN)
         == 0;
}

static void
countersign_page_begin (MhPane *pane)
{
  static const MhTableColumn columns[] = {
    { .field = "patient_name", .expand = TRUE },
    { .field = "number", .title = N_ ("Number"), .width = 116 },
    { .field = "signed_at", .width = 118 },
    { NULL },
  };
  static const MhMasterDetailHow how
      = { .shown = countersign_page_shown_id, .show = countersign_page_show_one };
  MhCountersignPage *page = MH_COUNTERSIGN_PAGE (pane);

  mh_pane_keep (pane, &page->waiting,
                mh_record_list_new (mh_pane_context (pane), "prescription.list"));
  mh_record_list_set_belongs (page->waiting, countersign_page_belongs, NULL);
  mh_record_table_setup (page->table, "countersign", &mh_prescription_type, columns,
                         G_LIST_MODEL (page->waiting), MH_TABLE_SINGLE);
  mh_record_table_set_lines (page->table, 340);
  mh_master_detail_begin (&page->master_detail, pane, &how, page->table, page->split,
                          G_LIST_MODEL (page->waiting));
}

static void
countersign_page_shown (MhPane *pane)
{
  static const char *const args[]
      = { "status", MH_PRESCRIPTION_STATUS_COUNTERSIGN, "limit", "100", NULL };
  MhCountersignPage *page = MH_COUNTERSIGN_PAGE (pane);
  mh_record_list_set_args (page->waiting, args);
  mh_record_table_enter (page->table);
}

static void
mh_countersign_page_finalize (GObject *object)
{
  g_clear_object (&MH_COUNTERSIGN_PAGE (object)->shown);
  g_free (MH_COUNTERSIGN_PAGE (object)->wanted);
  G_OBJECT_CLASS (mh_countersign_page_parent_class)->finalize (object);
}

static void
mh_countersign_page_class_init (MhCountersignPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_countersign_page_finalize;
  MH_PANE_CLASS (klass)->begin = countersign_page_begin;
  MH_PANE_CLASS (klass)->shown = countersign_page_shown;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_PATIENT_STRIP);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (
      widget, MH_TEMPLATE ("clinic/prescribing/mh-countersign-page"));
  gtk_widget_class_bind_template_child (widget, MhCountersignPage, split);
  gtk_widget_class_bind_template_child (widget, MhCountersignPage, table);
  gtk_widget_class_bind_template_child (widget, MhCountersignPage, stack);
  gtk_widget_class_bind_template_child (widget, MhCountersignPage, strip);
  gtk_widget_class_bind_template_child (widget, MhCountersignPage, rows);
  gtk_widget_class_bind_template_child (widget, MhCountersignPage, sign);
  gtk_widget_class_bind_template_child (widget, MhCountersignPage, who);
  gtk_widget_class_install_action (widget, "countersign.sign", NULL, countersign_page_sign_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "countersign.sign", NULL);
}

static void
mh_countersign_page_init (MhCountersignPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
mh_countersign_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_COUNTERSIGN_PAGE, "context", context, NULL);
}
