-- SPDX-License-Identifier: GPL-3.0-or-later
-- Critical values that somebody has to be told, and every attempt to tell them. What nobody read back cannot stand as
-- acknowledged, and nothing closes without a reason, whatever a program believes.

CREATE TABLE critical_item (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  order_id MH_TEXT,
  order_number MH_TEXT,
  result_id MH_TEXT,
  patient_id MH_TEXT,
  patient_name MH_TEXT,
  patient_mrn MH_TEXT,
  department_id MH_TEXT,
  department MH_TEXT,
  target MH_TEXT,
  test MH_TEXT,
  analyte MH_TEXT,
  name MH_TEXT,
  value MH_TEXT,
  unit MH_TEXT,
  flag MH_TEXT,
  was MH_TEXT,
  reopens_id MH_TEXT,
  state MH_TEXT,
  opened_at BIGINT,
  due_at BIGINT,
  rung MH_TEXT,
  rung_at BIGINT,
  next_at BIGINT,
  orderer_id MH_TEXT,
  orderer_name MH_TEXT,
  n_calls BIGINT,
  last_call_at BIGINT,
  acknowledged_at BIGINT,
  acknowledged_by MH_TEXT,
  call_id MH_TEXT,
  closed_at BIGINT,
  closed_by MH_TEXT,
  closed_name MH_TEXT,
  close_reason MH_TEXT,
  close_note MH_TEXT,
  CHECK (state IN ('open', 'acknowledged', 'closed')),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CHECK ((state = 'closed') = (close_reason IS NOT NULL)),
  CHECK (state <> 'acknowledged' OR acknowledged_at IS NOT NULL),
  CHECK (acknowledged_at IS NULL OR (call_id IS NOT NULL AND state <> 'open')),
  CHECK (close_reason IN ('acknowledged', 'reconciled', 'duplicate', 'error')),
  CHECK (close_reason <> 'acknowledged' OR acknowledged_at IS NOT NULL),
  CHECK (close_reason = 'acknowledged' OR close_reason IS NULL OR close_note IS NOT NULL)
);
CREATE INDEX critical_item_order_id_idx ON critical_item (order_id);
CREATE INDEX critical_item_result_id_idx ON critical_item (result_id);
CREATE INDEX critical_item_patient_id_idx ON critical_item (patient_id);

CREATE INDEX critical_item_by_time ON critical_item (opened_at, id);
CREATE INDEX critical_item_open ON critical_item (due_at, id) WHERE state = 'open';
-- A value is told once at a time.
CREATE UNIQUE INDEX critical_item_live ON critical_item (result_id) WHERE state <> 'closed';

CREATE TABLE critical_call (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  item_id MH_TEXT,
  follows_id MH_TEXT,
  order_id MH_TEXT,
  patient_id MH_TEXT,
  target MH_TEXT,
  value MH_TEXT,
  to_id MH_TEXT,
  to_name MH_TEXT,
  in_directory BOOLEAN,
  role MH_TEXT,
  phone MH_TEXT,
  method MH_TEXT,
  at BIGINT,
  outcome MH_TEXT,
  taker MH_TEXT,
  message MH_TEXT,
  read_back MH_TEXT,
  matched BOOLEAN,
  by_id MH_TEXT,
  by_name MH_TEXT,
  CHECK (outcome IN ('reached', 'no_answer', 'refused')),
  CHECK (outcome <> 'reached' OR (read_back IS NOT NULL AND matched IS NOT NULL)),
  CHECK (outcome = 'reached' OR matched IS NULL OR NOT matched)
);
CREATE INDEX critical_call_item_id_idx ON critical_call (item_id);
CREATE INDEX critical_call_order_id_idx ON critical_call (order_id);

CREATE TRIGGER critical_call_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON critical_call EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER critical_call_no_update BEFORE UPDATE ON critical_call BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER critical_call_no_delete BEFORE DELETE ON critical_call BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
