/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-metrics.h"

#include <string.h>

/* Upper limits of the latency histogram. */
static const gint64 limits[]
    = { 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 1000000, 5000000 };
#define N_LIMITS G_N_ELEMENTS (limits)

typedef struct
{
  guint64 classes[6]; /* by first digit of the status */
  guint64 buckets[N_LIMITS + 1];
  guint64 micros;
} Counters;

struct _MhMetrics
{
  MhRouter *router;
  Counters *counters; /* by route, the last one for requests without */
  guint n_counters;
  gint64 gauges[MH_N_GAUGES];
  MhMetricsFunc extra;
  gpointer extra_data;
};

#define ADD(place, by) __atomic_fetch_add (&(place), (by), __ATOMIC_RELAXED)
#define LOAD(place) __atomic_load_n (&(place), __ATOMIC_RELAXED)

MhMetrics *
mh_metrics_new (MhRouter *router)
{
  MhMetrics *metrics = g_new0 (MhMetrics, 1);
  metrics->router = router;
  metrics->n_counters = mh_router_size (router) + 1;
  metrics->counters = g_new0 (Counters, metrics->n_counters);
  return metrics;
}

void
mh_metrics_free (MhMetrics *metrics)
{
  if (metrics == NULL)
    return;
  g_free (metrics->counters);
  g_free (metrics);
}

void
mh_metrics_count (MhMetrics *metrics, const MhBinding *binding, guint status, gint64 micros)
{
  Counters *counters
      = &metrics->counters[binding != NULL ? binding->index : metrics->n_counters - 1];
  guint bucket = 0;
  while (bucket < N_LIMITS && micros > limits[bucket])
    bucket++;
  ADD (counters->classes[MIN (status / 100, 5)], 1);
  ADD (counters->buckets[bucket], 1);
  ADD (counters->micros, (guint64)MAX (micros, 0));
}

void
mh_metrics_add (MhMetrics *metrics, MhGauge gauge, int by)
{
  ADD (metrics->gauges[gauge], by);
}

gint64
mh_metrics_gauge (MhMetrics *metrics, MhGauge gauge)
{
  return LOAD (metrics->gauges[gauge]);
}

void
mh_metrics_set_extra (MhMetrics *metrics, MhMetricsFunc func, gpointer data)
{
  metrics->extra = func;
  metrics->extra_data = data;
}

void
mh_metrics_put_value (GString *out,
                      const char *name,
                      const char *kind,
                      const char *help,
                      double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (digits, sizeof digits, "%.10g", value);
  g_string_append_printf (out, "# HELP %s %s\n# TYPE %s %s\n%s %s\n", name, help, name, kind, name,
                          digits);
}

static const char *
counter_name (MhMetrics *metrics, guint index)
{
  return index + 1 < metrics->n_counters ? mh_router_nth (metrics->router, index)->route->id
                                         : "none";
}

static void
write_requests (MhMetrics *metrics, GString *out)
{
  g_string_append (out, "# HELP mahima_requests_total Answers by route and class of status.\n"
                        "# TYPE mahima_requests_total counter\n");
  for (guint i = 0; i < metrics->n_counters; i++)
    for (guint j = 1; j < G_N_ELEMENTS (metrics->counters[i].classes); j++)
      if (LOAD (metrics->counters[i].classes[j]) > 0)
        g_string_append_printf (out,
                                "mahima_requests_total{route=\"%s\",status=\"%uxx\"} "
                                "%" G_GUINT64_FORMAT "\n",
                                counter_name (metrics, i), j,
                                LOAD (metrics->counters[i].classes[j]));
}

static void
write_histogram (const char *route, Counters *counters, GString *out)
{
  guint64 sum = 0;
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  for (guint i = 0; i <= N_LIMITS; i++)
    {
      sum += LOAD (counters->buckets[i]);
      if (i < N_LIMITS)
        g_ascii_formatd (digits, sizeof digits, "%g", (double)limits[i] / 1e6);
      g_string_append_printf (out,
                              "mahima_request_seconds_bucket{route=\"%s\",le=\"%s\"} "
                              "%" G_GUINT64_FORMAT "\n",
                              route, i < N_LIMITS ? digits : "+Inf", sum);
    }

  g_ascii_formatd (digits, sizeof digits, "%.6f", (double)LOAD (counters->micros) / 1e6);
  g_string_append_printf (out,
                          "mahima_request_seconds_sum{route=\"%s\"} %s\n"
                          "mahima_request_seconds_count{route=\"%s\"} %" G_GUINT64_FORMAT "\n",
                          route, digits, route, sum);
}

static gboolean
was_used (Counters *counters)
{
  for (guint i = 0; i <= N_LIMITS; i++)
    if (LOAD (counters->buckets[i]) > 0)
      return TRUE;
  return FALSE;
}

static void
write_lane (MhStore *store, GString *out)
{
  MhStoreStats stats = { 0 };
  mh_store_stats (store, &stats);
  mh_metrics_put_value (out, "mahima_lane_waiting", "gauge", "Writes that wait.", stats.waiting);
  mh_metrics_put_value (out, "mahima_lane_groups_total", "counter", "Commits.", stats.groups);
  mh_metrics_put_value (out, "mahima_lane_writes_total", "counter", "Writes.", stats.writes);
  mh_metrics_put_value (out, "mahima_lane_failed_total", "counter", "Refused writes.",
                        stats.failed);
  mh_metrics_put_value (out, "mahima_lane_retries_total", "counter",
                        "Groups repeated because the database was busy.", stats.retries);
  mh_metrics_put_value (out, "mahima_lane_repeated_total", "counter",
                        "Groups repeated because one of their writes failed late.", stats.repeated);
  mh_metrics_put_value (out, "mahima_lane_group_seconds", "gauge", "Duration of the last commit.",
                        (double)stats.group_us / 1e6);
  mh_metrics_put_value (out, "mahima_feed_seq", "gauge", "Number of the last change.",
                        (double)mh_store_feed_seq (store));
}

void
mh_metrics_write (MhMetrics *metrics, MhStore *store, GString *out)
{
  write_requests (metrics, out);
  g_string_append (out, "# HELP mahima_request_seconds Time from the whole request to its answer.\n"
                        "# TYPE mahima_request_seconds histogram\n");
  for (guint i = 0; i < metrics->n_counters; i++)
    if (was_used (&metrics->counters[i]))
      write_histogram (counter_name (metrics, i), &metrics->counters[i], out);

  mh_metrics_put_value (out, "mahima_connections", "gauge", "Open connections.",
                        (double)mh_metrics_gauge (metrics, MH_GAUGE_CONNECTIONS));
  mh_metrics_put_value (out, "mahima_live_clients", "gauge", "Open WebSockets.",
                        (double)mh_metrics_gauge (metrics, MH_GAUGE_LIVE));
  if (store != NULL)
    write_lane (store, out);
  if (metrics->extra != NULL)
    metrics->extra (out, metrics->extra_data);
}
