/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Who may be given work, and what each has open, as rows. */
#include "server/platform/store/mh-store.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* One technician of a hospital: what mh_assign_choose() looks at, and what else a list shows. */
typedef struct
{
  char *id;
  char *name;
  gboolean switched_on; /* the person's own "on shift" */
  GStrv benches;        /* that the person works on alone; NULL: all */
  GPtrArray *shifts;    /* of MhShift */
  gint64 open_minutes;
  gint64 assigned_at;
  gint64 idle_at; /* work was last taken away because nothing happened */
} MhAssignmentPerson;

void mh_assignment_store_prefetch (MhDb *db, const char *hospital_id);
/* Of MhAssignmentPerson, in order of ids. Transfer full. */
GPtrArray *mh_assignment_store_people (MhDb *db, const char *hospital_id, GError **error);
/* Ids of those who entered results of @order_id that wait for verification. NULL: error. */
GStrv mh_assignment_store_enterers (MhDb *db, const char *order_id, GError **error);
/* The person's last step with a tube or a result, 0: none known. -1: error. */
gint64 mh_assignment_store_active_at (MhDb *db, const char *user_id, GError **error);
/* @assigned_at 0: as it was. Never below 0. */
gboolean mh_assignment_store_add_load (MhDb *db,
                                       const char *user_id,
                                       gint64 minutes,
                                       gint64 assigned_at,
                                       GError **error);
gboolean
mh_assignment_store_set_idle (MhDb *db, const char *user_id, gint64 idle_at, GError **error);

/* Open orders: of @user_id untouched since @before; or, with @user_id NULL, those that wait in the
 * tabs to be worked on and have nobody. */
GPtrArray *mh_assignment_store_orders (MhDb *db,
                                       const char *hospital_id,
                                       const char *user_id,
                                       gint64 before,
                                       guint limit,
                                       GError **error);
/* Of each technician: how many orders are open, and how many of them STAT. */
gboolean mh_assignment_store_counts (MhDb *db,
                                     const char *user_id,
                                     gint64 *out_orders,
                                     gint64 *out_stat,
                                     GError **error);

G_END_DECLS
