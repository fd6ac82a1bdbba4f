-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which unit is sent to which call, with every step; who sees to a call.

CREATE TABLE mission (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  call_id MH_TEXT,
  call_number MH_TEXT,
  unit_id MH_TEXT,
  unit_code MH_TEXT,
  state MH_TEXT,
  how MH_TEXT,
  needs MH_TEXT,
  priority MH_TEXT,
  location MH_TEXT,
  place MH_TEXT,
  what MH_TEXT,
  phone MH_TEXT,
  assigned_name MH_TEXT,
  assigned_at BIGINT,
  answer_by BIGINT,
  accepted_at BIGINT,
  en_route_at BIGINT,
  on_scene_at BIGINT,
  at_patient_at BIGINT,
  depart_at BIGINT,
  at_hospital_at BIGINT,
  handover_at BIGINT,
  clear_at BIGINT,
  ended_at BIGINT,
  refusal MH_TEXT,
  end_reason MH_TEXT,
  note MH_TEXT,
  leaves_id MH_TEXT,
  leaves_number MH_TEXT,
  crew_ids MH_TEXT
);

CREATE TABLE mission_event (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  mission_id MH_TEXT,
  kind MH_TEXT,
  step MH_TEXT,
  at BIGINT,
  was_at BIGINT,
  how MH_TEXT,
  reason MH_TEXT,
  by_id MH_TEXT,
  by_name MH_TEXT
);

-- A unit is on one call at a time, whoever writes.
CREATE UNIQUE INDEX mission_unit_open ON mission (unit_id) WHERE ended_at IS NULL AND deleted_at IS NULL;
CREATE INDEX mission_of_call ON mission (call_id, assigned_at, id);
CREATE INDEX mission_of_unit ON mission (unit_id, assigned_at, id);
CREATE INDEX mission_assigned ON mission (hospital_id, assigned_at, id);
CREATE INDEX mission_event_of_mission ON mission_event (mission_id, at, id);
CREATE TRIGGER mission_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON mission_event EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER mission_event_no_update BEFORE UPDATE ON mission_event BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER mission_event_no_delete BEFORE DELETE ON mission_event BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite

ALTER TABLE unit_state ADD COLUMN call_id MH_TEXT;
ALTER TABLE unit_state ADD COLUMN call_number MH_TEXT;

ALTER TABLE emergency_call ADD COLUMN owner_id MH_TEXT;
ALTER TABLE emergency_call ADD COLUMN owner_name MH_TEXT;
ALTER TABLE emergency_call ADD COLUMN n_units BIGINT;
ALTER TABLE emergency_call ADD COLUMN on_scene_at BIGINT;
ALTER TABLE emergency_call ADD COLUMN sends_at BIGINT;
ALTER TABLE emergency_call ADD COLUMN veto_name MH_TEXT;
UPDATE emergency_call SET owner_id = taken_by, owner_name = taken_name, n_units = 0;

-- The queue is what is not over; a call with units is no longer merely open.
DROP INDEX emergency_call_open;
CREATE INDEX emergency_call_open ON emergency_call (hospital_id, call_at, id) WHERE ended_at IS NULL;
