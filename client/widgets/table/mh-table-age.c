/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/table/mh-table-age.h"

#include "client/widgets/base/mh-words.h"

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

char *
mh_table_age_text (MhRecordList *source)
{
  gint64 as_of = mh_record_list_as_of (source);
  if (!mh_record_list_from_cache (source))
    return NULL;
  if (as_of == 0)
    return g_strdup (_ ("From this desk; it may be old"));
  g_autofree char *time = mh_words_time (as_of);
  /* Translators: %s is a time, "13:45" */
  return g_strdup_printf (_ ("As of %s, from this desk"), time);
}

void
mh_table_age_show (GtkWidget *age, MhRecordList *source)
{
  g_autofree char *text = source != NULL ? mh_table_age_text (source) : NULL;
  gtk_label_set_text (GTK_LABEL (age), text != NULL ? text : "");
  gtk_widget_set_visible (age, text != NULL);
}
