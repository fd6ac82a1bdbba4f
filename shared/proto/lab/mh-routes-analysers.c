/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Analysers: links, codes, messages, results that nobody knew where to put. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/lab/mh-analyser.h"

#define ONLINE (MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE)

/* clang-format off */
static const MhParam message_params[] = {
  { "link_id", MH_KIND_REF, NULL, N_("Of one analyser") },
  { "direction", MH_KIND_ENUM, mh_message_direction_codes, N_("Received or sent") },
  { "status", MH_KIND_ENUM, mh_message_status_codes, N_("Only in this state") },
  { NULL },
};
static const MhParam result_params[] = {
  { "link_id", MH_KIND_REF, NULL, N_("Of one analyser") },
  { "status", MH_KIND_ENUM, mh_device_result_status_codes, N_("Only in this state") },
  { NULL },
};

static const MhRoute routes[] = {
  { "analyser.list", "GET", "/analysers", "analyser.read", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT, NULL, &mh_analyser_link_type, NULL, N_("Analysers with their state"), "analysers", NULL, MH_RATE_NORMAL },
  { "analyser.read", "GET", "/analysers/{id}", "analyser.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_analyser_link_type, NULL, N_("One analyser"), "analysers", NULL, MH_RATE_NORMAL },
  { "analyser.add", "POST", "/analysers", "analyser.write", MH_ROUTE_WRITE, ONLINE | MH_ROUTE_CREATED, &mh_analyser_link_type, &mh_analyser_link_type, NULL, N_("Set up an analyser"), "analysers", NULL, MH_RATE_NORMAL },
  { "analyser.change", "PATCH", "/analysers/{id}", "analyser.write", MH_ROUTE_WRITE, ONLINE | MH_ROUTE_PATCH, &mh_analyser_link_type, &mh_analyser_link_type, NULL, N_("Change an analyser, switch it on or off"), "analysers", NULL, MH_RATE_NORMAL },
  { "analyser.remove", "DELETE", "/analysers/{id}", "analyser.write", MH_ROUTE_WRITE, ONLINE, NULL, &mh_analyser_link_type, NULL, N_("Remove an analyser; its messages stay"), "analysers", NULL, MH_RATE_NORMAL },
  { "analyser.send", "POST", "/analysers/{id}/orders", "result.enter", MH_ROUTE_WRITE, ONLINE | MH_ROUTE_CREATED, &mh_analyser_send_type, &mh_analyser_message_type, NULL, N_("Send the order of one tube to an analyser; for outside programs, analysers here are sent to by themselves"), "analysers", NULL, MH_RATE_NORMAL },
  { "analyser_map.list", "GET", "/analysers/{id}/maps", "analyser.read", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT, NULL, &mh_analyser_map_type, NULL, N_("What the codes of an analyser mean"), "analysers", NULL, MH_RATE_NORMAL },
  { "analyser_map.add", "POST", "/analysers/{id}/maps", "analyser.write", MH_ROUTE_WRITE, ONLINE | MH_ROUTE_CREATED, &mh_analyser_map_type, &mh_analyser_map_type, NULL, N_("Say what a code means"), "analysers", NULL, MH_RATE_NORMAL },
  { "analyser_map.change", "PATCH", "/analyser_maps/{id}", "analyser.write", MH_ROUTE_WRITE, ONLINE | MH_ROUTE_PATCH, &mh_analyser_map_type, &mh_analyser_map_type, NULL, N_("Change what a code means"), "analysers", NULL, MH_RATE_NORMAL },
  { "analyser_map.remove", "DELETE", "/analyser_maps/{id}", "analyser.write", MH_ROUTE_WRITE, ONLINE, NULL, &mh_analyser_map_type, NULL, N_("Forget a code"), "analysers", NULL, MH_RATE_NORMAL },
  { "analyser_message.list", "GET", "/analyser_messages", "analyser.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_analyser_message_type, message_params, N_("Messages without their text, newest first"), "analysers", NULL, MH_RATE_NORMAL },
  { "analyser_message.read", "GET", "/analyser_messages/{id}", "result.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_analyser_message_type, NULL, N_("One message as it came, and what became of its results"), "analysers", NULL, MH_RATE_NORMAL },
  { "analyser_message.retry", "POST", "/analyser_messages/{id}/retry", "result.enter", MH_ROUTE_WRITE, ONLINE, NULL, &mh_analyser_message_type, NULL, N_("Read a kept message again, or send a refused one again"), "analysers", NULL, MH_RATE_NORMAL },
  { "analyser_message.drop", "POST", "/analyser_messages/{id}/drop", "result.enter", MH_ROUTE_WRITE, ONLINE, NULL, &mh_analyser_message_type, NULL, N_("Do not send a waiting message"), "analysers", NULL, MH_RATE_NORMAL },
  { "device_result.list", "GET", "/device_results", "result.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_device_result_type, result_params, N_("Results that came from analysers, newest first"), "analysers", NULL, MH_RATE_NORMAL },
  { "device_result.resolve", "POST", "/device_results/{id}/resolve", "result.enter", MH_ROUTE_WRITE, ONLINE, &mh_analyser_resolve_type, &mh_device_result_type, NULL, N_("Assign, discard or try again an open result"), "analysers", NULL, MH_RATE_NORMAL },
  { "device_result.resolve_group", "POST", "/device_results/{id}/resolve-group", "result.enter", MH_ROUTE_WRITE, ONLINE, &mh_analyser_resolve_type, &mh_analyser_message_type, NULL, N_("The same for all open results of its message and tube"), "analysers", NULL, MH_RATE_NORMAL },
  { "device_result.take_back", "POST", "/device_results/{id}/take-back", "result.enter", MH_ROUTE_WRITE, ONLINE, NULL, &mh_analyser_message_type, NULL, N_("It was another patient's: what was assigned together waits in the inbox again"), "analysers", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_analysers = { routes, G_N_ELEMENTS (routes) };
