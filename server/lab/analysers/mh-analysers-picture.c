/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/analysers/mh-analysers-picture.h"

#include "server/lab/analysers/mh-analysers-outcome.h"
#include "server/lab/analysers/mh-analysers-take.h"
#include "server/lab/results/mh-results-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-sha256.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-analyser.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/reports/mh-picture.h"

#include <string.h>

#define TITLE_MOST 120

static void
make_ready (MhDeviceValue *value)
{
  g_autoptr (GError) problem = NULL;
  GBytes *file = value->file != NULL ? mh_picture_without_bmp (value->file, &problem) : NULL;
  if (problem != NULL)
    value->problem = g_strdup (problem->message);
  g_clear_pointer (&value->file, g_bytes_unref);
  value->file = file;
  if (file == NULL)
    return;

  gsize size;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  const char *type = mh_attachment_content_type (bytes, size);
  g_autofree char *words = g_format_size_full (size, G_FORMAT_SIZE_IEC_UNITS);

  g_free (value->value);
  value->value = g_strdup_printf ("%s %s", type != NULL ? strchr (type, '/') + 1 : "?", words);
}

void
mh_analysers_pictures_ready (const MhDeviceMessage *message)
{
  for (guint i = 0; i < message->samples->len; i++)
    {
      GPtrArray *values = ((MhDeviceSample *)g_ptr_array_index (message->samples, i))->values;
      for (guint j = 0; j < values->len; j++)
        if (((MhDeviceValue *)g_ptr_array_index (values, j))->is_file)
          make_ready (g_ptr_array_index (values, j));
    }
}

static MhRecord *
put_of (MhRecord *result, const MhDeviceValue *value)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (value->file, &size);
  const char *analyte = mh_record_text (result, MH_DEVICE_RESULT_ANALYTE);
  const char *title = value->name != NULL ? value->name : value->code;
  MhRecord *put = mh_record_new (&mh_attachment_put_type);

  mh_record_take_text (put, MH_ATTACHMENT_PUT_ID, mh_id_new ());
  mh_record_set_text (put, MH_ATTACHMENT_PUT_ANALYTE, analyte);
  mh_record_take_text (put, MH_ATTACHMENT_PUT_TITLE,
                       title != NULL ? mh_text_cut (title, TITLE_MOST) : NULL);
  mh_record_take_text (put, MH_ATTACHMENT_PUT_CONTENT, g_base64_encode (bytes, size));
  mh_record_set_bool (put, MH_ATTACHMENT_PUT_ON_REPORT, analyte != NULL);
  return put;
}

/* The picture of the same thing. */
static gboolean
is_same_thing (MhRecord *attachment, MhRecord *put)
{
  return g_strcmp0 (mh_record_text (attachment, MH_ATTACHMENT_TITLE),
                    mh_record_text (put, MH_ATTACHMENT_PUT_TITLE))
             == 0
         && g_strcmp0 (mh_record_text (attachment, MH_ATTACHMENT_ANALYTE),
                       mh_record_text (put, MH_ATTACHMENT_PUT_ANALYTE))
                == 0;
}

static gboolean
analysers_picture_is_there (GPtrArray *attachments, MhRecord *put, GBytes *file)
{
  g_autofree char *hash = mh_sha256_of_bytes (file);
  for (guint i = 0; i < attachments->len; i++)
    {
      MhRecord *one = g_ptr_array_index (attachments, i);
      if (is_same_thing (one, put)
          && g_strcmp0 (mh_record_text (one, MH_ATTACHMENT_SHA256), hash) == 0)
        return TRUE;
    }
  return FALSE;
}

/* A tube measured again brings its pictures again; only the new ones belong to the new values. What
 * a person attached is not touched. */
static gboolean
is_replaced (MhRecord *attachment, MhRecord *result, MhRecord *put)
{
  return !mh_record_has (attachment, MH_ATTACHMENT_BY_ID)
         && g_strcmp0 (mh_record_text (attachment, MH_ATTACHMENT_BY_NAME),
                       mh_record_text (result, MH_DEVICE_RESULT_LINK_NAME))
                == 0
         && is_same_thing (attachment, put);
}

static gboolean
analysers_picture_replace (MhTx *tx,
                           MhRecord *result,
                           MhRecord *put,
                           GPtrArray *before,
                           GError **error)
{
  for (guint i = 0; i < before->len; i++)
    if (is_replaced (g_ptr_array_index (before, i), result, put)
        && !mh_tx_delete (tx, g_ptr_array_index (before, i), "replaced by the analyser", error))
      return FALSE;
  return TRUE;
}

/* What the results' room refuses it refuses before it writes anything. */
static gboolean
note_refusal (MhRecord *result, GError *refusal, GError **error)
{
  const MhIssues *issues = mh_error_get_issues (refusal);
  const MhIssue *issue
      = issues != NULL && mh_issues_count (issues) > 0 ? mh_issues_nth (issues, 0) : NULL;

  if (issue != NULL)
    mh_analysers_leave (result,
                        g_str_equal (issue->field, "analyte") ? MH_UNMATCHED_NOT_ORDERED
                                                              : MH_UNMATCHED_FILE,
                        issue->message);
  else if (g_error_matches (refusal, MH_ERROR, MH_ERROR_CONFLICT))
    mh_analysers_leave (result, MH_UNMATCHED_STATE, refusal->message);
  else
    {
      g_propagate_error (error, g_error_copy (refusal));
      return FALSE;
    }

  return TRUE;
}

gboolean
mh_analysers_picture_place (const MhRequest *req,
                            MhRecord *result,
                            const MhDeviceValue *value,
                            GError **error)
{
  g_autoptr (GError) refusal = NULL;
  const char *order_id = mh_record_text (result, MH_DEVICE_RESULT_ORDER_ID);
  if (value->file == NULL)
    {
      mh_analysers_leave (result, MH_UNMATCHED_FILE, value->problem);
      return TRUE;
    }

  g_autoptr (GPtrArray) before = mh_results_service_attachments (req->db, order_id, error);
  if (before == NULL)
    return FALSE;

  g_autoptr (MhRecord) put = put_of (result, value);
  if (analysers_picture_is_there (before, put, value->file))
    {
      mh_record_set_text (result, MH_DEVICE_RESULT_STATUS, MH_DEVICE_RESULT_IGNORED);
      mh_record_set_text (result, MH_DEVICE_RESULT_DETAIL, "The same picture is there already.");
      return TRUE;
    }

  g_autoptr (MhRecord) sheet = mh_results_service_attach (req, order_id, put, &refusal);
  if (sheet == NULL)
    return note_refusal (result, refusal, error);

  mh_record_set_text (result, MH_DEVICE_RESULT_STATUS, MH_DEVICE_RESULT_APPLIED);
  return analysers_picture_replace (req->tx, result, put, before, error);
}

const MhDeviceValue *
mh_analysers_picture_again (MhDb *db,
                            MhRecord *result,
                            MhDeviceMessage **out_message,
                            GError **error)
{
  g_autoptr (MhRecord) kept = mh_store_get (
      db, &mh_analyser_message_type, mh_record_text (result, MH_DEVICE_RESULT_MESSAGE_ID), error);
  if (kept == NULL)
    return NULL;

  g_autoptr (GBytes) bytes = mh_analysers_raw_bytes (kept);
  g_autoptr (MhDeviceMessage) message = mh_device_read_hl7 (bytes, NULL, error);
  if (message != NULL)
    mh_analysers_pictures_ready (message);

  gint64 left = mh_record_int (result, MH_DEVICE_RESULT_POSITION) - 1;
  for (guint i = 0; message != NULL && i < message->samples->len; i++)
    {
      GPtrArray *values = ((MhDeviceSample *)g_ptr_array_index (message->samples, i))->values;
      if (left < (gint64)values->len)
        {
          *out_message = g_steal_pointer (&message);
          return g_ptr_array_index (values, left);
        }
      left -= values->len;
    }

  if (message != NULL)
    mh_error_set (error, MH_ERROR_CONFLICT, "The picture is not in the message any more.");
  return NULL;
}
