/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/app/mh-server-run.h"

#include "server/clinic/appointments/mh-appointments-api.h"
#include "server/clinic/chart/mh-chart-api.h"
#include "server/clinic/drugcheck/mh-drugcheck-api.h"
#include "server/clinic/forms/mh-forms-api.h"
#include "server/clinic/inbox/mh-inbox-api.h"
#include "server/clinic/papers/mh-visit-paper-api.h"
#include "server/clinic/prescriptions/mh-prescriptions-api.h"
#include "server/clinic/visits/mh-visits-api.h"
#include "server/dispatch/calls/mh-calls-api.h"
#include "server/dispatch/fleet/mh-crews-api.h"
#include "server/dispatch/fleet/mh-fleet-api.h"
#include "server/dispatch/hospitals/mh-sites-api.h"
#include "server/dispatch/maps/mh-maps-api.h"
#include "server/dispatch/missions/mh-missions-api.h"
#include "server/front/insights/mh-insights-api.h"
#include "server/front/kiosk/mh-kiosk-api.h"
#include "server/front/public/mh-public-api.h"
#include "server/front/public/mh-public-feedback-api.h"
#include "server/lab/analysers/mh-analysers-api.h"
#include "server/lab/assignment/mh-assignment-api.h"
#include "server/lab/catalogue/mh-catalogue-api.h"
#include "server/lab/catalogue/mh-tariff-api.h"
#include "server/lab/critical/mh-critical-api.h"
#include "server/lab/equipment/mh-equipment-api.h"
#include "server/lab/orders/mh-orders-api.h"
#include "server/lab/qc/mh-qc-api.h"
#include "server/lab/referral/mh-referrals-api.h"
#include "server/lab/reports/mh-reports-api.h"
#include "server/lab/results/mh-auto-api.h"
#include "server/lab/results/mh-results-api.h"
#include "server/lab/samples/mh-handovers-api.h"
#include "server/lab/samples/mh-samples-api.h"
#include "server/lab/storage/mh-storage-api.h"
#include "server/lab/worksheets/mh-worksheets-api.h"
#include "server/messages/alerts/mh-alerts-api.h"
#include "server/messages/mail/mh-mail-api.h"
#include "server/messages/sms/mh-sms-api.h"
#include "server/money/figures/mh-figures-api.h"
#include "server/money/gateway/mh-gateway-api.h"
#include "server/money/invoices/mh-invoices-api.h"
#include "server/money/payments/mh-payments-api.h"
#include "server/money/settlements/mh-settlements-api.h"
#include "server/money/till/mh-till-api.h"
#include "server/people/access/mh-access-api.h"
#include "server/people/admin/mh-admin-api.h"
#include "server/people/documents/mh-documents-api.h"
#include "server/people/feed/mh-feed-api.h"
#include "server/people/patients/mh-patients-api.h"
#include "server/platform/audit/mh-audit-api.h"
#include "server/platform/auth/mh-auth-api.h"
#include "server/platform/jobs/mh-jobs-api.h"
#include "server/platform/ops/mh-ops-api.h"

void
mh_server_bind_routes (MhRouter *router)
{
  mh_ops_bind (router);
  mh_feed_bind (router);

  mh_auth_api_bind (router);
  mh_users_api_bind (router);
  mh_api_keys_bind (router);
  mh_directory_api_bind (router);
  mh_audit_api_bind (router);
  mh_access_bind (router);

  mh_jobs_api_bind (router);
  mh_alerts_bind (router);
  mh_analysers_bind (router);
  mh_appointments_bind (router);
  mh_insights_bind (router);
  mh_public_feedback_bind (router);

  mh_catalogue_bind (router);
  mh_patients_bind (router);
  mh_merges_bind (router);
  mh_chart_bind (router);

  mh_orders_bind (router);
  mh_payments_bind (router);
  mh_remittances_bind (router);
  mh_gateway_bind (router);
  mh_till_bind (router);
  mh_settlements_bind (router);
  mh_mail_bind (router);
  mh_sms_bind (router);
  mh_kiosk_bind (router);
  mh_figures_bind (router);
  mh_invoices_bind (router);
  mh_tariff_bind (router);

  mh_samples_bind (router);
  mh_assignment_bind (router);
  mh_handovers_bind (router);
  mh_storage_bind (router);
  mh_referrals_bind (router);
  mh_results_bind (router);
  mh_auto_bind (router);
  mh_critical_bind (router);
  mh_equipment_bind (router);
  mh_qc_bind (router);
  mh_worksheets_bind (router);
  mh_reports_bind (router);

  mh_inbox_bind (router);
  mh_public_bind (router);
  mh_documents_bind (router);
  mh_drugcheck_bind (router);
  mh_prescriptions_bind (router);
  mh_visits_bind (router);
  mh_visit_paper_bind (router);
  mh_forms_bind (router);
  mh_calls_bind (router);
  mh_sites_bind (router);
  mh_maps_bind (router);
  mh_fleet_bind (router);
  mh_crews_bind (router);
  mh_missions_bind (router);
}
