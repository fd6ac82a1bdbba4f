-- SPDX-License-Identifier: GPL-3.0-or-later
-- Patients who were registered twice become one, by two people, and can become two again.

ALTER TABLE patient ADD COLUMN former_mrns MH_TEXT;
CREATE INDEX patient_merged_into ON patient (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX patient_doubtful ON patient (hospital_id, id) WHERE possible_duplicate;

CREATE TABLE patient_merge (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  survivor_id MH_TEXT REFERENCES patient (id),
  loser_id MH_TEXT REFERENCES patient (id),
  reason MH_TEXT,
  status MH_TEXT,
  survivor_mrn MH_TEXT,
  survivor_name MH_TEXT,
  loser_mrn MH_TEXT,
  loser_name MH_TEXT,
  score BIGINT,
  reasons MH_TEXT,
  proposed_by MH_TEXT,
  proposed_name MH_TEXT,
  decided_by MH_TEXT,
  decided_name MH_TEXT,
  decided_at BIGINT,
  decision_note MH_TEXT,
  undone_by MH_TEXT,
  undone_name MH_TEXT,
  undone_at BIGINT,
  undo_reason MH_TEXT,
  n_rows BIGINT,
  n_labels BIGINT,
  told MH_TEXT
);
CREATE INDEX patient_merge_survivor_id_idx ON patient_merge (survivor_id);
CREATE INDEX patient_merge_loser_id_idx ON patient_merge (loser_id);

CREATE TABLE patient_merge_row (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  merge_id MH_TEXT,
  position BIGINT,
  object_type MH_TEXT,
  object_id MH_TEXT,
  was MH_TEXT,
  became MH_TEXT
);
CREATE INDEX patient_merge_row_merge_id_idx ON patient_merge_row (merge_id);

-- One proposal at a time for a record that would go, and it goes once.
CREATE UNIQUE INDEX patient_merge_open ON patient_merge (loser_id) WHERE status IN ('proposed', 'done');
CREATE INDEX patient_merge_by_status ON patient_merge (status, created_at, id);

UPDATE role SET version = version + 1, permissions = replace (permissions, '"patient.write"', '"patient.write","patient.merge"') WHERE code IN ('reception', 'doctor') AND permissions LIKE '%"patient.write"%' AND permissions NOT LIKE '%"patient.merge"%';
