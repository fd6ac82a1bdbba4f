/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-catalogue.h"

#include "server/lab/catalogue/mh-catalogue-store.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-hospital.h"

#include <stdatomic.h>
#include <string.h>

static const char part_catalogue[] = "catalogue";

/* What stands in the view. Types without a code of their own are kept in the order they are read.
 */
static const MhRecordType *const kept[] = {
  &mh_test_type,
  &mh_panel_type,
  &mh_analyte_type,
  &mh_reference_range_type,
  &mh_container_type,
  &mh_bench_type,
  &mh_value_set_type,
  &mh_specimen_type_type,
  &mh_organism_type,
  &mh_antibiotic_type,
  &mh_hospital_type,
  &mh_price_list_type,
  &mh_tax_rule_type,
  &mh_department_type,
  &mh_reflex_rule_type,
  &mh_reagent_type,
  &mh_phrase_type,
  &mh_breakpoint_type,
  &mh_medicine_type,
  &mh_drug_ingredient_type,
  &mh_drug_interaction_type,
  &mh_allergy_cross_type,
};

struct _MhCatalogueView
{
  atomic_int refs;
  GPtrArray *all[G_N_ELEMENTS (kept)];
  GHashTable *by_code[G_N_ELEMENTS (kept)]; /* code → MhRecord; NULL for types without code */
  GHashTable *ranges;                       /* analyte code → GPtrArray of borrowed MhRecord */
  GHashTable *hospitals;                    /* id → borrowed MhRecord */
  GHashTable *prices; /* borrowed price list → GHashTable of code → borrowed entry */
  GPtrArray *zones; /* GLib finds a zone at once that somebody holds, and reads a file otherwise */
};

struct _MhCatalogue
{
  MhStore *store;
  GMutex lock;
  MhCatalogueView *view;
  gint64 seq;           /* the changes up to this one are in the view */
  gint64 looked_at;     /* monotonic time of the last look at the feed */
  atomic_bool stale;    /* this process changed it */
  atomic_bool doubtful; /* something was committed, perhaps elsewhere */
};

static void
something_changed (gint64 seq, gpointer data)
{
  MhCatalogue *catalogue = data;
  atomic_store (&catalogue->doubtful, TRUE);
}

MhCatalogue *
mh_catalogue_new (MhStore *store)
{
  MhCatalogue *catalogue = g_new0 (MhCatalogue, 1);
  catalogue->store = store;
  g_mutex_init (&catalogue->lock);
  mh_store_watch (store, something_changed, catalogue);
  return catalogue;
}

void
mh_catalogue_free (MhCatalogue *catalogue)
{
  if (catalogue == NULL)
    return;
  mh_store_unwatch (catalogue->store, something_changed, catalogue);
  g_clear_pointer (&catalogue->view, mh_catalogue_view_unref);
  g_mutex_clear (&catalogue->lock);
  g_free (catalogue);
}

void
mh_catalogue_invalidate (MhCatalogue *catalogue)
{
  atomic_store (&catalogue->stale, TRUE);
}

MhCatalogueView *
mh_catalogue_view_ref (MhCatalogueView *view)
{
  atomic_fetch_add (&view->refs, 1);
  return view;
}

void
mh_catalogue_view_unref (MhCatalogueView *view)
{
  if (view == NULL || atomic_fetch_sub (&view->refs, 1) != 1)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_clear_pointer (&view->by_code[i], g_hash_table_unref);
      g_clear_pointer (&view->all[i], g_ptr_array_unref);
    }

  g_clear_pointer (&view->ranges, g_hash_table_unref);
  g_clear_pointer (&view->hospitals, g_hash_table_unref);
  g_clear_pointer (&view->prices, g_hash_table_unref);
  g_clear_pointer (&view->zones, g_ptr_array_unref);
  g_free (view);
}

/* --- loading --- */

static void
index_ranges (MhCatalogueView *view, GPtrArray *ranges)
{
  view->ranges
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < ranges->len; i++)
    {
      MhRecord *range = g_ptr_array_index (ranges, i);
      const char *analyte = mh_record_text (range, MH_REFERENCE_RANGE_ANALYTE);
      GPtrArray *list = g_hash_table_lookup (view->ranges, analyte);
      if (list == NULL)
        {
          list = g_ptr_array_new ();
          g_hash_table_insert (view->ranges, (gpointer)analyte, list);
        }
      g_ptr_array_add (list, range);
    }
}

static void
index_hospitals (MhCatalogueView *view, GPtrArray *hospitals)
{
  view->hospitals = g_hash_table_new (g_str_hash, g_str_equal);
  view->zones = g_ptr_array_new_with_free_func ((GDestroyNotify)g_time_zone_unref);
  for (guint i = 0; i < hospitals->len; i++)
    {
      MhRecord *hospital = g_ptr_array_index (hospitals, i);
      const char *name = mh_record_text (hospital, MH_HOSPITAL_TIME_ZONE);
      GTimeZone *zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
      if (zone != NULL)
        g_ptr_array_add (view->zones, zone);
      g_hash_table_insert (view->hospitals, (gpointer)mh_record_id (hospital), hospital);
    }
}

static void
index_prices (MhCatalogueView *view, GPtrArray *lists)
{
  view->prices = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
  for (guint i = 0; i < lists->len; i++)
    {
      MhRecord *list = g_ptr_array_index (lists, i);
      GPtrArray *entries = mh_record_records (list, MH_PRICE_LIST_ENTRIES);
      GHashTable *by_code = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint k = 0; entries != NULL && k < entries->len; k++)
        {
          MhRecord *entry = g_ptr_array_index (entries, k);
          g_hash_table_insert (by_code, (gpointer)mh_record_text (entry, MH_PRICE_ENTRY_CODE),
                               entry);
        }
      g_hash_table_insert (view->prices, list, by_code);
    }
}

static void
index_codes (MhCatalogueView *view, guint slot)
{
  guint code = kept[slot]->key;
  if (code == 0)
    return;
  view->by_code[slot] = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < view->all[slot]->len; i++)
    {
      MhRecord *record = g_ptr_array_index (view->all[slot], i);
      g_hash_table_insert (view->by_code[slot], (gpointer)mh_record_text (record, code), record);
    }
}

static void
index_slot (MhCatalogueView *view, guint slot)
{
  index_codes (view, slot);
  if (kept[slot] == &mh_reference_range_type)
    index_ranges (view, view->all[slot]);
  if (kept[slot] == &mh_hospital_type)
    index_hospitals (view, view->all[slot]);
  if (kept[slot] == &mh_price_list_type)
    index_prices (view, view->all[slot]);
}

static gboolean
catalogue_is_changed (GPtrArray *changed, MhRecord *record)
{
  for (guint i = 0; i < changed->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (changed, i)), mh_record_id (record)) == 0)
      return TRUE;
  return FALSE;
}

MhCatalogueView *
mh_catalogue_view_with (MhCatalogueView *view, GPtrArray *changed)
{
  MhCatalogueView *made = g_new0 (MhCatalogueView, 1);
  atomic_init (&made->refs, 1);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autoptr (GPtrArray) mine = g_ptr_array_new ();
      for (guint k = 0; k < changed->len; k++)
        if (mh_record_type (g_ptr_array_index (changed, k)) == kept[i])
          g_ptr_array_add (mine, g_ptr_array_index (changed, k));
      made->all[i] = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint k = 0; k < view->all[i]->len; k++)
        if (!catalogue_is_changed (mine, g_ptr_array_index (view->all[i], k)))
          g_ptr_array_add (made->all[i], g_object_ref (g_ptr_array_index (view->all[i], k)));
      for (guint k = 0; k < mine->len; k++)
        if (!mh_record_has (g_ptr_array_index (mine, k), MH_DELETED_AT))
          g_ptr_array_add (made->all[i], g_object_ref (g_ptr_array_index (mine, k)));
      index_slot (made, i);
    }

  return made;
}

static MhCatalogueView *
catalogue_load (MhDb *db, GError **error)
{
  g_autoptr (MhCatalogueView) view = g_new0 (MhCatalogueView, 1);
  atomic_init (&view->refs, 1);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      view->all[i] = mh_catalogue_store_load (db, kept[i], error);
      if (view->all[i] == NULL)
        return NULL;
      if (kept[i] == &mh_price_list_type
          && !mh_catalogue_store_load_prices (db, view->all[i], error))
        return NULL;
      index_slot (view, i);
      if (kept[i] == &mh_value_set_type
          && !mh_catalogue_store_load_choices (db, view->by_code[i], error))
        return NULL;
    }

  return g_steal_pointer (&view);
}

/* With the lock held: is the view still what the database says? Other processes' changes are looked
 * for at most once a second. */
static gboolean
fresh (MhCatalogue *catalogue, MhDb *db, gint64 *out_seq, GError **error)
{
  gint64 now = g_get_monotonic_time ();
  *out_seq = catalogue->seq;
  if (catalogue->view != NULL && !atomic_load (&catalogue->stale)
      && (!atomic_load (&catalogue->doubtful) || now - catalogue->looked_at < G_USEC_PER_SEC))
    return TRUE;

  atomic_store (&catalogue->doubtful, FALSE);
  atomic_store (&catalogue->stale, FALSE);
  catalogue->looked_at = now;
  gboolean changed = TRUE;

  if (catalogue->view == NULL)
    *out_seq = mh_catalogue_store_last (db, error);
  else if (!mh_catalogue_store_look (db, catalogue->seq, out_seq, &changed, error))
    return FALSE;

  if (!changed)
    catalogue->seq = *out_seq;
  return !changed;
}

MhCatalogueView *
mh_catalogue_view (MhCatalogue *catalogue, MhDb *db, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&catalogue->lock);
  g_autoptr (GError) inner = NULL;
  gint64 seq;

  if (!fresh (catalogue, db, &seq, &inner))
    {
      MhCatalogueView *view = inner == NULL ? catalogue_load (db, &inner) : NULL;
      if (view == NULL)
        {
          atomic_store (&catalogue->stale, TRUE);
          g_propagate_prefixed_error (error, g_steal_pointer (&inner), "The catalogue: ");
          return NULL;
        }
      g_clear_pointer (&catalogue->view, mh_catalogue_view_unref);
      catalogue->view = view;
      catalogue->seq = seq;
    }

  return mh_catalogue_view_ref (catalogue->view);
}

/* --- looking --- */

static int
slot_of (const MhRecordType *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (kept[i] == type)
      return (int)i;
  return -1;
}

MhRecord *
mh_catalogue_find (MhCatalogueView *view, const MhRecordType *type, const char *code)
{
  int slot = slot_of (type);
  g_return_val_if_fail (slot >= 0 && view->by_code[slot] != NULL, NULL);
  return code != NULL ? g_hash_table_lookup (view->by_code[slot], code) : NULL;
}

GPtrArray *
mh_catalogue_all (MhCatalogueView *view, const MhRecordType *type)
{
  int slot = slot_of (type);
  g_return_val_if_fail (slot >= 0, NULL);
  return view->all[slot];
}

GPtrArray *
mh_catalogue_ranges (MhCatalogueView *view, const char *analyte)
{
  return g_hash_table_lookup (view->ranges, analyte);
}

MhRecord *
mh_catalogue_hospital (MhCatalogueView *view, const char *id)
{
  return id != NULL ? g_hash_table_lookup (view->hospitals, id) : NULL;
}

gint64
mh_catalogue_price (MhCatalogueView *view, MhRecord *list, const char *code, gint64 otherwise)
{
  GHashTable *by_code = list != NULL ? g_hash_table_lookup (view->prices, list) : NULL;
  MhRecord *entry = by_code != NULL ? g_hash_table_lookup (by_code, code) : NULL;
  return entry != NULL ? mh_record_int (entry, MH_PRICE_ENTRY_PRICE) : otherwise;
}

MhCatalogue *
mh_server_catalogue (MhServer *server)
{
  return mh_server_part (server, part_catalogue);
}

void
mh_server_keep_catalogue (MhServer *server, MhCatalogue *catalogue)
{
  mh_server_keep (server, part_catalogue, catalogue, (GDestroyNotify)mh_catalogue_free);
}
