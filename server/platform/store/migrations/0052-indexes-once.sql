-- SPDX-License-Identifier: GPL-3.0-or-later
-- An index of one column is of no use beside a longer one that begins with it, and every write pays
-- for both. Of an order's two others one is asked for only together with what the shorter partial
-- index knows: its expiry (lab_order_unpaid), its technician (lab_order_open_work). report_versions says what report_version_of_order says.

DROP INDEX consent_patient_id_idx;
DROP INDEX document_part_document_id_idx;
DROP INDEX document_patient_id_idx;
DROP INDEX equipment_event_equipment_id_idx;
DROP INDEX fluid_visit_id_idx;
DROP INDEX form_answer_patient_id_idx;
DROP INDEX form_answer_visit_id_idx;
DROP INDEX handover_hospital_id_idx;
DROP INDEX immunisation_patient_id_idx;
DROP INDEX invoice_patient_id_idx;
DROP INDEX lab_order_assigned_to_idx;
DROP INDEX lab_order_expires_at_idx;
DROP INDEX lab_order_patient_id_idx;
DROP INDEX lab_order_tab_idx;
DROP INDEX note_patient_id_idx;
DROP INDEX payment_attempt_order_id_idx;
DROP INDEX prescription_patient_id_idx;
DROP INDEX problem_item_patient_id_idx;
DROP INDEX qc_lot_material_id_idx;
DROP INDEX reagent_lot_hospital_id_idx;
DROP INDEX receipt_order_id_idx;
DROP INDEX referral_hospital_id_idx;
DROP INDEX report_order_id_idx;
DROP INDEX report_patient_id_idx;
DROP INDEX result_patient_id_idx;
DROP INDEX visit_patient_id_idx;
DROP INDEX vitals_patient_id_idx;
DROP INDEX vitals_visit_id_idx;
DROP INDEX report_versions;
