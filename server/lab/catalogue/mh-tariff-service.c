/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-tariff-service.h"

#include "server/lab/catalogue/mh-catalogue-history.h"
#include "server/lab/catalogue/mh-tariff-store.h"
#include "server/people/admin/mh-directory-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-json.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-tax-rule.h"
#include "shared/records/platform/mh-audit.h"

/* --- looking --- */

static gboolean
tariff_service_may_see (const MhActor *actor, MhRecord *record)
{
  guint field = mh_record_type (record)->hospital;
  const char *owner = field != 0 ? mh_record_text (record, field) : NULL;
  const char *own = mh_actor_hospital_id (actor);
  return owner == NULL || own == NULL || g_str_equal (owner, own);
}

static GPtrArray *
tariff_service_list (MhCatalogueView *view,
                     const MhRecordType *type,
                     const MhActor *actor,
                     const char *q,
                     const char *after,
                     guint limit)
{
  GPtrArray *all = mh_catalogue_all (view, type);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean behind = after == NULL;
  for (guint i = 0; i < all->len && found->len < limit; i++)
    {
      MhRecord *record = g_ptr_array_index (all, i);
      if (behind && tariff_service_may_see (actor, record) && mh_directory_matches (record, q))
        g_ptr_array_add (found, mh_record_copy (record));
      behind = behind || g_str_equal (mh_record_id (record), after);
    }
  return found;
}

GPtrArray *
mh_tariff_lists (MhCatalogueView *view,
                 const MhActor *actor,
                 const char *q,
                 const char *after,
                 guint limit)
{
  GPtrArray *lists = tariff_service_list (view, &mh_price_list_type, actor, q, after, limit);
  for (guint i = 0; i < lists->len; i++)
    mh_record_unset (g_ptr_array_index (lists, i), MH_PRICE_LIST_ENTRIES);
  return lists;
}

GPtrArray *
mh_tariff_rules (MhCatalogueView *view,
                 const MhActor *actor,
                 const char *q,
                 const char *after,
                 guint limit)
{
  return tariff_service_list (view, &mh_tax_rule_type, actor, q, after, limit);
}

MhRecord *
mh_tariff_list_read (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) price_list = mh_edit_get (req, &mh_price_list_type, id, error);
  GPtrArray *entries = price_list != NULL ? mh_tariff_store_entries (req->db, id, error) : NULL;
  if (entries == NULL)
    return NULL;
  mh_record_take_records (price_list, MH_PRICE_LIST_ENTRIES, entries);
  return g_steal_pointer (&price_list);
}

/* --- price lists --- */

static gboolean
tariff_service_is_offered (MhCatalogueView *view, const char *code)
{
  return mh_catalogue_find (view, &mh_test_type, code) != NULL
         || mh_catalogue_find (view, &mh_panel_type, code) != NULL;
}

static gboolean
check_entries (MhCatalogueView *view, GPtrArray *entries, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const char *code = mh_record_text (g_ptr_array_index (entries, i), MH_PRICE_ENTRY_CODE);
      g_autofree char *field = g_strdup_printf ("entries[%u].code", i);
      if (code == NULL || !tariff_service_is_offered (view, code))
        mh_issues_add (issues, field, "unknown_code",
                       "“%s” is not a test or panel of the catalogue.", code != NULL ? code : "");
      else if (!g_hash_table_add (seen, (gpointer)code))
        mh_issues_add (issues, field, "duplicate", "%s has a price in this list already.", code);
    }

  return mh_issues_raise (issues, error);
}

static gint64
price_in (GPtrArray *entries, const char *code)
{
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      MhRecord *entry = g_ptr_array_index (entries, i);
      if (g_strcmp0 (mh_record_text (entry, MH_PRICE_ENTRY_CODE), code) == 0)
        return mh_record_int (entry, MH_PRICE_ENTRY_PRICE);
    }
  return -1;
}

static void
put_change (GString *out, const char *code, gint64 from, gint64 to)
{
  mh_json_key (out, code);
  mh_json_open (out, '{');
  if (from >= 0)
    mh_json_member_int (out, "from", from);
  if (to >= 0)
    mh_json_member_int (out, "to", to);
  mh_json_close (out, '}');
}

/* Who changed which price, in the audit trail: the entries are parts, which it does not see. */
static char *
price_changes (GPtrArray *before, GPtrArray *after)
{
  GString *out = g_string_new (NULL);
  mh_json_open (out, '{');
  mh_json_key (out, "prices");
  mh_json_open (out, '{');

  for (guint i = 0; i < after->len; i++)
    {
      MhRecord *entry = g_ptr_array_index (after, i);
      const char *code = mh_record_text (entry, MH_PRICE_ENTRY_CODE);
      gint64 from = price_in (before, code), to = mh_record_int (entry, MH_PRICE_ENTRY_PRICE);
      if (from != to)
        put_change (out, code, from, to);
    }

  for (guint i = 0; before != NULL && i < before->len; i++)
    {
      MhRecord *entry = g_ptr_array_index (before, i);
      const char *code = mh_record_text (entry, MH_PRICE_ENTRY_CODE);
      if (price_in (after, code) < 0)
        put_change (out, code, mh_record_int (entry, MH_PRICE_ENTRY_PRICE), -1);
    }

  mh_json_close (out, '}');
  mh_json_close (out, '}');
  return g_string_free (out, FALSE);
}

static void
tariff_service_put_amount (GString *out, gint64 minor)
{
  g_autofree char *text
      = minor < 0 ? NULL
                  : g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", minor / 100, (int)(minor % 100));
  mh_json_put_text (out, text);
}

static void
tariff_service_put_pair (GString *out, const char *code, gint64 from, gint64 to)
{
  g_autofree char *key = g_strconcat ("price ", code, NULL);
  mh_json_key (out, key);
  mh_json_open (out, '[');
  tariff_service_put_amount (out, from);
  tariff_service_put_amount (out, to);
  mh_json_close (out, ']');
}

/* The same for the history of the list, as old and new value of each code. */
static char *
price_pairs (GPtrArray *before, GPtrArray *after)
{
  GString *out = g_string_new (NULL);
  mh_json_open (out, '{');
  for (guint i = 0; i < after->len; i++)
    {
      MhRecord *entry = g_ptr_array_index (after, i);
      const char *code = mh_record_text (entry, MH_PRICE_ENTRY_CODE);
      gint64 from = price_in (before, code), to = mh_record_int (entry, MH_PRICE_ENTRY_PRICE);
      if (from != to)
        tariff_service_put_pair (out, code, from, to);
    }

  for (guint i = 0; before != NULL && i < before->len; i++)
    {
      MhRecord *entry = g_ptr_array_index (before, i);
      const char *code = mh_record_text (entry, MH_PRICE_ENTRY_CODE);
      if (price_in (after, code) < 0)
        tariff_service_put_pair (out, code, mh_record_int (entry, MH_PRICE_ENTRY_PRICE), -1);
    }

  mh_json_close (out, '}');
  return g_string_free (out, FALSE);
}

static gboolean
write_entries (MhTx *tx, MhRecord *price_list, GPtrArray *sent, char **out_pairs, GError **error)
{
  MhDb *db = mh_tx_db (tx);
  const char *id = mh_record_id (price_list);
  g_autoptr (GPtrArray) before = mh_tariff_store_entries (db, id, error);
  if (before == NULL || !mh_tariff_store_drop_entries (db, id, error))
    return FALSE;

  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; sent != NULL && i < sent->len; i++)
    {
      MhRecord *from = g_ptr_array_index (sent, i);
      MhRecord *entry = mh_record_new (&mh_price_entry_type);
      mh_record_set_text (entry, MH_PRICE_ENTRY_PRICE_LIST_ID, id);
      mh_record_set_text (entry, MH_PRICE_ENTRY_CODE, mh_record_text (from, MH_PRICE_ENTRY_CODE));
      mh_record_set_int (entry, MH_PRICE_ENTRY_PRICE, mh_record_int (from, MH_PRICE_ENTRY_PRICE));
      g_ptr_array_add (rows, entry);
    }

  g_autofree char *detail = price_changes (before, rows);
  *out_pairs = price_pairs (before, rows);
  return mh_tx_insert_parts (tx, rows, error)
         && mh_tx_audit (
             tx, &(MhAuditNote){ NULL, MH_AUDIT_UPDATE, mh_price_list_type.code, id, detail, NULL },
             error);
}

MhRecord *
mh_tariff_list_create (const MhRequest *req, MhCatalogueView *view, MhRecord *draft, GError **error)
{
  GPtrArray *sent = mh_record_records (draft, MH_PRICE_LIST_ENTRIES);
  if (!check_entries (view, sent, error))
    return NULL;
  g_autofree char *pairs = NULL;
  g_autoptr (MhRecord) made = mh_directory_create (req, draft, error);
  if (made == NULL || (sent != NULL && !write_entries (req->tx, made, sent, &pairs, error))
      || !mh_catalogue_history_write (req->tx, NULL, made,
                                      (MhCatalogueStep){ MH_REVISION_CREATED, pairs, NULL }, error))
    return NULL;
  return mh_tariff_list_read (req, mh_record_id (made), error);
}

MhRecord *
mh_tariff_list_update (const MhRequest *req, MhCatalogueView *view, MhPatch patch, GError **error)
{
  GPtrArray *sent = mh_record_records (patch.body, MH_PRICE_LIST_ENTRIES);
  if (!check_entries (view, sent, error))
    return NULL;

  g_autofree char *pairs = NULL;
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_price_list_type, patch.id, error);
  g_autoptr (MhRecord) changed = before != NULL ? mh_directory_update (req, patch, error) : NULL;

  if (changed == NULL
      || (mh_record_is_set (patch.body, MH_PRICE_LIST_ENTRIES)
          && !write_entries (req->tx, changed, sent, &pairs, error))
      || !mh_catalogue_history_write (req->tx, before, changed,
                                      (MhCatalogueStep){ MH_REVISION_CHANGED, pairs, NULL }, error))
    return NULL;

  return mh_tariff_list_read (req, patch.id, error);
}

/* --- tax rules --- */

static void
tariff_service_check_codes (MhCatalogueView *view,
                            MhRecord *rule,
                            guint field,
                            gboolean (*known) (MhCatalogueView *view, const char *code),
                            MhIssues *issues)
{
  const char *const *codes = mh_record_list (rule, field);
  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    if (!known (view, codes[i]))
      mh_issues_add (issues, mh_tax_rule_type.fields[field].name, "unknown_code",
                     "“%s” is not in the catalogue.", codes[i]);
}

static gboolean
is_bench (MhCatalogueView *view, const char *code)
{
  return mh_catalogue_find (view, &mh_bench_type, code) != NULL;
}

static gboolean
is_department (MhCatalogueView *view, const char *code)
{
  return mh_catalogue_find (view, &mh_department_type, code) != NULL;
}

static gboolean
check_rule (MhCatalogueView *view, MhRecord *rule, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  tariff_service_check_codes (view, rule, MH_TAX_RULE_TESTS, tariff_service_is_offered, issues);
  tariff_service_check_codes (view, rule, MH_TAX_RULE_BENCHES, is_bench, issues);
  tariff_service_check_codes (view, rule, MH_TAX_RULE_DEPARTMENTS, is_department, issues);
  return mh_issues_raise (issues, error);
}

MhRecord *
mh_tariff_rule_create (const MhRequest *req, MhCatalogueView *view, MhRecord *draft, GError **error)
{
  return check_rule (view, draft, error) ? mh_directory_create (req, draft, error) : NULL;
}

MhRecord *
mh_tariff_rule_update (const MhRequest *req, MhCatalogueView *view, MhPatch patch, GError **error)
{
  return check_rule (view, patch.body, error) ? mh_directory_update (req, patch, error) : NULL;
}
