/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-catalogue-take.h"

#include "server/lab/catalogue/mh-catalogue-check.h"
#include "server/lab/catalogue/mh-catalogue-history.h"
#include "server/lab/catalogue/mh-catalogue-service.h"
#include "server/lab/catalogue/mh-catalogue-sign.h"
#include "server/lab/catalogue/mh-catalogue-store.h"
#include "server/lab/catalogue/mh-tariff-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-check.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

typedef struct
{
  guint line;
  MhRecord *before; /* of the view, NULL: new */
  MhRecord *after;  /* owned */
  gboolean changed;
} Change;

typedef struct
{
  MhCatalogueView *view;
  GPtrArray *changes; /* Change */
  GPtrArray *remarks;
  GHashTable *keys;     /* of the file's rows */
  GHashTable *analytes; /* whose ranges the file names */
  guint bad;
} Taking;

static void
catalogue_take_change_free (Change *change)
{
  g_object_unref (change->after);
  g_free (change);
}

/* --- what a row is known by --- */

static char *
catalogue_take_key_of (MhRecord *record)
{
  static const guint window[]
      = { MH_REFERENCE_RANGE_ANALYTE,  MH_REFERENCE_RANGE_KIND,   MH_REFERENCE_RANGE_SEX,
          MH_REFERENCE_RANGE_FROM_AGE, MH_REFERENCE_RANGE_TO_AGE, MH_REFERENCE_RANGE_PREGNANCY,
          MH_REFERENCE_RANGE_METHOD };
  static const guint band[]
      = { MH_REFERENCE_RANGE_LABEL, MH_REFERENCE_RANGE_LOW, MH_REFERENCE_RANGE_HIGH };
  const MhRecordType *type = mh_record_type (record);
  GString *key = g_string_new (type->code);

  if (type != &mh_reference_range_type)
    {
      const char *code = mh_record_text (record, type->key);
      g_string_append_printf (key, "\t%s", code != NULL ? code : "");
      return g_string_free (key, FALSE);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (window); i++)
    g_string_append_printf (
        key, "\t%s", mh_record_has (record, window[i]) ? mh_record_text (record, window[i]) : "");

  gboolean is_band
      = g_strcmp0 (mh_record_text (record, MH_REFERENCE_RANGE_KIND), MH_RANGE_KIND_BAND) == 0;
  for (gsize i = 0; is_band && i < G_N_ELEMENTS (band); i++)
    g_string_append_printf (
        key, "\t%s", mh_record_has (record, band[i]) ? mh_record_text (record, band[i]) : "");

  return g_string_free (key, FALSE);
}

static GHashTable *
rows_by_key (MhCatalogueView *view)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; mh_catalogue_file_kind (i) != NULL; i++)
    {
      GPtrArray *all = mh_catalogue_all (view, mh_catalogue_file_kind (i));
      for (guint k = 0; k < all->len; k++)
        g_hash_table_insert (rows, catalogue_take_key_of (g_ptr_array_index (all, k)),
                             g_ptr_array_index (all, k));
    }
  return rows;
}

static gboolean catalogue_take_same (MhRecord *a, MhRecord *b);

static gboolean
same_parts (GPtrArray *a, GPtrArray *b)
{
  guint n = a != NULL ? a->len : 0;
  if (n != (b != NULL ? b->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!catalogue_take_same (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

/* As far as files tell. */
static gboolean
catalogue_take_same (MhRecord *a, MhRecord *b)
{
  const MhRecordType *type = mh_record_type (a);
  for (guint i = 0; i < type->n_fields; i++)
    {
      if (!mh_catalogue_file_has (type, i))
        continue;
      if (type->fields[i].kind == MH_KIND_RECORDS)
        {
          if (!same_parts (mh_record_records (a, i), mh_record_records (b, i)))
            return FALSE;
          continue;
        }
      g_autofree char *left = mh_record_value_text (a, i);
      g_autofree char *right = mh_record_value_text (b, i);
      if (g_strcmp0 (left != NULL ? left : "", right != NULL ? right : "") != 0)
        return FALSE;
    }

  return TRUE;
}

/* --- checking --- */

static void
catalogue_take_refuse (Taking *taking, guint line, MhRecord *record, const MhIssues *issues)
{
  mh_catalogue_file_remark (taking->remarks, line, record, mh_record_type (record), issues);
  taking->bad++;
}

static MhRecord *
laid_over (MhRecord *before, MhRecord *row)
{
  MhRecord *after = mh_record_copy (before != NULL ? before : row);
  guint active = mh_record_type (row)->active;
  if (before != NULL)
    mh_record_apply (after, row);
  else
    mh_record_take_text (after, MH_ID, mh_id_new ());
  if (before == NULL && active != 0 && !mh_record_is_set (after, active))
    mh_record_set_bool (after, active, TRUE);
  mh_catalogue_service_complete (after);
  return after;
}

static void
catalogue_take_row (Taking *taking, GHashTable *existing, MhCatalogueRow *row)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  if (row->record == NULL)
    {
      taking->bad++; /* said already */
      return;
    }

  char *key = catalogue_take_key_of (row->record);
  MhRecord *before = g_hash_table_lookup (existing, key);
  Change *change = g_new0 (Change, 1);

  change->line = row->line;
  change->before = before;
  change->after = laid_over (before, row->record);
  if (!g_hash_table_add (taking->keys, key))
    mh_issues_add (issues,
                   mh_record_type (row->record) == &mh_reference_range_type ? "analyte" : "code",
                   "duplicate", "The file has this row twice. Remove one of them.");

  mh_record_check (change->after, MH_CHECK_CREATE, issues);
  if (mh_record_type (row->record) == &mh_reference_range_type)
    g_hash_table_add (taking->analytes,
                      (gpointer)mh_record_text (change->after, MH_REFERENCE_RANGE_ANALYTE));

  change->changed = before == NULL || !catalogue_take_same (before, change->after);
  g_ptr_array_add (taking->changes, change);
  if (mh_issues_count (issues) > 0)
    catalogue_take_refuse (taking, row->line, change->after, issues);
}

/* The ranges of an analyte come as a whole. */
static void
remove_rest (Taking *taking)
{
  GPtrArray *all = mh_catalogue_all (taking->view, &mh_reference_range_type);
  for (guint i = 0; i < all->len; i++)
    {
      MhRecord *range = g_ptr_array_index (all, i);
      g_autofree char *key = catalogue_take_key_of (range);
      if (!g_hash_table_contains (taking->analytes,
                                  mh_record_text (range, MH_REFERENCE_RANGE_ANALYTE))
          || g_hash_table_contains (taking->keys, key))
        continue;
      Change *change = g_new0 (Change, 1);
      change->before = range;
      change->after = mh_record_copy (range);
      change->changed = TRUE;
      mh_record_set_int (change->after, MH_DELETED_AT, 1);
      g_ptr_array_add (taking->changes, change);
    }
}

/* Against the catalogue as it would be. */
static void
check_links (Taking *taking)
{
  g_autoptr (GPtrArray) afters = g_ptr_array_new ();
  for (guint i = 0; i < taking->changes->len; i++)
    g_ptr_array_add (afters, ((Change *)g_ptr_array_index (taking->changes, i))->after);
  g_autoptr (MhCatalogueView) overlay = mh_catalogue_view_with (taking->view, afters);

  for (guint i = 0; i < taking->changes->len; i++)
    {
      Change *change = g_ptr_array_index (taking->changes, i);
      g_autoptr (MhIssues) issues = mh_issues_new ();
      if (!change->changed || mh_record_has (change->after, MH_DELETED_AT))
        continue;
      mh_catalogue_check_links (overlay, change->after, issues);
      if (mh_issues_count (issues) > 0)
        catalogue_take_refuse (taking, change->line, change->after, issues);
    }
}

static gboolean
may_take (Taking *taking, const MhActor *actor, GError **error)
{
  for (guint i = 0; i < taking->changes->len; i++)
    {
      Change *change = g_ptr_array_index (taking->changes, i);
      gboolean price = mh_record_type (change->after) == &mh_price_list_type;
      if (change->changed
          && !mh_actor_require (actor, price ? MH_MAY_WRITE_PRICE : MH_MAY_WRITE_CATALOGUE, error))
        return FALSE;
    }
  return TRUE;
}

/* --- writing --- */

static gboolean
write_choices (MhTx *tx, MhRecord *set, GError **error)
{
  GPtrArray *choices = mh_record_records (set, MH_VALUE_SET_CHOICES);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  if (!mh_catalogue_store_drop_choices (mh_tx_db (tx), mh_record_id (set), error))
    return FALSE;

  for (guint i = 0; choices != NULL && i < choices->len; i++)
    {
      MhRecord *choice = mh_record_copy (g_ptr_array_index (choices, i));
      mh_record_take_text (choice, MH_ID, mh_id_new ());
      mh_record_set_text (choice, MH_VALUE_CHOICE_VALUE_SET_ID, mh_record_id (set));
      g_ptr_array_add (rows, choice);
    }

  return rows->len == 0 || mh_tx_insert_parts (tx, rows, error);
}

static gboolean
write_prices (const MhRequest *req, Change *change, MhCatalogueView *view, GError **error)
{
  g_autoptr (MhRecord) written = NULL;
  if (change->before == NULL)
    written = mh_tariff_list_create (req, view, change->after, error);
  else
    {
      g_autoptr (MhRecord) patch = mh_record_new (&mh_price_list_type);
      mh_record_apply (patch, change->after);
      for (guint i = 0; i < mh_price_list_type.n_fields; i++)
        if (!mh_catalogue_file_has (&mh_price_list_type, i))
          mh_record_unset (patch, i);
      written = mh_tariff_list_update (
          req, view,
          (MhPatch){ .id = mh_record_id (change->before), .if_match = -1, .body = patch }, error);
    }

  return written != NULL;
}

static gboolean
catalogue_take_write_row (const MhRequest *req, Change *change, GError **error)
{
  const char *action = change->before != NULL ? MH_REVISION_CHANGED : MH_REVISION_CREATED;
  MhRecord *after = change->after;
  gboolean signs = change->before == NULL
                       ? mh_catalogue_sign_new (after, req->actor, mh_tx_now (req->tx), error)
                       : mh_catalogue_sign_changed (change->before, after, req->actor,
                                                    mh_tx_now (req->tx), &action, error);

  if (!signs)
    return FALSE;
  if (change->before == NULL
          ? !mh_tx_insert (req->tx, after, MH_AUDIT_CREATE, "file", error)
          : !mh_tx_update (req->tx, change->before, after, MH_AUDIT_UPDATE, "file", error))
    return FALSE;
  if (mh_record_type (after) == &mh_value_set_type && !write_choices (req->tx, after, error))
    return FALSE;

  return mh_catalogue_history_write (req->tx, change->before, after,
                                     (MhCatalogueStep){ action, NULL, "file" }, error);
}

static gboolean
catalogue_take_write_change (const MhRequest *req,
                             Change *change,
                             MhCatalogueView *view,
                             GError **error)
{
  if (!change->changed)
    return TRUE;
  if (mh_record_has (change->after, MH_DELETED_AT))
    return mh_catalogue_service_remove (req, mh_record_type (change->after),
                                        mh_record_id (change->before), -1, error);
  if (mh_record_type (change->after) == &mh_price_list_type)
    return write_prices (req, change, view, error);
  return catalogue_take_write_row (req, change, error);
}

static gboolean
catalogue_take_write_all (const MhRequest *req, Taking *taking, GError **error)
{
  g_autoptr (GPtrArray) afters = g_ptr_array_new ();
  for (guint i = 0; i < taking->changes->len; i++)
    g_ptr_array_add (afters, ((Change *)g_ptr_array_index (taking->changes, i))->after);
  g_autoptr (MhCatalogueView) overlay = mh_catalogue_view_with (taking->view, afters);
  for (guint i = 0; i < taking->changes->len; i++)
    if (!catalogue_take_write_change (req, g_ptr_array_index (taking->changes, i), overlay, error))
      return FALSE;
  return TRUE;
}

/* --- what it came to --- */

static MhRecord *
report_of (Taking *taking, guint n_rows, gboolean dry_run)
{
  MhRecord *taken = mh_record_new (&mh_catalogue_taken_type);
  gint64 added = 0, changed = 0, removed = 0, unchanged = 0;
  for (guint i = 0; i < taking->changes->len; i++)
    {
      Change *change = g_ptr_array_index (taking->changes, i);
      added += change->before == NULL;
      removed += mh_record_has (change->after, MH_DELETED_AT);
      unchanged += !change->changed;
      changed += change->before != NULL && change->changed
                 && !mh_record_has (change->after, MH_DELETED_AT);
    }

  mh_record_set_bool (taken, MH_CATALOGUE_TAKEN_DRY_RUN, dry_run);
  mh_record_set_int (taken, MH_CATALOGUE_TAKEN_ROWS, n_rows);
  mh_record_set_int (taken, MH_CATALOGUE_TAKEN_ADDED, added);
  mh_record_set_int (taken, MH_CATALOGUE_TAKEN_CHANGED, changed);
  mh_record_set_int (taken, MH_CATALOGUE_TAKEN_SAME, unchanged);
  mh_record_set_int (taken, MH_CATALOGUE_TAKEN_REMOVED, removed);
  mh_record_set_int (taken, MH_CATALOGUE_TAKEN_BAD, taking->bad);
  mh_record_take_records (taken, MH_CATALOGUE_TAKEN_REMARKS, g_ptr_array_ref (taking->remarks));

  return taken;
}

MhRecord *
mh_catalogue_take (const MhRequest *req,
                   MhCatalogueView *view,
                   const MhCatalogueTake *take,
                   GError **error)
{
  g_autoptr (GPtrArray) remarks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) rows
      = mh_catalogue_file_read (take->text, take->length, take->type, remarks, error);
  if (rows == NULL)
    return NULL;

  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)catalogue_take_change_free);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) analytes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) existing = rows_by_key (view);
  Taking taking = { view, changes, remarks, keys, analytes, 0 };

  for (guint i = 0; i < rows->len; i++)
    catalogue_take_row (&taking, existing, g_ptr_array_index (rows, i));
  remove_rest (&taking);
  if (taking.bad == 0)
    check_links (&taking);
  if (!may_take (&taking, req->actor, error))
    return NULL;
  if (!take->dry_run && taking.bad == 0 && !catalogue_take_write_all (req, &taking, error))
    return NULL;

  return report_of (&taking, rows->len, take->dry_run);
}
