/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/catalogue/mh-catalogue-service.h"

#include "server/common/mh-edit.h"
#include "shared/base/mh-text.h"
#include "shared/records/mh-records.h"

#include <string.h>

/* --- looking --- */

static gboolean
matches_word (MhRecord *record, const char *word)
{
  const MhRecordType *type = mh_record_type (record);
  for (guint i = 0; i < type->n_fields; i++)
    {
      if ((type->fields[i].flags & MH_SEARCH) == 0)
        continue;
      g_autofree char *text = mh_record_value_text (record, i);
      g_autofree char *folded = text != NULL ? mh_text_fold (text) : NULL;
      if (folded != NULL && strstr (folded, word) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
matches (MhRecord *record, char **words)
{
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    if (words[i][0] != 0 && !matches_word (record, words[i]))
      return FALSE;
  return TRUE;
}

GPtrArray *
mh_catalogue_service_list (MhCatalogueView *view,
                           const MhRecordType *type,
                           const char *q,
                           const char *column,
                           const char *value,
                           const char *after_id,
                           guint limit)
{
  GPtrArray *all = mh_catalogue_all (view, type);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *folded = q != NULL ? mh_text_fold (q) : NULL;
  g_auto (GStrv) words = folded != NULL ? g_strsplit (folded, " ", -1) : NULL;
  int field = value != NULL ? mh_record_type_find (type, column) : -1;
  gboolean behind = after_id == NULL;
  for (guint i = 0; i < all->len && found->len < limit; i++)
    {
      MhRecord *record = g_ptr_array_index (all, i);
      gboolean wanted = field < 0 || g_strcmp0 (mh_record_text (record, (guint)field), value) == 0;
      if (behind && wanted && matches (record, words))
        g_ptr_array_add (found, g_object_ref (record));
      behind = behind || g_str_equal (mh_record_id (record), after_id);
    }
  return found;
}

/* --- what must hold --- */

static void
check_code (MhCatalogueView *view,
            MhRecord *record,
            guint field,
            const MhRecordType *target,
            MhIssues *issues)
{
  const char *code = mh_record_text (record, field);
  if (code != NULL && mh_catalogue_find (view, target, code) == NULL)
    mh_issues_add (issues, mh_record_type (record)->fields[field].name, "unknown_code",
                   "“%s” is not in the catalogue.", code);
}

static void
check_codes (MhCatalogueView *view,
             MhRecord *record,
             guint field,
             const MhRecordType *target,
             MhIssues *issues)
{
  const char *const *codes = mh_record_list (record, field);
  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    if (mh_catalogue_find (view, target, codes[i]) == NULL)
      mh_issues_add (issues, mh_record_type (record)->fields[field].name, "unknown_code",
                     "“%s” is not in the catalogue.", codes[i]);
}

static gboolean
same_kind_of_range (MhRecord *a, MhRecord *b)
{
  static const guint keys[] = { MH_REFERENCE_RANGE_KIND, MH_REFERENCE_RANGE_SEX,
                                MH_REFERENCE_RANGE_PREGNANCY, MH_REFERENCE_RANGE_METHOD };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_strcmp0 (mh_record_text (a, keys[i]), mh_record_text (b, keys[i])) != 0)
      return FALSE;
  return TRUE;
}

static gint64
end_of (MhRecord *range)
{
  return mh_record_has (range, MH_REFERENCE_RANGE_TO_DAYS)
             ? mh_record_int (range, MH_REFERENCE_RANGE_TO_DAYS)
             : G_MAXINT64;
}

/* Bands are labels on the value's scale, not windows of age; they may share ages. */
static void
check_overlap (MhCatalogueView *view, MhRecord *range, MhIssues *issues)
{
  GPtrArray *others
      = mh_catalogue_ranges (view, mh_record_text (range, MH_REFERENCE_RANGE_ANALYTE));
  if (g_strcmp0 (mh_record_text (range, MH_REFERENCE_RANGE_KIND), MH_RANGE_KIND_BAND) == 0)
    return;
  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      MhRecord *other = g_ptr_array_index (others, i);
      if (g_strcmp0 (mh_record_id (other), mh_record_id (range)) == 0
          || !same_kind_of_range (range, other))
        continue;
      if (mh_record_int (range, MH_REFERENCE_RANGE_FROM_DAYS) < end_of (other)
          && mh_record_int (other, MH_REFERENCE_RANGE_FROM_DAYS) < end_of (range))
        mh_issues_add (issues, "from_days", "overlap",
                       "These ages overlap another range of the same kind; make them meet.");
    }
}

static gboolean
check_links (MhCatalogueView *view, MhRecord *record, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  const MhRecordType *type = mh_record_type (record);
  if (type == &mh_test_type)
    {
      check_code (view, record, MH_TEST_BENCH, &mh_bench_type, issues);
      check_code (view, record, MH_TEST_CONTAINER, &mh_container_type, issues);
      check_codes (view, record, MH_TEST_ANALYTES, &mh_analyte_type, issues);
    }
  else if (type == &mh_panel_type)
    {
      check_codes (view, record, MH_PANEL_TESTS, &mh_test_type, issues);
      check_codes (view, record, MH_PANEL_CALCULATED, &mh_analyte_type, issues);
    }
  else if (type == &mh_analyte_type)
    check_code (view, record, MH_ANALYTE_VALUE_SET, &mh_value_set_type, issues);
  else if (type == &mh_reference_range_type)
    {
      check_code (view, record, MH_REFERENCE_RANGE_ANALYTE, &mh_analyte_type, issues);
      check_overlap (view, record, issues);
    }
  return mh_issues_raise (issues, error);
}

/* --- changing --- */

MhRecord *
mh_catalogue_service_add (MhTx *tx, MhCatalogueView *view, MhRecord *draft, GError **error)
{
  g_autoptr (MhRecord) record = mh_record_copy (draft);
  int verified = mh_record_type_find (mh_record_type (record), "verified");
  if (verified >= 0 && !mh_record_is_set (record, (guint)verified))
    mh_record_set_bool (record, (guint)verified, FALSE);
  if (!check_links (view, record, error)
      || !mh_tx_insert (tx, record, MH_AUDIT_CREATE, NULL, error))
    return NULL;
  return g_steal_pointer (&record);
}

MhRecord *
mh_catalogue_service_change (MhTx *tx,
                             MhCatalogueView *view,
                             const MhActor *actor,
                             const char *id,
                             gint64 if_match,
                             MhRecord *patch,
                             GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  int verified = mh_record_type_find (mh_record_type (patch), "verified");
  if (!mh_edit_begin (mh_tx_db (tx), actor, patch, id, if_match, &before, &after, error))
    return NULL;
  if (verified >= 0 && !mh_record_is_set (patch, (guint)verified))
    mh_record_set_bool (after, (guint)verified, FALSE);
  if (!check_links (view, after, error)
      || !mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error))
    return NULL;
  return g_steal_pointer (&after);
}
