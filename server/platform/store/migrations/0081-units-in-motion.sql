-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who is on which unit, in which state units are, and where they were.

CREATE TABLE crew_shift (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  unit_id MH_TEXT,
  unit_code MH_TEXT,
  user_id MH_TEXT,
  user_name MH_TEXT,
  duty MH_TEXT,
  began_at BIGINT,
  until BIGINT,
  ended_at BIGINT
);

CREATE TABLE unit_state (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  unit_code MH_TEXT,
  state MH_TEXT,
  since BIGINT,
  how MH_TEXT,
  reason MH_TEXT,
  by_name MH_TEXT
);

CREATE TABLE unit_event (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  unit_id MH_TEXT,
  at BIGINT,
  was MH_TEXT,
  became MH_TEXT,
  how MH_TEXT,
  reason MH_TEXT,
  by_name MH_TEXT
);

CREATE TABLE unit_place (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  unit_code MH_TEXT,
  fix_at BIGINT,
  lat MH_TEXT,
  lon MH_TEXT,
  accuracy_m BIGINT,
  speed_kmh BIGINT,
  heading BIGINT,
  heard_at BIGINT,
  n_dropped BIGINT,
  strange MH_TEXT
);

CREATE TABLE unit_position (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  unit_id MH_TEXT,
  at BIGINT,
  lat MH_TEXT,
  lon MH_TEXT,
  accuracy_m BIGINT,
  speed_kmh BIGINT,
  heading BIGINT
);

-- Nobody is on two units.
CREATE UNIQUE INDEX crew_shift_person ON crew_shift (user_id) WHERE ended_at IS NULL AND deleted_at IS NULL;
CREATE INDEX crew_shift_unit ON crew_shift (unit_id);
CREATE INDEX crew_shift_began ON crew_shift (hospital_id, began_at, id);
CREATE INDEX unit_state_hospital ON unit_state (hospital_id);
CREATE INDEX unit_place_hospital ON unit_place (hospital_id);
CREATE INDEX unit_event_of_unit ON unit_event (unit_id, at, id);
CREATE INDEX unit_position_of_unit ON unit_position (unit_id, at, id);
CREATE TRIGGER unit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON unit_event EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER unit_event_no_update BEFORE UPDATE ON unit_event BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER unit_event_no_delete BEFORE DELETE ON unit_event BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite

UPDATE role SET version = version + 1, permissions = substr (permissions, 1, length (permissions) - 1) || ',"unit.crew"]' WHERE code IN ('dispatcher', 'crew') AND permissions LIKE '["%' AND permissions NOT LIKE '%"unit.crew"%';
UPDATE role SET version = version + 1, permissions = substr (permissions, 1, length (permissions) - 1) || ',"unit.direct"]' WHERE code IN ('dispatcher') AND permissions LIKE '["%' AND permissions NOT LIKE '%"unit.direct"%';
