/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/table/mh-table-lines.h"

#include "client/widgets/base/mh-words.h"

#include <glib/gi18n-lib.h>

#define MOST_LINES 3

gboolean
mh_table_lines_is_end (const MhTableColumn *column)
{
  return column->field == NULL && column->text == NULL && column->make == NULL;
}

/* NULL: none of @columns stands at @place. */
static const MhTableColumn *
table_lines_at (const MhTableColumn *columns, MhLinePlace place)
{
  for (; !mh_table_lines_is_end (columns); columns++)
    if (columns->line == place)
      return columns;

  return NULL;
}

const MhTableColumn *
mh_table_lines_whole (const MhTableColumn *columns)
{
  return table_lines_at (columns, MH_LINE_WHOLE);
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

static void
table_lines_add (GString *texts[],
                 MhLinePlace place,
                 const MhRecordType *type,
                 const MhTableColumn *column,
                 MhRecord *record)
{
  g_autofree char *text = column->make == NULL ? table_lines_text_of (type, column, record) : NULL;
  if (text == NULL || *text == '\0')
    return;

  GString *all = texts[place];
  const char *title = place == MH_LINE_SUBTITLE ? table_lines_title_of (type, column, text) : NULL;
  if (all->len > 0)
    g_string_append (all, " · ");

  /* isolated: phone and record numbers keep their order in a right-to-left line */
  if (place == MH_LINE_SUBTITLE)
    g_string_append_printf (all, "%s%s\u2068%s\u2069", title != NULL ? title : "",
                            title != NULL ? " " : "", text);
  else
    g_string_append (all, text);
}

static void
table_lines_set_style (GtkWidget *row, const char *style)
{
  const char *old = g_object_get_data (G_OBJECT (row), "mh-style");
  if (old != NULL)
    gtk_widget_remove_css_class (row, old);
  if (style != NULL)
    gtk_widget_add_css_class (row, style);
  g_object_set_data (G_OBJECT (row), "mh-style", (gpointer)style);
}

void
mh_table_lines_fill (MhRow *row,
                     const MhRecordType *type,
                     const MhTableColumn *columns,
                     MhRecord *record)
{
  const MhTableColumn *title = table_lines_at (columns, MH_LINE_TITLE);
  const MhTableColumn *mark = table_lines_at (columns, MH_LINE_MARK);
  gboolean has_end = table_lines_at (columns, MH_LINE_TRAILING) != NULL;
  GString *texts[MH_LINE_NONE];

  if (title == NULL)
    title = columns;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    texts[i] = g_string_new (NULL);

  for (const MhTableColumn *column = columns; !mh_table_lines_is_end (column); column++)
    {
      MhLinePlace place = column == title ? MH_LINE_TITLE : column->line;
      if (place < MH_LINE_NONE)
        table_lines_add (texts, place, type, column, record);
    }

  /* what has nothing at its end has the room for more lines below */
  g_object_set (row, "subtitle-lines", has_end ? 1 : MOST_LINES, NULL);
  mh_row_set (row, texts[MH_LINE_TITLE]->len > 0 ? texts[MH_LINE_TITLE]->str : "–",
              texts[MH_LINE_TRAILING]->str, texts[MH_LINE_SUBTITLE]->str);
  mh_row_set_mark (row, texts[MH_LINE_MARK]->str,
                   mark != NULL && mark->style != NULL ? mark->style (record) : NULL);
  table_lines_set_style (GTK_WIDGET (row), title->style != NULL ? title->style (record) : NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_string_free (texts[i], TRUE);
}
