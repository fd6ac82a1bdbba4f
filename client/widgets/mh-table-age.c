/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/mh-table-age.h"

#include "client/widgets/mh-words.h"

#include <glib/gi18n-lib.h>

GtkWidget *
mh_table_age_new (void)
{
  GtkWidget *age = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (age), 0);
  gtk_label_set_wrap (GTK_LABEL (age), TRUE);
  gtk_widget_add_css_class (age, "mh-as-of");
  gtk_widget_add_css_class (age, "dim-label");
  gtk_widget_set_visible (age, FALSE);
  return age;
}

void
mh_table_age_show (GtkWidget *age, MhRecordList *source)
{
  gboolean shown = source != NULL && mh_record_list_from_cache (source);
  gint64 as_of = source != NULL ? mh_record_list_as_of (source) : 0;
  g_autofree char *time = as_of > 0 ? mh_words_time (as_of) : NULL;
  /* Translators: %s is a time, "13:45" */
  g_autofree char *text = time != NULL ? g_strdup_printf (_ ("As of %s, from this desk"), time)
                                       : g_strdup (_ ("From this desk; it may be old"));
  if (shown)
    gtk_label_set_text (GTK_LABEL (age), text);
  gtk_widget_set_visible (age, shown);
}
