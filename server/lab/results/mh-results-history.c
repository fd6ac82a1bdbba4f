/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-history.h"

#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-result-version.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/platform/mh-audit.h"

/* Fields of one name and kind in both are the same thing. */
static void
copy_alike (MhRecord *to, MhRecord *from)
{
  const MhRecordType *type = mh_record_type (to);
  for (guint i = MH_N_COMMON; i < type->n_fields; i++)
    {
      int same = mh_record_type_find (&mh_result_type, type->fields[i].name);
      if (same < 0 || !mh_record_has (from, (guint)same)
          || mh_result_type.fields[same].kind != type->fields[i].kind)
        continue;
      if (mh_field_is_int (&type->fields[i]))
        mh_record_set_int (to, i, mh_record_int (from, (guint)same));
      else
        mh_record_set_text (to, i, mh_record_text (from, (guint)same));
    }
}

gboolean
mh_results_history_keep (MhTx *tx, MhRecord *result, const MhResultsEnd *end, GError **error)
{
  const MhWho *who = mh_tx_who (tx);
  g_autoptr (MhRecord) version = mh_record_new (&mh_result_version_type);
  copy_alike (version, result);
  mh_record_set_text (version, MH_RESULT_VERSION_RESULT_ID, mh_record_id (result));
  mh_record_set_int (version, MH_RESULT_VERSION_RESULT_VERSION, mh_record_version (result));
  mh_record_take_text (version, MH_RESULT_VERSION_CONTENT,
                       mh_record_to_json (result, MH_JSON_SKIP_UNSET));
  mh_record_set_text (version, MH_RESULT_VERSION_ENDED_BY, end->ended_by);
  mh_record_set_text (version, MH_RESULT_VERSION_REASON, end->reason);
  mh_record_set_text (version, MH_RESULT_VERSION_NOTE, end->note);
  mh_record_set_text (version, MH_RESULT_VERSION_BY_ID, who->user_id);
  mh_record_set_text (version, MH_RESULT_VERSION_BY_NAME, who->user_name);
  mh_record_set_int (version, MH_RESULT_VERSION_AT, mh_tx_now (tx));
  return mh_tx_insert (tx, version, MH_AUDIT_CREATE, end->reason, error);
}

GPtrArray *
mh_results_history_of_order (MhDb *db, const char *order_id, GError **error)
{
  return mh_store_all (db, &mh_result_version_type, "order_id", order_id, error);
}

MhRecord *
mh_results_history_result (MhRecord *version, GError **error)
{
  return mh_record_from_text (&mh_result_type, mh_record_text (version, MH_RESULT_VERSION_CONTENT),
                              -1, MH_JSON_TRUSTED, error);
}
