/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-storage-rules.h"

#include <string.h>

#include "shared/base/mh-clock.h"

#define LETTERS 26

char *
mh_storage_rules_position_text (gint64 n_columns, gint64 position)
{
  gint64 row = position / MAX (1, n_columns), column = position % MAX (1, n_columns);
  char letters[8];
  guint at = sizeof letters - 1;
  letters[at] = '\0';
  for (gint64 rest = row + 1; rest > 0 && at > 0; rest = (rest - 1) / LETTERS)
    letters[--at] = (char)('A' + (rest - 1) % LETTERS);
  return g_strdup_printf ("%s%d", letters + at, (int)column + 1);
}

gint64
mh_storage_rules_position (const char *text, gint64 n_rows, gint64 n_columns)
{
  gint64 row = 0, column = 0;
  const char *p = text != NULL ? text : "";
  while (*p == ' ')
    p++;

  for (; g_ascii_isalpha (*p) && row < 1000; p++)
    row = row * LETTERS + (g_ascii_toupper (*p) - 'A' + 1);
  while (*p == ' ')
    p++;
  for (; g_ascii_isdigit (*p) && column < 1000; p++)
    column = column * 10 + (*p - '0');
  while (*p == ' ')
    p++;

  if (*p != '\0' || row < 1 || row > n_rows || column < 1 || column > n_columns)
    return -1;

  return (row - 1) * n_columns + column - 1;
}

gint64
mh_storage_rules_first_free (const gint64 *taken, guint n_taken, gint64 n_positions)
{
  gint64 free_position = 0;
  for (guint i = 0; i < n_taken && taken[i] <= free_position; i++)
    if (taken[i] == free_position)
      free_position++;
  return free_position < n_positions ? free_position : -1;
}

gint64
mh_storage_rules_keep_until (gint64 at, gint64 place_days, gint64 setting_days)
{
  return at + (place_days > 0 ? place_days : setting_days) * MH_DAY;
}

gboolean
mh_storage_rules_needs_witness (gint64 keep_until, gint64 now)
{
  return keep_until > now;
}
