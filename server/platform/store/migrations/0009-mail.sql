-- SPDX-License-Identifier: GPL-3.0-or-later
-- E-mails to patients, the hospital's own texts for them, addresses that mails came back from.

CREATE TABLE mail (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  event MH_TEXT,
  order_id MH_TEXT,
  order_number MH_TEXT,
  patient_id MH_TEXT,
  report_id MH_TEXT,
  recipient MH_TEXT,
  language MH_TEXT,
  status MH_TEXT,
  message_id MH_TEXT,
  token MH_TEXT UNIQUE,
  dedupe MH_TEXT UNIQUE,
  amount BIGINT,
  attempts BIGINT,
  next_at BIGINT,
  last_code BIGINT,
  last_answer MH_TEXT,
  queued_at BIGINT,
  sent_at BIGINT,
  bounced_at BIGINT,
  attached BOOLEAN
);
CREATE INDEX mail_order_id_idx ON mail (order_id);
CREATE INDEX mail_sent_at_idx ON mail (sent_at);

CREATE TABLE mail_template (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  event MH_TEXT,
  language MH_TEXT,
  subject MH_TEXT,
  text MH_TEXT,
  active BOOLEAN
);

CREATE TABLE mail_address (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  address MH_TEXT UNIQUE,
  failures BIGINT,
  bad_at BIGINT,
  answer MH_TEXT
);

-- The log by time; one text of its own for each event and language.
CREATE INDEX mail_by_time ON mail (queued_at, id);
CREATE INDEX mail_by_message_id ON mail (message_id);
CREATE UNIQUE INDEX mail_template_once ON mail_template (hospital_id, event, language) WHERE deleted_at IS NULL;
