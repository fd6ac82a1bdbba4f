/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where somebody may be booked, what is taken of it, and taking it. */
#include "server/clinic/appointments/mh-appointments-private.h"
#include "server/platform/actor/mh-request.h"

#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-schedule.h"
#include "shared/reports/mh-report-parts.h"

void
mh_slot_place_clear (MhSlotPlace *place)
{
  g_clear_object (&place->schedule);
  g_clear_pointer (&place->zone, g_time_zone_unref);
  g_clear_pointer (&place->owner, g_free);
}

static gboolean
refuse_start (GError **error, const char *code, const char *message)
{
  mh_error_set_field (error, "start_at", code, "%s", message);
  return FALSE;
}

/* Finds the slot that begins at place->start; the stretch may go over several of its session. */
static gboolean
find_slot (MhSlotPlace *place, gint64 end, GError **error)
{
  g_autoptr (MhWorkTime) work = mh_work_time_new (
      mh_record_text (place->schedule, MH_SCHEDULE_HOURS), NULL, place->zone, error);
  if (work == NULL)
    return FALSE;

  gint64 minutes = mh_record_int (place->schedule, MH_SCHEDULE_SLOT_MINUTES);
  g_autoptr (GArray) slots
      = mh_slots_of_day (work, mh_date_of_instant (place->start, place->zone), minutes);
  gboolean began = FALSE, ended = FALSE;

  for (guint i = 0; i < slots->len; i++)
    {
      const MhSlotTime *slot = &g_array_index (slots, MhSlotTime, i);
      if (slot->start == place->start)
        {
          began = TRUE;
          place->session_at = slot->session_at;
          place->end = end > 0 ? end : slot->end;
        }
      ended = ended || (began && slot->session_at == place->session_at && slot->end == place->end);
    }

  for (guint i = 0; began && i < slots->len; i++)
    place->places += g_array_index (slots, MhSlotTime, i).session_at == place->session_at;
  place->places *= mh_appointments_capacity (place->schedule);

  return ended || refuse_start (error, "no_slot", "No slot begins and ends at that time.");
}

static gboolean
check_leave (MhDb *db, const MhSlotPlace *place, GError **error)
{
  g_autoptr (GPtrArray) leaves
      = mh_appointments_store_leaves (db, mh_record_text (place->schedule, MH_SCHEDULE_HOSPITAL_ID),
                                      place->start, place->end, error);
  if (leaves == NULL)
    return FALSE;
  for (guint i = 0; i < leaves->len; i++)
    if (mh_appointments_is_away (g_ptr_array_index (leaves, i), place->schedule))
      return mh_appointments_refuse (error, "start_at", "away", "Away or closed at that time.");
  return TRUE;
}

gboolean
mh_appointments_place (MhDb *db,
                       const MhSlotAsked *asked,
                       gint64 now,
                       MhSlotPlace *out_place,
                       GError **error)
{
  g_auto (MhSlotPlace) place = { .start = asked->start };
  place.schedule = mh_store_get (db, &mh_schedule_type, asked->schedule_id, error);
  if (place.schedule == NULL)
    return FALSE;

  if (g_strcmp0 (mh_record_text (place.schedule, MH_SCHEDULE_HOSPITAL_ID), asked->hospital_id) != 0
      || mh_record_has (place.schedule, MH_DELETED_AT))
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such schedule.");
      return FALSE;
    }

  place.zone = mh_appointments_zone (db, asked->hospital_id, error);
  if (place.zone == NULL)
    return FALSE;

  mh_appointments_day (asked->start, place.zone, place.day);
  if (!mh_record_bool (place.schedule, MH_SCHEDULE_ACTIVE)
      || !mh_slots_is_valid_on (mh_record_text (place.schedule, MH_SCHEDULE_VALID_FROM),
                                mh_record_text (place.schedule, MH_SCHEDULE_VALID_TO), place.day))
    return refuse_start (error, "no_slot", "The schedule is not in use on that day.");
  if (!find_slot (&place, asked->end, error))
    return FALSE;
  if (place.end <= now)
    return refuse_start (error, "past", "That time is over.");
  if (!check_leave (db, &place, error))
    return FALSE;

  place.owner = mh_appointments_owner (place.schedule);
  *out_place = place;
  place = (MhSlotPlace){ 0 };

  return TRUE;
}

/* --- taking --- */

static void
appointments_slots_add_claim (GPtrArray *rows,
                              const char *owner,
                              gint64 tick,
                              gint64 seat,
                              const MhTaking *taking)
{
  MhRecord *claim = mh_record_new (&mh_slot_claim_type);
  mh_record_take_text (claim, MH_ID, mh_id_new ());
  mh_record_set_text (claim, MH_CLAIM_OWNER, owner);
  mh_record_set_int (claim, MH_CLAIM_TICK, tick);
  mh_record_set_int (claim, MH_CLAIM_SEAT, seat);
  mh_record_set_text (claim, MH_CLAIM_HOLDER_ID, taking->holder_id);
  if (taking->expires_at > 0)
    mh_record_set_int (claim, MH_CLAIM_EXPIRES_AT, taking->expires_at);
  g_ptr_array_add (rows, claim);
}

/* The lowest place from @from on that nobody has in that step. */
static gint64
free_seat (GPtrArray *claims, gint64 tick, gint64 from)
{
  for (guint i = 0; i < claims->len; i++)
    {
      const MhClaim *claim = g_ptr_array_index (claims, i);
      if (claim->tick == tick && claim->seat == from)
        from++;
    }
  return from;
}

static gboolean
check_beyond (MhTx *tx, const MhSlotPlace *place, const MhTaking *taking, GError **error)
{
  if (taking->overbook_reason == NULL)
    return mh_appointments_refuse (error, "start_at", "taken", "Somebody else has that time.");
  gint64 quota = mh_slots_overbook_quota (
      place->places, mh_record_int (place->schedule, MH_SCHEDULE_OVERBOOK_PERCENT));
  gint64 have = mh_appointments_store_overbooked (mh_tx_db (tx), mh_record_id (place->schedule),
                                                  place->session_at, error);
  if (have < 0)
    return FALSE;
  return have < quota
         || mh_appointments_refuse (error, "start_at", "overbook_full",
                                    "No more may be booked beyond the slots of that session.");
}

static gboolean
appointments_slots_take_patient (MhTx *tx,
                                 const MhSlotPlace *place,
                                 const MhTaking *taking,
                                 GPtrArray *rows,
                                 GError **error)
{
  if (taking->patient_id == NULL)
    return TRUE;

  gint64 first = mh_slots_tick (place->start);
  guint n = mh_slots_n_ticks (place->start, place->end);
  g_autofree char *owner = mh_appointments_patient_owner (taking->patient_id);
  g_autoptr (GPtrArray) busy = mh_appointments_store_claims (
      mh_tx_db (tx), &(MhClaimsQuery){ owner, first, first + n, mh_tx_now (tx), taking->but_for },
      error);

  if (busy == NULL)
    return FALSE;
  if (busy->len > 0)
    return mh_appointments_refuse (error, "start_at", "patient_busy",
                                   "The patient has another booking at that time.");

  for (guint i = 0; i < n; i++)
    appointments_slots_add_claim (rows, owner, first + i, 0, taking);
  return TRUE;
}

gboolean
mh_appointments_take (MhTx *tx,
                      const MhSlotPlace *place,
                      const MhTaking *taking,
                      gint64 *out_seat,
                      gboolean *out_beyond,
                      GError **error)
{
  gint64 first = mh_slots_tick (place->start), seat = 0;
  guint n = mh_slots_n_ticks (place->start, place->end);
  gint64 capacity = mh_appointments_capacity (place->schedule);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean beyond = FALSE;

  /* what has expired still has its rows, and the key knows no time */
  if (!mh_appointments_store_forget_expired (tx, error)
      || (taking->but_for != NULL && !mh_appointments_store_release (tx, taking->but_for, error)))
    return FALSE;

  g_autoptr (GPtrArray) claims = mh_appointments_store_claims (
      mh_tx_db (tx), &(MhClaimsQuery){ place->owner, first, first + n, mh_tx_now (tx), NULL },
      error);
  if (claims == NULL)
    return FALSE;

  for (guint i = 0; i < n; i++)
    beyond = beyond || free_seat (claims, first + i, 0) >= capacity;
  if (beyond && !check_beyond (tx, place, taking, error))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      gint64 mine = free_seat (claims, first + i, beyond ? capacity : 0);
      seat = i == 0 ? mine : seat;
      appointments_slots_add_claim (rows, place->owner, first + i, mine, taking);
    }

  if (!appointments_slots_take_patient (tx, place, taking, rows, error)
      || !mh_tx_insert_parts (tx, rows, error))
    return FALSE;

  *out_seat = seat;
  *out_beyond = beyond;
  return TRUE;
}

/* --- looking for one --- */

typedef struct
{
  MhDb *db;
  const MhSlotsQuery *query;
  gint64 now;
  GPtrArray *leaves;
  GPtrArray *found;
  MhRecord *schedule; /* the one looked at */
  GPtrArray *claims;
  gint64 capacity;
} Search;

static gboolean
appointments_slots_is_away (const Search *search, const MhSlotTime *slot)
{
  for (guint i = 0; i < search->leaves->len; i++)
    {
      MhRecord *leave = g_ptr_array_index (search->leaves, i);
      if (mh_slots_overlap (slot->start, slot->end, mh_record_int (leave, MH_LEAVE_START_AT),
                            mh_record_int (leave, MH_LEAVE_END_AT))
          && mh_appointments_is_away (leave, search->schedule))
        return TRUE;
    }
  return FALSE;
}

/* The most places taken at any moment of the slot. */
static gint64
taken_of (const Search *search, const MhSlotTime *slot)
{
  gint64 most = 0, last = -1, n = 0;
  gint64 from = mh_slots_tick (slot->start);
  gint64 to = from + mh_slots_n_ticks (slot->start, slot->end);

  for (guint i = 0; i < search->claims->len; i++)
    {
      const MhClaim *claim = g_ptr_array_index (search->claims, i);
      if (claim->tick < from || claim->tick >= to || claim->seat >= search->capacity)
        continue;
      n = claim->tick == last ? n + 1 : 1;
      last = claim->tick;
      most = MAX (most, n);
    }

  return most;
}

static void
add_slot (Search *search, const MhSlotTime *slot, const char *day, gint64 left)
{
  MhRecord *schedule = search->schedule;
  gint64 taken = taken_of (search, slot), free = MAX (0, search->capacity - taken);
  gboolean away = appointments_slots_is_away (search, slot);
  if (!search->query->all && (free == 0 || away || slot->start < search->now))
    return;

  MhRecord *one = mh_record_new (&mh_slot_type);
  mh_record_set_text (one, MH_SLOT_SCHEDULE_ID, mh_record_id (schedule));
  mh_record_set_text (one, MH_SLOT_NAME, mh_record_text (schedule, MH_SCHEDULE_NAME));
  mh_record_set_text (one, MH_SLOT_DOCTOR_ID, mh_record_text (schedule, MH_SCHEDULE_DOCTOR_ID));
  mh_record_set_text (one, MH_SLOT_ROOM_NAME, mh_record_text (schedule, MH_SCHEDULE_ROOM_NAME));
  mh_record_set_text (one, MH_SLOT_DAY, day);
  mh_record_set_int (one, MH_SLOT_SESSION_AT, slot->session_at);
  mh_record_set_int (one, MH_SLOT_START_AT, slot->start);
  mh_record_set_int (one, MH_SLOT_END_AT, slot->end);
  mh_record_set_int (one, MH_SLOT_CAPACITY, search->capacity);
  mh_record_set_int (one, MH_SLOT_TAKEN, taken);
  mh_record_set_int (one, MH_SLOT_FREE, away ? 0 : free);
  mh_record_set_int (one, MH_SLOT_OVERBOOK_LEFT, away ? 0 : left);
  mh_record_set_bool (one, MH_SLOT_AWAY, away);
  g_ptr_array_add (search->found, one);
}

static gboolean
add_day (Search *search, MhWorkTime *work, MhDate date, GError **error)
{
  char day[MH_DATE_LENGTH + 1];
  gint64 session = G_MININT64, left = 0;
  mh_date_format (date, day);
  if (!mh_slots_is_valid_on (mh_record_text (search->schedule, MH_SCHEDULE_VALID_FROM),
                             mh_record_text (search->schedule, MH_SCHEDULE_VALID_TO), day))
    return TRUE;

  g_autoptr (GArray) slots
      = mh_slots_of_day (work, date, mh_record_int (search->schedule, MH_SCHEDULE_SLOT_MINUTES));
  for (guint i = 0; i < slots->len; i++)
    {
      const MhSlotTime *slot = &g_array_index (slots, MhSlotTime, i);
      if (slot->session_at != session && search->query->all)
        {
          gint64 n = 0;
          for (guint k = i; k < slots->len; k++)
            n += g_array_index (slots, MhSlotTime, k).session_at == slot->session_at;
          gint64 have = mh_appointments_store_overbooked (
              search->db, mh_record_id (search->schedule), slot->session_at, error);
          if (have < 0)
            return FALSE;
          left = MAX (0, mh_slots_overbook_quota (
                             n * search->capacity,
                             mh_record_int (search->schedule, MH_SCHEDULE_OVERBOOK_PERCENT))
                             - have);
        }
      session = slot->session_at;
      add_slot (search, slot, day, left);
    }

  return TRUE;
}

static gboolean
appointments_slots_add_schedule (Search *search,
                                 MhDate first,
                                 gint64 days,
                                 GTimeZone *zone,
                                 GError **error)
{
  g_autoptr (MhWorkTime) work
      = mh_work_time_new (mh_record_text (search->schedule, MH_SCHEDULE_HOURS), NULL, zone, error);
  g_autofree char *owner = mh_appointments_owner (search->schedule);
  gint64 number = mh_date_to_days (first);

  /* a day too many on either side, whatever the zone */
  gint64 from = mh_slots_tick ((number - 1) * MH_DAY);
  gint64 to = mh_slots_tick ((number + days + 1) * MH_DAY);

  g_clear_pointer (&search->claims, g_ptr_array_unref);
  search->capacity = mh_appointments_capacity (search->schedule);
  search->claims = work != NULL ? mh_appointments_store_claims (
                       search->db, &(MhClaimsQuery){ owner, from, to, search->now, NULL }, error)
                                : NULL;
  if (search->claims == NULL)
    return FALSE;

  for (gint64 day = number; day < number + days; day++)
    if (!add_day (search, work, mh_date_from_days (day), error))
      return FALSE;

  return TRUE;
}

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  MhRecord *left = *(MhRecord **)a, *right = *(MhRecord **)b;
  gint64 l = mh_record_int (left, MH_SLOT_START_AT), r = mh_record_int (right, MH_SLOT_START_AT);
  if (l != r)
    return l < r ? -1 : 1;
  return g_strcmp0 (mh_record_text (left, MH_SLOT_SCHEDULE_ID),
                    mh_record_text (right, MH_SLOT_SCHEDULE_ID));
}

/* The page behind the cursor. */
static GPtrArray *
appointments_slots_page_of (GPtrArray *found, const MhSlotsQuery *query)
{
  GPtrArray *page = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_sort (found, compare_slots);
  for (guint i = 0; i < found->len && page->len < query->limit; i++)
    {
      MhRecord *slot = g_ptr_array_index (found, i);
      gint64 at = mh_record_int (slot, MH_SLOT_START_AT);
      if (query->after_id == NULL || at > query->after_at
          || (at == query->after_at
              && g_strcmp0 (mh_record_text (slot, MH_SLOT_SCHEDULE_ID), query->after_id) > 0))
        g_ptr_array_add (page, g_object_ref (slot));
    }

  return page;
}

GPtrArray *
mh_appointments_slots (const MhRequest *req, const MhSlotsQuery *query, gint64 now, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (GTimeZone) zone
      = hospital_id != NULL ? mh_appointments_zone (req->db, hospital_id, error) : NULL;
  MhDate first;

  if (zone == NULL)
    return NULL;

  if (query->from == NULL || !mh_date_parse (query->from, &first))
    first = mh_date_of_instant (now, zone);
  const MhSchedulesQuery wanted = { .hospital_id = hospital_id,
                                    .schedule_id = query->schedule_id,
                                    .doctor_id = query->doctor_id,
                                    .department_id = query->department_id };
  gint64 days = CLAMP (query->days, 1, 62), number = mh_date_to_days (first);
  g_autoptr (GPtrArray) schedules = mh_appointments_store_schedules (req->db, &wanted, error);
  g_autoptr (GPtrArray) leaves
      = schedules != NULL ? mh_appointments_store_leaves (
            req->db, hospital_id, (number - 1) * MH_DAY, (number + days + 1) * MH_DAY, error)
                          : NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  if (leaves == NULL)
    return NULL;

  Search search = { .db = req->db, .query = query, .now = now, .leaves = leaves, .found = found };
  gboolean done = TRUE;
  for (guint i = 0; done && i < schedules->len; i++)
    {
      search.schedule = g_ptr_array_index (schedules, i);
      done = appointments_slots_add_schedule (&search, first, days, zone, error);
    }

  g_clear_pointer (&search.claims, g_ptr_array_unref);
  return done ? appointments_slots_page_of (found, query) : NULL;
}
