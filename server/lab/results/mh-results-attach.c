/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures and papers that belong to results. */
#include "server/lab/results/mh-results-items.h"
#include "server/lab/results/mh-results-plan.h"
#include "server/lab/results/mh-results-service.h"
#include "server/people/gate/mh-access.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-base64.h"
#include "shared/base/mh-sha256.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-image-size.h"
#include "shared/reports/mh-picture.h"

/* NULL with @error: what arrived is not to be kept. */
static const char *
results_attach_judge (const guint8 *data,
                      gsize size,
                      MhRecord *put,
                      char **out_hash,
                      GError **error)
{
  const char *type = mh_attachment_content_type (data, size);
  g_autofree char *hash = mh_sha256_of (data, size);
  const char *said = mh_record_text (put, MH_ATTACHMENT_PUT_SHA256);

  if (size > MH_ATTACHMENT_MOST_BYTES)
    mh_error_set_field (error, "content", "too_long",
                        "The file has %" G_GSIZE_FORMAT " bytes; at most 2 MiB can be attached.",
                        size);
  else if (type == NULL)
    mh_error_set_field (error, "content", "format",
                        "Only PNG, JPEG, WebP and TIFF pictures and PDF papers can be attached.");
  else if (!mh_image_may_be_opened (data, size, MH_IMAGE_MOST_PIXELS))
    mh_error_set_field (error, "content", "too_many_points",
                        "This picture has more than 64 million points; save it smaller.");
  else if (said != NULL && *said != 0 && g_ascii_strcasecmp (said, hash) != 0)
    mh_error_set_field (error, "sha256", "mismatch", "The file was damaged on its way.");
  else
    {
      *out_hash = g_steal_pointer (&hash);
      return type;
    }

  return NULL;
}

/* What cannot be printed is told while the file is still at hand, not when the report is missing
 * it. Papers are put behind the report as they are. */
static gboolean
check_printable (const guint8 *data, gsize size, const char *type, MhRecord *put, GError **error)
{
  g_autoptr (GBytes) file = g_bytes_new_static (data, size);
  if (!mh_record_bool (put, MH_ATTACHMENT_PUT_ON_REPORT) || g_strcmp0 (type, MH_CONTENT_PDF) == 0
      || mh_picture_is_printable (file, type))
    return TRUE;
  mh_error_set_field (error, "content", "not_printable",
                      "This picture cannot be printed; save it as PNG or JPEG, or attach it "
                      "without printing it on the report.");
  return FALSE;
}

static gboolean
set_place (MhRecord *attachment, MhResultsPlan *plan, MhRecord *put, GError **error)
{
  gboolean several;
  if (!mh_record_has (put, MH_ATTACHMENT_PUT_ANALYTE))
    return TRUE;

  MhResultsRow *row
      = mh_results_plan_find (plan, mh_record_text (put, MH_ATTACHMENT_PUT_ANALYTE), &several);
  if (row == NULL || several)
    {
      mh_error_set_field (error, "analyte", several ? "ambiguous" : "unknown_code",
                          "Name one analyte of this order, as TEST:ANALYTE if need be.");
      return FALSE;
    }

  mh_record_set_text (attachment, MH_ATTACHMENT_TEST, mh_results_row_test (row));
  mh_record_set_text (attachment, MH_ATTACHMENT_ANALYTE,
                      mh_record_text (row->analyte, MH_ANALYTE_CODE));
  return TRUE;
}

static MhRecord *
attachment_new (MhResultsPlan *plan, const MhActor *actor, MhRecord *put)
{
  MhRecord *attachment = mh_record_new (&mh_attachment_type);
  mh_record_set_text (attachment, MH_ID, mh_record_text (put, MH_ATTACHMENT_PUT_ID));
  mh_record_set_text (attachment, MH_ATTACHMENT_HOSPITAL_ID,
                      mh_record_text (plan->order, MH_ORDER_HOSPITAL_ID));
  mh_record_set_text (attachment, MH_ATTACHMENT_ORDER_ID, mh_record_id (plan->order));
  mh_record_set_text (attachment, MH_ATTACHMENT_PATIENT_ID, mh_record_id (plan->patient));
  mh_record_set_text (attachment, MH_ATTACHMENT_TITLE,
                      mh_record_text (put, MH_ATTACHMENT_PUT_TITLE));
  mh_record_set_bool (attachment, MH_ATTACHMENT_ON_REPORT,
                      mh_record_bool (put, MH_ATTACHMENT_PUT_ON_REPORT));
  mh_record_set_text (attachment, MH_ATTACHMENT_BY_ID, mh_actor_user_id (actor));
  mh_record_set_text (attachment, MH_ATTACHMENT_BY_NAME, mh_actor_name (actor));
  return attachment;
}

static gboolean
keep_content (MhTx *tx, const char *id, const char *content, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *data = mh_record_new (&mh_attachment_data_type);
  mh_record_set_text (data, MH_ID, id);
  mh_record_set_text (data, MH_ATTACHMENT_DATA_CONTENT, content);
  g_ptr_array_add (parts, data);
  return mh_tx_insert_parts (tx, parts, error);
}

MhRecord *
mh_results_service_attach (const MhRequest *req,
                           const char *order_id,
                           MhRecord *put,
                           GError **error)
{
  gsize size;
  g_autofree char *hash = NULL;
  const char *content = mh_record_text (put, MH_ATTACHMENT_PUT_CONTENT);
  g_autoptr (MhResultsPlan) plan = mh_results_plan_load (req, order_id, mh_tx_now (req->tx), error);

  if (plan == NULL || !mh_results_order_is_open (plan->order, error))
    return NULL;

  g_autoptr (GBytes) file = mh_base64_decode (content, "content", error);
  const guint8 *data = file != NULL ? g_bytes_get_data (file, &size) : NULL;
  const char *type = data != NULL ? results_attach_judge (data, size, put, &hash, error) : NULL;
  if (type == NULL || !check_printable (data, size, type, put, error))
    return NULL;

  g_autoptr (MhRecord) attachment = attachment_new (plan, req->actor, put);
  mh_record_set_text (attachment, MH_ATTACHMENT_CONTENT_TYPE, type);
  mh_record_set_int (attachment, MH_ATTACHMENT_BYTES, (gint64)size);
  mh_record_set_text (attachment, MH_ATTACHMENT_SHA256, hash);
  if (!set_place (attachment, plan, put, error)
      || !mh_tx_insert (req->tx, attachment, MH_AUDIT_CREATE, NULL, error)
      || !keep_content (req->tx, mh_record_id (attachment), content, error))
    return NULL;

  g_ptr_array_add (plan->attachments, g_steal_pointer (&attachment));
  return mh_results_plan_sheet (plan, req->actor, /* test */ NULL);
}

MhRecord *
mh_results_service_detach (const MhRequest *req, const char *attachment_id, GError **error)
{
  g_autoptr (MhRecord) attachment = mh_edit_get (req, &mh_attachment_type, attachment_id, error);
  if (attachment == NULL)
    return NULL;
  g_autofree char *order_id = g_strdup (mh_record_text (attachment, MH_ATTACHMENT_ORDER_ID));
  g_autoptr (MhRecord) order = mh_edit_get (req, &mh_order_type, order_id, error);
  if (order == NULL || !mh_results_order_is_open (order, error)
      || !mh_tx_delete (req->tx, attachment, NULL, error))
    return NULL;
  return mh_results_service_sheet (req, order_id, mh_tx_now (req->tx), error);
}

GBytes *
mh_results_service_attachment (const MhRequest *req,
                               const char *attachment_id,
                               MhRecord **out_attachment,
                               GError **error)
{
  gsize size;
  g_autoptr (MhRecord) attachment = mh_edit_get (req, &mh_attachment_type, attachment_id, error);
  g_autoptr (MhRecord) data
      = attachment != NULL
                && mh_access_check_order_id (
                    req, mh_record_text (attachment, MH_ATTACHMENT_ORDER_ID), error)
            ? mh_store_get (req->db, &mh_attachment_data_type, attachment_id, error)
            : NULL;

  if (data == NULL)
    return NULL;

  guint8 *bytes = g_base64_decode (mh_record_text (data, MH_ATTACHMENT_DATA_CONTENT), &size);
  g_autoptr (GBytes) content = g_bytes_new_take (bytes, size);
  g_autofree char *hash = mh_sha256_of_bytes (content);

  if (g_strcmp0 (hash, mh_record_text (attachment, MH_ATTACHMENT_SHA256)) != 0)
    {
      mh_error_set (error, MH_ERROR_STORE, "The file is not what was attached.");
      return NULL;
    }

  *out_attachment = g_steal_pointer (&attachment);
  return g_steal_pointer (&content);
}

GPtrArray *
mh_results_service_attachments (MhDb *db, const char *order_id, GError **error)
{
  g_autoptr (GPtrArray) all = mh_store_all (db, &mh_attachment_type, "order_id", order_id, error);
  for (guint i = all != NULL ? all->len : 0; i > 0; i--)
    if (mh_record_has (g_ptr_array_index (all, i - 1), MH_DELETED_AT))
      g_ptr_array_remove_index (all, i - 1);
  return g_steal_pointer (&all);
}
