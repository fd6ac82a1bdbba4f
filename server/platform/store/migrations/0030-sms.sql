-- SPDX-License-Identifier: GPL-3.0-or-later
-- Short messages, and numbers that want none.

CREATE TABLE sms_message (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  template MH_TEXT,
  language MH_TEXT,
  recipient MH_TEXT,
  masked MH_TEXT,
  arguments MH_TEXT,
  status MH_TEXT,
  dedupe MH_TEXT UNIQUE,
  token MH_TEXT UNIQUE,
  provider_id MH_TEXT,
  provider_status MH_TEXT,
  segments BIGINT,
  attempts BIGINT,
  resends BIGINT,
  doubt BOOLEAN,
  next_at BIGINT,
  error_code BIGINT,
  answer MH_TEXT,
  queued_at BIGINT,
  sent_at BIGINT,
  delivered_at BIGINT
);
CREATE INDEX sms_message_provider_id_idx ON sms_message (provider_id);
CREATE INDEX sms_message_sent_at_idx ON sms_message (sent_at);
CREATE INDEX sms_by_time ON sms_message (queued_at, id);
CREATE INDEX sms_by_number ON sms_message (recipient, queued_at);

CREATE TABLE sms_opt_out (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  recipient MH_TEXT UNIQUE,
  since BIGINT,
  ended_at BIGINT,
  source MH_TEXT
);
