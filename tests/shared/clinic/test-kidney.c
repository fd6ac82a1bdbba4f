/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kidneys and body against the vectors. */
#include "shared/rules/clinic/mh-kidney.h"

#include <stdlib.h>

typedef void (*RowFunc) (char **cells);

static guint
each_row (const char *name, guint n_cells, RowFunc func)
{
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), name, NULL);
  g_autofree char *text = NULL;
  guint seen = 0;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *g_strchomp (lines[i]) != 0; i++, seen++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      g_test_message ("%s", lines[i]);
      g_assert_cmpuint (g_strv_length (cells), ==, n_cells);
      func (cells);
    }
  return seen;
}

static double
number (const char *text)
{
  return g_ascii_strtod (text, NULL);
}

static void
assert_rounds (double value, const char *wanted, int decimals)
{
  char format[] = "%.0f", text[64];
  format[2] = (char)('0' + decimals);
  g_ascii_formatd (text, sizeof text, format, value);
  g_assert_cmpfloat (number (text), ==, number (wanted));
}

static void
clearance_row (char **cells)
{
  double value = mh_kidney_clearance (cells[1][0] == 'F', atoi (cells[2]), number (cells[3]),
                                      number (cells[4]));
  assert_rounds (value, cells[5], 2);
}

static void
egfr_row (char **cells)
{
  double value = mh_kidney_egfr (cells[1][0] == 'F', atoi (cells[2]), number (cells[3]));
  assert_rounds (value, cells[4], 2);
  assert_rounds (value, cells[5], 0);
  g_assert_cmpstr (mh_kidney_stage (value), ==, cells[6]);
}

static void
surface_row (char **cells)
{
  assert_rounds (mh_body_surface_mosteller (number (cells[1]), number (cells[2])), cells[3], 3);
  assert_rounds (mh_body_surface_du_bois (number (cells[1]), number (cells[2])), cells[4], 3);
}

static void
test_vectors (void)
{
  g_assert_cmpuint (each_row ("cockcroft-gault-vectors.csv", 6, clearance_row), ==, 100);
  g_assert_cmpuint (each_row ("egfr-ckdepi2021-vectors.csv", 7, egfr_row), ==, 100);
  g_assert_cmpuint (each_row ("bsa-vectors.csv", 5, surface_row), ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kidney/vectors", test_vectors);
  return g_test_run ();
}
