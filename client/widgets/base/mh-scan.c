/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-scan.h"

#include "shared/base/mh-check-digit.h"

static GtkWidget *
mh_scan_find (GtkWidget *within, const char *style)
{
  GtkWidget *found = NULL;
  if (!gtk_widget_get_mapped (within) || !gtk_widget_is_sensitive (within))
    return NULL;
  if (GTK_IS_EDITABLE (within) && gtk_widget_has_css_class (within, style))
    return within;
  for (GtkWidget *child = gtk_widget_get_first_child (within); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = mh_scan_find (child, style);
  return found;
}

gboolean
mh_scan_fill (GtkWidget *within, int kind, const char *text)
{
  const char *style = kind == MH_SCAN_MRN                                      ? "mh-scan-patient"
                      : kind == MH_SCAN_ACCESSION || kind == MH_SCAN_BAD_CHECK ? "mh-scan-tube"
                                                                               : NULL;
  GtkWidget *entry = style != NULL ? mh_scan_find (within, style) : NULL;
  if (entry == NULL)
    return FALSE;
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
  return TRUE;
}
