/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Problems, doses of vaccine and lines of history: the same steps for each, by its description. */
#include "server/clinic/chart/mh-chart-service.h"
#include "server/platform/actor/mh-request.h"

#include "server/clinic/chart/mh-icd.h"
#include "server/people/patients/mh-patients-service.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/clinic/mh-chart.h"
#include "shared/records/clinic/mh-problem-item.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

static guint
chart_items_field (const MhRecordType *type, const char *name)
{
  int index = mh_record_type_find (type, name);
  g_assert (index >= 0);
  return (guint)index;
}

/* --- reading --- */

GPtrArray *
mh_chart_items_list (const MhRequest *req,
                     const MhRecordType *type,
                     const char *patient_id,
                     GError **error)
{
  if (patient_id == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhRecord) patient = mh_chart_open (req, patient_id, error);
  return patient != NULL ? mh_chart_store_items (req->db, type, patient_id, error) : NULL;
}

MhRecord *
mh_chart_items_read (const MhRequest *req, const MhRecordType *type, const char *id, GError **error)
{
  g_autoptr (MhRecord) item = mh_edit_get (req, type, id, error);
  if (item == NULL)
    return NULL;
  g_autoptr (MhRecord) patient
      = mh_chart_open (req, mh_record_text (item, chart_items_field (type, "patient_id")), error);
  return patient != NULL ? g_steal_pointer (&item) : NULL;
}

GPtrArray *
mh_chart_items_revisions (const MhRequest *req, const char *id, GError **error)
{
  static const MhRecordType *const types[]
      = { &mh_problem_item_type, &mh_immunisation_type, &mh_history_item_type };
  g_autoptr (GPtrArray) revisions = mh_chart_store_revisions (req->db, id, error);
  if (revisions == NULL)
    return NULL;

  const char *code = revisions->len > 0 ? mh_record_text (g_ptr_array_index (revisions, 0),
                                                          MH_CHART_REVISION_OBJECT_TYPE)
                                        : NULL;

  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i]->code, code))
      {
        g_autoptr (MhRecord) item = mh_chart_items_read (req, types[i], id, error);
        return item != NULL ? g_steal_pointer (&revisions) : NULL;
      }

  mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such entry.");
  return NULL;
}

/* --- writing --- */

/* The code as the table writes it, with its meaning; what is not in the table is refused. */
static gboolean
set_code (MhServer *server, MhRecord *problem, GError **error)
{
  const char *code = mh_record_text (problem, MH_PROBLEM_ITEM_CODE);
  if (code == NULL)
    {
      mh_record_set_null (problem, MH_PROBLEM_ITEM_CODE_TITLE);
      return TRUE;
    }

  const MhIcd10 *icd
      = mh_icd (mh_server_config_text (mh_server_config (server), "server.data_dir"), error);
  if (icd == NULL)
    return FALSE;

  MhIcd10Row row;
  if (!mh_icd10_find (icd, code, &row))
    {
      mh_error_set_field (error, "code", "unknown_code", "There is no such code in ICD-10.");
      return FALSE;
    }

  mh_record_set_text (problem, MH_PROBLEM_ITEM_CODE, row.code);
  mh_record_set_text (problem, MH_PROBLEM_ITEM_CODE_TITLE, row.title);
  return TRUE;
}

/* One code stands once among what is active. */
static gboolean
check_double (MhDb *db, MhRecord *problem, GError **error)
{
  const char *code = mh_record_text (problem, MH_PROBLEM_ITEM_CODE);
  if (code == NULL || !mh_problem_item_is_current (problem))
    return TRUE;

  g_autoptr (GPtrArray) others = mh_chart_store_items (
      db, &mh_problem_item_type, mh_record_text (problem, MH_PROBLEM_ITEM_PATIENT_ID), error);
  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      MhRecord *other = g_ptr_array_index (others, i);
      if (g_strcmp0 (mh_record_id (other), mh_record_id (problem)) == 0
          || !mh_problem_item_is_current (other)
          || g_strcmp0 (mh_record_text (other, MH_PROBLEM_ITEM_CODE), code) != 0)
        continue;
      mh_error_set_field (error, "code", "duplicate", "This problem is on the list already.");
      return FALSE;
    }

  return others != NULL;
}

static gboolean
chart_items_complete (MhTx *tx, MhServer *server, MhRecord *item, GError **error)
{
  if (mh_record_type (item) != &mh_problem_item_type)
    return TRUE;
  if (!mh_record_has (item, MH_PROBLEM_ITEM_RANK))
    {
      gint64 rank = mh_chart_store_next_rank (
          mh_tx_db (tx), mh_record_text (item, MH_PROBLEM_ITEM_PATIENT_ID), error);
      if (rank <= 0)
        return FALSE;
      mh_record_set_int (item, MH_PROBLEM_ITEM_RANK, MIN (rank, 99));
    }
  return set_code (server, item, error) && check_double (mh_tx_db (tx), item, error);
}

void
mh_chart_items_fill_revision (MhRecord *revision, MhRecord *item)
{
  mh_record_set_text (
      revision, MH_CHART_REVISION_HOSPITAL_ID,
      mh_record_text (item, chart_items_field (mh_record_type (item), "hospital_id")));
  mh_record_set_text (revision, MH_CHART_REVISION_OBJECT_TYPE, mh_record_type (item)->code);
  mh_record_set_text (revision, MH_CHART_REVISION_OBJECT_ID, mh_record_id (item));
  mh_record_set_int (revision, MH_CHART_REVISION_OBJECT_VERSION, mh_record_version (item));
  mh_record_take_text (revision, MH_CHART_REVISION_CONTENT,
                       mh_record_to_json (item, MH_JSON_SKIP_UNSET | MH_JSON_STORED_ONLY));
}

/* As the change left it, by whom. */
static gboolean
keep_revision (MhTx *tx, MhRecord *item, GError **error)
{
  const MhWho *who = mh_tx_who (tx);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *revision = mh_record_new (&mh_chart_revision_type);
  g_ptr_array_add (rows, revision);
  mh_record_take_text (revision, MH_ID, mh_id_new ());
  mh_chart_items_fill_revision (revision, item);
  mh_record_set_int (revision, MH_CHART_REVISION_AT, mh_tx_now (tx));
  mh_record_set_text (revision, MH_CHART_REVISION_BY_ID, who->user_id);
  mh_record_set_text (revision, MH_CHART_REVISION_BY_NAME, who->user_name);
  return mh_tx_insert_parts (tx, rows, error);
}

MhRecord *
mh_chart_items_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  const MhRecordType *type = mh_record_type (draft);
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  if (hospital_id == NULL || !mh_actor_require (req->actor, MH_MAY_WRITE_CHART, error))
    return NULL;

  const char *patient_id = mh_record_text (draft, chart_items_field (type, "patient_id"));
  g_autoptr (MhRecord) named = mh_patients_service_named (req, patient_id, error);
  g_autoptr (MhRecord) patient
      = named != NULL ? mh_chart_open (req, mh_record_id (named), error) : NULL;

  if (patient == NULL || !mh_edit_check_named (req, draft, error)
      || !mh_edit_check_patient (req, draft, mh_record_id (patient), error))
    return NULL;

  g_autoptr (MhRecord) item = mh_record_copy (draft);
  mh_record_set_text (item, chart_items_field (type, "hospital_id"), hospital_id);
  mh_record_set_text (item, chart_items_field (type, "patient_id"), mh_record_id (patient));
  mh_record_set_text (item, chart_items_field (type, "recorded_name"), mh_actor_name (req->actor));
  if (!mh_record_has (item, MH_ID))
    mh_record_take_text (item, MH_ID, mh_id_new ());
  if (!chart_items_complete (req->tx, req->server, item, error)
      || !mh_tx_insert (req->tx, item, MH_AUDIT_CREATE, NULL, error)
      || !keep_revision (req->tx, item, error))
    return NULL;

  return g_steal_pointer (&item);
}

MhRecord *
mh_chart_items_update (const MhRequest *req, MhPatch patch, GError **error)
{
  const MhRecordType *type = mh_record_type (patch.body);
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_actor_require (req->actor, MH_MAY_WRITE_CHART, error)
      || !mh_edit_begin (req, patch, &before, &after, error))
    return NULL;

  g_autoptr (MhRecord) patient
      = mh_chart_open (req, mh_record_text (before, chart_items_field (type, "patient_id")), error);
  if (patient == NULL)
    return NULL;

  mh_record_set_text (after, chart_items_field (type, "changed_name"), mh_actor_name (req->actor));
  if (!chart_items_complete (req->tx, req->server, after, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !keep_revision (req->tx, after, error))
    return NULL;

  return g_steal_pointer (&after);
}
