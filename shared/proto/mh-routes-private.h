/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The tables, for mh-routes.c alone. */
#include "shared/proto/mh-route.h"

G_BEGIN_DECLS

extern const MhRouteTable mh_routes_access;
extern const MhRouteTable mh_routes_analysers;
extern const MhRouteTable mh_routes_appointments;
extern const MhRouteTable mh_routes_insights;
extern const MhRouteTable mh_routes_critical;
extern const MhRouteTable mh_routes_calls;
extern const MhRouteTable mh_routes_sites;
extern const MhRouteTable mh_routes_catalogue;
extern const MhRouteTable mh_routes_dispatch;
extern const MhRouteTable mh_routes_documents;
extern const MhRouteTable mh_routes_drugs;
extern const MhRouteTable mh_routes_chart;
extern const MhRouteTable mh_routes_lab;
extern const MhRouteTable mh_routes_mail;
extern const MhRouteTable mh_routes_money;
extern const MhRouteTable mh_routes_ops;
extern const MhRouteTable mh_routes_patients;
extern const MhRouteTable mh_routes_results;
extern const MhRouteTable mh_routes_reports;
extern const MhRouteTable mh_routes_samples;
extern const MhRouteTable mh_routes_kiosk;
extern const MhRouteTable mh_routes_protect;
extern const MhRouteTable mh_routes_qc;
extern const MhRouteTable mh_routes_settlement;
extern const MhRouteTable mh_routes_till;
extern const MhRouteTable mh_routes_visits;

G_END_DECLS
