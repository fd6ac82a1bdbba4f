/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/mh-records.h"

#include "shared/records/clinic/mh-allergy.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-chart.h"
#include "shared/records/clinic/mh-clinical-form.h"
#include "shared/records/clinic/mh-drug.h"
#include "shared/records/clinic/mh-history-item.h"
#include "shared/records/clinic/mh-immunisation.h"
#include "shared/records/clinic/mh-inbox-item.h"
#include "shared/records/clinic/mh-medicine.h"
#include "shared/records/clinic/mh-note.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/clinic/mh-problem-item.h"
#include "shared/records/clinic/mh-problem.h"
#include "shared/records/clinic/mh-schedule.h"
#include "shared/records/clinic/mh-triage.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/clinic/mh-vitals.h"
#include "shared/records/dispatch/mh-arrival.h"
#include "shared/records/dispatch/mh-care-site.h"
#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-dispatch-protocol.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/front/mh-insight.h"
#include "shared/records/front/mh-kiosk.h"
#include "shared/records/lab/mh-analyser.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/lab/mh-auto.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/lab/mh-equipment.h"
#include "shared/records/lab/mh-escalation.h"
#include "shared/records/lab/mh-handover.h"
#include "shared/records/lab/mh-isolate.h"
#include "shared/records/lab/mh-label.h"
#include "shared/records/lab/mh-microbe.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-phrase.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/lab/mh-reagent.h"
#include "shared/records/lab/mh-referral.h"
#include "shared/records/lab/mh-reflex-rule.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report-delivery.h"
#include "shared/records/lab/mh-report-template.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result-version.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-shift.h"
#include "shared/records/lab/mh-storage.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/lab/mh-tube-hold.h"
#include "shared/records/lab/mh-worksheet.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/messages/mh-feedback.h"
#include "shared/records/messages/mh-mail.h"
#include "shared/records/messages/mh-sms.h"
#include "shared/records/money/mh-figures.h"
#include "shared/records/money/mh-gateway.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/money/mh-ledger.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/money/mh-remittance.h"
#include "shared/records/money/mh-settlement.h"
#include "shared/records/money/mh-tax-rule.h"
#include "shared/records/money/mh-till.h"
#include "shared/records/people/mh-access.h"
#include "shared/records/people/mh-death.h"
#include "shared/records/people/mh-document.h"
#include "shared/records/people/mh-family-link.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient-merge.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-machine.h"
#include "shared/records/platform/mh-settings.h"

#include "shared/records/people/mh-account-change.h"
#include "shared/records/people/mh-pending-release.h"

#include "shared/record/mh-registry.h"
#include "shared/records/dispatch/mh-unit.h"
#include "shared/records/people/mh-second-factor.h"
#include "shared/records/people/mh-user-patient.h"

/* clang-format off */
static const MhRecordType *const types[] = {
  &mh_hospital_type, &mh_department_type, &mh_device_type, &mh_setting_type, &mh_series_type,
  &mh_role_type, &mh_user_type, &mh_session_type, &mh_login_type, &mh_session_view_type, &mh_password_change_type,
  &mh_patient_type, &mh_patient_match_type, &mh_patient_merge_type, &mh_patient_merge_row_type, &mh_family_link_type, &mh_account_change_type,
  &mh_patient_merge_decision_type, &mh_death_type, &mh_death_withdrawal_type,
  &mh_access_grant_type, &mh_access_opening_type, &mh_access_review_type, &mh_user_patient_type,
  &mh_document_type, &mh_document_part_type, &mh_document_put_type, &mh_document_reason_type, &mh_consent_type,
  &mh_bench_type, &mh_specimen_type_type, &mh_container_type, &mh_test_type, &mh_panel_type, &mh_price_list_type, &mh_price_entry_type,
  &mh_value_set_type, &mh_value_choice_type, &mh_analyte_type, &mh_reference_range_type,
  &mh_organism_type, &mh_antibiotic_type,
  &mh_reflex_rule_type, &mh_reagent_type, &mh_reagent_lot_type, &mh_reagent_move_type,
  &mh_catalogue_revision_type, &mh_catalogue_signing_type, &mh_catalogue_waiting_type, &mh_catalogue_finding_type,
  &mh_formula_trial_type, &mh_catalogue_upload_type, &mh_catalogue_remark_type, &mh_catalogue_taken_type,
  &mh_order_type, &mh_order_item_type, &mh_order_counts_type, &mh_recovery_type, &mh_discount_request_type, &mh_order_edit_type,
  &mh_payment_type, &mh_receipt_type, &mh_refund_request_type, &mh_approval_type,
  &mh_ledger_entry_type, &mh_patient_account_type,
  &mh_cash_session_type, &mh_cash_count_type, &mh_cash_move_type, &mh_cash_counting_type, &mh_cash_closing_type,
  &mh_day_lock_type, &mh_day_locking_type, &mh_day_line_type, &mh_day_total_type, &mh_day_book_type,
  &mh_skill_type, &mh_shift_type, &mh_technician_type, &mh_assignment_type,
  &mh_storage_place_type, &mh_storage_spot_type, &mh_storage_map_type, &mh_aliquoting_type, &mh_disposal_type,
  &mh_handover_item_type, &mh_handover_type, &mh_label_request_type,
  &mh_reference_lab_type, &mh_referral_item_type, &mh_referral_type, &mh_referral_step_type,
  &mh_remittance_type, &mh_remittance_line_type, &mh_payer_type,
  &mh_settlement_type, &mh_settlement_upload_type, &mh_settlement_line_type, &mh_difference_type, &mh_reconciliation_type,
  &mh_figures_row_type, &mh_figures_type,
  &mh_analyser_link_type, &mh_analyser_map_type, &mh_analyser_message_type, &mh_device_result_type, &mh_analyser_resolve_type, &mh_analyser_send_type,
  &mh_alert_type, &mh_alert_noting_type,
  &mh_insight_type, &mh_insight_row_type, &mh_insight_item_type, &mh_bench_load_type,
  &mh_feedback_type, &mh_feedback_answer_type, &mh_feedback_thanks_type,
  &mh_mail_type, &mh_mail_template_type, &mh_mail_preview_type, &mh_mail_address_type, &mh_sms_message_type, &mh_sms_opt_out_type, &mh_sms_text_type, &mh_sms_preview_type,
  &mh_kiosk_session_type, &mh_kiosk_setup_type, &mh_kiosk_state_type, &mh_kiosk_test_type, &mh_kiosk_person_type, &mh_kiosk_visitor_type, &mh_kiosk_ask_type, &mh_kiosk_line_type, &mh_kiosk_order_type, &mh_kiosk_payment_type, &mh_kiosk_code_type, &mh_kiosk_report_type, &mh_kiosk_pin_type,
  &mh_tax_rule_type, &mh_tax_line_type, &mh_invoice_type, &mh_invoice_line_type, &mh_invoice_print_type, &mh_debit_request_type, &mh_debit_line_type,
  &mh_payment_attempt_type, &mh_gateway_payment_type, &mh_gateway_refund_type, &mh_gateway_event_type, &mh_gateway_task_type,
  &mh_gateway_image_type, &mh_gateway_notice_type, &mh_gateway_state_type, &mh_webhook_type,
  &mh_sample_type, &mh_custody_event_type,
  &mh_result_version_type, &mh_restart_type,
  &mh_result_isolate_type, &mh_result_susceptibility_type, &mh_breakpoint_type, &mh_phrase_type, &mh_attachment_type, &mh_attachment_data_type, &mh_attachment_put_type, &mh_escalation_type, &mh_escalation_put_type, &mh_escalation_reply_type, &mh_tube_hold_type, &mh_hold_release_type, &mh_delta_event_type, &mh_result_type, &mh_earlier_value_type, &mh_result_row_type, &mh_results_sheet_type, &mh_worklist_type, &mh_result_entry_type, &mh_results_put_type,
  &mh_auto_rule_type, &mh_auto_trial_type, &mh_auto_reason_type, &mh_auto_miss_type, &mh_auto_outcome_type, &mh_verify_row_type,
  &mh_critical_item_type, &mh_critical_call_type, &mh_critical_closing_type, &mh_clinician_type, &mh_critical_rung_type, &mh_critical_view_type,
  &mh_critical_figure_type, &mh_critical_figures_type,
  &mh_equipment_type, &mh_equipment_plan_type, &mh_equipment_event_type,
  &mh_qc_material_type, &mh_qc_lot_type, &mh_qc_target_type, &mh_qc_point_type, &mh_qc_remark_type, &mh_qc_lock_type,
  &mh_qc_action_type, &mh_qc_review_type, &mh_qc_suspect_type, &mh_qc_entry_type, &mh_qc_run_type, &mh_qc_statistics_type,
  &mh_schedule_type, &mh_leave_type, &mh_slot_type, &mh_slot_hold_type, &mh_slot_claim_type,
  &mh_appointment_type, &mh_appointment_step_type, &mh_appointment_move_type, &mh_series_request_type, &mh_token_type, &mh_queue_type, &mh_waiting_type,
  &mh_worksheet_type, &mh_worksheet_line_type, &mh_worksheet_entry_type, &mh_worksheet_put_type,
  &mh_visit_type, &mh_visit_step_type, &mh_vitals_type, &mh_strike_type, &mh_triage_type, &mh_spo2_order_type, &mh_fluid_type, &mh_form_definition_type, &mh_form_answer_type,
  &mh_verification_type, &mh_pending_release_type, &mh_bulk_verification_type, &mh_bulk_undone_type, &mh_report_type, &mh_report_check_type,
  &mh_report_change_type, &mh_report_change_value_type, &mh_report_access_type, &mh_report_notice_type, &mh_report_remark_type, &mh_report_template_type, &mh_report_delivery_type,
  &mh_report_batch_type, &mh_report_logo_type, &mh_report_release_type, &mh_inbox_item_type, &mh_inbox_seeing_type,
  &mh_allergy_type, &mh_medicine_type, &mh_drug_ingredient_type, &mh_drug_interaction_type, &mh_allergy_cross_type,
  &mh_drug_alert_type, &mh_drug_figure_type, &mh_drug_check_type, &mh_drug_override_type, &mh_drug_stop_type, &mh_drug_rate_row_type, &mh_drug_rate_type, &mh_drug_favourite_type,
  &mh_prescription_type, &mh_prescription_cancel_type, &mh_prescription_line_type,
  &mh_problem_item_type, &mh_immunisation_type, &mh_history_item_type, &mh_note_section_type, &mh_note_type, &mh_note_addendum_type, &mh_note_retraction_type, &mh_note_template_type,
  &mh_chart_event_type, &mh_chart_value_type, &mh_vaccine_due_type, &mh_chart_type, &mh_icd_code_type, &mh_chart_revision_type,
  &mh_audit_entry_type, &mh_change_type, &mh_feed_change_type, &mh_change_page_type,
  &mh_map_type, &mh_map_step_type, &mh_map_way_type, &mh_map_reach_type, &mh_map_address_type,
  &mh_zone_type, &mh_unit_type, &mh_crew_shift_type, &mh_unit_state_type, &mh_unit_event_type, &mh_unit_place_type, &mh_unit_position_type,
  &mh_unit_fixes_type, &mh_fix_dropped_type, &mh_fixes_taken_type, &mh_crew_person_type,
  &mh_care_site_type, &mh_site_report_type, &mh_diversion_type, &mh_diversion_renewal_type, &mh_destination_type, &mh_arrival_type, &mh_arrival_step_type,
  &mh_dispatch_protocol_type, &mh_emergency_call_type, &mh_emergency_answers_type, &mh_emergency_caller_type, &mh_emergency_event_type,
  &mh_emergency_near_type, &mh_emergency_join_type, &mh_emergency_cancel_type,
  &mh_mission_type, &mh_mission_event_type, &mh_mission_order_type, &mh_mission_step_type, &mh_mission_standing_down_type, &mh_mission_correction_type, &mh_recommendation_type,
  &mh_idempotency_key_type, &mh_job_type, &mh_login_guard_type,
  &mh_second_factor_type, &mh_factor_view_type, &mh_factor_begin_type, &mh_factor_code_type, &mh_factor_off_type, &mh_api_key_type,
  &mh_issue_type, &mh_problem_type, &mh_health_check_type, &mh_health_type,
};
/* clang-format on */

void
mh_records_register (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      mh_registry_add (types, G_N_ELEMENTS (types));
      g_once_init_leave (&done, 1);
    }
}
