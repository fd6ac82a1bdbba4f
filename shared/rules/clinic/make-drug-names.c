/* SPDX-License-Identifier: GPL-3.0-or-later */
/* make-drug-names TABLE.tsv OUT.c: at build time, the other names of medicines as a sorted table in
 * C. Refuses a line that it cannot read, and two lines that say different things of one spelling.
 */
#include <stdio.h>
#include <string.h>

#include "shared/rules/clinic/mh-drug-names.h"

typedef struct
{
  char *key, *said, *kind, *means;
} Row;

static const struct
{
  const char *word, *code;
} kinds[] = { { "substance", "MH_DRUG_NAME_SUBSTANCE" },
              { "group", "MH_DRUG_NAME_GROUP" },
              { "member", "MH_DRUG_NAME_MEMBER" },
              { "other", "MH_DRUG_NAME_OTHER" } };

static const char *
make_drug_names_code_of (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].word, word) == 0)
      return kinds[i].code;
  return NULL;
}

static int
make_drug_names_compare (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Row *)a)->key, ((const Row *)b)->key);
}

static gboolean
make_drug_names_read_line (GArray *rows, const char *line)
{
  g_auto (GStrv) columns = g_strsplit (line, "\t", -1);
  if (line[0] == 0 || line[0] == '#')
    return TRUE;

  if (g_strv_length (columns) != 3 || make_drug_names_code_of (columns[0]) == NULL)
    {
      fprintf (stderr, "make-drug-names: not a line of the table: %s\n", line);
      return FALSE;
    }

  g_auto (GStrv) said = g_strsplit (columns[2], ";", -1);
  for (guint i = 0; said[i] != NULL; i++)
    {
      Row row = { .said = g_strdup (g_strstrip (said[i])),
                  .kind = g_strdup (columns[0]),
                  .means = g_strdup (columns[1]) };
      row.key = mh_drug_spelling (row.said);
      g_array_append_val (rows, row);
    }

  return TRUE;
}

static void
make_drug_names_write_row (GString *out, const Row *row)
{
  g_autofree char *said = g_strescape (row->said, NULL);
  g_string_append_printf (out, "  { \"%s\", \"%s\", %s, { ", row->key, said,
                          make_drug_names_code_of (row->kind));
  g_auto (GStrv) means = g_strsplit (g_str_equal (row->kind, "other") ? "" : row->means, ";", -1);
  for (guint i = 0; means[i] != NULL; i++)
    {
      g_autofree char *one = g_strescape (g_strstrip (means[i]), NULL);
      if (one[0] != 0)
        g_string_append_printf (out, "\"%s\", ", one);
    }
  g_string_append (out, "NULL } },\n");
}

/* -1: two lines are at odds. */
static int
make_drug_names_write_rows (GString *out, GArray *rows)
{
  int n = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      const Row *before = i > 0 ? &g_array_index (rows, Row, i - 1) : NULL;
      gboolean again = before != NULL && g_str_equal (row->key, before->key);
      if (again
          && (!g_str_equal (row->kind, before->kind) || !g_str_equal (row->means, before->means)))
        {
          fprintf (stderr, "make-drug-names: \"%s\" (%s) and \"%s\" (%s) are spelt alike\n",
                   row->said, row->means, before->said, before->means);
          return -1;
        }
      if (again || row->key[0] == 0)
        continue;
      make_drug_names_write_row (out, row);
      n++;
    }

  return n;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (GString) out = g_string_new ("/* Made by make-drug-names. */\n"
                                          "#include \"shared/rules/clinic/mh-drug-names.h\"\n\n"
                                          "const MhDrugName mh_drug_names[] = {\n");

  if (argc != 3 || !g_file_get_contents (argv[1], &text, NULL, &error))
    {
      fprintf (stderr, "make-drug-names: %s\n", error != NULL ? error->message : "TABLE.tsv OUT.c");
      return 1;
    }

  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (!make_drug_names_read_line (rows, lines[i]))
      return 1;

  g_array_sort (rows, make_drug_names_compare);
  int n = make_drug_names_write_rows (out, rows);
  if (n < 0)
    return 1;

  g_string_append_printf (out, "};\nconst guint mh_n_drug_names = %d;\n", n);
  return g_file_set_contents (argv[2], out->str, -1, &error) ? 0 : 1;
}
