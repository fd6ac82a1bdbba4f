/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody should look at, and what the figures say. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/front/mh-insight.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-types.h"

/* clang-format off */
static const MhParam alert_params[] = {
  { "status", MH_KIND_ENUM, mh_alert_state_codes, N_("Open ones only, or all with those that are over; open if not given") },
  { "kind", MH_KIND_ENUM, mh_alert_kind_codes, N_("Of one kind") },
  { "severity", MH_KIND_ENUM, mh_alert_severity_codes, N_("Of one severity") },
  { "bench", MH_KIND_TEXT, NULL, N_("Of one bench") },
  { NULL },
};

#define GROUPED \
  { "by", MH_KIND_ENUM, mh_insight_by_codes, N_("What the rows stand for; the first that the figure has if not given") }, \
  { "from", MH_KIND_DATE, NULL, N_("First day; thirty days ago if not given") }, \
  { "to", MH_KIND_DATE, NULL, N_("Last day, counted in; today if not given") }, \
  { "segment", MH_KIND_ENUM, mh_segment_codes, N_("Step of turnaround; all of it if not given") }, \
  { "bench", MH_KIND_TEXT, NULL, N_("Of one bench") }, \
  { "test", MH_KIND_TEXT, NULL, N_("Of one test") }, \
  { "priority", MH_KIND_ENUM, mh_order_priority_codes, N_("Of one priority") }
static const MhParam insight_params[] = { GROUPED, { NULL } };
static const MhParam item_params[] = { GROUPED, { "key", MH_KIND_TEXT, NULL, N_("Of one row; all if not given") }, { NULL } };
static const MhParam paper_params[] = { GROUPED, { "language", MH_KIND_TEXT, NULL, N_("Language of the paper") }, { NULL } };

static const MhParam page_params[] = { { "lang", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") }, { NULL } };

static const MhRoute routes[] = {
  { "alert.list", "GET", "/alerts", "", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_alert_type, alert_params, N_("Alerts for whoever asks, newest first"), "alerts", NULL, MH_RATE_NORMAL },
  { "alert.read", "GET", "/alerts/{id}", "", MH_ROUTE_READ, 0, NULL, &mh_alert_type, NULL, N_("One alert"), "alerts", NULL, MH_RATE_NORMAL },
  { "alert.acknowledge", "POST", "/alerts/{id}/acknowledgement", "", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_alert_noting_type, &mh_alert_type, NULL, N_("Acknowledge an alert"), "alerts", NULL, MH_RATE_NORMAL },
  { "alert.snooze", "POST", "/alerts/{id}/snooze", "", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_alert_noting_type, &mh_alert_type, NULL, N_("Snooze an alert"), "alerts", NULL, MH_RATE_NORMAL },
  { "bench.load", "GET", "/benches/load", "order.read", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_ONLINE, NULL, &mh_bench_load_type, NULL, N_("What waits at each bench now, and how much of it is late"), "insights", NULL, MH_RATE_NORMAL },
  { "insight.read", "GET", "/insights/{figure}", "analytics.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT | MH_ROUTE_ONLINE, NULL, &mh_insight_type, insight_params, N_("Turnaround, workload and other figures, grouped"), "insights", NULL, MH_RATE_NORMAL },
  { "insight.items", "GET", "/insights/{figure}/items", "analytics.read", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_ONLINE, NULL, &mh_insight_item_type, item_params, N_("What is behind a row of a figure"), "insights", NULL, MH_RATE_NORMAL },
  { "insight.csv", "GET", "/insights/{figure}/table.csv", "analytics.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, insight_params, N_("The same for a spreadsheet"), "insights", "text/csv", MH_RATE_HEAVY },
  { "insight.pdf", "GET", "/insights/{figure}/document.pdf", "analytics.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, paper_params, N_("The same on paper, with its chart"), "insights", "application/pdf", MH_RATE_HEAVY },
  { "feedback.page", "GET", "/feedback", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_OUTSIDE | MH_ROUTE_BINARY, NULL, NULL, page_params, N_("A plain page on which a patient answers with the code of the e-mail"), "public", "text/html; charset=utf-8", MH_RATE_HEAVY },
  { "feedback.form", "POST", "/feedback", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_OUTSIDE | MH_ROUTE_BINARY | MH_ROUTE_RAW | MH_ROUTE_ONLINE, NULL, NULL, page_params, N_("What was typed there"), "public", "text/html; charset=utf-8", MH_RATE_GUESS, 16 },
  { "feedback.linked", "GET", "/f/{code}", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_OUTSIDE | MH_ROUTE_BINARY, NULL, NULL, page_params, N_("The same page with the code in its address"), "public", "text/html; charset=utf-8", MH_RATE_HEAVY },
  { "feedback.linked.form", "POST", "/f/{code}", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_OUTSIDE | MH_ROUTE_BINARY | MH_ROUTE_RAW | MH_ROUTE_ONLINE, NULL, NULL, page_params, N_("What was typed there"), "public", "text/html; charset=utf-8", MH_RATE_GUESS, 16 },
  { "public.paper", "GET", "/r/{code}", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_OUTSIDE | MH_ROUTE_BINARY, NULL, NULL, page_params, N_("Page behind the QR code of a report or a prescription: is it genuine"), "public", "text/html; charset=utf-8", MH_RATE_HEAVY },
  { "public.paper.step", "POST", "/r/{code}", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_OUTSIDE | MH_ROUTE_BINARY | MH_ROUTE_RAW | MH_ROUTE_ONLINE, NULL, NULL, page_params, N_("A step there: have a code sent, type it, fetch the report"), "public", "text/html; charset=utf-8", MH_RATE_GUESS, 16 },
  { "public.appointment", "GET", "/a/{code}", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_OUTSIDE | MH_ROUTE_BINARY, NULL, NULL, page_params, N_("Page of a booking"), "public", "text/html; charset=utf-8", MH_RATE_HEAVY },
  { "public.appointment.step", "POST", "/a/{code}", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_OUTSIDE | MH_ROUTE_BINARY | MH_ROUTE_RAW | MH_ROUTE_ONLINE, NULL, NULL, page_params, N_("A step there: have a code sent, type it, cancel"), "public", "text/html; charset=utf-8", MH_RATE_GUESS, 16 },
  { "feedback.answer", "POST", "/feedback/answers", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_ONLINE, &mh_feedback_answer_type, &mh_feedback_thanks_type, NULL, N_("A patient's answer with the code of the e-mail, at a kiosk"), "feedback", NULL, MH_RATE_GUESS },
  { "feedback.for_order", "POST", "/orders/{id}/feedback", "order.read", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_feedback_answer_type, &mh_feedback_thanks_type, NULL, N_("A patient's answer taken at a desk; for outside programs, kiosks and e-mails have calls of their own"), "feedback", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_insights = { routes, G_N_ELEMENTS (routes) };
