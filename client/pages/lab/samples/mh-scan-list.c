/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/samples/mh-scan-list.h"

#include "client/pages/mh-page-tools.h"
#include "shared/base/mh-check-digit.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char *accession;
  gboolean expected, scanned;
  GtkWidget *row, *state;
} Line;

struct _MhScanList
{
  GtkListBox *box;
  GPtrArray *lines;
};

static void
line_free (gpointer data)
{
  Line *line = data;
  g_free (line->accession);
  g_free (line);
}

MhScanList *
mh_scan_list_new (GtkListBox *box)
{
  MhScanList *list = g_new0 (MhScanList, 1);
  list->box = box;
  list->lines = g_ptr_array_new_with_free_func (line_free);
  return list;
}

void
mh_scan_list_free (MhScanList *list)
{
  if (list == NULL)
    return;
  g_ptr_array_unref (list->lines);
  g_free (list);
}

static Line *
scan_list_find (MhScanList *list, const char *accession)
{
  for (guint i = 0; i < list->lines->len; i++)
    {
      Line *line = g_ptr_array_index (list->lines, i);
      if (g_str_equal (line->accession, accession))
        return line;
    }
  return NULL;
}

static void
scan_list_show (Line *line)
{
  const char *text = line->scanned && line->expected ? _ ("Scanned ✓")
                     : line->scanned                 ? _ ("Scanned, not expected +")
                                                     : _ ("Expected ○");
  gtk_label_set_text (GTK_LABEL (line->state), text);
  gtk_widget_remove_css_class (line->state, "mh-good");
  gtk_widget_remove_css_class (line->state, "mh-warm");
  if (line->scanned)
    gtk_widget_add_css_class (line->state, line->expected ? "mh-good" : "mh-warm");
}

static Line *
scan_list_add (MhScanList *list, const char *accession, const char *detail)
{
  Line *line = g_new0 (Line, 1);
  GtkWidget *row = mh_hbox (MH_GAP), *number = gtk_label_new (accession);
  line->accession = g_strdup (accession);
  line->row = row;
  line->state = gtk_label_new (NULL);
  gtk_widget_add_css_class (row, "mh-row");
  gtk_widget_add_css_class (number, "heading");
  mh_box_append (row, number);

  if (detail != NULL)
    {
      GtkWidget *more = mh_label (detail, "dim-label");
      gtk_label_set_ellipsize (GTK_LABEL (more), PANGO_ELLIPSIZE_END);
      gtk_label_set_wrap (GTK_LABEL (more), FALSE);
      mh_box_append (row, more);
    }

  gtk_widget_set_hexpand (line->state, TRUE);
  gtk_label_set_xalign (GTK_LABEL (line->state), 1);
  mh_box_append (row, line->state);
  gtk_list_box_append (list->box, row);
  g_ptr_array_add (list->lines, line);

  return line;
}

void
mh_scan_list_expect (MhScanList *list, const char *accession, const char *detail)
{
  if (scan_list_find (list, accession) != NULL)
    return;
  Line *line = scan_list_add (list, accession, detail);
  line->expected = TRUE;
  scan_list_show (line);
}

MhScanned
mh_scan_list_scan (MhScanList *list, const char *typed)
{
  g_autofree char *accession = mh_accession_normalise (typed);
  if (accession == NULL)
    return MH_SCANNED_BAD;

  Line *line = scan_list_find (list, accession);
  if (line != NULL && line->scanned)
    return MH_SCANNED_AGAIN;

  if (line == NULL)
    {
      gboolean any = mh_scan_list_n_expected (list) > 0;
      line = scan_list_add (list, accession, NULL);
      line->expected = !any;
      line->scanned = TRUE;
      scan_list_show (line);
      line->expected = FALSE;
      return MH_SCANNED_NEW;
    }

  line->scanned = TRUE;
  scan_list_show (line);
  return MH_SCANNED_EXPECTED;
}

void
mh_scan_list_clear (MhScanList *list)
{
  for (guint i = 0; i < list->lines->len; i++)
    {
      Line *line = g_ptr_array_index (list->lines, i);
      gtk_list_box_remove (list->box, gtk_widget_get_parent (line->row));
    }
  g_ptr_array_set_size (list->lines, 0);
}

static guint
scan_list_count (MhScanList *list, gboolean scanned, gboolean expected)
{
  guint n = 0;
  for (guint i = 0; i < list->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (list->lines, i);
      n += (!scanned || line->scanned) && (!expected || line->expected);
    }
  return n;
}

guint
mh_scan_list_n_scanned (MhScanList *list)
{
  return scan_list_count (list, TRUE, FALSE);
}

guint
mh_scan_list_n_expected (MhScanList *list)
{
  return scan_list_count (list, FALSE, TRUE);
}

guint
mh_scan_list_n_missing (MhScanList *list)
{
  return scan_list_count (list, FALSE, TRUE) - scan_list_count (list, TRUE, TRUE);
}

static GStrv
numbers (MhScanList *list, gboolean scanned)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < list->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (list->lines, i);
      if (scanned ? line->scanned : line->expected)
        g_strv_builder_add (builder, line->accession);
    }
  return g_strv_builder_end (builder);
}

GStrv
mh_scan_list_scanned (MhScanList *list)
{
  return numbers (list, TRUE);
}

GStrv
mh_scan_list_expected (MhScanList *list)
{
  return numbers (list, FALSE);
}
