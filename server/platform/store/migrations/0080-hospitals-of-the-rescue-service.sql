-- SPDX-License-Identifier: GPL-3.0-or-later
-- Hospitals to which the rescue service drives: what they have and tell, whom they divert, who is on the way.

CREATE TABLE care_site (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  member_id MH_TEXT UNIQUE,
  code MH_TEXT,
  name MH_TEXT,
  phone MH_TEXT,
  lat MH_TEXT,
  lon MH_TEXT,
  care MH_TEXT,
  ed_beds BIGINT,
  hospital_beds BIGINT,
  note MH_TEXT,
  active BOOLEAN,
  free_beds BIGINT,
  free_icu BIGINT,
  free_theatres BIGINT,
  reserved BIGINT,
  ed_patients BIGINT,
  boarders BIGINT,
  ventilated BIGINT,
  longest_minutes BIGINT,
  last_bed_minutes BIGINT,
  nedocs BIGINT,
  level MH_TEXT,
  parts MH_TEXT,
  reviewed_at BIGINT,
  reviewed_name MH_TEXT,
  diversions MH_TEXT
);
CREATE TABLE site_report (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  site_id MH_TEXT,
  at BIGINT,
  ed_patients BIGINT,
  ed_beds BIGINT,
  boarders BIGINT,
  hospital_beds BIGINT,
  ventilated BIGINT,
  longest_minutes BIGINT,
  last_bed_minutes BIGINT,
  free_beds BIGINT,
  free_icu BIGINT,
  free_theatres BIGINT,
  nedocs BIGINT,
  level MH_TEXT,
  by_name MH_TEXT
);
CREATE TABLE diversion (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  site_id MH_TEXT,
  scope MH_TEXT,
  reason MH_TEXT,
  starts_at BIGINT,
  until BIGINT,
  ended_at BIGINT,
  renewals BIGINT,
  by_name MH_TEXT,
  ended_name MH_TEXT
);
CREATE TABLE arrival (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  site_id MH_TEXT,
  site_name MH_TEXT,
  member_id MH_TEXT,
  call_id MH_TEXT,
  call_number MH_TEXT,
  state MH_TEXT,
  priority MH_TEXT,
  needs MH_TEXT,
  patient MH_TEXT,
  what MH_TEXT,
  due_at BIGINT,
  keeps_bed BOOLEAN,
  told_at BIGINT,
  told_name MH_TEXT,
  answered_at BIGINT,
  answered_name MH_TEXT,
  refusal MH_TEXT,
  note MH_TEXT,
  arrived_at BIGINT,
  handed_at BIGINT,
  handed_name MH_TEXT,
  ended_at BIGINT
);
CREATE INDEX arrival_call_id_idx ON arrival (call_id);

CREATE UNIQUE INDEX care_site_code ON care_site (hospital_id, code);
CREATE INDEX site_report_of_site ON site_report (site_id, at, id);
CREATE INDEX diversion_of_site ON diversion (site_id, starts_at, id);
CREATE INDEX arrival_of_site ON arrival (site_id, told_at, id);
CREATE INDEX arrival_of_service ON arrival (hospital_id, told_at, id);
CREATE INDEX arrival_of_member ON arrival (member_id, told_at, id);
CREATE INDEX arrival_open ON arrival (told_at, id) WHERE ended_at IS NULL;
CREATE TRIGGER site_report_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON site_report EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER site_report_no_update BEFORE UPDATE ON site_report BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER site_report_no_delete BEFORE DELETE ON site_report BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite

UPDATE role SET version = version + 1, permissions = substr (permissions, 1, length (permissions) - 1) || ',"capacity.read"]' WHERE code IN ('dispatcher', 'doctor', 'nurse', 'manager', 'admin') AND permissions LIKE '["%' AND permissions NOT LIKE '%"capacity.read"%';
UPDATE role SET version = version + 1, permissions = substr (permissions, 1, length (permissions) - 1) || ',"capacity.write"]' WHERE code IN ('dispatcher', 'nurse', 'manager') AND permissions LIKE '["%' AND permissions NOT LIKE '%"capacity.write"%';
UPDATE role SET version = version + 1, permissions = substr (permissions, 1, length (permissions) - 1) || ',"arrival.read"]' WHERE code IN ('dispatcher', 'doctor', 'nurse') AND permissions LIKE '["%' AND permissions NOT LIKE '%"arrival.read"%';
UPDATE role SET version = version + 1, permissions = substr (permissions, 1, length (permissions) - 1) || ',"arrival.answer"]' WHERE code IN ('doctor', 'nurse') AND permissions LIKE '["%' AND permissions NOT LIKE '%"arrival.answer"%';
UPDATE role SET version = version + 1, permissions = substr (permissions, 1, length (permissions) - 1) || ',"site.write"]' WHERE code IN ('manager', 'admin') AND permissions LIKE '["%' AND permissions NOT LIKE '%"site.write"%';
