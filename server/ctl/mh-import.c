/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-import.h"

#include "server/people/patients/mh-patients-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-csv.h"
#include "shared/record/mh-record-check.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

#define MAX_COLUMNS 200

typedef struct
{
  const MhImportPlan *plan;
  MhImportReport *report;
  GKeyFile *map; /* or NULL */
  MhTx *tx;
  MhActor *actor;
  GArray *columns; /* of int: field, -1: not taken; NULL before the headings */
  GPtrArray *headings;
  char *list_id;      /* of the price list; NULL: another kind of list */
  GHashTable *prices; /* code → price_entry as it is */
  GHashTable *named;  /* codes that the list has named so far */
} Import;

static void
remark_free (gpointer data)
{
  MhImportRemark *remark = data;
  g_free (remark->field);
  g_free (remark->reason);
  g_free (remark);
}

void
mh_import_report_free (MhImportReport *report)
{
  if (report == NULL)
    return;
  g_ptr_array_unref (report->remarks);
  g_free (report);
}

static void
import_remark (Import *import,
               guint line,
               const char *field,
               MhImportGrade grade,
               const char *reason)
{
  MhImportRemark *made = g_new0 (MhImportRemark, 1);
  made->line = line;
  made->field = g_strdup (field);
  made->reason = g_strdup (reason);
  made->grade = grade;
  g_ptr_array_add (import->report->remarks, made);
}

/* --- headings --- */

static gboolean
may_be_imported (const MhField *field)
{
  return (field->flags & (MH_SERVER_SET | MH_SECRET)) == 0 && field->kind != MH_KIND_RECORDS
         && field->kind != MH_KIND_RECORD && field->kind != MH_KIND_JSON;
}

static int
find_field (Import *import, const char *heading, const char *const *cells, guint n, GError **error)
{
  const MhRecordType *type = import->plan->type;
  g_autofree char *mapped
      = import->map != NULL ? g_key_file_get_string (import->map, "columns", heading, NULL) : NULL;
  int field = mapped != NULL ? mh_record_type_find (type, mapped)
                             : mh_import_match_heading (type, heading, cells, n);

  if (mapped != NULL && (field < 0 || !may_be_imported (&type->fields[field])))
    {
      mh_error_set (error, MH_ERROR_INVALID, "The mapping names “%s”, which cannot be imported.",
                    mapped);
      return -2;
    }

  if (field < 0 || !may_be_imported (&type->fields[field]))
    {
      import_remark (import, 1, heading, MH_IMPORT_NOTE, "This column is not taken.");
      return -1;
    }

  return field;
}

static gboolean
read_headings (Import *import, const char *const *cells, guint n, GError **error)
{
  import->columns = g_array_new (FALSE, FALSE, sizeof (int));
  import->headings = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n && i < MAX_COLUMNS; i++)
    {
      g_autofree char *heading = g_strstrip (g_strdup (cells[i]));
      int field = find_field (import, heading, cells, n, error);
      if (field == -2)
        return FALSE;
      for (guint k = 0; field >= 0 && k < i; k++)
        if (g_array_index (import->columns, int, k) == field)
          {
            mh_error_set (error, MH_ERROR_INVALID, "Two columns mean “%s”: %s and %s.",
                          import->plan->type->fields[field].name,
                          (const char *)g_ptr_array_index (import->headings, k), heading);
            return FALSE;
          }
      g_array_append_val (import->columns, field);
      g_ptr_array_add (import->headings, g_steal_pointer (&heading));
    }

  return TRUE;
}

/* --- one line --- */

static gboolean
take_issues (Import *import, guint line, const GError *failed)
{
  const MhIssues *issues = mh_error_get_issues (failed);
  for (guint i = 0; i < mh_issues_count (issues); i++)
    import_remark (import, line, mh_issues_nth (issues, i)->field, MH_IMPORT_BAD,
                   mh_issues_nth (issues, i)->message);
  return mh_issues_count (issues) > 0;
}

/* FALSE: something in it is wrong and remarked. */
static gboolean
import_fill (Import *import, guint line, const char *const *cells, guint n, MhRecord *record)
{
  gboolean good = TRUE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) failed = NULL;
      int field = i < import->columns->len ? g_array_index (import->columns, int, i) : -1;
      if (i >= import->columns->len && *cells[i] != '\0')
        {
          import_remark (import, line, NULL, MH_IMPORT_BAD, "There are more cells than headings.");
          return FALSE;
        }
      if (field >= 0
          && !mh_import_set_cell (record, (guint)field, cells[i], mh_tx_now (import->tx), &failed))
        {
          take_issues (import, line, failed);
          good = FALSE;
        }
    }

  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (GError) invalid = NULL;
  if (good)
    mh_record_check (record, MH_CHECK_CREATE, issues);
  if (!mh_issues_raise (issues, &invalid))
    good = !take_issues (import, line, invalid);

  return good;
}

/* *out_blocked: surely somebody who is there already. */
static gboolean
look_for_doubles (Import *import,
                  guint line,
                  MhRecord *draft,
                  gboolean *out_blocked,
                  GError **error)
{
  g_autoptr (GPtrArray) matches = mh_patients_service_duplicates (
      MH_REQUEST_DB (mh_tx_db (import->tx), NULL, import->actor), draft, error);
  if (matches == NULL)
    return FALSE;

  for (guint i = 0; i < matches->len; i++)
    {
      MhRecord *match = g_ptr_array_index (matches, i);
      MhRecord *other = mh_record_record (match, MH_PATIENT_MATCH_PATIENT);
      gboolean blocking = mh_record_bool (match, MH_PATIENT_MATCH_BLOCKING);
      const char *const *reasons = mh_record_list (match, MH_PATIENT_MATCH_REASONS);
      g_autofree char *why = reasons != NULL ? g_strjoinv (", ", (char **)reasons) : g_strdup ("");
      g_autofree char *text
          = g_strdup_printf ("%s %s (%s).", blocking ? "This is" : "Perhaps this is",
                             mh_record_text (other, MH_PATIENT_MRN), why);
      import_remark (import, line, NULL, blocking ? MH_IMPORT_BAD : MH_IMPORT_NOTE, text);
      *out_blocked = *out_blocked || blocking;
    }

  import->report->duplicates += matches->len > 0;
  return TRUE;
}

static gboolean
store_patient (Import *import, guint line, MhRecord *draft, gboolean *out_taken, GError **error)
{
  gboolean blocked = FALSE;
  g_autoptr (GError) failed = NULL;
  if (!look_for_doubles (import, line, draft, &blocked, error))
    return FALSE;
  if (blocked)
    return TRUE;

  g_autoptr (MhRecord) patient = mh_patients_service_register (
      MH_REQUEST_TX (import->tx, NULL, import->actor), draft, FALSE, &failed);
  *out_taken = patient != NULL;
  if (patient != NULL || take_issues (import, line, failed))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* A code in a field of the file. */
typedef struct
{
  const MhRecordType *type; /* what it is a code of */
  const char *field, *code;
  gboolean wanted; /* there must be one, or there must be none */
} Named;

/* Codes a test names must be there; its own must not. */
static gboolean
import_check_code (Import *import, guint line, const Named *named, gboolean *good, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (MhRecord) found
      = mh_store_find (mh_tx_db (import->tx), named->type, "code", named->code, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if ((found != NULL) == named->wanted)
    return TRUE;

  g_autofree char *text
      = g_strdup_printf (named->wanted ? "There is no %s “%s”." : "There is a %s “%s” already.",
                         named->type->code, named->code);
  import_remark (import, line, named->field, MH_IMPORT_BAD, text);
  *good = FALSE;
  return TRUE;
}

static gboolean
store_test (Import *import, guint line, MhRecord *test, gboolean *out_taken, GError **error)
{
  gboolean good = TRUE;
  const char *const *analytes = mh_record_list (test, MH_TEST_ANALYTES);
  if (!import_check_code (
          import, line,
          &(Named){ &mh_test_type, "code", mh_record_text (test, MH_TEST_CODE), FALSE }, &good,
          error)
      || !import_check_code (
          import, line,
          &(Named){ &mh_bench_type, "bench", mh_record_text (test, MH_TEST_BENCH), TRUE }, &good,
          error)
      || !import_check_code (import, line,
                             &(Named){ &mh_container_type, "container",
                                       mh_record_text (test, MH_TEST_CONTAINER), TRUE },
                             &good, error))
    return FALSE;

  for (guint i = 0; analytes != NULL && analytes[i] != NULL; i++)
    if (!import_check_code (import, line,
                            &(Named){ &mh_analyte_type, "analytes", analytes[i], TRUE }, &good,
                            error))
      return FALSE;

  if (!mh_record_is_set (test, MH_TEST_ACTIVE))
    mh_record_set_bool (test, MH_TEST_ACTIVE, TRUE);
  *out_taken = good;

  return !good || mh_tx_insert (import->tx, test, MH_AUDIT_CREATE, "import", error);
}

/* --- prices --- */

/* A test or a panel may stand behind it. */
static gboolean
import_is_offered (Import *import, guint line, const char *code, gboolean *good, GError **error)
{
  g_autoptr (GError) failed = NULL;
  MhDb *db = mh_tx_db (import->tx);
  g_autoptr (MhRecord) test = mh_store_find (db, &mh_test_type, "code", code, &failed);
  g_autoptr (MhRecord) panel = test == NULL && failed == NULL
                                   ? mh_store_find (db, &mh_panel_type, "code", code, &failed)
                                   : NULL;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (test == NULL && panel == NULL)
    {
      g_autofree char *text = g_strdup_printf ("There is no test or panel “%s”.", code);
      import_remark (import, line, "code", MH_IMPORT_BAD, text);
      *good = FALSE;
    }

  return TRUE;
}

static gboolean
store_price (Import *import, guint line, MhRecord *entry, gboolean *out_taken, GError **error)
{
  const char *code = mh_record_text (entry, MH_PRICE_ENTRY_CODE);
  gboolean good = TRUE;
  if (!import_is_offered (import, line, code, &good, error))
    return FALSE;

  if (good && g_hash_table_contains (import->named, code))
    {
      import_remark (import, line, "code", MH_IMPORT_BAD, "This price stands further up already.");
      good = FALSE;
    }

  *out_taken = good;
  if (!good)
    return TRUE;

  MhRecord *before = g_hash_table_lookup (import->prices, code);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_hash_table_add (import->named, g_strdup (code));
  mh_record_set_text (entry, MH_PRICE_ENTRY_PRICE_LIST_ID, import->list_id);
  g_ptr_array_add (one, entry);

  return before != NULL ? mh_tx_update_part (import->tx, before, entry, error)
                        : mh_tx_insert_parts (import->tx, one, error);
}

static gboolean
open_list (Import *import, GError **error)
{
  const char *code = import->plan->price_list;
  g_autoptr (GError) failed = NULL;
  MhDb *db = mh_tx_db (import->tx);
  g_autoptr (MhRecord) list = mh_store_find (db, &mh_price_list_type, "code", code, &failed);

  if (list == NULL && failed == NULL)
    mh_error_set (&failed, MH_ERROR_NOT_FOUND, "There is no price list “%s”.", code);
  g_autoptr (GPtrArray) entries
      = failed == NULL
            ? mh_store_all (db, &mh_price_entry_type, "price_list_id", mh_record_id (list), &failed)
            : NULL;

  if (entries == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  import->list_id = g_strdup (mh_record_id (list));
  import->named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  import->prices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  for (guint i = 0; i < entries->len; i++)
    {
      MhRecord *entry = g_ptr_array_index (entries, i);
      g_hash_table_insert (import->prices, g_strdup (mh_record_text (entry, MH_PRICE_ENTRY_CODE)),
                           g_object_ref (entry));
    }

  return TRUE;
}

/* The list as a whole is what others watch, and what the audit trail speaks of. */
static gboolean
close_list (Import *import, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("{\"prices\":%u}", import->report->taken);
  return mh_tx_touch (import->tx, &mh_price_list_type, import->list_id, NULL, error)
         && mh_tx_audit (import->tx,
                         &(MhAuditNote){ NULL, MH_AUDIT_UPDATE, mh_price_list_type.code,
                                         import->list_id, detail, "import" },
                         error);
}

static void
drop_list (Import *import)
{
  g_clear_pointer (&import->list_id, g_free);
  g_clear_pointer (&import->named, g_hash_table_unref);
  g_clear_pointer (&import->prices, g_hash_table_unref);
}

typedef gboolean (
    *StoreFunc) (Import *import, guint line, MhRecord *record, gboolean *out_taken, GError **error);

static StoreFunc
store_for (const MhRecordType *type)
{
  return type == &mh_patient_type ? store_patient
         : type == &mh_test_type  ? store_test
                                  : store_price;
}

static gboolean
import_read_row (guint line, const char *const *cells, guint n, gpointer data, GError **error)
{
  Import *import = data;
  gboolean taken = FALSE, done = TRUE;
  if (import->columns == NULL)
    return read_headings (import, cells, n, error);
  g_autoptr (MhRecord) record = mh_record_new (import->plan->type);
  import->report->rows++;
  if (import_fill (import, line, cells, n, record))
    done = store_for (import->plan->type) (import, line, record, &taken, error);
  import->report->taken += taken;
  import->report->bad += !taken;
  return done;
}

/* --- the whole --- */

gboolean
mh_import_wrote (const MhImportPlan *plan, const MhImportReport *report)
{
  return !plan->dry_run && report->taken > 0 && (report->bad == 0 || plan->skip_bad);
}

/* The write queue may run it again after a lost race, so it begins anew each time. */
static void
import_begin (Import *import, MhTx *tx)
{
  static const char *const rights[] = { MH_MAY_READ_PATIENT, MH_MAY_WRITE_PATIENT, NULL };
  import->tx = tx;
  drop_list (import);
  g_clear_pointer (&import->columns, g_array_unref);
  g_clear_pointer (&import->headings, g_ptr_array_unref);
  g_clear_pointer (&import->actor, mh_actor_unref);
  g_clear_pointer (&import->report, mh_import_report_free);
  import->actor
      = mh_actor_new (NULL, "mahimactl", "import", import->plan->hospital_id, NULL, rights);
  import->report = g_new0 (MhImportReport, 1);
  import->report->remarks = g_ptr_array_new_with_free_func (remark_free);
}

static gboolean
tx_import (MhTx *tx, gpointer data, GError **error)
{
  Import *import = data;
  import_begin (import, tx);
  if (import->plan->price_list != NULL && !open_list (import, error))
    return FALSE;
  if (!mh_csv_read (import->plan->path, import_read_row, import, error))
    return FALSE;

  if (import->columns == NULL)
    {
      mh_error_set (error, MH_ERROR_MALFORMED, "The list is empty.");
      return FALSE;
    }

  if (mh_import_wrote (import->plan, import->report))
    return import->list_id == NULL || close_list (import, error);

  mh_error_set (error, MH_ERROR_CANCELLED, "Rolled back.");
  return FALSE;
}

gboolean
mh_import_run (MhStore *store,
               const MhImportPlan *plan,
               MhImportReport **out_report,
               GError **error)
{
  static const MhWho machine = { .user_name = "mahimactl", .station = "console" };
  g_autoptr (GError) failed = NULL;
  g_autoptr (GKeyFile) map = plan->map_path != NULL ? g_key_file_new () : NULL;
  Import import = { .plan = plan, .map = map };
  MhWho who = machine;

  who.hospital_id = plan->hospital_id;
  if (map != NULL && !g_key_file_load_from_file (map, plan->map_path, G_KEY_FILE_NONE, error))
    return FALSE;

  gboolean done = mh_store_write (store, &who, tx_import, &import, &failed)
                  || g_error_matches (failed, MH_ERROR, MH_ERROR_CANCELLED);
  drop_list (&import);
  g_clear_pointer (&import.columns, g_array_unref);
  g_clear_pointer (&import.headings, g_ptr_array_unref);
  g_clear_pointer (&import.actor, mh_actor_unref);
  if (done)
    *out_report = g_steal_pointer (&import.report);
  else
    g_propagate_error (error, g_steal_pointer (&failed));

  mh_import_report_free (import.report);
  return done;
}
