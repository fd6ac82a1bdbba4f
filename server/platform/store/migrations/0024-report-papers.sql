-- SPDX-License-Identifier: GPL-3.0-or-later
-- Letterheads of the laboratory reports, and what is to go on paper.

CREATE TABLE report_template (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  name MH_TEXT,
  bench MH_TEXT,
  title MH_TEXT,
  department MH_TEXT,
  letterhead MH_TEXT,
  accreditation MH_TEXT,
  footer MH_TEXT,
  signature MH_TEXT,
  language MH_TEXT,
  hide_method BOOLEAN,
  hide_code BOOLEAN,
  logo_hash MH_TEXT,
  active BOOLEAN
);

CREATE TABLE report_delivery (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  order_id MH_TEXT,
  order_number MH_TEXT,
  patient_id MH_TEXT,
  patient_name MH_TEXT,
  report_id MH_TEXT UNIQUE,
  version_no BIGINT,
  report_status MH_TEXT,
  ward MH_TEXT,
  priority MH_TEXT,
  status MH_TEXT,
  queued_at BIGINT,
  done_at BIGINT,
  by_name MH_TEXT
);
CREATE INDEX report_delivery_order_id_idx ON report_delivery (order_id);

CREATE TABLE report_logo (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  hash MH_TEXT,
  png MH_TEXT
);
CREATE INDEX report_logo_hash_idx ON report_logo (hash);

CREATE INDEX report_delivery_waiting_idx ON report_delivery (status, ward);
CREATE UNIQUE INDEX report_logo_once ON report_logo (hospital_id, hash);
