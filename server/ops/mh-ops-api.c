/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ops/mh-ops-api.h"

#include <stdio.h>
#include <unistd.h>

#include "server/http/mh-dispatch.h"
#include "server/mh-server-app.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/mh-permissions.h"
#include "shared/records/mh-problem.h"

static MhReply *
reply_health (MhRecord *health)
{
  GString *out = g_string_sized_new (256);
  gboolean ok = g_strcmp0 (mh_record_text (health, MH_HEALTH_STATUS), MH_HEALTH_OK) == 0;
  mh_record_put_json (health, MH_JSON_SKIP_UNSET, out);
  MhReply *reply = mh_reply_json (out);
  mh_reply_set_status (reply, ok ? 200 : 503);
  return reply;
}

static MhReply *
health_live (MhCall *call, GError **error)
{
  g_autoptr (MhRecord) health = mh_record_new (&mh_health_type);
  mh_record_set_text (health, MH_HEALTH_STATUS, MH_HEALTH_OK);
  return reply_health (health);
}

static MhRecord *
check_store (MhCall *call)
{
  MhRecord *health = mh_record_new (&mh_health_type);
  gboolean ok = mh_store_is_healthy (mh_call_store (call), NULL);
  mh_record_set_text (health, MH_HEALTH_STATUS, ok ? MH_HEALTH_OK : MH_HEALTH_FAILED);
  return health;
}

static MhReply *
health_ready (MhCall *call, GError **error)
{
  g_autoptr (MhRecord) health = check_store (call);
  return reply_health (health);
}

static gint64
resident_kib (void)
{
  long size = 0;
  long resident = 0;
  FILE *file = fopen ("/proc/self/statm", "r");
  if (file == NULL)
    return 0;
  if (fscanf (file, "%ld %ld", &size, &resident) != 2)
    resident = 0;
  fclose (file);
  return (gint64)resident * sysconf (_SC_PAGESIZE) / 1024;
}

static MhReply *
health_detail (MhCall *call, GError **error)
{
  MhActor *actor = mh_call_actor (call);
  MhDispatch *dispatch = mh_call_dispatch (call);
  g_autoptr (MhRecord) health = check_store (call);
  if (actor != NULL && mh_actor_may (actor, MH_MAY_READ_HEALTH))
    {
      const char *url
          = mh_server_config_text (mh_server_config (mh_call_server (call)), "database.url");
      mh_record_set_text (health, MH_HEALTH_VERSION, MAHIMA_VERSION);
      mh_record_set_int (health, MH_HEALTH_STARTED_AT, mh_server_started (mh_call_server (call)));
      mh_record_set_text (health, MH_HEALTH_DATABASE,
                          g_str_has_prefix (url, "sqlite:") ? "sqlite" : "postgresql");
      mh_record_set_int (health, MH_HEALTH_MEMORY_KIB, resident_kib ());
      if (dispatch != NULL)
        mh_record_set_int (health, MH_HEALTH_CONNECTIONS,
                           mh_metrics_gauge (mh_dispatch_metrics (dispatch), MH_GAUGE_CONNECTIONS));
    }
  return reply_health (health);
}

static MhReply *
metrics_read (MhCall *call, GError **error)
{
  GString *out = g_string_sized_new (16 * 1024);
  mh_metrics_write (mh_dispatch_metrics (mh_call_dispatch (call)), mh_call_store (call), out);
  mh_metrics_put_value (out, "mahima_resident_bytes", "gauge", "Memory of the process.",
                        (double)resident_kib () * 1024);
  return mh_reply_bytes (g_string_free_to_bytes (out), mh_call_route (call)->media, NULL);
}

static MhReply *
openapi_read (MhCall *call, GError **error)
{
  GBytes *document = mh_dispatch_openapi (mh_call_dispatch (call));
  return mh_reply_bytes (g_bytes_ref (document), "application/json", NULL);
}

void
mh_ops_bind (MhRouter *router)
{
  mh_router_bind (router, "health.live", health_live);
  mh_router_bind (router, "health.ready", health_ready);
  mh_router_bind (router, "health.detail", health_detail);
  mh_router_bind (router, "metrics.read", metrics_read);
  mh_router_bind (router, "openapi.read", openapi_read);
}
