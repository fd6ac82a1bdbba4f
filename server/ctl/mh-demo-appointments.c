/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who can be booked, a week of bookings, today's queue and who waits for a slot. Comes last, so
 * that a seed gives the same people and orders as before. */
#include "server/clinic/appointments/mh-appointments-private.h"
#include "server/ctl/mh-data-file.h"
#include "server/ctl/mh-demo-private.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-schedule.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"

#define DAYS 6
#define MOST_OF_A_SCHEDULE 40u
/* What was booked for the morning of the first day went as it went. */
#define OVER_BY (13 * MH_HOUR)
#define ALL_DAYS "mon-sat 09:00-13:00 16:00-19:00; sun 10:00-13:00"

/* clang-format off */
static const struct
{
  const char *code, *name, *kind, *department, *room, *hours;
  gint64 minutes, capacity;
  gboolean doctor;
} schedules[] = {
  { "IYER",  "Dr Meera Iyer",         MH_SCHEDULE_DOCTOR,  "MED",   "12", ALL_DAYS,                 15, 1, TRUE },
  { "ECHO",  "Echocardiography",      MH_SCHEDULE_ROOM,    "MED",   "14", "mon-sun 10:00-14:00",    30, 1, FALSE },
  { "PHYS",  "Physiotherapy",         MH_SCHEDULE_ROOM,    "MED",   "3",  "mon-sun 08:00-12:00 15:00-18:00", 30, 2, FALSE },
  { "VACC",  "Immunisation clinic",   MH_SCHEDULE_SERVICE, "MED",   "5",  "mon-sun 09:30-12:30",    20, 4, FALSE },
  { "COLL",  "Sample collection",     MH_SCHEDULE_SERVICE, "LAB",   "1",  "mon-sun 07:00-20:00",    30, 6, FALSE },
};
/* clang-format on */

typedef struct
{
  MhTx *tx;
  MhDemo *demo;
  guint next;        /* patient to be booked next; each once */
  GPtrArray *claims; /* whose time is taken */
  MhRecord *schedules[G_N_ELEMENTS (schedules)];
  gint64 midnight; /* of the first day */
} Desk;

static gboolean
demo_appointments_put (Desk *desk, MhRecord *record, GError **error)
{
  g_autoptr (MhRecord) taken = record;
  return mh_tx_insert (desk->tx, taken, MH_AUDIT_CREATE, "demonstration", error);
}

/* From the end of the register: those who came lately. NULL: everybody is booked. */
static const MhDemoPatient *
next_patient (Desk *desk)
{
  GArray *patients = desk->demo->patients;
  while (desk->next < patients->len)
    {
      const MhDemoPatient *patient
          = &g_array_index (patients, MhDemoPatient, patients->len - ++desk->next);
      if (!patient->guarded)
        return patient;
    }
  return NULL;
}

static gboolean
demo_appointments_add_schedule (Desk *desk, guint i, GError **error)
{
  MhRecord *schedule = mh_demo_record (desk->demo, &mh_schedule_type, desk->demo->now);
  desk->schedules[i] = schedule;
  g_autoptr (MhRecord) department = mh_store_find (mh_tx_db (desk->tx), &mh_department_type, "code",
                                                   schedules[i].department, error);

  if (department == NULL)
    return FALSE;

  mh_record_take_text (schedule, MH_ID,
                       mh_data_fixed_id (mh_schedule_type.code, schedules[i].code));
  mh_record_set_text (schedule, MH_SCHEDULE_HOSPITAL_ID, mh_record_id (desk->demo->hospital));
  mh_record_set_text (schedule, MH_SCHEDULE_CODE, schedules[i].code);
  mh_record_set_text (schedule, MH_SCHEDULE_NAME, schedules[i].name);
  mh_record_set_text (schedule, MH_SCHEDULE_KIND, schedules[i].kind);
  mh_record_set_text (schedule, MH_SCHEDULE_DEPARTMENT_ID, mh_record_id (department));
  mh_record_set_text (schedule, MH_SCHEDULE_ROOM_NAME, schedules[i].room);
  mh_record_set_text (schedule, MH_SCHEDULE_HOURS, schedules[i].hours);
  mh_record_set_int (schedule, MH_SCHEDULE_SLOT_MINUTES, schedules[i].minutes);
  mh_record_set_int (schedule, MH_SCHEDULE_CAPACITY, schedules[i].capacity);
  mh_record_set_int (schedule, MH_SCHEDULE_OVERBOOK_PERCENT, 10);
  mh_record_set_int (schedule, MH_SCHEDULE_WALK_IN_EVERY, 3);
  mh_record_set_bool (schedule, MH_SCHEDULE_ACTIVE, TRUE);
  if (schedules[i].doctor)
    mh_record_set_text (schedule, MH_SCHEDULE_DOCTOR_ID,
                        mh_demo_staff_id (desk->demo, MH_DEMO_DOCTOR));

  return mh_tx_insert (desk->tx, schedule, MH_AUDIT_CREATE, "demonstration", error);
}

/* --- bookings --- */

static void
demo_appointments_claim (Desk *desk, const char *owner, MhRecord *booking, gint64 seat)
{
  gint64 start = mh_record_int (booking, MH_APPOINTMENT_START_AT);
  gint64 first = mh_slots_tick (start);
  guint n = mh_slots_n_ticks (start, mh_record_int (booking, MH_APPOINTMENT_END_AT));

  for (guint i = 0; i < n; i++)
    {
      MhRecord *row = mh_demo_record (desk->demo, &mh_slot_claim_type, desk->demo->now);
      mh_record_set_text (row, MH_CLAIM_OWNER, owner);
      mh_record_set_int (row, MH_CLAIM_TICK, first + i);
      mh_record_set_int (row, MH_CLAIM_SEAT, seat);
      mh_record_set_text (row, MH_CLAIM_HOLDER_ID, mh_record_id (booking));
      g_ptr_array_add (desk->claims, row);
    }
}

static void
claim_both (Desk *desk, MhRecord *schedule, MhRecord *booking)
{
  g_autofree char *owner = mh_appointments_owner (schedule);
  g_autofree char *patient
      = mh_appointments_patient_owner (mh_record_text (booking, MH_APPOINTMENT_PATIENT_ID));
  demo_appointments_claim (desk, owner, booking, mh_record_int (booking, MH_APPOINTMENT_SEAT));
  demo_appointments_claim (desk, patient, booking, 0);
}

static MhRecord *
booking_of (Desk *desk,
            MhRecord *schedule,
            const MhSlotTime *slot,
            const MhDemoPatient *patient,
            const char *day)
{
  const char *doctor = mh_record_text (schedule, MH_SCHEDULE_DOCTOR_ID);
  gint64 booked_at = desk->demo->now - (1 + desk->next % 4) * MH_DAY - desk->next * MH_MINUTE;
  MhRecord *booking = mh_demo_record (desk->demo, &mh_appointment_type, booked_at);

  mh_record_set_text (booking, MH_APPOINTMENT_HOSPITAL_ID, mh_record_id (desk->demo->hospital));
  mh_record_set_text (booking, MH_APPOINTMENT_PATIENT_ID, patient->id);
  mh_record_set_text (booking, MH_APPOINTMENT_PATIENT_NAME, patient->listed);
  mh_record_set_text (booking, MH_APPOINTMENT_PATIENT_MRN, patient->mrn);
  mh_record_set_text (booking, MH_APPOINTMENT_SCHEDULE_ID, mh_record_id (schedule));
  mh_record_set_text (booking, MH_APPOINTMENT_SCHEDULE_NAME,
                      mh_record_text (schedule, MH_SCHEDULE_NAME));
  mh_record_set_text (booking, MH_APPOINTMENT_PROVIDER,
                      doctor != NULL ? doctor : mh_record_id (schedule));
  mh_record_set_text (booking, MH_APPOINTMENT_DOCTOR_ID, doctor);
  mh_record_set_text (booking, MH_APPOINTMENT_ROOM_NAME,
                      mh_record_text (schedule, MH_SCHEDULE_ROOM_NAME));
  mh_record_set_text (booking, MH_APPOINTMENT_DAY, day);
  mh_record_set_int (booking, MH_APPOINTMENT_SESSION_AT, slot->session_at);
  mh_record_set_int (booking, MH_APPOINTMENT_START_AT, slot->start);
  mh_record_set_int (booking, MH_APPOINTMENT_END_AT, slot->end);
  mh_record_set_int (booking, MH_APPOINTMENT_SEAT, 0);
  mh_record_set_text (booking, MH_APPOINTMENT_KIND, mh_appointment_kind_codes[desk->next % 2].code);
  mh_record_set_text (booking, MH_APPOINTMENT_STATUS, MH_APPOINTMENT_BOOKED);
  mh_record_set_int (booking, MH_APPOINTMENT_BOOKED_AT, booked_at);
  mh_record_set_text (booking, MH_APPOINTMENT_BOOKED_NAME,
                      mh_demo_staff_name (desk->demo, MH_DEMO_RECEPTION));

  return booking;
}

static void
let_it_go (Desk *desk, MhRecord *booking)
{
  gint64 start = mh_record_int (booking, MH_APPOINTMENT_START_AT);
  if (desk->next % 5 == 3)
    {
      mh_record_set_text (booking, MH_APPOINTMENT_STATUS, MH_APPOINTMENT_NO_SHOW);
      return;
    }
  mh_record_set_text (booking, MH_APPOINTMENT_STATUS, MH_APPOINTMENT_DONE);
  mh_record_set_int (booking, MH_APPOINTMENT_ARRIVED_AT, start - 8 * MH_MINUTE);
  mh_record_set_int (booking, MH_APPOINTMENT_STARTED_AT, start + 2 * MH_MINUTE);
  mh_record_set_int (booking, MH_APPOINTMENT_DONE_AT, start + 12 * MH_MINUTE);
}

static gboolean
book_slot (Desk *desk, MhRecord *schedule, const MhSlotTime *slot, const char *day, GError **error)
{
  static const char *const reasons[]
      = { NULL, "Follow-up", "Blood pressure", "Report review", NULL, "Cough" };
  const MhDemoPatient *patient = next_patient (desk);
  if (patient == NULL)
    return TRUE;

  MhRecord *booking = booking_of (desk, schedule, slot, patient, day);
  mh_record_set_text (booking, MH_APPOINTMENT_REASON, reasons[desk->next % G_N_ELEMENTS (reasons)]);
  if (slot->start < desk->midnight + OVER_BY)
    let_it_go (desk, booking);
  else
    claim_both (desk, schedule, booking);

  return demo_appointments_put (desk, booking, error);
}

/* Two of three slots on the first day, fewer the further away. */
static gboolean
book_schedule (Desk *desk, guint i, GTimeZone *zone, GError **error)
{
  MhRecord *schedule = desk->schedules[i];
  g_autoptr (MhWorkTime) work
      = mh_work_time_new (mh_record_text (schedule, MH_SCHEDULE_HOURS), NULL, zone, error);
  gint64 today = mh_date_to_days (mh_date_of_instant (desk->demo->now, zone));
  guint booked = 0, most = MIN (MOST_OF_A_SCHEDULE, desk->demo->patients->len / 8);

  for (guint d = 0; work != NULL && d < DAYS; d++)
    {
      char day[MH_DATE_LENGTH + 1];
      MhDate date = mh_date_from_days (today + d);
      g_autoptr (GArray) slots = mh_slots_of_day (work, date, schedules[i].minutes);
      mh_date_format (date, day);
      for (guint k = 0; k < slots->len && booked < most; k++)
        if ((k * 7 + i) % (d + 3) < 2)
          {
            booked++;
            if (!book_slot (desk, schedule, &g_array_index (slots, MhSlotTime, k), day, error))
              return FALSE;
          }
    }

  return work != NULL;
}

/* --- who waits now --- */

/* clang-format off */
static const struct
{
  guint schedule;
  gint64 number;
  const char *kind, *complaint, *status;
} tokens[] = {
  { 4, 1, MH_TOKEN_WALK_IN, NULL, MH_TOKEN_CALLED },
  { 4, 2, MH_TOKEN_WALK_IN, NULL, MH_TOKEN_WAITING },
  { 4, 3, MH_TOKEN_WALK_IN, NULL, MH_TOKEN_WAITING },
  { 4, 4, MH_TOKEN_URGENT,  NULL, MH_TOKEN_WAITING },
  { 3, 1, MH_TOKEN_WALK_IN, NULL, MH_TOKEN_DONE },
  { 3, 2, MH_TOKEN_WALK_IN, NULL, MH_TOKEN_CALLED },
  { 3, 3, MH_TOKEN_WALK_IN, NULL, MH_TOKEN_WAITING },
};
/* clang-format on */

/* Numbers of services: whom a doctor sees has a visit. */
static gboolean
add_token (Desk *desk, guint i, const char *day, GError **error)
{
  MhRecord *schedule = desk->schedules[tokens[i].schedule];
  const MhDemoPatient *patient = next_patient (desk);
  gint64 at = desk->midnight + 10 * MH_HOUR + i * 4 * MH_MINUTE;
  MhRecord *token = mh_demo_record (desk->demo, &mh_token_type, at);

  mh_record_set_text (token, MH_TOKEN_HOSPITAL_ID, mh_record_id (desk->demo->hospital));
  mh_record_set_text (token, MH_TOKEN_SCHEDULE_ID, mh_record_id (schedule));
  mh_record_set_text (token, MH_TOKEN_SCHEDULE_NAME, mh_record_text (schedule, MH_SCHEDULE_NAME));
  mh_record_set_text (token, MH_TOKEN_ROOM_NAME, mh_record_text (schedule, MH_SCHEDULE_ROOM_NAME));
  mh_record_set_text (token, MH_TOKEN_DAY, day);
  mh_record_set_int (token, MH_TOKEN_NUMBER, tokens[i].number);
  mh_record_take_text (
      token, MH_TOKEN_LABEL,
      g_strdup_printf ("%s-%d", schedules[tokens[i].schedule].code, (int)tokens[i].number));
  mh_record_set_text (token, MH_TOKEN_KIND, tokens[i].kind);
  mh_record_set_text (token, MH_TOKEN_STATUS, tokens[i].status);
  mh_record_set_int (token, MH_TOKEN_ISSUED_AT, at);
  mh_record_set_int (token, MH_TOKEN_N_CALLS, 0);

  if (!g_str_equal (tokens[i].status, MH_TOKEN_WAITING))
    {
      mh_record_set_int (token, MH_TOKEN_N_CALLS, 1);
      mh_record_set_int (token, MH_TOKEN_CALLED_AT, at + 20 * MH_MINUTE);
    }

  if (g_str_equal (tokens[i].status, MH_TOKEN_DONE))
    mh_record_set_int (token, MH_TOKEN_ENDED_AT, at + 30 * MH_MINUTE);
  if (patient != NULL)
    {
      mh_record_set_text (token, MH_TOKEN_PATIENT_ID, patient->id);
      mh_record_set_text (token, MH_TOKEN_PATIENT_NAME, patient->listed);
      mh_record_set_text (token, MH_TOKEN_PATIENT_MRN, patient->mrn);
    }

  return demo_appointments_put (desk, token, error);
}

static gboolean
add_wishes (Desk *desk, GError **error)
{
  static const struct
  {
    guint schedule;
    const char *part, *note;
    gboolean urgent;
  } wishes[] = { { 0, MH_WAITING_MORNING, "Comes from far: two hours' notice", FALSE },
                 { 0, MH_WAITING_ANY, NULL, TRUE },
                 { 1, MH_WAITING_AFTERNOON, NULL, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    {
      MhRecord *schedule = desk->schedules[wishes[i].schedule];
      const MhDemoPatient *patient = next_patient (desk);
      if (patient == NULL)
        return TRUE;
      MhRecord *wish
          = mh_demo_record (desk->demo, &mh_waiting_type, desk->demo->now - (i + 1) * MH_DAY);
      mh_record_set_text (wish, MH_WAITING_HOSPITAL_ID, mh_record_id (desk->demo->hospital));
      mh_record_set_text (wish, MH_WAITING_PATIENT_ID, patient->id);
      mh_record_set_text (wish, MH_WAITING_PATIENT_NAME, patient->listed);
      mh_record_set_text (wish, MH_WAITING_PATIENT_MRN, patient->mrn);
      mh_record_set_text (wish, MH_WAITING_PHONE, patient->phone[0] != 0 ? patient->phone : NULL);
      mh_record_set_text (wish, MH_WAITING_SCHEDULE_ID, mh_record_id (schedule));
      mh_record_set_text (wish, MH_WAITING_SCHEDULE_NAME,
                          mh_record_text (schedule, MH_SCHEDULE_NAME));
      mh_record_set_text (wish, MH_WAITING_PART, wishes[i].part);
      mh_record_set_text (wish, MH_WAITING_NOTE, wishes[i].note);
      mh_record_set_bool (wish, MH_WAITING_URGENT, wishes[i].urgent);
      mh_record_set_text (wish, MH_WAITING_STATUS, MH_WAITING_WAITING);
      mh_record_set_int (wish, MH_WAITING_N_OFFERS, 0);
      if (!demo_appointments_put (desk, wish, error))
        return FALSE;
    }

  return TRUE;
}

/* The doctor is away for three days the week after next. */
static gboolean
add_leave (Desk *desk, GError **error)
{
  MhRecord *leave = mh_demo_record (desk->demo, &mh_leave_type, desk->demo->now);
  mh_record_set_text (leave, MH_LEAVE_HOSPITAL_ID, mh_record_id (desk->demo->hospital));
  mh_record_set_text (leave, MH_LEAVE_DOCTOR_ID, mh_demo_staff_id (desk->demo, MH_DEMO_DOCTOR));
  mh_record_set_int (leave, MH_LEAVE_START_AT, desk->midnight + 11 * MH_DAY);
  mh_record_set_int (leave, MH_LEAVE_END_AT, desk->midnight + 14 * MH_DAY);
  mh_record_set_text (leave, MH_LEAVE_REASON, MH_LEAVE_TRAINING);
  mh_record_set_bool (leave, MH_LEAVE_ACTIVE, TRUE);
  mh_record_set_text (leave, MH_LEAVE_MADE_NAME, mh_demo_staff_name (desk->demo, MH_DEMO_MANAGER));
  return demo_appointments_put (desk, leave, error);
}

static gboolean
demo_appointments_fill (Desk *desk, GTimeZone *zone, GError **error)
{
  char today[MH_DATE_LENGTH + 1];
  mh_date_format (mh_date_of_instant (desk->demo->now, zone), today);
  for (guint i = 0; i < G_N_ELEMENTS (schedules); i++)
    if (!demo_appointments_add_schedule (desk, i, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (schedules); i++)
    if (!book_schedule (desk, i, zone, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    if (!add_token (desk, i, today, error))
      return FALSE;

  return (desk->claims->len == 0 || mh_tx_insert_parts (desk->tx, desk->claims, error))
         && add_wishes (desk, error) && add_leave (desk, error);
}

gboolean
mh_demo_appointments (MhTx *tx, MhDemo *demo, GError **error)
{
  g_autoptr (GPtrArray) claims = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GTimeZone) zone
      = mh_appointments_zone (mh_tx_db (tx), mh_record_id (demo->hospital), error);
  gint64 midnight = (demo->now + MH_DEMO_ZONE_OFFSET) / MH_DAY * MH_DAY - MH_DEMO_ZONE_OFFSET;
  Desk desk = { .tx = tx, .demo = demo, .claims = claims, .midnight = midnight };
  gboolean done = zone != NULL && demo_appointments_fill (&desk, zone, error);
  for (guint i = 0; i < G_N_ELEMENTS (schedules); i++)
    g_clear_object (&desk.schedules[i]);
  return done;
}
