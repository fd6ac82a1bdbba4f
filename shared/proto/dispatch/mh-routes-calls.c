/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Emergency calls: taking, answering, joining and cancelling them. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

/* clang-format off */
static const MhParam call_params[] = {
  { "open", MH_KIND_BOOL, NULL, N_("Only what is not over") },
  { "state", MH_KIND_ENUM, mh_emergency_state_codes, N_("Only in this state") },
  { "priority", MH_KIND_ENUM, mh_emergency_priority_codes, N_("Only of this priority") },
  { "from", MH_KIND_INSTANT, NULL, N_("Called not before") },
  { "to", MH_KIND_INSTANT, NULL, N_("Called before") },
  { NULL },
};

static const MhParam recommendation_params[] = {
  { "left_out", MH_KIND_BOOL, NULL, N_("Those that are left out instead, with the reasons") },
  { NULL },
};
static const MhParam mission_params[] = {
  { "call_id", MH_KIND_TEXT, NULL, N_("Only of this call") },
  { "unit_id", MH_KIND_TEXT, NULL, N_("Only of this unit") },
  { "open", MH_KIND_BOOL, NULL, N_("Only those that are not over") },
  { NULL },
};

#define ADD (MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED)
#define CHANGE (MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT)
#define NOW (MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE)

static const MhRoute routes[] = {
  { "call.list", "GET", "/calls", MH_MAY_READ_CALL, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_emergency_call_type, call_params, N_("Emergency calls, newest first"), "calls", NULL, MH_RATE_NORMAL },
  { "call.open", "POST", "/calls", MH_MAY_WRITE_CALL, MH_ROUTE_WRITE, ADD, &mh_emergency_call_type, &mh_emergency_call_type, NULL, N_("Take an emergency call; nothing need be known yet"), "calls", NULL, MH_RATE_NORMAL },
  { "call.read", "GET", "/calls/{id}", MH_MAY_READ_CALL, MH_ROUTE_READ, 0, NULL, &mh_emergency_call_type, NULL, N_("One emergency call"), "calls", NULL, MH_RATE_NORMAL },
  { "call.update", "PATCH", "/calls/{id}", MH_MAY_WRITE_CALL, MH_ROUTE_WRITE, CHANGE, &mh_emergency_call_type, &mh_emergency_call_type, NULL, N_("Change place, number and words; change the priority, with a reason"), "calls", NULL, MH_RATE_NORMAL },
  { "call.answer", "PUT", "/calls/{id}/answers", MH_MAY_WRITE_CALL, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_emergency_answers_type, &mh_emergency_call_type, NULL, N_("All answers so far; gives priority, needs and words to say"), "calls", NULL, MH_RATE_NORMAL },
  { "call.near", "GET", "/calls/{id}/near", MH_MAY_READ_CALL, MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT, NULL, &mh_emergency_near_type, NULL, N_("Calls that may be about the same emergency"), "calls", NULL, MH_RATE_NORMAL },
  { "call.join", "POST", "/calls/{id}/join", MH_MAY_WRITE_CALL, MH_ROUTE_WRITE, NOW, &mh_emergency_join_type, &mh_emergency_call_type, NULL, N_("Join it to the call that it is about, too"), "calls", NULL, MH_RATE_NORMAL },
  { "call.part", "POST", "/calls/{id}/part", MH_MAY_WRITE_CALL, MH_ROUTE_WRITE, NOW, NULL, &mh_emergency_call_type, NULL, N_("Part it again from the call it was joined to"), "calls", NULL, MH_RATE_NORMAL },
  { "call.cancel", "POST", "/calls/{id}/cancel", MH_MAY_WRITE_CALL, MH_ROUTE_WRITE, NOW, &mh_emergency_cancel_type, &mh_emergency_call_type, NULL, N_("Cancel it, with a reason"), "calls", NULL, MH_RATE_NORMAL },
  { "call.callers", "GET", "/calls/{id}/callers", MH_MAY_READ_CALL, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_emergency_caller_type, NULL, N_("Who else called about it, newest first"), "calls", NULL, MH_RATE_NORMAL },
  { "call.add_caller", "POST", "/calls/{id}/callers", MH_MAY_WRITE_CALL, MH_ROUTE_WRITE, ADD, &mh_emergency_caller_type, &mh_emergency_caller_type, NULL, N_("Somebody else calls about it, or the same person again"), "calls", NULL, MH_RATE_NORMAL },
  { "call.events", "GET", "/calls/{id}/events", MH_MAY_READ_CALL, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_emergency_event_type, NULL, N_("What happened to it, newest first: every answer, every change"), "calls", NULL, MH_RATE_NORMAL },
  { "call.take", "POST", "/calls/{id}/take", MH_MAY_WRITE_CALL, MH_ROUTE_WRITE, NOW, NULL, &mh_emergency_call_type, NULL, N_("Take it over from the dispatcher who sees to it"), "calls", NULL, MH_RATE_NORMAL },
  { "call.veto", "POST", "/calls/{id}/veto", MH_MAY_WRITE_CALL, MH_ROUTE_WRITE, NOW, NULL, &mh_emergency_call_type, NULL, N_("Stop units from being sent to it by themselves"), "calls", NULL, MH_RATE_NORMAL },
  { "recommendation.list", "GET", "/calls/{id}/recommendations", MH_MAY_READ_CALL, MH_ROUTE_PLAIN, MH_ROUTE_LIST, NULL, &mh_recommendation_type, recommendation_params, N_("Which units may be sent, the best first, each with its figures"), "missions", NULL, MH_RATE_NORMAL },
  { "mission.list", "GET", "/assignments", MH_MAY_CREW_UNIT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_mission_type, mission_params, N_("Units sent to calls, newest first; a crew sees its own"), "missions", NULL, MH_RATE_NORMAL },
  { "mission.read", "GET", "/assignments/{id}", MH_MAY_CREW_UNIT, MH_ROUTE_READ, 0, NULL, &mh_mission_type, NULL, N_("One unit's assignment to a call"), "missions", NULL, MH_RATE_NORMAL },
  { "mission.send", "POST", "/assignments", MH_MAY_DIRECT_UNIT, MH_ROUTE_WRITE, ADD | MH_ROUTE_ONLINE, &mh_mission_order_type, &mh_mission_type, NULL, N_("Send a unit to a call; 409: it has changed meanwhile"), "missions", NULL, MH_RATE_NORMAL },
  { "mission.step", "POST", "/assignments/{id}/steps", MH_MAY_CREW_UNIT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_mission_step_type, &mh_mission_type, NULL, N_("Tell the next step of a unit; 409: it does not follow"), "missions", NULL, MH_RATE_NORMAL },
  { "mission.stand_down", "POST", "/assignments/{id}/stand-down", MH_MAY_DIRECT_UNIT, MH_ROUTE_WRITE, NOW, &mh_mission_standing_down_type, &mh_mission_type, NULL, N_("Stand a unit down, with a reason"), "missions", NULL, MH_RATE_NORMAL },
  { "mission.correct", "POST", "/assignments/{id}/corrections", MH_MAY_CREW_UNIT, MH_ROUTE_WRITE, NOW, &mh_mission_correction_type, &mh_mission_type, NULL, N_("Correct the time of a step, with a reason; the old one is kept"), "missions", NULL, MH_RATE_NORMAL },
  { "mission.events", "GET", "/assignments/{id}/events", MH_MAY_CREW_UNIT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_mission_event_type, NULL, N_("Steps and corrections of an assignment, newest first: who and how"), "missions", NULL, MH_RATE_NORMAL },
  { "dispatch_protocol.list", "GET", "/dispatch-protocols", MH_MAY_READ_CALL, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_dispatch_protocol_type, NULL, N_("Protocols by which calls are judged, each edition"), "calls", NULL, MH_RATE_NORMAL },
  { "dispatch_protocol.read", "GET", "/dispatch-protocols/{id}", MH_MAY_READ_CALL, MH_ROUTE_READ, 0, NULL, &mh_dispatch_protocol_type, NULL, N_("One edition of a protocol"), "calls", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_calls = { routes, G_N_ELEMENTS (routes) };
