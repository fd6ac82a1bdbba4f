/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/feed/mh-feed-service.h"

#include <string.h>

#include "server/people/feed/mh-feed-store.h"
#include "server/people/gate/mh-access.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-json.h"
#include "shared/proto/mh-route.h"
#include "shared/record/mh-record-json.h"
#include "shared/record/mh-registry.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

/* Who may read a type by its own call may also hear of it. Types without a call (a result is read
 * on its sheet) go by the right of their name, reference data by that of the catalogue. */
gboolean
mh_feed_service_may (MhActor *actor, const MhRecordType *type)
{
  const MhRoute *route = mh_route_reading (type);
  if (route != NULL)
    return mh_actor_may (actor, route->permission);
  g_autofree char *right = g_strconcat (type->code, ".read", NULL);
  return mh_actor_may (actor, right)
         || ((type->flags & MH_TYPE_CATALOGUE) != 0 && mh_actor_may (actor, MH_MAY_READ_CATALOGUE));
}

static gboolean
feed_service_is_wanted (const char *types, const char *code)
{
  gsize length = strlen (code);
  if (types == NULL || types[0] == 0)
    return TRUE;
  for (const char *at = types; at != NULL; at = strchr (at, ',') ? strchr (at, ',') + 1 : NULL)
    if (strncmp (at, code, length) == 0 && (at[length] == 0 || at[length] == ','))
      return TRUE;
  return FALSE;
}

static gboolean
in_hospital (MhActor *actor, const char *hospital)
{
  const char *own = mh_actor_hospital_id (actor);
  return own == NULL || hospital == NULL || g_str_equal (own, hospital);
}

/* The rights of one page are asked once for each type. */
static gboolean
may_cached (GHashTable *cache, MhActor *actor, const MhRecordType *type)
{
  gpointer known = NULL;
  if (!g_hash_table_lookup_extended (cache, type, NULL, &known))
    {
      known = GINT_TO_POINTER (mh_feed_service_may (actor, type));
      g_hash_table_insert (cache, (gpointer)type, known);
    }
  return GPOINTER_TO_INT (known);
}

static char *
change_json (MhRecord *change, MhRecord *record, gboolean closed)
{
  GString *out = g_string_sized_new (record != NULL ? 2048 : 160);
  mh_json_open (out, '{');
  mh_json_member_int (out, "seq", mh_record_int (change, MH_CHANGE_SEQ));
  mh_json_member_text (out, "type", mh_record_text (change, MH_CHANGE_TYPE));
  mh_json_member_text (out, "id", mh_record_text (change, MH_CHANGE_RECORD_ID));
  mh_json_member_int (out, "version", mh_record_int (change, MH_CHANGE_RECORD_VERSION));
  mh_json_member_text (out, "op",
                       closed ? MH_CHANGE_OP_DELETE : mh_record_text (change, MH_CHANGE_OP));

  if (record != NULL && !closed)
    {
      mh_json_key (out, "record");
      mh_record_put_json (record, MH_JSON_STORED_ONLY, out);
    }

  mh_json_close (out, '}');
  return g_string_free (out, FALSE);
}

/* A record changed five times since is sent once, with its last change. */
static GHashTable *
last_changes (GPtrArray *changes)
{
  GHashTable *last = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < changes->len; i++)
    g_hash_table_insert (
        last, (gpointer)mh_record_text (g_ptr_array_index (changes, i), MH_CHANGE_RECORD_ID),
        g_ptr_array_index (changes, i));
  return last;
}

static MhRecord *
current_record (MhDb *db, MhRecord *change, const MhRecordType *type)
{
  if (g_strcmp0 (mh_record_text (change, MH_CHANGE_OP), MH_CHANGE_OP_DELETE) == 0)
    return NULL;
  return mh_store_get (db, type, mh_record_text (change, MH_CHANGE_RECORD_ID), NULL);
}

/* What is told of one page: the change and its record as it stands, NULL when that is gone. */
typedef struct
{
  GPtrArray *changes; /* borrowed MhRecord */
  GPtrArray *records; /* MhRecord or NULL */
  GPtrArray *charts;  /* what tells whose chart each is of: itself, its order, or NULL */
  GPtrArray *about;   /* those that hold patients' data */
} Page;

static void
feed_service_unref_if (gpointer object)
{
  if (object != NULL)
    g_object_unref (object);
}

static void
feed_service_page_clear (Page *page)
{
  g_ptr_array_unref (page->changes);
  g_ptr_array_unref (page->records);
  g_ptr_array_unref (page->charts);
  g_ptr_array_unref (page->about);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, feed_service_page_clear)

/* NULL: it is of nobody's chart. */
static MhRecord *
chart_of (MhDb *db, MhRecord *record)
{
  const MhRecordType *type = record != NULL ? mh_record_type (record) : NULL;
  if (type == NULL || (type->flags & MH_TYPE_PATIENT) == 0)
    return NULL;
  guint order = type->order;
  if (order == 0 || type->patient != 0)
    return g_object_ref (record);
  const char *order_id = mh_record_text (record, order);
  return order_id != NULL ? mh_store_get (db, &mh_order_type, order_id, NULL) : NULL;
}

static void
page_gather (Page *page, const MhRequest *req, const MhFeedWanted *wanted, GPtrArray *changes)
{
  g_autoptr (GHashTable) rights = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) last = last_changes (changes);
  for (guint i = 0; i < changes->len; i++)
    {
      MhRecord *change = g_ptr_array_index (changes, i);
      const MhRecordType *type = mh_registry_find (mh_record_text (change, MH_CHANGE_TYPE));
      if (type == NULL || !feed_service_is_wanted (wanted->types, type->code)
          || !in_hospital (req->actor, mh_record_text (change, MH_CHANGE_HOSPITAL_ID))
          || !may_cached (rights, req->actor, type)
          || g_hash_table_lookup (last, mh_record_text (change, MH_CHANGE_RECORD_ID)) != change)
        continue;
      g_autoptr (MhRecord) record = current_record (req->db, change, type);
      if (record != NULL && type->is_for != NULL
          && !type->is_for (record, mh_actor_user_id (req->actor),
                            mh_actor_permissions (req->actor)))
        continue;
      if (record != NULL && (type->flags & MH_TYPE_PATIENT) != 0)
        g_ptr_array_add (page->about, g_object_ref (record));
      g_ptr_array_add (page->changes, change);
      g_ptr_array_add (page->charts, chart_of (req->db, record));
      g_ptr_array_add (page->records, g_steal_pointer (&record));
    }
}

/* A local copy outlives every opening of a chart: of a protected one it holds that there is one,
 * and what is being worked on. What was there before goes. */
static gboolean
is_closed (const MhRequest *req, MhAccessView *view, MhRecord *record, MhRecord *chart)
{
  const char *kind = chart != NULL ? mh_access_view_kind (view, chart) : NULL;
  if (kind == NULL)
    return FALSE;
  if (mh_record_type (record) == &mh_patient_type)
    {
      mh_access_mask_record (req->actor, record);
      return FALSE;
    }
  return !mh_access_is_work (req, record, kind);
}

static MhAccessView *
view_of_page (const MhRequest *req, Page *page, GError **error)
{
  g_autoptr (GPtrArray) charts = g_ptr_array_new ();
  for (guint i = 0; i < page->charts->len; i++)
    if (g_ptr_array_index (page->charts, i) != NULL)
      g_ptr_array_add (charts, g_ptr_array_index (page->charts, i));
  return mh_access_view_new_always (req, charts, error);
}

GPtrArray *
mh_feed_service_read (const MhRequest *req,
                      const MhFeedWanted *wanted,
                      GPtrArray *out_patients,
                      gint64 *out_next,
                      GError **error)
{
  g_autoptr (GPtrArray) changes
      = mh_feed_store_after (req->db, wanted->after, wanted->limit, error);
  if (changes == NULL)
    return NULL;

  g_auto (Page) page = { g_ptr_array_new (), g_ptr_array_new_with_free_func (feed_service_unref_if),
                         g_ptr_array_new_with_free_func (feed_service_unref_if),
                         g_ptr_array_new_with_free_func (g_object_unref) };

  page_gather (&page, req, wanted, changes);
  g_autoptr (MhAccessView) view = view_of_page (req, &page, error);
  if (view == NULL)
    return NULL;

  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < page.changes->len; i++)
    {
      MhRecord *record = g_ptr_array_index (page.records, i);
      gboolean closed = is_closed (req, view, record, g_ptr_array_index (page.charts, i));
      g_ptr_array_add (lines, change_json (g_ptr_array_index (page.changes, i), record, closed));
    }

  for (guint i = 0; out_patients != NULL && i < page.about->len; i++)
    if (mh_access_view_kind (view, g_ptr_array_index (page.about, i)) == NULL)
      g_ptr_array_add (out_patients, g_object_ref (g_ptr_array_index (page.about, i)));

  *out_next = changes->len > 0
                  ? mh_record_int (g_ptr_array_index (changes, changes->len - 1), MH_CHANGE_SEQ)
                  : wanted->after;

  return lines;
}

gint64
mh_feed_service_last (MhDb *db, GError **error)
{
  return mh_feed_store_last (db, error);
}
