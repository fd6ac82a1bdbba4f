-- SPDX-License-Identifier: GPL-3.0-or-later
-- The formulary, what is checked when medicines are prescribed, and what doctors answer to it.

CREATE TABLE medicine (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  name MH_TEXT,
  brands MH_TEXT,
  ingredients MH_TEXT,
  strengths MH_TEXT,
  atc MH_TEXT,
  form MH_TEXT,
  route MH_TEXT,
  unit MH_TEXT,
  schedule MH_TEXT,
  pregnancy MH_TEXT,
  pregnancy_note MH_TEXT,
  lactation MH_TEXT,
  lactation_note MH_TEXT,
  renal MH_TEXT,
  renal_note MH_TEXT,
  kg_dose_min MH_TEXT,
  kg_dose_max MH_TEXT,
  doses_per_day BIGINT,
  kg_day_max MH_TEXT,
  day_max MH_TEXT,
  day_max_unit MH_TEXT,
  age_from BIGINT,
  age_to BIGINT,
  high_alert BOOLEAN,
  narcotic BOOLEAN,
  look_alike MH_TEXT,
  warnings MH_TEXT,
  checked MH_TEXT,
  verified BOOLEAN,
  signed_by MH_TEXT,
  signed_at BIGINT,
  note MH_TEXT,
  active BOOLEAN
);

CREATE TABLE drug_ingredient (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  classes MH_TEXT,
  allergy_groups MH_TEXT,
  outside BOOLEAN,
  verified BOOLEAN,
  signed_by MH_TEXT,
  signed_at BIGINT
);

CREATE TABLE drug_interaction (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  a_kind MH_TEXT,
  a MH_TEXT,
  b_kind MH_TEXT,
  b MH_TEXT,
  severity MH_TEXT,
  mechanism MH_TEXT,
  effect MH_TEXT,
  management MH_TEXT,
  evidence MH_TEXT,
  verified BOOLEAN,
  signed_by MH_TEXT,
  signed_at BIGINT,
  note MH_TEXT,
  active BOOLEAN
);

CREATE TABLE allergy_cross (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  from_group MH_TEXT,
  to_group MH_TEXT,
  risk MH_TEXT,
  reason MH_TEXT,
  advice MH_TEXT,
  verified BOOLEAN,
  signed_by MH_TEXT,
  signed_at BIGINT,
  note MH_TEXT
);

CREATE TABLE drug_override (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT,
  prescription_id MH_TEXT,
  doctor_id MH_TEXT,
  doctor_name MH_TEXT,
  key MH_TEXT,
  code MH_TEXT,
  severity MH_TEXT,
  subject MH_TEXT,
  other MH_TEXT,
  rule MH_TEXT,
  reason MH_TEXT,
  note MH_TEXT,
  at BIGINT
);
CREATE INDEX drug_override_patient_id_idx ON drug_override (patient_id);
CREATE INDEX drug_override_prescription_id_idx ON drug_override (prescription_id);

CREATE TABLE drug_favourite (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  doctor_id MH_TEXT,
  name MH_TEXT,
  medicine MH_TEXT,
  strength MH_TEXT,
  dose MH_TEXT,
  frequency MH_TEXT,
  route MH_TEXT,
  duration_days BIGINT,
  as_needed BOOLEAN,
  instructions MH_TEXT
);
CREATE INDEX drug_favourite_doctor_id_idx ON drug_favourite (doctor_id);

ALTER TABLE patient ADD COLUMN breastfeeding BOOLEAN;
ALTER TABLE prescription ADD COLUMN alerts_seen BIGINT;
ALTER TABLE prescription ADD COLUMN alerts_overridden BIGINT;
ALTER TABLE prescription ADD COLUMN second_needed MH_TEXT;
ALTER TABLE prescription ADD COLUMN second_at BIGINT;
ALTER TABLE prescription ADD COLUMN second_by MH_TEXT CHECK (second_by <> signed_by);
ALTER TABLE prescription ADD COLUMN second_name MH_TEXT;
ALTER TABLE prescription_line ADD COLUMN patient_id MH_TEXT;
ALTER TABLE prescription_line ADD COLUMN doctor_name MH_TEXT;
ALTER TABLE prescription_line ADD COLUMN medicine MH_TEXT;
ALTER TABLE prescription_line ADD COLUMN ingredients MH_TEXT;
ALTER TABLE prescription_line ADD COLUMN atc MH_TEXT;
ALTER TABLE prescription_line ADD COLUMN schedule MH_TEXT;
ALTER TABLE prescription_line ADD COLUMN high_alert BOOLEAN;
ALTER TABLE prescription_line ADD COLUMN unchecked BOOLEAN;
ALTER TABLE prescription_line ADD COLUMN starts_on MH_TEXT;
ALTER TABLE prescription_line ADD COLUMN ends_on MH_TEXT;
ALTER TABLE prescription_line ADD COLUMN stopped_on MH_TEXT;
ALTER TABLE prescription_line ADD COLUMN stopped_name MH_TEXT;
ALTER TABLE prescription_line ADD COLUMN stop_reason MH_TEXT;
CREATE INDEX prescription_line_patient_id_idx ON prescription_line (patient_id);
UPDATE prescription_line SET patient_id = (SELECT p.patient_id FROM prescription p WHERE p.id = prescription_line.prescription_id), doctor_name = (SELECT p.doctor_name FROM prescription p WHERE p.id = prescription_line.prescription_id);
CREATE INDEX prescription_signed ON prescription (hospital_id, signed_at) WHERE signed_at IS NOT NULL;
UPDATE role SET version = version + 1, permissions = replace (permissions, '"prescription.read"', '"prescription.read","prescription.countersign"') WHERE code IN ('doctor', 'nurse', 'pharmacist') AND permissions LIKE '%"prescription.read"%' AND permissions NOT LIKE '%"prescription.countersign"%';
