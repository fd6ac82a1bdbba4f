/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/mh-server-run.h"

#include "server/admin/mh-admin-api.h"
#include "server/alerts/mh-alerts-api.h"
#include "server/analysers/mh-analysers-api.h"
#include "server/assignment/mh-assignment-api.h"
#include "server/audit/mh-audit-api.h"
#include "server/auth/mh-auth-api.h"
#include "server/catalogue/mh-catalogue-api.h"
#include "server/critical/mh-critical-api.h"
#include "server/equipment/mh-equipment-api.h"
#include "server/feed/mh-feed-api.h"
#include "server/feedback/mh-feedback-api.h"
#include "server/figures/mh-figures-api.h"
#include "server/gateway/mh-gateway-api.h"
#include "server/insights/mh-insights-api.h"
#include "server/invoices/mh-invoices-api.h"
#include "server/invoices/mh-tariff-api.h"
#include "server/jobs/mh-jobs-api.h"
#include "server/mail/mh-mail-api.h"
#include "server/ops/mh-ops-api.h"
#include "server/orders/mh-orders-api.h"
#include "server/patients/mh-patients-api.h"
#include "server/payments/mh-payments-api.h"
#include "server/prescriptions/mh-prescriptions-api.h"
#include "server/qc/mh-qc-api.h"
#include "server/referral/mh-referrals-api.h"
#include "server/reports/mh-reports-api.h"
#include "server/results/mh-auto-api.h"
#include "server/results/mh-results-api.h"
#include "server/samples/mh-handovers-api.h"
#include "server/samples/mh-samples-api.h"
#include "server/settlements/mh-settlements-api.h"
#include "server/storage/mh-storage-api.h"
#include "server/till/mh-till-api.h"
#include "server/worksheets/mh-worksheets-api.h"

void
mh_server_bind_routes (MhRouter *router)
{
  mh_ops_bind (router);
  mh_feed_bind (router);
  mh_auth_api_bind (router);
  mh_users_api_bind (router);
  mh_directory_api_bind (router);
  mh_audit_api_bind (router);
  mh_jobs_api_bind (router);
  mh_alerts_bind (router);
  mh_analysers_bind (router);
  mh_insights_bind (router);
  mh_feedback_bind (router);
  mh_catalogue_bind (router);
  mh_patients_bind (router);
  mh_orders_bind (router);
  mh_payments_bind (router);
  mh_gateway_bind (router);
  mh_till_bind (router);
  mh_settlements_bind (router);
  mh_mail_bind (router);
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
  mh_prescriptions_bind (router);
}
