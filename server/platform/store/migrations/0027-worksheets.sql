-- SPDX-License-Identifier: GPL-3.0-or-later
-- Worksheets of the benches.

CREATE TABLE worksheet (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  number MH_TEXT,
  bench MH_TEXT,
  test MH_TEXT,
  equipment MH_TEXT,
  positions BIGINT,
  duplicates BIGINT,
  status MH_TEXT,
  note MH_TEXT,
  made_at BIGINT,
  made_name MH_TEXT,
  n_lines BIGINT,
  n_entered BIGINT
);

CREATE TABLE worksheet_line (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  worksheet_id MH_TEXT,
  position BIGINT,
  line_no BIGINT,
  kind MH_TEXT,
  order_id MH_TEXT,
  order_item_id MH_TEXT,
  accession MH_TEXT,
  who MH_TEXT,
  test MH_TEXT,
  analyte MH_TEXT,
  name MH_TEXT,
  unit MH_TEXT,
  duplicate_of BIGINT,
  target_id MH_TEXT,
  value MH_TEXT,
  remark MH_TEXT,
  entered_at BIGINT,
  entered_name MH_TEXT
);
CREATE INDEX worksheet_line_worksheet_id_idx ON worksheet_line (worksheet_id);
CREATE INDEX worksheet_line_order_item_id_idx ON worksheet_line (order_item_id);

CREATE UNIQUE INDEX worksheet_number ON worksheet (hospital_id, number);
CREATE INDEX worksheet_made ON worksheet (hospital_id, made_at);
