-- SPDX-License-Identifier: GPL-3.0-or-later
-- The register of equipment with its log, and internal quality control.

CREATE TABLE equipment (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  code MH_TEXT,
  name MH_TEXT,
  kind MH_TEXT,
  maker MH_TEXT,
  model MH_TEXT,
  serial MH_TEXT,
  bench MH_TEXT,
  place MH_TEXT,
  in_use_from MH_TEXT,
  note MH_TEXT,
  state MH_TEXT,
  state_note MH_TEXT,
  state_since BIGINT,
  calibration_due MH_TEXT,
  maintenance_due MH_TEXT,
  calibration_counted BOOLEAN,
  override_until BIGINT,
  override_reason MH_TEXT,
  override_name MH_TEXT
);

CREATE TABLE equipment_plan (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  equipment_id MH_TEXT,
  kind MH_TEXT,
  name MH_TEXT,
  every_days BIGINT,
  every_runs BIGINT,
  warn_days BIGINT,
  due_on MH_TEXT,
  last_at BIGINT,
  runs BIGINT,
  active BOOLEAN
);
CREATE INDEX equipment_plan_equipment_id_idx ON equipment_plan (equipment_id);

CREATE TABLE equipment_event (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  equipment_id MH_TEXT,
  code MH_TEXT,
  kind MH_TEXT,
  plan_id MH_TEXT,
  plan_name MH_TEXT,
  new_state MH_TEXT,
  failed BOOLEAN,
  words MH_TEXT,
  document MH_TEXT,
  hours BIGINT,
  at BIGINT,
  by_id MH_TEXT,
  by_name MH_TEXT
);
CREATE INDEX equipment_event_equipment_id_idx ON equipment_event (equipment_id);

CREATE TABLE qc_material (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  code MH_TEXT,
  name MH_TEXT,
  maker MH_TEXT,
  matrix MH_TEXT,
  bench MH_TEXT,
  active BOOLEAN
);

CREATE TABLE qc_lot (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  material_id MH_TEXT REFERENCES qc_material (id),
  material_name MH_TEXT,
  lot MH_TEXT,
  level BIGINT,
  control_id MH_TEXT,
  expires_on MH_TEXT,
  opened_on MH_TEXT,
  open_days BIGINT,
  note MH_TEXT,
  active BOOLEAN
);
CREATE INDEX qc_lot_material_id_idx ON qc_lot (material_id);

CREATE TABLE qc_target (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  lot_id MH_TEXT REFERENCES qc_lot (id),
  equipment MH_TEXT,
  analyte MH_TEXT,
  material MH_TEXT,
  lot MH_TEXT,
  level BIGINT,
  unit MH_TEXT,
  decimals BIGINT,
  maker_mean MH_TEXT,
  maker_sd MH_TEXT,
  mean MH_TEXT,
  sd MH_TEXT,
  basis MH_TEXT,
  adopted_n BIGINT,
  adopted_name MH_TEXT,
  adopted_at BIGINT,
  rules MH_TEXT,
  every_hours BIGINT,
  goal_error MH_TEXT,
  active BOOLEAN,
  last_at BIGINT,
  last_value MH_TEXT,
  last_z MH_TEXT,
  last_state MH_TEXT,
  last_rules MH_TEXT
);
CREATE INDEX qc_target_lot_id_idx ON qc_target (lot_id);

CREATE TABLE qc_point (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  target_id MH_TEXT,
  equipment MH_TEXT,
  analyte MH_TEXT,
  lot MH_TEXT,
  level BIGINT,
  run_id MH_TEXT,
  at BIGINT,
  value MH_TEXT,
  mean MH_TEXT,
  sd MH_TEXT,
  z MH_TEXT,
  rules MH_TEXT,
  state MH_TEXT,
  source MH_TEXT,
  comment MH_TEXT,
  by_id MH_TEXT,
  by_name MH_TEXT
);
CREATE INDEX qc_point_run_id_idx ON qc_point (run_id);

CREATE TABLE qc_remark (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  point_id MH_TEXT,
  kind MH_TEXT,
  reason MH_TEXT,
  note MH_TEXT,
  at BIGINT,
  by_id MH_TEXT,
  by_name MH_TEXT
);
CREATE INDEX qc_remark_point_id_idx ON qc_remark (point_id);

CREATE TABLE qc_lock (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  equipment MH_TEXT,
  analyte MH_TEXT,
  material MH_TEXT,
  lot MH_TEXT,
  level BIGINT,
  target_ids MH_TEXT,
  rules MH_TEXT,
  value MH_TEXT,
  z MH_TEXT,
  state MH_TEXT,
  since_at BIGINT,
  opened_at BIGINT,
  opened_name MH_TEXT,
  action MH_TEXT,
  action_note MH_TEXT,
  action_at BIGINT,
  action_name MH_TEXT,
  released_at BIGINT,
  released_name MH_TEXT
);

CREATE TABLE qc_action (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  lock_id MH_TEXT,
  action MH_TEXT,
  note MH_TEXT,
  at BIGINT,
  by_id MH_TEXT,
  by_name MH_TEXT
);
CREATE INDEX qc_action_lock_id_idx ON qc_action (lock_id);

CREATE TABLE qc_review (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  lock_id MH_TEXT,
  result_id MH_TEXT,
  decision MH_TEXT,
  reason MH_TEXT,
  at BIGINT,
  by_id MH_TEXT,
  by_name MH_TEXT
);
CREATE INDEX qc_review_lock_id_idx ON qc_review (lock_id);
CREATE INDEX qc_review_result_id_idx ON qc_review (result_id);

-- One code in a hospital; a control's id names one lot; one target for each lot, analyser and analyte.
CREATE UNIQUE INDEX equipment_once ON equipment (hospital_id, code);
CREATE UNIQUE INDEX qc_material_once ON qc_material (hospital_id, code);
CREATE UNIQUE INDEX qc_lot_once ON qc_lot (material_id, lot, level);
CREATE UNIQUE INDEX qc_lot_control ON qc_lot (hospital_id, control_id) WHERE control_id IS NOT NULL;
CREATE UNIQUE INDEX qc_target_once ON qc_target (hospital_id, equipment, analyte, lot_id);
CREATE INDEX qc_point_of_target ON qc_point (target_id, at, id);
CREATE INDEX qc_point_of_equipment ON qc_point (hospital_id, equipment, analyte, at);
-- One lock at a time for an analyser and an analyte.
CREATE UNIQUE INDEX qc_lock_one ON qc_lock (hospital_id, equipment, analyte) WHERE state <> 'released';
CREATE INDEX qc_lock_of ON qc_lock (hospital_id, equipment, analyte, opened_at);
CREATE INDEX equipment_event_at ON equipment_event (equipment_id, at);
-- Whose values a bad control puts in doubt, and how much an analyser has measured.
CREATE INDEX result_measured_on ON result (instrument, entered_at) WHERE instrument IS NOT NULL;

CREATE TRIGGER equipment_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON equipment_event EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER equipment_event_no_update BEFORE UPDATE ON equipment_event BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER equipment_event_no_delete BEFORE DELETE ON equipment_event BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER qc_point_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON qc_point EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER qc_point_no_update BEFORE UPDATE ON qc_point BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER qc_point_no_delete BEFORE DELETE ON qc_point BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER qc_remark_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON qc_remark EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER qc_remark_no_update BEFORE UPDATE ON qc_remark BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER qc_remark_no_delete BEFORE DELETE ON qc_remark BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER qc_action_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON qc_action EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER qc_action_no_update BEFORE UPDATE ON qc_action BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER qc_action_no_delete BEFORE DELETE ON qc_action BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER qc_review_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON qc_review EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER qc_review_no_update BEFORE UPDATE ON qc_review BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER qc_review_no_delete BEFORE DELETE ON qc_review BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite

-- The roles that a house has already learn the new rights.
UPDATE role SET version = version + 1, permissions = replace (permissions, '"result.enter"', '"result.enter","equipment.read","equipment.log","qc.read","qc.enter"') WHERE code IN ('technician', 'pathologist') AND permissions LIKE '%"result.enter"%';
UPDATE role SET version = version + 1, permissions = replace (permissions, '"result.verify"', '"result.verify","equipment.write","equipment.override","qc.write"') WHERE code = 'pathologist' AND permissions LIKE '%"result.verify"%';
UPDATE role SET version = version + 1, permissions = replace (permissions, '"device.write"', '"device.write","equipment.read","equipment.write","equipment.log"') WHERE code IN ('manager', 'admin') AND permissions LIKE '%"device.write"%';
UPDATE role SET version = version + 1, permissions = replace (permissions, '"sample.collect"', '"sample.collect","equipment.read"') WHERE code = 'nurse' AND permissions LIKE '%"sample.collect"%';
