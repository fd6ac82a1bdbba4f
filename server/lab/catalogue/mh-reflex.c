/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-reflex.h"

#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-reflex-rule.h"
#include "shared/records/lab/mh-test.h"
#include "shared/rules/lab/mh-reflex.h"

static gboolean
reflex_is_offered (MhCatalogueView *view, const char *code)
{
  MhRecord *test = mh_catalogue_find (view, &mh_test_type, code);
  return test != NULL && mh_record_bool (test, MH_TEST_ACTIVE);
}

static MhReflexWish *
wish_of (MhRecord *rule, MhRecord *result)
{
  MhReflexWish *wish = g_new0 (MhReflexWish, 1);
  const char *priority = mh_record_text (rule, MH_REFLEX_RULE_PRIORITY);
  const char *tell = mh_record_text (rule, MH_REFLEX_RULE_TELL);
  gboolean both = g_strcmp0 (tell, MH_REFLEX_TELL_BOTH) == 0;

  wish->test = mh_record_text (rule, MH_REFLEX_RULE_ADD_TEST);
  wish->priority = g_strcmp0 (priority, MH_REFLEX_SAME_PRIORITY) != 0
                           && mh_record_has (rule, MH_REFLEX_RULE_PRIORITY)
                       ? priority
                       : NULL;
  wish->charged = mh_record_bool (rule, MH_REFLEX_RULE_CHARGED);
  wish->tell_requester = both || g_strcmp0 (tell, MH_REFLEX_TELL_REQUESTER) == 0;
  wish->tell_laboratory = both || g_strcmp0 (tell, MH_REFLEX_TELL_LABORATORY) == 0;
  wish->rule = rule;
  wish->result = result;
  return wish;
}

GPtrArray *
mh_reflex_wanted (MhCatalogueView *view, GPtrArray *results, GPtrArray *items)
{
  GPtrArray *wishes = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *rules = mh_catalogue_all (view, &mh_reflex_rule_type);
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      const char *test = mh_record_text (item, MH_ORDER_ITEM_TEST);
      if (test != NULL)
        g_hash_table_add (there, (gpointer)test);
      n += mh_record_has (item, MH_ORDER_ITEM_REFLEX_RULE);
    }

  for (guint i = 0; i < rules->len; i++)
    for (guint k = 0; k < results->len && n < MH_REFLEX_MOST; k++)
      {
        MhRecord *rule = g_ptr_array_index (rules, i);
        MhRecord *result = g_ptr_array_index (results, k);
        const char *add = mh_record_text (rule, MH_REFLEX_RULE_ADD_TEST);
        if (!reflex_is_offered (view, add) || g_hash_table_contains (there, add)
            || !mh_reflex_holds (rule, result))
          continue;
        g_hash_table_add (there, (gpointer)add);
        g_ptr_array_add (wishes, wish_of (rule, result));
        n++;
      }

  return wishes;
}
