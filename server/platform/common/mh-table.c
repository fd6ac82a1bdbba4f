/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/common/mh-table.h"

#include <csv.h>
#include <string.h>

static gboolean
table_is_number (const char *text)
{
  gsize sign = *text == '-' ? 1 : 0;
  return text[sign] != '\0' && strspn (text + sign, "0123456789.") == strlen (text + sign);
}

static void
table_put (GByteArray *out, const char *text, gboolean first)
{
  g_autofree char *safe
      = *text != '\0' && strchr ("=+-@\t\r", *text) != NULL && !table_is_number (text)
            ? g_strconcat ("'", text, NULL)
            : g_strdup (text);
  gsize length = strlen (safe);
  gsize room = csv_write (NULL, 0, safe, length);
  if (!first)
    g_byte_array_append (out, (const guint8 *)",", 1);
  guint from = out->len;
  g_byte_array_set_size (out, from + (guint)room);
  csv_write (out->data + from, room, safe, length);
}

GBytes *
mh_table_csv (MhSheet *sheet)
{
  GByteArray *out = g_byte_array_new ();
  guint n = mh_sheet_n_columns (sheet);
  g_byte_array_append (out, (const guint8 *)"\xEF\xBB\xBF", 3);
  for (guint i = 0; i < n; i++)
    table_put (out, mh_sheet_label (sheet, i), i == 0);
  g_byte_array_append (out, (const guint8 *)"\r\n", 2);

  for (guint row = 0; row < mh_sheet_n_rows (sheet); row++)
    {
      if (mh_sheet_kind (sheet, row) == MH_ROW_PLOT)
        continue;
      for (guint i = 0; i < n; i++)
        table_put (out, mh_sheet_text (sheet, row, i), i == 0);
      g_byte_array_append (out, (const guint8 *)"\r\n", 2);
    }

  return g_byte_array_free_to_bytes (out);
}
