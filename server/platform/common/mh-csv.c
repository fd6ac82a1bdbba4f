/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/common/mh-csv.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_LINE (1024 * 1024)

typedef struct
{
  MhCsvRow func;
  gpointer data;
  GPtrArray *cells;
  guint line;  /* being read */
  guint begun; /* where the open row began; 0: none is open */
  GError *error;
} Reading;

static void
got_cell (void *text, size_t length, void *data)
{
  Reading *reading = data;
  g_ptr_array_add (reading->cells, g_strndup (text != NULL ? text : "", length));
}

static void
got_row (int end, void *data)
{
  Reading *reading = data;
  if (reading->error == NULL && reading->cells->len > 0)
    reading->func (reading->begun, (const char *const *)reading->cells->pdata, reading->cells->len,
                   reading->data, &reading->error);
  g_ptr_array_set_size (reading->cells, 0);
  reading->begun = 0;
}

/* What stands most often outside quotes in the first line. */
static unsigned char
find_sign (const char *line)
{
  static const char signs[] = { ',', ';', '\t' };
  guint counts[G_N_ELEMENTS (signs)] = { 0 }, best = 0;
  gboolean quoted = FALSE;

  for (const char *p = line; *p != '\0'; p++)
    {
      quoted ^= *p == '"';
      for (guint i = 0; !quoted && i < G_N_ELEMENTS (signs); i++)
        counts[i] += *p == signs[i];
    }

  for (guint i = 1; i < G_N_ELEMENTS (signs); i++)
    if (counts[i] > counts[best])
      best = i;

  return (unsigned char)signs[best];
}

static gboolean
csv_check_line (Reading *reading, const char *line, gssize length)
{
  if (length > MAX_LINE)
    mh_error_set (&reading->error, MH_ERROR_MALFORMED, "Line %u is too long.", reading->line);
  else if (!g_utf8_validate (line, length, NULL))
    mh_error_set (&reading->error, MH_ERROR_MALFORMED,
                  "Line %u is not UTF-8. Save the list as “CSV UTF-8”.", reading->line);
  return reading->error == NULL;
}

static void
parse (Reading *reading, struct csv_parser *parser, FILE *file)
{
  static const char mark[] = "\xef\xbb\xbf";
  char *line = NULL;
  size_t room = 0;

  for (ssize_t length; reading->error == NULL && (length = getline (&line, &room, file)) > 0;)
    {
      const char *text = line;
      reading->line++;
      if (reading->line == 1 && g_str_has_prefix (line, mark))
        {
          text += strlen (mark);
          length -= (ssize_t)strlen (mark);
        }
      if (!csv_check_line (reading, text, length))
        break;
      if (reading->line == 1)
        csv_set_delim (parser, find_sign (text));
      /* empty lines between rows are passed over */
      if (reading->begun == 0 && strspn (text, " \t\r\n") < (size_t)length)
        reading->begun = reading->line;
      if (csv_parse (parser, text, (size_t)length, got_cell, got_row, reading) != (size_t)length)
        mh_error_set (&reading->error, MH_ERROR_MALFORMED,
                      "Line %u: a quotation mark is out of place.", reading->line);
    }

  free (line);
}

static gboolean
read_file (FILE *file, MhCsvRow func, gpointer data, GError **error)
{
  struct csv_parser parser;
  Reading reading = { .func = func, .data = data };
  csv_init (&parser, CSV_STRICT | CSV_STRICT_FINI);
  reading.cells = g_ptr_array_new_with_free_func (g_free);
  parse (&reading, &parser, file);

  guint begun = reading.begun;
  if (reading.error == NULL && csv_fini (&parser, got_cell, got_row, &reading) != 0
      && reading.error == NULL)
    mh_error_set (&reading.error, MH_ERROR_MALFORMED,
                  "The quotation mark that opens in line %u never closes.",
                  begun != 0 ? begun : reading.line);

  csv_free (&parser);
  fclose (file);
  g_ptr_array_unref (reading.cells);
  if (reading.error == NULL)
    return TRUE;

  g_propagate_error (error, reading.error);
  return FALSE;
}

gboolean
mh_csv_read (const char *path, MhCsvRow func, gpointer data, GError **error)
{
  FILE *file = fopen (path, "re");
  if (file == NULL)
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "Cannot read %s: %s.", path, g_strerror (errno));
      return FALSE;
    }
  return read_file (file, func, data, error);
}

gboolean
mh_csv_read_text (const char *text, gsize length, MhCsvRow func, gpointer data, GError **error)
{
  if (length == 0)
    return TRUE;
  FILE *file = fmemopen ((void *)text, length, "r");
  if (file == NULL)
    {
      mh_error_set (error, MH_ERROR_INTERNAL, "Cannot read the table: %s.", g_strerror (errno));
      return FALSE;
    }
  return read_file (file, func, data, error);
}

void
mh_csv_put (GString *out, const char *text, gboolean first)
{
  gsize length = strlen (text);
  gsize room = csv_write (NULL, 0, text, length);
  if (!first)
    g_string_append_c (out, ',');
  gsize from = out->len;
  g_string_set_size (out, from + room);
  csv_write (out->str + from, room, text, length);
}
