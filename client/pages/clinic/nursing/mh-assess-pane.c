/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/nursing/mh-assess-pane.h"

#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/nursing/mh-form-view.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/records/clinic/mh-clinical-form.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhAssessPane
{
  MhPane parent_instance;
  MhRecordList *definitions, *given;
  char *visit_id;
  MhRecord *definition; /* of the form on show */
  MhRecord *former;     /* the answers on show; NULL: new ones */
  MhFormView *view;     /* borrowed */
  GtkStack *stack;
  MhWrap *forms;
  MhRecordTable *table;
  GtkBox *place;
  GtkLabel *problem;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (MhAssessPane, mh_assess_pane, MH_TYPE_PANE)

static char *
assess_pane_when_text (MhRecord *answer)
{
  return mh_words_time (mh_record_int (answer, MH_FORM_ANSWER_ANSWERED_AT));
}

static const char *
style_of (MhRecord *answer)
{
  return mh_record_has (answer, MH_FORM_ANSWER_REPLACED_AT) ? "mh-struck" : NULL;
}

static char *
assess_pane_name_text (MhRecord *answer)
{
  return g_strdup (mh_record_text (answer, MH_FORM_ANSWER_FORM_NAME));
}

static const MhTableColumn columns[] = {
  { .title = N_ ("Assessment"), .text = assess_pane_name_text, .style = style_of, .width = 150 },
  { .title = N_ ("When"), .text = assess_pane_when_text, .width = 118 },
  { .field = "scores", .width = 100, .expand = TRUE },
  { .field = "answered_name", .width = 100 },
  { NULL },
};

/* --- one form --- */

static gboolean
assess_pane_may_answer (MhAssessPane *pane, MhRecord *definition)
{
  gboolean physician
      = g_strcmp0 (mh_record_text (definition, MH_FORM_DEFINITION_FOR_WHOM), MH_FORM_FOR_PHYSICIAN)
        == 0;
  return mh_context_may (mh_pane_context (MH_PANE (pane)),
                         physician ? MH_MAY_DECIDE_VISIT : MH_MAY_ASSESS_VISIT);
}

static void
assess_pane_show_form (MhAssessPane *pane, MhRecord *definition, MhRecord *former)
{
  MhFormSpec *form
      = mh_form_spec_parse (mh_record_text (definition, MH_FORM_DEFINITION_CONTENT), NULL);
  g_autoptr (JsonObject) answers
      = former != NULL
            ? mh_json_parse_object (mh_record_text (former, MH_FORM_ANSWER_ANSWERS), -1, NULL)
            : NULL;

  if (form == NULL)
    return;

  g_set_object (&pane->definition, definition);
  g_set_object (&pane->former, former);
  mh_box_clear (GTK_WIDGET (pane->place));
  gtk_box_append (pane->place,
                  mh_label (mh_record_text (definition, MH_FORM_DEFINITION_NAME), "title-3"));
  pane->view = MH_FORM_VIEW (mh_form_view_new (form, answers));
  gtk_box_append (pane->place, GTK_WIDGET (pane->view));
  gtk_label_set_text (pane->problem, "");
  gtk_widget_set_visible (
      pane->save, assess_pane_may_answer (pane, definition)
                      && (former == NULL || !mh_record_has (former, MH_FORM_ANSWER_REPLACED_AT)));
  gtk_stack_set_visible_child_name (pane->stack, "form");
  gtk_widget_child_focus (GTK_WIDGET (pane->view), GTK_DIR_TAB_FORWARD);
}

static void
assess_pane_back_cb (MhAssessPane *pane)
{
  gtk_stack_set_visible_child_name (pane->stack, "list");
}

static void
assess_pane_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhAssessPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  gtk_widget_action_set_enabled (GTK_WIDGET (pane), "assess.save", TRUE);
  if (outcome == NULL)
    {
      g_autofree char *words = mh_words_error (error);
      gtk_label_set_text (pane->problem, words);
      return;
    }

  mh_shell_toast (GTK_WIDGET (pane), outcome->waiting ? _ ("Kept here until the server is back")
                                                      : _ ("Assessment saved"));
  assess_pane_back_cb (pane);
  if (!outcome->waiting)
    mh_record_list_reload (pane->given);
}

static void
assess_pane_save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhAssessPane *pane = MH_ASSESS_PANE (widget);
  MhContext *context = mh_pane_context (MH_PANE (pane));
  if (pane->view == NULL || pane->definition == NULL || context == NULL
      || !mh_form_view_check (pane->view))
    return;

  g_autoptr (JsonNode) node
      = json_node_init_object (json_node_alloc (), mh_form_view_answers (pane->view));
  g_autofree char *answers = json_to_string (node, FALSE);
  g_autoptr (MhRecord) answer = mh_record_new (&mh_form_answer_type);

  mh_record_take_text (answer, MH_ID, mh_id_new ());
  mh_record_set_text (answer, MH_FORM_ANSWER_VISIT_ID, pane->visit_id);
  mh_record_set_text (answer, MH_FORM_ANSWER_FORM_ID, mh_record_id (pane->definition));
  mh_record_set_text (answer, MH_FORM_ANSWER_ANSWERS, answers);
  if (pane->former != NULL)
    mh_record_set_text (answer, MH_FORM_ANSWER_REPLACES, mh_record_id (pane->former));

  g_autoptr (MhRecord) seen = mh_record_copy (answer);
  mh_record_set_text (seen, MH_FORM_ANSWER_FORM_NAME,
                      mh_record_text (pane->definition, MH_FORM_DEFINITION_NAME));
  gtk_widget_action_set_enabled (widget, "assess.save", FALSE);
  mh_command_async (context,
                    &(MhCommand){ .route = "form_answer.give", .body = answer, .optimistic = seen },
                    NULL, assess_pane_saved_cb, g_object_ref (pane));
}

/* --- the lists --- */

static void
form_cb (GtkButton *button, MhAssessPane *pane)
{
  assess_pane_show_form (pane, g_object_get_data (G_OBJECT (button), "definition"), NULL);
}

static void
definitions_cb (MhAssessPane *pane)
{
  GListModel *list = G_LIST_MODEL (pane->definitions);
  mh_wrap_clear (pane->forms);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (MhRecord) definition = g_list_model_get_item (list, i);
      if (!mh_record_bool (definition, MH_FORM_DEFINITION_ACTIVE)
          || !assess_pane_may_answer (pane, definition))
        continue;
      GtkWidget *button
          = gtk_button_new_with_label (mh_record_text (definition, MH_FORM_DEFINITION_NAME));
      g_object_set_data_full (G_OBJECT (button), "definition", g_object_ref (definition),
                              g_object_unref);
      g_signal_connect_object (button, "clicked", G_CALLBACK (form_cb), pane, 0);
      mh_wrap_append (pane->forms, button);
    }
}

/* Answers are shown in the version that they were given to. */
static void
definition_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhAssessPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) definition = mh_read_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (definition != NULL && pane->former != NULL)
    {
      g_autoptr (MhRecord) former = g_object_ref (pane->former);
      assess_pane_show_form (pane, definition, former);
    }
}

static void
assess_pane_activated_cb (MhAssessPane *pane, MhRecord *answer)
{
  g_set_object (&pane->former, answer);
  mh_read_async (mh_pane_context (MH_PANE (pane)), "form.read",
                 mh_record_text (answer, MH_FORM_ANSWER_FORM_ID),
                 mh_pane_cancellable (MH_PANE (pane)), definition_cb, g_object_ref (pane));
}

static gboolean
assess_pane_belongs (MhRecord *answer, gpointer data)
{
  return g_strcmp0 (mh_record_text (answer, MH_FORM_ANSWER_VISIT_ID),
                    MH_ASSESS_PANE (data)->visit_id)
         == 0;
}

static void
mh_assess_pane_open (MhPane *pane, const char *what)
{
  MhAssessPane *self = MH_ASSESS_PANE (pane);
  const char *args[] = { "visit_id", what, "limit", "100", NULL };
  if (what == NULL || g_strcmp0 (what, self->visit_id) == 0)
    return;
  char *id = g_strdup (what);
  g_free (self->visit_id);
  self->visit_id = id;
  assess_pane_back_cb (self);
  mh_record_list_set_args (self->given, args);
}

static void
assess_pane_begin (MhPane *pane)
{
  MhAssessPane *self = MH_ASSESS_PANE (pane);
  static const char *const all[] = { "limit", "200", NULL };
  mh_pane_keep (pane, &self->definitions, mh_record_list_new (mh_pane_context (pane), "form.list"));
  mh_pane_keep (pane, &self->given,
                mh_record_list_new (mh_pane_context (pane), "form_answer.list"));
  mh_record_list_set_belongs (self->given, assess_pane_belongs, self);
  mh_record_list_set_keep (self->given, TRUE);
  mh_record_list_set_keep (self->definitions, TRUE);
  mh_record_table_setup (self->table, "assessments", &mh_form_answer_type, columns,
                         G_LIST_MODEL (self->given), MH_TABLE_SINGLE);
  mh_record_table_set_lines (self->table, MH_PHONE_LEAST_WIDTH);
  g_signal_connect_object (self->definitions, "notify::n-items", G_CALLBACK (definitions_cb), self,
                           G_CONNECT_SWAPPED);
  mh_record_list_set_args (self->definitions, all);
}

static void
mh_assess_pane_finalize (GObject *object)
{
  MhAssessPane *pane = MH_ASSESS_PANE (object);
  g_free (pane->visit_id);
  g_clear_object (&pane->definition);
  g_clear_object (&pane->former);
  G_OBJECT_CLASS (mh_assess_pane_parent_class)->finalize (object);
}

static void
mh_assess_pane_class_init (MhAssessPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_assess_pane_finalize;
  MH_PANE_CLASS (klass)->begin = assess_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_assess_pane_open;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/nursing/mh-assess-pane"));
  gtk_widget_class_bind_template_child (widget, MhAssessPane, stack);
  gtk_widget_class_bind_template_child (widget, MhAssessPane, forms);
  gtk_widget_class_bind_template_child (widget, MhAssessPane, table);
  gtk_widget_class_bind_template_child (widget, MhAssessPane, place);
  gtk_widget_class_bind_template_child (widget, MhAssessPane, problem);
  gtk_widget_class_bind_template_child (widget, MhAssessPane, save);
  gtk_widget_class_bind_template_callback (widget, assess_pane_activated_cb);
  gtk_widget_class_bind_template_callback (widget, assess_pane_back_cb);
  gtk_widget_class_install_action (widget, "assess.save", NULL, assess_pane_save_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "assess.save", NULL);
}

static void
mh_assess_pane_init (MhAssessPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
