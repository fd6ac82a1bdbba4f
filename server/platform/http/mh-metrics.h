/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Figures for /metrics in Prometheus' text format. Counting is lock-free. */
#include "server/platform/http/mh-router.h"

G_BEGIN_DECLS

typedef struct _MhMetrics MhMetrics;

MhMetrics *mh_metrics_new (MhRouter *router);
void mh_metrics_free (MhMetrics *metrics);
/* @binding NULL: no route was found. */
void mh_metrics_count (MhMetrics *metrics, const MhBinding *binding, guint status, gint64 micros);

typedef enum
{
  MH_GAUGE_CONNECTIONS,
  MH_GAUGE_LIVE, /* WebSockets */
  MH_N_GAUGES,
} MhGauge;

void mh_metrics_add (MhMetrics *metrics, MhGauge gauge, int by);
gint64 mh_metrics_gauge (MhMetrics *metrics, MhGauge gauge);
/* Called while the text is written, for figures of other rooms. */
typedef void (*MhMetricsFunc) (GString *out, gpointer data);
void mh_metrics_set_extra (MhMetrics *metrics, MhMetricsFunc func, gpointer data);
void mh_metrics_put_value (GString *out,
                           const char *name,
                           const char *kind,
                           const char *help,
                           double value);
void mh_metrics_write (MhMetrics *metrics, MhStore *store, GString *out);

G_END_DECLS
