/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/table/mh-table-lines.h"

#include "client/widgets/base/mh-words.h"

#include <glib/gi18n-lib.h>

#define MOST_LINES 3

GtkWidget *
mh_table_lines_make (void)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *heading = gtk_label_new (NULL), *detail = gtk_label_new (NULL);
  gtk_widget_set_margin_top (line, 4);
  gtk_widget_set_margin_bottom (line, 4);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (heading), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (detail), TRUE);
  gtk_label_set_lines (GTK_LABEL (detail), MOST_LINES);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (line), heading);
  gtk_box_append (GTK_BOX (line), detail);
  return line;
}

static const MhField *
table_lines_field_of (const MhRecordType *type, const MhTableColumn *column, int *out_index)
{
  *out_index = column->field != NULL ? mh_record_type_find (type, column->field) : -1;
  return *out_index >= 0 ? &type->fields[*out_index] : NULL;
}

static char *
table_lines_text_of (const MhRecordType *type, const MhTableColumn *column, MhRecord *record)
{
  int index;
  const MhField *field = table_lines_field_of (type, column, &index);
  if (column->text != NULL)
    return column->text (record);
  return field != NULL ? mh_words_value (record, (guint)index) : NULL;
}

static gboolean
has_letters (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

/* A bare figure or a yes says nothing once its column is gone. */
static const char *
table_lines_title_of (const MhRecordType *type, const MhTableColumn *column, const char *text)
{
  int index;
  const MhField *field = table_lines_field_of (type, column, &index);
  gboolean bare = !has_letters (text) || (field != NULL && field->kind == MH_KIND_BOOL);
  if (!column->numeric && !bare)
    return NULL;
  return column->title != NULL ? _ (column->title) : field != NULL ? mh_words_label (field) : NULL;
}

void
mh_table_lines_fill (GtkWidget *line,
                     const MhRecordType *type,
                     const MhTableColumn *columns,
                     MhRecord *record)
{
  GtkWidget *heading = gtk_widget_get_first_child (line);
  GtkWidget *detail = gtk_widget_get_next_sibling (heading);
  g_autofree char *what = table_lines_text_of (type, columns, record);
  g_autoptr (GString) rest = g_string_new (NULL);

  for (const MhTableColumn *column = columns + 1;
       column->field != NULL || column->text != NULL || column->make != NULL; column++)
    {
      g_autofree char *text
          = column->make == NULL ? table_lines_text_of (type, column, record) : NULL;
      if (text == NULL || *text == '\0')
        continue;
      const char *title = table_lines_title_of (type, column, text);
      /* isolated: phone and record numbers keep their order in a right-to-left line */
      g_string_append_printf (rest, "%s%s%s\u2068%s\u2069", rest->len > 0 ? " · " : "",
                              title != NULL ? title : "", title != NULL ? " " : "", text);
    }

  gtk_label_set_label (GTK_LABEL (heading), what != NULL ? what : "");
  gtk_label_set_label (GTK_LABEL (detail), rest->str);
  gtk_widget_set_visible (detail, rest->len > 0);
  const char *style = columns->style != NULL ? columns->style (record) : NULL;
  const char *old = g_object_get_data (G_OBJECT (line), "mh-style");

  if (old != NULL)
    gtk_widget_remove_css_class (line, old);
  if (style != NULL)
    gtk_widget_add_css_class (line, style);
  g_object_set_data (G_OBJECT (line), "mh-style", (gpointer)style);
}
