/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-text-size.h"

#define KEY "text-sizes"
#define LARGEST 200
#define USUAL_DPI (96 * 1024)

static GVariantDict *
text_size_all (GSettings *settings)
{
  g_autoptr (GVariant) sizes = g_settings_get_value (settings, KEY);
  return g_variant_dict_new (sizes);
}

guint
mh_text_size (GSettings *settings, const char *person)
{
  guint percent = 100;
  g_autoptr (GVariantDict) sizes = settings != NULL ? text_size_all (settings) : NULL;
  if (sizes != NULL)
    g_variant_dict_lookup (sizes, person != NULL ? person : "", "u", &percent);
  return CLAMP (percent, 100, LARGEST);
}

void
mh_text_size_set (GSettings *settings, const char *person, guint percent)
{
  if (settings == NULL)
    return;
  g_autoptr (GVariantDict) sizes = text_size_all (settings);
  g_variant_dict_insert (sizes, person != NULL ? person : "", "u", CLAMP (percent, 100, LARGEST));
  g_settings_set_value (settings, KEY, g_variant_dict_end (sizes));
}

void
mh_text_size_apply (GSettings *settings, const char *person)
{
  GtkSettings *screen = gtk_settings_get_default ();
  int system = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (screen), "mh-system-dpi"));
  if (system == 0)
    {
      g_object_get (screen, "gtk-xft-dpi", &system, NULL);
      system = system > 0 ? system : USUAL_DPI;
      g_object_set_data (G_OBJECT (screen), "mh-system-dpi", GINT_TO_POINTER (system));
    }
  g_object_set (screen, "gtk-xft-dpi",
                (int)((gint64)system * mh_text_size (settings, person) / 100), NULL);
}
