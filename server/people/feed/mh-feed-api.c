/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/feed/mh-feed-api.h"

#include "server/people/feed/mh-feed-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/audit/mh-read-log.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/base/mh-json.h"
#include "shared/records/people/mh-hospital.h"

#define MAX_ROWS 500

static void
note_reads (MhCall *call, GPtrArray *patients)
{
  MhReadLog *log = mh_server_read_log (mh_call_server (call));
  for (guint i = 0; log != NULL && i < patients->len; i++)
    {
      MhRecord *record = g_ptr_array_index (patients, i);
      mh_read_log_note (log, mh_call_who (call), mh_record_type (record)->code,
                        mh_record_id (record), mh_record_patient_id (record));
    }
}

static GPtrArray *
read_noted (MhCall *call, MhDb *db, const MhFeedWanted *wanted, gint64 *out_next, GError **error)
{
  g_autoptr (GPtrArray) patients = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *lines
      = mh_feed_service_read (MH_REQUEST_DB (db, mh_call_server (call), mh_call_actor (call)),
                              wanted, patients, out_next, error);
  if (lines != NULL)
    note_reads (call, patients);
  return lines;
}

GPtrArray *
mh_feed_live (MhCall *call, gint64 after, guint limit, gint64 *out_next, GError **error)
{
  MhFeedWanted wanted = { after, limit, mh_call_query (call, "types") };
  MhDb *db = mh_store_take_reader (mh_call_store (call), error);
  if (db == NULL)
    return NULL;

  GPtrArray *lines = NULL;
  if (mh_db_begin (db, MH_TX_READ, error))
    {
      lines = read_noted (call, db, &wanted, out_next, error);
      mh_db_rollback (db);
    }

  mh_store_give_reader (mh_call_store (call), db);
  return lines;
}

static char *
server_epoch (MhDb *db)
{
  g_autoptr (MhRecord) setting = mh_store_find (db, &mh_setting_type, "key", "server_epoch", NULL);
  return setting != NULL ? g_strdup (mh_record_text (setting, MH_SETTING_VALUE)) : NULL;
}

static MhReply *
feed_changes (MhCall *call, GError **error)
{
  MhFeedWanted wanted
      = { mh_call_query_int (call, "after", 0), (guint)mh_call_query_int (call, "limit", MAX_ROWS),
          mh_call_query (call, "types") };
  gint64 next = 0;
  MhDb *db = mh_call_db (call);
  gint64 last = mh_feed_service_last (db, error);
  g_autoptr (GPtrArray) lines = last >= 0 ? read_noted (call, db, &wanted, &next, error) : NULL;

  if (lines == NULL)
    return NULL;

  g_autofree char *epoch = server_epoch (db);
  GString *out = g_string_sized_new (16 * 1024);
  mh_json_open (out, '{');
  mh_json_key (out, "items");
  mh_json_open (out, '[');
  for (guint i = 0; i < lines->len; i++)
    mh_json_put_raw (out, g_ptr_array_index (lines, i));
  mh_json_close (out, ']');
  mh_json_key (out, "next");
  if (next < last)
    mh_json_put_int (out, next);
  else
    mh_json_put_null (out);

  mh_json_member_int (out, "last", last);
  mh_json_member_text (out, "server_epoch", epoch);
  mh_json_close (out, '}');

  return mh_reply_json (out);
}

/* Reached only by a plain GET that the transport did not recognise as an upgrade. */
static MhReply *
feed_events (MhCall *call, GError **error)
{
  mh_error_set (error, MH_ERROR_MALFORMED, "Ask with Upgrade: websocket.");
  return NULL;
}

void
mh_feed_bind (MhRouter *router)
{
  mh_router_bind (router, "feed.changes", feed_changes);
  mh_router_bind (router, "feed.events", feed_events);
}
