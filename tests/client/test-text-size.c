/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The size of the text is each person's own. */
#include "client/mh-text-size.h"

static void
test_of_each (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.mahima.Mahima");
  g_assert_cmpuint (mh_text_size (settings, "meena"), ==, 100);
  mh_text_size_set (settings, "meena", 200);
  mh_text_size_set (settings, NULL, 125);
  g_assert_cmpuint (mh_text_size (settings, "meena"), ==, 200);
  g_assert_cmpuint (mh_text_size (settings, "ravi"), ==, 100);
  g_assert_cmpuint (mh_text_size (settings, ""), ==, 125);
  mh_text_size_set (settings, "meena", 150);
  g_assert_cmpuint (mh_text_size (settings, "meena"), ==, 150);
}

static void
test_bounds (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.mahima.Mahima");
  mh_text_size_set (settings, "ravi", 99);
  g_assert_cmpuint (mh_text_size (settings, "ravi"), ==, 100);
  mh_text_size_set (settings, "ravi", 201);
  g_assert_cmpuint (mh_text_size (settings, "ravi"), ==, 200);
  mh_text_size_set (NULL, "ravi", 150);
  g_assert_cmpuint (mh_text_size (NULL, "ravi"), ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-size/of-each", test_of_each);
  g_test_add_func ("/text-size/bounds", test_bounds);
  return g_test_run ();
}
