-- SPDX-License-Identifier: GPL-3.0-or-later
-- What grew and what it is susceptible to, pictures, phrases, questions to supervisors, held tubes.

CREATE TABLE result_isolate (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  result_id MH_TEXT,
  order_id MH_TEXT,
  patient_id MH_TEXT,
  number BIGINT,
  organism MH_TEXT,
  name MH_TEXT,
  quantity MH_TEXT,
  comment MH_TEXT
);
CREATE INDEX result_isolate_result_id_idx ON result_isolate (result_id);
CREATE INDEX result_isolate_order_id_idx ON result_isolate (order_id);

CREATE TABLE result_susceptibility (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  isolate_id MH_TEXT,
  order_id MH_TEXT,
  antibiotic MH_TEXT,
  name MH_TEXT,
  method MH_TEXT,
  measured MH_TEXT,
  interpretation MH_TEXT,
  breakpoint MH_TEXT,
  by_rule BOOLEAN,
  hidden BOOLEAN,
  sort_order BIGINT
);
CREATE INDEX result_susceptibility_isolate_id_idx ON result_susceptibility (isolate_id);
CREATE INDEX result_susceptibility_order_id_idx ON result_susceptibility (order_id);

CREATE TABLE breakpoint (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  standard MH_TEXT,
  edition MH_TEXT,
  organism MH_TEXT,
  organism_group MH_TEXT,
  antibiotic MH_TEXT,
  method MH_TEXT,
  susceptible MH_TEXT,
  resistant MH_TEXT,
  note MH_TEXT,
  verified BOOLEAN,
  active BOOLEAN
);

CREATE TABLE phrase (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT,
  bench MH_TEXT,
  phrase MH_TEXT,
  sort_order BIGINT,
  active BOOLEAN
);

CREATE TABLE attachment (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  order_id MH_TEXT,
  patient_id MH_TEXT,
  test MH_TEXT,
  analyte MH_TEXT,
  title MH_TEXT,
  content_type MH_TEXT,
  bytes BIGINT,
  sha256 MH_TEXT,
  on_report BOOLEAN,
  by_id MH_TEXT,
  by_name MH_TEXT
);
CREATE INDEX attachment_order_id_idx ON attachment (order_id);

CREATE TABLE attachment_data (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  content MH_TEXT
);

CREATE TABLE escalation (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  order_id MH_TEXT,
  patient_id MH_TEXT,
  test MH_TEXT,
  analyte MH_TEXT,
  reason MH_TEXT,
  note MH_TEXT,
  status MH_TEXT,
  by_id MH_TEXT,
  by_name MH_TEXT,
  notified_at BIGINT,
  answer MH_TEXT,
  answer_note MH_TEXT,
  answered_by MH_TEXT,
  answered_name MH_TEXT,
  answered_at BIGINT
);
CREATE INDEX escalation_order_id_idx ON escalation (order_id);

CREATE TABLE tube_hold (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  sample_id MH_TEXT,
  order_id MH_TEXT,
  patient_id MH_TEXT,
  analytes MH_TEXT,
  status MH_TEXT,
  held_at BIGINT,
  reason MH_TEXT,
  note MH_TEXT,
  by_id MH_TEXT,
  by_name MH_TEXT,
  released_at BIGINT
);
CREATE INDEX tube_hold_sample_id_idx ON tube_hold (sample_id);
CREATE INDEX tube_hold_order_id_idx ON tube_hold (order_id);

CREATE TABLE delta_event (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT,
  order_id MH_TEXT,
  kind MH_TEXT,
  at BIGINT,
  note MH_TEXT,
  by_id MH_TEXT,
  by_name MH_TEXT
);
CREATE INDEX delta_event_patient_id_idx ON delta_event (patient_id);

CREATE TRIGGER delta_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON delta_event EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER delta_event_no_update BEFORE UPDATE ON delta_event BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER delta_event_no_delete BEFORE DELETE ON delta_event BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite

ALTER TABLE result ADD COLUMN parts_hash MH_TEXT;
