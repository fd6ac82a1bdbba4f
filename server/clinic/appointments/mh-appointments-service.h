/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Schedules, bookings, the queue of the waiting room and the waiting list. Each booking and hold
 * owns its time in slot_claim (see mh-schedule.h), whose unique key refuses a second one on both
 * databases whatever the code above it believes.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-schedule.h"

G_BEGIN_DECLS

#define MH_JOB_APPOINTMENT_SWEEP "appointment.sweep"
#define MH_JOB_APPOINTMENT_REMIND "appointment.remind"

/* --- what can be booked --- */
GPtrArray *mh_appointments_schedules (const MhRequest *req, GError **error);
MhRecord *mh_appointments_schedule_create (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_appointments_schedule_update (const MhRequest *req, MhPatch patch, GError **error);
GPtrArray *mh_appointments_leaves (const MhRequest *req, gint64 now, GError **error);
/* With the bookings that must be moved. */
MhRecord *mh_appointments_leave_create (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_appointments_leave_read (const MhRequest *req, const char *id, GError **error);
MhRecord *mh_appointments_leave_update (const MhRequest *req, MhPatch patch, GError **error);

typedef struct
{
  const char *from; /* ISO day; NULL: today */
  gint64 days;      /* 1–62 */
  const char *schedule_id, *doctor_id, *department_id;
  gboolean all; /* also full and past ones */
  gint64 after_at;
  const char *after_id; /* schedule of the last slot seen */
  guint limit;
} MhSlotsQuery;

/* By time, then schedule. */
GPtrArray *
mh_appointments_slots (const MhRequest *req, const MhSlotsQuery *query, gint64 now, GError **error);

/* --- booking --- */

/* MH_ERROR_CONFLICT with an issue of "start_at": "taken" (no place left), "patient_busy", "away",
 * "overbook_full"; MH_ERROR_INVALID: "start_at" is no slot ("no_slot") or over ("past"). */
MhRecord *mh_appointments_hold (const MhRequest *req, MhRecord *draft, GError **error);
gboolean mh_appointments_release (const MhRequest *req, const char *id, GError **error);
MhRecord *mh_appointments_book (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_appointments_series (const MhRequest *req, MhRecord *request, GError **error);
MhRecord *
mh_appointments_move (const MhRequest *req, const char *id, MhRecord *move, GError **error);
MhRecord *mh_appointments_update (const MhRequest *req, MhPatch patch, GError **error);
/* @step: mh_appointment_step_type. Its token goes with it, and the visit at "arrive". */
MhRecord *
mh_appointments_step (const MhRequest *req, const char *id, MhRecord *step, GError **error);
MhRecord *mh_appointments_read (const MhRequest *req, const char *id, GError **error);

typedef struct
{
  const char *from, *to, *schedule_id, *patient_id;
  gint64 after_at;
  const char *after_id;
  guint limit;
} MhAppointmentsQuery;

GPtrArray *mh_appointments_list (const MhRequest *req,
                                 const MhAppointmentsQuery *query,
                                 gint64 now,
                                 GError **error);

/* --- the waiting room --- */

typedef struct
{
  const char *id; /* made by the desk while offline; or NULL */
  const char *hospital_id;
  const char *queue;      /* id or code of a schedule; NULL: the hospital's first service */
  const char *patient_id; /* or NULL: a number without a name */
  const char *kind;       /* MH_TOKEN_…; NULL: walk-in */
  const char *complaint;  /* or NULL */
  MhRecord *appointment;  /* who is booked; or NULL */
} MhTokenDraft;

/* A token of today's queue, and for a patient a visit, in the caller's transaction: for check-in,
 * kiosk and front desk. Transfer full. */
MhRecord *
mh_appointments_token (MhTx *tx, MhServer *server, const MhTokenDraft *draft, GError **error);
MhRecord *mh_appointments_token_create (const MhRequest *req, MhRecord *draft, GError **error);
/* In the order of calling, then those that are done. @day NULL: today. */
GPtrArray *mh_appointments_tokens (const MhRequest *req,
                                   const char *day,
                                   const char *schedule_id,
                                   gint64 now,
                                   GError **error);
MhRecord *mh_appointments_token_read (const MhRequest *req, const char *id, GError **error);
MhRecord *
mh_appointments_token_step (const MhRequest *req, const char *id, MhRecord *step, GError **error);
/* Calls who is next. MH_ERROR_CONFLICT when nobody waits. */
MhRecord *mh_appointments_call (const MhRequest *req,
                                const char *schedule_id,
                                MhRecord *step,
                                GError **error);
GPtrArray *mh_appointments_queues (const MhRequest *req, gint64 now, GError **error);
/* Takes a reader of its own: never in the write queue. */
GBytes *mh_appointments_slip (MhServer *server,
                              const MhActor *actor,
                              const char *id,
                              const char *language,
                              GError **error);

/* --- the waiting list --- */
GPtrArray *mh_appointments_waiting (const MhRequest *req, const char *status, GError **error);
MhRecord *mh_appointments_waiting_create (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_appointments_waiting_update (const MhRequest *req, MhPatch patch, GError **error);

/* --- calendars: iCalendar (RFC 5545) text --- */
GBytes *mh_appointments_ics (const MhRequest *req, const char *id, gint64 now, GError **error);
GBytes *mh_appointments_schedule_ics (const MhRequest *req,
                                      const char *schedule_id,
                                      const char *from,
                                      gint64 days,
                                      gint64 now,
                                      GError **error);

/* --- by themselves --- */

/* Marks who did not come, gives expired holds back, offers what became free. *out_n: changes. */
gboolean mh_appointments_sweep (MhTx *tx, guint *out_n, GError **error);
/* What the job of a booking does when its time has come: queues the SMS, unless it is no longer
 * booked, the patient refuses SMS or has no number. Once for each booking. */
gboolean mh_appointments_remind_now (MhTx *tx, const char *id, GError **error);
void mh_appointments_jobs_register (MhServer *server);

/* Watches patients: the bookings, tokens and wishes of who has died end. Before the first request.
 */
void mh_appointments_observe (MhServer *server);

G_END_DECLS
