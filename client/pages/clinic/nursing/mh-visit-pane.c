/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/nursing/mh-visit-pane.h"

#include "client/models/mh-command.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-reasons.h"
#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "shared/records/clinic/mh-triage.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhVisitPane
{
  MhPane parent_instance;
  MhRecord *visit;
  GtkLabel *problem;
  GtkWidget *deciding, *scaling;
  GtkDropDown *disposition;
  GtkEditable *note;
  MhWrap *steps;
};

G_DEFINE_FINAL_TYPE (MhVisitPane, mh_visit_pane, MH_TYPE_PANE)

/* What may follow; the server has the last word. */
/* clang-format off */
static const struct
{
  const char *from, *to, *permission, *label; /* N_() */
  gboolean first;
} steps[] = {
  { MH_VISIT_REGISTERED, MH_VISIT_NURSE_ASSESSED, MH_MAY_ASSESS_VISIT, N_("Assessed: to the physician"), TRUE },
  { MH_VISIT_REGISTERED, MH_VISIT_WITH_PHYSICIAN, MH_MAY_DECIDE_VISIT, N_("See the patient"), FALSE },
  { MH_VISIT_NURSE_ASSESSED, MH_VISIT_WITH_PHYSICIAN, MH_MAY_DECIDE_VISIT, N_("See the patient"), TRUE },
  { MH_VISIT_WITH_PHYSICIAN, MH_VISIT_AT_DISPOSITION, MH_MAY_DECIDE_VISIT, N_("Decide"), TRUE },
  { MH_VISIT_AT_DISPOSITION, MH_VISIT_SIGNED, MH_MAY_DECIDE_VISIT, N_("Sign the visit"), TRUE },
  { MH_VISIT_AT_DISPOSITION, MH_VISIT_WITH_PHYSICIAN, MH_MAY_DECIDE_VISIT, N_("Back to the patient"), FALSE },
  { MH_VISIT_SIGNED, "cosigned", MH_MAY_SIGN_VISIT, N_("Sign a second time"), TRUE },
  { MH_VISIT_REGISTERED, MH_VISIT_LEFT, MH_MAY_WRITE_VISIT, N_("Left without being seen"), FALSE },
  { MH_VISIT_NURSE_ASSESSED, MH_VISIT_LEFT, MH_MAY_WRITE_VISIT, N_("Left without being seen"), FALSE },
  { MH_VISIT_REGISTERED, MH_VISIT_CANCELLED, MH_MAY_WRITE_VISIT, N_("Cancel the visit"), FALSE },
  { MH_VISIT_NURSE_ASSESSED, MH_VISIT_CANCELLED, MH_MAY_WRITE_VISIT, N_("Cancel the visit"), FALSE },
};
/* clang-format on */

static void
visit_pane_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhVisitPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  mh_pane_set_busy (MH_PANE (pane), FALSE);
  g_autofree char *words = outcome == NULL ? mh_words_error (error) : NULL;
  mh_pane_complain (MH_PANE (pane), words);
  if (outcome == NULL)
    return;

  if (outcome->waiting)
    mh_shell_toast (GTK_WIDGET (pane), _ ("Kept here until the server is back"));
  gtk_editable_set_text (pane->note, "");
  mh_reasons_clear (pane->disposition);
  if (outcome->record != NULL && pane->visit != NULL
      && g_strcmp0 (mh_record_id (outcome->record), mh_record_id (pane->visit)) == 0)
    mh_visit_pane_show (pane, outcome->record);
}

static void
step_cb (GtkButton *button, MhVisitPane *pane)
{
  const char *to = g_object_get_data (G_OBJECT (button), "to");
  const char *note = gtk_editable_get_text (pane->note);
  MhContext *context = mh_pane_context (MH_PANE (pane));
  if (pane->visit == NULL || context == NULL)
    return;

  const char *args[] = { "id", mh_record_id (pane->visit), NULL };
  g_autoptr (MhRecord) step = mh_record_new (&mh_visit_step_type);
  g_autoptr (MhRecord) seen = mh_record_copy (pane->visit);

  mh_record_set_text (step, MH_VISIT_STEP_TO, to);
  if (g_str_equal (to, MH_VISIT_AT_DISPOSITION))
    {
      const char *where = mh_reasons_want (pane->disposition, pane->problem,
                                           _ ("Choose where the patient goes."));
      if (where == NULL)
        return;
      mh_record_set_text (step, MH_VISIT_STEP_DISPOSITION, where);
    }

  if (*note != 0)
    mh_record_set_text (step, MH_VISIT_STEP_NOTE, note);
  if (!g_str_equal (to, "cosigned"))
    mh_record_set_text (seen, MH_VISIT_STATUS, to);
  mh_pane_set_busy (MH_PANE (pane), TRUE);
  mh_command_async (
      context,
      &(MhCommand){ .route = "visit.move", .args = args, .body = step, .optimistic = seen }, NULL,
      visit_pane_done_cb, g_object_ref (pane));
}

static void
scale_cb (MhVisitPane *pane)
{
  MhContext *context = mh_pane_context (MH_PANE (pane));
  if (pane->visit == NULL || context == NULL)
    return;
  const char *args[] = { "id", mh_record_id (pane->visit), NULL };
  g_autoptr (MhRecord) order = mh_record_new (&mh_spo2_order_type);
  mh_record_set_int (order, MH_SPO2_ORDER_SCALE,
                     mh_record_int (pane->visit, MH_VISIT_SPO2_SCALE) == 2 ? 1 : 2);
  mh_command_async (context,
                    &(MhCommand){ .route = "visit.spo2_scale", .args = args, .body = order }, NULL,
                    visit_pane_done_cb, g_object_ref (pane));
}

static void
visit_pane_print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhVisitPane *pane = MH_VISIT_PANE (widget);
  if (pane->visit == NULL || mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  const char *args[] = { "id", mh_record_id (pane->visit), NULL };
  mh_file_answer_print (MH_PANE (pane), "visit.pdf", args, MH_PRINTER_PAGES, _ ("Visit summary"));
}

static void
visit_pane_show_steps (MhVisitPane *pane)
{
  const char *status = mh_record_text (pane->visit, MH_VISIT_STATUS);
  gboolean emergency
      = g_strcmp0 (mh_record_text (pane->visit, MH_VISIT_KIND), MH_VISIT_EMERGENCY) == 0;
  gboolean waits = mh_record_bool (pane->visit, MH_VISIT_NEEDS_COSIGN);
  gboolean any = FALSE, deciding = FALSE;

  mh_wrap_clear (pane->steps);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gboolean straight = g_str_equal (steps[i].from, MH_VISIT_REGISTERED)
                          && g_str_equal (steps[i].to, MH_VISIT_WITH_PHYSICIAN);
      if (g_strcmp0 (steps[i].from, status) != 0 || (straight && !emergency)
          || (g_str_equal (steps[i].to, "cosigned") && !waits)
          || !mh_context_may (mh_pane_context (MH_PANE (pane)), steps[i].permission))
        continue;
      GtkWidget *button = gtk_button_new_with_label (_ (steps[i].label));
      if (steps[i].first)
        gtk_widget_add_css_class (button, "suggested-action");
      g_object_set_data (G_OBJECT (button), "to", (gpointer)steps[i].to);
      g_signal_connect_object (button, "clicked", G_CALLBACK (step_cb), pane, 0);
      mh_wrap_append (pane->steps, button);
      any = TRUE;
      deciding = deciding || g_str_equal (steps[i].to, MH_VISIT_AT_DISPOSITION);
    }

  gtk_widget_set_visible (GTK_WIDGET (pane->steps), any);
  gtk_widget_set_visible (pane->deciding, deciding);
}

static void
visit_pane_tell (GString *story, MhRecord *visit, guint at, guint who, const char *what)
{
  const char *name = who != 0 ? mh_record_text (visit, who) : NULL;
  if (!mh_record_has (visit, at))
    return;
  g_autofree char *when = mh_words_time (mh_record_int (visit, at));
  g_string_append_printf (story, "%s%s · %s%s%s", story->len > 0 ? "\n" : "", when, what,
                          name != NULL ? " · " : "", name != NULL ? name : "");
}

static char *
visit_pane_story_cb (MhVisitPane *pane)
{
  g_autoptr (GString) story = g_string_new (NULL);
  MhRecord *visit = pane->visit;
  if (visit == NULL)
    return NULL;

  visit_pane_tell (story, visit, MH_VISIT_ARRIVED_AT, MH_VISIT_COMPLAINT, _ ("Arrived"));
  visit_pane_tell (story, visit, MH_VISIT_TRIAGED_AT, MH_VISIT_TRIAGED_NAME, _ ("Triaged"));
  visit_pane_tell (story, visit, MH_VISIT_NURSE_AT, MH_VISIT_NURSE_NAME, _ ("Assessed by a nurse"));
  visit_pane_tell (story, visit, MH_VISIT_PHYSICIAN_AT, MH_VISIT_DOCTOR_NAME,
                   _ ("With the physician"));
  visit_pane_tell (story, visit, MH_VISIT_DISPOSITION_AT, MH_VISIT_DISPOSITION_NOTE,
                   mh_words_of_code (&mh_visit_type.fields[MH_VISIT_DISPOSITION],
                                     mh_record_text (visit, MH_VISIT_DISPOSITION)));
  visit_pane_tell (story, visit, MH_VISIT_SIGNED_AT, MH_VISIT_SIGNED_NAME, _ ("Signed"));
  visit_pane_tell (story, visit, MH_VISIT_COSIGNED_AT, MH_VISIT_COSIGNED_NAME,
                   _ ("Signed a second time"));
  visit_pane_tell (story, visit, MH_VISIT_ENDED_AT, MH_VISIT_END_REASON, _ ("Ended"));
  return g_string_free (g_steal_pointer (&story), FALSE);
}

/* Who sees the patient, and where. */
static char *
visit_pane_where_cb (MhVisitPane *pane)
{
  static const guint fields[] = { MH_VISIT_DOCTOR_NAME, MH_VISIT_DEPARTMENT_NAME, MH_VISIT_PLACE };
  g_autoptr (GString) where = g_string_new (NULL);
  for (guint i = 0; pane->visit != NULL && i < G_N_ELEMENTS (fields); i++)
    {
      const char *text = mh_record_text (pane->visit, fields[i]);
      const char *said = text != NULL                        ? text
                         : fields[i] == MH_VISIT_DOCTOR_NAME ? _ ("No doctor yet")
                                                             : NULL;
      if (said != NULL)
        g_string_append_printf (where, "%s%s", where->len > 0 ? " · " : "", said);
    }

  return g_string_free (g_steal_pointer (&where), FALSE);
}

static char *
visit_pane_state_cb (MhVisitPane *pane)
{
  return pane->visit != NULL ? g_strdup (mh_words_of_code (
             &mh_visit_type.fields[MH_VISIT_STATUS], mh_record_text (pane->visit, MH_VISIT_STATUS)))
                             : NULL;
}

static gboolean
visit_pane_is_scale_two (MhVisitPane *pane)
{
  return pane->visit != NULL && mh_record_int (pane->visit, MH_VISIT_SPO2_SCALE) == 2;
}

static char *
visit_pane_scale_cb (MhVisitPane *pane)
{
  if (!visit_pane_is_scale_two (pane))
    return g_strdup (_ ("SpO₂ is scored by scale 1"));
  return g_strdup_printf (_ ("SpO₂ is scored by scale 2 (target 88–92 %%), ordered by %s"),
                          mh_record_has (pane->visit, MH_VISIT_SPO2_SCALE_BY)
                              ? mh_record_text (pane->visit, MH_VISIT_SPO2_SCALE_BY)
                              : "–");
}

static char *
visit_pane_order_cb (MhVisitPane *pane)
{
  return g_strdup (visit_pane_is_scale_two (pane) ? _ ("Order scale 1")
                                                  : _ ("Order scale 2 (hypercapnia)"));
}

static gboolean
visit_pane_may_order_cb (MhVisitPane *pane)
{
  return pane->visit != NULL && mh_visit_is_open (pane->visit)
         && mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_DECIDE_VISIT);
}

void
mh_visit_pane_show (MhVisitPane *pane, MhRecord *visit)
{
  if (visit == NULL)
    return;

  if (pane->visit == NULL || g_strcmp0 (mh_record_id (visit), mh_record_id (pane->visit)) != 0)
    {
      gtk_editable_set_text (pane->note, "");
      mh_pane_complain (MH_PANE (pane), NULL);
      gtk_widget_remove_css_class (GTK_WIDGET (pane->disposition), "error");
      mh_reasons_clear (pane->disposition);
    }

  g_set_object (&pane->visit, visit);
  mh_pane_changed (MH_PANE (pane));
  visit_pane_show_steps (pane);
}

static void
visit_pane_begin (MhPane *pane)
{
  mh_reasons_fill (MH_VISIT_PANE (pane)->disposition, mh_disposition_codes);
}

static void
mh_visit_pane_finalize (GObject *object)
{
  g_clear_object (&MH_VISIT_PANE (object)->visit);
  G_OBJECT_CLASS (mh_visit_pane_parent_class)->finalize (object);
}

static void
mh_visit_pane_class_init (MhVisitPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_visit_pane_finalize;
  MH_PANE_CLASS (klass)->begin = visit_pane_begin;
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/nursing/mh-visit-pane"));
  gtk_widget_class_bind_template_child (widget, MhVisitPane, problem);
  gtk_widget_class_bind_template_child (widget, MhVisitPane, deciding);
  gtk_widget_class_bind_template_child (widget, MhVisitPane, scaling);
  gtk_widget_class_bind_template_child (widget, MhVisitPane, disposition);
  gtk_widget_class_bind_template_child (widget, MhVisitPane, note);
  gtk_widget_class_bind_template_child (widget, MhVisitPane, steps);
  gtk_widget_class_bind_template_callback (widget, scale_cb);
  gtk_widget_class_bind_template_callback (widget, visit_pane_story_cb);
  gtk_widget_class_bind_template_callback (widget, visit_pane_where_cb);
  gtk_widget_class_bind_template_callback (widget, visit_pane_state_cb);
  gtk_widget_class_bind_template_callback (widget, visit_pane_scale_cb);
  gtk_widget_class_bind_template_callback (widget, visit_pane_order_cb);
  gtk_widget_class_bind_template_callback (widget, visit_pane_may_order_cb);
  mh_closures_bind (widget);
  gtk_widget_class_install_action (widget, "visit.print", NULL, visit_pane_print_action);
}

static void
mh_visit_pane_init (MhVisitPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
