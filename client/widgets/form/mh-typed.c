/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/form/mh-typed.h"

#include "client/models/mh-draft.h"
#include "client/models/mh-typed-draft.h"
#include "client/widgets/base/mh-refusal.h"
#include "client/widgets/base/mh-search-entry.h"
#include "client/widgets/base/mh-unsaved.h"
#include "client/widgets/form/mh-field-row.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-id.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* On disk this long after the last key at the latest, as in a form. */
#define DELAY_MS 600
#define MOST_SHOWN 5
#define LONGEST_NAME 40
/* What no control tells. */
#define MORE "*"

struct _MhTyped
{
  GtkWidget parent_instance;
  GtkWidget *box;
  GtkWidget *scope; /* weak */
  MhContext *context;
  char *form;
  char *owner;        /* who types */
  char *id;           /* of the draft; NULL: none is begun */
  GHashTable *before; /* what stood there before anything was typed, by name */
  GPtrArray *offered; /* ids */
  GCancellable *asking;
  guint timer;
  gboolean at_once, apart, filling;
  char *(*tell) (gpointer owner);
  void (*take) (gpointer owner, const char *text);
  gpointer more_owner;
};

G_DEFINE_FINAL_TYPE (MhTyped, mh_typed, GTK_TYPE_WIDGET)

enum
{
  PROP_AT_ONCE = 1,
  PROP_APART,
};

static guint restored;

/* --- the controls --- */

typedef void (*Visit) (MhTyped *typed, GtkWidget *control, const char *name, gpointer data);

static gboolean
mh_typed_is_secret (GtkWidget *control)
{
  GtkInputPurpose purpose = GTK_INPUT_PURPOSE_FREE_FORM;
  if (GTK_IS_PASSWORD_ENTRY (control))
    return TRUE;
  if (!GTK_IS_ENTRY (control))
    return FALSE;
  purpose = gtk_entry_get_input_purpose (GTK_ENTRY (control));
  return !gtk_entry_get_visibility (GTK_ENTRY (control)) || purpose == GTK_INPUT_PURPOSE_PASSWORD
         || purpose == GTK_INPUT_PURPOSE_PIN;
}

static gboolean
mh_typed_is_kept (GtkWidget *control)
{
  gboolean text = GTK_IS_ENTRY (control) || GTK_IS_SPIN_BUTTON (control);
  gboolean waits = gtk_widget_has_css_class (control, "mh-scan-tube")
                   || gtk_widget_has_css_class (control, "mh-scan-patient");
  return (text && !waits && !mh_typed_is_secret (control)) || GTK_IS_TEXT_VIEW (control)
         || GTK_IS_DROP_DOWN (control) || GTK_IS_CHECK_BUTTON (control);
}

static void
mh_typed_visit (MhTyped *typed, GtkWidget *root, Visit visit, gpointer data)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *name = mh_refusal_name (child);
      if (mh_typed_is_kept (child) && name != NULL)
        visit (typed, child, name, data);
      else if (!GTK_IS_EDITABLE (child) && !GTK_IS_DROP_DOWN (child) && !GTK_IS_TEXT_VIEW (child)
               && !MH_IS_FIELD_ROW (child) && !MH_IS_SEARCH_ENTRY (child)
               && !MH_IS_RECORD_TABLE (child) && !MH_IS_TYPED (child))
        mh_typed_visit (typed, child, visit, data);
    }
}

/* A choice is kept by its words, or by the record it stands for: its place in the list may be
 * another one the next time. Caller frees; NULL: nothing is chosen. */
static char *
mh_typed_choice (GListModel *model, guint at)
{
  g_autoptr (GObject) item = model != NULL ? g_list_model_get_item (model, at) : NULL;
  if (GTK_IS_STRING_OBJECT (item))
    return g_strdup (gtk_string_object_get_string (GTK_STRING_OBJECT (item)));
  return item != NULL && MH_IS_RECORD (item) ? g_strdup (mh_record_id (MH_RECORD (item))) : NULL;
}

/* Caller frees. */
static char *
mh_typed_read (GtkWidget *control)
{
  GtkTextIter from, to;
  if (GTK_IS_EDITABLE (control))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (control)));
  if (GTK_IS_CHECK_BUTTON (control))
    return g_strdup (gtk_check_button_get_active (GTK_CHECK_BUTTON (control)) ? "1" : "");

  if (GTK_IS_TEXT_VIEW (control))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (control));
      gtk_text_buffer_get_bounds (buffer, &from, &to);
      return gtk_text_buffer_get_text (buffer, &from, &to, FALSE);
    }

  char *choice = mh_typed_choice (gtk_drop_down_get_model (GTK_DROP_DOWN (control)),
                                  gtk_drop_down_get_selected (GTK_DROP_DOWN (control)));
  return choice != NULL ? choice : g_strdup ("");
}

static void
mh_typed_write (GtkWidget *control, const char *value)
{
  if (GTK_IS_EDITABLE (control))
    {
      gtk_editable_set_text (GTK_EDITABLE (control), value);
      if (GTK_IS_SPIN_BUTTON (control))
        gtk_spin_button_update (GTK_SPIN_BUTTON (control));
    }
  else if (GTK_IS_CHECK_BUTTON (control))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (control), *value != '\0');
  else if (GTK_IS_TEXT_VIEW (control))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (control)), value, -1);
  else
    {
      GListModel *model = gtk_drop_down_get_model (GTK_DROP_DOWN (control));
      for (guint i = 0; model != NULL && i < g_list_model_get_n_items (model); i++)
        {
          g_autofree char *choice = mh_typed_choice (model, i);
          if (g_strcmp0 (choice, value) == 0)
            gtk_drop_down_set_selected (GTK_DROP_DOWN (control), i);
        }
    }
}

/* --- what is typed --- */

static void
mh_typed_read_all_cb (MhTyped *typed, GtkWidget *control, const char *name, gpointer data)
{
  g_hash_table_insert (data, g_strdup (name), mh_typed_read (control));
}

static void
mh_typed_look (MhTyped *typed)
{
  g_hash_table_remove_all (typed->before);
  if (typed->scope != NULL)
    mh_typed_visit (typed, typed->scope, mh_typed_read_all_cb, typed->before);
}

typedef struct
{
  GStrvBuilder *values;
  gboolean any; /* words, not only choices */
} Differing;

static gboolean
mh_typed_is_text (GtkWidget *control)
{
  return GTK_IS_ENTRY (control) || GTK_IS_TEXT_VIEW (control);
}

static void
mh_typed_differing_cb (MhTyped *typed, GtkWidget *control, const char *name, gpointer data)
{
  Differing *differing = data;
  g_autofree char *value = mh_typed_read (control);
  const char *before = g_hash_table_lookup (typed->before, name);
  if (g_strcmp0 (value, before != NULL ? before : "") == 0)
    return;
  g_autofree char *pair = g_strconcat (name, "=", value, NULL);
  g_strv_builder_add (differing->values, pair);
  differing->any |= mh_typed_is_text (control);
}

/* NULL-terminated; caller frees. NULL: nothing worth keeping. */
static char **
mh_typed_values (MhTyped *typed)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  Differing differing = { values, FALSE };
  if (typed->scope == NULL)
    return NULL;

  g_autofree char *more = typed->tell != NULL ? typed->tell (typed->more_owner) : NULL;
  mh_typed_visit (typed, typed->scope, mh_typed_differing_cb, &differing);
  if (more != NULL)
    {
      g_autofree char *pair = g_strconcat (MORE "=", more, NULL);
      g_strv_builder_add (values, pair);
    }

  return differing.any || more != NULL ? g_strv_builder_end (values) : NULL;
}

static MhRecord *
mh_typed_collect (MhTyped *typed)
{
  g_auto (GStrv) list = mh_typed_values (typed);
  if (list == NULL)
    return NULL;
  if (typed->id == NULL)
    typed->id = mh_id_new ();
  MhRecord *draft = mh_record_new (&mh_typed_draft_type);
  mh_record_set_text (draft, MH_ID, typed->id);
  mh_record_set_list (draft, MH_TYPED_DRAFT_VALUES, (const char *const *)list);
  return draft;
}

gboolean
mh_typed_has_words (MhTyped *typed)
{
  g_return_val_if_fail (MH_IS_TYPED (typed), FALSE);
  g_auto (GStrv) list = typed->form != NULL ? mh_typed_values (typed) : NULL;
  return list != NULL;
}

void
mh_typed_settle (MhTyped *typed)
{
  g_return_if_fail (MH_IS_TYPED (typed));
  if (typed->form != NULL)
    mh_typed_look (typed);
}

/* --- keeping --- */

static void
mh_typed_drop (MhContext *context, const char *forms, const char *id)
{
  g_autofree char *form = g_strconcat (forms, id, NULL);
  mh_draft_keep (context, form, NULL);
}

void
mh_typed_flush (MhTyped *typed)
{
  g_return_if_fail (MH_IS_TYPED (typed));
  if (typed->timer == 0)
    return;

  g_clear_handle_id (&typed->timer, g_source_remove);

  /* somebody else has signed in meanwhile: these words are none of theirs */
  if (g_strcmp0 (typed->owner, mh_context_username (typed->context)) != 0)
    return;

  g_autoptr (MhRecord) draft = mh_typed_collect (typed);
  if (typed->id == NULL)
    return;

  g_autofree char *form = g_strconcat (typed->form, typed->id, NULL);
  mh_draft_keep (typed->context, form, draft);
}

static gboolean
mh_typed_timer_cb (gpointer data)
{
  MhTyped *typed = data;
  mh_typed_flush (typed);
  typed->timer = 0;
  return G_SOURCE_REMOVE;
}

void
mh_typed_touch (MhTyped *typed)
{
  g_return_if_fail (MH_IS_TYPED (typed));
  if (typed->form == NULL || typed->filling)
    return;
  if (typed->timer == 0)
    typed->timer = g_timeout_add (DELAY_MS, mh_typed_timer_cb, typed);
}

static void
mh_typed_connect_cb (MhTyped *typed, GtkWidget *control, const char *name, gpointer data)
{
  GObject *source = GTK_IS_TEXT_VIEW (control)
                        ? G_OBJECT (gtk_text_view_get_buffer (GTK_TEXT_VIEW (control)))
                        : G_OBJECT (control);
  const char *signal = GTK_IS_DROP_DOWN (control)      ? "notify::selected"
                       : GTK_IS_CHECK_BUTTON (control) ? "notify::active"
                                                       : "changed";
  g_signal_handlers_disconnect_by_func (source, mh_typed_touch, typed);
  g_signal_connect_object (source, signal, G_CALLBACK (mh_typed_touch), typed, G_CONNECT_SWAPPED);
}

/* --- having it again --- */

static void
mh_typed_restore_cb (MhTyped *typed, GtkWidget *control, const char *name, gpointer data)
{
  const char *value = g_hash_table_lookup (data, name);
  if (value != NULL)
    mh_typed_write (control, value);
}

static void
mh_typed_restore (MhTyped *typed, MhRecord *draft)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *const *list = mh_record_list (draft, MH_TYPED_DRAFT_VALUES);
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    {
      gsize length = strcspn (list[i], "=");
      if (list[i][length] == '=')
        g_hash_table_insert (values, g_strndup (list[i], length), (gpointer)(list[i] + length + 1));
    }

  g_free (typed->id);
  typed->id = g_strdup (mh_record_id (draft));
  typed->filling = TRUE;
  mh_typed_visit (typed, typed->scope, mh_typed_restore_cb, values);
  if (typed->take != NULL && g_hash_table_lookup (values, MORE) != NULL)
    typed->take (typed->more_owner, g_hash_table_lookup (values, MORE));
  typed->filling = FALSE;
  g_signal_emit (typed, restored, 0);
}

/* --- offering --- */

/* “the first words that were typed”. Caller frees. */
static char *
mh_typed_words (MhTyped *typed, MhRecord *draft)
{
  const char *const *list = mh_record_list (draft, MH_TYPED_DRAFT_VALUES);
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    {
      gsize length = strcspn (list[i], "=");
      g_autofree char *name = g_strndup (list[i], length);
      GtkWidget *control = mh_refusal_find (typed->scope, name);
      if (control == NULL || !mh_typed_is_text (control) || list[i][length] == '\0'
          || list[i][length + 1] == '\0')
        continue;
      const char *value = list[i] + length + 1;
      gboolean cut = g_utf8_strlen (value, -1) > LONGEST_NAME;
      g_autofree char *words = cut ? g_utf8_substring (value, 0, LONGEST_NAME) : g_strdup (value);
      g_strdelimit (words, "\n\t", ' ');
      return g_strdup_printf ("“%s%s”", g_strstrip (words), cut ? "…" : "");
    }

  GtkRoot *root = gtk_widget_get_root (typed->scope);
  const char *title = GTK_IS_WINDOW (root) ? gtk_window_get_title (GTK_WINDOW (root)) : NULL;
  return g_strdup (title != NULL ? title : "…");
}

static void
mh_typed_continued_cb (MhTyped *typed, MhUnsaved *row)
{
  g_autoptr (MhRecord) draft = g_object_ref (mh_unsaved_draft (row));
  if (typed->scope == NULL)
    return;
  mh_typed_flush (typed); /* what is typed now is another one, which stays */
  mh_typed_restore (typed, draft);
  gtk_box_remove (GTK_BOX (typed->box), GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (typed), gtk_widget_get_first_child (typed->box) != NULL);
  gtk_widget_child_focus (typed->scope, GTK_DIR_TAB_FORWARD);
}

static void
mh_typed_offer (MhTyped *typed, MhRecord *draft)
{
  g_autofree char *form = g_strconcat (typed->form, mh_record_id (draft), NULL);
  g_autofree char *words = mh_typed_words (typed, draft);
  GtkWidget *row = mh_unsaved_new (typed->context, form, draft, words);
  g_signal_connect_object (row, "continued", G_CALLBACK (mh_typed_continued_cb), typed,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (typed->box), row);
}

static void
mh_typed_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhTyped) typed = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = mh_draft_list_finish (result, &error);
  if (found == NULL || typed->box == NULL || typed->scope == NULL
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  for (guint i = 0; i < found->len && i < MOST_SHOWN; i++)
    {
      MhRecord *draft = g_ptr_array_index (found, i);
      if (g_strcmp0 (mh_record_id (draft), typed->id) == 0)
        continue;
      if (typed->at_once)
        {
          if (typed->id == NULL && typed->timer == 0)
            mh_typed_restore (typed, draft);
          return;
        }
      g_ptr_array_add (typed->offered, g_strdup (mh_record_id (draft)));
      mh_typed_offer (typed, draft);
    }

  gtk_widget_set_visible (GTK_WIDGET (typed), gtk_widget_get_first_child (typed->box) != NULL);
}

static void
mh_typed_empty (MhTyped *typed)
{
  GtkWidget *child;
  while (typed->box != NULL && (child = gtk_widget_get_first_child (typed->box)) != NULL)
    gtk_box_remove (GTK_BOX (typed->box), child);
  gtk_widget_set_visible (GTK_WIDGET (typed), FALSE);
  g_cancellable_cancel (typed->asking);
  g_clear_object (&typed->asking);
  g_clear_pointer (&typed->id, g_free);
  g_ptr_array_set_size (typed->offered, 0);
}

void
mh_typed_watch (MhTyped *typed, MhContext *context, GtkWidget *scope, const char *form)
{
  g_return_if_fail (MH_IS_TYPED (typed) && (form == NULL || g_str_has_suffix (form, "/")));
  mh_typed_flush (typed);
  mh_typed_empty (typed);
  g_free (typed->form);
  typed->form = g_strdup (form);
  if (form == NULL)
    return;

  if (typed->context == NULL)
    {
      typed->context = g_object_ref (context);
      g_signal_connect_object (context, "leaving", G_CALLBACK (mh_typed_flush), typed,
                               G_CONNECT_SWAPPED);
    }

  g_set_weak_pointer (&typed->scope, scope);
  g_free (typed->owner);
  typed->owner = g_strdup (mh_context_username (context));
  mh_typed_look (typed);
  mh_typed_visit (typed, scope, mh_typed_connect_cb, NULL);
  typed->asking = g_cancellable_new ();
  mh_draft_list_async (context, form, &mh_typed_draft_type, typed->asking, mh_typed_listed_cb,
                       g_object_ref (typed));
}

void
mh_typed_set_more (MhTyped *typed,
                   char *(*tell) (gpointer owner),
                   void (*take) (gpointer owner, const char *text),
                   gpointer owner)
{
  g_return_if_fail (MH_IS_TYPED (typed));
  typed->tell = tell;
  typed->take = take;
  typed->more_owner = owner;
}

void
mh_typed_done (MhTyped *typed)
{
  g_return_if_fail (MH_IS_TYPED (typed));
  g_clear_handle_id (&typed->timer, g_source_remove);
  if (typed->form == NULL)
    return;
  if (typed->id != NULL)
    mh_typed_drop (typed->context, typed->form, typed->id);
  g_clear_pointer (&typed->id, g_free);
  mh_typed_look (typed);
  if (typed->apart)
    return;
  for (guint i = 0; i < typed->offered->len; i++)
    mh_typed_drop (typed->context, typed->form, g_ptr_array_index (typed->offered, i));
  mh_typed_empty (typed);
}

static void
mh_typed_forgotten_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *form = data;
  g_autoptr (GPtrArray) found = mh_draft_list_finish (result, NULL);
  for (guint i = 0; found != NULL && i < found->len; i++)
    mh_typed_drop (MH_CONTEXT (source), form, mh_record_id (g_ptr_array_index (found, i)));
}

void
mh_typed_forget (MhContext *context, const char *form)
{
  g_return_if_fail (g_str_has_suffix (form, "/"));
  mh_draft_list_async (context, form, &mh_typed_draft_type, NULL, mh_typed_forgotten_cb,
                       g_strdup (form));
}

/* --- making it --- */

static void
mh_typed_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MhTyped *typed = MH_TYPED (object);
  gboolean *what = id == PROP_APART ? &typed->apart : &typed->at_once;
  *what = g_value_get_boolean (value);
}

static void
mh_typed_dispose (GObject *object)
{
  MhTyped *typed = MH_TYPED (object);
  g_clear_handle_id (&typed->timer, g_source_remove);
  g_cancellable_cancel (typed->asking);
  g_clear_object (&typed->asking);
  g_clear_weak_pointer (&typed->scope);
  g_clear_object (&typed->context);
  g_clear_pointer (&typed->form, g_free);
  g_clear_pointer (&typed->box, gtk_widget_unparent);
  G_OBJECT_CLASS (mh_typed_parent_class)->dispose (object);
}

static void
mh_typed_finalize (GObject *object)
{
  MhTyped *typed = MH_TYPED (object);
  g_free (typed->id);
  g_free (typed->owner);
  g_hash_table_unref (typed->before);
  g_ptr_array_unref (typed->offered);
  G_OBJECT_CLASS (mh_typed_parent_class)->finalize (object);
}

static void
mh_typed_class_init (MhTypedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->set_property = mh_typed_set_property;
  object_class->dispose = mh_typed_dispose;
  object_class->finalize = mh_typed_finalize;
  g_object_class_install_property (
      object_class, PROP_AT_ONCE,
      g_param_spec_boolean ("at-once", NULL, NULL, FALSE,
                            G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (
      object_class, PROP_APART,
      g_param_spec_boolean ("apart", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  restored = g_signal_new ("restored", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                           NULL, G_TYPE_NONE, 0);
}

static void
mh_typed_init (MhTyped *typed)
{
  typed->before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  typed->offered = g_ptr_array_new_with_free_func (g_free);
  typed->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (typed->box, "mh-drafts");
  gtk_widget_set_parent (typed->box, GTK_WIDGET (typed));
  gtk_widget_set_visible (GTK_WIDGET (typed), FALSE);
}

GtkWidget *
mh_typed_new (void)
{
  return g_object_new (MH_TYPE_TYPED, NULL);
}
