/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-merge-move.h"

#include "server/people/patients/mh-patients-service.h"
#include "server/people/patients/mh-patients-store.h"
#include "shared/base/mh-text.h"
#include "shared/record/mh-record-diff.h"
#include "shared/record/mh-record-json.h"
#include "shared/record/mh-registry.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/money/mh-ledger.h"
#include "shared/records/people/mh-patient-merge.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"
#include "shared/rules/people/mh-patient-fill.h"

#include <string.h>

#define MOST_TOLD 200

typedef struct
{
  MhTx *tx;
  MhRecord *merge, *survivor, *loser;
  GPtrArray *rows; /* patient_merge_row */
  guint n_labels;
} Move;

/* --- what is kept of a row --- */

static gboolean
merge_move_is_in (GArray *fields, guint field)
{
  for (guint i = 0; i < fields->len; i++)
    if (g_array_index (fields, guint, i) == field)
      return TRUE;
  return FALSE;
}

/* The fields of @record that are in @fields, as JSON. */
static char *
only_json (MhRecord *record, GArray *fields)
{
  g_autoptr (MhRecord) part = mh_record_copy (record);
  for (guint i = 0; i < mh_record_type (part)->n_fields; i++)
    if (!merge_move_is_in (fields, i))
      mh_record_unset (part, i);
  return mh_record_to_json (part, MH_JSON_SKIP_UNSET | MH_JSON_WITH_SECRETS);
}

/* Writes @after, and keeps what changed. */
static gboolean
merge_move_write_row (Move *move, MhRecord *before, MhRecord *after, GError **error)
{
  g_autoptr (GArray) fields = mh_record_diff_fields (before, after);
  if (fields->len == 0)
    return TRUE;

  MhRecord *row = mh_record_new (&mh_patient_merge_row_type);
  mh_record_set_text (row, MH_PATIENT_MERGE_ROW_MERGE_ID, mh_record_id (move->merge));
  mh_record_set_int (row, MH_PATIENT_MERGE_ROW_POSITION, move->rows->len);
  mh_record_set_text (row, MH_PATIENT_MERGE_ROW_OBJECT_TYPE, mh_record_type (before)->code);
  mh_record_set_text (row, MH_PATIENT_MERGE_ROW_OBJECT_ID, mh_record_id (before));
  mh_record_take_text (row, MH_PATIENT_MERGE_ROW_WAS, only_json (before, fields));
  mh_record_take_text (row, MH_PATIENT_MERGE_ROW_BECAME, only_json (after, fields));
  g_ptr_array_add (move->rows, row);
  return mh_tx_update_within (move->tx, before, after, error);
}

/* --- moving --- */

static gboolean
refers_to_patient (const MhRecordType *type, guint i)
{
  const MhField *field = &type->fields[i];
  return field->kind == MH_KIND_REF && field->target == &mh_patient_type
         && mh_field_is_column (field);
}

static gboolean
is_moved (const MhRecordType *type)
{
  return type->table != NULL && (type->flags & MH_TYPE_APPEND) == 0
         && type != &mh_patient_merge_type;
}

/* A work list shows whose it is from its own columns; they name the one who stays. */
static void
copy_names (MhRecord *row, MhRecord *survivor)
{
  static const struct
  {
    const char *name;
    guint field;
  } copies[] = { { "patient_mrn", MH_PATIENT_MRN },
                 { "patient_sex", MH_PATIENT_SEX },
                 { "patient_birth_date", MH_PATIENT_BIRTH_DATE },
                 { "patient_phone", MH_PATIENT_PHONE } };
  const MhRecordType *type = mh_record_type (row);
  int name = mh_record_type_find (type, "patient_name");

  if (name >= 0 && mh_field_is_column (&type->fields[name]))
    mh_record_take_text (row, (guint)name, mh_patient_name (survivor));
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      int field = mh_record_type_find (type, copies[i].name);
      if (field >= 0 && mh_field_is_column (&type->fields[field])
          && mh_record_has (survivor, copies[i].field))
        mh_record_set_text (row, (guint)field, mh_record_text (survivor, copies[i].field));
    }
}

/* An order is found by both numbers: the old one stands on papers. */
static void
add_order_words (MhRecord *order, MhRecord *survivor)
{
  g_autofree char *name = mh_patient_name (survivor);
  g_autofree char *more
      = g_strdup_printf ("%s %s", name, mh_record_text (survivor, MH_PATIENT_MRN));
  g_autofree char *folded = mh_text_fold (more);
  const char *had = mh_record_text (order, MH_ORDER_SEARCH_TEXT);
  char *text = g_strdup_printf ("%s %s", had != NULL ? had : "", folded);
  mh_record_take_text (order, MH_ORDER_SEARCH_TEXT, text);
}

/* A label that was printed for a tube not yet filled shows the wrong number: it must be printed
 * again. */
static void
void_label (Move *move, MhRecord *sample)
{
  if (g_strcmp0 (mh_record_text (sample, MH_SAMPLE_STATUS), MH_SAMPLE_STATUS_TO_COLLECT) != 0
      || mh_record_int (sample, MH_SAMPLE_LABELS_PRINTED) == 0)
    return;
  move->n_labels += (guint)mh_record_int (sample, MH_SAMPLE_LABELS_PRINTED);
  mh_record_set_int (sample, MH_SAMPLE_LABELS_PRINTED, 0);
  mh_record_set_null (sample, MH_SAMPLE_LABEL_SCANNED_AT);
}

static gboolean
move_row (Move *move, MhRecord *row, guint field, GError **error)
{
  const MhRecordType *type = mh_record_type (row);
  g_autoptr (MhRecord) after = mh_record_copy (row);
  mh_record_set_text (after, field, mh_record_id (move->survivor));
  copy_names (after, move->survivor);
  if (type == &mh_order_type)
    add_order_words (after, move->survivor);
  if (type == &mh_sample_type)
    void_label (move, after);
  return merge_move_write_row (move, row, after, error);
}

/* One row a patient, and both have one: the survivor's wins. Money is added up by its own room. */
static gboolean
move_single (Move *move, const MhRecordType *type, guint field, MhRecord *row, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRecord) own = mh_store_find (mh_tx_db (move->tx), type, type->fields[field].name,
                                            mh_record_id (move->survivor), &inner);

  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }

  if (own == NULL)
    return move_row (move, row, field, error);
  if (type != &mh_patient_account_type)
    return TRUE;

  gint64 advance = mh_record_int (row, MH_PATIENT_ACCOUNT_ADVANCE);
  g_autoptr (MhRecord) more = mh_record_copy (own);
  g_autoptr (MhRecord) less = mh_record_copy (row);

  mh_record_set_int (more, MH_PATIENT_ACCOUNT_ADVANCE,
                     mh_record_int (own, MH_PATIENT_ACCOUNT_ADVANCE) + advance);
  mh_record_set_int (less, MH_PATIENT_ACCOUNT_ADVANCE, 0);

  return merge_move_write_row (move, row, less, error)
         && merge_move_write_row (move, own, more, error);
}

static gboolean
move_field (Move *move, const MhRecordType *type, guint field, GError **error)
{
  g_autoptr (GPtrArray) rows = mh_store_all (mh_tx_db (move->tx), type, type->fields[field].name,
                                             mh_record_id (move->loser), error);
  gboolean single = (type->fields[field].flags & MH_UNIQUE) != 0;
  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      if (!(single ? move_single (move, type, field, row, error)
                   : move_row (move, row, field, error)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
move_tables (Move *move, GError **error)
{
  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);
      for (guint k = 0; is_moved (type) && k < type->n_fields; k++)
        if (refers_to_patient (type, k) && !move_field (move, type, k, error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
move_people (Move *move, GError **error)
{
  g_autoptr (MhRecord) filled = mh_patient_filled (move->survivor, move->loser);
  g_autoptr (MhRecord) gone = mh_record_copy (move->loser);
  mh_patients_service_derive (filled, NULL);
  mh_record_set_text (gone, MH_PATIENT_MERGED_INTO, mh_record_id (move->survivor));
  mh_record_set_bool (gone, MH_PATIENT_POSSIBLE_DUPLICATE, FALSE);
  return merge_move_write_row (move, move->survivor, filled, error)
         && mh_patients_store_index (move->tx, move->survivor, filled, error)
         && merge_move_write_row (move, move->loser, gone, error);
}

gboolean
mh_merge_move (MhTx *tx, MhRecord *merge, MhRecord *survivor, MhRecord *loser, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  Move move = { tx, merge, survivor, loser, rows, 0 };
  if (!move_people (&move, error) || !move_tables (&move, error)
      || !mh_tx_insert_parts (tx, rows, error))
    return FALSE;
  mh_record_set_int (merge, MH_PATIENT_MERGE_N_ROWS, rows->len);
  mh_record_set_int (merge, MH_PATIENT_MERGE_N_LABELS, move.n_labels);
  return TRUE;
}

/* --- back --- */

static void
merge_move_tell (MhRecord *merge, const MhRecordType *type, const char *id, const char *field)
{
  const char *const *told = mh_record_list (merge, MH_PATIENT_MERGE_TOLD);
  g_autofree char *text = g_strdup_printf ("%s/%s/%s", type->code, id, field);
  if (told == NULL || g_strv_length ((char **)told) < MOST_TOLD)
    mh_record_add_to_list (merge, MH_PATIENT_MERGE_TOLD, text);
}

/* Printed since under the number that does not belong to it any more. */
static void
void_again (MhRecord *now, guint field)
{
  if (mh_record_type (now) == &mh_sample_type && field == MH_SAMPLE_LABELS_PRINTED)
    mh_record_set_int (now, field, 0);
}

static MhRecord *
merge_move_put_back (MhRecord *merge,
                     MhRecord *now,
                     MhRecord *was,
                     MhRecord *became,
                     gboolean *out_mixed)
{
  const MhRecordType *type = mh_record_type (now);
  g_autoptr (MhRecord) patch = mh_record_copy (was);
  MhRecord *after = mh_record_copy (now);

  for (guint i = 0; i < type->n_fields; i++)
    {
      if (!mh_record_is_set (became, i) || mh_record_field_equal (now, became, i))
        continue;
      mh_record_unset (patch, i);
      if ((type->fields[i].flags & MH_SECRET) != 0) /* follows from the others */
        continue;
      *out_mixed = TRUE;
      merge_move_tell (merge, type, mh_record_id (now), type->fields[i].name);
      void_again (after, i);
    }

  mh_record_apply (after, patch);
  return after;
}

static MhRecord *
merge_move_read_part (const MhRecordType *type, MhRecord *row, guint field, GError **error)
{
  return mh_record_from_text (type, mh_record_text (row, field), -1, MH_JSON_TRUSTED, error);
}

static gboolean
back_row (MhTx *tx, MhRecord *merge, MhRecord *row, GError **error)
{
  const MhRecordType *type
      = mh_registry_find (mh_record_text (row, MH_PATIENT_MERGE_ROW_OBJECT_TYPE));
  const char *id = mh_record_text (row, MH_PATIENT_MERGE_ROW_OBJECT_ID);
  gboolean mixed = FALSE;
  g_autoptr (MhRecord) now = mh_store_get (mh_tx_db (tx), type, id, error);
  g_autoptr (MhRecord) was
      = now != NULL ? merge_move_read_part (type, row, MH_PATIENT_MERGE_ROW_WAS, error) : NULL;
  g_autoptr (MhRecord) became
      = was != NULL ? merge_move_read_part (type, row, MH_PATIENT_MERGE_ROW_BECAME, error) : NULL;

  if (became == NULL)
    return FALSE;

  g_autoptr (MhRecord) after = merge_move_put_back (merge, now, was, became, &mixed);
  if (type == &mh_patient_type && mixed)
    mh_patients_service_derive (after, NULL);

  return mh_tx_update_within (tx, now, after, error)
         && (type != &mh_patient_type || mh_patients_store_index (tx, now, after, error));
}

static int
by_position (gconstpointer a, gconstpointer b)
{
  MhRecord *const *left = a, *const *right = b;
  return (int)(mh_record_int (*right, MH_PATIENT_MERGE_ROW_POSITION)
               - mh_record_int (*left, MH_PATIENT_MERGE_ROW_POSITION));
}

gboolean
mh_merge_back (MhTx *tx, MhRecord *merge, GError **error)
{
  g_autoptr (GPtrArray) rows = mh_store_all (mh_tx_db (tx), &mh_patient_merge_row_type, "merge_id",
                                             mh_record_id (merge), error);
  if (rows == NULL)
    return FALSE;
  g_ptr_array_sort (rows, by_position);
  for (guint i = 0; i < rows->len; i++)
    if (!back_row (tx, merge, g_ptr_array_index (rows, i), error))
      return FALSE;
  return TRUE;
}
