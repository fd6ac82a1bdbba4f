-- SPDX-License-Identifier: GPL-3.0-or-later
-- How long each test took, step by step, gathered from the orders as they change (server/front/insights). Derived: it can be
-- emptied together with turnaround_mark and is gathered anew.

CREATE TABLE turnaround (
  item_id MH_TEXT NOT NULL PRIMARY KEY,
  order_id MH_TEXT NOT NULL,
  hospital_id MH_TEXT,
  test MH_TEXT,
  name MH_TEXT,
  bench MH_TEXT,
  department_id MH_TEXT,
  priority MH_TEXT,
  entered_by MH_TEXT,
  verified_by MH_TEXT,
  day MH_TEXT NOT NULL,
  week MH_TEXT NOT NULL,
  ordered_at BIGINT NOT NULL,
  collected_at BIGINT,
  received_at BIGINT,
  resulted_at BIGINT,
  verified_at BIGINT,
  reported_at BIGINT,
  due_at BIGINT,
  breached BOOLEAN NOT NULL,
  collect_s BIGINT,
  receive_s BIGINT,
  result_s BIGINT,
  verify_s BIGINT,
  report_s BIGINT,
  lab_s BIGINT,
  total_s BIGINT,
  collect_w BIGINT,
  receive_w BIGINT,
  result_w BIGINT,
  verify_w BIGINT,
  report_w BIGINT,
  lab_w BIGINT,
  total_w BIGINT
);
CREATE INDEX turnaround_by_day ON turnaround (hospital_id, day);
CREATE INDEX turnaround_of_order ON turnaround (order_id);
CREATE INDEX turnaround_open ON turnaround (due_at)
  WHERE verified_at IS NULL AND received_at IS NOT NULL;

-- How far it was gathered: one row. Orders from before are walked through by id, changes by the feed.
CREATE TABLE turnaround_mark (
  id MH_TEXT NOT NULL PRIMARY KEY,
  walked MH_TEXT,
  seq BIGINT NOT NULL
);

CREATE INDEX sample_rejected ON sample (rejected_at) WHERE rejected_at IS NOT NULL;
CREATE INDEX report_by_time ON report (issued_at);

-- What patients say of an order: asked once, answered once.
CREATE TABLE feedback (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  order_id MH_TEXT UNIQUE,
  code_hash MH_TEXT UNIQUE,
  language MH_TEXT,
  asked_at BIGINT,
  answered_at BIGINT,
  channel MH_TEXT,
  score BIGINT,
  comment MH_TEXT,
  CHECK (score IS NULL OR score BETWEEN 1 AND 5),
  CHECK ((score IS NULL) = (answered_at IS NULL))
);
CREATE INDEX feedback_answered_at_idx ON feedback (answered_at);
