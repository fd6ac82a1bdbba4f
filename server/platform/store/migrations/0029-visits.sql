-- SPDX-License-Identifier: GPL-3.0-or-later
-- Visits and vital signs.

CREATE TABLE visit (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  number MH_TEXT UNIQUE,
  patient_id MH_TEXT REFERENCES patient (id),
  patient_name MH_TEXT,
  patient_mrn MH_TEXT,
  patient_sex MH_TEXT,
  patient_birth_date MH_TEXT,
  kind MH_TEXT,
  status MH_TEXT,
  arrived_at BIGINT,
  department_id MH_TEXT,
  department_name MH_TEXT,
  doctor_id MH_TEXT,
  doctor_name MH_TEXT,
  appointment_id MH_TEXT,
  token MH_TEXT,
  complaint MH_TEXT,
  complaint_code MH_TEXT,
  place MH_TEXT,
  esi BIGINT,
  esi_point MH_TEXT,
  triage_answers MH_TEXT,
  triage_note MH_TEXT,
  triaged_at BIGINT,
  triaged_name MH_TEXT,
  spo2_scale BIGINT,
  spo2_scale_by MH_TEXT,
  spo2_scale_at BIGINT,
  news2 BIGINT,
  news2_level MH_TEXT,
  observed_at BIGINT,
  observe_by BIGINT,
  nurse_at BIGINT,
  nurse_name MH_TEXT,
  physician_at BIGINT,
  disposition MH_TEXT,
  disposition_note MH_TEXT,
  disposition_at BIGINT,
  signed_at BIGINT,
  signed_by MH_TEXT,
  signed_name MH_TEXT,
  needs_cosign BOOLEAN,
  cosigned_at BIGINT,
  cosigned_by MH_TEXT,
  cosigned_name MH_TEXT,
  ended_at BIGINT,
  end_reason MH_TEXT
);
CREATE INDEX visit_patient_id_idx ON visit (patient_id);
CREATE INDEX visit_appointment_id_idx ON visit (appointment_id);

CREATE TABLE vitals (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT,
  visit_id MH_TEXT REFERENCES visit (id),
  taken_at BIGINT,
  taken_by MH_TEXT,
  taken_name MH_TEXT,
  resp BIGINT,
  spo2 BIGINT,
  o2 MH_TEXT,
  o2_flow MH_TEXT,
  o2_percent BIGINT,
  systolic BIGINT,
  diastolic BIGINT,
  bp_method MH_TEXT,
  position MH_TEXT,
  pulse BIGINT,
  consciousness MH_TEXT,
  temperature MH_TEXT,
  temperature_unit MH_TEXT,
  temperature_site MH_TEXT,
  pain BIGINT,
  gcs_eye MH_TEXT,
  gcs_verbal MH_TEXT,
  gcs_motor MH_TEXT,
  glucose MH_TEXT,
  glucose_unit MH_TEXT,
  weight MH_TEXT,
  weight_unit MH_TEXT,
  height MH_TEXT,
  height_unit MH_TEXT,
  head_cm MH_TEXT,
  note MH_TEXT,
  temperature_c MH_TEXT,
  glucose_mg MH_TEXT,
  weight_kg MH_TEXT,
  height_cm MH_TEXT,
  bmi MH_TEXT,
  gcs BIGINT,
  spo2_scale BIGINT,
  news2 BIGINT,
  news2_level MH_TEXT,
  observe_by BIGINT,
  struck_at BIGINT,
  struck_name MH_TEXT,
  struck_reason MH_TEXT
);
CREATE INDEX vitals_patient_id_idx ON vitals (patient_id);
CREATE INDEX vitals_visit_id_idx ON vitals (visit_id);


-- What the boards of the day show; a patient's visits and measurements by time.
CREATE INDEX visit_open ON visit (hospital_id, arrived_at, id) WHERE status IN ('registered', 'nurse_assessed', 'with_physician', 'disposition');
CREATE INDEX visit_arrived ON visit (arrived_at, id);
CREATE INDEX vitals_of_patient ON vitals (patient_id, taken_at, id);
-- An appointment is checked in once.
CREATE UNIQUE INDEX visit_of_appointment ON visit (appointment_id) WHERE appointment_id IS NOT NULL AND status <> 'cancelled' AND deleted_at IS NULL;

-- What is signed stays; only a second signature may follow, and the patient's name when records are merged.
CREATE TRIGGER visit_signed BEFORE UPDATE ON visit FOR EACH ROW WHEN (OLD.status = 'signed' AND (NEW.status <> 'signed' OR NEW.signed_at IS DISTINCT FROM OLD.signed_at OR NEW.signed_by IS DISTINCT FROM OLD.signed_by OR NEW.disposition IS DISTINCT FROM OLD.disposition OR NEW.disposition_note IS DISTINCT FROM OLD.disposition_note OR NEW.complaint IS DISTINCT FROM OLD.complaint OR NEW.doctor_id IS DISTINCT FROM OLD.doctor_id OR NEW.esi IS DISTINCT FROM OLD.esi OR NEW.news2 IS DISTINCT FROM OLD.news2))
EXECUTE FUNCTION refuse_change (); -- @postgres
BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite

UPDATE role SET version = version + 1, permissions = replace (permissions, '"patient.read"', '"patient.read","visit.read","visit.write"') WHERE code IN ('reception', 'nurse', 'doctor') AND permissions LIKE '%"patient.read"%' AND permissions NOT LIKE '%"visit.read"%';
UPDATE role SET version = version + 1, permissions = replace (permissions, '"visit.write"', '"visit.write","visit.assess"') WHERE code = 'nurse' AND permissions LIKE '%"visit.write"%' AND permissions NOT LIKE '%"visit.assess"%';
UPDATE role SET version = version + 1, permissions = replace (permissions, '"visit.write"', '"visit.write","visit.assess","visit.decide","visit.sign"') WHERE code = 'doctor' AND permissions LIKE '%"visit.write"%' AND permissions NOT LIKE '%"visit.assess"%';
UPDATE role SET version = version + 1, permissions = replace (permissions, '"setting.write"', '"setting.write","form.write"') WHERE code = 'admin' AND permissions LIKE '%"setting.write"%';
