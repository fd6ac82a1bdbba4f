-- SPDX-License-Identifier: GPL-3.0-or-later
-- Emergency calls, who else called, what happened to them, and the protocol by which they are judged.

CREATE TABLE dispatch_protocol (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  edition MH_TEXT,
  content MH_TEXT,
  active BOOLEAN
);
CREATE TABLE emergency_call (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  number MH_TEXT UNIQUE,
  state MH_TEXT,
  call_at BIGINT,
  phone MH_TEXT,
  caller_name MH_TEXT,
  location MH_TEXT,
  place MH_TEXT,
  summary MH_TEXT,
  card MH_TEXT,
  card_title MH_TEXT,
  answers MH_TEXT,
  judged MH_TEXT,
  protocol_edition MH_TEXT,
  priority MH_TEXT,
  computed MH_TEXT,
  priority_from MH_TEXT,
  priority_reason MH_TEXT,
  priority_name MH_TEXT,
  points BIGINT,
  needs MH_TEXT,
  say MH_TEXT,
  provisional BOOLEAN,
  send_now BOOLEAN,
  head_id MH_TEXT,
  n_joined BIGINT,
  n_callers BIGINT,
  taken_by MH_TEXT,
  taken_name MH_TEXT,
  located_at BIGINT,
  determined_at BIGINT,
  due_at BIGINT,
  ended_at BIGINT,
  end_reason MH_TEXT,
  end_note MH_TEXT
);
CREATE INDEX emergency_call_head_id_idx ON emergency_call (head_id);
CREATE TABLE emergency_caller (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  call_id MH_TEXT,
  at BIGINT,
  phone MH_TEXT,
  name MH_TEXT,
  said MH_TEXT,
  by_name MH_TEXT
);
CREATE TABLE emergency_event (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  call_id MH_TEXT,
  at BIGINT,
  kind MH_TEXT,
  question MH_TEXT,
  was MH_TEXT,
  became MH_TEXT,
  reason MH_TEXT,
  protocol_edition MH_TEXT,
  by_id MH_TEXT,
  by_name MH_TEXT
);

-- One edition is one protocol for ever, and one of them judges new calls.
CREATE UNIQUE INDEX dispatch_protocol_edition ON dispatch_protocol (hospital_id, edition);
CREATE UNIQUE INDEX dispatch_protocol_active ON dispatch_protocol (hospital_id) WHERE active;
CREATE INDEX emergency_call_called ON emergency_call (hospital_id, call_at, id);
CREATE INDEX emergency_call_open ON emergency_call (hospital_id, call_at, id) WHERE state = 'open';
CREATE INDEX emergency_caller_of_call ON emergency_caller (call_id, at, id);
CREATE INDEX emergency_caller_called ON emergency_caller (hospital_id, at, id);
CREATE INDEX emergency_event_of_call ON emergency_event (call_id, at, id);
CREATE TRIGGER emergency_caller_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON emergency_caller EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER emergency_caller_no_update BEFORE UPDATE ON emergency_caller BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER emergency_caller_no_delete BEFORE DELETE ON emergency_caller BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER emergency_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON emergency_event EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER emergency_event_no_update BEFORE UPDATE ON emergency_event BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER emergency_event_no_delete BEFORE DELETE ON emergency_event BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite

UPDATE role SET version = version + 1, permissions = substr (permissions, 1, length (permissions) - 1) || ',"call.read"]' WHERE code = 'dispatcher' AND permissions LIKE '["%' AND permissions NOT LIKE '%"call.read"%';
UPDATE role SET version = version + 1, permissions = substr (permissions, 1, length (permissions) - 1) || ',"call.write"]' WHERE code = 'dispatcher' AND permissions LIKE '["%' AND permissions NOT LIKE '%"call.write"%';
