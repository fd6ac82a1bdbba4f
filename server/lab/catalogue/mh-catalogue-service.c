/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-catalogue-service.h"

#include "server/lab/catalogue/mh-catalogue-check.h"
#include "server/lab/catalogue/mh-catalogue-history.h"
#include "server/lab/catalogue/mh-catalogue-sign.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-text.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/lab/mh-range-cover.h"

#include <string.h>

/* --- looking --- */

static gboolean
matches_word (MhRecord *record, const char *word)
{
  const MhRecordType *type = mh_record_type (record);
  for (guint i = 0; i < type->n_fields; i++)
    {
      if ((type->fields[i].flags & MH_SEARCH) == 0 && !g_str_equal (type->fields[i].name, "code"))
        continue;
      g_autofree char *text = mh_record_value_text (record, i);
      g_autofree char *folded = text != NULL ? mh_text_fold (text) : NULL;
      if (folded != NULL && strstr (folded, word) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
catalogue_service_matches (MhRecord *record, char **words)
{
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    if (words[i][0] != 0 && !matches_word (record, words[i]))
      return FALSE;
  return TRUE;
}

GPtrArray *
mh_catalogue_service_list (MhCatalogueView *view,
                           const MhRecordType *type,
                           const MhCatalogueQuery *query)
{
  GPtrArray *all = mh_catalogue_all (view, type);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *folded = query->q != NULL ? mh_text_fold (query->q) : NULL;
  g_auto (GStrv) words = folded != NULL ? g_strsplit (folded, " ", -1) : NULL;
  int field = query->analyte != NULL ? mh_record_type_find (type, "analyte") : -1;
  gboolean behind = query->after_id == NULL;

  for (guint i = 0; i < all->len && found->len < query->limit; i++)
    {
      MhRecord *record = g_ptr_array_index (all, i);
      gboolean wanted
          = field < 0 || g_strcmp0 (mh_record_text (record, (guint)field), query->analyte) == 0;
      if (behind && wanted && catalogue_service_matches (record, words))
        g_ptr_array_add (found, g_object_ref (record));
      behind = behind || g_str_equal (mh_record_id (record), query->after_id);
    }

  return found;
}

/* --- changing --- */

/* The words of a window count; the days are worked out from them for those who want a number. */
void
mh_catalogue_service_complete (MhRecord *record)
{
  static const struct
  {
    guint word, days;
  } ends[] = { { MH_REFERENCE_RANGE_FROM_AGE, MH_REFERENCE_RANGE_FROM_DAYS },
               { MH_REFERENCE_RANGE_TO_AGE, MH_REFERENCE_RANGE_TO_DAYS } };

  if (mh_record_type (record) != &mh_reference_range_type)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      gint64 days;
      if (mh_record_has (record, ends[i].word)
          && mh_age_word_days (mh_record_text (record, ends[i].word), &days))
        mh_record_set_int (record, ends[i].days, days);
      else
        mh_record_set_null (record, ends[i].days);
    }
}

static gboolean
catalogue_service_check (MhCatalogueView *view, MhRecord *record, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  mh_catalogue_check_links (view, record, issues);
  return mh_issues_raise (issues, error);
}

MhRecord *
mh_catalogue_service_add (const MhRequest *req,
                          MhCatalogueView *view,
                          MhRecord *draft,
                          GError **error)
{
  g_autoptr (MhRecord) record = mh_record_copy (draft);
  mh_catalogue_service_complete (record);
  if (!mh_catalogue_sign_new (record, req->actor, mh_tx_now (req->tx), error)
      || !catalogue_service_check (view, record, error)
      || !mh_tx_insert (req->tx, record, MH_AUDIT_CREATE, NULL, error)
      || !mh_catalogue_history_write (req->tx, NULL, record,
                                      (MhCatalogueStep){ MH_REVISION_CREATED, NULL, NULL }, error))
    return NULL;
  return g_steal_pointer (&record);
}

MhRecord *
mh_catalogue_service_change (const MhRequest *req,
                             MhCatalogueView *view,
                             MhPatch patch,
                             GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  const char *action = MH_REVISION_CHANGED;
  if (!mh_edit_begin (req, patch, &before, &after, error))
    return NULL;

  mh_catalogue_service_complete (after);
  if (!mh_catalogue_sign_changed (before, after, req->actor, mh_tx_now (req->tx), &action, error)
      || !catalogue_service_check (view, after, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !mh_catalogue_history_write (req->tx, before, after,
                                      (MhCatalogueStep){ action, NULL, NULL }, error))
    return NULL;

  return g_steal_pointer (&after);
}

gboolean
mh_catalogue_service_remove (const MhRequest *req,
                             const MhRecordType *type,
                             const char *id,
                             gint64 if_match,
                             GError **error)
{
  g_autoptr (MhRecord) record = mh_edit_get (req, type, id, error);
  if (record == NULL)
    return FALSE;

  if (if_match >= 0 && if_match != mh_record_version (record))
    {
      g_autofree char *json = mh_record_to_json (record, 0);
      mh_error_set_stale (error, json);
      return FALSE;
    }

  if (!mh_tx_delete (req->tx, record, NULL, error))
    return FALSE;

  g_autoptr (MhRecord) after = mh_record_copy (record);
  mh_record_set_int (after, MH_VERSION, mh_record_version (record) + 1);
  mh_record_set_int (after, MH_DELETED_AT, mh_tx_now (req->tx));
  return mh_catalogue_history_write (req->tx, record, after,
                                     (MhCatalogueStep){ MH_REVISION_DELETED, NULL, NULL }, error);
}
