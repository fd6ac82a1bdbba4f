/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every dialog in which something is written: what was typed is offered again when it was closed by
 * Escape, to the same person about the same record alone, until it is done; and what a server
 * refuses of a field stands at that field and goes when something else is typed. */
#include "client/mh-context.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-unsaved.h"
#include "client/widgets/form/mh-form.h"
#include "client/widgets/form/mh-typed.h"
#include "shared/records/mh-records.h"
#include "tests/client/desk-fixture.h"

#define UI "/org/mahima/Mahima/ui/"

/* What is written in these is nobody's to keep, or is a search and no answer. */
static const char *const not_kept[] = {
  "MhCodesDialog",    /* a list is searched */
  "MhCollectDialog",  /* tubes are scanned, each is sent at once */
  "MhGlassDialog",    /* a reason that belongs to a password */
  "MhMailTextDialog", /* chosen within the dialog, each with the text that it has */
  "MhSettingDialog",  /* one value, shown as it stands */
  NULL,
};

/* --- the dialogs --- */

static GType
type_of (const char *path)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GRegex) regex
      = g_regex_new ("<template class=\"(\\w+)\" parent=\"MhDialog\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_assert_nonnull (bytes);
  if (!g_regex_match_full (regex, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes),
                           0, 0, &match, NULL))
    return G_TYPE_INVALID;
  g_autofree char *name = g_match_info_fetch (match, 1);
  return gtk_builder_get_type_from_name (builder, name);
}

/* The entries and texts of @root that have a name. */
static void
find_texts (GtkWidget *root, GPtrArray *found)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gboolean text = GTK_IS_ENTRY (child) || GTK_IS_TEXT_VIEW (child);
      gboolean scan = gtk_widget_has_css_class (child, "mh-scan-tube")
                      || gtk_widget_has_css_class (child, "mh-scan-patient");
      if (text && !scan && mh_refusal_name (child) != NULL)
        g_ptr_array_add (found, child);
      else if (!text && !GTK_IS_EDITABLE (child) && !GTK_IS_DROP_DOWN (child)
               && g_strcmp0 (G_OBJECT_TYPE_NAME (child), "MhSearchEntry") != 0)
        find_texts (child, found);
    }
}

static void
put (GtkWidget *control, const char *text)
{
  if (GTK_IS_TEXT_VIEW (control))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (control)), text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (control), text);
}

static char *
get (GtkWidget *control)
{
  GtkTextIter from, to;
  if (!GTK_IS_TEXT_VIEW (control))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (control)));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (control));
  gtk_text_buffer_get_bounds (buffer, &from, &to);
  return gtk_text_buffer_get_text (buffer, &from, &to, FALSE);
}

static GtkWidget *
find_label (GtkWidget *root, const char *text)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LABEL (child) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (child)), text) == 0)
        return child;
      GtkWidget *found = find_label (child, text);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_unsaved (GtkWidget *root)
{
  GtkWidget *found = MH_IS_UNSAVED (root) ? root : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_unsaved (child);
  return found;
}

static gpointer
unlock (MhCache *cache, gpointer data, GError **error)
{
  mh_cache_unlock (cache, "server", data, "a password", TRUE, error);
  return NULL;
}

/* port 9: nobody answers, and nobody is asked */
static MhContext *
open_desk (const char *folder, const char *who)
{
  MhContext *context = mh_context_new ("http://127.0.0.1:9", folder);
  mh_cache_run_async (mh_context_cache (context), (MhCacheWork){ unlock, (gpointer)who }, NULL,
                      NULL, NULL);
  mh_cache_drain (mh_context_cache (context));
  return context;
}

static void
settle (MhContext *context)
{
  for (int i = 0; i < 3; i++)
    {
      mh_cache_drain (mh_context_cache (context));
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static MhDialog *
show (GType type, MhContext *context, const char *about)
{
  MhDialog *dialog = g_object_new (type, "context", context, NULL);
  mh_dialog_about (dialog, about);
  mh_dialog_show (dialog, NULL);
  settle (context);
  return dialog;
}

static void
leave (MhDialog *dialog, MhContext *context)
{
  gtk_window_destroy (GTK_WINDOW (dialog));
  settle (context);
}

/* --- a refusal --- */

static void
refuse (MhDialog *dialog, const char *field, GtkLabel *problem, GtkWidget *again)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (GError) error = NULL;
  mh_issues_add (issues, field, "out_of_range", "Not so in %s.", field);
  mh_issues_add (issues, "of_no_control", "mismatch", "And this of nothing.");
  mh_error_set_issues (&error, MH_ERROR_INVALID, issues, "It is refused.");
  g_assert_true (mh_dialog_fail (dialog, error, problem, again));
}

static gboolean
is_seen (GtkWidget *control)
{
  for (; control != NULL; control = gtk_widget_get_parent (control))
    if (!gtk_widget_get_visible (control))
      return FALSE;
  return TRUE;
}

static void
test_refusal (gconstpointer path)
{
  g_autofree char *folder = g_dir_make_tmp ("mahima-dialogs-XXXXXX", NULL);
  g_autoptr (MhContext) context = open_desk (folder, "nurse");
  MhDialog *dialog = show (type_of (path), context, "one");
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  GtkWidget *problem = g_object_ref_sink (gtk_label_new (NULL));
  find_texts (GTK_WIDGET (dialog), texts);
  for (guint i = 0; i < texts->len; i++)
    {
      GtkWidget *control = g_ptr_array_index (texts, i);
      const char *field = mh_refusal_name (control);
      g_autofree char *words = g_strdup_printf ("Not so in %s.", field);
      if (!is_seen (control))
        continue;
      refuse (dialog, field, GTK_LABEL (problem), NULL);
      GtkWidget *said = find_label (GTK_WIDGET (dialog), words);
      g_assert_nonnull (said);
      g_assert_true (gtk_widget_has_css_class (control, "error"));
      g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (problem)), ==, "And this of nothing.");
      put (control, "something else");
      g_assert_null (find_label (GTK_WIDGET (dialog), words));
      g_assert_false (gtk_widget_has_css_class (control, "error"));
    }
  leave (dialog, context);
  g_object_unref (problem);
}

/* --- what was typed --- */

static gboolean
is_kept (GType type)
{
  g_autoptr (MhDialogClass) klass = g_type_class_ref (type);
  return klass->drafts != NULL;
}

/* How many texts differ from what a fresh one has: whatever follows one from the other. */
static void
type_all (MhDialog *dialog, GPtrArray *texts, GHashTable *typed)
{
  find_texts (GTK_WIDGET (dialog), texts);
  for (guint i = 0; i < texts->len; i++)
    put (g_ptr_array_index (texts, i), i % 2 == 0 ? "first, one = two" : "2");
  for (guint i = 0; i < texts->len; i++)
    g_hash_table_insert (typed, g_strdup (mh_refusal_name (g_ptr_array_index (texts, i))),
                         get (g_ptr_array_index (texts, i)));
}

static void
assert_offered (GType type, MhContext *context, const char *about, gboolean offered)
{
  MhDialog *dialog = show (type, context, about);
  g_assert_true ((find_unsaved (GTK_WIDGET (dialog)) != NULL) == offered);
  leave (dialog, context);
}

static void
test_draft (gconstpointer path)
{
  GType type = type_of (path);
  g_autofree char *folder = g_dir_make_tmp ("mahima-dialogs-XXXXXX", NULL);
  g_autoptr (MhContext) context = open_desk (folder, "nurse");
  g_autoptr (GHashTable) typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new (), again = g_ptr_array_new ();
  MhDialog *dialog = show (type, context, "one");
  g_assert_null (find_unsaved (GTK_WIDGET (dialog)));
  type_all (dialog, texts, typed);
  g_assert_cmpuint (texts->len, >, 0);
  leave (dialog, context);

  assert_offered (type, context, "another", FALSE);
  MhContext *other = open_desk (folder, "doctor");
  assert_offered (type, other, "one", FALSE);
  g_object_unref (other);

  dialog = show (type, context, "one");
  GtkWidget *row = find_unsaved (GTK_WIDGET (dialog));
  g_assert_nonnull (row);
  g_signal_emit_by_name (row, "continued");
  find_texts (GTK_WIDGET (dialog), again);
  g_assert_cmpuint (again->len, ==, texts->len);
  for (guint i = 0; i < again->len; i++)
    {
      GtkWidget *control = g_ptr_array_index (again, i);
      g_autofree char *text = get (control);
      g_assert_cmpstr (text, ==, g_hash_table_lookup (typed, mh_refusal_name (control)));
    }
  mh_dialog_end (dialog, NULL);
  settle (context);
  assert_offered (type, context, "one", FALSE);
}

/* --- which --- */

static void
test_which (gconstpointer path)
{
  GType type = type_of (path);
  gboolean listed = g_strv_contains (not_kept, g_type_name (type));
  g_assert_true (is_kept (type) != listed);
}

static void
add_tests (const char *folder)
{
  g_auto (GStrv) names
      = g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      g_autofree char *path = g_strconcat (folder, *name, NULL);
      if (g_str_has_suffix (path, "/"))
        {
          add_tests (path);
          continue;
        }
      GType type = type_of (path);
      if (type == G_TYPE_INVALID)
        continue;
      g_autoptr (GPtrArray) texts = g_ptr_array_new ();
      GtkWidget *dialog = g_object_new (type, NULL);
      find_texts (dialog, texts);
      gtk_window_destroy (GTK_WINDOW (dialog));
      g_autofree char *which = g_strconcat ("/dialogs/which/", *name, NULL);
      g_autofree char *refusal = g_strconcat ("/dialogs/refusal/", *name, NULL);
      g_autofree char *draft = g_strconcat ("/dialogs/draft/", *name, NULL);
      if (texts->len == 0)
        continue;
      g_test_add_data_func_full (which, g_strdup (path), test_which, g_free);
      if (!is_kept (type))
        continue;
      g_test_add_data_func_full (refusal, g_strdup (path), test_refusal, g_free);
      g_test_add_data_func_full (draft, g_strdup (path), test_draft, g_free);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  mh_records_register ();
  add_tests (UI);
  return g_test_run ();
}
