-- SPDX-License-Identifier: GPL-3.0-or-later
-- What finding patients and the order board live on, beyond the columns of the records.

-- Search words of patients: one letter that tells the kind, a colon, the word (mh-patients-store.h).
CREATE TABLE patient_word (
  word MH_TEXT NOT NULL,
  patient_id MH_TEXT NOT NULL REFERENCES patient (id),
  PRIMARY KEY (word, patient_id)
);
CREATE INDEX patient_word_patient ON patient_word (patient_id);

-- Expected minutes of open work of each technician (rules.md 9).
CREATE TABLE technician_load (
  user_id MH_TEXT NOT NULL PRIMARY KEY REFERENCES app_user (id),
  open_minutes BIGINT NOT NULL,
  assigned_at BIGINT NOT NULL
);

CREATE INDEX lab_order_board ON lab_order (tab, ordered_at, id);
CREATE INDEX lab_order_by_status ON lab_order (status, ordered_at, id);
CREATE INDEX lab_order_by_patient ON lab_order (patient_id, ordered_at, id);
CREATE INDEX lab_order_by_time ON lab_order (ordered_at, id);
CREATE INDEX lab_order_counts ON lab_order (hospital_id, tab, deleted_at);
CREATE INDEX lab_order_unpaid ON lab_order (expires_at) WHERE status = 'placed' AND due > 0;
