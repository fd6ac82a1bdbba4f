-- SPDX-License-Identifier: GPL-3.0-or-later
-- Fluids of visits; forms of assessments and what is answered in them.

CREATE TABLE fluid (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT,
  visit_id MH_TEXT REFERENCES visit (id),
  at BIGINT,
  direction MH_TEXT,
  kind MH_TEXT,
  ml BIGINT,
  note MH_TEXT,
  entered_name MH_TEXT,
  struck_at BIGINT,
  struck_name MH_TEXT,
  struck_reason MH_TEXT
);
CREATE INDEX fluid_patient_id_idx ON fluid (patient_id);
CREATE INDEX fluid_visit_id_idx ON fluid (visit_id);

CREATE TABLE form_definition (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  code MH_TEXT,
  name MH_TEXT,
  for_whom MH_TEXT,
  version_no BIGINT,
  active BOOLEAN,
  content MH_TEXT,
  note MH_TEXT,
  made_name MH_TEXT
);

CREATE TABLE form_answer (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT,
  visit_id MH_TEXT REFERENCES visit (id),
  form_id MH_TEXT REFERENCES form_definition (id),
  form_code MH_TEXT,
  form_name MH_TEXT,
  version_no BIGINT,
  answers MH_TEXT,
  scores MH_TEXT,
  replaces MH_TEXT,
  answered_at BIGINT,
  answered_by MH_TEXT,
  answered_name MH_TEXT,
  replaced_at BIGINT
);
CREATE INDEX form_answer_patient_id_idx ON form_answer (patient_id);
CREATE INDEX form_answer_visit_id_idx ON form_answer (visit_id);


CREATE UNIQUE INDEX form_definition_version ON form_definition (hospital_id, code, version_no);
CREATE INDEX fluid_of_visit ON fluid (visit_id, at, id);
CREATE INDEX vitals_of_visit ON vitals (visit_id, taken_at, id);
CREATE INDEX form_answer_of_visit ON form_answer (visit_id, answered_at, id);
CREATE INDEX form_answer_of_patient ON form_answer (patient_id, answered_at, id);
