-- SPDX-License-Identifier: GPL-3.0-or-later
-- A hospital's own words for short messages; without a row the program's stand.
CREATE TABLE sms_text (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  event MH_TEXT,
  language MH_TEXT,
  text MH_TEXT,
  dlt_id MH_TEXT
);
CREATE UNIQUE INDEX sms_text_once ON sms_text (hospital_id, event, language) WHERE deleted_at IS NULL;
