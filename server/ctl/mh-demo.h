/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A plausible hospital for trying the program out: staff, patients of many regions, orders of the
 * last 90 days in every state, with tubes, custody, results, reports and money. The same seed and
 * day give the same data in every column, ids, times and password hashes included (the rows of
 * audit trail and feed have fresh ids).
 *
 * Patients and orders are written in bulk: they are announced to the feed one by one, but the audit
 * trail has one row for each batch instead of one for each record.
 */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* With which a kiosk of the demonstration hospital is closed. */
#define MH_DEMO_KIOSK_PIN "246810"

/* Called after each batch; @what: "patients" or "orders". */
typedef void (*MhDemoProgress) (const char *what, guint done, guint of, gpointer data);

typedef struct
{
  guint patients;
  guint orders;
  guint32 seed;
  gint64 waiting_at;       /* who waits in the house waits then; 0: at the store's clock */
  MhDemoProgress progress; /* or NULL */
  gpointer progress_data;
} MhDemoPlan;

/* The store's clock says which day it is. MH_ERROR_CONFLICT when the database holds a user already.
 */
gboolean mh_demo_fill (MhStore *store, const MhDemoPlan *plan, GError **error);

G_END_DECLS
