-- SPDX-License-Identifier: GPL-3.0-or-later
-- Doctors are told of the results that they ordered.

CREATE TABLE inbox_item (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  user_id MH_TEXT,
  user_name MH_TEXT,
  order_id MH_TEXT,
  order_number MH_TEXT,
  patient_id MH_TEXT,
  patient_name MH_TEXT,
  patient_mrn MH_TEXT,
  test_names MH_TEXT,
  version_no BIGINT,
  status MH_TEXT,
  n_critical BIGINT CHECK (n_critical >= 0),
  n_abnormal BIGINT CHECK (n_abnormal >= n_critical),
  released_at BIGINT,
  seen_at BIGINT,
  seen_by MH_TEXT,
  seen_name MH_TEXT
);
CREATE INDEX inbox_item_of_user ON inbox_item (user_id, released_at);
CREATE UNIQUE INDEX inbox_item_once ON inbox_item (order_id, user_id);
CREATE INDEX inbox_item_patient_id_idx ON inbox_item (patient_id);
