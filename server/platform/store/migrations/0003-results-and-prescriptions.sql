-- SPDX-License-Identifier: GPL-3.0-or-later
-- One result for each analyte of an ordered test; what the grid's previous values and the front desk's
-- list of waiting prescriptions live on.

CREATE UNIQUE INDEX result_once ON result (order_item_id, analyte);
CREATE INDEX result_history ON result (patient_id, analyte, measured_at);

CREATE INDEX prescription_by_time ON prescription (created_at, id);
CREATE INDEX prescription_history ON prescription (patient_id, created_at, id);
CREATE INDEX prescription_waiting ON prescription (created_at, id)
  WHERE status = 'signed' AND order_id IS NULL AND tests IS NOT NULL AND tests <> '[]';

CREATE INDEX report_versions ON report (order_id, version_no);
CREATE INDEX receipt_of_order ON receipt (order_id, issued_at);
