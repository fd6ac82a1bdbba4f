/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Materials, lots and targets; what the values come to; what is thought of single ones. */
#include "server/lab/equipment/mh-equipment-service.h"
#include "server/lab/qc/mh-qc-private.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/lab/mh-qc-figures.h"

#define MOST_POINTS 20000

/* --- materials, lots, targets --- */

static gboolean
fill_lot (const MhRequest *req, MhRecord *lot, GError **error)
{
  g_autoptr (MhRecord) material = mh_store_find (req->db, &mh_qc_material_type, "id",
                                                 mh_record_text (lot, MH_QC_LOT_MATERIAL_ID), NULL);
  if (material == NULL
      || !mh_actor_sees (req->actor, mh_record_text (material, MH_QC_MATERIAL_HOSPITAL_ID), NULL))
    {
      mh_error_set_field (error, "material_id", "unknown_code",
                          "This control material is not there any more; choose one of the list.");
      return FALSE;
    }
  mh_record_set_text (lot, MH_QC_LOT_MATERIAL_NAME, mh_record_text (material, MH_QC_MATERIAL_NAME));
  return TRUE;
}

static void
use_makers (MhRecord *target)
{
  mh_record_set_text (target, MH_QC_TARGET_MEAN, mh_record_text (target, MH_QC_TARGET_MAKER_MEAN));
  mh_record_set_text (target, MH_QC_TARGET_SD, mh_record_text (target, MH_QC_TARGET_MAKER_SD));
  mh_record_set_text (target, MH_QC_TARGET_BASIS, MH_QC_PROVISIONAL);
}

static gboolean
fill_target (const MhRequest *req, MhRecord *target, GError **error)
{
  MhDb *db = req->db;
  const char *hospital_id = mh_record_text (target, MH_QC_TARGET_HOSPITAL_ID);
  const MhQcSubject subject = { hospital_id, mh_record_text (target, MH_QC_TARGET_EQUIPMENT),
                                mh_record_text (target, MH_QC_TARGET_ANALYTE) };
  const char *lot_id = mh_record_text (target, MH_QC_TARGET_LOT_ID);
  g_autoptr (MhRecord) lot = mh_store_find (db, &mh_qc_lot_type, "id", lot_id, NULL);
  g_autoptr (MhRecord) equipment
      = mh_equipment_service_find (db, hospital_id, subject.equipment, NULL);
  g_autoptr (MhRecord) same = mh_qc_store_same_target (db, &subject, lot_id, NULL);

  if (lot == NULL || !mh_actor_sees (req->actor, mh_record_text (lot, MH_QC_LOT_HOSPITAL_ID), NULL))
    mh_error_set_field (error, "lot_id", "unknown_code",
                        "This lot is not there any more; choose one of the list.");
  else if (equipment == NULL)
    mh_error_set_field (error, "equipment", "unknown_code",
                        "This analyser is not there any more; choose one of the list.");
  else if (same != NULL)
    mh_error_set_field (
        error, "lot_id", "taken",
        "This lot has a target for this analyte on this analyser already; change that "
        "one.");
  else
    {
      mh_record_set_text (target, MH_QC_TARGET_MATERIAL,
                          mh_record_text (lot, MH_QC_LOT_MATERIAL_NAME));
      mh_record_set_text (target, MH_QC_TARGET_LOT, mh_record_text (lot, MH_QC_LOT_LOT));
      mh_record_set_int (target, MH_QC_TARGET_LEVEL, mh_record_int (lot, MH_QC_LOT_LEVEL));
      use_makers (target);
      return TRUE;
    }

  return FALSE;
}

static gboolean
qc_setup_fill (const MhRequest *req, MhRecord *record, GError **error)
{
  const MhRecordType *type = mh_record_type (record);
  if (type == &mh_qc_lot_type)
    return fill_lot (req, record, error);
  return type != &mh_qc_target_type || fill_target (req, record, error);
}

MhRecord *
mh_qc_service_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  const MhRecordType *type = mh_record_type (draft);
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  guint hospital = type->hospital;
  guint active = type->active;

  if (hospital_id == NULL || !mh_actor_require (req->actor, MH_MAY_WRITE_QC, error))
    return NULL;

  g_autoptr (MhRecord) record = mh_record_copy (draft);
  mh_record_set_text (record, hospital, hospital_id);
  if (!mh_record_is_set (record, active))
    mh_record_set_bool (record, active, TRUE);
  return qc_setup_fill (req, record, error)
                 && mh_tx_insert (req->tx, record, MH_AUDIT_CREATE, NULL, error)
             ? g_steal_pointer (&record)
             : NULL;
}

MhRecord *
mh_qc_service_update (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_actor_require (req->actor, MH_MAY_WRITE_QC, error)
      || !mh_edit_begin (req, patch, &before, &after, error))
    return NULL;
  /* The maker's figures were corrected: they count as long as nobody took the laboratory's own. */
  if (mh_record_type (after) == &mh_qc_target_type
      && g_strcmp0 (mh_record_text (after, MH_QC_TARGET_BASIS), MH_QC_ESTABLISHED) != 0)
    use_makers (after);
  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
             ? g_steal_pointer (&after)
             : NULL;
}

/* --- statistics --- */

typedef struct
{
  GArray *values; /* of MhDecimal */
  guint rejected, excluded;
  int decimals;
} Counted;

typedef struct
{
  gint64 from, to; /* [from, to); 0: without end */
} Span;

static void
qc_setup_count (Counted *counted, GPtrArray *points)
{
  for (guint i = 0; i < points->len; i++)
    {
      MhDecimal value;
      MhRecord *point = g_ptr_array_index (points, i);
      if (mh_record_bool (point, MH_QC_POINT_EXCLUDED))
        counted->excluded++;
      else if (g_strcmp0 (mh_record_text (point, MH_QC_POINT_STATE), MH_QC_REJECTED) == 0)
        counted->rejected++;
      else if (mh_decimal_parse (mh_record_text (point, MH_QC_POINT_VALUE), &value))
        {
          counted->decimals = MAX (counted->decimals, value.scale);
          g_array_append_val (counted->values, value);
        }
    }
}

static gboolean
qc_setup_figures (MhDb *db,
                  MhRecord *target,
                  Span span,
                  Counted *counted,
                  MhQcFigures *out,
                  GError **error)
{
  const MhQcPointsQuery query = { .subject = { mh_record_text (target, MH_QC_TARGET_HOSPITAL_ID),
                                               mh_record_text (target, MH_QC_TARGET_EQUIPMENT),
                                               mh_record_text (target, MH_QC_TARGET_ANALYTE) },
                                  .target_id = mh_record_id (target),
                                  .since = span.from - 1,
                                  .until = span.to > 0 ? span.to - 1 : G_MAXINT64,
                                  .limit = MOST_POINTS };
  g_autoptr (GPtrArray) points = mh_qc_store_points (db, &query, error);

  if (points == NULL)
    return FALSE;

  qc_setup_count (counted, points);
  if (mh_qc_figures_of ((const MhDecimal *)(gpointer)counted->values->data, counted->values->len,
                        counted->decimals, out))
    return TRUE;

  mh_error_set (error, MH_ERROR_CONFLICT, "These values are too long to be added up.");
  return FALSE;
}

MhRecord *
mh_qc_service_statistics (const MhRequest *req,
                          const char *target_id,
                          gint64 from,
                          gint64 to,
                          GError **error)
{
  g_auto (MhQcFigures) figures = { 0 };
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (MhDecimal));
  Counted counted = { .values = values };
  g_autoptr (MhRecord) target = mh_edit_get (req, &mh_qc_target_type, target_id, error);

  if (target == NULL
      || !qc_setup_figures (req->db, target, (Span){ from, to }, &counted, &figures, error))
    return NULL;

  g_autoptr (MhRecord) statistics = mh_record_new (&mh_qc_statistics_type);
  g_autofree char *bias = mh_qc_bias (figures.mean, mh_record_text (target, MH_QC_TARGET_MEAN));
  mh_record_set_text (statistics, MH_QC_STATISTICS_TARGET_ID, target_id);
  mh_record_set_int (statistics, MH_QC_STATISTICS_N, figures.n);
  mh_record_set_int (statistics, MH_QC_STATISTICS_N_REJECTED, counted.rejected);
  mh_record_set_int (statistics, MH_QC_STATISTICS_N_EXCLUDED, counted.excluded);
  mh_record_set_text (statistics, MH_QC_STATISTICS_MEAN, figures.mean);
  mh_record_set_text (statistics, MH_QC_STATISTICS_SD, figures.sd);
  mh_record_set_text (statistics, MH_QC_STATISTICS_CV, figures.cv);
  mh_record_set_text (statistics, MH_QC_STATISTICS_BIAS, bias);
  mh_record_take_text (statistics, MH_QC_STATISTICS_TOTAL_ERROR,
                       mh_qc_total_error (bias, figures.cv));
  mh_record_take_text (
      statistics, MH_QC_STATISTICS_SIGMA,
      mh_qc_sigma (mh_record_text (target, MH_QC_TARGET_GOAL_ERROR), bias, figures.cv));
  mh_record_set_bool (statistics, MH_QC_STATISTICS_MAY_ADOPT, figures.n >= MH_QC_ESTABLISH_AFTER);

  return g_steal_pointer (&statistics);
}

static gboolean
may_adopt (const MhQcFigures *figures, GError **error)
{
  MhDecimal sd;
  if (figures->n < MH_QC_ESTABLISH_AFTER)
    mh_error_set (error, MH_ERROR_CONFLICT, "A mean needs %d accepted values; there are %u.",
                  MH_QC_ESTABLISH_AFTER, figures->n);
  else if (!mh_decimal_parse (figures->sd, &sd) || sd.mantissa <= 0)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "All values are the same: no standard deviation can be taken from them.");
  else
    return TRUE;
  return FALSE;
}

MhRecord *
mh_qc_service_adopt (const MhRequest *req, const char *target_id, GError **error)
{
  g_auto (MhQcFigures) figures = { 0 };
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (MhDecimal));
  Counted counted = { .values = values };
  MhDb *db = req->db;
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_qc_target_type, target_id, error);

  if (before == NULL || !mh_actor_require (req->actor, MH_MAY_WRITE_QC, error)
      || !qc_setup_figures (db, before, (Span){ 0, 0 }, &counted, &figures, error)
      || !may_adopt (&figures, error))
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_QC_TARGET_MEAN, figures.mean);
  mh_record_set_text (after, MH_QC_TARGET_SD, figures.sd);
  mh_record_set_text (after, MH_QC_TARGET_BASIS, MH_QC_ESTABLISHED);
  mh_record_set_int (after, MH_QC_TARGET_ADOPTED_N, figures.n);
  mh_record_set_text (after, MH_QC_TARGET_ADOPTED_NAME, mh_tx_who (req->tx)->user_name);
  mh_record_set_int (after, MH_QC_TARGET_ADOPTED_AT, mh_tx_now (req->tx));

  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
             ? g_steal_pointer (&after)
             : NULL;
}

/* --- points --- */

GPtrArray *
mh_qc_service_points (const MhRequest *req, MhQcPointsQuery *query, GError **error)
{
  query->subject.hospital_id = mh_actor_hospital_id (req->actor);
  return mh_qc_store_points (req->db, query, error);
}

static MhRecord *
point_as_seen (MhDb *db, const char *hospital_id, MhRecord *point, GError **error)
{
  const MhQcPointsQuery query = { .subject = { hospital_id, NULL, NULL },
                                  .target_id = mh_record_text (point, MH_QC_POINT_TARGET_ID),
                                  .since = mh_record_int (point, MH_QC_POINT_AT) - 1,
                                  .until = mh_record_int (point, MH_QC_POINT_AT),
                                  .limit = 50 };
  g_autoptr (GPtrArray) found = mh_qc_store_points (db, &query, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (found, i)), mh_record_id (point)) == 0)
      return g_object_ref (g_ptr_array_index (found, i));
  return NULL;
}

MhRecord *
mh_qc_service_remark (const MhRequest *req, const char *point_id, MhRecord *sent, GError **error)
{
  MhDb *db = req->db;
  gboolean comment = g_strcmp0 (mh_record_text (sent, MH_QC_REMARK_KIND), MH_QC_COMMENT) == 0;
  g_autoptr (MhRecord) point = mh_edit_get (req, &mh_qc_point_type, point_id, error);
  if (point == NULL
      || !mh_actor_require (req->actor, comment ? MH_MAY_ENTER_QC : MH_MAY_WRITE_QC, error))
    return NULL;

  const char *hospital_id = mh_record_text (point, MH_QC_POINT_HOSPITAL_ID);
  g_autoptr (MhRecord) remark = mh_record_copy (sent);
  mh_record_set_text (remark, MH_QC_REMARK_HOSPITAL_ID, hospital_id);
  mh_record_set_text (remark, MH_QC_REMARK_POINT_ID, point_id);
  mh_record_set_int (remark, MH_QC_REMARK_AT, mh_tx_now (req->tx));
  mh_record_set_text (remark, MH_QC_REMARK_BY_ID, mh_tx_who (req->tx)->user_id);
  mh_record_set_text (remark, MH_QC_REMARK_BY_NAME, mh_tx_who (req->tx)->user_name);

  return mh_tx_insert (req->tx, remark, MH_AUDIT_CREATE, NULL, error)
             ? point_as_seen (db, hospital_id, point, error)
             : NULL;
}
