/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is booked when, who waits, whose turn it is. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/mh-types.h"

#define ONLINE (MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE)

/* clang-format off */
static const MhParam slot_params[] = {
  { "from", MH_KIND_DATE, NULL, N_("First day, of the hospital's calendar; today if not given") },
  { "days", MH_KIND_INT, NULL, N_("So many days, at most 62; 7 if not given") },
  { "schedule", MH_KIND_TEXT, NULL, N_("Only of this schedule") },
  { "doctor", MH_KIND_TEXT, NULL, N_("Only of this doctor") },
  { "department", MH_KIND_TEXT, NULL, N_("Only of this department") },
  { "all", MH_KIND_BOOL, NULL, N_("Full and past slots too") },
  { NULL },
};
static const MhParam appointment_params[] = {
  { "from", MH_KIND_DATE, NULL, N_("First day; today if not given") },
  { "to", MH_KIND_DATE, NULL, N_("Last day; the first if not given") },
  { "schedule", MH_KIND_TEXT, NULL, N_("Only of this schedule") },
  { "patient", MH_KIND_TEXT, NULL, N_("Of this patient, on every day") },
  { NULL },
};
static const MhParam day_params[] = {
  { "day", MH_KIND_DATE, NULL, N_("Of this day; today if not given") },
  { "schedule", MH_KIND_TEXT, NULL, N_("Only of this schedule") },
  { NULL },
};
static const MhParam calendar_params[] = {
  { "from", MH_KIND_DATE, NULL, N_("First day; today if not given") },
  { "days", MH_KIND_INT, NULL, N_("So many days, at most 62; 1 if not given") },
  { NULL },
};
static const MhParam waiting_params[] = {
  { "status", MH_KIND_ENUM, mh_waiting_status_codes, N_("Only in this state; all who wait or are offered a slot if not given") },
  { NULL },
};
static const MhParam paper_params[] = {
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
  { NULL },
};

static const MhRoute routes[] = {
  { "schedule.list", "GET", "/schedules", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_schedule_type, NULL, N_("Who and what can be booked"), "appointments", NULL, MH_RATE_NORMAL },
  { "schedule.create", "POST", "/schedules", "schedule.write", MH_ROUTE_WRITE, ONLINE | MH_ROUTE_CREATED, &mh_schedule_type, &mh_schedule_type, NULL, N_("Add a schedule"), "appointments", NULL, MH_RATE_NORMAL },
  { "schedule.update", "PATCH", "/schedules/{id}", "schedule.write", MH_ROUTE_WRITE, ONLINE | MH_ROUTE_PATCH, &mh_schedule_type, &mh_schedule_type, NULL, N_("Change a schedule"), "appointments", NULL, MH_RATE_NORMAL },
  { "schedule.calendar", "GET", "/schedules/{id}/calendar.ics", "appointment.read", MH_ROUTE_READ, MH_ROUTE_BINARY | MH_ROUTE_SNAPSHOT, NULL, NULL, calendar_params, N_("The bookings of some days as an iCalendar file, without reasons"), "appointments", "text/calendar", MH_RATE_HEAVY },
  { "leave.list", "GET", "/leaves", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_leave_type, NULL, N_("Days away and closures that are not over"), "appointments", NULL, MH_RATE_NORMAL },
  { "leave.create", "POST", "/leaves", "appointment.write", MH_ROUTE_WRITE, ONLINE | MH_ROUTE_CREATED, &mh_leave_type, &mh_leave_type, NULL, N_("Enter a leave or a closure; the answer lists the bookings to move"), "appointments", NULL, MH_RATE_NORMAL },
  { "leave.read", "GET", "/leaves/{id}", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_leave_type, NULL, N_("A leave with the bookings that are still to be moved"), "appointments", NULL, MH_RATE_NORMAL },
  { "leave.update", "PATCH", "/leaves/{id}", "appointment.write", MH_ROUTE_WRITE, ONLINE | MH_ROUTE_PATCH, &mh_leave_type, &mh_leave_type, NULL, N_("Change or withdraw a leave"), "appointments", NULL, MH_RATE_NORMAL },
  { "slot.list", "GET", "/appointments/slots", "appointment.read", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT | MH_ROUTE_ONLINE, NULL, &mh_slot_type, slot_params, N_("Free slots, across doctors and days, the earliest first"), "appointments", NULL, MH_RATE_NORMAL },
  { "slot_hold.create", "POST", "/appointments/holds", "appointment.write", MH_ROUTE_WRITE, ONLINE | MH_ROUTE_CREATED, &mh_slot_hold_type, &mh_slot_hold_type, NULL, N_("Keep a slot for five minutes"), "appointments", NULL, MH_RATE_NORMAL },
  { "slot_hold.release", "DELETE", "/appointments/holds/{id}", "appointment.write", MH_ROUTE_WRITE, ONLINE | MH_ROUTE_NO_CONTENT, NULL, NULL, NULL, N_("Give a kept slot back"), "appointments", NULL, MH_RATE_NORMAL },
  { "appointment.list", "GET", "/appointments", "appointment.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_appointment_type, appointment_params, N_("Bookings of some days, by time"), "appointments", NULL, MH_RATE_NORMAL },
  { "appointment.create", "POST", "/appointments", "appointment.write", MH_ROUTE_WRITE, ONLINE | MH_ROUTE_CREATED, &mh_appointment_type, &mh_appointment_type, NULL, N_("Book; with a reason also beyond the slots"), "appointments", NULL, MH_RATE_NORMAL },
  { "appointment.series", "POST", "/appointments/series", "appointment.write", MH_ROUTE_WRITE, ONLINE, &mh_series_request_type, &mh_series_request_type, NULL, N_("Book the same time again and again"), "appointments", NULL, MH_RATE_NORMAL },
  { "appointment.read", "GET", "/appointments/{id}", "appointment.read", MH_ROUTE_READ, 0, NULL, &mh_appointment_type, NULL, N_("One booking"), "appointments", NULL, MH_RATE_NORMAL },
  { "appointment.update", "PATCH", "/appointments/{id}", "appointment.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT, &mh_appointment_type, &mh_appointment_type, NULL, N_("Change kind, reason or note"), "appointments", NULL, MH_RATE_NORMAL },
  { "appointment.move", "POST", "/appointments/{id}/reschedule", "appointment.write", MH_ROUTE_WRITE, ONLINE, &mh_appointment_move_type, &mh_appointment_type, NULL, N_("Move to another time; the answer is the new booking"), "appointments", NULL, MH_RATE_NORMAL },
  { "appointment.arrive", "POST", "/appointments/{id}/arrival", "appointment.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_appointment_step_type, &mh_appointment_type, NULL, N_("The patient is here: gives a token and opens a visit"), "appointments", NULL, MH_RATE_NORMAL },
  { "appointment.step", "POST", "/appointments/{id}/steps", "appointment.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_appointment_step_type, &mh_appointment_type, NULL, N_("Cancelled, did not come, into the room, done"), "appointments", NULL, MH_RATE_NORMAL },
  { "appointment.calendar", "GET", "/appointments/{id}/calendar.ics", "appointment.read", MH_ROUTE_READ, MH_ROUTE_BINARY, NULL, NULL, NULL, N_("One booking as an iCalendar file for the patient"), "appointments", "text/calendar", MH_RATE_NORMAL },
  { "token.list", "GET", "/tokens", "appointment.read", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT, NULL, &mh_token_type, day_params, N_("Tokens of a day, in the order in which they will be called"), "appointments", NULL, MH_RATE_NORMAL },
  { "token.create", "POST", "/tokens", "appointment.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_token_type, &mh_token_type, NULL, N_("A token for somebody who came without a booking"), "appointments", NULL, MH_RATE_NORMAL },
  { "token.read", "GET", "/tokens/{id}", "appointment.read", MH_ROUTE_READ, 0, NULL, &mh_token_type, NULL, N_("One token"), "appointments", NULL, MH_RATE_NORMAL },
  { "token.step", "POST", "/tokens/{id}/steps", "queue.call", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_appointment_step_type, &mh_token_type, NULL, N_("Called, into the room, done, left, back to the queue"), "appointments", NULL, MH_RATE_NORMAL },
  { "token.slip", "GET", "/tokens/{id}/slip.pdf", "appointment.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, paper_params, N_("The token on a strip of 80 mm"), "appointments", "application/pdf", MH_RATE_HEAVY },
  { "queue.list", "GET", "/queues", "appointment.read", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT | MH_ROUTE_ONLINE, NULL, &mh_queue_type, NULL, N_("Every queue of today: who is called, who is next, how many wait"), "appointments", NULL, MH_RATE_NORMAL },
  { "queue.call", "POST", "/queues/{id}/call", "queue.call", MH_ROUTE_WRITE, ONLINE, &mh_appointment_step_type, &mh_token_type, NULL, N_("Call who is next in the queue of a schedule"), "appointments", NULL, MH_RATE_NORMAL },
  { "waiting.list", "GET", "/waiting", "appointment.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_waiting_type, waiting_params, N_("Who waits for a slot, in the order of offers"), "appointments", NULL, MH_RATE_NORMAL },
  { "waiting.create", "POST", "/waiting", "appointment.write", MH_ROUTE_WRITE, ONLINE | MH_ROUTE_CREATED, &mh_waiting_type, &mh_waiting_type, NULL, N_("Put somebody on the waiting list"), "appointments", NULL, MH_RATE_NORMAL },
  { "waiting.update", "PATCH", "/waiting/{id}", "appointment.write", MH_ROUTE_WRITE, ONLINE | MH_ROUTE_PATCH, &mh_waiting_type, &mh_waiting_type, NULL, N_("Change or withdraw a wish"), "appointments", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_appointments = { routes, G_N_ELEMENTS (routes) };
