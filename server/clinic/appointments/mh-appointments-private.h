/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room. */
#include "server/clinic/appointments/mh-appointments-service.h"
#include "server/clinic/appointments/mh-appointments-store.h"
#include "shared/base/mh-date.h"
#include "shared/rules/clinic/mh-slots.h"

G_BEGIN_DECLS

/* A conflict that the client can word: an issue of @field with @code. FALSE. */
gboolean
mh_appointments_refuse (GError **error, const char *field, const char *code, const char *message);
/* The hospital's own. Transfer full. */
GTimeZone *mh_appointments_zone (MhDb *db, const char *hospital_id, GError **error);
void mh_appointments_day (gint64 instant, GTimeZone *zone, char out[MH_DATE_LENGTH + 1]);
/* "d:DOCTOR" or "s:SCHEDULE": whose time it is. Transfer full. */
char *mh_appointments_owner (MhRecord *schedule);
char *mh_appointments_patient_owner (const char *patient_id);
MhRecord *
mh_appointments_patient (MhDb *db, const char *hospital_id, const char *patient_id, GError **error);
gint64 mh_appointments_capacity (MhRecord *schedule);
/* Does @leave concern @schedule? */
gboolean mh_appointments_is_away (MhRecord *leave, MhRecord *schedule);

/* Cancels a booking by itself, with all that follows; @reason in English. */
gboolean mh_appointments_end (MhTx *tx, MhRecord *before, const char *reason, GError **error);

/* A stretch of a schedule that may be booked as far as the schedule goes. */
typedef struct
{
  MhRecord *schedule;
  GTimeZone *zone;
  char *owner;
  char day[MH_DATE_LENGTH + 1];
  gint64 session_at, start, end;
  gint64 places; /* of the session: slots × capacity */
} MhSlotPlace;

void mh_slot_place_clear (MhSlotPlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhSlotPlace, mh_slot_place_clear)

/* A slot that somebody asks for. */
typedef struct
{
  const char *hospital_id, *schedule_id;
  gint64 start, end; /* µs UTC; end 0: one slot */
} MhSlotAsked;
/* Sees to the pattern, leave and the past, not to what is taken. */
gboolean mh_appointments_place (MhDb *db,
                                const MhSlotAsked *asked,
                                gint64 now,
                                MhSlotPlace *out_place,
                                GError **error);

typedef struct
{
  const char *holder_id;
  const char *but_for; /* a hold or booking whose time counts as free; or NULL */
  gint64 expires_at;   /* 0: for good */
  const char *overbook_reason;
  const char *patient_id; /* whose time is taken too; or NULL */
} MhTaking;

/* Takes the place; *out_seat of its first step, *out_beyond TRUE when it is overbooked. */
gboolean mh_appointments_take (MhTx *tx,
                               const MhSlotPlace *place,
                               const MhTaking *taking,
                               gint64 *out_seat,
                               gboolean *out_beyond,
                               GError **error);

/* What a booking's time becomes when it is free again: offered to whoever waits for it. */
gboolean mh_appointments_offer (MhTx *tx, MhRecord *appointment, GError **error);
/* The slot of @hold goes to who waits next, if it still lies ahead. */
gboolean mh_appointments_offer_place (MhTx *tx,
                                      const char *hospital_id,
                                      const char *schedule_id,
                                      gint64 start,
                                      const char *not_to,
                                      GError **error);
gboolean mh_appointments_waiting_booked (MhTx *tx, MhRecord *appointment, GError **error);

/* Reminder of a booking, and none any more. */
gboolean mh_appointments_remind (MhTx *tx, MhRecord *appointment, GError **error);
gboolean mh_appointments_unremind (MhTx *tx, MhRecord *appointment, GError **error);
/* Tells the patient of what was done: MH_SMS_APPOINTMENT_BOOKED, …_CHANGED or …_CANCELLED; once for
 * each, not of what is past, and only where the hospital does so. */
gboolean mh_appointments_tell (MhTx *tx, MhRecord *appointment, const char *code, GError **error);

/* A change of @before's copy with the state after @step; MH_ERROR_CONFLICT when it cannot be. */
MhRecord *mh_appointments_stepped (MhTx *tx,
                                   MhRecord *before,
                                   const char *step,
                                   MhRecord *details,
                                   GError **error);
MhRecord *
mh_token_stepped (MhTx *tx, MhRecord *before, const char *step, const char *room, GError **error);

G_END_DECLS
