/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-refusal.h"

#include "client/widgets/base/mh-words.h"
#include "client/widgets/form/mh-field-row.h"

#include <string.h>

#define REFUSAL "mh-refusal"
#define FIELD "mh-refusal-field"

typedef struct
{
  GtkWidget *control; /* whose data this is */
  GtkWidget *words;   /* weak */
  GObject *source;    /* weak: what tells that something else stands there */
  gulong changed;
} Refusal;

static void
mh_refusal_free (gpointer data)
{
  Refusal *refusal = data;
  if (refusal->source != NULL)
    g_signal_handler_disconnect (refusal->source, refusal->changed);
  g_clear_weak_pointer (&refusal->source);
  if (refusal->words != NULL && gtk_widget_get_parent (refusal->words) != NULL)
    gtk_box_remove (GTK_BOX (gtk_widget_get_parent (refusal->words)), refusal->words);
  g_clear_weak_pointer (&refusal->words);
  g_free (refusal);
}

/* --- where --- */

const char *
mh_refusal_name (GtkWidget *control)
{
  const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (control));
  const char *name = gtk_widget_get_name (control);
  if (g_strcmp0 (name, G_OBJECT_TYPE_NAME (control)) != 0)
    return name;
  return id != NULL && !g_str_has_prefix (id, "___") ? id : NULL; /* GTK's own for who has none */
}

void
mh_refusal_stands_for (GtkWidget *control, const char *field)
{
  g_return_if_fail (GTK_IS_WIDGET (control));
  g_object_set_data_full (G_OBJECT (control), FIELD, g_strdup (field), g_free);
}

static gboolean
mh_refusal_is_called (GtkWidget *control, const char *name)
{
  const char *field = g_object_get_data (G_OBJECT (control), FIELD);
  return g_strcmp0 (mh_refusal_name (control), name) == 0 || g_strcmp0 (field, name) == 0;
}

/* What a control is made of has names of its own, which are none of ours; a row of a form says by
 * itself what is wrong with it. */
static gboolean
mh_refusal_is_whole (GtkWidget *widget)
{
  return GTK_IS_EDITABLE (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_BUTTON (widget)
         || MH_IS_FIELD_ROW (widget);
}

GtkWidget *
mh_refusal_find (GtkWidget *root, const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gboolean asks = !GTK_IS_LABEL (child) && !GTK_IS_BUTTON (child);
      GtkWidget *found = asks && mh_refusal_is_called (child, name) ? child
                         : mh_refusal_is_whole (child)              ? NULL
                                                                    : mh_refusal_find (child, name);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
mh_refusal_place (GtkWidget *root, const char *field, const MhRefusalPlace *places)
{
  for (; places != NULL && places->field != NULL; places++)
    if (g_str_equal (places->field, field))
      return mh_refusal_find (root, places->widget);
  return mh_refusal_find (root, field);
}

/* "items[2].test": whole, "items[2]", "test", "items". */
static GtkWidget *
mh_refusal_control (GtkWidget *root, const char *field, const MhRefusalPlace *places)
{
  if (field == NULL || *field == '\0')
    return NULL;

  const char *dot = strrchr (field, '.');
  g_autofree char *line = g_strndup (field, dot != NULL ? (gsize)(dot - field) : strlen (field));
  g_autofree char *last = g_strdup (dot != NULL ? dot + 1 : field);
  g_autofree char *first = g_strndup (field, strcspn (field, ".["));

  last[strcspn (last, "[")] = '\0';
  const char *tried[] = { field, line, last, first };
  GtkWidget *found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tried) && found == NULL; i++)
    found = mh_refusal_place (root, tried[i], places);
  return found;
}

/* Below the control, or below the line that it stands in: the child of the nearest column. */
static GtkWidget *
mh_refusal_line (GtkWidget *control)
{
  for (GtkWidget *line = control; line != NULL && !GTK_IS_ROOT (line);
       line = gtk_widget_get_parent (line))
    {
      GtkWidget *parent = gtk_widget_get_parent (line);
      if (GTK_IS_BOX (parent)
          && gtk_orientable_get_orientation (GTK_ORIENTABLE (parent)) == GTK_ORIENTATION_VERTICAL)
        return line;
    }
  return NULL;
}

static gboolean
mh_refusal_is_seen (GtkWidget *control)
{
  for (GtkWidget *at = control; at != NULL && !GTK_IS_ROOT (at); at = gtk_widget_get_parent (at))
    if (!gtk_widget_get_visible (at))
      return FALSE;
  return TRUE;
}

/* --- saying it --- */

static void
mh_refusal_changed_cb (Refusal *refusal)
{
  mh_refusal_set (refusal->control, NULL);
}

static void
mh_refusal_watch (Refusal *refusal)
{
  GtkWidget *control = refusal->control;
  const char *signal = GTK_IS_EDITABLE (control) || GTK_IS_TEXT_VIEW (control) ? "changed"
                       : GTK_IS_DROP_DOWN (control)                            ? "notify::selected"
                       : GTK_IS_CHECK_BUTTON (control)                         ? "notify::active"
                                                                               : NULL;
  GObject *source = GTK_IS_TEXT_VIEW (control)
                        ? G_OBJECT (gtk_text_view_get_buffer (GTK_TEXT_VIEW (control)))
                        : G_OBJECT (control);

  if (signal == NULL)
    return;

  g_set_weak_pointer (&refusal->source, source);
  refusal->changed
      = g_signal_connect_swapped (source, signal, G_CALLBACK (mh_refusal_changed_cb), refusal);
}

static void
mh_refusal_tell (GtkWidget *control, const char *words)
{
  GtkAccessible *told = GTK_ACCESSIBLE (control);
  if (words == NULL)
    {
      gtk_widget_remove_css_class (control, "error");
      gtk_accessible_update_state (told, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE,
                                   -1);
      gtk_accessible_reset_property (told, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      return;
    }

  gtk_widget_add_css_class (control, "error");
  gtk_accessible_update_state (told, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  /* Not the relation "described by": beside one, GTK 4.18 tells no description. */
  gtk_accessible_update_property (told, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

gboolean
mh_refusal_set (GtkWidget *control, const char *words)
{
  g_return_val_if_fail (GTK_IS_WIDGET (control), FALSE);
  GtkWidget *line = mh_refusal_line (control);
  if (g_object_get_data (G_OBJECT (control), REFUSAL) != NULL)
    {
      mh_refusal_tell (control, NULL);
      g_object_set_data (G_OBJECT (control), REFUSAL, NULL);
    }

  if (words == NULL || line == NULL || !mh_refusal_is_seen (control))
    return FALSE;

  Refusal *refusal = g_new0 (Refusal, 1);
  GtkWidget *label = gtk_label_new (words);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "mh-wrong");
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (line)), label, line);
  refusal->control = control;
  g_set_weak_pointer (&refusal->words, label);
  mh_refusal_watch (refusal);
  mh_refusal_tell (control, words);
  g_object_set_data_full (G_OBJECT (control), REFUSAL, refusal, mh_refusal_free);

  return TRUE;
}

static void
mh_refusal_focus (GtkWidget *control)
{
  if (!gtk_widget_grab_focus (control))
    gtk_widget_child_focus (control, GTK_DIR_TAB_FORWARD);
}

void
mh_refusal_say (GtkWidget *control, const char *words, GtkLabel *problem)
{
  g_return_if_fail (GTK_IS_WIDGET (control));
  gboolean said = mh_refusal_set (control, words);
  if (problem != NULL)
    gtk_label_set_text (problem, said ? "" : words);
  mh_refusal_focus (control);
}

void
mh_refusal_clear (GtkWidget *root)
{
  GtkWidget *next;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = next)
    {
      if (g_object_get_data (G_OBJECT (child), REFUSAL) != NULL)
        mh_refusal_set (child, NULL);
      mh_refusal_clear (child);
      next = gtk_widget_get_next_sibling (child);
    }
}

/* Several may be about one field. */
static gboolean
mh_refusal_add (GtkWidget *control, const char *words)
{
  Refusal *refusal = g_object_get_data (G_OBJECT (control), REFUSAL);
  const char *before = refusal != NULL && refusal->words != NULL
                           ? gtk_label_get_text (GTK_LABEL (refusal->words))
                           : NULL;
  g_autofree char *both
      = before != NULL ? g_strconcat (before, "\n", words, NULL) : g_strdup (words);
  return mh_refusal_set (control, both);
}

gboolean
mh_refusal_show (GtkWidget *root,
                 const GError *error,
                 GtkLabel *problem,
                 const MhRefusalPlace *places)
{
  g_return_val_if_fail (GTK_IS_WIDGET (root) && error != NULL, FALSE);
  const MhIssues *issues = mh_error_get_issues (error);
  guint n = issues != NULL ? mh_issues_count (issues) : 0;
  g_autoptr (GString) rest = g_string_new (NULL);
  GtkWidget *first = NULL;

  mh_refusal_clear (root);

  for (guint i = 0; i < n; i++)
    {
      const MhIssue *issue = mh_issues_nth (issues, i);
      GtkWidget *control = mh_refusal_control (root, issue->field, places);
      g_autofree char *words = mh_words_complaint (issue);
      if (control == NULL || !mh_refusal_add (control, words))
        g_string_append_printf (rest, "%s%s", rest->len > 0 ? "\n" : "", words);
      else if (first == NULL)
        first = control;
    }

  if (first != NULL)
    mh_refusal_focus (first);
  g_autofree char *whole = first == NULL && n <= 1 ? mh_words_error (error) : NULL;

  if (problem != NULL)
    gtk_label_set_text (problem, whole != NULL ? whole : rest->str);
  return first != NULL && rest->len == 0;
}
