-- SPDX-License-Identifier: GPL-3.0-or-later
-- Patients who belong together.

CREATE TABLE family_link (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT REFERENCES patient (id),
  relative_id MH_TEXT REFERENCES patient (id),
  relation MH_TEXT
);
CREATE INDEX family_link_patient_id_idx ON family_link (patient_id);
CREATE INDEX family_link_relative_id_idx ON family_link (relative_id);
