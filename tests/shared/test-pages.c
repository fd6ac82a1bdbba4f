/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How boxes are put on pages: a sheet on which ten lines fit, filled with numbered lines. */
#include <string.h>

#include "tests/shared/paper-read.h"

#define LINE 20
#define N_LINES 10

static const MhPaper sheet = { 300, N_LINES *LINE + 40, 20, 20, 20, 20 };
static const MhStyle style = { 10, LINE, FALSE };
static const MhType type = { &style, MH_INK_TEXT };
static const MhType prose = { &style, MH_INK_TEXT, .paragraph = TRUE };

static MhBox *
line_box (const char *text, double height)
{
  MhBox *box = mh_box_new ();
  mh_box_text (box, &type, 0, 0, -1, text);
  mh_box_set_height (box, height);
  return box;
}

static void
add_lines (MhDocument *document, const char *name, guint n_lines)
{
  for (guint i = 1; i <= n_lines; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s%u;", name, i);
      mh_document_add (document, line_box (text, LINE), 0);
    }
}

/* Takes @document; gives the text of each page in one line. */
static GStrv
pages_of (MhDocument *document)
{
  mh_document_finish (document);
  DROPPED PopplerDocument *read = paper_read_back (document);
  g_autoptr (GStrvBuilder) pages = g_strv_builder_new ();
  for (int i = 0; i < poppler_document_get_n_pages (read); i++)
    {
      g_autofree char *text = paper_page_text (read, i);
      g_strv_builder_add (pages, g_strstrip (g_strdelimit (text, "\n\f", ' ')));
    }
  return g_strv_builder_end (pages);
}

static void
test_full_page (void)
{
  static const struct
  {
    guint lines, pages;
  } rows[] = {
    { 1, 1 }, { N_LINES, 1 }, { N_LINES + 1, 2 }, { 2 * N_LINES, 2 }, { 2 * N_LINES + 1, 3 }
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhDocument *document = mh_document_new (&sheet);
      add_lines (document, "a", rows[i].lines);
      g_auto (GStrv) pages = pages_of (document);
      g_assert_cmpuint (g_strv_length (pages), ==, rows[i].pages);
    }
}

static void
test_empty (void)
{
  MhDocument *document = mh_document_new (&sheet);
  g_auto (GStrv) pages = pages_of (document);
  g_assert_cmpuint (g_strv_length (pages), ==, 1);
  g_assert_cmpstr (pages[0], ==, "");
}

/* A heading that would stand alone at the bottom goes over with its first row. */
static void
test_keep_next (void)
{
  MhDocument *document = mh_document_new (&sheet);
  add_lines (document, "a", N_LINES - 1);
  mh_document_add (document, line_box ("HEAD;", LINE), MH_KEEP_NEXT);
  add_lines (document, "b", 2);
  g_auto (GStrv) pages = pages_of (document);
  g_assert_cmpstr (pages[1], ==, "HEAD; b1; b2;");
  g_assert_null (strstr (pages[0], "HEAD"));
}

static void
test_keep_last (void)
{
  MhDocument *document = mh_document_new (&sheet);
  add_lines (document, "a", N_LINES);
  mh_document_keep_last (document);
  mh_document_space (document, 5);
  add_lines (document, "end", 1);
  g_auto (GStrv) pages = pages_of (document);
  g_assert_cmpstr (pages[1], ==, "a10; end1;");
}

/* A chain that no page can hold, or a box taller than the sheet, must not loop or vanish. */
static void
test_too_tall (void)
{
  MhDocument *document = mh_document_new (&sheet);
  for (guint i = 0; i < 3 * N_LINES; i++)
    mh_document_add (document, line_box ("x;", LINE), MH_KEEP_NEXT);
  mh_document_add (document, line_box ("GIANT;", 5000), 0);
  add_lines (document, "after", 1);
  g_auto (GStrv) pages = pages_of (document);
  g_autofree char *all = g_strjoinv (" ", pages);
  g_assert_cmpuint (paper_count_of (all, "x;"), ==, 3 * N_LINES);
  g_assert_cmpuint (paper_count_of (all, "GIANT;"), ==, 1);
  g_assert_cmpuint (paper_count_of (all, "after1;"), ==, 1);
  g_assert_cmpuint (g_strv_length (pages), <=, 6);
}

static void
test_repeats (void)
{
  MhDocument *document = mh_document_new (&sheet);
  mh_document_repeat (document, MH_REPEAT_TABLE, line_box ("TITLES;", LINE));
  add_lines (document, "a", N_LINES);
  mh_document_repeat (document, MH_REPEAT_GROUP, line_box ("AGAIN;", LINE));
  add_lines (document, "b", N_LINES);
  mh_document_repeat (document, MH_REPEAT_TABLE, NULL);
  add_lines (document, "c", N_LINES);
  g_auto (GStrv) pages = pages_of (document);
  g_assert_cmpuint (g_strv_length (pages), ==, 4);
  /* Told after the first page began; then on each; ending the outer ends the inner. */
  g_assert_true (g_str_has_prefix (pages[0], "a1;"));
  g_assert_true (g_str_has_prefix (pages[1], "TITLES; AGAIN; b1;"));
  g_assert_true (g_str_has_prefix (pages[2], "TITLES; AGAIN; b9;"));
  g_assert_true (g_str_has_prefix (pages[3], "c7;"));
}

static void
test_space_and_break (void)
{
  MhDocument *document = mh_document_new (&sheet);
  mh_document_break (document);
  mh_document_space (document, 100);
  add_lines (document, "a", 1);
  mh_document_break (document);
  mh_document_break (document);
  mh_document_space (document, 100);
  add_lines (document, "b", N_LINES);
  g_auto (GStrv) pages = pages_of (document);
  /* Breaks at the top of a page do nothing, and space there is dropped, or b10 would not fit. */
  g_assert_cmpuint (g_strv_length (pages), ==, 2);
  g_assert_cmpstr (pages[0], ==, "a1;");
}

/* Prose breaks between lines, but never leaves one line alone on either side. */
static void
test_prose (void)
{
  for (guint before = N_LINES - 4; before <= N_LINES; before++)
    {
      MhDocument *document = mh_document_new (&sheet);
      add_lines (document, "a", before);
      mh_document_prose (document, &prose, 0, 260, 0, "p1;\np2;\np3;\np4;\np5;");
      g_auto (GStrv) pages = pages_of (document);
      guint first = paper_count_of (pages[0], "p");
      guint second = paper_count_of (pages[1] != NULL ? pages[1] : "", "p");
      g_assert_cmpuint (first + second, ==, 5);
      g_assert_cmpuint (first, !=, 1);
      g_assert_cmpuint (second, !=, 1);
    }
}

static double
numbered (MhBox *page, guint number, guint total, gpointer data)
{
  g_autofree char *text = g_strdup_printf ("%u/%u", number, total);
  if (page != NULL)
    mh_box_text (page, &type, 20, 20, -1, text);
  (*(guint *)data)++;
  return number == 1 ? 3 * LINE : LINE;
}

static void
test_frame (void)
{
  guint asked = 0;
  MhDocument *document = mh_document_new (&sheet);
  mh_document_set_frame (document, numbered, &asked, NULL);
  add_lines (document, "a", N_LINES - 3 + N_LINES - 1 + 1);
  g_auto (GStrv) pages = pages_of (document);
  g_assert_cmpuint (g_strv_length (pages), ==, 3);
  g_assert_true (g_str_has_prefix (pages[0], "1/3 a1;"));
  g_assert_true (g_str_has_prefix (pages[1], "2/3 a8;"));
  g_assert_cmpstr (pages[2], ==, "3/3 a17;");
  g_assert_cmpuint (asked, ==, 6);
}

static void
test_roll (void)
{
  static const MhPaper roll = { 200, 0, 10, 10, 30, 10 };
  double width, height;
  MhDocument *document = mh_document_new (&roll);
  add_lines (document, "a", 200);
  mh_document_finish (document);
  mh_document_page_size (document, 0, &width, &height);
  g_assert_cmpuint (mh_document_n_pages (document), ==, 1);
  g_assert_cmpfloat (height, ==, 10 + 200 * LINE + 30);
  g_assert_cmpfloat (width, ==, 200);
  mh_document_unref (document);
}

static void
test_type (void)
{
  static const MhType three = { &style, MH_INK_TEXT, .max_lines = 3 };
  g_autoptr (MhBox) box = mh_box_new ();
  g_autofree char *words = g_strnfill (400, 'm');
  g_assert_cmpfloat (mh_box_text (box, &type, 0, 0, 100, NULL), ==, 0);
  g_assert_cmpfloat (mh_box_text (box, &type, 0, 0, 100, "one"), ==, LINE);
  g_assert_cmpfloat (mh_box_text (box, &three, 0, 0, 100, words), ==, 3 * LINE);
  g_assert_cmpfloat (mh_box_text (box, &type, 0, 0, 100, words), >, 10 * LINE);
  /* Figures are of one width, so decimals line up whatever they are. */
  g_assert_cmpfloat_with_epsilon (mh_ink_width (&style, "111"), mh_ink_width (&style, "888"), 0.01);
  g_assert_cmpfloat_with_epsilon (mh_ink_decimal_offset (&style, "12.75"),
                                  mh_ink_width (&style, "12"), 0.01);
  g_assert_cmpfloat_with_epsilon (mh_ink_decimal_offset (&style, "12"), mh_ink_width (&style, "12"),
                                  0.01);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/full-page", test_full_page);
  g_test_add_func ("/pages/empty", test_empty);
  g_test_add_func ("/pages/keep-next", test_keep_next);
  g_test_add_func ("/pages/keep-last", test_keep_last);
  g_test_add_func ("/pages/too-tall", test_too_tall);
  g_test_add_func ("/pages/repeats", test_repeats);
  g_test_add_func ("/pages/space-and-break", test_space_and_break);
  g_test_add_func ("/pages/prose", test_prose);
  g_test_add_func ("/pages/frame", test_frame);
  g_test_add_func ("/pages/roll", test_roll);
  g_test_add_func ("/pages/type", test_type);
  return g_test_run ();
}
