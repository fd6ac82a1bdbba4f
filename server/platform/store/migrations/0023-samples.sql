-- SPDX-License-Identifier: GPL-3.0-or-later
-- Storage of tubes, hand-overs, other laboratories, aliquots, indices of the sample, badges.

CREATE TABLE storage_place (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  kind MH_TEXT,
  code MH_TEXT,
  name MH_TEXT,
  parent_id MH_TEXT,
  path MH_TEXT,
  n_rows BIGINT,
  n_columns BIGINT,
  temperature MH_TEXT,
  keep_days BIGINT,
  active BOOLEAN
);
CREATE INDEX storage_place_hospital_id_idx ON storage_place (hospital_id);

CREATE TABLE handover (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  at BIGINT,
  giver_id MH_TEXT,
  giver_name MH_TEXT,
  receiver_id MH_TEXT,
  receiver_name MH_TEXT,
  place MH_TEXT,
  temperature MH_TEXT,
  note MH_TEXT,
  n_taken BIGINT,
  n_problems BIGINT
);
CREATE INDEX handover_hospital_id_idx ON handover (hospital_id);

CREATE TABLE handover_item (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  handover_id MH_TEXT,
  accession MH_TEXT,
  sample_id MH_TEXT,
  outcome MH_TEXT
);
CREATE INDEX handover_item_handover_id_idx ON handover_item (handover_id);

CREATE TABLE reference_lab (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  code MH_TEXT,
  name MH_TEXT,
  address MH_TEXT,
  city MH_TEXT,
  phone MH_TEXT,
  email MH_TEXT,
  contact MH_TEXT,
  accreditation MH_TEXT,
  tests MH_TEXT,
  tat_days BIGINT,
  active BOOLEAN
);
CREATE INDEX reference_lab_hospital_id_idx ON reference_lab (hospital_id);

CREATE TABLE referral (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  number MH_TEXT,
  lab_id MH_TEXT REFERENCES reference_lab (id),
  lab_name MH_TEXT,
  status MH_TEXT,
  courier MH_TEXT,
  temperature MH_TEXT,
  note MH_TEXT,
  packed_name MH_TEXT,
  sent_at BIGINT,
  sent_name MH_TEXT,
  due_at BIGINT,
  received_at BIGINT,
  returned_at BIGINT,
  n_tubes BIGINT,
  n_open BIGINT
);
CREATE INDEX referral_hospital_id_idx ON referral (hospital_id);

CREATE TABLE referral_item (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  referral_id MH_TEXT,
  sample_id MH_TEXT,
  order_id MH_TEXT,
  accession MH_TEXT,
  patient_name MH_TEXT,
  patient_mrn MH_TEXT,
  specimen MH_TEXT,
  test_names MH_TEXT,
  collected_at BIGINT,
  state MH_TEXT,
  note MH_TEXT
);
CREATE INDEX referral_item_referral_id_idx ON referral_item (referral_id);
CREATE INDEX referral_item_sample_id_idx ON referral_item (sample_id);

ALTER TABLE sample ADD COLUMN aliquot_of MH_TEXT;
ALTER TABLE sample ADD COLUMN n_aliquots BIGINT;
ALTER TABLE sample ADD COLUMN box_id MH_TEXT;
ALTER TABLE sample ADD COLUMN position BIGINT;
ALTER TABLE sample ADD COLUMN keep_until BIGINT;
ALTER TABLE sample ADD COLUMN haemolysis BIGINT;
ALTER TABLE sample ADD COLUMN icterus BIGINT;
ALTER TABLE sample ADD COLUMN lipaemia BIGINT;
ALTER TABLE sample ADD COLUMN accepted_reason MH_TEXT;
ALTER TABLE sample ADD COLUMN accepted_note MH_TEXT;
ALTER TABLE sample ADD COLUMN accepted_name MH_TEXT;
ALTER TABLE custody_event ADD COLUMN box_id MH_TEXT;
ALTER TABLE custody_event ADD COLUMN position BIGINT;
ALTER TABLE custody_event ADD COLUMN haemolysis BIGINT;
ALTER TABLE custody_event ADD COLUMN icterus BIGINT;
ALTER TABLE custody_event ADD COLUMN lipaemia BIGINT;
ALTER TABLE custody_event ADD COLUMN witness_id MH_TEXT;
ALTER TABLE custody_event ADD COLUMN witness_name MH_TEXT;
ALTER TABLE app_user ADD COLUMN badge MH_TEXT;

-- Two tubes never have one position; a rejected tube is drawn again once; a badge is one person's.
CREATE UNIQUE INDEX sample_spot ON sample (box_id, position) WHERE box_id IS NOT NULL;
CREATE UNIQUE INDEX sample_recollected ON sample (parent_id) WHERE parent_id IS NOT NULL;
CREATE UNIQUE INDEX app_user_badge ON app_user (badge) WHERE badge IS NOT NULL;
CREATE INDEX sample_keep ON sample (hospital_id, keep_until) WHERE keep_until IS NOT NULL;
CREATE UNIQUE INDEX storage_place_code ON storage_place (hospital_id, code) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX referral_number ON referral (hospital_id, number);
CREATE INDEX handover_by_time ON handover (hospital_id, at, id);
CREATE INDEX referral_by_time ON referral (hospital_id, created_at, id);
CREATE TRIGGER handover_item_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON handover_item EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER handover_item_no_update BEFORE UPDATE ON handover_item BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER handover_item_no_delete BEFORE DELETE ON handover_item BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
