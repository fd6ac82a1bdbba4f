-- SPDX-License-Identifier: GPL-3.0-or-later
-- Cashiers' drawers: sessions with their blind counts, other movements, and days that are closed for cash.

CREATE TABLE cash_session (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  number MH_TEXT UNIQUE,
  cashier_id MH_TEXT,
  cashier_name MH_TEXT,
  device MH_TEXT,
  status MH_TEXT,
  day MH_TEXT,
  opened_at BIGINT,
  implicit BOOLEAN,
  opening_float BIGINT,
  cash_in BIGINT,
  cash_out BIGINT,
  moved BIGINT,
  expected BIGINT,
  counted_total BIGINT,
  variance BIGINT,
  variance_reason MH_TEXT,
  note MH_TEXT,
  n_counts BIGINT,
  counted_at BIGINT,
  counted_by MH_TEXT,
  closed_at BIGINT,
  closed_by MH_TEXT,
  closed_name MH_TEXT
);
CREATE INDEX cash_session_cashier_id_idx ON cash_session (cashier_id);
CREATE INDEX cash_session_day_idx ON cash_session (day);

CREATE TABLE cash_count (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  session_id MH_TEXT,
  count_no BIGINT,
  denomination BIGINT,
  pieces BIGINT
);
CREATE INDEX cash_count_session_id_idx ON cash_count (session_id);

CREATE TABLE cash_move (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  session_id MH_TEXT,
  kind MH_TEXT,
  amount BIGINT,
  reason MH_TEXT,
  at BIGINT,
  moved_by MH_TEXT,
  moved_name MH_TEXT
);
CREATE INDEX cash_move_session_id_idx ON cash_move (session_id);

CREATE TABLE day_lock (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  day MH_TEXT,
  locked_at BIGINT,
  locked_by MH_TEXT,
  locked_name MH_TEXT,
  taken BIGINT,
  given_back BIGINT,
  variance BIGINT,
  n_sessions BIGINT,
  currency MH_TEXT,
  audit_seq BIGINT,
  audit_hash MH_TEXT,
  note MH_TEXT
);
CREATE INDEX day_lock_day_idx ON day_lock (day);

-- One drawer at a time for each cashier; a day is locked once.
CREATE UNIQUE INDEX cash_session_one_open ON cash_session (cashier_id) WHERE status = 'open';
CREATE UNIQUE INDEX day_lock_once ON day_lock (hospital_id, day) WHERE deleted_at IS NULL;
-- What the drawer and the day book are made of.
CREATE INDEX payment_by_time ON payment (received_at, id);
