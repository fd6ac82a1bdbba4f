-- SPDX-License-Identifier: GPL-3.0-or-later
-- Papers and pictures of patients in parts, and what patients agreed to.

CREATE TABLE document (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT,
  visit_id MH_TEXT,
  kind MH_TEXT,
  title MH_TEXT,
  dated_on MH_TEXT,
  source MH_TEXT,
  note MH_TEXT,
  bytes BIGINT,
  sha256 MH_TEXT,
  content_type MH_TEXT,
  status MH_TEXT,
  parts BIGINT,
  parts_stored BIGINT,
  scan MH_TEXT,
  threat MH_TEXT,
  has_thumbnail BOOLEAN,
  by_id MH_TEXT,
  by_name MH_TEXT,
  stored_at BIGINT
);
CREATE INDEX document_patient_id_idx ON document (patient_id);
CREATE INDEX document_of_patient ON document (patient_id, created_at, id);

CREATE TABLE document_part (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  document_id MH_TEXT,
  number BIGINT,
  content MH_TEXT
);
CREATE INDEX document_part_document_id_idx ON document_part (document_id);
-- A part is stored once, whoever sends it twice.
CREATE UNIQUE INDEX document_part_number ON document_part (document_id, number);

CREATE TABLE consent (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT,
  visit_id MH_TEXT,
  purpose MH_TEXT,
  decision MH_TEXT,
  about MH_TEXT,
  given_by MH_TEXT,
  given_name MH_TEXT,
  witness MH_TEXT,
  decided_on MH_TEXT,
  valid_until MH_TEXT,
  document_id MH_TEXT,
  recorded_name MH_TEXT,
  withdrawn_at BIGINT,
  withdrawn_name MH_TEXT,
  withdrawn_reason MH_TEXT
);
CREATE INDEX consent_patient_id_idx ON consent (patient_id);
CREATE INDEX consent_of_patient ON consent (patient_id, created_at, id);

-- The roles that a house has already learn the new rights.
UPDATE role SET version = version + 1, permissions = replace (permissions, '"patient.read"', '"patient.read","document.read","document.write"') WHERE code IN ('reception', 'nurse', 'doctor', 'technician', 'pathologist') AND permissions LIKE '%"patient.read"%' AND permissions NOT LIKE '%"document.read"%';
UPDATE role SET version = version + 1, permissions = replace (permissions, '"patient.read"', '"patient.read","document.read"') WHERE code = 'pharmacist' AND permissions LIKE '%"patient.read"%' AND permissions NOT LIKE '%"document.read"%';
