-- SPDX-License-Identifier: GPL-3.0-or-later
-- What results were before they were measured again, corrected or taken back; dilutions and what analysers tell.

CREATE TABLE result_version (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  result_id MH_TEXT,
  order_id MH_TEXT,
  patient_id MH_TEXT,
  sample_id MH_TEXT,
  test MH_TEXT,
  analyte MH_TEXT,
  name MH_TEXT,
  result_version BIGINT,
  value MH_TEXT,
  value_text MH_TEXT,
  unit MH_TEXT,
  flag MH_TEXT,
  comment MH_TEXT,
  status MH_TEXT,
  instrument MH_TEXT,
  run BIGINT,
  entered_name MH_TEXT,
  entered_at BIGINT,
  verified_name MH_TEXT,
  verified_at BIGINT,
  content MH_TEXT,
  ended_by MH_TEXT,
  reason MH_TEXT,
  note MH_TEXT,
  by_id MH_TEXT,
  by_name MH_TEXT,
  at BIGINT
);
CREATE INDEX result_version_result_id_idx ON result_version (result_id);
CREATE INDEX result_version_order_id_idx ON result_version (order_id);

CREATE TRIGGER result_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON result_version EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER result_version_no_update BEFORE UPDATE ON result_version BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER result_version_no_delete BEFORE DELETE ON result_version BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite

ALTER TABLE result ADD COLUMN measured_value MH_TEXT;
ALTER TABLE result ADD COLUMN dilution MH_TEXT;
ALTER TABLE result ADD COLUMN device_flags MH_TEXT;
ALTER TABLE result ADD COLUMN analysed_at BIGINT;
ALTER TABLE result ADD COLUMN run BIGINT;
UPDATE result SET run = 1;
