/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values from a sheet, each to where it belongs. */
#include "server/lab/qc/mh-qc-service.h"
#include "server/lab/results/mh-results-service.h"
#include "server/lab/worksheets/mh-worksheets-private.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-worksheet.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

#include <math.h>

typedef struct
{
  const MhRequest *req;
  MhRecord *sheet;
  GPtrArray *entries;
  GPtrArray *lines;  /* as stored */
  GPtrArray *afters; /* by entry: a copy of its line as it will be */
} Saving;

static gboolean
worksheets_save_is_kind (MhRecord *line, const char *kind)
{
  return g_strcmp0 (mh_record_text (line, MH_WORKSHEET_LINE_KIND), kind) == 0;
}

static gboolean
worksheets_save_blame (guint index, const char *field, GError *taken, GError **error)
{
  g_autofree char *path = g_strdup_printf ("entries[%u].%s", index, field);
  gboolean wrong = g_error_matches (taken, MH_ERROR, MH_ERROR_INVALID)
                   || g_error_matches (taken, MH_ERROR, MH_ERROR_NOT_FOUND);
  const MhIssues *issues = mh_error_get_issues (taken);

  if (wrong)
    mh_error_set_field (error, path, "out_of_range", "%s",
                        issues != NULL && mh_issues_count (issues) > 0
                            ? mh_issues_nth (issues, 0)->message
                            : taken->message);
  else
    g_propagate_error (error, g_error_copy (taken));

  g_error_free (taken);
  return FALSE;
}

static MhRecord *
worksheets_save_line_of (Saving *saving, const char *id)
{
  for (guint i = 0; i < saving->lines->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (saving->lines, i)), id) == 0)
      return g_ptr_array_index (saving->lines, i);
  return NULL;
}

static gboolean
find_lines (Saving *saving, GError **error)
{
  for (guint i = 0; i < saving->entries->len; i++)
    {
      MhRecord *entry = g_ptr_array_index (saving->entries, i);
      MhRecord *line
          = worksheets_save_line_of (saving, mh_record_text (entry, MH_WORKSHEET_ENTRY_LINE_ID));
      if (line == NULL)
        return worksheets_save_blame (
            i, "line_id",
            g_error_new_literal (MH_ERROR, MH_ERROR_NOT_FOUND, "This line is not on the sheet."),
            error);
      /* what a control read is never changed */
      if (worksheets_save_is_kind (line, MH_LINE_CONTROL)
          && mh_record_has (line, MH_WORKSHEET_LINE_VALUE))
        return worksheets_save_blame (
            i, "value",
            g_error_new_literal (MH_ERROR, MH_ERROR_INVALID, "This control has its value already."),
            error);
      MhRecord *after = mh_record_copy (line);
      mh_record_set_text (after, MH_WORKSHEET_LINE_VALUE,
                          mh_record_text (entry, MH_WORKSHEET_ENTRY_VALUE));
      mh_record_set_int (after, MH_WORKSHEET_LINE_ENTERED_AT, mh_tx_now (saving->req->tx));
      mh_record_set_text (after, MH_WORKSHEET_LINE_ENTERED_NAME,
                          mh_tx_who (saving->req->tx)->user_name);
      g_ptr_array_add (saving->afters, after);
    }

  return TRUE;
}

/* All of one order at once, so that what is calculated from them is. */
static gboolean
worksheets_save_order (Saving *saving, guint first, const char *order_id, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) put = mh_record_new (&mh_results_put_type);
  for (guint i = first; i < saving->afters->len; i++)
    {
      MhRecord *line = g_ptr_array_index (saving->afters, i);
      if (!worksheets_save_is_kind (line, MH_LINE_PATIENT)
          || g_strcmp0 (mh_record_text (line, MH_WORKSHEET_LINE_ORDER_ID), order_id) != 0)
        continue;
      g_autoptr (MhRecord) entry = mh_record_new (&mh_result_entry_type);
      mh_record_set_text (entry, MH_RESULT_ENTRY_ANALYTE,
                          mh_record_text (line, MH_WORKSHEET_LINE_ANALYTE));
      mh_record_set_text (entry, MH_RESULT_ENTRY_VALUE,
                          mh_record_text (line, MH_WORKSHEET_LINE_VALUE));
      if (mh_record_has (saving->sheet, MH_WORKSHEET_EQUIPMENT))
        {
          mh_record_set_text (entry, MH_RESULT_ENTRY_INSTRUMENT,
                              mh_record_text (saving->sheet, MH_WORKSHEET_EQUIPMENT));
          mh_record_set_int (entry, MH_RESULT_ENTRY_ANALYSED_AT, mh_tx_now (saving->req->tx));
        }
      mh_record_append (put, MH_RESULTS_PUT_RESULTS, entry);
    }

  g_autoptr (MhRecord) answer = mh_results_service_save (saving->req, order_id, put, &failure);
  return answer != NULL || worksheets_save_blame (first, "value", failure, error);
}

static gboolean
save_patients (Saving *saving, GError **error)
{
  g_autoptr (GHashTable) orders = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < saving->afters->len; i++)
    {
      MhRecord *line = g_ptr_array_index (saving->afters, i);
      const char *order_id = mh_record_text (line, MH_WORKSHEET_LINE_ORDER_ID);
      if (worksheets_save_is_kind (line, MH_LINE_PATIENT)
          && g_hash_table_add (orders, (char *)order_id)
          && !worksheets_save_order (saving, i, order_id, error))
        return FALSE;
    }
  return TRUE;
}

/* The sheet's controls are one run. */
static gboolean
save_control (Saving *saving, guint index, GError **error)
{
  MhRecord *line = g_ptr_array_index (saving->afters, index);
  GError *failure = NULL;
  const MhQcReading reading = {
    .hospital_id = mh_record_text (saving->sheet, MH_WORKSHEET_HOSPITAL_ID),
    .equipment = mh_record_text (saving->sheet, MH_WORKSHEET_EQUIPMENT),
    .analyte = mh_record_text (line, MH_WORKSHEET_LINE_ANALYTE),
    .target_id = mh_record_text (line, MH_WORKSHEET_LINE_TARGET_ID),
    .value = mh_record_text (line, MH_WORKSHEET_LINE_VALUE),
    .run_id = mh_record_id (saving->sheet),
    .source = MH_QC_WORKSHEET,
  };

  if (!mh_actor_require (saving->req->actor, MH_MAY_ENTER_QC, error))
    return FALSE;

  g_autoptr (MhRecord) point = mh_qc_take_point (saving->req->tx, &reading, &failure);
  if (point == NULL)
    return worksheets_save_blame (index, "value", failure, error);

  const char *const *rules = mh_record_list (point, MH_QC_POINT_RULES);
  g_autofree char *joined
      = rules != NULL && rules[0] != NULL ? g_strjoinv (" ", (char **)rules) : NULL;

  mh_record_take_text (line, MH_WORKSHEET_LINE_REMARK,
                       g_strdup_printf ("z %s%s%s", mh_record_text (point, MH_QC_POINT_Z),
                                        joined != NULL ? " " : "", joined != NULL ? joined : ""));

  return TRUE;
}

static const char *
first_value (Saving *saving, MhRecord *line)
{
  const GPtrArray *places[] = { saving->afters, saving->lines };
  for (guint p = 0; p < G_N_ELEMENTS (places); p++)
    for (guint i = 0; i < places[p]->len; i++)
      {
        MhRecord *other = g_ptr_array_index (places[p], i);
        if (mh_record_int (other, MH_WORKSHEET_LINE_POSITION)
                == mh_record_int (line, MH_WORKSHEET_LINE_DUPLICATE_OF)
            && mh_record_has (other, MH_WORKSHEET_LINE_VALUE)
            && g_strcmp0 (mh_record_text (other, MH_WORKSHEET_LINE_ANALYTE),
                          mh_record_text (line, MH_WORKSHEET_LINE_ANALYTE))
                   == 0)
          return mh_record_text (other, MH_WORKSHEET_LINE_VALUE);
      }

  return NULL;
}

/* |a − b| in per cent of their mean. */
static void
worksheets_save_compare (Saving *saving, MhRecord *line)
{
  MhDecimal a, b;
  const char *first = first_value (saving, line);
  if (!mh_decimal_parse (first, &a)
      || !mh_decimal_parse (mh_record_text (line, MH_WORKSHEET_LINE_VALUE), &b))
    return;
  double x = mh_decimal_to_double (a), y = mh_decimal_to_double (b);
  g_autofree char *percent
      = x + y != 0 ? mh_decimal_from_double (fabs (x - y) / fabs ((x + y) / 2) * 100, 1) : NULL;
  if (percent != NULL)
    mh_record_take_text (line, MH_WORKSHEET_LINE_REMARK, g_strdup_printf ("Δ %s %%", percent));
}

static gboolean
write_lines (Saving *saving, GError **error)
{
  for (guint i = 0; i < saving->afters->len; i++)
    {
      MhRecord *after = g_ptr_array_index (saving->afters, i);
      MhRecord *before = worksheets_save_line_of (saving, mh_record_id (after));
      if (worksheets_save_is_kind (after, MH_LINE_DUPLICATE))
        worksheets_save_compare (saving, after);
      if (!mh_tx_update_part (saving->req->tx, before, after, error))
        return FALSE;
    }
  return TRUE;
}

static MhRecord *
worksheets_save_count (Saving *saving, GError **error)
{
  g_autoptr (GPtrArray) lines
      = mh_worksheets_store_lines (saving->req->db, mh_record_id (saving->sheet), error);
  gint64 entered = 0;
  if (lines == NULL)
    return NULL;

  for (guint i = 0; i < lines->len; i++)
    entered += mh_record_has (g_ptr_array_index (lines, i), MH_WORKSHEET_LINE_VALUE);
  g_autoptr (MhRecord) after = mh_record_copy (saving->sheet);

  mh_record_set_int (after, MH_WORKSHEET_N_ENTERED, entered);
  if (entered == lines->len)
    mh_record_set_text (after, MH_WORKSHEET_STATUS, MH_WORKSHEET_DONE);
  if (!mh_tx_update (saving->req->tx, saving->sheet, after, MH_AUDIT_UPDATE, NULL, error))
    return NULL;

  mh_record_take_records (after, MH_WORKSHEET_LINES, g_steal_pointer (&lines));
  return g_steal_pointer (&after);
}

MhRecord *
mh_worksheets_service_save (const MhRequest *req, const char *id, MhRecord *put, GError **error)
{
  g_autoptr (MhRecord) sheet = mh_edit_get (req, &mh_worksheet_type, id, error);
  g_autoptr (GPtrArray) lines
      = sheet != NULL ? mh_worksheets_store_lines (req->db, id, error) : NULL;
  g_autoptr (GPtrArray) afters = g_ptr_array_new_with_free_func (g_object_unref);

  if (lines == NULL)
    return NULL;

  if (g_strcmp0 (mh_record_text (sheet, MH_WORKSHEET_STATUS), MH_WORKSHEET_OPEN) != 0)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This worksheet is not open any more.");
      return NULL;
    }

  Saving saving = { req, sheet, mh_record_records (put, MH_WORKSHEET_PUT_ENTRIES), lines, afters };
  if (!find_lines (&saving, error) || !save_patients (&saving, error))
    return NULL;

  for (guint i = 0; i < afters->len; i++)
    if (worksheets_save_is_kind (g_ptr_array_index (afters, i), MH_LINE_CONTROL)
        && !save_control (&saving, i, error))
      return NULL;

  return write_lines (&saving, error) ? worksheets_save_count (&saving, error) : NULL;
}
