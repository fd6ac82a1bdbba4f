/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/ops/mh-ops-api.h"

#include <stdio.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "server/platform/http/mh-dispatch.h"
#include "server/platform/ops/mh-ops-store.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/clinic/mh-problem.h"
#include "shared/records/people/mh-permissions.h"

#define LITTLE_ROOM (256 << 20) /* bytes: a day or two of a small hospital */

static MhReply *
reply_health (MhRecord *health)
{
  GString *out = g_string_sized_new (256);
  gboolean failed = g_strcmp0 (mh_record_text (health, MH_HEALTH_STATUS), MH_HEALTH_FAILED) == 0;
  mh_record_put_json (health, MH_JSON_SKIP_UNSET, out);
  MhReply *reply = mh_reply_json (out);
  mh_reply_set_status (reply, failed ? 503 : 200);
  return reply;
}

static MhReply *
health_live (MhCall *call, GError **error)
{
  g_autoptr (MhRecord) health = mh_record_new (&mh_health_type);
  mh_record_set_text (health, MH_HEALTH_STATUS, MH_HEALTH_OK);
  return reply_health (health);
}

/* --- the parts --- */

static int
ops_api_rank_of (const char *status)
{
  return g_strcmp0 (status, MH_HEALTH_FAILED) == 0     ? 2
         : g_strcmp0 (status, MH_HEALTH_DEGRADED) == 0 ? 1
                                                       : 0;
}

/* The worst of the parts is the whole's status. */
static MhRecord *
add_check (MhRecord *health, const char *name, const char *status, const char *detail)
{
  GPtrArray *known = mh_record_records (health, MH_HEALTH_CHECKS);
  GPtrArray *checks = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *check = mh_record_new (&mh_health_check_type);

  mh_record_set_text (check, MH_HEALTH_CHECK_NAME, name);
  mh_record_set_text (check, MH_HEALTH_CHECK_STATUS, status);
  mh_record_set_text (check, MH_HEALTH_CHECK_DETAIL, detail);
  for (guint i = 0; known != NULL && i < known->len; i++)
    g_ptr_array_add (checks, g_object_ref (g_ptr_array_index (known, i)));
  g_ptr_array_add (checks, check);
  mh_record_take_records (health, MH_HEALTH_CHECKS, checks);
  if (ops_api_rank_of (status) >= ops_api_rank_of (mh_record_text (health, MH_HEALTH_STATUS)))
    mh_record_set_text (health, MH_HEALTH_STATUS, status);
  return check;
}

/* Why is told to everybody who may ask: a load balancer's log is where it is looked for. */
static MhRecord *
check_store (MhCall *call)
{
  MhRecord *health = mh_record_new (&mh_health_type);
  g_autoptr (GError) error = NULL;
  gboolean ok = mh_store_is_healthy (mh_call_store (call), &error);
  add_check (health, "database", ok ? MH_HEALTH_OK : MH_HEALTH_FAILED,
             error != NULL ? error->message : NULL);
  return health;
}

static MhReply *
health_ready (MhCall *call, GError **error)
{
  g_autoptr (MhRecord) health = check_store (call);
  if (mh_server_is_draining (mh_call_server (call)))
    add_check (health, "draining", MH_HEALTH_FAILED, "This server is about to stop.");
  return reply_health (health);
}

/* The first of the checks is the database's. */
static void
set_duration (MhRecord *health, gint64 micros)
{
  char text[32];
  GPtrArray *checks = mh_record_records (health, MH_HEALTH_CHECKS);
  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT, micros / 1000,
              micros % 1000 / 10);
  mh_record_set_text (g_ptr_array_index (checks, 0), MH_HEALTH_CHECK_MILLISECONDS, text);
}

/* What a query brings, and how long it took. Nobody is asked while the database does not answer. */
static void
add_figures (MhCall *call, MhRecord *health)
{
  MhOpsFigures figures;
  gint64 start = g_get_monotonic_time ();
  if (ops_api_rank_of (mh_record_text (health, MH_HEALTH_STATUS)) > 0)
    return;

  MhDb *db = mh_store_take_reader (mh_call_store (call), NULL);
  gboolean ok = db != NULL && mh_ops_store_figures (db, &figures, NULL);
  mh_store_give_reader (mh_call_store (call), db);

  if (!ok)
    {
      add_check (health, "jobs", MH_HEALTH_FAILED, "The queue cannot be read.");
      return;
    }

  set_duration (health, g_get_monotonic_time () - start);
  mh_record_set_int (health, MH_HEALTH_SCHEMA_VERSION, figures.schema_version);
  mh_record_set_int (health, MH_HEALTH_JOBS_WAITING, figures.jobs_waiting);
  mh_record_set_int (health, MH_HEALTH_JOBS_FAILED, figures.jobs_failed);
  add_check (health, "jobs", figures.jobs_failed > 0 ? MH_HEALTH_DEGRADED : MH_HEALTH_OK,
             figures.jobs_failed > 0 ? "Some jobs have failed; see Administration." : NULL);
}

/* Of the folder with the hospital's files, and of the embedded database beside them. */
static void
add_disk (MhServerConfig *config, MhRecord *health)
{
  struct statvfs disk;
  g_autofree char *detail = NULL;
  if (statvfs (mh_server_config_text (config, "server.data_dir"), &disk) != 0)
    return;
  guint64 room = (guint64)disk.f_bavail * disk.f_frsize;
  gboolean low = room < LITTLE_ROOM || disk.f_bavail < disk.f_blocks / 20;
  detail = g_strdup_printf ("%" G_GUINT64_FORMAT " MiB free", room >> 20);
  add_check (health, "disk", low ? MH_HEALTH_DEGRADED : MH_HEALTH_OK, detail);
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

static void
add_details (MhCall *call, MhRecord *health)
{
  MhDispatch *dispatch = mh_call_dispatch (call);
  MhServerConfig *config = mh_server_config (mh_call_server (call));
  const char *url = mh_server_config_text (config, "database.url");

  mh_record_set_text (health, MH_HEALTH_VERSION, MAHIMA_VERSION);
  mh_record_set_int (health, MH_HEALTH_STARTED_AT, mh_server_started (mh_call_server (call)));
  mh_record_set_text (health, MH_HEALTH_DATABASE,
                      g_str_has_prefix (url, "sqlite:") ? "sqlite" : "postgresql");
  mh_record_set_int (health, MH_HEALTH_MEMORY_KIB, resident_kib ());
  if (dispatch != NULL)
    mh_record_set_int (health, MH_HEALTH_CONNECTIONS,
                       mh_metrics_gauge (mh_dispatch_metrics (dispatch), MH_GAUGE_CONNECTIONS));

  add_figures (call, health);
  add_disk (config, health);
}

static MhReply *
health_detail (MhCall *call, GError **error)
{
  MhActor *actor = mh_call_actor (call);
  g_autoptr (MhRecord) health = check_store (call);
  if (actor != NULL && mh_actor_may (actor, MH_MAY_READ_HEALTH))
    add_details (call, health);
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
