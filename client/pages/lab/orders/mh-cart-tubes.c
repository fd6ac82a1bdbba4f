/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-cart-tubes.h"

#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-test.h"
#include "shared/rules/lab/mh-order-rules.h"

#include <glib/gi18n-lib.h>

/* The tests of the cart, those of panels one by one. Of borrowed MhRecord. */
static GPtrArray *
tests_of (MhCart *cart, MhFindTest find, gpointer data)
{
  GPtrArray *tests = g_ptr_array_new ();
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (cart)); i++)
    {
      g_autoptr (MhRecord) record = g_list_model_get_item (G_LIST_MODEL (cart), i);
      const char *const *codes = mh_record_type (record) == &mh_panel_type
                                     ? mh_record_list (record, MH_PANEL_TESTS)
                                     : NULL;
      if (codes == NULL && mh_record_type (record) == &mh_test_type)
        g_ptr_array_add (tests, record); /* the cart keeps it */
      for (guint c = 0; codes != NULL && codes[c] != NULL; c++)
        if (find (codes[c], data) != NULL)
          g_ptr_array_add (tests, find (codes[c], data));
    }

  return tests;
}

static MhRecord *
cart_tubes_tube_for (MhRecord *test)
{
  MhRecord *tube = mh_record_new (&mh_sample_type);
  mh_record_set_text (tube, MH_SAMPLE_CONTAINER, mh_record_text (test, MH_TEST_CONTAINER));
  mh_record_set_text (tube, MH_SAMPLE_BENCH, mh_record_text (test, MH_TEST_BENCH));
  mh_record_set_text (tube, MH_SAMPLE_SPECIMEN, mh_record_text (test, MH_TEST_SPECIMEN));
  mh_record_set_text (tube, MH_SAMPLE_COLOUR, mh_record_text (test, MH_TEST_COLOUR));
  mh_record_set_int (tube, MH_SAMPLE_DRAW_ORDER, mh_record_int (test, MH_TEST_DRAW_ORDER));
  return tube;
}

static int
cart_tubes_compare_draw (gconstpointer a, gconstpointer b)
{
  MhRecord *const *left = a, *const *right = b;
  return mh_tube_rules_compare (*left, *right);
}

static GPtrArray *
tubes_of (GPtrArray *tests)
{
  GPtrArray *tubes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tests->len; i++)
    {
      MhRecord *test = g_ptr_array_index (tests, i);
      gboolean shared = FALSE;
      for (guint t = 0; t < tubes->len && !shared; t++)
        shared = mh_tube_rules_shares (g_ptr_array_index (tubes, t), test);
      if (!shared)
        g_ptr_array_add (tubes, cart_tubes_tube_for (test));
    }

  g_ptr_array_sort (tubes, cart_tubes_compare_draw);
  return tubes;
}

char *
mh_cart_tubes_text (MhCart *cart, MhFindTest find, gpointer data)
{
  g_autoptr (GPtrArray) tests = tests_of (cart, find, data);
  g_autoptr (GPtrArray) tubes = tubes_of (tests);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < tubes->len; i++)
    {
      MhRecord *tube = g_ptr_array_index (tubes, i);
      const char *container = mh_record_text (tube, MH_SAMPLE_CONTAINER);
      const char *colour = mh_record_text (tube, MH_SAMPLE_COLOUR);
      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", container != NULL ? container : "");
      if (colour != NULL && colour[0] != 0)
        g_string_append_printf (list, " (%s)", colour);
    }

  if (tubes->len == 0)
    return NULL;

  /* Translators: how many tubes will be drawn, and which */
  return g_strdup_printf (ngettext ("%u tube: %s", "%u tubes: %s", tubes->len), tubes->len,
                          list->str);
}

char *
mh_cart_fasting_text (MhCart *cart, MhFindTest find, gpointer data)
{
  g_autoptr (GPtrArray) tests = tests_of (cart, find, data);
  g_autoptr (GString) names = g_string_new (NULL);
  gint64 hours = 0;

  for (guint i = 0; i < tests->len; i++)
    {
      MhRecord *test = g_ptr_array_index (tests, i);
      if (!mh_record_bool (test, MH_TEST_FASTING))
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              mh_record_text (test, MH_TEST_SHORT_NAME));
      hours = MAX (hours, mh_record_int (test, MH_TEST_FASTING_HOURS));
    }

  if (names->len == 0)
    return NULL;

  /* Translators: hours without food, and the tests that want it */
  return g_strdup_printf (_ ("⚠ Fasting %d h: %s"), (int)hours, names->str);
}
