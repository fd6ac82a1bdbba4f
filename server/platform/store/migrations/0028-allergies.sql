-- SPDX-License-Identifier: GPL-3.0-or-later
-- Allergies and intolerances as records of their own; what stands in patients' lists becomes one each as it is next touched.

CREATE TABLE allergy (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT,
  substance MH_TEXT,
  class_code MH_TEXT,
  kind MH_TEXT,
  severity MH_TEXT,
  reaction MH_TEXT,
  status MH_TEXT,
  source MH_TEXT,
  since MH_TEXT,
  note MH_TEXT,
  noted_by MH_TEXT,
  noted_name MH_TEXT
);
CREATE INDEX allergy_patient_id_idx ON allergy (patient_id);
