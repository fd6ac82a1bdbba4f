-- SPDX-License-Identifier: GPL-3.0-or-later
-- The second factor of a sign-in: what is kept of each account's.

CREATE TABLE second_factor (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  user_id MH_TEXT,
  pending MH_TEXT,
  pending_at BIGINT,
  last_step BIGINT,
  recovery MH_TEXT,
  reset_by MH_TEXT,
  reset_at BIGINT
);
CREATE UNIQUE INDEX second_factor_user_id_key ON second_factor (user_id);
