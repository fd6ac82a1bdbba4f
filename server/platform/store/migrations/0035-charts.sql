-- SPDX-License-Identifier: GPL-3.0-or-later
-- Charts: problems, immunisations, history, notes and their templates. A signed note's content and what was kept of
-- earlier states never change; patient_id of a note may, since merging two charts moves it.

CREATE TABLE problem_item (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT REFERENCES patient (id),
  visit_id MH_TEXT,
  title MH_TEXT,
  code MH_TEXT,
  code_title MH_TEXT,
  status MH_TEXT,
  verification MH_TEXT,
  severity MH_TEXT,
  onset MH_TEXT,
  ended MH_TEXT,
  rank BIGINT,
  note MH_TEXT,
  recorded_name MH_TEXT,
  changed_name MH_TEXT
);
CREATE INDEX problem_item_patient_id_idx ON problem_item (patient_id);

CREATE TABLE immunisation (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT REFERENCES patient (id),
  visit_id MH_TEXT,
  vaccine MH_TEXT,
  vaccine_name MH_TEXT,
  dose_number BIGINT,
  status MH_TEXT,
  given_on MH_TEXT,
  reason MH_TEXT,
  lot MH_TEXT,
  expires MH_TEXT,
  maker MH_TEXT,
  site MH_TEXT,
  route MH_TEXT,
  elsewhere BOOLEAN,
  note MH_TEXT,
  recorded_name MH_TEXT,
  changed_name MH_TEXT
);
CREATE INDEX immunisation_patient_id_idx ON immunisation (patient_id);

CREATE TABLE history_item (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT REFERENCES patient (id),
  kind MH_TEXT,
  relation MH_TEXT,
  text MH_TEXT,
  code MH_TEXT,
  age BIGINT,
  deceased BOOLEAN,
  use MH_TEXT,
  amount MH_TEXT,
  since MH_TEXT,
  until MH_TEXT,
  status MH_TEXT,
  recorded_name MH_TEXT,
  changed_name MH_TEXT
);
CREATE INDEX history_item_patient_id_idx ON history_item (patient_id);

CREATE TABLE note (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT REFERENCES patient (id),
  visit_id MH_TEXT,
  kind MH_TEXT,
  title MH_TEXT,
  template MH_TEXT,
  sections MH_TEXT,
  written_at BIGINT,
  status MH_TEXT,
  author_id MH_TEXT,
  author_name MH_TEXT,
  patient_mrn MH_TEXT,
  patient_name MH_TEXT,
  signed_at BIGINT,
  signed_name MH_TEXT,
  hash MH_TEXT,
  needs_cosign BOOLEAN,
  cosigned_by MH_TEXT,
  cosigned_name MH_TEXT,
  cosigned_at BIGINT,
  retracted_at BIGINT,
  retracted_name MH_TEXT,
  retract_reason MH_TEXT,
  n_addenda BIGINT
);
CREATE INDEX note_patient_id_idx ON note (patient_id);

CREATE TABLE note_addendum (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  note_id MH_TEXT,
  text MH_TEXT,
  at BIGINT,
  by_id MH_TEXT,
  by_name MH_TEXT,
  hash MH_TEXT
);
CREATE INDEX note_addendum_note_id_idx ON note_addendum (note_id);

CREATE TABLE note_template (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  code MH_TEXT,
  name MH_TEXT,
  specialty MH_TEXT,
  kind MH_TEXT,
  sections MH_TEXT,
  cosign BOOLEAN,
  active BOOLEAN
);

CREATE TABLE chart_revision (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  object_type MH_TEXT,
  object_id MH_TEXT,
  object_version BIGINT,
  at BIGINT,
  by_id MH_TEXT,
  by_name MH_TEXT,
  content MH_TEXT
);
CREATE INDEX chart_revision_object_id_idx ON chart_revision (object_id);

CREATE INDEX note_by_patient ON note (patient_id, written_at, id);
CREATE INDEX note_drafts ON note (author_id, written_at, id) WHERE status = 'draft';
CREATE INDEX note_to_cosign ON note (hospital_id, written_at, id) WHERE status = 'signed' AND needs_cosign AND cosigned_at IS NULL;
CREATE UNIQUE INDEX note_template_code ON note_template (hospital_id, code);
-- A chart's first page and its timeline.
CREATE INDEX visit_by_patient ON visit (patient_id, arrived_at, id);
CREATE INDEX result_by_patient ON result (patient_id, measured_at);
CREATE INDEX report_by_patient ON report (patient_id, issued_at);
CREATE INDEX problem_item_by_patient ON problem_item (patient_id, created_at);
CREATE INDEX immunisation_by_patient ON immunisation (patient_id, created_at);

CREATE FUNCTION refuse_rewritten_note () RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF OLD.signed_at IS NOT NULL AND (NEW.title IS DISTINCT FROM OLD.title OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.template IS DISTINCT FROM OLD.template OR NEW.sections IS DISTINCT FROM OLD.sections OR NEW.written_at IS DISTINCT FROM OLD.written_at OR NEW.author_id IS DISTINCT FROM OLD.author_id OR NEW.author_name IS DISTINCT FROM OLD.author_name OR NEW.patient_mrn IS DISTINCT FROM OLD.patient_mrn OR NEW.patient_name IS DISTINCT FROM OLD.patient_name OR NEW.signed_at IS DISTINCT FROM OLD.signed_at OR NEW.signed_name IS DISTINCT FROM OLD.signed_name OR NEW.hash IS DISTINCT FROM OLD.hash OR NEW.needs_cosign IS DISTINCT FROM OLD.needs_cosign OR NEW.visit_id IS DISTINCT FROM OLD.visit_id OR NEW.deleted_at IS DISTINCT FROM OLD.deleted_at OR NEW.status NOT IN (''signed'', ''retracted'') OR (OLD.cosigned_by IS NOT NULL AND NEW.cosigned_by IS DISTINCT FROM OLD.cosigned_by) OR (OLD.cosigned_name IS NOT NULL AND NEW.cosigned_name IS DISTINCT FROM OLD.cosigned_name) OR (OLD.cosigned_at IS NOT NULL AND NEW.cosigned_at IS DISTINCT FROM OLD.cosigned_at) OR (OLD.retracted_at IS NOT NULL AND NEW.retracted_at IS DISTINCT FROM OLD.retracted_at) OR (OLD.retracted_name IS NOT NULL AND NEW.retracted_name IS DISTINCT FROM OLD.retracted_name) OR (OLD.retract_reason IS NOT NULL AND NEW.retract_reason IS DISTINCT FROM OLD.retract_reason)) THEN RAISE EXCEPTION ''append only''; END IF; RETURN NEW; END'; -- @postgres
CREATE TRIGGER note_no_rewrite BEFORE UPDATE ON note FOR EACH ROW EXECUTE FUNCTION refuse_rewritten_note (); -- @postgres
CREATE TRIGGER note_no_delete BEFORE DELETE OR TRUNCATE ON note EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER note_addendum_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON note_addendum EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER chart_revision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON chart_revision EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER note_no_rewrite BEFORE UPDATE ON note WHEN OLD.signed_at IS NOT NULL AND (NEW.title IS NOT OLD.title OR NEW.kind IS NOT OLD.kind OR NEW.template IS NOT OLD.template OR NEW.sections IS NOT OLD.sections OR NEW.written_at IS NOT OLD.written_at OR NEW.author_id IS NOT OLD.author_id OR NEW.author_name IS NOT OLD.author_name OR NEW.patient_mrn IS NOT OLD.patient_mrn OR NEW.patient_name IS NOT OLD.patient_name OR NEW.signed_at IS NOT OLD.signed_at OR NEW.signed_name IS NOT OLD.signed_name OR NEW.hash IS NOT OLD.hash OR NEW.needs_cosign IS NOT OLD.needs_cosign OR NEW.visit_id IS NOT OLD.visit_id OR NEW.deleted_at IS NOT OLD.deleted_at OR NEW.status NOT IN ('signed', 'retracted') OR (OLD.cosigned_by IS NOT NULL AND NEW.cosigned_by IS NOT OLD.cosigned_by) OR (OLD.cosigned_name IS NOT NULL AND NEW.cosigned_name IS NOT OLD.cosigned_name) OR (OLD.cosigned_at IS NOT NULL AND NEW.cosigned_at IS NOT OLD.cosigned_at) OR (OLD.retracted_at IS NOT NULL AND NEW.retracted_at IS NOT OLD.retracted_at) OR (OLD.retracted_name IS NOT NULL AND NEW.retracted_name IS NOT OLD.retracted_name) OR (OLD.retract_reason IS NOT NULL AND NEW.retract_reason IS NOT OLD.retract_reason)) BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER note_no_delete BEFORE DELETE ON note BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER note_addendum_no_update BEFORE UPDATE ON note_addendum BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER note_addendum_no_delete BEFORE DELETE ON note_addendum BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER chart_revision_no_update BEFORE UPDATE ON chart_revision BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER chart_revision_no_delete BEFORE DELETE ON chart_revision BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite

-- The roles that a house has already learn the new rights.
UPDATE role SET version = version + 1, permissions = replace (permissions, '"prescription.read"', '"prescription.read","chart.read"') WHERE code IN ('doctor', 'nurse', 'pharmacist') AND permissions LIKE '%"prescription.read"%';
UPDATE role SET version = version + 1, permissions = replace (permissions, '"chart.read"', '"chart.read","chart.write","note.write"') WHERE code IN ('doctor', 'nurse') AND permissions LIKE '%"chart.read"%';
UPDATE role SET version = version + 1, permissions = replace (permissions, '"note.write"', '"note.write","note.cosign"') WHERE code = 'doctor' AND permissions LIKE '%"note.write"%';
UPDATE role SET version = version + 1, permissions = replace (permissions, '"user.write"', '"user.write","note_template.write"') WHERE code = 'admin' AND permissions LIKE '%"user.write"%';
