-- SPDX-License-Identifier: GPL-3.0-or-later
-- A change of a released report needs as many signatures as the bench of its values; what waits already needs one, as before.

ALTER TABLE report_change ADD COLUMN levels BIGINT CHECK (levels BETWEEN 1 AND 3);
ALTER TABLE report_change ADD COLUMN level BIGINT CHECK (level BETWEEN 0 AND 3);
ALTER TABLE report_change ADD COLUMN level1_by MH_TEXT CHECK (level1_by <> by_id);
ALTER TABLE report_change ADD COLUMN level1_name MH_TEXT;
ALTER TABLE report_change ADD COLUMN level1_at BIGINT;
ALTER TABLE report_change ADD COLUMN level2_by MH_TEXT CHECK (level2_by <> by_id AND level2_by <> level1_by);
ALTER TABLE report_change ADD COLUMN level2_name MH_TEXT;
ALTER TABLE report_change ADD COLUMN level2_at BIGINT;
