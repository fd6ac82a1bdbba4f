-- SPDX-License-Identifier: GPL-3.0-or-later
-- Analysers: links, what their codes mean, messages as they came and went, results of them.

CREATE TABLE analyser_link (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  code MH_TEXT,
  name MH_TEXT,
  equipment MH_TEXT,
  protocol MH_TEXT,
  transport MH_TEXT,
  host MH_TEXT,
  port BIGINT,
  device MH_TEXT,
  serial_mode MH_TEXT,
  allow MH_TEXT,
  sender MH_TEXT,
  zone MH_TEXT,
  orders MH_TEXT,
  qc_prefix MH_TEXT,
  trusts_barcode BOOLEAN,
  keeps_drafts BOOLEAN,
  reuses_ids BOOLEAN,
  quiet_minutes BIGINT,
  enabled BOOLEAN,
  status MH_TEXT,
  status_at BIGINT,
  last_error MH_TEXT,
  last_message_at BIGINT
);

CREATE TABLE analyser_map (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  link_id MH_TEXT,
  code MH_TEXT,
  analyte MH_TEXT,
  test MH_TEXT,
  unit MH_TEXT,
  factor MH_TEXT,
  words MH_TEXT,
  ignored BOOLEAN
);
CREATE INDEX analyser_map_link_id_idx ON analyser_map (link_id);

CREATE TABLE analyser_message (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  link_id MH_TEXT,
  direction MH_TEXT,
  kind MH_TEXT,
  control_id MH_TEXT,
  hash MH_TEXT,
  at BIGINT,
  status MH_TEXT,
  answer MH_TEXT,
  error MH_TEXT,
  peer MH_TEXT,
  sample_code MH_TEXT,
  n_results BIGINT,
  n_repeats BIGINT,
  attempts BIGINT,
  next_at BIGINT,
  ended_at BIGINT,
  is_bytes BOOLEAN,
  raw MH_TEXT
);

CREATE TABLE device_result (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  link_id MH_TEXT,
  link_name MH_TEXT,
  message_id MH_TEXT,
  line_no BIGINT,
  at BIGINT,
  sample_code MH_TEXT,
  patient MH_TEXT,
  code MH_TEXT,
  name MH_TEXT,
  value MH_TEXT,
  unit MH_TEXT,
  flags MH_TEXT,
  finality MH_TEXT,
  measured_at BIGINT,
  status MH_TEXT,
  reason MH_TEXT,
  detail MH_TEXT,
  order_id MH_TEXT,
  sample_id MH_TEXT,
  analyte MH_TEXT,
  taken MH_TEXT,
  note MH_TEXT,
  resolved_by MH_TEXT,
  resolved_name MH_TEXT,
  resolved_at BIGINT
);
CREATE INDEX device_result_message_id_idx ON device_result (message_id);
CREATE INDEX device_result_sample_id_idx ON device_result (sample_id);


-- A message is kept once, whatever happens on the line.
CREATE UNIQUE INDEX analyser_message_once ON analyser_message (link_id, COALESCE (control_id, ''), hash) WHERE direction = 'in';
CREATE UNIQUE INDEX analyser_link_code ON analyser_link (hospital_id, code);
CREATE INDEX analyser_message_newest ON analyser_message (at, id);
CREATE INDEX analyser_message_link ON analyser_message (link_id, at, id);
CREATE INDEX analyser_message_waiting ON analyser_message (link_id, at, id) WHERE status = 'waiting';
CREATE INDEX analyser_message_tube ON analyser_message (link_id, sample_code) WHERE direction = 'out';
CREATE INDEX device_result_newest ON device_result (at, id);
CREATE INDEX device_result_open ON device_result (link_id, at, id) WHERE status = 'open';
