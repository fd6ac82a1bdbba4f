-- SPDX-License-Identifier: GPL-3.0-or-later
-- What somebody should look at.

CREATE TABLE alert (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  kind MH_TEXT,
  severity MH_TEXT,
  status MH_TEXT,
  subject_type MH_TEXT,
  subject_id MH_TEXT,
  arguments MH_TEXT,
  bench MH_TEXT,
  user_id MH_TEXT,
  dedupe_key MH_TEXT,
  raised_at BIGINT,
  escalated_at BIGINT,
  snoozed_until BIGINT,
  acknowledged_at BIGINT,
  acknowledged_by MH_TEXT,
  acknowledged_name MH_TEXT,
  note MH_TEXT,
  cleared_at BIGINT
);
CREATE INDEX alert_subject_id_idx ON alert (subject_id);

-- One alert for each cause that is not over; the newest first; what a sweep looks for.
CREATE UNIQUE INDEX alert_once ON alert (dedupe_key) WHERE cleared_at IS NULL;
CREATE INDEX alert_newest ON alert (raised_at, id);
CREATE INDEX alert_open ON alert (kind, status, raised_at) WHERE cleared_at IS NULL;
CREATE INDEX alert_over ON alert (cleared_at) WHERE cleared_at IS NOT NULL;
