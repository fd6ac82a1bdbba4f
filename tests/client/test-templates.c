/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every template in the program makes an instance without a warning (they are fatal), also without
 * a context, and the instance is gone when it is given up. A class that GTK 4.8 lacks, a child or
 * callback that is not bound, a cycle of references: each shows here. */
#include "shared/records/mh-records.h"

#include <adwaita.h>

#define UI "/org/mahima/Mahima/ui/"

static char *
class_of (const char *path)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GRegex) regex = g_regex_new ("<template class=\"(\\w+)\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_assert_nonnull (bytes);
  if (!g_regex_match_full (regex, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes),
                           0, 0, &match, NULL))
    return NULL;
  return g_match_info_fetch (match, 1);
}

/* A window that is whole without a class of ours. */
static void
test_object (const char *path)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *id = g_strdelimit (g_strndup (base, strlen (base) - strlen (".ui")), "-", '_');
  GObject *object = gtk_builder_get_object (builder, id);
  g_assert_true (GTK_IS_WINDOW (object));
  gtk_window_destroy (GTK_WINDOW (object));
}

static void
test_template (gconstpointer path)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  g_autofree char *name = class_of (path);
  if (name == NULL)
    {
      test_object (path);
      return;
    }
  /* by mh_foo_get_type() in this program, which is linked with everything in sight */
  GType type = gtk_builder_get_type_from_name (builder, name);
  g_assert_cmpuint (type, !=, G_TYPE_INVALID);
  GObject *object = g_object_new (type, NULL);
  if (GTK_IS_WINDOW (object))
    {
      g_object_add_weak_pointer (object, (gpointer *)&object);
      gtk_window_destroy (GTK_WINDOW (object));
    }
  else
    {
      g_object_ref_sink (object);
      g_object_run_dispose (object); /* it must bear to be disposed of twice */
      g_object_add_weak_pointer (object, (gpointer *)&object);
      g_object_unref (object);
    }
  for (int i = 0; i < 50 && g_main_context_iteration (NULL, FALSE); i++)
    ;
  g_assert_null (object);
}

static guint
add_tests (const char *folder)
{
  guint n = 0;
  g_auto (GStrv) names
      = g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      g_autofree char *path = g_strconcat (folder, *name, NULL);
      if (g_str_has_suffix (path, "/"))
        n += add_tests (path);
      else
        {
          g_autofree char *test = g_strconcat ("/template/", path + strlen (UI), NULL);
          g_test_add_data_func_full (test, g_strdup (path), test_template, g_free);
          n++;
        }
    }
  return n;
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  mh_records_register ();
  g_assert_cmpuint (add_tests (UI), >, 0);
  return g_test_run ();
}
