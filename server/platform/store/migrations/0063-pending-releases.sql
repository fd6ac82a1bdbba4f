-- SPDX-License-Identifier: GPL-3.0-or-later
-- Orders that were verified together wait for a minute in which the act can be taken back.

CREATE TABLE pending_release (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  batch_id MH_TEXT,
  order_id MH_TEXT,
  by_id MH_TEXT,
  by_name MH_TEXT,
  verified_at BIGINT,
  due_at BIGINT,
  results_hash MH_TEXT,
  status MH_TEXT,
  ended_at BIGINT,
  note MH_TEXT
);
CREATE INDEX pending_release_batch_id_idx ON pending_release (batch_id);
CREATE INDEX pending_release_order_id_idx ON pending_release (order_id);
CREATE UNIQUE INDEX pending_release_once ON pending_release (order_id) WHERE status = 'waiting';
