-- SPDX-License-Identifier: GPL-3.0-or-later
-- Charts of persons of public interest and of staff are opened with a reason only.

ALTER TABLE patient ADD COLUMN user_id MH_TEXT;
CREATE INDEX patient_protected ON patient (id) WHERE vip OR user_id IS NOT NULL;
-- One chart for one account.
CREATE UNIQUE INDEX patient_of_user ON patient (user_id) WHERE user_id IS NOT NULL AND merged_into IS NULL AND deleted_at IS NULL;

CREATE TABLE access_grant (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT,
  patient_mrn MH_TEXT,
  user_id MH_TEXT,
  user_name MH_TEXT,
  role MH_TEXT,
  kind MH_TEXT,
  reason MH_TEXT,
  text MH_TEXT,
  opened_at BIGINT,
  open_until BIGINT,
  ended_at BIGINT,
  review_by BIGINT,
  reviewed_at BIGINT,
  reviewed_by MH_TEXT,
  reviewed_name MH_TEXT,
  verdict MH_TEXT,
  note MH_TEXT
);
CREATE INDEX access_grant_patient_id_idx ON access_grant (patient_id);
CREATE INDEX access_grant_user_id_idx ON access_grant (user_id);
CREATE INDEX access_grant_opened ON access_grant (hospital_id, opened_at, id);
CREATE INDEX access_grant_of ON access_grant (user_id, open_until) WHERE ended_at IS NULL;
CREATE INDEX access_grant_waiting ON access_grant (review_by) WHERE reviewed_at IS NULL;

-- The roles that a house has already learn the new rights.
UPDATE role SET version = version + 1, permissions = replace (permissions, '"patient.read"', '"patient.read","patient.vip"') WHERE code IN ('reception', 'nurse', 'technician', 'pharmacist', 'cashier') AND permissions LIKE '%"patient.read"%' AND permissions NOT LIKE '%"patient.vip"%';
UPDATE role SET version = version + 1, permissions = replace (permissions, '"user.read"', '"user.read","access.review"') WHERE code = 'manager' AND permissions LIKE '%"user.read"%';
UPDATE role SET version = version + 1, permissions = replace (permissions, '"audit.read"', '"audit.read","access.review"') WHERE code = 'admin' AND permissions LIKE '%"audit.read"%';
