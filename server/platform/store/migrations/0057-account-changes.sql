-- SPDX-License-Identifier: GPL-3.0-or-later
-- Changes of accounts that take two administrators.

CREATE TABLE account_change (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  user_id MH_TEXT,
  user_name MH_TEXT,
  kind MH_TEXT,
  roles MH_TEXT,
  password_hash MH_TEXT,
  asked_id MH_TEXT,
  asked_by MH_TEXT
);
CREATE INDEX account_change_user_id_idx ON account_change (user_id);
