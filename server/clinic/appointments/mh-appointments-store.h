/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of schedules, bookings, tokens and the waiting list. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* NULL: any. */
typedef struct
{
  const char *hospital_id, *schedule_id, *doctor_id, *department_id;
} MhSchedulesQuery;

/* Those in use, by name. */
GPtrArray *
mh_appointments_store_schedules (MhDb *db, const MhSchedulesQuery *query, GError **error);
/* All of a hospital (NULL: every one), also those out of use. */
GPtrArray *mh_appointments_store_all_schedules (MhDb *db, const char *hospital_id, GError **error);
GPtrArray *
mh_appointments_store_by_code (MhDb *db, const char *hospital_id, const char *code, GError **error);
/* Leaves in force of a hospital that overlap [from, to), by time. */
GPtrArray *mh_appointments_store_leaves (MhDb *db,
                                         const char *hospital_id,
                                         gint64 from,
                                         gint64 to,
                                         GError **error);

typedef struct
{
  const char *hospital_id, *schedule_id, *from, *to; /* days, both included */
  guint limit;
  gint64 after_at; /* the cursor: behind that beginning and id */
  const char *after_id;
} MhBookingsQuery;

GPtrArray *mh_appointments_store_list (MhDb *db, const MhBookingsQuery *query, GError **error);
/* Newest first. */
GPtrArray *mh_appointments_store_of_patient (MhDb *db,
                                             const char *hospital_id,
                                             const char *patient_id,
                                             guint limit,
                                             GError **error);
/* Booked or arrived, overlapping [from, to); of a schedule, a doctor, or (both NULL) all. */
typedef struct
{
  const char *hospital_id, *schedule_id, *doctor_id;
  gint64 from, to;
} MhAwayQuery;
GPtrArray *mh_appointments_store_to_move (MhDb *db, const MhAwayQuery *query, GError **error);
/* How many of a session stand beyond its slots; -1: error. */
gint64 mh_appointments_store_overbooked (MhDb *db,
                                         const char *schedule_id,
                                         gint64 session_at,
                                         GError **error);
/* Booked, begun at @until or before. */
GPtrArray *mh_appointments_store_not_come (MhDb *db, gint64 until, guint limit, GError **error);

typedef struct
{
  gint64 tick, seat;
  char *holder_id;
} MhClaim;

typedef struct
{
  const char *owner;
  gint64 from, to;     /* steps: [from, to) */
  gint64 now;          /* what expires before it is left out */
  const char *but_for; /* what this holder has is left out; NULL: nobody */
} MhClaimsQuery;

/* MhClaim that the array frees: what is taken of an owner's time. */
GPtrArray *mh_appointments_store_claims (MhDb *db, const MhClaimsQuery *query, GError **error);
gboolean mh_appointments_store_release (MhTx *tx, const char *holder_id, GError **error);
gboolean mh_appointments_store_forget_expired (MhTx *tx, GError **error);
GPtrArray *mh_appointments_store_expired_offers (MhDb *db, gint64 now, GError **error);

/* By number. @schedule_id NULL: all. */
GPtrArray *mh_appointments_store_tokens (MhDb *db,
                                         const char *hospital_id,
                                         const char *day,
                                         const char *schedule_id,
                                         GError **error);
/* The highest number given; -1: error. */
gint64 mh_appointments_store_last_token (MhDb *db,
                                         const char *schedule_id,
                                         const char *day,
                                         GError **error);

/* In the order of offers: urgent first, then who waits longest. @status NULL: waiting and offered.
 */
GPtrArray *mh_appointments_store_waiting (MhDb *db,
                                          const char *hospital_id,
                                          const char *schedule_id,
                                          const char *status,
                                          GError **error);

G_END_DECLS
