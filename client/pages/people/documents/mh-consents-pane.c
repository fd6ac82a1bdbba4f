/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/documents/mh-consents-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/people/documents/mh-paper-dialog.h"
#include "client/widgets/base/mh-ask-text.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-id.h"
#include "shared/records/people/mh-document.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define LEAST_WIDTH 560

struct _MhConsentsPane
{
  MhPane parent_instance;
  MhRecordList *list;
  char *patient_id;
  MhRecordTable *table;
  GtkLabel *about;
  GtkWidget *withdraw, *sign, *look, *chosen;
};

G_DEFINE_FINAL_TYPE (MhConsentsPane, mh_consents_pane, MH_TYPE_PANE)

static const char *const said[]
    = { "purpose", "decision",   "about",       "given_by", "given_name",
        "witness", "decided_on", "valid_until", NULL };

static gboolean
is_given (MhRecord *consent)
{
  return g_strcmp0 (mh_record_text (consent, MH_CONSENT_DECISION), MH_CONSENT_GIVEN) == 0;
}

static gboolean
consents_pane_stands (MhRecord *consent)
{
  return is_given (consent) && !mh_record_has (consent, MH_CONSENT_WITHDRAWN_AT);
}

static char *
consents_pane_decision_text (MhRecord *consent)
{
  return mh_record_has (consent, MH_CONSENT_WITHDRAWN_AT)
             ? g_strdup (_ ("Withdrawn"))
             : mh_words_value (consent, MH_CONSENT_DECISION);
}

static const char *
decision_style (MhRecord *consent)
{
  return consents_pane_stands (consent) ? NULL : "mh-late";
}

static const MhTableColumn columns[] = {
  { .field = "purpose", .expand = TRUE, .width = 150 },
  { .title = N_ ("Decision"),
    .text = consents_pane_decision_text,
    .style = decision_style,
    .width = 116,
    .line = MH_LINE_TRAILING },
  { .field = "given_by", .width = 130 },
  { .field = "decided_on", .width = 100 },
  { .field = "recorded_name", .width = 120, .line = MH_LINE_NONE },
  { NULL },
};

static void
consents_pane_show (MhConsentsPane *pane)
{
  MhRecord *consent = mh_record_table_current (pane->table);
  gboolean may = mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_WRITE_DOCUMENT);
  g_autoptr (GString) words = g_string_new (NULL);
  static const guint told[] = { MH_CONSENT_ABOUT, MH_CONSENT_GIVEN_NAME, MH_CONSENT_WITNESS,
                                MH_CONSENT_VALID_UNTIL, MH_CONSENT_WITHDRAWN_REASON };

  for (guint i = 0; consent != NULL && i < G_N_ELEMENTS (told); i++)
    if (mh_record_has (consent, told[i]))
      {
        g_autofree char *value = mh_words_value (consent, told[i]);
        g_string_append_printf (words, "%s%s: %s", words->len > 0 ? "\n" : "",
                                mh_words_label (&mh_consent_type.fields[told[i]]), value);
      }

  gtk_label_set_label (pane->about, words->str);
  gboolean signed_on = consent != NULL && mh_record_has (consent, MH_CONSENT_DOCUMENT_ID);

  gtk_widget_set_visible (pane->withdraw, may && consent != NULL && consents_pane_stands (consent));
  gtk_widget_set_visible (pane->sign, may && consent != NULL);
  gtk_widget_set_visible (pane->look, signed_on);
  gtk_widget_set_visible (pane->chosen, consent != NULL && (may || words->len > 0 || signed_on));
}

static void
consents_pane_selection_cb (MhConsentsPane *pane)
{
  consents_pane_show (pane);
}

static void
recorded_cb (GtkWidget *opener, MhRecord *record, gboolean waiting)
{
  mh_record_list_reload (MH_CONSENTS_PANE (opener)->list);
  mh_shell_toast (opener, waiting ? _ ("Kept here; it is sent as soon as the server is back.")
                                  : _ ("Recorded"));
}

static void
consents_pane_add_cb (MhConsentsPane *pane)
{
  char today[11];
  MhContext *context = mh_pane_context (MH_PANE (pane));
  g_autoptr (MhRecord) consent = mh_record_new (&mh_consent_type);
  if (pane->patient_id == NULL)
    return;

  mh_record_take_text (consent, MH_ID, mh_id_new ());
  mh_record_set_text (consent, MH_CONSENT_PATIENT_ID, pane->patient_id);
  mh_record_set_text (consent, MH_CONSENT_DECIDED_ON, mh_when_today_text (today));
  mh_record_set_text (consent, MH_CONSENT_GIVEN_BY, MH_CONSENT_BY_PATIENT);
  mh_paper_dialog_show (GTK_WIDGET (pane), context,
                        &(MhPaperAsk){ .title = _ ("Consent or refusal"),
                                       .button = _ ("_Record"),
                                       .record = consent,
                                       .fields = said,
                                       .route = "consent.create",
                                       .signed_paper = TRUE,
                                       .done = recorded_cb });
}

static void
consents_pane_signed_cb (GtkWidget *opener, MhRecord *record, gboolean waiting)
{
  mh_record_list_reload (MH_CONSENTS_PANE (opener)->list);
  mh_shell_toast (opener, waiting ? _ ("Kept here; it is sent as soon as the server is back.")
                                  : _ ("Saved"));
}

/* A paper is often signed and scanned only after the decision was recorded. */
static void
consents_pane_sign_cb (MhConsentsPane *pane)
{
  static const char *const none[] = { NULL };
  MhRecord *consent = mh_record_table_current (pane->table);
  if (consent != NULL)
    mh_paper_dialog_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)),
                          &(MhPaperAsk){ .title = _ ("Signed paper"),
                                         .button = _ ("_Save"),
                                         .record = consent,
                                         .fields = none,
                                         .route = "consent.update",
                                         .signed_paper = TRUE,
                                         .done = consents_pane_signed_cb });
}

/* Where the papers are depends on what this pane stands in. */
static void
consents_pane_look_cb (MhConsentsPane *pane)
{
  MhRecord *consent = mh_record_table_current (pane->table);
  const char *id = consent != NULL ? mh_record_text (consent, MH_CONSENT_DOCUMENT_ID) : NULL;
  g_autofree char *where = id != NULL ? g_strconcat ("documents/", id, NULL) : NULL;
  if (where != NULL)
    gtk_widget_activate_action (GTK_WIDGET (pane), "chart.tab", "s", where);
}

static void
consents_pane_withdrawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhConsentsPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  if (outcome == NULL)
    mh_shell_fail (GTK_WIDGET (pane), error);
  else
    {
      mh_record_list_reload (pane->list);
      mh_shell_toast (GTK_WIDGET (pane), _ ("The withdrawal is recorded"));
    }
}

static void
consents_pane_why_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhConsentsPane) pane = data;
  g_autofree char *why = mh_ask_text_finish (result);
  MhContext *context = mh_pane_context (MH_PANE (pane));
  MhRecord *consent = context != NULL ? mh_record_table_current (pane->table) : NULL;
  if (why == NULL || consent == NULL)
    return;
  g_autoptr (MhRecord) reason = mh_record_new (&mh_document_reason_type);
  const char *args[] = { "id", mh_record_id (consent), NULL };
  mh_record_set_text (reason, MH_DOCUMENT_REASON_REASON, why);
  mh_ask_text_command_async (
      result, context, &(MhCommand){ .route = "consent.withdraw", .args = args, .body = reason },
      consents_pane_withdrawn_cb, g_object_ref (pane));
}

static void
withdraw_cb (MhConsentsPane *pane)
{
  MhRecord *consent = mh_record_table_current (pane->table);
  if (consent == NULL)
    return;
  mh_ask_text_async (GTK_WIDGET (pane), "consent_withdrawal", mh_record_id (consent),
                     _ ("Was the consent withdrawn?"),
                     _ ("From now on it does not stand; that it was given stays on record."),
                     _ ("Why"), _ ("Withdraw"), consents_pane_why_cb, g_object_ref (pane));
}

static void
mh_consents_pane_open (MhPane *base, const char *what)
{
  MhConsentsPane *pane = MH_CONSENTS_PANE (base);
  const char *args[] = { "patient_id", what, "limit", "50", NULL };
  g_free (pane->patient_id);
  pane->patient_id = g_strdup (what);
  mh_record_list_set_args (pane->list, args);
  consents_pane_show (pane);
}

static void
consents_pane_shown (MhPane *base)
{
  mh_record_table_enter (MH_CONSENTS_PANE (base)->table);
}

static gboolean
consents_pane_belongs (MhRecord *consent, gpointer data)
{
  MhConsentsPane *pane = data;
  return g_strcmp0 (mh_record_text (consent, MH_CONSENT_PATIENT_ID), pane->patient_id) == 0;
}

static void
show_again (MhPane *pane)
{
  consents_pane_show (MH_CONSENTS_PANE (pane));
}

/* What is told of the chosen one follows what becomes of it; the list hears of it as well. */
static void
consents_pane_changed_cb (MhSync *sync,
                          const MhRecordType *type,
                          const char *id,
                          MhRecord *record,
                          MhConsentsPane *pane)
{
  if (type == &mh_consent_type)
    mh_pane_soon (MH_PANE (pane), 0, show_again);
}

static void
consents_pane_begin (MhPane *base)
{
  MhConsentsPane *pane = MH_CONSENTS_PANE (base);
  mh_pane_keep (base, &pane->list, mh_record_list_new (mh_pane_context (base), "consent.list"));
  g_signal_connect_object (mh_context_sync (mh_pane_context (base)), "changed",
                           G_CALLBACK (consents_pane_changed_cb), pane, 0);
  mh_record_list_set_belongs (pane->list, consents_pane_belongs, pane);
  mh_record_list_set_keep (pane->list, TRUE);
  mh_record_table_setup (pane->table, "consents", &mh_consent_type, columns,
                         G_LIST_MODEL (pane->list), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->table, LEAST_WIDTH);
}

static void
mh_consents_pane_finalize (GObject *object)
{
  g_free (MH_CONSENTS_PANE (object)->patient_id);
  G_OBJECT_CLASS (mh_consents_pane_parent_class)->finalize (object);
}

static void
mh_consents_pane_class_init (MhConsentsPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_consents_pane_finalize;
  MH_PANE_CLASS (klass)->begin = consents_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_consents_pane_open;
  MH_PANE_CLASS (klass)->shown = consents_pane_shown;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/documents/mh-consents-pane"));
  gtk_widget_class_bind_template_child (widget, MhConsentsPane, table);
  gtk_widget_class_bind_template_child (widget, MhConsentsPane, about);
  gtk_widget_class_bind_template_child (widget, MhConsentsPane, withdraw);
  gtk_widget_class_bind_template_child (widget, MhConsentsPane, sign);
  gtk_widget_class_bind_template_child (widget, MhConsentsPane, look);
  gtk_widget_class_bind_template_child (widget, MhConsentsPane, chosen);
  gtk_widget_class_bind_template_callback (widget, consents_pane_selection_cb);
  gtk_widget_class_bind_template_callback (widget, consents_pane_add_cb);
  gtk_widget_class_bind_template_callback (widget, withdraw_cb);
  gtk_widget_class_bind_template_callback (widget, consents_pane_sign_cb);
  gtk_widget_class_bind_template_callback (widget, consents_pane_look_cb);
  mh_closures_bind (widget);
}

static void
mh_consents_pane_init (MhConsentsPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}

GtkWidget *
mh_consents_pane_new (MhContext *context)
{
  return g_object_new (MH_TYPE_CONSENTS_PANE, "context", context, NULL);
}
