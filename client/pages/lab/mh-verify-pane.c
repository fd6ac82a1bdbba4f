/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/mh-verify-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-read.h"
#include "client/pages/lab/mh-sheet-report.h"
#include "client/pages/lab/mh-sheet-view.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-document-view.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-patient-strip.h"
#include "client/widgets/mh-shell.h"
#include "client/widgets/mh-words.h"
#include "shared/records/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhVerifyPane
{
  GtkWidget parent_instance;
  MhContext *context;
  char *wanted;
  MhRecord *order, *sheet, *patient, *hospital;
  GCancellable *cancellable;
  gboolean busy;
  GtkWidget *choice, *leave, *stack, *strip, *title, *status, *critical, *why, *views, *results,
      *preview, *accept, *back;
};

G_DEFINE_FINAL_TYPE (MhVerifyPane, mh_verify_pane, GTK_TYPE_WIDGET)

enum
{
  DECIDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- showing --- */

static gboolean
entered_by_me (MhVerifyPane *pane)
{
  MhRecord *user = mh_context_user (pane->context);
  GPtrArray *rows = mh_record_records (pane->sheet, MH_RESULTS_SHEET_ANALYTES);
  for (guint i = 0; user != NULL && rows != NULL && i < rows->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (rows, i), MH_RESULT_ROW_ENTERED_BY),
                   mh_record_id (user))
        == 0)
      return TRUE;
  return FALSE;
}

/* Why the buttons are grey; NULL: they are not. */
static const char *
why_not (MhVerifyPane *pane)
{
  if (pane->sheet == NULL)
    return _ ("The results are being fetched.");
  if (mh_record_bool (pane->sheet, MH_RESULTS_SHEET_MAY_VERIFY))
    return NULL;
  if (!mh_context_may (pane->context, MH_MAY_VERIFY_RESULT))
    return _ ("Your role may look at results but not verify them.");
  if (entered_by_me (pane))
    return _ ("You entered results of this order; somebody else has to verify them.");
  return _ ("No result of this order waits to be verified.");
}

static void
show_rights (MhVerifyPane *pane)
{
  const char *why = why_not (pane);
  gboolean may = why == NULL && !pane->busy;
  gtk_label_set_text (GTK_LABEL (pane->why), why != NULL ? why : "");
  gtk_widget_set_sensitive (pane->accept, may);
  gtk_widget_set_sensitive (pane->back, may);
}

static void
show_critical (MhVerifyPane *pane)
{
  GPtrArray *rows = mh_record_records (pane->sheet, MH_RESULTS_SHEET_ANALYTES);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      const char *value = mh_record_text (row, MH_RESULT_ROW_VALUE);
      const char *unit = mh_record_text (row, MH_RESULT_ROW_UNIT);
      if (mh_record_bool (row, MH_RESULT_ROW_CRITICAL) && value != NULL)
        g_string_append_printf (text, "%s%s %s %s", text->len > 0 ? ", " : "",
                                mh_record_text (row, MH_RESULT_ROW_NAME), value,
                                unit != NULL ? unit : "");
    }
  g_autofree char *line = g_strdup_printf (_ ("⚠ Critical: %s"), text->str);
  gtk_label_set_text (GTK_LABEL (pane->critical), line);
  gtk_widget_set_visible (pane->critical, text->len > 0);
}

static void
show (MhVerifyPane *pane)
{
  char today[11];
  const char *number = mh_record_text (pane->order, MH_ORDER_NUMBER);
  gtk_label_set_text (GTK_LABEL (pane->title), number != NULL ? number : "");
  mh_status_pill_set (pane->status, mh_record_text (pane->order, MH_ORDER_STATUS), NULL);
  mh_patient_strip_show (MH_PATIENT_STRIP (pane->strip), pane->patient,
                         mh_today (pane->context, today));
  mh_sheet_view_show (MH_SHEET_VIEW (pane->results), pane->sheet);
  if (pane->sheet != NULL)
    show_critical (pane);
  show_rights (pane);
  g_autoptr (MhDocument) document = NULL;
  if (pane->sheet != NULL && pane->patient != NULL && pane->hospital != NULL)
    document = mh_sheet_report (pane->sheet, pane->order, pane->patient, pane->hospital, NULL);
  mh_document_view_show (MH_DOCUMENT_VIEW (pane->preview), document);
  gtk_stack_set_visible_child_name (GTK_STACK (pane->stack), "order");
}

/* A part arrived: kept when it is still wanted. */
static void
take (MhVerifyPane *pane, GAsyncResult *result, MhRecord **place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) record = mh_read_finish (result, &error);
  if (record == NULL)
    {
      if (pane->context != NULL)
        mh_shell_fail (GTK_WIDGET (pane), error);
      return;
    }
  if (pane->context == NULL || pane->order == NULL)
    return;
  g_set_object (place, record);
  show (pane);
}

static void
sheet_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhVerifyPane) pane = data;
  take (pane, result, &pane->sheet);
}

static void
patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhVerifyPane) pane = data;
  take (pane, result, &pane->patient);
}

static void
hospital_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhVerifyPane) pane = data;
  take (pane, result, &pane->hospital);
}

static void
order_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhVerifyPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) order = mh_read_finish (result, &error);
  if (pane->context == NULL)
    return;
  if (order == NULL)
    {
      mh_shell_fail (GTK_WIDGET (pane), error);
      return;
    }
  if (g_strcmp0 (mh_record_id (order), pane->wanted) != 0)
    return;
  g_set_object (&pane->order, order);
  mh_read_async (pane->context, "result.sheet", pane->wanted, pane->cancellable, sheet_cb,
                 g_object_ref (pane));
  mh_read_async (pane->context, "patient.read", mh_record_text (order, MH_ORDER_PATIENT_ID),
                 pane->cancellable, patient_cb, g_object_ref (pane));
  mh_read_async (pane->context, "hospital.read", mh_record_text (order, MH_ORDER_HOSPITAL_ID),
                 pane->cancellable, hospital_cb, g_object_ref (pane));
  show (pane);
}

static void
load (MhVerifyPane *pane)
{
  g_cancellable_cancel (pane->cancellable);
  g_object_unref (pane->cancellable);
  pane->cancellable = g_cancellable_new ();
  mh_read_async (pane->context, "order.read", pane->wanted, pane->cancellable, order_cb,
                 g_object_ref (pane));
}

void
mh_verify_pane_show (MhVerifyPane *pane, const char *order_id)
{
  if (order_id != NULL && g_strcmp0 (order_id, pane->wanted) == 0)
    return;
  g_free (pane->wanted);
  pane->wanted = g_strdup (order_id);
  g_clear_object (&pane->order);
  g_clear_object (&pane->sheet);
  g_clear_object (&pane->patient);
  g_clear_object (&pane->hospital);
  mh_choice_set (pane->choice, "results");
  if (order_id == NULL)
    gtk_stack_set_visible_child_name (GTK_STACK (pane->stack), "nothing");
  else
    load (pane);
}

GtkWidget *
mh_verify_pane_back (MhVerifyPane *pane)
{
  return pane->leave;
}

const char *
mh_verify_pane_order_id (MhVerifyPane *pane)
{
  return pane->wanted;
}

static void
view_cb (MhVerifyPane *pane)
{
  const char *view = mh_choice_get (pane->choice);
  if (view != NULL)
    gtk_stack_set_visible_child_name (GTK_STACK (pane->views), view);
}

void
mh_verify_pane_preview (MhVerifyPane *pane)
{
  gboolean results = g_strcmp0 (mh_choice_get (pane->choice), "results") == 0;
  mh_choice_set (pane->choice, results ? "paper" : "results");
}

/* What is decided on must be what is seen: any change at another desk is fetched at once. */
static void
changed_cb (MhSync *sync,
            const MhRecordType *type,
            const char *id,
            MhRecord *record,
            MhVerifyPane *pane)
{
  gboolean mine = type == &mh_order_type && g_strcmp0 (id, pane->wanted) == 0;
  if (type == &mh_result_type && record != NULL)
    mine = g_strcmp0 (mh_record_text (record, MH_RESULT_ORDER_ID), pane->wanted) == 0;
  if (type == &mh_order_type && mine && record != NULL && pane->order != NULL
      && mh_record_version (record) <= mh_record_version (pane->order))
    return;
  if (mine && pane->wanted != NULL && pane->order != NULL && !pane->busy)
    load (pane);
}

/* --- deciding --- */

static void
decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhVerifyPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_sync_submit_finish (MH_SYNC (source), result, &error);
  pane->busy = FALSE;
  if (pane->context == NULL)
    return;
  if (outcome == NULL)
    {
      g_autofree char *words = mh_words_error (error);
      mh_shell_fail (GTK_WIDGET (pane), error);
      load (pane);
      gtk_label_set_text (GTK_LABEL (pane->why), words);
      return;
    }
  g_autofree char *id = g_strdup (pane->wanted);
  g_signal_emit (pane, signals[DECIDED], 0, id);
}

static void
decide (MhVerifyPane *pane, const char *decision, const char *comment)
{
  g_autoptr (MhRecord) verification = mh_record_new (&mh_verification_type);
  const char *args[] = { "id", pane->wanted, NULL };
  if (pane->wanted == NULL || pane->busy || why_not (pane) != NULL)
    return;
  mh_record_set_text (verification, MH_VERIFICATION_DECISION, decision);
  if (comment != NULL)
    mh_record_set_text (verification, MH_VERIFICATION_COMMENT, comment);
  pane->busy = TRUE;
  show_rights (pane);
  mh_sync_submit_async (mh_context_sync (pane->context), "result.verify", args, verification, -1,
                        NULL, NULL, decided_cb, g_object_ref (pane));
}

void
mh_verify_pane_accept (MhVerifyPane *pane)
{
  decide (pane, MH_DECISION_VERIFY, NULL);
}

typedef struct
{
  MhVerifyPane *pane;
  char *order_id;
} Asking;

static void
comment_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  g_autofree char *comment = mh_ask_text_finish (result);
  if (comment != NULL && asking->pane->context != NULL
      && g_strcmp0 (asking->order_id, asking->pane->wanted) == 0)
    decide (asking->pane, MH_DECISION_RETURN, comment);
  g_object_unref (asking->pane);
  g_free (asking->order_id);
  g_free (asking);
}

void
mh_verify_pane_return (MhVerifyPane *pane)
{
  if (pane->wanted == NULL || pane->busy || why_not (pane) != NULL)
    return;
  Asking *asking = g_new0 (Asking, 1);
  asking->pane = g_object_ref (pane);
  asking->order_id = g_strdup (pane->wanted);
  mh_ask_text_async (GTK_WIDGET (pane), _ ("Return to the bench?"),
                     _ ("The technician sees what you write and enters the results again."),
                     _ ("What is to be looked at"), _ ("Return"), comment_cb, asking);
}

/* --- making it --- */

static void
mh_verify_pane_dispose (GObject *object)
{
  MhVerifyPane *pane = MH_VERIFY_PANE (object);
  g_cancellable_cancel (pane->cancellable);
  g_clear_pointer (&pane->stack, gtk_widget_unparent);
  g_clear_object (&pane->order);
  g_clear_object (&pane->sheet);
  g_clear_object (&pane->patient);
  g_clear_object (&pane->hospital);
  g_clear_object (&pane->context);
  g_clear_pointer (&pane->wanted, g_free);
  G_OBJECT_CLASS (mh_verify_pane_parent_class)->dispose (object);
}

static void
mh_verify_pane_finalize (GObject *object)
{
  g_object_unref (MH_VERIFY_PANE (object)->cancellable);
  G_OBJECT_CLASS (mh_verify_pane_parent_class)->finalize (object);
}

static void
mh_verify_pane_class_init (MhVerifyPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_verify_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_verify_pane_finalize;
  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mh_verify_pane_init (MhVerifyPane *pane)
{
  pane->cancellable = g_cancellable_new ();
}

static GtkWidget *
make_head (MhVerifyPane *pane)
{
  static const char *const codes[] = { "results", "paper", NULL };
  const char *const labels[] = { _ ("Results"), _ ("As it will print"), NULL };
  GtkWidget *head = mh_hbox (MH_GAP);
  pane->title = mh_label ("", "title-4");
  pane->status = mh_status_pill_new (NULL, NULL);
  pane->choice = mh_choice_new (codes, labels);
  for (GtkWidget *button = gtk_widget_get_first_child (pane->choice); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    g_signal_connect_swapped (button, "notify::active", G_CALLBACK (view_cb), pane);
  gtk_widget_set_tooltip_text (pane->choice, _ ("F7 changes between the two"));
  gtk_widget_set_hexpand (pane->title, TRUE);
  gtk_widget_set_valign (pane->status, GTK_ALIGN_CENTER);
  pane->leave = mh_icon_button_new ("go-previous-symbolic", _ ("Back to the queue"), "split.back");
  gtk_widget_set_halign (pane->choice, GTK_ALIGN_START);
  mh_box_append (head, pane->leave);
  mh_box_append (head, pane->title);
  mh_box_append (head, pane->status);
  return head;
}

static GtkWidget *
make_foot (MhVerifyPane *pane)
{
  GtkWidget *foot = mh_hbox (MH_GAP);
  pane->why = mh_label ("", "mh-warm");
  pane->back = mh_button (_ ("Re_turn… · F8"), NULL, "verify.return");
  pane->accept = mh_primary_button_new (_ ("Verify"), "F9", "verify.accept");
  gtk_widget_set_hexpand (pane->why, TRUE);
  gtk_label_set_xalign (GTK_LABEL (pane->why), 0);
  gtk_widget_add_css_class (foot, "mh-foot");
  mh_box_append (foot, pane->why);
  mh_box_append (foot, pane->back);
  mh_box_append (foot, pane->accept);
  gtk_widget_set_halign (pane->accept, GTK_ALIGN_END);
  return foot;
}

GtkWidget *
mh_verify_pane_new (MhContext *context)
{
  MhVerifyPane *pane = g_object_new (MH_TYPE_VERIFY_PANE, NULL);
  GtkWidget *box = mh_vbox (0), *inner = mh_vbox (MH_GAP);
  pane->context = g_object_ref (context);
  pane->strip = mh_patient_strip_new ();
  pane->results = mh_sheet_view_new ();
  pane->critical = mh_label ("", "mh-critical");
  pane->preview = mh_document_view_new ();
  pane->views = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (pane->views), pane->results, "results");
  gtk_stack_add_named (GTK_STACK (pane->views), pane->preview, "paper");
  pane->stack = gtk_stack_new ();
  gtk_widget_add_css_class (inner, "mh-pane");
  gtk_widget_set_vexpand (pane->views, TRUE);
  mh_box_append (inner, make_head (pane));
  mh_box_append (inner, pane->choice);
  mh_box_append (inner, pane->critical);
  mh_box_append (inner, pane->views);
  mh_box_append (box, pane->strip);
  mh_box_append (box, inner);
  mh_box_append (box, make_foot (pane));
  gtk_stack_add_named (GTK_STACK (pane->stack),
                       mh_empty_new ("mh-microscope-symbolic", _ ("Nothing to verify here"),
                                     _ ("Choose an order of the queue to see its results."), NULL,
                                     NULL),
                       "nothing");
  gtk_stack_add_named (GTK_STACK (pane->stack), box, "order");
  gtk_widget_set_parent (pane->stack, GTK_WIDGET (pane));
  g_signal_connect_object (mh_context_sync (context), "changed", G_CALLBACK (changed_cb), pane, 0);
  return GTK_WIDGET (pane);
}
