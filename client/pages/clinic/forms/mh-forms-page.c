/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/forms/mh-forms-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/forms/mh-draft-pane.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-clinical-form.h"

#include <glib/gi18n-lib.h>

struct _MhFormsPage
{
  MhPane parent_instance;
  MhRecordList *forms;
  MhRecord *form; /* whose next version is written; NULL: a new form */
  char *wanted;   /* to be chosen when it is there */
  gboolean dirty;
  MhSplit *split;
  MhRecordTable *table;
  GtkStack *stack;
  GtkLabel *title;
  GtkEditable *name, *code;
  GtkDropDown *whom;
  GtkButton *use;
  GtkWidget *leave, *discard;
  MhDraftPane *draft;
};

G_DEFINE_FINAL_TYPE (MhFormsPage, mh_forms_page, MH_TYPE_PANE)

static char *
forms_page_version_text (MhRecord *form)
{
  return g_strdup_printf ("%d", (int)mh_record_int (form, MH_FORM_DEFINITION_VERSION_NO));
}

static char *
forms_page_name_text (MhRecord *form)
{
  const char *name = mh_record_text (form, MH_FORM_DEFINITION_NAME);
  return mh_record_bool (form, MH_FORM_DEFINITION_ACTIVE)
             ? g_strdup (name)
             : g_strdup_printf (_ ("%s (not in use)"), name);
}

static const char *
name_style (MhRecord *form)
{
  return mh_record_bool (form, MH_FORM_DEFINITION_ACTIVE) ? NULL : "dim-label";
}

static const MhTableColumn columns[] = {
  { .title = N_ ("Form"),
    .text = forms_page_name_text,
    .style = name_style,
    .width = 120,
    .expand = TRUE },
  { .field = "for_whom", .width = 145 },
  { .title = N_ ("Version"), .text = forms_page_version_text, .width = 56, .numeric = TRUE },
  { NULL },
};

static void
set_dirty (MhFormsPage *page, gboolean dirty)
{
  page->dirty = dirty;
  gtk_widget_set_visible (page->discard, dirty);
  gtk_widget_action_set_enabled (GTK_WIDGET (page), "forms.save", dirty);
}

static void
forms_page_complain (MhFormsPage *page, const char *words)
{
  mh_pane_complain (MH_PANE (page), words);
}

static guint
whom_of (MhRecord *form)
{
  const char *whom = form != NULL ? mh_record_text (form, MH_FORM_DEFINITION_FOR_WHOM) : NULL;
  for (guint i = 0; mh_form_for_codes[i].code != NULL; i++)
    if (g_strcmp0 (mh_form_for_codes[i].code, whom) == 0)
      return i;
  return 0;
}

/* NULL: a new form. */
static void
forms_page_show_form (MhFormsPage *page, MhRecord *form)
{
  gboolean active = form != NULL && mh_record_bool (form, MH_FORM_DEFINITION_ACTIVE);
  g_set_object (&page->form, form);
  gtk_stack_set_visible_child_name (page->stack, "form");
  g_autofree char *title
      = form != NULL ? g_strdup_printf (_ ("%s · version %d"),
                                        mh_record_text (form, MH_FORM_DEFINITION_NAME),
                                        (int)mh_record_int (form, MH_FORM_DEFINITION_VERSION_NO))
                     : g_strdup (_ ("New form"));

  gtk_label_set_text (page->title, title);
  gtk_editable_set_text (page->name,
                         form != NULL ? mh_record_text (form, MH_FORM_DEFINITION_NAME) : "");
  gtk_editable_set_text (page->code,
                         form != NULL ? mh_record_text (form, MH_FORM_DEFINITION_CODE) : "");

  /* the same code is the same form: its next version */
  gtk_widget_set_sensitive (GTK_WIDGET (page->code), form == NULL);
  gtk_drop_down_set_selected (page->whom, whom_of (form));
  gtk_widget_set_visible (GTK_WIDGET (page->use), form != NULL);
  gtk_button_set_label (page->use, active ? _ ("Take out of use") : _ ("Use again"));
  mh_draft_pane_show (page->draft,
                      form != NULL ? mh_record_text (form, MH_FORM_DEFINITION_CONTENT) : NULL);
  forms_page_complain (page, NULL);
  set_dirty (page, FALSE);
}

static void
forms_page_choose (MhFormsPage *page, MhRecord *form)
{
  if (form == NULL
      || (page->form != NULL && g_str_equal (mh_record_id (form), mh_record_id (page->form))))
    return;
  if (page->dirty)
    {
      mh_shell_toast (GTK_WIDGET (page), _ ("Save the form or discard the changes first"));
      if (page->form != NULL)
        mh_record_table_select (page->table, mh_record_id (page->form));
      return;
    }
  forms_page_show_form (page, form);
}

static void
forms_page_selection_cb (MhFormsPage *page)
{
  if (!mh_split_is_folded (page->split))
    forms_page_choose (page, mh_record_table_current (page->table));
}

static void
forms_page_activated_cb (MhFormsPage *page, MhRecord *form)
{
  forms_page_choose (page, form);
  mh_split_show_end (page->split, TRUE);
}

static void
forms_page_new_cb (MhFormsPage *page)
{
  if (page->dirty)
    {
      mh_shell_toast (GTK_WIDGET (page), _ ("Save the form or discard the changes first"));
      return;
    }
  forms_page_show_form (page, NULL);
  mh_split_show_end (page->split, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (page->name));
}

static void
forms_page_changed_cb (MhFormsPage *page)
{
  set_dirty (page, TRUE);
}

static void
forms_page_discard_cb (MhFormsPage *page)
{
  g_autoptr (MhRecord) form = page->form != NULL ? g_object_ref (page->form) : NULL;
  forms_page_show_form (page, form);
  if (form == NULL)
    gtk_stack_set_visible_child_name (page->stack, "nothing");
}

/* --- saving --- */

static void
forms_page_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhFormsPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;

  if (outcome == NULL || outcome->record == NULL)
    {
      g_autofree char *words = error != NULL ? mh_words_error (error) : NULL;
      forms_page_complain (page, words);
      gtk_widget_action_set_enabled (GTK_WIDGET (page), "forms.save", page->dirty);
      return;
    }

  g_autofree char *words
      = g_strdup_printf (_ ("Saved as version %d"),
                         (int)mh_record_int (outcome->record, MH_FORM_DEFINITION_VERSION_NO));

  mh_shell_toast (GTK_WIDGET (page), words);
  forms_page_show_form (page, outcome->record);
  g_free (page->wanted);
  page->wanted = g_strdup (mh_record_id (outcome->record));
  mh_record_list_reload (page->forms);
}

static void
forms_page_save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhFormsPage *page = MH_FORMS_PAGE (widget);
  MhContext *context = mh_pane_context (MH_PANE (page));
  g_autofree char *content = mh_draft_pane_content (page->draft);
  g_autofree char *called = g_strstrip (g_strdup (gtk_editable_get_text (page->name)));
  g_autofree char *code = g_ascii_strup (gtk_editable_get_text (page->code), -1);

  if (context == NULL || content == NULL)
    return;

  if (*called == 0 || *g_strstrip (code) == 0)
    {
      forms_page_complain (page, _ ("Give the form a name and a code."));
      return;
    }

  g_autoptr (MhRecord) form = mh_record_new (&mh_form_definition_type);
  mh_record_take_text (form, MH_ID, mh_id_new ());
  mh_record_set_text (form, MH_FORM_DEFINITION_CODE, code);
  mh_record_set_text (form, MH_FORM_DEFINITION_NAME, called);
  mh_record_set_text (form, MH_FORM_DEFINITION_FOR_WHOM,
                      mh_form_for_codes[gtk_drop_down_get_selected (page->whom)].code);
  mh_record_set_text (form, MH_FORM_DEFINITION_CONTENT, content);
  forms_page_complain (page, NULL);
  gtk_widget_action_set_enabled (widget, "forms.save", FALSE);
  mh_command_async (context, &(MhCommand){ .route = "form.define", .body = form }, NULL,
                    forms_page_saved_cb, g_object_ref (page));
}

static void
used_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhFormsPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (page), error);
  if (outcome == NULL || outcome->record == NULL)
    return;
  if (!page->dirty)
    forms_page_show_form (page, outcome->record);
  mh_record_list_reload (page->forms);
}

static void
forms_page_use_cb (MhFormsPage *page)
{
  MhContext *context = mh_pane_context (MH_PANE (page));
  if (page->form == NULL || context == NULL)
    return;
  const char *args[] = { "id", mh_record_id (page->form), NULL };
  g_autoptr (MhRecord) patch = mh_record_new (&mh_form_definition_type);
  mh_record_set_bool (patch, MH_FORM_DEFINITION_ACTIVE,
                      !mh_record_bool (page->form, MH_FORM_DEFINITION_ACTIVE));
  mh_command_async (
      context,
      &(MhCommand){ .route = "form.update", .args = args, .body = patch, .base = page->form }, NULL,
      used_cb, g_object_ref (page));
}

/* --- as a page --- */

static void
forms_cb (MhFormsPage *page)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (page->forms));
  if (page->wanted != NULL && mh_record_list_find (page->forms, page->wanted) >= 0)
    {
      mh_record_table_select (page->table, page->wanted);
      g_clear_pointer (&page->wanted, g_free);
    }
  else if (page->form == NULL && !page->dirty && n > 0 && !mh_split_is_folded (page->split)
           && g_strcmp0 (gtk_stack_get_visible_child_name (page->stack), "nothing") == 0)
    {
      g_autoptr (MhRecord) first = g_list_model_get_item (G_LIST_MODEL (page->forms), 0);
      mh_record_table_select (page->table, mh_record_id (first));
      forms_page_choose (page, first);
    }
}

static gboolean
forms_page_may_close (MhPane *pane)
{
  MhFormsPage *page = MH_FORMS_PAGE (pane);
  if (page->dirty)
    mh_shell_toast (GTK_WIDGET (page), _ ("Save the form or discard the changes first"));
  return !page->dirty;
}

static void
forms_page_shown (MhPane *pane)
{
  mh_record_table_grab (MH_FORMS_PAGE (pane)->table);
}

static void
forms_page_begin (MhPane *pane)
{
  static const char *const all[] = { "limit", "200", NULL };
  MhFormsPage *page = MH_FORMS_PAGE (pane);
  mh_pane_keep (pane, &page->forms, mh_record_list_new (mh_pane_context (pane), "form.list"));
  mh_fill_codes (page->whom, mh_form_for_codes);
  mh_record_table_setup (page->table, "forms", &mh_form_definition_type, columns,
                         G_LIST_MODEL (page->forms), MH_TABLE_SINGLE);
  g_signal_connect_object (page->forms, "notify::n-items", G_CALLBACK (forms_cb), page,
                           G_CONNECT_SWAPPED);
  mh_record_list_set_args (page->forms, all);
  set_dirty (page, FALSE);
}

static void
mh_forms_page_finalize (GObject *object)
{
  g_clear_object (&MH_FORMS_PAGE (object)->form);
  g_free (MH_FORMS_PAGE (object)->wanted);
  G_OBJECT_CLASS (mh_forms_page_parent_class)->finalize (object);
}

static void
mh_forms_page_class_init (MhFormsPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_forms_page_finalize;
  MH_PANE_CLASS (klass)->begin = forms_page_begin;
  MH_PANE_CLASS (klass)->shown = forms_page_shown;
  MH_PANE_CLASS (klass)->may_close = forms_page_may_close;

  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_DRAFT_PANE);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("clinic/forms/mh-forms-page"));

  gtk_widget_class_bind_template_child (widget, MhFormsPage, split);
  gtk_widget_class_bind_template_child (widget, MhFormsPage, table);
  gtk_widget_class_bind_template_child (widget, MhFormsPage, stack);
  gtk_widget_class_bind_template_child (widget, MhFormsPage, title);
  gtk_widget_class_bind_template_child (widget, MhFormsPage, name);
  gtk_widget_class_bind_template_child (widget, MhFormsPage, code);
  gtk_widget_class_bind_template_child (widget, MhFormsPage, whom);
  gtk_widget_class_bind_template_child (widget, MhFormsPage, use);
  gtk_widget_class_bind_template_child (widget, MhFormsPage, leave);
  gtk_widget_class_bind_template_child (widget, MhFormsPage, discard);
  gtk_widget_class_bind_template_child (widget, MhFormsPage, draft);

  gtk_widget_class_bind_template_callback (widget, forms_page_selection_cb);
  gtk_widget_class_bind_template_callback (widget, forms_page_activated_cb);
  gtk_widget_class_bind_template_callback (widget, forms_page_new_cb);
  gtk_widget_class_bind_template_callback (widget, forms_page_changed_cb);
  gtk_widget_class_bind_template_callback (widget, forms_page_discard_cb);
  gtk_widget_class_bind_template_callback (widget, forms_page_use_cb);
  mh_closures_bind (widget);

  gtk_widget_class_install_action (widget, "forms.save", NULL, forms_page_save_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "forms.save", NULL);
}

static void
mh_forms_page_init (MhFormsPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  g_object_bind_property (page->split, "folded", page->leave, "visible", G_BINDING_SYNC_CREATE);
}

GtkWidget *
mh_forms_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_FORMS_PAGE, "context", context, NULL);
}
